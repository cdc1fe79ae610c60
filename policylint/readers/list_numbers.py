"""Numbers of lists as they are printed: Arabic, letters, Roman."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """A number as small Roman figures; outside 1 to 3999, where there are none, as Arabic ones."""
    if not 0 < number < 4000:
        return str(number)
    out = []
    for value, figures in _ROMAN:
        count, number = divmod(number, value)
        out.append(figures * count)
    return "".join(out)


def letters(number: int) -> str:
    """A number as a browser counts in small letters: a to z, aa, ab; outside that as an Arabic number."""
    if not 0 < number < 1_000_000:
        return str(number)
    out = ""
    while number:
        number, digit = divmod(number - 1, 26)
        out = chr(97 + digit) + out
    return out


def doubled_letters(number: int) -> str:
    """A number as word processors count in small letters: a to z, aa, bb, cc."""
    if not 0 < number <= 26 * 30:
        return str(number)
    times, digit = divmod(number - 1, 26)
    return chr(97 + digit) * (times + 1)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th."""
    teen = 10 < number % 100 < 14
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def two_digits(number: int) -> str:
    """01, 02, ... 10."""
    return f"{number:02d}"


def upper(form: Callable[[int], str]) -> Callable[[int], str]:
    """The same figures in capitals."""
    return lambda number: form(number).upper()

"""Numbers as Word prints them in lists, by the names of its formats; what other formats count alike is in `list_numbers`."""

from __future__ import annotations

from collections.abc import Callable

from policylint.readers.list_numbers import doubled_letters, ordinal, roman, two_digits, upper

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "zero ten twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def numeral(number: int, format_: str) -> str:
    """A number in one of Word's formats (`w:numFmt`); in figures where the format is one of another script."""
    make = _FORMATS.get(format_)
    return make(number) if make is not None else str(number)


def _words(number: int) -> str:
    if not 0 <= number < 1000:
        return str(number)
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_ONES[hundreds]} hundred" + (f" {_words(rest)}" if rest else "")


def _ordinal_words(number: int) -> str:
    text = _words(number)
    if text.isdigit():
        return ordinal(number)
    at = max(text.rfind(" "), text.rfind("-")) + 1
    last = text[at:]
    return text[:at] + (_ORDINALS.get(last) or (last[:-1] + "ieth" if last.endswith("y") else last + "th"))


def _padded(width: int) -> Callable[[int], str]:
    return lambda number: f"{number:0{width}d}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": two_digits,
    "001": _padded(3),
    "0001": _padded(4),
    "00001": _padded(5),
    "lowerLetter": doubled_letters,
    "upperLetter": upper(doubled_letters),
    "lowerRoman": roman,
    "upperRoman": upper(roman),
    "ordinal": ordinal,
    "cardinalText": lambda n: _words(n).capitalize(),
    "ordinalText": lambda n: _ordinal_words(n).capitalize(),
    "numberInDash": lambda n: f"- {n} -",
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "none": lambda _: "",
}

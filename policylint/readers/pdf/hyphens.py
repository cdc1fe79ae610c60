"""Words broken by a hyphen at the end of a line are put together, and keep the hyphen where it is their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from policylint.readers.pdf.values import LaidLine, Word

_KEEPS_HYPHEN = frozenset(
    "non self peer well half high low long short full two three four five six first second third follow cross".split()
)
"""First parts that commonly keep their hyphen, should the document not show how it writes the word."""
_HYPHENS = "-\u2010"


def vocabulary(lines: Iterable[LaidLine]) -> Counter[str]:
    """How often each word stands in the lines, in small letters, without the marks around it."""
    return Counter([w.text.lower().strip(".,;:()“”\"'’[]") for line in lines for cell in line.cells for w in cell])


def unbroken(lines: Sequence[LaidLine], known: Counter[str]) -> list[list[list[Word]]]:
    """The words of each line's cells; a word broken by a hyphen at a line's end stands whole where it begins."""
    out = [[list(cell) for cell in line.cells] for line in lines]
    running = [at for at, line in enumerate(lines) if not line.left_out]
    for place, at in enumerate(running):
        for cell in out[at] if lines[at].table else ():
            _mend(cell, known)
        after = running[place + 1] if place + 1 < len(running) else None
        if after is None or lines[at].table or lines[after].table or not out[at][-1] or not out[after][0]:
            continue
        word = mended(out[at][-1][-1].text, out[after][0][0].text, known)
        if word is not None:
            out[at][-1][-1] = out[at][-1][-1]._replace(text=word)
            del out[after][0][0]
    return out


def _mend(cell: list[Word], known: Counter[str]) -> None:
    """Put together words broken over the lines of one cell of a table."""
    at = 0
    while at + 1 < len(cell):
        left, right = cell[at], cell[at + 1]
        if right.x0 < left.x1 and (word := mended(left.text, right.text, known)) is not None:
            cell[at] = left._replace(text=word)
            del cell[at + 1]
        at += 1


def mended(left: str, right: str, known: Counter[str]) -> str | None:
    """The word that two pieces make when the first ends in a hyphen at the end of a line, else None.

    Whether it keeps the hyphen is seen from the rest of the document, else from its first part.
    """
    if len(left) < 3 or left[-1] not in _HYPHENS or not left[-2].isalnum() or not right[:1].isalnum():
        return None
    if not left[-2].isalpha() or not right[:1].islower():
        return left + right  # "7-32-" and "602", "Post-" and "Traumatic"
    first = left[:-1].lower().lstrip("(“\"'[")
    second = right.lower().rstrip(".,;:()“”\"'’[]")
    together, apart = known[first + second], known[f"{first}-{second}"]
    if together or apart:
        return left + right if apart > together else left[:-1] + right
    both = len(first) > 3 and len(second) > 3 and known[first] > 0 and known[second] > 0
    keep = first.rpartition("-")[2] in _KEEPS_HYPHEN or "-" in first or both
    return left + right if keep else left[:-1] + right

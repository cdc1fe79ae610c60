"""Boxes drawn close around the letters, for engines whose boxes are wide and rough.

The size of the letters of a line, by which headings are told, follows from the height of its ink and from which letters
are in it: "names" has neither tall nor deep ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policylint.readers.ocr.picture import ink_of
from policylint.readers.ocr.words import Word

if TYPE_CHECKING:
    from PIL.Image import Image

_SMALL, _TALL, _DEEP = 0.56, 0.22, 0.22
"""Shares of small letters, of what rises above and of what hangs below them in the height of a line."""
_DEEP_LETTERS = frozenset("gjpqy,;()[]Q")
_SMALL_LETTERS = frozenset("acemnorsuvwxz.,;:-–—gpqy•")


def tighten(lines: Sequence[Sequence[Word]], image: Image) -> list[Word]:
    """The words of all lines, each box as high as the line's ink and as wide as its own."""
    ink = ink_of(image)
    return [word for line in lines for word in _line(line, ink)]


def _line(line: Sequence[Word], ink: Any) -> list[Word]:
    left, right = int(min(w.x0 for w in line)), int(max(w.x1 for w in line)) + 1
    top, bottom = _rows(ink, max(left, 0), right, min(w.y0 for w in line), max(w.y1 for w in line))
    if bottom - top < 4:
        return list(line)
    letters = set("".join(w.text for w in line))
    share = _SMALL + _TALL * bool(letters - _SMALL_LETTERS) + _DEEP * bool(letters & _DEEP_LETTERS)
    out, wall = [], 0.0
    for word in line:
        x0, x1 = _columns(ink[top:bottom], max(word.x0, wall), word.x1)
        out.append(replace(word, x0=x0, x1=x1, y0=float(top), y1=float(bottom), size=(bottom - top) / share))
        wall = x1
    return out


def _rows(ink: Any, left: int, right: int, top: float, bottom: float) -> tuple[int, int]:
    """First and last row of the letters around the middle of a box; the lines above and below it stay out."""
    rows = ink[max(int(top), 0) : int(bottom) + 1, left:right].sum(axis=1)
    if not rows.any():
        return 0, 0
    middle = len(rows) // 2
    first = last = middle
    while first > 0 and rows[first - 1]:
        first -= 1
    while last < len(rows) - 1 and rows[last + 1]:
        last += 1
    return max(int(top), 0) + first, max(int(top), 0) + last + 1


def _columns(ink: Any, left: float, right: float) -> tuple[float, float]:
    """Left and right end of the ink of a word, a little beyond its box where a letter goes on there."""
    import numpy as np

    columns = ink.any(axis=0)
    a, b = int(left), min(int(right) + 1, len(columns))
    found = np.flatnonzero(columns[a:b])
    if not len(found):
        return left, right
    first, last = a + int(found[0]), a + int(found[-1])
    for _ in range(len(ink) // 3):
        if first > left - len(ink) / 3 and first > 0 and columns[first - 1]:
            first -= 1
        if last < len(columns) - 1 and columns[last + 1]:
            last += 1
    return float(first), float(last + 1)

"""Recognised pages made comparable: sizes of type that jitter from line to line evened out, words on their baselines.

Pixels become points here, from the left upper corner of the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from policylint.readers.ocr.words import Page, Word, lines_of

_DEEP_LETTERS = frozenset("gjpqy,;()[]{}Q_")
_FOOT = 0.22
"""Of the size: how far the deep letters hang below the baseline."""
_SPACE = 0.2
"""Of the size: the least white between two words."""
_ALIKE = 1.12
"""Sizes that differ by less are one size, measured twice."""
_TELLING = 10
"""Letters from which on a line shows its size; of "apply)." only the bracket stands tall."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word in points; its box is as high as a line of its type and stands on the line's baseline."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool


def place(pages: Sequence[Sequence[Word]], scales: Sequence[float]) -> list[list[PlacedWord]]:
    """The words of all pages in points; `scales` holds the points that a pixel of each page has."""
    lines = [[(line, scale) for line in lines_of(words)] for words, scale in zip(pages, scales, strict=True)]
    found = iter(_evened(_measured([(line, scale) for page in lines for line, scale in page])))
    return [[word for line, scale in page for word in _line(line, scale, next(found))] for page in lines]


def scale_of(page: Page, dpi: float) -> float:
    """Points per pixel: by the resolution if that makes a sheet of paper of the page, else as if it were a letter page."""
    short, tall = sorted((page.width, page.height))
    if dpi > 0 and 4 <= short / dpi <= 20 and tall / dpi <= 30:
        return 72 / dpi
    return 612 / short


def _letters(line: Sequence[Word]) -> int:
    return sum(len(word.text) for word in line)


def _measured(lines: Sequence[tuple[Sequence[Word], float]]) -> list[tuple[float, int]]:
    """Size and letters of each line; the end of a sentence, too short to be measured, is like the line before."""
    out: list[tuple[float, int]] = []
    for line, scale in lines:
        letters = _letters(line)
        ends = bool(out) and letters < _TELLING and line[0].text[:1].islower()
        out.append((out[-1][0] if ends else _size(line) * scale, letters))
    return out


def _size(line: Sequence[Word]) -> float:
    return median(word.size for word in line)


def _evened(sizes: Sequence[tuple[float, int]]) -> list[float]:
    """Each size as the commonest size that is like it, by letters; to a tenth of a point."""
    count: Counter[float] = Counter()
    for size, letters in sizes:
        count[round(size, 1)] += letters
    kept: list[float] = []
    for size, _ in sorted(count.items(), key=lambda item: (-item[1], item[0])):
        if not any(1 / _ALIKE < size / other < _ALIKE for other in kept):
            kept.append(size)
    return [min(kept, key=lambda other: (abs(other - size), other)) for size, _ in sizes]


def _line(line: Sequence[Word], scale: float, size: float) -> list[PlacedWord]:
    flat = [word.y1 for word in line if not _DEEP_LETTERS & set(word.text) and any(map(str.isalnum, word.text))]
    # A line hangs by a pixel or two after it was straightened: the words of one line get one baseline.
    base = median(flat) * scale if flat else median(word.y1 for word in line) * scale - _FOOT * size
    top, bottom = base - (1 - _FOOT) * size, base + _FOOT * size
    # Two words are two words, however rough their boxes: the layout joins what touches.
    ends = [after.x0 - _SPACE * word.size for word, after in pairwise(line)]
    right = [max(min(word.x1, end), word.x0 + 1) for word, end in zip(line, [*ends, line[-1].x1], strict=True)]
    return [
        PlacedWord(w.text, w.x0 * scale, top, x1 * scale, bottom, size, w.bold)
        for w, x1 in zip(line, right, strict=True)
    ]

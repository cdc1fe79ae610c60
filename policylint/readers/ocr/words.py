"""What an engine sees on a picture of a page: words with their boxes, in pixels, and how sure it is of each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word on the picture of a page.

    Attributes:
        text: without white space.
        x0, y0, x1, y1: its box in pixels, from the left upper corner.
        confidence: how sure the engine is, from 0 to 1.
        line: number of the line it stands in, as the engine sees lines; counted from 0 on each page.
        size: height in pixels of the line's letters from the top of the tall ones to the foot of the deep ones.
        bold: in heavier type than most of the page.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: int
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page as recognised.

    Attributes:
        words: line by line, in the engine's order.
        width, height: of the picture after it was turned upright, in pixels.
        turned: by how many degrees, clockwise, the page had to be turned: 0, 90, 180 or 270.
        skew: by how many degrees it hung, clockwise; taken out before recognition.
        sideways: how many words were left out since they run up or down the page.
    """

    words: tuple[Word, ...]
    width: int
    height: int
    turned: int = 0
    skew: float = 0.0
    sideways: int = 0

    @property
    def confidence(self) -> float:
        """Mean confidence, long words counting more; 0 for a page without words."""
        return mean_confidence(self.words)


def mean_confidence(words: Iterable[Word]) -> float:
    """Mean confidence of some words, each counted by its letters; 0 when there are none."""
    total = weight = 0.0
    for word in words:
        total += word.confidence * len(word.text)
        weight += len(word.text)
    return total / weight if weight else 0.0


def lines_of(words: Sequence[Word]) -> list[list[Word]]:
    """The words of a page by line, left to right."""
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    return [sorted(line, key=lambda word: word.x0) for line in lines.values()]


_REACH = 4.5
"""How far before its text a bullet or label may stand, in sizes of the line."""


def before(first: Word, words: Iterable[Word]) -> float:
    """How far to the left of a line's first word its bullet or label may stand, in pixels: up to the word beside it."""
    beside = (w.x1 for w in words if w is not first and w.x1 <= first.x0 + 1 and w.y0 < first.y1 and w.y1 > first.y0)
    wall = max(beside, default=-first.size) + first.size / 2
    return max(first.x0 - _REACH * first.size, wall, 0.0)

"""What a page holds, as plain values: words with their places, drawn lines, small marks. No PDF library is known here.

All coordinates are points from the left upper corner of the page as a person sees it; y grows downward.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar, overload

_V = TypeVar("_V")


class kept(Generic[_V]):  # noqa: N801 -- used like property
    """A property worked out once: as `functools.cached_property`, whose lock takes longer than most of what is kept here."""

    def __init__(self, work: Callable[[Any], _V]) -> None:
        self._work, self._name, self.__doc__ = work, work.__name__, work.__doc__

    @overload
    def __get__(self, owner: None, type_: type) -> kept[_V]: ...
    @overload
    def __get__(self, owner: object, type_: type) -> _V: ...
    def __get__(self, owner: object | None, type_: type) -> kept[_V] | _V:
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._work(owner)
        return value


class Word(NamedTuple):
    """A run of characters without white space. A tuple, not a dataclass: a manual holds hundreds of thousands of them.

    Attributes:
        x0, y0, x1, y1: its box; y1 - y0 is the height of a line of its type, not of its letters.
        size: font size in points as seen on the page.
        bold: whether it stands in bold type.
        page: 1-based.
        cells: for a whole row of a ruled table, the words of each cell; else ().
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    page: int
    cells: tuple[tuple[Word, ...], ...] = ()

    @property
    def middle(self) -> float:
        """Half its height."""
        return (self.y0 + self.y1) / 2


class Rule(NamedTuple):
    """A drawn line, horizontal (y0 == y1) or vertical (x0 == x1)."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class PageText:
    """A page as taken from the file.

    Attributes:
        number: 1-based.
        words: upright words in the order of the file.
        rules: drawn lines.
        aside: pieces of text that are no part of the running text, each with the reason ("watermark", "hidden text").
        drawn: whether anything but text is on it (a picture, a drawing): without words, such a page is a scan.
        recognised: whether its words are an invisible layer over a picture, as scanners with OCR make.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    aside: tuple[tuple[str, str], ...] = ()
    drawn: bool = False
    recognised: bool = False


@dataclass(frozen=True)
class Row:
    """Words that stand on one line across the page, left to right."""

    words: tuple[Word, ...]
    base: float = field(default=0.0)

    @kept
    def x0(self) -> float:
        """Left end."""
        return self.words[0].x0

    @kept
    def x1(self) -> float:
        """Right end."""
        return max([w.x1 for w in self.words])

    @kept
    def y0(self) -> float:
        """Top."""
        return min([w.y0 for w in self.words])

    @kept
    def y1(self) -> float:
        """Bottom."""
        return max([w.y1 for w in self.words])

    @kept
    def gaps(self) -> list[float]:
        """The white between each two words that stand side by side."""
        return [right[1] - left[3] for left, right in itertools.pairwise(self.words)]

    @kept
    def smallest(self) -> float:
        """The size of its smallest type."""
        return min([w.size for w in self.words])

    @kept
    def count(self) -> int:
        """How many words it holds, those in the cells of a table one by one."""
        return sum([sum(map(len, w.cells)) or 1 for w in self.words]) if self.words[0].cells else len(self.words)

    @kept
    def text(self) -> str:
        """Its words with single blanks between."""
        return " ".join([w.text for w in self.words])


@dataclass(frozen=True)
class LaidLine:
    """A line of text, or a row of a table, at its place in the reading order.

    Attributes:
        cells: one for a line; for a row of a table those of the row, each the words of a cell.
        left, right: edges of the column of text that it stands in.
        page: 1-based.
        left_out: why it is no part of the text, or "".
        table: whether it is a row of a table.
        apart: whether it has nothing to do with the line before, however near that stands.
    """

    cells: tuple[tuple[Word, ...], ...]
    left: float
    right: float
    page: int
    left_out: str = ""
    table: bool = False
    apart: bool = False

    @kept
    def box(self) -> tuple[float, float, float, float]:
        """The box around all its words on its page."""
        words = [w for cell in self.cells for w in cell]
        if words[-1].page != self.page:  # a row that goes on over the page
            words = [w for w in words if w.page == self.page]
        left, top, right, bottom = zip(*[w[1:5] for w in words], strict=True)
        return min(left), min(top), max(right), max(bottom)

    @kept
    def size(self) -> float:
        """The font size of most of its characters."""
        if len(sizes := {word.size for cell in self.cells for word in cell}) == 1:
            return sizes.pop()
        count: dict[float, int] = {}
        for cell in self.cells:
            for word in cell:
                count[word.size] = count.get(word.size, 0) + len(word.text)
        return max(count, key=lambda size: (count[size], size))

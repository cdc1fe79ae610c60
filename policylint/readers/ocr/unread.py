"""What stands before a line and was not read: engines take a column of labels for something else and drop it.

The picture of the beginnings of such lines is given to the engine once more, as one plain block.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import TYPE_CHECKING, Any

from policylint.readers.ocr.engines import Engine
from policylint.readers.ocr.picture import ink_of
from policylint.readers.ocr.words import Word, before, lines_of

if TYPE_CHECKING:
    from PIL.Image import Image

_SURE = 0.6
"""Confidence from which what is read the second time is believed."""
_MOST = 60
"""Lines of a page that are read again; a page with more of them is no page of text."""


@dataclass(frozen=True, slots=True)
class _Start:
    """The beginning of a line: its first words as read, and the box of what stands before them."""

    first: Word
    box: tuple[int, int, int, int]


def read_again(words: Sequence[Word], image: Image, engine: Engine) -> list[Word]:
    """The words of a grey page with those that were missing before its lines.

    Raises:
        EngineError: as `Engine.recognise`.
    """
    starts = list(_starts(words, ink_of(image)))
    if not starts or len(starts) > _MOST:
        return list(words)
    block, tops = _block(starts, image)
    found = engine.recognise(block, block=True)
    new: list[Word] = []
    gone: set[int] = set()
    for start, top in zip(starts, tops, strict=True):
        left, height = start.box[0], start.box[3] - start.box[1]
        mine = [w for w in found if top <= (w.y0 + w.y1) / 2 < top + height]
        shift = left - _edge(start)
        better = [_moved(w, shift, start) for w in mine if (w.x0 + w.x1) / 2 + shift < start.first.x1]
        if better and fmean(w.confidence for w in better) >= _SURE:
            gone.add(id(start.first))
            new += better
    return sorted([*(w for w in words if id(w) not in gone), *new], key=lambda w: (w.line, w.x0))


def _starts(words: Sequence[Word], ink: Any) -> Iterator[_Start]:
    import numpy as np

    for line in lines_of(words):
        first, size = line[0], line[0].size
        # The first word may be no more than the full stop of a label.
        top, bottom = max(int(min(w.y0 for w in line[:4])), 0), int(max(w.y1 for w in line[:4]))
        left, right = int(before(first, words)), int(first.x0 - 0.1 * size)
        if right - left < size / 2 or bottom - top < 4:
            continue
        columns = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
        if not len(columns):
            continue
        groups = np.split(columns, np.flatnonzero(np.diff(columns) > 0.9 * size) + 1)
        from_, to = left + int(groups[-1][0]), left + int(groups[-1][-1])
        high = int(ink[top:bottom, from_ : to + 1].any(axis=1).sum())
        # As high as letters and wider than a bullet, or a bracket close to the text; not a drawn line, nor dirt.
        bracket = high > 0.7 * size and to - from_ > 0.1 * size and first.x0 - to < 0.5 * size
        if (bracket or (to - from_ > 0.4 * size and high > 0.5 * size)) and from_ > left:
            pad = int(0.2 * size)
            yield _Start(first, (from_ - pad, max(top - pad, 0), int(first.x1 + 7 * size), bottom + pad))


def _edge(start: _Start) -> int:
    """White put before each line of the block."""
    return int(start.first.size)


def _block(starts: Sequence[_Start], image: Image) -> tuple[Image, list[int]]:
    """The beginnings of lines, one under the other, and the top of each."""
    import PIL.Image

    cuts = [image.crop(start.box) for start in starts]
    edges = [_edge(start) for start in starts]
    tops, at = [], max(edges)
    for cut, edge in zip(cuts, edges, strict=True):
        tops.append(at)
        at += cut.height + edge // 3
    width = max(cut.width + 2 * edge for cut, edge in zip(cuts, edges, strict=True))
    block = PIL.Image.new("L", (width, at + max(edges)), 255)
    for cut, top, edge in zip(cuts, tops, edges, strict=True):
        block.paste(cut, (edge, top))
    return block, tops


def _moved(word: Word, shift: float, start: _Start) -> Word:
    """A word of the block at its place on the page, in the line it belongs to."""
    first = start.first
    return replace(
        word,
        x0=word.x0 + shift,
        x1=word.x1 + shift,
        y0=first.y1 - 0.78 * first.size,
        y1=first.y1,
        line=first.line,
        size=first.size,
    )

"""Beginnings of lines that were read badly or not at all: engines take a column of labels for something of its own.

The picture of such beginnings, each with the words after it, is given to the engine once more, as one plain block.
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
_DOUBTFUL = 0.85
"""Confidence of the first word of a line below which it is read again."""
_MOST = 120
"""Lines of a page that are read again; a page with more of them is no page of text."""


@dataclass(frozen=True, slots=True)
class _Start:
    """The beginning of a line: its first word as read, and the box of what is read again."""

    first: Word
    box: tuple[int, int, int, int]


def read_again(words: Sequence[Word], image: Image, engine: Engine) -> list[Word]:
    """The words of a grey page, with better ones where a line begins badly.

    Raises:
        EngineError: as `Engine.recognise`.
    """
    starts = list(_starts(words, ink_of(image)))
    if not starts or len(starts) > _MOST:
        return list(words)
    block, tops = _block(starts, image)
    found = engine.recognise(block, block=True)
    better: dict[int, list[Word]] = {}
    for start, top in zip(starts, tops, strict=True):
        bottom, shift = top + start.box[3] - start.box[1], start.box[0] - _edge(start)
        again = [_moved(w, shift, start.first) for w in found if top <= (w.y0 + w.y1) / 2 < bottom]
        better[id(start.first)] = _better(start.first, again)
    return [new for w in words for new in (better.get(id(w)) or [w])]


def _better(first: Word, again: Sequence[Word]) -> list[Word]:
    """What the second reading puts in the place of the first word; nothing when that is no better."""
    ahead = [w for w in again if (w.x0 + w.x1) / 2 < first.x0]
    there = [w for w in again if first.x0 <= (w.x0 + w.x1) / 2 < first.x1]
    if not any(map(str.isalnum, first.text)):  # the full stop or bracket of a label
        return _sure(ahead + there, _SURE / 2)
    if first.confidence < _DOUBTFUL:
        return _sure(ahead + there, max(_SURE, first.confidence))
    if ahead:
        return [*missing, first] if (missing := _sure(ahead, _SURE)) else []
    whole = [w for w in there if w.text.endswith(first.text) and len(w.text) > len(first.text)]
    return _sure(whole, _SURE)


def _sure(words: list[Word], least: float) -> list[Word]:
    return words if words and fmean(w.confidence for w in words) >= least else []


def _starts(words: Sequence[Word], ink: Any) -> Iterator[_Start]:
    for line in lines_of(words):
        first = line[0]
        left = _ink_before(line, words, ink)
        if left is None and first.confidence < _DOUBTFUL and any(map(str.isalnum, first.text)):
            left = int(first.x0)
        if left is not None:
            # The first word may be no more than the full stop of a label.
            top, bottom, pad = _top(line), _bottom(line), int(0.2 * first.size)
            yield _Start(first, (max(left - pad, 0), max(top - pad, 0), int(first.x1 + 7 * first.size), bottom + pad))


def _top(line: Sequence[Word]) -> int:
    return max(int(min(w.y0 for w in line[:4])), 0)


def _bottom(line: Sequence[Word]) -> int:
    return int(max(w.y1 for w in line[:4]))


def _ink_before(line: Sequence[Word], words: Sequence[Word], ink: Any) -> int | None:
    """Where something that may be a label begins before the first word of a line, or None."""
    import numpy as np

    first, size = line[0], line[0].size
    left, right = int(before(first, words)), int(first.x0 - 0.1 * size)
    top, bottom = _top(line), _bottom(line)
    if right - left < size / 2 or bottom - top < 4:
        return None
    columns = np.flatnonzero(ink[top:bottom, left:right].any(axis=0))
    if not len(columns):
        return None
    group = np.split(columns, np.flatnonzero(np.diff(columns) > 0.9 * size) + 1)[-1]
    from_, to = left + int(group[0]), left + int(group[-1])
    high = int(ink[top:bottom, from_ : to + 1].any(axis=1).sum())
    # As high as letters and wider than a bullet, or a bracket close to the text; not a drawn line, nor dirt.
    bracket = high > 0.7 * size and to - from_ > 0.1 * size and first.x0 - to < 0.5 * size
    letters = to - from_ > 0.4 * size and high > 0.5 * size
    return from_ if (bracket or letters) and from_ > left else None


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


def _moved(word: Word, shift: float, first: Word) -> Word:
    """A word of the block at its place on the page, in the line it belongs to."""
    top, left, right = first.y1 - 0.78 * first.size, word.x0 + shift, word.x1 + shift
    return replace(word, x0=left, x1=right, y0=top, y1=first.y1, line=first.line, size=first.size)

"""Which words stand in bold type, by how thick their strokes are beside those of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from statistics import median
from typing import TYPE_CHECKING, Any

from policylint.readers.ocr.picture import ink_of
from policylint.readers.ocr.words import Word, lines_of

if TYPE_CHECKING:
    from PIL.Image import Image

_HEAVIER = 1.28
"""Strokes of bold type are half as thick again; capitals of normal type a tenth thicker than small letters."""
_FEWEST = 8
"""Words a page needs to have a weight of its own."""


def mark_bold(words: Sequence[Word], image: Image) -> list[Word]:
    """The words of a grey picture with `bold` set; short words are as those beside them."""
    weights = _weights(words, image)
    normal = [weight for word, weight in zip(words, weights, strict=True) if weight and len(word.text) > 2]
    if len(normal) < _FEWEST:
        return list(words)
    limit = median(normal) * _HEAVIER
    bold = {id(word): weight > limit for word, weight in zip(words, weights, strict=True) if len(word.text) > 2}
    marked = {id(word): flag for line in lines_of(words) for word, flag in _even(line, bold)}
    return [replace(word, bold=True) if marked[id(word)] else word for word in words]


def _even(line: Sequence[Word], bold: dict[int, bool]) -> list[tuple[Word, bool]]:
    """The words of a line with what each is, single words that differ from all others of the line evened out."""
    known = [(len(word.text), bold[id(word)]) for word in line if id(word) in bold]
    letters = sum(length for length, _ in known)
    heavy = sum(length for length, flag in known if flag)
    if heavy >= 0.75 * letters > 0:
        return [(word, True) for word in line]
    if heavy <= 0.1 * letters:
        return [(word, False) for word in line]
    flags, before = [], next(flag for word in line if (flag := bold.get(id(word))) is not None)
    for word in line:
        before = bold.get(id(word), before)
        flags.append((word, before))
    return flags


def _weights(words: Sequence[Word], image: Image) -> list[float]:
    """Mean length of the runs of ink across each word, by the height of its letters; 0 where there is no ink."""
    ink = ink_of(image)
    starts = ink.copy()
    starts[:, 1:] &= ~ink[:, :-1]
    area, runs = _sums(ink), _sums(starts)
    out = []
    for word in words:
        count = _within(runs, word)
        size = word.size or word.y1 - word.y0
        out.append(_within(area, word) / count / size if count and size else 0.0)
    return out


def _sums(mask: Any) -> Any:
    """For each corner, how many pixels of a mask lie left and above."""
    import numpy as np

    sums = np.zeros((mask.shape[0] + 1, mask.shape[1] + 1), dtype=np.int32)
    np.cumsum(np.cumsum(mask, axis=0, dtype=np.int32), axis=1, out=sums[1:, 1:])
    return sums


def _within(sums: Any, word: Word) -> int:
    height, width = sums.shape
    left, right = (min(max(int(x), 0), width - 1) for x in (word.x0, word.x1 + 1))
    top, bottom = (min(max(int(y), 0), height - 1) for y in (word.y0, word.y1 + 1))
    return int(sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left])

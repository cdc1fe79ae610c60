"""Spaces that an engine lost or put into a word, corrected by the white there is on the picture.

No letter is added or changed. A word is cut where the white within it is as wide as the line's spaces, at a place where
two words make sense; two words are joined where the white between them is no wider than that between letters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from policylint.readers.ocr.picture import ink_of
from policylint.readers.ocr.words import Word, lines_of

if TYPE_CHECKING:
    from PIL.Image import Image

_AS_WIDE = 0.7
"""Share of a usual space from which white within a word is one."""
_NARROW = 0.3
"""Share of a usual space up to which white between two words is none."""
_NARROW_LETTERS = frozenset("iljtfrI.,;:'’!|()[]-")
_WIDE_LETTERS = frozenset("mwMWGOQ—@%&")
_SEAM = re.compile(
    r"(?<=[a-z,;:.])(?=[(A-Z])|(?<=\))(?=[A-Za-z])|(?<=\d)(?=[A-Z(])|(?<=^A)(?=[a-z]{3})|(?<=[,;:])(?=[a-z])"
)


def mend(words: Sequence[Word], image: Image) -> list[Word]:
    """The words of a grey page, cut and joined."""
    lines = lines_of(words)
    gaps = [gap for line in lines for gap in _gaps(line)]
    if not gaps:
        return list(words)
    usual, ink = median(gaps), ink_of(image)
    known = {_bare(word.text) for word in words}
    out: list[Word] = []
    for line in lines:
        own = _gaps(line)
        space = median(own) if len(own) > 3 else usual
        out += [part for word in _joined(line, space) for part in _cut(word, space, ink, known)]
    return out


def _gaps(line: Sequence[Word]) -> list[float]:
    """The white between neighbours, in pixels; what is wide enough for a column or a tab is none."""
    return [gap for a, b in pairwise(line) if 0 < (gap := b.x0 - a.x1) < 1.2 * a.size]


def _joined(line: Sequence[Word], space: float) -> Iterator[Word]:
    held = line[0]
    for word in line[1:]:
        near = word.x0 - held.x1 < min(_NARROW * space, 0.15 * word.size)
        if near and held.text[-1].isalpha() and word.text[0].islower():
            sure = min(held.confidence, word.confidence)
            held = replace(held, text=held.text + word.text, x1=word.x1, confidence=sure)
            continue
        yield held
        held = word
    yield held


def _cut(word: Word, space: float, ink: Any, known: set[str]) -> Iterator[Word]:
    """The word in as many pieces as there are spaces in it."""
    for left, right in _whites(word, _AS_WIDE * space, ink):
        at = _place(word, (left + right) / 2, known)
        if at is not None:
            yield replace(word, text=word.text[:at], x1=left)
            yield from _cut(replace(word, text=word.text[at:], x0=right), space, ink, known)
            return
    yield word


def _whites(word: Word, least: float, ink: Any) -> list[tuple[float, float]]:
    """Left and right end of the stretches of white within a word that are at least so wide."""
    import numpy as np

    if len(word.text) < 3:
        return []
    area = ink[max(int(word.y0), 0) : int(word.y1) + 1, max(int(word.x0), 0) : int(word.x1) + 1]
    # One dot of ink in a column is dirt.
    columns = np.flatnonzero(area.sum(axis=0) > 1) + int(word.x0)
    wide = np.flatnonzero(np.diff(columns) > max(least, 2))
    return [(float(columns[at] + 1), float(columns[at + 1])) for at in wide]


def _place(word: Word, x: float, known: set[str]) -> int | None:
    """Before which letter a word is to be cut at x, or None when no cut near it makes two words."""
    text = word.text
    widths = [0.5 if c in _NARROW_LETTERS else 1.5 if c in _WIDE_LETTERS else 1.2 if c.isupper() else 1.0 for c in text]
    scale = (word.x1 - word.x0) / (sum(widths) + 0.5)
    seams = {found.start() for found in _SEAM.finditer(text)}
    best: tuple[float, int] | None = None
    for at in range(1, len(text)):
        if at not in seams and not {_bare(text[:at]), _bare(text[at:])} <= known:
            continue
        off = abs(word.x0 + scale * (sum(widths[:at]) + 0.25) - x)
        if off < 1.5 * scale and (best is None or off < best[0]):
            best = off, at
    return best[1] if best else None


def _bare(text: str) -> str:
    return text.strip(".,;:()[]“”\"'’!?").lower() or text

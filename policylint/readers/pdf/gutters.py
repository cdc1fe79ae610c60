"""White strips between words, over many rows at once: where a page of text may be parted into columns.

A row is an integer with a bit for every narrow strip of the page that a word of it stands in, from the left; a gutter is a
range of such bits.
"""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Sequence

from policylint.readers.pdf.values import Row

_CELL = 2.0
"""Points to a bit: rows are compared as bit masks of the places their words take."""
_MOST_CELLS = 2000
_GUTTER = re.compile(r"0{3,}")
_SOLID = 0.6
"""Share of the width of all rows that text without white takes at most where a band begins."""
_NARROW = 75.0
"""Points below which a strip between two gutters is no column of text."""
_FEWEST, _FEWEST_NARROW = 3, 6
"""Rows with text on either side that a gutter has at least; more where it is narrower than `_CLEAR` strips."""
_CLEAR = 5
_STRIP = 3
"""Strips that a gutter has at least."""
_GAP = "0" * _STRIP
_TITLE = 6
"""Rows of a title at most."""

Gutter = tuple[int, int]
"""The first strip of white and the first after it."""


def mask_of(row: Row) -> int:
    """A bit for every strip of the page that a word of the row stands in."""
    mask = 0
    first, last = 0, -1  # what is taken without white, from the left
    for word in row.words:
        left, right = int(word[1] / _CELL), int(word[3] / _CELL)
        if left < 0 or right > _MOST_CELLS:
            left, right = max(0, left), min(_MOST_CELLS, right)
        if first <= left <= last + 1:
            last = max(last, right)
            continue
        if last >= first:
            mask |= (2 << last) - (1 << first)
        first, last = left, right
    return mask | ((2 << last) - (1 << first) if last >= first else 0)


def white_enough(rows: Sequence[Row]) -> bool:
    """Whether enough rows hold white as wide as a gutter, or begin as far from the left edge as a second column does.

    It is seen from the gaps between words, before any row is made a mask: most rows of most pages hold none.
    """
    far = min((row.x0 for row in rows), default=0.0) + _NARROW - 2 * _CELL
    return sum([row.x0 > far or max(row.gaps, default=0.0) > _STRIP * _CELL for row in rows]) >= _FEWEST


def all_over(masks: Sequence[int]) -> list[Gutter]:
    """The gutters of a page that is set in columns for the most part, titles and the like aside."""
    if len(masks) < 2 * _FEWEST_NARROW:
        return []
    whole = _together(masks)
    crossed = format(_taken_by_more(masks, len(masks) // 5), f"0{whole.bit_length()}b")
    out = [found.span() for found in _GUTTER.finditer(crossed[::-1])]
    narrowed = [strip for gutter in out if (strip := _whitest(masks, gutter)) is not None]
    part = [g for g in narrowed if _both_sides(masks, g)]
    return _wide(part, whole)


def _taken_by_more(masks: Sequence[int], count: int) -> int:
    """The strips of the page that more than `count` rows take: each bit is counted by itself, in binary, all at once."""
    digits: list[int] = []
    for mask in masks:
        carry, at = mask, 0
        while carry:
            if at == len(digits):
                digits.append(0)
            digits[at], carry = digits[at] ^ carry, digits[at] & carry
            at += 1
    more, equal = 0, -1
    for at in reversed(range(max(len(digits), count.bit_length()))):
        digit = digits[at] if at < len(digits) else 0
        if count >> at & 1:
            equal &= digit
        else:
            more |= equal & digit
            equal &= ~digit
    return more


def _whitest(masks: Sequence[int], gutter: Gutter) -> Gutter | None:
    """The part of a strip that only rows right across it enter, if it is wide enough; titles over all columns do so."""
    wide = gutter[1] - gutter[0]
    strip = ((1 << wide) - 1) << gutter[0]
    taken = 0
    for mask in masks:
        inside = mask & strip
        if inside and _GAP in format(inside >> gutter[0], f"0{wide}b"):
            taken |= inside  # the end of a long line
    best = (0, 0)
    start = gutter[0]
    for cell in range(gutter[0], gutter[1] + 1):
        if cell == gutter[1] or taken >> cell & 1:
            best = max(best, (start, cell), key=lambda found: found[1] - found[0])
            start = cell + 1
    return best if best[1] - best[0] >= _STRIP else None


def _both_sides(masks: Sequence[int], gutter: Gutter) -> bool:
    """Whether far more rows keep a strip white, with text on either side of it, than cross it."""
    strip = ((1 << (gutter[1] - gutter[0])) - 1) << gutter[0]
    kept = [mask for mask in masks if not mask & strip]
    return _sides(kept, gutter) >= max(_FEWEST_NARROW, 2 * (len(masks) - len(kept)))


def may_part(masks: Sequence[int]) -> bool:
    """Whether enough rows hold white between words, or begin far from the left edge, for there to be columns at all."""
    first = min(((mask & -mask).bit_length() for mask in masks if mask), default=0)
    far = first + int(_NARROW / _CELL)
    return sum((mask & -mask).bit_length() > far or bool(_white(mask)) for mask in masks) >= _FEWEST


def hidden(masks: Sequence[int], at: int, count: int, solid: float) -> bool:
    """Whether a row is one of a few over some of the columns that hide gutters below them: a title."""
    for later in range(at + 1, min(at + 1 + _TITLE, len(masks))):
        if _white(masks[later - 1]):
            return False
        if len(band_from(masks, later, solid)[1]) > count:
            return True
    return False


def band_from(masks: Sequence[int], start: int, solid: float) -> tuple[int, tuple[float, ...]]:
    """The end of the band that begins at a row, and its gutters; none if it is no band."""
    taken = masks[start]
    white: tuple[Gutter, ...] = ()
    end = start + 1
    while end < len(masks):
        taken |= masks[end]
        now = _white(taken)
        lost = [g for g in white if not any(_overlap(g, n) for n in now)]
        if lost and _matters(masks, start, end, lost, now):
            break
        if not now and _extent(taken) > solid:
            return start + 1, ()  # text over the whole width from the start
        white = now
        end += 1
    whole = _together(masks[start:end])
    wide = _wide([g for g in _white(whole) if _holds(masks[start:end], g)], whole)
    return end, middles(wide)


def middles(gutters: Sequence[Gutter]) -> tuple[float, ...]:
    """The middles of gutters, in points from the left."""
    return tuple((a + b) / 2 * _CELL for a, b in gutters)


def solid_width(masks: Sequence[int]) -> float:
    """Points of text without white from which rows have no columns, for the rows of a page."""
    return _SOLID * _extent(_together(masks))


def _together(masks: Sequence[int]) -> int:
    """The strips that any of the rows takes."""
    return functools.reduce(operator.or_, masks, 0)


@functools.lru_cache(maxsize=4096)
def _white(mask: int) -> tuple[Gutter, ...]:
    """The strips of white inside a mask, as bits [start, end)."""
    text = bin(mask)[:1:-1]  # the lowest bit first, without "0b"
    first = text.find("1")
    return tuple(m.span() for m in _GUTTER.finditer(text) if m.start() > first >= 0)


def _extent(mask: int) -> float:
    """Points from the first to the last strip with text."""
    return (mask.bit_length() - (mask & -mask).bit_length()) * _CELL if mask else 0.0


def _overlap(a: Gutter, b: Gutter) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _sides(masks: Sequence[int], gutter: Gutter) -> int:
    """The smaller number of rows with text left of a gutter and right of it."""
    left = (1 << gutter[0]) - 1
    return min(sum(bool(m & left) for m in masks), sum(m >> gutter[1] > 0 for m in masks))


def _holds(masks: Sequence[int], gutter: Gutter) -> bool:
    """Whether enough rows have text on both sides of a strip for it to part them on purpose."""
    return _sides(masks, gutter) >= (_FEWEST if gutter[1] - gutter[0] >= _CLEAR else _FEWEST_NARROW)


def _matters(
    masks: Sequence[int],
    start: int,
    end: int,
    lost: Sequence[Gutter],
    left: Sequence[Gutter],
) -> bool:
    """Whether a row ends the band: it runs over a gutter that parted columns, and no better one is left."""
    before = masks[start:end]
    whole = _together(before)
    real = _wide([g for g in lost if _holds(before, g)], whole)
    if not real:
        return False
    best = max(_sides(before, g) for g in real)
    return not any(_sides(before, g) > 2 * best and _wide([g], whole) for g in left)


def _wide(gutters: Sequence[Gutter], whole: int) -> list[Gutter]:
    """The gutters without those that cut off a strip too narrow for text, such as that of list labels."""
    kept = list(gutters)
    first = (whole & -whole).bit_length() - 1 if whole else 0
    while kept:
        edges = [(first, first), *kept, (whole.bit_length(), whole.bit_length())]
        widths = [b[0] - a[1] for a, b in itertools.pairwise(edges)]
        narrowest = min(range(len(widths)), key=widths.__getitem__)
        if widths[narrowest] * _CELL >= _NARROW:
            break
        beside = [g for g in (narrowest - 1, narrowest) if 0 <= g < len(kept)]
        kept.pop(min(beside, key=lambda g: kept[g][1] - kept[g][0]))
    return kept

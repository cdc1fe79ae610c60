"""Rows to columns of text: where a page is set in columns, how far down, and in which order they are read.

A gutter is a strip of white that no word enters over many rows, with text on both sides. Rows are tried from the top; a
band of rows goes on as long as its best gutter stays white. A heading or a table over the whole width ends it.
"""

from __future__ import annotations

import bisect
import itertools
import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from policylint.readers.pdf.values import Row, Word

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


@dataclass(frozen=True)
class Band:
    """Rows from top to bottom, and the middles of the gutters between their columns; none for rows over the whole width."""

    rows: tuple[Row, ...]
    gutters: tuple[float, ...] = ()

    @cached_property
    def columns(self) -> list[list[Row]]:
        """The rows of each column, left to right."""
        out: list[list[Row]] = [[] for _ in range(len(self.gutters) + 1)]
        edges = (*self.gutters, float("inf"))
        for row in self.rows:
            at = 0
            part: list[Word] = []
            for word in row.words:
                middle = (word.x0 + word.x1) / 2
                if middle > edges[at]:
                    if part:
                        out[at].append(Row(tuple(part), row.base))
                        part = []
                    at = bisect.bisect_left(self.gutters, middle)
                part.append(word)
            if part:
                out[at].append(Row(tuple(part), row.base))
        return out


def bands(rows: Sequence[Row]) -> list[Band]:
    """A page's rows as bands, from top to bottom."""
    masks = [_mask(row) for row in rows]
    gutters = _all_over(masks)
    return _parted(rows, masks, gutters) if gutters else _here_and_there(rows, masks)


def _all_over(masks: Sequence[int]) -> list[tuple[int, int]]:
    """The gutters of a page that is set in columns for the most part, titles and the like aside."""
    if len(masks) < 2 * _FEWEST_NARROW:
        return []
    whole = 0
    for mask in masks:
        whole |= mask
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


def _whitest(masks: Sequence[int], gutter: tuple[int, int]) -> tuple[int, int] | None:
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


def _both_sides(masks: Sequence[int], gutter: tuple[int, int]) -> bool:
    """Whether far more rows keep a strip white, with text on either side of it, than cross it."""
    strip = ((1 << (gutter[1] - gutter[0])) - 1) << gutter[0]
    kept = [mask for mask in masks if not mask & strip]
    return _sides(kept, gutter) >= max(_FEWEST_NARROW, 2 * (len(masks) - len(kept)))


def _parted(rows: Sequence[Row], masks: Sequence[int], gutters: Sequence[tuple[int, int]]) -> list[Band]:
    """Rows as bands where all gutters are known; a row over one of them stands alone."""
    strips = 0
    for start, end in gutters:
        strips |= ((1 << (end - start)) - 1) << start
    middles = tuple((a + b) / 2 * _CELL for a, b in gutters)
    out: list[Band] = []
    for crosses, run in itertools.groupby(zip(rows, masks, strict=True), key=lambda item: bool(item[1] & strips)):
        found = tuple(row for row, _ in run)
        out.extend([Band(found)] if crosses else cut(Band(found, middles)))
    return out


def _here_and_there(rows: Sequence[Row], masks: Sequence[int]) -> list[Band]:
    """Rows as bands on a page that has columns in places."""
    if not _may_part(masks):
        return [Band(tuple(rows))] if rows else []
    whole = 0
    for mask in masks:
        whole |= mask
    solid = _SOLID * _extent(whole)
    out: list[Band] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        end, gutters = _band_from(masks, at, solid)
        if gutters and _hidden(masks, at, len(gutters), solid):
            gutters = ()
        if gutters:
            if plain:
                out.append(Band(tuple(plain)))
                plain = []
            out.extend(cut(Band(tuple(rows[at:end]), gutters)))
            at = end
        else:
            plain.append(rows[at])
            at += 1
    if plain:
        out.append(Band(tuple(plain)))
    return out


def _may_part(masks: Sequence[int]) -> bool:
    """Whether enough rows hold white between words, or begin far from the left edge, for there to be columns at all."""
    first = min(((mask & -mask).bit_length() for mask in masks if mask), default=0)
    far = first + int(_NARROW / _CELL)
    return sum((mask & -mask).bit_length() > far or bool(_white(mask)) for mask in masks) >= _FEWEST


def _hidden(masks: Sequence[int], at: int, count: int, solid: float) -> bool:
    """Whether a row is one of a few over some of the columns that hide gutters below them: a title."""
    for later in range(at + 1, min(at + 1 + _TITLE, len(masks))):
        if _white(masks[later - 1]):
            return False
        if len(_band_from(masks, later, solid)[1]) > count:
            return True
    return False


def _mask(row: Row) -> int:
    """A bit for every strip of the page that a word of the row stands in."""
    mask = 0
    for word in row.words:
        left, right = int(word.x0 / _CELL), int(word.x1 / _CELL)
        if left < 0 or right > _MOST_CELLS:
            left, right = max(0, left), min(_MOST_CELLS, right)
        if right >= left:
            mask |= (2 << right) - (1 << left)
    return mask


@lru_cache(maxsize=4096)
def _white(mask: int) -> tuple[tuple[int, int], ...]:
    """The strips of white inside a mask, as bits [start, end)."""
    text = bin(mask)[:1:-1]  # the lowest bit first, without "0b"
    first = text.find("1")
    return tuple(m.span() for m in _GUTTER.finditer(text) if m.start() > first >= 0)


def _band_from(masks: Sequence[int], start: int, solid: float) -> tuple[int, tuple[float, ...]]:
    """The end of the band that begins at a row, and its gutters; none if it is no band."""
    taken = masks[start]
    white: tuple[tuple[int, int], ...] = ()
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
    whole = 0
    for mask in masks[start:end]:
        whole |= mask
    wide = _wide([g for g in _white(whole) if _holds(masks[start:end], g)], whole)
    return end, tuple((a + b) / 2 * _CELL for a, b in wide)


def _extent(mask: int) -> float:
    """Points from the first to the last strip with text."""
    return (mask.bit_length() - (mask & -mask).bit_length()) * _CELL if mask else 0.0


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _sides(masks: Sequence[int], gutter: tuple[int, int]) -> int:
    """The smaller number of rows with text left of a gutter and right of it."""
    left = (1 << gutter[0]) - 1
    return min(sum(bool(m & left) for m in masks), sum(m >> gutter[1] > 0 for m in masks))


def _holds(masks: Sequence[int], gutter: tuple[int, int]) -> bool:
    """Whether enough rows have text on both sides of a strip for it to part them on purpose."""
    return _sides(masks, gutter) >= (_FEWEST if gutter[1] - gutter[0] >= _CLEAR else _FEWEST_NARROW)


def _matters(
    masks: Sequence[int],
    start: int,
    end: int,
    lost: Sequence[tuple[int, int]],
    left: Sequence[tuple[int, int]],
) -> bool:
    """Whether a row ends the band: it runs over a gutter that parted columns, and no better one is left."""
    before = masks[start:end]
    whole = 0
    for mask in before:
        whole |= mask
    real = _wide([g for g in lost if _holds(before, g)], whole)
    if not real:
        return False
    best = max(_sides(before, g) for g in real)
    return not any(_sides(before, g) > 2 * best and _wide([g], whole) for g in left)


def _wide(gutters: Sequence[tuple[int, int]], whole: int) -> list[tuple[int, int]]:
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


def cut(band: Band) -> list[Band]:
    """A band cut at headings that stand at its left edge but are meant for its whole width.

    Such a heading keeps all other columns empty beside it, and below it all columns begin anew at about one height.
    """
    columns = band.columns
    usual = statistics.median(w.size for r in band.rows[:40] for w in r.words[:1])
    cuts: list[int] = []
    for at, row in enumerate(band.rows):
        if at == 0 or row.words[-1].x1 >= band.gutters[0] or not _heading_like(row, usual):
            continue
        own = min((r.base for r in columns[0] if r.base > row.base + 1), default=0.0)
        beside = [_beside(row, own, column, usual) for column in columns[1:]]
        if "new" in beside and "text" not in beside:
            cuts.append(at)
    if not cuts:
        return [band]
    edges = [0, *cuts, len(band.rows)]
    return [Band(band.rows[a:b], band.gutters) for a, b in itertools.pairwise(edges) if b > a]


def _heading_like(row: Row, usual: float) -> bool:
    return row.words[0].size > 1.08 * usual or (all(w.bold for w in row.words) and len(row.words) <= 10)


def _beside(row: Row, own: float, column: Sequence[Row], usual: float) -> str:
    """What a column has beside a heading: "text"; nothing any more ("end"); or nothing, and "new" text further down.

    Args:
        own: where the text under the heading begins.
    """
    above = [r.base for r in column if r.base < row.base - 1]
    below = [r for r in column if r.base > row.base + 1]
    size = row.words[0].size
    if not above or len(above) + len(below) < len(column) or row.base - max(above) <= size:
        return "text"
    if not below:
        return "end"
    gap = below[0].base - max(above)
    # A gap before a heading of the column's own says nothing.
    free = gap > 2.4 * size and abs(below[0].base - own) < size and not _heading_like(below[0], usual)
    return "new" if free else "text"

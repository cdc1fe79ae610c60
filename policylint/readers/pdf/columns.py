"""Rows to columns of text: where a page is set in columns, how far down, and in which order they are read.

A gutter is a strip of white that no word enters over many rows, with text on both sides. Rows are tried from the top; a
band of rows goes on as long as its best gutter stays white. A heading or a table over the whole width ends it.
"""

from __future__ import annotations

import bisect
import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from policylint.readers.pdf.gutters import (
    Gutter,
    all_over,
    band_from,
    hidden,
    mask_of,
    may_part,
    middles,
    solid_width,
    white_enough,
)
from policylint.readers.pdf.values import Row, Word


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
    if not white_enough(rows):
        return [Band(tuple(rows))] if rows else []
    masks = [mask_of(row) for row in rows]
    gutters = all_over(masks)
    return _parted(rows, masks, gutters) if gutters else _here_and_there(rows, masks)


def _parted(rows: Sequence[Row], masks: Sequence[int], gutters: Sequence[Gutter]) -> list[Band]:
    """Rows as bands where all gutters are known; a row over one of them stands alone."""
    strips = 0
    for start, end in gutters:
        strips |= ((1 << (end - start)) - 1) << start
    between = middles(gutters)
    out: list[Band] = []
    for crosses, run in itertools.groupby(zip(rows, masks, strict=True), key=lambda item: bool(item[1] & strips)):
        found = tuple(row for row, _ in run)
        out.extend([Band(found)] if crosses else cut(Band(found, between)))
    return out


def _here_and_there(rows: Sequence[Row], masks: Sequence[int]) -> list[Band]:
    """Rows as bands on a page that has columns in places."""
    if not may_part(masks):
        return [Band(tuple(rows))] if rows else []
    solid = solid_width(masks)
    out: list[Band] = []
    plain: list[Row] = []
    at = 0
    while at < len(rows):
        end, gutters = band_from(masks, at, solid)
        if gutters and hidden(masks, at, len(gutters), solid):
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

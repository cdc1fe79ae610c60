"""Ruled tables: drawn lines that cross make a grid, and the words between them its cells."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policylint.readers.pdf.rows import rows_of
from policylint.readers.pdf.values import Rule, Word

_NEAR = 3.0
"""Points within which two drawn lines are one, or meet."""
_MOST = 600
"""Lines beyond which a page is a drawing."""
_MOST_COLUMNS = 16


@dataclass(frozen=True, slots=True)
class Grid:
    """Lines that hang together.

    Attributes:
        flats: horizontal lines as (y, left, right).
        levels: heights of the horizontal lines, from the top; the first and last are the edges.
        edges: of the cells of each row, from left to right; a row lies between two levels.
        left, right: edges of the whole.
    """

    flats: tuple[tuple[float, float, float], ...]
    levels: tuple[float, ...]
    edges: tuple[tuple[float, ...], ...]
    left: float
    right: float

    def top_of(self, level: int, x: float) -> int:
        """The row in which the cell at a row and a place begins, that goes over several rows where no line parts them."""
        while level > 0:
            y = self.levels[level]
            edges = self.edges[level]
            at = min(max(bisect.bisect_right(edges, x), 1), len(edges) - 1)
            middle = (edges[at - 1] + edges[at]) / 2
            if any(abs(place - y) <= 2 * _NEAR and a <= middle <= b for place, a, b in self.flats):
                break
            level -= 1
        return level


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The grids of a page that have at least two columns."""
    flat = _merged([(r.y0, r.x0, r.x1) for r in rules if r.y0 == r.y1])
    upright = _merged([(r.x0, r.y0, r.y1) for r in rules if r.x0 == r.x1])
    if not flat or not upright or len(flat) + len(upright) > _MOST:
        return []
    groups = _groups(flat, upright)
    return [grid for group in groups if (grid := _grid(*group)) is not None]


def _merged(lines: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Pieces of one line (place, start, end) put together."""
    out: list[tuple[float, float, float]] = []
    for place, start, end in sorted(lines, key=lambda line: (round(line[0] / _NEAR), line[1])):
        if out and abs(out[-1][0] - place) < _NEAR and start <= out[-1][2] + _NEAR:
            out[-1] = (out[-1][0], out[-1][1], max(end, out[-1][2]))
        else:
            out.append((place, start, end))
    return out


_Lines = list[tuple[float, float, float]]


def _groups(flat: _Lines, upright: _Lines) -> list[tuple[_Lines, _Lines]]:
    """Lines that meet, directly or through others."""
    owner = list(range(len(flat) + len(upright)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for i, (y, left, right) in enumerate(flat):
        for j, (x, top, bottom) in enumerate(upright):
            if left - _NEAR <= x <= right + _NEAR and top - _NEAR <= y <= bottom + _NEAR:
                owner[root(i)] = root(len(flat) + j)
    groups: dict[int, tuple[_Lines, _Lines]] = {}
    for i, line in enumerate(flat + upright):
        group = groups.setdefault(root(i), ([], []))
        group[i >= len(flat)].append(line)
    return [g for g in groups.values() if g[0] and g[1]]


def _grid(flat: _Lines, upright: _Lines) -> Grid | None:
    left = min(*(a for _, a, _ in flat), *(x for x, _, _ in upright))
    right = max(*(b for _, _, b in flat), *(x for x, _, _ in upright))
    top = min(*(y for y, _, _ in flat), *(a for _, a, _ in upright))
    bottom = max(*(y for y, _, _ in flat), *(b for _, _, b in upright))
    levels = [top]
    for y in [*sorted(y for y, _, _ in flat), bottom]:
        if y - levels[-1] > 2 * _NEAR:
            levels.append(y)
    edges = tuple(_edges(upright, (a + b) / 2, left, right) for a, b in itertools.pairwise(levels))
    columns = max(map(len, edges), default=1) - 1
    if not 2 <= columns <= _MOST_COLUMNS:
        return None
    return Grid(tuple(flat), tuple(levels), edges, left, right)


def _edges(upright: _Lines, middle: float, left: float, right: float) -> tuple[float, ...]:
    """The edges of the cells in a row at a height."""
    edges = [left]
    for x in [*sorted(x for x, top, bottom in upright if top - _NEAR <= middle <= bottom + _NEAR), right]:
        if x - edges[-1] > 2 * _NEAR:
            edges.append(x)
    return tuple(edges)


def table_rows(grids: Sequence[Grid], words: Sequence[Word]) -> list[Word]:
    """The words, those inside grids put together to one word a row of the table with its `cells`."""
    if not grids:
        return list(words)
    out: list[Word] = []
    inside: dict[tuple[int, int], list[Word]] = {}
    first, last = min(g.levels[0] for g in grids) - 1, max(g.levels[-1] for g in grids) + 1
    for word in words:
        place = _place(grids, word) if first <= word.y1 and word.y0 <= last else None
        if place is None:
            out.append(word)
        else:
            inside.setdefault(place, []).append(word)
    for (g, level), found in inside.items():
        grid = grids[g]
        top, bottom = grid.levels[level], grid.levels[level + 1]
        edges = grid.edges[level]
        cells: list[list[Word]] = [[] for _ in edges]
        for word in found:
            middle = (word.x0 + word.x1) / 2
            cells[max(0, sum(edge <= middle for edge in edges) - 1)].append(word)
        filled = tuple(tuple(w for row in rows_of(cell) for w in row.words) for cell in cells if cell)
        out.append(
            Word("", grid.left, top, grid.right, bottom, found[0].size, found[0].bold, found[0].page, cells=filled)
        )
    return out


def _place(grids: Sequence[Grid], word: Word) -> tuple[int, int] | None:
    x, y = (word.x0 + word.x1) / 2, word.middle
    for g, grid in enumerate(grids):
        if grid.left - 1 <= x <= grid.right + 1 and grid.levels[0] - 1 <= y <= grid.levels[-1] + 1:
            level = sum(edge <= y for edge in grid.levels) - 1
            return g, grid.top_of(min(max(level, 0), len(grid.levels) - 2), x)
    return None

"""A page's words to lines in reading order. Knows no PDF: words that OCR found go the same way."""

from __future__ import annotations

import itertools
import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace

from policylint.readers.pdf.columns import Band, bands, cut
from policylint.readers.pdf.grids import grids_of, table_rows
from policylint.readers.pdf.rows import rows_of
from policylint.readers.pdf.values import LaidLine, PageText, Row, Word

_WIDE_GAP = 1.6
"""Of the font size: a gap between words from which it may part the cells of a table."""
_ROWS = 2
"""Rows that a table without drawn lines has at least."""
_LEAD = 3
"""Lines above a table that may look as if they stood in its first column."""
_MANY = 10
"""Rows from which columns show on a page beyond doubt."""
_FORM = 40
"""Words of the longest cell of a row, in the middle, from which a table is a form."""
_WORDY = 70
"""Words of a cell from which a table only arranges text on the page."""


def rows_on(page: PageText) -> list[Row]:
    """The rows of a page from top to bottom; a row of a ruled table is one, with one word that holds its cells."""
    return rows_of(table_rows(grids_of(page.rules), page.words))


def lines_of(rows: Sequence[Row], *, column: bool = False) -> list[LaidLine]:
    """Rows as lines in reading order: columns one after the other, tables row by row.

    Args:
        column: whether the rows are those of a column, whose edges are seen from them, not the page's.
    """
    found = [piece for band in bands(rows) for piece in _without_lead(band)]
    tables = [bool(band.gutters) and _is_table(band) for band in found]
    left, right = _edges(rows, found, tables) if column else (0.0, 0.0)
    text = [band for band, table in zip(found, tables, strict=True) if band.gutters and not table]
    # What parts the columns over most of the page parts the short pieces between its headings, too.
    longest = max(text, key=lambda band: len(band.rows), default=None)
    main = longest.gutters if longest is not None and len(longest.rows) >= _MANY else ()
    pieces = found if not main else [piece for band in found for piece in _by_main(band, main)]
    out: list[LaidLine] = []
    for band in pieces:
        if not band.gutters:
            out.extend(_plain(band.rows, left, right))
        elif band.gutters != main and _is_table(band):
            out.extend(_table(band, left, right))
        else:
            for part in filter(None, band.columns):
                out.extend(lines_of(part, column=True))
    return out


def _without_lead(band: Band) -> list[Band]:
    """A table apart from the last line of a paragraph or the heading above it, which end before its second column."""
    if not band.gutters or _is_table(band):
        return [band]
    lead = sum(1 for _ in itertools.takewhile(lambda row: row.x1 < band.gutters[0], band.rows[:_LEAD]))
    rest = replace(band, rows=band.rows[lead:])
    return [Band(band.rows[:lead]), rest] if lead and len(rest.rows) >= _ROWS and _is_table(rest) else [band]


def _edges(rows: Sequence[Row], found: Sequence[Band], tables: Sequence[bool]) -> tuple[float, float]:
    """The edges of a column; tables may stand out of it."""
    text = [
        row
        for band, table in zip(found, tables, strict=True)
        for row in (() if table else band.rows)
        if not row.words[0].cells and len(_cells(row)) == 1
    ]
    return min(row.x0 for row in rows), max(row.x1 for row in text or rows)


def _by_main(band: Band, main: tuple[float, ...]) -> list[Band]:
    """A band with the page's main gutters where its rows keep them white, cut where they begin and cease to."""
    if len(band.gutters) >= len(main) and not _is_table(band):
        return [band]
    if band.gutters == main:
        return cut(band)
    out: list[Band] = []
    for kept, run in itertools.groupby(band.rows, key=lambda row: all(_clear(row, gutter) for gutter in main)):
        piece = Band(tuple(run), main if kept else ())
        out.extend(cut(piece) if kept and _two_sided(piece) else [Band(piece.rows)])
    return out


def _clear(row: Row, gutter: float) -> bool:
    """Whether a row leaves a gutter free, by more than the space between two words."""
    left = max((w.x1 for w in row.words if w.x0 < gutter), default=0.0)
    right = min((w.x0 for w in row.words if w.x0 >= gutter), default=float("inf"))
    return left <= gutter + 1 and right - left > 0.8 * row.words[0].size


def _two_sided(band: Band) -> bool:
    """Whether text stands in the second of its columns or a later one."""
    return any(w.x0 > band.gutters[0] for row in band.rows for w in row.words)


def _plain(rows: Sequence[Row], left: float, right: float) -> list[LaidLine]:
    """The rows of one column as lines; those of tables, drawn or aligned, as rows of cells."""
    out: list[LaidLine] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        if row.words[0].cells:
            table = list(itertools.takewhile(lambda words: words[0].cells, (r.words for r in rows[at:])))
            out.extend(_ruled([words[0] for words in table]))
            at += len(table)
            continue
        end, groups = _aligned(rows, at)
        out.extend(LaidLine(cells, left, right, row.words[0].page, table=True) for cells in groups)
        if not groups:
            out.append(LaidLine((row.words,), left, right, row.words[0].page))
        at = end
    return out


def _ruled(rows: Sequence[Word]) -> list[LaidLine]:
    """The rows of a ruled table; where their cells hold whole paragraphs, the lines of each cell, one cell after the other."""
    wordy = [any(len(cell) > _WORDY or _listed(cell) for cell in row.cells) for row in rows]
    # A form has a section's text beside its heading in each row, however short some of them are.
    form = 2 * sum(wordy) >= len(rows) or statistics.mean(max(map(len, row.cells)) for row in rows) >= _FORM
    out: list[LaidLine] = []
    for row, much in zip(rows, wordy, strict=True):
        if much or (form and _headed(row)):
            out += [line for cell in row.cells for line in _cell_lines(cell, row)]
        else:
            out.append(LaidLine(row.cells, row.x0, row.x1, row.page, table=True))
    return out


def _headed(row: Word) -> bool:
    """Whether a row is a bold heading beside its text."""
    return len(row.cells) == 2 and all(w.bold for w in row.cells[0]) and not all(w.bold for w in row.cells[1])


def _cell_lines(cell: Sequence[Word], row: Word) -> list[LaidLine]:
    left, right = min(w.x0 for w in cell), max(w.x1 for w in cell)
    lines = [LaidLine((found.words,), left, right, found.words[0].page) for found in rows_of(cell)]
    # Nothing but its cell parts a heading from the text beside it.
    apart = cell is row.cells[0] or (cell is row.cells[1] and all(w.bold for w in row.cells[0]))
    return [replace(lines[0], apart=True), *lines[1:]] if apart else lines


def _listed(cell: Sequence[Word]) -> bool:
    """Whether a cell holds a list: two lines of it begin with a label."""
    return len(cell) > 12 and sum(is_mark(row.words[0].text) for row in rows_of(cell)) > 1


_MARK = re.compile(
    r"\W|\(?[A-Za-z0-9]{1,4}(?:\.[A-Za-z0-9]{1,4}){0,5}[.):]{1,2}|\([A-Za-z0-9]{1,4}\)"
    r"|(?:\d{1,4}|[A-Z])(?:\.\d{1,4}){1,5}(?:\([A-Za-z0-9]{1,4}\)){0,3}[.:]?|\d{1,4}(?:\([A-Za-z0-9]{1,4}\)){1,3}"
)


def is_mark(text: str) -> bool:
    """Whether a word looks like a bullet or a list label, so that the space after it parts no cells of a table."""
    return _MARK.fullmatch(text) is not None


# -- tables without drawn lines ---------------------------------------------------------------------------------------


def _cells(row: Row) -> list[list[Word]]:
    """The words of a row, cut at wide gaps; a label belongs to what it labels."""
    if max(row.gaps, default=0.0) <= _WIDE_GAP * row.smallest:
        return [list(row.words)]
    out: list[list[Word]] = []
    for word in row.words:
        before = out[-1][-1] if out else None
        if before is None or (
            word.x0 - before.x1 > _WIDE_GAP * max(word.size, before.size)
            and not (len(out[-1]) == 1 and is_mark(before.text))
            and not word.text.startswith("..")
            and not before.text.endswith("..")
        ):
            out.append([word])
        else:
            out[-1].append(word)
    return out


def _aligned(rows: Sequence[Row], start: int) -> tuple[int, list[tuple[tuple[Word, ...], ...]]]:
    """The end of a table that begins at a row, and its rows; no rows if there is none."""
    first = _cells(rows[start]) if not rows[start].words[0].cells else []
    if len(first) < 2:
        return start + 1, []
    starts = [cell[0].x0 for cell in first]
    table = [first]
    at = start + 1
    full = 1
    while (
        at < len(rows)
        and not rows[at].words[0].cells
        and rows[at].base - rows[at - 1].base < 3.5 * rows[at].words[0].size
    ):
        cells = _cells(rows[at])
        if len(cells) < len(table[-1]) and _share([c[0].x0 for c in table[-1]], cells) and _goes_on(cells):
            for cell in cells:
                _continue(table[-1], cell)
        elif len(cells) > 1 and _share(starts, cells):
            table.append(cells)
            full += 1
        elif len(cells) == 1 and any(abs(cells[0][0].x0 - x) < 4 for x in starts[1:]):
            _continue(table[-1], cells[0])
        else:
            break
        at += 1
    if full < (_ROWS if len(first) > 2 else _ROWS + 1):
        return start + 1, []
    return at, [tuple(tuple(cell) for cell in cells) for cells in table]


def _goes_on(cells: Sequence[Sequence[Word]]) -> bool:
    """Whether every cell of a row goes on with a sentence: the row is the second line of the one before."""
    return all(cell[0].text[:1].islower() for cell in cells)


def _share(starts: Sequence[float], cells: Sequence[Sequence[Word]]) -> bool:
    """Whether a row's cells after the first begin or end where those of the table do."""
    return any(abs(cell[0].x0 - x) < 4 for cell in cells[1:] for x in starts[1:])


def _continue(cells: list[list[Word]], more: Sequence[Word]) -> None:
    """Add the next line of a cell to it."""
    nearest = min(cells, key=lambda cell: abs(min(w.x0 for w in cell) - more[0].x0))
    nearest.extend(more)


def _is_table(band: Band) -> bool:
    """Whether what stands side by side are the cells of rows, not columns of running text."""
    columns = band.columns
    if any(len(rows) < 3 for rows in columns):
        return True
    if not all(_runs_on(rows) for rows in columns):
        return True
    shared = sum(len(rows) for rows in columns) - len(band.rows)
    if shared < 0.6 * min(len(rows) for rows in columns):
        return False
    # Sentences that go on from line to line in every column: text in columns, if no table of wrapped cells.
    going = min(sum(r.words[0].text[:1].islower() for r in rows) / len(rows) for rows in columns)
    if going >= 0.25:
        return False
    filled = min(_filled(rows) for rows in columns)
    if len(band.rows) >= _MANY and filled >= 0.7 and all(_holes(rows, band) < 0.25 for rows in columns):
        return False
    return not (len(band.rows) >= 2 * _MANY and filled >= 0.55)


def _runs_on(rows: Sequence[Row]) -> bool:
    """Whether lines hold as many words as running text does."""
    return sum([row.count for row in rows]) >= 2.5 * len(rows)


def _filled(rows: Sequence[Row]) -> float:
    """How much of a column's width its lines take up, in the middle."""
    wide = max(r.x1 for r in rows) - min(r.x0 for r in rows)
    return statistics.median(r.x1 - r.x0 for r in rows) / (wide or 1.0)


def _holes(rows: Sequence[Row], band: Band) -> float:
    """The share of the band's rows between a column's first and last at which it is empty."""
    beside = [r for r in band.rows if rows[0].base <= r.base <= rows[-1].base]
    return 1 - len(rows) / (len(beside) or 1)


def _table(band: Band, left: float, right: float) -> Iterator[LaidLine]:
    """The rows of a table without drawn lines, the lines of one row put together."""
    for group in _groups(band):
        columns = Band(tuple(group), band.gutters).columns
        cells = tuple(tuple(w for r in rows for w in r.words) for rows in columns if rows)
        ruled = [w for cell in cells for w in cell if w.cells]
        if ruled:
            for word in ruled:
                yield from _ruled([word])
            continue
        drawn = all(set(w.text) <= set("-_=") for cell in cells for w in cell)
        yield LaidLine(cells, left, right, group[0].words[0].page, table=len(cells) > 1 and not drawn)


def _groups(band: Band) -> list[list[Row]]:
    """The lines of each row: what stands closer than the others belongs together, or what goes on with a sentence."""
    steps = [b.base - a.base for a, b in itertools.pairwise(band.rows)]
    begins = [row.x0 < band.gutters[0] and not row.words[0].text[:1].islower() for row in band.rows]
    close = [step <= 1.3 * min(steps) for step in steps]
    inner = [begin for begin, near in zip(begins[1:], close, strict=True) if near]
    by_space = not all(close) and 2 * sum(inner) < len(inner)
    groups: list[list[Row]] = [[band.rows[0]]]
    for at, row in enumerate(band.rows[1:], 1):
        parted = begins[at] and (_other_print(row, groups[-1][-1]) or _begins_every_cell(row, band.gutters))
        if not parted and (close[at - 1] if by_space else not begins[at]):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _other_print(row: Row, above: Row) -> bool:
    """Whether a row begins in other type than the one above: what stands there is a heading or the head of the table."""
    word, before = row.words[0], above.words[0]
    return word.bold != before.bold or abs(word.size - before.size) > 1


def _begins_every_cell(row: Row, gutters: Sequence[float]) -> bool:
    """Whether a sentence or name begins in each of three cells or more: no second line of the row above does that."""
    if len(gutters) < _ROWS:
        return False
    edges = [float("-inf"), *gutters, float("inf")]
    cells = [[w for w in row.words if left <= w.x0 < right] for left, right in itertools.pairwise(edges)]
    return all(cell and not cell[0].text[:1].islower() for cell in cells)

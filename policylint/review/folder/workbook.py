"""The review as an Excel workbook: the matrix, the requirements, all submissions, what failed.

Written row by row, so that twenty thousand agencies need no more memory than one. Same input, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from policylint.reporters.rows import neutral
from policylint.reporters.xlsx import begun
from policylint.reporters.xlsx_style import Style
from policylint.review.folder import tables

if TYPE_CHECKING:
    from policylint.review.folder.overview import Overview
    from policylint.review.folder.tables import Cells

_WIDTHS = {
    "agency": 34,
    "contact": 26,
    "document": 28,
    "missing to pass": 40,
    "asks": 60,
    "citation": 34,
    "reason": 60,
    "authority": 40,
    "family": 28,
    "page": 40,
    "key": 40,
    "topic": 18,
    "result": 14,
    "profile": 14,
    "rank": 13,
}
_PER_CENT = frozenset({"coverage", "share met", "shared text"})


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A table on a sheet of its own; so many of its first columns stay in view."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Cells]
    kept: int = 1
    notes: Mapping[int, str] = field(default_factory=dict)


def workbook(overview: Overview) -> bytes:
    """The whole workbook."""
    out = io.BytesIO()
    book = begun(out, "Review of peer support policies", constant_memory=True)
    style = Style(book)
    for sheet in _sheets(overview):
        _write(book.add_worksheet(sheet.name), sheet, style)
    book.close()
    return out.getvalue()


def _sheets(overview: Overview) -> list[_Sheet]:
    ids = [neutral(column.id) for column in overview.columns]
    first = len(tables.ABOUT)
    asked = {first + at: f"{column.asked} ({column.citation})" for at, column in enumerate(overview.columns)}
    return [
        _Sheet("Matrix", (*tables.ABOUT, *ids), tables.matrix(overview), notes=asked),
        _Sheet("Requirements", tables.REQUIREMENTS, tables.requirements(overview)),
        _Sheet("Submissions", tables.SUBMISSIONS, tables.submissions(overview)),
        _Sheet("Not judged", tables.FAILURES, tables.failures(overview)),
    ]


def _write(page: Any, sheet: _Sheet, style: Style) -> None:
    """One sheet. What stands above a row must be written before it."""
    page.freeze_panes(1, sheet.kept)
    page.set_landscape()
    page.set_paper(3)  # Tabloid
    page.fit_to_pages(1 if sheet.name != "Matrix" else 0, 0)
    page.repeat_rows(0)
    page.set_footer("&L&F&C&A&RPage &P of &N")
    for at, name in enumerate(sheet.columns):
        page.set_column(at, at, _WIDTHS.get(name, 11))
    page.set_row(0, 30)
    for at, name in enumerate(sheet.columns):
        page.write_string(0, at, name[:1].upper() + name[1:], style.head)
        if at in sheet.notes:
            page.write_comment(0, at, sheet.notes[at][:1000], {"x_scale": 2.5})
    shares = {at for at, name in enumerate(sheet.columns) if name in _PER_CENT}
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for at, cell in enumerate(row):
            if cell == "":
                page.write_blank(last, at, None, style.cell)
            elif isinstance(cell, str):
                page.write_string(last, at, cell, style.of(cell))
            else:
                page.write_number(last, at, cell, style.percent if at in shares else style.number)
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)

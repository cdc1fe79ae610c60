"""The report as an Excel workbook: summary, verdicts, list elements, sources.

Written by XlsxWriter, which gives the same bytes for the same input once the time of creation is fixed.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from policylint.reporters.clean import clean, xml_text
from policylint.reporters.entries import STATUS_ORDER, counts_of, title_of, topic_name
from policylint.reporters.places import path_of
from policylint.reporters.rows import COLUMNS, PRINTED, guarded, neutral, rows_of, words
from policylint.reporters.xlsx_style import COLOURS, Style
from policylint.summary import SEVERITIES

if TYPE_CHECKING:
    from policylint.report import Report
    from policylint.reporters.view import View

_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the library wants a naive one
"""Fixed, so that the same report gives the same bytes: the day the file format's own dates begin."""

_WIDTHS = {
    "document": 22,
    "requirement": 13,
    "topic": 15,
    "status": 13,
    "severity": 10,
    "finding": 42,
    "evidence": 56,
    "where": 30,
    "lacking": 22,
    "closest": 40,
    "closest where": 26,
    "model language": 56,
    "covered": 22,
    "force": 8,
    "citation": 34,
    "pack": 17,
    "authority": 46,
    "rank": 13,
    "check": 24,
    "fingerprint": 19,
    "waiver": 42,
    "baseline": 24,
}


_HIGHEST = 409
"""Points; no row of a workbook can be higher."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table on a sheet of its own.

    Attributes:
        widths: of the columns, in characters.
        above: lines over the table, the first of them a title.
        spread: columns to print, over two large pages; 0 to print all on one page.
        kept: columns that stay in sight, and stand on both pages.
    """

    name: str
    columns: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[str | int]]
    above: Sequence[Sequence[str]] = field(default=())
    spread: int = 0
    kept: int = 0


def render(report: Report, _view: View) -> bytes:
    """The workbook; same input, same bytes."""
    return workbook(sheets_of(report), "Gap report")


def sheets_of(report: Report) -> list[Sheet]:
    """The sheets, in the order of the tabs."""
    topics = ("Document", "Topic", *(words(s).capitalize() for s in STATUS_ORDER), "Requirements", "Gaps")
    topics += tuple(s.capitalize() for s in reversed(SEVERITIES))
    verdicts = [c.capitalize() for c in COLUMNS]
    elements = ("Document", "Requirement", "Topic", "Status", "Element", "Covered")
    return [
        Sheet("Summary", topics, (34, 24, *[11] * 6, 14, *[10] * 4), _by_topic(report), list(_about(report))),
        Sheet("Verdicts", verdicts, [_WIDTHS[c] for c in COLUMNS], rows_of(report), spread=PRINTED, kept=2),
        Sheet("List elements", elements, (30, 14, 20, 14, 40, 12), _elements(report)),
        Sheet(
            "Sources",
            ("Kind", "Name", "Version or title", "Authority", "Rank", "SHA-256"),
            (12, 34, 30, 48, 14, 68),
            _sources(report),
        ),
    ]


def _about(report: Report) -> Iterator[Sequence[str]]:
    yield ("Gap report",)
    yield ("Made by", f"policylint {clean(report.version)}")
    yield ("Profile", neutral(report.profile or "") or "none: packs by name, or several")
    yield ("As of", neutral(report.as_of or "") or "no day given")
    for document in report.documents:
        name, title = guarded(path_of(document)), guarded(title_of(document))
        yield ("Document", name, *([title] if title != name else []))
        if document.status != "judged":
            yield ("Not judged", neutral(document.reason or ""))


def _by_topic(report: Report) -> Iterator[Sequence[str | int]]:
    for document in report.documents:
        name = guarded(path_of(document))
        for topic in dict.fromkeys(v.topic for v in document.verdicts):
            of_topic = [v for v in document.verdicts if v.topic == topic]
            yield (name, neutral(topic_name(topic)), *_counts(of_topic))
        yield (name, "All topics" if document.status == "judged" else "Not judged", *_counts(document.verdicts))


def _counts(verdicts: Sequence[Any]) -> Iterator[int]:
    yield from counts_of(verdicts)
    yield len(verdicts)
    yield sum(v.is_gap for v in verdicts)
    for severity in reversed(SEVERITIES):
        yield sum(v.severity == severity for v in verdicts)


def _elements(report: Report) -> Iterator[Sequence[str]]:
    for document in report.documents:
        name = guarded(path_of(document))
        for v in document.verdicts:
            about = (name, neutral(v.requirement), neutral(topic_name(v.topic)), words(v.status))
            for keys, covered in ((v.elements_covered, "covered"), (v.elements_missing, "missing")):
                for key in keys or ():
                    yield (*about, neutral(words(key)), covered)


def _sources(report: Report) -> Iterator[Sequence[str]]:
    for pack in report.packs:
        yield ("Pack", *map(neutral, (pack.id, pack.version, pack.authority, pack.rank, pack.sha256)))
    for document in report.documents:
        yield (
            "Document",
            guarded(path_of(document)),
            guarded(title_of(document)),
            "",
            "",
            neutral(document.sha256 or ""),
        )
        for note in document.notes:
            yield ("Note", guarded(path_of(document)), neutral(note), "", "", "")
    yield ("Tool", "policylint", neutral(report.version), "", "", "")


def workbook(sheets: Sequence[Sheet], title: str) -> bytes:
    """A workbook of tables with frozen headers and filters."""
    out = io.BytesIO()
    book = begun(out, title, in_memory=True)
    style = Style(book)
    for sheet in sheets:
        _write(book.add_worksheet(sheet.name), sheet, style)
    book.close()
    return out.getvalue()


def begun(out: io.BytesIO, title: str, **options: bool) -> Any:
    """A workbook in which text stays text; `options` are XlsxWriter's."""
    from xlsxwriter import Workbook

    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(out, {**options, **plain})
    book.set_properties({"title": title, "author": "policylint", "created": _CREATED})
    return book


def _write(page: Any, sheet: Sheet, style: Style) -> None:
    """One sheet: the lines above, then the table."""
    for at, line in enumerate(sheet.above):
        page.write_string(at, 0, line[0], style.label if at else style.title)
        for column, text in enumerate(line[1:], 1):
            page.write_string(at, column, xml_text(text), style.plain)
    if sheet.above:
        page.set_row(0, 28)
    head = len(sheet.above) + 1 if sheet.above else 0
    for column, (name, width) in enumerate(zip(sheet.columns, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(head, column, name, style.head)
        last = head
    for last, row in enumerate(sheet.rows, head + 1):
        page.set_row(last, _height(row, sheet.widths))
        total = isinstance(row[-1], int) and row[1] in ("All topics", "Not judged")
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                page.write_number(last, column, cell, style.total_number if total else style.number)
            else:
                page.write_string(last, column, cell, style.total if total else style.of(cell))
    page.autofilter(head, 0, max(last, head), len(sheet.columns) - 1)
    page.freeze_panes(head + 1, sheet.kept)
    page.set_landscape()
    page.repeat_rows(head)
    page.set_paper(3 if sheet.spread else 1)  # Tabloid, Letter
    page.fit_to_pages(2 if sheet.spread else 1, 0)
    if sheet.spread:
        page.repeat_columns(0, sheet.kept - 1)
        page.print_area(0, 0, last, sheet.spread - 1)
    page.set_footer("&L&F&C&A&RPage &P of &N")
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)


def _height(row: Sequence[str | int], widths: Sequence[int]) -> float:
    """Points a row needs for its longest cell. Not every program fits rows to wrapped text when it opens a file."""
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        if isinstance(cell, str) and (len(cell) > width or "\n" in cell):
            lines = max(lines, sum(1 + len(line) // width for line in cell.split("\n")))
    return min(12.5 * lines + 3, _HIGHEST)


__all__ = ["COLOURS", "Sheet", "render", "sheets_of", "workbook"]

"""The revision report as a Word document, on the same paper as the gap report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean
from policylint.reporters.comparison import words
from policylint.reporters.docx.build import Cell, Run, Xml, paragraph, table
from policylint.reporters.docx.pages import heads
from policylint.reporters.docx.paper import WIDTH, written
from policylint.reporters.xlsx_style import COLOURS

if TYPE_CHECKING:
    from policylint.compare import Change, Comparison, Pair
    from policylint.reporters.view import View

_COLUMNS = (1780, 1500, WIDTH - 3280)
_LOOKS = {"lost": "missing", "weakened": "weak", "gained": "met", "strengthened": "met", "moved": "info"}
"""Kind of change -> the status or severity whose colours it has."""


def render(comparison: Comparison, _view: View) -> bytes:
    """The document; same input, same bytes."""
    pairs = comparison.pairs
    title = words.title(pairs[0]) if len(pairs) == 1 else f"{len(pairs)} documents"
    return written(
        "".join(_pages(comparison, title)), "Revision report", title, f"policylint {clean(comparison.version)}"
    )


def _pages(comparison: Comparison, title: str) -> Iterator[Xml]:
    yield paragraph("PEER SUPPORT POLICY · REVISION REPORT", style="CoverLabel")
    yield paragraph(title, style="CoverTitle")
    yield paragraph(Run(words.summary(comparison.counts), bold=True, size=12))
    yield paragraph(f"Judged by {words.judged_by(comparison)}.")
    yield from (paragraph(clean(note)) for note in comparison.notes)
    for pair in comparison.pairs:
        yield from _pair(pair)


def _pair(pair: Pair) -> Iterator[Xml]:
    yield paragraph(words.title(pair), style="Heading1")
    yield paragraph(f"{words.names(pair)}: {words.summary(pair.counts)}")
    for path, reason in words.not_judged(pair):
        yield paragraph(Run("Not judged: ", bold=True), f"{path}: {reason}")
    for kind in words.kinds_in(pair):
        yield paragraph(f"{words.HEADINGS[kind]} ({pair.counts[kind]})", style="Heading2", keep=True)
        head = heads("Requirement", "Change", "What is asked, and what both editions say")
        yield table(_COLUMNS, [head, *(_change(change, pair) for change in pair.of(kind))])


def _change(change: Change, pair: Pair) -> Sequence[Cell]:
    verdict = change.verdict
    asked = [paragraph(Run(clean(verdict.requirement), bold=True), style="Cell")]
    if verdict.citation:
        asked.append(paragraph(clean(verdict.citation), style="Where"))
    fill, ink = COLOURS[_LOOKS[change.kind]] if change.kind in _LOOKS else ("", "")
    step = paragraph(Run(words.step(change).capitalize(), bold=True, colour=ink), style="Cell")
    return (Cell(asked), Cell([step], fill), Cell(list(_told(change, pair))))


def _told(change: Change, pair: Pair) -> Iterator[Xml]:
    yield paragraph(Run(words.asked(change), bold=True), style="Cell")
    if said := words.elements(change):
        yield paragraph(said, style="Cell")
    for side in words.sides(change, pair):
        for quote, where in side.quotes:
            yield paragraph(Run(f"{side.name.capitalize()}: ", bold=True), f"“{quote}”", style="Quoted", keep=True)
            yield paragraph(where, style="Where")

"""Where paragraphs, cells and rows end, and what their properties make of them."""

from __future__ import annotations

from policylint.readers.flow import bullet
from policylint.readers.rtf.lists import Tables
from policylint.readers.rtf.state import BODY, Paragraph, State

_COLUMN = 180
"""Twips that a column of plain text takes: half an inch is a tab stop of four."""


class Paragraphs:
    """Ends the paragraph, cell or row that a state's sink holds open."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables

    def paragraph(self, state: State) -> None:
        """A paragraph ends; one whose end is deleted goes on in the next."""
        if state.goes != BODY:
            return
        if state.deleted:
            state.sink.open.runs.append((" ", False))
            state.sink.open.label = ""
            return
        self.end(state)

    def end(self, state: State, *, last: bool = False) -> None:
        """The paragraph at hand ends whatever holds; `last` when its sink does."""
        sink = state.sink
        paragraph, sink.open = sink.open, Paragraph()
        done: list[Paragraph] = []
        if not last or not paragraph.blank or paragraph.asides:
            self._dress(paragraph, state)
            done.append(paragraph)
        done += sink.boxes
        sink.boxes = []
        (sink.cell if state.in_table and not last else sink.paragraphs).extend(done)
        if last and (sink.cell or sink.cells or sink.nested):  # a table that the file breaks off
            self.nested_row(state)
            self.row(state)

    def _dress(self, paragraph: Paragraph, state: State) -> None:
        """Give a paragraph what its properties say."""
        style = self.tables.styles.get(state.style)
        paragraph.heading = style.level if style is not None else 0
        if state.outline is not None:
            paragraph.heading = state.outline + 1 if 0 <= state.outline < 9 else 0
        paragraph.style = style.name if style is not None else ""
        level = min(max(state.level, 0), 8)
        counted = self.tables.number(state.list_, level) if state.list_ and not paragraph.blank else ""
        paragraph.label = bullet(paragraph.label) or bullet(counted)
        paragraph.level = level + 1 if paragraph.label or state.list_ else 0
        paragraph.indent = min(max(round((state.left + min(state.first, 0)) / _COLUMN), 0), 200)

    def cell(self, state: State) -> None:
        """A cell ends."""
        if state.goes != BODY:
            return
        before, state.in_table = state.in_table, max(state.in_table, 1)
        self.end(state)
        state.in_table = before
        state.sink.cells.append(state.sink.cell)
        state.sink.cell = []

    def row(self, state: State) -> None:
        """A row ends."""
        sink = state.sink
        if state.goes != BODY or not (sink.cells or sink.cell):
            return
        cells = [*sink.cells, sink.cell] if sink.cell else sink.cells
        sink.cells, sink.cell = [], []
        sink.paragraphs.append(Paragraph(row=cells))

    def nested_cell(self, state: State) -> None:
        """A cell of a table in a cell ends."""
        if state.goes == BODY:
            state.sink.nested.append(state.sink.open)
            state.sink.open = Paragraph()

    def nested_row(self, state: State) -> None:
        """A row of a table in a cell ends: in a group that is skipped, by its nature."""
        sink = state.sink
        if sink.nested:
            asides = [aside for paragraph in sink.nested for aside in paragraph.asides]
            sink.cell.append(Paragraph(cells=[paragraph.runs for paragraph in sink.nested], asides=asides))
            sink.nested = []

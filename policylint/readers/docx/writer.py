"""Paragraphs and tables as blocks of the canonical text."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterable, Iterator

from policylint.readers.compose import Composer, Run
from policylint.readers.docx.story import Node, Paragraph, Table
from policylint.readers.docx.wrapped import TYPED_LABEL
from policylint.readers.flow import CELL_LABEL

_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_LONG_LINE = 60
_SHORT_LINE = 40
"""Characters up to which a line that ends with a comma is rather an entry of a list than a broken sentence."""
_TAB = 6
"""Columns from one tab stop to the next."""
_MOST_IN_CELL = 3
"""Paragraphs of a cell above which the table is there for the layout."""
_MOST_WORDS_IN_CELL = 120
_MOST_WORDS_IN_FORM, _MOST_IN_HEADING, _FORM_LEVEL = 40, 12, 2
"""Words a cell, on average, from which a table with bold words in its left column is a form; words of such a heading, its level."""


class Writer:
    """Writes one document. Footnotes and text boxes wait until the list they are anchored in is over."""

    def __init__(self, composer: Composer) -> None:
        self._composer = composer
        self._waiting: list[Node] = []
        self._announced = False

    def write(self, nodes: Iterable[Node]) -> None:
        """Write paragraphs and tables, and what is anchored in them."""
        for node in nodes:
            self._node(node)
        self._release()

    def leave_out(self, nodes: Iterable[Node], why: str) -> list[str]:
        """Write text that is no part of the policy; returns it, a line for each paragraph or row."""
        lines = [line for node in nodes for line in _lines(node)]
        for line in lines:
            self._composer.add([(line, False)], kind="paragraph", gap=1, left_out=why)
        return lines

    def _node(self, node: Node) -> None:
        if isinstance(node, Table):
            self._release()
            self._table(node)
        else:
            self._paragraph(node)

    def _release(self) -> None:
        waiting, self._waiting = self._waiting, []
        for node in waiting:
            self._node(node)

    # -- paragraphs -----------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: Paragraph) -> None:
        if self._waiting and paragraph.kind != "item" and not self._announced:
            self._release()
        text = paragraph.content.text.strip()
        if paragraph.left_out:
            self.leave_out([paragraph], paragraph.left_out)
        elif text:
            self._pieces(paragraph)
            self._announced = text.endswith(":")
        if not paragraph.left_out:
            for left_out, why in paragraph.content.left_out:
                self._composer.add([(left_out, False)], kind="paragraph", gap=1, left_out=why)
        self._waiting += [node for extra in paragraph.extras for node in extra]

    def _pieces(self, paragraph: Paragraph) -> None:
        """The block of a paragraph, or several where line breaks part list entries or a title from its text."""
        runs = paragraph.content.runs
        pieces = _cut(runs) if paragraph.kind != "heading" else [list(_without_breaks(runs))]
        label, kind, level = paragraph.label, paragraph.kind, paragraph.level
        # The lines of a text stand close; paragraphs are set apart by their spacing, and more so by empty ones.
        lines = kind == "line"
        gap = min(paragraph.blanks, 3) + (not lines)
        indent, between = paragraph.indent, "\n" if lines and not gap else "\n\n"
        for piece in pieces:
            self._composer.add(
                piece,
                label=label,
                kind=kind,
                level=level,
                indent=indent + _leading(piece),
                gap=gap,
                between=between,
                size=paragraph.content.size,
            )
            label, level, indent, gap = "", 0, paragraph.inner, 0
            kind = "paragraph" if kind == "item" else kind

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Table) -> None:
        form = _is_form(table)
        for row in table.rows:
            label = _label_of(row)
            if label:
                self._labelled_row(label, row)
            elif form and _is_headed(row):
                self._form_row(row)
            elif len(row) == 1 or any(_is_layout(cell) for cell in row):
                for cell in row:
                    for node in cell:
                        self._node(node)
            else:
                self._row(row)
        self._announced = False

    def _labelled_row(self, label: str, row: list[list[Node]]) -> None:
        """A row whose first cell is but a label: what stands in the other is an item, and what goes on with it."""
        first, *rest = row[1]
        assert isinstance(first, Paragraph)
        first.kind, first.label = "item", label
        self._node(first)
        for node in rest:
            self._node(node)

    def _form_row(self, row: list[list[Node]]) -> None:
        """A row of a form: a heading beside its text."""
        for node in row[0]:
            if isinstance(node, Paragraph):
                node.kind, node.level = "heading", _FORM_LEVEL
            self._node(node)
        for node in row[1]:
            self._node(node)

    def _row(self, row: list[list[Node]]) -> None:
        paragraphs = [node for cell in row for node in cell if isinstance(node, Paragraph)]
        cells = [_labelled(each) for each in paragraphs if not each.left_out]
        self._composer.row(cells, kind="row", gap=1)
        for each in paragraphs:
            if each.left_out:
                self.leave_out([each], each.left_out)
            for left_out, why in each.content.left_out if not each.left_out else ():
                self._composer.add([(left_out, False)], kind="paragraph", gap=1, left_out=why)
            self._waiting += [node for extra in each.extras for node in extra]


def _is_layout(cell: list[Node]) -> bool:
    """Whether a cell holds a piece of a document rather than an entry of a table."""
    paragraphs = [node for node in cell if isinstance(node, Paragraph)]
    if len(paragraphs) < len(cell) or any(p.kind == "heading" for p in paragraphs):
        return True
    texts = [p.content.text for p in paragraphs if p.content.text.strip()]
    return (
        len(texts) > _MOST_IN_CELL
        or sum(p.kind == "item" for p in paragraphs) > 1
        or sum(len(text.split()) for text in texts) > _MOST_WORDS_IN_CELL
    )


def _is_form(table: Table) -> bool:
    """Whether rows hold a section's text beside its heading, as forms do, and not an entry of a table."""
    rows = [row for row in table.rows if len(row) == 2]
    lengths = [sum(len(p.content.text.split()) for p in row[1] if isinstance(p, Paragraph)) for row in rows]
    return bool(rows) and statistics.mean(lengths) >= _MOST_WORDS_IN_FORM and sum(map(_is_headed, rows)) > len(rows) / 2


def _is_headed(row: list[list[Node]]) -> bool:
    """Whether all of a row's first cell is bold, and one short paragraph, and not all of the second is bold."""
    if len(row) != 2 or len(row[0]) != 1:
        return False
    runs = [run for node in row[0] if isinstance(node, Paragraph) for run in node.content.runs]
    other = [run for node in row[1] if isinstance(node, Paragraph) for run in node.content.runs]
    words = sum(len(text.split()) for text, _ in runs)
    return (
        0 < words <= _MOST_IN_HEADING
        and all(b for t, b in runs if t.strip())
        and any(not b for t, b in other if t.strip())
    )


def _label_of(row: list[list[Node]]) -> str:
    """The label that is all of a row's first cell of two, typed or counted by Word; else ""."""
    if len(row) != 2 or len(row[0]) != 1:
        return ""
    cell, first = row[0][0], row[1][0]
    if not (isinstance(cell, Paragraph) and isinstance(first, Paragraph)) or cell.left_out or first.label:
        return ""
    text = cell.content.text.strip()
    if cell.extras or first.kind == "heading" or not first.content.text.strip():
        return ""
    return text if not cell.label and CELL_LABEL.fullmatch(text) else "" if text else cell.label


def _labelled(paragraph: Paragraph) -> list[Run]:
    """A paragraph as a cell of a row, with its label."""
    runs = list(_without_breaks(paragraph.content.runs))
    return [(f"{paragraph.label} ", False), *runs] if paragraph.label else runs


def _lines(node: Node) -> Iterator[str]:
    """The text of a node that is left out, on one line a paragraph or row."""
    if isinstance(node, Table):
        for row in node.rows:
            cells = [" ".join(line for inner in cell for line in _lines(inner)) for cell in row]
            yield " | ".join(cell for cell in cells if cell)
        return
    text = node.content.text + "".join(text for text, _ in node.content.left_out)
    if text.strip():
        yield " ".join(f"{node.label} {text}".split())
    for extra in node.extras:
        for inner in extra:
            yield from _lines(inner)


def _leading(runs: list[Run]) -> int:
    """Columns of white space that were typed before the text."""
    text = "".join(text for text, _ in runs[:3])
    return len(text[: len(text) - len(text.lstrip())].expandtabs(_TAB))


def _without_breaks(runs: Iterable[Run]) -> Iterator[Run]:
    for text, bold in runs:
        yield text.replace("\n", " "), bold


def _cut(runs: list[Run]) -> list[list[Run]]:
    """Runs cut at the line breaks that part more than a line: where a sentence goes on, a break is but a space."""
    if not any("\n" in text for text, _ in runs):
        return [runs]
    lines: list[list[Run]] = [[]]
    for text, bold in runs:
        first, *others = text.split("\n")
        lines[-1].append((first, bold))
        lines += [[(other, bold)] for other in others]
    kept = [line for line in lines if "".join(text for text, _ in line).strip()]
    pieces: list[list[Run]] = []
    for line in kept:
        if pieces and _goes_on(pieces[-1], line):
            pieces[-1] += [(" ", line[0][1]), *line]
        else:
            pieces.append(line)
    return pieces


def _goes_on(before: list[Run], line: list[Run]) -> bool:
    """Whether a line is the rest of a sentence that a break cut."""
    last, here = ("".join(text for text, _ in runs).strip() for runs in (before, line))
    if TYPED_LABEL.match(here) or _ENDS.search(last[-20:]):
        return False
    if last.endswith(",") and len(last) <= _SHORT_LINE:
        return False
    return here[:1].islower() or len(last) > _LONG_LINE

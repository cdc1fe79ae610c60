"""A story of a Word file (the body, a header, the footnotes) as paragraphs and tables, in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Union

from policylint.readers.docx.names import MC, Element, chosen, integer, is_on, value, w
from policylint.readers.docx.numbering import Numbering, Place
from policylint.readers.docx.runs import CONTENTS, PLACEHOLDER, Content, Runs, is_placeholder
from policylint.readers.docx.styles import BODY, Indent, Style, Styles, has_leader, indent_of

TWIPS_PER_COLUMN = 120
"""Twentieths of a point: what a character of running text takes."""
_MOST_COLUMNS = 60
_DOTTED = re.compile(r"\S.*\t\s*(?:\d{1,4}|[ivxl]{1,6})\s*", re.DOTALL)


@dataclass(slots=True)
class Paragraph:
    """A paragraph of the page.

    Attributes:
        kind: "heading", "item", "quote", "paragraph", or "line" for a line of a text that has but lines.
        level: of a heading, from 1; of an item in its list, from 1; else 0.
        label: as Word shows it.
        indent: columns before the label, or before the text where there is none.
        inner: columns before the text of a second line.
        left_out: why it is no part of the policy's text, or "".
        blanks: empty paragraphs right before it.
    """

    content: Content
    kind: str = "paragraph"
    level: int = 0
    label: str = ""
    indent: int = 0
    inner: int = 0
    left_out: str = ""
    blanks: int = 0
    extras: list[list[Node]] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether nothing stands in it, not even something that was left out."""
        return not (self.content.text.strip() or self.content.left_out or self.extras)


@dataclass(slots=True)
class Table:
    """A table: rows of cells, each cell a story of its own; merged cells stand once."""

    rows: list[list[list[Node]]]


Node = Union[Paragraph, Table]  # noqa: UP007 - Paragraph and Table name each other


_WRAPPERS = frozenset(map(w, ("ins", "moveTo", "customXml", "smartTag", "bdo", "dir")))
_P, _TBL, _SDT, _TR, _TC, _PPR = w("p"), w("tbl"), w("sdt"), w("tr"), w("tc"), w("pPr")
_ALTERNATE, _SDT_CONTENT, _CHUNK = f"{MC}AlternateContent", w("sdtContent"), w("altChunk")


class Story:
    """Reads one story. The numbers go on from story to story, as `numbering` is shared.

    Attributes:
        runs: what reads the text.
        chunks: how many documents of other formats are embedded, which are not read.
    """

    def __init__(self, root: Element, styles: Styles, numbering: Numbering) -> None:
        self._styles, self._numbering = styles, numbering
        self.runs = Runs(styles, root)
        self.chunks = 0
        self._open: Content | None = None
        self._blanks = 0

    def read(self, container: Element, left_out: str = "") -> list[Node]:
        """The paragraphs and tables of a container."""
        nodes = list(self._nodes(container, left_out))
        if self._open is not None:
            # The last paragraph cannot lose its mark; what the change left stands for itself.
            nodes.append(Paragraph(self._open))
            self._open = None
        return nodes

    def _nodes(self, container: Iterable[Element], left_out: str) -> Iterator[Node]:
        for child in container:
            tag = child.tag
            if tag == _P:
                paragraph = self._paragraph(child, left_out)
                if paragraph is not None:
                    yield paragraph
            elif tag == _TBL:
                yield self._table(child, left_out)
            elif tag == _SDT:
                content = child.find(_SDT_CONTENT)
                if content is not None:
                    yield from self._nodes(content, left_out or _why_not(child))
            elif tag == _ALTERNATE:
                yield from self._nodes(chosen(child), left_out)
            elif tag in _WRAPPERS:
                yield from self._nodes(child, left_out)
            elif tag == _CHUNK:
                self.chunks += 1

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Element, left_out: str) -> Table:
        self._blanks = 0
        rows = [self._row(row, left_out) for row in _inside(table, _TR) if not _deleted(row.find(w("trPr")), "del")]
        return Table([row for row in rows if row])

    def _row(self, row: Element, left_out: str) -> list[list[Node]]:
        cells: list[list[Node]] = []
        for cell in _inside(row, _TC):
            properties = cell.find(w("tcPr"))
            if _deleted(properties, "cellDel") or _goes_on(properties):
                continue
            nodes = self.read(cell, left_out)
            # An empty paragraph that Word numbers shows its number: the label of what stands in the next cell.
            if any(not isinstance(node, Paragraph) or node.label or not node.empty for node in nodes):
                cells.append(nodes)
        return cells

    # -- paragraphs -----------------------------------------------------------------------------------------------

    def _paragraph(self, element: Element, left_out: str) -> Paragraph | None:
        properties = element.find(_PPR)
        style = self._styles.get(value(properties, "pStyle"))
        content = self.runs.read(element, style)
        if self._open is not None:
            content = _joined(self._open, content)
            self._open = None
        if _mark_deleted(properties):
            self._open = content
            return None
        found = self._placed(properties, style, content)
        found.left_out = left_out or _generated(properties, style, content)
        found.extras = [self.read(box) for box in content.boxes]
        if found.empty:
            self._blanks += 1
        else:
            found.blanks, self._blanks = self._blanks, 0
        return found

    def _placed(self, properties: Element | None, style: Style, content: Content) -> Paragraph:
        outline = integer(value(properties, "outlineLvl"), style.outline)
        heading = outline is not None and 0 <= outline < BODY
        place = self._place(properties, style)
        label, indent = "", indent_of(properties)
        if place is not None:
            level = self._numbering.level(place)
            # A paragraph that is hidden with its mark takes no number.
            unseen = not content.text.strip() and _hidden(properties)
            label = "" if unseen else self._numbering.count(place)
            own = level.indent if level is not None else Indent()
            # A list of the style's own bows to the style's indent; one set on the paragraph does not.
            from_style = value(_numbers(properties), "numId") is None
            indent = indent.over(style.indent.over(own) if from_style else own.over(style.indent))
        else:
            indent = indent.over(style.indent)
        left, first = _columns(indent.left), _columns((indent.left or 0) + (indent.first or 0))
        if heading or (style.title and outline is None):
            number = label if any(c.isalnum() for c in label) else ""
            return Paragraph(content, "heading", (outline or 0) + 1, number, first, left)
        if place is not None and label:
            column = self._numbering.column(place, first)
            return Paragraph(content, "item", place.level + 1, label, column, max(left, column + 2))
        if style.typed:
            return Paragraph(content, "line", indent=left, inner=left)
        # Without a label, the first line's indent is typography; how far the paragraph is set in is its place.
        return Paragraph(content, "quote" if style.quote else "paragraph", indent=left, inner=left)

    def _place(self, properties: Element | None, style: Style) -> Place | None:
        """Where a paragraph stands in which list: as it says itself, else as its style does."""
        numbers = _numbers(properties)
        num, level = value(numbers, "numId"), integer(value(numbers, "ilvl"))
        if num is None:
            if style.num is None or style.num == "0":
                return None
            if level is not None:
                return Place(style.num, max(0, min(level, 8)))
            return self._numbering.place_of_style(style.num, style.num_ids, style.num_level)
        if num == "0":
            return None
        if level is None:
            return self._numbering.place_of_style(num, style.ids, None)
        return Place(num, max(0, min(level, 8)))


def _numbers(properties: Element | None) -> Element | None:
    return properties.find(w("numPr")) if properties is not None else None


def _columns(twips: int | None) -> int:
    return max(0, min(round((twips or 0) / TWIPS_PER_COLUMN), _MOST_COLUMNS))


def _why_not(control: Element) -> str:
    """Why the content of a block-level control is no part of the policy, or ""."""
    gallery = value(control.find(f"{w('sdtPr')}/{w('docPartObj')}"), "docPartGallery")
    if gallery == "Table of Contents":
        return CONTENTS
    return PLACEHOLDER if is_placeholder(control) else ""


def _generated(properties: Element | None, style: Style, content: Content) -> str:
    """Why a paragraph that a program made is no part of the policy, or ""."""
    if content.generated:
        return content.generated
    if style.contents:
        return CONTENTS
    dotted = style.leader or has_leader(properties)
    return CONTENTS if dotted and _DOTTED.fullmatch(content.text) else ""


def _inside(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those inside controls and inserted ones as well."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == _SDT:
            content = child.find(_SDT_CONTENT)
            if content is not None:
                yield from _inside(content, tag)
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _deleted(properties: Element | None, name: str) -> bool:
    return properties is not None and properties.find(w(name)) is not None


def _goes_on(properties: Element | None) -> bool:
    """Whether a cell is the lower part of a merged one."""
    found = [properties.find(w(name)) for name in ("vMerge", "hMerge")] if properties is not None else []
    return any(merged is not None and merged.get(w("val"), "continue") == "continue" for merged in found)


def _mark_deleted(properties: Element | None) -> bool:
    mark = properties.find(w("rPr")) if properties is not None else None
    return mark is not None and any(mark.find(w(name)) is not None for name in ("del", "moveFrom"))


def _hidden(properties: Element | None) -> bool:
    vanish = properties.find(f"{w('rPr')}/{w('vanish')}") if properties is not None else None
    return vanish is not None and is_on(vanish)


def _joined(first: Content, second: Content) -> Content:
    """A paragraph that lost its mark, with the one that goes on with it."""
    return Content(
        first.runs + second.runs,
        first.left_out + second.left_out,
        first.boxes + second.boxes,
        first.notes + second.notes,
        first.size or second.size,
        second.generated,
    )

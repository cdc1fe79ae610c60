"""Paragraphs and tables of a Word document (WordprocessingML, ECMA-376 part 1, chapter 17) as elements."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from policylint.reporters.clean import xml_text

SHORT = 7
"""Paragraphs in a row that is kept on one page."""

_RULES = "C9D1DA"

Element = Any
"""An lxml element; python-docx gives its elements no useful static types."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look.

    Attributes:
        colour: RRGGBB, or "" for the paragraph's own.
        size: in points, or 0 for the paragraph's own.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: float = 0
    mono: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its paragraphs, and its fill as RRGGBB or ""."""

    paragraphs: Sequence[Element]
    fill: str = ""


def make(tag: str, *children: Element, **attributes: str) -> Element:
    """An element such as `make("w:tc", ...)`; an attribute `val="x"` is `w:val="x"`."""
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    for child in children:
        element.append(child)
    return element


def paragraph(*runs: Run | str, style: str = "", keep: bool = False, align: str = "") -> Element:
    """A paragraph of runs; a plain string is a run without a look of its own.

    Args:
        style: id of a paragraph style.
        keep: keep it on one page with what follows.
        align: "right" or "center".
    """
    about = OxmlElement("w:pPr")
    if style:
        about.append(make("w:pStyle", val=style))
    if keep:
        about.append(OxmlElement("w:keepNext"))
    if align:
        about.append(make("w:jc", val=align))
    element = OxmlElement("w:p")
    if len(about):
        element.append(about)
    for each in runs:
        element.append(_run(Run(each) if isinstance(each, str) else each))
    return element


def _run(run: Run) -> Element:
    look = OxmlElement("w:rPr")
    if run.mono:
        look.append(make("w:rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New"))
    if run.bold:
        look.append(OxmlElement("w:b"))
    if run.italic:
        look.append(OxmlElement("w:i"))
    if run.colour:
        look.append(make("w:color", val=run.colour))
    if run.size:
        look.append(make("w:sz", val=str(round(2 * run.size))))
    text = OxmlElement("w:t")
    text.text = xml_text(run.text)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return make("w:r", *([look] if len(look) else []), text)


def page_break() -> Element:
    """A paragraph after which a new page begins."""
    return make("w:p", make("w:r", make("w:br", type="page")))


def field(code: str) -> list[Element]:
    """The runs of a field such as PAGE, which Word fills in."""
    instruction = OxmlElement("w:instrText")
    instruction.text = f" {code} "
    shown = OxmlElement("w:t")
    shown.text = "1"
    return [
        make("w:r", make("w:fldChar", fldCharType="begin")),
        make("w:r", instruction),
        make("w:r", make("w:fldChar", fldCharType="separate")),
        make("w:r", shown),
        make("w:r", make("w:fldChar", fldCharType="end")),
    ]


def table(widths: Sequence[int], rows: Iterable[Sequence[Cell]], *, head: bool = True, padding: int = 60) -> Element:
    """A table of fixed width, so that no long word can push it off the page.

    Args:
        widths: of the columns, in twentieths of a point.
        rows: the cells; a row with a single cell spans all columns.
        head: the first row is a header, repeated on each page and announced by screen readers.
        padding: above and below the text of a cell, in twentieths of a point.
    """
    edges = [make(f"w:{edge}", val="single", sz="4", space="0", color=_RULES) for edge in ("top", "bottom", "insideH")]
    sides = (("top", padding), ("left", 100), ("bottom", padding), ("right", 100))
    margins = [make(f"w:{side}", w=str(wide), type="dxa") for side, wide in sides]
    about = make(
        "w:tblPr",
        make("w:tblW", w=str(sum(widths)), type="dxa"),
        make("w:tblBorders", *edges),
        make("w:tblLayout", type="fixed"),
        make("w:tblCellMar", *margins),
        make("w:tblLook", val="0020" if head else "0000", firstRow="1" if head else "0"),
    )
    grid = make("w:tblGrid", *(make("w:gridCol", w=str(width)) for width in widths))
    made = [_row(widths, row, head=head and not at) for at, row in enumerate(rows)]
    return make("w:tbl", about, grid, *made)


def _row(widths: Sequence[int], cells: Sequence[Cell], *, head: bool) -> Element:
    row = OxmlElement("w:tr")
    # A short row stands on one page; a long one may break, or half of the page before it would be left empty.
    if head or max(len(cell.paragraphs) for cell in cells) <= SHORT:
        row.append(make("w:trPr", OxmlElement("w:cantSplit"), *([OxmlElement("w:tblHeader")] if head else [])))
    spans = len(cells) == 1 and len(widths) > 1
    for width, cell in zip((sum(widths),) if spans else widths, cells, strict=True):
        about = make("w:tcPr", make("w:tcW", w=str(width), type="dxa"))
        if spans:
            about.append(make("w:gridSpan", val=str(len(widths))))
        if cell.fill:
            about.append(make("w:shd", val="clear", color="auto", fill=cell.fill))
        row.append(make("w:tc", about, *(cell.paragraphs or [OxmlElement("w:p")])))
    return row

"""Paragraphs and tables of a Word document (WordprocessingML, ECMA-376 part 1, chapter 17) as XML.

A report has some ten thousand elements. Made one by one by a library they take half a second; written down, a fiftieth of
that. Whatever is not an element of ours goes through `Run`, which escapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from policylint.reporters.clean import xml_text

SHORT = 7
"""Paragraphs in a row that is kept on one page."""

_RULES = "C9D1DA"

Xml = str
"""An element as XML with the prefix w."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one look.

    Attributes:
        colour: RRGGBB, or "" for the paragraph's own.
        size: in points, or 0 for the paragraph's own.
        fields: what stands in it instead of text: XML of ours, or "\t" for a tab.
    """

    text: str
    bold: bool = False
    italic: bool = False
    colour: str = ""
    size: float = 0
    mono: bool = False
    fields: tuple[Xml, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its paragraphs, and its fill as RRGGBB or ""."""

    paragraphs: Sequence[Xml]
    fill: str = ""


def make(tag: str, *children: Xml, **attributes: str) -> Xml:
    """An element such as `make("tc", ...)`; an attribute `val="x"` is `w:val="x"`. Values are ours and hold no markup."""
    named = "".join([f' w:{name}="{value}"' for name, value in attributes.items()])
    return f"<w:{tag}{named}>{''.join(children)}</w:{tag}>" if children else f"<w:{tag}{named}/>"


def paragraph(
    *runs: Run | str, style: str = "", keep: bool = False, new_page: bool = False, align: str = "", tabs: Xml = ""
) -> Xml:
    """A paragraph of runs; a plain string is a run without a look of its own.

    Args:
        style: id of a paragraph style.
        keep: keep it on one page with what follows.
        new_page: begin a page with it.
        align: "right" or "center".
        tabs: its tab stops.
    """
    about = make("pStyle", val=style) if style else ""
    about += "<w:keepNext/>" if keep else ""
    about += "<w:pageBreakBefore/>" if new_page else ""
    about += tabs
    about += make("jc", val=align) if align else ""
    inner = "".join([_run(Run(each) if isinstance(each, str) else each) for each in runs])
    return f"<w:p>{f'<w:pPr>{about}</w:pPr>' if about else ''}{inner}</w:p>"


def _run(run: Run) -> Xml:
    look = make("rFonts", ascii="Courier New", hAnsi="Courier New", cs="Courier New") if run.mono else ""
    look += "<w:b/>" if run.bold else ""
    look += "<w:i/>" if run.italic else ""
    look += make("color", val=run.colour) if run.colour else ""
    look += make("sz", val=str(round(2 * run.size))) if run.size else ""
    content = "".join(["<w:tab/>" if part == "\t" else part for part in run.fields]) or (
        f'<w:t xml:space="preserve">{escape(xml_text(run.text))}</w:t>'
    )
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{content}</w:r>"


def field(code: str) -> list[Run]:
    """The runs of a field such as PAGE, which Word fills in."""
    parts = (
        make("fldChar", fldCharType="begin"),
        make("instrText", f" {code} "),
        make("fldChar", fldCharType="separate"),
        make("t", "1"),
        make("fldChar", fldCharType="end"),
    )
    return [Run("", fields=(part,)) for part in parts]


def table(widths: Sequence[int], rows: Iterable[Sequence[Cell]], *, head: bool = True, padding: int = 60) -> Xml:
    """A table of fixed width, so that no long word can push it off the page.

    Args:
        widths: of the columns, in twentieths of a point.
        rows: the cells; a row with a single cell spans all columns.
        head: the first row is a header, repeated on each page and announced by screen readers.
        padding: above and below the text of a cell, in twentieths of a point.
    """
    edges = [make(edge, val="single", sz="4", space="0", color=_RULES) for edge in ("top", "bottom", "insideH")]
    sides = (("top", padding), ("left", 100), ("bottom", padding), ("right", 100))
    about = make(
        "tblPr",
        make("tblW", w=str(sum(widths)), type="dxa"),
        make("tblBorders", *edges),
        make("tblLayout", type="fixed"),
        make("tblCellMar", *(make(side, w=str(wide), type="dxa") for side, wide in sides)),
        make("tblLook", val="0020" if head else "0000", firstRow="1" if head else "0"),
    )
    grid = make("tblGrid", *(make("gridCol", w=str(width)) for width in widths))
    return make("tbl", about, grid, *(_row(widths, row, head=head and not at) for at, row in enumerate(rows)))


def _row(widths: Sequence[int], cells: Sequence[Cell], *, head: bool) -> Xml:
    # A short row stands on one page; a long one may break, or half of the page before it would be left empty.
    whole = head or max(len(cell.paragraphs) for cell in cells) <= SHORT
    about = make("trPr", "<w:cantSplit/>", *(["<w:tblHeader/>"] if head else [])) if whole else ""
    spans = len(cells) == 1 and len(widths) > 1
    made = []
    for width, cell in zip((sum(widths),) if spans else widths, cells, strict=True):
        own = make("tcW", w=str(width), type="dxa")
        own += make("gridSpan", val=str(len(widths))) if spans else ""
        own += make("shd", val="clear", color="auto", fill=cell.fill) if cell.fill else ""
        made.append(make("tc", make("tcPr", own), *(cell.paragraphs or ["<w:p/>"])))
    return make("tr", about, *made)

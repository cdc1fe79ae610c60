"""The empty document: paper, fonts, styles, header and footer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor

from policylint.reporters.docx.build import Run, Xml, field, make, paragraph
from policylint.reporters.xlsx_style import HEAD, INK

WIDTH = 9648
"""Between the margins, in twentieths of a point: 6.7 inches of Letter paper."""

GREY = "5B6770"

# id -> font size, space before, space after (points), colour, bold, italic, indent (inches), keep with next.
_HEADINGS = {"Heading 1": (17, 18, 8), "Heading 2": (13, 14, 5)}
_STYLES: dict[str, tuple[float, float, float, str, bool, bool, float]] = {
    "Cell": (9, 0, 3, INK, False, False, 0),
    "Tight": (9, 0, 0, INK, False, False, 0),
    "Quoted": (9, 0, 0, INK, False, True, 0.12),
    "Where": (8, 0, 4, GREY, False, False, 0.12),
    "Clause": (9, 0, 3, "14532D", False, False, 0.12),
    "CoverTitle": (26, 0, 10, HEAD, True, False, 0),
    "CoverLabel": (11, 70, 6, GREY, True, False, 0),
    "Small": (8, 0, 2, GREY, False, False, 0),
}


def new_document(title: str, made_by: str) -> Any:
    """A python-docx document on Letter paper without content.

    Args:
        title: what the report is about, in the header of each page but the first.
        made_by: the program and its version, in the footer.
    """
    document = Document()
    _slim(document)
    _styles(document)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.9)
    section.top_margin, section.bottom_margin = Inches(1), Inches(0.9)
    section.header_distance = section.footer_distance = Inches(0.45)
    section.different_first_page_header_footer = True
    shown = title if len(title) <= 70 else f"{title[:69]}…"
    _fill(section.header, _line(shown, "Gap report"))
    for footer in (section.footer, section.first_page_footer):
        _fill(footer, _line(made_by, "Page ", *field("PAGE"), " of ", *field("NUMPAGES")))
    return document


def _slim(document: Any) -> None:
    """Take away what python-docx's template brings and no page of ours uses: it is nine tenths of the file when unpacked."""
    styles = document.styles.element
    for style in styles.xpath("./w:style[@w:type='table'][not(@w:default)]"):
        styles.remove(style)
    for relations in (document.part.rels, document.part.package.rels):
        for id_ in [
            i for i, r in relations.items() if r.reltype.endswith(("/stylesWithEffects", "/thumbnail", "/customXml"))
        ]:
            del relations[id_]


def _fill(part: Any, line: Xml) -> None:
    """Put a line into a header or footer, which comes with an empty paragraph."""
    part.is_linked_to_previous = False
    (element,) = elements([line])
    part._element.replace(part.paragraphs[0]._p, element)  # noqa: SLF001 - python-docx has no public way to its elements


def elements(xml: Iterable[Xml]) -> list[Any]:
    """The elements that some XML is of."""
    return list(parse_xml(f"<w:body {nsdecls('w')}>{''.join(xml)}</w:body>"))


def _line(left: str, *right: Run | str) -> Xml:
    """A small line with something at either end."""
    tabs = make("tabs", make("tab", val="clear", pos="4320"), make("tab", val="right", pos=str(WIDTH)))
    return paragraph(Run(left), Run("", fields=("\t",)), *right, style="Small", tabs=tabs)


def _styles(document: Any) -> None:
    styles = document.styles
    normal = styles["Normal"]
    _font(normal, 10, INK)
    normal.paragraph_format.space_after = Pt(5)
    for name, (size, before, after) in _HEADINGS.items():
        heading = styles[name]
        _font(heading, size, HEAD)
        heading.font.bold = True
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(before), Pt(after)
    for name, (points, above, below, colour, bold, italic, indent) in _STYLES.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _font(style, points, colour)
        style.font.bold, style.font.italic = bold or None, italic or None
        looks = style.paragraph_format
        looks.space_before, looks.space_after, looks.left_indent = Pt(above), Pt(below), Inches(indent)


def _font(style: Any, size: float, colour: str) -> None:
    style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), RGBColor.from_string(colour)
    # The template's headings name a theme font, which would win over the name.
    fonts = style.element.rPr.rFonts
    for kind in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{kind}"), None)

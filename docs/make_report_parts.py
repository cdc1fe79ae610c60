"""Make what reporters ship ready-made, because making it takes longer than a report may: run it after changing one of these.

    python docs/make_report_parts.py [FOLDER]

`docx/paper.docx` is the empty Word document that reports are written on: paper, fonts, styles, places for header and footer.
`html/report.html.compiled` is the page's template as Jinja2 compiles it. `letters/letter.docx` is the template of the letters to
agencies: what it says stands below. They go to the package, or to FOLDER; a test compares them with what this script makes.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Inches, Pt, RGBColor
from letter_text import letter_body

from policylint.reporters.docx.build import Run, field, make, paragraph
from policylint.reporters.docx.paper import BODY, FIXED, FOOTER, GREY, HEADER, TITLE, WIDTH, archive
from policylint.reporters.templates import compiled
from policylint.reporters.xlsx_style import HEAD, INK

# Name -> font size, space before, space after (points).
_HEADINGS = {"Heading 1": (17, 18, 8), "Heading 2": (13, 14, 5)}
# Name -> font size, space before, space after (points), colour, bold, italic, indent (inches).
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


def main(arguments: Sequence[str]) -> int:
    """Make them and say where they are."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[1] / "policylint"
    made = {
        "reporters/docx/paper.docx": paper(),
        "reporters/html/report.html.compiled": compiled("policylint.reporters.html", "report.html.j2").encode(),
        "review/folder/letters/letter.docx": letter(),
    }
    for name, content in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(path)
    return 0


def paper() -> bytes:
    """The empty Word document, on Letter paper."""
    document = Document()
    _slim(document)
    _styles(document)
    section = _letter_paper(document)
    for part, place in ((section.header, HEADER), (section.footer, FOOTER), (section.first_page_footer, FOOTER)):
        part.is_linked_to_previous = False
        part._element.replace(part.paragraphs[0]._p, _element(place))
    document.element.body.insert(0, _element(BODY))
    return _saved(document, TITLE)


def _letter_paper(document: Any) -> Any:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(0.9)
    section.top_margin, section.bottom_margin = Inches(1), Inches(0.9)
    section.header_distance = section.footer_distance = Inches(0.45)
    section.different_first_page_header_footer = True
    return section


def _saved(document: Any, title: str) -> bytes:
    properties = document.core_properties
    properties.title, properties.comments, properties.language = title, "", "en-US"
    properties.author = properties.last_modified_by = "policylint"
    properties.created = properties.modified = datetime(*FIXED)  # noqa: DTZ001 - python-docx takes naive ones as UTC
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as package:
        return archive({name: package.read(name) for name in package.namelist()})


def letter() -> bytes:
    """The template of the letters to agencies."""
    document = Document()
    _slim(document)
    _styles(document)
    document.styles["Normal"].font.size = Pt(10.5)
    section = _letter_paper(document)
    small = make("tabs", make("tab", val="clear", pos="4320"), make("tab", val="right", pos=str(WIDTH)))
    page = (Run("", fields=("\t",)), "Page ", *field("PAGE"), " of ", *field("NUMPAGES"))
    for part, left in (
        (section.header, "{{ agency }}"),
        (section.footer, "{{ date }}"),
        (section.first_page_footer, ""),
    ):
        part.is_linked_to_previous = False
        part._element.replace(part.paragraphs[0]._p, _element(paragraph(left, *page, style="Small", tabs=small)))
    for at, xml in enumerate(letter_body()):
        document.element.body.insert(at, _element(xml))
    return _saved(document, "Review of a peer support policy")


def _element(xml: str) -> Any:
    (element,) = parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>")
    return element


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

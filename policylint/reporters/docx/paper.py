"""The paper a report is written on: a Word file made beforehand, whose places are filled in.

`paper.docx` brings the page's size, fonts, styles, header and footer. docs/make_report_parts.py makes it with python-docx,
which takes longer to load than a report takes to write.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from xml.sax.saxutils import escape

from policylint.reporters.clean import xml_text
from policylint.reporters.docx.build import Run, Xml, field, make, paragraph

WIDTH = 9648
"""Between the margins, in twentieths of a point: 6.7 inches of Letter paper."""

GREY = "5B6770"

BODY, HEADER, FOOTER = paragraph("(body)"), paragraph("(header)"), paragraph("(footer)")
TITLE = "(title)"
"""Places of the paper: paragraphs, as they stand in it, and the title among the file's properties."""

FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of all parts of the archive: the day the format's own dates begin."""


def written(body: Xml, kind: str, title: str, made_by: str) -> bytes:
    """The file with its places filled in.

    Args:
        body: paragraphs and tables.
        kind: "Gap report", say.
        title: what it is about; both are in the header of each page but the first, and among the properties.
        made_by: the program and its version, in the footer.
    """
    shown = title if len(title) <= 70 else f"{title[:69]}…"
    places = {
        BODY: body,
        HEADER: _line(shown, kind),
        FOOTER: _line(made_by, "Page ", *field("PAGE"), " of ", *field("NUMPAGES")),
        TITLE: escape(xml_text(f"{kind}: {title}"[:250])),
    }
    return archive({name: _filled(content, places) for name, content in _parts().items()})


def archive(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of parts, each dated `FIXED`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name, content in parts.items():
            new.writestr(zipfile.ZipInfo(name, FIXED), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@cache
def _parts() -> Mapping[str, bytes]:
    paper = (files("policylint.reporters.docx") / "paper.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        return {name: package.read(name) for name in package.namelist()}


def _filled(content: bytes, places: Mapping[str, str]) -> bytes:
    """A part with its place filled in; no part has more than one."""
    for place, text in places.items():
        before, found, after = content.partition(place.encode())
        if found:
            return before + text.encode() + after
    return content


def _line(left: str, *right: Run | str) -> Xml:
    """A small line with something at either end."""
    tabs = make("tabs", make("tab", val="clear", pos="4320"), make("tab", val="right", pos=str(WIDTH)))
    return paragraph(Run(left), Run("", fields=("\t",)), *right, style="Small", tabs=tabs)

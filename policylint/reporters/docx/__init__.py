"""The gap report as a Word document to hand to a chief: cover, summary, a table for each topic, model language.

python-docx holds the package, styles and sections; `build.py` writes the paragraphs and tables, since python-docx walks a
whole table for each cell. The same report gives the same bytes: dates of the document and of the archive are fixed.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean, xml_text
from policylint.reporters.entries import title_of

if TYPE_CHECKING:
    from policylint.report import Report
    from policylint.reporters.view import View

FIXED = (1980, 1, 1, 0, 0, 0)
"""The date of all parts of the archive: the day the format's own dates begin."""


def render(report: Report, _view: View) -> bytes:
    """The document; same input, same bytes."""
    from policylint.reporters.docx.pages import pages
    from policylint.reporters.docx.paper import elements, new_document

    title = title_of(report.documents[0]) if len(report.documents) == 1 else f"{len(report.documents)} documents"
    document = new_document(xml_text(title), f"policylint {clean(report.version)}")
    body = document.element.body
    last = body[-1]  # the properties of the section, which must stay behind all else
    for element in elements(pages(report, xml_text(title))):
        last.addprevious(element)
    properties = document.core_properties
    properties.title = xml_text(f"Gap report: {title}")[:250]
    properties.author = properties.last_modified_by = "policylint"
    properties.created = properties.modified = datetime(*FIXED)  # noqa: DTZ001 - python-docx takes naive ones as UTC
    properties.language = "en-US"
    properties.comments = ""
    out = io.BytesIO()
    document.save(out)
    return with_fixed_dates(out.getvalue())


def with_fixed_dates(package: bytes) -> bytes:
    """A zip archive with the same parts, each dated `FIXED`."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            entry = zipfile.ZipInfo(part.filename, FIXED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = part.external_attr
            new.writestr(entry, old.read(part))
    return out.getvalue()

"""The gap report as a Word document to hand to a chief: cover, summary, a table for each topic, model language.

`pages.py` says what stands on the pages, `build.py` writes paragraphs and tables, `paper.py` the file around them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylint.reporters.clean import clean
from policylint.reporters.entries import title_of

if TYPE_CHECKING:
    from policylint.report import Report
    from policylint.reporters.view import View


def render(report: Report, _view: View) -> bytes:
    """The document; same input, same bytes."""
    from policylint.reporters.docx.pages import pages
    from policylint.reporters.docx.paper import written

    title = title_of(report.documents[0]) if len(report.documents) == 1 else f"{len(report.documents)} documents"
    return written("".join(pages(report, title)), "Gap report", title, f"policylint {clean(report.version)}")

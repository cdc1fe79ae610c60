"""The gap report as one self-contained web page: no network, no other file, readable without JavaScript.

The page is made by Jinja2 with autoescape from `model.py`; what it may run and load is fixed by a Content-Security-Policy
that knows its own style and script by their hashes, so that nothing a policy holds can run even if it came through.
After a change of the template, docs/make_report_parts.py compiles it anew.
"""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from policylint.reporters.html.model import page_of
from policylint.reporters.templates import file, template

if TYPE_CHECKING:
    from policylint.report import Report
    from policylint.reporters.view import View

_HERE = "policylint.reporters.html"


def render(report: Report, view: View) -> str:
    """The whole report, met requirements included; `view.show` says which of these are ticked at first."""
    style, script = file(_HERE, "report.css"), file(_HERE, "report.js")
    allowed = f"style-src '{hash_of(style)}'; script-src '{hash_of(script)}'"
    return template(_HERE, "report.html.j2").render(
        page=page_of(report, view),
        style=style,
        script=script,
        policy=f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
    )


def hash_of(text: str) -> str:
    """A source expression that allows one inline element: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

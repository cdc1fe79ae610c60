"""The dashboard: all agencies on one self-contained page that opens from a disk, works without JavaScript, and asks for nothing.

`model.py` says what it shows; index.html.j2, index.css, heat.js and index.js how. Its colours, signs and tables are those of the report
on one policy (`policylint.reporters.html`), whose style sheet comes first. As there, a Content-Security-Policy knows the page's
own style and script by their hashes, so that nothing an agency is called can run.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from policylint.collector import collector_paused
from policylint.reporters.html import hash_of
from policylint.reporters.templates import file, template
from policylint.review.folder.dashboard.model import data_of, page_of

if TYPE_CHECKING:
    from policylint.review.folder.overview import Overview

_HERE, _REPORT = "policylint.review.folder.dashboard", "policylint.reporters.html"


def dashboard(overview: Overview, version: str) -> str:
    """The whole page; same input, same text."""
    style = file(_REPORT, "report.css") + file(_HERE, "index.css")
    script = file(_HERE, "heat.js") + file(_HERE, "index.js")
    with collector_paused():
        return template(_HERE, "index.html.j2").render(
            page=page_of(overview, version),
            data=_harmless(json.dumps(data_of(overview), ensure_ascii=False, separators=(",", ":"))),
            style=style,
            script=script,
            policy=(
                f"default-src 'none'; style-src '{hash_of(style)}'; script-src '{hash_of(script)}'; "
                "base-uri 'none'; form-action 'none'"
            ),
        )


def _harmless(text: str) -> str:
    """JSON that may stand in a page: no sign that a reader of HTML takes for markup."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")

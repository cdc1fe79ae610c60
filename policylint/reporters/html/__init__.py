"""The gap report as one self-contained web page: no network, no other file, readable without JavaScript.

The page is made by Jinja2 with autoescape from `model.py`; what it may run and load is fixed by a Content-Security-Policy
that knows its own style and script by their hashes, so that nothing a policy holds can run even if it came through.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean, harmless
from policylint.reporters.html.model import page_of

if TYPE_CHECKING:
    from jinja2 import Template

    from policylint.report import Report
    from policylint.reporters.view import View


def render(report: Report, view: View) -> str:
    """The whole report, met requirements included; `view.show` says which of these are ticked at first."""
    style, script = _file("report.css"), _file("report.js")
    allowed = f"style-src '{hash_of(style)}'; script-src '{hash_of(script)}'"
    return _template().render(
        page=page_of(report, view),
        style=style,
        script=script,
        policy=f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'",
    )


@cache
def _file(name: str) -> str:
    return (files("policylint.reporters.html") / name).read_text(encoding="utf-8")


def hash_of(text: str) -> str:
    """A source expression that allows one inline element: https://www.w3.org/TR/CSP3/#grammardef-hash-source."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> Template:
    # Loading Jinja2 takes longer than `policylint --help` may.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_file),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # there are no constants to fold, and looking for them takes a sixth of the time to load
    )
    environment.filters["clean"] = clean
    environment.filters["harmless"] = harmless
    return environment.get_template("report.html.j2")

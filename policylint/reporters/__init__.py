"""Reports in every format. A format is one module here and one line in `REPORTERS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policylint.report import Report
from policylint.reporters import html, json, text
from policylint.reporters.view import View

Reporter = Callable[[Report, View], str | bytes]

REPORTERS: Mapping[str, Reporter] = {
    "text": text.render,
    "json": json.render,
    "html": html.render,
}
"""Name of a format -> its reporter. The choices of `--format` are the keys."""

__all__ = ["REPORTERS", "Reporter", "View"]

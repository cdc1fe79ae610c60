"""Reports in every format. A format is one module here and one line in `REPORTERS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from policylint.report import Report
from policylint.reporters.lazy import loaded_when_used
from policylint.reporters.view import View

Reporter = Callable[[Report, View], str | bytes]


REPORTERS: Mapping[str, Reporter] = {
    "text": loaded_when_used("text"),
    "json": loaded_when_used("json"),
    "html": loaded_when_used("html"),
    "markdown": loaded_when_used("markdown"),
    "docx": loaded_when_used("docx"),
    "xlsx": loaded_when_used("xlsx"),
    "csv": loaded_when_used("csv"),
    "sarif": loaded_when_used("sarif"),
    "github": loaded_when_used("github"),
    "junit": loaded_when_used("junit"),
}
"""Name of a format -> its reporter. The choices of `--format` are the keys."""

BINARY = frozenset({"docx", "xlsx"})
"""Formats whose reports are bytes that no terminal should be sent."""

SHOW_POLICY = frozenset({"html", "sarif", "github"})
"""Formats that show, or look into, the policy as read (`DocumentReport.body`)."""

__all__ = ["BINARY", "REPORTERS", "SHOW_POLICY", "Reporter", "View"]

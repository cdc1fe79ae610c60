"""Reports in every format. A format is one module here and one line in `REPORTERS`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from policylint.report import Report
from policylint.reporters.view import View

Reporter = Callable[[Report, View], str | bytes]


def _loaded_when_used(module: str) -> Reporter:
    """The `render` of a module of this package. A report in one format must not wait for the libraries of another."""

    def render(report: Report, view: View) -> str | bytes:
        made: str | bytes = import_module(f"policylint.reporters.{module}").render(report, view)
        return made

    return render


REPORTERS: Mapping[str, Reporter] = {
    "text": _loaded_when_used("text"),
    "json": _loaded_when_used("json"),
    "html": _loaded_when_used("html"),
    "markdown": _loaded_when_used("markdown"),
    "docx": _loaded_when_used("docx"),
    "xlsx": _loaded_when_used("xlsx"),
    "csv": _loaded_when_used("csv"),
    "sarif": _loaded_when_used("sarif"),
    "github": _loaded_when_used("github"),
    "junit": _loaded_when_used("junit"),
}
"""Name of a format -> its reporter. The choices of `--format` are the keys."""

BINARY = frozenset({"docx", "xlsx"})
"""Formats whose reports are bytes that no terminal should be sent."""

__all__ = ["BINARY", "REPORTERS", "Reporter", "View"]

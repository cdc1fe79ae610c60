"""Comparisons of two reports in every format that makes sense. A format is one module here and one line below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from policylint.compare import Comparison
from policylint.reporters.view import View

ComparisonReporter = Callable[[Comparison, View], str]


def _loaded_when_used(module: str) -> ComparisonReporter:
    def render(comparison: Comparison, view: View) -> str:
        made: str = import_module(f"policylint.reporters.comparison.{module}").render(comparison, view)
        return made

    return render


COMPARISON_REPORTERS: Mapping[str, ComparisonReporter] = {
    "text": _loaded_when_used("text"),
    "json": _loaded_when_used("json"),
    "html": _loaded_when_used("html"),
    "markdown": _loaded_when_used("markdown"),
    "csv": _loaded_when_used("csv"),
}
"""Name of a format -> its reporter. The choices of `compare --format` are the keys."""

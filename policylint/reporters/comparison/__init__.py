"""Comparisons of two reports in every format that makes sense. A format is one module here and one line below."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from policylint.reporters.lazy import loaded_when_used

if TYPE_CHECKING:
    # `policylint --help` needs the names of the formats, and not what they show
    from policylint.compare import Comparison
    from policylint.reporters.view import View

COMPARISON_REPORTERS: Mapping[str, Callable[[Comparison, View], str | bytes]] = {
    "text": loaded_when_used("comparison.text"),
    "json": loaded_when_used("comparison.json"),
    "html": loaded_when_used("comparison.html"),
    "markdown": loaded_when_used("comparison.markdown"),
    "csv": loaded_when_used("comparison.csv"),
    "xlsx": loaded_when_used("comparison.xlsx"),
    "docx": loaded_when_used("comparison.docx"),
}
"""Name of a format -> its reporter. The choices of `compare --format` are the keys."""

"""The revision report as one plain web page without a script: it reads, prints and archives as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylint.reporters.comparison import words
from policylint.reporters.html import hash_of
from policylint.reporters.templates import file, template

if TYPE_CHECKING:
    from policylint.compare import Comparison
    from policylint.reporters.view import View

_HERE = "policylint.reporters.comparison"


def render(comparison: Comparison, _view: View) -> str:
    """The whole comparison; same input, same bytes."""
    style = file(_HERE, "comparison.css")
    return template(_HERE, "comparison.html.j2").render(
        comparison=comparison,
        words=words,
        style=style,
        policy=f"default-src 'none'; style-src '{hash_of(style)}'; base-uri 'none'; form-action 'none'",
    )

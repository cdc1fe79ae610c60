"""The revision report as one plain web page without a script: it reads, prints and archives as it is."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean
from policylint.reporters.comparison import words
from policylint.reporters.html import hash_of

if TYPE_CHECKING:
    from jinja2 import Template

    from policylint.compare import Comparison
    from policylint.reporters.view import View


def render(comparison: Comparison, _view: View) -> str:
    """The whole comparison; same input, same bytes."""
    style = _file("comparison.css")
    return _template().render(
        comparison=comparison,
        words=words,
        style=style,
        policy=f"default-src 'none'; style-src '{hash_of(style)}'; base-uri 'none'; form-action 'none'",
    )


def _file(name: str) -> str:
    return (files("policylint.reporters.comparison") / name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    # Loading Jinja2 takes longer than `policylint --help` may.
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(_file), undefined=StrictUndefined, autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["clean"] = clean
    return environment.get_template("comparison.html.j2")

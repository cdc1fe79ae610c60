"""Templates of web pages. Jinja2 takes longer to compile a large one than a report may take, so it can be shipped compiled."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean, harmless

if TYPE_CHECKING:
    from jinja2 import Environment, Template


@cache
def template(package: str, name: str) -> Template:
    """A template that lies in a package; every value it shows is escaped.

    Args:
        package: "policylint.reporters.html", say.
        name: of the file. Beside it may lie one called NAME.compiled (see `compiled`): it is taken if it was made of this
            template by this Jinja2, and the template itself otherwise.
    """
    from jinja2 import Template

    source, ready = file(package, name), f"{name.removesuffix('.j2')}.compiled"
    environment = _environment()
    if (files(package) / ready).is_file():
        made_of, _, code = file(package, ready).partition("\n")
        if made_of == _stamp(source):
            return Template.from_code(environment, compile(code, name, "exec"), {})
    return environment.from_string(source)


def compiled(package: str, name: str) -> str:
    """A template as Jinja2 compiles it: Python source, and on a first line what it was made of."""
    source = file(package, name)
    return f"{_stamp(source)}\n{_environment().compile(source, name, name, raw=True)}\n"


@cache
def file(package: str, name: str) -> str:
    """The text of a file that lies in a package."""
    return (files(package) / name).read_text(encoding="utf-8")


def _stamp(source: str) -> str:
    return f"# Jinja2 {version('jinja2')}, template {hashlib.sha256(source.encode()).hexdigest()}"


@cache
def _environment() -> Environment:
    # Loading Jinja2 takes longer than `policylint --help` may.
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # there are no constants to fold, and looking for them takes a sixth of the time to compile
    )
    environment.filters["clean"] = clean
    environment.filters["harmless"] = harmless
    return environment

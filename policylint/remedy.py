"""Model language: from a requirement's template to a clause an agency could paste in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from policylint.errors import RuleError

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

DEFAULT_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "agency": "the Department",
        "program": "the Peer Support Program",
        "team": "the Peer Support Team",
        "supporter": "peer supporter",
        "supporters": "peer supporters",
        "coordinator": "the Peer Support Coordinator",
        "clinician": "the Department's mental health professional",
    }
)
"""What a template may name, and what it is called when nobody says otherwise."""


def render(template: str, names: Mapping[str, str] | None = None) -> str:
    """Fill a clause in, e.g. "{{ supporters | capitalize }} shall ..." with the agency's own names.

    Args:
        template: a Jinja2 template over the keys of `DEFAULT_NAMES`.
        names: what this agency calls them, where it differs.

    Raises:
        RuleError: the template is not valid, or names something unknown.
    """
    if "{" not in template:
        return _tidy(template)
    return _filled(template, tuple(sorted((names or {}).items())))


@lru_cache(maxsize=4096)
def _filled(template: str, names: tuple[tuple[str, str], ...]) -> str:
    """The clause with names filled in; every document of a run asks for the same ones."""
    called = {**DEFAULT_NAMES, **dict(names)}
    try:
        filled = _named(template, called) or _compiled(template).render(called)
    except Exception as error:  # noqa: BLE001 - a template can fail in any way Python can
        raise RuleError(
            f"The model language cannot be filled in: {error}.",
            hint=f"It may name {', '.join(DEFAULT_NAMES)}. The template: {template.strip()}",
        ) from None
    return _tidy(filled)


_NAME = re.compile(r"\{\{ (\w+)(?: \| (capitalize))? \}\}")


def _named(template: str, called: Mapping[str, str]) -> str:
    """The clause of a template that does no more than name things, as nearly all do; "" where Jinja2 is needed.

    Compiling forty clauses takes Jinja2 as long as loading the rules they belong to.
    """
    pieces = _NAME.split(template)
    texts, keys, capitals = pieces[0::3], pieces[1::3], pieces[2::3]
    if any("{" in text or "}" in text for text in texts) or not called.keys() >= set(keys):
        return ""
    named = [_capital(called[key]) if capital else called[key] for key, capital in zip(keys, capitals, strict=True)]
    return "".join(text + name for text, name in zip(texts, [*named, ""], strict=True))


def sandbox(*, autoescape: bool) -> SandboxedEnvironment:
    """An environment in which a template can name things and do nothing else: templates may come from anywhere.

    Jinja2's sandbox alone would let one template take all time (loops) or memory (a text repeated, padded or formatted).
    """
    # Loading Jinja2 takes longer than `policylint --help` may, and few commands need it.
    from jinja2 import StrictUndefined
    from jinja2.exceptions import SecurityError
    from jinja2.sandbox import SandboxedEnvironment

    class Clauses(SandboxedEnvironment):
        intercepted_binops = frozenset(SandboxedEnvironment.default_binop_table)

        def call_binop(self, context: object, operator: str, left: object, right: object) -> object:  # noqa: ARG002
            raise SecurityError(f"nothing is reckoned here ({operator})")

        def is_safe_callable(self, obj: object) -> bool:  # noqa: ARG002
            return False

    environment = Clauses(undefined=StrictUndefined, autoescape=autoescape)
    environment.globals.clear()
    # Jinja2's own makes "PSP" to "Psp".
    environment.filters = {
        "capitalize": _capital,
        "upper": str.upper,
        "lower": str.lower,
    }
    environment.tests.clear()
    return environment


@cache
def _environment() -> SandboxedEnvironment:
    return sandbox(autoescape=False)


@cache
def _compiled(template: str) -> Template:
    from jinja2 import nodes

    environment = _environment()
    parsed = environment.parse(template)
    if any(not isinstance(node, nodes.Output) for node in parsed.body):
        raise ValueError("it holds a statement ({% ... %})")
    return environment.from_string(parsed)


def _tidy(text: str) -> str:
    """Sentences begin with a capital, also where a name such as "the Department" was filled in at the start."""
    return _capital("\n".join([line.rstrip() for line in text.strip().splitlines()]))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]

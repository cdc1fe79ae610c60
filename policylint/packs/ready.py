"""Loaded rules as plain values that JSON can hold, and back: what judging needs of them, without parsing them again.

Left out is what only people read, and the phrases of concepts: judging has them as a network (`language.network`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from types import MappingProxyType
from typing import Any, TypeVar

from policylint.packs.models import (
    Check,
    Concept,
    Fact,
    Library,
    Pack,
    Part,
    PassRule,
    Pattern,
    Profile,
    Requirement,
    Yield,
)

T = TypeVar("T")


def plain(library: Library) -> list[object]:
    """A library as lists, dicts, texts and numbers."""
    return [
        _plain(tuple(library.packs.values())),
        _plain(tuple(library.profiles.values())),
        _plain(tuple(replace(check, examples=()) for check in library.checks.values())),
        _plain(tuple(replace(fact, examples=()) for fact in library.facts.values())),
        _plain(tuple(replace(concept, phrases=(), but_not=()) for concept in library.concepts.values())),
    ]


def library_from(value: Any) -> Library:
    """The library that `plain` made a value of, as far as judging needs it.

    Raises:
        TypeError, ValueError: it is none.
    """
    packs, profiles, checks, facts, concepts = value
    made = [_check(row) for row in checks]
    return Library(
        packs=_by_id(_pack(row) for row in packs),
        profiles=_by_id(_profile(row) for row in profiles),
        checks=_by_id(made),
        facts=_by_id(_fact(row) for row in facts),
        concepts=MappingProxyType({concept.name: concept for concept in map(_concept, concepts)}),
        check_for=MappingProxyType({requirement: check for check in made for requirement in check.serves}),
    )


def _plain(value: Any) -> object:
    if is_dataclass(value):
        return [_plain(getattr(value, f.name)) for f in fields(value)]
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _by_id(values: Any) -> Mapping[str, Any]:
    return MappingProxyType({value.id: value for value in values})


def _maker(kind: Callable[..., T], **makes: Callable[[Any], object]) -> Callable[[list[Any]], T]:
    """What makes a value of a row of its fields; `makes` for those that are more than texts and numbers."""
    names = [f.name for f in fields(kind)]  # type: ignore[arg-type]
    places = [(names.index(name), make) for name, make in makes.items()]

    def make_it(row: list[Any]) -> T:
        for at, make in places:
            row[at] = make(row[at])
        return kind(*row)

    return make_it


def _tuple_of(make: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda rows: tuple([make(row) for row in rows])


def _mapping_of(make: Callable[[Any], object]) -> Callable[[Any], object]:
    return lambda rows: MappingProxyType({key: make(row) for key, row in rows.items()})


_patterns = _tuple_of(_maker(Pattern, parts=_tuple_of(lambda row: Part(*row))))
_requirement = _maker(Requirement, elements=MappingProxyType, applies_to=tuple, effective=tuple)
_pack = _maker(Pack, requirements=_tuple_of(_requirement), reprinted_as=tuple)
_pass_rule = _maker(PassRule, every=tuple, of=tuple, each=frozenset, some=frozenset)
_profile = _maker(
    Profile,
    packs=tuple,
    citations=tuple,
    names=tuple,
    yields=_tuple_of(_maker(Yield, to=tuple)),
    severity=MappingProxyType,
    not_applicable=MappingProxyType,
    changes=tuple,
    pass_rule=lambda row: None if row is None else _pass_rule(row),
)
_check = _maker(
    Check,
    serves=tuple,
    says=_patterns,
    opposes=_patterns,
    weakly=_patterns,
    partly=_patterns,
    parts=_mapping_of(_patterns),
    elements=_mapping_of(_patterns),
    counts_in=frozenset,
    document_parts=frozenset,
    ignore_with=tuple,
    ignore_behind=tuple,
    opposes_unless=tuple,
    says_unless=tuple,
    examples=tuple,
)
_fact = _maker(Fact, holds_when=_patterns, ignore_with=tuple, examples=tuple)
_concept = _maker(Concept, phrases=tuple, but_not=tuple, defined_by=_patterns, includes=tuple)

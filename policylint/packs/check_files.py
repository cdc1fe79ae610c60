"""Check files: checks/<topic>/<check-id>.yaml to `Check`, with every cross-reference verified."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType

import yaml

from policylint.errors import RuleError
from policylint.packs import strict_yaml
from policylint.packs.examples import read_examples
from policylint.packs.lexicon import compile_pattern, stoppers
from policylint.packs.models import Check, Pattern, Requirement
from policylint.packs.patterns import signature
from policylint.packs.strict_yaml import RuleFile, did_you_mean
from policylint.packs.vocabulary import Vocabulary

SCOPES = ("list", "section", "document")
PLACES = ("purpose", "elsewhere")

_REQUIRED = ("id", "title", "topic", "serves", "limits", "examples")
_LISTS = ("says", "weakly", "partly", "opposes")
_OPTIONAL = (
    *_LISTS,
    "ignore_with",
    "ignore_behind",
    "opposes_unless",
    "says_unless",
    "elements",
    "scope",
    "parts",
    "document_parts",
    "counts_in",
)
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_check(
    path: Path,
    name: str,
    vocabulary: Vocabulary,
    requirements: Mapping[str, Requirement],
    only: Collection[str] | None = None,
) -> Check | None:
    """Load one check file; its name is the check's id, its folder the topic. Raises RuleError.

    None when it serves none of the requirements `only`.
    """
    file = strict_yaml.read(path, name)
    keys = file.mapping(file.root, "a check", required=_REQUIRED, optional=_OPTIONAL)

    def listed(key: str) -> tuple[str, ...]:
        return stoppers(file, keys[key], key, vocabulary) if key in keys else ()

    serves = _serves(file, keys["serves"], requirements)
    if only is not None and not any(name in only for name in serves):
        return None
    parts = _named(file, keys.get("parts"), "parts", vocabulary)
    lists = {key: _patterns(file, keys[key], key, vocabulary) if key in keys else () for key in _LISTS}
    claim = all(requirements[name].kind == "must_not_claim" for name in serves)
    check = Check(
        id=_same(file, keys["id"], "id", path.stem, "file name"),
        title=file.string(keys["title"], "title"),
        topic=_same(file, keys["topic"], "topic", path.parent.name, "folder"),
        serves=serves,
        **lists,
        parts=parts,
        elements=_named(file, keys.get("elements"), "elements", vocabulary),
        scope=file.one_of(keys["scope"], "scope", SCOPES) if "scope" in keys else "list",
        counts_in=_words(file, keys.get("counts_in"), "counts_in", PLACES),
        document_parts=_words(file, keys.get("document_parts"), "document_parts", tuple(parts)),
        ignore_with=listed("ignore_with"),
        ignore_behind=listed("ignore_behind"),
        opposes_unless=listed("opposes_unless"),
        says_unless=listed("says_unless"),
        limits=file.string(keys["limits"], "limits"),
        examples=read_examples(file, keys["examples"], claim=claim),
        file=name,
    )
    _verify(file, keys, check, requirements)
    return check


def _verify(
    file: RuleFile, keys: Mapping[str, yaml.Node], check: Check, requirements: Mapping[str, Requirement]
) -> None:
    claims = {requirements[name].kind == "must_not_claim" for name in check.serves}
    if claims == {True, False}:
        message = "A check of a claim that must not be made serves nothing else."
        raise file.error(keys["serves"], message, hint="Write a check of its own for each.")
    if claims == {True} and (not check.opposes or check.says or check.parts or check.elements):
        message = f"The check '{check.id}' looks for a claim that must not be made: it holds 'opposes' only."
        raise file.error(file.root, message, hint="Write the claim under opposes.")
    if claims == {False} and not (check.says or check.parts or check.elements):
        raise file.error(
            file.root, f"The check '{check.id}' never states a thing.", hint="Add says, parts or elements."
        )
    if not _ID.fullmatch(check.id):
        raise file.error(keys["id"], f"'{check.id}' cannot be a check's id.", hint="Use lower-case words-with-hyphens.")
    if "scope" in keys and not (check.says and check.elements):
        raise file.error(keys["scope"], "'scope' says nothing here.", hint="It goes with both says and elements.")
    if "opposes_unless" in keys and not check.opposes:
        raise file.error(keys["opposes_unless"], "'opposes_unless' says nothing here.", hint="It goes with opposes.")
    _verify_elements(file, keys, check, requirements)
    _verify_examples(file, check)
    _verify_once(file, keys, check)


def _same(file: RuleFile, node: yaml.Node, what: str, wanted: str, of: str) -> str:
    text = file.string(node, what)
    if text != wanted:
        raise file.error(node, f"The {what} '{text}' differs from the {of} '{wanted}'.", hint="Make them equal.")
    return text


def _serves(file: RuleFile, node: yaml.Node, requirements: Mapping[str, Requirement]) -> tuple[str, ...]:
    served: list[str] = []
    for item in file.items(node, "serves", at_least=1):
        name = file.string(item, "serves")
        if name not in requirements:
            hint = did_you_mean(name, requirements) or "Requirements stand in model_policies/."
            raise file.error(item, f"There is no requirement '{name}'.", hint=hint)
        if requirements[name].status == "manual":
            raise file.error(item, f"The requirement '{name}' is manual: no check can serve it.")
        if name in served:
            raise file.error(item, f"The requirement '{name}' stands twice in serves.", hint="Keep one.")
        served.append(name)
    return tuple(served)


def _patterns(file: RuleFile, node: yaml.Node, what: str, vocabulary: Vocabulary) -> tuple[Pattern, ...]:
    return tuple(compile_pattern(file, item, vocabulary) for item in file.items(node, what))


def _named(
    file: RuleFile, node: yaml.Node | None, what: str, vocabulary: Vocabulary
) -> Mapping[str, tuple[Pattern, ...]]:
    if node is None:
        return MappingProxyType({})
    named: dict[str, tuple[Pattern, ...]] = {}
    for key, value in file.mapping(node, what).items():
        file.items(value, f"{what} '{key}'", at_least=1)
        named[key] = _patterns(file, value, f"{what} '{key}'", vocabulary)
    if not named:
        raise file.error(node, f"There are no {what}.", hint="Name them, or leave the key out.")
    return MappingProxyType(named)


def _words(file: RuleFile, node: yaml.Node | None, what: str, allowed: tuple[str, ...]) -> frozenset[str]:
    if node is None:
        return frozenset()
    return frozenset(file.one_of(item, what, allowed) for item in file.items(node, what))


def _verify_elements(
    file: RuleFile, keys: Mapping[str, yaml.Node], check: Check, requirements: Mapping[str, Requirement]
) -> None:
    asked = {name: requirements[name].elements for name in check.serves}
    known = {key for elements in asked.values() for key in elements}
    node = keys.get("elements", file.root)
    for key, _ in file.pairs(node, "elements") if check.elements else []:
        if key.value not in known:
            hint = did_you_mean(key.value, known) or "Element keys are those of the requirement."
            raise file.error(key, f"No requirement served here has the element '{key.value}'.", hint=hint)
    for name, elements in asked.items():
        lacking = [key for key in elements if key not in check.elements]
        if lacking:
            raise file.error(
                node, f"The check does not cover these elements of {name}: {', '.join(lacking)}.", hint="Add them."
            )


def _verify_examples(file: RuleFile, check: Check) -> None:
    for example in check.examples:
        for key in example.elements or ():
            if key not in check.elements:
                hint = did_you_mean(key, check.elements) or f"Known elements: {', '.join(check.elements) or 'none'}."
                raise _at_line(file, example.line, f"The example covers an unknown element '{key}'.", hint)
        if example.requirement is not None and example.requirement not in check.serves:
            hint = f"Use one of: {', '.join(check.serves)}."
            raise _at_line(file, example.line, f"This check does not serve '{example.requirement}'.", hint)


def _at_line(file: RuleFile, line: int, message: str, hint: str) -> RuleError:
    return RuleError(message, file=file.name, line=line, hint=hint, excerpt=f"  {file.lines[line - 1].rstrip()}")


def _verify_once(file: RuleFile, keys: Mapping[str, yaml.Node], check: Check) -> None:
    """A pattern asked for before could never add anything; the four lists exclude each other."""
    _refuse_repeats(file, [(keys[key], getattr(check, key)) for key in _LISTS if key in keys])
    for what, named in (("parts", check.parts), ("elements", check.elements)):
        for key, node in file.mapping(keys[what], what).items() if named else ():
            _refuse_repeats(file, [(node, named[key])])


def _refuse_repeats(file: RuleFile, lists: list[tuple[yaml.Node, tuple[Pattern, ...]]]) -> None:
    seen: dict[tuple[object, ...], Pattern] = {}
    for node, patterns in lists:
        for item, pattern in zip(file.items(node, "patterns"), patterns, strict=True):
            first = seen.setdefault(signature(pattern), pattern)
            if first is not pattern:
                raise file.error(
                    item,
                    f"This pattern adds nothing: the one in line {first.line} asks for the same.",
                    hint="Remove one of them (order on one side of the slot, small words and [..] make no difference).",
                )

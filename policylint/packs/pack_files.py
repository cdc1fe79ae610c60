"""Pack files: model_policies/<pack>.yaml to `Pack`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import yaml

from policylint.packs import strict_yaml
from policylint.packs.models import FORCES, NOTHING, Pack, Requirement
from policylint.packs.strict_yaml import RuleFile

RANKS = ("guideline", "model policy", "statute")
"""Kinds of authority in rising order."""
KINDS = ("duty", "condition", "exception", "bar_to_serve", "must_not_claim", "permission", "staleness")
BASES = ("read", "summary", "inferred")
REQUIREMENT_STATUSES = ("checked", "manual")

_PACK_KEYS = ("id", "title", "version", "authority", "source", "as_of", "requirements")
_REQUIRED = ("id", "topic", "force", "text", "citation", "model_language")
_OPTIONAL = ("kind", "basis", "elements", "status", "manual_reason", "applies_when")
_NAME = re.compile(r"[\w.()-]+")


def load_pack(path: Path, name: str) -> Pack:
    """Load one pack file; its name is the pack's id. Raises RuleError."""
    file = strict_yaml.read(path, name)
    keys = file.mapping(file.root, "a pack", required=_PACK_KEYS, optional=())
    pack_id = identifier(file, keys["id"], "a pack's id")
    if pack_id != path.stem:
        raise file.error(keys["id"], f"The pack's id '{pack_id}' differs from its file name '{path.stem}'.")
    rank = file.one_of(keys["authority"], "authority", RANKS)
    requirements: dict[str, Requirement] = {}
    for node in file.items(keys["requirements"], "requirements", at_least=1):
        requirement = _requirement(file, node, pack_id)
        if requirement.id in requirements:
            raise file.error(node, f"The requirement '{requirement.id}' stands twice in the pack.", hint="Keep one.")
        requirements[requirement.id] = requirement
    return Pack(
        id=pack_id,
        title=file.string(keys["title"], "title"),
        version=file.string(keys["version"], "version"),
        authority=rank,
        rank=rank,
        source=file.string(keys["source"], "source"),
        as_of=file.string(keys["as_of"], "as_of"),
        requirements=tuple(requirements.values()),
        sha256=file.sha256,
    )


def identifier(file: RuleFile, node: yaml.Node, what: str) -> str:
    """A text fit to be an id: letters, digits, and - _ . ( ) only."""
    text = file.string(node, what)
    if not _NAME.fullmatch(text):
        raise file.error(node, f"'{text}' cannot be {what}.", hint="Use letters, digits, '-', '_' and '.' only.")
    return text


def _requirement(file: RuleFile, node: yaml.Node, pack: str) -> Requirement:
    keys = file.mapping(node, "a requirement", required=_REQUIRED, optional=_OPTIONAL)
    requirement_id = identifier(file, keys["id"], "a requirement's id")

    def text(key: str, default: str = "") -> str:
        return file.string(keys[key], f"{key} of {requirement_id}") if key in keys else default

    def word(key: str, allowed: tuple[str, ...], default: str) -> str:
        return file.one_of(keys[key], f"{key} of {requirement_id}", allowed) if key in keys else default

    status = word("status", REQUIREMENT_STATUSES, "checked")
    if (status == "manual") != ("manual_reason" in keys):
        raise file.error(
            node,
            f"'status: manual' and 'manual_reason' go together in {requirement_id}.",
            hint="Give both (a person must judge it, and why), or neither.",
        )
    return Requirement(
        id=requirement_id,
        pack=pack,
        topic=text("topic"),
        force=word("force", FORCES, ""),
        text=text("text"),
        citation=text("citation"),
        model_language=text("model_language"),
        kind=word("kind", KINDS, "duty"),
        basis=word("basis", BASES, "read"),
        elements=_elements(file, keys["elements"], requirement_id) if "elements" in keys else NOTHING,
        status=status,
        manual_reason=text("manual_reason"),
        applies_when=text("applies_when"),
    )


def _elements(file: RuleFile, node: yaml.Node, requirement_id: str) -> Mapping[str, str]:
    what = f"elements of {requirement_id}"
    elements = {key: file.string(value, f"{key} in {what}") for key, value in file.mapping(node, what).items()}
    if not elements:
        raise file.error(node, f"There are no {what}.", hint="Name them, or leave the key out.")
    return MappingProxyType(elements)

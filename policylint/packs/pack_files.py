"""Pack files: model_policies/<pack>.yaml to `Pack`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import yaml

from policylint.packs import data, strict_yaml
from policylint.packs.kinds import AGENCY_KINDS
from policylint.packs.models import FORCES, KINDS, NOTHING, Pack, Requirement
from policylint.packs.strict_yaml import RuleFile, iso_date

RANKS = ("guideline", "model policy", "statute")
"""Kinds of authority in rising order."""
BASES = ("read", "summary", "inferred")
REQUIREMENT_STATUSES = ("checked", "manual")

_PACK_KEYS = ("id", "title", "version", "authority", "rank", "source", "as_of", "requirements")
_PACK_OPTIONAL = ("jurisdiction", "review_by", "reprinted_as", "applies_to")
_REQUIRED = ("id", "topic", "force", "text", "citation", "model_language")
_OPTIONAL = (
    *("kind", "basis", "elements", "status", "manual_reason", "applies_when", "applies_to", "note"),
    *("effective_from", "effective_until"),
)
_STATE = re.compile(r"[A-Z]{2}")
_NAME = re.compile(r"[\w.()-]+")


def load_pack(path: Path, name: str) -> Pack:
    """Load one pack file; its name is the pack's id. Raises RuleError."""
    file = strict_yaml.read(path, name)
    keys = file.mapping(file.root, "a pack", required=_PACK_KEYS, optional=_PACK_OPTIONAL)
    pack_id = identifier(file, keys["id"], "a pack's id")
    if pack_id != path.stem:
        raise file.error(keys["id"], f"The pack's id '{pack_id}' differs from its file name '{path.stem}'.")
    jurisdiction = file.string(keys["jurisdiction"], "jurisdiction") if "jurisdiction" in keys else ""
    if jurisdiction and not _STATE.fullmatch(jurisdiction):
        raise file.error(keys["jurisdiction"], f"'{jurisdiction}' is no state.", hint="Use two capitals, such as WA.")
    binds = _agency_kinds(file, keys.get("applies_to"))
    requirements: dict[str, Requirement] = {}
    for node in file.items(keys["requirements"], "requirements", at_least=1):
        requirement = _requirement(file, node, pack_id, binds)
        if requirement.id in requirements:
            raise file.error(node, f"The requirement '{requirement.id}' stands twice in the pack.", hint="Keep one.")
        requirements[requirement.id] = requirement
    return Pack(
        id=pack_id,
        title=file.string(keys["title"], "title"),
        version=file.string(keys["version"], "version"),
        authority=file.string(keys["authority"], "authority"),
        rank=file.one_of(keys["rank"], "rank", RANKS),
        source=file.string(keys["source"], "source"),
        as_of=file.string(keys["as_of"], "as_of"),
        requirements=tuple(requirements.values()),
        jurisdiction=jurisdiction,
        review_by=iso_date(file, keys["review_by"], "review_by") if "review_by" in keys else "",
        reprinted_as=_marks(file, keys["reprinted_as"]) if "reprinted_as" in keys else (),
        sha256=file.sha256,
    )


def load_states_without_pack() -> Mapping[str, str]:
    """States (two capitals) whose law on peer support has no pack, and why. Raises RuleError."""
    path = data.packs_dir() / "states" / "without-pack.yaml"
    file = strict_yaml.read(path, f"{path.parent.name}/{path.name}")
    return {key: file.string(node, key) for key, node in file.mapping(file.root, "the states without a pack").items()}


def identifier(file: RuleFile, node: yaml.Node, what: str) -> str:
    """A text fit to be an id: letters, digits, and - _ . ( ) only."""
    text = file.string(node, what)
    if not _NAME.fullmatch(text):
        raise file.error(node, f"'{text}' cannot be {what}.", hint="Use letters, digits, '-', '_' and '.' only.")
    return text


def _agency_kinds(file: RuleFile, node: yaml.Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(file.one_of(item, "applies_to", AGENCY_KINDS) for item in file.items(node, "applies_to", at_least=1))


def _marks(file: RuleFile, node: yaml.Node) -> tuple[str, ...]:
    return tuple(text.lower() for text in file.strings(node, "reprinted_as", at_least=1))


def _requirement(file: RuleFile, node: yaml.Node, pack: str, binds: tuple[str, ...]) -> Requirement:
    keys = file.mapping(node, "a requirement", required=_REQUIRED, optional=_OPTIONAL)
    requirement_id = identifier(file, keys["id"], "a requirement's id")

    def text(key: str, default: str = "") -> str:
        return file.string(keys[key], f"{key} of {requirement_id}") if key in keys else default

    def word(key: str, allowed: tuple[str, ...], default: str) -> str:
        return file.one_of(keys[key], f"{key} of {requirement_id}", allowed) if key in keys else default

    def day(key: str) -> str:
        return iso_date(file, keys[key], f"{key} of {requirement_id}") if key in keys else ""

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
        applies_to=_agency_kinds(file, keys["applies_to"]) if "applies_to" in keys else binds,
        effective=(day("effective_from"), day("effective_until")),
        note=text("note"),
    )


def _elements(file: RuleFile, node: yaml.Node, requirement_id: str) -> Mapping[str, str]:
    what = f"elements of {requirement_id}"
    elements = {key: file.string(value, f"{key} in {what}") for key, value in file.mapping(node, what).items()}
    if not elements:
        raise file.error(node, f"There are no {what}.", hint="Name them, or leave the key out.")
    return MappingProxyType(elements)

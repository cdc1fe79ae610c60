"""The pass rule of a profile: what a policy must meet to pass, as the profile file says it and as requirements."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

import yaml

from policylint.packs.models import FORCES, Pack, PassRule, Requirement
from policylint.packs.pack_files import RANKS
from policylint.packs.strict_yaml import RuleFile, did_you_mean

REST = "rest"
"""What `of` says of all requirements that `every` does not name."""

_PER_CENT = re.compile(r"(\d{1,3}) ?%")
_NAMES = f"a rank ({', '.join(reversed(RANKS))}), a force ({', '.join(reversed(FORCES))}), a pack or a requirement"


def pass_rule(file: RuleFile, node: yaml.Node, packs: Mapping[str, Pack]) -> PassRule:
    """The rule that a profile of these packs holds under `pass`.

    Raises:
        RuleError: an unknown key or name, a name that stands for nothing in these packs, no per cent.
    """
    keys = file.mapping(node, "a pass rule", optional=("every", "share", "of"))
    if "every" not in keys and "share" not in keys:
        raise file.error(node, "The pass rule asks for nothing.", hint="Give 'every', 'share' or both.")
    if "of" in keys and "share" not in keys:
        raise file.error(keys["of"], "'of' says what the share is taken of, and there is no share.")
    every = file.strings(keys["every"], "every", at_least=1) if "every" in keys else ()
    of: tuple[str, ...] = ()
    if "of" in keys and not _is_rest(keys["of"]):
        of = file.strings(keys["of"], "of", at_least=1)
    rule = PassRule(every, _share(file, keys["share"]) if "share" in keys else 0, of)
    for key, names in (("every", every), ("of", of)):
        for name, item in zip(names, file.items(keys[key], key) if names else (), strict=True):
            if not _named(name, packs):
                known = (*RANKS, *FORCES, *packs, *(r.id for pack in packs.values() for r in pack.requirements))
                hint = did_you_mean(name, known) or f"Name {_NAMES} of this profile."
                raise file.error(item, f"'{name}' stands for no requirement of this profile.", hint=hint)
    return resolved(rule, packs)


def resolved(rule: PassRule, packs: Mapping[str, Pack]) -> PassRule:
    """The rule with the requirements that it stands for in some packs; what `every` names counts for no share."""
    each = frozenset(id_ for name in rule.every for id_ in _named(name, packs))
    every_one = {r.id for pack in packs.values() for r in pack.requirements}
    chosen = {id_ for name in rule.of for id_ in _named(name, packs)} if rule.of else every_one
    return replace(rule, each=each, some=frozenset(chosen) - each if rule.share else frozenset())


def unfounded(rule: PassRule, packs: Mapping[str, Pack]) -> str | None:
    """The first name of a rule that stands for nothing in some packs, or None."""
    return next((name for name in (*rule.every, *rule.of) if not _named(name, packs)), None)


def _is_rest(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.value == REST


def _share(file: RuleFile, node: yaml.Node) -> int:
    text = file.string(node, "share")
    found = _PER_CENT.fullmatch(text.strip())
    if found is None or not 1 <= int(found[1]) <= 100:
        raise file.error(
            node, f"'{text}' is no share.", hint="Write a whole number from 1 to 100 per cent, such as 80%."
        )
    return int(found[1])


def _named(name: str, packs: Mapping[str, Pack]) -> set[str]:
    """Ids of the requirements that a rank, a force, a pack or a requirement's own id stands for."""
    if name in packs:
        return {r.id for r in packs[name].requirements}
    return {r.id for pack in packs.values() for r in pack.requirements if _is(name, r, pack)}


def _is(name: str, requirement: Requirement, pack: Pack) -> bool:
    return name in (requirement.id, requirement.force, pack.rank)

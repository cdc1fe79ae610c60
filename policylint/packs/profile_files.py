"""Profile files: those that ship (model_policies/profiles/<profile>.yaml) and an agency's own, which extends one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import yaml

from policylint.errors import RuleError
from policylint.packs import strict_yaml
from policylint.packs.models import NOTHING, Pack, PassRule, Profile, Requirement, Yield
from policylint.packs.pass_rules import pass_rule, resolved, unfounded
from policylint.packs.strict_yaml import RuleFile, did_you_mean

SEVERITIES = ("info", "warning", "error")

_SHIPPED = ("id", "title", "packs")
_SHIPPED_OPTIONAL = ("state", "recognised_by", "yields", "pass")
_OWN = ("id", "extends")
_OWN_OPTIONAL = ("title", "add_packs", "drop_packs", "severity", "not_applicable", "yields", "pass")
_STATE = re.compile(r"[A-Z]{2}")


def load_profiles(
    files: Sequence[tuple[Path, str]], packs: Mapping[str, Pack], facts: Collection[str]
) -> dict[str, Profile]:
    """Load profile files, given as (path, name to show), by id in order; one may extend another that extends none.

    Raises RuleError.
    """
    extending = {name for path, name in files if _extends(path, name)}
    whole = {path.stem: load_profile(path, name, packs, facts) for path, name in files if name not in extending}
    _refuse_same_state(whole.values())
    found = {}
    for path, name in files:
        found[path.stem] = whole.get(path.stem) or _extended(path, name, packs, whole, facts)
    return found


def _extended(
    path: Path, name: str, packs: Mapping[str, Pack], whole: Mapping[str, Profile], facts: Collection[str]
) -> Profile:
    profile = load_own_profile(path, name, packs, whole, facts)
    if profile.id != path.stem:
        message = f"The id '{profile.id}' differs from the file name '{path.stem}'."
        raise RuleError(message, file=name, hint="Make them equal.")
    # A document that shows a state is judged by that state's own profile: this one is asked for by name.
    return replace(profile, citations=(), names=())


def _refuse_same_state(profiles: Iterable[Profile]) -> None:
    states: dict[str, Profile] = {}
    for profile in profiles:
        first = states.setdefault(profile.state or profile.id, profile)
        if first is not profile:
            message = f"The state {profile.state} has the profile '{first.id}' already."
            raise RuleError(message, file=profile.file, hint=f"Write 'extends: {first.id}', or leave 'state' out.")


def _extends(path: Path, name: str) -> bool:
    file = strict_yaml.read(path, name)
    return "extends" in file.mapping(file.root, "a profile")


def load_profile(path: Path, name: str, packs: Mapping[str, Pack], facts: Collection[str]) -> Profile:
    """Load a shipped profile; its name is the profile's id. Raises RuleError."""
    file = strict_yaml.read(path, name)
    keys = file.mapping(file.root, "a profile", required=_SHIPPED, optional=_SHIPPED_OPTIONAL)
    profile_id = file.string(keys["id"], "id")
    if profile_id != path.stem:
        raise file.error(keys["id"], f"The id '{profile_id}' differs from the file name '{path.stem}'.")
    state = file.string(keys["state"], "state") if "state" in keys else ""
    if state and not _STATE.fullmatch(state):
        raise file.error(keys["state"], f"'{state}' is no state.", hint="Use two capitals, such as WA.")
    named = _packs(file, keys["packs"], "packs", packs)
    marks: dict[str, yaml.Node] = {}
    if "recognised_by" in keys:
        marks = file.mapping(keys["recognised_by"], "recognised_by", required=("citations", "names"), optional=())
    return Profile(
        id=profile_id,
        title=file.string(keys["title"], "title"),
        packs=named,
        state=state,
        citations=file.strings(marks["citations"], "citations") if marks else (),
        names=file.strings(marks["names"], "names") if marks else (),
        yields=_yields(file, keys.get("yields"), _requirements(packs, named), facts),
        file=name,
        base=profile_id,
        pass_rule=pass_rule(file, keys["pass"], {p: packs[p] for p in named}) if "pass" in keys else None,
    )


def load_own_profile(
    path: Path, name: str, packs: Mapping[str, Pack], profiles: Mapping[str, Profile], facts: Collection[str]
) -> Profile:
    """Load an agency's own profile, which extends a shipped one. Raises RuleError; unknown ids are errors."""
    file = strict_yaml.read(path, name)
    keys = file.mapping(file.root, "an agency's profile", required=_OWN, optional=_OWN_OPTIONAL)
    base_id = file.one_of(keys["extends"], "extends", tuple(profiles))
    base = profiles[base_id]
    added = _packs(file, keys["add_packs"], "add_packs", packs) if "add_packs" in keys else ()
    dropped = _packs(file, keys["drop_packs"], "drop_packs", packs) if "drop_packs" in keys else ()
    for pack in dropped:
        if pack not in base.packs:
            raise file.error(keys["drop_packs"], f"The profile '{base_id}' does not have the pack '{pack}'.")
    chosen = tuple(dict.fromkeys((*(p for p in base.packs if p not in dropped), *added)))
    if not chosen:
        raise file.error(keys["drop_packs"], "No pack is left.", hint="Keep or add one.")
    known = _requirements(packs, chosen)
    yields = _yields(file, keys.get("yields"), known, facts)
    severity = _of_requirements(file, keys.get("severity"), "severity", known)
    for requirement, value in severity.items():
        if value not in SEVERITIES:
            hint = f"Use one of: {', '.join(SEVERITIES)}."
            raise file.error(keys["severity"], f"'{value}' is no severity (of {requirement}).", hint=hint)
    not_applicable = _of_requirements(file, keys.get("not_applicable"), "not_applicable", known)
    return replace(
        base,
        id=file.string(keys["id"], "id"),
        title=file.string(keys["title"], "title") if "title" in keys else base.title,
        packs=chosen,
        yields=tuple(y for y in base.yields if y.requirement in known) + yields,
        severity=severity,
        not_applicable=not_applicable,
        changes=(
            *(f"{name}: the pack {pack} is added to the profile {base_id}." for pack in added),
            *(f"{name}: the pack {pack} of the profile {base_id} is dropped." for pack in dropped),
            *(f"{name}: gaps of {requirement} have the severity {value}." for requirement, value in severity.items()),
            *(f"{name}: {requirement} is not applicable: {why}" for requirement, why in not_applicable.items()),
            *(f"{name}: {y.requirement} yields to {', '.join(y.to)}: {y.reason}" for y in yields),
            *([f"{name}: the pass rule is another than that of the profile {base_id}."] if "pass" in keys else []),
        ),
        file=name,
        pass_rule=_own_pass_rule(file, keys, base, {p: packs[p] for p in chosen}),
    )


def _own_pass_rule(
    file: RuleFile, keys: Mapping[str, yaml.Node], base: Profile, packs: Mapping[str, Pack]
) -> PassRule | None:
    """The profile's own rule, else that of the profile it extends, said of the packs it has."""
    if "pass" in keys:
        return pass_rule(file, keys["pass"], packs)
    if base.pass_rule is None:
        return None
    if name := unfounded(base.pass_rule, packs):
        message = (
            f"The pass rule of the profile '{base.id}' names '{name}', which stands for nothing in the packs left."
        )
        raise file.error(keys["extends"], message, hint="Give a pass rule of your own ('pass').")
    return resolved(base.pass_rule, packs)


def _requirements(packs: Mapping[str, Pack], named: Collection[str]) -> dict[str, Requirement]:
    return {r.id: r for pack in named for r in packs[pack].requirements}


def _packs(file: RuleFile, node: yaml.Node, what: str, packs: Mapping[str, Pack]) -> tuple[str, ...]:
    named: list[str] = []
    for item in file.items(node, what, at_least=1):
        pack = file.string(item, what)
        if pack not in packs:
            hint = did_you_mean(pack, packs) or f"Known packs: {', '.join(sorted(packs))}."
            raise file.error(item, f"There is no pack '{pack}'.", hint=hint)
        if pack in named:
            raise file.error(item, f"The pack '{pack}' stands twice in {what}.", hint="Keep one.")
        named.append(pack)
    return tuple(named)


def _yields(
    file: RuleFile, node: yaml.Node | None, known: Mapping[str, Requirement], facts: Collection[str]
) -> tuple[Yield, ...]:
    found: list[Yield] = []
    for item in file.items(node, "yields") if node is not None else ():
        keys = file.mapping(item, "a yield", required=("requirement", "to", "reason"), optional=("when",))
        to = file.items(keys["to"], "to", at_least=1)
        when = file.one_of(keys["when"], "when", sorted(facts)) if "when" in keys else ""
        found.append(
            Yield(
                requirement=_requirement(file, keys["requirement"], known),
                to=tuple(_requirement(file, other, known) for other in to),
                reason=" ".join(file.string(keys["reason"], "reason").split()),
                when=when,
                file=file.name,
            )
        )
    return tuple(found)


def _requirement(file: RuleFile, node: yaml.Node, known: Mapping[str, Requirement]) -> str:
    name = file.string(node, "a requirement's id")
    if name not in known:
        hint = did_you_mean(name, known) or "Name a requirement of one of the profile's packs."
        raise file.error(node, f"No pack of this profile has the requirement '{name}'.", hint=hint)
    return name


def _of_requirements(
    file: RuleFile, node: yaml.Node | None, what: str, known: Mapping[str, Requirement]
) -> Mapping[str, str]:
    if node is None:
        return NOTHING
    return MappingProxyType(
        {
            _requirement(file, key, known): " ".join(file.string(value, f"{what} of {key.value}").split())
            for key, value in file.pairs(node, what)
        }
    )

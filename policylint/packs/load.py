"""Loading everything from checks/ and model_policies/, and from folders that an agency adds, into one Library."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from policylint.collector import collector_paused
from policylint.errors import RuleError, UsageError
from policylint.packs import data
from policylint.packs.check_files import load_check
from policylint.packs.fact_files import load_fact
from policylint.packs.folders import RuleFolder
from policylint.packs.lexicon import load_lexicon
from policylint.packs.models import Check, Concept, Fact, Library, Pack, Profile, Requirement, SameWords
from policylint.packs.pack_files import load_pack
from policylint.packs.profile_files import load_profiles
from policylint.packs.strict_yaml import did_you_mean
from policylint.packs.vocabulary import Vocabulary

LEXICON, FACTS, PROFILES = "lexicon", "facts", "profiles"
"""Folders that hold something else than checks or packs."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A rule file: its path, the name errors show, and its folder below the root ("" at the top)."""

    path: Path
    name: str
    folder: str


@functools.lru_cache(maxsize=8)
def library(added: tuple[RuleFolder, ...] = ()) -> Library:
    """All the rules that ship with policylint, and those of added folders, loaded once a process. Raises RuleError."""
    with collector_paused(lasting=True):
        return load(added=added)


@functools.lru_cache(maxsize=64)
def rules_for(packs: frozenset[str], added: tuple[RuleFolder, ...] = ()) -> Library:
    """The rules that some packs need: all packs and profiles, but only the checks that serve these packs.

    Loaded once a process for each state of the added folders. Verdicts are those of the whole library; loading takes a fraction
    of the time. Raises RuleError.
    """
    with collector_paused(lasting=True):
        return load(only=packs, added=added)


def load(
    checks_dir: Path | None = None,
    packs_dir: Path | None = None,
    only: Collection[str] | None = None,
    added: Iterable[RuleFolder] = (),
) -> Library:
    """Load rules from two folders, the shipped ones by default, and what is added to them.

    With `only`, checks that serve none of these packs, and concepts that no rule names, are left out.

    Raises:
        RuleError: anything is not valid, or two rules have the same name.
    """
    found, found_packs = _rule_files(checks_dir, data.checks_dir), _rule_files(packs_dir, data.packs_dir)
    for folder in added:
        found += _rule_files(folder.checks, data.checks_dir) if folder.checks else []
        found_packs += _own_packs(folder.packs) if folder.packs else []
    _refuse_clashes(found, found_packs)
    packs = _packs(found_packs)
    requirements = {r.id: r for pack in packs.values() for r in pack.requirements}
    facts: dict[str, Fact] = {}
    checks: dict[str, Check] = {}
    concepts: dict[str, Concept] = {}
    same_words: tuple[SameWords, ...] = ()
    if only is None or only:
        vocabulary = _vocabulary(found, everything=only is None)
        wanted = None if only is None else {r.id for name in only for r in packs[name].requirements}
        checks = _checks(found, vocabulary, requirements, wanted)
        facts = {f.path.stem: load_fact(f.path, f.name, vocabulary) for f in found if f.folder == FACTS}
        concepts, same_words = vocabulary.in_order(), vocabulary.same_words
    fact_names = {f.path.stem for f in found if f.folder == FACTS}
    profile_names = {f.path.stem for f in found_packs if f.folder == PROFILES}
    profiles = load_profiles(
        [(f.path, f.name) for f in found_packs if f.folder == PROFILES], packs, profile_names | fact_names
    )
    _refuse_unknown_facts(packs, found_packs, (*fact_names, *profiles))
    return Library(
        packs=MappingProxyType(packs),
        checks=MappingProxyType(checks),
        concepts=MappingProxyType(concepts),
        check_for=MappingProxyType(_check_for(checks.values())),
        facts=MappingProxyType(facts),
        profiles=MappingProxyType(profiles),
        same_words=same_words,
    )


def load_vocabulary(checks_dir: Path | None = None, *, everything: bool = True) -> Vocabulary:
    """The lexicon alone, from <checks_dir>/lexicon, the shipped one by default. Raises RuleError."""
    return _vocabulary(_rule_files(checks_dir, data.checks_dir), everything=everything)


def _vocabulary(found: Iterable[_Found], *, everything: bool) -> Vocabulary:
    files = ((file.path, file.name) for file in found if file.folder == LEXICON)
    return load_lexicon(files, everything=everything)


def profile_of_state(library: Library, state: str) -> Profile:
    """The profile of a state, given as two letters. Raises UsageError when none has a pack."""
    for profile in library.profiles.values():
        if profile.state == state.upper():
            return profile
    known = ", ".join(sorted(p.state for p in library.profiles.values() if p.state))
    raise UsageError(
        f"No statute of the state {state!r} has a pack.", hint=f"States: {known}. Or use --profile national."
    )


def names_in(library: Library, folder: RuleFolder) -> set[str]:
    """The ids of the checks and facts that a folder brought into a library."""
    inside = Path(folder.path)
    rules: list[Check | Fact] = [*library.checks.values(), *library.facts.values()]
    return {rule.id for rule in rules if Path(rule.file).is_relative_to(inside)}


def unserved(library: Library) -> list[Requirement]:
    """Requirements that no check serves and that are not marked as manual, in the order of their packs."""
    return [
        requirement
        for pack in library.packs.values()
        for requirement in pack.requirements
        if requirement.status != "manual" and requirement.id not in library.check_for
    ]


def _refuse_clashes(found: Iterable[_Found], found_packs: Iterable[_Found]) -> None:
    """Ids are the names of files: what two folders both have is seen before anything is read.

    Facts and profiles share their names, because a requirement may depend on either.
    """
    kinds = {"": "check", FACTS: "fact or profile", PROFILES: "fact or profile"}
    homes: dict[tuple[str, str], str] = {}
    named = [(f, kinds.get(f.folder, "check")) for f in found if f.folder not in ("", LEXICON)]
    named += [(f, "pack" if not f.folder else kinds[PROFILES]) for f in found_packs if f.folder in ("", PROFILES)]
    for file, kind in named:
        first = homes.setdefault((kind, file.path.stem), file.name)
        if first != file.name:
            message = f"The id '{file.path.stem}' is taken by {first}."
            raise RuleError(message, file=file.name, hint="Rename one of them.")


def _own_packs(folder: Path) -> list[_Found]:
    found = _rule_files(folder, data.packs_dir)
    for file in found:
        if file.folder not in ("", PROFILES):
            hint = f"Packs stand at the top of the folder, profiles in '{PROFILES}'."
            raise RuleError("A rule file stands where none is looked for.", file=file.name, hint=hint)
    return found


def _packs(found: list[_Found]) -> dict[str, Pack]:
    packs: dict[str, Pack] = {}
    home: dict[str, str] = {}
    for file in found:
        if file.folder:
            continue  # profiles stand in a folder of their own
        pack = load_pack(file.path, file.name)
        for requirement in pack.requirements:
            first = home.setdefault(requirement.id, pack.id)
            if first != pack.id:
                message = f"The requirement '{requirement.id}' stands in the packs '{first}' and '{pack.id}'."
                raise RuleError(message, file=file.name, hint="Requirement ids are unique over all packs.")
        packs[pack.id] = pack
    if not packs:
        raise RuleError("There is no pack among the rules.", hint="A pack is a file <pack>.yaml in model_policies/.")
    return packs


def _refuse_unknown_facts(packs: dict[str, Pack], found: list[_Found], known: Collection[str]) -> None:
    for pack in packs.values():
        for requirement in pack.requirements:
            if requirement.applies_when and requirement.applies_when not in known:
                file = next(f.name for f in found if f.path.stem == pack.id)
                message = f"There is no fact '{requirement.applies_when}' ({requirement.id} applies when it holds)."
                hint = did_you_mean(requirement.applies_when, known) or "Facts stand in checks/facts/."
                raise RuleError(message, file=file, hint=hint)


def _checks(
    found: list[_Found], vocabulary: Vocabulary, requirements: dict[str, Requirement], only: Collection[str] | None
) -> dict[str, Check]:
    checks: dict[str, Check] = {}
    for file in found:
        if file.folder in (LEXICON, FACTS):
            continue
        if not file.folder:
            raise RuleError("A check stands in a folder named for its topic.", file=file.name, hint="Move the file.")
        check = load_check(file.path, file.name, vocabulary, requirements, only)
        if check is None:
            continue
        checks[check.id] = check
    if not checks and only is None:
        raise RuleError("There is no check among the rules.", hint="A check is checks/<topic>/<check-id>.yaml.")
    return checks


def _check_for(checks: Iterable[Check]) -> dict[str, Check]:
    serving: dict[str, Check] = {}
    for check in checks:
        for requirement in check.serves:
            first = serving.setdefault(requirement, check)
            if first is not check:
                message = f"The requirement '{requirement}' is served by '{first.id}' already."
                raise RuleError(message, file=check.file, hint="One check serves a requirement: merge them.")
    return serving


def _rule_files(given: Path | None, shipped: Callable[[], Path]) -> list[_Found]:
    """Every rule file of a folder, sorted. A rule silently left out would make a document look clean."""
    root = given or shipped()
    if not root.is_dir():
        raise RuleError("There is no such folder of rules.", file=str(root), hint="Check the path.")
    found: list[_Found] = []
    for path in sorted(root.rglob("*.y*ml")):
        # Shipped rules are named alike in a wheel and in a checkout; an author's are named as given.
        name = str(path) if given else path.relative_to(root.parent).as_posix()
        folder = path.relative_to(root).parent.as_posix()
        if path.suffix != ".yaml":
            raise RuleError("Rule files end in .yaml.", file=name, hint="Rename the file.")
        if "/" in folder:
            raise RuleError("A rule file stands too deep.", file=name, hint="Use <folder>/<topic>/<id>.yaml.")
        found.append(_Found(path, name, "" if folder == "." else folder))
    return found

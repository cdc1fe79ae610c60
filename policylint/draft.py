"""A draft policy from the model language of a profile's packs, or the clauses that one document lacks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policylint.packs.models import FORCES, Library, Profile, Requirement
from policylint.remedy import render
from policylint.report import DocumentReport

TOPICS: Mapping[str, str] = {
    "purpose": "Policy and scope",
    "definitions": "Definitions",
    "administration": "Administration",
    "regional": "Regional team",
    "selection": "Selection",
    "deselection": "Removal from the team",
    "training": "Training",
    "roles": "Roles and boundaries",
    "access": "Access to peer support",
    "consultation": "Clinical consultation",
    "referral": "Referral",
    "critical_incidents": "Critical incidents",
    "confidentiality": "Confidentiality",
    "privilege": "Privilege",
    "records": "Records",
    "statistics": "Statistics",
    "discipline": "Internal investigations and discipline",
}
"""Topic of a requirement -> the heading of its section, in the order of a policy. Topics of other packs come last."""

_DEFINITION = (
    "**{{ supporter | capitalize }}**: an employee or volunteer of {{ agency }} who is selected, trained and designated "
    "to give peer support to coworkers."
)
_LEFT_OUT = ("must_not_claim",)
"""Kinds of requirement that ask for silence."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of model language with what it answers."""

    topic: str
    text: str
    citations: tuple[str, ...]


def whole(library: Library, profile: Profile, names: Mapping[str, str], facts: Mapping[str, str]) -> str:
    """A complete draft policy in Markdown: every requirement that binds under a profile, by topic.

    Args:
        names: what the agency calls itself, its supporters and so on (keys of `remedy.DEFAULT_NAMES`).
        facts: what is known of the agency; a requirement that depends on a fact is written only where it holds.
    """
    asked = [r for pack in profile.packs for r in library.packs[pack].requirements if _binds(r, profile, facts)]
    clauses = [
        Clause(group[0].topic, render(r.model_language, names), (r.citation,))
        for group in _by_check(library, asked)
        for r in _needed(group)
    ]
    head = f"# Peer Support Policy\n\n{_comment(profile)}\n"
    return head + _sections([Clause("definitions", render(_DEFINITION, names), ()), *clauses], cite=False)


def lacking(document: DocumentReport, library: Library, names: Mapping[str, str]) -> str:
    """The clauses that a document lacks, in Markdown, each with the authorities that ask for it."""
    clauses = []
    gaps = {v.requirement: v for v in document.verdicts if v.is_gap}
    for group in _by_check(library, [library.requirements[name] for name in gaps]):
        citations = tuple(dict.fromkeys(r.citation for r in group))
        clauses += [
            Clause(group[0].topic, render(r.model_language, names), citations if number == 0 else (r.citation,))
            for number, r in enumerate(_needed(group))
        ]
    if not clauses:
        return f"# Clauses for {document.title or document.path}\n\nNothing is lacking.\n"
    return f"# Clauses for {document.title or document.path}\n" + _sections(clauses, cite=True)


def _binds(requirement: Requirement, profile: Profile, facts: Mapping[str, str]) -> bool:
    def holds(fact: str) -> bool:
        return fact == profile.base or facts.get(fact, "no") not in ("no", "false")

    if requirement.kind in _LEFT_OUT or requirement.id in profile.not_applicable or requirement.effective[1]:
        return False
    if requirement.applies_when and not holds(requirement.applies_when):
        return False
    kind = facts.get("agency_kind")
    if kind and requirement.applies_to and kind not in requirement.applies_to:
        return False
    return not any(y.requirement == requirement.id and (not y.when or holds(y.when)) for y in profile.yields)


def _by_check(library: Library, requirements: Iterable[Requirement]) -> list[list[Requirement]]:
    """Requirements that one check serves, together, in the order of the first of each."""
    groups: dict[str, list[Requirement]] = {}
    for requirement in requirements:
        check = library.check_for.get(requirement.id)
        groups.setdefault(check.id if check is not None else requirement.id, []).append(requirement)
    return list(groups.values())


def _needed(group: Sequence[Requirement]) -> list[Requirement]:
    """Of requirements that ask the same, the one that asks most strongly, and others with elements of their own."""
    ranked = sorted(group, key=lambda r: (-FORCES.index(r.force), -len(r.elements)))
    chosen: list[Requirement] = []
    for requirement in ranked:
        if not any(set(requirement.elements) <= set(other.elements) for other in chosen):
            chosen.append(requirement)
    return chosen


def _sections(clauses: Sequence[Clause], *, cite: bool) -> str:
    order = [*TOPICS, *dict.fromkeys(c.topic for c in clauses if c.topic not in TOPICS)]
    parts: list[str] = []
    number = 0
    for topic in order:
        mine = [c for c in clauses if c.topic == topic]
        if not mine:
            continue
        number += 1
        parts.append(f"\n## {number}. {TOPICS.get(topic, topic.replace('_', ' ').capitalize())}\n")
        for at, clause in enumerate(mine, 1):
            parts.append(f"\n{number}.{at} {_markdown(clause.text)}\n")
            if cite and clause.citations:
                parts.append(f"\n*Asked by: {'; '.join(clause.citations)}*\n")
    return "".join(parts)


def _markdown(text: str) -> str:
    """A clause whose list stands apart from its lead-in, as Markdown wants it."""
    out: list[str] = []
    for line in text.splitlines():
        item = line.lstrip().startswith(("- ", "* "))
        if item and out and not out[-1].lstrip().startswith(("- ", "* ")) and out[-1]:
            out.append("")
        out.append(line)
    return "\n".join(out)


def _comment(profile: Profile) -> str:
    return (
        f"<!-- Drafted by policylint from the packs {', '.join(profile.packs)} (profile {profile.id}). "
        "Have it read by your legal counsel. -->"
    )

"""A requirement as the page lists it: one card, or one for several authorities that ask the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from policylint.report import Evidence, PackInfo, Verdict
from policylint.reporters.clean import clean
from policylint.reporters.decisions import marks_of
from policylint.reporters.rows import words
from policylint.reporters.text import order, place, same_thing


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the policy, where they stand, and the id of the passage on the page, or ""."""

    text: str
    place: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Clause:
    """Model language: its lines, each with whether it is a list item, and the requirements it closes."""

    ids: str
    lines: tuple[tuple[bool, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One authority's requirement within a card."""

    anchor: str
    id: str
    pack: str
    authority: str
    rank: str
    citation: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One entry of the list.

    Attributes:
        number: from 0 within the document; what segments of the policy refer to.
        asked: the requirements, the severest first; `anchor` is the first one's id on the page.
        finding: why the status is what it is, or "" where that is not known apart from what is asked (`Verdict.finding`).
        add: whether the clause is to be added, rather than put in place of what is there.
        marks: what was decided about the gap, and how it stands to the baseline, as sentences.
    """

    number: int
    status: str
    severities: tuple[str, ...]
    topic: str
    asked: tuple[Asked, ...]
    finding: str
    covered: tuple[str, ...]
    lacking: tuple[str, ...]
    says: tuple[Quote, ...]
    closest: Quote | None
    clauses: tuple[Clause, ...]
    add: bool
    verdicts: tuple[Verdict, ...]
    marks: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Id of the card's element."""
        return self.asked[0].anchor

    @property
    def mark(self) -> str:
        """In a word, why the gap does not count, or how it stands to the baseline: "waived", "known", "new", or ""."""
        first = self.verdicts[0]
        if first.waiver is not None:
            return "waived"
        return first.standing.state if first.standing is not None else ""

    @property
    def word(self) -> str:
        """The status in words."""
        return words(self.status)


class Ids:
    """Element ids that are given once: the requirement's own, for links that last.

    They hold no colon; ids that the page makes up hold one, so that the two never meet.
    """

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, requirement: str, prefix: str) -> str:
        """An id such as "IACP-26", in a second document "d2-IACP-26"; what links cannot hold becomes hyphens."""
        wanted = prefix + (re.sub(r"[^A-Za-z0-9._-]+", "-", requirement)[:100] or "-")
        made, number = wanted, 2
        while made in self._given:
            made, number = f"{wanted}.{number}", number + 1
        self._given.add(made)
        return made


def groups_of(verdicts: Iterable[Verdict]) -> list[tuple[Verdict, ...]]:
    """What makes a card each, by topic in the order of the document's requirements, the severest first in a topic."""
    groups = same_thing(verdicts)
    topics = list(dict.fromkeys(g[0].topic for g in groups))
    return sorted(groups, key=lambda g: (topics.index(g[0].topic), order(g[0])))


def card_of(
    number: int,
    group: tuple[Verdict, ...],
    packs: Mapping[str, PackInfo],
    anchors: Mapping[int, str],
    ids: Sequence[str],
    title: str,
) -> Card:
    """The card of verdicts that say one thing.

    Args:
        number: see `Card`.
        group: the verdicts, the severest first.
        packs: id of a pack -> what the report says of it.
        anchors: offset of a passage -> id of its element.
        ids: the elements' own, one a verdict.
        title: the document's, which no place needs to repeat.
    """
    first = group[0]
    asked = tuple(_asked(v, packs, anchor) for v, anchor in zip(group, ids, strict=True))
    closest = first.closest
    return Card(
        number=number,
        status=first.status,
        severities=tuple(dict.fromkeys(v.severity for v in group if v.severity)),
        topic=clean(first.topic),
        asked=asked,
        finding=_finding(group),
        covered=_names(first.elements_covered),
        lacking=_names(first.elements_missing),
        says=tuple(_quote(e, anchors, title) for e in sorted(first.evidence, key=lambda e: e.start)),
        closest=_quote(closest, anchors, title) if closest is not None else None,
        clauses=_clauses(group) if first.is_gap else (),
        add=first.status in ("missing", "partial"),
        verdicts=group,
        marks=tuple(marks_of(first)),
    )


def _finding(group: Sequence[Verdict]) -> str:
    """What was found; where authorities ask for it with different force, what that means for each."""
    findings: dict[str, list[str]] = {}
    for verdict in group:
        findings.setdefault(clean(verdict.finding), []).append(clean(verdict.requirement))
    if len(findings) == 1:
        return next(iter(findings))
    return " ".join(f"{', '.join(ids)}: {finding}" for finding, ids in findings.items() if finding)


def _asked(verdict: Verdict, packs: Mapping[str, PackInfo], anchor: str) -> Asked:
    pack = packs.get(verdict.pack)
    return Asked(
        anchor=anchor,
        id=clean(verdict.requirement),
        pack=clean(verdict.pack),
        authority=clean(pack.authority if pack else verdict.pack),
        rank=clean(pack.rank) if pack else "",
        citation=clean(verdict.citation),
        text=clean(verdict.asked or verdict.message),
    )


def _names(elements: tuple[str, ...] | None) -> tuple[str, ...]:
    return tuple(clean(e).replace("_", " ") for e in elements or ())


def _quote(evidence: Evidence, anchors: Mapping[int, str], title: str) -> Quote:
    inside = evidence.section[1:] if evidence.section[:1] == (title,) else evidence.section
    return Quote(clean(evidence.quote), place(replace(evidence, section=inside)), anchors.get(evidence.start, ""))


def _clauses(group: tuple[Verdict, ...]) -> tuple[Clause, ...]:
    """Each wording once, with the requirements it is written for."""
    written: dict[str, list[str]] = {}
    for verdict in group:
        if verdict.remedy.strip():
            written.setdefault(verdict.remedy, []).append(clean(verdict.requirement))
    return tuple(Clause(", ".join(ids), tuple(_lines(remedy))) for remedy, ids in written.items())


def _lines(remedy: str) -> list[tuple[bool, str]]:
    lines = [clean(line) for line in remedy.splitlines()]
    return [(line.startswith("- "), line.removeprefix("- ")) for line in lines if line]

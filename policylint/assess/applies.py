"""Does a requirement apply to this document? Facts, agency kind, dates, and what yields to a higher authority."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from policylint.assess.findings import any_of, has_any
from policylint.assess.match import Counted, Match, find
from policylint.language.analysis import Analysis
from policylint.packs.models import NOTHING, Fact, Library, Profile, Requirement

AGENCY_KIND = "agency_kind"
"""Name of the fact that tells what kind of agency it is."""

_FALSE = (False, "no", "false")
"""Values with which a fact says that it does not hold."""

_CITATION_WEIGHT = 3
"""A citation of a state's law says more than the state's name, which may stand in an example or an address."""

_LEAST = 2
"""A state's name that stands once may be that of a university or a street."""

_MARGIN = 2
"""How much heavier than the next state's the marks of the recognised one must weigh."""


@dataclass(frozen=True)
class Terms:
    """What a document is judged under beside the packs.

    Attributes:
        facts: what is known of the agency, by name ("regional" -> "yes").
        as_of: the day (ISO date) whose requirements are asked, or "" for those in force without an end.
    """

    profile: Profile | None = None
    facts: Mapping[str, object] = field(default_factory=lambda: NOTHING)
    as_of: str = ""


def recognised(text: str, profiles: Mapping[str, Profile]) -> tuple[Profile, tuple[str, ...]] | None:
    """The profile of the state that a text's own citations and names point to, with the words that do; or None.

    Citations of a state's law weigh three times as much as its name; a state must be named twice or cited, and outweigh
    every other twice.
    """
    weights: list[tuple[int, str, tuple[str, ...]]] = []
    for profile in profiles.values():
        marks = [mark for mark in (*profile.citations, *profile.names) if mark.split()[0] in text]
        found = Counter(mark for mark in marks for _ in range(_count(mark, text)))
        weight = sum(n * (_CITATION_WEIGHT if m in profile.citations else 1) for m, n in found.items())
        if weight >= _LEAST:
            weights.append((weight, profile.id, tuple(found)))
    weights.sort(key=lambda w: (-w[0], w[1]))
    if not weights or (len(weights) > 1 and weights[0][0] < _MARGIN * weights[1][0]):
        return None
    return profiles[weights[0][1]], weights[0][2]


def _count(mark: str, text: str) -> int:
    """How often a mark stands in a text, however its words are wrapped."""
    first, pattern, count = mark.split(maxsplit=1)[0], _finder(mark), 0
    at = text.find(first)
    while at != -1:  # a plain search is far quicker than a pattern that looks behind itself at every letter
        count += pattern.match(text, at) is not None
        at = text.find(first, at + 1)
    return count


@cache
def _finder(mark: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, mark.split()))
    return re.compile(rf"(?<![\w.-]){words}" + (r"(?!\w)" if mark[-1].isalpha() else ""))


class Applicability:
    """Which requirements apply to one document, and why the others do not."""

    def __init__(self, analysis: Analysis, library: Library, terms: Terms) -> None:
        self._analysis, self._library, self._terms = analysis, library, terms
        self._known: dict[str, bool] = {}

    def why_not(self, requirement: Requirement) -> str | None:
        """Why a requirement does not apply, as a sentence; None when it does."""
        terms, profile = self._terms, self._terms.profile
        if profile is not None and requirement.id in profile.not_applicable:
            return f"{profile.file} says that it does not apply: {profile.not_applicable[requirement.id]}"
        first, last = requirement.effective
        if terms.as_of and ((first and terms.as_of < first) or (last and terms.as_of > last)):
            return f"It is not in force on {terms.as_of} ({_period(first, last)})."
        if not terms.as_of and last:
            return f"It is no longer in force ({_period(first, last)})."
        kind = terms.facts.get(AGENCY_KIND)
        if kind and requirement.applies_to and kind not in requirement.applies_to:
            return f"It binds agencies of the kind {', '.join(requirement.applies_to)} (this one: {kind})."
        if requirement.applies_when and not self.holds(requirement.applies_when):
            return f"It does not apply to this document ({requirement.applies_when}: no)."
        return self._yields(requirement)

    def holds(self, fact: str) -> bool:
        """Whether a fact holds: as given, else as the document shows it."""
        if fact in self._terms.facts:
            return self._terms.facts[fact] not in _FALSE
        if fact not in self._known:
            self._known[fact] = self._shown(fact)
        return self._known[fact]

    def _shown(self, fact: str) -> bool:
        if fact in self._library.facts:
            return shows(self._library.facts[fact], self._analysis)
        state = self._library.profiles[fact].state if fact in self._library.profiles else ""
        if self._terms.profile is not None and self._terms.profile.state:
            return self._terms.profile.state == state
        found = recognised(self._analysis.document.text, self._library.profiles)
        return found is not None and found[0].state == state

    def _yields(self, requirement: Requirement) -> str | None:
        for rule in self._terms.profile.yields if self._terms.profile is not None else ():
            if rule.requirement == requirement.id and (not rule.when or self.holds(rule.when)):
                higher = dict.fromkeys(self._library.requirements[other].citation for other in rule.to)
                return f"It yields to {', '.join(higher)}: {rule.reason}"
        return None


def shows(fact: Fact, analysis: Analysis) -> bool:
    """Whether a document shows a fact."""
    counted = Counted(frozenset(("purpose",)))
    ignored = any_of(fact.ignore_with, analysis.concepts)
    matches = (match for pattern in fact.holds_when for match in find(pattern, analysis, counted))
    return any(not has_any(match, ignored) and not _denied(match) for match in matches)


def _denied(match: Match) -> bool:
    """Whether what is only named is denied: "has no regional team"; a pattern that asks for a verb looks at that itself.

    "The regional team keeps no list" denies the list: what has "the" before it is there.
    """
    start, tokens = match.start, match.statement.tokens
    if match.pattern.slot is not None or (start and tokens[start - 1].lower == "the"):
        return False
    return match.statement.syntax.denied(match.anchor, match.anchor + 1)


def _period(first: str, last: str) -> str:
    return " ".join(part for part in (f"from {first}" if first else "", f"until {last}" if last else "") if part)

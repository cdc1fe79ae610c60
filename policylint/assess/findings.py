"""What a document holds for one check: which statements say, weaken, halve or oppose it, and which parts and elements stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policylint.assess.match import Counted, Match, at_least, find, specificity
from policylint.language.analysis import Analysis
from policylint.language.concepts import ConceptFinder
from policylint.packs.models import FORCES, Check, Pattern

MINIMUM_WORDS = 150
"""From this length a text is a whole document, which proves by being one that a written policy exists."""


@dataclass(frozen=True)
class Findings:
    """Matches of one check in one document, best first within each list."""

    says: tuple[Match, ...]
    weakly: tuple[Match, ...]
    partly: tuple[Match, ...]
    opposes: tuple[Match, ...]
    parts: Mapping[str, tuple[Match, ...]]
    elements: Mapping[str, tuple[Match, ...]]


class Scope:
    """Which statements belong together: a passage and what hangs under it, a section and its subsections."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        document = analysis.document
        self._children: dict[int, list[int]] = {}
        for passage in document.passages:
            if passage.parent is not None:
                self._children.setdefault(passage.parent, []).append(passage.index)
        self._in_passage: dict[int, list[int]] = {}
        self._in_section: dict[int, list[int]] = {}
        for statement in analysis.statements:
            if statement.passage is not None:
                self._in_passage.setdefault(statement.passage, []).append(statement.index)
            self._in_section.setdefault(statement.section, []).append(statement.index)
        self._subsections: dict[int, list[int]] = {}
        for section in document.sections[1:]:
            self._subsections.setdefault(section.parent or 0, []).append(section.index)

    def around(self, head: Match, scope: str) -> set[int]:
        """Indexes of the statements in which elements of what `head` says are looked for."""
        statement = head.statement
        if scope == "document":
            return {s.index for s in self._analysis.statements}
        if scope == "section" or statement.voice == "heading":
            return self._section(statement.section) | {statement.index}
        passage = statement.passage
        assert passage is not None  # only headings stand in no passage
        top = self._analysis.document.passages[passage]
        if head.in_lead and top.parent is not None:
            return self._below(top.parent)
        return {i for i in self._below(passage) if i >= statement.index}

    def _below(self, passage: int) -> set[int]:
        found = set(self._in_passage.get(passage, ()))
        for child in self._children.get(passage, ()):
            found |= self._below(child)
        return found

    def _section(self, section: int) -> set[int]:
        found = set(self._in_section.get(section, ()))
        for below in self._subsections.get(section, ()):
            found |= self._section(below)
        return found


def gather(check: Check, analysis: Analysis, scope: Scope, law: tuple[str, ...] = ()) -> Findings:
    """Run a check's patterns over a document; `law` are the words by which a reprint that counts is known."""
    counted = Counted(check.counts_in, law)

    def matches(patterns: Iterable[Pattern], *, opposing: bool = False, within: int = -1) -> tuple[Match, ...]:
        found = [m for p in patterns for m in find(p, analysis, counted, opposing=opposing, within=within)]
        found = [m for m in found if not has_any(m, check.ignore_with, analysis.finder)]
        # of a list every head counts: each opens a place where elements are looked for
        return tuple(sorted(found if check.elements else _own_words(found), key=_rank))

    says = tuple(m for m in matches(check.says) if not has_any(m, check.says_unless, analysis.finder))
    weakly, partly = matches(check.weakly), matches(check.partly)
    opposes = tuple(
        m for m in matches(check.opposes, opposing=True) if not has_any(m, check.opposes_unless, analysis.finder)
    )
    says, opposes = _more_specific(says, opposes, {m.statement.index for m in (*weakly, *partly)})
    around = -1
    if check.elements and check.says:
        near = {number for head in (*says, *weakly) for number in scope.around(head, check.scope)}
        around = analysis.clauses_of(near)
    return Findings(
        says=says,
        weakly=weakly,
        partly=partly,
        opposes=opposes,
        parts={name: matches(patterns) for name, patterns in check.parts.items()},
        elements={key: matches(patterns, within=around) for key, patterns in check.elements.items()},
    )


def has_any(match: Match, concepts: Iterable[str], finder: ConceptFinder) -> bool:
    """Whether one of some concepts stands in the match's own clause; what a bracket adds changes nothing."""
    statement = match.statement
    return any(
        statement.syntax.related(match.anchor, o.start) and not statement.aside(match.anchor, o.start)
        for concept in concepts
        for o in statement.places(finder.members(concept))
    )


def _more_specific(
    says: tuple[Match, ...], opposes: tuple[Match, ...], qualified: set[int]
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Where patterns of several kinds match one statement, the more specific kind holds.

    Weakly and partly are written for statements that says would take whole; opposes holds against says only with a
    pattern that asks for more ("unless the member requests it").
    """
    asks: dict[int, int] = {}
    for m in says:
        asks[m.statement.index] = max(asks.get(m.statement.index, 0), specificity(m))
    opposes = tuple(m for m in opposes if specificity(m) > asks.get(m.statement.index, 0))
    beaten = qualified | {m.statement.index for m in opposes}
    return tuple(m for m in says if m.statement.index not in beaten), opposes


def _rank(match: Match) -> tuple[int, int, int, int]:
    """Strongest first, then what says it in its own words, then by the pattern that asks for most, in document order."""
    return (-FORCES.index(match.force), match.borrowed, -specificity(match), match.statement.index)


def _own_words(found: list[Match]) -> list[Match]:
    """Matches without help from context, where there are any: what is said outright needs no guess."""
    return [m for m in found if not m.borrowed] or found


def strongest(matches: Iterable[Match]) -> str | None:
    """The greatest force among matches, or None without any."""
    best: str | None = None
    for m in matches:
        if best is None or at_least(m.force, best):
            best = m.force
    return best

"""What a document holds for one check: which statements say, weaken, halve or oppose it, and which parts and elements stand."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from policylint.assess.match import Counted, Match, at_least, carry_out, plans, specificity
from policylint.document import Passage
from policylint.language.analysis import Analysis
from policylint.language.automaton import Occurrence
from policylint.language.concepts import DocumentConcepts
from policylint.packs.models import FORCES, Check, Pattern


@dataclass(frozen=True)
class Findings:
    """Matches of one check in one document, best first within each list."""

    search: _Search
    says: tuple[Match, ...]
    weakly: tuple[Match, ...]
    partly: tuple[Match, ...]
    opposes: tuple[Match, ...]
    elements: Mapping[str, tuple[Match, ...]]

    @cached_property
    def parts(self) -> Mapping[str, tuple[Match, ...]]:
        """What states each part of a compound; looked for when asked, since nobody asks where one statement says it all."""
        patterns = self.search.check.parts
        return {name: self.search.matches(patterns[name], enough=1) for name in patterns}


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
        self._counted: dict[Counted, int] = {}

    def counted(self, counted: Counted) -> int:
        """The clauses, as bits, of the statements that count: the same few kinds count for nearly all checks."""
        clauses = self._counted.get(counted)
        if clauses is None:
            clauses = self._counted[counted] = self._analysis.clauses_where(counted.takes)
        return clauses

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
        found = self._below(passage)
        if not self._analysis.document.beside_heading(top):  # what stands in the line of its heading is all about that
            found = {i for i in found if i >= statement.index}
        return found | self._table_after(top)

    def _table_after(self, passage: Passage) -> set[int]:
        """The rows right behind a paragraph that does not announce them: "The panel has five seats." and a table of the seats."""
        found: set[int] = set()
        if passage.kind != "row":
            for after in self._analysis.document.passages[passage.index + 1 :]:
                if after.kind != "row" or after.section != passage.section or after.parent is not None:
                    break
                found |= self._below(after.index)
        return found

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


SHOWN = 3
"""Most passages shown for one thing said; each element of a list shows its own."""


def gather(check: Check, analysis: Analysis, scope: Scope, law: tuple[str, ...] = ()) -> Findings:
    """Run a check's patterns over a document; `law` are the words by which a reprint that counts is known.

    Only as much is looked for as a verdict can show: where nothing opposes, what says it is enough once the best passages
    that any other pattern could come up with are found.
    """
    counted = scope.counted(Counted(check.counts_in, law))
    search = _Search(check, analysis, counted)
    weakly, partly = search.matches(check.weakly), search.matches(check.partly)
    opposes = search.matches(check.opposes, unless=check.opposes_unless, opposing=True)
    qualified = {m.statement.index for m in (*weakly, *partly)}
    outright = {m.statement.index for m in (*weakly, *(p for p in partly if not p.borrowed))}
    # of a list every head counts: each opens a place where elements are looked for
    enough = None if opposes or qualified or check.elements else SHOWN
    says = search.matches(check.says, unless=check.says_unless, enough=enough)
    if opposes or qualified:
        says, opposes = _more_specific(says, opposes, qualified, outright)
    around = -1
    if check.elements and check.says:
        near = {number for head in (*says, *weakly) for number in scope.around(head, check.scope)}
        around = analysis.clauses_of(near)
    elements = {key: search.matches(check.elements[key], within=around, enough=1) for key in check.elements}
    return Findings(search, says, weakly, partly, opposes, elements)


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for the patterns of one check in one document.

    Attributes:
        counted: the clauses, as bits, that count for the check.
    """

    check: Check
    analysis: Analysis
    counted: int

    def matches(
        self,
        patterns: tuple[Pattern, ...],
        *,
        unless: tuple[str, ...] = (),
        opposing: bool = False,
        within: int = -1,
        enough: int | None = None,
    ) -> tuple[Match, ...]:
        """What matches, best first, without what is said together with one of some concepts. Patterns that ask for most are tried first.

        With `enough` the search ends where that many matches are found which no other can surpass; what comes after them
        means nothing.
        """
        if not patterns or not within:
            return ()
        found: list[Match] = []
        best: list[int] = []  # of matches that only an earlier statement or a more specific pattern can surpass
        analysis, clauses = self.analysis, self.counted & within
        named = analysis.concepts.named
        ignored = others = excusing = -1  # as masks, once there is a match: most patterns have none
        for group in plans(patterns, analysis.concepts.finder):
            for plan in group:
                if not plan.needs <= named:
                    continue
                for m in carry_out(plan, analysis, clauses, opposing=opposing):
                    if ignored == -1:
                        ignored = any_of(self.check.ignore_with, analysis.concepts)
                        others = any_of(self.check.ignore_behind, analysis.concepts)
                        excusing = any_of(unless, analysis.concepts)
                    if (ignored and has_any(m, ignored)) or (others and said_of(m, others)):
                        continue
                    if m.statement.asks and not self.check.elements:
                        continue
                    found.append(m)
                    if enough is not None and _unsurpassed(m) and not (excusing and has_any(m, excusing)):
                        insort(best, m.statement.index)
                        if len(best) >= enough and m.statement.index >= best[enough - 1]:
                            clauses &= analysis.clauses_before(best[enough - 1])
                            break
            if enough is not None and len(best) >= enough:
                break
        if not found:
            return ()
        found = _in_main_clauses(found)
        kept = sorted(found if self.check.elements else _own_words(found), key=_rank)
        return tuple(m for m in kept if not excused(m, excusing)) if excusing else tuple(kept)


def _unsurpassed(match: Match) -> bool:
    """Whether it has the greatest force, is said in a main clause and needs no help from context."""
    return match.force == FORCES[-1] and not match.borrowed and match.in_main


def any_of(concepts: Sequence[str], named: DocumentConcepts) -> int:
    """The `members` of some concepts together, as a mask of the document's own."""
    mask = 0
    for concept in concepts:
        mask |= named.members(concept)
    return mask


def excused(match: Match, concepts: int) -> bool:
    """Whether one of the concepts of a mask stands in the match's own clause, or in the sentence that it takes its topic from."""
    before = match.statement.before
    taken = match.borrowed and before is not None and match.statement.takes_up_things and before.own_mask & concepts
    return bool(taken) or has_any(match, concepts)


def has_any(match: Match, concepts: int) -> bool:
    """Whether one of the concepts of a mask stands in the match's own clause; what a bracket adds changes nothing."""
    return any(True for _ in _in_clause(match, concepts))


def _in_clause(match: Match, concepts: int) -> Iterator[Occurrence]:
    """Where the concepts of a mask stand in the match's own clause, brackets left out."""
    statement, anchor = match.statement, match.anchor
    if statement.mask & concepts:
        for o in statement.places(concepts):
            if statement.syntax.related(anchor, o.start) and not statement.aside(anchor, o.start):
                yield o


def said_of(match: Match, concepts: int) -> bool:
    """Whether what is said is said of one of the concepts of a mask.

    It stands before it in its clause ("the chaplain meets ..."), or does it ("is held by the chaplain"). Named among other
    things behind it ("tells of the team, the EAP and the chaplain") it changes nothing, unless the context supplies a part:
    then it may be what is spoken of.
    """
    if match.borrowed:
        return has_any(match, concepts)
    tokens = match.statement.tokens
    return any(
        o.start < match.anchor or not _BEFORE_DOERS.isdisjoint(t.lower for t in tokens[max(0, o.start - 2) : o.start])
        for o in _in_clause(match, concepts)
    )


_BEFORE_DOERS = frozenset(("by", "of", "or"))
"""Of the two words before somebody, one that tells that it is done by him, that it is his, or that it may be he."""


def _more_specific(
    says: tuple[Match, ...], opposes: tuple[Match, ...], qualified: set[int], outright: set[int]
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """Where patterns of several kinds match one statement, the more specific kind holds.

    Weakly and partly are written for statements that says would take whole; opposes holds against says only with a
    pattern that asks for more ("unless the member requests it"). Of the `qualified` statements those that are so `outright`
    say nothing whole; a partly that borrows from context takes nothing from what says it in its own words.
    """
    asks: dict[int, int] = {}
    for m in says:
        asks[m.statement.index] = max(asks.get(m.statement.index, 0), specificity(m))
    opposes = tuple(m for m in opposes if specificity(m) > asks.get(m.statement.index, 0))
    beaten = outright | {m.statement.index for m in opposes}
    guessed = beaten | qualified
    return tuple(m for m in says if m.statement.index not in (guessed if m.borrowed else beaten)), opposes


def _rank(match: Match) -> tuple[int, int, int, int]:
    """Strongest first, then what says it in its own words, then by the pattern that asks for most, in document order."""
    return (-FORCES.index(match.force), match.borrowed, -specificity(match), match.statement.index)


def _in_main_clauses(found: list[Match]) -> list[Match]:
    """Without what is said beside the main clause of a statement that says it, too: "who has to leave should have approval"."""
    main = {m.statement.index for m in found if m.in_main}
    return [m for m in found if m.in_main or m.statement.index not in main]


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

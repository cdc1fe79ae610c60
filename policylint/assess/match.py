"""Does a statement say what a pattern says? With what force?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from policylint.assess.doers import Who, doer_fits
from policylint.language.analysis import Analysis
from policylint.language.automaton import Occurrence
from policylint.language.concepts import ConceptFinder
from policylint.language.cues import MAY, MUST, SHOULD
from policylint.language.statements import Statement
from policylint.packs.models import FORCES, Pattern

REACH = 60
"""Most tokens between the anchor and another part of a pattern in a statement's own words."""

LIST_REACH = 300
"""The same for patterns without a slot, which look for the members of long inline lists."""

_PASSIVE_PATTERN = re.compile(r"\b(must|should|may|can)( not)? be\b")


class Match(NamedTuple):
    """A pattern found in a statement.

    Attributes:
        force: the force with which the statement says it.
        start, end: the tokens of the statement it takes up.
        in_lead: the anchor stands in the lead-in of a list item, so that the whole list says it.
        anchor: the token at which it says it.
        uses_lead: the lead-in of a list item says some of it: a part, the doer, the force or the denial.
        borrowed: how many parts the context supplies (a heading, the sentence before).
        in_main: it is said in the main clause, and not in one that tells about a noun ("those who have to leave").
    """

    statement: Statement
    pattern: Pattern
    force: str
    start: int
    end: int
    in_lead: bool
    anchor: int = 0
    uses_lead: bool = False
    borrowed: int = 0
    in_main: bool = True


def at_least(force: str, asked: str) -> bool:
    """Whether a force is as strong as the one asked for."""
    return FORCES.index(force) >= FORCES.index(asked)


@dataclass(frozen=True, slots=True)
class Counted:
    """Which statements count beside those of the body.

    Attributes:
        places: voices and places of a check's `counts_in`: "purpose", "elsewhere".
        law: words by which the reprinted text of a statute is known; it counts for that statute's own pack.
    """

    places: frozenset[str] = frozenset()
    law: tuple[str, ...] = ()

    def takes(self, statement: Statement) -> bool:
        """Whether a statement's voice and place let it count."""
        if statement.voice in ("disclaimer", "question"):
            return False
        if statement.voice == "statute":
            return any(word in statement.law for word in self.law)
        if statement.voice == "purpose" and "purpose" not in self.places:
            return False
        return not statement.elsewhere or "elsewhere" in self.places


@dataclass(frozen=True, slots=True)
class Plan:
    """How to look for a pattern: its anchor, its doer, the rest of its parts, and what must be there beside the anchor.

    `needs` are the concepts without any of which a document cannot say it. The doer is a person or group before the slot. One that the lexicon says is implied need not be named: an
    imperative, a pronoun or a passive leaves it open. So does a ban in the passive ("shall not be asked"), which binds all.
    """

    pattern: Pattern
    needs: frozenset[str]
    concepts: tuple[str, ...]
    anchor: int
    doer: int | None
    rest: tuple[int, ...]
    others: tuple[int, ...]
    open_doer: bool
    patient_first: bool
    denies_parts: bool
    reach: int


@lru_cache(maxsize=16384)
def plans(patterns: tuple[Pattern, ...], finder: ConceptFinder) -> tuple[tuple[Plan, ...], ...]:
    """How to look for patterns, those together that ask for as many things as each other, those that ask for most first."""
    order = sorted(patterns, key=asked, reverse=True)
    return tuple(tuple(_plan(pattern, finder) for pattern in group) for _, group in groupby(order, key=asked))


@lru_cache(maxsize=16384)
def _plan(pattern: Pattern, finder: ConceptFinder) -> Plan:
    required = [i for i, p in enumerate(pattern.parts) if not p.optional]
    anchor, doer = required[0], None
    own = [finder.mask((p.concept,)) for p in pattern.parts]
    if pattern.slot is not None:
        anchor = next((i for i in required if i >= pattern.slot), required[-1])
        doer = next((i for i in required if i < pattern.slot and own[i] & finder.acting), None)
    others = tuple(i for i in required if i not in (anchor, doer))
    return Plan(
        pattern=pattern,
        needs=frozenset(pattern.parts[i].concept for i in (anchor, *others)),
        concepts=tuple(part.concept for part in pattern.parts),
        anchor=anchor,
        doer=doer,
        rest=tuple(i for i in range(len(pattern.parts)) if i not in (anchor, doer)),
        others=others,
        open_doer=doer is None or pattern.negated or bool(own[doer] & finder.implied),
        patient_first=_PASSIVE_PATTERN.search(pattern.text) is not None,
        denies_parts=pattern.negated or pattern.slot is None,
        reach=REACH if pattern.slot is not None else LIST_REACH,
    )


class _Look(NamedTuple):
    """A pattern as it is looked for in one document: `masks` are what its parts stand for there.

    Attributes:
        opposing: it contradicts, and so takes less from the context of a statement.
        who: whom it asks for, or None where it asks for nobody.
    """

    plan: Plan
    masks: tuple[int, ...]
    opposing: bool
    who: Who | None


@lru_cache(maxsize=16384)
def asked(pattern: Pattern) -> int:
    """How many things a pattern asks for."""
    return sum(not part.optional for part in pattern.parts)


def specificity(match: Match) -> int:
    """How many things a match's pattern asks for."""
    return asked(match.pattern)


def find(pattern: Pattern, analysis: Analysis, counted: Counted, *, opposing: bool = False) -> Iterator[Match]:
    """Every statement of a document that counts and says what a pattern says. As `carry_out`."""
    plan = _plan(pattern, analysis.concepts.finder)
    return carry_out(plan, analysis, analysis.clauses_where(counted.takes), opposing=opposing)


def carry_out(plan: Plan, analysis: Analysis, clauses: int, *, opposing: bool = False) -> Iterator[Match]:
    """Every statement that says what a plan's pattern says, in document order; `clauses` are those to look at, as bits.

    An `opposing` pattern takes less from the context of a statement.
    """
    names = plan.concepts
    candidates = analysis.naming[names[plan.anchor]] & clauses
    if candidates and plan.pattern.negated:
        candidates &= analysis.denying
    reaching = analysis.reaching_firmly if opposing else analysis.reaching
    for number in plan.others:
        if not candidates:
            return _NO_MATCH
        candidates &= reaching[names[number]]
    if candidates and plan.doer is not None and not plan.open_doer:
        candidates &= analysis.open_to[names[plan.doer]]
    return _matches(plan, analysis, candidates, opposing=opposing) if candidates else _NO_MATCH


def _matches(plan: Plan, analysis: Analysis, candidates: int, *, opposing: bool) -> Iterator[Match]:
    masks = tuple(map(analysis.concepts.members, plan.concepts))
    who = None if plan.doer is None else Who(masks[plan.doer], plan.open_doer, plan.patient_first, opposing)
    look = _Look(plan, masks, opposing, who)
    for statement in analysis.chosen(candidates):
        found = match(look, statement)
        if found is not None:
            yield found


_NO_MATCH: Iterator[Match] = iter(())


def match(look: _Look, statement: Statement) -> Match | None:
    """The best way a statement says what a pattern says, in its main clause if there at all; or None."""
    best: Match | None = None
    for anchor in statement.places(look.masks[look.plan.anchor]):
        found = _match_at(look, statement, anchor)
        if found is not None and (best is None or _better(found, best)):
            best = found
            if best.force == MUST and best.in_main:
                break
    return best


def _better(found: Match, best: Match) -> bool:
    if found.in_main != best.in_main:
        return found.in_main
    return found.force != best.force and at_least(found.force, best.force)


def _match_at(look: _Look, statement: Statement, anchor: Occurrence) -> Match | None:
    plan = look.plan
    pattern = plan.pattern
    if pattern.slot is not None and not _possible(look, statement, anchor):
        return None
    used = _placed(look, statement, anchor, plan.rest) if plan.rest else [anchor]
    if used is None and len(plan.rest) > 1:
        # parts are placed nearest first; when one takes the only place of another, the other order may do
        used = _placed(look, statement, anchor, plan.rest[::-1])
    if used is None:
        return None
    start, own_from, syntax = anchor[0], statement.own_from, statement.syntax
    own = [o for o in used if o[0] >= own_from] if own_from else used
    if not own:
        return None
    if pattern.slot is None:
        if syntax.failed(used):
            return None
        force = syntax.force_of_mention(start)
    elif _polarity_fits(pattern, statement, used):
        force = _force(pattern, statement, anchor)
    else:
        return None
    lacking = len(plan.others) + 1 - len(used)
    if lacking > 0 and statement.title:
        lacking -= _titled(look, statement)
    first = last = own[0]
    if len(own) > 1:
        first, last = min(own), max(own, key=_END)
    return Match(
        statement,
        pattern,
        force,
        first[0],
        last[1],
        start < own_from,  # in_lead
        start,
        len(own) < len(used) or (pattern.slot is not None and own_from > 0),  # uses_lead
        max(0, lacking),  # borrowed
        syntax.segment(start).kind == "main",  # in_main
    )


_END = itemgetter(1)


def _placed(look: _Look, statement: Statement, anchor: Occurrence, numbers: tuple[int, ...]) -> list[Occurrence] | None:
    """Places for the parts of a pattern, or None when a required one has none."""
    used = [anchor]
    plan, masks, named = look.plan, look.masks, statement.mask
    for number in numbers:
        concepts = masks[number]
        place = _nearest(statement, concepts, used, plan) if concepts & named else None
        if place is not None:
            used.append(place)
        elif number in plan.others and not _context(statement, anchor, opposing=look.opposing) & concepts:
            return None
    return used


def _titled(look: _Look, statement: Statement) -> int:
    """How many parts the heading names in whose line a statement stands, and not the statement: they are as good as said."""
    title = statement.title & ~statement.mask
    return sum(bool(look.masks[i] & title) and not look.masks[i] & statement.mask for i in look.plan.others)


def _context(statement: Statement, anchor: Occurrence, *, opposing: bool) -> int:
    """What the context of a statement supplies; of things, an opposing pattern takes only what a pronoun or a word or two under a heading stand for."""
    if not opposing:
        return statement.context
    taken = statement.context & statement.concepts.actors | statement.taken_up(anchor)
    return taken | statement.heading_mask if statement.terse else taken


def _nearest(statement: Statement, concepts: int, used: list[Occurrence], plan: Plan) -> Occurrence | None:
    """The occurrence of a concept nearest to the anchor that no other part has taken and that belongs to its clause.

    It may stand behind a "without" or "no" of its own only where the pattern denies or does not ask. This is asked
    thousands of times: what can be told without a call comes first.
    """
    start, end, _ = used[0]
    own_from, syntax, reach = statement.own_from, statement.syntax, plan.reach
    roots = syntax.roots
    root, others = roots[start], used[1:]
    may_be_denied = plan.denies_parts or not syntax.denies
    best, distance = None, reach + 1
    for o in statement.places(concepts):
        here, there, _ = o
        if here >= end:
            gap = here - end
        elif there <= start:
            gap = start - there
        else:
            continue  # the anchor has taken it
        if gap > reach and (here < own_from) != (start < own_from):
            gap = reach
        if gap >= distance or (roots[here] != root and not syntax.related(start, here)):
            continue
        if others and _taken(here, there, others):
            continue
        if may_be_denied or here < start or not syntax.part_denied(start, here, used):
            best, distance = o, gap
    return best


def _taken(start: int, end: int, used: list[Occurrence]) -> bool:
    """Whether tokens [start, end) overlap what other parts have taken."""
    for here, there, _ in used:  # noqa: SIM110 - any() takes twice as long, and this is asked thousands of times
        if start < there and here < end:
            return True
    return False


def _possible(look: _Look, statement: Statement, anchor: Occurrence) -> bool:
    """What can be told from the anchor alone: it is asserted, something is denied if need be, and the doer fits."""
    syntax = statement.syntax
    if look.plan.pattern.negated and not syntax.denies:
        return False
    if syntax.only_named(anchor[0]) or (look.opposing and syntax.told_of_person(anchor[0])):
        return False
    return look.who is None or doer_fits(statement, anchor, look.who)


def _polarity_fits(pattern: Pattern, statement: Statement, used: list[Occurrence]) -> bool:
    if not statement.syntax.denies:
        return not pattern.negated
    syntax, (start, end, _) = statement.syntax, used[0]
    if syntax.denied(start, end, [(a, b) for a, b, _ in used[1:]]) != pattern.negated:
        return False
    parted = syntax.past_denial if pattern.negated else syntax.denied_before
    return not any(parted(start, o[0]) for o in used[1:])


def _force(pattern: Pattern, statement: Statement, anchor: Occurrence) -> str:
    """The force said at the anchor, read as the pattern's slot word tells."""
    found = statement.syntax.force(anchor.start)
    if pattern.slot_word == "may" and found == MAY:
        return MUST
    if pattern.slot_word == "can" and found == MAY:
        return MAY if _someone_elses_choice(statement, anchor) else MUST
    if pattern.slot_word == "should" and found == SHOULD:
        return MUST
    return found


def _someone_elses_choice(statement: Statement, anchor: Occurrence) -> bool:
    segment = statement.syntax.segment(anchor.start)
    cue = statement.tokens[segment.cue[0]].lower if segment.cue else ""
    return statement.syntax.passive(anchor.start) or segment.lowered or cue in ("could", "might")

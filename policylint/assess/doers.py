"""Who does it: whether the doer that a pattern asks for is the one of a statement, or is left open. Roles are not exchanged."""

from __future__ import annotations

from typing import NamedTuple

from policylint.language.automaton import Occurrence
from policylint.language.concepts import SUPPORTER
from policylint.language.cues import PREPOSITIONS, PRONOUNS
from policylint.language.segments import Segment
from policylint.language.statements import TAKING_OVER, Actors, Statement

_NOUN_REACH = 5
"""Tokens after a noun that stands for an act in which "of" may tell whose act it is ("on demand of the chief")."""

_NO_SUBJECT = frozenset(
    "the a an any all each every no not never always also only then and or but nor neither either there it this that these "
    "those such may must shall will should can if when where be is are who which nothing nobody none one".split()
)
"""Words before a verb that name nothing."""

_QUANTIFIED = frozenset(("nothing", "anything", "everything", "nobody", "none"))

_SPEAKER_AND_READER = frozenset(("i", "we", "you"))

_PLAIN_MEMBERS = ("recipient", "candidate")


class Who(NamedTuple):
    """Whom a pattern asks for.

    Attributes:
        doer: the concepts, as a mask of the document's own.
        left_open: it need not be named.
        patient_first: the pattern is passive: it is the one to whom something is done.
        opposing: the pattern contradicts.
    """

    doer: int
    left_open: bool
    patient_first: bool
    opposing: bool


def doer_fits(statement: Statement, anchor: Occurrence, who: Who) -> bool:
    """Whether who does what the anchor says is who is asked for, or is left open; found out once for all patterns that ask.

    Who is not left open must be among the statement's `reach` or `possible_doers`.

    A contradiction is not made of a sentence about something else ("Confidentiality does not extend to ..."): where the
    clause has a subject of its own, it must be the one meant.
    """
    asked = (anchor.start, anchor.end, *who)
    fits = statement.answers.get(asked)
    if fits is None:
        fits = statement.answers[asked] = _found_out(statement, anchor, who)
    return fits


def _found_out(statement: Statement, anchor: Occurrence, who: Who) -> bool:
    doer = who.doer
    known = bool(statement.reach & doer)
    syntax = statement.syntax
    segment = syntax.segment(anchor.start)
    passive = syntax.passive(anchor.start)
    if passive and not who.patient_first:
        return _agent_after_by(statement, anchor, doer, open_doer=who.left_open or known)
    before = (
        min(segment.verb_at, anchor.start) if segment.cue is None or segment.cue[0] <= anchor.start else anchor.start
    )
    if who.patient_first and not passive and not _be_before(statement, anchor):
        return known and _patient_fits(statement, segment, anchor, who)
    named = statement.actors_between(segment.start, max(segment.start, before))
    source = segment
    while (
        not named.heads
        and (source.continues or source.kind in ("rel", "only", "time", "except"))
        and source.parent is not None
    ):
        source = source.parent
        stop = min(source.verb_at, anchor.start)
        named = statement.actors_between(source.start, max(source.start, stop))
    if statement.before is not None and _takes_over(statement, segment.start):
        above = statement.before.subject
        if above.heads or (not named.heads and named.pronoun and not named.others):
            named = above
    if not named.heads and statement.doer_above:
        return bool(statement.doer_above & doer)
    if any(o.start < anchor.start and o.mask & doer for o in statement.serving_as):
        return True
    if who.opposing and not named.heads and _other_subject(statement, segment.start, before, doer):
        return False
    return _fits(statement, named, doer, open_doer=who.left_open or known) or _named_before_who(
        statement, segment, doer
    )


def _named_before_who(statement: Statement, segment: Segment, doer: int) -> bool:
    """Whether what a person does whom another clause names is told of right behind: "shall appoint a coordinator, who shall:"."""
    source: Segment | None = segment
    while source is not None and source.kind != "rel" and source.continues and source.parent is not None:
        source = source.parent
    tokens, own = statement.tokens, statement.own_from
    if source is not None and source.kind != "rel" and 0 < own <= segment.start:
        if segment.cue is not None or statement.actors_between(segment.start, segment.verb_at).heads:
            return False
        source = statement.syntax.segment(own - 1)
    if source is None or source.kind != "rel" or source.start == 0 or tokens[source.start].lower != "who":
        return False
    end = source.start - (tokens[source.start - 1].lower == ",")
    if segment is not source and source.cue is None:
        return False
    return any(o.end == end and o.mask & doer for o in statement.places(doer))


def _takes_over(statement: Statement, start: int) -> bool:
    """A pronoun subject, or none at all at the head of a list item, takes over the subject before it."""
    return start < len(statement.tokens) and statement.tokens[start].lower in TAKING_OVER


def _other_subject(statement: Statement, start: int, verb: int, doer: int) -> bool:
    """Whether a clause names something else than the doer before its verb ("Confidentiality", "Assignment to the team")."""
    if start < statement.own_from < verb:
        start = statement.own_from
    words = [t.lower for t in statement.tokens[start:verb] if t.lower.isalpha() and not t.lower.endswith("ly")]
    if (
        not words
        or words[0] in PRONOUNS | _QUANTIFIED | _SPEAKER_AND_READER
        or all(w in PREPOSITIONS | _NO_SUBJECT for w in words)
    ):
        return False
    named = [o for o in statement.places(doer) if start <= o.start < verb + _NOUN_REACH]
    return not any(_of(statement, o) or (o.start < verb and not statement.oblique(o, start)) for o in named)


def _of(statement: Statement, o: Occurrence) -> bool:
    """Whether a phrase tells whose thing it is: "the choice of a peer supporter"."""
    return any(t.lower == "of" for t in statement.tokens[max(0, o.start - 3) : o.start])


def _be_before(statement: Statement, anchor: Occurrence) -> bool:
    """Whether a form of "be" stands before an anchor, or begins it ("is a licensed psychologist")."""
    return any(t.key == "be" for t in statement.tokens[max(0, anchor.start - 6) : anchor.start + 1])


def _patient_fits(statement: Statement, segment: Segment, anchor: Occurrence, who: Who) -> bool:
    """A passive pattern against an active verb: its person is named, but does not do it.

    Where somebody does it, a contradiction wants that person named beside them: "The coordinator shall not review
    personnel files", under the heading of the program, is not about the program.
    """
    subjects = statement.actors_between(segment.start, min(segment.verb_at, anchor.start)).heads
    if who.opposing and subjects and not (statement.mask | statement.taken_up(anchor)) & who.doer:
        return False
    return not any(o.mask & who.doer for o in subjects)


def _agent_after_by(statement: Statement, anchor: Occurrence, doer: int, *, open_doer: bool) -> bool:
    """In the passive the doer stands after "by"; a patient is no doer; nobody named leaves it open."""
    syntax = statement.syntax
    segment = syntax.segment(anchor.start)
    for at in range(anchor.end, min(segment.end, anchor.end + 25)):
        if statement.tokens[at].lower == "by":
            named = [o for o in statement.places(statement.concepts.actors) if at < o.start <= at + 5]
            if named:
                return any(o.mask & doer for o in statement.occurrences if at < o.start <= at + 8)
    patients = statement.actors_between(segment.start, anchor.start).heads
    if any(o.mask & doer for o in patients):
        return False
    return open_doer


def _fits(statement: Statement, named: Actors, doer: int, *, open_doer: bool) -> bool:
    if any(o.mask & doer for o in named.heads):
        return True
    if not named.heads:
        return open_doer
    # under a heading about peer supporters, plain "members" are peer supporters
    concepts = statement.concepts
    supporter, plain = concepts.members(SUPPORTER), concepts.mask(_PLAIN_MEMBERS)
    return bool(doer & supporter and statement.heading_mask & supporter) and all(o.mask & plain for o in named.heads)

"""The structure of a statement: its segments (clauses and parts of clauses), and what force and polarity reach a word.

No trained model: policies are written in a narrow English in which modal verbs, commas and a closed set of
subordinators mark the clauses well enough. A segment begins at a subordinator, a strong mark, or a further modal verb;
a comma closes a subordinate clause and takes up the main clause again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policylint.document import Span
from policylint.language.cues import (
    BE_FORMS,
    CLAUSE_SUBJECTS,
    COORDINATORS,
    CUES,
    FINITE,
    MAY,
    MUST,
    OPENING_WORDS,
    PARTICIPLE_DENIERS,
    PARTICIPLES,
    PREPOSITIONS,
    PRONOUNS,
    SHOULD,
    Cue,
)
from policylint.language.words import Token

_LENGTHS = {
    first: tuple(sorted({len(entry) for entry in CUES if entry[0] == first}, reverse=True))
    for first in {entry[0] for entry in CUES}
}
_COMPLEMENTS = frozenset(("that", "what", "how", "why"))
"""Words that open a clause which is told or decided, with a subject of its own."""
POINTERS = frozenset(("it", "them", "this", "these", "such", "they"))
"""Pronouns by which a clause takes up what the clause before it named."""
ONLY = frozenset(("only", "solely", "exclusively"))
_BEFORE_BUT = frozenset("nothing none one anything all everything nobody not no".split())
"""Before "but" these make it mean "only"."""
_MODALS = frozenset("shall must will should may can could might".split())
_HARD = frozenset(";:.?!—–…")


@dataclass(slots=True)
class Denial:
    """A word or phrase that denies: where it stands and what it reaches ("right", "all", "clause")."""

    start: int
    end: int
    reach: str
    verb: bool = False


@dataclass(slots=True)
class Segment:
    """A clause, or a part of one.

    Attributes:
        kind: "main", "rel", "time", "if", "except" or "only".
        parent: the segment it continues (same subject, same force) or depends on.
        continues: True when it takes up the parent's clause: what the parent's subject denies holds here, too.
        fresh: it follows "but": what denies the clause before does not deny it.
        exclusive: it begins with "nobody but" or the like, which means "only".
        cue: (start, end, force) of its own force cue.
        lowered: it holds a phrase such as "ideally" or "where possible".
        hidden: token ranges of phrases that deny nothing beyond themselves ("not limited to").
        finite: its first form of "be", "do" or "have", the verb of a clause without a cue.
    """

    start: int
    kind: str
    parent: Segment | None = None
    continues: bool = False
    fresh: bool = False
    exclusive: bool = False
    end: int = 0
    cue: tuple[int, int, str] | None = None
    lowered: bool = False
    finite: int | None = None
    hidden: list[Span] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)

    @property
    def verb_at(self) -> int:
        """Where the subject of the segment ends: at its force cue, else at its first "is" or "does", else at its end."""
        if self.cue:
            return self.cue[0]
        return self.end if self.finite is None else self.finite


def cue_at(keys: Sequence[str], at: int) -> tuple[int, Cue] | None:
    """The longest cue that begins at a word: (number of words, cue)."""
    for length in _LENGTHS.get(keys[at], ()):
        found = CUES.get(tuple(keys[at : at + length]))
        if found is not None:
            return length, found
    return None


def _combined(modal: str, second: str, verb: str) -> str:
    """The force of two cues in one verb: "shall be encouraged to" is should, "should be free to" is should."""
    if verb == "asked" or modal == MAY:
        return modal
    return modal if second == MUST or (modal == SHOULD and second == MAY) else second


class Syntax:
    """The segments of a run of tokens, and the questions the pattern matcher asks of them."""

    def __init__(self, tokens: Sequence[Token], joints: Sequence[int] = ()) -> None:
        """Analyse tokens; `joints` are the places where a list item follows its lead-in."""
        self.tokens = tokens
        self._keys = tuple(t.key for t in tokens)
        self.segments: list[Segment] = []
        self._inside: Sequence[Span] = ()
        self._segment_of: list[int] = [0] * len(tokens)
        self._joints = frozenset(joints)
        self._scan(self._joints)

    # -- building -----------------------------------------------------------------------------------------------

    def _scan(self, joints: frozenset[int]) -> None:
        self._open(0, "main", None, continues=False)
        at, tokens = 0, self.tokens
        while at < len(tokens):
            if at in joints and at > self._now.start:
                self._open(at, "main", self._main(), continues=True)
            word = tokens[at].lower
            if word in _HARD:
                self._mark(at, word)
                at += 1
            elif word == ",":
                self._comma(at)
                at += 1
            elif word == "but" and at > self._now.start and tokens[at - 1].lower not in _BEFORE_BUT:
                self._open(at + 1, "main", self._main(), continues=True)
                self._now.fresh = True
                at += 1
            else:
                at += self._cue(at)
        self._close(len(tokens))
        for number, segment in enumerate(self.segments):
            self._segment_of[segment.start : segment.end] = [number] * (segment.end - segment.start)
            if segment.cue is None:
                verbs = (at for at in range(segment.start, segment.end) if tokens[at].lower in FINITE)
                segment.finite = next(verbs, None)

    @property
    def _now(self) -> Segment:
        return self.segments[-1]

    def _main(self) -> Segment | None:
        return next((s for s in reversed(self.segments) if s.kind == "main"), None)

    def _close(self, at: int) -> None:
        if self.segments:
            self._now.end = at

    def _open(self, at: int, kind: str, parent: Segment | None, *, continues: bool) -> None:
        self._close(at)
        self.segments.append(Segment(at, kind, parent, continues))

    def _mark(self, at: int, word: str) -> None:
        fresh = word in ".?!" or (word == ";" and self._has_own_subject(at + 1))
        self._open(at + 1, "main", None if fresh else self._main(), continues=not fresh)

    def _has_own_subject(self, start: int) -> bool:
        """After a semicolon: a clause of its own ("they refer ..."), not a further item of the same list."""
        if start < len(self.tokens) and self.tokens[start].lower in PRONOUNS:
            return True
        for at in range(start + 1, len(self.tokens)):
            if self.tokens[at].lower in _HARD:
                break
            if self.tokens[at].lower in FINITE:
                return True
        return False

    def _comma(self, at: int) -> None:
        if self._now.kind == "main" and self._own_clause_follows(at):
            self._open(at + 2, "main", self._now, continues=False)
        elif self._now.kind != "main":
            main = self._main()
            empty = main is None or main.end - main.start == 0
            fronted = self.segments[1:]
            self._open(at + 1, "main", None if empty else main, continues=not empty)
            if empty:
                for segment in fronted:
                    if segment.parent is main:
                        segment.parent = self._now

    def _cue(self, at: int) -> int:
        found = cue_at(self._keys, at)
        if found is None:
            self._conjunction(at)
            if self.tokens[at].lower in FINITE:
                self._finite(at)
            return 1
        length, cue = found
        if cue.opens and (length > 1 or self._opens(at)):
            self._subordinate(at, cue.opens)
            return length
        if cue.force and self.tokens[at].lower == "should" and at == self._now.start and self._inverted(at):
            self._open(at, "if", self._main(), continues=False)
        elif cue.force:
            self._force(at, length, cue.force)
        if cue.lowers:
            self._now.lowered = True
        if cue.denies:
            self._deny(at, length, cue.denies)
        if cue == Cue():
            self._now.hidden.append((at, at + length))
        return length

    def _own_clause_follows(self, at: int) -> bool:
        """After a comma: "and a member who abuses it may be ...", a clause with its own subject and verb."""
        tokens = self.tokens
        if at + 2 >= len(tokens) or tokens[at + 1].lower not in ("and", "or") or tokens[at + 2].lower not in CLAUSE_SUBJECTS:
            return False
        for place in range(at + 3, len(tokens)):
            lower = tokens[place].lower
            if lower in _HARD or lower == ",":
                return False
            if lower in FINITE or lower in _MODALS:
                return True
        return False

    def _inverted(self, at: int) -> bool:
        """ "Should a member ask, ...": a condition, if a comma ends it."""
        return any(t.lower == "," for t in self.tokens[at : at + 40])

    def _opens(self, at: int) -> bool:
        """Whether a single word opens a clause; "provided" and "upon" do so only after a comma or at the start."""
        word = self.tokens[at].lower
        if word in ("provided", "upon"):
            return at == self._now.start or self.tokens[at - 1].lower == ","
        return word in OPENING_WORDS

    def _subordinate(self, at: int, kind: str) -> None:
        if kind == "rel" and self.tokens[at].lower == "that" and not self._that_opens(at):
            return
        parent = self._now if self._now.kind in ("main", "rel") else self._main()
        self._open(at, kind, parent, continues=False)

    def _that_opens(self, at: int) -> bool:
        """Whether "that" opens a clause ("records that identify") rather than points ("that role")."""
        return at > 0 and self.tokens[at - 1].lower not in PREPOSITIONS | {","} and at > self._now.start

    def _force(self, at: int, length: int, force: str) -> None:
        now = self._now
        if now.cue is not None and self._same_verb(now.cue, at):
            now.cue = (now.cue[0], at + length, _combined(now.cue[2], force, self.tokens[min(at + 1, len(self.tokens) - 1)].lower))
            return
        if now.cue is not None:
            split = self._coordinator(now.cue[1], at)
            own_subject = split is not None and at - split > 1
            begin = at if split is None else split + 1
            parent = self._main() or now
            self._open(begin, "main", parent, continues=not own_subject)
            self._move_denials(now, begin)
        elif now.kind == "rel" and not self._own_clause(now, at):
            self._open(at, "main", self._main(), continues=True)
        elif now.kind == "main":
            self._second_predicate(now, at)
        if force == MAY and (self._now.exclusive or any(t.lower in ONLY for t in self.tokens[self._now.start : at])):
            force = MUST  # "only a psychologist may": nobody else may
        self._now.cue = (at, at + length, force)

    def _second_predicate(self, now: Segment, at: int) -> None:
        """ "... are not confidential and may be shared": a modal after a clause that has its verb begins a new predicate."""
        verb = next((i for i in range(now.start, at) if self.tokens[i].lower in FINITE), None)
        split = None if verb is None else self._coordinator(verb + 1, at)
        if split is not None:
            self._open(split + 1, "main", now, continues=at - split <= 1)
            self._move_denials(now, split + 1)
            if self._now.continues:
                self._now.fresh = True

    def _same_verb(self, cue: tuple[int, int, str], at: int) -> bool:
        """ "shall not be asked to", "should be free to", "can recommend that": a cue right behind a modal belongs to it."""
        if at - cue[1] > 3:
            return False
        return all(t.lower in ("not", "also", "never", "then") or t.lower.endswith("ly") for t in self.tokens[cue[1] : at])

    def _own_clause(self, rel: Segment, at: int) -> bool:
        """Whether a modal belongs to the clause that "who" or "that" opened, and not to the one it interrupts."""
        first = rel.start + 1
        if at <= first or self._only_adverbs(first, at):
            return True
        opener = self.tokens[rel.start].lower
        if opener not in _COMPLEMENTS or self.tokens[first].lower not in CLAUSE_SUBJECTS or (opener != "that" and rel.start == 0):
            return False
        nested = rel.parent is not None and rel.parent.kind == "rel"
        main = self._main()
        return not (nested and main is not None and main.cue is None)

    def _finite(self, at: int) -> None:
        """ "members who are not on the team | are invited": a second finite verb takes up the main clause."""
        now, tokens = self._now, self.tokens
        if now.kind != "rel" or at - now.start < 2 or tokens[now.start].lower not in ("who", "which", "that"):
            return
        if self._own_clause(now, at) or tokens[at - 1].lower in COORDINATORS | {"not", "to"}:
            return
        second = tokens[now.start + 1].lower
        if second in FINITE and at - now.start < 3:
            return
        self._open(at, "main", self._main(), continues=True)

    def _move_denials(self, old: Segment, begin: int) -> None:
        self._now.denials = [d for d in old.denials if d.start >= begin]
        old.denials = [d for d in old.denials if d.start < begin]

    def _only_adverbs(self, start: int, end: int) -> bool:
        return all(t.lower.endswith("ly") for t in self.tokens[start:end])

    def _coordinator(self, start: int, end: int) -> int | None:
        """The last place between two cues where one predicate ends and the next begins."""
        for at in range(end - 1, start - 1, -1):
            if self.tokens[at].lower in ("and", "or", "but", ","):
                return at
        return None

    def _conjunction(self, at: int) -> None:
        """ "... and is", "... and does not": a new predicate with the same subject."""
        tokens, now = self.tokens, self._now
        if tokens[at].lower == "and" and now.kind == "rel" and now.cue and tokens[now.start].lower in ("what", "how", "why"):
            self._open(at + 1, "main", self._main(), continues=True)
        elif tokens[at].lower in COORDINATORS and at + 1 < len(tokens) and tokens[at + 1].lower in FINITE and now.kind == "main":
            self._open(at + 1, "main", now, continues=True)
            self._now.cue = (at + 1, at + 1, MUST)

    def _deny(self, at: int, length: int, reach: str) -> None:
        word = self.tokens[at].lower
        following = self.tokens[at + length].lower if at + length < len(self.tokens) else ""
        if reach == "all" and following == "but" and at == self._now.start:
            self._now.exclusive = True  # "nobody but a psychologist may": only a psychologist may
            return
        if length == 1 and word in PARTICIPLE_DENIERS and following != "from":
            reach = "clause"
        verb = reach != "all" and word not in ("not", "never", "neither", "nor", "cannot", "no", "without", "rather", "instead", "in") and not word.endswith("n't")
        self._now.denials.append(Denial(at, at + length, reach, verb))

    # -- questions ----------------------------------------------------------------------------------------------

    def segment(self, at: int) -> Segment:
        """The segment that holds a token."""
        return self.segments[self._segment_of[at]]

    def related(self, left: int, right: int) -> bool:
        """Whether two tokens belong to one clause with what depends on it, and not to two that only stand side by side."""
        a, b = self.segment(left), self.segment(right)
        if self._root(a) is self._root(b):
            return True
        # "... shall schedule continuing training, and peer supporters shall attend it"
        words = self.tokens[a.start : a.end]
        return b.start < a.start and bool(words) and (words[0].lower == "the" or any(t.lower in POINTERS for t in words))

    @staticmethod
    def _root(segment: Segment) -> Segment:
        """The clause a segment continues or depends on: the first one with a subject of its own."""
        while segment.parent is not None and (segment.continues or segment.kind != "main"):
            segment = segment.parent
        return segment

    def force(self, at: int) -> str:
        """The force that reaches a token: its segment's own cue, else that of the clause it belongs to, else must."""
        segment: Segment | None = self.segment(at)
        lowered = False
        while segment is not None:
            lowered = lowered or segment.lowered
            if segment.cue is not None:
                return MAY if lowered else self._cue_force(segment, segment.cue)
            segment = segment.parent
        return MAY if lowered else MUST

    @staticmethod
    def _cue_force(segment: Segment, cue: tuple[int, int, str]) -> str:
        """ "Nobody may" is a ban, not a permission."""
        if cue[2] == MAY and any(d.start <= cue[1] + (3 if d.reach == "all" else 0) and not d.verb for d in segment.denials):
            return MUST
        return cue[2]

    def denied(self, start: int, end: int, inside: Sequence[Span] = ()) -> bool:
        """Whether the phrase at tokens [start, end) is denied, double negation undone.

        Denials within the token ranges `inside` belong to other phrases ("employees not on the team") and deny only those.
        """
        self._inside = inside
        segment = self.segment(start)
        flips = self._own_flips(segment, start, end)
        if segment.kind == "except":
            # "not ... unless x" asks for x; "... unless x" does not say x
            return not (segment.parent is not None and self._whole_flips(segment.parent) % 2) or flips % 2 == 1
        if self._shares_denial(segment) and segment.parent is not None:
            flips += self._whole_flips(segment.parent, segment.start)
        elif segment.continues and not segment.fresh and segment.parent is not None and not self._repeats(segment):
            flips += self._inherited_flips(segment)
        return flips % 2 == 1

    def _repeats(self, segment: Segment) -> bool:
        """ "Never:" + "never press": an item that begins with a denial repeats its lead-in's."""
        return any(0 <= d.start - joint <= 1 for d in segment.denials for joint in self._joints)

    def part_denied(self, anchor: int, at: int) -> bool:
        """Whether a phrase behind the anchor is denied by itself: "run a debriefing without a clinician"."""
        if at < anchor:
            return False
        segment = self.segment(at)
        near = (d for d in segment.denials if anchor < d.start and d.end <= at and not d.verb and at - d.end <= 4)
        return any(not any(t.lower in (",", "but") for t in self.tokens[d.end : at]) for d in near)

    def _shares_denial(self, segment: Segment) -> bool:
        """Whether what denies the clause above denies this one: "not ... when x" says nothing of x; "not before x" asks for x."""
        if segment.kind == "time":
            return self.tokens[segment.start].lower not in ("before", "prior", "because", "although", "though")
        return segment.kind in ("rel", "only")

    def _own_flips(self, segment: Segment, start: int, end: int) -> int:
        subject = aux = verb = after = 0
        for denial in self._denials(segment):
            if denial.start >= start and denial.end <= end:
                continue
            if denial.reach == "clause" or (denial.start < start and denial.verb):
                verb = 1
            elif denial.start < start:
                if denial.reach == "all" and (segment.cue is None or denial.start < segment.cue[0]):
                    subject = 1
                elif not self._cut_off(denial, start):
                    aux = 1
            elif denial.reach == "all" and denial.start - end <= 8 and not self._parted(end, denial.start):
                after = 1
        if any(a < start < b for a, b in segment.hidden):
            aux = 1
        return subject + (aux or after) + verb

    def _parted(self, start: int, end: int) -> bool:
        return any(t.lower in (",", "and", "but") for t in self.tokens[start:end])

    def _denials(self, segment: Segment) -> list[Denial]:
        if not self._inside:
            return segment.denials
        return [d for d in segment.denials if not any(a <= d.start and d.end <= b for a, b in self._inside)]

    def comma_between(self, start: int, end: int) -> bool:
        """Whether a comma stands among tokens [start, end)."""
        return any(t.lower == "," for t in self.tokens[start:end])

    def _cut_off(self, denial: Denial, start: int) -> bool:
        """ "without consent, x": what "without" denies ends at the comma, as does an apposition (", not a peer,")."""
        apposition = denial.start > 0 and self.tokens[denial.start - 1].lower == ","
        if self.tokens[denial.start].lower not in ("without", "rather", "instead", "in") and not apposition:
            return False
        return self.comma_between(denial.end, start)

    def _whole_flips(self, segment: Segment, before: int | None = None) -> int:
        chain: Segment | None = segment
        flips = 0
        seen = False
        while chain is not None:
            for denial in self._denials(chain):
                if denial.reach in ("right", "all", "clause") and (before is None or denial.start < before):
                    flips += 1 if denial.verb or not seen else 0
                    seen = seen or not denial.verb
            chain = chain.parent if chain.continues and not chain.fresh else None
        return flips

    def _inherited_flips(self, segment: Segment) -> int:
        """What the clause taken up again denies: its subject always, its auxiliary unless this part has its own cue."""
        parent, flips = segment.parent, 0
        own = segment.cue is not None
        while parent is not None:
            limit = parent.cue[0] if parent.cue else parent.end
            for denial in self._denials(parent):
                subject = denial.reach == "all" and denial.start < limit
                if subject or (not own and denial.reach != "clause" and not self._object_denial(parent, denial)):
                    flips += 1
            own = own or parent.cue is not None
            parent = parent.parent if parent.continues and not parent.fresh else None
        return flips

    @staticmethod
    def _object_denial(segment: Segment, denial: Denial) -> bool:
        return denial.reach == "all" and segment.cue is not None and denial.start >= segment.cue[1]

    def passive(self, start: int) -> bool:
        """Whether the verb at a token is passive: a form of "be" before it, itself a participle."""
        word = self.tokens[start].lower
        if not (word.endswith("ed") or word in PARTICIPLES):
            return False
        segment = self.segment(start)
        for at in range(start - 1, max(segment.start, start - 7) - 1, -1):
            lower = self.tokens[at].lower
            if lower in BE_FORMS:
                return True
            if not (lower.endswith("ly") or lower in ("not", "also", "always", "never", "then", "first", "only", "and", "or", ",", "being", "either") or lower.endswith("ed")):
                return False
        return False

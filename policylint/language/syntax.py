"""The structure of a statement: its segments (clauses and parts of clauses), and what force and polarity reach a word.

No trained model: policies are written in a narrow English in which modal verbs, commas and a closed set of
subordinators mark the clauses well enough. A segment begins at a subordinator, a strong mark, or a further modal verb;
a comma closes a subordinate clause and takes up the main clause again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

from policylint.document import Span
from policylint.language.clause_signs import MODALS, comma_between
from policylint.language.clauses import Scanner
from policylint.language.cues import BE_FORMS, COORDINATORS, DO_FORMS, MAY, MUST, PARTICIPLES, PREPOSITIONS
from policylint.language.fragments import failures, new_thing_between
from policylint.language.lead_ins import lists_duties
from policylint.language.plain_verbs import is_plain_verb
from policylint.language.segments import Denial, Segment
from policylint.language.words import Token

_POINTERS = frozenset(("it", "them", "this", "these", "such", "they", "she", "her", "he", "him"))
"""Pronouns by which a clause takes up what the clause before it named."""

_LEFT_OPEN = frozenset(
    "assist assists attend attends help helps join joins needed participate participates part required".split()
)
"""Verbs that, at the end of a clause, leave open in or for what: "the psychologist leads the debriefing, and peers assist"."""

_WITHIN_VERBS = frozenset(
    ("not", "also", "always", "never", "then", "first", "only", "and", "or", ",", "being", "either")
)
"""Words that stand between a form of "be" and its participle."""

_NEVER = frozenset(("under", "at", "on", "in", "no"))
"""First words of "under no circumstances", "at no time" and the like."""

_NOBODY = frozenset(("no", "nobody", "none", "neither"))
"""What begins the subject of a clause that denies, behind a "without" that denies another thing."""
_GOES_ON = frozenset(
    "give gives provide provides offer offers refer refers listen listens keep keeps lend lends encourage encourages show shows "
    "connect connects suggest suggests explain explains tell tells assist assists maintain maintains".split()
)
"""Verbs that behind an "and" go on with what comes before a "without": "listen without judging and offer support"."""
_SUBJECT = 2
"""Tokens at the start of a clause at which a "no" denies its subject."""

_THE_ITEMS = frozenset(("following", "these"))
"""At the start of a lead-in they stand for the items of its list."""


_INCLUDING = frozenset(("but", "including", "includes", "include", ",", "and"))
"""Before "not limited to" they begin a list."""


class Syntax:
    """The segments of a run of tokens, and the questions the pattern matcher asks of them.

    Attributes:
        denies: whether anything in it may deny anything.
        roots: for each token the identity of the clause with a subject of its own that it belongs to.
    """

    def __init__(self, tokens: Sequence[Token], joints: Sequence[int] = (), *, banned: bool = False) -> None:
        """Analyse tokens; `joints` are the places where a list item follows its lead-in; `banned`: a heading forbids it all."""
        self.tokens = tokens
        self._banned = banned
        self._joints = frozenset(joints)
        self._inside: Sequence[Span] = ()
        self.segments = Scanner(tokens).scan(self._joints)
        bounds = sorted({0, *joints})
        self._own_force = frozenset(
            end for start, end in pairwise(bounds) if lists_duties(tokens, start, end, self.segments)
        )
        self.denies = banned or any(s.denials or s.hidden or s.kind == "except" for s in self.segments)
        self._segment_of = [self.segments[0]] * len(tokens)
        self.roots = [0] * len(tokens)
        for segment in self.segments:
            width = segment.end - segment.start
            self._segment_of[segment.start : segment.end] = [segment] * width
            self.roots[segment.start : segment.end] = [id(segment.root)] * width

    def segment(self, at: int) -> Segment:
        """The segment that holds a token."""
        return self._segment_of[at]

    @cached_property
    def _predicates(self) -> dict[int, Segment]:
        """Start of a subject that a clause cuts off from its verb -> where the verb stands: "dealings with those who ..., shall be"."""
        found: dict[int, Segment] = {}
        behind: Segment | None = None  # the clause that cuts off, once it has its verb
        for before, segment in pairwise(self.segments):
            if before.kind != "main":
                behind = before
            subject = segment.root
            if (
                behind is not None
                and segment.continues
                and subject.kind == "main"
                and subject.cue is None
                and subject.finite is None
                and subject.end < segment.start
                and self._is_verb_of_subject(segment, cut_off_by=behind, directly=before is behind)
            ):
                found.setdefault(subject.start, segment)
        return found

    def _is_verb_of_subject(self, segment: Segment, *, cut_off_by: Segment, directly: bool) -> bool:
        """Whether a predicate belongs to the subject before a clause and not to that clause, which has a verb before it."""
        if segment.lowered and segment.cue is None and self.tokens[segment.start].lower in BE_FORMS:
            return True  # "referral of a case that needs more | is at the member's discretion"
        if directly and cut_off_by.cue is None and cut_off_by.finite is None:
            return False
        return self._begins_with_be(segment)

    def _begins_with_be(self, segment: Segment) -> bool:
        """Whether a clause begins with its verb, a form of "be": "shall be", "is"."""
        if segment.cue is None:
            return segment.start < segment.end and self.tokens[segment.start].lower in ("is", "are")
        return segment.cue[0] == segment.start and any(
            t.lower == "be" for t in self.tokens[segment.cue[1] : segment.cue[1] + 2]
        )

    @cached_property
    def _told_of(self) -> dict[int, Segment]:
        """Start of a clause that is a subject -> where its verb stands: "what the chief asks to be told | should be a count"."""
        return {
            before.start: segment
            for before, segment in pairwise(self.segments)
            if before.kind == "rel"
            and self.tokens[before.start].lower == "what"
            and before.parent is not None
            and before.parent.start == before.parent.end
            and segment.cue is not None
            and segment.cue[0] == segment.start
        }

    @cached_property
    def _failures(self) -> list[tuple[int, int, int]]:
        return failures(self.tokens)

    def only_named(self, at: int) -> bool:
        """Whether a token tells what may be the case or what is not done: behind an "if", behind "failure to".

        Nor does the "limited" of "including but not limited to" say anything.
        """
        if self._segment_of[at].kind == "if" or self._announces_more(at):
            return True
        failed = self._failures
        return bool(failed) and any(start <= at < end for _, start, end in failed)

    def _announces_more(self, at: int) -> bool:
        """Whether a token is the "limited" with which a list that is not complete begins."""
        before = [t.lower for t in self.tokens[max(0, at - 2) : at + 2]]
        return before[1:] == ["not", "limited", "to"] and before[0] in _INCLUDING

    def told_of_person(self, at: int) -> bool:
        """Whether a token stands in a clause that tells whom somebody means: "shall not ask who has used the program"."""
        segment = self._segment_of[at]
        above = segment.parent
        if above is None or self.tokens[above.start].lower == "it":
            return False  # "it is the supporter who conducts it"
        behind_verb = above.cue is not None or above.finite is not None
        told = [t.lower for t in self.tokens[segment.start : at]]
        # "the commander who decides it and ask for leniency": what is joined may be the main clause's
        return segment.kind == "rel" and behind_verb and told[:1] == ["who"] and COORDINATORS.isdisjoint(told)

    def failed(self, places: Sequence[tuple[int, int, int]]) -> bool:
        """Whether one of some phrases tells what is not done ("failure to attend training"), and none that it is not."""
        failed = self._failures
        return bool(failed) and any(
            any(start <= a < end for a, _, _ in places) and not any(a <= noun < b for a, b, _ in places)
            for noun, start, end in failed
        )

    def related(self, left: int, right: int) -> bool:
        """Whether two tokens belong to one clause with what depends on it, and not to two that only stand side by side."""
        if self.roots[left] == self.roots[right]:
            return True
        a, b = self._segment_of[left], self._segment_of[right]
        return b.start < a.start and (right < self._framed or self._takes_up(a))

    @property
    def pointing(self) -> bool:
        """Whether any clause but the first may take up what one before it named."""
        return self._framed > 0 or any(self._takes_up(segment) for segment in self.segments[1:])

    @cached_property
    def _framed(self) -> int:
        """How many tokens a statement begins with that hold for all of its clauses: "After a shooting, ..."; 0 without such."""
        first = next(s for s in self.segments if s.end > s.start)
        if first.kind == "time":
            return first.end
        fronted = self.tokens[0].lower in PREPOSITIONS and self.tokens[0].lower != "of"
        return first.verb_at if fronted and first.kind == "main" else 0

    def _takes_up(self, segment: Segment) -> bool:
        """Whether a clause speaks of what was named before: "... training, and peer supporters shall attend it"."""
        words = [t.lower for t in self.tokens[segment.start : segment.end] if t.lower.isalpha()]
        return bool(words) and (words[0] == "the" or words[-1] in _LEFT_OPEN or not _POINTERS.isdisjoint(words))

    def force(self, at: int) -> str:
        """The force that reaches a token: its segment's own cue, else that of the clause it belongs to, else must."""
        segment: Segment | None = self.segment(at)
        assert segment is not None
        lowered = False
        segment = self._told_of.get(segment.start, segment) if segment.kind == "rel" else segment
        while segment is not None:
            lowered = lowered or segment.lowered
            if segment.cue is not None:
                return MAY if lowered else self._cue_force(segment, segment.cue)
            if segment.start in self._own_force or _says_by_itself(segment):
                break
            verb = self._predicates.get(segment.start)
            lowered = lowered or (verb is not None and verb.lowered)
            if verb is not None and verb.cue is not None and not lowered:
                return self._cue_force(verb, verb.cue)
            segment = segment.parent
        return MAY if lowered else MUST

    def force_of_mention(self, at: int) -> str:
        """The force with which a token is merely named.

        Of a list's item without a verb of its own ("an indication that the member could be in danger"), what the clause
        that tells about its noun may or should is none.
        """
        segment = self.segment(at)
        above = segment.parent
        if segment.kind == "rel" and above is not None and above.kind == "main" and above.end > above.start:
            verbless = above.cue is None and above.finite is None
            return self.force(above.start) if verbless else self.force(at)
        return self.force(at)

    def _cue_force(self, segment: Segment, cue: tuple[int, int, str]) -> str:
        """The force of a cue; "nobody may" is a ban, not a permission, as are "no one who ... may" and "at no time may"."""
        if cue[2] == MAY and self._banned:
            return MUST  # "Can a peer supporter be made to testify?" "No."
        if cue[2] == MAY and any(
            d.start <= cue[1] + (3 if d.reach == "all" else 0) and (not d.verb or self.tokens[d.start].lower in _NEVER)
            for d in segment.denials
        ):
            return MUST
        above = segment.parent if segment.continues and not segment.fresh else None
        if cue[2] == MAY and above is not None and above.cue is None and above.finite is None:
            return MUST if any(d.start == above.start and d.reach == "all" for d in above.denials) else MAY
        return cue[2]

    def denied(self, start: int, end: int, inside: Sequence[Span] = ()) -> bool:
        """Whether the phrase at tokens [start, end) is denied, double negation undone.

        Denials within the token ranges `inside` belong to other phrases ("employees not on the team") and deny only those.
        """
        return self._denied(start, end, inside) != self._banned

    def _denied(self, start: int, end: int, inside: Sequence[Span]) -> bool:
        self._inside = inside
        segment = self.segment(start)
        flips = self._own_flips(segment, start, end)
        predicate = self._predicates.get(segment.start)
        if predicate is not None and predicate.start >= end:
            flips += any(d.reach == "clause" for d in self._denials(predicate))
        if segment.kind == "except":
            # "not ... unless x" asks for x; "... unless x" does not say x
            return not (segment.parent is not None and self._whole_flips(segment.parent) % 2) or flips % 2 == 1
        if self._shares_denial(segment) and segment.parent is not None:
            flips += self._whole_flips(segment.parent, segment.start)
        elif segment.continues and not segment.fresh and segment.parent is not None and not self._repeats(segment):
            flips += self._inherited_flips(segment)
        return flips % 2 == 1

    def _repeats(self, segment: Segment) -> bool:
        """Whether what begins with a denial repeats that of its lead-in or label: "Never:" + "never press"."""
        if segment.start and self.tokens[segment.start - 1].lower == ":":
            return any(d.start - segment.start <= 1 and not d.verb for d in segment.denials)
        return any(0 <= d.start - joint <= 1 and not d.verb for d in segment.denials for joint in self._joints)

    def past_denial(self, anchor: int, at: int) -> bool:
        """Whether a place stands in a further item with a verb of its own, which nothing denies: "have no discipline; hold a rank"."""
        segment = self.segment(at)
        return segment.start > anchor and segment.fresh and self.tokens[segment.start - 1].lower == ";"

    def denied_before(self, anchor: int, at: int) -> bool:
        """Whether a place is denied in a clause that ends before another says something: "are not drawn from volunteers; the commander picks them"."""
        segment = self.segment(anchor)
        behind = segment.fresh and at < segment.start and self.tokens[segment.start - 1].lower == ";"
        return behind and self.denied(at, at + 1)

    def part_denied(self, anchor: int, at: int, taken: Sequence[tuple[int, int, int]] = ()) -> bool:
        """Whether a phrase behind the anchor is denied by itself: "run a debriefing without a clinician".

        Denials inside phrases that are `taken` ("nothing else") belong to those.
        """
        if at < anchor:
            return False
        segment = self.segment(at)
        near = (d for d in segment.denials if anchor < d.start and d.end <= at and not d.verb and at - d.end <= 4)
        return any(
            not any(t.lower in (",", "but") for t in self.tokens[d.end : at])
            and not any(start <= d.start and d.end <= end for start, end, _ in taken)
            for d in near
        )

    def _shares_denial(self, segment: Segment) -> bool:
        """Whether what denies the clause above denies this one: "not ... when x" says nothing of x; "not before x" asks for x."""
        if segment.kind == "time":
            return self.tokens[segment.start].lower not in (
                "before",
                "prior",
                "because",
                "although",
                "though",
                "in",
                "so",
                "as",
                "since",
            )
        return segment.kind in ("rel", "only")

    def _own_flips(self, segment: Segment, start: int, end: int) -> int:
        subject = aux = verb = after = 0
        for denial in self._denials(segment):
            if (denial.start >= start and denial.end <= end) or self._past_object(denial, start):
                continue
            if denial.reach == "clause" or (denial.start < start and denial.verb):
                verb = 1
            elif denial.start < start:
                if self._other_fragment(segment, denial, start) or self._second_of_two(segment, denial, start):
                    continue
                if denial.reach == "all" and (segment.cue is None or denial.start < segment.cue[0]):
                    subject = 1
                elif not self._cut_off(denial, start) and not self._stressed(denial):
                    aux = 1
            elif denial.reach == "all" and denial.start - end <= 8 and not self._parted(end, denial.start):
                after = 1
        if any(a < start < b for a, b in segment.hidden):
            aux = 1
        return subject + (aux or after) + verb

    def _parted(self, start: int, end: int) -> bool:
        return any(t.lower in (",", "and", "but", "(") for t in self.tokens[start:end])

    def _denials(self, segment: Segment) -> list[Denial]:
        if not self._inside:
            return segment.denials
        return [d for d in segment.denials if not any(a <= d.start and d.end <= b for a, b in self._inside)]

    def _cut_off(self, denial: Denial, start: int) -> bool:
        """What "without" denies ends at the comma ("without consent, x"), as does an apposition (", not a peer,"), or at a "no"."""
        apposition = denial.start > 0 and self.tokens[denial.start - 1].lower == ","
        opening = self.tokens[denial.start].lower
        if opening not in ("without", "rather", "instead", "in") and not apposition:
            return False
        if denial.end < len(self.tokens) and self.tokens[denial.end].lower in MODALS | DO_FORMS:
            return False  # ", nor shall a peer supporter, even if asked, take sides"
        if opening == "without":
            between = [t.lower for t in self.tokens[denial.end : start + 1]]
            if not _NOBODY.isdisjoint(between[: start - denial.end]):
                return True  # "without consent no supporter may tell"
            if any(a == "and" and b in _GOES_ON for a, b in pairwise(between)):
                return True
        return comma_between(self.tokens, denial.end, start)

    def _stressed(self, denial: Denial) -> bool:
        """Whether "not" says again what its clause has denied: "keep no notes, not in a file and not in a notebook"."""
        at = denial.start
        if self.tokens[at].lower != "not" or not 0 < at < len(self.tokens) - 1:
            return False
        before, behind = self.tokens[at - 1].lower, self.tokens[at + 1].lower
        if before not in (",", "and", "or") or behind not in PREPOSITIONS:
            return False
        return any(d.start < at and d.reach != "clause" for d in self.segment(at).denials)

    def _whole_flips(self, segment: Segment, before: int | None = None) -> int:
        chain: Segment | None = segment
        flips = 0
        seen = False
        while chain is not None:
            for denial in self._denials(chain):
                if before is not None and (denial.start >= before or self._cut_off(denial, before)):
                    continue
                if denial.reach in ("right", "all", "clause"):
                    flips += 1 if denial.verb or not seen else 0
                    seen = seen or not denial.verb
            chain = chain.parent if chain.continues and not chain.fresh else None
        return flips

    def _inherited_flips(self, segment: Segment) -> int:
        """What the clause taken up again denies: its subject always, its auxiliary unless this part has its own cue."""
        parent, flips = segment.parent, 0
        own = segment.cue is not None
        while parent is not None:
            # where the verb is not known, only what opens the clause is surely its subject: "no supporter", not "carry no badge"
            known = parent.cue is not None or parent.finite is not None
            limit = parent.verb_at if known else min(parent.end, parent.start + _SUBJECT)
            for denial in self._denials(parent):
                if self._opens_fragment(parent, denial) or self._cut_off(denial, segment.start):
                    continue
                subject = denial.reach == "all" and denial.start < limit
                labelled = denial.reach == "clause" and (
                    self._is_label(parent, denial) or self._denies_items(parent, denial)
                )
                if (
                    subject
                    or labelled
                    or (not own and denial.reach != "clause" and not self._object_denial(parent, denial))
                ):
                    flips += 1
            own = own or parent.cue is not None
            parent = parent.parent if parent.continues and not parent.fresh else None
        return flips

    def _other_fragment(self, segment: Segment, denial: Denial, start: int) -> bool:
        """Whether what a verbless list denies ends before a phrase: "no open discipline, a letter from a peer"."""
        verbless = segment.cue is None and segment.finite is None and denial.reach == "all"
        return verbless and new_thing_between(self.tokens, denial.end, start + 1)

    def _second_of_two(self, segment: Segment, denial: Denial, start: int) -> bool:
        """Whether ", and" parts a phrase from what a clause denies: "keeps none of it, and completes the course"."""
        if segment.cue is not None or segment.finite is not None or denial.reach != "all":
            return False
        between = [t.lower for t in self.tokens[denial.end : start]]
        return between.count(",") == 1 and any(pair == (",", "and") for pair in pairwise(between))

    def _past_object(self, denial: Denial, start: int) -> bool:
        """Whether a verb of its own goes on behind what is declined: "may decline a particular supporter and ask for another"."""
        if not denial.verb or denial.end >= start or self.tokens[denial.end - 1].lower in ("to", "from"):
            return False
        if self.tokens[denial.end].lower in ("to", "from"):
            return False  # "shall refuse to disclose and discuss"
        words = [t.lower for t in self.tokens[denial.end : start + 1]]
        return any(a in COORDINATORS and is_plain_verb(b) for a, b in pairwise(words))

    def _is_label(self, segment: Segment, denial: Denial) -> bool:
        """Whether a denial is all that stands before a colon: "Prohibited: loans, dating"."""
        after = self.tokens[denial.end].lower if denial.end < len(self.tokens) else ""
        return denial.start == segment.start == 0 and after == ":"

    def _denies_items(self, segment: Segment, denial: Denial) -> bool:
        """Whether the items of a list are the subject of what is denied: "The following are not required of candidates:"."""
        return any(t.lower in _THE_ITEMS for t in self.tokens[segment.start : denial.start][:_SUBJECT])

    def _opens_fragment(self, segment: Segment, denial: Denial) -> bool:
        """Whether it denies one of several things named side by side: "off probation; no discipline; a letter"."""
        at = segment.start
        return denial.reach == "all" and denial.start == at > 0 and self.tokens[at - 1].lower == ";"

    @staticmethod
    def _object_denial(segment: Segment, denial: Denial) -> bool:
        if segment.cue is None:
            return denial.reach == "all" and segment.finite is None and denial.start >= segment.start + _SUBJECT
        return denial.reach == "all" and denial.start >= segment.cue[1]

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
            if not (lower.endswith(("ly", "ed")) or lower in _WITHIN_VERBS):
                return False
        return False


def _says_by_itself(segment: Segment) -> bool:
    """Whether a coordinated clause has a subject and a verb of its own: "members may call, and the team is paid for it"."""
    return segment.kind == "main" and not segment.continues and segment.finite is not None

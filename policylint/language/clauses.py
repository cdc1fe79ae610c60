"""Cutting a run of tokens into segments: clauses, and parts of clauses, with their force cues and denials."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.language.clause_signs import (
    CUE_STARTS,
    HARD,
    HOW_FAR,
    abbreviated,
    combined,
    commas_of_alternatives,
    condition_follows,
    coordinator,
    cue_at,
    ends_enumeration,
    fronts_clause,
    goes_on,
    groups_named,
    has_own_subject,
    interruption,
    of_a_comparison,
    only_possible,
    own_clause_follows,
    purpose_follows,
    reason_follows,
    recommended_by,
    same_verb,
    second_clause_follows,
    subject_and_modal_follow,
    subject_follows,
    verb_follows,
)
from policylint.language.cues import (
    COORDINATORS,
    FINITE,
    MAY,
    MUST,
    PARTICIPLE_DENIERS,
    SHOULD,
    Cue,
)
from policylint.language.open_clauses import (
    SUBJECTS,
    TELLERS,
    after_subject,
    another_quality,
    answers_in_full,
    broken_off,
    coordinated,
    denied_object_ends,
    denies_objects,
    framed,
    fronted,
    has_verb,
    inverting_denial,
    is_attributive,
    is_infinitive,
    is_quality,
    lists_subjects,
    opens_clause,
    own_clause,
    past_clause,
    takes_up_told,
    tells_how_many,
    tells_of_subject,
    that_opens,
    told_later,
    told_whether,
    took_modal_of_clause,
    under_modal,
    verb_opens,
)
from policylint.language.plain_verbs import plain_verb_follows
from policylint.language.segments import Denial, Segment
from policylint.language.words import Token, key, keys_of

_ONLY = frozenset(("only", "solely", "exclusively"))
_BEFORE_BUT = frozenset("nothing none one anything all everything nobody not no".split())
"""Before "but" these make it mean "only"."""
_MARKING = COORDINATORS | FINITE
"""Words that may begin a predicate though they are no cues."""
_SIGNS = CUE_STARTS | frozenset(map(key, HARD | _MARKING | {",", "but"}))
"""Keys of the words and marks at which a segment may begin or end."""
_PLAIN_DENIALS = frozenset("not never neither nor cannot no without rather instead in".split())
"""Denials that are no verbs ("refrain", "avoid"): of two in one clause, one repeats the other."""
_AVOIDING = frozenset("avoid avoids avoiding".split())
_STRAY = keys_of("act work go step stray operate function venture move")
"""Whoever does so "outside the role" does something; "outside the role" alone says that something is not done."""


class Scanner:
    """One pass over the tokens that opens and closes segments."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self._keys = [t.key for t in tokens]
        self.segments: list[Segment] = []
        self._now: Segment  # the last of them
        self._joints: frozenset[int] = frozenset()
        self._closing: set[int] = set()  # commas behind what interrupts a clause before its verb

    def scan(self, joints: frozenset[int]) -> list[Segment]:
        """Cut the tokens into segments, in order."""
        self._joints = joints
        self._open(0, "main", None, continues=False)
        tokens = self.tokens
        signs = [at for at, word in enumerate(self._keys) if word in _SIGNS]
        behind = 0  # the last cue
        for at in sorted({*signs, *joints}) if joints else signs:
            if at < behind:
                continue
            if at in joints and at > self._now.start:
                self._open(at, "main", self._main(), continues=True)
            word = tokens[at].lower
            if word in HARD:
                if word != "." or not abbreviated(tokens, at):
                    self._mark(at, word)
            elif word == ",":
                self._comma(at)
            elif word == "but" and at > self._now.start and tokens[at - 1].lower not in _BEFORE_BUT:
                self._open(at + 1, "main", self._main(), continues=True)
                self._now.fresh = True
            elif word in _MARKING or self._keys[at] in CUE_STARTS:
                behind = at + self._cue(at)
        self._close(len(tokens))
        for segment in self.segments:
            if segment.cue is None:
                segment.finite = segment.finite_among(tokens)
        return self.segments

    def _main(self) -> Segment | None:
        return next((s for s in reversed(self.segments) if s.kind == "main"), None)

    def _close(self, at: int) -> None:
        if self.segments:
            self._now.end = at

    def _open(self, at: int, kind: str, parent: Segment | None, *, continues: bool) -> None:
        self._close(at)
        self._now = Segment(at, kind, parent, continues)
        self.segments.append(self._now)

    def _mark(self, at: int, word: str) -> None:
        before = self._now
        fresh = word in ".?!" or (
            word == ";"
            and (has_own_subject(self.tokens, at + 1) or fronted(self.tokens, self._keys, self._now, at + 1))
        )
        # "There is no paperwork: contacts are never written down": what explains a clause is not denied with it,
        # nor is a clause of its own: "No vendor runs it; the Department does the work itself"
        explains = word in ":;" and at + 1 not in self._joints and has_verb(self.tokens, before, at)
        explains = explains and (
            (word == ":" and subject_follows(self.tokens, at + 1)) or plain_verb_follows(self.tokens, at + 1)
        )
        self._open(at + 1, "main", None if fresh else self._main(), continues=not fresh)
        # "shall not be disclosed except:" and a list: what is excepted is not denied, either
        # "have no sustained discipline; and hold a certificate": only the discipline is denied
        self._now.fresh = (
            explains
            or (before.kind == "except" and at + 1 in self._joints)
            or (word == ";" and denies_objects(self.tokens, before) and verb_opens(self.tokens, at + 1))
            or (word == ";" and subject_and_modal_follow(self.tokens, at + 1))
        )

    def _comma(self, at: int) -> None:
        in_alternatives = self._now.kind == "rel" and self.tokens[self._now.start].lower == "be"
        if in_alternatives and not verb_follows(self.tokens, at + 1):
            return
        if (
            self._now.kind == "rel"
            and not has_verb(self.tokens, self._now, at)
            and told_later(self.tokens, self._keys, self._now, at)
        ):
            return
        if self._now.kind == "rel" and has_verb(self.tokens, self._now, at):
            self._closing.update(commas_of_alternatives(self.tokens, at))
        if at in self._closing or (self._now.kind == "rel" and lists_subjects(self.tokens, self._now, at)):
            return
        if self._now.kind in ("if", "time", "except", "rel") and not has_verb(self.tokens, self._now, at):
            closing = interruption(self.tokens, at) if at - self._now.start <= SUBJECTS else None
            if closing is not None:
                self._closing.add(closing)
                return
        alternatives = [t.lower for t in self.tokens[at + 1 : at + 3]] in (["be", "it"], ["be", "they"])
        if alternatives and self._now.kind in ("main", "rel"):
            # "write nothing down, be it in a notebook or on a phone": what follows is denied with it
            self._open(at + 1, "rel", self._main(), continues=False)
        elif self._now.kind == "main" and (
            own_clause_follows(self.tokens, at)
            or (has_verb(self.tokens, self._now, at) and second_clause_follows(self.tokens, at))
        ):
            if groups_named(self.tokens, self._now.start, at) and not has_verb(self.tokens, self._now, at):
                return  # "All employees, sworn and civilian, and their families may call": one subject
            # A plain verb says by itself what must be; where none is known, the modal before may be meant to go on.
            stands_alone = plain_verb_follows(self.tokens, at + 2)
            self._open(at + 2, "main", None if stands_alone else self._now, continues=False)
        elif self._now.kind in ("time", "if") and coordinated(self.tokens, self._now):
            # "..., and where the roles conflict, the duties of an officer come first": a sentence of its own
            fronting = self._now
            self._open(at + 1, "main", None, continues=False)
            fronting.parent = self._now
        elif self._now.kind == "main" and reason_follows(self.tokens, at):
            self._open(at + 1, "time", self._now, continues=False)
        elif self._now.kind == "main" and denied_object_ends(self.tokens, self._now, at):
            self._open(at + 2, "main", self._now, continues=True)
            self._now.fresh = True
        elif takes_up_told(self.tokens, self._now, at):
            self._open(at + 1, "rel", self._now.parent, continues=True)
        elif self._now.kind != "main":
            main = self._main()
            # nothing before the subordinate clause, nor a lead-in: it is fronted, and its main clause begins here
            empty = main is None or (main.end - main.start == 0 and main.parent is None)
            fronted = self.segments[1:]
            self._open(at + 1, "main", None if empty else main, continues=not empty)
            if empty:
                for segment in fronted:
                    if segment.parent is main:
                        segment.parent = self._now

    def _cue(self, at: int) -> int:
        found = cue_at(self._keys, at)
        if self.tokens[at].lower == "whether" and at - 1 in self._closing:
            return 1
        if found is not None and (
            (found[1].force == MAY and (only_possible(self.tokens, at) or of_a_comparison(self.tokens, at)))
            or recommended_by(self.tokens, at, found[0])
        ):
            return 1
        if found is None:
            if purpose_follows(self.tokens, at):
                self._subordinate(at, "time")
                return 1
            self._conjunction(at)
            if self.tokens[at].lower in FINITE:
                self._finite(at)
            return 1
        length, cue = found
        if cue.opens and self.tokens[at].lower == "should" and inverting_denial(self._now, at) is not None:
            self._force(at, 1, SHOULD)  # "under no circumstances should the data"
            return 1
        if cue.opens and self.tokens[at].lower == "provides":
            return 1  # "this policy provides that": no condition
        if cue.opens and (length > 1 or opens_clause(self.tokens, self._now, at)):
            self._subordinate(at, cue.opens)
            return length
        if (
            cue.force
            and self.tokens[at].lower == "should"
            and at == self._now.start
            and not after_subject(self.tokens, self._now)
            and condition_follows(self.tokens, at)
        ):
            self._open(at, "if", self._main(), continues=False)
        elif cue.force and not (
            tells_how_many(self.tokens, self._now, at) and self.tokens[at - 1].lower not in HOW_FAR
        ):
            self._force(at, length, cue.force)
        if cue.lowers and fronts_clause(self.tokens, at, length):
            self._open(at, "main", self._now, continues=False)
        if cue.lowers and not is_quality(self.tokens, at) and not tells_how_many(self.tokens, self._now, at):
            self._now.lowered = True
        if cue.denies:
            self._deny(at, length, cue.denies)
        if cue == Cue():
            self._now.hidden.append((at, at + length))
        return length

    def _subordinate(self, at: int, kind: str) -> None:
        if kind == "rel" and self.tokens[at].lower == "that" and not that_opens(self.tokens, self._now, at):
            return
        if kind == "rel" and goes_on(self.tokens, at):
            self._open(at, "main", None, continues=False)
            return
        if kind == "rel" and framed(self.tokens, self._now, at):
            self._open(at + 1, "main", None, continues=False)
            return
        parent = self._now if self._now.kind in ("main", "rel") else self._main()
        self._open(at, kind, parent, continues=False)

    def _force(self, at: int, length: int, force: str) -> None:
        now = self._now
        if now.cue is not None and at - now.cue[1] == 1 and self.tokens[at - 1].lower in COORDINATORS:
            return  # "what they can and cannot do"
        if now.cue is not None and same_verb(self.tokens, now.cue, at):
            now.cue = (
                now.cue[0],
                at + length,
                combined(now.cue[2], force, self.tokens[min(at + 1, len(self.tokens) - 1)].lower),
            )
            return
        if now.cue is not None:
            split = coordinator(self.tokens, now.cue[1], at)
            own_subject = split is not None and at - split > 1
            begin = at if split is None else split + 1
            parent = self._main() or now
            self._open(begin, "main", parent, continues=not own_subject)
            self._move_denials(now, begin)
        elif tells_of_subject(self.tokens, now, at):
            self._open(at - 1, "rel", now, continues=False)
        elif now.kind == "main" and at - now.start > 2 and self.tokens[at - 1].lower in ("and", "but"):
            # a modal without a subject goes on with that of a verb before it: "holds the post and can be relieved"
            self._open(at, "main", now, continues=True)
            self._now.fresh = True
        elif past_clause(self.tokens, now, self._main(), at):
            self._open(at, "main", self._main(), continues=True)
        elif now.kind == "main":
            self._second_predicate(now, at)
        before = broken_off(self.tokens, self._now, at)
        if before is not None:
            force = combined(before, force, self.tokens[min(at + 1, len(self.tokens) - 1)].lower)
        if force == MAY and (self._now.exclusive or any(t.lower in _ONLY for t in self.tokens[self._now.start : at])):
            force = MUST  # "only a psychologist may": nobody else may
        denial = inverting_denial(self._now, at)
        if force == SHOULD and denial is not None and denial.end - denial.start > 1:
            force = MUST  # "under no circumstances should"
        self._now.cue = (at, at + length, force)

    def _second_predicate(self, now: Segment, at: int) -> None:
        """A modal after a clause that has its verb begins a new predicate: "are not confidential and may be shared"."""
        verb = next((i for i in range(now.start, at) if self.tokens[i].lower in FINITE), None)
        split = None if verb is None else coordinator(self.tokens, verb + 1, at)
        if split is not None:
            self._open(split + 1, "main", now, continues=at - split <= 1)
            self._move_denials(now, split + 1)
            if self._now.continues:
                self._now.fresh = True

    def _finite(self, at: int) -> None:
        """A second finite verb takes up the main clause: "members who are not on the team | are invited"."""
        now, tokens = self._now, self.tokens
        if now.kind == "if" and at - now.start > 2 and told_whether(self.tokens, now, at):
            self._open(at, "main", self._main(), continues=True)
            return
        if took_modal_of_clause(tokens, now, self.segments[-2] if len(self.segments) > 1 else None, self._main(), at):
            self._open(at, "main", self._main() if now.kind == "rel" else now.parent, continues=True)
            return
        openers = TELLERS | {"who", "which", "that", "what"}
        if now.kind != "rel" or at - now.start < 2 or tokens[now.start].lower not in openers:
            return
        if own_clause(self.tokens, now, self._main(), at) or tokens[at - 1].lower in COORDINATORS | {"not", "to"}:
            return
        second = tokens[now.start + 1].lower
        if second in FINITE and at - now.start < 3:
            return
        self._open(at, "main", self._main(), continues=True)

    def _move_denials(self, old: Segment, begin: int) -> None:
        self._now.denials = [d for d in old.denials if d.start >= begin]
        old.denials = [d for d in old.denials if d.start < begin]

    def _conjunction(self, at: int) -> None:
        """A coordinated verb begins a new predicate with the same subject: "... and is", "... and does not"."""
        tokens, now = self.tokens, self._now
        if now.kind == "main" and another_quality(tokens, now, at):
            self._open(at + 1, "main", now, continues=True)
            self._now.fresh = True
        elif (
            tokens[at].lower == "and"
            and now.kind == "rel"
            and now.cue
            and now.cue[1] < at
            and tokens[now.start].lower in ("what", "how", "why")
        ):
            self._open(at + 1, "main", self._main(), continues=True)
        elif (
            tokens[at].lower in COORDINATORS
            and at + 1 < len(tokens)
            and tokens[at + 1].lower in FINITE
            and now.kind == "main"
            and not is_infinitive(self.tokens, self._now, self._joints, at)
            and not under_modal(self.tokens, now, at + 1)
        ):
            self._open(at + 1, "main", now, continues=True)
            self._now.cue = (at + 1, at + 1, MUST)

    def _deny(self, at: int, length: int, reach: str) -> None:
        word = self.tokens[at].lower
        following = self.tokens[at + length].lower if at + length < len(self.tokens) else ""
        if ends_enumeration(self.tokens, at):
            self._now.hidden.append((at, at + length + 1))
            return
        if at == 0 and word == "no" and following == "," and answers_in_full(self.tokens, at + length + 1):
            return  # "No, it adds to the EAP": denies what was asked, and not what it goes on with
        if reach == "clause" and word in ("outside", "beyond") and at and self._keys[at - 1] in _STRAY:
            self._now.hidden.append((at, at + length))  # "may be removed for acting outside the role"
            return
        if length == 1 and reach == "clause" and is_attributive(self.tokens, self._now, at):
            return  # "grounds include an unauthorized disclosure": only the disclosure is
        if reach == "all" and following == "but" and at == self._now.start:
            self._now.exclusive = True  # "nobody but a psychologist may": only a psychologist may
            return
        if length == 1 and word in PARTICIPLE_DENIERS and following != "from":
            reach = "clause"
        elif word in _AVOIDING and length == 1:
            reach = "right"  # "shall avoid:" denies the items below; "are avoided" what stands before it
        verb = reach != "all" and word not in _PLAIN_DENIALS
        self._now.denials.append(Denial(at, at + length, reach, verb))

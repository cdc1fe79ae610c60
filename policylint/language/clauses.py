"""Cutting a run of tokens into segments: clauses, and parts of clauses, with their force cues and denials."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policylint.language.clause_signs import (
    CUE_STARTS,
    HARD,
    HOW_FAR,
    MODALS,
    abbreviated,
    commas_of_alternatives,
    combined,
    comma_between,
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
    often,
    only_adverbs,
    only_possible,
    own_clause_follows,
    purpose_follows,
    reason_follows,
    recommended_by,
    same_verb,
    second_clause_follows,
    subject_follows,
    subjects_follow,
    verb_follows,
)
from policylint.language.cues import (
    BE_FORMS,
    CLAUSE_SUBJECTS,
    COORDINATORS,
    FINITE,
    MAY,
    MUST,
    OPENING_WORDS,
    PARTICIPLE_DENIERS,
    PREPOSITIONS,
    PRONOUNS,
    Cue,
)
from policylint.language.frames import frames_a_rule
from policylint.language.plain_verbs import is_plain_verb, plain_verb_follows
from policylint.language.segments import Denial, Segment
from policylint.language.words import Token, key, keys_of

_COMPLEMENTS = frozenset(("that", "what", "how", "why"))
"""Words that open a clause which is told or decided, with a subject of its own."""
_ONLY = frozenset(("only", "solely", "exclusively"))
_BEFORE_BUT = frozenset("nothing none one anything all everything nobody not no".split())
"""Before "but" these make it mean "only"."""
_LISTED_FROM = frozenset("no neither any all each every the a an".split())
_SUBJECTS = 8
"""Most words of a clause before the comma behind its first subject."""
_MARKING = COORDINATORS | FINITE
"""Words that may begin a predicate though they are no cues."""
_SIGNS = CUE_STARTS | frozenset(map(key, HARD | _MARKING | {",", "but"}))
"""Keys of the words and marks at which a segment may begin or end."""
_AUXILIARY = frozenset("do does did have has".split())
_PLAIN_DENIALS = frozenset("not never neither nor cannot no without rather instead in".split())
"""Denials that are no verbs ("refrain", "avoid"): of two in one clause, one repeats the other."""

_AVOIDING = frozenset("avoid avoids avoiding".split())

_OPEN = PRONOUNS | {"not", "to", "that", "who", "what", "there"}
"""Words after which a verb is that of a clause within a clause: "shall see that it is done"."""

_STRAY = keys_of("act work go step stray operate function venture move")
"""Whoever does so "outside the role" does something; "outside the role" alone says that something is not done."""
_TELLERS = frozenset("you they we he she i it".split())
_NO_NOUN = PREPOSITIONS | COORDINATORS | {"to", "if", "when", "that", "unless"}
_QUALITIES = frozenset("unauthorized improper inappropriate unacceptable impermissible unavailable".split())
_VERBS_TOLD = FINITE | MODALS | {"be"}
"""Words by which the verb of a clause that is told is known."""
_SHORT = 4
"""Words that a modal inside a clause governs before the verb of the clause around it."""


def _takes_object(word: str) -> bool:
    return word in _AUXILIARY or is_plain_verb(word)


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
        fresh = word in ".?!" or (word == ";" and (has_own_subject(self.tokens, at + 1) or self._fronted(at + 1)))
        # "There is no paperwork: contacts are never written down": what explains a clause is not denied with it
        explains = word == ":" and at + 1 not in self._joints and self._has_verb(before, at)
        explains = explains and (subject_follows(self.tokens, at + 1) or plain_verb_follows(self.tokens, at + 1))
        self._open(at + 1, "main", None if fresh else self._main(), continues=not fresh)
        # "shall not be disclosed except:" and a list: what is excepted is not denied, either
        # "have no sustained discipline; and hold a certificate": only the discipline is denied
        self._now.fresh = (
            explains
            or (before.kind == "except" and at + 1 in self._joints)
            or (word == ";" and self._denies_objects(before) and self._verb_opens(at + 1))
        )

    def _fronted(self, at: int) -> bool:
        """Whether a clause of time or condition begins a sentence of its own behind a semicolon, and no list of such clauses."""
        found = cue_at(self._keys, at) if at < len(self.tokens) and self._keys[at] in CUE_STARTS else None
        if found is None or found[1].opens not in ("time", "if") or self._now.kind in ("time", "if"):
            return False
        return at + 1 < len(self.tokens) and self.tokens[at + 1].lower != "to"  # "depression; when to refer"

    def _comma(self, at: int) -> None:
        in_alternatives = self._now.kind == "rel" and self.tokens[self._now.start].lower == "be"
        if in_alternatives and not verb_follows(self.tokens, at + 1):
            return
        if self._now.kind == "rel" and not self._has_verb(self._now, at) and self._told_later(at):
            return
        if self._now.kind == "rel" and self._has_verb(self._now, at):
            self._closing.update(commas_of_alternatives(self.tokens, at))
        if at in self._closing or (self._now.kind == "rel" and self._lists_subjects(self._now, at)):
            return
        if self._now.kind in ("if", "time", "except", "rel") and not self._has_verb(self._now, at):
            closing = interruption(self.tokens, at) if at - self._now.start <= _SUBJECTS else None
            if closing is not None:
                self._closing.add(closing)
                return
        alternatives = [t.lower for t in self.tokens[at + 1 : at + 3]] in (["be", "it"], ["be", "they"])
        if alternatives and self._now.kind in ("main", "rel"):
            # "write nothing down, be it in a notebook or on a phone": what follows is denied with it
            self._open(at + 1, "rel", self._main(), continues=False)
        elif self._now.kind == "main" and (
            own_clause_follows(self.tokens, at)
            or (self._has_verb(self._now, at) and second_clause_follows(self.tokens, at))
        ):
            if groups_named(self.tokens, self._now.start, at) and not self._has_verb(self._now, at):
                return  # "All employees, sworn and civilian, and their families may call": one subject
            # A plain verb says by itself what must be; where none is known, the modal before may be meant to go on.
            stands_alone = plain_verb_follows(self.tokens, at + 2)
            self._open(at + 2, "main", None if stands_alone else self._now, continues=False)
        elif self._now.kind in ("time", "if") and self._coordinated(self._now):
            # "..., and where the roles conflict, the duties of an officer come first": a sentence of its own
            fronting = self._now
            self._open(at + 1, "main", None, continues=False)
            fronting.parent = self._now
        elif self._now.kind == "main" and reason_follows(self.tokens, at):
            self._open(at + 1, "time", self._now, continues=False)
        elif self._now.kind == "main" and self._denied_object_ends(at):
            self._open(at + 2, "main", self._now, continues=True)
            self._now.fresh = True
        elif self._takes_up_told(at):
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

    def _told_later(self, at: int) -> bool:
        """Whether a clause between commas parts "that no records" from its verb: "that no records, whether ..., be kept"."""
        rel, found = self._now, cue_at(self._keys, at + 1) if at + 1 < len(self.tokens) else None
        if self.tokens[rel.start].lower != "that" or found is None or found[1].opens not in ("if", "time", "except"):
            return False
        end = next((i for i in range(at + 1, len(self.tokens) - 1) if self.tokens[i].lower in HARD | {","}), None)
        return end is not None and self.tokens[end].lower == "," and self.tokens[end + 1].lower in _VERBS_TOLD

    def _takes_up_told(self, at: int) -> bool:
        """Whether a comma ends the clause that parts what is told from its verb (`_told_later`)."""
        told = self._now.parent
        if told is None or told.kind != "rel" or at + 1 >= len(self.tokens):
            return False
        opened, closed = self.tokens[told.start].lower, self.tokens[told.end - 1].lower
        return (
            (opened, closed) == ("that", ",") and self.tokens[at + 1].lower in _VERBS_TOLD and not self._has_verb(told)
        )

    def _denied_object_ends(self, at: int) -> bool:
        """Whether only what a verb takes was denied, and another verb follows: "do nothing outside their training, and ask"."""
        words = [t.lower for t in self.tokens[at + 1 : at + 3]]
        return len(words) == 2 and words[0] == "and" and is_plain_verb(words[1]) and self._denies_objects(self._now)

    def _verb_opens(self, at: int) -> bool:
        """Whether a verb begins what follows, behind an "and" and the label of an item: "; and C. hold a certificate"."""
        words = [t.lower for t in self.tokens[at : at + 4]]
        if words and words[0] in COORDINATORS:
            words = words[1:]
        if len(words) > 2 and len(words[0]) < 3 and words[1] in (".", ")"):
            words = words[2:]
        return bool(words) and (is_plain_verb(words[0]) or words[0] in _AUXILIARY)

    def _denies_objects(self, clause: Segment) -> bool:
        """Whether something is denied in a clause, and always what a verb takes: "have no discipline", "do nothing outside"."""
        return bool(clause.denials) and all(
            d.reach == "all" and d.start > clause.start and _takes_object(self.tokens[d.start - 1].lower)
            for d in clause.denials
        )

    def _lists_subjects(self, clause: Segment, at: int) -> bool:
        """Whether a comma stands between the subjects of a clause that is told: "sees that no record, file or note is kept"."""
        if self.tokens[clause.start].lower != "that" or self.tokens[clause.start + 1].lower not in _LISTED_FROM:
            return False
        if at + 1 == len(self.tokens):
            return False
        if clause.cue is not None or clause.finite_among(self.tokens, at) is not None or at - clause.start > _SUBJECTS:
            return False
        if self.tokens[at + 1].lower in COORDINATORS and not comma_between(self.tokens, clause.start, at):
            return False  # "that another be assigned, and the request is heard": no list, but a clause of its own
        return subjects_follow(self.tokens, at)

    def _coordinated(self, segment: Segment) -> bool:
        """Whether a subordinate clause begins behind a comma and "and", with nothing of the main clause between."""
        words = [t.lower for t in self.tokens[max(0, segment.start - 2) : segment.start]]
        return words in ([",", "and"], [",", "but"], [";", "and"], [";", "but"])

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
        if cue.opens and self.tokens[at].lower == "provides":
            return 1  # "this policy provides that": no condition
        if cue.opens and (length > 1 or self._opens(at)):
            self._subordinate(at, cue.opens)
            return length
        if (
            cue.force
            and self.tokens[at].lower == "should"
            and at == self._now.start
            and not self._after_subject()
            and condition_follows(self.tokens, at)
        ):
            self._open(at, "if", self._main(), continues=False)
        elif cue.force and not (self._as_many(at) and self.tokens[at - 1].lower not in HOW_FAR):
            self._force(at, length, cue.force)
        if cue.lowers and fronts_clause(self.tokens, at, length):
            self._open(at, "main", self._now, continues=False)
        if cue.lowers and not self._quality(at) and not self._as_many(at):
            self._now.lowered = True
        if cue.denies:
            self._deny(at, length, cue.denies)
        if cue == Cue():
            self._now.hidden.append((at, at + length))
        return length

    def _after_subject(self) -> bool:
        """Whether a clause goes on with a subject that still has no verb: "Members, on or off duty, | should avoid ..."."""
        before = self._now.parent
        return self._now.continues and before is not None and before.end > before.start and not self._has_verb(before)

    def _quality(self, at: int) -> bool:
        """Whether "discretion" is what a candidate should have, and not what somebody decides by."""
        if self.tokens[at].lower != "discretion" or at == 0:
            return False
        before = self.tokens[at - 1]
        return not before.possessive and before.lower not in ("his", "her", "their", "its", "own", "sole", "full")

    def _as_many(self, at: int) -> bool:
        """Whether "permit" or "can" tells how many: "as many employees as staffing permits", "as many as the budget can bear"."""
        words = [t.lower for t in self.tokens[self._now.start : at]]
        return any(a == "as" and b in ("many", "much", "often") for a, b in pairwise(words)) and "as" in words[-4:]

    def _opens(self, at: int) -> bool:
        """Whether a single word opens a clause; "provided", "upon" and "once" do so only after a comma or at the start."""
        word = self.tokens[at].lower
        if word in ("provided", "upon", "once"):
            begins = at == self._now.start or self.tokens[at - 1].lower == ","
            return begins and not (word == "once" and often(self.tokens, at + 1))
        return word in OPENING_WORDS

    def _subordinate(self, at: int, kind: str) -> None:
        if kind == "rel" and self.tokens[at].lower == "that" and not self._that_opens(at):
            return
        if kind == "rel" and goes_on(self.tokens, at):
            self._open(at, "main", None, continues=False)
            return
        if kind == "rel" and self._framed(at):
            self._open(at + 1, "main", None, continues=False)
            return
        parent = self._now if self._now.kind in ("main", "rel") else self._main()
        self._open(at, kind, parent, continues=False)

    def _framed(self, at: int) -> bool:
        """Whether a "that" ends words which only say that something is the rule: "The Sheriff directs that ..."."""
        now = self._now
        opening = now.kind == "main" and now.parent is None and now.cue is None and not now.denials
        return opening and frames_a_rule(self.tokens, now.start, at)

    def _that_opens(self, at: int) -> bool:
        """Whether "that" opens a clause ("records that identify") rather than points ("that role")."""
        return at > 0 and self.tokens[at - 1].lower not in PREPOSITIONS | {","} and at > self._now.start

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
        elif self._tells_of_subject(now, at):
            self._open(at - 1, "rel", now, continues=False)
        elif now.kind == "main" and at - now.start > 2 and self.tokens[at - 1].lower in ("and", "but"):
            # a modal without a subject goes on with that of a verb before it: "holds the post and can be relieved"
            self._open(at, "main", now, continues=True)
            self._now.fresh = True
        elif self._past_clause(now, at):
            self._open(at, "main", self._main(), continues=True)
        elif now.kind == "main":
            self._second_predicate(now, at)
        broken_off = self._broken_off(at)
        if broken_off is not None:
            force = combined(broken_off, force, self.tokens[min(at + 1, len(self.tokens) - 1)].lower)
        if force == MAY and (self._now.exclusive or any(t.lower in _ONLY for t in self.tokens[self._now.start : at])):
            force = MUST  # "only a psychologist may": nobody else may
        self._now.cue = (at, at + length, force)

    def _broken_off(self, at: int) -> str | None:
        """The force of a modal that a clause between commas parts from its verb: "should, if asked, | be free to"."""
        before = self._now.parent
        if before is None or before.cue is None or not self._now.continues or self._now.start != at:
            return None
        return before.cue[2] if before.cue[1] == before.end - 1 and self.tokens[at].lower == "be" else None

    def _past_clause(self, now: Segment, at: int) -> bool:
        """Whether a clause about a noun has ended, and a modal is that of the clause it interrupts."""
        if now.kind == "if":
            return self._past_whether(now, at)
        return now.kind == "rel" and (not self._own_clause(now, at) or self._joined(now, at))

    def _tells_of_subject(self, now: Segment, at: int) -> bool:
        """Whether a pronoun and a modal tell about the subject before them: "the help you can get | is still there"."""
        if now.kind != "main" or at - now.start < 3 or self.tokens[at - 1].lower not in _TELLERS:
            return False
        first, before = self.tokens[now.start].lower, self.tokens[at - 2].lower
        if first not in _LISTED_FROM or not before.isalpha() or before in COORDINATORS | PREPOSITIONS:
            return False
        return not self._has_verb(now, at) and verb_follows(self.tokens, at + 1)

    def _joined(self, rel: Segment, at: int) -> bool:
        """Whether "and" joins a modal to the main clause: "honest about what they are not trained for, and shall ask"."""
        if self.tokens[at - 1].lower != "and":
            return False
        return any(t.lower in FINITE for t in self.tokens[rel.start : at])

    def _second_predicate(self, now: Segment, at: int) -> None:
        """A modal after a clause that has its verb begins a new predicate: "are not confidential and may be shared"."""
        verb = next((i for i in range(now.start, at) if self.tokens[i].lower in FINITE), None)
        split = None if verb is None else coordinator(self.tokens, verb + 1, at)
        if split is not None:
            self._open(split + 1, "main", now, continues=at - split <= 1)
            self._move_denials(now, split + 1)
            if self._now.continues:
                self._now.fresh = True

    def _own_clause(self, rel: Segment, at: int) -> bool:
        """Whether a modal belongs to the clause that "who" or "that" opened, and not to the one it interrupts."""
        if rel.parent is not None and rel.parent.kind == "main" and self._has_verb(rel.parent):
            return True  # "shall decline a contact with a coworker to whom the supporter may be too close"
        first = rel.start + 1
        if at <= first or only_adverbs(self.tokens, first, at):
            return True
        opener, before = self.tokens[rel.start].lower, self.tokens[rel.start - 1].lower if rel.start else ""
        if before == "than" and not self._has_verb(rel, at):
            return True  # "whatever is bigger than what you can handle"
        if opener in ("which", "whom") and before in PREPOSITIONS and not self._has_verb(rel, at):
            # "the process by which members are removed | shall be in writing", but "those with whom they speak | are told"
            return not any(is_plain_verb(t.lower) for t in self.tokens[first + 1 : at])
        if (
            opener not in _COMPLEMENTS
            or self.tokens[first].lower not in CLAUSE_SUBJECTS
            or (opener != "that" and rel.start == 0)
        ):
            return False
        nested = rel.parent is not None and rel.parent.kind == "rel"
        main = self._main()
        if not nested and main is not None and self._tells_of_noun(rel, main, at):
            return False
        if not nested or main is None or main.cue is not None:
            return True
        return rel.cue is None and verb_follows(
            self.tokens, at + 1
        )  # "that go beyond what a peer can handle are referred"

    def _tells_of_noun(self, rel: Segment, main: Segment, at: int) -> bool:
        """Whether a "that" with a verb of its own tells of the subject: "any notes that a peer supporter keeps | should be shredded"."""
        return (
            self.tokens[main.start].lower in _LISTED_FROM
            and not self._has_verb(main)
            and any(is_plain_verb(t.lower) for t in self.tokens[rel.start + 2 : at])
        )

    def _has_verb(self, main: Segment, end: int | None = None) -> bool:
        return main.cue is not None or main.finite_among(self.tokens, end) is not None

    def _past_whether(self, clause: Segment, at: int) -> bool:
        """Whether a modal behind "whether" is that of the main clause: "who doubt whether they are able must say so"."""
        main = self._main()
        if self.tokens[clause.start].lower != "whether" or main is None or self._has_verb(main):
            return False
        told = [t.lower for t in self.tokens[clause.start + 1 : at]]
        return bool(told) and main.end > main.start and (told[0] == "to" or not FINITE.isdisjoint(told))

    def _finite(self, at: int) -> None:
        """A second finite verb takes up the main clause: "members who are not on the team | are invited"."""
        now, tokens = self._now, self.tokens
        if now.kind == "if" and at - now.start > 2 and self._told_whether(now):
            self._open(at, "main", self._main(), continues=True)
            return
        if self._took_modal_of_clause(at):
            self._open(at, "main", self._main() if now.kind == "rel" else now.parent, continues=True)
            return
        openers = _TELLERS | {"who", "which", "that", "what"}
        if now.kind != "rel" or at - now.start < 2 or tokens[now.start].lower not in openers:
            return
        if self._own_clause(now, at) or tokens[at - 1].lower in COORDINATORS | {"not", "to"}:
            return
        second = tokens[now.start + 1].lower
        if second in FINITE and at - now.start < 3:
            return
        self._open(at, "main", self._main(), continues=True)

    def _told_whether(self, clause: Segment) -> bool:
        """Whether what is decided is the subject: "whether to bow out | is talked over with the clinician"."""
        words = [t.lower for t in self.tokens[clause.start : clause.start + 2]]
        return words == ["whether", "to"] and clause.cue is None

    def _took_modal_of_clause(self, at: int) -> bool:
        """Whether the modal before was that of a clause about a noun: "whose need is more than a peer can meet | is passed on"."""
        now, before = self._now, self.segments[-2] if len(self.segments) > 1 else None
        if now.cue is None or before is None or self.tokens[at].lower not in ("is", "are"):
            return False
        if now.kind == "rel":
            main = self._main()
            interrupts = main is not None and not self._has_verb(main)
        else:
            interrupts = (
                now.kind == "main"
                and now.continues
                and now.cue[0] == now.start
                and before.kind == "rel"
                and before.finite_among(self.tokens) is not None
            )
        between = [t.lower for t in self.tokens[now.cue[1] : at]]
        return (
            interrupts and 0 < len(between) <= _SHORT and COORDINATORS.isdisjoint(between) and between[-1] not in _OPEN
        )

    def _move_denials(self, old: Segment, begin: int) -> None:
        self._now.denials = [d for d in old.denials if d.start >= begin]
        old.denials = [d for d in old.denials if d.start < begin]

    def _under_modal(self, now: Segment, at: int) -> bool:
        """Whether a modal reaches to a second verb: "should be off probation and have two years of service"."""
        if self.tokens[at].lower != "have" or now.cue is None or now.denials:
            return False
        modal = self.tokens[now.cue[0]].lower
        return now.cue[2] != MUST and modal in MODALS and modal != "can"  # "be someone people can trust, and have tact"

    def _conjunction(self, at: int) -> None:
        """A coordinated verb begins a new predicate with the same subject: "... and is", "... and does not"."""
        tokens, now = self.tokens, self._now
        if (
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
            and not self._infinitive(at)
            and not self._under_modal(now, at + 1)
        ):
            self._open(at + 1, "main", now, continues=True)
            self._now.cue = (at + 1, at + 1, MUST)

    def _infinitive(self, at: int) -> bool:
        """Whether "or do", "or have" go on with what a modal governs: "shall not lend to or do business with"."""
        words, now = [t.lower for t in self.tokens[at : at + 3]], self._now
        if words[0] != "or" or words[1] not in ("do", "have") or words[2:] == ["not"]:
            return False
        lead_in = now.parent if now.continues and now.start in self._joints else None
        cue = now.cue or (lead_in.cue if lead_in is not None else None)  # "shall not:" + "lend to, or do business with"
        if cue is not None:
            return cue[0] < cue[1]
        return any(t.lower in _AUXILIARY for t in self.tokens[:at])  # of a lead-in, too

    def _attributive(self, at: int) -> bool:
        """Whether a word such as "improper" stands before its noun, and no "is" before it."""
        tokens = self.tokens
        if tokens[at].lower not in _QUALITIES or at + 1 >= len(tokens) or not tokens[at + 1].lower.isalpha():
            return False
        if tokens[at + 1].lower in _NO_NOUN:
            return False
        return not any(t.lower in BE_FORMS for t in tokens[max(self._now.start, at - 3) : at])

    def _answers_in_full(self, at: int) -> bool:
        """Whether a sentence of its own stands behind the "no," of an answer, and no exception: "No, unless ..."."""
        return at < len(self.tokens) and self.tokens[at].lower in CLAUSE_SUBJECTS

    def _deny(self, at: int, length: int, reach: str) -> None:
        word = self.tokens[at].lower
        following = self.tokens[at + length].lower if at + length < len(self.tokens) else ""
        if ends_enumeration(self.tokens, at):
            self._now.hidden.append((at, at + length + 1))
            return
        if at == 0 and word == "no" and following == "," and self._answers_in_full(at + length + 1):
            return  # "No, it adds to the EAP": denies what was asked, and not what it goes on with
        if reach == "clause" and word in ("outside", "beyond") and at and self._keys[at - 1] in _STRAY:
            self._now.hidden.append((at, at + length))  # "may be removed for acting outside the role"
            return
        if length == 1 and reach == "clause" and self._attributive(at):
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

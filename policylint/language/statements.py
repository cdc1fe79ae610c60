"""Statements: the unit of judgement. A sentence, or a list item with its lead-in, with what it inherits."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise

from policylint.document import Span
from policylint.language.automaton import Occurrence, occurrence
from policylint.language.clause_signs import MODALS
from policylint.language.concepts import SUPPORTER, DocumentConcepts
from policylint.language.cues import ANAPHORS, COORDINATORS, POSSESSIVES, PREPOSITIONS, PRONOUNS
from policylint.language.fragments import (
    OTHERS_ALONE,
    asks_for_another,
    leaves_open,
    leaves_open_what_is_attended,
)
from policylint.language.frames import empty_beginning
from policylint.language.lead_ins import left_behind
from policylint.language.plain_verbs import is_plain_verb, verb_with_object
from policylint.language.segments import Segment
from policylint.language.syntax import Syntax
from policylint.language.words import Token, keys_of

_BEFORE_A_NOUN = frozenset("the a an any all each every its their his her this that our sworn trained own such".split())
_SERVE = keys_of("serve act function work volunteer")
_ASKING = frozenset("what how who whom when where why which whose".split())
_POINTING = ANAPHORS | OTHERS_ALONE | POSSESSIVES
_OPENERS = frozenset(", . ; : and but or that if when where while because since as before after until of".split())
"""After them "it" is the subject of a clause, or names a whole."""
_THAT_LAW = frozenset("statute act section subsection provision privilege".split())
"""Behind "that" they are those named just before: "Members follow that statute"."""
TAKING_OVER = frozenset(("it", "they", "he", "she", "these", "those", "this", "such"))
"""Words at the start of a clause by which it takes over the subject of the statement before."""
_SPOKEN_OF = frozenset(("they", "he", "she"))
_NOWHERE: list[Occurrence] = []


@dataclass(frozen=True, slots=True)
class Actors:
    """The persons and groups a stretch names, as the doers of what follows.

    Attributes:
        heads: occurrences that can be the subject.
        others: occurrences that stand after a preposition or as possessor ("the role of a peer supporter").
        pronoun: the stretch begins with a pronoun or names nobody.
    """

    heads: tuple[Occurrence, ...] = ()
    others: tuple[Occurrence, ...] = ()
    pronoun: bool = False


@dataclass(eq=False)
class Statement:
    """One statement of a document.

    Attributes:
        tokens: the tokens of its lead-in, then its own.
        own_from: index in `tokens` of its first own token.
        joints: indexes where a list item follows its lead-in.
        slices: where its concepts stand among those of the document: (from, to, shift of its tokens).
        mask: its concepts, own and of its lead-in, as bits (`DocumentConcepts`); `own_mask` its own,
            `heading_mask` those of the headings above.
        voice: "body", "heading", "purpose", "definition", "statute", "row", "quote", "question" or "disclaimer".
        law: of voice "statute", the words by which it is known as one, in small letters.
        elsewhere: it stands in a section about another program and does not speak of peer supporters.
        before: the statement before it in the same passage or list, whose subject it may take over.
        lead: the statement that is its lead-in.
        referred: the concepts, as bits, of the places of the document that it names by their numbers.
        title: the concepts, as bits, of the title in whose line it stands ("Steering group. Meets twice a year."); it is about them.
        listed_under: the concepts, as bits, of the person whose title is the heading of the list that it is an item of ("Coordinator").
        banned: it is a fragment under a heading that forbids what is listed ("Prohibited Conduct").
        answers: what has been asked of it before: many patterns ask whether the same people do the same thing.
    """

    index: int
    section: int
    passage: int | None
    tokens: tuple[Token, ...]
    own_from: int
    joints: tuple[int, ...]
    slices: tuple[tuple[int, int, int], ...]
    concepts: DocumentConcepts
    mask: int
    own_mask: int
    heading_mask: int
    voice: str
    spans: tuple[Span, ...]
    text: str
    elsewhere: bool = False
    law: str = ""
    before: Statement | None = None
    lead: Statement | None = None
    referred: int = 0
    title: int = 0
    banned: bool = False
    listed_under: int = 0
    answers: dict[tuple[int | bool, ...], bool] = field(default_factory=dict, init=False)
    _places: dict[int, list[Occurrence]] = field(default_factory=dict, init=False)
    _actors: dict[tuple[int, int], Actors] = field(default_factory=dict, init=False)

    @cached_property
    def syntax(self) -> Syntax:
        """Segments, force and polarity of its tokens."""
        return Syntax(self.tokens, self.joints, banned=self.banned)

    @cached_property
    def occurrences(self) -> list[Occurrence]:
        """Concepts in `tokens`, by place; of a lead-in those that its items take over."""
        limit = len(self.tokens)
        found = [
            occurrence((start + shift, end + shift, mask))
            for low, high, shift in self.slices
            for start, end, mask in self.concepts.rows(low, high)
            if end + shift <= limit
        ]
        if self.own_from == 0:
            return found
        left = {
            at
            for begin, end in pairwise((0, *self.joints))
            for span in left_behind(self.tokens, begin, end, self.syntax.segments)
            for at in range(*span)
        }
        return [o for o in found if o[0] not in left] if left else found

    @cached_property
    def clause_masks(self) -> list[int]:
        """For each clause of its own, the concepts that can be parts of one pattern with what stands in it."""
        syntax = self.syntax
        roots = syntax.roots
        masks: dict[int, int] = {}
        if len(self.slices) > 1:
            for o in self.occurrences:
                root = roots[o[0]]
                masks[root] = masks.get(root, 0) | o[2]
        else:
            low, high, shift = self.slices[0]
            limit = len(self.tokens)
            for start, end, mask in self.concepts.rows(low, high):
                if end + shift <= limit:
                    root = roots[start + shift]
                    masks[root] = masks.get(root, 0) | mask
        if len(masks) > 1 and syntax.pointing:
            # a clause that takes up another one ("... and they shall ...") may use what that one named
            whole = 0
            for mask in masks.values():
                whole |= mask
            return [whole]
        return list(masks.values())

    @cached_property
    def _by_mask(self) -> tuple[dict[int, list[Occurrence]], list[tuple[int, list[Occurrence]]]]:
        """The occurrences that stand for the same, together; those whose mask has more than one bit apart."""
        groups: dict[int, list[Occurrence]] = {}
        for o in self.occurrences:
            mask = o[2]
            if mask in groups:
                groups[mask].append(o)
            else:
                groups[mask] = [o]
        several = [mask for mask in groups if mask.bit_count() > 1]
        return groups, [(mask, groups.pop(mask)) for mask in several]

    def places(self, concepts: int) -> list[Occurrence]:
        """Where any concept of a mask occurs in lead-in and own tokens."""
        # many masks come to the same few concepts of this statement: kept under those, they are looked for once
        named = self.mask & concepts
        if not named:
            return _NOWHERE
        found = self._places.get(named)
        if found is None:
            single, several = self._by_mask
            # few bits are asked for, and nearly all phrases stand for one bit: no need to go through them all
            groups, rest = [], named
            while rest:
                bit = rest & -rest
                rest ^= bit
                if bit in single:
                    groups.append(single[bit])
            if several:
                groups += [places for mask, places in several if mask & named]
            found = groups[0] if len(groups) == 1 else sorted(chain.from_iterable(groups))
            self._places[named] = found
        return found

    @cached_property
    def points_back(self) -> bool:
        """Whether its own words hold a pronoun, "such" or a bare label that may stand for something said just before."""
        tokens = self.tokens[self.own_from :]
        if leaves_open(tokens):
            return True
        own = [t.lower for t in tokens]
        if leaves_open_what_is_attended(own):
            return True
        if _POINTING.isdisjoint(own):
            return False
        empty = empty_beginning(own)
        following = pairwise((*own[empty:], ""))
        if any(
            (word in ANAPHORS and not _begins_anew(word, after))
            or (word in OTHERS_ALONE and asks_for_another(word, after))
            or (word == "that" and after in _THAT_LAW)
            for word, after in following
        ):
            return True
        at = next((self.own_from + i for i, lower in enumerate(own) if lower in POSSESSIVES), None)
        if at is None:
            return False
        actors = self.concepts.actors
        return not any(self.own_from <= o.start < at and o.mask & actors for o in self.occurrences)

    @cached_property
    def context(self) -> int:
        """Concepts, as bits, that it is about: of the nearest heading, of the sentence it or its lead-in points back to."""
        about = self.heading_mask | self.referred | self.title
        if self.lead is not None:
            about |= self.lead.context
        if self.before is not None and self.points_back:
            about |= self.before.own_mask
            further = self.before.before
            if further is not None and self.before.points_back:
                about |= (
                    further.own_mask
                )  # "They still have the plan. This stands next to it. It does not take its place."
            if self.spoken_of and self.before.spoken_of:
                for o in self.subject.heads:
                    about |= o.mask & self.concepts.actors
        return about

    @cached_property
    def firm_context(self) -> int:
        """What of the context a contradiction may be made of: persons and groups, and of things what `taken_up` says, or a heading that a word or two complete."""
        firm = self.context & self.concepts.actors
        if self.before is not None and self._object_pronouns:
            firm |= self.before.own_mask
        return firm | self.heading_mask if self.terse else firm

    @cached_property
    def terse(self) -> bool:
        """Whether it is so short that it says nothing without its heading: "Confidentiality" with "No exceptions." under it."""
        return len(self.tokens) < 6 and sum(t.lower.isalpha() for t in self.tokens) < 3

    def taken_up(self, anchor: Occurrence) -> int:
        """What a pronoun right behind a word stands for: "Peers lead debriefings. No clinician takes part in them."."""
        near = any(anchor.end <= at <= anchor.end + 1 for at in self._object_pronouns)
        return self.before.own_mask if near and self.before is not None else 0

    @property
    def takes_up_things(self) -> bool:
        """Whether a pronoun of its own stands for something that the sentence before names: "no part in it"."""
        return bool(self._object_pronouns)

    @cached_property
    def _object_pronouns(self) -> list[int]:
        """Where "it" and "them" stand that are no subject and no part ("each of them"), before the sentence names a second thing."""
        found = list[int]()
        own = [t.lower for t in self.tokens[self.own_from :]]
        if "it" not in own and "them" not in own:
            return found
        for at, (word, after) in enumerate(pairwise(own), self.own_from + 1):
            if word in COORDINATORS or word in (",", ";"):
                break
            if after in ("it", "them") and word not in _OPENERS:
                found.append(at)
        return found

    @cached_property
    def reach(self) -> int:
        """Concepts, as bits, that it names or is about."""
        return self.mask | self.context

    @property
    def possible_doers(self) -> int:
        """Concepts, as bits, beside those of its context, of whom it may tell what they do."""
        doers, before, tokens = self.mask, self.before, self.tokens
        if before is not None and any(
            tokens[s.start].lower in TAKING_OVER for s in self.syntax.segments if s.start < len(tokens)
        ):
            doers |= before.mask | (before.before.mask if before.before is not None else 0)
        supporter = self.concepts.members(SUPPORTER)
        return doers | supporter if self.heading_mask & supporter else doers

    def aside(self, anchor: int, at: int) -> bool:
        """Whether a token stands in brackets that do not hold the anchor ("e.g., a supervisor")."""
        depths = self._depths
        return bool(depths) and depths[at] > depths[anchor]

    @cached_property
    def _depths(self) -> list[int]:
        """How many brackets are open at each token; empty when there are none."""
        depths, depth = [], 0
        for token in self.tokens:
            depth += token.lower == "("
            depths.append(depth)
            depth -= token.lower == ")"
        return depths if any(depths) else []

    def actors_between(self, start: int, end: int) -> Actors:
        """Who is named in tokens [start, end): possible subjects, and those behind a preposition."""
        found = self._actors.get((start, end))
        if found is None:
            found = self._actors[start, end] = self._actors_between(start, end)
        return found

    def _actors_between(self, start: int, end: int) -> Actors:
        heads: list[Occurrence] = []
        others: list[Occurrence] = []
        for o in self.places(self.concepts.doers):
            if o[0] < start or o[1] > end:
                continue
            if o.start > start and self.tokens[o.start - 1].lower in ("this", "that", "such") and o.end - o.start == 1:
                continue  # "this individual" is whoever was spoken of
            behind = self._begins_with_verb and start <= self.own_from < o.start
            (others if behind or self.oblique(o, start) else heads).append(o)
        persons = self.concepts.persons
        if any(not o.mask & persons for o in heads):
            # "the Unit Clinician": the unit only tells which clinician
            begins = {o.start for o in self.places(persons)}
            heads = [o for o in heads if o.mask & persons or o.end not in begins]
        first = self.tokens[start].lower if start < end else ""
        return Actors(tuple(heads), tuple(others), first in PRONOUNS or not heads)

    @cached_property
    def doer_above(self) -> int:
        """Who does what an item without a subject says, where the heading of its list is a person's title: "Keeps the roster"."""
        if not self.listed_under or self.own_from >= len(self.tokens):
            return 0
        first = self.tokens[self.own_from].lower
        says = first in MODALS or self._begins_with_verb or is_plain_verb(first)
        return self.listed_under if says else 0

    @cached_property
    def _begins_with_verb(self) -> bool:
        """Whether its own words begin with a verb that has its object right behind it, and no subject: "Oversees the members"."""
        own = self.own_from
        if any(o.start == own for o in self.places(self.concepts.doers)):
            return False
        return verb_with_object(self.tokens, own)

    def oblique(self, o: Occurrence, start: int) -> bool:
        """Whether a phrase stands behind a preposition or is a possessive, so that it is no subject."""
        if self.tokens[o.end - 1].possessive:
            return True
        for at in range(o.start - 1, max(start, o.start - 5) - 1, -1):
            lower = self.tokens[at].lower
            if lower in PREPOSITIONS:
                return True
            if lower not in _BEFORE_A_NOUN:
                return False
        return False

    @cached_property
    def serving_as(self) -> list[Occurrence]:
        """Phrases that tell in which role somebody acts: "a sergeant who serves as a peer supporter", "as a peer supporter, you"."""
        at = [i for i, (a, b) in enumerate(pairwise(self.tokens)) if b.lower == "as" and a.key in _SERVE]
        if len(self.tokens) > self.own_from and self.tokens[self.own_from].lower == "as":
            at.append(self.own_from - 1)
        return [o for o in self.occurrences if any(o.start - 4 <= i < o.start - 1 for i in at)] if at else _NOWHERE

    @cached_property
    def main(self) -> Segment:
        """The clause that says what the statement says: the last main clause with a force cue, else the first."""
        segments = self.syntax.segments
        own = [s for s in segments if s.end > self.own_from] or segments
        return next((s for s in reversed(segments) if s.kind == "main" and s.cue), own[0])

    @cached_property
    def force(self) -> str:
        """The force of its main clause."""
        return self.syntax.force(min(self.main.verb_at, len(self.tokens) - 1))

    @cached_property
    def negative(self) -> bool:
        """Whether the verb of its main clause is denied."""
        main = self.main
        at = main.cue[1] if main.cue else main.start if main.finite is None else main.finite + 1
        for denial in main.denials:
            if denial.start <= at < denial.end:
                at = denial.end
        last = min(main.end, len(self.tokens)) - 1
        return self.syntax.denied(min(at, last), min(at, last) + 1)

    @cached_property
    def subject(self) -> Actors:
        """Who does what the statement says, as far as its own words tell; else the subject of the one before."""
        mine = self.named_first
        return mine if mine.heads or self.before is None else self.before.own_subject

    @property
    def own_subject(self) -> Actors:
        """Who its own main clause names as the doer, or at least one statement before it."""
        mine = self.named_first
        if mine.heads or self.before is None:
            return mine
        return self.before.own_subject if self.spoken_of and self.before.spoken_of else self.before.named_first

    @cached_property
    def named_first(self) -> Actors:
        """Who stands before the verb of its main clause; without a modal, among the first words."""
        main = self.main
        if not main.cue and self.spoken_of:
            return Actors((), (), pronoun=True)  # "They refer people to a therapist"
        return self.actors_between(main.start, main.verb_at if main.cue else min(main.end, main.start + 12))

    @property
    def spoken_of(self) -> bool:
        """Whether the doer of its main clause is somebody spoken of before: "They listen"."""
        at = self.main.start
        return at < len(self.tokens) and self.tokens[at].lower in _SPOKEN_OF

    @cached_property
    def asks(self) -> bool:
        """Whether it is a heading that tells what its section is about and states nothing: "What is kept private"."""
        return self.voice == "heading" and bool(self.tokens) and self.tokens[0].lower in _ASKING

    @property
    def subject_names(self) -> tuple[str, ...]:
        """The concepts of its subject, as the lexicon names them."""
        names = (n for o in self.subject.heads for n in self.concepts.names(o.mask & self.concepts.actors))
        return tuple(dict.fromkeys(names))


_TEXTS = frozenset(
    "policy order directive guideline guidelines procedure manual chapter section subsection paragraph article document "
    "regulation rule standard general special administrative written memorandum bulletin instruction protocol sop sog "
    "state county city town district department agency office division bureau jurisdiction".split()
)
"""What a policy calls itself and those it is for, behind "this": it points to the text or its agency, to nothing said just before."""


def _begins_anew(word: str, after: str) -> bool:
    """Whether a word that may point back does not: "such as", "those who ask", "this policy"."""
    if word == "such":
        return after == "as"
    if word == "those":
        return after in ("who", "whom", "whose", "with", "that", "which") or after.endswith("ing")
    return word == "this" and after in _TEXTS

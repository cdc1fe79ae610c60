"""Requirements, checks, packs and the lexicon as frozen values. Loading them from YAML is `policylint.packs.load`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from policylint.packs.phrases import Phrase

FORCES = ("may", "should", "must")
"""Forces in rising order."""

KINDS = ("duty", "condition", "exception", "bar_to_serve", "must_not_claim", "permission", "staleness")
"""Kinds of requirement."""

STATUSES = ("met", "weak", "partial", "missing", "conflict", "not_applicable")

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Requirement:
    """One atomic thing an authority asks of a policy (a catalogue entry, with what the pack adds).

    Attributes:
        id: for life ("IACP-9b").
        force: "must", "should" or "may".
        elements: for a list requirement, element key -> what it is; else empty.
        model_language: a clause we would suggest, a Jinja2 template ({{ agency }}, {{ supporter }}, ...).
        kind: what sort of thing is asked (`KINDS`). Of a "must_not_claim" silence is met and the claim a conflict; of a
            "staleness" today's term is met, only the older one a conflict.
        basis: how well the source was read: "read", "summary" or "inferred".
        applies_to: the kinds of agency it binds (`AGENCY_KINDS`); () for all.
        applies_when: name of the fact it depends on ("regional"), or "": where the fact does not hold it is not applicable.
        effective: the first and the last day (ISO dates) on which it is asked; "" for no bound.
        status: "checked", or "manual" (no check; `manual_reason` says why).
    """

    id: str
    pack: str
    topic: str
    force: str
    text: str
    citation: str
    model_language: str
    kind: str = "duty"
    basis: str = "read"
    elements: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    status: str = "checked"
    manual_reason: str = ""
    applies_when: str = ""
    applies_to: tuple[str, ...] = ()
    effective: tuple[str, str] = ("", "")
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """The requirements of one authority, one version.

    Attributes:
        authority: who asks, e.g. "Washington State Legislature".
        rank: "statute", "model policy" or "guideline".
        jurisdiction: the state whose agencies it binds ("WA"), or "" for all.
        as_of: which state of the source was read; `review_by`: the day (ISO date) after which it should be read again.
        reprinted_as: words in small letters by which a reprint of the statute in a policy is known ("78b-5-90").
        sha256: of the pack's file.
    """

    id: str
    title: str
    version: str
    authority: str
    rank: str
    source: str
    as_of: str
    requirements: tuple[Requirement, ...]
    jurisdiction: str = ""
    review_by: str = ""
    reprinted_as: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Yield:
    """A requirement that gives way to a higher authority, which forbids or settles what it asks.

    Attributes:
        to: ids of the requirements it yields to.
        reason: a sentence that the report prints.
        when: name of the fact under which it yields, or "" for always.
        file: the profile it comes from.
    """

    requirement: str
    to: tuple[str, ...]
    reason: str
    when: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class PassRule:
    """What a policy must meet to pass (`policylint.review.standing` applies it).

    Attributes:
        every: what must be met without exception, as the profile names it: ranks, forces, packs or requirements.
        share: of the others, how many must be met, in per cent; 0 when no share is asked.
        of: of what the share is asked, as the profile names it; () for all that `every` does not name.
        each, some: ids of the requirements that `every` and `of` stand for; none is in both.
    """

    every: tuple[str, ...] = ()
    share: int = 0
    of: tuple[str, ...] = ()
    each: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Profile:
    """The packs that bind one kind of agency, in order of rank, and what yields to what.

    Attributes:
        state: two capitals ("WA"), or "".
        citations, names: words by which a document shows that it belongs to the state; a citation of its law counts more.
        severity: requirement -> the severity its gaps have here.
        not_applicable: requirement -> why it does not bind this agency.
        changes: what an agency's own profile changed and in which file, as sentences.
        base: the shipped profile: the one that an agency's own extends, else itself.
        pass_rule: when a policy passes; None where nobody has said.
    """

    id: str
    title: str
    packs: tuple[str, ...]
    state: str = ""
    citations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    yields: tuple[Yield, ...] = ()
    severity: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    not_applicable: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    changes: tuple[str, ...] = ()
    file: str = ""
    base: str = ""
    pass_rule: PassRule | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a sentence pattern: a concept of the lexicon (inline choices and words become concepts, too).

    Attributes:
        concept: name of the lexicon concept, or the generated name of an inline choice or word.
        optional: a part in [brackets]: sharpens the evidence, is not asked for.
    """

    concept: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence pattern, compiled.

    Attributes:
        text: as written.
        parts: all parts in the order written.
        slot: index in `parts` before which the force word stood, or None when the pattern has none.
        slot_word: "must", "should", "may" or "can"; "" without a slot.
        negated: the pattern holds `not`.
    """

    text: str
    parts: tuple[Part, ...]
    slot: int | None
    slot_word: str
    negated: bool
    file: str
    line: int

    # Plans are looked up by pattern a thousand times for each document: by identity, not by all fields.
    __hash__ = object.__hash__


@dataclass(frozen=True, slots=True)
class Example:
    """A text with the verdict the check must give it, from the check's own file."""

    status: str
    text: str
    line: int
    elements: tuple[str, ...] | None = None
    requirement: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """How to find out whether a document states a thing. One file in checks/<topic>/.

    Attributes:
        says: patterns that state it; `weakly`: that state it with less force than their words have;
            `partly`: that state it for part of its scope; `opposes`: that contradict it.
        parts: name -> patterns; all parts together state it as well.
        elements: element key -> patterns.
        scope: where elements are looked for: "list" (the statement that says it, and what hangs under or follows it
            in its paragraph), "section", or "document".
        counts_in: voices and places beside the body where a statement counts: "purpose", "elsewhere" (sections about
            another program, such as chaplains).
        document_parts: names of parts that any whole document proves by being one (a written policy).
        ignore_with: concepts or words that make a statement one about something else.
        ignore_behind: concepts or words that what stands behind them is said of, and not of peer support.
        says_unless: concepts or words with which a statement does not state it, though it may oppose it.
        opposes_unless: concepts or words that make an opposing statement an exception, not a contradiction.
    """

    id: str
    title: str
    topic: str
    serves: tuple[str, ...]
    says: tuple[Pattern, ...]
    opposes: tuple[Pattern, ...]
    weakly: tuple[Pattern, ...]
    partly: tuple[Pattern, ...]
    parts: Mapping[str, tuple[Pattern, ...]]
    elements: Mapping[str, tuple[Pattern, ...]]
    scope: str
    counts_in: frozenset[str]
    document_parts: frozenset[str]
    ignore_with: tuple[str, ...]
    ignore_behind: tuple[str, ...]
    opposes_unless: tuple[str, ...]
    says_unless: tuple[str, ...]
    limits: str
    examples: tuple[Example, ...]
    file: str

    # As for patterns: by identity.
    __hash__ = object.__hash__

    @property
    def patterns(self) -> tuple[Pattern, ...]:
        """All its patterns, in the order of the keys of a check file."""
        named = (*self.parts.values(), *self.elements.values())
        return (*self.says, *self.weakly, *self.partly, *self.opposes, *(p for patterns in named for p in patterns))


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a document shows of its agency ("regional"), on which the applicability of requirements depends.

    Attributes:
        holds_when: patterns; one statement that says one of them shows it.
        ignore_with: concepts or words that make a statement one about something else.
        examples: texts with "holds" or "fails" as status.
    """

    id: str
    title: str
    holds_when: tuple[Pattern, ...]
    ignore_with: tuple[str, ...]
    limits: str
    examples: tuple[Example, ...]
    file: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A named concept and every way to say it.

    Attributes:
        phrases: every way to say it, as parsed phrases.
        kind: "person", "group" or "" (anything else). Of persons and groups the longest phrase wins where they overlap.
        but_not: phrases that look the same and mean something else.
        defined_by: patterns; a term whose definition in a document matches one joins the concept for that document.
        includes: names of the concepts it stands for as a whole ("{{clinician}|{management}}" includes both); their
            phrases, and what a document's definitions add to those, belong to it, too.
        implied: a policy addresses these people without naming them ("Refer anyone in trouble to a therapist").
        exact: its words stand for themselves, and not for those that say the same (`SameWords`).
    """

    name: str
    phrases: tuple[Phrase, ...]
    kind: str = ""
    but_not: tuple[Phrase, ...] = ()
    defined_by: tuple[Pattern, ...] = ()
    file: str = ""
    line: int = 0
    includes: tuple[str, ...] = ()
    implied: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class SameWords:
    """Words that say the same in whatever phrase they stand.

    Attributes:
        words: where a phrase has one of them, any other of them will do.
        also: what will do for them, too, while they do not for it: "personnel" for "employee".
    """

    words: tuple[str, ...]
    also: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, eq=False)
class Library:
    """Everything loaded from checks/ and model_policies/: the rules a document is judged by."""

    packs: Mapping[str, Pack]
    checks: Mapping[str, Check]
    concepts: Mapping[str, Concept]
    check_for: Mapping[str, Check] = field(default_factory=dict)
    """requirement id -> the check that serves it."""
    facts: Mapping[str, Fact] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    same_words: tuple[SameWords, ...] = ()
    """Of the lexicon; a library made ready to judge by has them in the network of its phrases."""

    @cached_property
    def requirements(self) -> Mapping[str, Requirement]:
        """Every requirement by its id, in the order of the packs."""
        return {r.id: r for pack in self.packs.values() for r in pack.requirements}

"""From a document to its analysis: terms, concepts, statements, and what the document is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any
from weakref import WeakKeyDictionary

from policylint.collector import collector_paused
from policylint.document import PASSAGE, Document, Passage, Span
from policylint.language.automaton import Occurrence, occurrence
from policylint.language.bans import bans, is_fragment
from policylint.language.concepts import SUPPORTER, ConceptFinder, DocumentConcepts
from policylint.language.fragments import leaves_open, named_as_title, title_end
from policylint.language.index import ConceptIndex, bits
from policylint.language.mentions import ABOUT, of_another_kind, peers, titled
from policylint.language.nested import nested
from policylint.language.network import Network
from policylint.language.other_programs import foreign_sections, speaks_of_own
from policylint.language.pipeline import Words, sentences, words_of
from policylint.language.references import NUMBERED, Places, cited
from policylint.language.statements import (
    Statement,
    section_voices,
    sentence_voice,
    speaks_of_law,
)
from policylint.language.terms import Terms, passages_text
from policylint.language.usual_titles import usual_programs, usual_titles
from policylint.language.words import Token
from policylint.packs.models import Library


@dataclass(frozen=True, eq=False)
class Analysis:
    """A document as understood.

    Attributes:
        statements: in document order; headings that have a list right under them are statements of voice "heading".
        terms: the document's own terms and the concepts they stand for.
        mentions: how often peer supporters or peer support are named.
        titled: the title names peer support.
        concepts: the concepts it names.
    """

    document: Document
    statements: tuple[Statement, ...]
    terms: dict[str, str]
    mentions: int
    titled: bool
    concepts: DocumentConcepts

    @cached_property
    def _clauses(self) -> list[tuple[Statement, int]]:
        """The clauses of all statements, in document order, with the concepts that stand together in each."""
        return [(s, mask) for s in self.statements for mask in s.clause_masks]

    @cached_property
    def naming(self) -> ConceptIndex:
        """From a concept to the clauses, as bits, that name it, in own words or lead-in."""
        return ConceptIndex(enumerate(mask for _, mask in self._clauses), self.concepts)

    @cached_property
    def _context(self) -> ConceptIndex:
        """From a concept to the clauses, as bits, whose context supplies it."""
        return ConceptIndex(((number, s.context) for number, (s, _) in enumerate(self._clauses)), self.concepts)

    @cached_property
    def reaching(self) -> ConceptIndex:
        """From a concept to the clauses, as bits, that name it or whose context supplies it."""
        return self.naming.with_more(self._context)

    @cached_property
    def reaching_actors(self) -> ConceptIndex:
        """The same, but of the context only persons and groups: all that a pattern which contradicts takes from there."""
        return self.naming.with_more(self._context, self.concepts.actors)

    @cached_property
    def denying(self) -> int:
        """The clauses, as bits, of statements in which anything may be denied."""
        return sum(1 << number for number, (s, _) in enumerate(self._clauses) if s.syntax.denies)

    def clauses_of(self, statements: Iterable[int]) -> int:
        """The clauses, as bits, of statements given by index."""
        clauses = 0
        for statement in statements:
            clauses |= self._clauses_by_statement.get(statement, 0)
        return clauses

    def clauses_where(self, takes: Callable[[Statement], bool]) -> int:
        """The clauses, as bits, of the statements that a test takes."""
        return self.clauses_of([s.index for s in self.statements if takes(s)])

    @cached_property
    def _clauses_by_statement(self) -> dict[int, int]:
        """Index of a statement -> its clauses, as bits."""
        clauses: dict[int, int] = {}
        for number, (s, _) in enumerate(self._clauses):
            clauses[s.index] = clauses.get(s.index, 0) | 1 << number
        return clauses

    def clauses_before(self, statement: int) -> int:
        """The clauses, as bits, of all statements before one."""
        own = self._clauses_by_statement[statement]
        return (own & -own) - 1  # all below its first

    def chosen(self, clauses: int) -> Iterator[Statement]:
        """The statements of clauses given as bits, in document order, each once."""
        last: Statement | None = None
        for number in bits(clauses):
            statement = self._clauses[number][0]
            if statement is not last:
                last = statement
                yield statement


_TAKING_UP = frozenset("it they these those this such she he".split())
_THESE = frozenset("these those such the".split())
_COUNTS = frozenset(
    "two three four five six seven limits exceptions matters cases things rules foregoing above".split()
)
"""With one of the words before, they stand for what was listed just before."""
_OPENING = 5
"""Headings at the start of a document that may hold its program's name."""
_HEAD_CELL = 6
"""Most words of a cell in the head of a table."""
_LEAD = 120
"""Most tokens of a lead-in that its items take over."""

_FINDERS: WeakKeyDictionary[Library, ConceptFinder] = WeakKeyDictionary()


def finder_of(library: Library) -> ConceptFinder:
    """A library's lexicon ready to be found in words, made once a library."""
    finder = _FINDERS.get(library)
    if finder is None:
        with collector_paused(lasting=True):
            finder = _FINDERS[library] = ConceptFinder(library)
    return finder


def take_network(library: Library, network: Network) -> None:
    """Let `finder_of` use a network that was made of the library's phrases before."""
    with collector_paused(lasting=True):
        _FINDERS[library] = ConceptFinder(library, network)


def analyse(document: Document, library: Library) -> Analysis:
    """Understand a document with a library's lexicon. Cost grows with the words of the document, not with the rules."""
    return _Analyser(document, finder_of(library)).run()


class _Analyser:
    def __init__(self, document: Document, finder: ConceptFinder) -> None:
        self.document, self.finder = document, finder
        self.terms = Terms(finder)
        count = len(document.passages)
        runs = [p.spans for p in document.passages] + [s.spans for s in document.sections]
        self.words: Words = words_of(document, runs)
        self.heading_runs = self.words.runs[count:]
        self.sentences = sentences(document, self.words)
        self.statements: list[Statement] = []
        self.head_row = 0
        self.ranges: dict[tuple[int, int], tuple[int, int, int]] = {}
        self.of_passage: list[list[Statement]] = [[] for _ in document.passages]

    def run(self) -> Analysis:
        self.keys = keys = [t.key for t in self.words.tokens]
        for text in passages_text(self.document):
            self.terms.from_passage(text)
        for section in self.document.sections:
            self.terms.from_brackets(section.title)
        every = self.finder.every(keys)
        self.terms.from_words(keys, every)
        self.terms.from_conduct(self.document.text, self.words.tokens, (s for run in self.sentences for s in run))
        if self.document.words < PASSAGE:
            self._usual_names(every)
        opening = [s.title for s in self.document.sections[1 : 1 + _OPENING]]
        self.terms.from_headings([self.document.title, *opening], self.document.text, keys)
        own = self.terms.table.find(keys)
        more = nested(self.finder, keys, every, own, self.terms.found)
        self.concepts = DocumentConcepts(self.finder, [*every, *more], own)
        self.found = self.concepts.occurrences
        self.starts = [o[0] for o in self.found]
        self.titled = titled(self.document.title, self.finder, self._aliases())
        self._sections()
        for passage in self.document.passages:
            self._statements_of(passage)
        self._headings()
        self._references()
        terms = {" ".join(k): v for k, v in self.terms.found.items()}
        return Analysis(self.document, tuple(self.statements), terms, self._mentions(), self.titled, self.concepts)

    def _usual_names(self, found: Iterable[Occurrence]) -> None:
        """Take names that a passage uses as if they had been explained before it."""
        words = self.words.tokens
        for name in usual_programs(self.document.text, words):
            self.terms.from_name(name, self.keys)
        if not self._named_outright(found):
            for title in usual_titles(words, [s for run in self.sentences for s in run]):
                self.terms.add(title, SUPPORTER)

    def _named_outright(self, found: Iterable[Occurrence]) -> bool:
        """Whether supporters are named by a title that the lexicon or the document knows; "peer" alone is none."""
        supporters = self.finder.mask((SUPPORTER,))
        named = (self.keys[o.start : o.end] for o in found if o.mask & supporters)
        return SUPPORTER in self.terms.found.values() or any(words != ["peer"] for words in named)

    def _within(self, begin: int, end: int) -> tuple[int, int, int]:
        """The concepts of tokens [begin, end): their range among all, and their mask."""
        known = self.ranges.get((begin, end))  # a lead-in is asked for with every item
        if known is None:
            low, high = bisect_left(self.starts, begin), bisect_left(self.starts, end)
            mask = 0
            for o in self.found[low:high]:
                mask |= o[2]
            known = self.ranges[begin, end] = low, high, mask
        return known

    def _aliases(self) -> set[tuple[str, ...]]:
        """The document's own terms for those who give peer support, and what it makes of names with "peer" in them."""
        return {k for k, v in self.terms.found.items() if v == SUPPORTER} | self.terms.peer_names

    def _peers(self, found: Sequence[Occurrence], concepts: Iterable[str]) -> set[int]:
        return peers(self.keys, found, self.concepts.mask(concepts), self._aliases())

    def _mentions(self) -> int:
        plain = len(self._peers(self.found, ABOUT))
        supporters = self.concepts.mask((SUPPORTER,))
        # once peer support has been named, or a term defined for those who give it, "team members" are its members
        known = plain >= 2 or SUPPORTER in self.terms.found.values()
        named = [o for o in self.found if o.mask & supporters]
        if of_another_kind(self.keys, named):
            return 0
        return max(plain, len(named)) if known else plain

    # -- sections -------------------------------------------------------------------------------------------------

    def _sections(self) -> None:
        sections = self.document.sections
        self.voices = section_voices(self.document)
        self.heading_masks: list[int] = []
        headings = []
        for section in sections:
            begin, end = self.heading_runs[section.index]
            mask = self._within(begin, end)[2]
            above = self.heading_masks[section.parent] if section.parent is not None else 0
            if section.title == self.document.title and len(sections) > 2:
                mask &= self.concepts.persons  # the title is about every sentence: it says nothing of any
            self.heading_masks.append(mask | (above & self.concepts.persons if mask else above))
            headings.append((self.keys[begin:end], mask))
        self.foreign = foreign_sections(self.document, headings, self.concepts, own=self.titled)

    # -- statements -----------------------------------------------------------------------------------------------

    def _statements_of(self, passage: Passage) -> None:
        lead = self._lead(passage)
        parent = self.of_passage[passage.parent] if passage.parent is not None else []
        before: Statement | None = parent[-1] if parent else self._previous(passage)
        first, title = True, None
        for own in self.sentences[passage.index]:
            if own[0] == own[1]:
                continue
            ranges = [*lead, own] if first else [own]
            statement = self._statement(passage, ranges, before)
            if first and lead and parent:
                statement.lead = parent[-1]
            self.of_passage[passage.index].append(statement)
            if not first:
                title = self._title(self.of_passage[passage.index][0]) if title is None else title
                statement.title |= title
            before, first = statement, False

    @staticmethod
    def _title(opening: Statement) -> int:
        """Whom the first sentence of a paragraph names as its title; what follows is about them, too."""
        own = opening.own_from
        tokens = opening.tokens[own:]
        end = title_end(tokens)
        if end is None:
            return 0
        found = [occurrence((a - own, b - own, mask)) for a, b, mask in opening.occurrences if a >= own]
        mask = named_as_title(tokens, end, found)
        return mask if end > 1 else mask & opening.concepts.actors  # "Listens. Checks in." has no title

    def _previous(self, passage: Passage) -> Statement | None:
        """The last statement of the passage before, in one section: of items and rows always, else where a pronoun takes it up.

        What takes up a list ("A supporter tells you about those three") takes up its lead-in.
        """
        if passage.index == 0:
            return None
        other = self.document.passages[passage.index - 1]
        if other.section != passage.section or not self.of_passage[other.index]:
            return None
        if "paragraph" not in (other.kind, passage.kind):
            return self.of_passage[other.index][-1]
        if not self._takes_up(passage):
            return None
        above = other if other.parent is None else self.document.passages[other.parent]
        return self.of_passage[above.index][-1]

    def _takes_up(self, passage: Passage) -> bool:
        """Whether the first sentence of a paragraph begins with a pronoun, or speaks of "those three"."""
        own = next((r for r in self.sentences[passage.index] if r[0] < r[1]), None)
        if own is None:
            return False
        tokens = self.words.tokens[own[0] : own[1]]
        words = [t.lower for t in tokens]
        return (
            words[0] in _TAKING_UP
            or leaves_open(tokens)
            or any(a in _THESE and b in _COUNTS for a, b in pairwise(words))
        )

    def _lead(self, passage: Passage) -> list[tuple[int, int]]:
        """The token ranges of the lead-ins above a list item, outermost first."""
        if passage.parent is None:
            return []
        parent = self.document.passages[passage.parent]
        said = [r for r in self.sentences[parent.index] if r[0] < r[1]]
        if not said or self.words.tokens[said[-1][1] - 1].lower in (".", "?", "!"):
            return []
        begin, end = said[-1]
        return [*(self._lead(parent) if len(said) == 1 else []), (max(begin, end - _LEAD), end)]

    def _statement(self, passage: Passage, ranges: list[tuple[int, int]], before: Statement | None) -> Statement:
        own = ranges[-1]
        spans = self._spans(passage.spans, own)
        text = self.document.text_of(spans)
        voice = sentence_voice(passage.kind, self.voices[passage.section], text, self._law_before(passage))
        return self._make(
            ranges,
            section=passage.section,
            passage=passage.index,
            voice=self._inherited_voice(voice, ranges, before),
            spans=spans,
            text=text,
            law=self._law_of(passage) if voice == "statute" else "",
            elsewhere=self.foreign[passage.section] and not self._speaks_of_peers(*own),
            heading_mask=self.heading_masks[passage.section] | self._head_row(passage),
            before=before,
            title=self.heading_masks[passage.section] if self.document.beside_heading(passage) else 0,
            banned=self._banned(passage, own),
        )

    def _banned(self, passage: Passage, own: tuple[int, int]) -> bool:
        """Whether the heading right above a list forbids what an item names with its first sentence."""
        if passage.kind not in ("item", "row") or passage.parent is not None or self.of_passage[passage.index]:
            return False
        return bans(self.document.sections[passage.section].title) and is_fragment(self.words.tokens[slice(*own)])

    def _head_row(self, passage: Passage) -> int:
        """The concepts of the head of a table, which its rows are about: "Duty of the coordinator | When"."""
        if passage.kind != "row":
            return 0
        above = self.document.passages[passage.index - 1] if passage.index else None
        first = above is None or (above.kind, above.section) != ("row", passage.section)
        if first:
            self.head_row = self._within(*self.words.runs[passage.index])[2] if self._is_head(passage) else 0
        return 0 if first else self.head_row

    def _is_head(self, passage: Passage) -> bool:
        """Whether the first row of a table names what stands below: short cells, no sentence."""
        cells = [self.document.text_of((span,)) for span in passage.spans]
        return len(cells) > 1 and all(c and c.count(" ") < _HEAD_CELL and c[-1] not in ".;" for c in cells)

    def _make(self, ranges: Sequence[tuple[int, int]], **known: Any) -> Statement:
        """A statement over token ranges: its lead-ins, then its own."""
        words: list[Token] = []
        joints, slices, mask, bits = [], [], 0, 0
        for begin, end in ranges:
            low, high, bits = self._within(begin, end)
            joints.append(len(words))
            slices.append((low, high, len(words) - begin))
            words += self.words.tokens[begin:end]
            mask |= bits
        statement = Statement(
            index=len(self.statements),
            tokens=tuple(words),
            own_from=joints[-1],
            joints=tuple(joints[1:]),
            slices=tuple(slices),
            concepts=self.concepts,
            mask=mask,
            own_mask=bits,
            **known,
        )
        self.statements.append(statement)
        return statement

    @staticmethod
    def _inherited_voice(voice: str, ranges: Sequence[tuple[int, int]], before: Statement | None) -> str:
        return (
            "purpose"
            if voice == "body" and len(ranges) > 1 and before is not None and before.voice == "purpose"
            else voice
        )

    def _speaks_of_peers(self, begin: int, end: int) -> bool:
        low, high, _ = self._within(begin, end)
        found = self.found[low:high]
        if self.titled:
            return speaks_of_own(self.words.tokens[begin], found, begin, self.concepts)
        return bool(self._peers(found, (SUPPORTER,)))

    def _law_before(self, passage: Passage) -> bool:
        return passage.kind == "quote" and speaks_of_law(self._before_quote(passage))

    def _before_quote(self, passage: Passage) -> str:
        """What stands right before a quotation."""
        at = passage.index - 1
        while at > 0 and self.document.passages[at].kind == "quote":
            at -= 1
        return self.document.text_of(self.document.passages[at].spans) if at >= 0 else ""

    def _law_of(self, passage: Passage) -> str:
        """The headings above a passage, and what stands before a quotation: they tell which law is reprinted."""
        words = [self._before_quote(passage)] if passage.kind == "quote" else []
        section: int | None = passage.section
        while section is not None:
            words += [self.document.sections[section].label, self.document.sections[section].title]
            section = self.document.sections[section].parent
        return " ".join(words).lower()

    def _spans(self, spans: Sequence[Span], own: tuple[int, int]) -> tuple[Span, ...]:
        """The parts of a passage's spans that a sentence takes up, from its first word to its last mark."""
        start, end = self.words.tokens[own[0]].start, self.words.tokens[own[1] - 1].end
        out = []
        for a, b in spans:
            if b > start and a < end:
                out.append((max(a, start), min(b, end)))
        return tuple(out)

    def _references(self) -> None:
        """What a sentence names by its number it is about, too: the heading and the first sentence of that place."""
        places = Places(self.document)
        if not places:
            return
        for statement in self.statements:
            for labels in cited(statement.text) if NUMBERED.search(statement.text) else ():
                section, passage = places.find(labels, statement.section)
                if passage is not None and passage != statement.passage:
                    statement.referred |= self._said_at(passage)
                elif section is not None and section != statement.section:
                    statement.referred |= self.heading_masks[section]
                    first = places.first_in(section)
                    statement.referred |= 0 if first is None else self._said_at(first)

    def _said_at(self, passage: int) -> int:
        """The concepts of a passage's own sentences."""
        mask = 0
        for statement in self.of_passage[passage]:
            mask |= statement.own_mask
        return mask

    def _headings(self) -> None:
        """A heading alone is not a statement; a heading with a list right under it is."""
        listed = {p.section for p in self.document.passages if p.kind in ("item", "row") and p.parent is None}
        for section in self.document.sections[1:]:
            begin, end = self.heading_runs[section.index]
            if section.index not in listed or begin == end or self.voices[section.index] == "statute":
                continue
            self._make(
                [(begin, end)],
                section=section.index,
                passage=None,
                voice="heading",
                spans=section.spans,
                text=section.title,
                elsewhere=self.foreign[section.index],
                heading_mask=self.heading_masks[section.parent or 0],
            )

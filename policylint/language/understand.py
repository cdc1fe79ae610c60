"""From a document to its analysis: terms, then concepts, then statements, and how much of it is about peer support."""

from __future__ import annotations

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from policylint.collector import collector_paused
from policylint.document import PASSAGE, Document
from policylint.language.agency_names import DEPARTMENT, own_nouns
from policylint.language.analysis import Analysis
from policylint.language.automaton import Occurrence
from policylint.language.concepts import SUPPORTER, ConceptFinder, DocumentConcepts
from policylint.language.interruptions import interrupted
from policylint.language.mentions import ABOUT, of_another_kind, peers, titled
from policylint.language.nested import nested
from policylint.language.network import Network
from policylint.language.pipeline import sentences, words_of
from policylint.language.sections import sections_of
from policylint.language.statement_maker import StatementMaker
from policylint.language.terms import Terms, passages_text
from policylint.language.usual_titles import usual_programs, usual_titles
from policylint.packs.models import Library

_OPENING = 5
"""Headings at the start of a document that may hold its program's name."""

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
    return _Understanding(document, finder_of(library)).run()


class _Understanding:
    """What is found out about one document on the way to its analysis."""

    def __init__(self, document: Document, finder: ConceptFinder) -> None:
        self.document, self.finder = document, finder
        runs = [p.spans for p in document.passages] + [s.spans for s in document.sections]
        self.words = words_of(document, runs)
        self.keys = self.words.keys
        for at in own_nouns(document.text, self.words.tokens):
            self.keys[at] = DEPARTMENT
        self.sentences = sentences(document, self.words)
        self.terms = Terms(finder)

    def run(self) -> Analysis:
        document = self.document
        every = self.finder.every(self.keys)
        parted, parting = interrupted(self.finder, self.words.tokens, self.keys)
        if parted:
            every = sorted([*every, *parted])
        if parting:
            every = self.finder.unblocked(every, parting)
        self._learn_terms(every)
        own = self.terms.table.find(self.keys)
        more, blocks = nested(self.finder, self.keys, every, own, self.terms.found)
        if blocks:
            every = self.finder.unblocked(every, blocks)
        concepts = DocumentConcepts(self.finder, [*every, *more], own)
        # the document's own terms for those who give peer support, and what it makes of names with "peer" in them
        aliases = {k for k, v in self.terms.found.items() if v == SUPPORTER} | self.terms.peer_names
        named = titled(document.title, self.finder, aliases)
        headings = self.words.runs[len(document.passages) :]
        sections = sections_of(document, self.words.tokens, headings, concepts, titled=named)
        maker = StatementMaker(document, self.words, self.sentences, concepts, sections, titled=named, aliases=aliases)
        terms = {" ".join(k): v for k, v in self.terms.found.items()}
        mentioned = self._mentions(concepts, aliases)
        return Analysis(document, maker.make(), terms, mentioned, named, concepts)

    def _learn_terms(self, every: list[Occurrence]) -> None:
        """Learn the document's own terms from all the places where a document introduces one."""
        document, terms = self.document, self.terms
        for text in passages_text(document):
            terms.from_passage(text)
        for section in document.sections:
            terms.from_brackets(section.title)
        terms.from_agency_names(document.text)
        terms.from_words(self.keys, every)
        terms.from_members(self.words.tokens)
        terms.from_conduct(document.text, self.words.tokens, (s for run in self.sentences for s in run))
        if document.words < PASSAGE:
            self._usual_names(every)
        opening = [s.title for s in document.sections[1 : 1 + _OPENING]]
        terms.from_headings([document.title, *opening], document.text, self.keys)

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

    def _mentions(self, concepts: DocumentConcepts, aliases: set[tuple[str, ...]]) -> int:
        plain = len(peers(self.keys, concepts.rows(0, len(concepts.starts)), concepts.mask(ABOUT), aliases))
        supporters = concepts.mask((SUPPORTER,))
        # once peer support has been named, or a term defined for those who give it, "team members" are its members
        known = plain >= 2 or SUPPORTER in self.terms.found.values()
        named = [o for o, mask in zip(concepts.occurrences, concepts.masks, strict=True) if mask & supporters]
        if of_another_kind(self.keys, named):
            return 0
        return max(plain, len(named)) if known else plain

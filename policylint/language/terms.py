"""The document's own terms: acronyms, defined terms, "hereafter called", and short forms of long names.

A term joins a concept for this document only. Sources: "Peer Support Person (PSP)"; "Liaison: an employee trained to ...";
"trained personnel, who are called associates".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from policylint.document import Document
from policylint.language.concepts import SUPPORTER, ConceptFinder, Occurrence, PhraseTable
from policylint.language.words import Token, phrase_key, tokens
from policylint.packs.models import Concept

_ACRONYM = re.compile(
    r"\(\s*(?:(?:the|or|hereafter|hereinafter|hereinafter referred to as|herein|referred to as|also called|abbreviated)\s+)*"
    r"[“\"']?((?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z][a-z]+)(?: [A-Z][a-z]+)?)s?[”\"']?\s*\)"
)
_DEFINITION = re.compile(
    r"^\W*(?:(?:An?|The)\s+)?[“\"']?(?P<term>[A-Z][\w’'/-]*(?:\s+(?:of\s+|and\s+)?[\w’'/-]+){0,4}?)[”\"']?\s*(?:\((?P<acronym>[A-Z][\w]{1,7})\))?[”\"']?,?\s*"
    r"(?::|[-–—]{1,2}\s|(?:shall\s+)?means?\b|is\s+defined\s+as\b|refers?\s+to\b|is\s+(?=an?\s|any\s|the\s)|are\s+(?=the\s|those\s|employees|members|persons|personnel|volunteers|trained))"
    r"\s*(?P<body>.+)",
    re.S,
)
_CALLED = re.compile(
    r"\b(?:called|known as|referred to as|termed|hereafter|hereinafter)\s+(?:called\s+|known as\s+|referred to as\s+)?"
    r"(?:the\s+|an?\s+|“|\")*(?P<term>[A-Za-z][\w’'-]*(?:\s[A-Z]?[\w’'-]+){0,2})"
)
_CLAUSE_START = re.compile(r"[.;:]\s(?!.*[.;:]\s)", re.S)
_GENERIC = frozenset(
    "member officer person people personnel staff employee team individual counselor volunteer deputy firefighter "
    "professional worker representative coach peer dispatcher participant provider support program unit group contact "
    "those program's sergeant director chief manager coordinator session policy department office serve trooper agent aide guide helper".split()
)


_HEAD = 600
"""Characters of a passage in which a definition must begin and show what it is."""


class Terms:
    """Collects the aliases of one document."""

    def __init__(self, finder: ConceptFinder, concepts: Mapping[str, Concept]) -> None:
        self._finder = finder
        self._defining = {name: c for name, c in concepts.items() if c.defined_by}
        self.table = PhraseTable()
        self.found: dict[tuple[str, ...], str] = {}

    def add(self, phrase: tuple[str, ...], concept: str) -> None:
        """Let a phrase stand for a concept in this document; the first meaning given holds."""
        if phrase and phrase not in self.found and not (len(phrase) == 1 and (len(phrase[0]) < 2)):
            self.found[phrase] = concept
            self.table.add(phrase, concept)

    def from_passage(self, text: str) -> None:
        """Take the terms that a passage's text defines."""
        for found in _ACRONYM.finditer(text):
            self._acronym(text, found)
        definition = _DEFINITION.match(text[:_HEAD])
        if definition is not None:
            self._define(definition["term"], definition["body"], definition["acronym"])
        for called in _CALLED.finditer(text):
            before = text[max(0, called.start() - 300) : called.start()]
            clause = _CLAUSE_START.search(before)
            self._define(called["term"], before[clause.end() :] if clause else before, None)

    def _acronym(self, text: str, found: re.Match[str]) -> None:
        acronym = found.group(1)
        run = list(tokens(text, max(0, found.start() - 120), found.start()))
        ending = self._actor_ending(run)
        if ending is not None and (acronym.isupper() or acronym[:-1].isupper()):
            self.add(phrase_key(acronym), ending.concept)

    def _actor_ending(self, run: Sequence[Token]) -> Occurrence | None:
        """The longest person or group (or else other concept) whose words end where the run ends."""
        found = [o for o in self._finder.find([t.key for t in run]) if o.end == len(run) and not o.concept.startswith(("{", "'"))]
        actors = [o for o in found if o.concept in self._finder.persons | self._finder.groups]
        pool = actors or [o for o in found if o.concept in self._defining]
        return max(pool, key=lambda o: (o.end - o.start, o.concept == SUPPORTER), default=None)

    def _define(self, term: str, body: str, acronym: str | None) -> None:
        key = phrase_key(term)
        if not 0 < len(key) <= 5 or (len(key) == 1 and key[0] in _GENERIC):
            return
        named = self._actor_ending(list(tokens(term)))
        concept = named.concept if named is not None and named.concept in self._finder.persons | self._finder.groups else self._classify(term, body)
        if concept is None or (concept != SUPPORTER and named is not None and named.end - named.start == len(key)):
            if concept and acronym:
                self.add(phrase_key(acronym), concept)
            return
        self.add(key, concept)
        if acronym:
            self.add(phrase_key(acronym), concept)
        if len(key) > 1 and key[-1] not in _GENERIC and concept == SUPPORTER:
            self.add(key[-1:], concept)

    def _classify(self, term: str, body: str) -> str | None:
        """The concept whose `defined_by` patterns a definition matches; of several, the one with most parts found first."""
        sentence = body.split(". ")[0]
        present = {o.concept: o.start for o in reversed(self._finder.find([t.key for t in tokens(f"{term} {sentence}")]))}
        best: tuple[int, str] | None = None
        for name, concept in self._defining.items():
            for pattern in concept.defined_by:
                asked = [p.concept for p in pattern.parts if not p.optional]
                if pattern.negated and not re.search(r"\b(not|cannot|never|no)\b", sentence):
                    continue
                if all(c in present for c in asked):
                    rank = (present[asked[0]], name)
                    best = rank if best is None or rank < best else best
        return best[1] if best else None

    def short_forms(self, keys: Sequence[str], found: Sequence[Occurrence]) -> None:
        """ "the specialist" for "the peer support specialist", where the last word is not a common one."""
        for o in found:
            if o.concept == SUPPORTER and o.end - o.start > 1 and keys[o.end - 1] not in _GENERIC:
                self.add((keys[o.end - 1],), SUPPORTER)


def passages_text(document: Document) -> Iterator[str]:
    """The text of each passage, in order."""
    for passage in document.passages:
        yield document.text_of(passage.spans)

"""Finding the concepts of the lexicon in a run of tokens: one pass over the words, whatever the number of phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policylint.language.words import phrase_key
from policylint.packs.models import Concept, Library

SUPPORTER = "peer supporter"
PROGRAM = "program"
COMMITTEE = "committee"
COORDINATOR = "coordinator"
OTHER_PROGRAM = "other program"
"""Concepts of the lexicon that the language layer itself must know: whose duty a sentence states, and what it is about."""


class Occurrence(NamedTuple):
    """A concept at tokens [start, end). Occurrences sort by place."""

    start: int
    end: int
    concept: str


_new = tuple.__new__
"""Makes an Occurrence in half the time: tens of thousands are made for a document."""


class PhraseTable:
    """Phrases of any length, found in one pass: from each word only the lengths that begin with it are looked up.

    Flat tuples of strings, not a tree of dicts: the garbage collector does not walk them again and again.
    """

    def __init__(self) -> None:
        self._concepts: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}

    def add(self, phrase: tuple[str, ...], concept: str) -> None:
        """Add a phrase (its keys) under a concept."""
        if not phrase:
            return
        known = self._concepts.get(phrase, ())
        if concept not in known:
            self._concepts[phrase] = (*known, concept)
        lengths = self._lengths.get(phrase[0], ())
        if len(phrase) not in lengths:
            self._lengths[phrase[0]] = tuple(sorted((*lengths, len(phrase))))

    def find(self, keys: Sequence[str]) -> list[Occurrence]:
        """Every occurrence of every phrase, by start, then end."""
        out: list[Occurrence] = []
        lengths, concepts, run = self._lengths, self._concepts, tuple(keys)
        count = len(run)
        for start, word in enumerate(run):
            for length in lengths.get(word, ()):
                if start + length > count:
                    break  # lengths rise; a slice would silently be a shorter phrase
                for name in concepts.get(run[start : start + length], ()):
                    out.append(_new(Occurrence, (start, start + length, name)))  # noqa: PERF401 - the hot loop
        return out


class ConceptFinder:
    """The lexicon of a library, ready to be found in token keys."""

    def __init__(self, library: Library) -> None:
        concepts = library.concepts
        self._phrases, self._blockers = PhraseTable(), PhraseTable()
        self.persons = frozenset(name for name, c in concepts.items() if c.kind == "person")
        self.groups = frozenset(name for name, c in concepts.items() if c.kind == "group")
        self.actors = self.persons | self.groups
        self.implied = frozenset(name for name, c in concepts.items() if c.implied)
        self._bits = {name: 1 << number for number, name in enumerate(concepts)}
        self.actor_mask = self.mask(self.actors)
        self._members = {name: _members(name, concepts) for name, c in concepts.items() if c.includes}
        for name, concept in concepts.items():
            included = {p for part in concept.includes for p in concepts[part].phrases}
            for phrase in concept.phrases:
                if phrase not in included:
                    self._phrases.add(phrase_key(phrase), name)
            for phrase in concept.but_not:
                self._blockers.add(phrase_key(phrase), name)

    def mask(self, concepts: Iterable[str]) -> int:
        """A set of concepts as bits of one number."""
        bits, out = self._bits, 0
        for concept in concepts:
            out |= bits[concept]
        return out

    def members(self, concept: str) -> tuple[str, ...]:
        """The concepts whose occurrences are occurrences of a concept: itself, and those it stands for as a whole."""
        return self._members.get(concept, (concept,))

    def find(self, keys: Sequence[str]) -> list[Occurrence]:
        """The concepts of the lexicon in token keys, by place."""
        return self.resolve(self.every(keys), [])

    def every(self, keys: Sequence[str]) -> list[Occurrence]:
        """All phrases of the lexicon in token keys, overlapping persons and groups included."""
        return self._unblocked(self._phrases.find(keys), keys)

    def resolve(self, found: list[Occurrence], own: list[Occurrence]) -> list[Occurrence]:
        """What holds of `every` once the document's own terms are known, which replace what the lexicon says of them."""
        if own:
            actors = self.actors
            exact = {(o.start, o.end) for o in own}
            found = [o for o in found if (o.start, o.end) not in exact or o.concept not in actors] + own
        return sorted(self._longest_actors(found))

    def _unblocked(self, found: list[Occurrence], keys: Sequence[str]) -> list[Occurrence]:
        blocks: dict[str, list[Occurrence]] = {}
        for block in self._blockers.find(keys):
            blocks.setdefault(block.concept, []).append(block)
        return [
            o
            for o in found
            if o.concept not in blocks or not any(b.start <= o.start and o.end <= b.end for b in blocks[o.concept])
        ]

    def _longest_actors(self, found: list[Occurrence]) -> Iterator[Occurrence]:
        """Of persons and groups that overlap, only the longest: a "peer counselor" is no "counselor"."""
        actors = self.actors
        widest: dict[int, int] = {}
        for start, end, concept in found:
            if concept in actors:
                for at in range(start, end):
                    if widest.get(at, 0) < end - start:
                        widest[at] = end - start
        for o in found:
            if o[2] not in actors or all(widest[at] <= o[1] - o[0] for at in range(o[0], o[1])):
                yield o


def _members(name: str, concepts: Mapping[str, Concept]) -> tuple[str, ...]:
    """A concept and all it stands for as a whole, directly or through others."""
    found, open_ = [name], list(concepts[name].includes)
    while open_:
        part = open_.pop(0)
        if part not in found:
            found.append(part)
            open_.extend(concepts[part].includes)
    return tuple(found)

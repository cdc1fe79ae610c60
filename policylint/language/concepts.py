"""Finding the concepts of the lexicon in a run of tokens: one pass over the words, whatever the number of phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policylint.language.words import phrase_key
from policylint.packs.models import Concept, Library

SUPPORTER = "peer supporter"
PROGRAM = "program"
OTHER_PROGRAM = "other program"
"""Concepts of the lexicon that the language layer itself must know: whose duty a sentence states, and what it is about."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A concept at tokens [start, end)."""

    start: int
    end: int
    concept: str


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
        lengths, concepts = self._lengths, self._concepts
        for start, word in enumerate(keys):
            for length in lengths.get(word, ()):
                names = concepts.get(tuple(keys[start : start + length]))
                if names:
                    out.extend(Occurrence(start, start + length, name) for name in names)
        return out


class ConceptFinder:
    """The lexicon of a library, ready to be found in token keys."""

    def __init__(self, library: Library) -> None:
        concepts = library.concepts
        self._phrases, self._blockers = PhraseTable(), PhraseTable()
        self.persons = frozenset(name for name, c in concepts.items() if c.kind == "person")
        self.groups = frozenset(name for name, c in concepts.items() if c.kind == "group")
        self.implied = frozenset(name for name, c in concepts.items() if c.implied)
        self._unions = _unions(concepts)
        for name, concept in concepts.items():
            included = {p for part in concept.includes for p in concepts[part].phrases}
            for phrase in concept.phrases:
                if phrase not in included:
                    self._phrases.add(phrase_key(phrase), name)
            for phrase in concept.but_not:
                self._blockers.add(phrase_key(phrase), name)

    def find(self, keys: Sequence[str], aliases: PhraseTable | None = None) -> list[Occurrence]:
        """The concepts in token keys; `aliases` are the document's own terms, which replace what the lexicon says.

        Returns occurrences by start, then end.
        """
        found = self._unblocked(self._phrases.find(keys), keys)
        if aliases is not None:
            own = aliases.find(keys)
            exact = {(o.start, o.end) for o in own}
            actors = self.persons | self.groups
            found = [o for o in found if (o.start, o.end) not in exact or o.concept not in actors] + own
        found += [Occurrence(o.start, o.end, union) for o in found for union in self._unions.get(o.concept, ())]
        return sorted(set(self._longest_actors(found)), key=lambda o: (o.start, o.end, o.concept))

    def _unblocked(self, found: list[Occurrence], keys: Sequence[str]) -> list[Occurrence]:
        blocks: dict[str, list[Occurrence]] = {}
        for block in self._blockers.find(keys):
            blocks.setdefault(block.concept, []).append(block)
        return [
            o
            for o in found
            if o.concept not in blocks or not any(b.start <= o.start and o.end <= b.end for b in blocks[o.concept])
        ]

    def _longest_actors(self, found: Iterable[Occurrence]) -> Iterable[Occurrence]:
        """Of persons and groups that overlap, only the longest: a "peer counselor" is no "counselor"."""
        found = list(found)
        actors = self.persons | self.groups
        widest: dict[int, int] = {}
        for o in found:
            if o.concept in actors:
                for at in range(o.start, o.end):
                    widest[at] = max(widest.get(at, 0), o.end - o.start)
        for o in found:
            if o.concept not in actors or all(widest[at] <= o.end - o.start for at in range(o.start, o.end)):
                yield o


def _unions(concepts: Mapping[str, Concept]) -> dict[str, tuple[str, ...]]:
    """Concept -> the concepts that stand for it as a whole, directly or through others."""
    direct: dict[str, list[str]] = {}
    for name, concept in concepts.items():
        for part in concept.includes:
            direct.setdefault(part, []).append(name)

    def above(name: str, seen: tuple[str, ...]) -> Iterator[str]:
        for union in direct.get(name, ()):
            if union not in seen:
                yield union
                yield from above(union, (*seen, union))

    return {name: tuple(dict.fromkeys(above(name, (name,)))) for name in direct}

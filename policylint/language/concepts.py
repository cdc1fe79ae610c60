"""Finding the concepts of the lexicon in a run of tokens: one pass over the words, whatever the number of phrases.

A set of concepts is a number with one bit for each (a mask): a phrase may stand for a dozen concepts at once, and asking
what a statement names, or whether it can match a pattern, is then one operation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from policylint.language.words import phrase_key
from policylint.packs.models import Concept, Library

SUPPORTER = "peer supporter"
PROGRAM = "program"
COMMITTEE = "committee"
COORDINATOR = "coordinator"
CLINICIAN = "clinician"
OTHER_PROGRAM = "other program"
"""Concepts of the lexicon that the language layer itself must know: whose duty a sentence states, and what it is about."""


class Occurrence(NamedTuple):
    """A phrase at tokens [start, end), and the concepts it stands for as a mask."""

    start: int
    end: int
    mask: int


class PhraseTable:
    """Phrases of any length, found in one pass: from each word only the lengths that begin with it and its neighbour.

    Flat tuples of strings, not a tree of dicts: faster to build, and the garbage collector need not walk them.
    """

    def __init__(self) -> None:
        self._words: dict[str, int] = {}
        self._masks: dict[tuple[str, ...], int] = {}
        self._lengths: dict[tuple[str, ...], tuple[int, ...]] = {}

    def add(self, phrase: tuple[str, ...], mask: int) -> None:
        """Let a phrase (its keys) stand for the concepts of a mask, too."""
        if len(phrase) == 1:
            self._words[phrase[0]] = self._words.get(phrase[0], 0) | mask
        elif phrase:
            self._masks[phrase] = self._masks.get(phrase, 0) | mask
            lengths = self._lengths.get(phrase[:2], ())
            if len(phrase) not in lengths:
                self._lengths[phrase[:2]] = tuple(sorted((*lengths, len(phrase))))

    def find(self, keys: Sequence[str]) -> list[Occurrence]:
        """Every occurrence of every phrase, by start, then end."""
        out: list[Occurrence] = []
        words, lengths, masks, run = self._words, self._lengths, self._masks, tuple(keys)
        count = len(run)
        for start, word in enumerate(run):
            mask = words.get(word)
            if mask:
                out.append(Occurrence(start, start + 1, mask))
            for length in lengths.get(run[start : start + 2], ()):
                if start + length > count:
                    break  # lengths rise; a slice would silently be a shorter phrase
                mask = masks.get(run[start : start + length])
                if mask:
                    out.append(Occurrence(start, start + length, mask))
        return out


class ConceptFinder:
    """The lexicon of a library, ready to be found in token keys.

    Attributes:
        actors: mask of the persons and groups; `persons` of the persons alone.
        implied: mask of the persons that a sentence may leave unnamed.
    """

    def __init__(self, library: Library) -> None:
        concepts = library.concepts
        self._names = tuple(concepts)
        self._bits = {name: 1 << number for number, name in enumerate(concepts)}
        self._phrases, self._blockers = PhraseTable(), PhraseTable()
        self.actors = self.mask(name for name, c in concepts.items() if c.kind)
        self.persons = self.mask(name for name, c in concepts.items() if c.kind == "person")
        self.implied = self.mask(name for name, c in concepts.items() if c.implied)
        self._members = {name: self.mask(_members(name, concepts)) for name, c in concepts.items() if c.includes}
        for name, concept in concepts.items():
            bit = self._bits[name]
            included = {p for part in concept.includes for p in concepts[part].phrases}
            for phrase in concept.phrases:
                if phrase not in included:
                    self._phrases.add(phrase_key(phrase), bit)
            for phrase in concept.but_not:
                self._blockers.add(phrase_key(phrase), bit)

    def mask(self, concepts: Iterable[str]) -> int:
        """A set of concepts as a mask; a lexicon need not have those the language layer asks for."""
        out = 0
        for concept in concepts:
            out |= self._bits.get(concept, 0)
        return out

    def names(self, mask: int) -> tuple[str, ...]:
        """The concepts of a mask that have a name of their own in the lexicon, in its order."""
        out = []
        while mask:
            low = mask & -mask
            mask ^= low
            name = self._names[low.bit_length() - 1]
            if name[0] not in "{'":
                out.append(name)
        return tuple(out)

    def members(self, concept: str) -> int:
        """Mask of the concepts whose occurrences are occurrences of a concept: itself, and those it stands for as a whole."""
        return self._members.get(concept) or self._bits.get(concept, 0)

    def find(self, keys: Sequence[str]) -> list[Occurrence]:
        """The concepts of the lexicon in token keys, by place."""
        return self.resolve(self.every(keys), [])

    def every(self, keys: Sequence[str]) -> list[Occurrence]:
        """All phrases of the lexicon in token keys, overlapping persons and groups included."""
        found = self._phrases.find(keys)
        starts = [o.start for o in found]
        for block in self._blockers.find(keys):
            for number in range(bisect_left(starts, block.start), bisect_left(starts, block.end)):
                o = found[number]
                if block.start <= o.start and o.end <= block.end and o.mask & block.mask:
                    found[number] = Occurrence(o.start, o.end, o.mask & ~block.mask)
        return found

    def resolve(self, found: list[Occurrence], own: list[Occurrence]) -> list[Occurrence]:
        """What holds of `every` once the document's own terms are known, which replace what the lexicon says of them.

        Of persons and groups that overlap only the longest holds: a "peer counselor" is no "counselor".
        """
        actors = self.actors
        if own:
            exact = {(o.start, o.end) for o in own}
            found = [
                Occurrence(o.start, o.end, o.mask & ~actors) if (o.start, o.end) in exact else o for o in found
            ] + own
        widest: dict[int, int] = {}
        for start, end, mask in found:
            if mask & actors:
                for at in range(start, end):
                    if widest.get(at, 0) < end - start:
                        widest[at] = end - start
        out = []
        for start, end, mask in found:
            beaten = mask & actors and any(widest[at] > end - start for at in range(start, end))
            held = mask & ~actors if beaten else mask
            if held:
                out.append(Occurrence(start, end, held))
        return sorted(out)


def _members(name: str, concepts: Mapping[str, Concept]) -> list[str]:
    """A concept and all it stands for as a whole, directly or through others."""
    found, open_ = [name], list(concepts[name].includes)
    while open_:
        part = open_.pop(0)
        if part not in found:
            found.append(part)
            open_.extend(concepts[part].includes)
    return found

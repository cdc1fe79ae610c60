"""Finding the concepts of the lexicon in a run of tokens: one pass over the words, whatever the number of phrases.

A set of concepts is a number with one bit for each (a mask): a phrase may stand for a dozen concepts at once, and asking
what a statement names, or whether it can match a pattern, is then one operation.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence
from functools import cached_property
from itertools import chain

from policylint.language.automaton import Automaton, Occurrence, occurrence
from policylint.language.index import bits
from policylint.language.network import Network
from policylint.packs.models import Concept, Library

SUPPORTER = "peer supporter"
PROGRAM = "program"
COMMITTEE = "committee"
COORDINATOR = "coordinator"
CLINICIAN = "clinician"
AGENCY = "agency"
OTHER_PROGRAM = "other program"
OTHER_MATTER = "other matter"
"""Concepts of the lexicon that the language layer itself must know: whose duty a sentence states, and what it is about."""
ELSEWHERE = (OTHER_PROGRAM, OTHER_MATTER)
"""What a section, a title or a term may be about instead of peer support."""


class ConceptFinder:
    """The lexicon of a library, ready to be found in token keys.

    Attributes:
        actors: mask of the persons and groups; `persons` of the persons alone.
        implied: mask of the persons that a sentence may leave unnamed.
        doers: mask of the persons and groups that can do something; a program acts through them.
        numbers: name of a concept -> the position of its bit in masks.
        member_numbers: name of a concept -> the positions of the bits of its `members`.
        actor_numbers: the same for `actors`, `persons` and `doers`.
        defining: name of a concept -> the patterns of a definition that gives it a document's own term; others left out.
    """

    def __init__(self, library: Library, network: Network | None = None) -> None:
        """Take a library; `network` is that of its phrases (see `network`), where it is known already."""
        concepts = library.concepts
        self._names = tuple(concepts)
        self.numbers = numbers = {name: number for number, name in enumerate(concepts)}
        self._bits = {name: 1 << number for name, number in numbers.items()}
        named = {name: c for name, c in concepts.items() if name[0] not in "{'"}
        self.actors = self.mask(name for name, c in named.items() if c.kind)
        self.persons = self.mask(name for name, c in named.items() if c.kind == "person")
        self.acting = self.mask(name for name, c in concepts.items() if c.kind)
        self.implied = self.mask(name for name, c in concepts.items() if c.implied)
        whole = {name: _members(name, concepts) for name, c in concepts.items() if c.includes}
        self._members = {name: self.mask(members) for name, members in whole.items()}
        self._whole = {name: tuple(numbers[m] for m in members) for name, members in whole.items()}
        self.member_numbers = _MemberNumbers(numbers, self._whole)
        self.doers = self.actors & ~self.members(PROGRAM)
        self.defining = {name: c.defined_by for name, c in concepts.items() if c.defined_by}
        # of a phrase that it shares with a concept it includes, what blocks it there holds
        included = {numbers[name]: mask & ~self._bits[name] for name, mask in self._members.items()}
        self.actor_numbers = tuple(frozenset(bits(mask)) for mask in (self.actors, self.persons, self.doers))
        self._atoms: dict[int, tuple[tuple[int, tuple[int, ...]], ...]] = {}
        self._atom_numbers: dict[tuple[int, ...], int] = {}
        self._rests: dict[tuple[int, int], int] = {}
        self.network = network or _network(library, numbers)
        self._automaton = Automaton(self.network, included, blocking=len(concepts))

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

    def atoms(self, mask: int) -> tuple[tuple[int, tuple[int, ...]], ...]:
        """A mask as the numbers of its concepts: persons, groups and things apart, empty ones left out, each with a name of its own."""
        found = self._atoms.get(mask)
        if found is None:
            parts = (mask & self.persons, mask & self.actors & ~self.persons, mask & ~self.actors)
            numbers = [tuple(bits(part)) for part in parts if part]
            names = self._atom_numbers
            found = self._atoms[mask] = tuple((names.setdefault(atom, len(names)), atom) for atom in numbers)
        return found

    def named_by(self, numbers: KeysView[int]) -> frozenset[str]:
        """The concepts of which one of the `member_numbers` is among some numbers."""
        own = map(self._names.__getitem__, numbers)
        whole = (name for name, parts in self._whole.items() if not numbers.isdisjoint(parts))
        return frozenset(chain(own, whole))

    def find(self, keys: Sequence[str]) -> list[Occurrence]:
        """The concepts of the lexicon in token keys, by place."""
        return self.resolve(self.every(keys), [])

    def every(self, keys: Sequence[str]) -> list[Occurrence]:
        """All phrases of the lexicon in token keys, overlapping persons and groups included."""
        found = self.unblocked(*self.phrases(keys))
        # "participation in the peer|support program" takes part in no peer: a phrase ends with a name, and not inside it
        cut = {at for at, key in enumerate(keys) if key in _BEHIND_PEER and at and keys[at - 1] == "peer"}
        return [o for o in found if o[1] not in cut or o[1] - o[0] == 1] if cut else found

    def phrases(self, keys: Sequence[str]) -> tuple[list[Occurrence], list[Occurrence]]:
        """All phrases of the lexicon in token keys, and those that look like one and mean something else, by place."""
        return self._automaton.find(keys)

    def unblocked(self, found: list[Occurrence], blocks: Sequence[Occurrence]) -> list[Occurrence]:
        """What of found phrases does not lie in one that looks like it and means something else; both are by place."""
        first, emptied = 0, False
        for begin, stop, mask in blocks:
            first = bisect_left(found, (begin,), first)
            for number in range(first, len(found)):
                start, end, own = found[number]
                if start >= stop:
                    break
                if end <= stop:
                    rest = self._rest(own, mask)
                    if rest is not own:
                        found[number] = occurrence((start, end, rest))
                        emptied = emptied or not rest
        return [o for o in found if o[2]] if emptied else found

    def _rest(self, own: int, blocked: int) -> int:
        """A mask without what is blocked; the mask itself where nothing is.

        By identity: states and this memory keep the masks alive, and numbers of thousands of bits take long to work with.
        """
        asked = id(own), id(blocked)
        rest = self._rests.get(asked)
        if rest is None:
            rest = self._rests[asked] = own & ~blocked if own & blocked else own
        return rest

    def resolve(self, found: list[Occurrence], own: list[Occurrence]) -> list[Occurrence]:
        """What holds of `every` once the document's own terms are known, which replace what the lexicon says of them."""
        return list(map(occurrence, _resolved(found, own, self.actors)))


_BEHIND_PEER = frozenset(("support", "assistance", "counseling", "counselling"))
"""Keys behind "peer" before which no phrase ends: "peer" is a name by itself, and the beginning of these."""


def _network(library: Library, numbers: Mapping[str, int]) -> Network:
    """The words that block a concept are entries of their own, numbered behind the concepts."""
    concepts = library.concepts.values()
    entries = [c.phrases for c in concepts] + [c.but_not for c in concepts]
    exact = {numbers[c.name] for c in concepts if c.exact}
    return Network.of(entries, numbers, library.same_words, exact)


_Found = tuple[int, int, int]
"""An occurrence, or what is to be one: where it starts and ends, and its mask; a plain tuple is taken apart much faster."""


def _resolved(found: Sequence[_Found], own: Sequence[_Found], actors: int) -> list[_Found]:
    """Found phrases with a document's own terms in the place of what the lexicon says of them.

    Of persons and groups that overlap only the longest holds: a "peer counselor" is no "counselor".
    """
    if own:
        exact = {(start, end) for start, end, _ in own}
        others = ~actors
        found = [(a, b, mask & others if mask & actors and (a, b) in exact else mask) for a, b, mask in found]
        found += own
    widest: dict[int, int] = {}
    for start, end, mask in found:
        if end - start > 1 and mask & actors:
            for at in range(start, end):
                if widest.get(at, 0) < end - start:
                    widest[at] = end - start
    out = []
    for start, end, mask in found:
        left = mask & ~actors if mask & actors and _beaten(widest, start, end) else mask
        if left:
            out.append((start, end, left))
    return sorted(out) if own else out


def _beaten(widest: Mapping[int, int], start: int, end: int) -> bool:
    """Whether a longer person or group stands at a token of [start, end)."""
    width = end - start
    if width == 1:
        return widest.get(start, 0) > 1
    return any(widest.get(at, 0) > width for at in range(start, end))


class _MemberNumbers(dict[str, tuple[int, ...]]):
    """From each concept to the numbers of its members; those of a concept that includes none are written when first asked for."""

    def __init__(self, numbers: Mapping[str, int], whole: Mapping[str, tuple[int, ...]]) -> None:
        super().__init__(whole)
        self._numbers = numbers

    def __missing__(self, concept: str) -> tuple[int, ...]:
        found = self[concept] = (self._numbers[concept],) if concept in self._numbers else ()
        return found


class DocumentConcepts:
    """The concepts one document names, as masks of its own that are a tenth as long as the lexicon's.

    What occurrences stand for falls into a few hundred sets of concepts; each gets a bit, persons, groups and things apart,
    so that a mask cut down to `actors` or `persons` keeps nothing else. Two masks of one document share a bit exactly where
    the sets of concepts they stand for meet.

    Attributes:
        occurrences: the occurrences of concepts, with such masks, by place.
        starts, ends, masks: of each of them; what goes through all of a document goes through these, which is much faster.
        members: as that of `ConceptFinder`; 0 for a concept that the document does not name.
        atoms_of: the positions of the bits of `members`; one may come twice.
        actors, persons, doers: as those of `ConceptFinder`.
    """

    def __init__(self, finder: ConceptFinder, found: Sequence[Occurrence], terms: Sequence[Occurrence]) -> None:
        """Take what `finder.every` found, and what the document's own terms stand for."""
        self.finder = finder
        self._atoms: dict[int, int] = {}
        self._holding: defaultdict[int, list[int]] = defaultdict(list)
        masks = _Masks(finder.member_numbers, self._holding)
        self.members: Callable[[str], int] = masks.__getitem__
        self.atoms_of = masks.atoms_of
        named, own = self._translated(found), self._translated(terms)
        self.actors, self.persons, self.doers = (self._of(self._holding.keys() & n) for n in finder.actor_numbers)
        rows = _resolved(named, own, self.actors)
        self.occurrences = list(map(occurrence, rows))
        self.starts, self.ends, self.masks = ([row[column] for row in rows] for column in range(3))
        self._within: dict[tuple[int, int], tuple[int, int, int]] = {}

    def within(self, begin: int, end: int) -> tuple[int, int, int]:
        """Which occurrences begin in tokens [begin, end): from, to, and the mask of all of them together."""
        known = self._within.get((begin, end))  # a lead-in is asked for with every item
        if known is None:
            low, high = bisect_left(self.starts, begin), bisect_left(self.starts, end)
            mask = 0
            for own in self.masks[low:high]:
                mask |= own
            known = self._within[begin, end] = low, high, mask
        return known

    def rows(self, low: int, high: int) -> Iterator[tuple[int, int, int]]:
        """Start, end and mask of the occurrences [low, high)."""
        return zip(self.starts[low:high], self.ends[low:high], self.masks[low:high], strict=True)

    def _translated(self, found: Sequence[Occurrence]) -> list[_Found]:
        """Occurrences with the document's own masks."""
        if not found:
            return []
        starts, ends, masks = zip(*found, strict=True)
        # by identity: the same phrases give the same object, and a number of thousands of bits takes long to hash
        own = {known: self._own(mask) for known, mask in {id(mask): mask for mask in masks}.items()}
        return [(start, end, own[id(mask)]) for start, end, mask in zip(starts, ends, masks, strict=True)]

    def _own(self, mask: int) -> int:
        """The document's mask for one of the lexicon's."""
        out, atoms, holding = 0, self._atoms, self._holding
        for name, concepts in self.finder.atoms(mask):
            place = atoms.get(name)
            if place is None:
                place = atoms[name] = len(atoms)
                for concept in concepts:
                    holding[concept].append(place)
            out |= 1 << place
        return out

    @cached_property
    def named(self) -> frozenset[str]:
        """The concepts that the document names, or a part of them."""
        return self.finder.named_by(self._holding.keys())

    def mask(self, concepts: Iterable[str]) -> int:
        """As `ConceptFinder.mask`."""
        return self._of(self.finder.numbers[c] for c in concepts if c in self.finder.numbers)

    def _of(self, numbers: Iterable[int]) -> int:
        out, holding = 0, self._holding
        for number in numbers:
            for atom in holding.get(number, _NONE):
                out |= 1 << atom
        return out

    def names(self, mask: int) -> tuple[str, ...]:
        """As `ConceptFinder.names`."""
        numbers = (number for number, atoms in self._holding.items() if any(mask >> atom & 1 for atom in atoms))
        return self.finder.names(sum(1 << number for number in numbers))


class _Masks(dict[str, int]):
    """From each concept to the `members` of it in one document; filled as it is asked, which is thousands of times.

    It knows nothing of the `DocumentConcepts` that holds it: in a circle, all of a document would wait for the collector.
    """

    def __init__(self, numbers: Mapping[str, tuple[int, ...]], holding: Mapping[int, list[int]]) -> None:
        """Take the numbers of each concept's members, and the positions that each number has in the document's masks."""
        super().__init__()
        self._numbers, self._holding = numbers, holding

    def atoms_of(self, concept: str) -> list[int]:
        """As that of `DocumentConcepts`."""
        numbers, holding = self._numbers[concept], self._holding
        if len(numbers) == 1:
            return holding.get(numbers[0], _NONE)
        return [atom for number in numbers if number in holding for atom in holding[number]]

    def __missing__(self, concept: str) -> int:
        mask = 0
        for atom in self.atoms_of(concept):
            mask |= 1 << atom
        self[concept] = mask
        return mask


_NONE: list[int] = []


def _members(name: str, concepts: Mapping[str, Concept]) -> list[str]:
    """A concept and all it stands for as a whole, directly or through others."""
    found, open_ = [name], list(concepts[name].includes)
    while open_:
        part = open_.pop(0)
        if part not in found:
            found.append(part)
            open_.extend(concepts[part].includes)
    return found

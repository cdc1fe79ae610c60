"""Which clauses name which concepts: sets of clauses as bits, so that asking for several concepts is one "and"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.language.concepts import DocumentConcepts


def bits(number: int) -> Iterator[int]:
    """The positions of the ones of a number, lowest first."""
    ones = bin(number)[:1:-1]
    at = ones.find("1")
    while at != -1:
        yield at
        at = ones.find("1", at + 1)


class ConceptIndex:
    """From concepts to the clauses that hold them."""

    def __init__(self, masks: Iterable[tuple[int, int]], concepts: DocumentConcepts) -> None:
        """Index pairs of a clause's number and a mask of the document's concepts; a clause may come with several masks."""
        self._concepts = concepts
        self._known: dict[str, int] = {}
        clauses: dict[int, int] = {}
        for number, mask in masks:
            clauses[mask] = clauses.get(mask, 0) | 1 << number
        atoms: dict[int, int] = {}
        for mask, held in clauses.items():
            for atom in bits(mask):
                atoms[atom] = atoms.get(atom, 0) | held
        self._rows = rows = dict[int, int]()
        for number, concepts_of in enumerate(concepts.atoms):
            held = atoms.get(number, 0)
            if held:
                for concept in concepts_of:
                    rows[concept] = rows.get(concept, 0) | held

    def having(self, concept: str) -> int:
        """The clauses, as bits, that hold a concept or one that it stands for."""
        found = self._known.get(concept)
        if found is None:
            found, rows = 0, self._rows
            for number in self._concepts.finder.member_numbers(concept):
                found |= rows.get(number, 0)
            self._known[concept] = found
        return found

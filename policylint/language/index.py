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


class ConceptIndex(dict[str, int]):
    """From each concept of the lexicon to the clauses, as bits, that hold it or one that it stands for; filled as it is asked."""

    def __init__(
        self, masks: Iterable[tuple[int, int]], concepts: DocumentConcepts, more: ConceptIndex | None = None
    ) -> None:
        """Index pairs of a clause's number and a mask of the document's concepts; a clause may come with several masks.

        What `more` holds is held, too.
        """
        super().__init__()
        self._atoms_of = concepts.atoms_of
        clauses: dict[int, int] = {}
        for number, mask in masks:
            clauses[mask] = clauses.get(mask, 0) | 1 << number
        self.rows: dict[int, int] = {} if more is None else more.rows.copy()
        rows = self.rows
        for mask, held in clauses.items():
            for atom in bits(mask):
                rows[atom] = rows[atom] | held if atom in rows else held

    def __missing__(self, concept: str) -> int:
        rows, found = self.rows, 0
        for atom in self._atoms_of(concept):
            if atom in rows:
                found |= rows[atom]
        self[concept] = found
        return found

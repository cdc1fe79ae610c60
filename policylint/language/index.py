"""Which clauses name which concepts: sets of clauses as bits, so that asking for several concepts is one "and"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

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

    def __init__(self, masks: Sequence[int], concepts: DocumentConcepts) -> None:
        """Index the concepts of the document that each clause holds, given as a mask for one clause after the other."""
        super().__init__()
        self._concepts = concepts
        self._rows = _turned(masks)

    def __missing__(self, concept: str) -> int:
        rows, found = self._rows, 0
        for atom in self._concepts.atoms_of(concept):
            if atom < len(rows):
                found |= rows[atom]
        self[concept] = found
        return found


def _turned(numbers: Sequence[int]) -> list[int]:
    """For each position of bits, which of some numbers have a one there, as bits: a table of bits, its columns made rows."""
    width = (max(map(int.bit_length, numbers), default=0) + 7) // 8
    if not width:
        return []
    rows = np.frombuffer(b"".join([n.to_bytes(width, "little") for n in numbers]), np.uint8).reshape(-1, width)
    columns = np.packbits(np.unpackbits(rows, axis=1, bitorder="little").T, axis=1, bitorder="little")
    return [int.from_bytes(column.tobytes(), "little") for column in columns]

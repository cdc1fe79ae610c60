"""Which statements name which concepts: sets of statements as bits, so that asking for several concepts is one "and"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache


def bits(number: int) -> Iterator[int]:
    """The positions of the ones of a number, lowest first."""
    ones = bin(number)[:1:-1]
    at = ones.find("1")
    while at != -1:
        yield at
        at = ones.find("1", at + 1)


@lru_cache(maxsize=16384)
def _concepts(mask: int) -> tuple[int, ...]:
    """The numbers of the concepts of a mask; the same phrases, so the same masks, stand in document after document."""
    return tuple(bits(mask))


class ConceptIndex:
    """From concepts to the statements that hold them."""

    def __init__(self, masks: Iterable[tuple[int, int]]) -> None:
        """Index pairs of a statement's number and a mask of concepts; a statement may come with several masks."""
        self._known: dict[int, int] = {0: 0}
        statements: dict[int, int] = {}
        for number, mask in masks:
            statements[mask] = statements.get(mask, 0) | 1 << number
        self._rows = rows = [0] * max((m.bit_length() for m in statements), default=0)
        for mask, held in statements.items():
            for concept in _concepts(mask):
                rows[concept] |= held

    def having(self, mask: int) -> int:
        """The statements that hold any concept of a mask, as bits."""
        found = self._known.get(mask)
        if found is None:
            found = 0
            for concept in bits(mask & ((1 << len(self._rows)) - 1)):
                found |= self._rows[concept]
            self._known[mask] = found
        return found

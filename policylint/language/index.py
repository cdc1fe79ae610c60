"""Which statements name which concepts: sets of statements as bits, so that asking for several concepts is one "and"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def bits(number: int) -> Iterator[int]:
    """The positions of the ones of a number, lowest first."""
    ones = bin(number)[:1:-1]
    at = ones.find("1")
    while at != -1:
        yield at
        at = ones.find("1", at + 1)


class ConceptIndex:
    """From concepts to the statements whose masks hold them."""

    def __init__(self, masks: Sequence[int]) -> None:
        """Index statements by their masks of concepts, in document order."""
        self._rows = [0] * max((m.bit_length() for m in masks), default=0)
        self._known: dict[int, int] = {0: 0}
        rows = self._rows
        positions: dict[int, tuple[int, ...]] = {}
        for number, mask in enumerate(masks):
            here = positions.get(mask)
            if here is None:
                here = positions[mask] = tuple(bits(mask))
            statement = 1 << number
            for concept in here:
                rows[concept] |= statement

    def having(self, mask: int) -> int:
        """The statements that hold any concept of a mask, as bits."""
        found = self._known.get(mask)
        if found is None:
            found = 0
            for concept in bits(mask & ((1 << len(self._rows)) - 1)):
                found |= self._rows[concept]
            self._known[mask] = found
        return found

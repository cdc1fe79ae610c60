"""Phrases of the lexicon that words between commas part: "may, in accordance with this policy, refuse" holds "may refuse"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylint.language.automaton import Occurrence, occurrence
from policylint.language.clause_signs import HARD, MODALS
from policylint.language.concepts import ConceptFinder
from policylint.language.words import Token

_AROUND = 10
"""Words on either side of the interruption in which a phrase must lie."""
_LONGEST = 16
"""Most words between the commas."""


def interrupted(
    finder: ConceptFinder, tokens: Sequence[Token], keys: Sequence[str]
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Phrases that lie on both sides of an interruption behind a modal, and those that mean something else, by place.

    Args:
        tokens: of the document; `keys` are theirs.
    """
    found: set[Occurrence] = set()
    blocks: set[Occurrence] = set()
    for first, behind in _interruptions(tokens, keys):
        begin = max(0, first - _AROUND)
        read, blocking = finder.phrases([*keys[begin:first], *keys[behind : behind + _AROUND]])
        found.update(_across(finder.unblocked(read, blocking), begin, first, behind))
        blocks.update(_across(blocking, begin, first, behind))
    return sorted(found), sorted(blocks)


def _across(read: Sequence[Occurrence], begin: int, first: int, behind: int) -> Iterator[Occurrence]:
    """What lies on both sides of the words [first, behind), which were left out of those from `begin` on, at its places in the document."""
    for start, end, mask in read:
        if begin + start < first < begin + end:
            yield occurrence((begin + start, begin + end + behind - first, mask))


def _interruptions(tokens: Sequence[Token], keys: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where a modal is parted from its verb: the first comma, and the word behind the second."""
    for at in range(1, len(tokens) - 2):
        if keys[at] != ",":
            continue
        before = tokens[at - 2].lower if tokens[at - 1].lower == "not" and at > 1 else tokens[at - 1].lower
        if before not in MODALS:
            continue
        for place in range(at + 2, min(at + 2 + _LONGEST, len(tokens) - 1)):
            lower = tokens[place].lower
            if lower == ",":
                yield at, place + 1
            if lower == "," or lower in HARD or lower in MODALS:
                break

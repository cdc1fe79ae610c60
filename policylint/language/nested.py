"""A document's own terms inside longer phrases of the lexicon.

Where Companions are its peer supporters, "to train Companions" is to train peer supporters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policylint.language.automaton import Occurrence, occurrence
from policylint.language.concepts import COORDINATOR, PROGRAM, SUPPORTER, ConceptFinder
from policylint.language.words import phrase_key

_PLAIN = {
    SUPPORTER: phrase_key("peer supporter"),
    PROGRAM: phrase_key("peer support program"),
    COORDINATOR: phrase_key("peer support coordinator"),
}
"""Concept -> the words that the lexicon's phrases are looked for with instead of the document's own."""

_AROUND = 10
"""Words on either side of a term in which a phrase with it must lie."""


def nested(
    finder: ConceptFinder,
    keys: Sequence[str],
    every: Sequence[Occurrence],
    own: Sequence[Occurrence],
    terms: Mapping[tuple[str, ...], str],
) -> list[Occurrence]:
    """Phrases of the lexicon that hold one of the document's own terms and more.

    Args:
        keys: of the document's tokens.
        every: what the lexicon's phrases as they are give, by start.
        own: where its terms stand in them, by start, then end.
        terms: the keys of each term -> the concept it stands for.
    """
    plain = [o for o in own if terms[tuple(keys[o.start : o.end])] in _PLAIN]
    if not plain:
        return []
    found: list[Occurrence] = []
    for group in _groups(_longest(_free(plain, [(s, e) for s, e, mask in every if mask & finder.actors]))):
        first = max(0, group[0].start - _AROUND)
        words, places = _replaced(keys, first, min(len(keys), group[-1].end + _AROUND), group, terms)
        for start, end, mask in finder.every(words):
            begin, stop = places[start][0], places[end - 1][1]
            if min(begin, stop) < 0:
                continue  # "a peer" is no phrase with a peer supporter in it
            if any(begin <= o.start and o.end <= stop and (begin, stop) != (o.start, o.end) for o in group):
                found.append(occurrence((begin, stop, mask)))
    return found


def _free(own: Sequence[Occurrence], actors: Sequence[tuple[int, int]]) -> Iterator[Occurrence]:
    """Terms that are no part of a longer person or group: where members are peer supporters, "department members" are not."""
    starts = [start for start, _ in actors]
    for o in own:
        near = actors[bisect_left(starts, o.start - _AROUND) : bisect_right(starts, o.start)]
        if not any(o.end <= end and end - start > o.end - o.start for start, end in near):
            yield o


def _longest(own: Iterable[Occurrence]) -> Iterator[Occurrence]:
    """Of terms that overlap, the first, and of those that begin together the longest."""
    behind = 0
    for o in sorted(own, key=lambda o: (o.start, -o.end)):
        if o.start >= behind:
            behind = o.end
            yield o


def _groups(own: Iterator[Occurrence]) -> Iterator[list[Occurrence]]:
    """Terms that stand so near each other that a phrase may hold both."""
    group: list[Occurrence] = []
    for o in own:
        if group and o.start - group[-1].end > 2 * _AROUND:
            yield group
            group = []
        group.append(o)
    if group:
        yield group


def _replaced(
    keys: Sequence[str], first: int, last: int, group: Sequence[Occurrence], terms: Mapping[tuple[str, ...], str]
) -> tuple[list[str], list[tuple[int, int]]]:
    """The words [first, last) with plain ones in the place of the terms, and the tokens from which and to which each stands.

    Inside the plain words of a term nothing begins or ends: -1.
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []
    at = first
    for o in group:
        words += keys[at : o.start]
        places += [(each, each + 1) for each in range(at, o.start)]
        plain = _PLAIN[terms[tuple(keys[o.start : o.end])]]
        words += plain
        places += [(o.start, -1), *[(-1, -1)] * (len(plain) - 2), (-1, o.end)]
        at = o.end
    words += keys[at:last]
    places += [(each, each + 1) for each in range(at, last)]
    return words, places

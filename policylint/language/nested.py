"""A document's own terms inside longer phrases of the lexicon.

Where Companions are its peer supporters, "to train Companions" is to train peer supporters.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

from policylint.language.automaton import Occurrence, occurrence
from policylint.language.concepts import AGENCY, COORDINATOR, PROGRAM, SUPPORTER, ConceptFinder
from policylint.language.words import phrase_key

_PLAIN = {
    SUPPORTER: (phrase_key("peer supporter"),),
    PROGRAM: (phrase_key("peer support program"), phrase_key("team")),
    COORDINATOR: (phrase_key("peer support coordinator"),),
    AGENCY: (phrase_key("the department"),),
}
"""Concept -> the words that the lexicon's phrases are looked for with instead of the document's own: one reading after the other."""

_ARTICLES = frozenset("the a an this that our your its their any each every no".split())

_AROUND = 10
"""Words on either side of a term in which a phrase with it must lie."""


def nested(
    finder: ConceptFinder,
    keys: Sequence[str],
    every: Sequence[Occurrence],
    own: Sequence[Occurrence],
    terms: Mapping[tuple[str, ...], str],
) -> tuple[list[Occurrence], list[Occurrence]]:
    """Phrases of the lexicon that hold one of the document's own terms and more, and those that mean something else, by place.

    Args:
        keys: of the document's tokens.
        every: what the lexicon's phrases as they are give, by start.
        own: where its terms stand in them, by start, then end.
        terms: the keys of each term -> the concept it stands for.
    """
    plain = [o for o in own if terms[tuple(keys[o.start : o.end])] in _PLAIN]
    if not plain:
        return [], []
    found: set[Occurrence] = set()
    blocks: set[Occurrence] = set()
    for group in _groups(_longest(_free(plain, [(s, e) for s, e, mask in every if mask & finder.actors]))):
        first = max(0, group[0].start - _AROUND)
        meant = [(o, _PLAIN[terms[tuple(keys[o.start : o.end])]]) for o in group]
        for reading in range(max(len(plain) for _, plain in meant)):
            put = [
                (o, _behind(keys[o.start - 1] if o.start else "", plain[min(reading, len(plain) - 1)]))
                for o, plain in meant
            ]
            words, places = _replaced(keys, first, min(len(keys), group[-1].end + _AROUND), put)
            read, blocking = finder.phrases(words)
            found.update(_around(finder.unblocked(read, blocking), group, places))
            blocks.update(_around(blocking, group, places))
    return sorted(found), sorted(blocks)


def _around(
    read: Iterable[Occurrence], group: Sequence[Occurrence], places: Sequence[tuple[int, int]]
) -> Iterator[Occurrence]:
    """What was found with plain words in the place of terms and holds one of these and more, at the places it has in the document."""
    for start, end, mask in read:
        begin, stop = places[start][0], places[end - 1][1]
        if min(begin, stop) < 0:
            continue  # "a peer" is no phrase with a peer supporter in it
        if any(begin <= o.start and o.end <= stop and (begin, stop) != (o.start, o.end) for o in group):
            yield occurrence((begin, stop, mask))


def _behind(before: str, plain: tuple[str, ...]) -> tuple[str, ...]:
    """Plain words as they stand behind a word: one article is enough."""
    return plain[1:] if plain[0] == "the" and before in _ARTICLES else plain


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
    keys: Sequence[str], first: int, last: int, group: Sequence[tuple[Occurrence, tuple[str, ...]]]
) -> tuple[list[str], list[tuple[int, int]]]:
    """The words [first, last) with plain ones in the place of the terms, and the tokens from which and to which each stands.

    Inside the plain words of a term nothing begins or ends: -1. A phrase may begin behind their article.
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []
    at = first
    for o, plain in group:
        words += keys[at : o.start]
        places += [(each, each + 1) for each in range(at, o.start)]
        words += plain
        begins = [o.start, *[-1] * (len(plain) - 1)]
        if plain[0] == "the":
            begins[1] = o.start
        places += zip(begins, [*[-1] * (len(plain) - 1), o.end], strict=True)
        at = o.end
    words += keys[at:last]
    places += [(each, each + 1) for each in range(at, last)]
    return words, places

"""The phrases of the lexicon as a network of words, without ever spelling them out.

The written phrases are a grammar: words, choices, optional parts, and concepts inside phrases. Spelt out they would be
hundreds of thousands; as a recursive transition network they are some ten thousand nodes. A network is flat lists of words
and numbers, so that it can be kept, and read again in a fraction of the time that making it of the phrases takes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from policylint.language.words import phrase_key
from policylint.packs.models import SameWords
from policylint.packs.phrases import Choice, Maybe, Phrase, Piece, Ref

T = TypeVar("T")

_POSSESSIVE = re.compile(r"^['\u2019]s?(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Network:
    """Numbered nodes, and numbered arcs that lead from node to node by a word; those of one node are numbered in a row.

    Attributes:
        arcs: for each node, its first arc; and behind the last node, how many arcs there are.
        words: for each arc, the key of its word.
        targets: for each arc, the node it leads to.
        skips: for each node, the nodes that are reached without a word.
        calls: for each node, entries of which a phrase may come here, each with the node behind it.
        ends: for each node, the entry of which a phrase ends here, or -1.
        starts: for each entry, the node at which its phrases begin.
        ranks: for each entry, a number such that whatever calls another comes before it.
        helpers: how many entries at the end are only called by others: words that say the same.
    """

    arcs: list[int]
    words: list[str]
    targets: list[int]
    skips: list[list[int]]
    calls: list[list[tuple[int, int]]]
    ends: list[int]
    starts: list[int]
    ranks: list[int]
    helpers: int = 0

    @classmethod
    def of(
        cls,
        entries: Sequence[Sequence[Phrase]],
        names: Mapping[str, int],
        same_words: Sequence[SameWords] = (),
        exact: Collection[int] = (),
    ) -> Network:
        """The network of the phrases of each entry; `names` gives the entry of each concept that phrases may refer to.

        Where a phrase has one of some `same_words`, a call of an entry that holds all of them stands in its place; not in the
        entries that are `exact`.
        """
        helpers = [[tuple(map(phrase_key, words)) for words in (s.words, s.also)] for s in same_words]
        same = {word: len(entries) + number for number, (words, _) in enumerate(helpers) for word in words}
        builder = _Builder(names, same)
        for number, phrases in enumerate(entries):
            builder.entry(phrases, exact=number in exact)
        for words, also in helpers:
            builder.words_entry((*words, *also))
        along = [[(word, node) for word, nodes in words.items() for node in nodes] for words in builder.words]
        return cls(
            [0, *accumulate(map(len, along))],
            [word for arcs in along for word, _ in arcs],
            [target for arcs in along for _, target in arcs],
            builder.skips,
            builder.calls,
            builder.ends,
            builder.starts,
            builder.ranked(),
            len(helpers),
        )

    def plain(self) -> list[object]:
        """The network as lists, texts and numbers, which JSON can hold; nodes that have nothing are left out."""
        vocabulary = {word: number for number, word in enumerate(dict.fromkeys(self.words))}
        ends = [[node, entry] for node, entry in enumerate(self.ends) if entry >= 0]
        return [
            self.arcs,
            list(vocabulary),
            [vocabulary[word] for word in self.words],
            self.targets,
            _filled(self.skips),
            _filled(self.calls),
            ends,
            self.starts,
            self.ranks,
            self.helpers,
        ]

    @classmethod
    def from_plain(cls, value: Any) -> Network:
        """The network that `plain` made a value of. Raises TypeError, ValueError or IndexError when it is none."""
        arcs, vocabulary, numbers, targets, skips, calls, ends, starts, ranks, helpers = value
        nodes = len(arcs) - 1
        all_ends = [-1] * nodes
        for node, entry in ends:
            all_ends[node] = entry
        words = [vocabulary[number] for number in numbers]
        return cls(arcs, words, targets, _spread(skips, nodes), _spread(calls, nodes), all_ends, starts, ranks, helpers)


def _filled(nodes: Sequence[list[T]]) -> list[tuple[int, list[T]]]:
    return [(node, what) for node, what in enumerate(nodes) if what]


def _spread(filled: Sequence[tuple[int, list[T]]], nodes: int) -> list[list[T]]:
    nothing: list[T] = []
    spread = [nothing] * nodes
    for node, what in filled:
        spread[node] = what
    return spread


class _Builder:
    def __init__(self, names: Mapping[str, int], same: Mapping[tuple[str, ...], int]) -> None:
        self.names, self.same = names, same
        self.longest_same = max(map(len, same), default=0)
        self.exact = False
        self.words: list[dict[str, list[int]]] = []
        self.skips: list[list[int]] = []
        self.calls: list[list[tuple[int, int]]] = []
        self.ends: list[int] = []
        self.starts: list[int] = []

    def entry(self, phrases: Sequence[Phrase], *, exact: bool = False) -> None:
        start, end = self._begun()
        self.exact = exact
        for phrase in phrases:
            self._sequence(phrase, start, end)

    def words_entry(self, alternatives: Sequence[tuple[str, ...]]) -> None:
        """An entry of plain words, which stand for themselves only."""
        start, end = self._begun()
        for words in dict.fromkeys(alternatives):
            self._path(words, start, end)

    def _begun(self) -> tuple[int, int]:
        """The first and the last node of a new entry."""
        start, end = self._node(), self._node()
        self.ends[end] = len(self.starts)
        self.starts.append(start)
        return start, end

    def _node(self) -> int:
        self.words.append({})
        self.skips.append([])
        self.calls.append([])
        self.ends.append(-1)
        return len(self.ends) - 1

    def _sequence(self, phrase: Phrase, here: int, end: int) -> None:
        """Lay a path for a phrase from a node to a node."""
        if len(phrase) == 1:
            self._piece(phrase[0], here, end)
            return
        pieces = [p for p in phrase if not (isinstance(p, str) and p.isspace())]
        for piece in pieces[:-1]:
            following = self._node()
            self._piece(piece, here, following)
            here = following
        if pieces:
            self._piece(pieces[-1], here, end)
        else:
            self.skips[here].append(end)

    def _piece(self, piece: Piece, here: int, end: int) -> None:
        match piece:
            case Ref(name):
                self.calls[here].append((self.names[name], end))
            case Choice(alternatives):
                for phrase in alternatives:
                    self._sequence(phrase, here, end)
            case Maybe(inner):
                self._sequence(inner, here, end)
                self.skips[here].append(end)
            case _:
                self._plain(phrase_key(_POSSESSIVE.sub("", piece) if piece[0] in "'\u2019" else piece), here, end)

    def _plain(self, words: Sequence[str], here: int, end: int) -> None:
        if not words:
            self.skips[here].append(end)
            return
        self._path(words if self.exact else list(self._steps(tuple(words))), here, end)

    def _steps(self, words: tuple[str, ...]) -> Iterator[str | int]:
        """Words one by one; the longest of those that have others like them together, as the entry of these."""
        at = 0
        while at < len(words):
            for length in range(min(self.longest_same, len(words) - at), 0, -1):
                entry = self.same.get(words[at : at + length])
                if entry is not None:
                    yield entry
                    at += length
                    break
            else:
                yield words[at]
                at += 1

    def _path(self, steps: Sequence[str | int], here: int, end: int) -> None:
        """Lay a path of words and of calls of entries from a node to a node."""
        for number, step in enumerate(steps, 1):
            following = end if number == len(steps) else self._node()
            if isinstance(step, int):
                self.calls[here].append((step, following))
            else:
                self.words[here].setdefault(step, []).append(following)
            here = following

    def ranked(self) -> list[int]:
        """A rank for each entry, so that whatever calls another comes before it."""
        bounds = [*self.starts, len(self.ends)]
        called = [
            {entry for node in range(first, last) for entry, _ in self.calls[node]} for first, last in pairwise(bounds)
        ]
        depths: dict[int, int] = {}

        def depth(entry: int) -> int:
            """How deep concepts nest below an entry."""
            if entry not in depths:
                depths[entry] = 1 + max(map(depth, called[entry]), default=0)
            return depths[entry]

        ranks = [0] * len(called)
        for rank, entry in enumerate(sorted(range(len(called)), key=depth, reverse=True)):
            ranks[entry] = rank
        return ranks

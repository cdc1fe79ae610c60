"""The phrases of the lexicon as a network of words, without ever spelling them out.

The written phrases are a grammar: words, choices, optional parts, and concepts inside phrases. Spelt out they would be
hundreds of thousands; as a recursive transition network they are some ten thousand nodes. A network is flat lists of words
and numbers, so that it can be kept, and read again in a fraction of the time that making it of the phrases takes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any, TypeVar

from policylint.language.words import phrase_key
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
    """

    arcs: list[int]
    words: list[str]
    targets: list[int]
    skips: list[list[int]]
    calls: list[list[tuple[int, int]]]
    ends: list[int]
    starts: list[int]
    ranks: list[int]

    @classmethod
    def of(cls, entries: Sequence[Sequence[Phrase]], names: Mapping[str, int]) -> Network:
        """The network of the phrases of each entry; `names` gives the entry of each concept that phrases may refer to."""
        builder = _Builder(names)
        for number, phrases in enumerate(entries):
            builder.entry(number, phrases)
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
        ]

    @classmethod
    def from_plain(cls, value: Any) -> Network:
        """The network that `plain` made a value of. Raises TypeError, ValueError or IndexError when it is none."""
        arcs, vocabulary, numbers, targets, skips, calls, ends, starts, ranks = value
        nodes = len(arcs) - 1
        all_ends = [-1] * nodes
        for node, entry in ends:
            all_ends[node] = entry
        words = [vocabulary[number] for number in numbers]
        return cls(arcs, words, targets, _spread(skips, nodes), _spread(calls, nodes), all_ends, starts, ranks)


def _filled(nodes: Sequence[list[T]]) -> list[tuple[int, list[T]]]:
    return [(node, what) for node, what in enumerate(nodes) if what]


def _spread(filled: Sequence[tuple[int, list[T]]], nodes: int) -> list[list[T]]:
    nothing: list[T] = []
    spread = [nothing] * nodes
    for node, what in filled:
        spread[node] = what
    return spread


class _Builder:
    def __init__(self, names: Mapping[str, int]) -> None:
        self.names = names
        self.words: list[dict[str, list[int]]] = []
        self.skips: list[list[int]] = []
        self.calls: list[list[tuple[int, int]]] = []
        self.ends: list[int] = []
        self.starts: list[int] = []

    def entry(self, number: int, phrases: Sequence[Phrase]) -> None:
        start, end = self._node(), self._node()
        self.ends[end] = number
        self.starts.append(start)
        for phrase in phrases:
            self._sequence(phrase, start, end)

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
        for word in words[:-1]:
            following = self._node()
            self.words[here].setdefault(word, []).append(following)
            here = following
        self.words[here].setdefault(words[-1], []).append(end)

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

"""Finding every phrase of the lexicon in one walk over the words, without ever spelling the phrases out.

The written phrases are a grammar: words, choices, optional parts, and concepts inside phrases. Spelt out they would be
hundreds of thousands; as a recursive transition network they are some ten thousand nodes. The network is turned into
deterministic states while documents are read, and only where their words lead: a state is made once, then looked up.
(Lazy subset construction as in Thompson 1968; concepts inside phrases are calls with shared return frames, as in the
graph-structured stack of Tomita 1987. Concepts never refer to each other in a circle, so the frames are finite.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

from policylint.language.words import phrase_key
from policylint.packs.phrases import Choice, Maybe, Phrase, Piece, Ref


class Occurrence(NamedTuple):
    """A phrase at tokens [start, end), and what it stands for as a mask: one bit for each concept."""

    start: int
    end: int
    mask: int


occurrence = partial(tuple.__new__, Occurrence)
"""An Occurrence from a tuple, twice as fast as by name: a document has thousands."""

_Item = tuple[int, int]
"""A node of the network, and the frame that tells where to go on when the phrase it belongs to ends."""

_TOP = (-1, 0)
"""In a frame: the phrase was begun for its own sake, so its end is an occurrence."""

_POSSESSIVE = re.compile(r"^['\u2019]s?(?=\s|$)")


class State(dict[str, "State | list[_Item]"]):
    """Where the words read so far lead: a next state for each word that can follow, made when first asked for.

    Attributes:
        mask: the entries, as bits, of which a phrase ends here.
        blocks: the same for the entries that only block others, counted from the first of them.
    """

    __slots__ = ("blocks", "mask")

    def __init__(self, mask: int, blocks: int) -> None:
        super().__init__()
        self.mask, self.blocks = mask, blocks


class Automaton:
    """The phrases of numbered entries, ready to be found in word keys."""

    def __init__(
        self,
        entries: Sequence[Sequence[Phrase]],
        names: Mapping[str, int],
        included: Mapping[int, int] | None = None,
        blocking: int | None = None,
    ) -> None:
        """Take the phrases of each entry; from the entry `blocking` on they are such as block others.

        `names` gives the entry of each concept that phrases may refer to; `included`, for an entry, the entries (as a
        mask) whose phrases are its own anyway: a phrase that both have belongs to those only.
        """
        self._names = names
        self._included = included or {}
        self._blocking = len(entries) if blocking is None else blocking
        self._words: list[dict[str, list[int]]] = []
        self._skips: list[list[int]] = []
        self._calls: list[list[tuple[int, int]]] = []
        self._ends: list[int] = []  # the entry of which a phrase ends at the node, or -1
        self._starts: list[int] = []
        for number, phrases in enumerate(entries):
            start, end = self._node(), self._node()
            self._ends[end] = number
            self._starts.append(start)
            for phrase in phrases:
                self._sequence(phrase, start, end)
        self._rank = self._ranked()
        self._frames: dict[tuple[_Item, ...], int] = {}
        self._returns: list[tuple[_Item, ...]] = []
        self._states: dict[frozenset[_Item], State] = {}
        self.root = self._state([], {number: [_TOP] for number in range(len(entries))})

    def find(self, keys: Sequence[str]) -> tuple[list[Occurrence], list[Occurrence]]:
        """Every occurrence of every phrase, its mask the entries it belongs to, by start, then end; those that block apart."""
        out: list[Occurrence] = []
        blocks: list[Occurrence] = []
        root, count = self.root, len(keys)
        for start in range(count):
            state, at = root, start
            while at < count:
                following = state.get(keys[at])
                if following is None:
                    break
                state = following if isinstance(following, State) else self._follow(state, keys[at], following)
                at += 1
                if state.mask:
                    out.append(occurrence((start, at, state.mask)))
                if state.blocks:
                    blocks.append(occurrence((start, at, state.blocks)))
        return out, blocks

    # -- the network ----------------------------------------------------------------------------------------------

    def _node(self) -> int:
        self._words.append({})
        self._skips.append([])
        self._calls.append([])
        self._ends.append(-1)
        return len(self._ends) - 1

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
            self._skips[here].append(end)

    def _piece(self, piece: Piece, here: int, end: int) -> None:
        match piece:
            case Ref(name):
                self._calls[here].append((self._names[name], end))
            case Choice(alternatives):
                for phrase in alternatives:
                    self._sequence(phrase, here, end)
            case Maybe(inner):
                self._sequence(inner, here, end)
                self._skips[here].append(end)
            case _:
                self._plain(phrase_key(_POSSESSIVE.sub("", piece) if piece[0] in "'\u2019" else piece), here, end)

    def _plain(self, words: Sequence[str], here: int, end: int) -> None:
        if not words:
            self._skips[here].append(end)
            return
        for word in words[:-1]:
            following = self._node()
            self._words[here].setdefault(word, []).append(following)
            here = following
        self._words[here].setdefault(words[-1], []).append(end)

    def _ranked(self) -> list[int]:
        """A rank for each entry, so that whatever calls another comes before it."""
        bounds = [*self._starts, len(self._ends)]
        called = [
            {entry for node in range(first, last) for entry, _ in self._calls[node]} for first, last in pairwise(bounds)
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

    # -- the states -----------------------------------------------------------------------------------------------

    def _follow(self, state: State, word: str, items: list[_Item]) -> State:
        made = state[word] = self._state(items, {})
        return made

    def _state(self, reached: list[_Item], begun: dict[int, list[_Item]]) -> State:
        """The state for items reached by a word, and entries begun with these frames."""
        mask, items = 0, set(reached)
        open_ = list(items)
        skips, ends, returns = self._skips, self._ends, self._returns
        while open_:
            node, frame = open_.pop()
            further = [(skipped, frame) for skipped in skips[node]]
            entry = ends[node]
            if entry >= 0:
                for back in returns[frame]:
                    if back == _TOP:
                        mask |= 1 << entry
                    else:
                        further.append(back)
            for item in further:
                if item not in items:
                    items.add(item)
                    open_.append(item)
        self._begin(items, begun)
        known = frozenset(items)
        state = self._states.get(known)
        if state is None:
            mask, own = self._without_repeats(mask), (1 << self._blocking) - 1
            state = self._states[known] = State(mask & own, mask >> self._blocking)
            following: dict[str, list[_Item]] = {}
            for node, frame in sorted(items):
                for word, targets in self._words[node].items():
                    following.setdefault(word, []).extend([(target, frame) for target in targets])
            state.update(following)
        return state

    def _without_repeats(self, mask: int) -> int:
        for entry, others in self._included.items():
            if mask & others and mask >> entry & 1:
                mask ^= 1 << entry
        return mask

    def _begin(self, items: set[_Item], begun: dict[int, list[_Item]]) -> None:
        """Add the beginnings of the concepts that may come next, callers first, so that each gets one frame."""
        for node, frame in items:
            for entry, back in self._calls[node]:
                begun.setdefault(entry, []).append((back, frame))
        ranks = self._rank
        waiting = [(ranks[entry], entry) for entry in begun]
        heapify(waiting)
        while waiting:
            entry = heappop(waiting)[1]
            frame = self._frame(begun[entry])
            open_, seen = [self._starts[entry]], {self._starts[entry]}
            while open_:
                node = open_.pop()
                items.add((node, frame))
                for called, back in self._calls[node]:
                    if called not in begun:
                        begun[called] = []
                        heappush(waiting, (ranks[called], called))
                    begun[called].append((back, frame))
                for skipped in self._skips[node]:
                    if skipped not in seen:
                        seen.add(skipped)
                        open_.append(skipped)

    def _frame(self, backs: list[_Item]) -> int:
        known = tuple(sorted(set(backs)))
        frame = self._frames.get(known)
        if frame is None:
            frame = self._frames[known] = len(self._returns)
            self._returns.append(known)
        return frame

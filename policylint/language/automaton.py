"""Finding every phrase of the lexicon in one walk over the words.

The network of the phrases is turned into deterministic states while documents are read, and only where their words lead: a
state is made once, then looked up.
(Lazy subset construction as in Thompson 1968; concepts inside phrases are calls with shared return frames, as in the
graph-structured stack of Tomita 1987. Concepts never refer to each other in a circle, so the frames are finite.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from policylint.language.network import Network


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


class State(dict[str, "State | list[_Item]"]):
    """Where the words read so far lead: a next state for each word that can follow, made when first asked for.

    Attributes:
        mask: the entries, as bits, of which a phrase ends here.
        blocks: the same for the entries that only block others, counted from the first of them.
        ends: whether any phrase ends here; in most states none does.
    """

    __slots__ = ("blocks", "ends", "mask")

    def __init__(self, mask: int, blocks: int) -> None:
        super().__init__()
        self.mask, self.blocks, self.ends = mask, blocks, bool(mask or blocks)


class Automaton:
    """The phrases of numbered entries, ready to be found in word keys."""

    def __init__(
        self, network: Network, included: Mapping[int, int] | None = None, blocking: int | None = None
    ) -> None:
        """Take a network of phrases; from the entry `blocking` on they are such as block others.

        `included` gives, for an entry, the entries (as a mask) whose phrases are its own anyway: a phrase that both have
        belongs to those only.
        """
        self.network = network
        self._arcs, self._words, self._targets = network.arcs, network.words, network.targets
        self._skips, self._calls = network.skips, network.calls
        self._ends, self._starts, self._rank = network.ends, network.starts, network.ranks
        self._included = included or {}
        entries = len(network.starts) - network.helpers
        self._blocking = entries if blocking is None else blocking
        self._frames: dict[tuple[_Item, ...], int] = {}
        self._returns: list[tuple[_Item, ...]] = []
        self._states: dict[frozenset[_Item], State] = {}
        self.root = self._state([], {number: [_TOP] for number in range(entries)})

    def find(self, keys: Sequence[str]) -> tuple[list[Occurrence], list[Occurrence]]:
        """Every occurrence of every phrase, its mask the entries it belongs to, by start, then end; those that block apart."""
        out: list[Occurrence] = []
        blocks: list[Occurrence] = []
        root, words = self.root, [*keys, ""]  # no phrase has the last one: there every walk ends
        for start, word in enumerate(keys):
            state, at, following = root, start, root.get(word)
            while following is not None:
                state = following if isinstance(following, State) else self._follow(state, words[at], following)
                at += 1
                if state.ends:
                    if state.mask:
                        out.append(occurrence((start, at, state.mask)))
                    if state.blocks:
                        blocks.append(occurrence((start, at, state.blocks)))
                following = state.get(words[at])
        return out, blocks

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
            state.update(self._following(items))
        return state

    def _following(self, items: set[_Item]) -> dict[str, list[_Item]]:
        arcs, words, targets = self._arcs, self._words, self._targets
        following: dict[str, list[_Item]] = {}
        for node, frame in sorted(items):
            for arc in range(arcs[node], arcs[node + 1]):
                item = targets[arc], frame
                if (word := words[arc]) in following:
                    following[word].append(item)
                else:
                    following[word] = [item]
        return following

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

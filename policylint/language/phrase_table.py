"""Phrases that are learnt while a document is read."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.language.automaton import Occurrence


class PhraseTable:
    """A handful of plain phrases, found in one pass; they may be added while the document is read."""

    def __init__(self) -> None:
        self._masks: dict[tuple[str, ...], int] = {}
        self._lengths: dict[str, set[int]] = {}

    def add(self, phrase: tuple[str, ...], mask: int) -> None:
        """Let a phrase (its keys) stand for the concepts of a mask, too."""
        self._masks[phrase] = self._masks.get(phrase, 0) | mask
        self._lengths.setdefault(phrase[0], set()).add(len(phrase))

    def find(self, keys: Sequence[str]) -> list[Occurrence]:
        """Every occurrence of every phrase, by start, then end."""
        out: list[Occurrence] = []
        for start, word in enumerate(keys):
            if word not in self._lengths:
                continue
            for length in sorted(self._lengths[word]):
                mask = self._masks.get(tuple(keys[start : start + length]))
                if mask and start + length <= len(keys):
                    out.append(Occurrence(start, start + length, mask))
        return out

"""Canonical text for formats that have none of their own: blocks are added one after the other, spans follow.

A file of text is its own canonical text. A Word file, a web page or a PDF is not: their readers lay out here, in reading
order, what a person reads on the page, list labels included, one block a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from policylint.document import Block, Source, Span
from policylint.readers.decode import canonical

Run = tuple[str, bool]
"""A piece of text, and whether it stands in bold type."""

CELL = "\t"
"""Stands between the cells of a row."""


class Composer:
    """Collects blocks and the canonical text they stand in."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._at = 0
        self._blocks: list[Block] = []

    def add(self, runs: Iterable[Run], *, label: str = "", between: str = "\n\n", **hints: Any) -> None:
        """Add a block of one run of text; one that is blank leaves no trace.

        Args:
            runs: its text without the label, piece by piece.
            label: the list label or bullet as a person reads it; it stands before the text, outside the block's spans.
            between: what separates the block from the one before it.
            hints: the other attributes of `Block`.
        """
        self.row([runs], label=label, between=between, **hints)

    def row(self, cells: Sequence[Iterable[Run]], *, label: str = "", between: str = "\n\n", **hints: Any) -> None:
        """Add a block of several cells, each a span of its own; empty cells are left out. Otherwise as `add`."""
        kept = [runs for runs in map(_clean, cells) if runs]
        if not kept:
            return
        self._write(between if self._at else "")
        self._write(f"{label} " if label else "")
        spans: list[Span] = []
        strong: list[Span] = []
        for number, runs in enumerate(kept):
            self._write(CELL if number else "")
            for text, bold in runs:
                spans.append((self._at, self._at + len(text)))
                if bold and text.strip():
                    strong.append(spans[-1])
                self._write(text)
        self._blocks.append(Block(spans=tuple(spans), label=label, strong=tuple(strong), **hints))

    def source(self, format_: str, *, pages: int | None = None, notes: Sequence[str] = ()) -> Source:
        """What was added, as a reader returns it."""
        return Source("".join(self._pieces), tuple(self._blocks), format_, pages, tuple(notes))

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._at += len(text)


def _clean(runs: Iterable[Run]) -> list[Run]:
    """Runs with line ends as "\\n", white space at both ends cut off, neighbours of one weight joined."""
    out: list[Run] = []
    for raw, bold in runs:
        text = canonical(raw)
        if out and out[-1][1] == bold:
            out[-1] = (out[-1][0] + text, bold)
        elif text:
            out.append((text, bold))
    while out and not out[0][0].strip():
        del out[0]
    while out and not out[-1][0].strip():
        del out[-1]
    if out:
        out[0] = (out[0][0].lstrip(), out[0][1])
        out[-1] = (out[-1][0].rstrip(), out[-1][1])
    return out

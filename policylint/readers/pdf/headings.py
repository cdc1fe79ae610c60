"""Which lines are headings by the PDF's own outline (bookmarks)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from policylint.readers.pdf.layout import is_mark
from policylint.readers.pdf.opening import Bookmark
from policylint.readers.pdf.values import LaidLine

_MOST_LINES = 4
"""Lines that a heading takes up at most."""
_ITEMS = 0.15
"""Share of the bookmarks that may name items of lists for the levels of the others to mean anything."""
_TRUSTED = 0.5
"""Share of the bookmarks that must lead to a line with their words; below it, they name something else."""


def by_bookmarks(lines: Sequence[LaidLine], entries: Sequence[Bookmark]) -> tuple[list[LaidLine], dict[int, int]]:
    """The lines, those of one heading put together, and the level of each heading by its position."""
    pages = {line.page for line in lines}
    wanted = [e for e in entries if e.page in pages]
    found = _found(lines, wanted)
    items = sum(_is_item(entry.title) for entry in wanted)
    if not wanted or len(found) < _TRUSTED * len(wanted) or items > _ITEMS * len(wanted):
        return list(lines), {}
    out: list[LaidLine] = []
    levels: dict[int, int] = {}
    at = 0
    while at < len(lines):
        entry = found.get(at)
        if entry is None:
            out.append(lines[at])
            at += 1
            continue
        level, count = entry
        levels[len(out)] = level
        words = tuple(w for line in lines[at : at + count] for w in line.cells[0])
        out.append(replace(lines[at], cells=(words,)))
        at += count
    return out, levels


def _is_item(title: str) -> bool:
    """Whether an entry names an item of a list: some makers put all that is numbered among the bookmarks."""
    first, _, rest = title.partition(" ")
    return title.endswith((";", ",", "; and", "; or")) or (is_mark(first) and rest[:1].islower())


def _found(lines: Sequence[LaidLine], entries: Sequence[Bookmark]) -> dict[int, tuple[int, int]]:
    """Position of a line -> level, and how many lines the heading takes up."""
    places: dict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if not line.left_out and not line.table:
            places[line.page].append(at)
    out: dict[int, tuple[int, int]] = {}
    for entry in entries:
        title = _folded(entry.title)
        for at in places[entry.page]:
            if at not in out and (count := _match(lines, at, title)):
                out[at] = (entry.level, count)
                break
    return out


def _match(lines: Sequence[LaidLine], at: int, title: str) -> int:
    """How many lines from one on hold just the words of a title, with or without a number before it; 0 if they do not."""
    if not title:
        return 0
    words = [w.text for w in lines[at].cells[0]]
    starts = [_folded(" ".join(words))]
    if len(words) > 1 and is_mark(words[0]):
        starts.append(_folded(" ".join(words[1:])))
    for start in starts:
        text, count = start, 1
        while text and title.startswith(text):
            if text == title:
                return count
            after = at + count
            if count == _MOST_LINES or after >= len(lines) or lines[after].left_out or lines[after].table:
                break
            text += _folded(" ".join(w.text for w in lines[after].cells[0]))
            count += 1
    return 0


def _folded(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())

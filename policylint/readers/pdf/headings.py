"""Which lines are headings by the PDF's own outline (bookmarks)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from policylint.readers.pdf.layout import is_mark
from policylint.readers.pdf.opening import Bookmark
from policylint.readers.pdf.values import LaidLine

_MARKS = re.compile(r"[\W_]+")
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
    pages = {entry.page for entry in entries}
    text = {
        at: _folded(" ".join(w.text for w in line.cells[0]))
        for at, line in enumerate(lines)
        if line.page in pages and not line.left_out and not line.table
    }
    places: dict[int, list[int]] = defaultdict(list)
    for at in text:
        places[lines[at].page].append(at)
    out: dict[int, tuple[int, int]] = {}
    for entry in entries:
        title = _folded(entry.title)
        for at in places[entry.page]:
            if at not in out and (count := _match(lines, text, at, title)):
                out[at] = (entry.level, count)
                break
    return out


def _match(lines: Sequence[LaidLine], text: Mapping[int, str], at: int, title: str) -> int:
    """How many lines from one on hold just the words of a title, with or without a number before it; 0 if they do not."""
    words = lines[at].cells[0]
    starts = [text[at]]
    if len(words) > 1 and is_mark(words[0].text):
        starts.append(text[at][len(_folded(words[0].text)) :])
    for start in starts:
        so_far, count = start, 1
        while so_far and title.startswith(so_far):
            if so_far == title:
                return count
            if count == _MOST_LINES or at + count not in text:
                break
            so_far += text[at + count]
            count += 1
    return 0


def _folded(text: str) -> str:
    return _MARKS.sub("", text.lower())

"""Plain text: one block for each physical line that is not blank."""

from __future__ import annotations

import re
from collections.abc import Iterator

from policylint.document import Block, Source, Span

TAB = 4
# "**" opens or closes emphasis when it touches a letter, digit or quote; a row of stars is no emphasis.
_STARS = re.compile(r"(?<![*\\])(?:\*\*|__)(?![*_])")


def read(text: str) -> Source:
    """The canonical text as lines, in time linear in its length.

    A form feed ends a line and starts a page; a text without one has no pages.
    """
    pages = text.rstrip().count("\f") + 1 if "\f" in text.strip() else None
    return Source(text=text, blocks=tuple(_blocks(text, paged=pages is not None)), format="text", pages=pages)


def _blocks(text: str, *, paged: bool) -> Iterator[Block]:
    gap, page, at = 0, 1, 0
    for line in text.replace("\f", "\n").split("\n"):
        stop = at + len(line)
        if line.strip():
            start, end = stop - len(line.lstrip()), at + len(line.rstrip())
            spans, strong = emphasis(text, start, end)
            if spans:
                indent = columns(text[at:start])
                yield Block(spans, "line", indent=indent, gap=gap, page=page if paged else None, strong=strong)
                gap = 0
        else:
            gap += 1
        # A page break is no blank line: the sentence may go on over it.
        page += text[stop : stop + 1] == "\f"
        at = stop + 1


def columns(white: str) -> int:
    """Columns that leading white space takes, with a tab stop every four."""
    return len(white.expandtabs(TAB))


def emphasis(text: str, start: int, end: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans of a line without its emphasis marks, and those of them that were emphasised.

    A mark that nothing answers ("1. Promote resilience**") still counts as a mark, not as text.
    """
    line = text[start:end]
    if "**" not in line and "__" not in line:
        return ((start, end),), ()
    marks = [m.start() for m in _STARS.finditer(text, start, end) if _touches(text, m.start(), start, end)]
    if not marks:
        return ((start, end),), ()
    edges = [start, *(edge for mark in marks for edge in (mark, mark + 2)), end]
    pieces = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    strong = pieces[1::2] if len(marks) % 2 == 0 else pieces[:1] if len(marks) == 1 else []
    kept = tuple((a, b) for a, b in pieces if text[a:b].strip())
    return kept, tuple((a, b) for a, b in strong if text[a:b].strip())


def _touches(text: str, mark: int, start: int, end: int) -> bool:
    before = text[mark - 1] if mark > start else " "
    after = text[mark + 2] if mark + 2 < end else " "
    if text[mark] == "_":
        # "____" is a line to write on and "a__b" a name: underscores count only at the edge of a word.
        return before.isalnum() != after.isalnum() and "_" not in (before, after)
    return not (before.isspace() and after.isspace())

"""Markdown: blocks with their levels and labels, spans that never hold markup.

markdown-it-py finds the blocks and their lines. It gives no offsets inside a line, so the pieces of running text are found
again one after the other, each from where the one before it ended; the markup between them is what is skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policylint.document import Block, Source, Span

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"(?:---|\+\+\+)[^\S\n]*\n")
_FRONT_END = re.compile(r"^(?:---|\.\.\.|\+\+\+)[^\S\n]*$", re.MULTILINE)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]{0,2000}>", re.DOTALL)
_MARKER = re.compile(r"[ \t>]*(?P<label>[-*+]|\d{1,9}[.)])")
_MARKUP = "markup"
_FRONT_NOTE = "The front matter (lines {first} to {last}) was not read."


def read(text: str) -> Source:
    """The blocks of a Markdown text; HTML comments are dropped, front matter is noted and left out."""
    start, notes = _front_matter(text)
    from markdown_it import MarkdownIt  # half of what the readers take to load; most documents are no Markdown

    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # Indented text in a policy is indented text, not code; entities and escapes are wanted as tokens of their own.
    markdown.disable(["code", "text_join"])
    known: dict[str, Any] = {}
    tokens = markdown.parse(text[start:].replace("\0", " ").replace("\f", " ").replace("\v", " "), known)
    reader = _Reader(text, start)
    blocks = [*reader.blocks(tokens)]
    reader.drop_references(known.get("references", {}))
    blocks += [Block((span,), left_out=why) for span, why in reader.dropped if text[span[0] : span[1]].strip()]
    return Source(text, tuple(sorted(blocks, key=lambda block: block.spans)), format="markdown", notes=notes)


def _front_matter(text: str) -> tuple[int, tuple[str, ...]]:
    """Where the policy begins, and a note if something stands before it."""
    opening = _FRONT.match(text)
    closing = _FRONT_END.search(text, opening.end()) if opening else None
    if closing is None or ":" not in text[: closing.start()] or "\n\n" in text[: closing.start()]:
        return 0, ()
    last = text.count("\n", 0, closing.start()) + 1
    return closing.end(), (_FRONT_NOTE.format(first=1, last=last),)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the nest of lists and quotations the reader is; `label` is that of an item not yet begun, `marker` where it stands."""

    lists: int = 0
    label: str = ""
    quote: bool = False
    marker: Span = (0, 0)


class _Reader:
    """Walks the tokens once; `at` only ever moves forward, so that reading takes linear time."""

    def __init__(self, text: str, start: int) -> None:
        self.text, self.at = text, start
        self.starts = [start]
        while (end := text.find("\n", self.starts[-1])) != -1:
            self.starts.append(end + 1)
        self.places = [_Place()]
        self.end_line = 0
        self.dropped: list[tuple[Span, str]] = [((0, start), "front matter")] if start else []

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """All blocks, in order."""
        cells: list[Token] | None = None
        heading = 0
        for token in tokens:
            if token.type == "tr_open":
                cells = []
            elif token.type == "tr_close" and cells is not None:
                yield from self._row(cells)
                cells = None
            elif token.type == "heading_open":
                heading = int(token.tag[1:])
            elif token.type == "heading_close":
                heading = 0
            elif token.type == "inline" and cells is not None:
                cells.append(token)
            elif token.type == "inline":
                yield from self._inline(token, heading)
            elif token.type == "fence":
                yield from self._lines(token, fenced=True)
            elif token.type == "html_block":
                yield from self._lines(token, fenced=False)
            else:
                self._move(token)

    def _move(self, token: Token) -> None:
        """Enter or leave a list, an item or a quotation."""
        here = self.places[-1]
        if token.type in ("bullet_list_open", "ordered_list_open"):
            self.places.append(replace(here, lists=here.lists + 1, label=""))
        elif token.type == "list_item_open":
            assert token.map is not None
            marker = _MARKER.match(self.text, max(self.at, self._start(token.map[0])))
            label = marker["label"] if marker else "-"
            place = marker.span("label") if marker else (self.at, self.at)
            self.at = place[1]  # a list may begin on the line of the item that holds it: "1. a) text"
            self.places.append(replace(here, label="•" if label in "-*+" else label, marker=place))
        elif token.type == "blockquote_open":
            self.places.append(replace(here, quote=True))
        elif token.type in ("bullet_list_close", "ordered_list_close", "list_item_close", "blockquote_close"):
            if token.type == "list_item_close" and here.label:
                self.dropped.append((here.marker, "empty list item"))
            self.places.pop()

    def _start(self, line: int) -> int:
        return self.starts[min(line, len(self.starts) - 1)]

    def _end(self, line: int) -> int:
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def _inline(self, token: Token, heading: int) -> Iterator[Block]:
        """The paragraphs of one piece of running text: a hard break ends one."""
        assert token.map is not None
        gap = max(0, token.map[0] - self.end_line)
        self.end_line = token.map[1]
        start = self._start(token.map[0])
        source = self.text[start : max(self.at, start)] if self.at > start else ""
        indent = 0 if source else _columns(self.text[start : start + 40][: _white(self.text, start) - start])
        for spans, strong in self._pieces(token):
            here = self.places[-1]
            if here.label:
                self.places = [replace(p, label="") if p.marker == here.marker else p for p in self.places]
            kind = "heading" if heading else "item" if here.label else "quote" if here.quote else "paragraph"
            inside = 4 * here.lists - (4 if here.label else 0)
            yield Block(
                spans=spans,
                kind=kind,
                level=heading or (here.lists if here.label else 0),
                label=here.label,
                indent=inside if here.lists else indent,
                gap=gap,
                strong=strong,
            )
            gap = 0

    def _row(self, cells: Sequence[Token]) -> Iterator[Block]:
        spans = [span for cell in cells if cell.content for piece, _ in self._pieces(cell) for span in piece]
        if spans:
            yield Block(tuple(spans), "row")

    def _lines(self, token: Token, *, fenced: bool) -> Iterator[Block]:
        """The lines of a fenced block, or of HTML without its tags and comments."""
        assert token.map is not None
        first, last = token.map
        text, self.end_line = self.text, last
        start, end = (
            (self._end(first + 1), self._fence_end(first, last)) if fenced else (self._start(first), self._end(last))
        )
        tags = [] if fenced else [m.span() for m in _TAG.finditer(text, start, end)]
        self.dropped += [(tag, _why(text[tag[0] : tag[1]])) for tag in tags]
        if fenced:
            self.dropped.append(((self._start(first), start), _MARKUP))
        for a, b in _outside(start, end, tags):
            at = a
            while at < b:
                stop = text.find("\n", at, b)
                stop = b if stop == -1 else stop
                piece = text[at:stop]
                if piece.strip():
                    left = at + len(piece) - len(piece.lstrip())
                    yield Block(((left, at + len(piece.rstrip())),), "line", indent=_columns(text[at:left]))
                at = stop + 1
        self.at = max(self.at, end)

    def _fence_end(self, first: int, last: int) -> int:
        """Where the text of a fenced block ends; one that is never closed ends with the document."""
        closing = self.text[self._start(last - 1) : self._end(last)].strip(" \t\n>")
        closed = last - 1 > first and closing[:3] in ("```", "~~~") and not closing.strip("`~")
        return max(self._start(last - 1) if closed else self._end(last), self._end(first + 1))

    # -- inside a line --------------------------------------------------------------------------------------------

    def _pieces(self, token: Token) -> Iterator[tuple[tuple[Span, ...], tuple[Span, ...]]]:
        """Spans and bold spans of running text, cut at hard breaks."""
        assert token.map is not None
        self.at = max(self.at, self._start(token.map[0]))
        limit = self._end(token.map[1])
        spans: list[Span] = []
        strong: list[Span] = []
        depth = 0
        for child in token.children or ():
            depth += {"strong_open": 1, "strong_close": -1}.get(child.type, 0)
            if child.type == "hardbreak" or (child.type == "html_inline" and child.content.lower().startswith("<br")):
                self._skip(child, limit)
                if spans:
                    yield tuple(spans), tuple(strong)
                spans, strong = [], []
                continue
            found = self._find(child, limit)
            if found is None:
                self._skip(child, limit)
                continue
            if self.text[found[0] : found[1]].strip():
                spans.append(found)
                if depth:
                    strong.append(found)
        if spans:
            yield tuple(spans), tuple(strong)

    def _find(self, child: Token, limit: int) -> Span | None:
        """Where the text of an inline token stands, or None for markup."""
        wanted = child.markup if child.type == "text_special" else child.content
        if child.type not in ("text", "text_special", "code_inline") or not wanted.strip():
            return None
        start = self.text.find(wanted, self.at, limit)
        if start == -1 and child.type == "code_inline":
            # A line end inside code became a space, and the mark of a quotation was cut off.
            match = re.compile(r"[\s>]+".join(map(re.escape, wanted.split()))).search(self.text, self.at, limit)
            start, wanted = (match.start(), match.group()) if match else (-1, wanted)
        if start == -1:
            return None
        self.at = start + len(wanted)
        return (self.at - 1, self.at) if wanted.startswith("\\") else (start, self.at)

    def _skip(self, child: Token, limit: int) -> None:
        """Move past markup, so that nothing inside it can be taken for text."""
        text = self.text
        if child.type in ("softbreak", "hardbreak"):
            end = text.find("\n", self.at, limit)
            self.at = end + 1 if end != -1 else self.at
        elif child.type == "html_inline":
            start = text.find(child.content, self.at, limit)
            self._drop(start, start + len(child.content), _why(child.content))
        elif child.type == "link_close":
            start = text.find("]", self.at, limit)
            self._drop(start, _link_end(text, start, limit), "link target")
        elif child.type == "image":
            start = text.find("![", self.at, limit)
            end = text.find("]", start + 2 + len(child.content), limit)
            self._drop(start if end != -1 else -1, _link_end(text, end, limit), "picture")
        elif child.markup and child.markup != "autolink":
            start = text.find(child.markup, self.at, limit)
            self.at = start + len(child.markup) if start != -1 else self.at

    def _drop(self, start: int, end: int, why: str) -> None:
        """Move past something that is no text; not found (-1) when the library reads the line in another way."""
        if start != -1:
            self.dropped.append(((start, end), why))
            self.at = end

    def drop_references(self, references: Mapping[str, Any]) -> None:
        """Leave out the lines that say where links lead ("[guide]: http://..."); the library gives no token for them."""
        first = self.starts[0]
        for reference in references.values():
            begin, end = reference["map"]
            self.dropped.append(((self._start(begin), self._end(end)) if end else (first, first), "link target"))


def _why(markup: str) -> str:
    return "comment" if markup.startswith("<!--") else _MARKUP


def _white(text: str, start: int) -> int:
    while start < len(text) and text[start] in " \t":
        start += 1
    return start


def _columns(white: str) -> int:
    return len(white.expandtabs(4))


def _outside(start: int, end: int, holes: Sequence[Span]) -> Iterator[Span]:
    for a, b in holes:
        yield start, a
        start = b
    yield start, end


def _link_end(text: str, bracket: int, limit: int) -> int:
    """The end of a link whose text ends with the bracket at an offset: "](url)", "][ref]" or "]"."""
    opening = text[bracket + 1 : bracket + 2]
    if opening == "[":
        return text.find("]", bracket + 2, limit) + 1 or bracket + 1
    if opening != "(":
        return bracket + 1
    depth = 0
    for at in range(bracket + 1, limit):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0:
            return at + 1
    return bracket + 1

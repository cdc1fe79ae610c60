"""What was read: blocks from a reader, and the Document the outline builder makes of them.

Every offset in policylint refers to one canonical text, `Document.text`: the file as decoded, with line ends
normalised to "\\n". Nothing is cut out of it; running headers and footers stay in the text and are left out of the
blocks instead, so that a quote is always `text[start:end]`.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

_WITH_LINES = frozenset(("text", "markdown"))
"""Formats whose canonical text is the file."""

Span = tuple[int, int]
"""Half-open range of character offsets into a canonical text."""

PASSAGE = 150
"""Words from which a text is a whole document and no mere passage of one: it proves by being one that a policy exists
(DESIGN.md, section 7)."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text as a reader gives it, with the style hints the format has.

    A reader of a format without paragraphs (plain text) gives one block of kind "line" for each line that is not
    blank; the outline builder joins them. Other readers give whole paragraphs.

    Attributes:
        spans: where the text stands, in reading order, without markup, list label or bullet when `label` holds it.
        kind: "line", "paragraph", "heading", "item", "row", "quote" or "rule" (a horizontal line).
        level: heading level from 1, list nesting from 1, or 0 when the format does not say.
        label: the list label as the reader of the page sees it ("1.4.1", "(a)", "•"), or "".
        indent: columns of white space before the text.
        gap: blank lines before the block.
        page: 1-based page, or None in a format without pages.
        strong: the parts of `spans` that stand in bold type.
        size: font size in points, or 0 when the format does not say.
        box: left, top, right and bottom on the page, in points from its left upper corner, or None without positions.
        left_out: why the block is no part of the policy's own text ("running header", "site navigation"), as a phrase; ""
            for all others. Such a block stands in the canonical text, and never in the tree.
        room: of a line in a format with positions, the characters that would have fitted after it; None if not known.
    """

    spans: tuple[Span, ...]
    kind: str = "line"
    level: int = 0
    label: str = ""
    indent: int = 0
    gap: int = 0
    page: int | None = None
    strong: tuple[Span, ...] = ()
    size: float = 0.0
    box: tuple[float, float, float, float] | None = None
    left_out: str = ""
    room: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Text of the file that is in no section: where it stands, and why, as a phrase ("running header")."""

    spans: tuple[Span, ...]
    why: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file as read: its canonical text, and the blocks in reading order."""

    text: str
    blocks: tuple[Block, ...]
    format: str
    pages: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; section 0 is the document itself and has no heading.

    Attributes:
        label: the number as printed, without the final full stop ("1031.4.1", "B", "IV"), or "".
        title: the heading's text, white space folded, or "".
        level: depth in the tree; 0 for the document.
        parent: index of the section above, None for section 0.
        spans: the heading's own text, title only, in the canonical text.
        line: 1-based line of the heading.
    """

    index: int
    parent: int | None
    label: str
    title: str
    level: int
    spans: tuple[Span, ...]
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, list item or table row within a section.

    Attributes:
        kind: "paragraph", "item", "row" or "quote" (a block quotation).
        label: the list label as printed without trailing punctuation ("a", "1", "•"), or "".
        spans: its own text without the label, in the canonical text.
        parent: index of the passage it hangs under (the lead-in of a list, the item of a sub-list), or None.
        section: index of its section.
        announces: it ends as a sentence, and yet leads in to the list under it ("There are four exceptions.").
    """

    index: int
    section: int
    kind: str
    label: str
    spans: tuple[Span, ...]
    parent: int | None
    line: int
    end_line: int
    page: int | None = None
    announces: bool = False


@dataclass(frozen=True)
class Document:
    """A policy as read: the canonical text and its tree of sections holding passages.

    Attributes:
        page_starts: where each page begins in the text; () in a format without pages.
        left_out: what stands in the text and in no section, in order.
        within: the stretches of the text that the tree is of, in order, where it is of a part only; () for all.
    """

    name: str
    text: str
    sha256: str
    format: str
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    title: str = ""
    pages: int | None = None
    notes: tuple[str, ...] = ()
    page_starts: tuple[int, ...] = field(default=())
    left_out: tuple[LeftOut, ...] = ()
    within: tuple[Span, ...] = ()

    @cached_property
    def _line_starts(self) -> list[int]:
        starts, at = [0], self.text.find("\n")
        while at != -1:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

    @cached_property
    def words(self) -> int:
        """Number of white-space separated words in the canonical text, or in the part of it that the tree is of."""
        return sum(len(self.text[a:b].split()) for a, b in self.within or ((0, len(self.text)),))

    def line_at(self, offset: int) -> int:
        """The 1-based line that holds a character offset."""
        return bisect.bisect_right(self._line_starts, offset)

    def paragraph_at(self, passage: int) -> int | None:
        """The place of a passage among those of its section, from 1; None where the file itself has lines to count.

        In a Word file or web page, a line of the canonical text is nothing that anybody can look up.
        """
        if self.format in _WITH_LINES:
            return None
        section = self.passages[passage].section
        return sum(other.section == section for other in self.passages[: passage + 1])

    def page_at(self, offset: int) -> int | None:
        """The 1-based page that holds a character offset, or None in a format without pages."""
        return bisect.bisect_right(self.page_starts, offset) if self.page_starts else None

    def beside_heading(self, passage: Passage) -> bool:
        """Whether a passage stands in the line of its section's heading: "1.3 Clinical lead. A psychologist ..."."""
        return self.sections[passage.section].line == passage.line

    def text_of(self, spans: tuple[Span, ...]) -> str:
        """The text of some spans, white space folded; where only markup lies between two spans, they touch."""
        pieces: list[str] = []
        for at, (a, b) in enumerate(spans):
            between = self.text[spans[at - 1][1] : a][:400] if at else ""
            if at and (not between or any(c.isspace() for c in between)):
                pieces.append(" ")
            pieces.append(self.text[a:b])
        return " ".join("".join(pieces).split())

    def ancestors(self, section: int) -> Iterator[Section]:
        """The section and those above it, innermost first, the document itself left out."""
        at: int | None = section
        while at is not None and at != 0:
            yield self.sections[at]
            at = self.sections[at].parent

    def section_path(self, passage: Passage) -> list[str]:
        """Headings and labels that lead to a passage, outermost first: ["5. Training", "a."]."""
        path = [heading_text(s) for s in self.ancestors(passage.section)][::-1]
        labels: list[str] = []
        at: Passage | None = passage
        while at is not None:
            if at.label and any(c.isalnum() for c in at.label):
                labels.append(at.label + ("" if at.label.endswith((")", ".")) else "."))
            at = self.passages[at.parent] if at.parent is not None else None
        return path + labels[::-1]


def heading_text(section: Section) -> str:
    """A section's heading as a reader would name it: "5. Training", "1031.4 SELECTION"."""
    if section.label and section.title:
        dot = "" if "." in section.label or section.label.endswith(")") else "."
        return f"{section.label}{dot} {section.title}"
    return section.title or section.label

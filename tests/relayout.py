"""A policy in other layouts of plain text: written anew from its tree, with other numbers, headings, bullets and line breaks."""

from __future__ import annotations

import string
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from policylint.document import Document, Passage, Section

_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII XXIV XXV".split()


@dataclass(frozen=True)
class Layout:
    """How a text is laid out.

    Attributes:
        heading: a form of heading: "caps", "dotted" ("3.1 PURPOSE"), or "roman" ("I.", "A.", "1.").
        item: the label of an item, with "{n}" and "{a}" for its number and letter.
        indent: columns that each level of a list is set in.
        tight: no blank line between paragraphs and items.
    """

    heading: str
    item: str
    indent: int = 3
    width: int = 78
    tight: bool = False


LAYOUTS = {
    "capitals and letters": Layout("caps", "{a}."),
    "dotted numbers": Layout("dotted", "({n})", indent=2),
    "roman": Layout("roman", "{n})", indent=2),
    "bullets without blank lines": Layout("caps", "•", indent=2, width=62, tight=True),
}


def relaid(document: Document, layout: Layout) -> str:
    """The text of a document in another layout. Rows of tables and quotations become items and paragraphs."""
    blocks = [document.title] if document.title not in [s.title for s in document.sections] else []
    for section in document.sections:
        if section.level:
            blocks.append(_heading(document, section, layout))
        blocks += _passages(document, section, layout)
    return ("\n" if layout.tight else "\n\n").join(block for block in blocks if block) + "\n"


def _heading(document: Document, section: Section, layout: Layout) -> str:
    numbers = _numbers(document, section)
    gap = "\n" if layout.tight else ""
    if layout.heading == "dotted":
        return f"{'.'.join(map(str, numbers))} {section.title.upper()}"
    if layout.heading == "roman":
        last = numbers[-1]
        label = (_ROMAN[last - 1], string.ascii_uppercase[last - 1], last)[min(section.level, 3) - 1]
        return f"{'  ' * (section.level - 1)}{label}. {section.title}"
    return gap + section.title.upper()


def _numbers(document: Document, section: Section) -> list[int]:
    """The place of a section among its siblings, and of those it stands in."""
    siblings = [s.index for s in document.sections if s.parent == section.parent and s.level]
    above = document.sections[section.parent] if section.parent else None
    return [*(_numbers(document, above) if above is not None else []), siblings.index(section.index) + 1]


def _passages(document: Document, section: Section, layout: Layout) -> Iterator[str]:
    counts: dict[int | None, int] = {}
    for passage in document.passages:
        if passage.section != section.index:
            continue
        text = document.text_of(passage.spans).strip()
        if passage.kind == "paragraph" and passage.parent is None:
            counts.clear()
            yield textwrap.fill(text, layout.width, break_long_words=False, break_on_hyphens=False)
            continue
        at = counts[passage.parent] = counts.get(passage.parent, -1) + 1
        label = layout.item.format(n=at + 1, a=string.ascii_lowercase[at % 26])
        margin = " " * layout.indent * _depth(document, passage)
        yield textwrap.fill(
            text,
            layout.width,
            initial_indent=f"{margin}{label} ",
            subsequent_indent=margin + " " * (len(label) + 1),
            break_long_words=False,
            break_on_hyphens=False,
        )


def _depth(document: Document, passage: Passage) -> int:
    """How many items a passage stands in, itself included."""
    above = document.passages[passage.parent] if passage.parent is not None else None
    return 1 if above is None or above.kind == "paragraph" else 1 + _depth(document, above)

"""From a document to the read-only view of it that a report carries."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.body import DocumentView, Part
from policylint.document import Document, Passage, Section

__all__ = ["view_of"]


def view_of(document: Document) -> DocumentView:
    """The document's text with its headings and passages in reading order."""
    return DocumentView(
        text=document.text,
        parts=tuple(_parts(document)),
        left_out=tuple((out.why, out.spans) for out in document.left_out if out.spans),
    )


def _parts(document: Document) -> Iterator[Part]:
    """Each section's heading, then what stands in it before its first subsection; both are in reading order."""
    passages = document.passages
    depths: list[int] = []
    for passage in passages:
        depths.append(depths[passage.parent] + 1 if passage.parent is not None else 0)
    at = 0
    for section in document.sections:
        if section.spans:
            yield _heading(section)
        while at < len(passages) and passages[at].section <= section.index:
            yield _passage(passages[at], depths[at])
            at += 1


def _heading(section: Section) -> Part:
    """The number as `document.heading_text` writes it; a heading that is but a number has it as its text."""
    label = section.label if section.title else ""
    dot = "" if not label or "." in label or label.endswith(")") else "."
    return Part("heading", section.level, label + dot, section.spans, section.line, section.page)


def _passage(passage: Passage, depth: int) -> Part:
    label = passage.label
    if any(c.isalnum() for c in label) and not label.endswith((")", ".")):
        label += "."
    return Part(passage.kind, depth, label, passage.spans, passage.line, passage.page)

"""The policy as it was read, for reports that show it beside the verdicts.

A value and no more: it knows neither how the document was read nor how it will be shown.
"""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
"""Half-open range of character offsets into a `DocumentView.text`."""


@dataclass(frozen=True, slots=True)
class Part:
    """One heading or passage.

    Attributes:
        kind: "heading", "paragraph", "item", "row" (of a table) or "quote" (a block quotation).
        depth: of a heading its level from 1; of a passage how many lead-ins and items it hangs under, from 0.
        label: number or bullet before it, as a reader would name it ("5.", "(a)", "•"), or "".
        spans: where its text stands, without the label; the cells, in a row.
        line: 1-based line of the canonical text.
        page: 1-based page, or None in a format without pages.
    """

    kind: str
    depth: int
    label: str
    spans: tuple[Span, ...]
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What was read of a document.

    Attributes:
        text: the canonical text, to which the offsets of parts and of evidence refer.
        parts: headings and passages in reading order: the tree of sections, laid flat.
        left_out: text that was read as no part of the policy (running headers): why, and where it stands.
    """

    text: str
    parts: tuple[Part, ...]
    left_out: tuple[tuple[str, tuple[Span, ...]], ...] = ()

"""Does the tree hold what was read? Its headings, labels and passages, with what was left out, are the text in order.

A reader that misplaces a block, or a heading rule that loses a line, would otherwise be a gap in the report and nobody would
know. Only letters and figures count: bullets, drawn lines and the marks of Markdown are no text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policylint.document import Document, Span

_LETTER_BULLETS = frozenset("oOvüØ")
"""Letters that stand for bullets where a symbol font was lost."""
_WORD = re.compile(r"[^\W_]+")
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Findings:
    """What is wrong with a tree.

    Attributes:
        lost: stretches of the text that hold words and are in no section, no label and not among what was left out.
        doubled: stretches that stand in two places of the tree.
        disordered: places where the tree does not follow the text.
    """

    lost: tuple[Span, ...] = ()
    doubled: tuple[Span, ...] = ()
    disordered: tuple[Span, ...] = ()


def examine(document: Document) -> Findings:
    """Compare a document's tree with its canonical text, in time linear in its length."""
    held = sorted(_held(document), key=lambda stretch: stretch[:2])
    return Findings(tuple(_lost(document.text, held)), tuple(_doubled(held)), tuple(_disordered(document)))


def warnings(document: Document) -> tuple[str, ...]:
    """What `examine` finds, as sentences for the document's notes."""
    found = examine(document)
    kinds = (
        (found.lost, "is in no section of the outline and is not judged"),
        (found.doubled, "stands twice in the outline"),
        (found.disordered, "stands in the outline in another order than in the file"),
    )
    return tuple(
        f"Reading may have gone wrong: text {what} ({len(spans)} {'place' if len(spans) == 1 else 'places'}, the first on "
        f"line {document.line_at(spans[0][0])}: “{_excerpt(document.text, spans[0])}”). `policylint outline` shows more."
        for spans, what in kinds
        if spans
    )


def _held(document: Document) -> Iterator[tuple[int, int, str | None]]:
    """Every stretch that the tree holds, with the label that stands before it; None for what was left out."""
    for section in document.sections:
        for number, (a, b) in enumerate(section.spans):
            yield a, b, "" if number else section.label
    for passage in document.passages:
        for number, (a, b) in enumerate(passage.spans):
            yield a, b, "" if number else passage.label
    for out in document.left_out:
        for a, b in out.spans:
            yield a, b, None


def _lost(text: str, held: Sequence[tuple[int, int, str | None]]) -> Iterator[Span]:
    at = 0
    pending: list[Span] = []  # words since the last piece of the tree; a page's foot may part a label from its text
    for start, end, label in (*held, (len(text), len(text), "")):
        if start > at and (start > at + 1 or text[at].isalnum()):  # most gaps are one blank or line end
            pending += [match.span() for match in _WORD.finditer(text, at, start)]
        at = max(at, end)
        if pending and label is not None:
            found = _without_label(text, pending, label)
            if found:
                yield found[0][0], found[-1][1]
            pending = []


def _without_label(text: str, words: Sequence[Span], label: str) -> list[Span]:
    """Words before a piece of text that are not its label, nor letters that stand for bullets."""
    plain = [span for span in words if text[span[0] : span[1]] not in _LETTER_BULLETS]
    own = [word for word in _WORD.findall(label) if word not in _LETTER_BULLETS]
    if own and [text[a:b] for a, b in plain[-len(own) :]] == own:
        return plain[: -len(own)]
    return plain


def _doubled(held: Sequence[tuple[int, int, str | None]]) -> Iterator[Span]:
    furthest = 0
    for a, b, _ in held:
        if a < furthest:
            yield a, min(b, furthest)
        furthest = max(furthest, b)


def _disordered(document: Document) -> Iterator[Span]:
    for these in (document.sections[1:], document.passages):
        starts = [each.spans[0] for each in these if each.spans]
        yield from (after for before, after in pairwise(starts) if after[0] < before[0])
    headings = [section.spans[0][0] if section.spans else -1 for section in document.sections]
    for number in range(1, len(headings)):
        headings[number] = max(headings[number], headings[number - 1])
    for passage in document.passages:
        if passage.spans and not _under(document, bisect_right(headings, passage.spans[0][0]) - 1, passage.section):
            yield passage.spans[0]


def _under(document: Document, heading: int | None, section: int) -> bool:
    """Whether text after a heading may belong to a section: to that of the heading, or to one that holds it."""
    while heading is not None and heading != section:
        heading = document.sections[heading].parent
    return heading is not None


def _excerpt(text: str, span: Span) -> str:
    words = " ".join(text[span[0] : span[1]][: 2 * _SHOWN].split())
    return words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + " …"

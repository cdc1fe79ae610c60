"""A document cut down to a part of it: the sections or pages a user names, or the policy that a manual holds among others.

The canonical text stays as it is, so that every offset, line and page goes on to hold; what lies outside is left out, with the
reason.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import replace

from policylint.document import Document, LeftOut, Passage, Section, Span, heading_text
from policylint.errors import DocumentError
from policylint.outline.extent import Range, Sections, folded

OUTSIDE = "not part of the policy that was judged"

MANUAL = 6000
"""Words from which a document may be a manual that holds the policy among others."""
_OUTSIDE = 2
"""How many times as long as the policy the rest of a manual is, at least."""
_SPARSE = 800
"""Words outside the policy for each mention there: with more mentions, the rest is about peer support, too."""
_DENSE = 400
"""Words for each mention, at most, where a stretch without a telling heading is taken for the policy."""
_SHARE = 3
"""A second part has at least one mention for so many of the first's: an appendix, not a section that refers to the policy."""
_LEAST = 3
"""Fewest mentions in a part."""


def section(document: Document, wanted: str) -> Document:
    """The document cut down to the section that has a title or number, with all that stands under it.

    Raises:
        DocumentError: no section has it, or several have; names some.
    """
    sections = Sections(document)
    found = sections.outermost(sections.named(wanted))
    if not found:
        raise _nothing(document, wanted)
    longest = max(found, key=sections.words)
    # A manual's table of contents, or a form of the same name, has the title and hardly a word.
    if any(sections.words(other) * 5 > sections.words(longest) for other in found if other != longest):
        places = [_described(document, sections, each) for each in found]
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        raise DocumentError(
            f"“{wanted}” is the name of {len(found)} sections: {'; '.join(places[:5])}{more}.",
            hint="Name one by its number, or give --pages.",
        )
    told = f"Judged is only the section {_described(document, sections, longest)}, as asked."
    return _cut(document, [sections.span(longest)], document.sections[longest[0]].title, told)


def pages(document: Document, first: int, last: int) -> Document:
    """The document cut down to some pages, counted from 1.

    Raises:
        DocumentError: the format has no pages, or there are not so many, or nothing stands on them.
    """
    if document.pages is None:
        raise DocumentError("The document has no pages to choose from.", hint="Choose a part of it with --section.")
    if first > document.pages:
        raise DocumentError(f"There is no page {first}: the document has {document.pages}.")
    starts = [*document.page_starts, *[len(document.text)] * (document.pages + 1 - len(document.page_starts))]
    span = (starts[first - 1], starts[min(last, document.pages)])
    named = f"page {first}" if first == last else f"pages {first} to {min(last, document.pages)}"
    if span[0] >= span[1] or not document.text[span[0] : span[1]].strip():
        raise DocumentError(f"There is no text on {named}.")
    heading = next((s.title for s in document.sections if s.spans and span[0] <= s.spans[0][0] < span[1]), "")
    return _cut(document, [span], heading or document.title, f"Judged is only {named} of {document.pages}, as asked.")


def policy_in(document: Document, headings: Collection[int], places: Sequence[int]) -> Document:
    """The policy that a manual holds; the document itself when it is no manual, or none is found.

    Args:
        headings: the sections whose headings name the policy's subject.
        places: offsets at which its text names it, ascending.
    """
    if document.words < MANUAL or len(places) < _LEAST:
        return document
    sections = Sections(document)

    def mentions(part: Range) -> int:
        begin, end = sections.span(part)
        return bisect_left(places, end) - bisect_left(places, begin)

    parts = [p for p in sections.outermost(map(sections.extent, headings)) if mentions(p) >= _LEAST]
    most = max(map(mentions, parts), default=0)
    parts = [p for p in parts if mentions(p) * _SHARE >= most] or sections.densest(places, _DENSE)
    inside, words = sum(map(mentions, parts)), sum(map(sections.words, parts))
    outside = document.words - words
    if not parts or outside < _OUTSIDE * words or (len(places) - inside) * _SPARSE > outside:
        return document
    others = len(document.sections) - 1 - sum(end - begin for begin, end in parts)
    told = (
        f"The file holds more than one policy. Judged is {'; and '.join(_described(document, sections, p) for p in parts)}; "
        f"the other {others:,} sections are not. --section TITLE judges another, --section all the whole file."
    )
    best = max(parts, key=mentions)
    return _cut(document, [sections.span(p) for p in parts], document.sections[best[0]].title, told)


def _described(document: Document, sections: Sections, part: Range) -> str:
    """A part for people: its heading, how far its numbers go, and its pages."""
    begin, end = part
    labels = [s.label for s in document.sections[begin:end] if s.label]
    top = document.sections[begin]
    reach = f"sections {labels[0]} to {labels[-1]}, " if not top.label and len(labels) > 1 else ""
    span = sections.span(part)
    first, last = document.page_at(span[0]), document.page_at(max(span[0], span[1] - 1))
    where = f"line {document.line_at(span[0])}"
    if first is not None:
        where = f"page {first}" if first == last else f"pages {first} to {last}"
    return f"“{heading_text(top)}” ({reach}{where})"


def _nothing(document: Document, wanted: str) -> DocumentError:
    names = {folded(name): heading_text(s) for s in document.sections[1:] for name in (s.title, s.label) if name}
    near = difflib.get_close_matches(folded(wanted), names, n=5, cutoff=0.4)
    shown = dict.fromkeys(
        [names[name] for name in near] or [heading_text(s) for s in document.sections if s.level == 1]
    )
    listed = "; ".join(f"“{name}”" for name in list(shown)[:5])
    hint = f"{'The nearest are' if near else 'There are, among others'}: {listed}." if listed else "It has no sections."
    return DocumentError(f"There is no section “{wanted}” in this document.", hint=hint)


def _cut(document: Document, spans: Sequence[Span], title: str, told: str) -> Document:
    """The document with what lies within some stretches of its text, sections and passages counted anew."""

    def inside(offset: int) -> bool:
        return any(a <= offset < b for a, b in spans)

    kept = [s for s in document.sections if s.index == 0 or (s.spans and inside(s.spans[0][0]))]
    number = {s.index: at for at, s in enumerate(kept)}
    passages = [p for p in document.passages if inside(p.spans[0][0])]
    place = {p.index: at for at, p in enumerate(passages)}
    left_out = [out for out in document.left_out if inside(out.spans[0][0])]
    return replace(
        document,
        sections=_renumbered(document, kept, number),
        passages=tuple(_moved(document, p, number, place) for p in passages),
        title=title,
        notes=(told, *_notes_on(document, spans)),
        left_out=tuple(sorted([*left_out, *_outside(document, spans)], key=lambda out: out.spans[0])),
        within=tuple(spans),
    )


def _notes_on(document: Document, spans: Sequence[Span]) -> list[str]:
    """The notes without those that quote a text which stands outside: a manual has a hundred running heads."""
    part = " ".join(" ".join(document.text[a:b].split()) for a, b in spans)
    quoted = [(note, re.search("“([^”]+?)(?: …)?”", note)) for note in document.notes]
    return [note for note, quote in quoted if quote is None or " ".join(quote[1].split()) in part]


def _renumbered(document: Document, kept: Sequence[Section], number: dict[int, int]) -> tuple[Section, ...]:
    out: list[Section] = []
    for section_ in kept:
        if section_.parent is None:
            out.append(section_)
            continue
        parent = _nearest(document, section_.parent, number)
        out.append(replace(section_, index=len(out), parent=parent, level=out[parent].level + 1))
    return tuple(out)


def _moved(document: Document, passage: Passage, number: dict[int, int], place: dict[int, int]) -> Passage:
    parent = place.get(passage.parent) if passage.parent is not None else None
    return replace(
        passage, index=place[passage.index], section=_nearest(document, passage.section, number), parent=parent
    )


def _nearest(document: Document, index: int, number: dict[int, int]) -> int:
    """The new number of a section, or of the nearest one above it that was kept."""
    at: int | None = index
    while at is not None and at not in number:
        at = document.sections[at].parent
    return number[at] if at is not None else 0


def _outside(document: Document, spans: Sequence[Span]) -> list[LeftOut]:
    edges = [0, *(edge for span in spans for edge in span), len(document.text)]
    return [
        LeftOut(((a, b),), OUTSIDE, document.page_at(a))
        for a, b in zip(edges[::2], edges[1::2], strict=True)
        if document.text[a:b].strip()
    ]

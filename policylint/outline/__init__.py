"""Blocks to the section tree: the only numbering and heading logic.

In the order in which `build` uses them: `furniture` (which blocks belong to pages and not to the policy), `lines` (blocks as
lines with their `labels`), `tables` (which lines are rows), `paragraphs` (lines joined to units), `headings` with `run_ins`
and `bare_lists` (what each unit is), `tree` with `levels` (sections and passages), `title` (what the document calls itself),
`selfcheck` (whether all of the text is in the tree). `part` cuts a document down to one of its sections.
"""

from __future__ import annotations

from dataclasses import replace

from policylint.document import PASSAGE, Document, LeftOut, Source
from policylint.outline import furniture, headings, lines, paragraphs, selfcheck, tables, tree
from policylint.outline.title import title_of

__all__ = ["build"]

_FEW = 20
"""Lines up to which it may be one."""


def build(source: Source, name: str, sha256: str) -> Document:
    """The document that a file's blocks make up, in time linear in its length.

    Whatever is left out of the passages as page furniture is named in `Document.notes`.
    """
    text = source.text
    blocks = tuple(b for b in source.blocks if not b.left_out)
    left_out = furniture.find(text, blocks)
    kept = [i for i in range(len(blocks)) if i not in left_out.blocks]
    seams = frozenset(at for at, i in enumerate(kept) if i - 1 in left_out.blocks)
    found = lines.prepare(text, [blocks[i] for i in kept], seams)
    found = paragraphs.drop_rules(tables.mark(text, found))
    short = len(found) <= _FEW and len(text) < 20 * PASSAGE and len(text.split()) < PASSAGE
    pieces = headings.classify(text, paragraphs.join(found), short=short)
    starts = _line_starts(text)
    sections, passages = tree.Builder(text, pieces, starts).run()
    document = Document(
        name=name,
        text=text,
        sha256=sha256,
        format=source.format,
        sections=sections,
        passages=passages,
        title=title_of(sections, passages, text),
        pages=source.pages,
        notes=source.notes + left_out.notes,
        page_starts=_page_starts(source),
        left_out=tuple(
            sorted(
                [LeftOut(b.spans, b.left_out, b.page) for b in source.blocks if b.left_out]
                + [LeftOut(blocks[i].spans, "page furniture", blocks[i].page) for i in left_out.blocks],
                key=lambda out: out.spans[0],
            )
        ),
    )
    return replace(document, notes=document.notes + selfcheck.warnings(document))


def _line_starts(text: str) -> list[int]:
    starts, at = [0], text.find("\n")
    while at != -1:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


def _page_starts(source: Source) -> tuple[int, ...]:
    """Where each page begins; an empty one begins where the next does."""
    if source.pages is None:
        return ()
    starts: list[int] = []
    for block in source.blocks:
        while block.page is not None and len(starts) < block.page:
            starts.append(block.spans[0][0] if starts else 0)
    return tuple(starts)

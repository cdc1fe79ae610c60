"""Evidence: the exact words of a statement, and where they stand."""

from __future__ import annotations

from policylint.document import Document, Span, heading_text
from policylint.language.statements import Statement
from policylint.report import Evidence


def quote(document: Document, statement: Statement) -> list[Evidence]:
    """The statement's words as they stand in the canonical text, longest piece first.

    One piece, unless a running header or footer cuts the statement in two: what is left out was never said, so it
    must not stand in a quote.
    """
    pieces: list[Span] = []
    for start, end in statement.spans:
        if pieces and not document.text[pieces[-1][1] : start].strip(" \t\n\f\r\v\xa0-\xad*_|"):
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((start, end))
    path = tuple(_path(document, statement))
    made = [
        Evidence(
            quote=" ".join(document.text[a:b].split()),
            section=path,
            line=document.line_at(a),
            end_line=document.line_at(max(a, b - 1)),
            page=document.page_at(a),
            start=a,
            end=b,
            paragraph=document.paragraph_at(statement.passage) if statement.passage is not None else None,
        )
        for a, b in pieces
    ]
    return sorted(made, key=lambda e: -len(e.quote))


def _path(document: Document, statement: Statement) -> list[str]:
    if statement.passage is not None:
        return document.section_path(document.passages[statement.passage])
    return [heading_text(s) for s in document.ancestors(statement.section)][::-1]

"""`policylint outline`: what policylint sees in a document, as a tree of sections with their statements."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from policylint.cli import console
from policylint.cli.check import stdin_for
from policylint.errors import DocumentError
from policylint.files import find

if TYPE_CHECKING:
    from policylint.document import Document, Section
    from policylint.language import Statement

SCHEMA = "policylint-outline/1"
EXIT_NOT_READ = 3


@click.command()
@click.argument("path", metavar="FILE")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
def outline(path: str, format_: str) -> int:
    """Show the sections of a document and the statements policylint reads in them.

    FILE is a text or Markdown file, or "-" for standard input.
    """
    from policylint.language import analyse
    from policylint.outline import build
    from policylint.packs.load import library
    from policylint.readers import read_bytes

    item = find([path], (), stdin_for([path]))[0]
    try:
        document = build(read_bytes(item.read(), item.name), item.name, "")
    except DocumentError as error:
        console.error(f"{item.name}: {error}")
        return EXIT_NOT_READ
    # A heading's statement is known only after those below it.
    statements = sorted(analyse(document, library()).statements, key=lambda s: s.spans[0][0])
    console.out(as_json(document, statements) if format_ == "json" else as_text(document, statements))
    return 0


def as_text(document: Document, statements: Sequence[Statement]) -> str:
    """The tree for people: headings indented by level, under each its statements, one a line."""
    return "".join(line.rstrip() + "\n" for line in _text_lines(document, statements))


def as_json(document: Document, statements: Sequence[Statement]) -> str:
    """The tree for machines: sections in document order, each with its parent's index and its statements."""
    tree = {
        "schema": SCHEMA,
        "path": document.name,
        "format": document.format,
        "title": document.title,
        "pages": document.pages,
        "words": document.words,
        "notes": list(document.notes),
        "sections": [
            {
                "index": section.index,
                "parent": section.parent,
                "level": section.level,
                "label": section.label,
                "title": section.title,
                "line": section.line,
                "page": section.page,
                "statements": [facts(document, s) for s in statements if s.section == section.index],
            }
            for section in document.sections
        ],
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _text_lines(document: Document, statements: Sequence[Statement]) -> Iterator[str]:
    from policylint.reporters.clean import clean

    sections = len(document.sections) - 1
    yield clean(f"{document.name}  {document.title}")
    yield f"{document.words:,} words, {sections} sections, {len(statements)} statements"
    yield from (f"note: {clean(note)}" for note in document.notes)
    for section in document.sections:
        if section.index:
            yield ""
            yield "  " * (section.level - 1) + clean(_heading(section)) + f"  (line {section.line})"
        for statement in statements:
            if statement.section == section.index:
                yield "  " * section.level + clean(statement_line(document, statement))


def _heading(section: Section) -> str:
    from policylint.document import heading_text

    return heading_text(section)


def statement_line(document: Document, statement: Statement) -> str:
    """One statement for people: where, how it speaks, who, and its words."""
    seen = facts(document, statement)
    subject = ", ".join(seen["subject"]) or "-"
    denied = " not" if seen["polarity"] == "negative" else ""
    voice = "" if seen["voice"] == "body" else f" ({seen['voice']})"
    return f"{seen['line']}: [{seen['force']}{denied}; {subject}]{voice} {seen['text']}"


def facts(document: Document, statement: Statement) -> dict[str, Any]:
    """What policylint sees in a statement: line, voice, force, polarity, subject (concepts), text.

    Force and polarity are those of its first clause; what its other clauses say is found when a pattern asks.
    """
    at = _predicate(statement)
    return {
        "line": document.line_at(statement.spans[0][0]),
        "voice": statement.voice,
        "force": statement.syntax.force(at),
        "polarity": "negative" if statement.syntax.denied(at, at + 1) else "positive",
        "subject": sorted(statement.subject_names),
        "text": statement.text,
    }


def _predicate(statement: Statement) -> int:
    """Index of the token where the first clause of the statement's own words begins to say something."""
    own, tokens = statement.own_from, statement.tokens
    main = [s for s in statement.syntax.segments if s.kind == "main" and s.end > own]
    segment = next((s for s in main if s.cue is not None), main[0] if main else None)
    if segment is None:
        return min(own, len(tokens) - 1)
    at = segment.cue[1] if segment.cue is not None else segment.start
    # "shall not keep", "is not an alternative": what is denied begins after "not".
    denials = [d.end for d in segment.denials if d.start <= at or tokens[d.start].lower in ("not", "never")]
    return max(own, min(max([at, *denials[:1]]), segment.end - 1))

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
    below = _by_section(statements)
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
                "statements": [facts(document, s) for s in below.get(section.index, ())],
            }
            for section in document.sections
        ],
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _text_lines(document: Document, statements: Sequence[Statement]) -> Iterator[str]:
    from policylint.reporters.clean import clean

    sections, below = len(document.sections) - 1, _by_section(statements)
    yield clean(f"{document.name}  {document.title}")
    yield f"{document.words:,} words, {sections} sections, {len(statements)} statements"
    yield from (f"note: {clean(note)}" for note in document.notes)
    for section in document.sections:
        if section.index:
            yield ""
            yield "  " * (section.level - 1) + clean(_heading(section)) + f"  (line {section.line})"
        for statement in below.get(section.index, ()):
            yield "  " * section.level + clean(statement_line(document, statement))


def _by_section(statements: Sequence[Statement]) -> dict[int, list[Statement]]:
    """Index of a section -> the statements in it."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.section, []).append(statement)
    return found


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

    Force and polarity are those of its main clause; what its other clauses say is found when a pattern asks.
    """
    return {
        "line": document.line_at(statement.spans[0][0]),
        "voice": statement.voice,
        "force": statement.force,
        "polarity": "negative" if statement.negative else "positive",
        "subject": sorted(statement.subject_names),
        "text": statement.text,
    }

"""A document as read, shown as text, JSON or a web page: sections, what stands in them, and what was left out and why."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policylint.document import Document, LeftOut, Passage, Section, heading_text
from policylint.outline import selfcheck
from policylint.reporters.clean import clean

if TYPE_CHECKING:
    from policylint.language import Statement

SCHEMA = "policylint-outline/1"
_SHOWN = 100
"""Characters of left-out text that are shown in the text form."""
_SHOWN_ON_PAGE = 600
_DEEPEST = 6


def as_text(document: Document, statements: Sequence[Statement]) -> str:
    """The tree for people: headings indented by level, under each its statements, one a line; then what was left out."""
    return "".join(line.rstrip() + "\n" for line in _text_lines(document, statements))


def as_json(document: Document, statements: Sequence[Statement]) -> str:
    """The tree for machines: sections in document order, each with its parent's index, its statements and passages."""
    said = _by_section(statements)
    held: dict[int, list[Passage]] = {}
    for passage in document.passages:
        held.setdefault(passage.section, []).append(passage)
    found = selfcheck.examine(document)
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
                "statements": [facts(document, s) for s in said.get(section.index, ())],
                "passages": [_passage(document, p) for p in held.get(section.index, ())],
            }
            for section in document.sections
        ],
        "left_out": [_left_out(document, out) for out in document.left_out],
        "self_check": {
            "lost": len(found.lost),
            "doubled": len(found.doubled),
            "disordered": len(found.disordered),
        },
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def as_html(document: Document) -> str:
    """The tree as one web page that needs nothing else: all that was read, in the order of the file."""
    from jinja2 import Environment

    page = Path(__file__).with_name("outline.html.j2").read_text(encoding="utf-8")
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(page)
    reasons = Counter(out.why for out in document.left_out)
    return template.render(
        document=document,
        title=clean(document.title) or "Untitled document",
        name=clean(document.name),
        notes=[clean(note) for note in document.notes],
        sections=[_heading_on_page(s) for s in document.sections[1:]],
        pieces=sorted(_pieces(document), key=lambda piece: piece["at"]),
        reasons=sorted(reasons.items(), key=lambda each: (-each[1], each[0])),
        whole=not selfcheck.warnings(document),
    )


def _text_lines(document: Document, statements: Sequence[Statement]) -> Iterator[str]:
    sections, below = len(document.sections) - 1, _by_section(statements)
    yield clean(f"{document.name}  {document.title}")
    yield f"{document.words:,} words, {sections} sections, {len(statements)} statements"
    yield from (f"note: {clean(note)}" for note in document.notes)
    for section in document.sections:
        if section.index:
            yield ""
            yield "  " * (section.level - 1) + clean(heading_text(section)) + f"  (line {section.line})"
        for statement in below.get(section.index, ()):
            yield "  " * section.level + clean(statement_line(document, statement))
    if document.left_out:
        yield ""
        yield "left out:"
        yield from _text_of_left_out(document)


def _text_of_left_out(document: Document) -> Iterator[str]:
    """One line for each text that was left out, with where it stands first and how often."""
    places: dict[tuple[str, str], list[int]] = {}
    for out in document.left_out:
        text = clean(document.text_of(out.spans))
        places.setdefault((out.why, text), []).append(document.line_at(out.spans[0][0]))
    for (why, text), lines in places.items():
        often = f", {len(lines)} times" if len(lines) > 1 else ""
        yield f"  {lines[0]}: {clean(why)}{often}: {_shortened(text, _SHOWN)}"


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()} … ({len(text.split()):,} words)"


def _by_section(statements: Sequence[Statement]) -> dict[int, list[Statement]]:
    """Index of a section -> the statements in it."""
    found: dict[int, list[Statement]] = {}
    for statement in statements:
        found.setdefault(statement.section, []).append(statement)
    return found


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


def _passage(document: Document, passage: Passage) -> dict[str, Any]:
    return {
        "index": passage.index,
        "parent": passage.parent,
        "kind": passage.kind,
        "label": passage.label,
        "text": document.text_of(passage.spans),
        "line": passage.line,
        "page": passage.page,
    }


def _left_out(document: Document, out: LeftOut) -> dict[str, Any]:
    return {
        "why": out.why,
        "text": document.text_of(out.spans),
        "line": document.line_at(out.spans[0][0]),
        "page": out.page,
        "start": out.spans[0][0],
        "end": out.spans[-1][1],
    }


def _pieces(document: Document) -> Iterator[dict[str, Any]]:
    """Headings, passages and what was left out, each with where it stands, for the web page."""
    for section in document.sections[1:]:
        at = section.spans[0][0] if section.spans else 0
        yield {"kind": "heading", "at": at, **_heading_on_page(section)}
    depths: list[int] = []
    for passage in document.passages:
        depths.append(depths[passage.parent] + 1 if passage.parent is not None else 0)
        yield {
            "kind": passage.kind,
            "at": passage.spans[0][0],
            "label": clean(passage.label),
            "text": clean(_cells(document, passage)),
            "depth": min(depths[-1], _DEEPEST),
            "line": passage.line,
            "page": passage.page,
        }
    for out in document.left_out:
        yield {
            "kind": "out",
            "at": out.spans[0][0],
            "why": clean(out.why),
            "text": _shortened(clean(document.text_of(out.spans)), _SHOWN_ON_PAGE),
            "line": document.line_at(out.spans[0][0]),
            "page": out.page,
        }


def _cells(document: Document, passage: Passage) -> str:
    if passage.kind != "row":
        return document.text_of(passage.spans)
    return " | ".join(document.text_of((span,)) for span in passage.spans)


def _heading_on_page(section: Section) -> dict[str, Any]:
    return {
        "index": section.index,
        "level": min(section.level + 1, _DEEPEST),
        "deep": section.level + 1,
        "text": clean(heading_text(section)) or "(heading without a text)",
        "line": section.line,
        "page": section.page,
    }

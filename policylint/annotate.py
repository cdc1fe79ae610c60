"""An agency's own Word file with comments at the passages: the file's text and all its other parts stay as they are.

Only four parts of the archive are touched: the text gets the anchors of comments, the comments are added to those that are
there, and the two lists of parts name the part that holds them. python-docx could write comments as well, but it writes all
parts anew and opens neither .docm nor templates; here the rest of the archive is copied as it is.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from policylint.errors import DocumentError
from policylint.report import DocumentReport, Report
from policylint.reporters.clean import clean, xml_text
from policylint.reporters.entries import Card, entries_of, ids
from policylint.reporters.places import Places, of_evidence

__all__ = ["Comment", "annotate", "comments_on", "is_signed"]

AUTHOR, INITIALS = "policylint", "PL"

_MAIN = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_OFFICE = {
    _MAIN[0]: "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    _MAIN[1]: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
_LAST = 2**31 - 1
_NEW = (1980, 1, 1, 0, 0, 0)

Element = Any
"""An lxml element."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What is to be said about a passage.

    Attributes:
        start, end: the passage, as offsets into the canonical text.
        lines: paragraphs of the comment, each with whether it is a heading of it.
    """

    start: int
    end: int
    lines: tuple[tuple[bool, str], ...]


def comments_on(report: Report) -> list[Comment]:
    """The comments on the first document of a report, in the order of its text.

    A weak, partial or conflicting requirement has one at its first passage, a conflict at each of its passages. What is
    missing is put together in one comment for each section where it would belong, at the section's heading.
    """
    document = report.documents[0]
    places = Places(document)
    made: list[Comment] = []
    missing: dict[tuple[int, int], list[Card]] = {}
    for card in (card for topic in entries_of(document, report) for card in topic.gaps):
        verdict = card.verdicts[0]
        if not verdict.evidence:
            place = places.of(verdict)
            missing.setdefault(
                (place.start, place.end) if place.start is not None and place.end is not None else _first(document), []
            ).append(card)
            continue
        passages = sorted(map(of_evidence, verdict.evidence), key=lambda p: p.start or 0)
        for number, passage in enumerate(passages if card.status == "conflict" else passages[:1]):
            lines = _about(card) if not number else [(True, f"{ids(card)}: {card.word}, as above")]
            made.append(Comment(passage.start or 0, passage.end or 0, tuple(lines)))
    for (start, end), cards in missing.items():
        made.append(Comment(start, end, tuple(_missing(cards))))
    return sorted(made, key=lambda c: (c.start, c.end))


def _first(document: DocumentReport) -> tuple[int, int]:
    """The first passage of a document: where stands what no section calls for."""
    spans = (
        next((p.spans for p in document.body.parts if p.spans), ((0, 0),)) if document.body is not None else ((0, 0),)
    )
    return spans[0][0], spans[-1][1]


def _about(card: Card) -> Iterator[tuple[bool, str]]:
    yield True, f"{ids(card)}: {card.word} ({', '.join(card.severities)})"
    for text in dict.fromkeys(a.text for a in card.asked):
        yield False, text
    if card.finding:
        yield False, card.finding
    yield from _source_and_clauses(card)


def _missing(cards: Sequence[Card]) -> Iterator[tuple[bool, str]]:
    yield True, f"Missing, and could stand in this section: {', '.join(map(ids, cards))}"
    for card in cards:
        yield True, f"{ids(card)} ({', '.join(card.severities)})"
        for text in dict.fromkeys(a.text for a in card.asked):
            yield False, text
        yield from _source_and_clauses(card)


def _source_and_clauses(card: Card) -> Iterator[tuple[bool, str]]:
    cited = list(dict.fromkeys(a.citation for a in card.asked if a.citation))
    if cited:
        yield False, f"Asked by: {'; '.join(cited)}."
    for clause in card.clauses:
        who = f" ({clause.ids})" if len(card.clauses) > 1 else ""
        first, *others = [f"• {line}" if item else line for item, line in clause.lines]
        yield False, f"{'Add' if card.add else 'Say instead'}{who}: {first}"
        yield from ((False, line) for line in others)


def annotate(data: bytes, name: str, comments: Iterable[Comment], text: str) -> bytes:
    """A Word file with comments.

    Args:
        data: the file.
        name: what errors call it.
        comments: what to say where.
        text: the canonical text that the places refer to.

    Raises:
        DocumentError: it is no Word file, or reads otherwise than the text.
    """
    from policylint.readers.docx.trace import trace

    found = trace(data, name)
    if found.source.text != text:
        raise DocumentError(
            "The places of the verdicts are not those of this file.",
            file=name,
            hint="Annotate the file that was judged.",
        )
    placed = [(found.place(c.start, c.end), c) for c in comments]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {entry.filename: entry for entry in archive.infolist()}
        file = _File(archive, parts, found.main, found.comments)
        file.write([(place or (0, 0, -1), comment) for place, comment in placed])
        return file.packed()


def is_signed(data: bytes) -> bool:
    """Whether a Word file bears a digital signature, which no change leaves valid."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return any(name.lower().startswith("_xmlsignatures/") for name in archive.namelist())


class _File:
    """The archive that is being annotated."""

    def __init__(
        self, archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], main: str, comments: str | None
    ) -> None:
        self._archive, self._parts = archive, parts
        self._changed: dict[str, bytes] = {}
        self._main = self._named(main) or main
        self._comments = self._named(comments) if comments is not None else None

    def write(self, placed: Sequence[tuple[tuple[int, int, int], Comment]]) -> None:
        """Put comments and their anchors into the parts."""
        root = self._parsed(self._main)
        names = root.tag[1 : root.tag.index("}")]
        part, listed = self._comment_part(names)
        taken = [int(id_) for id_ in (c.get(f"{{{names}}}id") for c in listed) if id_ and id_.isdecimal()]
        first = max(taken, default=-1) + 1
        if first + len(placed) > _LAST:
            first = next(n for n in range(_LAST) if not {*range(n, n + len(placed))} & {*taken})
        paragraphs = list(root.iter(f"{{{names}}}p"))
        # Anchors count children, so each paragraph's are counted before any is put in.
        children = {number: list(paragraphs[number]) for (number, _, _), _ in placed}
        for id_, ((number, start, end), comment) in enumerate(placed, first):
            listed.append(_comment(names, id_, comment))
            _anchor(paragraphs[number], [c for c in children[number] if isinstance(c.tag, str)], names, id_, start, end)
        self._changed[self._main] = self._bytes(root)
        self._changed[part] = self._bytes(listed)

    def _comment_part(self, names: str) -> tuple[str, Element]:
        """The part that holds comments, and its root; a new one that the lists of parts name, where there is none."""
        from lxml import etree

        if self._comments is not None:
            return self._comments, self._parsed(self._comments)
        folder = posixpath.dirname(self._main)
        part = next(
            p
            for n in range(len(self._parts) + 1)
            if self._named(p := posixpath.join(folder, f"comments{n or ''}.xml")) is None
        )
        relations_name = posixpath.join(folder, "_rels", f"{posixpath.basename(self._main)}.rels")
        known = self._named(relations_name)
        unprefixed: Any = {None: _RELATIONS}
        empty = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap=unprefixed)
        relations = self._parsed(known) if known else empty
        ids_ = {each.get("Id") for each in relations}
        id_ = next(i for n in range(len(ids_) + 1) if (i := f"rIdComments{n or ''}") not in ids_)
        about = {"Id": id_, "Type": f"{_OFFICE[names]}/comments", "Target": posixpath.basename(part)}
        etree.SubElement(relations, f"{{{_RELATIONS}}}Relationship", about)
        self._changed[known or relations_name] = self._bytes(relations)
        types_name = self._named("[Content_Types].xml") or "[Content_Types].xml"
        types = self._parsed(types_name)
        etree.SubElement(types, f"{{{_TYPES}}}Override", {"PartName": f"/{part}", "ContentType": _COMMENTS_TYPE})
        self._changed[types_name] = self._bytes(types)
        return part, etree.Element(f"{{{names}}}comments", nsmap={"w": names})

    def packed(self) -> bytes:
        """The archive: parts that were not touched as they were, in their order, new ones at the end."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name, entry in self._parts.items():
                new.writestr(entry, self._changed.get(name) or self._archive.read(entry), entry.compress_type)
            for name in (n for n in self._changed if n not in self._parts):
                new.writestr(zipfile.ZipInfo(name, _NEW), self._changed[name], zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def _named(self, name: str) -> str | None:
        """A part as the archive spells it; names of parts are the same in capitals and small letters."""
        return next((part for part in self._parts if part.replace("\\", "/").lower() == name.lower()), None)

    def _parsed(self, name: str) -> Element:
        from lxml import etree

        # The reader has looked at these parts already: they are no larger than it allows, and declare no document type.
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
        )
        return etree.fromstring(self._archive.read(self._parts[name]), parser)

    @staticmethod
    def _bytes(root: Element) -> bytes:
        from lxml import etree

        return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _comment(names: str, id_: int, comment: Comment) -> Element:
    """A comment of Word: no date, so that the same file gives the same bytes."""
    from lxml import etree

    made = etree.Element(f"{{{names}}}comment", nsmap={"w": names})
    for key, value in (("id", str(id_)), ("author", AUTHOR), ("initials", INITIALS)):
        made.set(f"{{{names}}}{key}", value)
    for heading, line in comment.lines:
        run = etree.SubElement(etree.SubElement(made, f"{{{names}}}p"), f"{{{names}}}r")
        if heading:
            etree.SubElement(etree.SubElement(run, f"{{{names}}}rPr"), f"{{{names}}}b")
        text = etree.SubElement(run, f"{{{names}}}t")
        text.text = xml_text(clean(line))
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _anchor(paragraph: Element, children: Sequence[Element], names: str, id_: int, start: int, end: int) -> None:
    """Put the anchor of a comment around some children of a paragraph; properties stay the first of them."""
    from lxml import etree

    def mark(tag: str) -> Element:
        element = etree.Element(f"{{{names}}}{tag}")
        element.set(f"{{{names}}}id", str(id_))
        return element

    properties = [c for c in children if c.tag == f"{{{names}}}pPr"]
    begin, last, reference = mark("commentRangeStart"), mark("commentRangeEnd"), etree.Element(f"{{{names}}}r")
    reference.append(mark("commentReference"))
    inner = children[start : end + 1 if end >= 0 else None]
    inner = [c for c in inner if c not in properties]
    if inner:
        inner[0].addprevious(begin)
        _after(inner[-1], last)
    else:
        paragraph.insert(len(properties), begin)
        _after(begin, last)
    _after(last, reference)


def _after(element: Element, new: Element) -> None:
    """Put an element right after another, before any text that follows (there is none but white space)."""
    tail, element.tail = element.tail, None
    element.addnext(new)
    new.tail = tail

"""Word files (.docx, .docm, .dotx, .dotm): what a person reads on the page, list numbers included, as blocks.

lxml on the parts, and zipfile: python-docx shows neither list labels, nor tracked changes, nor text boxes, notes and fields,
so that everything here would have to go around it, and it takes 90 ms longer to load.

In the order of use: `package` (the archive and its parts), `styles`, `numbering` with `numerals` and `symbols` (the labels),
`runs` (the text of a paragraph), `story` (paragraphs and tables), `wrapped` (paragraphs that are but lines), `writer` (blocks),
`remarks` (what to tell).
"""

from __future__ import annotations

from collections.abc import Iterator

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.compose import Composer
from policylint.readers.docx import remarks, wrapped
from policylint.readers.docx.names import REL, Element, w
from policylint.readers.docx.numbering import Numbering
from policylint.readers.docx.package import Package
from policylint.readers.docx.story import Node, Paragraph, Story, Table
from policylint.readers.docx.styles import Styles
from policylint.readers.docx.writer import Writer
from policylint.readers.formats import Options

__all__ = ["read"]


def read(data: bytes, name: str, options: Options) -> Source:
    """Read a Word file.

    Raises:
        DocumentError: it is no Word file, damaged, protected by a password, or too large when unpacked.
    """
    del options  # a Word file has no pages to choose from
    package = Package(data, name)
    try:
        return _Reading(package).source()
    except RecursionError:
        package.fail("The Word file is damaged: its text is nested deeper than any program nests it.")
    finally:
        package.close()


class _Reading:
    """One file being read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        root = package.part(package.main)
        body = root.find(w("body")) if root is not None else None
        if root is None or body is None:
            package.fail(f"The part {package.main} holds no text document: this is no Word file, or it is damaged.")
        self.root, self.body = root, body
        self.relations = package.relations(package.main)
        self.styles = Styles(self._of_kind("styles"))
        self.numbering = Numbering(self._of_kind("numbering"), self.styles)
        self.stories: list[Story] = []
        self.roots: list[Element] = [root]

    def source(self) -> Source:
        """All of it."""
        composer = Composer()
        writer = self._writer(composer)
        heads, feet = self._furniture("header"), self._furniture("footer")
        nodes = self._story(self.root).read(self.body)
        wrapped.mark(nodes)
        self._hang_notes(nodes)
        notes = [remarks.NO_PAGES]
        notes += remarks.page_furniture("the page header", writer.leave_out(heads, "header"))
        writer.write(nodes)
        notes += remarks.page_furniture("the page footer", writer.leave_out(feet, "footer"))
        notes += self._remarks()
        source = composer.source("docx", notes=notes)
        if not source.text and next(self.root.iter("{*}blip", "{*}imagedata"), None) is not None:
            raise DocumentError(
                "The Word file holds pictures and no text: it may be a scan.",
                file=self.package.name,
                hint="Save it as PDF and give that, so that the text in the pictures can be recognised.",
            )
        return source

    def _remarks(self) -> Iterator[str]:
        yield from remarks.changes(self.roots)
        yield from remarks.comments(self._of_kind("comments"))
        yield from remarks.struck([text for story in self.stories for text in story.runs.struck])
        chunks = sum(story.chunks for story in self.stories)
        yield from remarks.not_read(self.roots, chunks=chunks, unseen=any(s.runs.unseen for s in self.stories))

    # -- parts ----------------------------------------------------------------------------------------------------

    def _of_kind(self, kind: str) -> Element | None:
        target = next((r.target for r in self.relations.values() if r.kind == kind), None)
        return self.package.part(target) if target is not None else None

    def _writer(self, composer: Composer) -> Writer:
        return Writer(composer)

    def _story(self, root: Element) -> Story:
        story = Story(root, self.styles, self.numbering)
        self.stories.append(story)
        return story

    def _furniture(self, kind: str) -> list[Node]:
        """The headers or footers that some page shows, each part once, each text once."""
        settings = self._of_kind("settings")
        evens = settings is not None and settings.find(w("evenAndOddHeaders")) is not None
        targets: dict[str, None] = {}
        for section in self.root.iter(w("sectPr")):
            shown = {
                "default",
                *(["even"] if evens else []),
                *(["first"] if section.find(w("titlePg")) is not None else []),
            }
            for reference in section.iterchildren(w(f"{kind}Reference")):
                relation = self.relations.get(reference.get(f"{REL}id") or "")
                if relation is not None and (reference.get(w("type")) or "default") in shown:
                    targets.setdefault(relation.target)
        roots = [part for target in targets if (part := self.package.part(target)) is not None]
        self.roots += roots
        found: dict[str, Node] = {}
        for node in (node for root in roots for node in self._story(root).read(root)):
            found.setdefault(_text_of(node), node)
        return list(found.values())

    # -- footnotes ------------------------------------------------------------------------------------------------

    def _hang_notes(self, nodes: list[Node]) -> None:
        """Hang the text of foot- and endnotes on the paragraphs that refer to them, each note once."""
        referring = [p for p in _paragraphs(nodes) if p.content.notes]
        if not referring:
            return
        texts = {kind: self._notes(kind) for kind in ("footnotes", "endnotes")}
        for paragraph in referring:
            for kind, id_ in paragraph.content.notes:
                found = texts[kind].pop(id_, None)
                if found is not None:
                    paragraph.extras.append(found)

    def _notes(self, kind: str) -> dict[str, list[Node]]:
        root = self._of_kind(kind)
        if root is None:
            return {}
        self.roots.append(root)
        story = self._story(root)
        # The lines that part notes from the text have a type; notes of the text have none.
        notes = [n for n in root if n.get(w("type"), "normal") == "normal"]
        return {note.get(w("id"), ""): story.read(note) for note in notes}


def _paragraphs(nodes: list[Node]) -> Iterator[Paragraph]:
    for node in nodes:
        if isinstance(node, Table):
            for row in node.rows:
                for cell in row:
                    yield from _paragraphs(cell)
        else:
            yield node
            for extra in node.extras:
                yield from _paragraphs(extra)


def _text_of(node: Node) -> str:
    return " ".join(p.content.text for p in _paragraphs([node])).strip().lower()

"""Where each character of the canonical text stands in the file: what a program that writes into the file must know.

The file is read as `read` reads it, by the same code, with a note taken of each paragraph and run as it goes by. The places
are numbers, so that they hold for the same part however it is parsed: the ordinal of a `w:p` among all of the main part, and
of an element among the paragraph's child elements.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from policylint.document import Source
from policylint.readers.compose import Composer
from policylint.readers.docx import _Reading
from policylint.readers.docx.names import Element, w
from policylint.readers.docx.numbering import Numbering
from policylint.readers.docx.package import Package
from policylint.readers.docx.runs import Content, Runs
from policylint.readers.docx.story import Node, Paragraph, Story, Table
from policylint.readers.docx.styles import Style, Styles
from policylint.readers.docx.writer import Writer

__all__ = ["Trace", "trace"]

_P = w("p")


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A paragraph's text in the canonical text: where it begins, and for each child element the characters it holds.

    Attributes:
        children: (first character, past the last one, ordinal of the child), counting no white space.
    """

    start: int
    paragraph: int
    children: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """The file as read, and where its text stands.

    Attributes:
        source: what `read` gives.
        main: name of the part that holds the text; `comments` of the one that holds comments, or None.
    """

    source: Source
    main: str
    comments: str | None
    _stretches: tuple[_Stretch, ...]

    def place(self, start: int, end: int) -> tuple[int, int, int] | None:
        """The place of a passage that begins at `start`: paragraph, first and last child element that hold it.

        A passage over several paragraphs is placed by what it holds of the first. Where the elements cannot be told (text of
        a footnote, a text box), the paragraph it hangs on is the place, from its first child to its last (-1). None when no
        paragraph of the main part holds it.
        """
        at = bisect_right(self._stretches, start, key=lambda s: s.start) - 1
        if at < 0:
            return None
        stretch = self._stretches[at]
        text = self.source.text
        first = _solid(text[stretch.start : start])
        past = first + max(1, _solid(text[start:end]))
        held = [child for a, b, child in stretch.children if a < past and b > first]
        return (stretch.paragraph, min(held), max(held)) if held else (stretch.paragraph, 0, -1)


def trace(data: bytes, name: str) -> Trace:
    """Read a Word file and note where its text stands. Raises DocumentError as `read` does."""
    package = Package(data, name)
    try:
        reading = _TracedReading(package)
        source = reading.source()
        comments = next((r.target for r in reading.relations.values() if r.kind == "comments"), None)
        return Trace(source, package.main, comments, tuple(reading.stretches(source.text)))
    except RecursionError:
        package.fail("The Word file is damaged: its text is nested deeper than any program nests it.")
    finally:
        package.close()


def _solid(text: str) -> int:
    """How many characters are no white space: these are the same in the file and in the canonical text."""
    return sum(not c.isspace() for c in text)


@dataclass(slots=True)
class _Noted:
    """Which element a paragraph was read from, and the runs in it with the length of the text before and after."""

    element: Element
    runs: list[tuple[Element, int, int]] = field(default_factory=list)


class _TracedRuns(Runs):
    def __init__(self, styles: Styles, story: Element) -> None:
        super().__init__(styles, story)
        self.noted: dict[int, _Noted] = {}
        self._kept: list[Content] = []  # so that no other content can get the same identity

    def read(self, paragraph: Element, style: Style) -> Content:
        self._noting = _Noted(paragraph)
        self._length = self._pieces = 0
        content = super().read(paragraph, style)
        self.note(content, self._noting)
        return content

    def note(self, content: Content, noted: _Noted) -> None:
        """Keep where a paragraph's content was read."""
        self.noted[id(content)] = noted
        self._kept.append(content)

    def _run(self, run: Element, why: tuple[str, ...]) -> None:
        before = self._so_far()
        super()._run(run, why)
        after = self._so_far()
        if after > before:
            self._noting.runs.append((run, before, after))

    def _so_far(self) -> int:
        runs = self._content.runs
        while self._pieces < len(runs):
            self._length += _solid(runs[self._pieces][0])
            self._pieces += 1
        return self._length


class _TracedStory(Story):
    def __init__(self, root: Element, styles: Styles, numbering: Numbering) -> None:
        super().__init__(root, styles, numbering)
        self.runs = self.traced = _TracedRuns(styles, root)

    def _paragraph(self, element: Element, left_out: str) -> Paragraph | None:
        found = super()._paragraph(element, left_out)
        if found is not None and id(found.content) not in self.traced.noted:
            # Two paragraphs that a tracked change made one: their runs cannot be told apart by their lengths.
            self.traced.note(found.content, _Noted(element))
        return found


class _TracedWriter(Writer):
    """Writes as `Writer`, and keeps which block each paragraph begins in, after how many characters of the block."""

    def __init__(self, composer: Composer) -> None:
        super().__init__(composer)
        self.blocks = composer._blocks  # noqa: SLF001 - the composer counts for itself only
        self.nodes: list[Node] = []
        self.written: list[tuple[Paragraph, int, int]] = []

    def write(self, nodes: Iterable[Node]) -> None:
        self.nodes = list(nodes)
        super().write(self.nodes)

    def _pieces(self, paragraph: Paragraph) -> None:
        self.written.append((paragraph, len(self.blocks), 0))
        super()._pieces(paragraph)

    def _row(self, row: list[list[Node]]) -> None:
        before = 0
        for node in (node for cell in row for node in cell):
            if isinstance(node, Paragraph) and not node.left_out and node.content.text.strip():
                before += _solid(node.label)
                self.written.append((node, len(self.blocks), before))
                before += _solid(node.content.text)
        super()._row(row)


class _TracedReading(_Reading):
    writer: _TracedWriter

    def _writer(self, composer: Composer) -> Writer:
        self.writer = _TracedWriter(composer)
        return self.writer

    def _story(self, root: Element) -> Story:
        story = _TracedStory(root, self.styles, self.numbering)
        self.stories.append(story)
        return story

    def stretches(self, text: str) -> Iterator[_Stretch]:
        """Where the paragraphs of the main part, and what hangs on them, stand in the canonical text, in its order."""
        ordinals = {element: number for number, element in enumerate(self.root.iter(_P))}
        noted = {
            key: each
            for story in self.stories
            if isinstance(story, _TracedStory)
            for key, each in story.traced.noted.items()
        }
        hosts = dict(_hosts(self.writer.nodes, noted, None))
        blocks, found = self.writer.blocks, []
        for paragraph, block, before in self.writer.written:
            own, host = noted.get(id(paragraph.content)), hosts.get(id(paragraph))
            if own is not None and host in ordinals and block < len(blocks):
                start = _advance(text, blocks[block].spans[0][0], before)
                children = tuple(_children(own)) if own.element is host else ()
                found.append(_Stretch(start, ordinals[host], children))
        yield from sorted(found, key=lambda stretch: stretch.start)


def _hosts(
    nodes: Iterable[Node], noted: Mapping[int, _Noted], host: Element | None
) -> Iterator[tuple[int, Element | None]]:
    """Paragraph -> the element of the main text's paragraph that it is, or hangs on."""
    for node in nodes:
        if isinstance(node, Table):
            for row in node.rows:
                for cell in row:
                    yield from _hosts(cell, noted, host)
            continue
        own = noted.get(id(node.content))
        here = host if host is not None else _outside_boxes(own.element) if own is not None else None
        yield id(node), here
        for extra in node.extras:
            yield from _hosts(extra, noted, here)


def _outside_boxes(element: Element) -> Element:
    """The paragraph a text box is anchored in, or the paragraph itself: no comment can stand within a box."""
    found = element
    for above in element.iterancestors():
        if above.tag == _P:
            found = above
    return found


def _children(noted: _Noted) -> Iterator[tuple[int, int, int]]:
    """The child elements of a paragraph that hold text, each with its first character and the one past its last."""
    ordinals = {child: number for number, child in enumerate(noted.element)}
    for run, before, after in noted.runs:
        child = run
        while child not in ordinals:
            above = child.getparent()
            if above is None:
                break
            child = above
        else:
            yield before, after, ordinals[child]


def _advance(text: str, at: int, characters: int) -> int:
    """The offset of the character that stands after so many others from `at`, white space not counted."""
    while characters > 0 or (at < len(text) and text[at].isspace()):
        characters -= not text[at].isspace()
        at += 1
    return at

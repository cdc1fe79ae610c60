"""Rich Text Format (.rtf): list labels as printed, tables, footnotes, text boxes; deleted text never counts.

Text of headers and footers is told in the notes. Deleted, hidden and struck-out text and comments stand in the source as
blocks that are left out, each with its reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers import flow
from policylint.readers.compose import Composer, Run
from policylint.readers.formats import Options
from policylint.readers.rtf.state import Paragraph
from policylint.readers.rtf.walk import DELETED, Walker

__all__ = ["read"]

_LONG, _PARAGRAPHS = 120, 4


def read(data: bytes, name: str, options: Options) -> Source:  # noqa: ARG001 - pages are made by the program that shows it
    """Read a file of Rich Text.

    Raises:
        DocumentError: it is no such file, or nested too deeply.
    """
    start = data[:1000].find(b"{\\rtf")
    if start == -1:
        raise DocumentError(
            "The file is no Rich Text (RTF): it does not begin with {\\rtf.",
            file=name,
            hint="Open it in a word processor, save it as .docx, .rtf or PDF, and give that.",
        )
    walker = Walker(name)
    complete = walker.run(data[start:])
    writer = _Writer()
    writer.all(walker.body.paragraphs)
    told = [] if complete else ["The file breaks off before its end; what there is of it was read."]
    for sink in walker.sinks:
        if sink.kind == "footnote":
            writer.all(sink.paragraphs)
    seen: set[str] = set()
    for sink in walker.sinks:
        words = sink.text()
        if sink.kind == "footnote" or not words or words in seen:
            continue
        seen.add(words)
        writer.composer.add([(words, False)], kind="paragraph", left_out=sink.kind)
        if sink.kind == "comment":
            writer.notes.met("The document holds comments, which were not read as part of it ({count}).")
        else:
            told.append(f"In the {sink.kind.removeprefix('running ')} of the pages: “{words[:300]}”.")
    changes = _changes(walker.met["inserted"], writer.deleted)
    return flow.relined(writer.composer.source("rtf", notes=(*told, *changes, *writer.notes.sentences())))


def _changes(inserted: int, deleted: int) -> list[str]:
    if not inserted and not deleted:
        return []
    counts = f"{inserted} inserted, {deleted} deleted passages"
    return [
        f"The document holds tracked changes that nobody has accepted or rejected ({counts}); it was read as if all were accepted."
    ]


class _Writer:
    """Paragraphs into a composer."""

    def __init__(self) -> None:
        self.composer, self.notes = Composer(), flow.Notes()
        self.blank = self.deleted = 0

    def all(self, paragraphs: Sequence[Paragraph]) -> None:
        """Add paragraphs and tables in order."""
        for paragraph in paragraphs:
            if paragraph.row is not None:
                self._row(paragraph.row)
            elif paragraph.cells is not None:
                flow.add_row(self.composer, paragraph.cells, "", 0)
            elif paragraph.blank:
                self.blank += 1
            else:
                self._paragraph(paragraph)
            self._asides(paragraph)

    def _paragraph(self, paragraph: Paragraph) -> None:
        item = paragraph.level > 0
        words = "".join(text for text, _ in paragraph.runs)
        white = len(words[: len(words) - len(words.lstrip(" \t"))].expandtabs(4))
        quotes = paragraph.style.lower() in ("quote", "quotations", "intense quote", "block text")
        flow.add(
            self.composer,
            paragraph.runs,
            kind="heading" if paragraph.heading else "item" if item else "quote" if quotes else "paragraph",
            level=paragraph.heading or paragraph.level,
            label=paragraph.label,
            indent=4 * (paragraph.level - 1) if item else paragraph.indent + white,
            gap=0 if item and not paragraph.heading else self.blank + 1,
        )
        self.blank = 0

    def _asides(self, paragraph: Paragraph) -> None:
        """Text that is out, each stretch as a block after its paragraph."""
        asides = paragraph.asides
        at = 0
        while at < len(asides):
            why = asides[at][0]
            words = ""
            while at < len(asides) and asides[at][0] == why:
                words += asides[at][1]
                at += 1
            if not words.strip():
                continue
            if why == DELETED:
                self.deleted += 1
            else:
                self.notes.met(f"Left out: {why} ({{count}} {{times}}).")
            self.composer.add([(" ".join(words.split()), False)], kind="paragraph", left_out=why)

    def _row(self, cells: Sequence[Sequence[Paragraph]]) -> None:
        filled = [cell for cell in cells if any(not p.blank for p in cell)]
        if len(filled) < 2 or any(_complex(cell) for cell in filled):
            for cell in filled:
                self.all(cell)
            return
        runs = [_joined(cell) for cell in filled]
        flow.add_row(self.composer, runs, "", 0)
        self.blank = 0
        for cell in cells:
            for paragraph in cell:
                self._asides(paragraph)


def _complex(cell: Sequence[Paragraph]) -> bool:
    """Whether a cell holds more than a few plain paragraphs."""
    full = [p for p in cell if not p.blank]
    if len(full) >= _PARAGRAPHS or any(p.level or p.heading or p.cells is not None for p in full):
        return True
    return sum(len(text.split()) for p in full for text, _ in p.runs) >= _LONG


def _joined(cell: Sequence[Paragraph]) -> list[Run]:
    runs: list[Run] = []
    for paragraph in cell:
        if not paragraph.blank:
            runs.extend([("\n", False)] if runs else [])
            runs.extend(paragraph.runs)
    return runs

"""What holds at a point of a file: the properties of text and paragraph, and where text goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from policylint.readers.compose import Run

BODY, SKIPPED, LABEL, SHAPE, TABLE = "body", "skipped", "label", "shape", "table"
"""Where text goes: to a paragraph, nowhere, into a list label; a shape's own group and the head's tables hold none."""


@dataclass(slots=True)
class Paragraph:
    """A paragraph, or a row of a nested table.

    Attributes:
        asides: text in it that is no part of the policy, with the reason.
        level: level of the list item that it is, or 0.
        heading: level of the heading that it is, or 0.
        cells: of a row of a table that stands in a cell.
    """

    runs: list[Run] = field(default_factory=list)
    asides: list[tuple[str, str]] = field(default_factory=list)
    label: str = ""
    level: int = 0
    heading: int = 0
    indent: int = 0
    style: str = ""
    cells: list[list[Run]] | None = None
    row: list[list[Paragraph]] | None = None

    @property
    def blank(self) -> bool:
        """Whether there is nothing to read in it."""
        return self.cells is None and self.row is None and not any(text.strip() for text, _ in self.runs)


@dataclass
class Sink:
    """A stream of paragraphs: the body, a footnote, a header, a text box, a comment."""

    kind: str = "body"
    paragraphs: list[Paragraph] = field(default_factory=list)
    open: Paragraph = field(default_factory=Paragraph)
    boxes: list[Paragraph] = field(default_factory=list)
    cell: list[Paragraph] = field(default_factory=list)
    cells: list[list[Paragraph]] = field(default_factory=list)
    nested: list[Paragraph] = field(default_factory=list)

    def text(self) -> str:
        """All its text, white space folded."""
        return " ".join(" ".join("".join(t for t, _ in p.runs) for p in self.paragraphs).split())


@dataclass(slots=True)
class State:
    """What a group inherits from the one around it, and forgets at its end."""

    goes: str = BODY
    sink: Sink = field(default_factory=Sink)
    skip: int = 1
    font: int = -1
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    inserted: bool = False
    struck: bool = False
    style: int = 0
    left: int = 0
    first: int = 0
    list_: int = 0
    level: int = 0
    outline: int | None = None
    in_table: int = 0

    def plain(self) -> None:
        """Character properties as at the start."""
        self.bold = self.hidden = self.deleted = self.inserted = self.struck = False
        self.font = -1

    def pard(self) -> None:
        """Paragraph properties as at the start."""
        self.style = self.left = self.first = self.list_ = self.level = self.in_table = 0
        self.outline = None

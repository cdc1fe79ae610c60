"""PDFs for the tests, made with reportlab from text written for them. Nothing is random: the same call gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any

from reportlab.lib.pagesizes import letter
from reportlab.pdfgen.canvas import Canvas

WIDE, HIGH = letter
LEFT, RIGHT, TOP = 72.0, WIDE - 72.0, 72.0
LEADING = 1.25


class Page:
    """A pen on a page: writes lines from the top, and goes to a new page with `turn`."""

    def __init__(self, **options: Any) -> None:
        self.out = io.BytesIO()
        self.canvas = Canvas(self.out, pagesize=letter, invariant=1, pageCompression=0, **options)
        self.y = TOP
        self.left, self.right = LEFT, RIGHT

    def at(self, x: float, y: float, text: str, *, size: float = 11, font: str = "Times-Roman") -> None:
        """Write a text with its foot `y` points below the top of the page."""
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, HIGH - y, text)

    def line(
        self, text: str, *, size: float = 11, font: str = "Times-Roman", indent: float = 0, gap: float = 0
    ) -> None:
        """Write one line and go down."""
        self.y += gap * size + LEADING * size
        self.at(self.left + indent, self.y, text, size=size, font=font)

    def heading(self, text: str, *, size: float = 14) -> None:
        """A heading in larger bold type."""
        self.line(text, size=size, font="Times-Bold", gap=0.8)

    def paragraph(self, text: str, *, size: float = 11, indent: float = 0, label: str = "", gap: float = 0.6) -> None:
        """Wrap a text to the width of the column; a label hangs to the left of it."""
        width = self.right - self.left - indent
        lines = [""]
        for word in text.split():
            longer = f"{lines[-1]} {word}".strip()
            if self.canvas.stringWidth(longer, "Times-Roman", size) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        for at, line in enumerate(lines):
            self.line(line, size=size, indent=indent, gap=0 if at else gap)
            if label and not at:
                self.at(self.left + indent - 18, self.y, label, size=size)

    def turn(self) -> None:
        """The next page."""
        self.canvas.showPage()
        self.y = TOP

    def bytes(self) -> bytes:
        """The finished file."""
        self.canvas.save()
        return self.out.getvalue()


def pages(count: int, draw: Callable[[Page, int], None], **options: Any) -> bytes:
    """A PDF of some pages, each drawn by a function that is given its number from 1."""
    page = Page(**options)
    for number in range(1, count + 1):
        draw(page, number)
        page.turn()
    return page.bytes()


def columns(page: Page, texts: Sequence[Sequence[str]], *, top: float, gutter: float = 24) -> None:
    """Paragraphs in columns side by side, from one height on."""
    left, right = page.left, page.right
    wide = (right - left - gutter * (len(texts) - 1)) / len(texts)
    for at, column in enumerate(texts):
        page.left = left + at * (wide + gutter)
        page.right = page.left + wide
        page.y = top
        for text in column:
            page.paragraph(text)
    page.left, page.right = left, right


PROSE = (
    "Members of the team listen to coworkers who ask for support and help them to find what they need in a hard week. "
    "They do not diagnose, they do not treat, and they do not take the place of a clinician. A member who sees that a "
    "coworker needs more than a peer can give tells the coworker so and offers to make the first call together."
)
MORE = (
    "The coordinator keeps the roster, arranges the training of new members and calls a meeting of the team in each "
    "quarter. Nothing that is said in a meeting about a coworker may be repeated outside it, and names are not used. The "
    "chief receives a count of contacts once a year and asks for nothing else about them."
)


def prose(number: int) -> str:
    """Prose that is another on each page: no line of it comes twice."""
    names = ("Ada", "Bela", "Chris", "Dana", "Eli", "Fran", "Gil", "Hana", "Ines", "Jo", "Kim", "Lou")
    name = names[number % len(names)] + "mar" * (number // len(names) + 1)
    return (
        f"When {name} asks for support the team listens and helps {name} to find what is needed. No member tells a supervisor "
        f"what {name} said, and none writes it down; {name} may choose any member on the roster and may change at any time."
    )

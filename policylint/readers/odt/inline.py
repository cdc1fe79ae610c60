"""The running text of paragraphs: spans, spaces, fields; what is hidden, struck out or a comment; what hangs on an anchor."""

from __future__ import annotations

from policylint.readers import flow
from policylint.readers.compose import Composer, Run
from policylint.readers.odt.names import draw, office, text
from policylint.readers.odt.numbering import integer
from policylint.readers.odt.package import Element
from policylint.readers.odt.styles import Styles

HIDDEN, STRUCK, COMMENT = "hidden text", "struck-out text", "comment"
_SPACES = 200
"""Spaces in a row above which the count is not believed."""
SHAPES = frozenset(map(draw, "frame custom-shape rect ellipse text-box g caption polygon".split()))
SILENT = frozenset(
    map(
        text,
        "tracked-changes note-citation sequence-decls variable-decls user-field-decls bookmark index-title-template".split(),
    )
) | {office("forms"), office("annotation-end"), "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title"}


class Inline:
    """Collects the text of one paragraph after the other.

    Attributes:
        footnotes: bodies of the notes met so far.
        shapes: text boxes and the like, anchored in the paragraph at hand.
        asides: text of the paragraph at hand that is left out, with the reason.
    """

    def __init__(self, styles: Styles, notes: flow.Notes) -> None:
        self.styles, self.notes = styles, notes
        self.footnotes: list[Element] = []
        self.shapes: list[Element] = []
        self.asides: list[tuple[str, str]] = []

    def read(self, element: Element, runs: list[Run], *, bold: bool, out: str) -> None:
        """Collect the text of a paragraph, or of a piece of one."""
        self._text(element.text, runs, bold=bold, out=out)
        for child in element:
            self._piece(child, runs, bold=bold, out=out)
            self._text(child.tail, runs, bold=bold, out=out)

    def _piece(self, child: Element, runs: list[Run], *, bold: bool, out: str) -> None:
        tag = child.tag
        if tag == text("s"):
            count = integer(child.get(text("c")))
            self._text(
                " " * min(max(count if count is not None else 1, 0), _SPACES), runs, bold=bold, out=out, kept=True
            )
        elif tag == text("tab"):
            self._text("\t", runs, bold=bold, out=out, kept=True)
        elif tag == text("line-break"):
            self._text("\n", runs, bold=bold, out=out, kept=True)
        elif tag == text("note"):
            self.footnotes.extend(child.iter(text("note-body")))
        elif tag == office("annotation"):
            self.comment(child)
        elif tag in SHAPES:
            self.shapes.append(child)
        elif tag in (text("hidden-text"), text("hidden-paragraph")):
            hidden = child.get(text("is-hidden")) == "true"
            self.read(child, runs, bold=bold, out=out or (HIDDEN if hidden else ""))
        elif tag == text("ruby"):
            for base in child.iter(text("ruby-base")):
                self.read(base, runs, bold=bold, out=out)
        elif tag == text("span"):
            own = self.styles.look("text", child.get(text("style-name")))
            strong = bold if own.bold is None else own.bold
            kept = "" if out == STRUCK and own.struck is False else out
            why = HIDDEN if own.hidden else STRUCK if own.struck else kept
            self.read(child, runs, bold=strong, out=why)
        elif isinstance(tag, str) and tag not in SILENT and tag != text("number"):
            self.read(child, runs, bold=bold, out=out)

    def _text(self, said: str | None, runs: list[Run], *, bold: bool, out: str, kept: bool = False) -> None:
        if not said:
            return
        words = said if kept else _folded(said)
        if out:
            self.asides.append((out, words))
            return
        if not kept and words[:1] == " " and (not runs or runs[-1][0][-1:] in (" ", "\n")):
            words = words[1:]  # white space of the file's layout, as the format has it
        if words:
            runs.append((words.replace("\u00ad", ""), bold))

    def comment(self, element: Element) -> None:
        """Take a comment: it is told of, and stands among what is left out."""
        words = " ".join(" ".join("".join(p.itertext()) for p in element.iter(text("p"))).split())
        self.notes.met("The document holds comments, which were not read as part of it ({count}).")
        self.asides.append((COMMENT, words))

    def put_asides(self, composer: Composer) -> None:
        """Text that is out, each stretch as a block after the paragraph that holds it."""
        asides, self.asides = self.asides, []
        at = 0
        while at < len(asides):
            why, words = asides[at]
            at += 1
            while at < len(asides) and asides[at][0] == why:
                words += asides[at][1]
                at += 1
            if words.strip():
                if why != COMMENT:
                    self.notes.met(f"Left out: {why} ({{count}} {{times}}).")
                composer.add([(" ".join(words.split()), False)], kind="paragraph", left_out=why)


def _folded(said: str) -> str:
    """White space as the format folds it; no-break spaces stay."""
    out = " ".join(said.replace("\t", " ").replace("\n", " ").replace("\r", " ").split(" "))
    while "  " in out:
        out = out.replace("  ", " ")
    return out

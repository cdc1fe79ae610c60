"""Paragraphs that are but the lines of a text: a plain text opened in Word, an e-mail, a PDF made into a Word file.

Such a stretch is given to the outline as lines, so that it puts them together as it does those of a plain text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from policylint.readers.docx.story import Node, Paragraph

TYPED_LABEL = re.compile(
    r"\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3}){0,5}|[A-Za-z]|[ivxlIVXL]{2,5})[.)]|[•▪◦●○■□☐➢→✓–—*·§o-])(?:\s|$)"
)
_ENDS = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_LONG_ENOUGH = 30
"""Characters of a line that may have been broken for want of room."""
_LEAST = 3
_SHARE = 0.25


def mark(nodes: Sequence[Node]) -> None:
    """Give the paragraphs of such stretches the kind "line"."""
    for stretch in _stretches(nodes):
        pairs = list(pairwise(stretch))
        broken = sum(_goes_on(before.content.text, after.content.text) for before, after in pairs)
        candidates = sum(len(before.content.text.strip()) >= _LONG_ENOUGH for before, _ in pairs)
        if broken >= _LEAST and broken >= _SHARE * candidates:
            for paragraph in stretch:
                paragraph.kind = "line"


def _stretches(nodes: Sequence[Node]) -> Iterator[list[Paragraph]]:
    """Paragraphs in succession that have neither style nor number to tell what they are, empty ones left out."""
    stretch: list[Paragraph] = []
    for node in nodes:
        if isinstance(node, Paragraph) and (node.kind == "paragraph" or node.left_out):
            if node.content.text.strip() and not node.left_out:
                stretch.append(node)
        else:
            yield stretch
            stretch = []
    yield stretch


def _goes_on(before: str, after: str) -> bool:
    """Whether a sentence is broken between two lines."""
    before, after = before.strip(), after.strip()
    if len(before) < _LONG_ENOUGH or _ENDS.search(before[-20:]) or TYPED_LABEL.match(after):
        return False
    return after.lstrip("\"'“‘([")[:1].islower()

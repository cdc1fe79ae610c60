"""The tree of a page to blocks, in one pass without recursion."""

from __future__ import annotations

import re

from policylint.readers import flow
from policylint.readers.compose import Composer, Run
from policylint.readers.html import markers, office, parts, tables
from policylint.readers.html.parts import Parts
from policylint.readers.html.place import LISTS, Place, Places
from policylint.readers.html.style import Properties, Styles
from policylint.readers.html.tree import Element

DELETED = "deleted or struck-out text"
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "option optgroup select textarea".split()
)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_COLUMN = 9.0
"""Points that a column of plain text takes: half an inch is a tab stop of four."""


class Walker:
    """Goes through the elements, collecting the paragraph at hand until a block begins or ends."""

    def __init__(self, composer: Composer, styles: Styles, found: Parts, notes: flow.Notes) -> None:
        self.composer, self.styles, self.parts, self.notes = composer, styles, found, notes
        self.counters = markers.Counters()
        self.places = [Place(out=parts.OUTSIDE if found.main is not None else "")]
        self.lists: list[markers.ListState] = []
        self.runs: list[Run] = []
        self.deleted: list[str] = []
        self.labels: list[str] = []
        self.item: tuple[str, int] | None = None
        self.cells: list[list[Run]] | None = None
        self.gap = 0
        self.top = ""
        self.flat = tables.Flat()
        self.glued = False
        self.of = Places(found, self.flat, notes)

    def run(self, body: Element) -> None:
        """Read all below an element."""
        from lxml import etree

        self.glued = office.glues_numbers(body)
        events = etree.iterwalk(body, events=("start", "end", "comment"))
        for event, element in events:
            if event == "start":
                if element.tag == "br":
                    self.runs.append(("\n", False))
                    self.places.append(self.places[-1])
                    continue
                if element.tag in parts.NO_TEXT:
                    events.skip_subtree()
                    if element.tag == "noscript":
                        self._aside(element, "shown only where scripts do not run")
                    self.places.append(self.places[-1])
                    continue
                self._start(element)
                self._text(element.text)
            elif event == "end":
                self._end(element)
                self._text(element.tail)
            else:
                self._comment(element)
                self._text(element.tail)
        self._flush()

    # -- elements -------------------------------------------------------------------------------------------------

    def _start(self, element: Element) -> None:
        properties = self.styles.of(element)
        here = self.places[-1]
        block = self._is_block(element, properties)
        if block:
            self._flush()
        place = self.of.place(element, here, properties)
        if place.line and not here.line:
            self.top = ""
        elif place.line:
            self._new_line(properties, element)
        before = self.styles.before(element)
        self.places.append(place)
        if properties:
            self.counters.start(properties, len(self.places))
        if before:
            self.counters.start(before, len(self.places) + 1)
        self._open(element, properties, before)

    def _open(self, element: Element, properties: Properties, before: Properties) -> None:
        """What an element does beside changing how its text is read."""
        tag = element.tag
        counted = self.counters.text(before["content"]) if "content" in before else ""
        if tag in LISTS:
            self.lists.append(markers.open_list(element, properties, len(self.lists) + 1))
        elif tag == "li":
            state = self.lists[-1] if self.lists else markers.ListState(False, "disc", 1, 1, 1)
            label = markers.next_label(state, element, properties)
            self.item = (counted or label or markers.bullet_in(before.get("content", "")), max(len(self.lists), 1))
        elif counted and self._is_block(element, properties):
            self.item = (counted, 0)
        elif tag == "q":
            self.runs.append(("“", self.places[-1].bold))
        elif tag == "tr" and self.cells is None and self.flat.is_row(element):
            self.cells = []
        elif tag in ("td", "th") and self.cells is not None:
            self.cells.append([])
        elif tag in ("dt", "dd"):
            self._term(element)

    def _end(self, element: Element) -> None:
        place = self.places[-1]
        tag = element.tag
        if tag in parts.NO_TEXT or tag == "br":
            self.places.pop()
            return
        if self._is_block(element, self.styles.of(element)):
            self._flush()
        if tag == "q":
            self.runs.append(("”", place.bold))
        elif tag in LISTS and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.item = None
        elif self.cells is not None and self._ends_row(element):
            self._row(place)
        self.counters.end(len(self.places))
        self.places.pop()

    def _ends_row(self, element: Element) -> bool:
        return self.flat.ends_pair(element) if element.tag in ("dd", "dt") else self.flat.is_row(element)

    def _is_block(self, element: Element, properties: Properties) -> bool:
        shown = parts.visible_style(properties)
        if shown == "inline" and element.tag in ("div", "p", "li", "section"):
            return False
        return element.tag in _BLOCKS or shown == "block"

    def _term(self, element: Element) -> None:
        """A term and its definition make a row of two cells, where the definition is plain text."""
        if self.cells is not None and self.flat.in_pair(element):
            self.cells.append([])
        elif element.tag == "dt" and self.cells is None and self.flat.begins_pair(element):
            self.cells = [[]]

    def _aside(self, element: Element, why: str) -> None:
        text = " ".join("".join(element.itertext()).split())
        if text and "<" not in text:
            self._flush()
            self.composer.add([(text, False)], kind="paragraph", left_out=why)

    def _comment(self, comment: Element) -> None:
        """Word's labels may stand in a comment that only its own programs open."""
        label = office.label_in_comment(comment.text or "")
        if label and not any(text.strip() for text, _ in self.runs) and not self.labels:
            self.labels.append(label)

    # -- text -----------------------------------------------------------------------------------------------------

    def _text(self, text: str | None) -> None:
        if not text:
            return
        place = self.places[-1]
        if not place.pre:
            text = _WHITE.sub(" ", text)
        if place.deleted:
            self.deleted.append(text)
            return
        if place.label:
            self.labels.append(text)
            return
        if self.runs and text[:1] == " " and not place.pre and self.runs[-1][0][-1:] in (" ", "\n"):
            text = text[1:]
        if text:
            self.runs.append((text, place.bold))

    def _new_line(self, properties: Properties, element: Element) -> None:
        """In a page viewer, text at another height is another line."""
        top = properties.get("top", "") or office.height_of(element)
        if top != self.top and top:
            self._flush()
            self.top = top
        elif self.runs:
            self.runs.append((" ", False))

    # -- blocks ---------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        """End the paragraph at hand."""
        runs, self.runs = self.runs, []
        labels, self.labels = self.labels, []
        deleted, self.deleted = self.deleted, []
        place = self.places[-1]
        if any(text.strip() for text, _ in runs):
            if self.cells is not None:
                self._into_cell(runs, labels)
            else:
                self._block(runs, flow.bullet("".join(labels)), place)
            self.gap = 0
        elif any("\xa0" in text or "\n" in text for text, _ in runs):
            self.gap += 1
        self._out_beside(deleted)

    def _out_beside(self, deleted: list[str]) -> None:
        text = " ".join("".join(deleted).split())
        if not text:
            return
        self.notes.met("Left out deleted or struck-out text ({count} {times}).")
        if self.cells is None:
            self.composer.add([(text, False)], kind="paragraph", left_out=DELETED)

    def _into_cell(self, runs: list[Run], labels: list[str]) -> None:
        assert self.cells is not None
        label = flow.bullet("".join(labels)) or (self.item[0] if self.item else "")
        self.item = None
        if not self.cells:
            self.cells.append([])
        cell = self.cells[-1]
        cell.extend([("\n", False)] if cell else [])
        cell.extend([(f"{label} ", False)] if label else [])
        cell.extend(runs)

    def _block(self, runs: list[Run], label: str, place: Place) -> None:
        text = "".join(text for text, _ in runs)
        numbered = bool(label) or (self.item is not None and any(c.isalnum() for c in self.item[0]))
        out = place.out or ("" if place.heading or numbered else parts.control(text))
        if out:
            self.notes.met(f"Left out: {out} ({{count}} {{pieces}}).")
            self.composer.add(runs, kind="paragraph", left_out=out)
            return
        if place.heading and self.glued:
            runs = office.unglued(runs)
        level = 0
        if self.item is not None:
            label, level = label or self.item[0], self.item[1]
        item, self.item = self.item, None
        columns = round(max(place.margin, 0) / _COLUMN)
        inside = 4 * place.lists - (4 if level else 0)
        kind = "heading" if place.heading else "item" if level or label else "quote" if place.quote else "paragraph"
        if (place.pre or place.line) and kind == "paragraph":
            flow.add_lines(self.composer, runs, gap=0 if place.line else self.gap + 1, indent=columns)
            return
        flow.add(
            self.composer,
            runs,
            kind=kind,
            label=label,
            level=place.heading or level or (1 if label and not place.lists else 0),
            indent=inside + columns if place.lists else columns,
            gap=0 if item is not None or place.line else self.gap + 1,
        )

    def _row(self, place: Place) -> None:
        cells, self.cells = self.cells or [], None
        flow.add_row(self.composer, cells, place.out, 4 * place.lists)

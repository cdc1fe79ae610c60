"""The tree of a page to blocks, in one pass without recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policylint.readers import flow
from policylint.readers.compose import Composer, Run
from policylint.readers.html import markers, office, parts, tables
from policylint.readers.html.parts import Parts
from policylint.readers.html.style import Properties, Styles, bold, points, struck
from policylint.readers.html.tree import Element

DELETED = "deleted or struck-out text"
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "option optgroup select textarea".split()
)
_CONTROLS = frozenset("select textarea option optgroup datalist progress meter".split())
_HEADING = re.compile(r"h[1-6]")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_WHITE = re.compile(r"[ \t\n\r\f]+")
_COLUMN = 9.0
"""Points that a column of plain text takes: half an inch is a tab stop of four."""


@dataclass(frozen=True, slots=True)
class Place:
    """What the text at a point of the tree inherits.

    Attributes:
        lists: how many lists it stands in.
        margin: points that it is set in by margins.
        out: why it is no part of the policy, or "".
        label: whether it is a list label that the page's author typed or Word wrote.
        line: whether each element is a line of its own, placed by coordinates (page viewers).
    """

    lists: int = 0
    bold: bool = False
    pre: bool = False
    quote: bool = False
    heading: int = 0
    margin: float = 0.0
    out: str = ""
    deleted: bool = False
    label: bool = False
    line: bool = False


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

    def run(self, body: Element) -> None:
        """Read all below an element."""
        from lxml import etree

        events = etree.iterwalk(body, events=("start", "end", "comment"))
        for event, element in events:
            if event == "start":
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
        place = self._place(element, here, properties)
        if place.line and not here.line:
            self.top = ""
        elif place.line:
            self._new_line(properties, element)
        before = self.styles.before(element)
        self.places.append(place)
        self.counters.start(properties, len(self.places))
        self.counters.start(before, len(self.places) + 1)
        self._open(element, properties, before)

    def _open(self, element: Element, properties: Properties, before: Properties) -> None:
        """What an element does beside changing how its text is read."""
        tag = element.tag
        counted = self.counters.text(before["content"]) if "content" in before else ""
        if tag in _LISTS:
            self.lists.append(markers.open_list(element, properties, len(self.lists) + 1))
        elif tag == "li":
            state = self.lists[-1] if self.lists else markers.ListState(False, "disc", 1, 1, 1)
            label = markers.next_label(state, element, properties)
            self.item = (counted or label or markers.bullet_in(before.get("content", "")), max(len(self.lists), 1))
        elif counted and self._is_block(element, properties):
            self.item = (counted, 0)
        elif tag == "br":
            self.runs.append(("\n", False))
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
        if tag in parts.NO_TEXT:
            self.places.pop()
            return
        if self._is_block(element, self.styles.of(element)):
            self._flush()
        if tag == "q":
            self.runs.append(("”", place.bold))
        elif tag in _LISTS and self.lists:
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

    def _place(self, element: Element, here: Place, properties: Properties) -> Place:
        tag = element.tag
        why = self.parts.why.get(element)
        if element is self.parts.main:
            here = replace(here, out="")
        if why is not None and (not here.out or why == "" or here.out == parts.OUTSIDE):
            here = replace(here, out=why)
        if element in self.parts.opened:
            self.notes.met("Read text that the page shows only when its reader opens it ({count} {times}).")
        strong = bold(properties)
        margin = here.margin + points(properties.get("margin-left", "")) if "margin-left" in properties else here.margin
        if "text-indent" in properties:
            margin += points(properties["text-indent"])
        return replace(
            here,
            lists=here.lists + (tag in _LISTS),
            bold=strong if strong is not None else here.bold or tag in ("b", "strong", "th"),
            pre=here.pre or tag in ("pre", "textarea"),
            quote=here.quote or (tag == "blockquote" and self.flat.is_quote(element)),
            heading=self._heading(element, here),
            margin=margin if tag not in ("li", "ul", "ol", "body") else here.margin,
            out=here.out or office.left_out(element, properties) or self._control(element, here),
            deleted=here.deleted or tag in ("del", "s", "strike") or struck(properties) or office.deleted(element),
            label=here.label or properties.get("mso-list", "").lower() == "ignore",
            line=here.line or office.viewer_page(element),
        )

    def _heading(self, element: Element, here: Place) -> int:
        if isinstance(element.tag, str) and _HEADING.fullmatch(element.tag):
            return int(element.tag[1])
        if element.get("role") == "heading":
            level = element.get("aria-level") or "2"
            return int(level) if level.isdigit() and 0 < int(level) < 10 else 2
        return here.heading

    def _control(self, element: Element, here: Place) -> str:
        """Controls hold no text of the policy, but for the buttons that unfold its sections."""
        if element.tag in _CONTROLS:
            return "form"
        if element.tag != "button" or here.heading:
            return ""
        opens = any(
            element.get(a) is not None for a in ("aria-controls", "aria-expanded", "data-toggle", "data-bs-toggle")
        )
        return "" if opens else "page control"

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
        out = place.out or parts.control(text)
        if out:
            self.notes.met(f"Left out: {out} ({{count}} {{pieces}}).")
            self.composer.add(runs, kind="paragraph", left_out=out)
            return
        level = 0
        if self.item is not None:
            label, level = label or self.item[0], self.item[1]
        item, self.item = self.item, None
        columns = round(max(place.margin, 0) / _COLUMN)
        inside = 4 * place.lists - (4 if level else 0)
        word_level = office.list_level(label, place)
        kind = "heading" if place.heading else "item" if level or label else "quote" if place.quote else "paragraph"
        if (place.pre or place.line) and kind == "paragraph":
            flow.add_lines(self.composer, runs, gap=0 if place.line else self.gap + 1, indent=columns)
            return
        flow.add(
            self.composer,
            runs,
            kind=kind,
            label=label,
            level=place.heading or level or word_level,
            indent=inside + columns if place.lists else columns,
            gap=0 if item is not None or place.line else self.gap + 1,
        )

    def _row(self, place: Place) -> None:
        cells, self.cells = self.cells or [], None
        flow.add_row(self.composer, cells, place.out, 4 * place.lists)

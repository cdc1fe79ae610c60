"""What the text in an element inherits: weight, lists, headings, and whether it belongs to the policy."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from policylint.readers import flow
from policylint.readers.html import office, parts
from policylint.readers.html.parts import Parts
from policylint.readers.html.style import Properties, bold, points, struck
from policylint.readers.html.tables import Flat
from policylint.readers.html.tree import Element

LISTS = frozenset(("ul", "ol", "menu", "dir"))
_CONTROLS = frozenset("select textarea option optgroup datalist progress meter".split())
_HEADING = re.compile(r"h[1-6]")


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


class Places:
    """Finds the place of each element from that of its parent."""

    def __init__(self, found: Parts, flat: Flat, notes: flow.Notes) -> None:
        self.parts, self.flat, self.notes = found, flat, notes
        self._known: dict[tuple[Place, str], Place] = {}

    def place(self, element: Element, here: Place, properties: Properties) -> Place:
        """What the text in an element inherits; for one without attributes or style of its own, looked up by its tag."""
        tag = element.tag
        why = self.parts.why.get(element)
        if element is self.parts.main:
            here = replace(here, out="")
        if why is not None and (not here.out or why == "" or here.out == parts.OUTSIDE):
            here = replace(here, out=why)
        if element in self.parts.opened:
            self.notes.met("Read text that the page shows only when its reader opens it ({count} {times}).")
        if not properties and not element.attrib and tag != "blockquote":
            if (here, tag) not in self._known:
                self._known[here, tag] = self._changed(element, here, properties)
            return self._known[here, tag]
        return self._changed(element, here, properties)

    def _changed(self, element: Element, here: Place, properties: Properties) -> Place:
        tag = element.tag
        strong = bold(properties)
        margin = here.margin + points(properties.get("margin-left", "")) + points(properties.get("text-indent", ""))
        return replace(
            here,
            lists=here.lists + (tag in LISTS),
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

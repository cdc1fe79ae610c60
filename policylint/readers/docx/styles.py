"""What a paragraph or character style comes to when its ancestors are counted in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from policylint.readers.docx.names import Element, integer, is_on, value, w

_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc \d|toc heading|table of (?:figures|authorities)|contents \d")
_QUOTES = frozenset(("quote", "intense quote", "block text", "block quote", "block quotation"))
_TYPED = frozenset(("plain text", "preformatted text", "html preformatted"))
_MOST_ANCESTORS = 50
BODY = 9
"""The outline level that says: no heading."""


@dataclass(frozen=True, slots=True)
class Indent:
    """How far a paragraph is set in, in twentieths of a point; None for what is not said."""

    left: int | None = None
    first: int | None = None

    def over(self, below: Indent) -> Indent:
        """This, with what it does not say taken from another."""
        left = self.left if self.left is not None else below.left
        return Indent(left, self.first if self.first is not None else below.first)


@dataclass(frozen=True, slots=True)
class Look:
    """How characters look: each True, False, or None where nothing is said; size in half points."""

    bold: bool | None = None
    hidden: bool | None = None
    struck: bool | None = None
    capitals: bool | None = None
    size: int | None = None
    font: str | None = None

    def over(self, below: Look) -> Look:
        """This, with what it does not say taken from another."""
        return Look(
            below.bold if self.bold is None else self.bold,
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.capitals if self.capitals is None else self.capitals,
            below.size if self.size is None else self.size,
            below.font if self.font is None else self.font,
        )

    def toggled(self, paragraph: Look) -> Look:
        """A character style within a paragraph style: bold within bold is plain again, as Word has it."""
        bold = bool(self.bold) != bool(paragraph.bold)
        return replace(self.over(paragraph), bold=bold)


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits.

    Attributes:
        names: of the style and its ancestors, nearest first, in small letters, as Word knows them in every language.
        ids: the same, as ids.
        outline: heading level from 0, BODY for none, None where nothing is said.
        num: id of its list, or None; "0" is a list on purpose of none.
        num_level: level in that list, where it is said.
        num_ids: ids of the styles down to the one that names the list.
        leader: whether it has a tab stop with a line of dots.
    """

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    outline: int | None = None
    num: str | None = None
    num_level: int | None = None
    num_ids: tuple[str, ...] = ()
    indent: Indent = Indent()
    look: Look = Look()
    leader: bool = False

    @property
    def title(self) -> bool:
        """Whether it is the style of the document's title."""
        return "title" in self.names

    @property
    def contents(self) -> bool:
        """Whether it is a style of tables of contents."""
        return bool(self.names) and _CONTENTS.fullmatch(self.names[0]) is not None

    @property
    def quote(self) -> bool:
        """Whether it is a style of block quotations."""
        return any(name in _QUOTES for name in self.names)

    @property
    def typed(self) -> bool:
        """Whether it is the style of plain text that was opened or pasted."""
        return any(name in _TYPED for name in self.names)


_NONE = Style()


@dataclass
class Styles:
    """The styles of a document; each is worked out when it is first asked for."""

    root: Element | None
    _elements: dict[str, Element] = field(default_factory=dict)
    _known: dict[str, Style] = field(default_factory=dict)
    _defaults: dict[str, str] = field(default_factory=dict)
    base: Look = Look()

    def __post_init__(self) -> None:
        if self.root is None:
            return
        for each in self.root.iterchildren(w("style")):
            id_ = each.get(w("styleId"), "")
            self._elements.setdefault(id_, each)
            if (each.get(w("default")) or "0").lower() in ("1", "true", "on"):
                self._defaults.setdefault(each.get(w("type"), ""), id_)
        properties = self.root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}")
        self.base = look_of(properties)

    def get(self, id_: str | None, kind: str = "paragraph") -> Style:
        """The style of an id; the document's default of that kind without one, or for one that is not defined."""
        if id_ is None or id_ not in self._elements:
            id_ = self._defaults.get(kind, "")
        style = self._known.get(id_)
        if style is None:
            style = self._known[id_] = self._resolved(id_)
        return style

    def list_of(self, id_: str) -> str | None:
        """The list (`numId`) that a numbering style stands for."""
        element = self._elements.get(id_)
        properties = element.find(f"{w('pPr')}/{w('numPr')}") if element is not None else None
        return value(properties, "numId")

    def _resolved(self, id_: str) -> Style:
        chain: list[Element] = []
        seen: set[str] = set()
        at: str | None = id_
        while at is not None and at in self._elements and at not in seen and len(chain) < _MOST_ANCESTORS:
            seen.add(at)
            chain.append(self._elements[at])
            at = value(chain[-1], "basedOn")
        style = _NONE
        for element in reversed(chain):
            style = _with(style, element)
        return style


def _with(below: Style, element: Element) -> Style:
    """A style on top of the one it is based on."""
    id_ = element.get(w("styleId"), "")
    name = " ".join((value(element, "name") or "").lower().split())
    properties = element.find(w("pPr"))
    heading = _HEADING.fullmatch(name)
    outline = integer(value(properties, "outlineLvl"))
    if outline is None and heading is not None:
        outline = int(heading[1]) - 1
    numbers = properties.find(w("numPr")) if properties is not None else None
    num, level = value(numbers, "numId"), integer(value(numbers, "ilvl"))
    own = num is not None or level is not None
    return Style(
        names=(name, *below.names),
        ids=(id_, *below.ids),
        outline=outline if outline is not None else below.outline,
        num=num if num is not None else below.num,
        num_level=level if own else below.num_level,
        num_ids=(id_,) if own else (id_, *below.num_ids),
        indent=indent_of(properties).over(below.indent),
        look=look_of(element.find(w("rPr"))).over(below.look),
        leader=below.leader or has_leader(properties),
    )


def has_leader(properties: Element | None) -> bool:
    """Whether paragraph properties set a tab stop with a line of dots."""
    tabs = properties.find(w("tabs")) if properties is not None else None
    return tabs is not None and any(tab.get(w("leader")) in ("dot", "middleDot") for tab in tabs)


def indent_of(properties: Element | None) -> Indent:
    """The indent that paragraph properties set."""
    found = properties.find(w("ind")) if properties is not None else None
    if found is None:
        return Indent()
    left = integer(found.get(w("start")) or found.get(w("left")))
    hanging = integer(found.get(w("hanging")))
    first = -hanging if hanging is not None else integer(found.get(w("firstLine")))
    return Indent(left, first)


_SWITCHES = {
    w("b"): "bold",
    w("vanish"): "hidden",
    w("strike"): "struck",
    w("dstrike"): "struck",
    w("caps"): "capitals",
}
_SIZE, _FONTS, _ASCII, _VAL = w("sz"), w("rFonts"), w("ascii"), w("val")
TELLING = frozenset((*_SWITCHES, _SIZE, _FONTS, w("rStyle")))
"""The run properties that matter here."""


def look_of(properties: Element | None) -> Look:
    """The look that run properties set."""
    if properties is None or not len(properties):
        return Look()
    said: dict[str, bool] = {}
    size: int | None = None
    font: str | None = None
    for each in properties:
        tag = each.tag
        switch = _SWITCHES.get(tag)
        if switch is not None:
            said[switch] = is_on(each) or (switch == "struck" and said.get(switch, False))
        elif tag == _SIZE:
            size = integer(each.get(_VAL))
        elif tag == _FONTS:
            font = each.get(_ASCII)
    return Look(size=size, font=font, **said)

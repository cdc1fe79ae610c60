"""Styles of paragraphs and of text: what they inherit from their parents, and the few properties that matter here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policylint.readers.odt.names import fo, style, text
from policylint.readers.odt.package import Element, Package

_MOST_PARENTS = 50
_LENGTH = re.compile(r"(-?\d{0,6}\.?\d{1,6})(in|cm|mm|pt|pc|px)")
_POINTS = {"in": 72.0, "cm": 28.35, "mm": 2.835, "pt": 1.0, "pc": 12.0, "px": 0.75}


@dataclass(frozen=True, slots=True)
class Look:
    """What a style says; None where neither it nor a style above it says anything.

    Attributes:
        margin: points by which a paragraph is set in, its first line's indent included.
        level: of the heading that it makes of a paragraph.
        numbers: name of its list style; "" means that a paragraph has no number.
        names: of the style and those above it.
    """

    bold: bool | None = None
    struck: bool | None = None
    hidden: bool | None = None
    margin: float | None = None
    indent: float | None = None
    level: int | None = None
    numbers: str | None = None
    names: tuple[str, ...] = ()


class Styles:
    """All styles of a document, by family and name."""

    def __init__(self, package: Package) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        self._looks: dict[tuple[str, str], Look] = {}
        for tree in (package.styles, package.content):
            for element in tree.iter(style("style")) if tree is not None else ():
                key = (element.get(style("family")) or "", element.get(style("name")) or "")
                self._elements[key] = element

    def look(self, family: str, name: str | None) -> Look:
        """What a style of a family ("paragraph", "text") says."""
        key = (family, name or "")
        if key not in self._looks:
            self._looks[key] = self._resolved(key)
        return self._looks[key]

    def _resolved(self, key: tuple[str, str]) -> Look:
        family, name = key
        look = Look()
        seen: set[str] = set()
        while name and name not in seen and len(seen) < _MOST_PARENTS:
            seen.add(name)
            element = self._elements.get((family, name))
            if element is None:
                break
            look = _under(look, _own(element, name))
            name = element.get(style("parent-style-name")) or ""
        return look


def _under(look: Look, above: Look) -> Look:
    """A look with what it leaves open taken from the style above."""
    return Look(
        bold=above.bold if look.bold is None else look.bold,
        struck=above.struck if look.struck is None else look.struck,
        hidden=above.hidden if look.hidden is None else look.hidden,
        margin=above.margin if look.margin is None else look.margin,
        indent=above.indent if look.indent is None else look.indent,
        level=above.level if look.level is None else look.level,
        numbers=above.numbers if look.numbers is None else look.numbers,
        names=look.names + above.names,
    )


def _own(element: Element, name: str) -> Look:
    words = element.find(style("text-properties"))
    paragraph = element.find(style("paragraph-properties"))
    level = element.get(style("default-outline-level"))
    weight = words.get(fo("font-weight")) if words is not None else None
    struck = words.get(style("text-line-through-style")) if words is not None else None
    display = words.get(text("display")) if words is not None else None
    return Look(
        bold=None if weight is None else weight in ("bold", "600", "700", "800", "900"),
        struck=None if struck is None else struck != "none",
        hidden=None if display is None else display == "none",
        margin=_length(paragraph, "margin-left"),
        indent=_length(paragraph, "text-indent"),
        level=None if level is None else int(level) if level.isdigit() else 0,
        numbers=element.get(style("list-style-name")),
        names=(element.get(style("display-name")) or name.replace("_20_", " "),),
    )


def _length(properties: Element | None, name: str) -> float | None:
    said = properties.get(fo(name)) if properties is not None else None
    match = _LENGTH.fullmatch(said) if said else None
    return float(match[1]) * _POINTS[match[2]] if match else None

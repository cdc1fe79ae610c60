"""Automatic numbers as a word processor shows them: list styles, start values, continued lists, numbered headings."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policylint.readers.flow import bullet
from policylint.readers.list_numbers import doubled_letters, letters, roman, upper
from policylint.readers.odt.names import LOEXT_FORMAT, XML_ID, style, text
from policylint.readers.odt.package import Element, Package

_FORMS: dict[str, Callable[[int], str]] = {
    "1": str,
    "a": letters,
    "A": upper(letters),
    "i": roman,
    "I": upper(roman),
}
_DEEPEST = 12
_PLACE = re.compile(r"%(\d{1,2})%")


@dataclass(frozen=True, slots=True)
class LevelStyle:
    """How the items of one level are marked.

    Attributes:
        form: of its own number, or None for a level that shows none.
        template: the whole label with "%1%" for the number of level 1, or "" when `shown` levels make it up.
        bullet: the mark, of a level with bullets.
    """

    form: Callable[[int], str] | None = None
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    template: str = ""
    bullet: str = ""


ListStyle = dict[int, LevelStyle]
"""By level, from 1."""

BULLETS: ListStyle = {level: LevelStyle(bullet="•") for level in range(1, _DEEPEST + 1)}
"""What a list without a style of its own shows."""


@dataclass(slots=True)
class Counting:
    """A list that is being numbered: the last number of each level, none below the last item."""

    numbers: dict[int, int] = field(default_factory=dict)

    def next(self, level: int, levels: ListStyle, start: int | None) -> None:
        """Count one more item at a level."""
        for above in range(1, level):  # a level that was passed over counts as begun
            self.numbers.setdefault(above, levels.get(above, LevelStyle()).start)
        after = self.numbers[level] + 1 if level in self.numbers else levels.get(level, LevelStyle()).start
        self.numbers[level] = after if start is None else start
        for deeper in [x for x in self.numbers if x > level]:
            del self.numbers[deeper]

    def label(self, level: int, levels: ListStyle) -> str:
        """The label of the item that was counted last."""
        here = levels.get(level)
        if here is None:
            return ""
        if here.bullet:
            return bullet(here.bullet)
        if here.form is None:
            return "".join(f"{here.prefix}{here.suffix}".split())  # a level may show nothing but its brackets
        if here.template:
            return " ".join(_PLACE.sub(lambda m: self._number(int(m[1]), levels), here.template).split())
        first = max(1, level - here.shown + 1)
        numbers = [n for x in range(first, level + 1) if (n := self._number(x, levels))]
        return " ".join(f"{here.prefix}{'.'.join(numbers)}{here.suffix}".split())

    def _number(self, level: int, levels: ListStyle) -> str:
        here = levels.get(level, LevelStyle())
        return here.form(self.numbers.get(level, here.start)) if here.form is not None else ""


class Lists:
    """The list styles of a document, and the lists that may be continued."""

    def __init__(self, package: Package) -> None:
        self.styles: dict[str, ListStyle] = {}
        self.outline: ListStyle = {}
        for tree in (package.styles, package.content):
            if tree is None:
                continue
            for element in tree.iter(text("list-style")):
                self.styles[element.get(style("name")) or ""] = _levels(element)
            for element in tree.iter(text("outline-style")):
                self.outline = _levels(element)
        self.headings = Counting()
        self._by_id: dict[str, Counting] = {}
        self._by_style: dict[str, Counting] = {}

    def begin(self, element: Element) -> Counting:
        """The counting that a list at the top level goes on with, or a new one."""
        name = element.get(text("style-name")) or ""
        other = element.get(text("continue-list"))
        if other is not None and other in self._by_id:
            found = self._by_id[other]
        elif element.get(text("continue-numbering")) == "true" and name in self._by_style:
            found = self._by_style[name]
        else:
            found = Counting()
        self._by_style[name] = found
        if element.get(XML_ID):
            self._by_id[element.get(XML_ID)] = found
        return found

    def heading(self, element: Element, level: int) -> str:
        """The number of a heading outside lists, "" where it has none; counts it."""
        here = self.outline.get(level)
        if here is None or element.get(text("is-list-header")) == "true":
            return ""
        start = integer(element.get(text("start-value")))
        if start is None and element.get(text("restart-numbering")) == "true":
            start = here.start
        self.headings.next(level, self.outline, start)
        return self.headings.label(level, self.outline)


def _levels(element: Element) -> ListStyle:
    found: ListStyle = {}
    for child in element:
        level = integer(child.get(text("level"))) or 0
        if 0 < level <= _DEEPEST:
            found[level] = _level(child)
    return found


def _level(element: Element) -> LevelStyle:
    prefix, suffix = element.get(style("num-prefix")) or "", element.get(style("num-suffix")) or ""
    if element.tag == text("list-level-style-bullet"):
        mark = element.get(text("bullet-char")) or "•"
        return LevelStyle(bullet="•" if mark.isalnum() else mark)  # a letter is a picture in a font of symbols
    if element.tag == text("list-level-style-image"):
        return LevelStyle(bullet="•")
    form = element.get(style("num-format")) or ""
    letter = form in ("a", "A") and element.get(style("num-letter-sync")) == "true"
    shape = {"a": doubled_letters, "A": upper(doubled_letters)}[form] if letter else _FORMS.get(form, str)
    return LevelStyle(
        form=shape if form else None,
        prefix=prefix,
        suffix=suffix,
        shown=integer(element.get(text("display-levels"))) or 1,
        start=_start(element),
        template=element.get(LOEXT_FORMAT) or element.get(style("num-list-format")) or "",
    )


def _start(element: Element) -> int:
    said = integer(element.get(text("start-value")))
    return 1 if said is None else said


def integer(said: str | None) -> int | None:
    """A whole number of an attribute, or None."""
    return int(said) if said is not None and re.fullmatch(r"-?\d{1,7}", said) else None

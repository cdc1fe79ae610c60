"""The numbers that Word shows before paragraphs: they stand nowhere in the file and are counted out here.

The rules are those of ISO/IEC 29500-1, 17.9: lists (`num`) of one definition (`abstractNum`) go on with each other's numbers
unless one says where it starts; a level starts anew after a higher one, unless it says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from policylint.readers.docx.names import MC, Element, integer, is_on, value, w
from policylint.readers.docx.numerals import numeral
from policylint.readers.docx.styles import Indent, Styles, indent_of
from policylint.readers.docx.symbols import BULLET, in_symbols, is_symbol_font

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_MOST_LABEL = 80
_MOST_LINKS = 5
_LEGAL = ("decimal", "decimalZero", "none")
"""What stays as it is in legal numbers: Word's own "Article I. / Section 1.01" is made so."""
_CUSTOM = re.compile(r"0*1(?=\s*,)")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list.

    Attributes:
        text: the label with a place for each number ("%1.%2", "Article %1."), or the bullet.
        legal: its numbers are shown in figures.
        restart: the level (from 1) after which it starts anew; 0 for never; None for any higher one.
        style: id of the paragraph style that stands for it, or "".
        font: of the label, if it is one of symbols.
    """

    start: int = 0
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    restart: int | None = None
    style: str = ""
    font: str | None = None
    indent: Indent = field(default_factory=Indent)


@dataclass(slots=True)
class _Definition:
    """A definition with what has been counted in it so far."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)
    columns: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its levels, those of its own on top of its definition's, and where it starts anew."""

    definition: _Definition
    levels: dict[int, Level]
    starts: dict[int, int]
    started: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list."""

    num: str
    level: int


class Numbering:
    """Counts the paragraphs of one document, which must be told in reading order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts = _by_id(root, "abstractNum", "abstractNumId")
        self._nums = _by_id(root, "num", "numId")
        self._definitions: dict[str, _Definition] = {}
        self._lists: dict[str, _List | None] = {}

    def level(self, place: Place) -> Level | None:
        """The level of a place, or None when there is no such list or level."""
        found = self._list(place.num)
        return found.levels.get(place.level) if found is not None else None

    def place_of_style(self, num: str, ids: tuple[str, ...], said: int | None) -> Place:
        """The place of a paragraph whose list comes from its style: the level that names the style, else the one it names."""
        found = self._list(num)
        if found is not None:
            for id_ in ids:
                for at, level in found.levels.items():
                    if level.style == id_:
                        return Place(num, at)
        return Place(num, said or 0)

    def count(self, place: Place) -> str:
        """Count a paragraph in; returns its label, "" for none."""
        found = self._list(place.num)
        level = found.levels.get(place.level) if found is not None else None
        if found is None or level is None:
            return ""
        counts, at = found.definition.counts, place.level
        for above in range(at):
            if counts[above] is None:
                counts[above] = _start(found, above)
        before = counts[at]
        if at in found.starts and at not in found.started:
            found.started.add(at)
            counts[at] = found.starts[at]
        else:
            counts[at] = before + 1 if before is not None else _start(found, at)
        for below in range(at + 1, LEVELS):
            restart = found.levels[below].restart if below in found.levels else None
            if restart is None or at < restart:
                counts[below] = None
        return _label(found.levels, at, counts)

    def column(self, place: Place, column: int) -> int:
        """The column of an item, moved in where the file shows a lower level no further in than the one above it."""
        found = self._list(place.num)
        if found is None:
            return column
        columns = found.definition.columns
        above = next((c for c in reversed(columns[: place.level]) if c is not None), None)
        column = column if above is None else max(column, above + 2)
        columns[place.level :] = [column, *[None] * (LEVELS - place.level - 1)]
        return column

    # -- reading --------------------------------------------------------------------------------------------------

    def _list(self, num: str) -> _List | None:
        if num not in self._lists:
            self._lists[num] = self._read_list(num)
        return self._lists[num]

    def _read_list(self, num: str) -> _List | None:
        element = self._nums.get(num)
        definition = self._definition(num)
        if element is None or definition is None:
            return None
        levels, starts = dict(definition.levels), {}
        for override in element.iterchildren(w("lvlOverride")):
            at = integer(override.get(w("ilvl")), 0) or 0
            own = override.find(w("lvl"))
            if own is not None and 0 <= at < LEVELS:
                levels[at] = _level(own)
            start = integer(value(override, "startOverride"))
            if start is not None:
                starts[at] = start
        return _List(definition, levels, starts)

    def _definition(self, num: str) -> _Definition | None:
        """The definition of a list, through the numbering styles that stand between."""
        for _ in range(_MOST_LINKS):
            id_ = value(self._nums.get(num), "abstractNumId") or ""
            element = self._abstracts.get(id_)
            if element is None:
                return None
            link = value(element, "numStyleLink")
            target = self._styles.list_of(link) if link is not None else None
            if target is None or target == num:
                known = self._definitions.get(id_)
                if known is None:
                    known = self._definitions[id_] = _Definition(dict(_levels(element)))
                return known
            num = target
        return None


def _by_id(root: Element | None, name: str, id_: str) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for each in root.iterchildren(w(name)) if root is not None else ():
        found.setdefault(each.get(w(id_), ""), each)
    return found


def _levels(abstract: Element) -> Iterator[tuple[int, Level]]:
    for each in abstract.iterchildren(w("lvl")):
        at = integer(each.get(w("ilvl")), 0) or 0
        if 0 <= at < LEVELS:
            yield at, _level(each)


def _level(element: Element) -> Level:
    text = element.find(w("lvlText"))
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    font = fonts.get(w("ascii")) or fonts.get(w("hAnsi")) if fonts is not None else None
    legal = element.find(w("isLgl"))
    return Level(
        start=integer(value(element, "start"), 0) or 0,
        format=BULLET if element.find(w("lvlPicBulletId")) is not None else _format(element),
        text=(text.get(w("val")) or "") if text is not None else "",
        legal=legal is not None and is_on(legal),
        restart=integer(value(element, "lvlRestart")),
        style=value(element, "pStyle") or "",
        font=font,
        indent=indent_of(element.find(w("pPr"))),
    )


def _format(level: Element) -> str:
    """The format of a level's number; padded figures are wrapped twice, for older programs."""
    own = level.find(w("numFmt"))
    if own is None:
        own = level.find(f"{MC}AlternateContent/{MC}Choice/{w('numFmt')}")
    if own is None:
        return "decimal"
    name = own.get(w("val")) or "decimal"
    if name == "custom":
        match = _CUSTOM.match(own.get(w("format")) or "")
        return match[0] if match is not None else "decimal"
    return name


def _start(found: _List, level: int) -> int:
    if level in found.starts:
        return found.starts[level]
    return found.levels[level].start if level in found.levels else 1


def _label(levels: dict[int, Level], at: int, counts: list[int | None]) -> str:
    level = levels[at]
    if level.format == BULLET:
        return BULLET
    if level.format == "bullet":
        return _bullet(level)

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        count = counts[place]
        if place > at or count is None:
            return ""
        format_ = levels[place].format if place in levels else "decimal"
        return numeral(count, "decimal" if level.legal and format_ not in _LEGAL else format_)

    return " ".join(_PLACE.sub(number, level.text).split())[:_MOST_LABEL]


def _bullet(level: Level) -> str:
    text = level.text.strip()
    if text == "o" and (level.font or "").lower().startswith("courier"):
        return "◦"
    if is_symbol_font(level.font) or any("\ue000" <= c <= "\uf8ff" for c in text):
        return in_symbols(text, level.font)[:1]
    return text[:_MOST_LABEL]

"""The tables at the head of a file: fonts, styles, lists. And the numbers of list items whose writer left them out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from policylint.readers.list_numbers import doubled_letters, ordinal, roman, two_digits, upper

_FORMS: dict[int, Callable[[int], str]] = {
    0: str,
    1: upper(roman),
    2: roman,
    3: upper(doubled_letters),
    4: doubled_letters,
    5: ordinal,
    22: two_digits,
}
_BULLET, _NONE = 23, 255
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)


@dataclass(slots=True)
class Level:
    """How a level of a list is marked: format, first number, and its label with chr(0) to chr(8) for numbers of levels."""

    form: int = 0
    start: int = 1
    template: str = ""

    def label(self, numbers: dict[int, int], levels: list[Level]) -> str:
        """The label with the numbers of each level put in."""
        if self.form == _BULLET:
            return "•"
        out = []
        for char in self.template:
            at = ord(char)
            if at > 8:
                out.append(char)
            elif at < len(levels):
                level = levels[at]
                out.append(_FORMS.get(level.form, str)(numbers.get(at, level.start)) if level.form != _NONE else "")
        return " ".join("".join(out).split())


@dataclass(slots=True)
class Style:
    """A paragraph style: its name, and the heading level that it or its name says (0 for none)."""

    name: str = ""
    level: int = 0


@dataclass
class Tables:
    """What the tables at the head of a file say.

    Attributes:
        fonts: number of a font -> encoding.
        styles: number of a style -> style.
        lists: id of a list -> its levels.
        overrides: number of a paragraph's list ("\\ls") -> id of the list.
        starts: (number of a paragraph's list, level) -> the number it starts again with.
    """

    fonts: dict[int, str] = field(default_factory=dict)
    styles: dict[int, Style] = field(default_factory=dict)
    lists: dict[int, list[Level]] = field(default_factory=dict)
    overrides: dict[int, int] = field(default_factory=dict)
    starts: dict[tuple[int, int], int] = field(default_factory=dict)
    numbers: dict[int, dict[int, int]] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)

    def name_style(self, number: int, name: str, level: int | None) -> None:
        """Enter a style; "heading 2" is one without an outline level, too."""
        match = _HEADING.search(name)
        named = int(match[1]) if match else 0
        self.styles[number] = Style(name, level + 1 if level is not None and level < 9 else named)

    def number(self, list_: int, level: int) -> str:
        """Count an item of a paragraph's list at a level (from 0), and its label; "" for a list that is in no table."""
        id_ = self.overrides.get(list_, list_)
        levels = self.lists.get(id_, [])
        if level >= len(levels):
            return ""
        numbers = self.numbers.setdefault(id_, {})
        if list_ not in self.begun:
            self.begun.add(list_)
            for (other, at), start in self.starts.items():
                if other == list_:
                    numbers[at] = start - 1
        numbers[level] = numbers[level] + 1 if level in numbers else levels[level].start
        for deeper in [x for x in numbers if x > level]:
            del numbers[deeper]
        return levels[level].label(numbers, levels)

"""Reads the tables at the head of a file from their tokens: fonts, styles, lists."""

from __future__ import annotations

from policylint.readers.rtf import charsets
from policylint.readers.rtf.lists import Level, Tables

NAMES = frozenset((b"fonttbl", b"stylesheet", b"listtable", b"listoverridetable"))
"""Destinations that are read here."""
_INNER = frozenset(
    (b"falt", b"panose", b"fname", b"fontemb", b"listname", b"liststylename", b"listpicture", b"keycode")
)


class Head:
    """Takes the tokens of one table after the other; `depth` counts groups within the table."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.begin(b"")

    def begin(self, name: bytes) -> None:
        """A table begins."""
        self.name = name
        self.depth = 0
        self.muted = 0
        self.number = 0
        self.text = ""
        self.outline: int | None = None
        self.levels: list[Level] = []
        self.template: str | None = None
        self.list_id = 0
        self.override_level = -1
        self.starts: dict[int, int] = {}

    def open(self) -> None:
        """A group begins."""
        self.depth += 1
        if self.depth == 1:
            self.number, self.text, self.outline, self.levels, self.override_level = 0, "", None, [], -1
            self.starts = {}

    def close(self) -> None:
        """A group ends."""
        if self.muted == self.depth:
            self.muted = 0
        if self.template is not None:
            if self.levels:
                # The first character is the label's length.
                self.levels[-1].template = self.template[1 : 1 + ord(self.template[0])] if self.template else ""
            self.template = None
        if self.depth == 1:
            self._entry()
        self.depth = max(self.depth - 1, 0)

    def _entry(self) -> None:
        if self.name == b"stylesheet":
            self.tables.name_style(self.number, self.text.strip(" ;"), self.outline)
        elif self.name == b"listtable" and self.levels:
            self.tables.lists[self.list_id] = self.levels
        elif self.name == b"listoverridetable":
            self.tables.overrides[self.number] = self.list_id
            self.tables.starts.update({(self.number, level): start for level, start in self.starts.items()})

    def word(self, word: bytes, number: int | None) -> None:
        """A control word."""
        value = number if number is not None else 0
        if word in _INNER and not self.muted:
            self.muted = self.depth
        elif self.name == b"fonttbl":
            self._font(word, value)
        elif self.name == b"stylesheet":
            if word in (b"s", b"cs", b"ds", b"ts"):
                self.number = value if word == b"s" else -1
            elif word == b"outlinelevel":
                self.outline = value
        else:
            self._list(word, value)

    def _font(self, word: bytes, value: int) -> None:
        if word == b"f":
            self.number = value
        elif word == b"fcharset":
            self.tables.fonts[self.number] = charsets.of_font(value)
        elif word == b"cpg":
            self.tables.fonts[self.number] = charsets.of_page(value)

    def _list(self, word: bytes, value: int) -> None:
        if word == b"listlevel" and len(self.levels) < 12:
            self.levels.append(Level())
        elif word in (b"levelnfc", b"levelnfcn") and self.levels:
            self.levels[-1].form = value
        elif word == b"levelstartat":
            if self.levels:
                self.levels[-1].start = value
            if self.name == b"listoverridetable" and self.override_level >= 0:
                self.starts[self.override_level] = value
        elif word == b"leveltext":
            self.template = ""
        elif word == b"listid":
            self.list_id = value
        elif word == b"ls":
            self.number = value
        elif word == b"lfolevel":
            self.override_level += 1

    def characters(self, text: str) -> None:
        """Text, bytes of a list level's label included."""
        if self.muted:
            return
        if self.template is not None:
            self.template += text
        elif len(self.text) < 200:
            self.text += text

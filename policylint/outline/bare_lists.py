"""Lists whose lines have neither bullet nor number, or have lost them on the way from another format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policylint.outline.lines import is_caps, stopped, words
from policylint.outline.paragraphs import Unit

_PROSE = ("line", "paragraph")
_GOES_ON = (";", "; and", "; or", ", and", ", or")


@dataclass(frozen=True, slots=True)
class _List:
    """The list being read: known by its indent, or by lines of one kind at one distance."""

    indent: int
    gap: int
    by_indent: bool


class BareLists:
    """Says of one unit after the other whether it is an item of such a list."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.open: _List | None = None

    def end(self) -> None:
        """A heading ends any list."""
        self.open = None

    def takes(self, at: int, lead_in: Unit | None) -> bool:
        """Whether a unit without label is an item; `lead_in` is the unit before it if that announces a list."""
        unit = self.units[at]
        if unit.kind not in _PROSE or (is_caps(unit.text) and unit.lines == 1):
            self.open = None
        elif self.open is None:
            self.open = self._begin(at, lead_in)
        elif unit.indent < self.open.indent or not (self.open.by_indent or self._same(at)):
            self.open = None
        return self.open is not None

    def _begin(self, at: int, lead_in: Unit | None) -> _List | None:
        if lead_in is None:
            return None
        unit = self.units[at]
        if unit.indent > lead_in.indent and unit.text[:1] not in "\"“'‘":
            return _List(unit.indent, 0, by_indent=True)
        if unit.text.endswith(_GOES_ON) or self._run(at) > 1:
            return _List(unit.indent, self.units[at + 1].gap if at + 1 < len(self.units) else 0, by_indent=False)
        return None

    def _same(self, at: int) -> bool:
        assert self.open is not None
        before, unit = self.units[at - 1], self.units[at]
        if before.text.endswith(_GOES_ON):
            return True
        return unit.gap <= self.open.gap and _like_item(unit) and not stopped(before.text)

    def _run(self, at: int) -> int:
        """How many lines that could be items follow one another at the same distance, at most three."""
        run = 0
        while at + run < len(self.units) and run < 3 and _like_item(self.units[at + run]):
            if run > 1 and self.units[at + run].gap != self.units[at + 1].gap:
                break
            run += 1
        return run


def _like_item(unit: Unit) -> bool:
    plain = unit.label is None and unit.kind in _PROSE and unit.lines <= 2
    return plain and 0 < len(words(unit.text)) <= 14 and not unit.text.endswith((".", ":", "?"))

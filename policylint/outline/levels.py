"""The headings and items that are open at a point of a document, and which of them a new label or heading closes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from policylint.outline.labels import Label

CAPITALS, BARE, RUN_IN = 100, 101, 102
"""Ranks of headings that have neither number nor level: those in capitals stand above the others."""


@dataclass(frozen=True, slots=True)
class Level:
    """A heading or item that is still open.

    Attributes:
        section: index of its section, for a heading.
        passage: index of its passage, for an item.
        owner: the passage that its siblings hang under, too.
        rank: of a heading without a number: its level in a format that has levels, or CAPITALS, BARE or RUN_IN; else 0.
    """

    label: Label | None
    indent: int
    section: int | None = None
    passage: int | None = None
    owner: int | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands before a label.

    Attributes:
        heading: whether the label is that of a heading.
        lead_in: the passage that announces a list, or None.
        interrupted: whether a paragraph that belongs to no item has come after the last item.
    """

    heading: bool = False
    lead_in: int | None = None
    interrupted: bool = False


class Levels:
    """The open levels, outermost first."""

    def __init__(self) -> None:
        self.open: list[Level] = []

    @property
    def section(self) -> int:
        """Index of the innermost open section."""
        return next((x.section for x in reversed(self.open) if x.section is not None), 0)

    @property
    def items(self) -> Sequence[Level]:
        """The open items of the innermost section, innermost first."""
        count = 0
        while count < len(self.open) and self.open[-1 - count].passage is not None:
            count += 1
        return self.open[len(self.open) - count :][::-1]

    # -- headings without a number --------------------------------------------------------------------------------

    def close_ranks(self, level: int) -> None:
        """Close what a heading of a format that tells heading levels ends."""
        while self.open and not (self.open[-1].section is not None and 0 < self.open[-1].rank < level):
            self.open.pop()

    def close_for_bare(self, rank: int, goes_on: Callable[[Label], bool]) -> None:
        """Close what a heading without number or level ends: all, unless `goes_on` with the numbers around it."""
        keep = 0
        for i, level in enumerate(self.open):
            if level.section is None:
                break
            if level.rank and (level.rank < CAPITALS or level.rank < rank):
                keep = i + 1
            elif level.rank:
                break
            elif level.label is not None and goes_on(level.label):
                keep = i + 1
        del self.open[keep:]

    # -- labels ---------------------------------------------------------------------------------------------------

    def descend(self, label: Label, indent: int, setting: Setting) -> tuple[Label, Level | None]:
        """Close the levels that a label ends; returns how it is to be read and the sibling it follows, if any."""
        found = self._successor(label, indent, setting) or self._sibling(label, indent, setting)
        if found is not None:
            at, reading = found
            sibling = self.open[at]
            del self.open[at:]
            return reading, sibling
        if label.decimal:
            self._close_decimals(label)
        elif setting.heading and label.style.startswith("code"):
            # A statute's or form's own number begins anew at the top, below the headings that have none.
            self.open = [x for x in self.open if x.section is not None and x.label is None]
        elif setting.lead_in is None:
            while self.items and (self.open[-1].indent > indent + 1 or (setting.interrupted and not setting.heading)):
                self.open.pop()
        return next((r for r in _readings(label) if r.first), label), None

    def _successor(self, label: Label, indent: int, setting: Setting) -> tuple[int, Label] | None:
        """The open level whose next number this is: of several, one that is set in as far, else the innermost."""
        found = list(self._successors(label, setting))
        return next((each for each in found if abs(self.open[each[0]].indent - indent) <= 1), next(iter(found), None))

    def _successors(self, label: Label, setting: Setting) -> Iterator[tuple[int, Label]]:
        """All open levels whose next number this is, innermost first."""
        if label.bullet:
            return
        for at in range(len(self.open) - 1, -1, -1):
            before = self.open[at].label
            if before is None:
                if self.open[at].section is not None and not setting.heading:
                    return
                continue
            reading = next((r for r in _readings(label) if r.follows(before)), None)
            if reading is not None:
                yield at, reading

    def _sibling(self, label: Label, indent: int, setting: Setting) -> tuple[int, Label] | None:
        """The innermost open level of the same style that the label can belong to without being its next number."""
        floor = 0
        if setting.lead_in is not None:
            # A list under a new lead-in does not go on with the lists before it.
            floor = next((i for i, x in enumerate(self.open) if x.passage == setting.lead_in), len(self.open))
        for at in range(len(self.open) - 1, floor - 1, -1):
            level = self.open[at]
            if level.label is None:
                return None
            for reading in _readings(label):
                if not reading.first and any(r.first for r in _readings(label)):
                    continue  # "i." after "b." begins a list of Roman numbers
                restarts = reading.first and not reading.bullet and at < len(self.open) - 1
                if restarts and not setting.interrupted and not setting.heading:
                    continue  # "(a)" again below "2." is a list within a list
                if _alike(level, reading, indent):
                    return at, reading
        return None

    def _close_decimals(self, label: Label) -> None:
        """Open levels stay only above a decimal number if they are its own beginning: 4 and 4.2 above 4.2.1."""
        keep = 0
        numbered = False
        for at, level in enumerate(self.open):
            above = level.label
            if above is None:
                # A bare heading inside the section of a shorter number ends where the next longer number begins.
                keep = at + 1 if level.section is not None and not numbered else keep
            elif above.values and label.values[:-1][: len(above.values)] == above.values:
                keep, numbered = at + 1, True
        if numbered or label.style.startswith("dec"):
            del self.open[keep:]
        else:
            # "A.1" below section 4 begins a numbering of its own.
            del self.open[len(self.open) - len(self.items) :]


def _readings(label: Label) -> tuple[Label, ...]:
    return (label,) if label.other is None else (label, label.other)


def _alike(level: Level, reading: Label, indent: int) -> bool:
    assert level.label is not None
    if level.label.style != reading.style:
        return False
    if reading.decimal:
        return reading.values[:-1] == level.label.values[:-1]
    if reading.bullet:
        return abs(level.indent - indent) <= 1
    if reading.first:
        return indent <= level.indent + 1
    return reading.values[-1] > level.label.values[-1]

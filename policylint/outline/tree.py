"""Pieces to a tree: which section holds a passage, and which passage or label it hangs under."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from policylint.document import Passage, Section, Span
from policylint.outline.headings import Piece, leads_in
from policylint.outline.labels import Label
from policylint.outline.lines import finished, is_caps, is_title, stopped
from policylint.outline.paragraphs import Unit


@dataclass(frozen=True, slots=True)
class _Level:
    """A heading or item that is still open.

    Attributes:
        section: index of its section, for a heading.
        passage: index of its passage, for an item.
        owner: the passage that its siblings hang under, too.
        rank: of a heading without a number: its Markdown level, or 100 for capitals and 101 for others.
    """

    label: Label | None
    indent: int
    section: int | None = None
    passage: int | None = None
    owner: int | None = None
    rank: int = 0


class Builder:
    """Puts pieces into sections and passages, in reading order."""

    def __init__(self, text: str, pieces: Sequence[Piece], starts: Sequence[int]) -> None:
        self.text, self.pieces = text, pieces
        self.starts = starts
        self.sections = [Section(0, None, "", "", 0, (), 1)]
        self.passages: list[Passage] = []
        self.open: list[_Level] = []
        self.lead_in: int | None = None
        self.announcer: int | None = None
        self.titled: int | None = None
        self.interrupted = False
        self._sibling: _Level | None = None

    def run(self) -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
        """Build all; sections and passages in reading order."""
        for at, piece in enumerate(self.pieces):
            if piece.role == "heading":
                self._heading(at, piece.unit, run_in=piece.run_in)
            elif piece.role == "item":
                self._item(piece.unit)
            else:
                self._other(piece)
        return tuple(self.sections), tuple(self.passages)

    # -- headings -------------------------------------------------------------------------------------------------

    def _heading(self, at: int, unit: Unit, *, run_in: bool) -> None:
        label, rank = unit.label, _rank(unit, run_in=run_in)
        if unit.kind == "heading":
            self._close_ranks(unit.level)
            rank = unit.level
        elif label is not None:
            label = self._descend(label, unit.indent, heading=True)
        else:
            self._close_for_bare(at, rank)
        parent = self._section()
        spans = tidy(self.text, unit.spans) or tidy(self.text, unit.whole)
        title = " ".join(" ".join(self.text[a:b] for a, b in spans).split())
        self.sections.append(
            Section(
                index=len(self.sections),
                parent=parent,
                label=label.text if label else "",
                title=title.rstrip(".:–—- ") if unit.spans else "",
                level=self.sections[parent].level + 1,
                spans=spans,
                line=bisect_right(self.starts, unit.whole[0][0]),
                page=unit.page,
            )
        )
        self.open.append(_Level(label, unit.indent, section=len(self.sections) - 1, rank=rank))
        self.lead_in = self.announcer = self.titled = None
        self.interrupted = False

    def _close_ranks(self, level: int) -> None:
        """Close what a heading of a format that tells heading levels ends."""
        while self.open and not (self.open[-1].section is not None and 0 < self.open[-1].rank < level):
            self.open.pop()

    def _close_for_bare(self, at: int, rank: int) -> None:
        """Close what a heading without number or level ends: all, unless the numbers go on around it."""
        keep = 0
        for i, level in enumerate(self.open):
            if level.section is None:
                break
            if level.rank and (level.rank < 100 or level.rank < rank):
                keep = i + 1
            elif level.rank:
                break
            elif level.label is not None and self._numbers_go_on(at, level.label):
                keep = i + 1
        del self.open[keep:]

    def _numbers_go_on(self, at: int, label: Label) -> bool:
        """Whether a heading later on continues a numbered heading that is open here."""
        for piece in self.pieces[at + 1 : at + 60]:
            found = piece.unit.label
            if found is None or found.bullet:
                continue
            for reading in (found, found.other):
                if reading is not None and reading.style == label.style:
                    return piece.role == "heading" and reading.follows(label)
        return False

    # -- items ----------------------------------------------------------------------------------------------------

    def _item(self, unit: Unit) -> None:
        label = unit.label
        if label is None:
            self._add(unit, "item", self.announcer)
            return
        self._unfinished_lead_in(label)
        label = self._descend(label, unit.indent, heading=False)
        above = self.open[-1] if self.open else None
        owner = self._owner(above)
        self._add(unit, "item", owner, label)
        self.open.append(_Level(label, unit.indent, passage=len(self.passages) - 1, owner=owner))
        self.lead_in = None
        self.interrupted = False

    def _unfinished_lead_in(self, label: Label) -> None:
        """A paragraph that stops without punctuation right before a list leads in to it."""
        last = self.passages[-1] if self.passages else None
        if self.interrupted and label.first and last is not None and last.kind == "paragraph" and last.section == self._section():
            start, end = last.spans[-1]
            if not finished(self.text[max(start, end - 20) : end]):
                self.lead_in = last.index

    def _section(self) -> int:
        return next((x.section for x in reversed(self.open) if x.section is not None), 0)

    def _owner(self, above: _Level | None) -> int | None:
        if self.lead_in is not None:
            return self.lead_in
        if self._sibling is not None:
            return self._sibling.owner
        return above.passage if above is not None else None

    def _descend(self, label: Label, indent: int, *, heading: bool) -> Label:
        """Close the levels that a label ends; sets the sibling it follows, if any, and settles how it is read."""
        self._sibling = None
        found = self._place(label, indent, heading=heading)
        if found is not None:
            at, reading = found
            self._sibling = self.open[at]
            del self.open[at:]
            if self.lead_in is not None and not (reading.first and not heading):
                self.lead_in = None
            return reading
        if label.decimal:
            self._close_decimals(label)
        elif heading and label.style.startswith("code"):
            # A statute's or form's own number begins anew at the top, below the headings that have none.
            self.open = [x for x in self.open if x.section is not None and x.label is None]
        elif self.interrupted and self.lead_in is None and not heading:
            while self.open and self.open[-1].passage is not None:
                self.open.pop()
        elif self.lead_in is None:
            while self.open and self.open[-1].passage is not None and self.open[-1].indent > indent + 1:
                self.open.pop()
        if label.other is not None and label.other.first and not label.first:
            return label.other
        return label

    def _place(self, label: Label, indent: int, *, heading: bool) -> tuple[int, Label] | None:
        """The open level that the label is a sibling of, and how the label is to be read there."""
        readings = [label] if label.other is None else [label, label.other]
        floor = self._floor()
        for at in range(len(self.open) - 1, -1, -1):
            level = self.open[at]
            if level.label is None:
                if level.section is not None and not heading:
                    break
                continue
            for reading in readings:
                if reading.follows(level.label) and not reading.bullet:
                    return at, reading
        for at in range(len(self.open) - 1, floor - 1, -1):
            level = self.open[at]
            if level.label is None:
                break
            for reading in readings:
                if reading is label and label.other is not None and label.other.first:
                    continue  # "i." after "b." begins a list of Roman numbers
                if reading.first and not reading.bullet and at < len(self.open) - 1 and not self.interrupted and not heading:
                    continue  # "(a)" again below "2." is a list within a list
                if self._sibling_at(level, reading, indent):
                    return at, reading
        return None

    def _floor(self) -> int:
        """A list under a new lead-in does not go on with the lists before it."""
        if self.lead_in is None:
            return 0
        return next((i for i, x in enumerate(self.open) if x.passage == self.lead_in), len(self.open))

    @staticmethod
    def _sibling_at(level: _Level, reading: Label, indent: int) -> bool:
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

    def _close_decimals(self, label: Label) -> None:
        """Open levels stay only above a decimal number if they are its own beginning: 4 and 4.2 above 4.2.1."""
        keep = 0
        for at, level in enumerate(self.open):
            above = level.label
            if above is None:
                keep = at + 1 if level.section is not None else keep
            elif above.values and len(above.values) < len(label.values) and label.values[: len(above.values)] == above.values:
                keep = at + 1
        last = next((at for at in range(keep - 1, -1, -1) if self.open[at].label is not None), None)
        # A bare heading inside the section of a shorter number ends where the next longer number begins.
        del self.open[keep if last is None else last + 1 :]

    # -- the rest -------------------------------------------------------------------------------------------------

    def _other(self, piece: Piece) -> None:
        unit = piece.unit
        owner = None
        level = self.open[-1] if self.open else None
        if piece.role == "paragraph" and level is not None and level.passage is not None:
            owner = self._continued(level, unit)
        elif piece.role in ("quote", "row"):
            owner = self.lead_in
        self._add(unit, piece.role, owner)
        if piece.role == "paragraph":
            self.interrupted = owner is None
            self.lead_in = len(self.passages) - 1 if leads_in(unit.text) else None

    def _continued(self, level: _Level, unit: Unit) -> int | None:
        """The item that an unnumbered paragraph belongs to: set in below its label, or under its short title."""
        for open_level in reversed(self.open):
            if open_level.passage is None:
                break
            if unit.indent > open_level.indent + 1 and not (open_level.label and open_level.label.bullet and unit.indent < open_level.indent + 2):
                return open_level.passage
        assert level.passage is not None
        item = self.passages[level.passage]
        titled = level.passage == len(self.passages) - 1 and self._is_title(item, level)
        if titled and (self.titled is not None or (level.label is not None and level.label.first)):
            self.titled = level.passage
            return level.passage
        if titled or self.titled != level.passage:
            self.titled = None
        return None

    def _is_title(self, item: Passage, level: _Level) -> bool:
        """Whether an item is but a title, as in lists where each title has a paragraph of its own."""
        text = "".join(self.text[a : min(b, a + 120)] for a, b in item.spans)
        return level.label is not None and not level.label.bullet and len(text) < 90 and is_title(text) and not stopped(text)

    def _add(self, unit: Unit, kind: str, owner: int | None, label: Label | None = None) -> None:
        spans = tidy(self.text, unit.spans) if kind != "row" else unit.spans
        if not spans:
            spans = tidy(self.text, unit.whole)
        first, last = unit.whole[0][0], unit.whole[-1][1]
        if leads_in(unit.text):
            self.announcer = len(self.passages)
        self.passages.append(
            Passage(
                index=len(self.passages),
                section=self._section(),
                kind=kind,
                label=label.text if label else "",
                spans=spans,
                parent=owner,
                line=bisect_right(self.starts, first),
                end_line=bisect_right(self.starts, max(first, last - 1)),
                page=unit.page,
            )
        )


def tidy(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without white space at their ends, joined where nothing but white space lies between.

    A word broken by a hyphen at the end of a line stays in two spans, for the language layer to put together.
    """
    out: list[Span] = []
    for a, b in spans:
        piece = text[a:b]
        if not piece.strip():
            continue
        start, end = a + len(piece) - len(piece.lstrip()), a + len(piece.rstrip())
        if out and not text[out[-1][1] : start].strip() and text[out[-1][1] - 1] not in "-\u00ad\u2010":
            out[-1] = (out[-1][0], end)
        else:
            out.append((start, end))
    return tuple(out)


def _rank(unit: Unit, *, run_in: bool) -> int:
    if unit.label is not None:
        return 0
    return 102 if run_in else 100 if is_caps(unit.text) else 101

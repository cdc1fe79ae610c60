"""Pieces to a tree: which section holds a passage, and which passage it hangs under."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from policylint.document import Passage, Section, Span
from policylint.outline.headings import Piece
from policylint.outline.labels import Label
from policylint.outline.levels import BARE, CAPITALS, RUN_IN, Level, Levels, Setting
from policylint.outline.lines import announces, finished, is_caps, is_title, leads_in, stopped
from policylint.outline.paragraphs import Unit

_LOOK_AHEAD = 60
"""Pieces after a bare heading among which the numbers around it may go on."""


class Builder:
    """Puts pieces into sections and passages, in reading order."""

    def __init__(self, text: str, pieces: Sequence[Piece], starts: Sequence[int]) -> None:
        self.text, self.pieces, self.starts = text, pieces, starts
        self.sections = [Section(0, None, "", "", 0, (), 1)]
        self.passages: list[Passage] = []
        self.levels = Levels()
        self._forget()

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

    def _forget(self) -> None:
        """Nothing said before a heading leads in to what comes after it."""
        self.lead_in: int | None = None
        self.announcer: int | None = None
        self.titled: int | None = None
        self.interrupted = False

    # -- headings -------------------------------------------------------------------------------------------------

    def _heading(self, at: int, unit: Unit, *, run_in: bool) -> None:
        label, rank = unit.label, 0
        if unit.kind == "heading":
            rank = unit.level
            self.levels.close_ranks(rank)
        elif label is not None:
            setting = Setting(heading=True, interrupted=self.interrupted)
            label, _ = self.levels.descend(label, unit.indent, setting)
        else:
            rank = RUN_IN if run_in else CAPITALS if is_caps(unit.text) else BARE
            self.levels.close_for_bare(rank, lambda open_label: self._numbers_go_on(at, open_label))
        parent = self.levels.section
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
        self.levels.open.append(Level(label, unit.indent, section=len(self.sections) - 1, rank=rank))
        self._forget()

    def _numbers_go_on(self, at: int, label: Label) -> bool:
        """Whether a heading soon after continues the numbers of one that is open."""
        for piece in self.pieces[at + 1 : at + _LOOK_AHEAD]:
            found = piece.unit.label
            for reading in (found, found.other) if found is not None else ():
                if reading is not None and reading.style == label.style and not reading.bullet:
                    return piece.role == "heading" and reading.follows(label)
        return False

    # -- items ----------------------------------------------------------------------------------------------------

    def _item(self, unit: Unit) -> None:
        if unit.label is None:
            self._add(unit, "item", self.announcer)
            return
        self._lead_in_without_colon(unit.label)
        setting = Setting(lead_in=self.lead_in, interrupted=self.interrupted)
        label, sibling = self.levels.descend(unit.label, unit.indent, setting)
        above = self.levels.items
        if self.lead_in is not None and (sibling is None or label.first):
            owner: int | None = self.lead_in
        elif sibling is not None:
            owner = sibling.owner
        else:
            owner = above[0].passage if above else None
        self._add(unit, "item", owner, label)
        self.levels.open.append(Level(label, unit.indent, passage=len(self.passages) - 1, owner=owner))
        self.lead_in, self.interrupted = None, False

    def _lead_in_without_colon(self, label: Label) -> None:
        """A paragraph right before a list leads in to it if it stops without punctuation, or announces it in words."""
        last = self.passages[-1] if self.passages else None
        if last is None or not self.interrupted or not label.first or last.kind != "paragraph":
            return
        start, end = last.spans[-1]
        if last.announces or not finished(self.text[max(start, end - 20) : end]):
            self.lead_in = last.index

    # -- the rest -------------------------------------------------------------------------------------------------

    def _other(self, piece: Piece) -> None:
        paragraph = piece.role == "paragraph"
        owner = self._continued(piece.unit) if paragraph else self.lead_in
        if piece.role == "row" and owner is None:
            owner = self._announced_by_item()
        self._add(piece.unit, piece.role, owner, piece.unit.label)
        if paragraph:
            self.interrupted = owner is None
            self.lead_in = len(self.passages) - 1 if leads_in(piece.unit.text) else None

    def _announced_by_item(self) -> int | None:
        """The item right above a table that announces it: "6.3 The course covers the following:"."""
        last = self.passages[-1] if self.passages else None
        if last is None or last.section != self.levels.section:
            return None
        if last.kind == "row":
            return last.parent
        return self.announcer if last.kind == "item" and self.announcer == last.index else None

    def _continued(self, unit: Unit) -> int | None:
        """The item that an unnumbered paragraph belongs to: set in below its label, or under its short title."""
        items = self.levels.items
        if not items:
            return None
        for level in items:
            if unit.indent > level.indent + 1:
                return level.passage
        last = items[0]
        titled = last.passage == len(self.passages) - 1 and self._is_title(last)
        if titled and (self.titled is not None or last.owner is None or (last.label is not None and last.label.first)):
            self.titled = last.passage
            return last.passage
        if self.titled != last.passage:
            self.titled = None
        return None

    def _is_title(self, level: Level) -> bool:
        """Whether an item is but a title, as in lists where each title has a paragraph of its own."""
        if level.passage is None or level.label is None or level.label.bullet:
            return False
        text = "".join(self.text[a : min(b, a + 120)] for a, b in self.passages[level.passage].spans)
        return len(text) < 90 and is_title(text) and not stopped(text)

    def _add(self, unit: Unit, kind: str, owner: int | None, label: Label | None = None) -> None:
        spans = unit.spans if kind == "row" else tidy(self.text, unit.spans)
        first, last = unit.whole[0][0], unit.whole[-1][1]
        if leads_in(unit.text):
            self.announcer = len(self.passages)
        self.passages.append(
            Passage(
                index=len(self.passages),
                section=self.levels.section,
                kind=kind,
                label=label.text if label else "",
                spans=spans or tidy(self.text, unit.whole),
                parent=owner,
                line=bisect_right(self.starts, first),
                end_line=bisect_right(self.starts, max(first, last - 1)),
                page=unit.page,
                announces=kind in ("paragraph", "item") and announces(unit.text),
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

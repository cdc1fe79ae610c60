"""What each unit is: heading, item, paragraph, row or quotation. A heading that opens a paragraph is cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policylint.outline import run_ins, series, sizes
from policylint.outline.bare_lists import BareLists
from policylint.outline.lines import KNOWN, SMALL, has_verb, is_caps, is_title, leads_in, starts_small, stopped, words
from policylint.outline.paragraphs import Unit, body_size

_TERMS = re.compile(
    r"\b(?:definitions?|defined|terms?|terminology|glossary|acronyms?|abbreviations?|words)\b", re.IGNORECASE
)
_METADATA = re.compile(r"[^\d:]{2,40}:\s+\S|.*\b\d{1,2}/\d{1,2}/\d{2}")
_QUOTES = "\"“'‘«"


class Piece(NamedTuple):
    """A unit with its role; `run_in` marks a heading that was cut off the paragraph after it."""

    unit: Unit
    role: str
    run_in: bool = False


def classify(text: str, units: Sequence[Unit], *, short: bool) -> list[Piece]:
    """The role of every unit; `short` texts are passages rather than documents, and seldom have headings."""
    judge = _Judge(text, units, short=short)
    pieces = [piece for at in range(len(units)) for piece in judge.pieces(at)]
    levels = sizes.levels([piece.unit for piece in pieces if piece.role == "heading"], judge.size)
    return [_ranked(piece, levels) for piece in pieces] if levels else pieces


def _ranked(piece: Piece, levels: dict[float, int]) -> Piece:
    """A heading without a number at the level that its type size gives it."""
    level = levels.get(piece.unit.size, 0)
    if piece.role != "heading" or piece.run_in or piece.unit.kind == "heading" or piece.unit.label is not None:
        return piece
    return piece._replace(unit=piece.unit._replace(kind="heading", level=level)) if level else piece


_SENTENCES = re.compile(r"[a-z]{3}[.?!] [A-Z]")
"""Within a line, the end of one sentence and the beginning of another."""


class _Judge:
    """Goes through the units once, remembering what a reader remembers: the list being read, the last heading."""

    def __init__(self, text: str, units: Sequence[Unit], *, short: bool) -> None:
        self.text, self.units, self.short = text, units, short
        self.in_list: set[tuple[str, int]] = set()
        self.bare = BareLists(units)
        self.in_terms = False
        self.before: Piece | None = None
        self.last_role: dict[tuple[str, int], str] = {}
        self.size = body_size((u.size, len(u.text)) for u in units)
        self.run_ins = run_ins.RunIns(units)
        self.titles: frozenset[int] = frozenset() if short else series.titled(units)
        self.base = min((u.indent for u in units if u.label is None and (u.lines > 1 or len(u.text) > 60)), default=0)

    def pieces(self, at: int) -> list[Piece]:
        unit = self.units[at]
        split = None if self.short else self._run_in(at)
        found = (
            [Piece(split[0], "heading", run_in=True), Piece(split[1], "paragraph")]
            if split
            else [Piece(unit, self._role(at))]
        )
        for piece in found:
            if piece.role == "heading":
                self.in_terms = _TERMS.search(piece.unit.text) is not None
                self.bare.end()
        self._remember(unit, found[0].role)
        self.before = found[-1]
        return found

    def _remember(self, unit: Unit, role: str) -> None:
        if role == "heading" and unit.label is None:
            self.in_list.clear()
            self.last_role.clear()
        if unit.label is None or unit.label.bullet:
            return
        style = _series(unit)
        self.last_role[style] = role
        if role == "heading":
            self.in_list.discard(style)
        elif unit.label.first and self._after_lead_in():
            self.in_list.add(style)
        elif unit.label.first:
            self.in_list.discard(style)

    def _after_lead_in(self) -> bool:
        return self.before is not None and self.before.role in ("paragraph", "item") and leads_in(self.before.unit.text)

    def _role(self, at: int) -> str:
        unit = self.units[at]
        if unit.kind in ("row", "quote"):
            return unit.kind
        if unit.kind == "heading":
            return "heading" if not _reads_as_text(unit) else "item" if unit.label is not None else "paragraph"
        if unit.label is not None:
            return "heading" if self._numbered_heading(at) else "item"
        if unit.kind == "item":
            return "item"
        if self._quotation(unit):
            return "quote"
        if self.bare.takes(at, self.before.unit if self._after_lead_in() and self.before else None):
            return "item"
        return "heading" if self._bare_heading(at) else "paragraph"

    # -- headings with a number -----------------------------------------------------------------------------------

    def _numbered_heading(self, at: int) -> bool:
        unit = self.units[at]
        assert unit.label is not None
        text = unit.text
        if unit.label.bullet or not 0 < len(words(text)) <= 14 or unit.lines > 3 or starts_small(text):
            return False
        if stopped(text) and _SENTENCES.search(text):
            return False
        if at in self.titles or sizes.large(unit, self.size):
            return True
        new = unit.label.first and not (unit.label.decimal and len(unit.label.values) > 1)
        listed = _series(unit) in self.in_list if not new else self._after_lead_in()
        over = self._stands_over(at)
        if self._over_decimals(at):
            return not (stopped(text) and has_verb(text))
        if is_caps(text):
            return (over or not listed) and not (stopped(text) and has_verb(text.lower()))
        if listed or text.endswith((",", ";", ":") if self.short else (",", ";")) or re.search(r"; (?:and|or)$", text):
            return False
        if unit.bold:
            return over or not stopped(text)
        if is_title(text) and not (stopped(text) and len(words(text)) > 6):
            return not self._among_items(at) and (over or self._sibling_heading(at))
        if text.endswith(":") or has_verb(text) or len(words(text)) > 9 or _begins_sentence(text):
            return False
        return over and not self._among_items(at) and self._followed_by_text(at)

    def _over_decimals(self, at: int) -> bool:
        """Whether "4." is followed by "4.1"."""
        here, after = self.units[at].label, self.units[at + 1].label if at + 1 < len(self.units) else None
        if here is None or after is None or not after.decimal or here.decimal or len(here.values) != 1:
            return False
        return len(after.values) == 2 and after.values == (here.values[0], 1)

    def _among_items(self, at: int) -> bool:
        """Whether the numbers before were items, so that a title with their next number is one, too."""
        label = self.units[at].label
        assert label is not None
        if label.first or self.last_role.get(_series(self.units[at])) != "item":
            return False
        after = self.units[at + 1].label if at + 1 < len(self.units) else None
        return not (label.decimal and after is not None and after.decimal and len(after.values) > len(label.values))

    def _stands_over(self, at: int) -> bool:
        """Whether the next unit stands under this one: text, a bullet, or the first number of another style."""
        here = self.units[at].label
        if at + 1 >= len(self.units) or here is None:
            return False
        after = self.units[at + 1]
        if after.kind == "heading":
            return False
        label = after.label
        if label is None:
            return not self._plain_heading(at + 1)
        if label.bullet:
            return True
        if here.decimal and label.decimal and not label.first:
            return label.values[: len(here.values)] == here.values and len(label.values) > len(here.values)
        if label.style == here.style:
            return label.first and not here.first and after.indent > self.units[at].indent
        return (
            label.first
            or (label.other is not None and label.other.first)
            or (len(label.values) > 1 and label.values[0] == here.values[-1])
        )

    def _sibling_heading(self, at: int) -> bool:
        """A numbered title with nothing under it is a heading where the number before it was that of one."""
        label = self.units[at].label
        assert label is not None
        if label.decimal and len(label.values) > 1 and (self.units[at].gap > 0 or self._after_heading()):
            return True
        return self.last_role.get(_series(self.units[at])) == "heading"

    def _after_heading(self) -> bool:
        return self.before is not None and self.before.role == "heading"

    def _followed_by_text(self, at: int) -> bool:
        after = self.units[at + 1]
        return len(words(after.text)) > 4 or stopped(after.text) or leads_in(after.text)

    # -- headings without a number --------------------------------------------------------------------------------

    def _bare_heading(self, at: int) -> bool:
        unit = self.units[at]
        text = unit.text
        if at + 1 >= len(self.units) or (self.before is None and self.short and leads_in(text)):
            return False
        if sizes.large(unit, self.size):
            return not _METADATA.match(text)
        if self._after_lead_in() and unit.indent > self.base:
            return False
        if text.endswith(":"):
            return self._colon_heading(at)
        return self._plain_heading(at)

    def _plain_heading(self, at: int) -> bool:
        unit = self.units[at]
        text = unit.text
        count = len(words(text))
        if unit.kind in ("row", "item", "quote") or unit.lines > 2 or not 0 < count <= 14 or len(text) > 100:
            return False
        if not (text[0].isalnum() or text[0] in '“"(') or starts_small(text) or _ends_text(text):
            return False
        if text[0] == "(" and unit.gap == 0:
            return False  # what stands in brackets under a line belongs to it
        if _METADATA.match(text) or " | " in text or (re.search(r":\s", text) and not is_caps(text)):
            return False
        if is_caps(text) or unit.bold:
            return True
        after = self.units[at + 1] if at + 1 < len(self.units) else None
        if (
            after is None
            or (self.short and after.label is not None)
            or re.search(r"\d{1,2}/\d{1,2}/\d{2}|\b(?:19|20)\d\d\b", text)
        ):
            return False
        if is_title(text):
            # Under "Reference:" or the like, a title before the next heading is what that heading announced.
            named = self.before is not None and self.before.role == "heading" and self.before.unit.text.endswith(":")
            return not (named and after.label is None and after.text.endswith(":") and len(words(after.text)) <= 4)
        settled = (
            self.before is None
            or self.before.role == "heading"
            or stopped(self.before.unit.text)
            or self.before.unit.kind == "row"
        )
        prose = stopped(after.text) or leads_in(after.text) or (after.label is not None)
        return settled and prose and count <= 9 and unit.lines == 1 and not self.short and unit.gap > 0

    def _colon_heading(self, at: int) -> bool:
        unit = self.units[at]
        text = unit.text.rstrip(": ")
        found = words(text)
        if unit.lines > 1 or not 0 < len(found) <= 10 or re.search(r":\s", text):
            return False
        after = self.units[at + 1]
        if is_caps(text):
            return not (self.short and after.label is not None)
        if self.short and after.label is not None:
            return False
        if unit.bold or (len(found) <= 2 and any(w.lower() in KNOWN for w in found)):
            return True
        return is_title(text) and not has_verb(text) and after.label is None and after.kind != "row"

    def _quotation(self, unit: Unit) -> bool:
        return unit.indent >= self.base + 4 and unit.text[:1] in _QUOTES and unit.lines > 1

    # -- headings at the start of a paragraph ---------------------------------------------------------------------

    def _run_in(self, at: int) -> tuple[Unit, Unit] | None:
        unit, mark = self.units[at], self.run_ins.mark(at)
        if mark is None or self._after_lead_in():
            return None
        if (mark == ":" and self.in_terms) or (unit.label is not None and _series(unit) in self.in_list):
            return None
        return run_ins.cut(self.text, unit)


def _reads_as_text(unit: Unit) -> bool:
    """Whether what a format calls a heading is a paragraph in the style of one: Word numbers whole texts that way."""
    count = len(words(unit.text))
    return count > 25 or (unit.label is not None and count > 7 and stopped(unit.text) and has_verb(unit.text))


def _series(unit: Unit) -> tuple[str, int]:
    """What the numbers of one list share: their style, and roughly how far they are set in."""
    assert unit.label is not None
    return unit.label.style, unit.indent // 2


def _begins_sentence(text: str) -> bool:
    """Whether a line that holds no auxiliary verb still reads like the beginning of a sentence."""
    found = words(text)
    return found[0].lower() in ("the", "a", "an", "any", "each", "every", "no", "all") or found[-1].lower() in SMALL


def _ends_text(text: str) -> bool:
    """Whether a line ends as text does; titles may end with a question mark."""
    return text.endswith((",", ";", ":")) or (stopped(text) and not text.endswith("?"))

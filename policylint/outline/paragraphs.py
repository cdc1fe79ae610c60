"""Lines to units: which lines of a plain text belong together, and which labels really are labels.

Wrapped text gives itself away: a line was broken because the next word no longer fitted. The widths at which a document
breaks are measured where the break is certain (a sentence goes on in small letters), never assumed.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from policylint.document import Span
from policylint.outline.labels import Label
from policylint.outline.lines import (
    SMALL,
    Line,
    finished,
    first_word,
    has_verb,
    is_caps,
    is_title,
    starts_small,
    stopped,
    words,
)

_SHORT_OF_EDGE = 0.12
"""Share of surely wrapped lines that may end before the edge of their column in text that was wrapped for it."""
_POINTS_AT = frozenset(
    "section sections subsection subsections paragraph part item items clause rule policy code title rcw ann no".split()
)

_LEFT_OPEN = frozenset("when whenever if where unless who shall must should will".split())
"""Words with which a lead-in without a colon ends ("only when / 1. ..."), and with which no number goes on."""


class Unit(NamedTuple):
    """One or more lines that make one paragraph, item, heading or row; attributes as those of `Line`."""

    spans: tuple[Span, ...]
    text: str
    kind: str
    indent: int
    gap: int
    page: int | None
    level: int
    label: Label | None
    lines: int
    seam: bool
    lead: int
    bold: bool
    whole: tuple[Span, ...]
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Habit:
    """How a document breaks its lines.

    Attributes:
        gap: blank lines between the lines of one paragraph (1 where every line is followed by a blank one).
        low: a line that would end left of this column with the next word added was not broken by wrapping; None if unknown.
        usual: the median of the same.
        widest: the longest line that was surely wrapped.
        dashes: (bullet, indent) of the lines that begin with a dash, a star or an "o", counted.
        size: font size of most of the text, or 0 where the format does not say.
        to_edge: whether wrapped lines go as far as the page lets them, so that the room after a line says whether it was;
            not so where text was wrapped before it came to the page.
    """

    gap: int
    low: int | None
    usual: int
    widest: int
    dashes: Counter[tuple[str, int]]
    size: float = 0.0
    to_edge: bool = False


def habit_of(lines: Sequence[Line]) -> Habit:
    """Measure a document's line breaks."""
    pairs: list[tuple[int, int, int]] = []
    placed = short = 0
    for before, line in itertools.pairwise(lines):
        if line.kind != "line" or before.kind != "line" or line.label or line.seam or not before.text:
            continue
        if starts_small(line.text) and not finished(before.text) and before.right > 12:
            pairs.append((line.gap, before.right + 1 + first_word(line.text), before.right))
            placed += before.room is not None
            short += before.room is not None and before.room > _first(line)
    gap = 0
    if len(pairs) >= 3:
        gap = Counter(g for g, _, _ in pairs).most_common(1)[0][0]
    dashes = Counter((x.label.style, x.indent) for x in lines if x.label is not None and x.label.bullet)
    size = body_size((x.size, len(x.text)) for x in lines)
    reach = sorted(r for g, r, _ in pairs if g <= gap)
    if len(reach) < 3:
        return Habit(gap, None, 0, 0, dashes, size, to_edge=short == 0)
    low, usual = reach[len(reach) // 20] - 2, reach[len(reach) // 2]
    to_edge = placed > 0 and short <= _SHORT_OF_EDGE * placed
    return Habit(gap, low, usual, max(w for _, _, w in pairs), dashes, size, to_edge)


def body_size(pieces: Iterable[tuple[float, int]]) -> float:
    """The font size of most of the characters, of pieces with their size and length; 0 where no size is known."""
    count: Counter[float] = Counter()
    for size, length in pieces:
        count[size] += length
    return max(count, key=lambda size: (count[size], size)) if count else 0.0


def join(lines: Sequence[Line]) -> list[Unit]:
    """Join lines to units, in reading order."""
    habit = habit_of(lines)
    out: list[Unit] = []
    run: list[Line] = []
    seen: dict[str, Label] = {}
    for at, line in enumerate(lines):
        widest = _widest_near(lines, at, habit.gap) if habit.low is None else habit.widest
        here = line._replace(label=_settled(line.label, seen)) if line.label is not None else line
        if here.label is not None and run and line.kind == "line" and not _is_label(here, run, habit, seen, widest):
            here = _unlabelled(line)
        if run and not _goes_on(run, here, habit, widest):
            _close(out, run)
            run = []
        if here.label is not None and here.kind != "row":
            seen[here.label.style] = here.label
            if here.label.other is not None:
                seen[here.label.other.style] = here.label.other
        run.append(here)
    if run:
        _close(out, run)
    return out


def _settled(label: Label, seen: dict[str, Label]) -> Label:
    """A letter that may be a Roman number ("i", "V"), read as the labels before it suggest."""
    other = label.other
    before = seen.get(label.style)
    if other is None or (before is not None and label.follows(before)):
        return label
    above = seen.get(other.style)
    if other.first or (above is not None and other.follows(above)):
        return other._replace(other=label._replace(other=None))
    return label


def _close(out: list[Unit], run: Sequence[Line]) -> None:
    """Add the unit of some lines; a bullet with nothing after it is a mark on the page, no item."""
    label = run[0].label
    if any(line.text for line in run) or label is None or not label.bullet:
        out.append(_unit(run))


def _widest_near(lines: Sequence[Line], at: int, gap: int) -> int:
    """The longest of the few lines around: all there is to go by in a short text."""
    first = max(0, at - 1)
    while first > max(0, at - 6) and lines[first].gap <= gap:
        first -= 1
    return max(x.right for x in lines[first : at + 1] if x.kind == "line" or x is lines[at])


def _is_label(line: Line, run: Sequence[Line], habit: Habit, seen: dict[str, Label], widest: int) -> bool:
    """Whether what looks like a label is one, and not the wrapped middle of a sentence."""
    label, before = line.label, run[-1]
    assert label is not None
    if len(run) == 1 and not before.label and (is_caps(before.text) or (label.first and is_title(before.text[:200]))):
        return True
    tail = words(before.text[-40:])
    if (
        line.gap <= habit.gap
        and not label.bullet
        and tail
        and tail[-1].lower() in _POINTS_AT
        and not finished(before.text)
    ):
        return False
    if _continues_list(label, seen):
        return True
    if label.bullet:
        if label.sure or line.gap > habit.gap or finished(before.text) or before.label == label:
            return True
        return habit.dashes[label.style, line.indent] > 1
    if not label.sure:
        return False
    if line.gap > habit.gap or finished(before.text) or not _full(before, line, habit, widest):
        return True
    if label.first and tail and tail[-1].lower() in _LEFT_OPEN:
        return True
    return bool(line.text) and label.first and (label.style[0] in "ai" or label.style.endswith(")"))


def _continues_list(label: Label, seen: dict[str, Label]) -> bool:
    for reading in (label, label.other):
        if reading is None or reading.bullet:
            continue
        before = seen.get(reading.style)
        if before is not None and reading.follows(before):
            return True
        above = seen.get(f"dec{len(reading.values) - 1}") if reading.decimal else None
        if above is not None and reading.values == (*above.values, 1):
            return True
    return False


def _unlabelled(line: Line) -> Line:
    """The line with its label as part of the text."""
    assert line.label is not None
    return line._replace(label=None, spans=line.whole, text=f"{line.label.text} {line.text}")


def _full(before: Line, line: Line, habit: Habit, widest: int) -> bool:
    """Whether the next line's first word would not have fitted on the line before."""
    if "   " in before.text[:400]:
        return False  # columns, not running text
    if before.room is not None and habit.to_edge:
        return before.room <= _first(line)  # seen on the page, not guessed from the other lines
    reach = before.right + 1 + first_word(line.text)
    if habit.low is None:
        return reach > widest and before.right <= 150
    limit = habit.usual - 8 if habit.gap and stopped(before.text) else habit.low
    return reach >= limit and before.right <= 2 * habit.widest


def _first(line: Line) -> int:
    """Length of the first word, which may be that of a label."""
    return first_word(line.label.text) if line.label is not None else first_word(line.text)


def _goes_on(run: Sequence[Line], line: Line, habit: Habit, widest: int) -> bool:
    """Whether a line belongs to the unit of the lines before it."""
    before = run[-1]
    if "line" not in (before.kind, line.kind) or before.kind != line.kind or line.label is not None:
        return False
    if not before.text:
        # A bullet or number alone on its line; a lone dash before a blank line is a rule.
        return before.label is not None and (line.gap <= habit.gap or before.label.style not in "-–—_")
    if line.size and before.size and _other_type(before, line):
        return False
    placed = before.room is not None and habit.to_edge
    if placed and _one_heading(run, line, habit):
        return True
    small, done = starts_small(line.text), finished(before.text)
    full = _full(before, line, habit, widest)
    if len(run) == 1 and _headline(before, line, full=full):
        return False
    if is_caps(line.text) and not is_caps(before.text) and (line.gap > 0 or not full or done):
        return False
    if line.seam:
        return not done and (small or (full and before.right > 40))
    if line.gap > habit.gap:
        return small and not done and (full or (habit.low is None and before.right >= 40))
    if run[0].label is not None and line.indent < run[0].indent - 1 and not small:
        return False
    if done and line.indent > before.indent + 1 and len(run) > 1 and not run[0].label:
        return False
    if small and not done and placed:
        return full or (before.room or 0) < len(before.text)
    if small and not done:
        return full or before.right > (widest * 3 // 5 if habit.low is None else habit.low // 2)
    if habit.low is None and not placed:
        return full and before.right >= (60 if done else 40)
    return full


def _other_type(before: Line, line: Line) -> bool:
    """Whether two lines are set in sizes that no paragraph mixes."""
    return abs(line.size - before.size) > 0.09 * max(line.size, before.size)


def _one_heading(run: Sequence[Line], line: Line, habit: Habit) -> bool:
    """Whether a line goes on with a heading that did not fit on one line: set as large, or as bold, and as close."""
    before = run[-1]
    large = habit.size > 0 and before.size > 1.09 * habit.size and before.size == line.size
    bold = before.bold and line.bold and before.size == line.size and not stopped(before.text)
    if not (large or bold) or line.gap > 0 or len(run) > 2 or before.room is None:
        return False
    # A short line has room for the next word unless the heading was cut on purpose.
    return before.room <= _first(line)


def _headline(line: Line, after: Line, *, full: bool) -> bool:
    """Whether a line is plainly a heading, so that even a full one does not go on."""
    text = line.text
    last = words(text)[-1:] or [""]
    if last[0].lower() in SMALL or text.rstrip().endswith((",", "&", "/")) or text.count("(") > text.count(")"):
        return False
    if is_caps(text):
        return not is_caps(after.text) or not full
    if starts_small(after.text) or after.text[:1] == "(" or stopped(text) or has_verb(text):
        return False
    numbered = line.label is not None and not line.label.bullet
    return (
        is_title(text)
        and len(text) <= 90
        and (line.bold or (numbered and len(words(text)) > 1 and line.label is not None))
    )


def _unit(run: Sequence[Line]) -> Unit:
    first = run[0]
    text, spans, whole = first.text, first.spans, first.whole
    if len(run) > 1:
        text = " ".join([line.text for line in run])
        spans = tuple([s for line in run for s in line.spans])
        whole = tuple([s for line in run for s in line.whole])
    return Unit(
        spans=spans,
        text=" ".join(text.split()),
        kind=first.kind,
        indent=first.indent,
        gap=first.gap,
        page=first.page,
        level=first.level,
        label=first.label,
        lines=len(run),
        seam=first.seam,
        lead=len(" ".join(first.text[: first.lead].split())),
        bold=all(line.bold for line in run if line.text),
        whole=whole,
        size=first.size,
    )


def drop_rules(lines: Iterable[Line]) -> list[Line]:
    """The lines without drawn ones, whose space becomes part of the gap after them."""
    out: list[Line] = []
    extra = 0
    for line in lines:
        if line.kind == "rule":
            extra += line.gap + 1
            continue
        out.append(line._replace(gap=line.gap + extra) if extra else line)
        extra = 0
    return out

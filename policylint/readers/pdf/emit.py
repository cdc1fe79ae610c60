"""Lines in reading order to blocks: gaps and indents counted in lines and columns, words broken over lines put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policylint.readers.compose import Composer, Run
from policylint.readers.pdf.hyphens import unbroken
from policylint.readers.pdf.layout import is_mark
from policylint.readers.pdf.values import LaidLine, Word

_COLUMN = 0.5
"""Of the font size: how wide a column of plain text is taken to be."""
_WIDE_GAP = 1.6
_PITCH, _MOST_PITCH = 1.2, 2.8
"""Of the font size: how far lines stand apart if a document does not show it, and at most in one paragraph."""
_FEW = 3
_SET_APART = 0.9
"""Of the font size: the space after a number that is a label by its place alone."""
_SPACE = 0.28
"""Of the font size: the space between two words of common type."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is usual in a document.

    Attributes:
        size: font size of most of its text.
        pitch: from one line of a paragraph to the next, in font sizes.
        left, right: edges of the text over the whole width, by page.
    """

    size: float
    pitch: float
    left: Mapping[int, float]
    right: Mapping[int, float]


def measure(lines: Sequence[LaidLine], widths: Mapping[int, float]) -> Measure:
    """Measure a document; `widths` holds the width of each page."""
    sizes: Counter[float] = Counter()
    steps: Counter[float] = Counter()
    edges: dict[float, tuple[list[float], list[float]]] = {}
    before: LaidLine | None = None
    for line in lines:
        if line.left_out or line.table:
            before = None
            continue
        x0, y0, x1, _ = line.box
        size = line.size
        sizes[size] += sum(len(w.text) for w in line.cells[0])
        if not line.right:
            lefts, rights = edges.setdefault(widths[line.page], ([], []))
            lefts.append(x0)
            rights.append(x1)
        if before is not None and before.page == line.page and size == before.size and y0 > before.box[1]:
            steps[round(_base(line) - _base(before)) / size if size else 1.0] += 1
        before = line
    size = max(sizes, key=lambda s: (sizes[s], s)) if sizes else 10.0
    left = {w: _low(found[0]) for w, found in edges.items()}
    right = {w: _high(found[1]) for w, found in edges.items()}
    return Measure(
        size,
        _pitch(steps),
        {page: left.get(w, 0.0) for page, w in widths.items()},
        {page: right.get(w, w) for page, w in widths.items()},
    )


def _pitch(steps: Counter[float]) -> float:
    """The commonest step; where two are common, the smaller, since steps between paragraphs are the larger ones."""
    likely = {step: n for step, n in steps.items() if 0.8 < step < _MOST_PITCH}
    if sum(likely.values()) < _FEW:
        return _PITCH
    most = max(likely.values())
    return min(s for s, n in likely.items() if n >= 0.35 * most)


def _low(found: Sequence[float]) -> float:
    """The leftmost edge that more than a stray line has."""
    ordered = sorted(found)
    return ordered[min(len(ordered) // 50, len(ordered) - 1)]


def _high(found: Sequence[float]) -> float:
    ordered = sorted(found)
    return ordered[-1 - len(ordered) // 50]


def _base(line: LaidLine) -> float:
    first = line.cells[0][0]
    return first.y1 - 0.19 * (first.y1 - first.y0)


def compose(
    composer: Composer, lines: Sequence[LaidLine], usual: Measure, headings: Mapping[int, int], known: Counter[str]
) -> None:
    """Add the lines to a composer; `headings` gives the level of lines (by position) that are headings by the bookmarks."""
    before: LaidLine | None = None
    whole = unbroken(lines, known)
    following = _following(lines)
    for at, line in enumerate(lines):
        cells = [cell for cell in whole[at] if cell]
        if not cells:
            continue  # its only word stands whole at the end of the line before
        gap = 0 if line.left_out else max(_gap(before, line, usual), int(line.apart))
        hints = _hints(line, gap, level=headings.get(at, 0))
        if hints["kind"] == "line" and not line.left_out:
            hints |= _place(line, following[at], usual)
        apart = line.left_out or before is None or before.page != line.page
        between = "\n\n" if apart else "\n" * (1 + min(gap, 2))
        joined = cells if line.table or line.left_out else [[w for cell in cells for w in cell]]
        if hints["kind"] != "row" and not line.left_out and _numbered(joined[0]):
            hints["label"] = joined[0].pop(0).text
        runs = map(_whole, joined) if hints["kind"] == "row" else map(_runs, joined)
        composer.row(list(runs), between=between, **hints)
        before = before if line.left_out else line


def _numbered(words: Sequence[Word]) -> bool:
    """Whether a line begins with a bare number set apart, as in a margin: of "1    Introduction" the text shows no label."""
    if len(words) < 2 or not (words[0].text.isdecimal() and len(words[0].text) < 3):
        return False
    return words[1].x0 - words[0].x1 > _SET_APART * words[0].size


def _following(lines: Sequence[LaidLine]) -> list[LaidLine | None]:
    """The line of text that comes after each, what is left out passed over."""
    out: list[LaidLine | None] = []
    after: LaidLine | None = None
    for line in reversed(lines):
        out.append(after)
        after = after if line.left_out else line
    return out[::-1]


def _hints(line: LaidLine, gap: int, level: int) -> dict[str, Any]:
    kind = "heading" if level else "row" if line.table and len(line.cells) > 1 and not line.left_out else "line"
    box = _round(line.box)
    return {
        "kind": kind,
        "level": level,
        "gap": gap,
        "page": line.page,
        "size": line.size,
        "box": box if any(box) else None,
        "left_out": line.left_out,
    }


def _place(line: LaidLine, after: LaidLine | None, usual: Measure) -> dict[str, Any]:
    """Where a line stands in its column: how far it is set in, and how much room it leaves."""
    left = line.left if line.right else usual.left[line.page]
    right = max(line.right or usual.right[line.page], line.box[2])
    unit = max(_COLUMN * usual.size, 1.0)
    return {"indent": max(0, round((line.box[0] - left) / unit)), "room": _room(line, right, after)}


def _room(line: LaidLine, right: float, after: LaidLine | None) -> int:
    """Characters that fit between a line's end and the edge of its column.

    Fewer than the next line's first word has just when that did not fit by its true width.
    """
    words = line.cells[-1]
    count = sum(len(w.text) for w in words)
    each = sum(w.x1 - w.x0 for w in words) / max(1, count) or 1.0
    room = int((right - line.box[2]) / each)
    if after is None or after.table or not after.cells[0]:
        return room
    word = after.cells[0][0]
    fits = right - line.box[2] > word.x1 - word.x0 + _SPACE * word.size
    return max(room, len(word.text) + 1) if fits else min(room, len(word.text))


def _gap(before: LaidLine | None, line: LaidLine, usual: Measure) -> int:
    """Blank lines between two lines; at the top of a column or page there are none."""
    if before is None or before.page != line.page:
        return 0
    step = line.box[1] - before.box[3]
    if step < -0.5 * line.size:
        return 0
    size = max(min(before.size, line.size), 1.0)
    if line.table or before.table:
        return 1 if step > 0.6 * size and line.table != before.table else 0
    extra = (_base(line) - _base(before)) / size - usual.pitch
    if line.size != before.size:
        # Lines of another size have another pitch: what counts is the white between their boxes.
        extra = step / size - max(0.0, usual.pitch - 1.2)
    return 0 if extra < 0.3 else 1 if extra < 1.5 * usual.pitch else 2


def _round(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (round(side, 1) for side in box)
    return x0, y0, x1, y1


def _runs(words: Sequence[Word]) -> list[Run]:
    """Words as runs of one weight, with what stands between them: a blank, or more where they stand far apart."""
    out: list[Run] = []
    pieces: list[str] = []
    before: Word | None = None
    for word in words:
        if before is not None:
            gap = word.x0 - before.x1
            far = gap > _WIDE_GAP * word.size and gap > _WIDE_GAP * before.size and not is_mark(before.text)
            if word.bold != before.bold:
                out.append(("".join(pieces), before.bold))
                pieces = []
            pieces.append("    " if far else " ")
        pieces.append(word.text)
        before = word
    if before is not None:
        out.append(("".join(pieces), before.bold))
    return out


def _whole(words: Sequence[Word]) -> list[Run]:
    """A cell of a row: one run, so that it makes one span."""
    return [("".join(text for text, _ in _runs(words)), all(word.bold for word in words))]

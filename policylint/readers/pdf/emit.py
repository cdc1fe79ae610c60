"""Lines in reading order to blocks: gaps and indents counted in lines and columns, words broken over lines put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from policylint.readers.compose import Composer, Run
from policylint.readers.pdf.layout import is_mark
from policylint.readers.pdf.values import LaidLine, Word

_COLUMN = 0.5
"""Of the font size: how wide a column of plain text is taken to be."""
_WIDE_GAP = 1.6
_KEEPS_HYPHEN = frozenset("non self peer well half high low long short full two three four five six first second third follow cross".split())
"""First parts that commonly keep their hyphen, should the document not show how it writes the word."""
_HYPHENS = "-\u2010"


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
    if not steps:
        return 1.2
    most = max(steps.values())
    return min((s for s, n in steps.items() if n >= 0.35 * most and s > 0.8), default=1.2)


def _low(found: Sequence[float]) -> float:
    """The leftmost edge that more than a stray line has."""
    ordered = sorted(found)
    return ordered[min(len(ordered) // 50, len(ordered) - 1)]


def _high(found: Sequence[float]) -> float:
    ordered = sorted(found)
    return ordered[-1 - len(ordered) // 50]


def _base(line: LaidLine) -> float:
    first = line.cells[0][0]
    return first.y1 - 0.22 * (first.y1 - first.y0)


def compose(
    composer: Composer, lines: Sequence[LaidLine], usual: Measure, headings: Mapping[int, int], known: Counter[str]
) -> None:
    """Add the lines to a composer; `headings` gives the level of lines (by position) that are headings by the bookmarks."""
    whole = _unbroken(lines, known)
    before: LaidLine | None = None
    for at, line in enumerate(lines):
        cells = whole[at]
        if not any(cells):
            continue
        if line.left_out:
            composer.row([_runs(c) for c in cells], between="\n\n", kind="line", page=line.page, size=line.size, box=_round(line.box), left_out=line.left_out)
            continue
        gap = _gap(before, line, usual)
        hints: dict[str, object] = {"page": line.page, "size": line.size, "box": _round(line.box), "gap": gap}
        between = "\n" * (1 + min(gap, 2))
        if line.table and len(cells) > 1:
            composer.row([_runs(c) for c in cells], between=between, kind="row", **hints)
        elif at in headings:
            composer.add(_runs(cells[0]), between=between, kind="heading", level=headings[at], **hints)
        else:
            left = line.left if line.right else usual.left[line.page]
            right = max(line.right or usual.right[line.page], line.box[2])
            after = next((x for x in lines[at + 1 : at + 30] if not x.left_out), None)
            unit = max(_COLUMN * usual.size, 1.0)
            composer.add(
                _runs([w for c in cells for w in c]),
                between=between,
                kind="line",
                indent=max(0, round((line.box[0] - left) / unit)),
                room=_room(line, right, after),
                **hints,
            )
        before = line


def _room(line: LaidLine, right: float, after: LaidLine | None) -> int:
    """Characters that fit between a line's end and the edge of its column: fewer than the next line's first word has, if
    that did not fit by its true width."""
    words = line.cells[-1]
    count = sum(len(w.text) for w in words)
    each = sum(w.x1 - w.x0 for w in words) / max(1, count) or 1.0
    room = int((right - line.box[2]) / each)
    if after is None or after.table or not after.cells[0]:
        return room
    word = after.cells[0][0]
    fits = right - line.box[2] > word.x1 - word.x0 + 0.2 * word.size
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


def _runs(words: Sequence[Word]) -> Iterator[Run]:
    """Words with what stands between them: a blank, or more where they stand far apart."""
    before: Word | None = None
    for word in words:
        if before is not None:
            far = word.x0 - before.x1 > _WIDE_GAP * max(word.size, before.size) and not is_mark(before.text)
            yield "    " if far else " ", word.bold and before.bold
        yield word.text, word.bold
        before = word


# -- words broken over lines ------------------------------------------------------------------------------------------


def vocabulary(lines: Iterable[LaidLine]) -> Counter[str]:
    """How often each word stands in the lines, in small letters, without the marks around it."""
    return Counter(w.text.lower().strip(".,;:()“”\"'’[]") for line in lines for cell in line.cells for w in cell)


def _unbroken(lines: Sequence[LaidLine], known: Counter[str]) -> list[list[list[Word]]]:
    """The words of each line's cells; a word broken by a hyphen at a line's end stands whole where it begins."""
    out = [[list(cell) for cell in line.cells] for line in lines]
    running = [at for at, line in enumerate(lines) if not line.left_out]
    for place, at in enumerate(running):
        for cell in out[at]:
            _mend(cell, known)
        after = running[place + 1] if place + 1 < len(running) else None
        if after is None or lines[at].table or lines[after].table or not out[at][-1] or not out[after][0]:
            continue
        word = mended(out[at][-1][-1].text, out[after][0][0].text, known)
        if word is not None:
            out[at][-1][-1] = out[at][-1][-1]._replace(text=word)
            del out[after][0][0]
    return out


def _mend(cell: list[Word], known: Counter[str]) -> None:
    """Put together words broken over the lines of one cell of a table."""
    at = 0
    while at + 1 < len(cell):
        left, right = cell[at], cell[at + 1]
        if right.x0 < left.x1 and (word := mended(left.text, right.text, known)) is not None:
            cell[at] = left._replace(text=word)
            del cell[at + 1]
        at += 1


def mended(left: str, right: str, known: Counter[str]) -> str | None:
    """The word that two pieces make when the first ends in a hyphen at the end of a line, else None.

    Whether it keeps the hyphen is seen from the rest of the document, else from its first part.
    """
    if len(left) < 3 or left[-1] not in _HYPHENS or not left[-2].isalnum() or not right[:1].isalnum():
        return None
    if not left[-2].isalpha() or not right[:1].islower():
        return left + right  # "7-32-" and "602", "Post-" and "Traumatic"
    first = left[:-1].lower().lstrip("(“\"'[")
    second = right.lower().rstrip(".,;:()“”\"'’[]")
    together, apart = known[first + second], known[f"{first}-{second}"]
    if together or apart:
        return left + right if apart > together else left[:-1] + right
    both = len(first) > 3 and len(second) > 3 and known[first] > 0 and known[second] > 0
    keep = first.rpartition("-")[2] in _KEEPS_HYPHEN or "-" in first or both
    return left + right if keep else left[:-1] + right



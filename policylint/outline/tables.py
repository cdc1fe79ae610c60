"""Tables set as aligned text or with bars: their lines become rows, their cells spans."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policylint.document import Span
from policylint.outline.lines import Line

_RULE = re.compile(r"[\s|+:]*[-=_]{3,}(?:[\s|+:]+[-=_]{3,})+[\s|+:]*")
_GAP = re.compile(r"[^\S\n]{3,}|\t+")
_BAR = re.compile(r"\|")
_WIDE = 4000
"""Lines longer than this are prose."""


def mark(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with those of tables as kind "row", their spans the cells."""
    cells = [_cells(text, line) for line in lines]
    rows = [False] * len(lines)
    for at, line in enumerate(lines):
        if line.kind == "rule" and _RULE.fullmatch(line.text):
            _around(lines, cells, rows, at)
    _aligned(text, lines, cells, rows)
    return _whole_rows(text, [_row(text, line, cells[at]) if rows[at] else line for at, line in enumerate(lines)])


def _whole_rows(text: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with rows of two cells whose second one goes on below itself made whole."""
    out: list[Line] = []
    for line in lines:
        if out and _goes_on(text, out[-1], line):
            row = out[-1]
            spans = (row.spans[0], (row.spans[1][0], line.spans[-1][1]))
            told = "  ".join(" ".join(text[a:b].split()) for a, b in spans)
            out[-1] = row._replace(spans=spans, whole=(*row.whole, *line.whole), text=told)
        else:
            out.append(line)
    return out


def _goes_on(text: str, row: Line, line: Line) -> bool:
    """Whether a line is nothing but more of the second of a row's two cells: it begins in the same column."""
    if row.kind != "row" or line.kind not in ("line", "row") or len(row.spans) != 2 or len(line.spans) != 1 or line.gap:
        return False
    return _below(text, line.spans[0][0], row.spans[1][0])


def _below(text: str, at: int, cell: int) -> bool:
    """Whether a place stands in the column in which a cell begins, which is not the first."""
    return _column(text, at) == _column(text, cell) > 0


def _column(text: str, at: int) -> int:
    return len(text[text.rfind("\n", 0, at) + 1 : at].expandtabs())


def _cells(text: str, line: Line) -> tuple[Span, ...]:
    """The cells of a line, or () when it has but one."""
    if line.kind != "line" or not line.spans or len(line.text) > _WIDE:
        return ()
    start, end = line.whole[0][0], line.whole[-1][1]
    if text[start] == "|" or (" | " in text[start:end] and text[start:end].count("|") > 1):
        found = _split(text, start, end, _BAR)
        return found if len(found) > 1 else ()
    if "   " not in (raw := text[start:end]) and raw.isprintable():
        return ()  # no gap of three, and no other white space than blanks: so are most lines
    found = _split(text, start, end, _GAP)
    return found if len(found) > 1 and (line.label is None or len(found) > 2) else ()


def _split(text: str, start: int, end: int, at: re.Pattern[str]) -> tuple[Span, ...]:
    out: list[Span] = []
    for match in [*at.finditer(text, start, end), None]:
        stop = match.start() if match else end
        piece = text[start:stop]
        if piece.strip():
            out.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = match.end() if match else end
    return tuple(out)


def _around(lines: Sequence[Line], cells: Sequence[tuple[Span, ...]], rows: list[bool], rule: int) -> None:
    """A drawn line with gaps stands between the head of a table and its body."""
    if rule and cells[rule - 1] and lines[rule].gap == 0:
        rows[rule - 1] = True
    at = rule + 1
    while at < len(lines) and lines[at].kind == "line" and (lines[at].gap == 0 or (at == rule + 1 and cells[at])):
        if not cells[at] and not (rows[at - 1] and lines[at].indent > 0):
            break
        rows[at] = True
        at += 1


def _aligned(text: str, lines: Sequence[Line], cells: Sequence[tuple[Span, ...]], rows: list[bool]) -> None:
    """Three or more lines in succession whose second cells begin in one column, or that have bars.

    Between them may stand lines in which the second cell of two goes on.
    """
    at = 0
    while at < len(lines):
        end = last = at
        count = 0
        while end < len(lines) and (end == at or lines[end].gap == 0):
            if cells[end] and (end == at or _like(text, lines, cells, end, last)):
                last, count = end, count + 1
            elif not (end > at and cells[last] and _is_more(text, lines[end], cells[last])):
                break
            end += 1
        if count >= 3 or (count == 2 and "|" in text[cells[at][0][1] : cells[at][-1][0]]):
            rows[at:end] = [True] * (end - at)
        at = max(end, at + 1)


def _is_more(text: str, line: Line, cells: tuple[Span, ...]) -> bool:
    if line.kind != "line" or line.label is not None or not line.spans or len(cells) != 2:
        return False
    return _below(text, line.whole[0][0], cells[1][0])


def _like(text: str, lines: Sequence[Line], cells: Sequence[tuple[Span, ...]], at: int, last: int) -> bool:
    """Whether a line shares a column with the last one that has cells."""
    here, before = cells[at], cells[last]
    if len(here) == len(before) and ("\t" in text[here[0][1] : here[1][0]] or "|" in text[here[0][1] : here[1][0]]):
        return True
    shift = here[0][0] - lines[at].indent
    back = before[0][0] - lines[last].indent
    return bool({a - shift for a, _ in here[1:]} & {a - back for a, _ in before[1:]})


def _row(text: str, line: Line, cells: tuple[Span, ...]) -> Line:
    spans = cells or line.whole
    return line._replace(kind="row", spans=spans, label=None, text="  ".join(text[a:b] for a, b in spans))

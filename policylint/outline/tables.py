"""Tables set as aligned text or with bars: their lines become rows, their cells spans."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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
    return [_row(text, line, cells[at]) if rows[at] else line for at, line in enumerate(lines)]


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
    """Three or more lines in succession whose second cells begin in one column, or that have bars."""
    at = 0
    while at < len(lines):
        end = at
        while (
            end < len(lines) and cells[end] and (end == at or (lines[end].gap == 0 and _like(text, lines, cells, end)))
        ):
            end += 1
        if end - at >= 3 or (end - at == 2 and "|" in text[cells[at][0][1] : cells[at][-1][0]]):
            rows[at:end] = [True] * (end - at)
        at = max(end, at + 1)


def _like(text: str, lines: Sequence[Line], cells: Sequence[tuple[Span, ...]], at: int) -> bool:
    """Whether a line shares a column with the line before."""
    here, before = cells[at], cells[at - 1]
    if len(here) == len(before) and ("\t" in text[here[0][1] : here[1][0]] or "|" in text[here[0][1] : here[1][0]]):
        return True
    shift = here[0][0] - lines[at].indent
    back = before[0][0] - lines[at - 1].indent
    return bool({a - shift for a, _ in here[1:]} & {a - back for a, _ in before[1:]})


def _row(text: str, line: Line, cells: tuple[Span, ...]) -> Line:
    spans = cells or line.whole
    return replace(line, kind="row", spans=spans, label=None, text="  ".join(text[a:b] for a, b in spans))

"""Tables that go on over the page: the head that is printed again is left out, a row that was cut in two is one again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from policylint.readers.pdf.values import LaidLine, Word

_NEAR = 4.0
"""Points within which a cell begins where its column does."""

Cells = tuple[tuple[Word, ...], ...]

REPEATED = "head of a table, repeated"


def tables_over_pages(lines: Iterable[LaidLine]) -> list[LaidLine]:
    """Lines in reading order, with the tables that pages cut in two put together."""
    out: list[LaidLine] = []
    head: LaidLine | None = None
    last = page = 0
    at_top = going_on = False
    for found in lines:
        if found.left_out:
            out.append(found)
            continue
        line = found
        at_top = head is not None and (at_top or line.page != page)
        page = line.page
        if head is not None and at_top:
            again, rest = _split(line, head)
            if again:
                out.append(replace(line, cells=again, left_out=REPEATED))
                if not rest:
                    continue
                line = replace(line, cells=rest)
            if _goes_on(line, head, begun=going_on):
                out[last] = _joined(out[last], line)
                going_on = True
                continue
        at_top = going_on = False
        if line.table:
            head = head or line
            last = len(out)
        else:
            head = None
        out.append(line)
    return out


def _split(line: LaidLine, head: LaidLine) -> tuple[Cells, Cells]:
    """The cells of a row that repeat the head of a table, and what stands below them in the same row; (), all without a head."""
    words = [word.text for cell in head.cells for word in cell]
    again, rest = list[tuple[Word, ...]](), list[tuple[Word, ...]]()
    at = 0
    for cell in line.cells if line.table else ():
        count = 0
        while count < len(cell) and at < len(words) and cell[count].text == words[at]:
            count, at = count + 1, at + 1
        again += [cell[:count]] if count else []
        rest += [cell[count:]] if count < len(cell) else []
    return (tuple(again), tuple(rest)) if at == len(words) else ((), line.cells)


def _left(cell: Sequence[Word]) -> float:
    return min(word.x0 for word in cell)


def _goes_on(line: LaidLine, head: LaidLine, *, begun: bool) -> bool:
    """Whether a line stands in the later columns of a table and goes on with a sentence: nothing stands in the first."""
    columns = [_left(cell) for cell in head.cells][1:]
    in_column = all(any(abs(_left(cell) - x) < _NEAR for x in columns) for cell in line.cells)
    return in_column and (begun or line.cells[0][0].text[:1].islower())


def _joined(row: LaidLine, more: LaidLine) -> LaidLine:
    """A row with the rest of its cells."""
    cells = list(row.cells)
    for cell in more.cells:
        nearest = min(range(len(cells)), key=lambda at: abs(_left(cells[at]) - _left(cell)))
        cells[nearest] = (*cells[nearest], *cell)
    return replace(row, cells=tuple(cells))

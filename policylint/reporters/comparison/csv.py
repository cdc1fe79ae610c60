"""One row a requirement as comma-separated values; see `policylint.reporters.csv` for the byte order mark."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylint.compare import KINDS
from policylint.reporters.comparison import words
from policylint.reporters.csv import table
from policylint.reporters.rows import guarded, neutral, neutral_lines
from policylint.reporters.rows import words as spoken

if TYPE_CHECKING:
    from policylint.compare import Change, Comparison, Pair
    from policylint.reporters.view import View

COLUMNS = (
    *("document", "change", "requirement", "topic", "force", "old status", "new status", "asked", "elements"),
    *("old words", "old where", "new words", "new where", "citation"),
)


def render(comparison: Comparison, _view: View) -> str:
    """All requirements, unchanged ones included; same input, same bytes."""
    return table(COLUMNS, rows_of(comparison))


def rows_of(comparison: Comparison) -> Iterator[tuple[str, ...]]:
    """A row for each requirement, the losses first; one for each document that was not judged."""
    for pair in comparison.pairs:
        for path, reason in words.not_judged(pair):
            cells = {"document": guarded(path), "change": "not judged", "asked": neutral(reason)}
            yield tuple(cells.get(column, "") for column in COLUMNS)
        for kind in KINDS:
            for change in pair.of(kind):
                yield tuple(_row(change, pair))


def _row(change: Change, pair: Pair) -> Iterator[str]:
    sides = {side.name: side for side in words.sides(change, pair)}
    verdict = change.verdict
    yield guarded(words.names(pair))
    yield spoken(change.kind)
    yield neutral(verdict.requirement)
    yield neutral(spoken(verdict.topic))
    yield verdict.force
    yield spoken(change.old.status) if change.old else "not asked"
    yield spoken(change.new.status) if change.new else "not asked"
    yield neutral(words.asked(change))
    yield neutral(words.elements(change))
    for name in ("old", "new"):
        quotes = sides[name].quotes if name in sides else ()
        yield neutral_lines([quote for quote, _ in quotes])
        yield neutral_lines([where for _, where in quotes])
    yield neutral(verdict.citation)

"""The comparison as an Excel workbook: what changed counted, and one row a requirement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from policylint.compare import KINDS
from policylint.reporters.clean import clean
from policylint.reporters.comparison import words
from policylint.reporters.comparison.csv import COLUMNS, rows_of
from policylint.reporters.rows import guarded, neutral
from policylint.reporters.rows import words as spoken
from policylint.reporters.xlsx import Sheet, workbook

if TYPE_CHECKING:
    from policylint.compare import Comparison
    from policylint.reporters.view import View

_WIDTHS = (26, 14, 14, 16, 8, 13, 13, 42, 26, 48, 28, 48, 28, 34)


def render(comparison: Comparison, _view: View) -> bytes:
    """The workbook; same input, same bytes."""
    counts = ("Document", "Title", *(spoken(kind).capitalize() for kind in KINDS))
    heads = [column.capitalize() for column in COLUMNS]
    return workbook(
        [
            Sheet("Summary", counts, (34, 34, *[13] * len(KINDS)), _counts(comparison), list(_about(comparison))),
            Sheet("Changes", heads, _WIDTHS, rows_of(comparison), spread=len(COLUMNS), kept=3),
        ],
        "Revision report",
    )


def _about(comparison: Comparison) -> Iterator[Sequence[str]]:
    yield ("Revision report",)
    yield ("Made by", f"policylint {clean(comparison.version)}")
    yield ("Judged by", neutral(words.judged_by(comparison)))
    yield from (("Note", neutral(note)) for note in comparison.notes)


def _counts(comparison: Comparison) -> Iterator[Sequence[str | int]]:
    for pair in comparison.pairs:
        yield (guarded(words.names(pair)), neutral(words.title(pair)), *(pair.counts[kind] for kind in KINDS))

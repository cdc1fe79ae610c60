"""One row a verdict as comma-separated values.

UTF-8 with a byte order mark: without one Excel reads a file that is opened by a double click in the machine's old code
page, and every curly quote of a policy breaks. Readers that know the mark ("utf-8-sig") take it away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import TYPE_CHECKING

from policylint.reporters.rows import COLUMNS, rows_of

if TYPE_CHECKING:
    from policylint.report import Report
    from policylint.reporters.view import View


def render(report: Report, _view: View) -> str:
    """All verdicts; same input, same bytes."""
    return table(COLUMNS, rows_of(report))


def table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A header and rows of cells that are already neutral."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()

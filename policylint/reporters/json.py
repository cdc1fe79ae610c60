"""The report as JSON, schema `policylint-report/1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.report import Report
    from policylint.reporters.view import View


def render(report: Report, _view: View) -> str:
    """The whole report; same input, same bytes."""
    return json.dumps(report.to_dict(), ensure_ascii=False, indent=2) + "\n"

"""The comparison as JSON, schema `policylint-comparison/1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.compare import Comparison
    from policylint.reporters.view import View


def render(comparison: Comparison, _view: View) -> str:
    """The whole comparison; same input, same bytes."""
    return json.dumps(comparison.to_dict(), ensure_ascii=False, indent=2) + "\n"

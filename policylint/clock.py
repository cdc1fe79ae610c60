"""What day it is."""

from __future__ import annotations

import os
from datetime import UTC, datetime


def today() -> str:
    """The day of the run (ISO date, UTC); SOURCE_DATE_EPOCH (seconds) stands in for it, so that a run can be made again.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else datetime.now(UTC)
    return now.date().isoformat()

"""How many processes to judge with."""

from __future__ import annotations

import os

MOST = 8
"""Processes that are started when nobody says how many: each takes some 150 MB."""

WORTH = 8
"""Documents for each process below which starting it takes longer than it saves."""


def processes_for(documents: int, jobs: int | None) -> int:
    """How many processes to judge some documents with: at most `jobs`, or one for each processor when it is None.

    1 where starting more would not pay, or cannot be done.
    """
    if documents < 2 * WORTH:
        return 1
    from policylint.readers import bounded

    if not bounded.available():
        return 1
    return min(jobs or usual_jobs(), documents // WORTH)


def usual_jobs() -> int:
    """One for each processor that this process may use, and not more than `MOST`."""
    allowed = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(allowed, MOST)

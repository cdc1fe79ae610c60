"""How many processes to work with, and how they end."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import wait

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


def end_with_parent() -> None:
    """In a process that was started to work: leave Ctrl-C to the one that started it, and end when that one is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all of them; the first one sees to the others
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)

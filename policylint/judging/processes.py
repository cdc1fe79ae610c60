"""How many processes to work with, and how they end."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
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


@contextlib.contextmanager
def ctrl_c_waits() -> Iterator[None]:
    """Put off Ctrl-C while processes are started: half started, a process would say so in a traceback of its own.

    They inherit this, until they are ready (`end_with_parent`). Where signals cannot be put off nothing happens.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent(interruptible: bool = False) -> None:
    """In a process that was started to work: end when the one that started it is gone, and leave Ctrl-C to that one.

    Args:
        interruptible: Ctrl-C, or `interrupt`, ends what is done under `may_be_interrupted`; otherwise it is ignored.
    """
    signal.signal(signal.SIGINT, _INTERRUPTION.come if interruptible else signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


class _Interruption:
    """Ctrl-C in a process that works for another: it ends the work, and never the sending of a result.

    Half a result would keep the process that reads it waiting for the other half for ever.
    """

    def __init__(self) -> None:
        self.came = self.working = False

    def come(self, *_: object) -> None:
        self.came = True
        if self.working:
            raise KeyboardInterrupt


_INTERRUPTION = _Interruption()


@contextlib.contextmanager
def may_be_interrupted() -> Iterator[None]:
    """Work that Ctrl-C ends, in a process that is interruptible; after it no more work is begun.

    Raises:
        KeyboardInterrupt: there was a Ctrl-C.
    """
    _INTERRUPTION.working = True
    try:
        if _INTERRUPTION.came:
            raise KeyboardInterrupt
        yield
    finally:
        _INTERRUPTION.working = False


def interrupt(process: int) -> None:
    """Have an interruptible process end its work; on Windows Ctrl-C has reached it already."""
    if os.name != "nt":
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGINT)

"""Jobs by several processes of this machine: each judges one document after the other, and is replaced when one breaks it."""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import islice
from queue import SimpleQueue

from policylint.errors import UsageError
from policylint.review.engines import Engine, processes
from policylint.review.jobs import Done, Job
from policylint.review.judge import ClosedError, Judge

_AHEAD = 2
"""Jobs in hand for each process: none waits for the next one, and no more than these are in memory."""

_LOOK_UP = 1.0
"""Seconds after which waiting is begun anew, so that Ctrl-C comes through on every system."""


def engine(workers: int | None, scheduler: str | None) -> Engine:
    """An engine of so many processes. Raises UsageError when a scheduler is named."""
    if scheduler is not None:
        raise UsageError("The local engine has no scheduler.", hint="Give --engine dask, too.")
    count = processes(workers)
    return lambda jobs: _run(iter(jobs), count)


def _run(jobs: Iterator[Job], workers: int) -> Generator[Done, None, None]:
    """Results as they complete. A thread waits for each process; what takes time is done in the process."""
    judges = [Judge() for _ in range(workers)]
    free: SimpleQueue[Judge] = SimpleQueue()
    for judge in judges:
        free.put(judge)
    pool = ThreadPoolExecutor(workers)
    try:
        running = _submit(pool, free, islice(jobs, _AHEAD * workers))
        while running:
            completed, running = wait(running, timeout=_LOOK_UP, return_when=FIRST_COMPLETED)
            for future in completed:
                yield future.result()
                running |= _submit(pool, free, islice(jobs, 1))
    finally:
        for judge in judges:
            judge.close()
        pool.shutdown(cancel_futures=True)


def _submit(pool: ThreadPoolExecutor, free: SimpleQueue[Judge], jobs: Iterable[Job]) -> set[Future[Done]]:
    return {pool.submit(_judge, free, job) for job in jobs}


def _judge(free: SimpleQueue[Judge], job: Job) -> Done:
    judge = free.get()
    with contextlib.suppress(ClosedError):
        try:
            return judge.judge(job)
        finally:
            free.put(judge)
    return Done(job.key)  # nobody waits for it any more

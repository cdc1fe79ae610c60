"""What runs jobs: `local` by processes of this machine, `dask` by a cluster. Each gives results as they complete."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from importlib import import_module
from typing import TypeAlias

from policylint.judging.processes import usual_jobs
from policylint.review.jobs import Done, Job

Engine: TypeAlias = Callable[[Iterable[Job]], Generator[Done, None, None]]
"""Jobs in, results out, in any order, each once; jobs are taken as they are needed. When it is closed, all that it started ends."""

ENGINES = {"local": "policylint.review.engines.local", "dask": "policylint.review.engines.dask"}
"""Name -> module with `engine(workers, scheduler)`; loaded when it is asked for."""


def engine_named(name: str, workers: int | None = None, scheduler: str | None = None) -> Engine:
    """The engine of a name.

    Args:
        workers: most processes that judge at a time; None for as many as there are processors.
        scheduler: address of a cluster's scheduler.

    Raises:
        UsageError: an option is not for this engine, or a library is missing.
    """
    make: Callable[[int | None, str | None], Engine] = import_module(ENGINES[name]).engine
    return make(workers, scheduler)


def processes(asked: int | None) -> int:
    """As many as are asked for, else one for each processor, and no more than eight."""
    return asked or usual_jobs()

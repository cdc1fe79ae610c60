"""Jobs by a cluster (dask.distributed): the same job code in the processes of other machines.

The workers need this version of policylint, and must reach the documents under the same locations. A task whose worker was lost
is given to another one; results go to the client alone, which keeps each once.
"""

from __future__ import annotations

import atexit
import socket
import threading
import uuid
from collections.abc import Generator, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

from policylint._version import __version__
from policylint.cache import basis
from policylint.errors import PolicylintError, UsageError
from policylint.review.engines import Engine
from policylint.review.jobs import Done, Job, failed
from policylint.review.judge import Judge
from policylint.review.locations import is_remote

_AHEAD = 3
"""Jobs in hand for each thread of the cluster: more than at home, since the next one has to travel."""

_WAIT = "30s"
_RETRIES = 2


def engine(workers: int | None, scheduler: str | None) -> Engine:
    """An engine on the cluster of a scheduler.

    Raises:
        UsageError: no scheduler is named, it does not answer, or a library is missing.
    """
    if workers is not None:
        raise UsageError("How many processes judge is the cluster's own affair.", hint="Leave out --jobs.")
    if scheduler is None:
        hint = "Name it with --scheduler, such as tcp://10.0.0.5:8786; `dask scheduler` starts one."
        raise UsageError("The engine dask needs the address of a scheduler.", hint=hint)
    try:
        import distributed
    except ImportError as error:
        hint = "Install it with: pip install 'policylint[dask]'"
        raise UsageError(f"The engine dask needs a library that is not installed ({error.name}).", hint=hint) from None
    try:
        client = distributed.Client(scheduler, timeout=_WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"The scheduler {scheduler} does not answer: {error}.", hint="Is it running?") from None
    return lambda jobs: _run(client, iter(jobs))


def _run(client: Any, jobs: Iterator[Job]) -> Generator[Done, None, None]:
    """Results as they complete, each once. Raises UsageError when the cluster is lost, or is of another version."""
    try:
        yield from _results(client, jobs)
    finally:
        client.close()


def _results(client: Any, jobs: Iterator[Job]) -> Iterator[Done]:
    from distributed import as_completed

    ahead = _AHEAD * _threads(client)
    expected = basis.code_and_rules()
    run = uuid.uuid4().hex  # what another run has left on the cluster is not taken for ours
    jobs_of: dict[str, Job] = {}

    def submit(job: Job) -> Any:
        key = f"policylint-{run}-{job.key}"
        jobs_of[key] = job
        # A worker may have been started in another folder.
        there = job if is_remote(job.document) else replace(job, document=str(Path(job.document).absolute()))
        return client.submit(judge_on_worker, there, expected, key=key, retries=_RETRIES)

    completed = as_completed([submit(job) for job in islice(jobs, ahead)], loop=client.loop)
    for future in completed:
        yield _result(future, jobs_of.pop(future.key))
        for job in islice(jobs, 1):
            completed.add(submit(job))


def _threads(client: Any) -> int:
    """How many documents the cluster judges at a time. Raises UsageError when it has no worker."""
    try:
        client.wait_for_workers(1, timeout=_WAIT)
    except TimeoutError:
        raise UsageError(
            "The cluster has no workers.", hint="Start some with: dask worker, and the scheduler's address."
        ) from None
    return sum(client.nthreads().values()) or 1


def _result(future: Any, job: Job) -> Done:
    from distributed import KilledWorker

    try:
        done: Done = future.result()
    except KilledWorker:
        return failed(job, "The worker that judged it was lost, several times. Run it again later.", final=False)
    except PolicylintError:
        raise
    except Exception as error:  # noqa: BLE001 - a lost scheduler shows in many ways
        hint = "What was judged is kept: run it again to go on."
        said = f"{type(error).__name__}: {error}".strip(": ")
        raise UsageError(f"The cluster failed ({said}).", hint=hint) from None
    return done


_HELD = threading.local()


def judge_on_worker(job: Job, expected: str) -> Done:
    """Judge a submission on a worker of the cluster: each of its threads keeps a process for it.

    Args:
        expected: digest of the code and rules that the client has.

    Raises:
        UsageError, RuleError: this machine has others, or what is judged by is not valid here.
    """
    if _digest() != expected:
        raise UsageError(
            f"A worker ({socket.gethostname()}) has another version of policylint or of its rules; it says it is {__version__}.",
            hint="Install the same one on all machines.",
        )
    if not hasattr(_HELD, "judge"):
        _HELD.judge = Judge()
        atexit.register(_HELD.judge.close)
    done: Done = _HELD.judge.judge(job)
    return done


@lru_cache(maxsize=1)
def _digest() -> str:
    return basis.code_and_rules()

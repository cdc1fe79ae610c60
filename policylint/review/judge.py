"""Judging submissions in a process of its own, under a bound on time and memory: what one does costs nobody else."""

from __future__ import annotations

import json
import pickle
import threading
from functools import partial
from typing import IO

from policylint.bounds.child import Child, Exchange, available, ending
from policylint.bounds.wire import Message, receive, send, send_json
from policylint.errors import RuleError, UsageError
from policylint.readers import Options
from policylint.review.jobs import Clock, Done, Job, failed
from policylint.review.jobs import judge as judge_here

MODULE = "policylint.review.worker"

_SLACK = 20.0
"""Seconds that reading may take here beyond its own bound, which has the better sentence; starting is among them."""

_STARTING = 300.0
"""Seconds that a new process may take to load rules and engine: usually two, and more where many start on a slow disk."""

_TRIES = 2
"""How often a document may break its process down before it is given up: the first time may have been somebody else's fault."""


class ClosedError(Exception):
    """The judge was closed while it judged, because the run ends."""


class Judge:
    """Holds a process that judges, one submission at a time; it is replaced after it broke down or was stopped."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._closed = False
        self._lock = threading.Lock()

    def judge(self, job: Job) -> Done:
        """Judge a submission. Whatever it does is in the result.

        Raises:
            UsageError, RuleError: what it is judged by is not valid, or no process can be started.
            ClosedError: `close` was called meanwhile.
        """
        if not available():
            return judge_here(job, Clock())
        for _ in range(_TRIES):
            progress = _Progress(job)
            done, why = self._once(job, progress)
            if done is not None:
                return done
        reason = f"policylint broke down on this document, {_TRIES} times ({why}). Please report it."
        return failed(job, reason, progress.sha256, final=False)

    def close(self) -> None:
        """End the process, whatever it is doing; the judge takes no more."""
        with self._lock:
            self._closed = True
            self._drop()

    def _once(self, job: Job, progress: _Progress) -> tuple[Done | None, str]:
        """What came of one attempt; without a result how the process ended."""
        child = self._ready()
        exchange = Exchange(child, partial(_ask, progress=progress), _reading(job))
        exchange.start()
        in_time = exchange.wait()
        answer = exchange.answer
        if answer is None or answer.spent:
            with self._lock:
                code = self._drop()
        if answer is not None:
            return answer, ""
        exchange.join()
        if self._closed:
            raise ClosedError
        if progress.refused is not None:
            raise progress.refused
        if not in_time:
            return failed(job, progress.too_long, progress.sha256, final=False), ""
        return None, ending(code)

    def _ready(self) -> Child:
        with self._lock:
            if self._closed:
                raise ClosedError
            if self._child is not None and not self._child.alive:
                self._drop()
            if self._child is None:
                try:
                    self._child = Child(MODULE)
                except OSError as error:
                    message = f"The process that judges cannot be started: {error.strerror or error}."
                    raise UsageError(message) from None
            return self._child

    def _drop(self) -> int:
        child, self._child = self._child, None
        return child.end() if child is not None else 0


class _Progress:
    """How far a job has come, as the process that judges tells."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stage = "fetch"
        self.sha256: str | None = None
        self.refused: UsageError | RuleError | None = None

    @property
    def bound(self) -> float | None:
        """Seconds that the stage may take; None for any."""
        if self.stage == "start":
            return _STARTING
        return _reading(self.job) if self.stage in ("fetch", "read") else self.job.seconds

    @property
    def too_long(self) -> str:
        """Why a document that took too long was not judged."""
        if self.stage == "start":
            return f"The process that judges was not ready after {_STARTING:g} seconds. Run it again with fewer --jobs."
        if self.stage in ("fetch", "read"):
            what, option, seconds = f"{self.stage.capitalize()}ing", "--read-seconds", _options(self.job).seconds
        else:
            what, option, seconds = "Judging", "--judge-seconds", self.job.seconds
        return f"{what} it took longer than {seconds or 0:g} seconds and was stopped. Allow more with {option}."


def _options(job: Job) -> Options:
    return job.task.asked.options or Options()


def _reading(job: Job) -> float | None:
    seconds = _options(job).seconds
    return seconds + _SLACK if seconds is not None else None


def _ask(exchange: Exchange[Done], stdin: IO[bytes], stdout: IO[bytes], progress: _Progress) -> Done:
    """Send a job and take the result; each stage has its own time."""
    send_json(stdin, {})
    send(stdin, pickle.dumps(progress.job))
    while True:
        message: Message = json.loads(receive(stdout))
        if "stage" in message:
            progress.stage = message["stage"]
            exchange.restart(progress.bound)
        elif "fetched" in message:
            progress.sha256 = message["fetched"]
        elif "more_time" in message:
            exchange.more_time(message["more_time"])
        elif kind := message.pop("refused", None):
            progress.refused = (RuleError if kind == "RuleError" else UsageError)(**message)
            raise EOFError
        else:
            message["days"] = tuple(message["days"])
            report, body, signature = (receive(stdout) for _ in range(3))
            return Done(**message, report=report, body=body, signature=signature)

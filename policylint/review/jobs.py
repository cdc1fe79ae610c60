"""Judging one submission: the one function that every engine runs, in whatever process, on whatever machine."""

from __future__ import annotations

import hashlib
import json
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from policylint.asked import Task
from policylint.cache.results import open_cache
from policylint.cache.values import outcome_from, plain, plain_body
from policylint.document import Source
from policylint.errors import DocumentError
from policylint.judging.ready import ready_rules
from policylint.judging.rules import NO_MEMORY, Rules, load_engine, not_judged, rules_of
from policylint.outcome import Outcome
from policylint.readers import Options, read_bytes
from policylint.review.families import signature
from policylint.review.locations import fetch
from policylint.review.names import agency_of

STAGES = ("fetch", "start", "read", "judge", "sum up")
"""What is done with a document, in order: its bytes are fetched; rules and engine are loaded, once a process; then come its
blocks, its verdicts, its signature and the form it is kept in."""


LEAST_WORDS = 20
"""Words below which a submission is no policy: a heading, the rest of a damaged file. `check` judges passages, too."""


@dataclass(frozen=True, slots=True)
class Job:
    """A submission to judge.

    Attributes:
        key: of the submission; the report names the document by it.
        document: where its bytes are.
        agency: its agency where that is known, else "".
        task: what it is judged by.
        seconds, memory: bounds on judging it once it is read: seconds, and MB of the whole process. None for none.
        known: digests of the bytes whose outcomes are kept already; a document with such bytes is not judged again.
    """

    key: str
    document: str
    agency: str
    task: Task
    seconds: float | None = None
    memory: int | None = None
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a job.

    Attributes:
        sha256: of the document's bytes, or None when they could not be fetched.
        same: they are of those that `Job.known` names; nothing but `seconds` says more.
        agency: as given, else as found; "" where the document could not be read.
        judged: whether there are verdicts; `reason` why not, as a sentence.
        days: as in `Outcome`.
        final: judging the same bytes again would come to the same, as far as one can tell: no time or memory was lacking.
        report, body: the outcome and the policy as read, packed (see `unpacked`).
        signature: see `families.signature`.
        seconds: stage -> how long it took.
        spent: the process that did it had better be replaced: it holds much memory.
    """

    key: str
    sha256: str | None = None
    same: bool = False
    agency: str = ""
    judged: bool = False
    reason: str | None = None
    days: tuple[str, str] = ("", "")
    final: bool = True
    report: bytes = b""
    body: bytes = b""
    signature: bytes = b""
    seconds: Mapping[str, float] = field(default_factory=dict)
    spent: bool = False


class Clock:
    """Times the stages of a job, and tells when one begins."""

    def __init__(
        self,
        begins: Callable[[str], object] = lambda _: None,
        more_time: Callable[[float], None] = lambda _: None,
        fetched: Callable[[str], object] = lambda _: None,
    ) -> None:
        """Begin.

        Args:
            begins: told of each stage.
            more_time: told that reading may take so many seconds more.
            fetched: told the digest of the document's bytes.
        """
        self.seconds: dict[str, float] = {}
        self.more_time, self.fetched = more_time, fetched
        self._begins, self._stage, self._since = begins, "", 0.0

    def stage(self, name: str) -> None:
        """One stage ends and the next begins; "" for none."""
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0.0) + now - self._since
        self._stage, self._since = name, now
        if name:
            self._begins(name)


def judge(job: Job, clock: Clock) -> Done:
    """Fetch, read and judge one submission. Whatever is wrong with it is in the result.

    Raises:
        UsageError, RuleError: what it is judged by is not valid.
    """
    clock.stage("fetch")
    try:
        data = fetch(job.document)
    except DocumentError as error:
        clock.stage("")
        reason = " ".join(part for part in (error.message, error.hint) if part)
        return failed(job, reason, final=False, seconds=clock.seconds)
    digest = hashlib.sha256(data).hexdigest()
    clock.fetched(digest)
    if digest in job.known:
        clock.stage("")
        return Done(job.key, digest, same=True, seconds=clock.seconds)
    clock.stage("start")
    rules = _rules(job.task)
    clock.stage("read")
    outcome = rules.judge(job.key, digest, lambda: _read(job, data, clock))
    lacking = outcome.document.reason == NO_MEMORY
    if lacking:
        return failed(job, out_of_memory(job), digest, final=False, seconds=clock.seconds, spent=True)
    clock.stage("sum up")
    done = _done(job, _of_a_policy(outcome))
    clock.stage("")
    return replace(done, seconds=clock.seconds)


def _of_a_policy(outcome: Outcome) -> Outcome:
    """The outcome, not judged when the document is too short to be a policy."""
    document = outcome.document
    if document.status != "judged" or document.words >= LEAST_WORDS:
        return outcome
    words = "one word" if document.words == 1 else f"{document.words} words"
    reason = f"The document holds no more than {words}, which is no policy. Check that the whole of it was submitted."
    return replace(outcome, document=replace(document, status="not_judged", reason=reason, verdicts=()))


def _read(job: Job, data: bytes, clock: Clock) -> Source:
    options = job.task.asked.options or Options()
    source = read_bytes(data, job.key, replace(options, more_time=clock.more_time))
    clock.stage("judge")
    return source


@lru_cache(maxsize=64)
def _rules(task: Task) -> Rules:
    """The rules of a task, with all that most documents need of them: it must not count as time that a document took."""
    cache = open_cache()
    rules = rules_of(task, cache)
    load_engine()
    ready_rules(frozenset(rules.usual_packs), task.added, cache)
    return rules


def out_of_memory(job: Job) -> str:
    """Why a document that needed too much memory was not judged."""
    return (
        f"Judging it needed more than {job.memory or 0:,} MB of memory and was stopped. Allow more with --judge-memory."
    )


def failed(job: Job, reason: str, sha256: str | None = None, *, final: bool, **more: Any) -> Done:
    """What comes of a job of which there are no verdicts, with the reason as a sentence."""
    return replace(_done(job, not_judged(job.key, sha256, reason)), final=final, **more)


def _done(job: Job, outcome: Outcome) -> Done:
    document = outcome.document
    body = document.body
    agency = job.agency or (agency_of(body, document.title, job.key) if body is not None else "")
    return Done(
        key=job.key,
        sha256=document.sha256,
        agency=agency,
        judged=document.status == "judged",
        reason=document.reason,
        days=outcome.days,
        report=_packed(plain(outcome)),
        body=_packed(plain_body(body)) if body is not None else b"",
        signature=signature(body, agency) if body is not None else b"",
    )


def _packed(value: object) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode("utf-8", "surrogatepass"), 6)


def unpacked(report: bytes, body: bytes = b"") -> Outcome:
    """The outcome that was packed, with the policy as read where that is given, too.

    Raises:
        ValueError: it is none.
    """
    try:
        values, read = (json.loads(zlib.decompress(packed)) if packed else None for packed in (report, body))
    except zlib.error as error:
        raise ValueError(str(error)) from None
    outcome = outcome_from(values, read)
    if outcome is None:
        raise ValueError("no outcome")
    return outcome

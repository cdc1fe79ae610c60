"""The process that judges submissions: started, bounded and ended by `judge`.

It takes one job after the other from its standard input and answers on its standard output: what stage it has come to, each time
one begins, and at last the result. Whatever a library prints goes nowhere.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import IO

from policylint.bounds.inside import LIMITS, limit_memory, requests
from policylint.bounds.wire import send, send_json
from policylint.errors import PolicylintError
from policylint.review import jobs

SPENT_AT = 700 * 2**10
"""KB of memory from which the process is replaced after a document: it usually takes 200,000, whatever it has judged."""


def main() -> None:
    """Answer requests until standard input ends."""
    inbox, answers = requests()
    while True:
        _, data = inbox.get()
        job: jobs.Job = pickle.loads(data)  # noqa: S301 - from the process that started this one
        limit_memory(job.memory)
        try:
            _tell(answers, _judged(job, answers))
        except PolicylintError as error:
            send_json(answers, {"refused": type(error).__name__, **_fields(error)})


def _judged(job: jobs.Job, answers: IO[bytes]) -> jobs.Done:
    def tell(what: str) -> Callable[[object], None]:
        return lambda value: send_json(answers, {what: value})

    clock = jobs.Clock(tell("stage"), tell("more_time"), tell("fetched"))
    try:
        return jobs.judge(job, clock)
    except MemoryError:
        clock.stage("")
        return jobs.failed(job, jobs.out_of_memory(job), final=False, seconds=clock.seconds, spent=True)


def _tell(answers: IO[bytes], done: jobs.Done) -> None:
    blobs = (done.report, done.body, done.signature)
    head = {name: getattr(done, name) for name in HEAD}
    send_json(answers, {**head, "spent": done.spent or _peak() > SPENT_AT})
    for blob in blobs:
        send(answers, blob)


HEAD = ("key", "sha256", "same", "agency", "judged", "reason", "days", "final", "seconds")
"""Fields of `Done` that are told as JSON; the others follow as they are."""


def _fields(error: PolicylintError) -> dict[str, object]:
    return {name: getattr(error, name) for name in ("message", "file", "line", "hint", "excerpt")}


def _peak() -> int:
    """The most memory (KB) that this process had; 0 where the system does not tell."""
    if LIMITS is None:
        return 0
    peak: int = LIMITS.getrusage(LIMITS.RUSAGE_SELF).ru_maxrss
    return peak


if __name__ == "__main__":
    main()

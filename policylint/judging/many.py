"""Judging many documents, by several processes where that is faster: same outcomes, same order.

Processes and not threads, since judging is Python's own work; started afresh and not forked, since that is sound on every
system and beside threads. Reading stays bounded as ever: each of them has a process that reads (`readers.bounded`).
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from policylint.asked import Task
from policylint.cache.results import Cache
from policylint.files import Input
from policylint.judging.processes import ctrl_c_waits, end_with_parent, interrupt, may_be_interrupted, processes_for
from policylint.judging.rules import Rules, judge_input, not_judged, rules_of
from policylint.outcome import Outcome


def judge_all(rules: Rules, items: Sequence[Input], jobs: int | None) -> Iterator[Outcome]:
    """The outcomes of documents, in their order.

    Args:
        jobs: most processes to use; None for one on each processor. Few documents are judged right here.

    Raises:
        RuleError: a rule file is not valid.
    """
    processes = processes_for(len(items), jobs)
    if processes < 2:
        for item in items:
            yield judge_input(rules, item)
        return
    left = list(items)
    while left:
        done = 0
        for outcome in _by_processes(rules, left, processes):
            yield outcome
            done += 1
        left = left[done:]
        if left:  # a process broke down on this document or on one behind it
            yield _alone(rules, left.pop(0))


def _by_processes(rules: Rules, items: Sequence[Input], processes: int) -> Iterator[Outcome]:
    """Outcomes in order, up to the first that did not come because a process broke down."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
        initargs=(rules.task, rules.cache),
    )
    try:
        with ctrl_c_waits():
            futures: list[Future[Outcome]] = [pool.submit(_judge, item) for item in items]
        for future in futures:
            try:
                outcome = future.result()
            except BrokenProcessPool:
                return
            yield outcome
    except BaseException:  # Ctrl-C, above all: what they are doing need not be finished
        for process in set(multiprocessing.active_children()) - others:
            if process.pid is not None:
                interrupt(process.pid)
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(rules: Rules, item: Input) -> Outcome:
    """The outcome of a document that may be what a process broke down on."""
    for outcome in _by_processes(rules, [item], 1):
        return outcome
    return not_judged(item.name, None, "policylint broke down on this document. Please report it.")


_RULES: list[Rules] = []
"""In a process that judges: the rules it was started with."""


def _begin(task: Task, cache: Cache | None) -> None:
    """Make a process ready; it ends when the one that started it is gone, however that ended."""
    end_with_parent(interruptible=True)
    _RULES[:] = [rules_of(task, cache)]


def _judge(item: Input) -> Outcome:
    with may_be_interrupted():
        return judge_input(_RULES[0], item)

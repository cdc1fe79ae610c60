"""Processes that help to write a review folder. What one of them does not finish, the process that asked for it does."""

from __future__ import annotations

import multiprocessing
import pickle
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

from policylint.judging.processes import end_with_parent

AHEAD = 3
"""Calls that wait for each process: enough that none is idle, few enough that memory stays flat."""

T = TypeVar("T")


class Helpers:
    """Some processes, or none: then all is done here."""

    def __init__(self, pool: ProcessPoolExecutor | None = None, ahead: int = 1) -> None:
        """Of a pool that another closes.

        Args:
            ahead: most calls of `results` that are held at a time.
        """
        self._pool, self._ahead = pool, ahead

    def begin(self, function: Callable[..., T], *arguments: object) -> Callable[[], T]:
        """Begin a call that is wanted later.

        Args:
            function: of a module, so that a process can import it; what it is given and what it returns can be pickled.

        Returns:
            What waits for the result, and gives it or raises what the call raised.
        """
        if self._pool is None:
            return partial(function, *arguments)
        # Packed here, so that it can be done again where the process is killed.
        packed = pickle.dumps((function, arguments), pickle.HIGHEST_PROTOCOL)
        try:
            future = self._pool.submit(_do, packed)
        except BrokenProcessPool:
            return partial(_do, packed)

        def result() -> T:
            try:
                found: T = future.result()
            except BrokenProcessPool:
                found = _do(packed)
            return found

        return result

    def results(self, function: Callable[..., T], calls: Iterable[tuple[object, ...]]) -> Iterator[T]:
        """What a function comes to for each of some arguments, in their order."""
        waiting: deque[Callable[[], T]] = deque()
        for arguments in calls:
            waiting.append(self.begin(function, *arguments))
            if len(waiting) >= self._ahead:
                yield waiting.popleft()()
        while waiting:
            yield waiting.popleft()()


@contextmanager
def helpers(processes: int) -> Iterator[Helpers]:
    """So many processes to help, beside the one that asks; none for fewer than two."""
    if processes < 2:
        yield Helpers()
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=end_with_parent)
    try:
        yield Helpers(pool, AHEAD * processes)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _do(packed: bytes) -> Any:
    function, arguments = pickle.loads(packed)  # noqa: S301 - made by this process, or the one that started it
    return function(*arguments)

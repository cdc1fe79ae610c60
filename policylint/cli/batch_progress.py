"""How far a batch is: a bar with rate and remaining time on a terminal, a line now and then when piped."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policylint.cli import console

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import ProgressColumn

    from policylint.review.batch import Tally
    from policylint.review.jobs import Done

Progress = Callable[["Tally", "Done | None"], object]

_FIRST, _LONGER, _MOST = 30.0, 1.5, 300.0
"""Seconds until the first line, by how much longer each next one takes, and the longest: some fourteen lines an hour."""


@contextmanager
def progress_for(*, quiet: bool) -> Iterator[Progress]:
    """What shows progress on stderr."""
    if quiet:
        yield lambda _tally, _done: None
    elif sys.stderr.isatty():
        with _bar() as progress:
            yield progress
    else:
        yield _Lines()


@contextmanager
def _bar() -> Iterator[Progress]:
    from rich.progress import TimeRemainingColumn

    with _rich("Judging", "{task.fields[rate]}", TimeRemainingColumn(), "{task.fields[failed]}") as bar:
        row = bar.add_task("", total=None, rate="", failed="")
        began = time.monotonic()

        def show(tally: Tally, done: Done | None) -> None:
            failed = f"{tally.not_judged} not judged" if tally.not_judged else ""
            bar.update(row, total=tally.total, completed=tally.done, rate=_rate(tally, began), failed=failed)
            if done is not None and done.reason is not None:
                bar.console.print(f"policylint: {done.key}: not judged: {done.reason}", markup=False, highlight=False)

        yield show


@contextmanager
def writing_for(total: int, *, quiet: bool) -> Iterator[Callable[[int], None]]:
    """What shows how much of the review folder is written; it is called with the number of submissions."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    with _rich("Writing") as bar:
        row = bar.add_task("", total=total)
        yield lambda done: bar.update(row, completed=done)


def _rich(what: str, *columns: str | ProgressColumn) -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn
    from rich.progress import Progress as Bar

    return Bar(what, BarColumn(), MofNCompleteColumn(), *columns, console=Console(stderr=True), transient=True)


class _Lines:
    """Lines on stderr: each document that is not judged, and now and then how many are done."""

    def __init__(self) -> None:
        self.began = self.said = time.monotonic()
        self.wait = _FIRST

    def __call__(self, tally: Tally, done: Done | None) -> None:
        if done is not None and done.reason is not None:
            console.error(f"{done.key}: not judged: {done.reason}")
        now = time.monotonic()
        if now - self.said >= self.wait and tally.done < tally.total:
            self.said, self.wait = now, min(self.wait * _LONGER, _MOST)
            left = (tally.total - tally.done) * (now - self.began) / max(tally.done, 1)
            console.note(f"{tally.done:,} of {tally.total:,}, {_rate(tally, self.began)}, some {_time(left)} left.")


def _rate(tally: Tally, began: float) -> str:
    return f"{tally.done / max(time.monotonic() - began, 0.001):.1f} a second"


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"

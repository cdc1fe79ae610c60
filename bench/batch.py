"""What a batch of submissions costs: rate, memory, the share of each step; whether it survives being killed.

    python bench/batch.py [--documents 1000] [--kills 10] [--dask] [--write]

Makes submissions of mixed formats, one in fifty of them broken (`submissions.py`), and runs `policylint batch` on all of them by
two processes and by one, on a quarter of them for how memory grows, and again when nothing changed. With --kills it is killed
(SIGKILL) that many times at random moments, and what it comes to in the end is compared byte for byte. With --dask a cluster of
two worker processes does the same, and one is killed. --write puts the figures into docs/scaling.md. Needs Linux (/proc) and the
test extra; run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import submissions
from figures import put

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scaling.md"
BEGIN, END = "<!-- figures: python bench/batch.py --kills 10 --dask --write -->", "<!-- end of figures -->"

_INTERVAL = 0.25
"""Seconds between two looks at the memory."""


@dataclass
class Measured:
    """One run: seconds, most memory (MB) of all its processes together, what it said, and seconds of work by stage."""

    seconds: float
    memory: int
    said: str
    stages: dict[str, float] = field(default_factory=dict)


def batch(source: Path, out: Path, *options: str) -> Measured:
    """Run a batch. Raises RuntimeError when it ends otherwise than a batch does."""
    timings = out.with_suffix(".timings.json")
    command = [*_command(source, out), "--timings", str(timings), *options]
    start = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        with _memory_of(process.pid) as peak:
            code = process.wait()
        seconds = time.perf_counter() - start
        said.seek(0)
        text = said.read()
    if code not in (0, 3):
        raise RuntimeError(text)
    return Measured(seconds, peak[0] // 1024, text, json.loads(timings.read_text(encoding="utf-8")))


def _command(source: Path, out: Path) -> list[str]:
    return [sys.executable, "-m", "policylint", "batch", str(source), "--out", str(out), "--profile", "washington"]


@contextmanager
def _memory_of(pid: int) -> Iterator[list[int]]:
    """The most memory (KB) of a process and all that it starts: what is shared counts in parts (PSS)."""
    peak, stop = [0], threading.Event()

    def watch() -> None:
        while not stop.wait(_INTERVAL):
            peak[0] = max(peak[0], sum(map(_memory, tree(pid))))

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        stop.set()
        thread.join()


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        children.setdefault(parent, []).append(int(path.parent.name))
    found, todo = [], [pid]
    while todo:
        at = todo.pop()
        found.append(at)
        todo += children.get(at, [])
    return found


def _memory(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def differences(one: Path, other: Path) -> list[str]:
    """The files of two review folders that are not the same, byte for byte; the store is no part of the results."""
    names = {p.relative_to(root).as_posix() for root in (one, other) for p in root.rglob("*") if p.is_file()}
    names = {name for name in names if not name.startswith("review.sqlite")}
    _, wrong, missing = filecmp.cmpfiles(one, other, sorted(names), shallow=False)
    return sorted(wrong + missing)


def kill_at_random(source: Path, out: Path, times: int, seconds: float, options: Sequence[str]) -> int:
    """Kill a batch so many times, each time going on; returns how many kills hit one that was at work."""
    chance = random.Random(20_260_101)  # noqa: S311 - no secret
    hit = 0
    command = [*_command(source, out), "--quiet", *options]
    for _ in range(times):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        # The first seconds are loading, the last writing; the whole run must not be over before the last kill.
        time.sleep(1 + chance.random() * seconds * 1.5 / times)
        hit += process.poll() is None
        process.kill()
        process.wait()
    batch(source, out, *options)
    return hit


def on_a_cluster(source: Path, out: Path, *, kill: bool) -> float:
    """The same on a cluster of two worker processes; a worker is killed in the middle. Returns seconds."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as cluster:

        def end_one() -> None:
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

        timer = threading.Timer(15, end_one)
        if kill:
            timer.start()
        start = time.perf_counter()
        batch(source, out, "--engine", "dask", "--scheduler", cluster.scheduler_address)
        timer.cancel()
        return time.perf_counter() - start


def _rate(count: int, run: Measured) -> str:
    return f"{count / run.seconds:.1f} a second ({run.seconds:.0f} s)"


def measure(count: int, kills: int, *, dask: bool, folder: Path) -> Iterator[tuple[str, str]]:
    """What is measured, and the figure."""
    source = submissions.write(folder / "in", count)
    broken = submissions.broken_of(count)
    quarter = submissions.write(folder / "quarter", count // 4, broken)  # the same broken ones: they take most memory
    yield "submissions", f"{count}, {broken} of them broken"
    two = batch(source, folder / "two", "--jobs", "2")
    yield "by two processes", _rate(count, two)
    yield "result", two.said.strip().splitlines()[-3]
    one = batch(source, folder / "one", "--jobs", "1")
    yield "by one process", _rate(count, one)
    yield "two processes against one", f"{one.seconds / two.seconds:.2f} times, {_same(folder / 'one', folder / 'two')}"
    few = batch(quarter, folder / "few", "--jobs", "2")
    yield "most memory of all processes", f"{two.memory} MB; with a quarter of the submissions {few.memory} MB"
    two.stages["write"] *= 2  # by two processes, of which the others' time was not counted
    whole = sum(two.stages.values())
    shares = ", ".join(f"{stage} {100 * seconds / whole:.0f} %" for stage, seconds in two.stages.items())
    yield "share of each step", shares
    yield "work a document, all steps", f"{1000 * whole / count:.0f} ms"
    again = batch(source, folder / "two", "--jobs", "2")
    yield "again, nothing changed", f"{again.seconds:.1f} s"
    yield "kept on the disk", _sizes(folder / "two")
    if kills:
        hit = kill_at_random(source, folder / "killed", kills, two.seconds, ("--jobs", "2"))
        yield f"killed {hit} times at work", _same(folder / "killed", folder / "two")
    if dask:
        seconds = on_a_cluster(source, folder / "dask", kill=False)
        yield "on a cluster of two workers", f"{seconds:.0f} s, {_same(folder / 'dask', folder / 'two')}"
        seconds = on_a_cluster(source, folder / "dask-killed", kill=True)
        yield "with a worker killed", f"{seconds:.0f} s, {_same(folder / 'dask-killed', folder / 'two')}"


def _same(one: Path, other: Path) -> str:
    wrong = differences(one, other)
    return f"differs in {len(wrong)} files: {', '.join(wrong[:5])}" if wrong else "results the same, byte for byte"


def _sizes(out: Path) -> str:
    store = (out / "review.sqlite").stat().st_size
    every = sum(p.stat().st_size for p in out.rglob("*") if p.is_file())
    return f"{store / 1e6:.0f} MB of results, {(every - store) / 1e6:.0f} MB of the review folder"


def main() -> None:
    """Measure, print each figure as it comes, and write the page when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--write", action="store_true", help="put the figures into docs/scaling.md")
    parser.add_argument("--folder", type=Path, help="work here and leave all there (default: a temporary folder)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        os.environ["POLICYLINT_CACHE_DIR"] = str(folder / "cache")
        rows = []
        for what, figure in measure(arguments.documents, arguments.kills, dask=arguments.dask, folder=folder):
            print(f"{what}: {figure}", flush=True)
            rows.append(f"| {what} | {figure} |")
    if arguments.write:
        put(PAGE, BEGIN, END, ("| measured | |", "| --- | --- |", *rows))


if __name__ == "__main__":
    main()

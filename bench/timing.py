"""What the benches of readers share: medians, and pandoc beside them."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def on_one_core() -> None:
    """Stay on one processor, where the system lets a process choose."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def median_ms(work: Callable[[], object], runs: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Median milliseconds of some runs by a clock, after one that does not count."""
    work()
    times = []
    for _ in range(runs):
        start = clock()
        work()
        times.append(1000 * (clock() - start))
    return statistics.median(times)


def pandoc_ms(data: bytes, format_: str, runs: int = 5, *options: str) -> float:
    """Median milliseconds of pandoc on a file, its start included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        path.write_bytes(data)
        command = ["pandoc", "-f", format_, "-t", "plain", *options, str(path)]
        return median_ms(lambda: subprocess.run(command, check=True, capture_output=True), runs)

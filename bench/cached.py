"""What a check takes when nothing changed, and when the document did: whole processes, each beside what it is measured against.

    python bench/cached.py [--runs 15] [FILE]

The processor of a shared machine changes its speed: what is compared is run in turn, and least and median of wall time and of
processor time are printed, with the median of the ratios within a turn. Run it in the environment policylint is installed in.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import policies

Times = tuple[float, float, float]
"""Wall and processor milliseconds, and MiB at most, of a process."""

REFERENCES = {
    "import click, yaml": ["-c", "import click, yaml"],
    "spacy.blank": ["-c", "import spacy; spacy.blank('en')"],
}


def run(arguments: list[str], environment: dict[str, str]) -> Times:
    """Run Python in a process of its own."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment)
    _, _, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = 0  # it was waited for above
    peak = used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return 1000 * wall, 1000 * (used.ru_utime + used.ru_stime), peak


def turns(document: Path, runs: int, environment: dict[str, str]) -> dict[str, list[Times]]:
    """The times of each kind of process, one of each in a turn; the first turn does not count."""
    text = document.read_text(encoding="utf-8") if document.is_file() else policies.policy(0)
    taken: dict[str, list[Times]] = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "policy.md")
        check = ["-m", "policylint", "check", str(path)]
        for turn in range(runs + 1):
            path.write_text(f"{text}\n\nEdition {turn}.\n", encoding="utf-8")
            for name, arguments in {**REFERENCES, "changed": check, "unchanged": check}.items():
                times = run(arguments, environment)
                if turn:
                    taken.setdefault(name, []).append(times)
    return taken


def ratio(taken: dict[str, list[Times]], name: str, reference: str) -> float:
    """Median over the turns of the ratio of two processes' processor time."""
    return statistics.median(a[1] / b[1] for a, b in zip(taken[name], taken[reference], strict=True))


def main() -> None:
    """Measure and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "file", nargs="?", type=Path, default=Path("-"), metavar="FILE", help="[default: one of four pages]"
    )
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        taken = turns(arguments.file, max(arguments.runs, 1), {**os.environ, "POLICYLINT_CACHE_DIR": cache})
    for name, times in taken.items():
        walls, works, peaks = zip(*times, strict=True)
        print(
            f"{name}: least {min(walls):.0f}, median {statistics.median(walls):.0f} ms; processor least {min(works):.0f}, "
            f"median {statistics.median(works):.0f} ms; peak {max(peaks):.0f} MiB"
        )
    print(f"unchanged / import click, yaml: {ratio(taken, 'unchanged', 'import click, yaml'):.2f}")
    print(f"changed / spacy.blank: {ratio(taken, 'changed', 'spacy.blank'):.2f}")


if __name__ == "__main__":
    main()

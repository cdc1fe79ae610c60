"""How long a folder of Markdown policies of four pages takes: nothing kept, then all kept, and by one process for comparison.

    python bench/many.py [--documents 200] [--runs 3]

Each time is that of a whole process; the reports are compared. Run it in the environment policylint is installed in.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import policies


def check(folder: Path, cache: str, *options: str) -> tuple[float, bytes]:
    """Seconds, and the report. Raises RuntimeError when something was not judged."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "policylint", "check", str(folder), *options],
        capture_output=True,
        check=False,
        env={**os.environ, "POLICYLINT_CACHE_DIR": cache},
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return time.perf_counter() - start, done.stdout


def main() -> None:
    """Measure and print one line a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as documents:
        policies.write(Path(documents), arguments.documents)
        for _ in range(arguments.runs):
            with tempfile.TemporaryDirectory() as cache:
                cold, first = check(Path(documents), cache)
                warm, second = check(Path(documents), cache)
            print(
                f"{arguments.documents} documents: cold {cold:.2f} s, second run {warm:.2f} s, same: {first == second}"
            )
        alone, third = check(Path(documents), "", "--no-cache", "--jobs", "1")
        print(f"{arguments.documents} documents by one process: {alone:.2f} s, same: {third == first}")


if __name__ == "__main__":
    main()

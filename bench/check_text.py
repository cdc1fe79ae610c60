"""How long a warm check of one document takes: the median of several runs of `check_text` against a pack, on one core.

    python bench/check_text.py [FILE ...] [--pack iacp] [--runs 15]

Of several files the longest is measured; with none, the bundled sample policy. Run it in the environment policylint is
installed in.
"""

import argparse
import statistics
import time
from pathlib import Path

from timing import on_one_core

import policylint

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "sample-policy.md"


def milliseconds(text: str, name: str, pack: str, runs: int) -> list[float]:
    """Times of `runs` checks, after one that loads the engine and the rules."""
    policylint.check_text(text, packs=[pack], name=name)
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        policylint.check_text(text, packs=[pack], name=name)
        times.append(1000 * (time.perf_counter() - start))
    return times


def main() -> None:
    """Measure and print one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--pack", default="iacp")
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    on_one_core()
    texts = {file: file.read_text(encoding="utf-8", errors="replace") for file in arguments.files or [SAMPLE]}
    longest = max(texts, key=lambda file: len(texts[file].split()))
    times = milliseconds(texts[longest], longest.name, arguments.pack, arguments.runs)
    print(
        f"check_text of {longest.name} ({len(texts[longest].split())} words) against {arguments.pack}: "
        f"median {statistics.median(times):.1f} ms of {len(times)} warm runs "
        f"(fastest {min(times):.1f}, slowest {max(times):.1f})"
    )


if __name__ == "__main__":
    main()

"""How long policylint takes to start, what loading costs beyond spaCy itself, and how much memory a check needs.

    python bench/startup.py [--runs 7] [FILE]

Each measurement is a process of its own; medians are printed. Run it in the environment policylint is installed in.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "sample-policy.md"

COMMANDS: dict[str, tuple[list[str], int]] = {
    "policylint --help": (["--help"], 0),
    "policylint packs": (["packs"], 0),
    "a usage error": (["check", "--no-such-option"], 2),
}
"""What is timed -> the arguments and the exit code that is right."""

LOADING = """
import time
start = time.perf_counter()
import spacy
spacy_ready = time.perf_counter()
import policylint
from policylint.packs import load
load.rules_for(frozenset(("iacp",)))
rules_ready = time.perf_counter()
policylint.check_text("Peer supporters shall keep no notes.", packs=["iacp"])
ready = time.perf_counter()
print(1000 * (spacy_ready - start), 1000 * (rules_ready - spacy_ready), 1000 * (ready - rules_ready))
"""

KEPT = """
import time
import spacy
start = time.perf_counter()
from policylint import api, files
from policylint.cache.results import open_cache
text = f"Peer supporters shall keep no notes. {time.time()}".encode()
api.check_inputs([files.Input("<text>", data=text)], packs=["iacp"], cache=open_cache())
print(1000 * (time.perf_counter() - start))
"""
"""The same as the command line does it: with the rules that an earlier run has kept in ready form."""

MEMORY = """
import resource, sys
import policylint
policylint.check_file(sys.argv[1], packs=["iacp"])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(peak / (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


def command_time(arguments: list[str], code: int) -> float:
    """Milliseconds that one run of the command line takes. Raises RuntimeError on another exit code than `code`."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "policylint", *arguments], capture_output=True, check=False)
    taken = 1000 * (time.perf_counter() - start)
    if done.returncode != code:
        raise RuntimeError(f"policylint {' '.join(arguments)} ended with {done.returncode}, not {code}.")
    return taken


def numbers(code: str, *arguments: str) -> list[float]:
    """The numbers a Python program prints."""
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    """Measure and print one line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", default=str(SAMPLE), metavar="FILE", help="checked for peak memory")
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    for name, (words, code) in COMMANDS.items():
        print(f"{name}: median {statistics.median(command_time(words, code) for _ in range(arguments.runs)):.0f} ms")
    loads = [numbers(LOADING) for _ in range(arguments.runs)]
    spacy, rules, first = (statistics.median(column) for column in zip(*loads, strict=True))
    print(f"import spacy: median {spacy:.0f} ms")
    print(f"rules beyond import spacy: median {rules:.0f} ms; engine and first short text: median {first:.0f} ms")
    numbers(KEPT)
    kept = statistics.median(numbers(KEPT)[0] for _ in range(arguments.runs))
    print(f"rules kept by an earlier run, engine and first short text, beyond import spacy: median {kept:.0f} ms")
    peak = statistics.median(numbers(MEMORY, arguments.file)[0] for _ in range(arguments.runs))
    print(f"peak memory of checking {Path(arguments.file).name}: median {peak:.0f} MiB")


if __name__ == "__main__":
    main()

"""What reading in a process of its own costs: starting it, a round trip, and a whole `check` beside one of plain text.

    python bench/bounded.py [--runs 7]

The reader is a stand-in that gives back the text it is sent, so that nothing but the way there and back is measured. Medians.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from policylint.readers import bounded
from policylint.readers.formats import Format, Options

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "fixtures" / "sample-policy.txt"

READER = """
from policylint.document import Block, Source

def read(data, name, options):
    text, blocks, at = data.decode().lstrip("\\0"), [], 0
    for line in text.split("\\n"):
        if line.strip():
            blocks.append(Block(((at, at + len(line)),), "line", page=1, size=11.0, box=(72.0, 72.5, 540.0, 84.25)))
        at += len(line) + 1
    return Source(text, tuple(blocks), "echo", 1)
"""

CHECK = """
import sys
from policylint.readers import formats
formats.FORMATS["echo"] = formats.READERS[".echo"] = formats.Format("echo", "echo", (".echo",), "echoing.reader")
from policylint.cli import main
main(["check", sys.argv[1], "--output", sys.argv[2]])
"""

ECHO = Format("echo", "echo", (".echo",), "echoing.reader")


def median(runs: int, action: Callable[[], object]) -> float:
    """Median time of an action in milliseconds."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def read(text: str) -> None:
    """Send a text there and back."""
    bounded.read(ECHO, text.encode(), "x.echo", Options())


def cold() -> None:
    """Start the process and have it read one line."""
    bounded.close()
    read("Peer support.")


def check(folder: Path, suffix: str, mark: str) -> None:
    """The command line on the sample policy."""
    path = folder / f"sample{suffix}"
    path.write_text(mark + SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(folder), str(ROOT)))}
    command = [sys.executable, "-c", CHECK, str(path), str(folder / "report")]
    subprocess.run(command, env=environment, capture_output=True, check=False)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    runs = parser.parse_args().runs
    policy = SAMPLE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "echoing").mkdir()
        (folder / "echoing" / "reader.py").write_text(READER, encoding="utf-8")
        sys.path.append(name)
        print(f"start and first answer          {median(runs, cold):8.1f} ms")
        print(f"round trip, sample policy       {median(runs, lambda: read(policy)):8.1f} ms")
        manual = policy * (1_500_000 // len(policy))
        print(f"round trip, {len(manual) / 1e6:.1f} million letters {median(runs, lambda: read(manual)):8.1f} ms")
        bounded.close()
        text, other = (median(runs, lambda s=s, m=m: check(folder, s, m)) for s, m in ((".txt", ""), (".echo", "\0")))  # type: ignore[misc]
        print(f"check sample.txt                {text:8.1f} ms")
        print(f"check sample, another process   {other:8.1f} ms   (+{other - text:.0f})")


if __name__ == "__main__":
    main()

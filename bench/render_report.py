"""How long a report takes to render beyond the check, and how large it is: the first time in a process, and then.

    python bench/render_report.py [FILE] [--format html] [--runs 15]

With no file, the bundled sample policy; with no format, all of them, each in a process of its own. The first time counts the
libraries that the format needs. Both are processor time, so that a busy machine changes them little. Run it in the
environment policylint is installed in; a ten-page policy is made by `policylint draft --profile washington`.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

import policylint
from policylint.reporters import REPORTERS, View

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "sample-policy.md"


def main() -> None:
    """Measure and print one line for each format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE, metavar="FILE")
    parser.add_argument("--format", choices=list(REPORTERS))
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    if arguments.format is None:
        for name in REPORTERS:
            options = ["--format", name, "--runs", str(arguments.runs)]
            subprocess.run([sys.executable, __file__, str(arguments.file), *options], check=True)
        return
    report = policylint.check_file(arguments.file)
    times = []
    content: str | bytes = ""
    for _ in range(1 + max(arguments.runs, 1)):
        start = time.process_time()
        content = REPORTERS[arguments.format](report, View())
        times.append(1000 * (time.process_time() - start))
    size = len(content.encode("utf-8", "backslashreplace") if isinstance(content, str) else content)
    document = report.documents[0]
    print(
        f"{arguments.format} of {arguments.file.name} ({document.words} words, {len(document.verdicts)} verdicts): "
        f"{size / 1000:.0f} kB, first {times[0]:.0f} ms, then {min(times[1:]):.0f} ms"
    )


if __name__ == "__main__":
    main()

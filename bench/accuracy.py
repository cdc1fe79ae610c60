"""The tables of docs/accuracy.md, from the labelled sets that lie outside this repository.

    python bench/accuracy.py [--write] [PACK...]

Prints the tables of the packs named, of all that have labels by default; with --write they take the place of those in
docs/accuracy.md. The documents are scored as `policylint evaluate` does it, the single passages by the scoring script of
the shared folder, which prints figures only: nobody reads the passages of the set "measure" for this.
"""

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from figures import put

from policylint import __version__
from policylint.cli.evaluate import agreement
from policylint.evaluate import RESAMPLES, Evaluation, evaluate

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "accuracy.md"
SHARED = ROOT.parent / "shared"
BEGIN, END = "<!-- tables: python bench/accuracy.py --write -->", "<!-- end of tables -->"

PASSAGES = {"challenge": "read while the rules were written", "measure": "read by nobody"}

_TOTAL = re.compile(r"^TOTAL: n (\d+)  accuracy ([\d.]+)  .*?gap P ([\d.]+) R ([\d.]+) F2 ([\d.]+)", re.MULTILINE)


def table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a Markdown table, the first row as its head."""
    head, *rest = rows
    for row in (head, ["---"] * len(head), *rest):
        yield f"| {' | '.join(row)} |"


def of_documents(found: Evaluation) -> Iterator[str]:
    """Table: whole documents, policylint beside the baselines."""
    (_, *judges), *rows = agreement(found)
    yield from table([("whole documents", *judges), *rows])


def of_passages(pack: str) -> Iterator[str]:
    """Table: single passages, as the scoring script counts them."""
    rows = [["single passages", "number", "accuracy", "gap precision", "gap recall", "gap F2"]]
    for what, who in PASSAGES.items():
        command = [sys.executable, str(SHARED / "tools" / "score.py"), what, pack]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        total = _TOTAL.search(done.stdout)
        if total is None:
            raise RuntimeError(f"{' '.join(command)} printed no total.")
        if total[1] != "0":
            rows.append([f"{what} ({who})", *total.groups()])
    yield from table(rows)


def section(pack: str) -> Iterator[str]:
    """The lines about one pack."""
    found = evaluate(str(SHARED / "labels"), packs=[pack])
    labels, documents = found.policylint.tally.labels, len(found.documents)
    (info,) = found.packs
    interval = f"intervals from {RESAMPLES:,} resamples" if documents > 1 else "one document, so no interval"
    yield f"### {pack}"
    yield ""
    yield f"policylint {__version__}, pack {info.version} (SHA-256 {info.sha256[:12]}). Documents: {documents} ({interval})."
    yield f"Labels: {labels}; requirements without a label, not scored: {found.unlabelled}."
    yield ""
    yield from of_documents(found)
    yield ""
    yield from of_passages(pack)
    yield ""


def main() -> None:
    """Print the tables, or put them into the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("packs", nargs="*", metavar="PACK")
    parser.add_argument("--write", action="store_true", help="replace the tables of docs/accuracy.md")
    arguments = parser.parse_args()
    labelled = sorted({path.name.split(".")[-2] for path in (SHARED / "labels").glob("*.tsv")})
    if not labelled:
        parser.error(f"there are no labels in {SHARED}")
    tables = "\n".join(line.rstrip() for pack in arguments.packs or labelled for line in section(pack))
    if not arguments.write:
        print(tables)
        return
    put(PAGE, BEGIN, END, [tables])


if __name__ == "__main__":
    main()

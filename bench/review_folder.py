"""How long the review folder of many agencies takes to write, and the share of each of its parts.

    python bench/review_folder.py [--agencies 200] [--jobs 1] [--out FOLDER]

The review is made up (`made_review.py`), so that what is measured is the writing alone. Times are processor time of this
process, and the time that passed for the whole. With --out the folder is kept, to be looked at.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from pathlib import Path

from made_review import MadeReview

from policylint._version import __version__
from policylint.report import Report
from policylint.reporters import REPORTERS, View
from policylint.review.folder import tables, write
from policylint.review.folder.dashboard import dashboard
from policylint.review.folder.letters import letter_template, letter_values, shipped_template
from policylint.review.folder.overview import overview_of
from policylint.review.folder.workbook import workbook


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=200)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    review = MadeReview(arguments.agencies)
    shares(review)
    with tempfile.TemporaryDirectory() as temporary:
        out = arguments.out or Path(temporary) / "review"
        for what in ("all", "again"):
            start, cpu = time.perf_counter(), time.process_time()
            written = write(review, out, jobs=arguments.jobs)
            size = sum(path.stat().st_size for path in written)
            print(
                f"{what}: {len(written)} files, {size / 1e6:.1f} MB in {time.perf_counter() - start:.1f} s "
                f"({time.process_time() - cpu:.1f} s in this process)"
            )
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB")


def shares(review: MadeReview) -> None:
    """Print what each kind of file costs: per submission, or for all of them."""
    template = letter_template(shipped_template(), "letter-template.docx")
    spent = dict.fromkeys(("taking it from the review", "page", "letter"), 0.0)
    for key in review.keys:
        start = time.process_time()
        reviewed = review.with_body(key)
        taken = time.process_time()
        REPORTERS["html"](Report(__version__, reviewed.packs, (reviewed.report,)), View())
        page = time.process_time()
        template.filled(letter_values(reviewed, review.made_on, __version__))
        for name, time_spent in zip(spent, (taken - start, page - taken, time.process_time() - page), strict=True):
            spent[name] += time_spent
    for name, seconds in spent.items():
        print(f"{name}: {1000 * seconds / len(review):.1f} ms a submission")
    start = time.process_time()
    overview = overview_of(review)
    print(f"overview: {time.process_time() - start:.2f} s")
    for name, make in (
        ("index.html", lambda: dashboard(overview, __version__)),
        ("matrix.xlsx", lambda: workbook(overview)),
        ("matrix.csv", lambda: tables.matrix_csv(overview)),
    ):
        start = time.process_time()
        made = make()
        print(f"{name}: {time.process_time() - start:.2f} s, {len(made) / 1000:.0f} kB")


if __name__ == "__main__":
    main()

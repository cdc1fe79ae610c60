"""The review folder: a dashboard, a report and a letter for each agency, tables, and what failed.

    index.html               all agencies: a heat map, what is most often missing, trends, families (`dashboard/`)
    agencies/SLUG.html       the report on a submission (`pages.py`, by `policylint.reporters.html`)
    letters/SLUG.docx        the letter to an agency (`letters/`); letter-template.docx is what they are made of
    matrix.xlsx, matrix.csv  agencies by requirements (`tables.py`, `workbook.py`)
    failures.csv             what could not be judged, and why

Everything is made of the review alone: the same review gives the same bytes, whenever and wherever it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from policylint._version import __version__
from policylint.review.folder import pages, tables
from policylint.review.folder.files import Record, Written, digest, put
from policylint.review.folder.letters import letter_template, template_data
from policylint.review.folder.overview import Overview, overview_of
from policylint.review.model import Review, Reviewed

__all__ = ["check_letter_template", "write"]

WORTH = 24
"""Submissions for each process below which starting it takes longer than it saves."""


def check_letter_template(file: Path) -> None:
    """See to it that letters can be made of a template, before hours are spent on judging. Raises UsageError."""
    letter_template(*template_data(file))


def write(
    review: Review,
    out: Path,
    *,
    letter_template_file: Path | None = None,
    jobs: int = 1,
    progress: Callable[[int], None] | None = None,
) -> tuple[Path, ...]:
    """Write the folder of a review; what is there already and would be the same is left alone.

    Args:
        review: what was reviewed. One report is in memory at a time (a few, with several processes).
        out: the folder; made if there is none. Only files that this function wrote are ever removed from it.
        letter_template_file: the commission's own template of the letters; None for the one that ships.
        jobs: most processes to write pages with. More than one is for programs whose main module can be imported again.
        progress: called with the number of submissions written so far.

    Returns:
        All files of the folder, in order.

    Raises:
        UsageError: the folder cannot be written, or the template cannot be used.
    """
    template = letter_template(*template_data(letter_template_file))
    overview = overview_of(review)
    record = Record(out)
    record.begin([name for entry in overview.entries for name in _names(entry.slug, letter=entry.latest)])
    setting = pages.Setting(
        out=out,
        made_on=overview.made_on,
        as_of=str(overview.asked["as_of"]) if overview.asked.get("as_of") else None,
        version=__version__,
        code=_code(),
        template=(template.data, "letter-template.docx"),
    )
    processes = max(1, min(jobs, len(overview.entries) // WORTH))
    written: dict[str, Written] = {}
    for done, made in enumerate(pages.write_all(setting, template, _tasks(review, overview, record), processes), 1):
        written.update(made)
        if progress is not None:
            progress(done)
    for name, make in _about_all(overview, template.data):
        written[name] = put(out, name, make())
    return record.end(written)


def _code() -> str:
    """A digest of what makes pages of reports, so that another edition of the program writes all of them anew."""
    root = resources.files("policylint")
    made = []
    for folder in ("reporters", "review"):
        with resources.as_file(root / folder) as path:
            made += [
                part.relative_to(path).as_posix().encode() + part.read_bytes()
                for part in sorted(path.rglob("*"))
                if part.is_file() and part.suffix != ".pyc"
            ]
    return digest(version("jinja2"), *made)


def _names(slug: str, *, letter: bool) -> list[str]:
    return [pages.page_name(slug), *([pages.letter_name(slug)] if letter else [])]


def _tasks(review: Review, overview: Overview, record: Record) -> Iterator[tuple[pages.Task, Reviewed]]:
    for entry in overview.entries:
        names = _names(entry.slug, letter=entry.latest)
        before = {name: record.before[name] for name in names if name in record.before}
        yield pages.Task(entry.slug, entry.latest, before), review.with_body(entry.submission.key)


def _about_all(overview: Overview, template: bytes) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The files about all submissions: name, and what makes its contents."""
    from policylint.review.folder.dashboard import dashboard
    from policylint.review.folder.workbook import workbook

    yield "index.html", lambda: dashboard(overview, __version__).encode("utf-8", "replace")
    yield "matrix.xlsx", lambda: workbook(overview)
    yield "matrix.csv", lambda: tables.matrix_csv(overview).encode("utf-8", "replace")
    yield "failures.csv", lambda: tables.failures_csv(overview).encode("utf-8", "replace")
    yield "letter-template.docx", lambda: template

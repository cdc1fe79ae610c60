"""The review folder: a dashboard, a report and a letter for each agency, tables, and what failed.

    index.html               all agencies: a heat map, what is most often missing, trends, families (`dashboard/`)
    agencies/SLUG.html       the report on a submission (`pages.py`, by `policylint.reporters.html`)
    letters/SLUG.docx        the letter to an agency (`letters/`); letter-template.docx is what they are made of
    matrix.xlsx, matrix.csv  agencies by requirements (`tables.py`, `workbook.py`)
    failures.csv             what could not be judged, and why

Everything is made of the review alone: the same review gives the same bytes, whenever and wherever it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from policylint._version import __version__
from policylint.review.folder import pages, tables
from policylint.review.folder.files import Record, Written, digest, put
from policylint.review.folder.helpers import helpers
from policylint.review.folder.letters import letter_template, template_data
from policylint.review.folder.overview import Overview, overview_of
from policylint.review.model import Review, Reviewed

__all__ = ["check_letter_template", "write"]

_TEMPLATE = "letter-template.docx"

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
    template, called = template_data(letter_template_file)
    overview = overview_of(review)
    setting = pages.Setting(
        out=out,
        made_on=overview.made_on,
        as_of=str(overview.asked["as_of"]) if overview.asked.get("as_of") else None,
        version=__version__,
        code=_code(),
        template=(template, called),
    )
    pages.writer(setting)  # to refuse a template that cannot be used before anything is written
    record = Record(out)
    record.begin([name for entry in overview.entries for name in _names(entry.slug, letter=entry.latest)])
    written: dict[str, Written] = {}
    with helpers(min(jobs, len(overview.entries) // WORTH)) as helping:
        about_all = {name: helping.begin(make, overview) for name, make in _ABOUT_ALL.items()}
        tasks = ((setting, task, reviewed) for task, reviewed in _tasks(review, overview, record))
        for done, made in enumerate(helping.results(pages.write, tasks), 1):
            written.update(made)
            if progress is not None:
                progress(done)
        for name, content in about_all.items():
            written[name] = put(out, name, content())
    written[_TEMPLATE] = put(out, _TEMPLATE, template)
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


def _index(overview: Overview) -> bytes:
    from policylint.review.folder.dashboard import dashboard

    return dashboard(overview, __version__).encode("utf-8", "replace")


def _matrix(overview: Overview) -> bytes:
    from policylint.review.folder.workbook import workbook

    return workbook(overview)


def _matrix_csv(overview: Overview) -> bytes:
    return tables.matrix_csv(overview).encode("utf-8", "replace")


def _failures_csv(overview: Overview) -> bytes:
    return tables.failures_csv(overview).encode("utf-8", "replace")


_ABOUT_ALL: Mapping[str, Callable[[Overview], bytes]] = {
    "index.html": _index,
    "matrix.xlsx": _matrix,
    "matrix.csv": _matrix_csv,
    "failures.csv": _failures_csv,
}
"""The files about all submissions: name, and what makes its contents."""

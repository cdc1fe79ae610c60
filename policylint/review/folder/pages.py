"""The files of one submission: its HTML report, and the letter to its agency."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from policylint.report import Report
from policylint.reporters import REPORTERS, View
from policylint.review.folder.files import Written, digest, put_if_changed
from policylint.review.folder.letters import letter_template, letter_values
from policylint.review.folder.words import long_date
from policylint.review.model import Reviewed


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of a review share.

    Attributes:
        out: the review folder.
        version: of the program; `code`: a digest of all that makes pages of reports.
        template: the letter's Word file, and what errors call it.
    """

    out: Path
    made_on: str
    as_of: str | None
    version: str
    code: str
    template: tuple[bytes, str]


@dataclass(frozen=True, slots=True)
class Task:
    """One submission to be written: its files' name, whether its agency gets a letter, and what the record says of them."""

    slug: str
    letter: bool
    before: Mapping[str, Written]


class Writer:
    """Writes the files of submissions."""

    def __init__(self, setting: Setting) -> None:
        """Compile the letter's template. Raises UsageError."""
        self._setting = setting
        self._template = letter_template(*setting.template)
        self._common = digest(setting.made_on, setting.as_of or "", setting.version, setting.code)
        self._letters = digest(self._common, setting.template[0])

    def write(self, task: Task, reviewed: Reviewed) -> dict[str, Written]:
        """Write what changed; gives all files of the submission. Raises UsageError."""
        # Everything that either file shows is in here: values that are equal are written alike.
        of = repr(reviewed)
        page, letter = page_name(task.slug), letter_name(task.slug)
        files = {
            page: put_if_changed(
                self._setting.out, page, digest(self._common, of), lambda: self._page(reviewed), task.before.get(page)
            )
        }
        if task.letter:
            made_of = digest(self._letters, of)
            files[letter] = put_if_changed(
                self._setting.out, letter, made_of, lambda: self._letter(reviewed), task.before.get(letter)
            )
        return files

    def _page(self, reviewed: Reviewed) -> bytes:
        document = replace(reviewed.report, notes=(*_remarks(reviewed), *reviewed.report.notes))
        report = Report(self._setting.version, reviewed.packs, (document,), document.profile, self._setting.as_of)
        made = REPORTERS["html"](report, View())
        return made.encode("utf-8", "replace") if isinstance(made, str) else made

    def _letter(self, reviewed: Reviewed) -> bytes:
        return self._template.filled(letter_values(reviewed, self._setting.made_on, self._setting.version))


def page_name(slug: str) -> str:
    """Where the report of a submission stands in the folder."""
    return f"agencies/{slug}.html"


def letter_name(slug: str) -> str:
    """Where the letter to an agency stands in the folder."""
    return f"letters/{slug}.docx"


def _remarks(reviewed: Reviewed) -> Iterator[str]:
    """Who submitted it, and how it stands by the pass rule, as notes above all others."""
    submission, standing = reviewed.submission, reviewed.standing
    day = f" on {long_date(submission.submitted)}" if submission.submitted else ""
    last = "" if reviewed.latest else " A later one counts instead."
    yield f"Submitted by {submission.agency}{day}.{last}"
    if standing is not None and standing.passes is not None:
        yield f"By the rule of its profile it {'passes' if standing.passes else 'does not pass'}."
        yield from (f"Missing to pass: {reason}" for reason in standing.reasons)


def write(setting: Setting, task: Task, reviewed: Reviewed) -> dict[str, Written]:
    """Write what changed of a submission; gives all its files. Raises UsageError."""
    return writer(setting).write(task, reviewed)


@lru_cache(maxsize=1)
def writer(setting: Setting) -> Writer:
    """What writes pages by a setting, made once in each process. Raises UsageError: its template cannot be used."""
    return Writer(setting)

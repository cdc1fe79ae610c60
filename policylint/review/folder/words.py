"""What a review says in words, the same on every page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean

if TYPE_CHECKING:
    from policylint.review.folder.overview import Entry
    from policylint.review.model import Standing, Submission

RESULTS = ("passes", "does not pass", "no pass rule", "not judged")
"""What can come of a submission."""


def result(entry: Entry) -> str:
    """What came of a submission: one of `RESULTS`."""
    return result_of(entry.standing, judged=entry.judged)


def result_of(standing: Standing | None, *, judged: bool) -> str:
    """One of `RESULTS`."""
    if not judged:
        return "not judged"
    if standing is None or standing.passes is None:
        return "no pass rule"
    return "passes" if standing.passes else "does not pass"


def missing(standing: Standing | None) -> str:
    """What is missing to pass, in short: "2 must change, 5 more of 9 must be met"; "" when it passes, or nobody can say."""
    if standing is None or standing.passes is not False:
        return ""
    needed, more = len(standing.needed), standing.short
    parts = [f"{needed} must change"] if needed else []
    if more:
        parts.append(f"{more} more of {len(standing.lacking) - needed} must be met")
    return ", ".join(parts)


def document_name(submission: Submission) -> str:
    """The file's name, without the folders of the machine where the review was made."""
    return document_name_of(submission.document)


def document_name_of(document: str) -> str:
    """The name of the file that a path or location leads to."""
    return clean(document.replace("\\", "/").rstrip("/").rpartition("/")[2]) or "unnamed"


def long_date(iso: str) -> str:
    """An ISO date as a letter has it: "November 27, 2026"; anything else as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return clean(iso)
    months = "January February March April May June July August September October November December".split()
    return f"{months[day.month - 1]} {day.day}, {day.year}"


def median(shares: Iterable[float | None]) -> str:
    """The share in the middle of those that are known, in per cent; "" when none is."""
    known = sorted(share for share in shares if share is not None)
    return percent(known[len(known) // 2]) if known else ""


def percent(part: float | None) -> str:
    """A share in per cent, rounded down so that 79.9 % is not taken for 80: "79 %"; "" for None."""
    return "" if part is None else f"{int(part * 100 + 1e-9)} %"

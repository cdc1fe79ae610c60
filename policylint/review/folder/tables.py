"""The tables of a review as rows: agencies by requirements, the requirements themselves, all submissions, and what failed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylint.reporters.csv import table
from policylint.reporters.entries import STATUS_ORDER
from policylint.reporters.rows import neutral, words
from policylint.review.folder.words import document_name, result

if TYPE_CHECKING:
    from policylint.review.folder.overview import Entry, Overview

Cells = tuple[str | int | float, ...]

ABOUT = (
    *("agency", "kind", "state", "contact", "submitted", "document", "profile", "result", "missing to pass"),
    *("met", "asked", "coverage", "conflicts"),
)
"""Columns of the matrix before its requirements."""

SUBMISSIONS = (
    *("agency", "state", "submitted", "latest", "document", "result", "met", "asked", "coverage", "conflicts"),
    *("family", "shared text", "page", "key"),
)
REQUIREMENTS = (
    *("requirement", "topic", "authority", "rank", "force", "asked of", *map(words, STATUS_ORDER[:-1])),
    *("share met", "asks", "citation"),
)
FAILURES = ("agency", "kind", "state", "contact", "submitted", "document", "reason", "latest", "key")


def matrix_csv(overview: Overview) -> str:
    """The matrix as comma-separated values."""
    columns = (*ABOUT, *(neutral(column.id) for column in overview.columns))
    return table(columns, (tuple(map(str, row)) for row in matrix(overview)))


def failures_csv(overview: Overview) -> str:
    """What could not be judged, as comma-separated values; only a header when all could."""
    return table(FAILURES, failures(overview))


def matrix(overview: Overview) -> Iterator[Cells]:
    """One row an agency: its last submission, what came of it, and its status for each requirement, in words."""
    for entry in overview.latest:
        statuses = (words(entry.status(at) or "") for at in range(len(overview.columns)))
        yield (*_about(entry), *statuses)


def _about(entry: Entry) -> Cells:
    submission = entry.submission
    lacking = entry.standing.lacking if entry.standing is not None else ()
    return (
        neutral(entry.agency),
        neutral(submission.agency_kind or ""),
        neutral(submission.state or ""),
        neutral(submission.contact),
        neutral(submission.submitted or ""),
        neutral(document_name(submission)),
        neutral(entry.profile),
        result(entry),
        neutral(", ".join(lacking)),
        *_figures(entry),
    )


def _figures(entry: Entry) -> Cells:
    """Met, asked, coverage and conflicts; nothing where nothing was judged."""
    if not entry.judged:
        return ("", "", "", "")
    coverage = entry.coverage
    return (entry.counts["met"], entry.asked, "" if coverage is None else round(coverage, 4), entry.counts["conflict"])


def submissions(overview: Overview) -> Iterator[Cells]:
    """One row a submission, earlier ones included."""
    for entry in overview.entries:
        submission = entry.submission
        yield (
            neutral(entry.agency),
            neutral(submission.state or ""),
            neutral(submission.submitted or ""),
            "yes" if entry.latest else "",
            neutral(document_name(submission)),
            result(entry),
            *_figures(entry),
            neutral(entry.family or ""),
            "" if entry.likeness is None else round(entry.likeness, 4),
            f"agencies/{entry.slug}.html",
            neutral(submission.key),
        )


def requirements(overview: Overview) -> Iterator[Cells]:
    """One row a requirement: how the agencies' last submissions stand to it."""
    for at, column in enumerate(overview.columns):
        statuses = [entry.status(at) for entry in overview.latest]
        counts = [statuses.count(status) for status in STATUS_ORDER[:-1]]
        asked = sum(counts)
        yield (
            *map(neutral, (column.id, column.topic, column.authority, column.rank, column.force)),
            asked,
            *counts,
            round(statuses.count("met") / asked, 4) if asked else "",
            neutral(column.asked),
            neutral(column.citation),
        )


def failures(overview: Overview) -> Iterator[tuple[str, ...]]:
    """One row for each submission that could not be judged, with the reason."""
    for entry in overview.entries:
        if not entry.judged:
            s = entry.submission
            about = (entry.agency, s.agency_kind or "", s.state or "", s.contact, s.submitted or "", document_name(s))
            yield (*map(neutral, (*about, entry.reason)), "yes" if entry.latest else "", neutral(s.key))

"""What the tests of batches share: folders of tiny submissions, runs, and a review as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from policylint.review import batch, manifest
from policylint.review.batch import Tally, Terms, open_review
from policylint.review.engines import Engine
from policylint.review.jobs import Clock, Done, Job, judge
from policylint.review.model import Submission
from policylint.review.store import NAME, Store

SUFFIXES = (".txt", ".md", ".docx")


def text(number: int, before: str = "") -> str:
    """A passage of a policy; no two numbers say the same."""
    force = ("shall", "should", "may", "must not")[number % 4]
    return (
        f"{before} Spring{chr(97 + number)} Police Department. Peer supporters {force} keep notes of a contact. "
        f"Peer supporters are volunteers of the department and meet {'once ' * (number % 5)}a year.\n"
    ).lstrip()


def write(folder: Path, count: int, before: str = "") -> Path:
    """A folder with so many submissions."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:02}.txt").write_text(text(number, before), encoding="utf-8")
    return folder


def submissions(source: Path | str) -> tuple[Submission, ...]:
    return manifest.read(str(source), SUFFIXES).submissions


def run(source: Path | str, out: Path, terms: Terms | None = None, engine: Engine | None = None, **more: Any) -> Tally:
    """A batch, in this process when no engine is given."""
    out.mkdir(exist_ok=True)
    terms = terms or Terms(profile="national")
    with Store(out / NAME, batch.standings(terms)) as store:
        return batch.run(store, submissions(source), terms, engine or Here(), **more)


def values(out: Path) -> list[Any]:
    """All that a review says, in its order."""
    with open_review(out) as review:
        return [_values(review.with_body(each.submission.key)) for each in review]


def _values(each: Any) -> Any:
    return (each.submission, each.report, each.packs, each.standing, each.family, each.likeness, each.latest)


def reasons(out: Path) -> dict[str, str]:
    """Key -> why it was not judged."""
    with open_review(out) as review:
        return {each.submission.key: each.report.reason for each in review if each.report.reason is not None}


class Here:
    """An engine without processes, which remembers what was really judged since it was last asked."""

    def __init__(self) -> None:
        self._judged: list[str] = []

    def __call__(self, jobs: Iterable[Job]) -> Iterator[Done]:
        for job in jobs:
            done = judge(job, Clock())
            if not done.same:
                self._judged.append(job.key)
            yield replace(done, judged=False, final=False, reason="No time.") if "fails" in job.key else done

    @property
    def judged(self) -> list[str]:
        judged, self._judged = self._judged, []
        return sorted(judged)

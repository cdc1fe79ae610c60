"""A review of as many made-up agencies as are wanted, for the bench of the review folder and for its tests in a browser.

The bundled sample policy is judged once; each agency gets its verdicts with some of them changed by chance, the same for the
same number: agencies differ in how good they are, a tenth share a vendor's text, a fifth has submitted before, and some
documents could not be read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import policylint
from policylint.packs import load
from policylint.report import DocumentReport, Verdict, severity
from policylint.review.model import Reviewed, Submission
from policylint.review.standing import standing_of

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "sample-policy.md"

_PLACES = "Alder Bracken Cedar Dogwood Elder Fir Gorse Hazel Ivy Juniper Larch Maple Nettle Oak Pine Rowan Spruce Willow".split()
_LANDS = "Bay City County Falls Harbor Hills Lake Point Ridge Springs Valley".split()
_KINDS = {"police": "Police Department", "sheriff": "Sheriff's Office", "fire": "Fire District", "ems": "Medic One"}
_REASONS = ("The PDF file is encrypted.", "This does not read as a peer support policy.", "The file is empty.")
_FINDINGS = {
    "met": "",
    "partial": "The policy says part of this.",
    "weak": "Said with should.",
    "missing": "The policy does not say this.",
    "conflict": "The policy says the opposite.",
}
_WEIGHTS = {"met": 0.0, "partial": 0.15, "weak": 0.1, "missing": 0.7, "conflict": 0.05}


class MadeReview:
    """A review of so many agencies; see `policylint.review.model.Review`."""

    def __init__(self, agencies: int, seed: int = 0, made_on: str = "2026-03-31") -> None:
        """Judge the sample, once for all agencies."""
        self.made_on = made_on
        self.asked: Mapping[str, object] = {"profile": "washington", "as_of": None, "facts": {}}
        self._seed = seed
        self._sample = policylint.check_file(SAMPLE, profile="washington")
        self._profile = load.library().profiles["washington"]
        made = sorted(self._made(agencies), key=lambda s: (s.agency, s.submitted or "", s.key))
        self.keys = [submission.key for submission in made]

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Reviewed]:
        for key in self.keys:
            reviewed = self.with_body(key)
            yield replace(reviewed, report=replace(reviewed.report, body=None))

    def with_body(self, key: str) -> Reviewed:
        """One submission with the policy as read."""
        number, _, round_ = key.removesuffix(".md").rpartition("-")[2].partition(".")
        return self._one(int(number), int(round_))

    def _made(self, agencies: int) -> Iterator[Submission]:
        for number in range(agencies):
            yield self._submission(number, 0)
            if number % 5 == 0:
                yield self._submission(number, 1)

    def _submission(self, number: int, round_: int) -> Submission:
        """An agency's submission; a fifth of them has two."""
        kind = list(_KINDS)[number * 7 % 4]
        name = f"{_PLACES[number % 18]} {_LANDS[number // 18 % 11]} {_KINDS[kind]}"
        year = 2025 + round_ if number % 5 == 0 else 2026
        return Submission(
            key=f"policy-{number}.{round_}.md",
            document=f"policies/policy-{number}.{round_}.md",
            agency=f"{name} No. {number // 198 + 1}" if number >= 198 else name,
            agency_kind=kind,
            state="WA",
            contact=f"Chief {_PLACES[number % 18]}, {number} Main Street",
            submitted=f"{year}-0{number % 9 + 1}-15",
        )

    def _one(self, number: int, round_: int) -> Reviewed:
        """An agency's submission; its second round is its last one, and better."""
        chance = random.Random(f"{self._seed}/{number}")  # noqa: S311 - no secret
        submission = self._submission(number, round_)
        if number % 50 == 49:
            report = DocumentReport(submission.document, status="not_judged", reason=chance.choice(_REASONS))
        else:
            goodness = min(1.0, chance.betavariate(4, 2) + 0.15 * round_)
            document = self._sample.documents[0]
            verdicts = tuple(_changed(v, chance, goodness) for v in document.verdicts)
            report = replace(document, path=submission.document, verdicts=verdicts, title=f"Policy {1000 + number}")
        family = f"policy-{number % 30}.0.md" if number % 10 == 3 else None
        first = family == submission.key
        return Reviewed(
            submission=submission,
            report=report,
            packs=self._sample.packs,
            standing=standing_of(self._profile, report),
            family=family,
            likeness=None if family is None else 1.0 if first else round(chance.uniform(0.8, 1), 3),
            latest=number % 5 != 0 or round_ == 1,
        )


def _changed(verdict: Verdict, chance: random.Random, goodness: float) -> Verdict:
    """The verdict of an agency that meets so much of what applies."""
    if verdict.status == "not_applicable":
        return verdict
    status = "met"
    if chance.random() > goodness:
        (status,) = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    return _with_status(verdict, status)


@cache
def _with_status(verdict: Verdict, status: str) -> Verdict:
    """The verdict with another status; what is missing has no evidence."""
    if status == verdict.status:
        return verdict
    return replace(
        verdict,
        status=status,
        severity=severity(verdict.force, status),
        message=f"{verdict.asked} {_FINDINGS[status]}".strip(),
        elements_covered=None,
        elements_missing=None,
        evidence=() if status == "missing" else verdict.evidence,
    )

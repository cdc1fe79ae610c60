"""A review of as many made-up agencies as are wanted, for the bench of the review folder and for its tests in a browser.

The bundled sample policy is judged once; each agency gets its verdicts with some of them changed by chance, the same for the
same number: agencies differ in how good they are, a tenth share a vendor's text, a fifth has submitted before, and some
documents could not be read.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import policylint
from policylint.packs import load
from policylint.packs.models import Profile
from policylint.report import DocumentReport, Report, Verdict, severity
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


@dataclass(frozen=True)
class MadeReview:
    """A review of `agencies` agencies; see `policylint.review.model.Review`."""

    agencies: int
    seed: int = 0
    made_on: str = "2026-03-31"
    asked: Mapping[str, object] = field(default_factory=lambda: {"profile": "washington", "as_of": None, "facts": {}})

    def __post_init__(self) -> None:
        """Judge the sample, once for all agencies."""
        sample = policylint.check_file(SAMPLE, profile="washington")
        object.__setattr__(self, "_sample", sample)
        object.__setattr__(self, "_profile", load.library().profiles["washington"])
        made = sorted(self._made(), key=lambda r: (r.submission.agency, r.submission.submitted or "", r.submission.key))
        object.__setattr__(self, "_keys", [each.submission.key for each in made])

    def __len__(self) -> int:
        return len(self._own("_keys"))

    def __iter__(self) -> Iterator[Reviewed]:
        for key in self._own("_keys"):
            reviewed = self.with_body(key)
            yield replace(reviewed, report=replace(reviewed.report, body=None))

    def with_body(self, key: str) -> Reviewed:
        """One submission with the policy as read."""
        number, _, round_ = key.removesuffix(".md").rpartition("-")[2].partition(".")
        return self._one(int(number), int(round_ or 0))

    def _own(self, name: str) -> list[str]:
        found: list[str] = getattr(self, name)
        return found

    def _made(self) -> Iterator[Reviewed]:
        for number in range(self.agencies):
            yield self._one(number, 0)
            if number % 5 == 0:
                yield self._one(number, 1)

    def _one(self, number: int, round_: int) -> Reviewed:
        """An agency's submission; its second round is its last one, and better."""
        sample: Report = getattr(self, "_sample")  # noqa: B009 - a field that is no argument
        profile: Profile = getattr(self, "_profile")  # noqa: B009
        chance = random.Random(f"{self.seed}/{number}")  # noqa: S311 - no secret
        kind = chance.choice(list(_KINDS))
        name = f"{_PLACES[number % 18]} {_LANDS[number // 18 % 11]} {_KINDS[kind]}"
        agency = f"{name} No. {number // 198 + 1}" if number >= 198 else name
        twice = number % 5 == 0
        submission = Submission(
            key=f"policy-{number}.{round_}.md",
            document=f"policies/policy-{number}.{round_}.md",
            agency=agency,
            agency_kind=kind,
            state="WA",
            contact=f"Chief {_PLACES[number % 18]}, {number} Main Street",
            submitted=f"202{5 + round_ if twice else 6}-0{number % 9 + 1}-15",
        )
        latest = not twice or round_ == 1
        if number % 50 == 49:
            report = DocumentReport(submission.document, status="not_judged", reason=chance.choice(_REASONS))
        else:
            goodness = min(1.0, chance.betavariate(4, 2) + 0.15 * round_)
            document = sample.documents[0]
            verdicts = tuple(_changed(v, chance, goodness) for v in document.verdicts)
            report = replace(document, path=submission.document, verdicts=verdicts, title=f"Policy {1000 + number}")
        family = f"policy-{number % 30}.0.md" if number % 10 == 3 else None
        first = family == submission.key
        return Reviewed(
            submission=submission,
            report=report,
            packs=sample.packs,
            standing=standing_of(profile, report),
            family=family,
            likeness=None if family is None else 1.0 if first else round(chance.uniform(0.8, 1), 3),
            latest=latest,
        )


def _changed(verdict: Verdict, chance: random.Random, goodness: float) -> Verdict:
    """The verdict of an agency that meets so much of what applies; a conflict needs words that contradict."""
    if verdict.status == "not_applicable":
        return verdict
    status = "met"
    if chance.random() > goodness:
        (status,) = chance.choices(list(_WEIGHTS), list(_WEIGHTS.values()))
    if status == verdict.status:
        return verdict
    bare = replace(verdict, status=status, severity=severity(verdict.force, status), elements_missing=None)
    message = f"{verdict.asked} {_FINDINGS[status]}".strip()
    return replace(
        bare, message=message, elements_covered=None, evidence=() if status == "missing" else verdict.evidence
    )

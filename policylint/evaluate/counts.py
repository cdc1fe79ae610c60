"""From labels and verdicts to figures: what is counted, and how sure the figures are."""

from __future__ import annotations

import random
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from policylint.evaluate.labels import Label
from policylint.report import SETTLED, STATUSES, Verdict

NOT_JUDGED = "not_judged"
"""Stands for the status where there is no verdict, since the document was not judged. It is wrong by every label."""

RESAMPLES = 1000
SEED = 26

Figures = Mapping[str, float | None]
"""Name of a figure -> its value, None where it is not defined (nothing to divide by)."""

Interval = tuple[float, float]

_ENOUGH_WORDS = 0.6
"""Share of a label's evidence that a quote must hold to count as the same passage."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One label, and what a judge made of its requirement.

    Attributes:
        document: name of the document.
        got: one of `STATUSES`, or `NOT_JUDGED`.
        verdict: with elements and evidence, where the judge gives them.
    """

    document: str
    pack: str
    label: Label
    got: str
    verdict: Verdict | None = None

    @property
    def right(self) -> bool:
        """Whether the status is the label's."""
        return self.got == self.label.status


@dataclass(frozen=True, slots=True)
class Tally:
    """What is counted over outcomes.

    Attributes:
        confusion: (status of the label, status got) -> number.
        elements: "found", "false" and "missed" elements of lists, where the label is met or partial with elements.
        evidence: "hit" and "shown": right verdicts whose label names its evidence.
    """

    confusion: Counter[tuple[str, str]] = field(default_factory=Counter)
    elements: Counter[str] = field(default_factory=Counter)
    evidence: Counter[str] = field(default_factory=Counter)

    @property
    def labels(self) -> int:
        """Number of labels counted."""
        return self.confusion.total()

    @property
    def right(self) -> int:
        """Number of verdicts with the label's status."""
        return sum(n for (want, got), n in self.confusion.items() if want == got)

    @property
    def gaps(self) -> tuple[int, int, int]:
        """Gaps found, false gaps, gaps missed. What was not judged is false or missed, as its label has it."""
        found = false = missed = 0
        for (want, got), n in self.confusion.items():
            is_wanted, is_got = want not in SETTLED, got not in SETTLED
            if is_wanted and is_got and got != NOT_JUDGED:
                found += n
            elif is_wanted:
                missed += n
            elif is_got:
                false += n
        return found, false, missed

    def of_status(self, status: str) -> tuple[int, int, int]:
        """Verdicts of a status that are right, that are wrong, and labels of it that got another."""
        right = self.confusion[status, status]
        wanted = sum(n for (want, _), n in self.confusion.items() if want == status)
        got = sum(n for (_, got), n in self.confusion.items() if got == status)
        return right, got - right, wanted - right


def count(outcomes: Iterable[Outcome]) -> Tally:
    """Count outcomes."""
    tally = Tally()
    for outcome in outcomes:
        tally.confusion[outcome.label.status, outcome.got] += 1
        if outcome.verdict is not None:
            tally.elements.update(_elements(outcome.label, outcome.verdict))
            if outcome.right and outcome.label.evidence:
                quotes = [evidence.quote for evidence in outcome.verdict.evidence]
                tally.evidence.update(shown=1, hit=is_hit(outcome.label.evidence, quotes))
    return tally


def total(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    whole = Tally()
    for tally in tallies:
        whole.confusion.update(tally.confusion)
        whole.elements.update(tally.elements)
        whole.evidence.update(tally.evidence)
    return whole


def _elements(label: Label, verdict: Verdict) -> dict[str, int]:
    if verdict.elements_covered is None or label.status not in ("met", "partial") or not label.elements:
        return {}
    wanted, got = set(label.elements), set(verdict.elements_covered)
    return {"found": len(wanted & got), "false": len(got - wanted), "missed": len(wanted - got)}


def is_hit(wanted: str, quotes: Iterable[str]) -> bool:
    """Whether a quote is the passage that a label names: one holds the other, or most of its words."""
    fragment = _fold(wanted)
    words = set(fragment.split())
    for quote in map(_fold, quotes):
        if fragment in quote or quote in fragment or len(words & set(quote.split())) >= _ENOUGH_WORDS * len(words):
            return True
    return False


def _fold(text: str) -> str:
    return " ".join(text.split()).lower()


def figures(tally: Tally) -> Figures:
    """The figures of a tally. Gaps are the positive class of precision, recall and F."""
    labelled = [s for s in STATUSES if any(want == s for want, _ in tally.confusion)]
    f1s = [f_score(*tally.of_status(status)) or 0.0 for status in labelled]
    found, false, missed = tally.gaps
    covered = tally.elements["found"]
    return {
        "accuracy": share(tally.right, tally.labels),
        "macro_f1": share(sum(f1s), len(f1s)),
        "gap_precision": share(found, found + false),
        "gap_recall": share(found, found + missed),
        "gap_f1": f_score(found, false, missed),
        "gap_f2": f_score(found, false, missed, beta=2),
        "elements_precision": share(covered, covered + tally.elements["false"]),
        "elements_recall": share(covered, covered + tally.elements["missed"]),
        "evidence_hit": share(tally.evidence["hit"], tally.evidence["shown"]),
    }


def share(part: float, whole: float) -> float | None:
    """A share, or None of nothing."""
    return part / whole if whole else None


def f_score(right: int, false: int, missed: int, beta: int = 1) -> float | None:
    """The F score from counts; `beta` 2 weighs recall higher. None where there is nothing of the class at all."""
    weighted = (1 + beta**2) * right
    return share(weighted, weighted + beta**2 * missed + false)


def scores(tally: Tally, status: str) -> dict[str, float | None]:
    """How well one status is found: labels of it, precision, recall and F1."""
    right, false, missed = tally.of_status(status)
    return {
        "labels": right + missed,
        "precision": share(right, right + false),
        "recall": share(right, right + missed),
        "f1": f_score(right, false, missed),
    }


def counted(outcomes: Iterable[Outcome]) -> dict[str, float | None]:
    """What a few outcomes come to: labels, how many are right, accuracy, and wrong calls of a gap."""
    tally = count(outcomes)
    _, false, missed = tally.gaps
    return {
        "labels": tally.labels,
        "right": tally.right,
        "accuracy": share(tally.right, tally.labels),
        "false_gaps": false,
        "missed_gaps": missed,
    }


def intervals(tallies: Sequence[Tally]) -> dict[str, Interval | None]:
    """95 % percentile bootstrap intervals of the figures, from one tally a document.

    Documents are drawn with replacement `RESAMPLES` times, from a fixed seed, so that the same labels give the same
    bytes. A resample in which a figure is not defined does not count for it. One document has no interval.
    """
    names = list(figures(Tally()))
    if len(tallies) < 2:
        return dict.fromkeys(names)
    chance = random.Random(SEED)  # noqa: S311 - a fixed seed is the point: nothing here is secret
    drawn = [figures(total(chance.choices(tallies, k=len(tallies)))) for _ in range(RESAMPLES)]
    return {name: _middle([value for each in drawn if (value := each[name]) is not None]) for name in names}


def _middle(values: Sequence[float]) -> Interval | None:
    """The 2.5th and the 97.5th percentile."""
    if len(values) < 2:
        return None
    cuts = statistics.quantiles(values, n=40, method="inclusive")
    return cuts[0], cuts[-1]

"""What was read and what came of it, in numbers; and the words for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policylint.report import DocumentReport

STATUSES = ("met", "weak", "partial", "missing", "conflict", "not_applicable")

SETTLED = frozenset({"met", "not_applicable"})
"""Statuses that are no gap."""

SEVERITIES = ("info", "warning", "error")
"""Severities of a gap in rising order."""

_SEVERITY_OF_FORCE = {"must": 2, "should": 1, "may": 0}


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read and what came of it.

    Attributes:
        documents: documents judged and not judged.
        sections, statements: how much of them was read.
        requirements: verdicts given.
        statuses: verdicts by status, every status named.
        severities: gaps by severity, every severity named.
        waived, known: gaps that a waiver accepts, and other gaps that the baseline records.
        open: gaps that count, by severity: the others.
    """

    documents: int
    not_judged: int
    sections: int
    statements: int
    requirements: int
    statuses: tuple[tuple[str, int], ...]
    severities: tuple[tuple[str, int], ...]
    waived: int = 0
    known: int = 0
    open: tuple[tuple[str, int], ...] = ()

    @property
    def gaps(self) -> int:
        """Number of gaps of any severity, those that are waived or known included."""
        return sum(n for _, n in self.severities)

    @property
    def open_gaps(self) -> int:
        """Number of gaps that count."""
        return sum(n for _, n in self.open)

    def to_dict(self) -> dict[str, object]:
        """The summary as the JSON report shows it."""
        return {
            "documents": self.documents,
            "not_judged": self.not_judged,
            "sections": self.sections,
            "statements": self.statements,
            "requirements": self.requirements,
            "gaps": self.gaps,
            "status": dict(self.statuses),
            "severity": dict(self.severities),
            **({"waived": self.waived} if self.waived else {}),
            **({"known": self.known} if self.known else {}),
        }


def summarise(documents: Iterable[DocumentReport]) -> Summary:
    """Count documents, statuses and severities."""
    documents = list(documents)
    verdicts = [v for d in documents for v in d.verdicts]
    statuses = Counter(v.status for v in verdicts)
    severities = Counter(v.severity for v in verdicts if v.is_gap)
    still_open = Counter(v.severity for v in verdicts if v.is_open)
    return Summary(
        documents=len(documents),
        not_judged=sum(d.status != "judged" for d in documents),
        sections=sum(d.sections for d in documents),
        statements=sum(d.statements for d in documents),
        requirements=len(verdicts),
        statuses=tuple((s, statuses[s]) for s in STATUSES),
        severities=tuple((s, severities[s]) for s in reversed(SEVERITIES)),
        waived=sum(v.waiver is not None for v in verdicts),
        known=sum(v.is_known for v in verdicts),
        open=tuple((s, still_open[s]) for s in reversed(SEVERITIES)),
    )


def severity(force: str, status: str, basis: str = "read") -> str | None:
    """How much a verdict weighs; None for a verdict that is no gap.

    Must is an error, should a warning, may an info; partial and weak weigh one step less. A conflict is never lowered
    and at least a warning. A requirement that nobody read in its source (`basis` other than "read") is no error.
    """
    if status in SETTLED:
        return None
    step = _SEVERITY_OF_FORCE[force]
    if status in ("partial", "weak"):
        step = max(step - 1, 0)
    elif status == "conflict":
        step = max(step, 1)
    if basis != "read":
        step = min(step, 1)
    return SEVERITIES[step]

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


@dataclass(frozen=True, slots=True)
class Summary:
    """What was read and what came of it.

    Attributes:
        documents: documents judged and not judged.
        sections, statements: how much of them was read.
        requirements: verdicts given.
        statuses: verdicts by status, every status named.
        severities: gaps by severity, every severity named.
    """

    documents: int
    not_judged: int
    sections: int
    statements: int
    requirements: int
    statuses: tuple[tuple[str, int], ...]
    severities: tuple[tuple[str, int], ...]

    @property
    def gaps(self) -> int:
        """Number of gaps of any severity."""
        return sum(n for _, n in self.severities)

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
        }


def summarise(documents: Iterable[DocumentReport]) -> Summary:
    """Count documents, statuses and severities."""
    documents = list(documents)
    verdicts = [v for d in documents for v in d.verdicts]
    statuses = Counter(v.status for v in verdicts)
    severities = Counter(v.severity for v in verdicts if v.is_gap)
    return Summary(
        documents=len(documents),
        not_judged=sum(d.status != "judged" for d in documents),
        sections=sum(d.sections for d in documents),
        statements=sum(d.statements for d in documents),
        requirements=len(verdicts),
        statuses=tuple((s, statuses[s]) for s in STATUSES),
        severities=tuple((s, severities[s]) for s in reversed(SEVERITIES)),
    )

"""Waivers and the baseline in words, the same in every format."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint.marks import KNOWN, NEW
from policylint.reporters.clean import clean

if TYPE_CHECKING:
    from policylint.marks import Fixed, Standing, Waiver
    from policylint.report import DocumentReport, Verdict
    from policylint.summary import Summary


@dataclass(frozen=True, slots=True)
class Decision:
    """A waiver that applied, as a report lists it."""

    requirement: str
    status: str
    words: str


def decided(document: DocumentReport) -> list[Decision]:
    """The waivers that accept gaps of a document, in the order of the requirements."""
    return [
        Decision(clean(v.requirement), v.status.replace("_", " "), waived(v.waiver))
        for v in document.waived
        if v.waiver is not None
    ]


def fixed(document: DocumentReport) -> list[str]:
    """The gaps that are fixed since the baseline: "IACP-26 (was weak)"."""
    return [_fixed(gap) for gap in document.fixed]


def _fixed(gap: Fixed) -> str:
    return f"{clean(gap.requirement)} (was {gap.was})"


def marks_of(verdict: Verdict) -> Iterator[str]:
    """What an agency decided about a gap, and how it stands to the baseline, a sentence each."""
    if verdict.waiver is not None:
        yield waived(verdict.waiver)
    if verdict.expired is not None:
        yield lapsed(verdict.expired)
    if verdict.standing is not None:
        yield standing(verdict.standing)


def waived(waiver: Waiver) -> str:
    """A waiver that holds, as a sentence."""
    return f"Waived until {waiver.until}: {_why(waiver)}"


def lapsed(waiver: Waiver) -> str:
    """A waiver that no longer holds, as a sentence."""
    return f"The waiver expired after {waiver.until}: {_why(waiver)}"


def _why(waiver: Waiver) -> str:
    grounds = (("legal ground", waiver.legal_ground), ("approved by", waiver.approver))
    more = "; ".join(f"{name}{':' if name == 'legal ground' else ''} {clean(text)}" for name, text in grounds if text)
    return clean(waiver.reason) + (f" ({more})" if more else "")


def standing(stands: Standing) -> str:
    """How a gap stands to the baseline, as a sentence."""
    if stands.state == KNOWN:
        return f"Known: the baseline records it as {stands.was}."
    if stands.state == NEW:
        return "New since the baseline."
    return f"Worse than in the baseline, which records it as {stands.was}."


def accepted(summary: Summary) -> Sequence[str]:
    """The gaps that do not count: ("2 waived", "3 known from the baseline"), or ()."""
    counted = ((summary.waived, "waived"), (summary.known, "known from the baseline"))
    return tuple(f"{count:,} {name}" for count, name in counted if count)


def gaps(summary: Summary) -> str:
    """How many gaps count, with those that do not: "3 gaps", "1 open gap", "no open gaps"."""
    which = "open gap" if accepted(summary) else "gap"
    count = summary.open_gaps
    return f"{f'{count:,}' if count else 'no'} {which}{'' if count == 1 else 's'}"

"""Gaps beside what a baseline records of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from policylint.baseline.pairing import found_again
from policylint.baseline.values import GRAVITY, Baseline, Entry, Paths, Recorded, passages
from policylint.marks import KNOWN, NEW, WORSENED, Fixed, Standing
from policylint.report import DocumentReport, Report, Verdict

_SHOWN = 3
"""From so many passages on a report may have left out others."""


def mark(report: Report, baseline: Baseline, paths: Paths | None = None) -> Report:
    """Say of each gap how it stands to the baseline, and of each document which recorded gaps are fixed.

    A waived gap is left alone, and so is one whose waiver has expired: a baseline does not renew a decision that has ended.
    """
    paths = paths or Paths()
    recorded = found_again(report.documents, baseline, paths)
    return replace(report, documents=tuple(_marked(d, recorded.get(d.path)) for d in report.documents))


def _marked(document: DocumentReport, entry: Entry | None) -> DocumentReport:
    if document.status != "judged":
        return document
    before = {gap.requirement: gap for gap in (entry.gaps if entry is not None else ())}
    verdicts = tuple(
        replace(v, standing=_standing(v, before.get(v.requirement))) if _concerns(v) else v for v in document.verdicts
    )
    settled = {v.requirement for v in verdicts if not v.is_gap}
    fixed = tuple(Fixed(gap.requirement, gap.status) for gap in before.values() if gap.requirement in settled)
    return replace(document, verdicts=verdicts, fixed=fixed)


def _concerns(verdict: Verdict) -> bool:
    return verdict.is_gap and verdict.waiver is None and verdict.expired is None


def _standing(verdict: Verdict, before: Recorded | None) -> Standing:
    if before is None:
        return Standing(NEW)
    if GRAVITY.index(verdict.status) > GRAVITY.index(before.status):
        return Standing(WORSENED, before.status)
    if verdict.status == before.status == "partial" and set(verdict.elements_missing or ()) - set(before.lacks):
        return Standing(WORSENED, before.status)
    if verdict.status == before.status == "conflict" and _contradicts_anew(verdict, before):
        return Standing(WORSENED, before.status)
    return Standing(KNOWN, before.status)


def _contradicts_anew(verdict: Verdict, before: Recorded) -> bool:
    """Whether a passage contradicts the requirement that did not before.

    Where the report may have left out passages (`_SHOWN`), their order in the document decides which, and one that was there
    before is taken as proof that nothing is new.
    """
    now = set(passages(verdict))
    if len(before.passages) >= _SHOWN:
        return not now & set(before.passages)
    return bool(now - set(before.passages))


def record(report: Report, baseline: Baseline | None = None, paths: Paths | None = None) -> Baseline:
    """The baseline of today's gaps.

    Args:
        report: what was judged now, with its waivers: a gap that is waived, or was, is not recorded.
        baseline: the one there was. What it says of documents that were not judged now stays, and so does, of those that were,
            what it says of requirements that they were not judged by.
        paths: how documents are known.
    """
    paths, baseline = paths or Paths(), baseline or Baseline()
    again = found_again(report.documents, baseline, paths)
    judged = [d for d in report.documents if d.status == "judged"]
    replaced = {again[d.path].path for d in judged if d.path in again}
    entries = {e.path: e for e in baseline.entries if e.path not in replaced}
    for document in judged:
        entries[paths.name(document.path)] = _entry(document, again.get(document.path), paths)
    kept = (entries[path] for path in sorted(entries) if entries[path].gaps)
    return Baseline(tuple(kept))


def _entry(document: DocumentReport, before: Entry | None, paths: Paths) -> Entry:
    asked = {v.requirement for v in document.verdicts}
    gaps = [gap for gap in (before.gaps if before is not None else ()) if gap.requirement not in asked]
    gaps += [_recorded(v) for v in document.verdicts if _concerns(v)]
    in_order = tuple(sorted(gaps, key=lambda gap: gap.requirement))
    return Entry(paths.name(document.path), document.sha256 or "", document.title, in_order)


def _recorded(verdict: Verdict) -> Recorded:
    lacks = tuple(sorted(verdict.elements_missing or ())) if verdict.status == "partial" else ()
    return Recorded(verdict.requirement, verdict.status, verdict.fingerprint, lacks, passages(verdict))


def gone(baseline: Baseline, report: Report, paths: Paths) -> tuple[str, ...]:
    """Recorded paths that lead to no file, of documents that were not found again under another path."""
    again = {e.path for e in found_again(report.documents, baseline, paths).values()}
    return tuple(e.path for e in baseline.entries if e.path not in again and not paths.exists(e.path))


def without(baseline: Baseline, dropped: Iterable[str]) -> Baseline:
    """The baseline without what it says of some documents."""
    dropped = frozenset(dropped)
    return Baseline(tuple(e for e in baseline.entries if e.path not in dropped))


def count(baseline: Baseline) -> int:
    """Number of gaps recorded."""
    return sum(len(e.gaps) for e in baseline.entries)

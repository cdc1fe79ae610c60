"""The gap report for people: plain when piped, wrapped and coloured on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean
from policylint.reporters.decisions import accepted, decided, fixed, gaps, marks_of
from policylint.reporters.lines import Line, line, to_text
from policylint.summary import SEVERITIES, Summary

if TYPE_CHECKING:
    from policylint.report import DocumentReport, Evidence, Report, Verdict
    from policylint.reporters.view import View

_STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan", "ok": "green", "n/a": "dim"}
_NO_SEVERITY = {"met": "ok", "not_applicable": "n/a"}
_FIELD = 2
_DEEPER = 4


def render(report: Report, view: View) -> str:
    """The report as text: for each document its gaps by topic, then a line that sums it up; then a total."""
    return to_text(_lines(_report(report, view)), view.width, view.colour)


def _lines(blocks: Iterable[list[Line]]) -> Iterator[Line]:
    """The lines of blocks, a blank line between two blocks."""
    for number, block in enumerate(blocks):
        if number:
            yield line()
        yield from block


def _report(report: Report, view: View) -> Iterator[list[Line]]:
    for document in report.documents:
        yield from _document(document, view)
    if len(report.documents) > 1 and not view.quiet:
        summary = report.summary
        yield [line(("Total", "bold"), f": {_documents(summary)}, {_counts(summary)}", hang=_FIELD)]


def _document(document: DocumentReport, view: View) -> Iterator[list[Line]]:
    shown = [v for v in document.verdicts if view.shows(v)]
    if view.quiet and not shown and document.status == "judged":
        return
    yield [_title(document), *_remarks(document, view)]
    by_topic: dict[str, list[tuple[Verdict, ...]]] = {}
    for group in same_thing(shown):
        by_topic.setdefault(group[0].topic, []).append(group)
    for topic, about in by_topic.items():
        block = [line((clean(topic).replace("_", " ").capitalize(), "bold"))]
        for group in sorted(about, key=lambda g: order(g[0])):
            block += _verdict(group)
        yield block
    if document.status == "judged" and not view.quiet:
        yield from _decisions(document)
        summary = document.summary
        yield [
            line((clean(document.path), "bold"), f": {_counts(summary)}", hang=_FIELD),
            line(_read(summary), indent=_FIELD, hang=_FIELD),
        ]


def _decisions(document: DocumentReport) -> Iterator[list[Line]]:
    if waivers := decided(document):
        yield [
            line(("Waivers that applied", "bold")),
            *(line((f"{d.requirement:<8}  ", "bold"), f"{d.status}. {d.words}", hang=_DEEPER) for d in waivers),
        ]
    if settled := fixed(document):
        yield [line(("Fixed since the baseline", "bold"), f": {', '.join(settled)}", hang=_DEEPER)]


def _remarks(document: DocumentReport, view: View) -> Iterator[Line]:
    if document.reason is not None:
        yield line(("not judged", "bold red"), f": {clean(document.reason)}", indent=_FIELD, hang=_FIELD)
    if not view.quiet:
        for note in document.notes:
            yield line(("note", "dim"), f": {clean(note)}", indent=_FIELD, hang=_FIELD)


def _title(document: DocumentReport) -> Line:
    title = clean(document.title)
    counted = ((document.pages, "page"), (document.words, "word"))
    about = ", ".join([*filter(None, [document.format]), *(_number(n, noun) for n, noun in counted if n)])
    rest = (f"  {title}" if title else "") + (f"  ({about})" if about else "")
    return line((clean(document.path), "bold underline"), rest, hang=_FIELD)


def same_thing(verdicts: Iterable[Verdict]) -> list[tuple[Verdict, ...]]:
    """Verdicts that say one thing, together: several authorities ask the same and the same passages answer it.

    The severest comes first in its group; groups are in the order of their first verdicts.
    """
    groups: dict[object, list[Verdict]] = {}
    for verdict in verdicts:
        about = verdict.check or verdict.requirement
        marks = (verdict.waiver, verdict.expired, verdict.standing)
        key = (about, verdict.status, verdict.evidence, verdict.closest, verdict.elements_missing, *marks)
        groups.setdefault(key, []).append(verdict)
    return [tuple(sorted(group, key=lambda v: order(v)[0])) for group in groups.values()]


def _verdict(group: tuple[Verdict, ...]) -> Iterator[Line]:
    verdict = group[0]
    weight = verdict.severity or _NO_SEVERITY[verdict.status]
    yield line(
        (f"{weight:<7}  ", _STYLES[weight]),
        f"{verdict.status.replace('_', ' '):<8}  ",
        (f"{', '.join(clean(v.requirement) for v in group):<8}  ", "bold"),
        clean(verdict.message),
        hang=_DEEPER,
    )
    if citations := dict.fromkeys(clean(v.citation) for v in group if v.citation):
        yield _field("asked by", "; ".join(citations))
    for sentence in marks_of(verdict):
        yield _field("decided" if verdict.waiver or verdict.expired else "baseline", sentence)
    if verdict.elements_missing:
        if verdict.elements_covered:
            yield _field("has", _names(verdict.elements_covered))
        yield _field("lacks", _names(verdict.elements_missing))
    for evidence in sorted(verdict.evidence, key=lambda e: e.start):
        yield _field("says", f"“{clean(evidence.quote)}”")
        yield _field("where", place(evidence))
    if verdict.closest is not None:
        yield _field("closest", f"“{clean(verdict.closest.quote)}”")
        yield _field("where", place(verdict.closest))
    if verdict.remedy and verdict.is_gap:
        yield from _clause("add" if verdict.status in ("missing", "partial") else "say instead", verdict.remedy)


@lru_cache(maxsize=4096)
def _clause(name: str, remedy: str) -> list[Line]:
    """Model language; kept, since a hundred documents lack the same clauses."""
    first, *rest = remedy.strip().splitlines()
    return [_field(name, clean(first)), *(line(clean(m), indent=_DEEPER, hang=_FIELD) for m in rest if m.strip())]


def _field(name: str, text: str) -> Line:
    return Line(((f"{name}: ", "dim"), (text, "")), _FIELD, _FIELD)


def place(evidence: Evidence) -> str:
    """Where a passage stands: "5. Training › a. › lines 12-14 (page 2)"; the paragraph, where a file has no lines."""
    lines = f"line {evidence.line}"
    if evidence.end_line > evidence.line:
        lines = f"lines {evidence.line}-{evidence.end_line}"
    if evidence.paragraph is not None:
        lines = f"paragraph {evidence.paragraph}"
    page = f" (page {evidence.page})" if evidence.page is not None else ""
    return " › ".join([*map(clean, evidence.section), lines]) + page


def _names(elements: tuple[str, ...]) -> str:
    return ", ".join(clean(e).replace("_", " ") for e in elements)


def order(verdict: Verdict) -> tuple[int, list[tuple[int, str]]]:
    """Severest first, then by id, with numbers in ids as numbers: IACP-2a before IACP-10a."""
    weight = SEVERITIES.index(verdict.severity) if verdict.severity else -1
    return -weight, _pieces(verdict.requirement)


@lru_cache(maxsize=4096)
def _pieces(requirement: str) -> list[tuple[int, str]]:
    return [(int(number or 0), text) for number, text in re.findall(r"(\d+)|(\D+)", requirement)]


def _documents(summary: Summary) -> str:
    judged = _number(summary.documents - summary.not_judged, "document") + " judged"
    return judged + (f", {summary.not_judged} not judged" if summary.not_judged else "")


def _counts(summary: Summary) -> str:
    """How a document stands: "3 gaps (1 error, 2 warnings) in 48 requirements: 45 met, ..."."""
    weights = ", ".join(_number(n, name) for name, n in summary.open if n)
    statuses = ", ".join(f"{n} {name.replace('_', ' ')}" for name, n in summary.statuses if n)
    head = ", ".join([gaps(summary) + (f" ({weights})" if weights else ""), *accepted(summary)])
    return f"{head} in {_number(summary.requirements, 'requirement')}" + (f": {statuses}" if statuses else "")


def _read(summary: Summary) -> str:
    return f"read: {_number(summary.sections, 'section')}, {_number(summary.statements, 'statement')}"


def _number(count: int, noun: str) -> str:
    plural = "" if count == 1 or noun == "info" else "s"
    return f"{count:,} {noun}{plural}"

"""One row a verdict: what spreadsheets hold, with cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from policylint.report import DocumentReport, Evidence, PackInfo, Report, Verdict
from policylint.reporters.clean import clean, xml_text
from policylint.reporters.decisions import lapsed, standing, waived
from policylint.reporters.places import path_of
from policylint.reporters.text import order, place

COLUMNS = (
    *("document", "requirement", "topic", "status", "severity", "finding", "evidence", "where", "lacking"),
    *("closest", "closest where", "model language", "covered", "force", "citation", "pack", "authority", "rank"),
    *("check", "fingerprint", "waiver", "baseline"),
)
"""Names of the columns of a row: first what one reads, then what one sorts and looks up by."""

PRINTED = COLUMNS.index("model language") + 1
"""Of these columns so many are worth paper."""

MOST = 32_000
"""Characters of a cell; a spreadsheet takes 32,767."""

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def rows_of(report: Report) -> Iterator[tuple[str, ...]]:
    """A row for each verdict, in the order of topics and of severity in a topic; one for a document without any."""
    packs = {p.id: p for p in report.packs}
    for document in report.documents:
        path = guarded(path_of(document))
        if document.status != "judged":
            cells = {"document": path, "status": "not judged", "finding": neutral(document.reason or "")}
            yield tuple(cells.get(column, "") for column in COLUMNS)
        for verdict in sorted_verdicts(document):
            cells = {"document": path, **_cells(verdict, packs.get(verdict.pack), document.title)}
            yield tuple(cells[column] for column in COLUMNS)


def sorted_verdicts(document: DocumentReport) -> list[Verdict]:
    """By topic in the order of the requirements, the severest first in a topic."""
    topics = list(dict.fromkeys(v.topic for v in document.verdicts))
    return sorted(document.verdicts, key=lambda v: (topics.index(v.topic), order(v)))


def _cells(verdict: Verdict, pack: PackInfo | None, title: str) -> dict[str, str]:
    said = sorted(verdict.evidence, key=lambda e: e.start)
    closest = verdict.closest
    return {
        "requirement": neutral(verdict.requirement),
        "topic": neutral(words(verdict.topic)),
        "status": words(verdict.status),
        "severity": verdict.severity or "",
        "finding": neutral(verdict.message),
        "evidence": neutral_lines([clean(e.quote) for e in said]),
        "where": neutral_lines([_where(e, title) for e in said]),
        "lacking": neutral(", ".join(map(words, verdict.elements_missing or ()))),
        "closest": neutral(closest.quote) if closest else "",
        "closest where": neutral(_where(closest, title)) if closest else "",
        "model language": neutral_lines([clean(line) for line in verdict.remedy.splitlines()]),
        "covered": neutral(", ".join(map(words, verdict.elements_covered or ()))),
        "force": verdict.force,
        "citation": neutral(verdict.citation),
        "pack": neutral(verdict.pack),
        "authority": neutral(pack.authority if pack else ""),
        "rank": neutral(pack.rank if pack else ""),
        "check": neutral(verdict.check or ""),
        "fingerprint": verdict.fingerprint,
        "waiver": neutral(
            waived(verdict.waiver) if verdict.waiver else lapsed(verdict.expired) if verdict.expired else ""
        ),
        "baseline": neutral(standing(verdict.standing) if verdict.standing else ""),
    }


def _where(evidence: Evidence, title: str) -> str:
    """Where a passage stands; the document's own title, which heads every path, is left out."""
    inside = evidence.section[1:] if evidence.section[:1] == (title,) else evidence.section
    return place(replace(evidence, section=inside))


def words(name: str) -> str:
    """A key such as "not_applicable" as words."""
    return name.replace("_", " ")


def neutral(text: str) -> str:
    """A cell of one line. One that a spreadsheet would take for a formula begins with an apostrophe instead.

    See https://owasp.org/www-community/attacks/CSV_Injection, full-width signs included.
    """
    return guarded(clean(text))


def neutral_lines(lines: list[str]) -> str:
    """A cell of several lines, empty ones left out. As `neutral` otherwise."""
    return guarded("\n".join(filter(None, lines)))


def guarded(text: str) -> str:
    """A cell of text that is clean already, its first sign seen to; cut where no spreadsheet would take it (`MOST`)."""
    text = xml_text(text)
    text = f"'{text}" if _FORMULA.match(text) else text
    return text if len(text) <= MOST else f"{text[:MOST]}… (cut)"

"""The report as SARIF 2.1.0 (OASIS), as code scanning takes it: one run, relative URIs, stable fingerprints.

A requirement is a rule. A verdict is a result of kind pass (met), notApplicable, review (no check serves the requirement:
a person must read) or fail, whose level is the severity. Every result has a place; what is missing has that of the section
where the clause would belong. Lines and columns count in the canonical text, which for plain text and Markdown is the file.

What GitHub asks beyond the standard, and how much it takes, stands in
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from policylint.report import SETTLED, SEVERITIES
from policylint.reporters.clean import clean
from policylint.reporters.decisions import marks_of
from policylint.reporters.entries import entries_of
from policylint.reporters.places import Place, Places, column, of_evidence, uri
from policylint.reporters.rows import sorted_verdicts, words

if TYPE_CHECKING:
    from policylint.report import DocumentReport, Evidence, Report, Verdict
    from policylint.reporters.view import View

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_LEVEL_OF_FORCE = {"must": "error", "should": "warning", "may": "note"}
_KINDS = {"met": "pass", "not_applicable": "notApplicable"}
_ROOT = "%SRCROOT%"

MOST_RESULTS = 25_000
"""Results that GitHub takes in a run: a file with more is refused as a whole."""

MOST_CHARACTERS = 1024
"""Characters of a rule's short or full description."""

_IN_MESSAGE = re.compile(r"([\[\]\\])")


def render(report: Report, _view: View) -> str:
    """All verdicts; same input, same bytes. On one line: indented, it is twice as large and takes four times as long."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    # Half surrogates of a file name that is no UTF-8 must not come out as raw bytes.
    return json.dumps(log, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n"


def _run(report: Report) -> dict[str, Any]:
    rules = _rules(report)
    index = {rule["id"]: at for at, rule in enumerate(rules)}
    unread = [(at, d) for at, d in enumerate(report.documents) if d.status != "judged"]
    results = list(_results(report, index))
    return {
        "tool": {
            "driver": {
                "name": "policylint",
                "semanticVersion": report.version,
                "rules": rules,
                "properties": {"packs": [_cleaned(p.to_dict()) for p in report.packs]},
            }
        },
        "automationDetails": {"id": f"policylint/{clean(report.profile or 'packs')}"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder policylint was run in."}}},
        "invocations": [
            {
                "executionSuccessful": not unread,
                "toolExecutionNotifications": [
                    *(_not_judged(at, document) for at, document in unread),
                    *_left_out(sum(len(d.verdicts) for d in report.documents) - len(results)),
                ],
            }
        ],
        "artifacts": [_artifact(document) for document in report.documents],
        "results": results,
    }


def _results(report: Report, index: Mapping[str, int]) -> Iterator[dict[str, Any]]:
    """A result for each verdict, document by document; of more than `MOST_RESULTS` the severest."""
    every = [(at, v) for at, document in enumerate(report.documents) for v in sorted_verdicts(document)]
    kept = sorted(sorted(range(len(every)), key=lambda n: _weight(every[n][1]))[:MOST_RESULTS])
    for at, verdicts in groupby((every[n] for n in kept), key=itemgetter(0)):
        document = report.documents[at]
        file, places = _artifact_location(document, at), Places(document)
        for _, verdict in verdicts:
            yield _result(verdict, index[clean(verdict.requirement)], document, file, places)


def _weight(verdict: Verdict) -> int:
    """The severest gaps first, what is settled last."""
    return -SEVERITIES.index(verdict.severity) if verdict.severity else 1


def _left_out(count: int) -> Iterator[dict[str, Any]]:
    if count:
        text = f"{count} results are left out, what is met first: code scanning takes {MOST_RESULTS} in a run."
        yield {"descriptor": {"id": "results-left-out"}, "level": "warning", "message": {"text": text}}


def _rules(report: Report) -> list[dict[str, Any]]:
    """A rule for each requirement that any document was judged by, in the order of the ids."""
    rules: dict[str, dict[str, Any]] = {}
    for document in report.documents:
        for topic in entries_of(document, report):
            for card in topic.cards:
                for asked, verdict in zip(card.asked, card.verdicts, strict=True):
                    rules.setdefault(asked.id, _rule(asked.id, asked.text, asked.authority, verdict))
    return [rules[id_] for id_ in sorted(rules)]


def _rule(id_: str, asked: str, authority: str, verdict: Verdict) -> dict[str, Any]:
    source = f"Asked by {authority}: {clean(verdict.citation)}." if verdict.citation else f"Asked by {authority}."
    more = f"The command policylint explain {id_} shows the model language and how the requirement is found."
    return {
        "id": id_,
        "shortDescription": {"text": _short(_message(asked))},
        "fullDescription": {"text": _short(_message(f"{asked} {source}"))},
        "help": {
            "text": _message(f"{asked}\n\n{source} Force: {verdict.force}.\n\n{more}"),
            "markdown": f"{_markdown(asked)}\n\n{_markdown(source)} Force: **{verdict.force}**.\n\n{_markdown(more)}",
        },
        "defaultConfiguration": {"level": _LEVEL_OF_FORCE.get(verdict.force, "note")},
        "properties": {"tags": [clean(verdict.topic), clean(verdict.pack), verdict.force]},
    }


def _result(
    verdict: Verdict, rule: int, document: DocumentReport, file: dict[str, Any], places: Places
) -> dict[str, Any]:
    kind = _KINDS.get(verdict.status) or ("fail" if verdict.check is not None else "review")
    related = [of_evidence(e) for e in sorted(verdict.evidence, key=lambda e: e.start)[1:]]
    result: dict[str, Any] = {
        "ruleId": clean(verdict.requirement),
        "ruleIndex": rule,
        "kind": kind,
        "level": _LEVELS[verdict.severity or "info"] if kind == "fail" else "none",
        "message": {"text": _message("\n".join(_sentences(verdict)))},
        "locations": [_location(places.of(verdict), document, file, verdict.evidence)],
        "relatedLocations": [_location(at, document, file, verdict.evidence) for at in related],
        "partialFingerprints": {
            "policylint/v1": verdict.fingerprint,
            "primaryLocationLineHash": f"{verdict.fingerprint}:1",
        },
        "properties": {"status": verdict.status, "topic": clean(verdict.topic), "citation": clean(verdict.citation)},
        **_suppressed(verdict),
    }
    if verdict.closest is not None:
        closest = _location(of_evidence(verdict.closest), document, file, [verdict.closest])
        result["relatedLocations"].append(closest | {"message": {"text": "The closest passage."}})
    if verdict.severity is not None:
        result["properties"]["severity"] = verdict.severity
    return result if result["relatedLocations"] else {k: v for k, v in result.items() if k != "relatedLocations"}


def _suppressed(verdict: Verdict) -> dict[str, Any]:
    """What takes a gap out of the list of those that count: a waiver, or the baseline (section 3.35)."""
    if not verdict.is_gap or verdict.is_open:
        return {}
    why = _message(" ".join(marks_of(verdict)))
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": why}]}


def _sentences(verdict: Verdict) -> Iterator[str]:
    yield clean(verdict.message)
    if verdict.status in SETTLED:
        return
    if verdict.is_open:
        yield from marks_of(verdict)
    if verdict.elements_missing:
        yield f"Lacks: {', '.join(clean(words(e)) for e in verdict.elements_missing)}."
    remedy = list(filter(None, map(clean, verdict.remedy.splitlines())))
    if remedy:
        yield f"{'Add' if verdict.status in ('missing', 'partial') else 'Say instead'}: " + "\n".join(remedy)


def _location(at: Place, document: DocumentReport, file: dict[str, Any], quoted: Iterable[Evidence]) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": at.line, "startColumn": 1, "endLine": at.end_line}
    if at.start is not None and at.end is not None and (left := column(document, at.start)) is not None:
        # A region ends before its last column.
        region |= {"startColumn": left, "endColumn": column(document, at.end)}
    elif document.body is not None:
        region["endColumn"] = 1 + len(document.body.text.split("\n", at.end_line)[at.end_line - 1])
    snippet = next((clean(e.quote) for e in quoted if at.exact and e.start == at.start), "")
    if snippet:
        region["snippet"] = {"text": snippet}
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": file, "region": region}}
    if at.section:
        name = " › ".join(filter(None, map(clean, at.section)))
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "section"}]
    if at.page is not None:
        location["properties"] = {"page": at.page}
    return location


def _artifact_location(document: DocumentReport, index: int) -> dict[str, Any]:
    return {"uri": uri(document.path), "uriBaseId": _ROOT, "index": index}


def _artifact(document: DocumentReport) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": {"uri": uri(document.path), "uriBaseId": _ROOT}}
    if document.sha256:
        artifact["hashes"] = {"sha-256": document.sha256}
    if document.title:
        artifact["description"] = {"text": _message(clean(document.title))}
    notes = {"words": document.words, "notes": list(map(clean, document.notes)), "format": document.format}
    return artifact | {"properties": {key: value for key, value in notes.items() if value}}


def _not_judged(index: int, document: DocumentReport) -> dict[str, Any]:
    return {
        "descriptor": {"id": "not-judged"},
        "level": "error",
        "message": {"text": _message(f"Not judged: {clean(document.reason or '')}")},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact_location(document, index)}}],
    }


def _cleaned(values: dict[str, object]) -> dict[str, object]:
    return {key: clean(value) if isinstance(value, str) else value for key, value in values.items()}


def _short(text: str) -> str:
    """A description that GitHub does not refuse; all of it stands in the rule's help."""
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _message(text: str) -> str:
    """A plain text message: brackets would be links (section 3.11.6), braces placeholders (3.11.5)."""
    return _IN_MESSAGE.sub(r"\\\1", text).replace("{", "{{").replace("}", "}}")


def _markdown(text: str) -> str:
    from policylint.reporters.markdown import escaped

    return escaped(text)

"""Outcomes as plain lists that JSON can hold, and back.

By position and not by name, and each quote once: a report is read back in a fraction of the time that its JSON form would take.
The policy as read is a value of its own, since few reports show it. Tests see to it that nothing is lost when a field is added.
"""

from __future__ import annotations

from typing import Any

from policylint.body import DocumentView, Part
from policylint.outcome import Outcome
from policylint.report import DocumentReport, Evidence, PackInfo, Verdict

_DOCUMENT = (
    *("path", "sha256", "format", "title", "pages", "words", "status", "reason", "sections", "statements"),
    *("profile", "recognised", "packs", "notes"),
)
_VERDICT = (
    *("requirement", "pack", "check", "topic", "force", "status", "severity", "message", "remedy", "citation"),
    *("fingerprint", "asked", "elements_covered", "elements_missing"),
)


def plain(outcome: Outcome) -> list[object]:
    """An outcome as lists, texts and numbers; without the policy as read, for which there is `plain_body`."""
    document = outcome.document
    quotes: dict[Evidence, int] = {}
    verdicts = [
        [
            [getattr(v, name) for name in _VERDICT],
            [quotes.setdefault(e, len(quotes)) for e in v.evidence],
            None if v.closest is None else quotes.setdefault(v.closest, len(quotes)),
        ]
        for v in document.verdicts
    ]
    return [
        [getattr(document, name) for name in _DOCUMENT],
        [[e.quote, e.section, e.line, e.end_line, e.page, e.start, e.end, e.paragraph] for e in quotes],
        verdicts,
        [[p.id, p.version, p.sha256, p.authority, p.rank] for p in outcome.packs],
        outcome.days,
    ]


def plain_body(body: DocumentView | None) -> list[object] | None:
    """A policy as read as lists, texts and numbers."""
    if body is None:
        return None
    return [body.text, [[p.kind, p.depth, p.label, p.spans, p.line, p.page] for p in body.parts], body.left_out]


def outcome_from(value: Any, body: Any = None) -> Outcome | None:
    """The outcome that `plain` made a value of; None when it is none.

    Args:
        value: as read from JSON.
        body: what `plain_body` made of the policy as read, where it is wanted.
    """
    try:
        return _outcome(value, _body(body))
    except (TypeError, ValueError, IndexError, AttributeError):
        return None


def _outcome(value: Any, body: DocumentView | None) -> Outcome:
    document, quotes, verdicts, packs, days = value
    evidence = [Evidence(quote, tuple(section), *place) for quote, section, *place in quotes]
    fields = dict(zip(_DOCUMENT, document, strict=True))
    fields["packs"], fields["notes"] = tuple(fields["packs"]), tuple(fields["notes"])
    report = DocumentReport(**fields, verdicts=tuple([_verdict(each, evidence) for each in verdicts]), body=body)
    first, last = days
    return Outcome(report, tuple(PackInfo(*fields) for fields in packs), (first, last), lasting=True)


def _verdict(value: Any, evidence: list[Evidence]) -> Verdict:
    """By position, as `Verdict` and `_VERDICT` have them: a folder of policies has thousands, and names take time."""
    fields, carried, near = value
    requirement, pack, check, topic, force, status, severity, *texts, covered, missing = fields
    message, remedy, citation, fingerprint, asked = texts
    return Verdict(
        requirement,
        pack,
        check,
        topic,
        force,
        status,
        severity,
        None if covered is None else tuple(covered),
        None if missing is None else tuple(missing),
        tuple([evidence[at] for at in carried]),
        None if near is None else evidence[near],
        message,
        remedy,
        citation,
        None,
        fingerprint,
        asked,
    )


def _body(value: Any) -> DocumentView | None:
    if value is None:
        return None
    text, parts, left_out = value
    return DocumentView(
        text,
        tuple([Part(kind, depth, label, _spans(spans), *place) for kind, depth, label, spans, *place in parts]),
        tuple([(why, _spans(spans)) for why, spans in left_out]),
    )


def _spans(spans: Any) -> tuple[tuple[int, int], ...]:
    return tuple([(start, end) for start, end in spans])

"""Outcomes as plain lists that JSON can hold, and back.

By position and not by name, and each quote once: a report is read back in a fraction of the time that its JSON form would take.
A test sees to it that nothing is lost when a field is added.
"""

from __future__ import annotations

from collections.abc import Sequence
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
_LISTS = frozenset(("packs", "notes", "elements_covered", "elements_missing"))
_LISTS_OF_DOCUMENT, _LISTS_OF_VERDICT = (
    tuple(at for at, name in enumerate(names) if name in _LISTS) for names in (_DOCUMENT, _VERDICT)
)


def plain(outcome: Outcome) -> list[object]:
    """An outcome as lists, texts and numbers."""
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
        _plain_body(document.body),
        [[p.id, p.version, p.sha256, p.authority, p.rank] for p in outcome.packs],
        outcome.days,
    ]


def outcome_from(value: Any) -> Outcome | None:
    """The outcome that `plain` made a value of; None when it is none."""
    try:
        return _outcome(*value)
    except (TypeError, ValueError, IndexError, AttributeError):
        return None


def _outcome(document: Any, quotes: Any, verdicts: Any, body: Any, packs: Any, days: Any) -> Outcome:
    evidence = [Evidence(quote, tuple(section), *place) for quote, section, *place in quotes]
    report = DocumentReport(
        **_named(_DOCUMENT, document, _LISTS_OF_DOCUMENT),
        verdicts=tuple(
            Verdict(
                **_named(_VERDICT, fields, _LISTS_OF_VERDICT),
                evidence=tuple([evidence[at] for at in carried]),
                closest=None if near is None else evidence[near],
            )
            for fields, carried, near in verdicts
        ),
        body=_body(body),
    )
    first, last = days
    return Outcome(report, tuple(PackInfo(*fields) for fields in packs), (first, last), lasting=True)


def _named(names: Sequence[str], values: Sequence[Any], lists: Sequence[int]) -> dict[str, Any]:
    values = list(values)
    for at in lists:
        if values[at] is not None:
            values[at] = tuple(values[at])
    return dict(zip(names, values, strict=True))


def _plain_body(body: DocumentView | None) -> list[object] | None:
    if body is None:
        return None
    return [body.text, [[p.kind, p.depth, p.label, p.spans, p.line, p.page] for p in body.parts], body.left_out]


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

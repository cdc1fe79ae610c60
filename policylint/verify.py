"""A report made again, beside the one that was saved: in which points they differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from policylint.report import DocumentReport, Report, Verdict

_MOST = 20
"""Differences of a document that are told one by one."""


def differences(old: Report, new: Report) -> Iterator[str]:
    """In which points two reports on the same documents differ, a sentence each; what explains others comes first."""
    if old.version != new.version:
        yield f"It was made by policylint {old.version}, this is {new.version}."
    yield from _rules(old, new)
    for before, after in zip_longest(old.documents, new.documents):
        if before is None or after is None:
            yield f"{(before or after).path}: only one of the reports has this document."
        else:
            yield from _document(before, after)
    if dict(old.given or {}) != dict(new.given or {}):
        yield "What was asked for beside the documents differs."


def _rules(old: Report, new: Report) -> Iterator[str]:
    before, after = ({p.id: p for p in report.packs} for report in (old, new))
    for id_ in dict.fromkeys([*before, *after]):
        a, b = before.get(id_), after.get(id_)
        if a is None or b is None:
            yield f"The pack {id_} {'was not' if a is None else 'is not'} judged by."
        elif a != b:
            yield f"The pack {id_} is another: {a.version}, {a.sha256[:12]} → {b.version}, {b.sha256[:12]}."
    if list(before) != list(after) and set(before) == set(after):
        yield "The packs stand in another order."
    for name, was, is_ in (("profile", old.profile, new.profile), ("day asked for", old.as_of, new.as_of)):
        if was != is_:
            yield f"The {name} is another: {was or 'none'} → {is_ or 'none'}."


def _document(old: DocumentReport, new: DocumentReport) -> Iterator[str]:
    if old.sha256 != new.sha256:
        yield f"{old.path}: the document changed (SHA-256 {_short(old.sha256)} → {_short(new.sha256)})."
    if (old.status, old.reason) != (new.status, new.reason):
        yield f"{old.path}: {_judged(old)} → {_judged(new)}"
    found = list(_verdicts(old, new))
    yield from found[:_MOST]
    if len(found) > _MOST:
        yield f"{old.path}: and {len(found) - _MOST} more verdicts differ."
    for note in (n for n in old.notes if n not in new.notes):
        yield f"{old.path}: no longer noted: {note}"
    for note in (n for n in new.notes if n not in old.notes):
        yield f"{old.path}: noted now: {note}"
    read = ("path", "format", "title", "pages", "words", "sections", "statements", "fixed")
    for key in read:
        if getattr(old, key) != getattr(new, key):
            yield f"{old.path}: {key} differs."


def _verdicts(old: DocumentReport, new: DocumentReport) -> Iterator[str]:
    before, after = ({v.requirement: v for v in d.verdicts} for d in (old, new))
    for id_ in dict.fromkeys([*before, *after]):
        a, b = before.get(id_), after.get(id_)
        if a is None or b is None or a.to_dict() != b.to_dict():
            yield f"{old.path}: {id_}: {_verdict(a, b)}"


def _verdict(old: Verdict | None, new: Verdict | None) -> str:
    was, is_ = (_words(v) for v in (old, new))
    if was != is_ or old is None or new is None:
        return f"{was} → {is_}."
    before, after = old.to_dict(), new.to_dict()
    keys = [key for key in before if before[key] != after.get(key)]
    return f"{was} as before, but with another {', '.join(keys)}."


def _words(verdict: Verdict | None) -> str:
    """A verdict's status, and whether it counts."""
    if verdict is None:
        return "not asked"
    marks = [
        *(["waived"] if verdict.waiver else []),
        *(["its waiver expired"] if verdict.expired else []),
        *([f"{verdict.standing.state} to the baseline"] if verdict.standing else []),
    ]
    status = verdict.status.replace("_", " ")
    return f"{status} ({', '.join(marks)})" if marks else status


def _judged(document: DocumentReport) -> str:
    return "judged" if document.status == "judged" else f"not judged: {document.reason}"


def _short(sha256: str | None) -> str:
    return sha256[:12] if sha256 else "none"

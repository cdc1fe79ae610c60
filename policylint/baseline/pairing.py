"""Which recorded document a document is, also after it was renamed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from policylint.baseline.values import Baseline, Entry, Paths, passages
from policylint.report import DocumentReport

_ALIKE = 0.5
"""Share of its passages that a document under another path must have in common with a recorded one to be taken for it."""


def found_again(documents: Sequence[DocumentReport], baseline: Baseline, paths: Paths) -> Mapping[str, Entry]:
    """Path of a judged document -> what the baseline records of it; a document it does not know has none.

    A document is known by its path; under another path by its content, name, title or passages, where these fit one recorded
    document only and that one is not there any more.
    """
    entries = {e.path: e for e in baseline.entries}
    found: dict[str, Entry] = {}
    strangers: list[DocumentReport] = []
    for document in documents:
        entry = entries.get(paths.name(document.path))
        if entry is not None:
            found[document.path] = entry
        elif document.status == "judged":
            strangers.append(document)
    checked = {paths.name(d.path) for d in documents}
    gone = [e for e in baseline.entries if e.path not in checked and not paths.exists(e.path)] if strangers else []
    for same in (_same_content, _same_name, _same_title, _same_gaps):
        for document in strangers:
            if document.path in found:
                continue
            candidates = [e for e in gone if same(document, e)]
            rivals = [d for d in strangers if d.path not in found and any(same(d, e) for e in candidates)]
            if len(candidates) == len(rivals) == 1:
                found[document.path] = candidates[0]
                gone.remove(candidates[0])
    return found


def _same_content(document: DocumentReport, entry: Entry) -> bool:
    return bool(entry.sha256) and document.sha256 == entry.sha256


def _same_name(document: DocumentReport, entry: Entry) -> bool:
    return PurePosixPath(document.path.replace("\\", "/")).name == PurePosixPath(entry.path).name


def _same_title(document: DocumentReport, entry: Entry) -> bool:
    return bool(entry.title) and document.title.casefold() == entry.title.casefold()


def _same_gaps(document: DocumentReport, entry: Entry) -> bool:
    """Whether the two share most of their passages. What is missing has none, and is missing in many policies alike."""
    ours = {p for v in document.gaps for p in passages(v)}
    theirs = {p for gap in entry.gaps for p in gap.passages}
    return bool(ours & theirs) and len(ours & theirs) > _ALIKE * max(len(ours), len(theirs))

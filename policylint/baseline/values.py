"""What a baseline records, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from policylint.fingerprint import fingerprint
from policylint.report import Verdict

GRAVITY = ("weak", "partial", "missing", "conflict")
"""Statuses of a gap in rising order: a gap that moves to the right is worse."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A gap as recorded.

    Attributes:
        lacks: elements of a list that it lacks.
        passages: fingerprints of the passages that carry it, as many as the report shows; () of what is missing.
    """

    requirement: str
    status: str
    fingerprint: str
    lacks: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """The gaps of a document, in the order of their requirements.

    Attributes:
        path: relative to the baseline's folder, with slashes.
        sha256, title: of the document, by which it is found again under another path.
    """

    path: str
    sha256: str
    title: str
    gaps: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a baseline file holds, in the order of the paths."""

    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Paths:
    """How a baseline knows documents.

    Attributes:
        name: from a report's path to the one a baseline records.
        exists: whether a recorded path leads to a file still.
    """

    name: Callable[[str], str] = str
    exists: Callable[[str], bool] = lambda _: False


def passages(verdict: Verdict) -> tuple[str, ...]:
    """Fingerprints of the passages that carry a verdict, sorted."""
    return tuple(sorted({fingerprint(verdict.requirement, e.quote) for e in verdict.evidence}))

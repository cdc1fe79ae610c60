"""Where a verdict points to: the file as a relative path, and for what is missing the section where it would belong."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from urllib.parse import quote

from policylint.report import DocumentReport, Evidence, Part, Verdict
from policylint.reporters.clean import harmless


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document.

    Attributes:
        line, end_line: 1-based lines of the canonical text.
        start, end: offsets into the canonical text, or None when only the line is known.
        section: headings that lead to it, outermost first; () for the document itself.
        exact: it is the evidence, not only the section where a missing clause would belong.
    """

    line: int
    end_line: int
    start: int | None
    end: int | None
    section: tuple[str, ...]
    page: int | None = None
    exact: bool = False


def of_evidence(evidence: Evidence) -> Place:
    """The place of a quote."""
    e = evidence
    return Place(e.line, e.end_line, e.start, e.end, e.section, e.page, exact=True)


class Places:
    """Where the verdicts on a document are shown."""

    def __init__(self, document: DocumentReport) -> None:
        parts = document.body.parts if document.body is not None else ()
        self._headings = [part for part in parts if part.kind == "heading" and part.spans]
        self._starts = [part.spans[0][0] for part in self._headings]
        self._on_topic: dict[str, list[Evidence]] = {}
        for verdict in document.verdicts:
            self._on_topic.setdefault(verdict.topic, []).extend(verdict.evidence)

    def of(self, verdict: Verdict) -> Place:
        """The place of a verdict: its first passage; else the heading of the section where the clause would belong.

        That is the section of the closest passage, if it holds others on the topic or none does; else the section that holds
        most on the topic; else the document's first line. A definition is often the closest passage, and no place for a duty.
        """
        if verdict.evidence:
            return of_evidence(min(verdict.evidence, key=lambda e: e.start))
        near = self._near(verdict)
        if near is None:
            return Place(1, 1, None, None, ())
        heading = self._heading(near)
        if heading is None:
            return Place(near.line, near.line, None, None, near.section, near.page)
        start, end = heading.spans[0][0], heading.spans[-1][1]
        return Place(heading.line, heading.line, start, end, near.section, heading.page)

    def _near(self, verdict: Verdict) -> Evidence | None:
        """The closest passage, or the first of the section that holds most on the topic."""
        passages = self._on_topic.get(verdict.topic, [])
        counts = Counter(map(self._home, passages))
        closest = verdict.closest
        if closest is not None and (not passages or self._home(closest) in counts):
            return closest
        return min(passages, key=lambda e: (-counts[self._home(e)], e.start), default=None)

    def _home(self, evidence: Evidence) -> object:
        """What tells the section of a passage from others: its heading, or its path where no text is at hand."""
        heading = self._heading(evidence)
        return heading.spans if heading is not None else evidence.section

    def _heading(self, evidence: Evidence) -> Part | None:
        """The last heading at or before a passage."""
        at = bisect_right(self._starts, evidence.start) - 1
        return self._headings[at] if at >= 0 else None


def column(document: DocumentReport, offset: int) -> int | None:
    """The 1-based column of an offset, in characters; None when the policy's text is not at hand."""
    if document.body is None:
        return None
    return offset - (document.body.text.rfind("\n", 0, offset) + 1) + 1


def relative(path: str) -> str:
    """A path as it is named from the working directory, with "/" between its parts; never an absolute one.

    Of a file that lies elsewhere only the name is given: where it lies is this machine's own business.
    """
    given, windows = Path(path), PureWindowsPath(path)
    if windows.is_absolute() and not given.is_absolute():
        return windows.name
    if given.is_absolute():
        real, here = given.parent.resolve() / given.name, Path.cwd()
        given = real.relative_to(here) if real.is_relative_to(here) else Path(given.name)
    return given.as_posix()


def path_of(document: DocumentReport) -> str:
    """A document's path for people: relative, and without control characters or marks of direction."""
    path = relative(document.path)
    return (path if path.isprintable() else harmless(path).strip()) or "unnamed"


def uri(path: str) -> str:
    """A relative path as a URI reference (RFC 3986): what a URI cannot hold is percent-encoded, byte by byte."""
    half = re.sub("[\ud800-\udc7f\udd00-\udfff]", "\ufffd", relative(path))
    # A byte of a file name that is no UTF-8 is a half surrogate in Python, and becomes itself again.
    return quote(half.encode("utf-8", "surrogateescape"), safe="/-._~") or "unnamed"

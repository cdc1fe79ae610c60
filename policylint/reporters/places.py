"""Where a verdict points to: the file as a relative path, and for what is missing the section where it would belong."""

from __future__ import annotations

import re
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


def of_verdict(verdict: Verdict, document: DocumentReport) -> Place:
    """Where to show a verdict: its first passage; else the heading of the section where the clause would belong.

    That is the section of the closest passage, else one that holds passages on the same topic, else the document's first
    line.
    """
    if verdict.evidence:
        return of_evidence(min(verdict.evidence, key=lambda e: e.start))
    near = verdict.closest or _same_topic(verdict, document)
    if near is None:
        return Place(1, 1, None, None, ())
    heading = heading_before(document, near.start)
    if heading is None:
        return Place(near.line, near.line, None, None, near.section, near.page)
    start, end = heading.spans[0][0], heading.spans[-1][1]
    return Place(heading.line, heading.line, start, end, near.section, heading.page)


def _same_topic(verdict: Verdict, document: DocumentReport) -> Evidence | None:
    """The passage on the topic that most requirements rest on; the first of several."""
    passages = [e for v in document.verdicts if v.topic == verdict.topic for e in v.evidence]
    counts: dict[tuple[str, ...], int] = {}
    for each in passages:
        counts[each.section] = counts.get(each.section, 0) + 1
    return min(passages, key=lambda e: (-counts[e.section], e.start), default=None)


def heading_before(document: DocumentReport, offset: int) -> Part | None:
    """The last heading at or before an offset, or None when there is none or the policy's text is not at hand."""
    found = None
    for part in document.body.parts if document.body is not None else ():
        if part.spans and part.spans[0][0] > offset:
            break
        if part.spans and part.kind == "heading":
            found = part
    return found


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

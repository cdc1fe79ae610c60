"""Verdicts on documents as values: severity, fingerprints, summaries, exit code, and the JSON form.

How verdicts arise is `policylint.assess`, how they print is `policylint.reporters`; neither is known here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field

from policylint.body import DocumentView, Part
from policylint.fingerprint import fingerprint
from policylint.summary import SETTLED, SEVERITIES, STATUSES, Summary, summarise

__all__ = [
    "FAIL_ON",
    "SCHEMA",
    "SETTLED",
    "SEVERITIES",
    "STATUSES",
    "DocumentReport",
    "DocumentView",
    "Evidence",
    "PackInfo",
    "Part",
    "Report",
    "Verdict",
    "fingerprint",
    "severity",
]

SCHEMA = "policylint-report/1"

FAIL_ON = (*reversed(SEVERITIES), "never")
"""Values `--fail-on` takes, the default first."""

EXIT_CLEAN, EXIT_GAPS, EXIT_USAGE, EXIT_NOT_JUDGED = 0, 1, 2, 3

_SEVERITY_OF_FORCE = {"must": 2, "should": 1, "may": 0}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that carries a verdict, and where it stands.

    Attributes:
        quote: verbatim, white space folded.
        section: headings and labels that lead to it, outermost first.
        start, end: its offsets into the document's canonical text.
        paragraph: its place among the paragraphs, items and rows of its section, from 1; None where lines can be counted, and
            in a report that was read from JSON, of which it is no part.
    """

    quote: str
    section: tuple[str, ...]
    line: int
    end_line: int
    page: int | None
    start: int
    end: int
    paragraph: int | None = field(default=None, compare=False)

    def to_dict(self) -> dict[str, object]:
        """The evidence as the JSON report shows it."""
        shown = asdict(self) | {"section": list(self.section)}
        del shown["paragraph"]
        return shown


@dataclass(frozen=True, slots=True)
class Verdict:
    """One requirement on one document.

    Attributes:
        check: id of the check that judged it, or None.
        status: one of `STATUSES`.
        severity: one of `SEVERITIES` for a gap, None for met and not applicable (see `severity`).
        elements_covered, elements_missing: element keys of a list requirement, None for any other.
        closest: for a missing requirement, the passage that comes nearest to saying it, if there is one.
        waiver: reserved for waivers; always None so far.
        fingerprint: see `policylint.fingerprint`.
    """

    requirement: str
    pack: str
    check: str | None
    topic: str
    force: str
    status: str
    severity: str | None
    elements_covered: tuple[str, ...] | None = None
    elements_missing: tuple[str, ...] | None = None
    evidence: tuple[Evidence, ...] = ()
    closest: Evidence | None = None
    message: str = ""
    remedy: str = ""
    citation: str = ""
    waiver: None = None
    fingerprint: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether the verdict is anything but met and not applicable."""
        return self.status not in SETTLED

    def to_dict(self) -> dict[str, object]:
        """The verdict as the JSON report shows it."""
        elements = None
        if self.elements_covered is not None or self.elements_missing is not None:
            elements = {"covered": list(self.elements_covered or ()), "missing": list(self.elements_missing or ())}
        plain = ("requirement", "pack", "check", "topic", "force", "status", "severity")
        return {name: getattr(self, name) for name in plain} | {
            "elements": elements,
            "evidence": [e.to_dict() for e in self.evidence],
            "closest": self.closest.to_dict() if self.closest else None,
            "message": self.message,
            "remedy": self.remedy,
            "citation": self.citation,
            "waiver": self.waiver,
            "fingerprint": self.fingerprint,
        }


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What came of one document: its verdicts, or the reason why it could not be judged.

    Attributes:
        path: as the user named it.
        sha256: of the file's bytes, or None when it could not be opened.
        format: name of the format it was read as, or None when it could not be read.
        status: "judged" or "not_judged".
        reason: why it was not judged, as a sentence; None when it was.
        sections, statements: how much of it was read.
        profile: the profile it was judged by, or None when packs were named or it was not judged; `packs` their ids.
        recognised: how the profile was found in the document, as a sentence (it stands in the notes, too), or "".
        body: the policy as read, for reports that show it; None when it could not be read. Not part of the JSON form.
    """

    path: str
    sha256: str | None = None
    format: str | None = None
    title: str = ""
    pages: int | None = None
    words: int = 0
    status: str = "judged"
    reason: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    notes: tuple[str, ...] = ()
    sections: int = 0
    statements: int = 0
    profile: str | None = None
    recognised: str = ""
    packs: tuple[str, ...] = ()
    body: DocumentView | None = None

    @property
    def gaps(self) -> tuple[Verdict, ...]:
        """The verdicts that are gaps, in the order of the requirements."""
        return tuple(v for v in self.verdicts if v.is_gap)

    @property
    def summary(self) -> Summary:
        """Counts over this document."""
        return summarise([self])

    def to_dict(self) -> dict[str, object]:
        """The document as the JSON report shows it."""
        plain = ("path", "sha256", "format", "title", "pages", "words", "status", "reason")
        return {name: getattr(self, name) for name in plain} | {
            "verdicts": [v.to_dict() for v in self.verdicts],
            "notes": list(self.notes),
            "summary": self.summary.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class PackInfo:
    """Which rules a report was made by."""

    id: str
    version: str
    sha256: str
    authority: str
    rank: str

    def to_dict(self) -> dict[str, object]:
        """The pack as the JSON report shows it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Report:
    """Everything one run found out, documents in the order they were named."""

    version: str
    packs: tuple[PackInfo, ...]
    documents: tuple[DocumentReport, ...]
    profile: str | None = None
    as_of: str | None = None

    @property
    def summary(self) -> Summary:
        """Counts over all documents."""
        return summarise(self.documents)

    def to_dict(self) -> dict[str, object]:
        """The JSON report, schema `policylint-report/1`: plain dicts, lists, strings, numbers and None."""
        return {
            "schema": SCHEMA,
            "tool": {"name": "policylint", "version": self.version},
            "profile": self.profile,
            "as_of": self.as_of,
            "packs": [p.to_dict() for p in self.packs],
            "documents": [d.to_dict() for d in self.documents],
            "summary": self.summary.to_dict(),
        }

    @classmethod
    def from_dict(cls, value: object) -> Report:
        """The report that `to_dict` made `value` of; see `policylint.saved` for what is strict. Raises DocumentError."""
        from policylint.saved import report_from

        return report_from(value)

    def exit_code(self, fail_on: str = "error") -> int:
        """The process's exit code: 3 when something was not judged, else 1 for gaps of at least `fail_on`, else 0.

        Args:
            fail_on: one of `FAIL_ON`. "never" forgives gaps, but not a document that was not judged.

        Raises:
            ValueError: `fail_on` is none of them.
        """
        if fail_on not in FAIL_ON:
            raise ValueError(f"fail_on is one of {', '.join(FAIL_ON)}, not {fail_on!r}")
        if not self.documents or any(d.status != "judged" for d in self.documents):
            return EXIT_NOT_JUDGED
        if fail_on == "never":
            return EXIT_CLEAN
        failing = SEVERITIES[SEVERITIES.index(fail_on) :]
        gaps = (v for d in self.documents for v in d.gaps)
        return EXIT_GAPS if any(v.severity in failing for v in gaps) else EXIT_CLEAN


def severity(force: str, status: str, basis: str = "read") -> str | None:
    """How much a verdict weighs; None for a verdict that is no gap.

    Must is an error, should a warning, may an info; partial and weak weigh one step less. A conflict is never lowered
    and at least a warning. A requirement that nobody read in its source (`basis` other than "read") is no error.
    """
    if status in SETTLED:
        return None
    step = _SEVERITY_OF_FORCE[force]
    if status in ("partial", "weak"):
        step = max(step - 1, 0)
    elif status == "conflict":
        step = max(step, 1)
    if basis != "read":
        step = min(step, 1)
    return SEVERITIES[step]

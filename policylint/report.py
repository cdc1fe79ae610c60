"""Verdicts on documents as values: severity, fingerprints, summaries, exit code, and the JSON form.

How verdicts arise is `policylint.assess`, how they print is `policylint.reporters`; neither is known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from policylint.body import DocumentView, Part
from policylint.fingerprint import fingerprint
from policylint.marks import KNOWN, Fixed, Standing, Waiver
from policylint.summary import SETTLED, SEVERITIES, STATUSES, Summary, severity, summarise

__all__ = [
    "FAIL_ON",
    "SCHEMA",
    "SETTLED",
    "SEVERITIES",
    "STATUSES",
    "DocumentReport",
    "DocumentView",
    "Evidence",
    "Fixed",
    "PackInfo",
    "Part",
    "Report",
    "Standing",
    "Verdict",
    "Waiver",
    "fingerprint",
    "severity",
]

SCHEMA = "policylint-report/1"

FAIL_ON = (*reversed(SEVERITIES), "never")
"""Values `--fail-on` takes, the default first."""

EXIT_CLEAN, EXIT_GAPS, EXIT_USAGE, EXIT_NOT_JUDGED = 0, 1, 2, 3


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
        message: what is asked and what was found, as sentences.
        asked: what is asked, with which most messages begin; "" where only the message is known: the JSON form has no more.
        waiver: the decision by which the gap is accepted, or None.
        expired: the decision by which it was accepted, where that no longer holds.
        fingerprint: see `policylint.fingerprint`.
        standing: how the gap stands to the baseline; None without one, and of what is no gap.
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
    waiver: Waiver | None = None
    fingerprint: str = ""
    asked: str = ""
    expired: Waiver | None = None
    standing: Standing | None = None

    @property
    def finding(self) -> str:
        """Of the message, why the status is what it is; "" where that cannot be told from what is asked."""
        return self.message.removeprefix(self.asked).strip() if self.asked else ""

    @property
    def is_gap(self) -> bool:
        """Whether the verdict is anything but met and not applicable."""
        return self.status not in SETTLED

    @property
    def is_known(self) -> bool:
        """Whether the baseline records the gap as it is."""
        return self.standing is not None and self.standing.state == KNOWN

    @property
    def is_open(self) -> bool:
        """Whether it is a gap that counts: neither waived nor known from the baseline."""
        return self.is_gap and self.waiver is None and not self.is_known

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
            "waiver": self.waiver and self.waiver.to_dict(),
            "fingerprint": self.fingerprint,
            **({"expired_waiver": self.expired.to_dict()} if self.expired else {}),
            **({"baseline": self.standing.to_dict()} if self.standing else {}),
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
        fixed: gaps that the baseline records and that are none any more.
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
    fixed: tuple[Fixed, ...] = ()

    @property
    def gaps(self) -> tuple[Verdict, ...]:
        """The verdicts that are gaps, in the order of the requirements."""
        return tuple(v for v in self.verdicts if v.is_gap)

    @property
    def open_gaps(self) -> tuple[Verdict, ...]:
        """Those of them that count: neither waived nor known from the baseline."""
        return tuple(v for v in self.verdicts if v.is_open)

    @property
    def waived(self) -> tuple[Verdict, ...]:
        """The gaps that a waiver accepts."""
        return tuple(v for v in self.verdicts if v.waiver is not None)

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
            **({"fixed": [f.to_dict() for f in self.fixed]} if self.fixed else {}),
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
    """Everything one run found out, documents in the order they were named.

    Attributes:
        given: what the command line asked for beside the documents ({"facts": {...}}), so that the run can be made again.
    """

    version: str
    packs: tuple[PackInfo, ...]
    documents: tuple[DocumentReport, ...]
    profile: str | None = None
    as_of: str | None = None
    given: Mapping[str, object] | None = None

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
            **({"given": dict(self.given)} if self.given else {}),
        }

    @classmethod
    def from_dict(cls, value: object) -> Report:
        """The report that `to_dict` made `value` of; see `policylint.saved` for what is strict. Raises DocumentError."""
        from policylint.saved import report_from

        return report_from(value)

    def exit_code(self, fail_on: str = "error") -> int:
        """The process's exit code: 3 when something was not judged, else 1 for gaps of at least `fail_on`, else 0.

        Gaps that are waived or known from the baseline do not count.

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
        gaps = (v for d in self.documents for v in d.open_gaps)
        return EXIT_GAPS if any(v.severity in failing for v in gaps) else EXIT_CLEAN

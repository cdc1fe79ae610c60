"""A saved JSON report back to a `Report`. Strict: a key too many, one too few or a wrong type is told with its place."""

from __future__ import annotations

from policylint.errors import DocumentError
from policylint.marks import STATES
from policylint.report import SCHEMA, DocumentReport, Evidence, Fixed, PackInfo, Report, Standing, Verdict, Waiver
from policylint.strict_json import At, Kind, parsed, shown
from policylint.summary import SEVERITIES, STATUSES

FORCES = ("must", "should", "may")

_REPORT = Kind(
    "The saved report", "Make it again with `policylint check POLICY --format json --output REPORT`.", DocumentError
)


def looks_saved(data: bytes, name: str) -> bool:
    """Whether a file is meant to be a saved report: it begins as JSON, and names a schema of ours or ends in .json."""
    if not data[:1000].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return False
    return b'"policylint-' in data or name.lower().endswith(".json")


def load_report(data: bytes, name: str) -> Report:
    """The report that a file holds.

    Args:
        data: the file's bytes.
        name: what errors call the file.

    Raises:
        DocumentError: it is no JSON, or no report of schema `policylint-report/1`.
    """
    value = parsed(data, name, _REPORT)
    try:
        return report_from(value)
    except DocumentError as error:
        raise DocumentError(error.message, file=name, hint=error.hint) from None


def report_from(value: object) -> Report:
    """The report that `Report.to_dict` made `value` of.

    What the JSON form does not hold (each document's own profile, the policy's text) is not there afterwards.

    Raises:
        DocumentError: it is no report of schema `policylint-report/1`; the sentence names the first place that is wrong.
    """
    if isinstance(value, dict) and value.get("schema", SCHEMA) != SCHEMA:
        raise DocumentError(
            f"The report has the schema {shown(value['schema'])}; this version reads {SCHEMA}.", hint=_REPORT.hint
        )
    keys = ("schema", "tool", "profile", "as_of", "packs", "documents", "summary")
    top = At(value, "report", _REPORT).members(*keys, optional=("given",))
    tool = top["tool"].members("name", "version")
    report = Report(
        version=tool["version"].text(),
        packs=top["packs"].each(_pack),
        documents=top["documents"].each(_document),
        profile=top["profile"].maybe(At.text),
        as_of=top["as_of"].maybe(At.text),
        given={key: at.value for key, at in top["given"].entries().items()} if "given" in top else None,
    )
    top["summary"].same_as(report.summary.to_dict())
    return report


def _pack(at: At) -> PackInfo:
    fields = at.members("id", "version", "sha256", "authority", "rank")
    return PackInfo(**{key: field.text() for key, field in fields.items()})


def _document(at: At) -> DocumentReport:
    fields = at.members(
        *("path", "sha256", "format", "title", "pages", "words", "status", "reason", "verdicts", "notes", "summary"),
        optional=("fixed",),
    )
    counts = fields["summary"].value
    read = At(counts if isinstance(counts, dict) else {}, fields["summary"].where, _REPORT)
    document = DocumentReport(
        path=fields["path"].text(),
        sha256=fields["sha256"].maybe(At.text),
        format=fields["format"].maybe(At.text),
        title=fields["title"].text(),
        pages=fields["pages"].maybe(At.number),
        words=fields["words"].number(),
        status=fields["status"].one_of(("judged", "not_judged")),
        reason=fields["reason"].maybe(At.text),
        verdicts=fields["verdicts"].each(_verdict),
        notes=fields["notes"].each(At.text),
        sections=At(read.value.get("sections"), f"{read.where}.sections", _REPORT).number(),
        statements=At(read.value.get("statements"), f"{read.where}.statements", _REPORT).number(),
        fixed=fields["fixed"].each(_fixed) if "fixed" in fields else (),
    )
    fields["summary"].same_as(document.summary.to_dict())
    return document


def _verdict(at: At) -> Verdict:
    plain = ("requirement", "pack", "topic", "message", "remedy", "citation", "fingerprint")
    more = ("check", "force", "status", "severity", "elements", "evidence", "closest", "waiver")
    fields = at.members(*plain, *more, optional=("expired_waiver", "baseline"))
    requirement = fields["requirement"].text()
    elements = fields["elements"].maybe(lambda e: e.members("covered", "missing"))
    return Verdict(
        requirement=requirement,
        pack=fields["pack"].text(),
        topic=fields["topic"].text(),
        message=fields["message"].text(),
        remedy=fields["remedy"].text(),
        citation=fields["citation"].text(),
        fingerprint=fields["fingerprint"].text(),
        check=fields["check"].maybe(At.text),
        force=fields["force"].one_of(FORCES),
        status=fields["status"].one_of(STATUSES),
        severity=fields["severity"].maybe(lambda s: s.one_of(SEVERITIES)),
        elements_covered=elements["covered"].each(At.text) if elements else None,
        elements_missing=elements["missing"].each(At.text) if elements else None,
        evidence=fields["evidence"].each(_evidence),
        closest=fields["closest"].maybe(_evidence),
        waiver=fields["waiver"].maybe(lambda w: _waiver(w, requirement)),
        expired=_waiver(fields["expired_waiver"], requirement) if "expired_waiver" in fields else None,
        standing=_standing(fields["baseline"]) if "baseline" in fields else None,
    )


def _waiver(at: At, requirement: str) -> Waiver:
    fields = at.members("document", "reason", "legal_ground", "approver", "until")
    return Waiver(requirement=requirement, **{key: field.text() for key, field in fields.items()})


def _standing(at: At) -> Standing:
    fields = at.members("state", "was")
    return Standing(fields["state"].one_of(STATES), fields["was"].maybe(lambda s: s.one_of(STATUSES)))


def _fixed(at: At) -> Fixed:
    fields = at.members("requirement", "was")
    return Fixed(fields["requirement"].text(), fields["was"].one_of(STATUSES))


def _evidence(at: At) -> Evidence:
    fields = at.members("quote", "section", "line", "end_line", "page", "start", "end")
    return Evidence(
        quote=fields["quote"].text(),
        section=fields["section"].each(At.text),
        line=fields["line"].number(),
        end_line=fields["end_line"].number(),
        page=fields["page"].maybe(At.number),
        start=fields["start"].number(),
        end=fields["end"].number(),
    )

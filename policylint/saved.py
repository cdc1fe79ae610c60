"""A saved JSON report back to a `Report`. Strict: a key too many, one too few or a wrong type is told with its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from policylint.errors import DocumentError
from policylint.report import SCHEMA, DocumentReport, Evidence, PackInfo, Report, Verdict
from policylint.summary import SEVERITIES, STATUSES

T = TypeVar("T")

FORCES = ("must", "should", "may")


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
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        why = error.msg if isinstance(error, json.JSONDecodeError) else "it is no UTF-8 text, or nested too deep"
        raise DocumentError(f"The saved report is no JSON: {why}.", file=name, line=line, hint=_AGAIN) from None
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
            f"The report has the schema {_shown(value['schema'])}; this version reads {SCHEMA}.", hint=_AGAIN
        )
    top = _At(value, "report").members("schema", "tool", "profile", "as_of", "packs", "documents", "summary")
    tool = top["tool"].members("name", "version")
    report = Report(
        version=tool["version"].text(),
        packs=top["packs"].each(_pack),
        documents=top["documents"].each(_document),
        profile=top["profile"].maybe(_At.text),
        as_of=top["as_of"].maybe(_At.text),
    )
    top["summary"].same_as(report.summary.to_dict())
    return report


_AGAIN = "Make it again with `policylint check POLICY --format json --output REPORT`."


@dataclass(frozen=True, slots=True)
class _At:
    """A value of the JSON file, and where it stands: "report.documents[0].path"."""

    value: Any
    where: str

    def wrong(self, wanted: str) -> DocumentError:
        return DocumentError(
            f"The saved report is not valid: {self.where} must be {wanted}, not {_shown(self.value)}.", hint=_AGAIN
        )

    def members(self, *keys: str) -> Mapping[str, _At]:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        for problem, names in (("lacks", set(keys) - set(self.value)), ("has an unknown", set(self.value) - set(keys))):
            if names:
                raise DocumentError(
                    f"The saved report is not valid: {self.where} {problem} {_shown(min(names))}.", hint=_AGAIN
                )
        return {key: _At(self.value[key], f"{self.where}.{key}") for key in keys}

    def each(self, make: Callable[[_At], T]) -> tuple[T, ...]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return tuple(make(_At(item, f"{self.where}[{at}]")) for at, item in enumerate(self.value))

    def maybe(self, make: Callable[[_At], T]) -> T | None:
        return None if self.value is None else make(self)

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def number(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool) or self.value < 0:
            raise self.wrong("a whole number from 0")
        return self.value

    def one_of(self, names: Collection[str]) -> str:
        if not isinstance(self.value, str) or self.value not in names:
            raise self.wrong(f"one of {', '.join(names)}")
        return self.value

    def none(self) -> None:
        if self.value is not None:
            raise self.wrong("null")

    def same_as(self, wanted: object) -> None:
        if self.value != wanted:
            raise DocumentError(
                f"The saved report is not valid: {self.where} does not fit what it sums up. Was it edited by hand?",
                hint=_AGAIN,
            )


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=True)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _pack(at: _At) -> PackInfo:
    fields = at.members("id", "version", "sha256", "authority", "rank")
    return PackInfo(**{key: field.text() for key, field in fields.items()})


def _document(at: _At) -> DocumentReport:
    fields = at.members(
        *("path", "sha256", "format", "title", "pages", "words", "status", "reason", "verdicts", "notes", "summary")
    )
    counts = fields["summary"].value
    read = _At(counts if isinstance(counts, dict) else {}, fields["summary"].where)
    document = DocumentReport(
        path=fields["path"].text(),
        sha256=fields["sha256"].maybe(_At.text),
        format=fields["format"].maybe(_At.text),
        title=fields["title"].text(),
        pages=fields["pages"].maybe(_At.number),
        words=fields["words"].number(),
        status=fields["status"].one_of(("judged", "not_judged")),
        reason=fields["reason"].maybe(_At.text),
        verdicts=fields["verdicts"].each(_verdict),
        notes=fields["notes"].each(_At.text),
        sections=_At(read.value.get("sections"), f"{read.where}.sections").number(),
        statements=_At(read.value.get("statements"), f"{read.where}.statements").number(),
    )
    fields["summary"].same_as(document.summary.to_dict())
    return document


def _verdict(at: _At) -> Verdict:
    plain = ("requirement", "pack", "topic", "message", "remedy", "citation", "fingerprint")
    fields = at.members(*plain, "check", "force", "status", "severity", "elements", "evidence", "closest", "waiver")
    fields["waiver"].none()
    elements = fields["elements"].maybe(lambda e: e.members("covered", "missing"))
    return Verdict(
        requirement=fields["requirement"].text(),
        pack=fields["pack"].text(),
        topic=fields["topic"].text(),
        message=fields["message"].text(),
        remedy=fields["remedy"].text(),
        citation=fields["citation"].text(),
        fingerprint=fields["fingerprint"].text(),
        check=fields["check"].maybe(_At.text),
        force=fields["force"].one_of(FORCES),
        status=fields["status"].one_of(STATUSES),
        severity=fields["severity"].maybe(lambda s: s.one_of(SEVERITIES)),
        elements_covered=elements["covered"].each(_At.text) if elements else None,
        elements_missing=elements["missing"].each(_At.text) if elements else None,
        evidence=fields["evidence"].each(_evidence),
        closest=fields["closest"].maybe(_evidence),
    )


def _evidence(at: _At) -> Evidence:
    fields = at.members("quote", "section", "line", "end_line", "page", "start", "end")
    return Evidence(
        quote=fields["quote"].text(),
        section=fields["section"].each(_At.text),
        line=fields["line"].number(),
        end_line=fields["end_line"].number(),
        page=fields["page"].maybe(_At.number),
        start=fields["start"].number(),
        end=fields["end"].number(),
    )

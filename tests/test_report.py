"""Values of a report: severity, fingerprint, summary, exit code, JSON form."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from policylint import summary
from policylint.fingerprint import fingerprint
from policylint.packs import models
from policylint.report import FAIL_ON, DocumentReport, Report, Verdict, severity


@pytest.mark.parametrize(
    ("force", "status", "basis", "wanted"),
    [
        ("must", "missing", "read", "error"),
        ("should", "missing", "read", "warning"),
        ("may", "missing", "read", "info"),
        ("must", "partial", "read", "warning"),
        ("must", "weak", "read", "warning"),
        ("should", "partial", "read", "info"),
        ("should", "weak", "read", "info"),
        ("may", "partial", "read", "info"),
        ("must", "conflict", "read", "error"),
        ("should", "conflict", "read", "warning"),
        ("may", "conflict", "read", "warning"),
        ("must", "missing", "summary", "warning"),
        ("must", "conflict", "inferred", "warning"),
        ("must", "weak", "inferred", "warning"),
        ("may", "missing", "inferred", "info"),
        ("must", "met", "read", None),
        ("should", "not_applicable", "read", None),
    ],
)
def test_severity(force: str, status: str, basis: str, wanted: str | None) -> None:
    assert severity(force, status, basis) == wanted


def test_statuses_are_those_of_the_rules() -> None:
    assert summary.STATUSES == models.STATUSES


@pytest.mark.parametrize(
    "edition",
    [
        "1.4.1. Members shall keep no notes.",
        "1.4.1 Members shall keep no notes.",
        "617.2.2(a) Members shall keep no notes.",
        "(a) Members shall keep no notes.",
        "b) Members shall keep no notes.",
        "iv. Members shall keep no notes.",
        "A. 1. Members shall keep no notes.",
        "• Members shall\n   keep no notes.",
        "\uf0b7 MEMBERS shall keep no notes.",
        "4a. Members shall keep no notes;",
        "[2] Members shall keep no notes; and",
        "Article IV. Members shall keep no notes",
        "**C. Members** shall keep no notes.",
        "Mem- bers shall keep no no\u00adtes.",
        "Members shall keep no notes\u2014",
    ],
)
def test_fingerprint_survives_renumbering_and_reflow(edition: str) -> None:
    assert fingerprint("DEMO-1", edition) == fingerprint("DEMO-1", "Members shall keep no notes.")


def test_fingerprint_survives_other_numbers_of_sections() -> None:
    editions = (
        "Notes are kept as section 4.2(b) says.",
        "Notes are kept as Section 14 says.",
        "Notes are kept as section (c) says.",
    )
    assert len({fingerprint("DEMO-1", edition) for edition in editions}) == 1
    laws = ("The privilege of section 78B-5-903 holds.", "The privilege of section 78B-5-904 holds.")
    assert len({fingerprint("DEMO-1", law) for law in laws}) == 2


def test_fingerprint_tells_apart() -> None:
    prints = {
        fingerprint("DEMO-1"),
        fingerprint("DEMO-2"),
        fingerprint("DEMO-1", "Members shall keep no notes."),
        fingerprint("DEMO-1", "A member shall keep no notes."),
        fingerprint("DEMO-1", "24 hours notice is given."),
        fingerprint("DEMO-1", "48 hours notice is given."),
    }
    assert len(prints) == 6
    assert all(len(each) == 16 for each in prints)


def test_fingerprint_of_a_section_ignores_its_number() -> None:
    assert fingerprint("DEMO-1", section=["5. Training", "a."]) == fingerprint("DEMO-1", section=["7.2 Training"])


def _one(verdict: Verdict) -> Report:
    return Report("1", (), (DocumentReport("a.md", verdicts=(verdict,)),))


@pytest.mark.parametrize(
    ("worst", "codes"),
    [
        ("error", {"error": 1, "warning": 1, "info": 1, "never": 0}),
        ("warning", {"error": 0, "warning": 1, "info": 1, "never": 0}),
        ("info", {"error": 0, "warning": 0, "info": 1, "never": 0}),
    ],
)
def test_exit_code_of_gaps(verdicts: tuple[Verdict, ...], worst: str, codes: dict[str, int]) -> None:
    one = _one(replace(verdicts[0], severity=worst))
    assert {fail_on: one.exit_code(fail_on) for fail_on in FAIL_ON} == codes


@pytest.mark.parametrize("fail_on", FAIL_ON)
def test_exit_code_without_gaps_is_0_and_with_something_unread_is_3(report: Report, fail_on: str) -> None:
    assert replace(report, documents=report.documents[1:2]).exit_code(fail_on) == 0
    assert report.exit_code(fail_on) == 3
    assert replace(report, documents=()).exit_code(fail_on) == 3


def test_exit_code_refuses_an_unknown_threshold(report: Report) -> None:
    with pytest.raises(ValueError, match="fail_on"):
        report.exit_code("sometimes")


def test_the_json_form_is_plain_and_repeatable(report: Report) -> None:
    first = report.to_dict()
    assert json.loads(json.dumps(first)) == first
    assert json.dumps(first) == json.dumps(report.to_dict())
    assert list(first) == ["schema", "tool", "profile", "as_of", "packs", "documents", "summary"]


def test_the_json_form_has_the_keys_of_the_contract(report: Report) -> None:
    document = report.to_dict()["documents"][0]  # type: ignore[index]
    assert list(document) == [
        *("path", "sha256", "format", "title", "pages", "words", "status", "reason", "verdicts", "notes", "summary"),
    ]
    verdict = document["verdicts"][1]
    assert list(verdict) == [
        *("requirement", "pack", "check", "topic", "force", "status", "severity", "elements", "evidence", "closest"),
        *("message", "remedy", "citation", "waiver", "fingerprint"),
    ]
    assert verdict["elements"] == {"covered": ["crisis_management"], "missing": ["grief", "substance_abuse"]}
    assert list(verdict["evidence"][0]) == ["quote", "section", "line", "end_line", "page", "start", "end"]
    assert document["verdicts"][0]["elements"] is None
    assert document["verdicts"][0]["closest"]["section"] == ["3. Records"]


def test_summary_counts(report: Report) -> None:
    assert report.summary.to_dict() == {
        "documents": 3,
        "not_judged": 1,
        "sections": 8,
        "statements": 62,
        "requirements": 7,
        "gaps": 4,
        "status": {"met": 2, "weak": 1, "partial": 1, "missing": 1, "conflict": 1, "not_applicable": 1},
        "severity": {"error": 1, "warning": 2, "info": 1},
    }

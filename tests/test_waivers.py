"""Waivers: which gaps they accept, until when, and what is said of those that do nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint import waivers
from policylint.errors import RuleError, UsageError
from policylint.marks import Waiver
from policylint.report import DocumentReport, Report, Verdict
from policylint.reporters import REPORTERS, View
from policylint.waivers import Waivers

DAY = "2026-06-30"
KNOWN = {"DEMO-2", "DEMO-3", "DEMO-4", "DEMO-5", "DEMO-9", "DEMO-10a", "OTHER-1"}
SCHEMA = json.loads(
    (Path(__file__).parents[1] / "docs" / "schema" / "policylint-report-1.json").read_text(encoding="utf-8")
)


def known() -> Collection[str]:
    return KNOWN


def waiver(requirement: str, until: str = "2026-12-31", document: str = "**", **more: str) -> Waiver:
    made = Waiver(requirement, document, "The agreement asks for it.", until, place=f"waivers.yaml:{requirement}")
    return replace(made, **more)


def applied(report: Report, *given_: Waiver, day: str = DAY) -> tuple[Report, tuple[str, ...]]:
    return waivers.apply(report, Waivers(given_), day, known)


def of(report: Report, requirement: str, document: int = 0) -> Verdict:
    return next(v for v in report.documents[document].verdicts if v.requirement == requirement)


def judged_only(report: Report) -> Report:
    return replace(report, documents=report.documents[:2])


def test_a_waived_gap_does_not_fail_the_run(report: Report) -> None:
    report = judged_only(report)
    assert report.exit_code("error") == 1
    after, told = applied(report, waiver("DEMO-10a"))
    assert after.exit_code("error") == 0
    assert after.exit_code("warning") == 1
    assert not told
    verdict = of(after, "DEMO-10a")
    assert (verdict.status, verdict.severity, verdict.is_gap, verdict.is_open) == ("missing", "error", True, False)
    assert after.summary.gaps == report.summary.gaps
    assert (after.summary.waived, after.summary.open_gaps) == (1, report.summary.gaps - 1)


@pytest.mark.parametrize(("day", "holds"), [("2026-06-29", True), ("2026-06-30", True), ("2026-07-01", False)])
def test_a_waiver_holds_on_its_last_day(report: Report, day: str, holds: bool) -> None:
    after, told = applied(report, waiver("DEMO-10a", "2026-06-30"), day=day)
    assert of(after, "DEMO-10a").is_open is not holds
    notes = [n for n in after.documents[0].notes if "DEMO-10a" in n]
    said = "The waiver of DEMO-10a (waivers.yaml:DEMO-10a) expired after 2026-06-30: the gap counts again."
    assert notes == ([] if holds else [said])
    assert told == (() if holds else (f"policies/peer support.md: {said}",))


def test_the_longest_waiver_counts_and_the_other_is_not_needed(report: Report) -> None:
    short, long = waiver("DEMO-10a", "2026-07-31"), waiver("DEMO-10a", "2026-12-31", place="waivers.yaml:9")
    after, told = applied(report, short, long)
    assert of(after, "DEMO-10a").waiver == long
    assert told == (
        "policies/peer support.md: The waiver of DEMO-10a (waivers.yaml:DEMO-10a) is not needed: another one lasts longer.",
    )


@pytest.mark.parametrize(
    ("requirement", "why"),
    [("DEMO-4", "the policy meets the requirement"), ("DEMO-5", "the requirement does not apply")],
)
def test_a_waiver_of_no_gap_is_not_needed(report: Report, requirement: str, why: str) -> None:
    one = replace(report, documents=report.documents[:1])
    after, told = applied(one, waiver(requirement))
    said = f"The waiver of {requirement} (waivers.yaml:{requirement}) is not needed: {why}."
    assert told == (f"policies/peer support.md: {said}",)
    assert said in after.documents[0].notes
    assert of(after, requirement).waiver is None


@pytest.mark.parametrize("document", ["elsewhere/*.md", "c.txt"])
def test_a_waiver_of_a_document_that_was_not_judged_is_not_unused(report: Report, document: str) -> None:
    after, told = applied(report, waiver("DEMO-4", document=document), waiver("DEMO-9", document=document))
    assert not told
    assert after == report


def test_a_waiver_of_a_requirement_that_was_not_asked_is_not_unused(report: Report) -> None:
    assert applied(report, waiver("OTHER-1")) == (report, ())


def test_an_unknown_requirement_is_told(report: Report) -> None:
    _, told = applied(report, waiver("DEMO-10b"))
    (said,) = told
    assert said.startswith("waivers.yaml:DEMO-10b: No pack has the requirement DEMO-10b. Did you mean 'DEMO-10a'")


def test_known_requirements_are_looked_up_only_for_strange_ones(report: Report) -> None:
    def never() -> Collection[str]:
        raise AssertionError

    waivers.apply(report, Waivers((waiver("DEMO-10a"), waiver("DEMO-4"))), DAY, never)


@pytest.mark.parametrize(
    ("glob", "path", "wanted"),
    [
        ("**", "policies/a.md", True),
        ("**", "../elsewhere/a.md", True),
        ("policies/*.md", "policies/a.md", True),
        ("policies/*.md", "policies/deep/a.md", False),
        ("policies/**/*.md", "policies/deep/a.md", True),
        ("a.md", "policies/a.md", True),
        ("/a.md", "policies/a.md", False),
        ("*.md", "../elsewhere/a.md", False),
    ],
)
def test_globs(tmp_path: Path, glob: str, path: str, wanted: bool) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    assert Waivers((), str(folder)).covers(waiver("X", document=glob), str(folder / path)) is wanted


FILE = """\
# What the chief decided.
waivers:
  - requirement: DEMO-10a
    document: policies/*.md
    reason: >
      The agreement of 2024 asks
      for a log.
    legal_ground: Agreement, article 14
    approver: Chief M. Alvarez
    until: 2027-06-30
  - {requirement: DEMO-3, reason: no, until: "2026-01-01"}
"""


def write(folder: Path, text: str) -> str:
    path = folder / "policylint-waivers.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, FILE)
    read = waivers.load(path)
    assert read.folder == str(tmp_path)
    assert read.waivers == (
        Waiver(
            *("DEMO-10a", "policies/*.md", "The agreement of 2024 asks for a log.", "2027-06-30"),
            *("Agreement, article 14", "Chief M. Alvarez", f"{path}:3"),
        ),
        Waiver("DEMO-3", "**", "no", "2026-01-01", place=f"{path}:11"),
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "waivers:\n", "waivers: []\n"])
def test_a_file_without_waivers(tmp_path: Path, text: str) -> None:
    assert waivers.load(write(tmp_path, text)).waivers == ()


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("waivers:\n  - requirement: X\n    reason: a\n", 2, "The key 'until' is missing in a waiver."),
        ("waivers:\n  - requirement: X\n    until: 2026-01-01\n", 2, "The key 'reason' is missing"),
        ("waivers:\n  - reason: X\n    until: 2026-01-01\n", 2, "The key 'requirement' is missing"),
        ("waivers:\n  - requirement: X\n    reason: a\n    until: 30.6.2026\n", 4, "'30.6.2026' is no date."),
        ("waivers:\n  - requirement: X\n    reason: a\n    until: 2026-02-30\n", 4, "'2026-02-30' is no date."),
        ("waivers:\n  - requirement: X\n    reason: a\n    until: 20260230\n", 4, "'20260230' is no date."),
        (
            "waivers:\n  - requirement: X\n    reason: ''\n    until: 2026-01-01\n",
            3,
            "The text of reason of X is empty.",
        ),
        ("waivers:\n  - requirement: X\n    expires: 2026-01-01\n", 3, "Unknown key 'expires' in a waiver."),
        ("waivers:\n  - requirement: X\n    resaon: a\n    until: 2026-01-01\n", 3, "Unknown key 'resaon'"),
        ("waivers:\n  - requirement: a b\n    reason: a\n    until: 2026-01-01\n", 2, "'a b' cannot be"),
        (
            "waivers:\n  - requirement: X\n    document: '!a'\n    reason: a\n    until: 2026-01-01\n",
            3,
            "names no documents",
        ),
        ("waivers:\n  - requirement: [X]\n    reason: a\n    until: 2026-01-01\n", 2, "Text is expected"),
        ("waivers: X\n", 1, "A list is expected for waivers"),
        ("waivers:\n  - X\n", 2, "A mapping (key: value) is expected for a waiver"),
        ("waiver: []\n", 1, "Unknown key 'waiver' in the waivers file."),
        ("- X\n", 1, "A waivers file holds keys and values at the top, not a list."),
        ("waivers: [\n", 2, "This is not valid YAML"),
        ("waivers: &a []\n", 1, "Anchors and aliases are not allowed in a waivers file."),
    ],
)
def test_a_malformed_file_is_told_with_line_and_caret(tmp_path: Path, text: str, line: int, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(RuleError) as caught:
        waivers.load(path)
    assert told in caught.value.message
    assert (caught.value.file, caught.value.line) == (path, line)
    assert caught.value.excerpt is not None
    assert "^" in caught.value.excerpt


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="The waivers file cannot be read: No such file or directory"):
        waivers.load(str(tmp_path / "none.yaml"))


NEW = waiver("DEMO-9", approver="Chief", legal_ground="§ 4", place="")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# mine",
        "waivers:\n",
        "waivers: []  # none yet\n",
        FILE,
        FILE.replace("\n", "\r\n"),
        FILE.rstrip("\n"),
        "waivers:\n- requirement: X\n  reason: a\n  until: 2026-01-01  # soon\n\n# the end",
    ],
)
def test_adding_keeps_what_stands_in_the_file(tmp_path: Path, text: str) -> None:
    before = waivers.load(write(tmp_path, text)).waivers
    path = tmp_path / "policylint-waivers.yaml"
    made = waivers.added(text, NEW, str(path))
    path.write_bytes(made.encode())
    *old, new = waivers.load(str(path)).waivers
    assert tuple(old) == before
    assert replace(new, place="") == NEW
    for comment in ("# mine", "# none yet", "# soon", "# the end", "# What the chief decided."):
        assert (comment in made) == (comment in text)
    assert ("\r\n" in made) == ("\r\n" in text)
    assert "until: 2026-12-31" in made


def test_adding_to_a_list_in_brackets_is_refused() -> None:
    with pytest.raises(RuleError, match="A waiver cannot be added to a list in brackets") as caught:
        waivers.added('waivers: [{requirement: X, reason: a, until: "2026-01-01"}]\n', NEW, "w.yaml")
    assert caught.value.line == 1


def test_a_glob_that_names_nothing_is_refused() -> None:
    with pytest.raises(UsageError, match="names no documents"):
        waivers.added("", replace(NEW, document="!a.md"), "w.yaml")


_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).filter(lambda t: t.strip())


@given(reason=_TEXT, ground=_TEXT, approver=_TEXT)
def test_any_words_can_be_written_and_read_again(
    tmp_path_factory: pytest.TempPathFactory, reason: str, ground: str, approver: str
) -> None:
    words = [" ".join(text.split()) for text in (reason, ground, approver)]
    new = replace(NEW, reason=words[0], legal_ground=words[1], approver=words[2])
    path = tmp_path_factory.getbasetemp() / "any-words.yaml"
    path.write_text(waivers.added(waivers.added("", new, "w.yaml"), NEW, "w.yaml"), encoding="utf-8", newline="")
    assert [replace(w, place="") for w in waivers.load(str(path)).waivers] == [new, NEW]


@pytest.mark.parametrize("format_", ["text", "html", "markdown", "csv", "json", "sarif", "junit"])
def test_every_report_lists_the_waivers_that_applied(report: Report, format_: str) -> None:
    after, _ = applied(report, waiver("DEMO-10a", approver="Chief Alvarez"), waiver("DEMO-9", "2026-01-01"))
    made = REPORTERS[format_](after, View())
    assert isinstance(made, str)
    for word in ("The agreement asks for it.", "Chief Alvarez", "2026-12-31", "2026-01-01"):
        assert word in made


def test_json_with_waivers_is_what_the_published_schema_says(report: Report) -> None:
    after, _ = applied(report, waiver("DEMO-10a"), waiver("DEMO-9", "2026-01-01"))
    value = json.loads(json.dumps(after.to_dict()))
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert Report.from_dict(value).to_dict() == value
    assert value["summary"]["waived"] == 1
    waived, expired = (
        next(v for v in value["documents"][0]["verdicts"] if v["requirement"] == r) for r in ("DEMO-10a", "DEMO-9")
    )
    assert waived["waiver"]["until"] == "2026-12-31"
    assert "expired_waiver" not in waived
    assert (expired["waiver"], expired["expired_waiver"]["until"]) == (None, "2026-01-01")


def test_machines_are_told_which_gaps_do_not_count(report: Report) -> None:
    after, _ = applied(report, waiver("DEMO-10a"))
    results = json.loads(str(REPORTERS["sarif"](after, View())))["runs"][0]["results"]
    (waived,) = (r for r in results if r["ruleId"] == "DEMO-10a")
    (suppression,) = waived["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert suppression["justification"] == "Waived until 2026-12-31: The agreement asks for it."
    assert sum("suppressions" in r for r in results) == 1
    junit = str(REPORTERS["junit"](after, View()))
    assert '<skipped message="Waived until 2026-12-31: The agreement asks for it." />' in junit
    assert '<testsuites name="policylint" tests="8" failures="3" errors="1">' in junit
    assert "DEMO-10a" not in str(REPORTERS["github"](after, View()))
    assert "DEMO-10a" in str(REPORTERS["github"](report, View()))


def test_text_shows_waived_gaps_apart(report: Report) -> None:
    one = replace(report, documents=report.documents[:1])
    after, _ = applied(one, waiver("DEMO-10a"))
    shown = str(REPORTERS["text"](after, View()))
    assert "Waivers that applied\nDEMO-10a  missing. Waived until 2026-12-31: The agreement asks for it.\n" in shown
    assert "3 open gaps (2 warnings, 1 info), 1 waived in 6 requirements" in shown
    assert "No statement says that notes" not in shown
    everything = str(REPORTERS["text"](after, View(show=frozenset({"waived"}))))
    assert "No statement says that notes" in everything


def test_documents_that_were_not_judged_stay_as_they_are(report: Report) -> None:
    after, _ = applied(report, waiver("DEMO-10a"))
    assert after.documents[2] == report.documents[2]
    assert after.exit_code("never") == 3
    empty = Report("1", (), (DocumentReport("a.md"),))
    assert applied(empty, waiver("DEMO-10a"))[0] == empty

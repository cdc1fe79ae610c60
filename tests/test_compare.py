"""Saved reports read back, and two editions compared requirement by requirement."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import hand_built
import jsonschema
import pytest
from conftest import Run
from office_text import cells, word_lines, workbook_lines, workbook_of
from syrupy.assertion import SnapshotAssertion

import policylint
from policylint.compare import KINDS, Comparison, compare
from policylint.errors import DocumentError
from policylint.report import DocumentReport, Report, Verdict
from policylint.reporters import View
from policylint.reporters.comparison import COMPARISON_REPORTERS
from policylint.reporters.comparison.csv import COLUMNS
from policylint.saved import load_report

PUBLISHED = Path(__file__).parents[1] / "docs" / "schema" / "policylint-comparison-1.json"

Spoil = Callable[[dict[str, Any]], None]


@pytest.fixture(scope="module")
def report() -> Report:
    return hand_built.hand_built_report()


def one(report: Report, *verdicts: Verdict, **changes: Any) -> Report:
    return replace(report, documents=(replace(report.documents[0], verdicts=verdicts, **changes),))


def by_id(report: Report) -> dict[str, Verdict]:
    return {v.requirement: v for v in report.documents[0].verdicts}


# -- saved reports ----------------------------------------------------------------------------------------------------


def test_a_report_comes_back_as_it_was_saved(report: Report) -> None:
    for each in (report, policylint.check_text("Peer supporters shall keep no notes of their contacts.")):
        value = json.loads(json.dumps(each.to_dict()))
        back = Report.from_dict(value)
        assert back.to_dict() == value
        assert back.exit_code() == each.exit_code()


def test_a_byte_order_mark_and_another_order_of_keys_do_no_harm(report: Report) -> None:
    data = b"\xef\xbb\xbf" + json.dumps(report.to_dict(), sort_keys=True).encode()
    assert load_report(data, "old.json").to_dict() == report.to_dict()


def _set(*path: Any, to: object) -> Spoil:
    def spoil(value: dict[str, Any]) -> None:
        at: Any = value
        for key in path[:-1]:
            at = at[key]
        at[path[-1]] = to

    return spoil


def _drop(*path: Any) -> Spoil:
    def spoil(value: dict[str, Any]) -> None:
        at: Any = value
        for key in path[:-1]:
            at = at[key]
        del at[path[-1]]

    return spoil


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            _set("schema", to="policylint-report/9"),
            'has the schema "policylint-report/9"; this version reads policylint-report/1',
        ),
        (_drop("schema"), 'report lacks "schema"'),
        (_drop("packs"), 'report lacks "packs"'),
        (_set("made_on", to="today"), 'report has an unknown "made_on"'),
        (_set("packs", to={}), "report.packs must be a list, not {}"),
        (_set("packs", 0, "version", to=1), "report.packs[0].version must be a text, not 1"),
        (_set("documents", 0, "words", to=True), "report.documents[0].words must be a whole number from 0, not true"),
        (_set("documents", 0, "words", to=-1), "report.documents[0].words must be a whole number from 0, not -1"),
        (_set("documents", 0, "verdicts", 2, "status", to="fine"), "verdicts[2].status must be one of met, weak"),
        (_set("documents", 0, "verdicts", 2, "status", to=[]), "verdicts[2].status must be one of met, weak"),
        (_set("documents", 0, "verdicts", 0, "evidence", 0, "section", to="2."), "evidence[0].section must be a list"),
        (_set("documents", 0, "verdicts", 0, "waiver", to="yes"), "verdicts[0].waiver must be an object"),
        (_set("documents", 0, "verdicts", 0, "waiver", to={}), 'verdicts[0].waiver lacks "approver"'),
        (
            _set("documents", 0, "verdicts", 0, "baseline", to={"state": "old", "was": None}),
            "state must be one of known",
        ),
        (_set("given", to=[]), "report.given must be an object"),
        (_set("documents", 0, "summary", "gaps", to=0), "documents[0].summary does not fit what it sums up"),
        (_set("documents", 0, "summary", to=[]), "documents[0].summary"),
        (_set("documents", 1, "verdicts", to=[]), "documents[1].summary does not fit"),
        (_set("summary", to={}), "report.summary does not fit"),
    ],
)
def test_a_report_that_is_not_valid_is_a_sentence(report: Report, spoil: Spoil, told: str) -> None:
    value = json.loads(json.dumps(report.to_dict()))
    spoil(value)
    with pytest.raises(DocumentError) as caught:
        load_report(json.dumps(value).encode(), "old.json")
    assert told in caught.value.message
    assert caught.value.file == "old.json"
    assert caught.value.hint is not None


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"{}", b'{"schema": 1}', b"\xff\xfe", b"[" * 100_000, b'{"a": NaN}']
)
def test_what_is_no_report_is_a_sentence(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"report"):
        load_report(data, "old.json")


# -- comparing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("missing", "met", "gained"),
        ("conflict", "met", "gained"),
        ("met", "weak", "lost"),
        ("met", "conflict", "lost"),
        ("conflict", "missing", "strengthened"),
        ("missing", "partial", "strengthened"),
        ("partial", "weak", "strengthened"),
        ("weak", "partial", "weakened"),
        ("weak", "missing", "weakened"),
        ("missing", "conflict", "weakened"),
        ("met", "met", "unchanged"),
        ("missing", "missing", "unchanged"),
        ("not_applicable", "missing", "newly_asked"),
        ("met", "not_applicable", "no_longer_asked"),
        ("not_applicable", "not_applicable", "unchanged"),
    ],
)
def test_kinds(report: Report, old: str, new: str, kind: str) -> None:
    verdict = by_id(report)["DEMO-10a"]
    found = compare(one(report, replace(verdict, status=old)), one(report, replace(verdict, status=new)), "1")
    assert [c.kind for c in found.pairs[0].changes] == [kind]
    assert found.counts[kind] == 1
    assert found.exit_code() == (1 if kind == "lost" else 0)


def test_a_list_that_covers_more_is_stronger(report: Report) -> None:
    short = by_id(report)["DEMO-2"]
    long = replace(short, elements_covered=("crisis_management", "grief"), elements_missing=("substance_abuse",))
    (change,) = compare(one(report, short), one(report, long), "1").pairs[0].changes
    assert (change.kind, change.elements_gained, change.elements_lost) == ("strengthened", ("grief",), ())
    (back,) = compare(one(report, long), one(report, short), "1").pairs[0].changes
    assert (back.kind, back.elements_gained, back.elements_lost) == ("weakened", (), ("grief",))


def _elsewhere(verdict: Verdict, *section: str) -> Verdict:
    return replace(verdict, evidence=tuple(replace(e, section=section) for e in verdict.evidence))


def test_moved_is_another_section_not_another_number(report: Report) -> None:
    verdict = _elsewhere(by_id(report)["DEMO-4"], "Old title", "1. Peer Support Team", "a.")
    old = one(report, verdict, title="Old title")
    for section, kind in (
        (("New title", "7. Peer Support Team", "b."), "unchanged"),
        (("New title", "2. Eligibility"), "moved"),
    ):
        new = one(report, _elsewhere(verdict, *section), title="New title")
        assert [c.kind for c in compare(old, new, "1").pairs[0].changes] == [kind]


def test_more_evidence_is_no_move(report: Report) -> None:
    verdict = by_id(report)["DEMO-4"]
    more = replace(verdict, evidence=(*verdict.evidence, *_elsewhere(verdict, "9. More").evidence))
    assert compare(one(report, verdict), one(report, more), "1").counts["unchanged"] == 1


def test_documents_are_paired_by_path_then_name_then_title(report: Report) -> None:
    def document(path: str, title: str = "") -> DocumentReport:
        return replace(report.documents[0], path=path, title=title)

    old = replace(report, documents=(document("2025/a.md"), document("2025/b.md", "B"), document("2025/gone.md")))
    new = replace(report, documents=(document("2026/new.md"), document("2026/b-2.docx", "b"), document("2026/a.md")))
    pairs = compare(old, new, "1").pairs
    assert [(p.old and p.old.path, p.new and p.new.path) for p in pairs] == [
        (None, "2026/new.md"),
        ("2025/b.md", "2026/b-2.docx"),
        ("2025/a.md", "2026/a.md"),
        ("2025/gone.md", None),
    ]
    assert {c.kind for c in pairs[0].changes} == {"newly_asked", "unchanged"}
    assert pairs[3].counts["lost"] == 2, "the policy that met them is gone"


def test_what_was_not_judged_is_3(report: Report) -> None:
    unread = replace(report, documents=report.documents[2:])
    assert compare(unread, one(report, *report.documents[0].verdicts), "1").exit_code() == 3
    assert Comparison("1", report, report, ()).exit_code() == 3


def test_other_rules_are_told(report: Report) -> None:
    other = replace(
        report, profile="national", as_of=None, packs=(replace(report.packs[0], sha256="0" * 64),), version="9.9.10"
    )
    notes = " ".join(compare(report, other, "1").notes)
    for told in (
        "by the profile example, the new one by the profile national",
        "different editions of the pack act",
        "in force on 2026-01-31, the new one on no given day",
        "9.9.9, the new one by 9.9.10",
    ):
        assert told in notes
    assert compare(report, report, "1").notes == ()


# -- its reports ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def comparison(report: Report) -> Comparison:
    """Every kind of change, hostile words among them."""
    known = by_id(report)
    new = [
        replace(known["ACT-7"], status="missing", evidence=(), closest=known["ACT-7"].evidence[0]),
        replace(known["DEMO-6"], status="weak", severity="info"),
        replace(known["DEMO-10a"], status="met", evidence=known["DEMO-6"].evidence, closest=None, severity=None),
        replace(
            known["DEMO-2"], elements_covered=("crisis_management", "grief"), elements_missing=("substance_abuse",)
        ),
        _elsewhere(known["DEMO-4"], "2. Eligibility"),
        replace(known["ACT-8"], status="missing", severity="warning"),
        known["DEMO-10b"],
        known["DEMO-9"],
        replace(known["DEMO-11"], status="missing"),
    ]
    old = replace(report, documents=(report.documents[0], report.documents[2]))
    return compare(
        old, replace(old, documents=(replace(old.documents[0], verdicts=tuple(new)), old.documents[1])), "9.9.9"
    )


def text_of(format_: str, comparison: Comparison) -> str:
    made = COMPARISON_REPORTERS[format_](comparison, View())
    if isinstance(made, str):
        return made
    return "\n".join(word_lines(made) if format_ == "docx" else workbook_lines(made))


@pytest.mark.parametrize("format_", list(COMPARISON_REPORTERS))
def test_comparison_formats(comparison: Comparison, format_: str, snapshot: SnapshotAssertion) -> None:
    assert text_of(format_, comparison) == snapshot
    made = COMPARISON_REPORTERS[format_](comparison, View())
    assert made == COMPARISON_REPORTERS[format_](comparison, View())


def test_the_example_has_every_kind(comparison: Comparison) -> None:
    assert [kind for kind in KINDS if not comparison.counts[kind]] == []


@pytest.mark.parametrize("format_", sorted(set(COMPARISON_REPORTERS) - {"json"}))
def test_hostile_words_show_as_text(comparison: Comparison, format_: str) -> None:
    made = text_of(format_, comparison)
    if format_ in ("html", "markdown"):
        assert not re.search(r"(?<!\\)<script", made)
    assert not [c for c in made if c not in "\n\ufeff" and unicodedata.category(c) in ("Cc", "Cf")]
    assert "W" * 300 in made


def test_comparison_json_is_what_the_published_schema_says(comparison: Comparison) -> None:
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(text_of("json", comparison)))


def test_comparison_csv_has_a_row_a_requirement(comparison: Comparison) -> None:
    made = text_of("csv", comparison).removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(made)))
    assert len(rows) == 10 + 2  # and two lines about c.txt
    assert rows[0]["change"] == "lost"
    assert not [cell for row in rows for cell in row.values() if cell[:1] in tuple("=+-@")]


def test_comparison_workbook_has_the_rows_of_the_csv(comparison: Comparison) -> None:
    made = COMPARISON_REPORTERS["xlsx"](comparison, View())
    assert isinstance(made, bytes)
    book = workbook_of(made)
    assert book.sheetnames == ["Summary", "Changes"]
    head, *changes = cells(book["Changes"])
    assert [name.lower() for name in head] == list(COLUMNS)
    assert len(changes) == 10 + 2
    assert [row[1] for row in changes][:1] == ["lost"]
    counted = cells(book["Summary"])[-len(comparison.pairs) :]
    assert [int(n) for n in counted[0][2:]] == [comparison.pairs[0].counts[kind] for kind in KINDS]


def test_comparison_in_word_tells_each_change(comparison: Comparison) -> None:
    told = text_of("docx", comparison)
    changed = [c for p in comparison.pairs for kind in KINDS if kind != "unchanged" for c in p.of(kind)]
    assert [c.verdict.requirement for c in changed if c.verdict.requirement not in told] == []
    assert "Lost: met before, and no longer" in told


def test_comparison_page_is_whole_and_runs_nothing(comparison: Comparison) -> None:
    page = text_of("html", comparison)
    assert page.count("<li>") == sum(n for kind, n in comparison.counts.items() if kind != "unchanged")
    assert "default-src 'none'" in html.unescape(page)
    assert not re.search(r"<(?:script|link|img)|(?:src|href)=", page)


# -- the command ------------------------------------------------------------------------------------------------------

OLD = """# Peer Support Policy

## 1. Records

Peer supporters shall keep no notes of their contacts.

## 2. Members

Members shall be volunteers.
"""
NEW = OLD.replace("shall keep no notes", "should keep no notes")


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.md", tmp_path / "new.md"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    return old, new


def test_a_lost_requirement_is_exit_1(cli: Run, editions: tuple[Path, Path]) -> None:
    old, new = editions
    ended = cli("compare", old, new)
    assert (ended.code, ended.err) == (1, "")
    assert "Lost: met before, and no longer" in ended.out
    assert re.search(r"met → weak  IACP-26", ended.out)
    assert cli("compare", new, old).code == 0
    same = cli("compare", old, old)
    assert same.code == 0
    assert "48 unchanged" in same.out


def test_saved_reports_stand_for_policies(cli: Run, editions: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = editions
    saved = tmp_path / "saved.json"
    cli("check", old, "--format", "json", "--output", saved, "--pack", "iacp")
    direct = json.loads(cli("compare", old, new, "--format", "json", "--pack", "iacp").out)
    mixed = json.loads(cli("compare", saved, new, "--format", "json").out)
    assert mixed == direct, "a policy is judged by the packs of the report it is compared with"
    assert cli("compare", new, saved).code == 0
    assert cli("compare", saved, saved).code == 0
    assert cli("compare", saved, saved, "--pack", "iacp").code == 2


def test_both_editions_are_judged_by_the_rules_of_the_new_one(cli: Run, editions: tuple[Path, Path]) -> None:
    old, new = editions
    new.write_text(NEW + "\nThis follows RCW 5.60.060, the Revised Code of Washington.\n", encoding="utf-8")
    made = json.loads(cli("compare", old, new, "--format", "json").out)
    assert made["old"]["profile"] == made["new"]["profile"] == "washington"


def test_folders_are_compared_file_by_file(cli: Run, tmp_path: Path) -> None:
    for folder, text in (("a", OLD), ("b", NEW)):
        (tmp_path / folder).mkdir()
        for name in ("one.md", "two.md"):
            (tmp_path / folder / name).write_text(text, encoding="utf-8")
    ended = cli("compare", tmp_path / "a", tmp_path / "b")
    assert ended.code == 1
    assert ended.out.count("met → weak  IACP-26") == 2


def test_what_cannot_be_read_is_3(cli: Run, editions: tuple[Path, Path], tmp_path: Path) -> None:
    old, _ = editions
    ended = cli("compare", old, tmp_path / "no-such.md")
    assert ended.code == 3
    assert "no-such.md: not judged: There is no such file or folder." in ended.err
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text('{"schema": "policylint-report/1"}', encoding="utf-8")
    ended = cli("compare", spoilt, old)
    assert (ended.code, ended.out) == (3, "")
    assert "spoilt.json: The saved report is not valid: report lacks" in ended.err


def test_output_goes_to_a_file_and_never_over_an_edition(cli: Run, editions: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = editions
    target = tmp_path / "revision.html"
    assert cli("compare", old, new, "--format", "html", "--output", target).out == ""
    assert target.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert cli("compare", old, new, "--output", new).code == 2
    assert new.read_text(encoding="utf-8") == NEW


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_bytes_are_not_sent_to_a_terminal(
    cli: Run, editions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, format_: str
) -> None:
    monkeypatch.setattr("policylint.cli.console.is_terminal", lambda: True)
    old, new = map(str, editions)
    refused = cli("compare", old, new, "--format", format_)
    assert refused.code == 2
    assert "no text for a terminal" in refused.err
    file = tmp_path / f"revision.{format_}"
    assert cli("compare", old, new, "--format", format_, "--output", str(file)).code == 1
    assert file.read_bytes()[:2] == b"PK"

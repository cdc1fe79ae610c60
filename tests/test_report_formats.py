"""Reports for offices and machines, each from the one report built by hand: what they hold, and what can never be in them."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import hand_built
import jsonschema
import pytest
from conftest import Run
from lxml import etree
from markdown_it import MarkdownIt
from office_text import cells, word_lines, workbook_lines, workbook_of
from syrupy.assertion import SnapshotAssertion

import policylint
from policylint.report import DocumentReport, Report
from policylint.reporters import BINARY, REPORTERS, View
from policylint.reporters.clean import clean
from policylint.reporters.github import command
from policylint.reporters.markdown import escaped
from policylint.reporters.places import Places, relative, uri
from policylint.reporters.rows import COLUMNS, neutral
from policylint.reporters.rows import MOST as LONGEST_CELL

SCHEMAS = Path(__file__).parent / "schemas"
PUBLISHED = Path(__file__).parents[1] / "docs" / "schema"
TEXTUAL = sorted(set(REPORTERS) - BINARY)


def text_of(format_: str, report: Report, view: View | None = None) -> str:
    made = REPORTERS[format_](report, view or View())
    assert isinstance(made, str)
    return made


def bytes_of(format_: str, report: Report) -> bytes:
    made = REPORTERS[format_](report, View())
    assert isinstance(made, bytes)
    return made


def word(report: Report) -> list[str]:
    return word_lines(bytes_of("docx", report))


def workbook(report: Report) -> Any:
    return workbook_of(bytes_of("xlsx", report))


def rows(report: Report) -> list[dict[str, str]]:
    made = text_of("csv", report)
    return list(csv.DictReader(io.StringIO(made.removeprefix("\ufeff"))))


def visible(format_: str, report: Report) -> str:
    """All text that a reader of a format sees."""
    if format_ == "docx":
        return "\n".join(word(report))
    if format_ == "xlsx":
        return "\n".join(workbook_lines(bytes_of("xlsx", report)))
    if format_ == "junit":
        root = etree.fromstring(text_of("junit", report).encode())
        return "\n".join("\n".join([*each.attrib.values(), each.text or ""]) for each in root.iter())
    if format_ == "sarif":
        return "\n".join(_strings(json.loads(text_of("sarif", report))))
    return text_of(format_, report)


def _strings(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [s for each in value.values() for s in _strings(each)]
    if isinstance(value, list):
        return [s for each in value for s in _strings(each)]
    return [value] if isinstance(value, str) else []


@pytest.fixture(scope="module")
def report() -> Report:
    return hand_built.hand_built_report()


@pytest.fixture(scope="module")
def sample_report() -> Report:
    return policylint.check_file(Path(__file__).parents[1] / "fixtures" / "sample-policy.md")


def with_document(report: Report, **changes: Any) -> Report:
    return replace(report, documents=(replace(report.documents[0], **changes),))


# -- every format -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["csv", "github", "junit", "markdown", "sarif"])
def test_textual_formats(report: Report, format_: str, snapshot: SnapshotAssertion) -> None:
    made = text_of(format_, report)
    assert (json.loads(made) if format_ == "sarif" else made) == snapshot


def test_word(report: Report, snapshot: SnapshotAssertion) -> None:
    assert word(report) == snapshot


def test_excel(report: Report, snapshot: SnapshotAssertion) -> None:
    assert {sheet.title: cells(sheet) for sheet in workbook(report)} == snapshot


def test_only_the_binary_formats_are_bytes(report: Report) -> None:
    assert {name for name, render in REPORTERS.items() if isinstance(render(report, View()), bytes)} == BINARY


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_same_report_same_bytes(report: Report, format_: str) -> None:
    assert REPORTERS[format_](report, View()) == REPORTERS[format_](hand_built.hand_built_report(), View())


@pytest.mark.parametrize("format_", sorted(BINARY))
def test_archives_bear_no_date_of_today(report: Report, format_: str) -> None:
    with zipfile.ZipFile(io.BytesIO(bytes_of(format_, report))) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = package.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"1980-01-01T00:00:00Z"}


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_a_document_that_was_not_judged_is_in_every_report(report: Report, format_: str) -> None:
    unread = replace(report, documents=report.documents[2:])
    seen = visible(format_, unread)
    assert "There is no such file or folder." in seen
    assert re.search(r"not.?judged", seen, re.IGNORECASE)


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_every_gap_is_in_every_report(sample_report: Report, format_: str) -> None:
    seen = visible(format_, sample_report)
    gaps = sample_report.documents[0].gaps
    assert len(gaps) > 20
    assert [v.requirement for v in gaps if v.requirement not in seen] == []


@pytest.mark.parametrize("format_", sorted(set(REPORTERS) - {"json"}))
def test_hostile_text_shows_as_text_in_every_report(report: Report, format_: str) -> None:
    """In the policy, its name, its file's name; in a pack's name, and in its requirements, citations and model language."""
    hostile = hand_built.HOSTILE
    verdicts = tuple(
        replace(v, asked=hostile, message=f"{hostile} {hostile}", citation=hostile, remedy=f"{hostile}\n- {hostile}")
        for v in report.documents[0].verdicts
    )
    verdicts = (
        *verdicts[1:],
        replace(verdicts[0], topic=hostile, elements_missing=(hostile,), elements_covered=(hostile,)),
    )
    strange = replace(
        with_document(report, path=f"{hostile}.md", title=hostile, notes=(hostile,), verdicts=verdicts),
        packs=tuple(replace(p, id=p.id, version=hostile, authority=hostile, rank=hostile) for p in report.packs),
        profile=hostile,
    )
    seen = visible(format_, strange)
    assert not [c for c in seen if c not in "\n\ufeff" and unicodedata.category(c) in ("Cc", "Cf")]
    assert "W" * 300 in seen
    assert "alert(" in seen
    if format_ in ("html", "markdown"):
        assert not re.search(r"(?<!\\)<script>alert", seen)


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_what_no_file_can_hold_stops_no_report(report: Report, format_: str) -> None:
    broken = "half \udc80 none \ufffe\uffff\x00 \ud83d end"
    one = report.documents[0]
    verdicts = tuple(replace(v, message=broken, remedy=broken, citation=broken) for v in one.verdicts)
    made = REPORTERS[format_](with_document(report, path=broken, title=broken, verdicts=verdicts), View())
    if isinstance(made, str):
        made.encode("utf-8", "backslashreplace")
    if format_ in BINARY or format_ == "junit":
        assert "half \ufffd none" in visible(
            format_, with_document(report, path=broken, title=broken, verdicts=verdicts)
        )


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_a_report_without_the_policy_s_text(report: Report, format_: str) -> None:
    """As a report read back from JSON is."""
    saved = Report.from_dict(report.to_dict())
    assert "DEMO-10a" in visible(format_, saved)


@pytest.mark.parametrize("format_", sorted(set(REPORTERS) - {"json", "text"}))  # these show paths as they were given
def test_no_path_of_this_machine(report: Report, format_: str, tmp_path: Path) -> None:
    assert str(tmp_path) not in visible(format_, with_document(report, path=str(tmp_path / "policy.md")))


# -- places -----------------------------------------------------------------------------------------------------------


def test_paths_are_relative(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert relative(str(tmp_path / "a" / "b.md")) == "a/b.md"
    assert relative("./a/b.md") == "a/b.md"
    assert relative("/elsewhere/b.md") == "b.md"
    assert relative("C:\\Users\\chief\\b.docx") == "b.docx"
    assert uri("policies/a b:ü%.md") == "policies/a%20b%3A%C3%BC%25.md"
    assert uri("half \udc80.md") == "half%20%80.md"


def test_what_is_missing_is_at_the_heading_of_the_nearest_section(report: Report) -> None:
    document = report.documents[0]
    by_id = {v.requirement: Places(document).of(v) for v in document.verdicts}
    assert by_id["DEMO-10a"].section == ("2. Records",)  # that of the closest passage
    heading = document.body.text[by_id["DEMO-10a"].start : by_id["DEMO-10a"].end]  # type: ignore[union-attr]
    assert heading == "Records"
    assert (by_id["DEMO-10b"].line, by_id["DEMO-10b"].section) == (1, ())  # nothing near, no topic
    assert by_id["ACT-8"].line == 1


def test_what_is_missing_without_a_closest_passage_is_near_its_topic(report: Report) -> None:
    document = report.documents[0]
    lone = next(v for v in document.verdicts if v.requirement == "DEMO-10b")
    place = Places(document).of(replace(lone, topic="training"))
    assert place.section == ("1. Peer Support Team", "1.1 Training")
    assert document.body is not None
    assert document.body.text[place.start : place.end] == "Training"


def test_a_closest_passage_far_from_its_topic_is_no_place_for_a_clause(report: Report) -> None:
    document = report.documents[0]
    far = next(v for v in document.verdicts if v.requirement == "DEMO-10a")
    assert Places(document).of(replace(far, topic="training")).section == ("1. Peer Support Team", "1.1 Training")


# -- spreadsheets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "＝", " ="])
def test_no_cell_is_a_formula(report: Report, sign: str) -> None:
    formula = f"{sign}HYPERLINK(1)"
    one = report.documents[0]
    verdict = replace(one.verdicts[0], message=formula, remedy=formula, citation=formula, topic=formula)
    evil = replace(
        with_document(report, path=formula, title=formula, verdicts=(verdict,), notes=(formula,)),
        packs=tuple(replace(p, authority=formula, version=formula) for p in report.packs),
        profile=formula,
    )
    made = [cell for row in rows(evil) for cell in row.values()]
    made += [cell for sheet in workbook(evil) for row in cells(sheet) for cell in row]
    assert not [cell for cell in made if cell[:1] in tuple("=+-@\t\r＝")]
    assert sum("HYPERLINK(1)" in cell for cell in made) > 10
    types = {cell.data_type for sheet in workbook(evil) for row in sheet.iter_rows() for cell in row}
    assert types <= {"s", "n"}, "neither formula nor link"


def test_a_cell_is_never_longer_than_a_spreadsheet_takes() -> None:
    assert len(neutral("x" * 40_000)) < 32_767
    assert neutral("x" * LONGEST_CELL) == "x" * LONGEST_CELL


def test_csv_is_for_excel_and_for_programs(report: Report) -> None:
    made = text_of("csv", report)
    assert made.startswith("\ufeffdocument,requirement,")
    read = rows(report)
    assert [r["requirement"] for r in read if r["document"].startswith("policies/")] == [
        *("ACT-7", "DEMO-3", "DEMO-6", "DEMO-10a", "DEMO-10b", "DEMO-2", "DEMO-11", "DEMO-9", "DEMO-4", "ACT-8")
    ]
    by_id = {r["requirement"]: r for r in read}
    assert by_id["DEMO-2"]["lacking"] == "grief, substance abuse"
    assert by_id["DEMO-2"]["evidence"] == "Training covers:\ncrisis management;"
    assert by_id["ACT-7"]["rank"] == "statute"
    assert read[-1]["status"] == "not judged"


def test_workbook_has_filters_and_frozen_headers(report: Report) -> None:
    book = workbook(report)
    assert book.sheetnames == ["Summary", "Verdicts", "List elements", "Sources"]
    verdicts = book["Verdicts"]
    assert verdicts.freeze_panes == "C2"
    assert verdicts.auto_filter.ref == f"A1:{verdicts.cell(1, len(COLUMNS)).column_letter}{verdicts.max_row}"
    assert verdicts.max_row == 1 + 10 + 1 + 1
    assert verdicts.print_title_rows == "$1:$1"
    for sheet in book:
        assert sheet.auto_filter.ref
        assert all(sheet.column_dimensions[letter].width >= 8 for letter in "ABCDEF")
        assert sheet["A1"].font.b


def test_statuses_have_words_and_colours(report: Report) -> None:
    column = COLUMNS.index("status") + 1
    found = {
        row[column - 1].value: row[column - 1].fill.fgColor.rgb for row in workbook(report)["Verdicts"].iter_rows(2)
    }
    assert set(found) == {"met", "weak", "partial", "missing", "conflict", "not applicable", "not judged"}
    assert "00000000" not in found.values()


def test_summary_of_the_workbook_counts(report: Report) -> None:
    lines = [row for row in cells(workbook(report)["Summary"]) if row[1:2] == ["All topics"]]
    assert lines[0][2:] == ["2", "2", "1", "2", "2", "1", "10", "7", "2", "2", "3"]


# -- Word -------------------------------------------------------------------------------------------------------------


def test_word_report_has_what_a_chief_needs(sample_report: Report) -> None:
    document = docx.Document(io.BytesIO(bytes_of("docx", sample_report)))
    lines = word(sample_report)
    assert "Peer Support Program" in lines
    assert any(line.startswith("SHA-256 | ee3a9e1c") for line in lines)
    assert "In force on | no day given" in lines
    assert any("International Association of Chiefs of Police" in line and "iacp" in line for line in lines)
    one = sample_report.documents[0]
    remedies = [line for v in one.gaps for line in map(clean, v.remedy.splitlines()) if line]
    seen = re.sub(r"[•/|\s]+", " ", "\n".join(lines))
    assert [r for r in remedies if re.sub(r"^- |\s+$", "", r) not in seen] == []
    topics = {v.topic for v in one.gaps}
    headings = [p.text for p in document.paragraphs if p.style is not None and p.style.name == "Heading 2"]
    assert len(headings) == len(topics)
    assert len(document.tables) == len(topics) + 5  # facts, packs, counts, legend, what is met


def test_word_report_numbers_its_pages_and_repeats_its_headers(report: Report) -> None:
    document = docx.Document(io.BytesIO(bytes_of("docx", report)))
    section = document.sections[0]
    for footer in (section.footer, section.first_page_footer):
        xml = etree.tostring(footer._element).decode()
        assert "PAGE" in xml
        assert "NUMPAGES" in xml
    assert "Gap report" in section.header.paragraphs[0].text
    for table in document.tables[2:]:
        assert table._tbl.xpath("./w:tr[1]/w:trPr/w:cantSplit")
        assert table._tbl.xpath("./w:tblPr/w:tblLayout[@w:type='fixed']"), "a long word would push it off the page"
        widths = {
            int(w) for row in table._tbl.tr_lst for w in [sum(int(x) for x in row.xpath("./w:tc/w:tcPr/w:tcW/@w:w"))]
        }
        assert widths == {9648}


# -- Markdown ---------------------------------------------------------------------------------------------------------

EVIL_MARKDOWN = (
    "<script>x</script> <img src=x onerror=y> [a](http://evil.example) ![b](c) **bold** `code` ~~gone~~ # h | cell "
    "@octocat #12 GH-7 octo/cat#3 https://evil.example www.evil.example a@evil.example :smile: $x^2$ &lt; "
    "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef </details>"
)


@pytest.mark.parametrize(
    "text", [EVIL_MARKDOWN, "- item", "1. item", "2) item", "+ item", "=== x", "# h", "> q", "    code", "---"]
)
def test_policy_text_is_no_markdown(text: str) -> None:
    html = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(escaped(text))
    bare = re.sub(r"&(#\d+|\w+);", "", html.replace("<span>$</span>", "").replace("\u200b", ""))
    assert re.fullmatch(r"<p>[^<>]*</p>\n", bare), html


def test_policy_text_mentions_nobody_and_refers_to_nothing() -> None:
    shown = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(escaped(EVIL_MARKDOWN))
    for alive in (r"@\w", r"#\d", r"GH-\d", r"https?://", r"www\.\w", r":smile:", r"\$x", r"\b[0-9a-f]{7,40}\b"):
        assert not re.search(alive, shown), alive


def test_a_summary_line_is_as_safe(report: Report) -> None:
    verdict = replace(report.documents[0].verdicts[0], message=EVIL_MARKDOWN)
    made = text_of("markdown", with_document(report, verdicts=(verdict,)))
    (line,) = re.findall(r"<summary>(.*)</summary>", made)
    assert re.sub(r"</?b>", "", line).count("<") == 0
    for alive in (r"@\w", r"(?<!&)#\d", r"GH-\d", r"https?://", r"www\.\w", r":smile:", r"\$", r"`", r"\*"):
        assert not re.search(alive, line), alive
    assert made.count("<details>") == made.count("</details>") == 1


def test_a_comment_is_never_longer_than_github_takes(report: Report) -> None:
    one = report.documents[0]
    many = tuple(replace(v, requirement=f"{v.requirement}-{n}", check=f"c{n}") for n in range(60) for v in one.verdicts)
    made = text_of("markdown", with_document(report, verdicts=many))
    assert len(made) < 65_536
    assert all(f"DEMO-10b-{n} " in made for n in range(60)), "the lines of all gaps stay"
    assert "are left out: a comment takes no more" in made
    assert made.count("DEMO-11-0") > 0


def test_markdown_shows_what_is_asked_for(report: Report) -> None:
    assert "DEMO-4" not in text_of("markdown", report)
    assert "DEMO-4" in text_of("markdown", report, View(show=frozenset({"met"})))


# -- GitHub -----------------------------------------------------------------------------------------------------------


def test_a_command_is_escaped_as_github_says() -> None:
    made = command("error", "50 %\r\n::stop-commands::x", file="a,b:c%.md", line="3", title="t\n")
    assert made == "::error file=a%2Cb%3Ac%25.md,line=3,title=t%0A::50 %25%0D%0A::stop-commands::x"


def test_one_line_a_gap_the_severest_first(report: Report) -> None:
    lines = text_of("github", report).splitlines()
    assert all(re.match(r"::(error|warning|notice) file=[^:]+::", line) for line in lines)
    kinds = [re.findall(r"^::(\w+)", line)[0] for line in lines]
    assert kinds == sorted(kinds, key=["error", "warning", "notice"].index)
    assert (
        "file=policies/peer support.docx,line=19,endLine=19,title=DEMO-10a%3A missing::"
        in lines[1] + lines[0] + lines[2]
    )


# -- SARIF ------------------------------------------------------------------------------------------------------------


def sarif(report: Report) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(text_of("sarif", report))
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(schema).validate(log)
    return log


def test_sarif_is_valid(report: Report, sample_report: Report) -> None:
    for each in (report, sample_report, replace(report, documents=report.documents[2:])):
        assert len(sarif(each)["runs"]) == 1


def test_sarif_results_are_as_code_scanning_wants_them(sample_report: Report) -> None:
    (run,) = sarif(sample_report)["runs"]
    rules = run["tool"]["driver"]["rules"]
    verdicts = {v.requirement: v for v in sample_report.documents[0].verdicts}
    assert len(run["results"]) == len(verdicts) == len(rules)
    for result in run["results"]:
        verdict = verdicts[result["ruleId"]]
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == (
            {"info": "note"}.get(verdict.severity, verdict.severity) if verdict.is_gap else "none"
        )
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        assert not re.match(r"/|\w+:", physical["artifactLocation"]["uri"])
        assert physical["region"]["startLine"] >= 1
        assert result["partialFingerprints"]["primaryLocationLineHash"] == f"{verdict.fingerprint}:1"
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]


@pytest.mark.parametrize("which", ["hand-built", "sample"])
def test_sarif_has_all_that_github_requires_of_a_place(report: Report, sample_report: Report, which: str) -> None:
    """All four numbers, also where only a line is known: the line as a whole."""
    one = report if which == "hand-built" else sample_report
    (run,) = sarif(one)["runs"]
    assert run["originalUriBaseIds"].keys() == {"%SRCROOT%"}
    compared = 0
    for result in run["results"]:
        assert result["locations"]
        assert result["message"]["text"]
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            place = location["physicalLocation"]
            assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
            body = one.documents[place["artifactLocation"]["index"]].body
            assert body is not None
            lines, region = body.text.split("\n"), place["region"]
            starts = (region["startLine"], region["startColumn"])
            ends = (region["endLine"], region["endColumn"])
            assert (1, 1) <= starts < ends <= (len(lines), len(lines[region["endLine"] - 1]) + 1)
            compared += 1
    assert compared > 10


def test_sarif_is_within_what_github_takes(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    one = report.documents[0]
    long = tuple(replace(v, asked="x{" * 2000, message="x{" * 2000, citation="y" * 3000) for v in one.verdicts)
    (run,) = sarif(with_document(report, verdicts=long))["runs"]
    for rule in run["tool"]["driver"]["rules"]:
        assert len(rule["id"]) <= 255
        assert len(rule["properties"]["tags"]) <= 10
        assert max(len(rule[key]["text"]) for key in ("shortDescription", "fullDescription")) <= 1024
        assert len(rule["help"]["text"]) > 4000
    monkeypatch.setattr("policylint.reporters.sarif.MOST_RESULTS", 5)
    (run,) = sarif(report)["runs"]
    assert sorted(r["level"] for r in run["results"]) == ["error", "error", "note", "warning", "warning"]
    told = [n["message"]["text"] for n in run["invocations"][0]["toolExecutionNotifications"]]
    assert told[-1] == "6 results are left out, what is met first: code scanning takes 5 in a run."


def test_sarif_kinds(report: Report) -> None:
    manual = replace(report.documents[0].verdicts[3], requirement="DEMO-99", check=None)
    found = {
        r["ruleId"]: r["kind"]
        for r in sarif(with_document(report, verdicts=(*report.documents[0].verdicts, manual)))["runs"][0]["results"]
    }
    assert found["DEMO-4"] == "pass"
    assert found["ACT-8"] == "notApplicable"
    assert found["DEMO-10a"] == "fail"
    assert found["DEMO-99"] == "review"


def test_sarif_regions_hold_the_quotes(sample_report: Report) -> None:
    text = (Path(__file__).parents[1] / "fixtures" / "sample-policy.md").read_text(encoding="utf-8").splitlines()
    compared = 0
    for result in sarif(sample_report)["runs"][0]["results"]:
        for location in [*result["locations"], *result.get("relatedLocations", [])]:
            region = location["physicalLocation"]["region"]
            if "snippet" not in region:
                continue
            lines = text[region["startLine"] - 1 : region["endLine"]]
            lines[-1] = lines[-1][: region["endColumn"] - 1]
            lines[0] = lines[0][region["startColumn"] - 1 :]
            assert clean(" ".join(lines)) == region["snippet"]["text"]
            compared += 1
    assert compared > 20


def test_sarif_says_what_was_not_judged(report: Report) -> None:
    (invocation,) = sarif(report)["runs"][0]["invocations"]
    assert invocation["executionSuccessful"] is False
    (told,) = invocation["toolExecutionNotifications"]
    assert told["message"]["text"] == "Not judged: There is no such file or folder."
    assert sarif(replace(report, documents=report.documents[:1]))["runs"][0]["invocations"][0]["executionSuccessful"]


def test_sarif_messages_hold_no_links_and_no_placeholders(report: Report) -> None:
    verdict = replace(report.documents[0].verdicts[0], message="See [here](http://evil.example) and {0}.")
    (result,) = sarif(with_document(report, verdicts=(verdict,)))["runs"][0]["results"]
    assert result["message"]["text"].startswith("See \\[here\\](http://evil.example) and {{0}}.")


# -- JUnit ------------------------------------------------------------------------------------------------------------


def test_junit_is_valid(report: Report, sample_report: Report) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
    for each in (report, sample_report):
        root = etree.fromstring(text_of("junit", each).encode())
        schema.assertValid(root)
        for suite in root:
            cases = suite.findall("testcase")
            assert suite.get("tests") == str(len(cases))
            assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
            assert suite.get("errors") == str(len(suite.findall("testcase/error")))
            assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))


# -- JSON -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published() -> jsonschema.Draft202012Validator:
    schema = json.loads((PUBLISHED / "policylint-report-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_json_is_what_the_published_schema_says(
    published: jsonschema.Draft202012Validator, report: Report, sample_report: Report
) -> None:
    others = [policylint.check_text("Peer supporters shall keep no notes."), policylint.check_paths(["no-such-file"])]
    others.append(policylint.check_text("Lunch is served at noon. " * 60))
    for each in (report, sample_report, *others):
        published.validate(json.loads(text_of("json", each)))


def _without(value: dict[str, Any], key: str) -> dict[str, Any]:
    return {k: v for k, v in value.items() if k != key}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: _without(r, "packs"),
        lambda r: r | {"made_on": "today"},
        lambda r: r | {"schema": "policylint-report/2"},
        lambda r: r | {"documents": [r["documents"][0] | {"status": "fine"}]},
        lambda r: r | {"documents": [r["documents"][0] | {"reason": "why"}]},
        lambda r: r | {"documents": [_without(r["documents"][0], "sha256")]},
    ],
)
def test_the_published_schema_is_strict(
    published: jsonschema.Draft202012Validator, report: Report, spoil: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    value = json.loads(text_of("json", report))
    published.validate(value)
    with pytest.raises(jsonschema.ValidationError):
        published.validate(spoil(value))


# -- the command line -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_every_format_from_the_command_line(cli: Run, sample: Path, tmp_path: Path, format_: str) -> None:
    target = tmp_path / f"report.{format_}"
    ended = cli("check", sample, "--format", format_, "--output", target)
    assert (ended.code, ended.out, ended.err) == (1, "", "")
    assert target.stat().st_size > 500


@pytest.mark.parametrize("format_", sorted(BINARY))
def test_bytes_are_not_sent_to_a_terminal(
    cli: Run, sample: Path, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policylint.cli.console.is_terminal", lambda: True)
    ended = cli("check", sample, "--format", format_)
    assert (ended.code, ended.out) == (2, "")
    assert "--output" in ended.err


def test_document_without_requirements(report: Report) -> None:
    """Nothing asked is nothing judged; no reporter may fall over it."""
    empty = with_document(report, verdicts=())
    assert all(REPORTERS[name](empty, View()) for name in REPORTERS)
    assert isinstance(empty.documents[0], DocumentReport)

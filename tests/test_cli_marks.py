"""The commands waive, baseline, lock and verify, and what `check` makes of the files they write."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import Ended, Run

from policylint.cli import run as run_command

FIXTURES = Path(__file__).parents[1] / "fixtures"
DAY = "1782777600"  # 2026-06-30, 00:00 UTC
LATER = "1798761600"  # 2027-01-01
NOTES = (
    "Within two days of each contact the PSV shall complete a contact form with the employee's name, the date and the "
    "subject,\nand file it with the Coordinator."
)
NO_NOTES = "PSVs shall keep no written records, formal or private, of contacts."


@pytest.fixture(autouse=True)
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with one policy, in which the tests run on a day in 2026."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "policies").mkdir()
    text = (FIXTURES / "sample-policy.md").read_text(encoding="utf-8")
    (tmp_path / "policies" / "peer.md").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    return tmp_path


POLICY = Path("policies/peer.md")


def edit(old: str, new: str, path: Path = POLICY) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def checked(cli: Run, *arguments: object) -> dict[str, Any]:
    ended: Ended = cli("check", "policies", "--profile", "national", "--format", "json", *arguments)
    assert ended.code in (0, 1)
    value: dict[str, Any] = json.loads(ended.out)
    return value


def verdict(report: dict[str, Any], requirement: str) -> dict[str, Any]:
    return next(v for v in report["documents"][0]["verdicts"] if v["requirement"] == requirement)


def waive(cli: Run, requirement: str = "IACP-26", until: str = "2026-12-31", *more: object) -> Ended:
    return cli("waive", requirement, "--reason", "The agreement asks for a log.", "--until", until, *more)


# -- waivers --------------------------------------------------------------------------------------------------------------


def test_a_waived_gap_does_not_count_until_its_day_is_over(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = waive(cli)
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "policylint-waivers.yaml: IACP-26 is waived for every document until 2026-12-31.\n"
    report = checked(cli)
    assert verdict(report, "IACP-26")["waiver"]["reason"] == "The agreement asks for a log."
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761599")  # one second before the next year
    assert verdict(checked(cli), "IACP-26")["waiver"] is not None
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    ended = cli("check", "policies")
    said = "The waiver of IACP-26 (policylint-waivers.yaml:2) expired after 2026-12-31: the gap counts again."
    assert f"policies/peer.md: {said}\n" in ended.err
    assert f"note: {said}" in ended.out
    assert "decided: The waiver expired after 2026-12-31: The agreement asks for a log." in ended.out
    report = checked(cli)
    assert verdict(report, "IACP-26")["waiver"] is None
    assert verdict(report, "IACP-26")["expired_waiver"]["until"] == "2026-12-31"


def test_waivers_decide_the_exit_code(cli: Run) -> None:
    for gap in checked(cli)["documents"][0]["verdicts"]:
        if gap["severity"] == "error":
            assert waive(cli, gap["requirement"]).code == 0
    assert cli("check", "policies", "--profile", "national").code == 0
    assert cli("check", "policies", "--profile", "national", "--fail-on", "warning").code == 1
    assert cli("check", "policies", "--profile", "national", "--no-waivers").code == 1
    raw = checked(cli, "--no-waivers")
    assert all(v["waiver"] is None for v in raw["documents"][0]["verdicts"])
    assert "waived" not in raw["summary"]


def test_a_waiver_is_for_the_documents_its_glob_names(cli: Run) -> None:
    waive(cli, "IACP-26", "2026-12-31", "--document", "policies/*.md")
    Path("elsewhere.md").write_bytes(POLICY.read_bytes())
    report = json.loads(cli("check", "policies", "elsewhere.md", "--pack", "iacp", "--format", "json").out)
    waivers = [next(v for v in d["verdicts"] if v["requirement"] == "IACP-26")["waiver"] for d in report["documents"]]
    assert waivers[0]["document"] == "policies/*.md"
    assert waivers[1] is None


def test_paths_are_those_of_the_repository_wherever_one_stands(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("policylint.yaml").write_text("profile: national\n", encoding="utf-8")
    waive(cli, "IACP-26", "2026-12-31", "--document", "policies/*.md")
    assert cli("baseline", "policies").code == 0
    monkeypatch.chdir("policies")
    ended = cli("check", "peer.md", "--fail-on", "info")
    assert ended.code == 0
    assert "1 waived" in ended.out


def test_waivers_that_do_nothing_are_told(cli: Run) -> None:
    waive(cli, "IACP-25b")
    with Path("policylint-waivers.yaml").open("a", encoding="utf-8") as file:
        file.write("  - {requirement: IACP-999, reason: a, until: 2026-12-31}\n")
        file.write("  - {requirement: IACP-4a, document: gone.md, reason: a, until: 2026-12-31}\n")
    ended = cli("check", "policies")
    lines = [line for line in ended.err.splitlines() if "waivers.yaml" in line]
    assert len(lines) == 2
    assert lines[0].endswith("(policylint-waivers.yaml:2) is not needed: the policy meets the requirement.")
    assert lines[1].startswith("policylint-waivers.yaml:6: No pack has the requirement IACP-999.")
    assert cli("check", "policies", "--quiet").err == ""


def test_a_malformed_file_is_exit_2_with_line_and_caret(cli: Run) -> None:
    Path("policylint-waivers.yaml").write_text("waivers:\n  - requirement: X\n    until: soon\n", encoding="utf-8")
    ended = cli("check", "policies")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("policylint: policylint-waivers.yaml:2: The key 'reason' is missing in a waiver.\n")
    assert "\n      ^\n" in ended.err
    assert cli("check", "policies", "--no-waivers").code == 1
    assert waive(cli).code == 2


def test_a_file_that_is_named_must_be_there(cli: Run) -> None:
    for option, told in (
        ("--waivers", "The waivers file cannot be read"),
        ("--baseline", "There is no such baseline, which command line names."),
        ("--lock", "There is no such lock, which command line names."),
    ):
        ended = cli("check", "policies", option, "none")
        assert (ended.code, ended.out) == (2, "")
        assert told in ended.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["IACP-99", "--reason", "a", "--until", "2026-12-31"], "No pack has the requirement 'IACP-99'."),
        (["IACP-26", "--reason", "a", "--until", "2026-06-29"], "2026-06-29 is over"),
        (["IACP-26", "--reason", "a", "--until", "31.12.2026"], "'31.12.2026' is no date."),
        (["IACP-26", "--reason", "a", "--until", "20261231"], "'20261231' is no date."),
        (["IACP-26", "--reason", " ", "--until", "2026-12-31"], "A waiver needs a reason."),
        (["IACP-26", "--reason", "a", "--until", "2026-12-31", "--document", "!x"], "names no documents"),
        (["IACP-26", "--reason", "a"], "Missing option '--until'"),
        (["IACP-26", "--until", "2026-12-31"], "Missing option '--reason'"),
        (["IACP-26", "--reason", "a", "--until", "2026-12-31", "--waivers", "no/w.yaml"], "There is no such folder"),
    ],
)
def test_a_waiver_that_cannot_be_is_a_sentence(cli: Run, arguments: list[str], told: str) -> None:
    ended = cli("waive", *arguments)
    assert ended.code == 2
    assert told in ended.err
    assert not Path("policylint-waivers.yaml").exists()


def test_a_waiver_is_renewed_but_not_repeated(cli: Run) -> None:
    waive(cli)
    assert "There is a waiver of IACP-26 until 2026-12-31 already." in waive(cli).err
    assert waive(cli, "IACP-26", "2027-12-31").code == 0
    assert verdict(checked(cli), "IACP-26")["waiver"]["until"] == "2027-12-31"


def test_waive_on_the_last_day_is_a_day(cli: Run) -> None:
    assert waive(cli, "IACP-26", "2026-06-30").code == 0
    assert verdict(checked(cli), "IACP-26")["waiver"] is not None


@pytest.mark.parametrize("format_", ["docx", "xlsx"])
def test_office_reports_list_the_waivers(cli: Run, format_: str) -> None:
    waive(cli)
    cli("check", "policies", "--format", format_, "--output", f"report.{format_}")
    with zipfile.ZipFile(f"report.{format_}") as archive:
        text = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    assert "Waived until 2026-12-31: The agreement asks for a log." in text


def test_standard_input_can_be_waived(cli: Run) -> None:
    waive(cli)
    ended = cli("check", "-", "--format", "json", stdin=POLICY.read_bytes())
    assert verdict(json.loads(ended.out), "IACP-26")["waiver"] is not None


# -- baseline ---------------------------------------------------------------------------------------------------------------


def test_only_what_is_new_or_worse_fails(cli: Run) -> None:
    ended = cli("baseline", "policies")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("policylint-baseline.json: ")
    assert ended.out.endswith(" gaps of 1 document recorded.\n")
    ended = cli("check", "policies", "--fail-on", "info")
    assert ended.code == 0
    assert "no open gaps, 28 known from the baseline in 48 requirements" in ended.out
    assert cli("check", "policies", "--no-baseline").code == 1
    assert cli("check", "policies", "--no-waivers").code == 1
    edit("PSVs shall not give support to their own relatives.", "PSVs meet each month.")
    ended = cli("check", "policies", "--fail-on", "info")
    assert ended.code == 1
    assert "baseline: Worse than in the baseline, which records it as partial." in ended.out
    edit(NOTES, NO_NOTES)
    report = checked(cli)
    assert {"requirement": "IACP-26", "was": "conflict"} in report["documents"][0]["fixed"]
    assert "Fixed since the baseline: IACP-26 (was conflict)" in cli("check", "policies").out


def test_recording_again_merges(cli: Run) -> None:
    Path("other.md").write_bytes(POLICY.read_bytes())
    cli("baseline", "policies", "other.md")
    edit(NOTES, NO_NOTES)
    ended = cli("baseline", "policies")
    assert "55 gaps of 2 documents recorded (1 fixed)." in ended.out
    recorded = {d["path"]: d["gaps"] for d in json.loads(Path("policylint-baseline.json").read_text())["documents"]}
    assert {path: len(gaps) for path, gaps in recorded.items()} == {"other.md": 28, "policies/peer.md": 27}
    before = Path("policylint-baseline.json").read_bytes()
    cli("baseline", "policies", "other.md")
    assert Path("policylint-baseline.json").read_bytes() == before


def test_a_renamed_policy_has_nothing_new_and_a_copy_has(cli: Run) -> None:
    cli("baseline", "policies")
    Path("policies/copy.md").write_bytes(POLICY.read_bytes())
    assert cli("check", "policies/copy.md").code == 1
    POLICY.rename("policies/renamed.md")
    Path("policies/copy.md").unlink()
    assert cli("check", "policies", "--fail-on", "info").code == 0
    ended = cli("baseline", "policies")
    assert ended.err == ""
    assert [d["path"] for d in json.loads(Path("policylint-baseline.json").read_text())["documents"]] == [
        "policies/renamed.md"
    ]


def test_what_is_recorded_of_a_policy_that_is_gone_can_be_dropped(cli: Run) -> None:
    other = Path("other.md")
    other.write_bytes(POLICY.read_bytes())
    assert cli("baseline", "policies", other).code == 0
    other.unlink()
    ended = cli("baseline", "policies")
    assert "other.md: there is no such file any more (kept; --prune drops what is recorded of it)." in ended.err
    assert "of 2 documents" in ended.out
    ended = cli("baseline", "policies", "--prune")
    assert "(dropped)" in ended.err
    assert "of 1 document" in ended.out


def test_an_expired_waiver_counts_whatever_the_baseline_says(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("baseline", "policies")
    waive(cli)
    assert cli("check", "policies", "--fail-on", "info").code == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    assert cli("check", "policies").code == 1


def test_what_cannot_be_judged_is_not_recorded(cli: Run) -> None:
    Path("policies/empty.md").write_text("", encoding="utf-8")
    ended = cli("baseline", "policies")
    assert ended.code == 3
    assert "policies/empty.md: not judged" in ended.err
    assert "of 1 document" in ended.out


def test_a_broken_baseline_is_exit_2(cli: Run) -> None:
    Path("policylint-baseline.json").write_text("{\n<<<<<<< ours\n", encoding="utf-8")
    for command in ("check", "baseline"):
        ended = cli(command, "policies")
        assert ended.code == 2
        assert ended.err.startswith("policylint: policylint-baseline.json:2: The baseline is no JSON")


# -- lock -------------------------------------------------------------------------------------------------------------------


PACK = """\
id: county
title: What the county asks
version: "1"
authority: Cedar County
rank: guideline
source: An order made up for this test
as_of: "2026"
requirements:
  - id: COUNTY-1
    topic: selection
    force: must
    text: Peer supporters are volunteers.
    citation: Order, point 1
    model_language: Peer supporters shall be volunteers.
"""

CHECK = """\
id: county-volunteers
title: Peer supporters are volunteers
topic: selection
serves: [COUNTY-1]
says:
  - "{peer supporter} must {give} {support}"
limits: Made for a test.
examples:
  met: ["Peer supporters shall give support.", "A peer supporter must give support."]
  weak: ["Peer supporters should give support."]
  missing: [The chief keeps the list., Peer supporters meet each month., Peer supporters eat lunch.]
"""


@pytest.fixture
def county() -> Path:
    """A folder of rules with a pack of its own, by which the policy is judged."""
    root = Path("rules")
    (root / "model_policies").mkdir(parents=True)
    (root / "checks" / "selection").mkdir(parents=True)
    (root / "model_policies" / "county.yaml").write_text(PACK, encoding="utf-8")
    text = CHECK.replace("{give} {support}", "{give|offer} {support|help}")
    (root / "checks" / "selection" / "county-volunteers.yaml").write_text(text, encoding="utf-8")
    Path("policylint.yaml").write_text("packs: [county]\nrules: [rules]\n", encoding="utf-8")
    return root


@pytest.mark.usefixtures("county")
def test_a_changed_pack_stops_the_run_until_the_upgrade(cli: Run) -> None:
    edit("PSVs shall not give", "PSVs shall offer help to each colleague. PSVs shall not give")
    ended = cli("lock", "policies")
    assert (ended.code, ended.out) == (0, "")
    assert ended.err == "policylint.lock: 1 pack pinned, with the verdicts on 1 document.\n"
    before = cli("check", "policies", "--format", "json")
    assert before.err == ""
    edit('version: "1"', 'version: "2"', Path("rules/model_policies/county.yaml"))
    edit("{support|help}", "{lunch|dinner}", Path("rules/checks/selection/county-volunteers.yaml"))
    for command in ("check", "lock"):
        ended = cli(command, "policies")
        assert (ended.code, ended.out) == (2, "")
        assert (
            "policylint.lock: The rules are not those that were pinned: county: version 1 → 2; changed: COUNTY-1."
            in (ended.err)
        )
        assert "`policylint lock --upgrade` shows which verdicts change" in ended.err
    status = verdict(json.loads(before.out), "COUNTY-1")["status"]
    ended = cli("lock", "--upgrade")
    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0] == "county: version 1 → 2; changed: COUNTY-1"
    assert lines[1] == "policies/peer.md: 1 verdict changes."
    assert lines[2].startswith(f"  COUNTY-1    {status} → ")
    after = cli("check", "policies", "--format", "json")
    assert after.code in (0, 1)
    assert verdict(json.loads(after.out), "COUNTY-1")["status"] == lines[2].rpartition(" ")[2]
    assert cli("lock", "--upgrade").out == "Nothing that is pinned changed.\npolicies/peer.md: no verdict changes.\n"


@pytest.mark.usefixtures("county")
def test_an_upgrade_says_when_the_document_changed_too(cli: Run) -> None:
    cli("lock", "policies")
    edit('version: "1"', 'version: "2"', Path("rules/model_policies/county.yaml"))
    edit("relatives", "kin")
    assert "no verdict changes. The document changed, too" in cli("lock", "--upgrade", "policies").out


@pytest.mark.usefixtures("county")
def test_a_pack_that_is_not_pinned_is_noted(cli: Run) -> None:
    cli("lock", "policies")
    ended = cli("check", "policies", "--pack", "iacp")
    assert ended.code == 1
    assert "The pack iacp is not pinned in policylint.lock; `policylint lock POLICY` pins it.\n" in ended.err
    assert cli("lock", "policies", "--pack", "iacp").code == 0
    assert sorted(json.loads(Path("policylint.lock").read_text())["packs"]) == ["county", "iacp"]
    assert "not pinned" not in cli("check", "policies", "--pack", "iacp").err


def test_a_lock_without_documents_asks_for_them(cli: Run) -> None:
    ended = cli("lock")
    assert ended.code == 2
    assert "Name the policies: the lock pins what they are judged by." in ended.err
    cli("lock", "policies")
    POLICY.unlink()
    ended = cli("lock", "--upgrade")
    assert ended.code == 2


# -- verify -----------------------------------------------------------------------------------------------------------------


def saved(cli: Run, *arguments: object) -> Path:
    cli("check", *arguments, "--format", "json", "--output", "report.json")
    return Path("report.json")


@pytest.mark.parametrize(
    "asked",
    [
        ["policies"],
        ["policies", "--profile", "washington", "--as-of", "2026-01-01"],
        ["policies", "--pack", "iacp", "--pack", "washington-model", "--fact", "regional=yes"],
        ["policies", "--state", "UT", "--agency-kind", "fire"],
        ["policies", "--section", "7"],
        ["policies/peer.md", "none.md"],
        ["policies", "--no-waivers"],
        ["policies", "--no-baseline", "--no-config"],
    ],
    ids=" ".join,
)
def test_a_report_can_be_made_again(cli: Run, asked: list[str]) -> None:
    waive(cli)
    cli("baseline", "policies")
    path = saved(cli, *asked)
    schema = json.loads((FIXTURES.parent / "docs" / "schema" / "policylint-report-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))
    ended = cli("verify", path)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("report.json: the same, byte for byte (")


def test_verify_tells_what_differs(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    waive(cli)
    path = saved(cli, "policies")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", LATER)
    ended = cli("verify", path)
    assert ended.code == 1
    assert "report.json: policies/peer.md: IACP-26: conflict (waived) → conflict (its waiver expired).\n" in ended.out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    edit(NOTES, NO_NOTES)
    ended = cli("verify", path)
    assert ended.code == 1
    assert "report.json: policies/peer.md: the document changed (SHA-256 " in ended.out
    assert "report.json: policies/peer.md: IACP-26: conflict (waived) → " in ended.out


def test_verify_tells_which_rules_differ(cli: Run) -> None:
    path = saved(cli, "policies")
    value = json.loads(path.read_text(encoding="utf-8"))
    value["packs"][0]["version"], value["tool"]["version"] = "0", "0.0.1"
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    ended = cli("verify", path)
    assert ended.code == 1
    assert "report.json: It was made by policylint 0.0.1, this is " in ended.out
    assert f"report.json: The pack {value['packs'][0]['id']} is another: 0, " in ended.out


def test_verify_knows_a_report_that_was_only_written_otherwise(cli: Run) -> None:
    path = saved(cli, "policies")
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8"))), encoding="utf-8")
    ended = cli("verify", path)
    assert ended.code == 1
    assert (
        ended.out
        == "report.json: It says the same, but was written otherwise (other indentation, order or line ends).\n"
    )


def test_verify_without_the_document_is_3(cli: Run) -> None:
    path = saved(cli, "policies")
    POLICY.unlink()
    ended = cli("verify", path)
    assert ended.code == 3
    assert "The report is on policies/peer.md, which is not there." in ended.err
    ended = cli("check", "-", "--format", "json", stdin=b"Peer supporters shall keep no notes.")
    path.write_text(ended.out, encoding="utf-8")
    ended = cli("verify", path)
    assert ended.code == 3
    assert "The report is on standard input" in ended.err


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"schema": "policylint-report/2"}', "\ud800"])
def test_verify_of_no_report_is_3(cli: Run, text: str) -> None:
    Path("report.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    ended = cli("verify", "report.json")
    assert ended.code == 3
    assert "report.json" in ended.err
    assert cli("verify", "none.json").code == 3


def test_verify_refuses_what_it_does_not_know(cli: Run) -> None:
    path = saved(cli, "policies", "--pack", "iacp")
    value = json.loads(path.read_text(encoding="utf-8"))
    value["given"]["moon"] = "full"
    path.write_text(json.dumps(value), encoding="utf-8")
    ended = cli("verify", path)
    assert ended.code == 2
    assert "The report was asked for with 'moon', which this version does not know." in ended.err


def test_a_plain_report_has_no_member_more(cli: Run) -> None:
    value = json.loads(cli("check", "policies", "--format", "json").out)
    assert list(value) == ["schema", "tool", "profile", "as_of", "packs", "documents", "summary"]
    assert not any({"baseline", "expired_waiver"} & set(v) for v in value["documents"][0]["verdicts"])


@pytest.mark.parametrize("command", ["waive", "baseline", "lock", "verify"])
def test_help(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert run_command([command, "--help"]) == 0
    assert f"policylint {command} " in capsys.readouterr().out

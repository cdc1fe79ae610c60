"""Commands with a configuration: each document by its own settings, one report; config, init, and the page about them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Path) -> Path:
    """A repository with policies in two folders, which is the working directory."""
    (tmp_path / ".git").mkdir()
    for name in ("fire/policy.md", "policy.md", "drafts/policy.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(sample.read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def configure(repo: Path, text: str) -> None:
    (repo / "policylint.yaml").write_text(text, encoding="utf-8")


def packs_of(report: Any, path: str) -> set[str]:
    (document,) = [d for d in report["documents"] if d["path"] == path]
    return {v["pack"] for v in document["verdicts"]}


def test_each_document_is_judged_by_its_own_settings_in_its_order(repo: Path, cli: Run) -> None:
    configure(
        repo,
        "packs: [washington-model]\nexclude: [drafts/]\nformat: json\nfail_on: never\n"
        "overrides: [{paths: [fire/], packs: [iacp]}]\n",
    )
    ended = cli("check", "policy.md", "fire", "drafts/policy.md", ".")
    report = json.loads(ended.out)
    assert [d["path"] for d in report["documents"]] == ["policy.md", "fire/policy.md", "drafts/policy.md"]
    assert packs_of(report, "policy.md") == packs_of(report, "drafts/policy.md") == {"washington-model"}
    assert packs_of(report, "fire/policy.md") == {"iacp"}
    assert [p["id"] for p in report["packs"]] == ["washington-model", "iacp"]
    assert (ended.code, ended.err, report["profile"]) == (0, "", None)


def test_the_command_line_wins(repo: Path, cli: Run) -> None:
    configure(repo, "packs: [washington-model]\nformat: json\nfail_on: never\n")
    ended = cli("check", "policy.md", "--pack", "iacp", "--fail-on", "error", "--format", "csv")
    assert ended.code == 1
    assert "IACP-" in ended.out
    assert "WA-" not in ended.out
    assert cli("check", "policy.md", "--no-config").code == 1


def test_what_is_excluded(repo: Path, cli: Run) -> None:
    configure(repo, "packs: [iacp]\nexclude: [drafts/]\nfail_on: never\n")
    ended = cli("check", ".")
    assert ended.err == "drafts/policy.md: left out, because the configuration excludes it.\n".replace(
        "drafts", str(Path("drafts"))
    )
    assert "drafts" not in ended.out
    assert cli("check", ".", "--quiet").err == ""
    assert "drafts" in cli("check", "drafts/policy.md").out
    ended = cli("check", "drafts/policy.md", "--force-exclude")
    assert (ended.code, ended.out) == (0, "")
    ended = cli("check", "drafts")
    assert (ended.code, ended.out) == (2, "")
    assert "Every document is excluded" in ended.err


def test_a_second_configuration_counts_for_its_documents_only(repo: Path, cli: Run) -> None:
    configure(repo, "packs: [iacp]\nformat: json\n")
    (repo / "fire" / "policylint.yaml").write_text("packs: [washington-model]\nformat: csv\n", encoding="utf-8")
    ended = cli("check", ".")
    report = json.loads(ended.out)
    assert packs_of(report, "fire/policy.md") == {"washington-model"}
    assert "fire/policylint.yaml: what it says of the whole run does not count; policylint.yaml does." in ended.err


def test_standard_input_belongs_to_the_working_directory(repo: Path, cli: Run) -> None:
    configure(repo, "packs: [iacp]\nformat: json\n")
    report = json.loads(cli("check", "-", stdin=(repo / "policy.md").read_bytes()).out)
    assert packs_of(report, "<stdin>") == {"iacp"}


def test_pages_displace_a_configured_section(repo: Path, cli: Run) -> None:
    configure(repo, "section: Nowhere at all\n")
    assert cli("check", "policy.md").code == 3
    assert "no pages" in cli("check", "policy.md", "--pages", "1-2").err
    assert "A section and pages are both given" in cli("check", "policy.md", "--pages", "1", "--section", "2").err


def test_other_commands_take_it_too(repo: Path, cli: Run) -> None:
    configure(repo, "state: WA\n")
    assert "RCW" in cli("draft").out
    assert "profile washington" in cli("draft").out
    configure(repo, "packs: [iacp]\n")
    assert "a draft is written from a profile" in cli("draft").err
    assert cli("compare", "policy.md", "fire/policy.md").code == 0
    configure(repo, "agency_kind: navy\n")
    for command in (
        ("explain", "IACP-1a"),
        ("packs",),
        ("draft",),
        ("test",),
        ("outline", "policy.md"),
        ("compare", "policy.md", "policy.md"),
        ("config", "--show", "."),
        ("annotate", "policy.md", "-o", "x.docx"),
    ):
        ended = cli(*command)
        assert (ended.code, ended.out) == (2, ""), command
        assert "policylint.yaml:1: There is no agency kind 'navy'" in ended.err
        assert cli(*command, "--config", "none.yaml").code == 2
    assert cli("explain", "IACP-1a", "--no-config").code == 0


def test_both_ways_to_name_a_configuration(repo: Path, cli: Run) -> None:
    assert repo.is_dir()
    assert "exclude each other" in cli("check", "policy.md", "--config", "x.yaml", "--no-config").err


def test_config_as_json(repo: Path, cli: Run) -> None:
    configure(repo, "facts: {regional: no}\nexclude: [drafts/]\nshow: [all]\n")
    shown = json.loads(cli("config", "--show", "drafts/policy.md", "--format", "json").out)
    assert (shown["schema"], shown["configuration"], shown["excluded"]) == (
        "policylint-settings/1",
        "policylint.yaml",
        True,
    )
    assert shown["settings"]["facts"] == {"value": {"regional": "no"}, "from": "policylint.yaml:1"}
    assert {"met", "not_applicable"} <= set(shown["settings"]["show"]["value"])
    assert shown["settings"]["cache"] == {"value": True, "from": "default"}
    assert cli("config", "--show", "nowhere.md").code == 2
    assert "excluded       yes (policylint.yaml:2)" in cli("config", "--show", "drafts/policy.md").out


# --- init


def test_init_writes_a_valid_one_and_never_over_another(repo: Path, cli: Run) -> None:
    assert cli("init", "--state", "wa", "--agency-kind", "fire").code == 0
    text = (repo / "policylint.yaml").read_text(encoding="utf-8")
    assert "\nstate: WA\n" in text
    assert "\nagency_kind: fire\n" in text
    assert cli("config", "--show", ".").code == 0
    ended = cli("init")
    assert (ended.code, "There is a configuration already" in ended.err) == (2, True)
    assert cli("init", "--force").code == 0
    assert "\nstate:" not in (repo / "policylint.yaml").read_text(encoding="utf-8")


def test_init_of_a_state_without_a_pack_and_of_none(repo: Path, cli: Run) -> None:
    assert cli("init", "--state", "ZZ").code == 2
    assert not (repo / "policylint.yaml").exists()
    assert cli("init", "--state", "TX").code == 0
    assert "\nprofile: national\n" in (repo / "policylint.yaml").read_text(encoding="utf-8")


def test_init_beside_a_pyproject(repo: Path, cli: Run) -> None:
    (repo / "pyproject.toml").write_text("[tool.policylint]\n", encoding="utf-8")
    assert "table [tool.policylint]" in cli("init", "--force").err


@pytest.mark.skipif(sys.platform == "win32", reason="There is no pseudo terminal.")
def test_init_asks_on_a_terminal(repo: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    program = [sys.executable, "-m", "policylint", "init"]
    environment = os.environ | {"PYTHONPATH": str(PAGE.parents[1])}
    asked = subprocess.Popen(
        program, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=repo, env=environment
    )
    os.close(theirs)
    os.write(ours, b"ut\nems\n")
    out, err = asked.communicate(timeout=60)
    os.close(ours)
    assert (asked.returncode, out) == (0, b""), err
    assert b"State" in err
    text = (repo / "policylint.yaml").read_text(encoding="utf-8")
    assert "\nstate: UT\n" in text
    assert "\nagency_kind: ems\n" in text


# --- what a run loads


def test_reading_a_configuration_loads_no_rules_and_no_heavy_library(repo: Path) -> None:
    configure(repo, "state: WA\nagency_kind: fire\nfacts: {regional: yes}\n")
    code = (
        "import sys; from policylint.config import Finder; Finder().of_document('policy.md');"
        "print(*sorted({'spacy', 'pydantic', 'jsonschema', 'jinja2', 'pathspec', 'tomllib', 'policylint.packs.load'} & set(sys.modules)))"
    )
    environment = os.environ | {"PYTHONPATH": str(PAGE.parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.split() == []


# --- the page


def test_the_page_names_every_key(repo: Path) -> None:
    from policylint.config import DOCUMENT_KEYS, KEYS

    assert repo.is_dir()
    table = PAGE.read_text(encoding="utf-8").partition("## Keys")[2]
    rows, _, rest = table.partition("Of `state`")
    assert [key for key in (*KEYS, "overrides") if f"`{key}`" not in rows] == []
    overrides = rest.partition("**Overrides**")[2].partition("**Excluded**")[0]
    assert [key for key in DOCUMENT_KEYS if f"`{key}`" not in overrides] == []

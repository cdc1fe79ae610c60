"""Commands, options, streams and start-up of the command line."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import policylint
from policylint.cli import run
from policylint.cli.commands import COMMANDS, Commands
from policylint.report import Report

PASSAGE = "Peer supporters shall keep no notes of their contacts."

Run = Callable[..., Any]


@pytest.fixture
def passage(tmp_path: Path) -> Path:
    path = tmp_path / "passage.txt"
    path.write_text(PASSAGE, encoding="utf-8")
    return path


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, **environment, "PYTHONPATH": str(Path(policylint.__file__).parents[1])},
    )


# -- check ------------------------------------------------------------------------------------------------------------


def test_check_prints_the_gaps_and_exits_1(cli: Run, passage: Path) -> None:
    ended = cli("check", passage)
    assert ended.code == 1
    assert ended.out.startswith(f"{passage}  ")
    assert "error    missing   IACP-" in ended.out
    assert "\x1b" not in ended.out
    assert ended.err == ""


def test_check_json_is_the_report_of_the_api(cli: Run, passage: Path) -> None:
    ended = cli("check", passage, "--format", "json")
    assert json.loads(ended.out) == policylint.check_file(passage).to_dict()
    assert ended.code == 1


@pytest.mark.parametrize("format_", ["text", "json"])
def test_the_format_never_changes_the_code(cli: Run, passage: Path, format_: str) -> None:
    codes = [cli("check", passage, "--format", format_, "--fail-on", at).code for at in ("error", "info", "never")]
    assert codes == [1, 1, 0]


def test_check_reads_standard_input(cli: Run) -> None:
    ended = cli("check", "-", "--format", "json", stdin=PASSAGE.encode())
    document = json.loads(ended.out)["documents"][0]
    assert (document["path"], document["words"]) == ("<stdin>", 9)


def test_show_adds_what_is_met(cli: Run, passage: Path) -> None:
    assert "ok       met" not in cli("check", passage).out
    assert "ok       met" in cli("check", passage, "--show", "met").out


def test_quiet_leaves_only_gaps(cli: Run, passage: Path) -> None:
    loud, quiet = cli("check", passage), cli("check", passage, "--quiet")
    assert f"{passage}: " in loud.out
    assert f"{passage}: " not in quiet.out
    assert "IACP-" in quiet.out
    assert (loud.code, quiet.code) == (1, 1)


def test_output_goes_to_the_file_and_nothing_to_stdout(cli: Run, passage: Path, tmp_path: Path) -> None:
    target = tmp_path / "report.json"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    ended = cli("check", passage, "--format", "json", "--output", target)
    assert (ended.code, ended.out, ended.err) == (1, "", "")
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "policylint-report/1"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["passage.txt", "report.json"]


def test_output_that_cannot_be_written_is_a_sentence(cli: Run, passage: Path, tmp_path: Path) -> None:
    ended = cli("check", passage, "--output", tmp_path / "no" / "report.txt")
    assert ended.code == 2
    assert "report.txt: The report cannot be written: No such file or directory." in ended.err


def test_output_never_overwrites_the_policy(cli: Run, passage: Path, tmp_path: Path) -> None:
    for target in (passage, tmp_path / "link.txt"):
        if target != passage:
            target.symlink_to(passage)
        ended = cli("check", passage, "--output", target)
        assert ended.code == 2
        assert "would overwrite a document" in ended.err
    assert passage.read_text(encoding="utf-8") == PASSAGE


def test_several_documents_end_in_a_total(cli: Run, passage: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(PASSAGE, encoding="utf-8")
    ended = cli("check", passage.parent)
    assert "\nTotal: 2 documents judged, " in ended.out


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["check"],
        ["check", "{passage}", "--format", "papyrus"],
        ["check", "{passage}", "--fail-on", "sometimes"],
        ["check", "{passage}", "--fact", "regional"],
        ["check", "{passage}", "--fact", "regional=yes", "--fact", "regional=no"],
        ["check", "{passage}", "--show", "everything"],
        ["check", "{passage}", "--pack", "iacpp"],
        ["check", "{passage}", "--profile", "atlantis"],
        ["check", "{passage}", "--pack", "iacp", "--profile", "national"],
        ["explain"],
        ["explain", "IACP-999"],
        ["outline"],
        ["test", "no-such-pack"],
        ["evaluate"],
        ["evaluate", "no-such-folder"],
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_2(cli: Run, passage: Path, arguments: list[str]) -> None:
    ended = cli(*[a.replace("{passage}", str(passage)) for a in arguments])
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.strip()


def test_an_unknown_pack_is_told_with_what_was_meant(cli: Run, passage: Path) -> None:
    assert "iacp" in cli("check", passage, "--pack", "iacpp").err.replace("iacpp", "")


def test_wrong_usage_outranks_what_could_not_be_judged(cli: Run) -> None:
    assert cli("check", "no-such-file.txt", "--pack", "iacpp").code == 2


# -- explain, packs, outline, test ------------------------------------------------------------------------------------


def test_packs_lists_every_pack(cli: Run) -> None:
    ended = cli("packs")
    assert ended.code == 0
    assert ended.out.splitlines()[0].split() == ["id", "version", "rank", "requirements", "title"]
    assert any(line.startswith("iacp ") and " 48 " in line for line in ended.out.splitlines())


def test_explain_a_requirement(cli: Run) -> None:
    ended = cli("explain", "iacp-9B")
    assert ended.code == 0
    for wanted in (
        "IACP-9b",
        "Asked by: ",
        "Force: may",
        "  - suicide: ",
        "Model language:",
        "Checked by: ",
        "Examples: met:",
    ):
        assert wanted in ended.out


def test_explain_every_requirement_and_check(cli: Run) -> None:
    from policylint.packs.load import library

    rules = library()
    for id_ in (*rules.checks, *(r.id for p in rules.packs.values() for r in p.requirements)):
        ended = cli("explain", id_)
        assert ended.code == 0
        assert ended.out.startswith(f"{id_}  ")


def test_explain_asks_what_was_meant(cli: Run) -> None:
    assert "Did you mean" in cli("explain", "IACP9b").err


def test_outline_shows_sections_and_statements(cli: Run, sample: Path) -> None:
    ended = cli("outline", sample)
    assert ended.code == 0
    assert " sections, " in ended.out
    tree = json.loads(cli("outline", sample, "--format", "json").out)
    assert tree["schema"] == "policylint-outline/1"
    assert len(tree["sections"]) > 5
    lines = [s["line"] for s in tree["sections"]]
    assert lines == sorted(lines)
    statements = [s for section in tree["sections"] for s in section["statements"]]
    assert {"must", "should"} <= {s["force"] for s in statements}
    assert {"positive", "negative"} == {s["polarity"] for s in statements}
    assert len(statements) == policylint.check_file(sample).documents[0].statements


def test_outline_of_a_missing_file(cli: Run) -> None:
    ended = cli("outline", "no-such-file.txt")
    assert (ended.code, ended.out) == (3, "")
    assert "no-such-file.txt: There is no such file or folder." in ended.err


# -- streams and failures ---------------------------------------------------------------------------------------------


def test_an_error_of_ours_is_a_sentence(cli: Run, passage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> int:
        raise RuntimeError("no luck")

    monkeypatch.setattr(Report, "exit_code", broken)
    ended = cli("check", passage)
    assert ended.code == 2
    assert "policylint itself failed (RuntimeError: no luck)" in ended.err
    monkeypatch.setenv("POLICYLINT_DEBUG", "1")
    with pytest.raises(RuntimeError, match="no luck"):
        run(["check", str(passage)])


def test_an_interrupt_is_130(cli: Run, passage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr("policylint.api.check_inputs", interrupted)
    ended = cli("check", passage)
    assert ended.code == 130
    assert ended.err.strip().endswith("Interrupted.")


@pytest.mark.usefixtures("rules_kept")
@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-16"])
def test_output_is_utf_8_whatever_the_locale(tmp_path: Path, encoding: str) -> None:
    policy = tmp_path / "Richtlinie „ä“ ☂.txt"
    policy.write_text("Peer supporters — all of them ☂ — should keep no notes.", encoding="utf-8")
    code = f"from policylint.cli import main; main(['check', {str(policy)!r}, '--show', 'all'])"
    ended = _python(code, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert ended.returncode == 1, ended.stderr
    assert "Richtlinie „ä“ ☂.txt" in ended.stdout


@pytest.mark.usefixtures("rules_kept")
def test_a_reader_that_stops_is_no_error(passage: Path) -> None:
    command = [sys.executable, "-m", "policylint", "check", str(passage)]
    environment = {**os.environ, "PYTHONPATH": str(Path(policylint.__file__).parents[1])}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


@pytest.mark.usefixtures("rules_kept")
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_is_a_sentence(passage: Path) -> None:
    code = f"from policylint.cli import main; import sys; sys.stdout = open('/dev/full', 'w'); main(['check', {str(passage)!r}])"
    ended = _python(code)
    assert ended.returncode == 2
    assert "cannot be written to stdout" in ended.stderr
    assert "Traceback" not in ended.stderr


# -- start-up ---------------------------------------------------------------------------------------------------------

HEAVY = ("spacy", "thinc", "numpy", "rich", "markdown_it", "jinja2")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["packs"],
        ["check"],
        ["check", "--help"],
        ["check", "x", "--format", "no"],
        ["evaluate", "--help"],
    ],
)
def test_light_commands_load_nothing_heavy(arguments: list[str]) -> None:
    code = (
        "import sys; from policylint.cli import run; run(sys.argv[1:] or " + repr(arguments) + ");"
        f"loaded = [m for m in {HEAVY} if m in sys.modules]; sys.exit(f'loaded: {{loaded}}' if loaded else 0)"
    )
    ended = _python(code)
    assert ended.returncode == 0, ended.stderr


def test_a_piped_report_does_without_rich() -> None:
    code = (
        "import sys; from policylint.report import DocumentReport, Report; from policylint.reporters import REPORTERS, View;"
        "print(REPORTERS['text'](Report('1', (), (DocumentReport('a.txt'),)), View())); sys.exit('rich' in sys.modules)"
    )
    ended = _python(code)
    assert ended.returncode == 0
    assert "a.txt" in ended.stdout


def test_help_says_of_each_command_what_the_command_says() -> None:
    """The table is there so that help need not load the commands; each is loaded here."""
    group = Commands(name="policylint")
    context = click.Context(group)
    for name, (_, said) in COMMANDS.items():
        command = group.get_command(context, name)
        assert command is not None
        assert command.name == name
        first = " ".join((command.help or "").split("\n\n")[0].split())
        assert first.startswith(said)


def test_a_command_that_is_not_there(cli: Run) -> None:
    ended = cli("chekc")
    assert ended.code == 2
    assert "No such command 'chekc'" in ended.err

"""Many documents, judged by several processes: the same as one after the other, whatever happens to one of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import dying
import pytest
from conftest import Run

import policylint
from policylint import RuleError
from policylint.api import check_inputs
from policylint.asked import Task
from policylint.files import Input, find
from policylint.judging import many, processes
from policylint.judging.rules import rules_of

pytestmark = pytest.mark.usefixtures("rules_kept")
ROOT = Path(policylint.__file__).parents[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Sixteen passages, each said with another force, and things that are no policy between them."""
    folder = tmp_path / "policies"
    folder.mkdir()
    for number, force in enumerate(("shall", "should", "may", "must not") * 4):
        text = f"Peer supporters {force} keep notes of contact {number}.\n"
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "05b-empty.txt").write_bytes(b"")
    (folder / "07b-broken.docx").write_bytes(b"PK\x03\x04 broken")
    return folder


@pytest.fixture
def two_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes pay from the second document on."""
    monkeypatch.setattr(processes, "WORTH", 1)


def inputs(folder: Path, *more: Input) -> list[Input]:
    return [*find([folder], (".txt", ".docx")), *more]


def test_the_same_as_one_after_the_other(folder: Path) -> None:
    items = inputs(folder, Input("<stdin>", data=b"Members shall train."), Input("gone.txt"))
    assert check_inputs(items, jobs=2) == check_inputs(items, jobs=1)


def test_the_command_line_too(cli: Run, folder: Path) -> None:
    first = cli("check", folder, "--jobs", "2")
    assert first == cli("check", folder, "--jobs", "2")
    assert first == cli("check", folder, "--jobs", "1", "--no-cache")
    assert first.code == 3
    assert cli("check", folder, "--jobs", "0").code == 2


def test_few_documents_need_no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "usual_jobs", lambda: 4)
    asked = [(15, None), (16, None), (200, None), (200, 2), (200, 1), (200, 100)]
    assert [processes.processes_for(*each) for each in asked] == [1, 2, 4, 2, 1, 25]


def test_where_no_process_can_be_started_all_are_judged_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.readers.bounded.available", lambda: False)
    assert processes.processes_for(200, 4) == 1


def test_the_usual_number_is_bounded() -> None:
    assert 1 <= processes.usual_jobs() <= processes.MOST


@pytest.mark.slow
@pytest.mark.usefixtures("two_at_once")
def test_a_document_that_kills_its_process_costs_nobody_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "06-dies.txt").write_text("Peer supporters shall keep no notes.", encoding="utf-8")
    monkeypatch.setattr(many, "_judge", dying.judge)
    documents = check_inputs(inputs(folder), jobs=2).documents
    assert [Path(d.path).name for d in documents] == sorted(p.name for p in folder.iterdir())
    reasons = {Path(d.path).name: d.reason for d in documents if d.reason is not None}
    assert set(reasons) == {"05b-empty.txt", "06-dies.txt", "07b-broken.docx"}
    assert reasons["06-dies.txt"] == "policylint broke down on this document. Please report it."
    assert wait_until(lambda: not multiprocessing.active_children(), 20)


@pytest.mark.usefixtures("two_at_once")
def test_a_run_ends_while_results_are_sent(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed with half a result sent leaves a thread behind that waits for the other half for ever."""
    monkeypatch.setattr(many, "_judge", dying.at_length)
    threads = set(threading.enumerate())
    outcomes = many.judge_all(rules_of(Task(packs=("iacp",))), inputs(folder), 2)
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert wait_until(lambda: set(threading.enumerate()) <= threads, 20)
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("two_at_once")
def test_a_broken_rule_stops_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_judge", dying.refuse)
    with pytest.raises(RuleError, match="no such rule") as caught:
        check_inputs(inputs(folder), jobs=2)
    assert (caught.value.file, caught.value.line) == ("x.yaml", 3)


def running(marker: str) -> list[int]:
    """Processes whose environment holds a text, among those of this user."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in path.read_bytes() and path.parent.joinpath("cmdline").read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def wait_until(true: Callable[[], bool], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_no_process_outlives_the_run(folder: Path, own_cache: Path, ending: signal.Signals) -> None:
    for number in range(300):
        text = f"# Peer support {number}\n\n" + "Peer supporters shall keep no notes of a contact.\n\n" * 300
        (folder / f"more-{number}.md").write_text(text, encoding="utf-8")
    rules = len(list(own_cache.glob("??/*")))
    marker = f"POLICYLINT_TEST_MARK={own_cache}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "POLICYLINT_TEST_MARK": str(own_cache)}
    command = [sys.executable, "-m", "policylint", "check", str(folder), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True
    ) as process:
        assert wait_until(lambda: len(list(own_cache.glob("??/*"))) > 8 + rules)  # they are at work
        assert len(running(marker)) >= 3
        process.send_signal(ending)
        said = process.communicate(timeout=60)[1]
    assert wait_until(lambda: not running(marker), 20)
    if ending == signal.SIGINT:
        assert process.returncode == 130
        assert said.strip() == "policylint: Interrupted."

"""A batch: every submission judged or explained, whatever one does; nothing lost, nothing judged twice without need."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
import reviews
from conftest import Run

import policylint
from policylint.errors import RuleError, UsageError
from policylint.review import judge, manifest
from policylint.review.batch import Tally, Terms, open_review
from policylint.review.engines import engine_named
from policylint.review.store import NAME, Store

pytestmark = pytest.mark.usefixtures("rules_kept")

ROOT = Path(policylint.__file__).parents[1]


@pytest.mark.slow
def test_what_a_document_does_costs_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "MODULE", "faulty_worker")
    monkeypatch.setenv("FAULTY_LOG", str(tmp_path / "log"))
    folder = reviews.write(tmp_path / "in", 4)
    for word in ("HANG", "EAT", "CRASH", "BUG", "ONCE"):
        (folder / f"x-{word}.txt").write_text(reviews.text(1, word), encoding="utf-8")
    (folder / "short.txt").write_bytes(b"Peer support policy")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    terms = Terms(profile="national", judge_seconds=3, judge_memory=800)
    tally = reviews.run(folder, tmp_path / "out", terms, engine_named("local", 2))
    found = reviews.reasons(tmp_path / "out")
    assert set(found) == {
        "x-HANG.txt",
        "x-EAT.txt",
        "x-CRASH.txt",
        "x-BUG.txt",
        "short.txt",
        "empty.txt",
        "broken.docx",
    }
    assert found["short.txt"].startswith("The document holds no more than 3 words")
    assert found["x-HANG.txt"].startswith("Judging it took longer than 3 seconds and was stopped.")
    assert found["x-EAT.txt"].startswith("Judging it needed more than 800 MB of memory")
    assert "broke down on this document, 2 times (SIGSEGV)" in found["x-CRASH.txt"]
    assert "failed on this document (ValueError: a bug on page 3)" in found["x-BUG.txt"]
    assert (tally.judged, tally.not_judged, tally.same) == (5, 7, 0)
    begun = (tmp_path / "log").read_text(encoding="utf-8").split()
    assert [begun.count(f"x-{word}.txt") for word in ("HANG", "EAT", "CRASH", "BUG", "ONCE")] == [1, 1, 2, 1, 2]
    assert reviews.run(folder, tmp_path / "out", terms).same == 12, "what is known by its bytes is not judged again"


def test_failures_are_tried_again_when_asked_or_given_more(tmp_path: Path) -> None:
    folder, here = reviews.write(tmp_path / "in", 1), reviews.Here()
    (folder / "fails.txt").write_text(reviews.text(1), encoding="utf-8")
    for retry, judged in ((False, ["00.txt", "fails.txt"]), (False, []), (True, ["fails.txt"])):
        reviews.run(folder, tmp_path / "out", engine=here, retry=retry)
        assert here.judged == judged
    reviews.run(folder, tmp_path / "out", Terms(profile="national", judge_memory=3000), engine=here)
    assert here.judged == ["fails.txt"]


def test_only_what_changed_is_judged_again(tmp_path: Path) -> None:
    folder, out, here = reviews.write(tmp_path / "in", 3), tmp_path / "out", reviews.Here()
    reviews.run(folder, out, engine=here)
    first = reviews.values(out)
    assert here.judged == ["00.txt", "01.txt", "02.txt"]
    reviews.run(folder, out, engine=here)
    assert (here.judged, reviews.values(out)) == ([], first)

    (folder / "01.txt").write_text(reviews.text(2, "Changed."), encoding="utf-8")
    (folder / "03.txt").write_text(reviews.text(3), encoding="utf-8")
    (folder / "02.txt").rename(tmp_path / "02.txt")
    reviews.run(folder, out, engine=here)
    assert here.judged == ["01.txt", "03.txt"]
    assert [each[0].key for each in reviews.values(out)] == ["00.txt", "01.txt", "03.txt"]

    (folder / "01.txt").write_text(reviews.text(1), encoding="utf-8")
    (folder / "03.txt").unlink()
    (tmp_path / "02.txt").rename(folder / "02.txt")
    reviews.run(folder, out, engine=here)
    assert here.judged == [], "what was judged before is still known"
    assert reviews.values(out) == first

    reviews.run(folder, out, Terms(profile="washington"), engine=here)
    assert here.judged == ["00.txt", "01.txt", "02.txt"]


def test_an_interrupted_batch_does_not_show_what_was_judged_otherwise(tmp_path: Path) -> None:
    folder, out = reviews.write(tmp_path / "in", 3), tmp_path / "out"
    reviews.run(folder, out)

    def stop(_tally: Tally, done: object) -> None:
        if done is not None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        reviews.run(folder, out, Terms(profile="washington"), progress=stop)
    with open_review(out) as review:
        profiles = sorted(each.report.profile or "" for each in review)
    assert profiles == ["", "", "washington"]


def test_a_document_that_is_gone_is_looked_for_again(tmp_path: Path) -> None:
    reviews.write(tmp_path, 1)
    (tmp_path / "who.csv").write_text("document,agency\n00.txt,A\n01.txt,B\n", encoding="utf-8")
    assert reviews.run(tmp_path / "who.csv", tmp_path / "out").not_judged == 1
    assert reviews.reasons(tmp_path / "out") == {"01.txt": "There is no such file or folder."}
    (tmp_path / "01.txt").write_text(reviews.text(1), encoding="utf-8")
    tally = reviews.run(tmp_path / "who.csv", tmp_path / "out")
    assert (tally.same, tally.judged) == (1, 1)
    assert reviews.reasons(tmp_path / "out") == {}


@pytest.mark.slow
def test_the_same_by_one_process_and_by_several(tmp_path: Path) -> None:
    folder = reviews.write(tmp_path / "in", 5)
    reviews.run(folder, tmp_path / "one")
    reviews.run(folder, tmp_path / "two", engine=engine_named("local", 2))
    assert reviews.values(tmp_path / "one") == reviews.values(tmp_path / "two")


@pytest.mark.slow
def test_no_more_jobs_are_in_hand_than_are_needed(tmp_path: Path) -> None:
    folder = reviews.write(tmp_path / "in", 12)
    taken = 0
    given = 0

    def counted(jobs: object) -> object:
        nonlocal taken
        for job in jobs:  # type: ignore[attr-defined]
            taken += 1
            assert taken - given <= 4
            yield job

    def engine(jobs: object) -> object:
        nonlocal given
        for done in engine_named("local", 2)(counted(jobs)):  # type: ignore[arg-type]
            given += 1
            yield done

    assert reviews.run(folder, tmp_path / "out", engine=engine).judged == 12  # type: ignore[arg-type]


PROGRAM = """
import sys
from policylint.review import judge
judge.MODULE = "faulty_worker"
from policylint.cli import main
main(sys.argv[1:])
"""


def started(folder: Path, out: Path, log: Path) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "FAULTY_LOG": str(log)}
    command = [
        sys.executable,
        "-c",
        PROGRAM,
        "batch",
        str(folder),
        "--out",
        str(out),
        "--profile",
        "national",
        "-j",
        "2",
    ]
    return subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def begun(log: Path) -> int:
    """How many judgements were begun."""
    return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


def wait_for(process: subprocess.Popen[str], log: Path, judgements: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and begun(log) < judgements and process.poll() is None:
        time.sleep(0.02)


@pytest.mark.slow
def test_a_killed_batch_goes_on_where_it_was(tmp_path: Path) -> None:
    folder, out, log = reviews.write(tmp_path / "in", 10, "SLOW"), tmp_path / "out", tmp_path / "log"
    chance = random.Random(7)  # noqa: S311 - no secret
    for _ in range(3):
        process = started(folder, out, log)
        wait_for(process, log, begun(log) + 3)  # by two processes: one at least is through
        time.sleep(chance.random() * 0.3)
        process.kill()
        process.communicate()
    log.unlink()
    _, said = (process := started(folder, out, log)).communicate(timeout=60)
    assert process.returncode == 0, said
    assert begun(log) < 10, "nothing was kept of the killed runs"
    reviews.run(folder, tmp_path / "other")
    assert reviews.values(out) == reviews.values(tmp_path / "other")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_keeps_what_was_judged_and_leaves_no_process(tmp_path: Path) -> None:
    folder, out, log = reviews.write(tmp_path / "in", 8, "SLOW"), tmp_path / "out", tmp_path / "log"
    process = started(folder, out, log)
    wait_for(process, log, 4)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "What was judged is kept" in said
    assert "Interrupted" in said
    assert "Traceback" not in said
    with open_review(out) as review:
        reports = [each.report for each in review]
    assert len(reports) == 8
    assert 1 <= sum(report.status == "judged" for report in reports) < 8
    waiting = {report.reason for report in reports if report.status != "judged"}
    assert waiting == {"It was not judged yet: the batch was interrupted. Run it again to go on."}


def test_two_batches_do_not_meet(tmp_path: Path) -> None:
    with Store(tmp_path / NAME), pytest.raises(UsageError, match="Another batch is at work"):
        Store(tmp_path / NAME)


def test_a_file_that_is_no_review_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"This is no database, and somebody may need it." * 50)
    with pytest.raises(UsageError, match="no review"):
        Store(tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes().startswith(b"This is no database")
    with pytest.raises(UsageError):
        open_review(tmp_path / "nowhere")


def test_a_review_of_another_schema_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / NAME).close()
    with sqlite3.connect(tmp_path / NAME) as base:
        base.execute("UPDATE about SET value = 'policylint-review/9'")
    base.close()
    with pytest.raises(UsageError, match="policylint-review/9"):
        Store(tmp_path / NAME)


def test_a_broken_rule_stops_the_batch_with_its_line(tmp_path: Path) -> None:
    folder = reviews.write(tmp_path / "in", 2)
    (tmp_path / "rules" / "checks" / "own").mkdir(parents=True)
    (tmp_path / "rules" / "checks" / "own" / "x.yaml").write_text("id: x\nid: x\n", encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        reviews.run(folder, tmp_path / "out", Terms(profile="national", rules=(str(tmp_path / "rules"),)))
    assert caught.value.line == 2


def test_state_and_kind_of_the_manifest_decide(tmp_path: Path) -> None:
    reviews.write(tmp_path, 4)
    table = tmp_path / "who.csv"
    rows = ("00.txt,WA,fire", "01.txt,UT,", "02.txt,OR,", "03.txt,,police")
    table.write_text("\n".join(("document,state,kind", *rows)), encoding="utf-8")
    reviews.run(table, tmp_path / "out", Terms())
    with open_review(tmp_path / "out") as review:
        profiles = {each.submission.key: each.report.profile for each in review}
    assert profiles == {"00.txt": "washington", "01.txt": "utah", "02.txt": "national", "03.txt": "national"}
    reviews.run(table, tmp_path / "out", Terms(profile="national"))
    with open_review(tmp_path / "out") as review:
        assert {each.report.profile for each in review} == {"national"}


def test_the_last_submission_of_an_agency_counts(tmp_path: Path) -> None:
    reviews.write(tmp_path, 4)
    rows = (
        "00.txt,Alder PD,2025-01-01",
        "01.txt,alder pd,2026-01-01",
        "02.txt,Birch PD,2026-02-02",
        "03.txt,Birch PD,",
    )
    (tmp_path / "who.csv").write_text("\n".join(("document,agency,submitted", *rows)), encoding="utf-8")
    reviews.run(tmp_path / "who.csv", tmp_path / "out")
    with open_review(tmp_path / "out") as review:
        found = [(each.submission.key, each.latest) for each in review]
    assert found == [("00.txt", False), ("01.txt", True), ("03.txt", False), ("02.txt", True)]


def test_families_are_found_and_the_day_is_that_of_the_first_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample: Path
) -> None:
    folder = reviews.write(tmp_path / "in", 1)
    policy = sample.read_text(encoding="utf-8")
    (folder / "a.md").write_text(policy, encoding="utf-8")
    (folder / "b.md").write_text(policy.replace("Cedar Hollow", "Elm Grove"), encoding="utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    reviews.run(folder, tmp_path / "out")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1777225600")
    reviews.run(folder, tmp_path / "out")
    with open_review(tmp_path / "out") as review:
        assert review.made_on == "2026-01-01"
        found = {each.submission.key: (each.submission.agency, each.family, each.likeness) for each in review}
        with pytest.raises(KeyError):
            review.with_body("gone.md")
    assert found == {
        "00.txt": ("Springa Police Department", None, None),
        "a.md": ("Cedar Hollow Police Department", "a.md", 1.0),
        "b.md": ("Elm Grove Police Department", "a.md", 1.0),
    }


def test_the_command(cli: Run, tmp_path: Path) -> None:
    folder = reviews.write(tmp_path / "in", 3)
    (folder / "notes.xyz").write_text("what is this", encoding="utf-8")
    out = folder / "review"  # in the folder itself: its own files are no submissions
    first = cli("batch", folder, "--out", out, "--profile", "national", "-j", "2")
    assert first.code == 0, first.err
    assert "3 submissions of 3 agencies: 3 judged, 0 not." in first.out
    assert "left out: notes.xyz." in first.err
    again = cli("batch", folder, "--out", out, "--profile", "national", "--fail-on", "error")
    assert again.code == 1
    assert "3 unchanged since the last run" in again.out
    (folder / "empty.txt").touch()
    third = cli("batch", folder, "--out", out, "--profile", "national", "--fail-on", "error")
    assert third.code == 3
    assert "empty.txt: not judged: The file is empty" in third.err
    assert cli("batch", folder, "--out", out, "--profile", "national", "--quiet").out == ""


@pytest.mark.slow
def test_two_rounds_are_compared(cli: Run, tmp_path: Path) -> None:
    rows = "document,agency\n00.txt,Alder PD\n01.txt,Birch PD\n"
    for year in ("2025", "2026"):
        reviews.write(tmp_path / year, 2)
        (tmp_path / year / "who.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "2026" / "00.txt").write_text(reviews.text(3), encoding="utf-8")
    first = ("batch", tmp_path / "2025" / "who.csv", "--out", tmp_path / "old", "--profile", "national", "-j", "1")
    assert cli(*first).code == 0
    second = ("batch", tmp_path / "2026" / "who.csv", "--out", tmp_path / "new", "--profile", "national", "-j", "1")
    ended = cli(*second, "--compare", tmp_path / "old", "--timings", tmp_path / "timings.json")
    assert ended.code == 0, ended.err
    assert "comparison.html" in ended.out
    said = (tmp_path / "new" / "comparison.txt").read_text(encoding="utf-8")
    assert "Alder PD" in said
    assert set(json.loads((tmp_path / "timings.json").read_bytes())) >= {"fetch", "judge", "keep", "write"}
    assert cli(*second, "--compare", tmp_path / "new").code == 2
    assert cli(*second, "--compare", tmp_path / "nowhere").code == 2
    (tmp_path / "x.docx").write_bytes(b"no template")
    assert cli(*second, "--letter-template", tmp_path / "x.docx").code == 2


@pytest.mark.parametrize(
    "arguments, says",
    [
        (("nowhere",), "There is no such file or folder."),
        (("{in}", "--date", "soon"), "'soon' is no date."),
        (("{in}", "--work", "x"), "--work is for a review that goes to a remote location."),
        (("{in}", "--scheduler", "tcp://127.0.0.1:1"), "The local engine has no scheduler."),
        (("{in}", "--profile", "nowhere"), "nowhere"),
        (("{in}", "--state", "XX"), "XX"),
        (("{in}", "--jobs", "0"), "jobs"),
        (("{in}/../out",), "The review would be written among the submissions."),
    ],
)
def test_wrong_usage_is_a_sentence(cli: Run, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    folder = reviews.write(tmp_path / "in", 1)
    ended = cli("batch", *(a.replace("{in}", str(folder)) for a in arguments), "--out", tmp_path / "out")
    assert ended.code == 2
    assert says in ended.err


def test_pictures_are_submissions_too(tmp_path: Path) -> None:
    from policylint.readers.formats import READERS

    (tmp_path / "scan.tif").write_bytes(b"II*\0")
    found = manifest.read(str(tmp_path), tuple(s for s in READERS if s))
    assert [s.key for s in found.submissions] == ["scan.tif"]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are Unicode")
def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    folder = reviews.write(tmp_path / "in", 1)
    (folder / os.fsdecode(b"caf\xe9.txt")).write_text(reviews.text(1), encoding="utf-8")
    reviews.run(folder, tmp_path / "out")
    with open_review(tmp_path / "out") as review:
        found = [(each.submission.key, each.report.status) for each in review]
    assert sorted(found) == [("00.txt", "judged"), ("caf\\udce9.txt", "judged")]

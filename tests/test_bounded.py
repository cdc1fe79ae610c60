"""Reading in a process of its own: whatever a reader does, the document ends in a sentence and costs the others nothing."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import fake_reader
import pytest

from policylint.bounds import inside
from policylint.errors import DocumentError
from policylint.readers import bounded, formats
from policylint.readers.formats import Format, Options
from policylint.readers.wire import from_wire, to_wire

FAKE = Format("fake", "fake files", (".fake",), "fake_reader")
ROOT = Path(__file__).parents[1]


def read(what: str, **options: Any) -> Any:
    return bounded.read(replace(FAKE, module="tests_fake.reader"), what.encode(), "x.fake", Options(**options))


@pytest.fixture(autouse=True)
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The fake reader, under a dotted name, for the other process, too."""
    (tmp_path / "tests_fake").mkdir()
    (tmp_path / "tests_fake" / "reader.py").write_bytes((ROOT / "tests" / "fake_reader.py").read_bytes())
    monkeypatch.syspath_prepend(str(tmp_path))
    bounded.close()
    yield
    bounded.close()


def words_of(what: str, **options: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        read(what, **options)
    assert caught.value.file == "x.fake"
    assert caught.value.hint
    assert caught.value.message.endswith(".")
    return caught.value.message


def pid() -> str:
    return str(read("FAKE tell").text.split()[0])


def test_a_document_comes_through_unchanged() -> None:
    assert read("FAKE policy") == fake_reader.source_of(fake_reader.POLICY)


def test_one_process_reads_all_and_knows_neither_engine_nor_other_readers() -> None:
    first, second = read("FAKE tell").text.split(maxsplit=1), read("FAKE tell", pages=(2, 5)).text.split(maxsplit=1)
    assert first[0] == second[0] != str(os.getpid())
    assert first[1].startswith("None [] ")
    assert second[1].startswith("(2, 5) [] ")


def test_a_name_that_is_no_text_comes_through() -> None:
    source = bounded.read(replace(FAKE, module="tests_fake.reader"), b"FAKE tell", "caf\udce9.fake", Options())
    assert source.text.endswith("caf\udce9.fake")


@pytest.mark.parametrize(
    "what, options, says",
    [
        ("FAKE hang", {"seconds": 0.5}, "longer than 0.5 seconds"),
        ("FAKE eat", {"memory": 500}, "more than 500 MB"),
        ("FAKE crash", {}, "broke down on this file (SIGSEGV)"),
        ("FAKE leave", {}, "broke down on this file (exit code 7)"),
        ("FAKE raise", {}, "failed on this file (ValueError: a bug on page 3)"),
        ("FAKE deep", {}, "failed on this file (RecursionError"),
        ("FAKE refuse", {}, "The file is locked."),
        ("FAKE long", {}, "more than 50 million characters"),
    ],
)
def test_what_goes_wrong_is_a_sentence_and_the_next_document_is_read(
    what: str, options: dict[str, Any], says: str
) -> None:
    if sys.platform != "linux" and what in ("FAKE eat", "FAKE crash"):
        pytest.skip("the limit and the signal are those of Linux")
    assert says in words_of(what, **options)
    assert read("FAKE policy").text == fake_reader.POLICY


def test_after_a_refusal_the_process_is_kept_and_after_a_breakdown_replaced() -> None:
    first = pid()
    words_of("FAKE refuse")
    words_of("FAKE raise")
    assert pid() == first
    words_of("FAKE leave")
    assert pid() != first


def test_a_process_that_died_while_idle_is_replaced() -> None:
    first = int(pid())
    os.kill(first, signal.SIGKILL)
    _until(lambda: bounded._KEEPER.worker is not None and bounded._KEEPER.worker.process.poll() is not None)
    assert pid() != str(first)


def test_what_libraries_print_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert read("FAKE print").text == fake_reader.POLICY
    assert capfd.readouterr() == ("", "")


def test_a_slow_step_may_ask_for_more_time() -> None:
    pid()  # starting is part of the time
    assert read("FAKE slow", seconds=3).text == fake_reader.POLICY


def test_no_bound_at_all() -> None:
    assert read("FAKE policy", seconds=None, memory=None).text == fake_reader.POLICY


def test_meanwhile_is_done_while_the_other_reads() -> None:
    done: list[int] = []
    format_ = replace(FAKE, module="tests_fake.reader")
    bounded.read(format_, b"FAKE policy", "x.fake", Options(), lambda: done.append(1))
    assert done == [1]


def test_an_interrupt_ends_the_process() -> None:
    first = int(pid())

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bounded.read(replace(FAKE, module="tests_fake.reader"), b"FAKE hang", "x", Options(), interrupt)
    assert not _alive(first)
    assert read("FAKE policy").text == fake_reader.POLICY


def test_what_a_reader_leaves_on_the_disk_goes_with_it() -> None:
    folder = Path(read("FAKE tell").text.split()[-2])
    read("FAKE leave-a-file")
    assert (folder / "left").exists()
    bounded.close()
    assert not folder.exists()


def test_where_no_process_can_be_started_it_is_read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "")
    assert read("FAKE tell").text.split()[0] == str(os.getpid()) if "TMPDIR" in os.environ else True
    assert read("FAKE policy").text == fake_reader.POLICY
    assert bounded._KEEPER.worker is None


def test_a_process_that_cannot_be_started_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert "cannot be started: No such file" in words_of("FAKE policy")
    bounded.prepare()


def test_an_answer_that_makes_no_sense_is_a_sentence() -> None:
    request = bounded._Request(FAKE, b"", "x.fake", Options())
    for answer in ({}, {"source": {}}, {"source": {**to_wire(fake_reader.source_of("a")), "blocks": [[1] * 40]}}):
        with pytest.raises(DocumentError, match="makes no sense"):
            bounded._result(request, answer)


def test_the_wire_keeps_every_hint() -> None:
    source = fake_reader.source_of("Peer \udce9 support.\n\nTwo")
    assert from_wire(json.loads(json.dumps(to_wire(source)))) == source


def test_the_memory_limit_can_be_lifted_again() -> None:
    if inside.LIMITS is None:
        pytest.skip("this system has no such limits")
    kind = inside.LIMITS.RLIMIT_DATA if sys.platform == "linux" else inside.LIMITS.RLIMIT_AS
    before = inside.LIMITS.getrlimit(kind)
    try:
        inside.limit_memory(10_000)
        assert inside.LIMITS.getrlimit(kind)[0] == 10_000 * 2**20
        inside.limit_memory(None)
        assert inside.LIMITS.getrlimit(kind)[0] == before[1]
    finally:
        inside.LIMITS.setrlimit(kind, before)


# -- the whole program --------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from policylint.readers import formats
fake = formats.Format("fake", "fake files", (".fake",), "tests_fake.reader")
formats.FORMATS["fake"] = formats.READERS[".fake"] = fake
from policylint.cli import main
main(sys.argv[1:])
"""


def _alive(process: int) -> bool:
    with contextlib.suppress(OSError):
        state = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
        return state != "Z"
    return False


def _until(holds: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    assert holds()


def _with_word(word: str) -> list[int]:
    """The processes that have a word among their arguments or in their environment."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if word.encode() in (folder / "cmdline").read_bytes() + (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return [process for process in found if process != os.getpid() and _alive(process)]


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_is_left_behind(tmp_path: Path, sent: signal.Signals) -> None:
    mark = f"mark-{sent.name}-{os.getpid()}"
    path = tmp_path / "x.fake"
    path.write_text(f"\0FAKE hang-with-child {mark}", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT))), "MARK": mark}
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "check", str(path)],
        env=environment | {"TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    _until(lambda: len(_with_word(mark)) == 3)  # the program, the reader, and what the reader started
    program.send_signal(sent)
    _, said = program.communicate(timeout=30)
    _until(lambda: _with_word(mark) == [])
    _until(lambda: list(temporary.iterdir()) == [])
    assert b"Traceback" not in said
    assert program.returncode == (130 if sent == signal.SIGINT else -sent)


def test_one_bad_document_costs_the_others_nothing(
    cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = replace(FAKE, module="tests_fake.reader")
    monkeypatch.setitem(formats.FORMATS, "fake", here)
    monkeypatch.setitem(formats.READERS, ".fake", here)
    names = ["hang", "policy", "crash", "blank", "print", "raise"]
    for name in names:
        (tmp_path / f"{name}.fake").write_text(f"\0FAKE {name}", encoding="utf-8")
    ended = cli(
        "check", *(tmp_path / f"{n}.fake" for n in names), "--format", "json", "--read-seconds", "5", "--pack", "iacp"
    )
    documents = json.loads(ended.out)["documents"]
    assert ended.code == 3
    statuses = [d["status"] for d in documents]
    assert [name for name, status in zip(names, statuses, strict=True) if status == "judged"] == ["policy", "print"]
    assert documents[1]["verdicts"] == documents[4]["verdicts"]
    assert "A note." in documents[1]["notes"]

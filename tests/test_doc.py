"""Old Word files through LibreOffice: what is said without it, how it is started, and that nothing of it stays behind."""

from __future__ import annotations

import os
import stat
import sys
import time
from pathlib import Path

import pytest
from odt_files import items, level, list_style, odt, para

from policylint.errors import DocumentError
from policylint.readers import doc
from policylint.readers.formats import Options

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for LibreOffice is a script with a #! line")


def stand_in(folder: Path, body: str) -> str:
    """A program in the place of LibreOffice: Python that knows its arguments as `args`, the output file as `target`."""
    script = folder / "soffice"
    script.write_text(
        f"#!{sys.executable}\nimport os, pathlib, subprocess, sys, time\nargs = sys.argv[1:]\n"
        f"target = pathlib.Path(args[args.index('--outdir') + 1], 'policy.odt')\n{body}\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


def alive(process: int) -> bool:
    """Whether a process still runs; one that has ended and waits for its parent does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_without_libreoffice_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "office", lambda: None)
    with pytest.raises(DocumentError, match="not installed here") as caught:
        doc.read(OLE, "old.doc", Options())
    assert caught.value.file == "old.doc"
    assert "Install LibreOffice" in (caught.value.hint or "")


@posix
def test_the_converted_file_is_read_and_the_conversion_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    converted = tmp_path / "converted.odt"
    converted.write_bytes(
        odt(para("Members shall:") + items("help;", style="L"), automatic=list_style("L", level(1, "1")))
    )
    script = stand_in(
        tmp_path, f"target.parent.mkdir(); target.write_bytes(pathlib.Path({str(converted)!r}).read_bytes())"
    )
    monkeypatch.setattr(doc, "office", lambda: script)
    source = doc.read(OLE, "old.doc", Options())
    assert (source.format, source.text) == ("doc", "Members shall:\n1. help;")
    assert source.notes == ("The old Word file was read as LibreOffice converts it.",)


@posix
def test_it_runs_in_a_profile_of_its_own_without_macros_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = tmp_path / "seen"
    script = stand_in(
        tmp_path,
        "profile = next(a for a in args if a.startswith('-env:')).partition('file://')[2]\n"
        "settings = pathlib.Path(profile, 'user', 'registrymodifications.xcu').read_text()\n"
        f"pathlib.Path({str(seen)!r}).write_text(os.getcwd() + '\\n' + args[-1] + '\\n' + settings)",
    )
    monkeypatch.setattr(doc, "office", lambda: script)
    with pytest.raises(DocumentError, match="could not read this old Word file"):
        doc.read(OLE, "/somewhere/old name.doc", Options())
    folder, file, settings = seen.read_text().split("\n", 2)
    assert file == str(Path(folder, "policy.doc"))
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true<' in settings
    assert 'oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true<' in settings
    assert not Path(folder).exists()


@posix
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="whether a process is alive is read from /proc")
def test_when_time_is_up_it_is_ended_with_all_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICYLINT_WORKER_FOLDER", raising=False)
    pids = tmp_path / "pids"
    script = stand_in(
        tmp_path,
        "child = subprocess.Popen(['sleep', '600'])\n"
        f"pathlib.Path({str(pids)!r}).write_text(f'{{os.getpid()}} {{child.pid}}')\ntime.sleep(600)",
    )
    monkeypatch.setattr(doc, "office", lambda: script)
    with pytest.raises(DocumentError, match="took longer than 3 seconds"):
        doc.read(OLE, "old.doc", Options(seconds=3))
    started = [int(pid) for pid in pids.read_text().split()]
    deadline = time.monotonic() + 30
    while any(map(alive, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(started) == 2
    assert not any(map(alive, started))


def test_a_program_that_cannot_be_started_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "office", lambda: str(tmp_path / "missing"))
    with pytest.raises(DocumentError, match="cannot be started"):
        doc.read(OLE, "old.doc", Options())


@pytest.mark.slow
@pytest.mark.skipif(
    doc.office() is None, reason="LibreOffice is not installed, and only it can show that it still does its part"
)
def test_what_is_no_word_file_is_refused_by_the_real_program() -> None:
    with pytest.raises(DocumentError, match="could not read"):
        doc.read(OLE + bytes(4000), "old.doc", Options())

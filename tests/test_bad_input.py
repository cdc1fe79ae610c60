"""Documents and rules as they should not be: a sentence on stderr, the right exit code, the other files' results."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policylint.packs import data
from policylint.readers import READERS

Run = Callable[..., Any]

POLICY = """Peer Support Team

Purpose
The Department runs a peer support program for all of its employees — sworn and civilian.

Selection
Peer supporters are volunteers. Peer supporters should be in good standing.

Confidentiality
Peer supporters shall keep “confidential” what a colleague tells them.
Peer supporters shall not keep notes of a contact.
"""


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(POLICY, encoding="utf-8")
    return path


def _documents(cli: Run, *paths: Path) -> tuple[Any, list[dict[str, Any]]]:
    ended = cli("check", *paths, "--format", "json")
    return ended, json.loads(ended.out)["documents"]


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


UNREADABLE = {
    "empty": b"",
    "blank": b" \r\n\t\n\xc2\xa0\n",
    "bom only": b"\xef\xbb\xbf",
    "binary": bytes(range(256)) * 40,
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n",
    "docx": b"PK\x03\x04\x14\x00\x06\x00" + b"[Content_Types].xml" * 9,
    "old word": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "nuls": b"P\0e\0e\0r\0 \0s\0u\0p\0p\0o\0r\0t\0",
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_what_cannot_be_read_is_not_judged(cli: Run, tmp_path: Path, good: Path, kind: str) -> None:
    bad = _write(tmp_path / "bad.txt", UNREADABLE[kind])
    ended, (first, second) = _documents(cli, bad, good)
    assert ended.code == 3
    assert (first["status"], first["verdicts"], second["status"]) == ("not_judged", [], "judged")
    assert first["reason"].endswith(".")
    assert f"policylint: {bad}: not judged: {first['reason']}" in ended.err
    assert second["verdicts"]


def test_a_missing_file_and_an_empty_folder_are_not_judged(cli: Run, tmp_path: Path, good: Path) -> None:
    (tmp_path / "empty").mkdir()
    ended, documents = _documents(cli, tmp_path / "no.txt", tmp_path / "empty", good)
    assert ended.code == 3
    assert [d["status"] for d in documents] == ["not_judged", "not_judged", "judged"]
    assert "no.txt: not judged: There is no such file or folder." in ended.err
    assert "empty: not judged: The folder holds no file that policylint reads" in ended.err


def test_a_file_that_may_not_be_opened_is_not_judged(
    cli: Run, tmp_path: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = _write(tmp_path / "locked.txt", POLICY.encode())
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    ended, documents = _documents(cli, locked, good)
    assert (ended.code, documents[1]["status"]) == (3, "judged")
    assert "locked.txt: not judged: The file cannot be read: Permission denied." in ended.err


@pytest.mark.usefixtures("good")
def test_a_folder_that_may_not_be_opened_is_not_judged(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    real = os.scandir

    def scandir(path: Any) -> Any:
        if Path(path) == locked:
            raise PermissionError(13, "Permission denied", str(locked))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    ended, documents = _documents(cli, tmp_path)
    assert (ended.code, [d["status"] for d in documents]) == (3, ["judged", "not_judged"])
    assert "locked: not judged: The folder cannot be opened: Permission denied." in ended.err


def _link(link: Path, target: Path | str) -> None:
    try:
        link.symlink_to(target)
    except OSError:
        pytest.skip("this system lets nobody make links")


def test_links_in_a_circle_are_survived(cli: Run, tmp_path: Path, good: Path) -> None:
    _link(tmp_path / "self.txt", "self.txt")
    _link(tmp_path / "a.txt", "b.txt")
    _link(tmp_path / "b.txt", "a.txt")
    (tmp_path / "sub").mkdir()
    _link(tmp_path / "sub" / "up", tmp_path)
    _link(tmp_path / "again.txt", good)
    ended, documents = _documents(cli, tmp_path)
    assert [d["status"] for d in documents] == ["judged"], "each file once, and no circle followed"
    ended, (first, second) = _documents(cli, tmp_path / "self.txt", good)
    assert (ended.code, first["status"], second["status"]) == (3, "not_judged", "judged")
    assert first["reason"] == "There is no such file or folder."


def test_what_stands_beside_documents_in_a_folder_is_passed_over(cli: Run, tmp_path: Path, good: Path) -> None:
    for name in ("~$good.txt", ".hidden.txt", "crest.png", "list.xlsx"):
        (tmp_path / name).write_bytes(b"\0\1\2\3")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.txt")
    _, documents = _documents(cli, tmp_path)
    assert [d["path"] for d in documents] == [str(good)]


@pytest.mark.parametrize("suffix", [s for s in READERS if s])
def test_an_empty_file_of_any_format_is_not_judged(cli: Run, tmp_path: Path, good: Path, suffix: str) -> None:
    ended, (first, second) = _documents(cli, _write(tmp_path / f"x{suffix}", b""), good)
    assert (ended.code, first["status"], second["status"]) == (3, "not_judged", "judged")
    assert first["reason"] == "The file is empty: there is no text in it. Check that it was saved."


@pytest.mark.parametrize("suffix", [s for s, f in READERS.items() if s and not f.text] or [".docx"])
def test_rubbish_under_the_name_of_any_format_is_not_judged(cli: Run, tmp_path: Path, good: Path, suffix: str) -> None:
    ended, (first, second) = _documents(cli, _write(tmp_path / f"x{suffix}", bytes(range(256)) * 40), good)
    assert (ended.code, first["status"], second["status"]) == (3, "not_judged", "judged")
    assert first["reason"].endswith((".", "]'"))


def test_the_text_report_names_what_was_not_judged(cli: Run, tmp_path: Path, good: Path) -> None:
    ended = cli("check", tmp_path / "no.txt", good)
    assert ended.code == 3
    assert "no.txt\n  not judged: There is no such file or folder.\n" in ended.out
    assert "1 document judged, 1 not judged" in ended.out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le-bom", "utf-16-be-bom", "cp1252"])
def test_encodings_make_no_difference(cli: Run, tmp_path: Path, good: Path, encoding: str) -> None:
    marks = {"utf-16-le-bom": b"\xff\xfe", "utf-16-be-bom": b"\xfe\xff"}
    encoded = marks.get(encoding, b"") + POLICY.encode(encoding.removesuffix("-bom"))
    ended, (first, second) = _documents(cli, _write(tmp_path / "other.txt", encoded), good)
    assert ended.code == 1
    assert first["verdicts"] == second["verdicts"]


@pytest.mark.parametrize("ends", ["\r\n", "\r", "mixed"])
def test_line_ends_make_no_difference(cli: Run, tmp_path: Path, good: Path, ends: str) -> None:
    lines = POLICY.split("\n")
    mixed = "".join(line + ("\r\n", "\n", "\r\n")[n % 3] for n, line in enumerate(lines[:-1]))
    content = mixed if ends == "mixed" else ends.join(lines)
    ended, (first, second) = _documents(cli, _write(tmp_path / "other.txt", content.encode()), good)
    assert ended.code == 1
    assert first["verdicts"] == second["verdicts"]


@pytest.mark.parametrize("size", [50_000, pytest.param(1_000_000, marks=pytest.mark.slow)])
def test_one_endless_line_is_judged(cli: Run, tmp_path: Path, size: int) -> None:
    sentence = "Peer supporters shall not keep notes of a contact. "
    long = _write(tmp_path / "long.txt", (sentence * (size // len(sentence))).encode())
    _, (document,) = _documents(cli, long)
    assert document["status"] == "judged"


def test_one_endless_word_is_survived(cli: Run, tmp_path: Path) -> None:
    _, (document,) = _documents(cli, _write(tmp_path / "word.txt", b"peer" * 250_000))
    assert document["status"] in ("judged", "not_judged")
    assert "failed" not in (document["reason"] or "")


@pytest.mark.slow
def test_in_ten_megabytes_the_policy_is_found(cli: Run, tmp_path: Path) -> None:
    chapter = "# {} Vehicles\n\n" + "Officers shall fill the tank at the end of a shift. " * 100 + "\n\n"
    manual = "".join(chapter.format(number) for number in range(1, 10_000_000 // len(chapter)))
    big = _write(tmp_path / "big.md", f"{manual}# 9999 Peer Support\n\n{POLICY}".encode())
    _, (document,) = _documents(cli, big)
    assert document["status"] == "judged"
    assert any("9999 Peer Support" in note for note in document["notes"])


@pytest.mark.slow
def test_what_is_longer_than_a_policy_is_not_judged(cli: Run, good: Path, tmp_path: Path) -> None:
    sentence = "Peer supporters shall not keep notes of a contact.\n"
    big = _write(tmp_path / "big.txt", sentence.encode() * (251_000 // len(sentence.split())))
    ended, (first, second) = _documents(cli, big, good)
    assert (ended.code, first["status"], second["status"]) == (3, "not_judged", "judged")
    assert "no more than 250,000 are judged as one policy. Choose the part" in first["reason"]


def test_a_document_without_headings_is_judged(cli: Run, tmp_path: Path) -> None:
    prose = "Peer supporters listen to colleagues. The peer support team meets each month. " * 20
    _, (document,) = _documents(cli, _write(tmp_path / "prose.txt", prose.encode()))
    assert (document["status"], document["summary"]["sections"]) == ("judged", 0)


@pytest.mark.parametrize("name", ["chaplain-policy.md", "eap-policy.txt"])
def test_another_policy_is_not_judged(cli: Run, good: Path, name: str) -> None:
    other = Path(__file__).parents[1] / "fixtures" / name
    ended, (first, second) = _documents(cli, other, good)
    assert (ended.code, first["status"], second["status"]) == (3, "not_judged", "judged")
    assert "peer support" in first["reason"]


def test_a_name_that_is_no_text_is_survived(cli: Run, tmp_path: Path) -> None:
    name = str(tmp_path / "caf\udce9.txt")  # how Python names a file whose name is no UTF-8
    try:
        Path(name).write_text(POLICY, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert cli("check", name).code == 1
    assert json.loads(cli("check", name, "--format", "json").out)["documents"][0]["path"] == name


@pytest.mark.parametrize("stdin", [b"", b"\0\1\2\3" * 99])
def test_bad_standard_input(cli: Run, stdin: bytes) -> None:
    ended = cli("check", "-", stdin=stdin)
    assert ended.code == 3
    assert "<stdin>: not judged: " in ended.err


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the shipped rules, to be broken."""
    folder = tmp_path / "rules"
    shutil.copytree(data.checks_dir(), folder / "checks")
    shutil.copytree(data.packs_dir(), folder / "model_policies")
    return folder


@pytest.mark.parametrize(
    "broken",
    ["id: [unclosed", "id: x\nid: y\n", "title: no id here\n", "just text", "\tid: tabs\n", "id: !!python/none x\n"],
)
def test_a_broken_rule_file_is_a_sentence_with_its_place(cli: Run, rules: Path, broken: str) -> None:
    path = next((rules / "checks").glob("[!l]*/*.yaml"))
    path.write_text(broken, encoding="utf-8")
    ended = cli("test", rules, "--alone")
    assert (ended.code, ended.out) == (2, "")
    assert f"{path}:" in ended.err


def test_broken_shipped_rules_stop_every_command(
    cli: Run, rules: Path, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from policylint.packs import load

    (rules / "model_policies" / "iacp.yaml").write_text("id: iacp\nnonsense: x\n", encoding="utf-8")
    monkeypatch.setattr(data, "packs_dir", lambda: rules / "model_policies")
    monkeypatch.setattr(load, "library", lambda added=(): load.load(added=added))
    monkeypatch.setattr(load, "rules_for", lambda packs, added=(): load.load(only=packs, added=added))
    for command in (("check", good), ("packs",), ("explain", "IACP-1a")):
        ended = cli(*command)
        assert (ended.code, ended.out) == (2, "")
        assert "iacp.yaml" in ended.err


def test_a_folder_without_rules_is_a_sentence(cli: Run, tmp_path: Path) -> None:
    ended = cli("test", tmp_path)
    assert ended.code == 2
    assert "no rules in this folder" in ended.err

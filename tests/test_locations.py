"""Documents, manifests and results on other file systems, through fsspec."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
import reviews
from conftest import Run

from policylint.errors import DocumentError, UsageError
from policylint.review import locations
from policylint.review.batch import open_review

pytestmark = pytest.mark.usefixtures("rules_kept")


@pytest.mark.parametrize(
    "folder, name, whole",
    [
        ("in", "a/b.pdf", "in/a/b.pdf"),
        ("in", "/elsewhere/b.pdf", "/elsewhere/b.pdf"),
        ("in", "s3://bucket/b.pdf", "s3://bucket/b.pdf"),
        ("s3://bucket/in", "a/b.pdf", "s3://bucket/in/a/b.pdf"),
        ("zip://::file:///c.zip", "b.pdf", "zip://b.pdf::file:///c.zip"),
        ("zip://a::file:///c.zip", "b.pdf", "zip://a/b.pdf::file:///c.zip"),
    ],
)
def test_as_seen_from_a_folder(folder: str, name: str, whole: str) -> None:
    assert locations.joined(folder, name) == whole
    if "/" not in name:
        assert locations.folder_of(whole) == folder


def test_what_is_a_path() -> None:
    assert [locations.is_remote(each) for each in ("a.pdf", "C:\\a.pdf", "c:/a.pdf", "s3://b/a.pdf", "/x://y")] == [
        *(False, False, False, True, False)
    ]


@pytest.mark.slow
def test_a_bucket_is_judged_like_a_folder(tmp_path: Path, cli: Run) -> None:
    folder = reviews.write(tmp_path / "in", 3)
    (folder / "sub").mkdir()
    (folder / "02.txt").rename(folder / "sub" / "02.txt")
    (folder / ".hidden.txt").write_text("x", encoding="utf-8")
    (folder / "other.xyz").write_text("x", encoding="utf-8")
    options = ("--profile", "national", "-j", "2")
    assert cli("batch", folder, "--out", tmp_path / "home", *options).code == 0
    work, out = tmp_path / "work", tmp_path / "far" / "review"
    ended = cli("batch", folder.as_uri(), "--out", out.as_uri(), "--work", work, *options)
    assert ended.code == 0, ended.err
    assert "left out: other.xyz" in ended.err
    expected = [(each[1], each[4]) for each in reviews.values(tmp_path / "home")]
    for made in (work, out):
        assert [(each[1], each[4]) for each in reviews.values(made)] == expected
    assert "3 unchanged" in cli("batch", folder.as_uri(), "--out", out.as_uri(), "--work", work, *options).out


def test_a_manifest_in_an_archive(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("round/who.csv", "document,agency\na.txt,A\ngone.txt,B\n")
        archive.writestr("round/a.txt", reviews.text(1))
    source = f"zip://round/who.csv::{(tmp_path / 'all.zip').as_uri()}"
    reviews.run(source, tmp_path / "out")
    assert reviews.reasons(tmp_path / "out") == {"gone.txt": "There is no such file or folder."}
    with open_review(tmp_path / "out") as review:
        assert [each.report.status for each in review] == ["judged", "not_judged"]


@pytest.mark.parametrize(
    "location, says",
    [
        ("nosuch://bucket/a.txt", "nosuch"),
        ("zip://a.txt::file:///nowhere.zip", "No such file or directory"),
        ("file:///nowhere/a.txt", "There is no such file or folder."),
    ],
)
def test_what_cannot_be_fetched_is_a_sentence(location: str, says: str) -> None:
    with pytest.raises(DocumentError) as caught:
        locations.fetch(location)
    assert says in caught.value.message
    with pytest.raises(UsageError):
        locations.is_folder(location)


def test_a_file_that_is_too_large_is_not_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locations, "MOST_BYTES", 10)
    (tmp_path / "a.txt").write_bytes(b"x" * 11)
    for location in (str(tmp_path / "a.txt"), (tmp_path / "a.txt").as_uri()):
        with pytest.raises(DocumentError, match="larger than"):
            locations.fetch(location)


def test_a_folder_and_a_device_are_no_documents(tmp_path: Path) -> None:
    for path in (tmp_path, Path("/dev/zero")):
        with pytest.raises(DocumentError):
            locations.fetch(str(path))


def test_without_the_library_it_is_said_how_to_get_it(
    cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    monkeypatch.setitem(sys.modules, "distributed", None)
    ended = cli("batch", "s3://bucket/in", "--out", tmp_path / "out")
    assert ended.code == 2
    assert "pip install 'policylint[fsspec]'" in ended.err
    ended = cli("batch", tmp_path, "--out", tmp_path / "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert ended.code == 2
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    ended = cli("batch", tmp_path, "--out", tmp_path / "out", "--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert "pip install 'policylint[dask]'" in ended.err

"""Who submitted what: folders, and tables as people and Excel write them; an error names file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylint.errors import UsageError
from policylint.review import manifest
from policylint.review.model import Submission

SUFFIXES = (".txt", ".pdf")

FULL = """\
document,agency,kind,state,contact,submitted
b/two.pdf,"Birch, County of",Sheriff,wa,chief@example.org,2026-03-14
one.pdf,Alder PD,police,UT,,2026-01-02
"""


def table(tmp_path: Path, text: str | bytes) -> str:
    path = tmp_path / "manifest.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def read(tmp_path: Path, text: str | bytes) -> tuple[Submission, ...]:
    return manifest.read(table(tmp_path, text), SUFFIXES).submissions


def test_every_column(tmp_path: Path) -> None:
    two = Submission(
        "b/two.pdf", str(tmp_path / "b/two.pdf"), "Birch, County of", "sheriff", "WA", "chief@example.org", "2026-03-14"
    )
    one = Submission("one.pdf", str(tmp_path / "one.pdf"), "Alder PD", "police", "UT", "", "2026-01-02")
    assert read(tmp_path, FULL) == (two, one)


@pytest.mark.parametrize(
    "data",
    [
        FULL.encode("utf-8-sig"),
        FULL.replace("\n", "\r\n").encode("utf-16"),
        ("sep=;\r\n" + FULL.replace(",", ";").replace("Birch; ", "Birch, ")).encode(),
        FULL.replace(",", "\t").replace("Birch\t ", "Birch, ").encode(),
        ("\n" + FULL + "\n,,,,,\n\n").encode(),
        FULL.replace("document", " Document ").replace("kind", "KIND").encode(),
        FULL.replace("submitted\n", "submitted,,\n").encode(),
        FULL.replace("b/two", "b\\two").encode(),
    ],
    ids=["mark", "utf-16", "semicolons", "tabs", "blank rows", "capitals", "empty columns", "backslash"],
)
def test_as_excel_and_people_write_it(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data) == read(tmp_path, FULL)


def test_the_encoding_of_windows(tmp_path: Path) -> None:
    found = read(tmp_path, "document,agency\nö.pdf,Cañon City – Police\n".encode("cp1252"))
    assert (found[0].key, found[0].agency) == ("ö.pdf", "Cañon City – Police")


@pytest.mark.parametrize(
    "text, line, says",
    [
        ("", None, "The manifest is empty."),
        ("document\n", None, "names no document"),
        ("agency,kind\nA,police\n", 1, "no column 'document'"),
        ("document,phone\na.pdf,1\n", 1, "no column 'phone'"),
        ("document,agency,Agency\n", 1, "The column 'agency' stands twice."),
        ("document,agency\na.pdf,A\n,B\n", 3, "names no document"),
        ("document,agency\na.pdf,A\nb.pdf,B\n./a.pdf,C\n", 4, "'a.pdf' stands in line 2 already"),
        ("document,kind\na.pdf,posse\n", 2, "no agency kind 'posse'"),
        ("document,state\na.pdf,Washington\n", 2, "'Washington' is no state"),
        ("document,submitted\na.pdf,3/14/2026\n", 2, "'3/14/2026' is no date"),
        ("document,submitted\na.pdf,2026-02-30\n", 2, "'2026-02-30' is no date"),
        ("document,agency\na.pdf,Alder, City of\n", 2, "The row has 3 cells, and there are 2 columns."),
        ('document,agency\n"a.pdf,A\nb.pdf,B\n', 2, "The row is no CSV"),
        ('document,contact\na.pdf,"two\nlines"\nb.pdf,1,2\n', 4, "The row has 3 cells"),
        ("document\n\0\n", None, "The manifest is no text."),
    ],
)
def test_errors_name_file_and_line(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        read(tmp_path, text)
    assert says in caught.value.message
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "manifest.csv"), line)


def test_all_lines_with_errors_are_told_at_once(tmp_path: Path) -> None:
    rows = ["a.pdf,police", "b.pdf,posse", "c.pdf,x", *(f"{n}.pdf,y" for n in range(12))]
    with pytest.raises(UsageError) as caught:
        read(tmp_path, "\n".join(("document,kind", *rows)))
    assert caught.value.line == 3
    assert caught.value.hint is not None
    assert caught.value.hint.endswith(
        "There are errors in these lines, too: 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 3 more."
    )


def test_locations_are_seen_from_the_table(tmp_path: Path) -> None:
    found = read(tmp_path, f"document\na.pdf\n{tmp_path / 'b.pdf'}\ns3://bucket/c.pdf\n")
    assert {s.key: s.document for s in found} == {
        "a.pdf": str(tmp_path / "a.pdf"),
        str(tmp_path / "b.pdf"): str(tmp_path / "b.pdf"),
        "s3://bucket/c.pdf": "s3://bucket/c.pdf",
    }


def test_a_folder(tmp_path: Path) -> None:
    for name in ("b.PDF", "a/c.txt", "a/.hidden.txt", "~$b.pdf", "a/crest.xyz", "out/report.pdf", "plain"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = manifest.read(str(tmp_path), SUFFIXES, (tmp_path / "out").resolve())
    assert [(s.key, s.agency) for s in found.submissions] == [("a/c.txt", ""), ("b.PDF", "")]
    assert found.left_out == ("a/crest.xyz", "plain")


def test_a_folder_without_documents(tmp_path: Path) -> None:
    (tmp_path / "crest.xyz").touch()
    with pytest.raises(UsageError, match="holds no file that policylint reads"):
        manifest.read(str(tmp_path), SUFFIXES)

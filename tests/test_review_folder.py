"""The review folder: what stands in it, that nothing hostile gets through, and that it holds what belongs and nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import weakref
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import dying
import hand_built_review
import openpyxl
import pytest
from hand_built_review import FAILS, PACKS, Review, document, submission
from lxml import html
from syrupy.assertion import SnapshotAssertion

from policylint.errors import UsageError
from policylint.report import Verdict
from policylint.reporters.html import hash_of
from policylint.review.compare import compare
from policylint.review.folder import WORTH, pages, write
from policylint.review.folder.files import RECORD
from policylint.review.folder.helpers import helpers
from policylint.review.folder.letters import shipped_template
from policylint.review.folder.names import slugs
from policylint.review.folder.overview import overview_of
from policylint.review.model import Reviewed


@pytest.fixture(scope="module")
def review() -> Review:
    return hand_built_review.hand_built_review()


@pytest.fixture(scope="module")
def out(review: Review, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("review")
    write(review, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


# -- what stands in it ------------------------------------------------------------------------------------------------


def test_it_names_all_its_files(review: Review, tmp_path: Path) -> None:
    written = write(review, tmp_path / "new" / "review")
    assert {p.relative_to(tmp_path / "new" / "review").as_posix() for p in written} | {RECORD} == set(
        contents(tmp_path / "new" / "review")
    )
    names = [p.name for p in written]
    assert {"index.html", "matrix.xlsx", "matrix.csv", "failures.csv", "letter-template.docx"} <= set(names)
    assert len([n for n in names if n.endswith(".html")]) == 1 + len(review), "a report for each submission"
    assert len([p for p in written if p.parent.name == "letters"]) == len(review) - 1, "a letter for each agency"


def test_file_names_are_safe_and_differ(out: Path) -> None:
    names = [p.stem for p in (out / "agencies").iterdir()]
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in names)
    assert {"harbor-county", "harbor-county-2025-03-01", "etc-passwd", "agency-con", "koln-feuerwehr"} <= set(names)


def test_names_that_collide_are_told_apart_whatever_their_order() -> None:
    one, other, same = ("St. Mary's", "a", "1"), ("ST MARYS", "b", "2"), ("ST MARYS", "b", "3")
    made = slugs([one, other, same, ("Oak", "c", "4")])
    assert len(set(made)) == 4
    assert made[3] == "oak"
    assert slugs([same, one, other]) == [made[2], made[0], made[1]]
    assert slugs([]) == []


@pytest.mark.parametrize("name", ["matrix.csv", "failures.csv"])
def test_tables(out: Path, name: str, snapshot: SnapshotAssertion) -> None:
    assert (out / name).read_bytes().decode("utf-8-sig") == snapshot


def test_the_matrix_counts_each_agency_once_by_its_last_submission(out: Path) -> None:
    found = {row["agency"]: row for row in rows(out / "matrix.csv")}
    assert found["Harbor County"]["submitted"] == "2026-03-01"
    assert found["Harbor County"]["DEMO-4"] == "met"
    assert found["Harbor County"]["result"] == "does not pass"
    assert found["Harbor County"]["missing to pass"] == "ACT-7, DEMO-3, DEMO-10a, DEMO-10b, DEMO-2, DEMO-9, DEMO-11"
    assert found["Oak Police"]["result"] == "passes"
    assert (found["Alder Fire"]["result"], found["Alder Fire"]["coverage"]) == ("not judged", "")


def test_the_workbook_holds_the_same_and_no_formula(out: Path) -> None:
    book = openpyxl.load_workbook(out / "matrix.xlsx")
    assert book.sheetnames == ["Matrix", "Requirements", "Submissions", "Not judged"]
    matrix = book["Matrix"]
    assert matrix.freeze_panes == "B2"
    assert matrix.auto_filter.ref is not None
    head = [str(cell.value).lower() for cell in matrix[1]]
    for row, told in zip(matrix.iter_rows(min_row=2), rows(out / "matrix.csv"), strict=True):
        assert {h: c.value for h, c in zip(head, row, strict=True)}["demo-11"] == (told["DEMO-11"] or None)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'=HYPERLINK") for cell in cells)
    counts = {row[0].value: [c.value for c in row[5:11]] for row in book["Requirements"].iter_rows(min_row=2)}
    assert counts["DEMO-4"] == [9, 0, 0, 0, 0, 9], "asked of nine agencies, met by all: the first round does not count"


def test_no_cell_of_a_table_is_a_formula(out: Path) -> None:
    for name in ("matrix.csv", "failures.csv"):
        text = (out / name).read_bytes().decode("utf-8-sig")
        assert not [cell for line in csv.reader(io.StringIO(text)) for cell in line if cell[:1] in tuple("=+-@\t")]


def test_the_report_says_who_submitted_it_and_what_is_missing_to_pass(out: Path) -> None:
    text = html.fromstring((out / "agencies" / "harbor-county.html").read_bytes()).text_content()
    assert "Submitted by Harbor County on March 1, 2026." in text
    assert "By the rule of its profile it does not pass." in text
    assert "Missing to pass: The policy contradicts 2 requirements: DEMO-9, DEMO-11." in text
    earlier = html.fromstring((out / "agencies" / "harbor-county-2025-03-01.html").read_bytes()).text_content()
    assert "A later one counts instead." in earlier
    assert "/home/somebody" not in text


# -- the dashboard ----------------------------------------------------------------------------------------------------


def test_the_dashboard_is_sound_and_self_contained(out: Path) -> None:
    page = html.fromstring((out / "index.html").read_bytes())
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (style,) = page.xpath("//style/text()")
    data, script = page.xpath("//script")
    assert policy == (
        f"default-src 'none'; style-src '{hash_of(style)}'; script-src '{hash_of(script.text)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert data.get("type") == "application/json"
    assert not page.xpath("//@style | //@onclick | //@src")
    names = [a.text for a in page.xpath("//section[@id='agencies']//tbody//th/a")]
    assert '<script>alert("agency")</script>' in names
    assert "ecilop Police" in names, "without its marks of direction"
    for href in page.xpath("//a/@href"):
        assert href.startswith("#") or (out / href).is_file(), href


def test_the_data_of_the_dashboard(review: Review, out: Path) -> None:
    page = html.fromstring((out / "index.html").read_bytes())
    (text,) = page.xpath("//script[@id='data']/text()")
    assert not set("<>&") & set(text)
    data = json.loads(text)
    assert len(data["rows"]) == len(overview_of(review).latest)
    assert [column[0] for column in data["columns"]][:2] == ["ACT-7", "DEMO-3"]
    assert {len(row[2]) for row in data["rows"]} == {0, len(data["columns"])}


def test_the_dashboard_without_a_script_has_the_figures_trends_families_and_failures(out: Path) -> None:
    page = html.fromstring((out / "index.html").read_bytes())
    assert " ".join(page.xpath("string(//ul[@class='figures'])").split()).startswith("10 agencies")
    (harbor,) = page.xpath("//tr[th/a='Harbor County']")
    assert harbor.xpath(".//*[name()='svg']/@aria-label") == ["2025-03-01: 11 %, 2026-03-01: 22 %"]
    assert harbor.xpath(".//small/a/@href") == ["agencies/harbor-county-2025-03-01.html"]
    (family,) = page.xpath("//details")
    assert [" ".join(li.text_content().split()) for li in family.xpath(".//li")] == [
        "Oak Police 100 %",
        "Harbor County 91 %",
    ]
    assert "The PDF file is encrypted." in page.xpath("string(//section[@aria-labelledby='failures:title'])")


def test_a_review_of_nothing_is_a_folder_that_says_so(tmp_path: Path) -> None:
    write(Review([]), tmp_path)
    assert "Review of 0 agencies" in (tmp_path / "index.html").read_text("utf-8")
    assert "Nothing was submitted." in (tmp_path / "index.html").read_text("utf-8")
    assert rows(tmp_path / "matrix.csv") == []


def test_policies_of_one_agency_without_a_day_are_told_apart(tmp_path: Path) -> None:
    several = [Reviewed(submission("Oak Police", f"{name}.md"), document(), PACKS, FAILS) for name in ("one", "two")]
    write(Review(several), tmp_path)
    page = html.fromstring((tmp_path / "index.html").read_bytes())
    assert page.xpath("string(//h1)") == "Review of 2 policies of 1 agency"
    links = page.xpath("//section[@id='agencies']//tbody//th/a")
    assert {(a.text, a.get("href")) for a in links} == {
        ("Oak Police (one.md)", "agencies/oak-police-one-md.html"),
        ("Oak Police (two.md)", "agencies/oak-police-two-md.html"),
    }
    assert [row["agency"] for row in rows(tmp_path / "matrix.csv")] == ["Oak Police"] * 2


# -- what belongs, and nothing else -----------------------------------------------------------------------------------


def test_the_same_review_gives_the_same_bytes(review: Review, out: Path, tmp_path: Path) -> None:
    write(review, tmp_path)
    assert contents(tmp_path) == contents(out)


def test_several_processes_write_the_same(review: Review, out: Path, tmp_path: Path) -> None:
    for folder in ("agencies", "letters"):
        (tmp_path / folder).mkdir()
    setting = pages.Setting(tmp_path, review.made_on, "2026-01-31", _version(), "", (shipped_template(), "x"))
    calls = [
        (setting, pages.Task(entry.slug, entry.latest, {}), review.with_body(entry.submission.key))
        for entry in overview_of(review).entries
    ]
    with helpers(2) as helping:
        made = list(helping.results(pages.write, calls))
    assert len(made) == len(review) < WORTH
    assert contents(tmp_path) == {k: v for k, v in contents(out).items() if "/" in k}


def test_a_folder_written_by_several_processes_is_the_same(
    review: Review, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policylint.review.folder.WORTH", 1)
    write(review, tmp_path, jobs=2)
    assert contents(tmp_path) == contents(out)


def _version() -> str:
    from policylint._version import __version__

    return __version__


def test_a_process_that_is_killed_costs_nothing(review: Review, out: Path, tmp_path: Path) -> None:
    for folder in ("agencies", "letters"):
        (tmp_path / folder).mkdir()
    setting = pages.Setting(tmp_path, review.made_on, "2026-01-31", _version(), "", (shipped_template(), "x"))
    deadly = dying.DeadlyElsewhere(review.with_body("second.docx"), os.getpid())
    calls = [
        (setting, pages.Task("harbor-county", letter=True, before={}), deadly),
        (setting, pages.Task("oak-police", letter=True, before={}), review.with_body("vendor.docx")),
    ]
    with helpers(2) as helping:
        made = list(helping.results(pages.write, calls))
    assert [sorted(files) for files in made] == [
        ["agencies/harbor-county.html", "letters/harbor-county.docx"],
        ["agencies/oak-police.html", "letters/oak-police.docx"],
    ]
    assert contents(tmp_path).items() <= contents(out).items()


def test_only_what_changed_is_written_and_what_is_gone_is_removed(review: Review, tmp_path: Path) -> None:
    write(review, tmp_path)
    (tmp_path / "letters" / "signed.pdf").write_bytes(b"ours")
    (tmp_path / "notes.csv").write_bytes(b"ours")
    before = {p: p.stat().st_mtime_ns for p in tmp_path.glob("*/*")}
    changed = [
        replace(r, report=document(DEMO_4="weak")) if r.submission.key == "second.docx" else r
        for r in review.reviewed
        if r.submission.agency != "Oak Police"
    ]
    write(replace(review, reviewed=changed), tmp_path)
    now = {p: p.stat().st_mtime_ns for p in tmp_path.glob("*/*")}
    gone = {p.relative_to(tmp_path).as_posix() for p in before.keys() - now.keys()}
    assert gone == {"agencies/oak-police.html", "letters/oak-police.docx"}
    anew = {p.relative_to(tmp_path).as_posix() for p in now if now[p] != before[p]}
    assert anew == {"agencies/harbor-county.html", "letters/harbor-county.docx"}
    assert (tmp_path / "letters" / "signed.pdf").read_bytes() == (tmp_path / "notes.csv").read_bytes() == b"ours"


@pytest.mark.parametrize("damage", [b"", b"cut off"])
def test_a_file_that_was_damaged_is_written_anew(review: Review, out: Path, tmp_path: Path, damage: bytes) -> None:
    write(review, tmp_path)
    (tmp_path / "agencies" / "harbor-county.html").write_bytes(damage)
    (tmp_path / "letters" / "harbor-county.docx").unlink()
    write(review, tmp_path)
    assert contents(tmp_path) == contents(out)


def test_a_run_that_was_cut_off_leaves_nothing_behind(review: Review, out: Path, tmp_path: Path) -> None:
    more = [*review.reviewed, Reviewed(submission("Zebra Police", "z.md"), document(), PACKS, FAILS)]

    def stop(done: int) -> None:
        if done == len(more):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(Review(more), tmp_path, progress=stop)
    (tmp_path / "letters" / ".policylint-unfinished-x.docx").write_bytes(b"half")
    assert (tmp_path / "agencies" / "zebra-police.html").exists()
    write(review, tmp_path)
    assert contents(tmp_path) == contents(out)


@pytest.mark.parametrize(
    "record",
    [
        "",
        "[]",
        '{"schema": "policylint-review-folder/1", "files": {"../outside.html": ["", ""], "x/y.html": ["", ""]}}',
    ],
)
def test_a_record_that_is_wrong_removes_nothing_else(review: Review, tmp_path: Path, record: str) -> None:
    folder = tmp_path / "review"
    folder.mkdir()
    outside = tmp_path / "outside.html"
    outside.write_bytes(b"ours")
    (folder / RECORD).write_text(record, encoding="utf-8")
    write(Review(review.reviewed[:1]), folder)
    assert outside.read_bytes() == b"ours"


def test_a_folder_that_cannot_be_made_is_said(review: Review, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=r"cannot be made"):
        write(review, tmp_path / "file" / "review")


class _Token:
    """Something that is in memory as long as what holds it."""


class _Verdicts(tuple[Verdict, ...]):  # noqa: SLOT001 - it holds a token
    """A tuple of which one can tell whether it is still in memory; tuples themselves cannot be watched."""

    token: _Token


class _Watched(Review):
    """A review that notes how many of the reports it gave are in memory at once."""

    alive: ClassVar[list[weakref.ref[_Token]]] = []
    most: ClassVar[list[int]] = []

    def __iter__(self) -> Iterator[Reviewed]:
        return map(self._given, super().__iter__())

    def with_body(self, key: str) -> Reviewed:
        return self._given(super().with_body(key))

    def _given(self, reviewed: Reviewed) -> Reviewed:
        verdicts = _Verdicts(reviewed.report.verdicts)
        verdicts.token = _Token()
        self.alive.append(weakref.ref(verdicts.token))
        self.most.append(sum(each() is not None for each in self.alive))
        return replace(reviewed, report=replace(reviewed.report, verdicts=verdicts))


def test_reports_are_not_in_memory_together(review: Review, tmp_path: Path) -> None:
    watched = _Watched(review.reviewed)
    write(watched, tmp_path)
    compare(watched, watched)
    assert len(watched.most) == 6 * len(review) - 2, (
        "each twice for the folder, twice to pair, and twice to compare the last"
    )
    assert max(watched.most) <= 3


def test_letters_hold_no_time(out: Path) -> None:
    for path in (out / "letters").iterdir():
        with zipfile.ZipFile(path) as package:
            assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}

"""`policylint evaluate`: reading labels, counting, baselines, intervals, and the command."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from policylint.errors import DocumentError, UsageError
from policylint.evaluate import NOT_JUDGED, Outcome, Tally, baselines, counted, evaluate, scores
from policylint.evaluate.counts import count, f_score, figures, intervals, is_hit, total
from policylint.evaluate.labels import COLUMNS, Label, read_labels
from policylint.packs.load import library
from policylint.report import STATUSES, Evidence, Verdict

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "fixtures" / "evaluate" / "labels"
ALDER = "alder-creek-fire.iacp.tsv"
SHARED = ROOT.parent / "shared"

Run = Callable[..., Any]
Rows = Callable[..., Path]

HEADER = "\t".join(COLUMNS)
POLICY = "Peer supporters shall keep no notes of their contacts."


@pytest.fixture
def rows(tmp_path: Path) -> Rows:
    """Write a label file: `rows("IACP-26\tmet", name="a.iacp.tsv", header=...)`. The document a.txt lies beside it."""

    def write(*lines: str, name: str = "a.iacp.tsv", header: str = HEADER) -> Path:
        (tmp_path / "a.txt").write_text(POLICY, encoding="utf-8")
        path = tmp_path / name
        path.write_text("".join(line + "\n" for line in (header, *lines)), encoding="utf-8")
        return path

    return write


def label(status: str = "met", requirement: str = "R-1", elements: tuple[str, ...] = (), evidence: str = "") -> Label:
    return Label(requirement, status, elements, evidence, "", 2)


def outcome(want: str, got: str, document: str = "a") -> Outcome:
    return Outcome(document, "demo", label(want), got)


def verdict(status: str, covered: tuple[str, ...] | None = None, quote: str = "") -> Verdict:
    evidence = (Evidence(quote, (), 1, 1, None, 0, len(quote)),) if quote else ()
    return Verdict("R-1", "demo", None, "", "must", status, None, covered, None, evidence)


# -- counting ---------------------------------------------------------------------------------------------------------

# 10 labels: 6 right. Gaps wanted 6: found 4, missed 2 (one missing called met, one not judged); false 2 of the 4 others.
COUNTS = Counter(
    {
        ("met", "met"): 2,
        ("met", "missing"): 1,
        ("met", NOT_JUDGED): 1,
        ("missing", "missing"): 3,
        ("missing", "met"): 1,
        ("conflict", "conflict"): 1,
        ("conflict", NOT_JUDGED): 1,
    }
)


def test_figures_are_those_counted_by_hand() -> None:
    tally = Tally(COUNTS, Counter(found=3, false=1, missed=2), Counter(hit=1, shown=4))
    assert (tally.labels, tally.right, tally.gaps) == (10, 6, (4, 2, 2))
    found = figures(tally)
    assert found == pytest.approx(
        {
            "accuracy": 0.6,
            "macro_f1": (2 * 2 / 7 + 2 * 3 / 8 + 2 * 1 / 3) / 3,
            "gap_precision": 4 / 6,
            "gap_recall": 4 / 6,
            "gap_f1": 4 / 6,
            "gap_f2": 4 / 6,
            "elements_precision": 3 / 4,
            "elements_recall": 3 / 5,
            "evidence_hit": 1 / 4,
        }
    )


def test_scores_of_a_status() -> None:
    tally = Tally(COUNTS)
    assert scores(tally, "missing") == {"labels": 4, "precision": 3 / 4, "recall": 3 / 4, "f1": 3 / 4}
    assert scores(tally, "conflict") == {"labels": 2, "precision": 1.0, "recall": 0.5, "f1": 2 / 3}
    assert scores(tally, "weak") == {"labels": 0, "precision": None, "recall": None, "f1": None}


def test_f2_weighs_a_missed_gap_more_than_a_false_one() -> None:
    assert f_score(6, 2, 1, beta=2) == pytest.approx(30 / (30 + 4 + 2))
    assert f_score(6, 2, 1) == pytest.approx(12 / 15)
    precision, recall = 6 / 8, 6 / 7
    assert f_score(6, 2, 1, beta=2) == pytest.approx(5 * precision * recall / (4 * precision + recall))


def test_a_share_of_nothing_is_no_figure() -> None:
    assert set(figures(Tally()).values()) == {None}
    assert figures(Tally(Counter({("met", "met"): 3})))["gap_recall"] is None


def test_every_status_is_a_gap_or_settled() -> None:
    for want in STATUSES:
        for got in (*STATUSES, NOT_JUDGED):
            found, false, missed = Tally(Counter({(want, got): 1})).gaps
            is_wanted, is_got = (s not in ("met", "not_applicable") for s in (want, got))
            if got == NOT_JUDGED:
                assert (found, false, missed) == (0, not is_wanted, is_wanted)
            else:
                assert (found, false, missed) == (is_wanted and is_got, is_got > is_wanted, is_wanted > is_got)


def test_elements_count_where_the_label_is_met_or_partial_and_names_some() -> None:
    judged = verdict("partial", ("a", "b"))
    for status, wanted in (("partial", 1), ("met", 1), ("weak", 0), ("missing", 0)):
        got = count([Outcome("d", "demo", label(status, elements=("b", "c", "e")), "partial", judged)]).elements
        assert got == Counter(found=1 * wanted, false=1 * wanted, missed=2 * wanted)
    assert not count([Outcome("d", "demo", label("partial"), "partial", judged)]).elements.total()


def test_evidence_counts_where_the_verdict_is_right_and_the_label_names_some() -> None:
    quoted = verdict("met", quote="Supporters keep no notes.")
    right = Outcome("d", "demo", label(evidence="keep  no\nNOTES"), "met", quoted)
    other = Outcome("d", "demo", label(evidence="something else altogether"), "met", quoted)
    wrong = Outcome("d", "demo", label("weak", evidence="keep no notes"), "met", quoted)
    silent = Outcome("d", "demo", label(), "met", quoted)
    assert count([right, other, wrong, silent]).evidence == Counter(shown=2, hit=1)


def test_a_quote_hits_that_holds_most_words_of_the_label() -> None:
    assert is_hit("one two three four five", ["one two three of them"])
    assert not is_hit("one two three four five", ["one two of them", "four and five"])
    assert is_hit("a longer passage with it", ["passage with"])
    assert not is_hit("anything", [])


def test_wrong_calls_of_a_gap_for_a_group() -> None:
    outcomes = [outcome("met", "missing"), outcome("missing", "met"), outcome("weak", "partial"), outcome("met", "met")]
    assert counted(outcomes) == {"labels": 4, "right": 1, "accuracy": 0.25, "false_gaps": 1, "missed_gaps": 1}


# -- intervals --------------------------------------------------------------------------------------------------------


def test_intervals_are_the_same_in_every_run_and_hold_the_value() -> None:
    tallies = [Tally(Counter({("met", "met"): n, ("missing", "met"): 10 - n})) for n in (5, 6, 7, 8, 9, 10)]
    first = intervals(tallies)
    assert first == intervals(tallies)
    assert first["accuracy"] is not None
    low, high = first["accuracy"]
    assert 0.5 < low < figures(total(tallies))["accuracy"] < high < 1  # type: ignore[operator]


def test_like_documents_give_an_interval_of_no_width_and_one_document_none() -> None:
    tally = Tally(Counter({("met", "met"): 3, ("missing", "met"): 1}))
    assert intervals([tally, tally, tally])["accuracy"] == (0.75, 0.75)
    assert intervals([tally, tally])["gap_precision"] is None
    assert set(intervals([tally]).values()) == {None}


def test_documents_are_drawn_not_labels() -> None:
    """A document with two packs is one unit: of two documents, one all right and one all wrong, only three mixes exist."""
    right, wrong = Tally(Counter({("met", "met"): 8})), Tally(Counter({("met", "missing"): 8}))
    assert intervals([right, wrong])["accuracy"] == (0.0, 1.0)


# -- baselines --------------------------------------------------------------------------------------------------------


def test_keywords_are_the_content_words_whatever_their_inflection() -> None:
    assert baselines.keywords("The supporters shall keep no notes of it.") == baselines.keywords("supporter kept note")
    assert baselines.keywords("shall not have been, or the") == frozenset()


def test_more_than_half_of_the_keywords_in_one_statement_are_met() -> None:
    requirement = next(r for r in library().packs["iacp"].requirements if r.id == "IACP-6a")
    words = sorted(baselines.keywords(requirement.text))
    assert len(words) == 4, "Peer supporters are chosen from volunteers."
    assert baselines.by_keywords(requirement, [frozenset(words[:3])]) == "met"
    assert baselines.by_keywords(requirement, [frozenset(words[:2]), frozenset(words[2:])]) == "missing"
    assert baselines.by_keywords(requirement, []) == "missing"


def test_a_list_item_is_searched_with_its_lead_in(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("The coordinator shall:\n  (a) keep the roster;\n  (b) call the clinician.\n", encoding="utf-8")
    statements = baselines.statement_words(str(path), library())
    assert any({"coordinator", "roster"} <= words for words in statements)
    assert not any({"clinician", "roster"} <= words for words in statements)
    with pytest.raises(DocumentError):
        baselines.statement_words(str(tmp_path / "none.txt"), library())


# -- label files ------------------------------------------------------------------------------------------------------


def test_a_label_file_is_read(rows: Rows) -> None:
    path = rows("IACP-26\tmet\t\tkeep no notes\t", "", "IACP-9a\tpartial\t introductory , continuing,\t\tclose", "\t\t")
    (file,) = read_labels(str(path), library())
    assert (file.document, file.pack.id, file.unlabelled) == ("a", "iacp", 46)
    assert file.source == str(path.with_name("a.txt"))
    assert file.labels == (
        Label("IACP-26", "met", (), "keep no notes", "", 2),
        Label("IACP-9a", "partial", ("introductory", "continuing"), "", "close", 4),
    )


def test_columns_come_in_any_order_and_a_spreadsheets_marks_go(rows: Rows) -> None:
    path = rows(
        '"He said ""no"", twice"\tIACP-9a\t"introductory,continuing"\tmet\t"so" said "he"',
        header="evidence\tid\telements\tstatus\tnote",
    )
    (file,) = read_labels(str(path), library())
    assert file.labels[0].evidence == 'He said "no", twice'
    assert file.labels[0].elements == ("introductory", "continuing")
    assert file.labels[0].note == '"so" said "he"'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_spreadsheets_save_is_read(rows: Rows, encoding: str, end: str) -> None:
    path = rows()
    path.write_bytes((HEADER + end + "IACP-26\tmet\t\t“no notes”\t" + end).encode(encoding))
    (file,) = read_labels(str(path), library())
    assert (file.labels[0].evidence, file.labels[0].line) == ("“no notes”", 2)


BAD_ROWS = [
    (["IACP-999\tmet"], 2, "There is no requirement 'IACP-999'."),
    (["iacp-26\tmet"], 2, "There is no requirement 'iacp-26'."),
    (["\tmet"], 2, "There is no requirement ''."),
    (["IACP-26"], 2, "IACP-26 has no status."),
    (["IACP-26\t\t\tkeep no notes"], 2, "IACP-26 has no status."),
    (["IACP-26\tMet"], 2, "There is no status 'Met'."),
    (["IACP-26\tnot applicable"], 2, "There is no status 'not applicable'."),
    (["IACP-26\tnot_judged"], 2, "There is no status 'not_judged'."),
    (["IACP-9a\tpartial\tcontinuous"], 2, "There is no element of IACP-9a 'continuous'."),
    (["IACP-26\tmet\tnotes"], 2, "IACP-26 is no list requirement: it has no elements."),
    (["IACP-26\tmet", "IACP-6a\tmet", "", "IACP-26\tmet"], 5, "IACP-26 has a label already, in line 2."),
    (["IACP-26\tmet\t\t\t\tmore"], 2, "The line has 6 cells, the header 5 columns."),
    (["IACP-26\tmet\t\t" + 200_000 * "x"], 2, "The line cannot be read: field larger than field limit"),
    ([], None, "There is no label below the header."),
]


@pytest.mark.parametrize(("lines", "line", "sentence"), BAD_ROWS, ids=[sentence for *_, sentence in BAD_ROWS])
def test_a_bad_line_is_a_sentence_with_file_and_line(
    cli: Run, rows: Rows, lines: list[str], line: int | None, sentence: str
) -> None:
    path = rows(*lines)
    ended = cli("evaluate", path)
    where = f"{path}:{line}: " if line else f"{path}: "
    assert ended.err.startswith(f"policylint: {where}{sentence}")
    assert (ended.code, ended.out) == (2, "")


BAD_HEADERS = [
    ("", "The header lacks id, status, elements, evidence, note."),
    ("id\tstatus\telements\tevidence", "The header lacks note."),
    ("id,status,elements,evidence,note", "There is no column 'id,status,elements,evidence,note'."),
    (HEADER + "\tcomment", "There is no column 'comment'."),
    (HEADER + "\tnote", "The column 'note' stands twice in the header."),
    ("IACP-26\tmet", "There is no column 'IACP-26'."),
]


@pytest.mark.parametrize(("header", "sentence"), BAD_HEADERS)
def test_a_bad_header_is_a_sentence(cli: Run, rows: Rows, header: str, sentence: str) -> None:
    path = rows(header=header)
    ended = cli("evaluate", path)
    assert ended.err.startswith(f"policylint: {path}:1: {sentence}")
    assert ended.code == 2


def test_a_slip_is_told_with_what_was_meant(cli: Run, rows: Rows) -> None:
    assert "Did you mean 'missing'?" in cli("evaluate", rows("IACP-26\tmising")).err
    assert "Known: met, weak, partial, missing, conflict, not_applicable." in cli("evaluate", rows("IACP-26\tx")).err
    assert "Did you mean 'continuing'" in cli("evaluate", rows("IACP-9a\tpartial\tcontinuous")).err
    assert "Did you mean 'IACP-26'" in cli("evaluate", rows("IACP26\tmet")).err


BAD_NAMES = [
    ("a.iacpp.tsv", "There is no pack 'iacpp'."),
    ("iacp.tsv", "The name does not say which document and which pack."),
    ("a.iacp.txt", "The name does not say which document and which pack."),
    ("b.iacp.tsv", "The document 'b' is not in "),
]


@pytest.mark.parametrize(("name", "sentence"), BAD_NAMES)
def test_a_bad_file_name_is_a_sentence(cli: Run, rows: Rows, name: str, sentence: str) -> None:
    path = rows("IACP-26\tmet", name=name)
    ended = cli("evaluate", path)
    assert ended.err.startswith(f"policylint: {path}: {sentence}")
    assert ended.code == 2


def test_what_is_no_text_is_a_sentence(cli: Run, rows: Rows) -> None:
    path = rows()
    path.write_bytes(b"PK\x03\x04 a workbook")
    ended = cli("evaluate", path)
    assert f"{path}: This is a zip archive" in ended.err
    assert ended.code == 2


def test_a_folder_without_labels_and_no_folder_are_sentences(cli: Run, tmp_path: Path) -> None:
    for path, sentence in ((tmp_path, "The folder holds no label file."), (tmp_path / "no", "There is no such file")):
        ended = cli("evaluate", path)
        assert (ended.code, ended.out) == (2, "")
        assert f"{path}: {sentence}" in ended.err


def test_two_files_that_could_be_the_document_are_a_sentence(cli: Run, rows: Rows) -> None:
    path = rows("IACP-26\tmet")
    path.with_name("a.md").write_text(POLICY, encoding="utf-8")
    ended = cli("evaluate", path)
    assert ended.code == 2
    assert "a.md and a.txt could both be the document." in ended.err


def test_packs_and_documents_are_chosen(cli: Run, rows: Rows, tmp_path: Path) -> None:
    path = rows("IACP-26\tmet")
    rows("not even a label file", name="a.utah-78b-5.tsv", header="nonsense")
    assert cli("evaluate", tmp_path).code == 2
    assert cli("evaluate", tmp_path, "--pack", "iacp").code == 0
    assert "There is no pack 'iacpp'." in cli("evaluate", path, "--pack", "iacpp").err
    ended = cli("evaluate", path, "--pack", "rcw-5-60-060")
    assert "There are no labels for rcw-5-60-060.\nPacks: iacp." in ended.err
    (tmp_path / "elsewhere").mkdir()
    ended = cli("evaluate", path, "--documents", tmp_path / "elsewhere")
    assert f"The document 'a' is not in {tmp_path / 'elsewhere'}." in ended.err
    assert cli("evaluate", path, "--documents", tmp_path / "nowhere").code == 2
    (tmp_path / "a.txt").rename(tmp_path / "elsewhere" / "a.TXT")
    assert cli("evaluate", path, "--documents", tmp_path / "elsewhere").code == 0


def test_documents_lie_in_the_corpus_beside_the_labels_or_with_them(
    tmp_path: Path, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = rows("IACP-26\tmet")
    folder, corpus = tmp_path / "labels", tmp_path / "corpus"
    folder.mkdir()
    path.rename(folder / path.name)
    with pytest.raises(UsageError, match=r"is not in .*labels"):
        read_labels(str(folder), library())
    corpus.mkdir()
    (tmp_path / "a.txt").rename(corpus / "a.txt")
    assert read_labels(str(folder), library())[0].source == str(corpus / "a.txt")
    monkeypatch.chdir(folder)
    for name in (".", path.name, "../labels"):
        assert Path(read_labels(name, library())[0].source).samefile(corpus / "a.txt")


# -- the command ------------------------------------------------------------------------------------------------------


def tables(text: str) -> dict[str, list[list[str]]]:
    """Title -> the rows of its table, cut at two spaces or more."""
    found: dict[str, list[list[str]]] = {}
    for title, body in pairwise(text.split("\n\n")):
        if "\n" not in title:
            found[title.partition(",")[0]] = [re.split(r" {2,}", line) for line in body.splitlines()]
    return found


def test_the_labels_of_the_fixtures(cli: Run) -> None:
    ended = cli("evaluate", LABELS)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith("packs: iacp (26-point edition)\ndocuments: 2; labels: 19\n")
    assert "requirements without a label, not scored: 77\n" in ended.out
    found = tables(ended.out)
    assert list(found) == [
        "Agreement with the labels",
        "Labels (down) and verdicts (across)",
        "By status",
        "By document",
        "By requirement",
    ]
    assert found["Agreement with the labels"][0] == ["", "policylint", "always met", "keywords only"]
    assert found["By document"][1][:2] == ["alder-creek-fire", "10"]
    wanted = Counter(line.split("\t")[1] for f in LABELS.glob("*.tsv") for line in f.read_text().splitlines()[1:])
    assert {row[0]: int(row[1]) for row in found["By status"][1:]} == wanted
    ids = [row[0] for row in found["By requirement"][1:]]
    assert ids == [r.id for r in library().packs["iacp"].requirements if r.id in ids], "in the order of the pack"


def test_a_wrong_label_shows_as_a_miss(cli: Run) -> None:
    assert "Misses" not in cli("evaluate", LABELS).out
    ended = cli("evaluate", LABELS, "--misses")
    _, _, misses = ended.out.partition("\nMisses: ")
    assert "\nalder-creek-fire  IACP-5a  wanted met, got missing\n" in misses
    assert "  label: “the team brings doughnuts to the station”\n" in misses
    assert "  note: wrong on purpose" in misses


def test_a_miss_shows_the_evidence_of_the_verdict(cli: Run, rows: Rows) -> None:
    ended = cli("evaluate", rows("IACP-26\tconflict\t\tkeep no notes\t"), "--misses")
    assert f"a  IACP-26  wanted conflict, got met\n  label: “keep no notes”\n  says: “{POLICY}” (line 1)\n" in ended.out


def test_json_holds_the_same_figures_and_the_misses(cli: Run) -> None:
    found = json.loads(cli("evaluate", LABELS, "--format", "json").out)
    assert found["schema"] == "policylint-evaluation/1"
    assert (found["labels"], found["unlabelled"], found["not_judged"]) == (19, 77, [])
    assert found["bootstrap"] == {"resamples": 1000, "seed": 26, "level": 0.95, "unit": "document"}
    assert list(found["judges"]) == ["policylint", "always_met", "keywords_only"]
    text = tables(cli("evaluate", LABELS).out)["Agreement with the labels"]
    for row, (name, figure) in zip(text[1:], found["judges"]["policylint"].items(), strict=True):
        assert row[0].lower() == name.replace("_", " ")
        assert row[1] == f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})"
    assert sum(n for row in found["confusion"].values() for n in row.values()) == 19
    assert "IACP-5a" in {miss["requirement"] for miss in found["misses"]}
    assert found["by_requirement"]["IACP-26"]["labels"] == 2


def test_always_met_is_right_where_the_label_is_met() -> None:
    found = evaluate(str(LABELS))
    met = sum(o.label.status == "met" for o in found.policylint.outcomes)
    always_met = next(judge for judge in found.judges if judge.name == baselines.ALWAYS_MET)
    assert always_met.figures["accuracy"] == met / 19
    assert (always_met.figures["gap_recall"], always_met.figures["gap_precision"]) == (0.0, None)


@pytest.mark.slow
@pytest.mark.parametrize("format_", ["text", "json"])
def test_the_same_labels_give_the_same_bytes(format_: str) -> None:
    command = [sys.executable, "-m", "policylint", "evaluate", LABELS, "--misses", "--format", format_]
    runs = [
        subprocess.run(command, capture_output=True, check=True, env=environment(seed), cwd=ROOT).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def environment(seed: str) -> dict[str, str]:
    """An environment in which sets of strings come in an order of their own."""
    return {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}


def test_one_document_has_no_interval(cli: Run) -> None:
    ended = cli("evaluate", LABELS / ALDER)
    assert "documents: 1; labels: 10\n" in ended.out
    assert "Agreement with the labels, without intervals: there is only one document\n" in ended.out
    assert " to " not in tables(ended.out)["Agreement with the labels"][1][1]
    found = json.loads(cli("evaluate", LABELS / ALDER, "--format", "json").out)
    assert found["bootstrap"] is None
    assert {(f["low"], f["high"]) for f in found["judges"]["policylint"].values()} == {(None, None)}


def test_two_packs_of_one_document_are_shown_each_and_are_one_document(cli: Run, rows: Rows, tmp_path: Path) -> None:
    rows("IACP-26\tmet")
    rows(f"{_ids('utah-78b-5')[0]}	missing", name="a.utah-78b-5.tsv")
    ended = cli("evaluate", tmp_path)
    assert ended.code == 0
    assert "documents: 1; labels: 2\n" in ended.out
    assert [row[0] for row in tables(ended.out)["By pack"]] == ["pack", "iacp", "utah-78b-5"]


def _ids(pack: str) -> list[str]:
    return [requirement.id for requirement in library().packs[pack].requirements]


def test_a_document_that_is_not_judged_is_wrong_on_all_labels_and_exits_3(cli: Run, rows: Rows, tmp_path: Path) -> None:
    rows("IACP-26\tmet")
    rows("IACP-26\tmissing", "IACP-6a\tmet", name="parking.iacp.tsv")
    parking = tmp_path / "parking.txt"
    parking.write_text("Vehicles shall be parked in the yard behind the station.\n" * 40, encoding="utf-8")
    ended = cli("evaluate", tmp_path, "--misses", "--min-accuracy", 1)
    assert ended.code == 3, "3 outranks 1"
    assert ended.err.startswith(f"policylint: {parking}: not judged: This does not read as a peer support policy")
    assert "documents not judged: 1; all labels on them count as wrong\n" in ended.out
    assert "parking  IACP-6a  wanted met, got not judged\n" in ended.out
    assert ["parking", "2", "0", "0.000", "1", "1"] in tables(ended.out)["By document"]
    parking.write_bytes(b"%PDF-1.7")
    ended = cli("evaluate", tmp_path, "--format", "json")
    assert (ended.code, "PDF" in ended.err) == (3, True)
    found = json.loads(ended.out)
    assert found["not_judged"][0]["path"] == str(parking)
    searched = evaluate(str(tmp_path)).judges[2]
    assert searched.name == baselines.KEYWORDS_ONLY
    assert {o.got for o in searched.outcomes if o.document == "parking"} == {NOT_JUDGED}, "nor is it searched"


@pytest.mark.parametrize(("accuracy", "code"), [("0", 0), ("0.5", 0), ("0.51", 1), ("1", 1)])
def test_an_accuracy_can_be_asked_for(cli: Run, rows: Rows, accuracy: str, code: int) -> None:
    path = rows("IACP-26\tmet", "IACP-14\tmet")
    assert cli("evaluate", path, "--min-accuracy", accuracy).code == code


@pytest.mark.parametrize("more", [["--min-accuracy", "2"], ["--min-accuracy", "x"], ["--fact", "x"], ["--format", "x"]])
def test_wrong_options_exit_2(cli: Run, more: list[str]) -> None:
    assert cli("evaluate", LABELS, *more).code == 2


def test_facts_are_told_to_the_judge(cli: Run, rows: Rows, tmp_path: Path) -> None:
    regional = [r.id for r in library().packs["washington-model"].requirements if r.applies_when == "regional"]
    rows(f"{regional[0]}\tnot_applicable", name="a.washington-model.tsv")
    assert cli("evaluate", tmp_path, "--fact", "regional=no", "--min-accuracy", 1).code == 0
    assert cli("evaluate", tmp_path, "--fact", "regional=yes", "--min-accuracy", 1).code == 1


def test_output_goes_to_the_file_and_never_over_labels_or_documents(cli: Run, rows: Rows, tmp_path: Path) -> None:
    path = rows("IACP-26\tmet")
    ended = cli("evaluate", path, "--output", tmp_path / "figures.txt")
    assert (ended.code, ended.out) == (0, "")
    assert (tmp_path / "figures.txt").read_text(encoding="utf-8") == cli("evaluate", path).out
    for read in (path, tmp_path / "a.txt"):
        before = read.read_bytes()
        assert cli("evaluate", path, "--output", read).code == 2
        assert read.read_bytes() == before


# -- docs/evaluating.md -------------------------------------------------------------------------------------------------

PAGE = (ROOT / "docs" / "evaluating.md").read_text(encoding="utf-8")


def test_the_file_shown_on_the_page_can_be_read(rows: Rows) -> None:
    (block,) = re.findall(r"^```tsv\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    header, *lines = block.splitlines()
    (file,) = read_labels(str(rows(*lines, header=header)), library())
    assert [each.status for each in file.labels] == ["met", "met", "weak", "missing"]


def test_the_page_names_every_status_and_column() -> None:
    for name in (*STATUSES, *COLUMNS):
        assert f"| `{name}` |" in PAGE


# -- the scoring tool of the labelled documents -----------------------------------------------------------------------

TOOL = SHARED / "tools" / "score.py"


def printed(line: str) -> Iterator[tuple[str, float]]:
    """The figures in a line of the scoring tool, by our names."""
    number = r"([\d.]+)"
    patterns = {
        "accuracy": f"accuracy {number}",
        "macro_f1": f"macro-F1 {number}",
        "gap_precision": f"gap P {number}",
        "gap_recall": f"gap P {number} R {number}",
        "gap_f2": f"F2 {number}",
        "elements_precision": f"elements P {number}",
        "elements_recall": f"elements P {number} R {number}",
        "evidence_hit": f"evidence hit {number}",
    }
    for name, pattern in patterns.items():
        match = re.search(pattern, line)
        assert match is not None, (name, line)
        yield name, float(match.groups()[-1])


@pytest.mark.slow
@pytest.mark.skipif(not TOOL.is_file(), reason=f"the labelled documents are not on this machine ({SHARED})")
def test_the_figures_are_those_of_the_scoring_tool() -> None:
    done = subprocess.run(
        [sys.executable, TOOL, "labels", "iacp"], capture_output=True, text=True, check=True, env=environment("0")
    )
    (line,) = (line for line in done.stdout.splitlines() if line.startswith("TOTAL: "))
    judge = evaluate(str(SHARED / "labels"), packs=["iacp"]).policylint
    assert f"n {judge.tally.labels} " in line
    assert judge.figures == judge.figures | {name: pytest.approx(value, abs=6e-4) for name, value in printed(line)}
    per_status = re.findall(r"F1\[(\w+)\] ([\d.]+)/(\d+)", line)
    assert len(per_status) >= 5
    for status, f1, labels in per_status:
        found = scores(judge.tally, status)
        assert (found["labels"], found["f1"]) == (int(labels), pytest.approx(float(f1), abs=6e-3))

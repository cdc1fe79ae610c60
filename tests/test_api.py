"""The Python entry points, and what they do when a document goes wrong."""

from __future__ import annotations

import gc
import json
import os
from pathlib import Path

import pytest

from policylint import UsageError, check_file, check_paths, check_text, files
from policylint.errors import DocumentError

PASSAGE = "Peer supporters shall keep no notes of their contacts."


def test_a_passage_is_judged_against_every_requirement() -> None:
    report = check_text(PASSAGE)
    document = report.documents[0]
    assert (document.status, document.path, document.reason) == ("judged", "<text>", None)
    assert len(document.verdicts) == 48
    assert (report.profile, [p.id for p in report.packs]) == ("national", ["iacp"])
    assert (document.words, document.statements) == (9, 1)


def test_packs_by_name() -> None:
    assert check_text(PASSAGE, packs=["iacp"]).profile is None
    assert check_text(PASSAGE, packs="iacp").documents[0].verdicts == check_text(PASSAGE).documents[0].verdicts
    assert len(check_text(PASSAGE, packs=["iacp", "iacp"]).packs) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"packs": ["iacpp"]}, "iacpp"),
        ({"packs": []}, "No pack"),
        ({"profile": "atlantis"}, "no profile 'atlantis'"),
        ({"packs": ["iacp"], "profile": "national"}, "both given"),
    ],
)
def test_wrong_usage(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        check_text(PASSAGE, **arguments)  # type: ignore[arg-type]


def test_quotes_stand_in_the_text_at_their_offsets(sample: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    document = check_file(sample).documents[0]
    quoted = [e for v in document.verdicts for e in (*v.evidence, *filter(None, [v.closest]))]
    assert quoted
    for each in quoted:
        assert " ".join(text[each.start : each.end].split()) == each.quote
        assert text.count("\n", 0, each.start) + 1 == each.line


def test_text_and_file_give_the_same_verdicts(sample: Path) -> None:
    from_file = check_file(sample).documents[0]
    from_text = check_text(sample.read_text(encoding="utf-8"), name=str(sample)).documents[0]
    assert from_file == from_text


def test_same_input_same_bytes(sample: Path) -> None:
    first, second = (json.dumps(check_file(sample).to_dict()) for _ in range(2))
    assert first == second


def test_a_text_that_cannot_be_judged_is_in_the_report() -> None:
    for text in ("", " \n\t\u00a0\n"):
        document = check_text(text).documents[0]
        assert document.status == "not_judged"
        assert document.reason


def test_a_failure_of_ours_stays_with_its_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import policylint.assess

    real = policylint.assess.assess

    def failing(analysis, *rest):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN002, ANN202
        if "bad" in analysis.document.name:
            raise ZeroDivisionError("by zero")
        return real(analysis, *rest)

    monkeypatch.setattr(policylint.assess, "assess", failing)
    for name in ("a.txt", "bad.txt", "c.txt"):
        (tmp_path / name).write_text(PASSAGE, encoding="utf-8")
    report = check_paths([tmp_path])
    assert [d.status for d in report.documents] == ["judged", "not_judged", "judged"]
    assert "ZeroDivisionError: by zero" in (report.documents[1].reason or "")
    assert report.exit_code() == 3


def test_no_path_at_all_is_wrong_usage() -> None:
    with pytest.raises(UsageError, match="no document"):
        check_paths([])


def test_one_path_may_stand_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PASSAGE, encoding="utf-8")
    assert check_paths(tmp_path).to_dict() == check_paths([str(tmp_path)]).to_dict()  # type: ignore[arg-type]


# -- files ------------------------------------------------------------------------------------------------------------


def _tree(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")


def _found(root: Path, paths: list[Path]) -> list[str]:
    return [os.path.relpath(item.name, root) for item in files.find(paths, (".txt", ".md"))]


def test_a_folder_gives_its_files_sorted_hidden_ones_left_out(tmp_path: Path) -> None:
    _tree(tmp_path, "b.txt", "a.md", "sub/c.TXT", "sub/d.docx", ".hidden.txt", ".git/e.txt", "f")
    assert _found(tmp_path, [tmp_path]) == ["a.md", "b.txt", str(Path("sub", "c.TXT"))]


def test_a_file_is_taken_once_and_in_the_order_named(tmp_path: Path) -> None:
    _tree(tmp_path, "b.txt", "a.md")
    assert _found(tmp_path, [tmp_path / "b.txt", tmp_path, tmp_path / "." / "b.txt"]) == ["b.txt", "a.md"]


def test_a_named_file_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    _tree(tmp_path, ".hidden.txt", "policy.docx")
    named = [tmp_path / ".hidden.txt", tmp_path / "policy.docx"]
    assert _found(tmp_path, named) == [".hidden.txt", "policy.docx"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "b.txt")
    assert _found(tmp_path, [tmp_path]) == ["a.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    _tree(tmp_path, "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert _found(tmp_path, [tmp_path]) == ["a.txt"]


def test_what_leads_to_nothing_is_kept_with_its_problem(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing, empty = files.find([tmp_path / "no.txt", tmp_path / "empty"], (".txt", ".md"))
    with pytest.raises(DocumentError, match="no such file"):
        missing.read()
    with pytest.raises(DocumentError, match=r"no file that policylint reads \(\.md, \.txt\)"):
        empty.read()


def test_a_nul_in_a_name_is_a_problem_of_that_name() -> None:
    (item,) = files.find(["a\0b"], ())
    with pytest.raises(DocumentError):
        item.read()


def test_a_judged_document_leaves_nothing_for_the_collector() -> None:
    check_text(PASSAGE)  # what is loaded once and kept
    gc.collect()
    gc.disable()
    try:
        check_text(PASSAGE)
        assert gc.collect() == 0
    finally:
        gc.enable()

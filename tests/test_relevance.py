"""Is a document about a peer support program at all? Under any name of its own; and what only looks like one stays refused."""

from __future__ import annotations

from pathlib import Path

import pytest

import policylint

FOLDER = Path(__file__).parents[1] / "fixtures" / "relevance"


def outcome(path: Path) -> tuple[str, str]:
    (document,) = policylint.check_file(path, packs=["iacp"]).documents
    return document.status, document.reason or ""


@pytest.mark.parametrize("path", sorted((FOLDER / "yes").iterdir()), ids=lambda path: path.stem)
def test_a_program_under_another_name_is_judged(path: Path) -> None:
    assert "peer" not in path.read_text().lower()
    assert outcome(path) == ("judged", "")


@pytest.mark.parametrize("path", sorted((FOLDER / "no").iterdir()), ids=lambda path: path.stem)
def test_what_only_looks_like_one_is_refused(path: Path) -> None:
    status, reason = outcome(path)
    assert status == "not_judged"
    assert "does not read as a peer support policy" in reason

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


@pytest.mark.parametrize("agency", ["PAYROLL DIVISION", "CHAPLAINS AND RESCUE", "FITNESS CENTER"])
def test_a_heading_over_everything_makes_nothing_of_it_another_programs(agency: str) -> None:
    text = (
        f"# HARBOR COUNTY {agency}\n\n**SOG 7-18: PEER TEAM**\n\nIssued by: Director\n\n"
        "## 1. Place\n\n- The Team is part of the Safety Division.\n\n"
        "## 2. Terms\n\n- **Peer:** coworker, trained, on the Team roster.\n"
        "- **Contact:** a talk between a peer and another employee.\n\n"
        "## 3. Getting a peer\n\n- Duty peer takes the contact. Peers listen. Peers keep no notes of a contact.\n\n"
        "## 4. Uniforms\n\n" + "Boots are polished before each muster, and hats are worn outside the building. " * 14
    )
    (document,) = policylint.check_text(text, packs=["iacp"], name="sog.md").documents
    assert {v.requirement: v.status for v in document.verdicts}["IACP-1c"] == "met"

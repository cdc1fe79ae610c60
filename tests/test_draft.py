"""Model language proves itself: a draft made of a profile's clauses has no gap under that profile."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from policylint import check_text
from policylint.cli import policylint as command
from policylint.draft import TOPICS, lacking, whole
from policylint.packs import load
from policylint.packs.models import Library

NAMES = [
    {},
    {"supporter": "wellness ally", "supporters": "wellness allies", "agency": "the Harbor County Fire District"},
    {"supporter": "PSP", "supporters": "PSPs", "program": "the PEER Program", "coordinator": "the Program Manager"},
]
SAMPLE = Path(__file__).parents[1] / "fixtures" / "sample-policy.md"


@pytest.fixture(scope="module")
def library() -> Library:
    return load.library()


@pytest.mark.parametrize("names", NAMES, ids=["plain", "ally", "acronym"])
@pytest.mark.parametrize("regional", ["no", "yes"])
@pytest.mark.parametrize("profile", sorted(load.library().profiles))
def test_a_draft_has_no_gap(library: Library, profile: str, regional: str, names: dict[str, str]) -> None:
    facts = {"regional": regional}
    text = whole(library, library.profiles[profile], names, facts)
    report = check_text(text, profile=profile, facts=facts, name="draft.md")
    assert report.documents[0].status == "judged"
    gaps = [f"{v.requirement} {v.status} {v.elements_missing or ''}" for v in report.documents[0].gaps]
    assert gaps == []


def test_a_draft_is_ordered_and_numbered(library: Library) -> None:
    text = whole(library, library.profiles["national"], {}, {})
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    titles = [title for topic, title in TOPICS.items() if f" {title}" in "\n".join(headings)]
    assert headings == [f"## {number}. {title}" for number, title in enumerate(titles, 1)]
    assert "\n1.1 " in text
    assert "TODO" not in text


def test_only_what_a_policy_lacks(library: Library) -> None:
    document = check_text(SAMPLE.read_text("utf-8"), profile="national", name="sample.md").documents[0]
    text = lacking(document, library, {"supporter": "PSV", "supporters": "PSVs"})
    assert text.startswith("# Clauses for Peer Support Program\n")
    assert text.count("*Asked by: ") <= len(document.gaps)
    for gap in document.gaps:
        assert gap.citation in text
    assert "PSV" in text


def test_the_commands(tmp_path: Path) -> None:
    target = tmp_path / "draft.md"
    ended = CliRunner().invoke(command, ["draft", "--agency", "the Town", "--output", str(target)])
    assert ended.exit_code == 0
    assert "the Town shall establish" in target.read_text("utf-8").replace("The Town", "the Town")
    assert check_text(target.read_text("utf-8"), profile="national", name="draft.md").exit_code("info") == 0
    ended = CliRunner().invoke(command, ["draft", "--for", str(SAMPLE), "--profile", "national"])
    assert "Asked by: IACP Peer Support Guidelines, point 2" in ended.output

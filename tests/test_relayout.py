"""The layout of a text changes no verdict: other numbers, other headings, other bullets, other line breaks."""

from __future__ import annotations

from pathlib import Path

import pytest
from relayout import LAYOUTS, relaid

from policylint import check_text
from policylint.outline import build
from policylint.readers import read_text

ROOT = Path(__file__).resolve().parents[1]
FIXTURES = [ROOT / "fixtures" / "sample-policy.md", ROOT / "fixtures" / "sample-policy.txt"]
CORPUS = sorted((ROOT.parent / "shared" / "corpus").glob("w*-*"))
PACKS = ("iacp", "washington-model")

AGREE = 0.97
"""Share of the verdicts that must agree. Where two levels of a list look alike, a layout does say something else."""


def verdicts(text: str, name: str) -> dict[str, str]:
    (document,) = check_text(text, packs=PACKS, name=name).documents
    assert document.status == "judged", document.reason
    return {v.requirement: v.status for v in document.verdicts}


def agreement(file: Path, layout: str) -> float:
    text = file.read_text(encoding="utf-8")
    wanted = verdicts(text, file.name)
    document = build(read_text(text, file.name), file.name, "")
    found = verdicts(relaid(document, LAYOUTS[layout]), "policy.txt")
    return sum(found[requirement] == status for requirement, status in wanted.items()) / len(wanted)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("file", FIXTURES, ids=lambda file: file.suffix)
def test_the_sample_in_other_layouts(file: Path, layout: str) -> None:
    assert agreement(file, layout) == 1


@pytest.mark.slow
@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.name[:2])
def test_the_corpus_in_other_layouts(file: Path, layout: str) -> None:
    assert agreement(file, layout) >= AGREE

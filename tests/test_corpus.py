"""How well verdicts agree with those of careful reviewers, on documents and passages outside this repository.

Nothing of those texts is printed or kept here: figures only.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policylint import check_file

SHARED = Path(__file__).resolve().parents[2] / "shared"
TOOL = SHARED / "tools" / "score.py"
GUIDELINES = SHARED / "corpus" / "001_c2d5f225d7c0292d.txt"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not TOOL.is_file(), reason=f"the labelled documents are not on this machine ({SHARED})"),
]


@cache
def tool() -> Any:
    """The scoring script of the shared folder, as a module."""
    found = importlib.util.spec_from_file_location("score", TOOL)
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@cache
def figures(what: str) -> dict[str, float]:
    """The figures of one set against the pack iacp: accuracy, gap F2, elements P and R, evidence hit, verbatim."""
    score = tool()
    folders = {name: SHARED / name for name in ("labels", "corpus", "challenge", "measure")}
    args = argparse.Namespace(what=what, only="iacp", **folders)
    with contextlib.redirect_stdout(io.StringIO()):
        total = (score.score_labels if what == "labels" else score.score_challenge)(args)
        accuracy, f2 = total.report(what)
    found = {"n": float(sum(total.confusion.values())), "accuracy": accuracy, "gap F2": f2}
    e, quoted, verbatim = total.elements, total.evidence, total.verbatim
    if e:
        found["elements P"] = e["tp"] / (e["tp"] + e["fp"] or 1)
        found["elements R"] = e["tp"] / (e["tp"] + e["fn"] or 1)
    if quoted["shown"]:
        found["evidence hit"] = quoted["hit"] / quoted["shown"]
    if verbatim["shown"]:
        found["verbatim"] = verbatim["found"] / verbatim["shown"]
    return found


FLOORS = {
    "labels": {
        "accuracy": 0.85,
        "gap F2": 0.95,
        "verbatim": 1.0,
        "evidence hit": 0.90,
        "elements P": 0.90,
        "elements R": 0.90,
    },
    "challenge": {"accuracy": 0.82},
    "measure": {"accuracy": 0.72},
}


def below(what: str) -> Iterator[str]:
    """The figures of a set that are too low, one a line."""
    for name, floor in FLOORS[what].items():
        got = figures(what).get(name, 0.0)
        if got < floor:
            yield f"{what} {name} {got:.3f} < {floor}"


@pytest.mark.parametrize("what", FLOORS)
def test_agreement(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = "  ".join(f"{name} {value:.3f}" for name, value in figures(what).items() if name != "n")
    with capsys.disabled():
        print(f"\n{what} x iacp, {figures(what)['n']:.0f} verdicts: {line}")  # noqa: T201 - the figures are what a reader of the run wants
    lacking = list(below(what))
    assert lacking == []


def test_the_guidelines_meet_their_own_pack(capsys: pytest.CaptureFixture[str]) -> None:
    (document,) = check_file(GUIDELINES, packs=["iacp"]).documents
    met = [v.requirement for v in document.verdicts if v.status == "met"]
    others = {v.requirement: v.status for v in document.verdicts if v.status != "met"}
    with capsys.disabled():
        print(f"\nthe guidelines against their own pack: {len(met)} of {len(document.verdicts)} met")  # noqa: T201 - the figures are what a reader of the run wants
    assert "conflict" not in others.values(), others
    assert len(met) >= 46, others

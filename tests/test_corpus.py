"""How well verdicts agree with those of careful reviewers, on documents and passages outside this repository.

Nothing of those texts is printed or kept here: figures only.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import io
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
def figures(what: str, only: str | None = None) -> dict[str, float]:
    """The figures of one set, of all catalogues or one: accuracy, gap F2, elements P and R, evidence hit, verbatim."""
    score = tool()
    folders = {name: SHARED / name for name in ("labels", "corpus", "challenge", "measure")}
    args = argparse.Namespace(what=what, only=only, **folders)
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
    ("labels", None): {"accuracy": 0.85, "gap F2": 0.95, "verbatim": 1.0},
    ("labels", "iacp"): {
        "accuracy": 0.85,
        "gap F2": 0.95,
        "verbatim": 1.0,
        "evidence hit": 0.90,
        "elements P": 0.90,
        "elements R": 0.90,
    },
    ("challenge", None): {"accuracy": 0.82, "verbatim": 1.0},
    ("measure", None): {"accuracy": 0.72, "verbatim": 1.0},
} | {
    (what, pack): {"accuracy": floor}
    for what, floor in (("challenge", 0.75), ("measure", 0.65))
    for pack in ("iacp", "washington-model", "utah-78b-5", "rcw-5-60-060", "montana-7-32-602", "california-8669")
}
"""Set and catalogue (None: all) -> the least that each figure must be."""


@pytest.mark.parametrize("what, only", FLOORS)
def test_agreement(what: str, only: str | None, capsys: pytest.CaptureFixture[str]) -> None:
    found = figures(what, only)
    line = "  ".join(f"{name} {value:.3f}" for name, value in found.items() if name != "n")
    with capsys.disabled():
        print(f"\n{what} x {only or 'all'}, {found['n']:.0f} verdicts: {line}")  # noqa: T201 - the figures are what a reader of the run wants
    lacking = [
        f"{name} {found.get(name, 0.0):.3f} < {least}"
        for name, least in FLOORS[what, only].items()
        if found.get(name, 0.0) < least
    ]
    assert lacking == []


def test_the_washington_model_policy_meets_its_own_pack() -> None:
    (document,) = check_file(SHARED / "corpus" / "004_6c89c51fa736023e.txt", packs=["washington-model"]).documents
    statuses = {v.requirement: v.status for v in document.verdicts}
    others = {k: v for k, v in statuses.items() if v not in ("met", "not_applicable")}
    assert "conflict" not in others.values(), others
    assert len(statuses) - len(others) >= 74, others


def test_guidelines_that_reprint_the_utah_statute_meet_it() -> None:
    (document,) = check_file(SHARED / "corpus" / "000_2559f3b90e53b2e9.txt", packs=["utah-78b-5"]).documents
    assert {v.requirement: v.status for v in document.verdicts if v.status != "met"} == {}


def test_a_guideline_yields_to_the_statute_in_utah() -> None:
    (document,) = check_file(SHARED / "corpus" / "000_2559f3b90e53b2e9.txt", profile="utah").documents
    found = next(v for v in document.verdicts if v.requirement == "IACP-24")
    assert found.status == "not_applicable"
    assert "78B-5-903(3)" in found.message


def test_a_denial_of_privilege_conflicts_with_the_statute_in_washington() -> None:
    (document,) = check_file(SHARED / "corpus" / "003_acdbefbbf4bc9c07.txt", profile="washington").documents
    found = next(v for v in document.verdicts if v.requirement == "RCW-6-noclaim")
    assert found.status == "conflict"
    assert "privilege" in " ".join(e.quote for e in found.evidence)
    assert found.citation.startswith("RCW 5.60.060(6)")


def test_the_guidelines_meet_their_own_pack(capsys: pytest.CaptureFixture[str]) -> None:
    (document,) = check_file(GUIDELINES, packs=["iacp"]).documents
    met = [v.requirement for v in document.verdicts if v.status == "met"]
    others = {v.requirement: v.status for v in document.verdicts if v.status != "met"}
    with capsys.disabled():
        print(f"\nthe guidelines against their own pack: {len(met)} of {len(document.verdicts)} met")  # noqa: T201 - the figures are what a reader of the run wants
    assert "conflict" not in others.values(), others
    assert len(met) >= 46, others

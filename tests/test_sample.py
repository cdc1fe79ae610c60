"""The bundled sample policy through the real engine: what a user who runs `make demo` sees.

When a verdict changes on purpose: read the difference, then `python -m pytest tests/test_sample.py --snapshot-update`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from policylint import Verdict, check_file

Run = Callable[..., Any]
ROOT = Path(__file__).resolve().parents[1]
POLICY = "fixtures/sample-policy.md"


@pytest.fixture(autouse=True)
def in_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reports name a file as the user did."""
    monkeypatch.chdir(ROOT)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_report(cli: Run, snapshot: SnapshotAssertion, form: str) -> None:
    ended = cli("check", POLICY, "--format", form)
    assert (ended.code, ended.err) == (1, "")
    # Neither the version nor a comment in a pack changes what the report says of the policy.
    assert _without_versions(ended.out) == snapshot


def _without_versions(report: str) -> str:
    if not report.startswith("{"):
        return report
    parsed = json.loads(report)
    parsed["tool"]["version"] = "-"
    for pack in parsed["packs"]:
        pack["sha256"] = "-"
    return json.dumps(parsed, ensure_ascii=False, indent=2)


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_same_input_gives_the_same_bytes(cli: Run, form: str) -> None:
    first, second = (cli("check", POLICY, "--format", form) for _ in range(2))
    assert first.out == second.out


def _verdicts(name: str) -> dict[str, Verdict]:
    (document,) = check_file(ROOT / "fixtures" / name, packs=["iacp"]).documents
    return {v.requirement: v for v in document.verdicts}


def test_text_and_markdown_are_judged_alike() -> None:
    markdown, text = _verdicts("sample-policy.md"), _verdicts("sample-policy.txt")
    assert {r: v.status for r, v in markdown.items()} == {r: v.status for r, v in text.items()}
    assert {r: v.elements_covered for r, v in markdown.items()} == {r: v.elements_covered for r, v in text.items()}


@pytest.mark.parametrize("name", ["sample-policy.md", "sample-policy.txt"])
def test_every_quote_stands_where_it_says(name: str) -> None:
    text = (ROOT / "fixtures" / name).read_text(encoding="utf-8")
    shown = [e for v in _verdicts(name).values() for e in (*v.evidence, *filter(None, [v.closest]))]
    assert shown
    for each in shown:
        assert " ".join(text[each.start : each.end].split()) == each.quote
        assert text.count("\n", 0, each.start) + 1 == each.line


def test_the_sample_has_gaps_of_every_kind() -> None:
    statuses = {v.status for v in _verdicts("sample-policy.md").values()}
    assert statuses == {"met", "weak", "partial", "missing", "conflict"}

"""Every command of docs/waivers-and-baseline.md is run, in order, and prints what the page says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from conftest import Run

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "waivers-and-baseline.md"
DAY = "1782777600"  # 2026-06-30


def commands() -> list[tuple[str, str]]:
    """Each command of the page with what it prints; "…" stands for anything."""
    found = []
    for block in re.findall(r"^```console\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            found.append((command, output))
    return found


def test_the_page(cli: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    policy = tmp_path / "policies" / "peer-support.md"
    policy.parent.mkdir()
    policy.write_bytes((ROOT / "fixtures" / "sample-policy.md").read_bytes())
    asked = commands()
    assert len(asked) > 8
    for command, output in asked:
        program, *arguments = shlex.split(command)
        if program == "cat":
            printed = Path(arguments[0]).read_text(encoding="utf-8")
        else:
            assert program == "policylint"
            ended = cli(*arguments)
            assert ended.code in (0, 1), ended.err
            printed = ended.out + ended.err
        wanted = "".join(".*?" if piece == "…" else re.escape(piece) for piece in re.split("(…)", output))
        assert re.fullmatch(wanted, printed, re.DOTALL), f"{command}\n{printed}"

"""The examples of docs/writing-rules.md: its last section says what each kind of block means; test_docs.py runs its commands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from doc_pages import Block, blocks
from test_docs import write

from policylint.assess.match import Counted, find
from policylint.language import analyse
from policylint.outline import build
from policylint.packs import load
from policylint.packs.models import Library, Pattern
from policylint.packs.patterns import parse_pattern
from policylint.packs.phrases import NotationError
from policylint.packs.vocabulary import Vocabulary
from policylint.readers import read_text

PAGE = "docs/writing-rules.md"
RULES = "myrules"
END = 10**9
KINDS = {"yaml", "console", "failure", "patterns", "errors"}


def of_kind(kind: str) -> list[Block]:
    return [block for block in blocks(PAGE) if block.kind == kind]


def rules_before(line: int, folder: Path) -> Path:
    """A folder with the folder of rules as the page has built it up to a line."""
    for block in of_kind("yaml"):
        if block.line < line:
            write(block, folder)
    return folder


@cache
def lexicon() -> Vocabulary:
    """The lexicon of the page."""
    with TemporaryDirectory() as name:
        return load.load_vocabulary(rules_before(END, Path(name)) / RULES / "checks")


def test_every_block_is_of_a_known_kind() -> None:
    assert {block.kind for block in blocks(PAGE)} == KINDS


@pytest.mark.parametrize("block", of_kind("failure"), ids=lambda block: f"line {block.line}")
def test_failure(block: Block, cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old, new = re.findall(r'"([^"]*)"', block.about)
    monkeypatch.chdir(rules_before(block.line, tmp_path))
    changed = [p for p in Path(RULES, "checks").rglob("*.yaml") if old in p.read_text(encoding="utf-8")]
    assert changed
    for path in changed:
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    ended = cli("test", RULES, "--alone")
    assert ended.code == 1
    assert ended.out == block.text


def examples(block: Block) -> Iterator[tuple[str, str, str]]:
    """Pattern, what is wanted, sentence (or message)."""
    pattern = ""
    for line in block.text.splitlines():
        if line.startswith(" "):
            wanted, _, rest = line.strip().partition(": ")
            yield pattern, wanted, rest
        elif line:
            pattern = line


@cache
def compiled(text: str) -> tuple[Library, Pattern]:
    vocabulary = Vocabulary(lexicon().concepts)
    pattern = parse_pattern(text, vocabulary)
    return Library({}, {}, vocabulary.concepts, {}), pattern


@pytest.mark.parametrize(
    ("pattern", "wanted", "sentence"), [e for block in of_kind("patterns") for e in examples(block)]
)
def test_patterns(pattern: str, wanted: str, sentence: str) -> None:
    library, parsed = compiled(pattern)
    analysis = analyse(build(read_text(sentence, "x"), "x", ""), library)
    forces = [match.force for match in find(parsed, analysis, Counted())]
    if wanted in ("yes", "no"):
        assert bool(forces) == (wanted == "yes")
    else:
        assert forces == [wanted]


@pytest.mark.parametrize(("pattern", "wanted", "message"), [e for block in of_kind("errors") for e in examples(block)])
def test_errors(pattern: str, wanted: str, message: str) -> None:
    assert wanted == "error"
    with pytest.raises(NotationError) as caught:
        parse_pattern(pattern, Vocabulary(lexicon().concepts))
    assert caught.value.message == message

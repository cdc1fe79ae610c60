"""The pages of the documentation as what a reader would do: files to write, and commands to type with what they print.

    ```yaml file=policylint.yaml        the block is written to that file (append=PATH: added to it); any language
    ```console                          each line after "$ " is typed, in the order of the page, in one folder for the page
    ```console exit=3                   so does this block, and its last command ends with that code (else 0, or 1 for gaps)
    ```python                           is run
    ```synopsis                         how a command is written: what it names must exist

What stands below a command is what it prints, standard error first; "…" stands for anything. Nothing below it: anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    path.relative_to(ROOT).as_posix(): path
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    if "generate" not in path.parts
}
"""By their path from the repository's root."""

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<kind>\w+)(?P<about>[^\n]*)\n(?P<text>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL
)
_INDENTED = re.compile(r"(?:^ {4,}\S[^\n]*\n(?:\n(?= {4}))?)+", re.MULTILINE)
_PROGRAM = re.compile(r"(?:policylint|python|pip|make|git|pre-commit) ")


@dataclass(frozen=True, slots=True)
class Block:
    """A block of code of a page: the word after its backticks, what else stands there, its text, its first line."""

    kind: str
    about: str
    text: str
    line: int

    def named(self, key: str) -> str:
        """The value of `key=value` beside its kind, or ""."""
        found = re.search(rf"\b{key}=(\S+)", self.about)
        return found[1] if found else ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, what the page shows of its output ("" for nothing shown), and the exit codes it may have."""

    command: str
    output: str
    codes: tuple[int, ...]
    line: int


@cache
def blocks(page: str) -> tuple[Block, ...]:
    """The fenced blocks of a page, and the commands that the README shows in indented ones."""
    text = PAGES[page].read_text(encoding="utf-8")
    fenced = [
        Block(
            m["kind"],
            m["about"].strip(),
            re.sub(rf"^{m['indent']}", "", m["text"], flags=re.MULTILINE),
            text.count("\n", 0, m.start()) + 2,
        )
        for m in _FENCE.finditer(text)
    ]
    return tuple(sorted((*fenced, *_indented(text)), key=lambda block: block.line))


def _indented(text: str) -> Iterator[Block]:
    unfenced = _FENCE.sub(lambda m: "\n" * m[0].count("\n"), text)
    for found in _INDENTED.finditer(unfenced):
        line, shown = unfenced.count("\n", 0, found.start()) + 1, dedent(found[0])
        if shown.startswith("import policylint"):
            yield Block("python", "", shown, line)
        elif _PROGRAM.match(shown):
            typed = "".join(f"$ {each}\n" for each in shown.splitlines() if _PROGRAM.match(each))
            yield Block("console", "indented", typed, line)


def typed(block: Block) -> list[Typed]:
    """The commands of a console block."""
    parts = re.split(r"^\$ ", block.text, flags=re.MULTILINE)
    assert not parts[0].strip(), f"line {block.line}: a console block begins with a command"
    found = [part.partition("\n") for part in parts[1:]]
    code = block.named("exit")
    last = len(found) - 1
    return [
        Typed(command, output, (int(code),) if code and at == last else (0, 1), block.line)
        for at, (command, _, output) in enumerate(found)
    ]


def fits(output: str, printed: str) -> bool:
    """Whether a command printed what the page shows."""
    shown = output.strip("\n")
    if not shown:
        return True
    pattern = "".join(".*?" if piece == "…" else re.escape(piece) for piece in re.split("(…)", shown))
    return re.fullmatch(pattern, printed.strip("\n"), re.DOTALL) is not None

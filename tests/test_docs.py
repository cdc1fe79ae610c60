"""Every command that the documentation shows is run, and prints what the page says; `doc_pages` tells how a page is read."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import doc_pages
import pytest
from conftest import Run
from doc_pages import PAGES, ROOT, Block, Typed

from policylint.cli import policylint as program

FIXTURES = ROOT / "fixtures"
DAY = "1782777600"  # 2026-06-30: what depends on the day is as the pages show it

# What a reader has in his folder, by the names that the pages use.
HIS_FILES = {
    "policy.md": "sample-policy.md",
    "policy.txt": "sample-policy.txt",
    "policy.docx": "formats/sample-policy.docx",
    "policy.pdf": "formats/sample-policy.pdf",
    "manual.pdf": "formats/sample-policy.pdf",
    "scan.pdf": "formats/sample-policy-scan.pdf",
    "old.docx": "formats/sample-policy.docx",
    "new.docx": "formats/sample-policy.docx",
    "fire/policy.md": "sample-policy.md",
    "policies/peer-support.md": "sample-policy.md",
    "labels": "evaluate/labels",
    "corpus": "evaluate/corpus",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with the reader's files, and the command `policylint` on the search path."""
    home = tmp_path / "repository"
    (home / ".git").mkdir(parents=True)
    for name, source in HIS_FILES.items():
        (home / name).parent.mkdir(exist_ok=True)
        copy = shutil.copytree if (FIXTURES / source).is_dir() else shutil.copyfile
        copy(FIXTURES / source, home / name)
    (home / "fixtures").symlink_to(FIXTURES)
    command = tmp_path / "bin" / "policylint"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m policylint "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(command.parent), prepend=os.pathsep)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(home)
    return home


# -- what is not typed into that folder ------------------------------------------------------------------------------


def _make(arguments: list[str]) -> None:
    """Installs anew, and `make test` would start these tests: make says what it would do. `make docs` is run by test_site.py."""
    subprocess.run(["make", "--dry-run", *arguments], cwd=ROOT, capture_output=True, check=True)


def _script(arguments: list[str]) -> None:
    """Scripts of this repository that take minutes, or the labelled documents: they are there and know their options."""
    if arguments[:2] == ["-m", "pytest"]:
        arguments = arguments[2:]
        files = [each.partition("::")[0] for each in arguments if not each.startswith("-")]
        assert files
        assert all((ROOT / file).is_file() for file in files)
        return
    source = (ROOT / arguments[0]).read_text(encoding="utf-8")
    assert all(option in source for option in arguments[1:] if option.startswith("--"))


def _installed(arguments: list[str]) -> None:
    """Installing is tried for real in test_hooks.py and test_wheel.py; the extras that are named exist."""
    assert arguments[0] == "install"
    known = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for extra in re.findall(r"\[(\w+)\]", " ".join(arguments)):
        assert re.search(rf"^{extra} = \[", known, re.MULTILINE)


def _jq(arguments: list[str]) -> None:
    """Not ours, and not everywhere: the file it reads is there, and where it is installed it can read it."""
    report = Path(arguments[-1]).read_bytes()
    if shutil.which("jq"):
        assert subprocess.run(["jq", *arguments], capture_output=True, check=True).stdout < report


def _all_examples(arguments: list[str]) -> None:
    """`policylint test` without arguments takes a minute; test_all_rules.py runs every example."""
    assert arguments == []


def _hooks(arguments: list[str]) -> None:
    """Run for real in test_hooks.py; here: it is a command that pre-commit has."""
    assert arguments[0] in {"install", "run", "try-repo", "autoupdate"}


ELSEWHERE: dict[str, Callable[[list[str]], None]] = {
    "make": _make,
    "python": _script,
    "pip": _installed,
    "pre-commit": _hooks,
    "jq": _jq,
    "policylint test": _all_examples,
}


# -- every page -------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("rules_kept")
@pytest.mark.parametrize("page", PAGES)
def test_the_page_says_what_happens(page: str, cli: Run, folder: Path) -> None:
    for block in doc_pages.blocks(page):
        if block.kind == "console":
            for command in doc_pages.typed(block):
                do(command, f"{page}:{block.line}", cli)
        elif block.kind == "python":
            exec(compile(block.text, f"{page}:{block.line}", "exec"), {})  # noqa: S102 - that is what is tested
        elif block.named("file") or block.named("append"):
            write(block, folder)


def do(typed: Typed, where: str, cli: Run) -> None:
    """Type a command, and compare."""
    words = shlex.split(typed.command, comments=True)
    name = " ".join(words) if " ".join(words) in ELSEWHERE else words[0]
    if name in ELSEWHERE and not set(words) & {"|", ">", "<"}:
        ELSEWHERE[name](words[len(name.split()) :])
        assert not typed.output.strip(), f"{where}: nothing runs this here, so its output could be wrong"
        return
    code, *streams = ended(typed.command, words, cli)
    printed = "".join(streams)
    assert code in typed.codes, f"{where}: {typed.command}\n{printed[:2000]}"
    # A terminal shows both streams in turn; which comes first is not looked at.
    assert any(doc_pages.fits(typed.output, text) for text in (printed, "".join(reversed(streams)))), (
        f"{where}: {typed.command}\n{printed[:2000]}"
    )


def ended(command: str, words: list[str], cli: Run) -> tuple[int, str, str]:
    """Exit code, standard error and output; a command without a shell's signs is run in this process, which is faster."""
    if words[0] == "policylint" and not re.search(r"[|<>;&$`]", re.sub(r"'[^']*'|\"[^\"]*\"", "", command)):
        done = cli(*words[1:])
        return done.code, done.err, done.out
    run = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in run.stderr
    return run.returncode, run.stderr, run.stdout


def write(block: Block, folder: Path) -> None:
    """Write or append the file that a block shows."""
    name = block.named("file") or block.named("append")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w" if block.named("file") else "a", encoding="utf-8") as file:
        file.write(block.text)


@pytest.mark.parametrize("page", [page for page in PAGES if page != "README.md"])
def test_commands_stand_where_they_are_run(page: str) -> None:
    for block in doc_pages.blocks(page):
        assert block.about != "indented", f"{page}:{block.line}: show a command in a console block"
        if block.kind not in {"console", "synopsis"}:
            strange = [line for line in block.text.splitlines() if re.match(r"\$ |policylint [a-z]", line)]
            assert not strange, f"{page}:{block.line}: {strange[0]}"


def spoken() -> Iterator[tuple[str, str]]:
    """Page and command, for each one that is named in a sentence or a synopsis."""
    for page, path in PAGES.items():
        text = path.read_text(encoding="utf-8")
        for found in re.findall(r"(?<!`)`(policylint [a-z][^`\n]*)`(?!`)", text):
            yield page, found
        for block in doc_pages.blocks(page):
            if block.kind == "synopsis":
                yield from ((page, line) for line in block.text.splitlines() if line)


@pytest.mark.parametrize(("page", "command"), list(dict.fromkeys(spoken())))
def test_what_a_page_speaks_of_exists(page: str, command: str) -> None:
    found: click.Command | None = program
    words = command.split()[1:]
    while isinstance(found, click.Group) and words and re.fullmatch(r"[a-z-]+", words[0]):
        found = found.get_command(click.Context(found), words.pop(0))
    assert found is not None, f"{page}: there is no such command"
    known = {option for parameter in found.params for option in parameter.opts} | {"--help", "--version"}
    options = re.findall(r"(?<![\w-])(--?[a-z][a-z-]*)", " ".join(words))
    assert not set(options) - known, f"{page}: {command}"


def test_the_pages_show_many_commands() -> None:
    shown = [t for page in PAGES for b in doc_pages.blocks(page) if b.kind == "console" for t in doc_pages.typed(b)]
    assert len(shown) > 60

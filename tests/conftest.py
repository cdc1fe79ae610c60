"""What many tests need: a report built by hand, with every status and everything that makes printing hard."""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from policylint.cache.results import open_cache
from policylint.cli import run
from policylint.judging import ready
from policylint.packs import data, strict_yaml
from policylint.report import DocumentReport, Evidence, PackInfo, Report, Verdict, fingerprint, severity

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# The same examples in every run: a commit that passes here passes everywhere. `--hypothesis-profile=default` tries others.
hypothesis.settings.register_profile("policylint", derandomize=True)
hypothesis.settings.load_profile("policylint")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test begins with nothing kept of earlier runs, and leaves the user's own cache alone."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("POLICYLINT_CACHE_DIR", str(folder))
    return folder


@pytest.fixture(scope="session", autouse=True)
def shipped_rules_are_parsed_once() -> None:
    """The files that ship do not change while tests run; hundreds of tests load them beside rules of their own."""
    read, shipped = strict_yaml.read, (data.checks_dir(), data.packs_dir())
    kept = functools.cache(read)

    def read_once(path: Path, name: str, *more: str, **options: bool) -> strict_yaml.RuleFile:
        ours = any(path.is_relative_to(folder) for folder in shipped)
        return kept(path, name, *more) if ours and not options else read(path, name, *more, **options)

    strict_yaml.read = read_once


@pytest.fixture(scope="session")
def rules_made_ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds nothing but the rules, for the profile `national`."""
    folder = tmp_path_factory.mktemp("rules")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("POLICYLINT_CACHE_DIR", str(folder))
        patch.setattr(ready, "_LOADED", {})
        cache = open_cache()
        for packs in (frozenset[str](), frozenset(["iacp"])):
            ready.ready_rules(packs, (), cache)
    return folder


@pytest.fixture
def rules_kept(own_cache: Path, rules_made_ready: Path) -> Path:
    """The test's own cache, with the rules in it: for tests that start processes, each of which would have to parse them."""
    for path in rules_made_ready.rglob("*"):
        if path.is_file():
            place = own_cache / path.relative_to(rules_made_ready)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)
    return own_cache


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium; its tests carry `chromium.MARKS`."""
    import chromium  # few tests need Playwright

    yield from chromium.launched()


def evidence(
    quote: str, *section: str, line: int = 1, end_line: int | None = None, page: int | None = None
) -> Evidence:
    return Evidence(quote, section, line, end_line or line, page, 10 * line, 10 * line + len(quote))


def verdict(requirement: str, force: str, status: str, **more: object) -> Verdict:
    made = Verdict(
        requirement=requirement,
        pack="demo",
        check="a-check",
        topic="records",
        force=force,
        status=status,
        severity=severity(force, status),
        fingerprint=fingerprint(requirement),
        citation=f"Demo guideline, point {requirement.partition('-')[2]}",
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def verdicts() -> tuple[Verdict, ...]:
    near = evidence("The coordinator files training records.", "3. Records", line=30, page=2)
    return (
        verdict(
            "DEMO-10a",
            "must",
            "missing",
            closest=near,
            message="No statement says that notes of contacts are not kept.",
            remedy="Peer supporters shall keep no notes of a contact. This holds for paper, for electronic files and for "
            "messages alike, and for the supporter's own notebook.",
        ),
        verdict(
            "DEMO-2",
            "should",
            "partial",
            elements_covered=("crisis_management",),
            elements_missing=("grief", "substance_abuse"),
            evidence=(
                evidence(
                    "Training\u202e covers\u00a0crisis\x1b[31m management.", "2. Training", "a.", line=12, end_line=14
                ),
            ),
            message="The training covers some of the listed topics.",
            remedy="The training shall cover:\n- grief\n- substance abuse",
        ),
        verdict(
            "DEMO-3",
            "must",
            "weak",
            topic="roles",
            evidence=(evidence("Members should refer cases.", line=40), evidence("Referral is advised.", line=55)),
            message="Said with should, asked with must.",
        ),
        verdict(
            "DEMO-9",
            "may",
            "conflict",
            topic="roles",
            evidence=(evidence("No member may take a leave of absence.", "7. Leave", line=70, page=4),),
            message="The document says the opposite.",
            remedy="Members may take a leave of absence.",
        ),
        verdict(
            "DEMO-4",
            "must",
            "met",
            topic="roles",
            evidence=(evidence("Members are volunteers.", line=8),),
            message="Said.",
        ),
        verdict("DEMO-5", "should", "not_applicable", topic="regional", message="The program is not regional."),
    )


@pytest.fixture
def report(verdicts: tuple[Verdict, ...]) -> Report:
    """Two documents that were judged, one with gaps and one without, and one that could not be read."""
    judged = DocumentReport(
        path="policies/peer support.md",
        sha256="ab" * 32,
        format="markdown",
        title="Peer Support Team — Policy 1031",
        pages=5,
        words=1234,
        verdicts=verdicts,
        notes=("Left out as a running header: “Policy 1031”.",),
        sections=7,
        statements=61,
    )
    clean = DocumentReport("b.txt", "cd" * 32, "text", words=10, verdicts=verdicts[4:5], sections=1, statements=1)
    unread = DocumentReport("c.txt", status="not_judged", reason="There is no such file or folder.")
    return Report(
        "9.9.9", (PackInfo("demo", "1", "ef" * 32, "Nobody", "guideline"),), (judged, clean, unread), "national"
    )


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process: `cli("check", path, stdin=b"...")`."""

    def run_it(*arguments: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = run([str(each) for each in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ended(code, out, err)

    return run_it


FIXTURES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture
def sample() -> Path:
    """The bundled draft policy: peer support, with gaps of every kind."""
    return FIXTURES / "sample-policy.md"

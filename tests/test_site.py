"""The documentation site: a page for every requirement and check with all that is known of it, built without a network."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
import rule_pages
import schema_tables
import sentences
from lxml import html
from playwright.sync_api import sync_playwright

from policylint import remedy
from policylint.packs.load import library
from policylint.packs.models import Check, Requirement

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
REQUIREMENTS, CHECKS = list(library().requirements.values()), list(library().checks.values())


@cache
def pages() -> dict[str, str]:
    return rule_pages.pages(library())


def folded(text: str) -> str:
    return " ".join(text.split())


# -- pages from the rules ---------------------------------------------------------------------------------------------


def test_every_rule_has_a_page_of_its_own() -> None:
    made = pages()
    rules = library()
    wanted = {
        *(f"requirements/{id_}.md" for id_ in rules.requirements),
        *(f"checks/{id_}.md" for id_ in rules.checks),
        *(f"packs/{id_}.md" for id_ in rules.packs),
        *(f"topics/{check.topic}.md" for check in rules.checks.values()),
        *(f"{index}/index.md" for index in ("requirements", "checks", "packs", "topics")),
    }
    assert set(made) == wanted
    # On a disk that takes "A.md" for "a.md" no page may overwrite another one.
    assert len({path.casefold() for path in made}) == len(made)


def test_the_same_rules_give_the_same_pages() -> None:
    assert rule_pages.pages(library()) == pages()


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda r: r.id)
def test_a_requirement_can_be_reached_from_its_indexes(requirement: Requirement) -> None:
    for index in ("requirements/index", f"packs/{requirement.pack}", f"topics/{requirement.topic}"):
        assert f"{requirement.id}.md)" in pages()[f"{index}.md"]


def test_a_phrase_is_shown_as_its_author_wrote_it() -> None:
    from policylint.packs.phrases import parse_phrase

    for text in ("peer {support|wellness} [team] member", "{any record} of {supportive contact}"):
        assert rule_pages.spelt(parse_phrase(text)) == text
    assert rule_pages.spelt(parse_phrase("{a|b|c|d|e|f|g}")) == "{a|b|c|d|e|f|…}"


# -- sentences and fields ---------------------------------------------------------------------------------------------


def raised() -> Iterator[tuple[str, int, ast.Call]]:
    for path in sorted((ROOT / "policylint").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                yield path.relative_to(ROOT).as_posix(), node.lineno, node.exc


def test_sentences_are_found_wherever_one_is_raised() -> None:
    kinds = set(sentences.KINDS) - {"BadParameter"}
    modules = {path for path, _, call in raised() if isinstance(call.func, ast.Name) and call.func.id in kinds}
    told = {f"policylint/{s.module}" for s in sentences.sentences(ROOT / "policylint")}
    # These pass on the sentence of somebody else, which is told where it was made.
    passing = {"policylint/files.py"}
    assert len(modules) > 30
    assert modules - told <= passing


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("There is no pack '…'.", ""),
        ("The file is empty: there is no text in it.", "Check that it was saved."),
        ("The PDF is encrypted with a password.", "Save a copy without a password and check that."),
        (
            "Reading it took longer than … seconds and was stopped.",
            "Allow more with --read-seconds, or give a part with --pages.",
        ),
        ("Rule files end in .yaml.", "Rename the file."),
    ],
)
def test_a_sentence_is_told_as_it_is_said(text: str, hint: str) -> None:
    assert (text, hint) in {(s.text, s.hint) for s in sentences.sentences(ROOT / "policylint")}


def test_every_field_of_a_report_is_in_a_table() -> None:
    path = ROOT / "docs" / "schema" / "policylint-report-1.json"
    made = schema_tables.tables(path)
    keys = set(re.findall(r'"(\w+)": \{', path.read_text(encoding="utf-8"))) - {
        "properties",
        "items",
        "$defs",
        "if",
        "then",
        "else",
    }
    named = set(re.findall(r"`(\w+)`", made))
    assert keys - named <= {"additionalProperties"}


# -- the site, built --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `make docs` builds it, which fails at the first warning."""
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", folder],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder


@cache
def parsed(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_bytes())


@cache
def words(path: Path) -> str:
    (article,) = parsed(path).cssselect("article")
    return folded(article.text_content())


@pytest.mark.slow
def test_a_requirement_is_shown_with_all_that_is_known_of_it(site: Path) -> None:
    for requirement in REQUIREMENTS:
        shown = words(site / "requirements" / f"{requirement.id}.html")
        check = library().check_for.get(requirement.id)
        wanted = [requirement.text, requirement.citation, library().packs[requirement.pack].title]
        wanted += [*requirement.elements.values(), remedy.render(requirement.model_language)]
        wanted += [check.limits, *_examples(check, requirement.id)] if check else [requirement.manual_reason]
        assert [text for text in map(folded, wanted) if text not in shown] == [], requirement.id


@pytest.mark.slow
def test_a_check_is_shown_with_all_its_patterns_and_examples(site: Path) -> None:
    for check in CHECKS:
        shown = words(site / "checks" / f"{check.id}.html")
        wanted = [check.title, check.limits, *check.serves, *(p.text for p in check.patterns), *_examples(check, None)]
        assert [text for text in map(folded, wanted) if text not in shown] == [], check.id


def _examples(check: Check, requirement: str | None) -> list[str]:
    return [e.text for e in check.examples if requirement is None or e.requirement in (None, requirement)]


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere_and_every_link_leads_somewhere(site: Path) -> None:
    found = sorted(site.rglob("*.html"))
    assert len(found) > 400
    broken, foreign = set(), set()
    for path in found:
        for element, attribute, link, _ in parsed(path).iterlinks():
            target = urlsplit(link)
            if target.scheme or target.netloc:
                if (element.tag, attribute) != ("a", "href"):
                    foreign.add((element.tag, link))
            # The page for wrong addresses cannot know where it is shown.
            elif target.path and path.name != "404.html" and not (path.parent / unquote(target.path)).exists():
                broken.add((path.relative_to(site).as_posix(), link))
    assert (broken, foreign) == (set(), set())
    styles = "".join(path.read_text(encoding="utf-8") for path in site.rglob("*.css"))
    assert not re.findall(r"(?:url\(|@import )['\"]?(?:https?:)?//[^)'\"]+", styles)


@pytest.mark.slow
@pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("POLICYLINT_BROWSER"),
    reason="no Chromium is installed (apt-get install chromium); POLICYLINT_BROWSER=1 makes that an error",
)
def test_a_browser_asks_nothing_of_the_network(site: Path) -> None:
    assert CHROMIUM is not None, "POLICYLINT_BROWSER is set, and no Chromium is installed"
    asked: list[str] = []
    faults: list[str] = []
    with sync_playwright() as playwright:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if root else [])
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        for name in (
            "index.html",
            "requirements/IACP-26.html",
            "checks/no-written-records.html",
            "troubleshooting.html",
        ):
            page.goto((site / name).as_uri())
            page.wait_for_load_state("load")
            assert page.locator("h1").first.is_visible()
        page.get_by_placeholder("Search").first.fill("doughnuts grief")
        page.locator(".md-search-result__item").first.wait_for()  # searching works without a server
        browser.close()
    assert len(asked) > 8
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert faults == []

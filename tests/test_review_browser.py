"""The dashboard of a review of a thousand agencies in a real browser: headless Chromium through Playwright, from a file on disk."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import chromium
import hand_built_review
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from policylint.review.compare import compare
from policylint.review.comparison import page as comparison_page
from policylint.review.folder.dashboard import dashboard
from policylint.review.folder.overview import Overview, overview_of

pytestmark = chromium.MARKS

WIDE, PHONE = (1366, 900), (390, 844)
AGENCIES = 1000


@pytest.fixture(scope="module")
def overview() -> Overview:
    path = Path(__file__).parents[1] / "bench" / "made_review.py"
    spec = importlib.util.spec_from_file_location("made_review", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return overview_of(made.MadeReview(AGENCIES))


@pytest.fixture(scope="module")
def files(overview: Overview, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("review")
    hostile = hand_built_review.hand_built_review()
    pages = {
        "many": dashboard(overview, "9.9.9"),
        "hostile": dashboard(overview_of(hostile), "9.9.9"),
        "comparison": comparison_page(compare(_before(hostile), hostile)),
    }
    for name, content in pages.items():
        (folder / f"{name}.html").write_text(content, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in pages}


def _before(review: hand_built_review.Review) -> hand_built_review.Review:
    """An earlier round, in which one agency met more."""
    report = hand_built_review.document(ACT_7="met")
    return replace(review, reviewed=[replace(r, report=report) for r in review.reviewed[1:]])


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, files: dict[str, Path]) -> Iterator[Open]:
    """Open a page: `open_page("many", size=PHONE, color_scheme="dark")`. Nothing may be logged or requested."""
    said: list[str] = []
    asked: list[str] = []
    contexts = []

    def opened(name: str = "many", size: tuple[int, int] = WIDE, **options: object) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: asked.append(request.url.partition("#")[0]))
        page.goto(files[name].as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()
    assert said == []
    assert set(asked) <= {path.as_uri() for path in files.values()}


def count(page: Page) -> str:
    return page.locator(".filters [role=status]").inner_text()


def listed(page: Page) -> list[str]:
    return page.locator("#agencies tbody tr:visible th").all_inner_texts()


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"[data-filter={name}]").select_option(value)


def detail(page: Page) -> str:
    return page.locator(".detail").inner_text()


def test_filters_and_orders(open_page: Open, overview: Overview) -> None:
    page = open_page()
    assert count(page) == "1,000 of 1,000 agencies"
    assert len(listed(page)) == 25
    page.get_by_label("Agency", exact=True).fill("CEDAR  county")
    wanted = [e.agency for e in overview.latest if e.agency.startswith("Cedar County")]
    assert count(page) == f"{len(wanted)} of 1,000 agencies"
    assert listed(page) == wanted
    page.get_by_role("button", name="Show all", exact=True).click()

    choose(page, "result", "passes")
    passing = [e for e in overview.latest if e.standing and e.standing.passes]
    assert count(page) == f"{len(passing)} of 1,000 agencies"
    choose(page, "kind", "fire")
    assert count(page) == f"{sum(e.submission.agency_kind == 'fire' for e in passing)} of 1,000 agencies"
    choose(page, "result", "")
    choose(page, "kind", "")

    at = next(n for n, column in enumerate(overview.columns) if column.id == "IACP-26")
    choose(page, "requirement", "IACP-26")
    choose(page, "status", "conflict")
    contrary = [e.agency for e in overview.latest if e.status(at) == "conflict"]
    assert listed(page) == contrary
    choose(page, "status", "not met")
    choose(page, "order", "by the requirement’s status")
    assert listed(page)[: len(contrary)] == contrary
    choose(page, "requirement", "")

    choose(page, "order", "least coverage first")
    worst = min((e for e in overview.latest if e.judged), key=lambda e: e.coverage or 0)
    assert listed(page)[0] == worst.agency
    choose(
        page,
        "family",
        overview.entries[overview.families[0].members[0]].agency + f" ({len(overview.families[0].members)})",
    )
    members = [m for m in overview.families[0].members if overview.entries[m].latest]
    assert count(page) == f"{len(members)} of 1,000 agencies"
    page.get_by_label("Agency", exact=True).fill("nobody")
    expect(page.get_by_text("No agency matches these filters.")).to_be_visible()


def test_figures_are_of_those_shown(open_page: Open, overview: Overview) -> None:
    page = open_page()
    choose(page, "kind", "ems")
    some = [e for e in overview.latest if e.submission.agency_kind == "ems"]
    at = next(n for n, column in enumerate(overview.columns) if column.id == "WA-GEN-1")
    met, judged = sum(e.status(at) == "met" for e in some), sum(e.judged for e in some)
    page.get_by_role("button", name="Show all 136 requirements").click()
    row = page.locator(f".asked tr[data-c='{at}']")
    expect(row.locator(".count")).to_have_text(f"{met} of {judged}")
    total = sum(int(n) for n in page.locator(".spread .count").all_inner_texts()[-10:])
    assert total == judged
    row.get_by_role("button").click()
    assert count(page) == f"{judged - met} of 1,000 agencies"


def test_all_rows_when_asked_and_when_printed(open_page: Open) -> None:
    page = open_page()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(listed(page)) == AGENCIES
    assert page.locator("canvas:visible, button:visible:not(.pick), select:visible, input:visible").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert len(listed(page)) == 25
    page.get_by_role("button", name="Show all 1,000").click()
    assert len(listed(page)) == AGENCIES


def test_the_heat_map_by_keyboard(open_page: Open, overview: Overview) -> None:
    page = open_page()
    canvas = page.locator(".map canvas")
    canvas.focus()
    page.keyboard.press("ArrowDown")
    first = overview.latest[0]
    status = (first.status(0) or "").replace("_", " ")
    assert f"{overview.columns[0].id} {status}" in detail(page)
    assert first.agency in detail(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    second = overview.latest[1]
    assert second.agency in detail(page)
    assert f"{overview.columns[1].id} {(second.status(1) or '').replace('_', ' ')}" in detail(page)
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    assert overview.latest[21].agency in detail(page)
    assert overview.columns[-1].id in detail(page)
    assert (
        page.evaluate("[document.querySelector('.map').scrollLeft > 0, document.querySelector('.map').scrollTop > 0]")
        == [True] * 2
    )
    report = page.locator(".detail a").first.get_attribute("href")
    assert report == f"agencies/{overview.latest[21].slug}.html#{overview.columns[-1].id}"
    assert page.locator(".detail a").last.get_attribute("href") == f"letters/{overview.latest[21].slug}.docx"


def test_the_heat_map_by_mouse_in_both_sizes_and_groupings(open_page: Open, overview: Overview) -> None:
    page = open_page()
    canvas = page.locator(".map canvas")
    canvas.click(position={"x": 240 + 16 * 3 + 8, "y": 104 + 24 * 2 + 12})
    assert overview.latest[2].agency in detail(page)
    assert overview.columns[3].id in detail(page)
    page.locator("[data-view=size]").select_option("small")
    expect(page.locator(".names a")).to_have_count(0)
    canvas.click(position={"x": 12 + 1, "y": 24 + 4 * 10 + 2})
    assert overview.latest[10].agency in detail(page)
    page.locator("[data-view=group]").select_option("by topic")
    canvas.click(position={"x": 12 + 1, "y": 24 + 2})
    assert overview.columns[0].id in detail(page)


PIXELS = """(x, y, width, height) => {
  const canvas = document.querySelector(".map canvas");
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const pen = copy.getContext("2d", { willReadFrequently: true });
  pen.drawImage(canvas, 0, 0);
  return pen.getImageData(x, y, width || canvas.width - x, height || canvas.height - y).data;
}"""


def test_a_click_on_a_requirement_sorts_by_it(open_page: Open, overview: Overview) -> None:
    page = open_page()
    page.locator(".map canvas").click(position={"x": 240 + 16 * 5 + 8, "y": 80})
    statuses = [letter for e in overview.latest for letter in e.statuses[5:6]]
    worst = [e.agency for e in overview.latest if e.statuses[5:6] == "c"]
    assert statuses.count("c") == len(worst) > 1
    assert listed(page)[: len(worst)] == worst[:25]
    assert count(page) == "1,000 of 1,000 agencies"


def painted(page: Page) -> int:
    """How many colours the cells in view have."""
    script = f"() => new Set(Array.from(new Uint32Array(({PIXELS})(240, 104).buffer))).size"
    return int(page.evaluate(script))


def test_only_the_agencies_in_view_are_drawn(open_page: Open, overview: Overview) -> None:
    page = open_page()
    names = page.locator(".names a")
    expect(names.first).to_have_text(overview.latest[0].agency)
    assert names.count() < 40
    assert painted(page) > 5
    page.locator(".map").evaluate("map => { map.scrollTop = 24 * 500; }")
    expect(names.first).to_have_text(overview.latest[500].agency)
    assert painted(page) > 5
    height = page.locator(".map canvas").evaluate("canvas => canvas.height")
    assert height <= 900
    choose(page, "kind", "fire")
    expect(names.first).to_have_text(next(e.agency for e in overview.latest if e.submission.agency_kind == "fire"))


def test_light_and_dark(open_page: Open) -> None:
    page = open_page()
    sheet = f"({PIXELS})(2, 2, 1, 1)[0]"
    page.wait_for_function(f"{sheet} > 200")
    page.get_by_role("button", name="Dark").click()
    page.wait_for_function(f"{sheet} < 60")
    dark = open_page(color_scheme="dark")
    dark.wait_for_function(f"{sheet} < 60")


@pytest.mark.parametrize("name", ["many", "hostile", "comparison"])
def test_nothing_is_wider_than_the_window(open_page: Open, name: str) -> None:
    page = open_page(name)
    for width in (320, 390, 768, 1366, 2200):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0, width


def test_without_javascript_it_is_a_plain_document(open_page: Open) -> None:
    page = open_page(java_script_enabled=False)
    assert page.locator("#agencies tbody tr:visible").count() == AGENCIES
    assert page.locator(".asked tbody tr:visible").count() == 136
    assert page.locator("button:visible, .filters:visible, canvas:visible").count() == 0


def test_hostile_names_are_text(open_page: Open) -> None:
    page = open_page("hostile")
    assert '<script>alert("agency")</script>' in listed(page)
    page.locator(".map canvas").focus()
    for _ in listed(page):
        page.keyboard.press("ArrowDown")
        assert re.search(r"ACT-7 (weak|not judged)", detail(page))
    assert page.locator(".detail script, .detail b, .names script").count() == 0


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("many", WIDE, "light"), ("hostile", PHONE, "dark"), ("comparison", WIDE, "light")],
)
def test_accessibility(open_page: Open, name: str, size: tuple[int, int], scheme: str) -> None:
    """All rules of axe-core, those of WCAG 2.2 AA and its best practices, with a cell chosen."""
    page = open_page(name, size, color_scheme=scheme)
    if name == "comparison":
        page.locator("details summary").first.click()
    else:
        page.locator(".map canvas").focus()
        page.keyboard.press("ArrowDown")
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()
    assert {"color-contrast", "region"} <= {rule["id"] for rule in found.response["passes"]}

"""The HTML report in a real browser: headless Chromium through Playwright, from a file on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import chromium
import hand_built
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

import policylint
from policylint.compare import compare
from policylint.report import Report
from policylint.reporters import REPORTERS, View
from policylint.reporters.comparison import COMPARISON_REPORTERS

pytestmark = chromium.MARKS

WIDE, PHONE = (1366, 900), (390, 844)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report on the sample policy, the one built by hand with three documents and hostile text, and a comparison."""
    folder = tmp_path_factory.mktemp("html")
    reports = {
        "sample": policylint.check_file(Path(__file__).parents[1] / "fixtures" / "sample-policy.md"),
        "hostile": hand_built.hand_built_report(),
    }
    paths = {name: _written(folder / f"{name}.html", report) for name, report in reports.items()}
    paths["comparison"] = folder / "comparison.html"
    compared = compare(reports["hostile"], replace(reports["sample"], documents=reports["hostile"].documents[1:]), "1")
    paths["comparison"].write_text(COMPARISON_REPORTERS["html"](compared, View()), encoding="utf-8")
    return paths


def _written(path: Path, report: Report) -> Path:
    made = REPORTERS["html"](report, View())
    assert isinstance(made, str)
    path.write_text(made, encoding="utf-8")
    return path


@dataclass
class Seen:
    """What the browser said and asked for while a test ran."""

    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, files: dict[str, Path]) -> Iterator[Open]:
    """Open a report: `open_page("sample#IACP-26", size=PHONE, color_scheme="dark")`. Nothing may be logged or requested."""
    seen = Seen()
    contexts = []

    def opened(name: str = "sample", size: tuple[int, int] = WIDE, **options: object) -> Page:
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(5000)
        page.on("console", lambda message: seen.console.append(message.text))
        page.on("pageerror", lambda error: seen.console.append(str(error)))
        page.on("dialog", lambda dialog: seen.console.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: seen.requests.append(request.url.partition("#")[0]))
        file, _, fragment = name.partition("#")
        page.goto(files[file].as_uri() + (f"#{fragment}" if fragment else ""))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert seen.console == []
    assert set(seen.requests) <= {path.as_uri() for path in files.values()}


def shown(page: Page) -> list[str]:
    """Ids of the requirements that the list shows."""
    ids = page.locator(".card:visible").evaluate_all("cards => cards.map(card => card.id)")
    assert isinstance(ids, list)
    return ids


def count(page: Page) -> str:
    return page.locator(".filters [role=status]:visible").inner_text()


def tick(page: Page, *statuses: str) -> None:
    for box in page.locator(".filters:visible [type=checkbox]").all():
        box.set_checked(box.get_attribute("value") in statuses)


def in_view(page: Page, selector: str) -> bool:
    """Whether an element can be seen, in the window and in the pane it scrolls in, once scrolling has ended."""
    where = "element => element.getBoundingClientRect().top"
    element, before = page.locator(selector).first, None
    for _ in range(20):  # a busy machine scrolls late
        page.wait_for_timeout(300)
        now = element.evaluate(where)
        if now == before:
            break
        before = now
    return bool(
        element.evaluate(
            """element => {
              const box = element.getBoundingClientRect();
              const frame = innerWidth > 960 && element.closest('.policy')?.getBoundingClientRect();
              const [top, bottom] = frame ? [frame.top, frame.bottom] : [0, innerHeight];
              return box.top >= Math.max(0, top) - 1 && box.bottom <= Math.min(innerHeight, bottom) + 1;
            }"""
        )
    )


def overlapping(page: Page) -> object:
    """Statuses that run into the words beside them."""
    return page.locator(".open:visible").evaluate_all(
        """links => links.map(link => [...link.children]).filter(([status, asked]) => {
          const range = document.createRange();
          range.selectNodeContents(status);
          const a = range.getBoundingClientRect(), b = asked.getBoundingClientRect();
          return a.right > b.left + 1 && a.bottom > b.top + 1;
        }).map(([status]) => status.textContent)"""
    )


def test_it_opens_with_the_gaps_listed(open_page: Open) -> None:
    page = open_page()
    assert count(page) == "28 of 48 requirements shown"
    assert len(shown(page)) == 28
    assert page.locator(".more:visible").count() == 0


def test_filters(open_page: Open) -> None:
    page = open_page()
    tick(page, "conflict")
    assert shown(page) == ["IACP-5b", "IACP-24", "IACP-26"]
    assert count(page) == "3 of 48 requirements shown"
    assert page.locator(".topic:visible").count() == 3
    page.get_by_label("Severity").select_option("error")
    assert shown(page) == ["IACP-24", "IACP-26"]
    page.get_by_label("Topic").select_option("records")
    assert shown(page) == ["IACP-26"]
    page.get_by_label("Search").fill("point 5")
    assert shown(page) == []
    expect(page.get_by_text("No requirement matches these filters.")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    assert len(shown(page)) == 48
    page.get_by_label("Search").fill("WRITTEN  records")
    assert shown(page) == ["IACP-26"]


def test_filter_by_authority(open_page: Open) -> None:
    page = open_page("hostile")
    page.locator("[data-filter=pack]:visible").select_option("act")
    assert shown(page) == ["ACT-7"], "the card that two authorities share"


def test_choosing_a_requirement_marks_its_passage_and_brings_it_into_view(open_page: Open) -> None:
    page = open_page()
    page.locator("#IACP-26 .open").click()
    assert page.locator("#IACP-26 .open").get_attribute("aria-expanded") == "true"
    chosen = page.locator("mark.chosen")
    (words,) = chosen.all_inner_texts()
    assert words.startswith("Within two days of each contact the PSV shall complete a contact form")
    assert words.endswith("and file it with the Coordinator.")
    assert in_view(page, "mark.chosen")
    page.locator("#IACP-12 .open").click()
    assert "free to choose any PSV" in chosen.first.inner_text()
    assert in_view(page, "mark.chosen")
    assert page.locator(".more:visible").count() == 1
    page.locator("#IACP-12 .open").click()
    assert page.locator(".more:visible").count() == chosen.count() == 0


def test_choosing_a_passage_shows_the_requirements_it_serves(open_page: Open) -> None:
    page = open_page()
    passage = page.locator("mark", has_text="The lieutenant whom the Chief of Police appoints")
    listed = (
        passage.locator("xpath=ancestor::div[1]").locator(".serves a").evaluate_all("a => a.map(a => a.hash.slice(1))")
    )
    assert len(listed) > 1
    passage.click()
    assert sorted(shown(page)) == sorted(listed)
    assert count(page) == f"{len(listed)} of 48 requirements: those that the chosen passage bears on"
    assert page.locator("mark.chosen").all_inner_texts() == passage.all_inner_texts()
    page.keyboard.press("Escape")
    assert count(page) == "28 of 48 requirements shown"


def test_a_passage_that_serves_one_requirement_opens_it(open_page: Open) -> None:
    page = open_page()
    page.locator("mark", has_text="A PSV is a trained colleague").click()
    assert shown(page) == ["IACP-4a"]
    expect(page.locator("#IACP-4a .more")).to_be_visible()
    page.get_by_role("button", name="Back to the list").click()
    assert count(page) == "28 of 48 requirements shown"


def test_the_requirements_below_a_passage_are_links(open_page: Open) -> None:
    page = open_page()
    page.locator(".serves a", has_text="IACP-18a").first.click()
    assert "IACP-18a" in shown(page), "met, so not in the list before"
    assert page.evaluate("document.activeElement.closest('.card').id") == "IACP-18a"
    assert page.url.endswith("#IACP-18a")


@pytest.mark.parametrize("size", [WIDE, (1000, 800), PHONE])
@pytest.mark.parametrize("requirement", ["IACP-26", "IACP-4c"])
def test_each_requirement_has_a_link(open_page: Open, requirement: str, size: tuple[int, int]) -> None:
    page = open_page(f"sample#{requirement}", size)
    expect(page.locator(f"#{requirement} .more")).to_be_visible()
    assert in_view(page, f"#{requirement} .open")
    covered = "link => !link.contains(document.elementFromPoint(innerWidth / 5, link.getBoundingClientRect().top + 4))"
    assert not page.locator(f"#{requirement} .open").evaluate(covered)


def test_a_missing_requirement_shows_the_closest_passage(open_page: Open) -> None:
    page = open_page("sample#IACP-18b")
    expect(page.locator("#IACP-18b").get_by_text("The closest passage, which does not say it")).to_be_visible()
    assert page.locator("mark.chosen").count() >= 1
    page.locator("#IACP-18b a.to").click()
    assert in_view(page, "mark.chosen")


def test_on_a_phone_the_passage_is_a_tap_away_and_so_is_the_way_back(open_page: Open) -> None:
    page = open_page("sample#IACP-26", PHONE)
    back = page.get_by_role("button", name="Back to the requirement")
    expect(back).to_be_hidden()
    page.locator("#IACP-26 a.to").click()
    assert in_view(page, "mark.chosen")
    back.click()
    assert in_view(page, "#IACP-26 .open")
    expect(back).to_be_hidden()


WORDING = "A peer supporter shall keep no written records, formal or private, of supportive contacts."


@pytest.mark.parametrize("without", ["", "navigator.clipboard.writeText", "both"])
def test_copying_the_wording(open_page: Open, without: str) -> None:
    """With the clipboard of today, with the older command where a page may not use it, and with neither."""
    page = open_page("sample#IACP-26", permissions=["clipboard-read", "clipboard-write"])
    if without:
        page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    if without == "both":
        page.evaluate("document.execCommand = () => false")
    button = page.locator("#IACP-26 .copy")
    button.click()
    if without == "both":
        expect(page.locator("[id='said:']")).to_have_text("The wording is selected: press Ctrl+C to copy it.")
        assert page.evaluate("getSelection().toString().trim()") == WORDING
        return
    expect(button).to_contain_text("Copied")
    page.get_by_label("Search").focus()
    page.keyboard.press("Control+V")
    assert page.get_by_label("Search").input_value() == WORDING


def test_keys(open_page: Open) -> None:
    page = open_page()
    first, second = shown(page)[:2]

    def focused() -> str:
        return str(
            page.evaluate("document.activeElement.closest('.card')?.id ?? document.activeElement.dataset.filter")
        )

    page.keyboard.press("j")
    assert focused() == first
    page.keyboard.press("j")
    assert focused() == second
    page.keyboard.press("k")
    page.keyboard.press("ArrowDown")
    assert focused() == second
    page.keyboard.press("ArrowUp")
    assert focused() == first
    page.keyboard.press("Enter")
    expect(page.locator(f"[id='{first}'] .more")).to_be_visible()
    assert page.locator("mark.chosen").count() > 0
    page.keyboard.press("/")
    assert focused() == "text"
    page.keyboard.type("jk?")
    assert page.get_by_label("Search").input_value() == "jk?"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show all").click()
    page.keyboard.press("n")
    passage = page.locator("mark.chosen").inner_text()
    page.keyboard.press("n")
    assert page.locator("mark.chosen").inner_text() != passage
    page.keyboard.press("p")
    assert page.locator("mark.chosen").inner_text() == passage
    page.keyboard.press("r")
    assert "those that the chosen passage bears on" in count(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Use these single keys").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("/")
    assert focused() != "text", "single keys can be switched off"


def test_one_document_at_a_time(open_page: Open) -> None:
    page = open_page("hostile")
    assert page.locator(".paper:visible").count() == 1
    page.get_by_role("link", name="c.txt").click()
    expect(page.get_by_text("There is no such file or folder.")).to_be_visible()
    assert page.locator(".paper:visible").count() == 1
    page.evaluate("location.hash = '#d2-DEMO-4'")
    expect(page.locator("#d2-DEMO-4 .more")).to_be_visible()
    assert page.locator(".paper:visible").count() == 1


def test_light_and_dark(open_page: Open) -> None:
    page = open_page()
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(paper)
    assert dark != light
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(paper) == light
    assert open_page(color_scheme="dark").evaluate(paper) == dark


@pytest.mark.parametrize("width", [320, 390, 768, 961, 1366, 2200])
@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_nothing_is_wider_than_the_window(open_page: Open, name: str, width: int) -> None:
    page = open_page(name, (width, 800))
    tick(page, "conflict", "missing", "weak", "partial", "met", "not_applicable")
    for link in page.locator(".card:visible .open").all()[:3]:
        link.click()
        assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    assert overlapping(page) == []
    cut = page.locator(".card:visible, .part:visible, .title > *:visible, dd:visible").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 1 && !e.closest('.vh')).map(e => e.className)"
    )
    assert cut == []


def test_without_javascript_it_is_a_plain_document(open_page: Open) -> None:
    page = open_page("sample", java_script_enabled=False)
    assert page.locator(".card .more:visible").count() == page.locator(".card").count() == 48
    assert page.locator("button:visible, .filters:visible").count() == 0
    page.locator("#IACP-26 a.to").click()
    assert in_view(page, "mark:target")
    page.locator(".serves a", has_text="IACP-12").first.click()
    assert in_view(page, "#IACP-12:target .open")


@pytest.mark.parametrize("javascript", [True, False])
def test_print_holds_the_whole_report_and_no_buttons(open_page: Open, *, javascript: bool) -> None:
    page = open_page("hostile", java_script_enabled=javascript, color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".paper:visible").count() == 3
    assert page.locator(".card .more:visible").count() == page.locator(".card").count() == 10
    assert overlapping(page) == []
    assert page.locator("button:visible, input:visible, select:visible, dialog:visible").count() == 0
    for pane in page.locator(".policy").all():
        assert pane.evaluate("e => getComputedStyle(e).overflow + getComputedStyle(e).position") == "visiblestatic"
    ink = page.locator("h1").first.evaluate("e => getComputedStyle(e).color")
    assert ink == "rgb(28, 34, 40)", "dark ink on white paper, also from a dark screen"
    pdf = page.pdf(format="Letter")
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") > 3


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("sample", WIDE, "light"), ("sample", PHONE, "dark"), ("hostile", WIDE, "dark"), ("hostile", PHONE, "light")],
)
def test_accessibility(open_page: Open, name: str, size: tuple[int, int], scheme: str) -> None:
    """All rules of axe-core, those of WCAG 2.2 AA and its best practices, with everything listed and one card open."""
    page = open_page(name, size, color_scheme=scheme)
    tick(page, "conflict", "missing", "weak", "partial", "met", "not_applicable")
    page.locator(".card.s-missing:visible .open").first.click()
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()
    assert {"color-contrast", "region", "label"} <= {rule["id"] for rule in found.response["passes"]}


def test_accessibility_of_a_chosen_passage_and_of_the_help(open_page: Open) -> None:
    page = open_page()
    page.locator("mark.s-conflict").first.click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.get_by_role("button", name="Keyboard").click()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_reader_who_wants_no_motion_gets_none(open_page: Open) -> None:
    page = open_page(reduced_motion="reduce")
    page.locator("#IACP-26 .open").click()
    before = page.locator(".policy").evaluate("e => e.scrollTop")
    page.wait_for_timeout(300)
    assert page.locator(".policy").evaluate("e => e.scrollTop") == before > 0


@pytest.mark.parametrize(("size", "scheme"), [(WIDE, "light"), (PHONE, "dark")])
def test_the_page_of_a_comparison(open_page: Open, size: tuple[int, int], scheme: str) -> None:
    page = open_page("comparison", size, color_scheme=scheme)
    assert page.get_by_role("heading", level=3).count() >= 2
    assert page.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(media="print")
    assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == "rgb(31, 41, 51)", "dark ink on white paper"


def test_the_focus_is_seen_wherever_tab_leads(open_page: Open) -> None:
    page = open_page()
    seen = []
    for _ in range(45):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                """() => {
                  const e = document.activeElement, ring = e.closest(".tick") ?? e, style = getComputedStyle(ring);
                  const box = ring.getBoundingClientRect();
                  const hidden = box.bottom <= 0 || box.top >= innerHeight || box.width < 2;
                  return [e.tagName, style.outlineStyle, parseFloat(style.outlineWidth), hidden];
                }"""
            )
        )
    assert {tag for tag, *_ in seen} >= {"A", "BUTTON", "INPUT", "SELECT"}
    assert [each for each in seen if each[1:] != ["solid", 3, False]] == []


def test_the_counts_are_of_requirements_where_authorities_share_an_entry(open_page: Open) -> None:
    page = open_page("hostile")
    tick(page, "conflict", "missing", "weak", "partial", "met", "not_applicable")
    assert len(shown(page)) == 9
    assert count(page) == "10 of 10 requirements shown"
    tick(page, "weak")
    assert count(page) == "2 of 10 requirements shown"

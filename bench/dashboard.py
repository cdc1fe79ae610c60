"""How long the dashboard of many agencies takes to open in headless Chromium, and to filter.

    python bench/dashboard.py [--agencies 1000] [--runs 7] [--screenshots FOLDER]

"open" is the time until the page is loaded and its script has run; "filter" is the time from an input to the next frame that is on the
screen, "script" the part of it that is ours. The page is made of `made_review.py`. Needs Playwright and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
from pathlib import Path

from made_review import MadeReview
from playwright.sync_api import Browser, Page, sync_playwright

from policylint._version import __version__
from policylint.review.folder.dashboard import dashboard
from policylint.review.folder.overview import overview_of

OPENED = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  return page.loadEventEnd - page.startTime;
}"""
FILTERED = """async (steps) => {
  const shown = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  const times = [];
  for (const [name, value] of steps) {
    const field = document.querySelector(`[data-filter=${name}]`);
    await shown();
    const start = performance.now();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    const script = performance.now() - start;
    await shown();
    times.push([script, performance.now() - start]);
  }
  return times;
}"""
STEPS = [
    *(
        ["text", "cedar"],
        ["text", ""],
        ["kind", "fire"],
        ["order", "worst"],
        ["kind", ""],
        ["result", "0"],
        ["result", ""],
    ),
    *(["requirement", "40"], ["status", "gap"], ["order", "status"], ["status", ""]),
]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agencies", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--screenshots", type=Path)
    arguments = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        raise SystemExit("No Chromium is installed.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "index.html"
        file.write_text(dashboard(overview_of(MadeReview(arguments.agencies)), __version__), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        opened, script, filtered = [], [], []
        for _ in range(arguments.runs):
            page = shown(browser, file)
            opened.append(float(page.evaluate(OPENED)))
            times = page.evaluate(FILTERED, STEPS)
            script += [float(each[0]) for each in times]
            filtered += [float(each[1]) for each in times]
            page.context.close()
        print(f"{arguments.agencies} agencies, {file.stat().st_size / 1e6:.1f} MB")
        for name, found in (("open", opened), ("filter", filtered), ("of which script", script)):
            print(f"{name}: median {statistics.median(found):.0f} ms, least {min(found):.0f}, most {max(found):.0f}")
        if arguments.screenshots:
            shots(browser, file, arguments.screenshots)
        browser.close()


def shown(browser: Browser, file: Path, width: int = 1366, height: int = 900, *, dark: bool = False) -> Page:
    """The page in a window of its own."""
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(file.as_uri())
    return page


def shots(browser: Browser, file: Path, folder: Path) -> None:
    """Pictures of the page to be looked at: light, dark, on a phone, printed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in (
        ("light", shown(browser, file)),
        ("dark", shown(browser, file, dark=True)),
        ("phone", shown(browser, file, 390, 844)),
    ):
        page.wait_for_timeout(500)
        page.screenshot(path=folder / f"{name}.png")
    page.pdf(path=folder / "print.pdf", format="Letter")


if __name__ == "__main__":
    main()

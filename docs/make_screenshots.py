"""Make the pictures of the README: the reports on the bundled sample policy, on a page and on a terminal.

    python docs/make_screenshots.py [FOLDER]

Writes report.png, report-dark.png and terminal.png to docs/images, or to FOLDER. Needs Chromium and the test extra, and
asks no network. Other fonts than those of the last run change the pictures a little.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

import policylint
from policylint.report import Report
from policylint.reporters import REPORTERS, View

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = "fixtures/sample-policy.md"
SHOWN = "IACP-5b"
WINDOW = (1280, 860)
COLUMNS, LINES = 108, 30

# Black on white prints as well as it reads; the colours keep a contrast of 4.5 to 1 on it.
PAPER = TerminalTheme(
    (255, 255, 255),
    (28, 34, 40),
    [
        (28, 34, 40),
        (168, 30, 30),
        (30, 110, 70),
        (140, 90, 0),
        (29, 79, 124),
        (110, 60, 120),
        (0, 105, 115),
        (90, 96, 104),
    ],
)


def main() -> int:
    """Make all pictures and say where they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        print("The pictures need Chromium, and none is installed (apt-get install chromium).", file=sys.stderr)
        return 1
    os.chdir(ROOT)
    report = policylint.check_file(SAMPLE)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"] if root else [])
        for name, scheme in (("report.png", "light"), ("report-dark.png", "dark")):
            _page(browser, report, Path(scratch), folder / name, scheme)
        _terminal(browser, report, Path(scratch), folder / "terminal.png")
        browser.close()
    return 0


def _page(browser: Browser, report: Report, scratch: Path, target: Path, scheme: str) -> None:
    """The web page with one requirement chosen and its passage beside it."""
    made = REPORTERS["html"](report, View())
    assert isinstance(made, str)
    (scratch / "report.html").write_text(made, encoding="utf-8")
    page = browser.new_page(
        viewport={"width": WINDOW[0], "height": WINDOW[1]},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    page.goto((scratch / "report.html").as_uri())
    page.locator(".work").evaluate("element => element.scrollIntoView()")
    page.locator(f"#{SHOWN} .open").click()
    page.locator(f"#{SHOWN}").evaluate("card => scrollBy(0, card.getBoundingClientRect().top - 400)")
    page.screenshot(path=target)
    page.close()
    print(target)


def _terminal(browser: Browser, report: Report, scratch: Path, target: Path) -> None:
    """The first lines of what a terminal shows."""
    made = REPORTERS["text"](report, View(width=COLUMNS, colour=True))
    assert isinstance(made, str)
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ policylint check {SAMPLE}\n", style="dim"))
    console.print(Text.from_ansi("\n".join(made.splitlines()[:LINES])))
    console.print(Text("  ...", style="dim"))
    page_format = (
        "<meta charset='utf-8'><style>{stylesheet} body {{ background: #fff; margin: 0; }} pre {{ display: inline-block; "
        "margin: 0; padding: 18px 22px; font: 14px/1.4 'DejaVu Sans Mono', Menlo, Consolas, monospace; }}</style>"
        "<pre>{code}</pre>"
    )
    (scratch / "terminal.html").write_text(console.export_html(theme=PAPER, code_format=page_format), encoding="utf-8")
    page = browser.new_page()
    page.goto((scratch / "terminal.html").as_uri())
    page.locator("pre").screenshot(path=target)
    page.close()
    print(target)


if __name__ == "__main__":
    sys.exit(main())

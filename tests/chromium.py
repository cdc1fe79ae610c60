"""Headless Chromium through Playwright, for tests of pages in a real browser. The fixture `browser` stands in conftest.py."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

MARKS = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("POLICYLINT_BROWSER"),
        reason="no Chromium is installed (apt-get install chromium); POLICYLINT_BROWSER=1 makes that an error",
    ),
]
"""Of a module whose tests use it."""


def launched() -> Iterator[Browser]:
    """A browser, closed when the generator is."""
    assert CHROMIUM is not None, "POLICYLINT_BROWSER is set, and no Chromium is installed"
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, and containers of continuous integration run as root.
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if root else [])
        yield browser
        browser.close()

"""Contrast of the reports' colours by WCAG 2.2: 4.5 to 1 for text (1.4.3), 3 to 1 for signs and edges (1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policylint.reporters.docx.paper import GREY
from policylint.reporters.xlsx_style import COLOURS, HEAD, INK

REPORTERS = Path(__file__).resolve().parents[1] / "policylint" / "reporters"
STATUSES = ("met", "partial", "weak", "missing", "conflict", "na")
TEXT, SIGN = 4.5, 3.0


def luminance(colour: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * d for d in digits)
    red, green, blue = (int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4))
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: str, b: str) -> float:
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def themes(style: str) -> list[dict[str, str]]:
    """The colours of each `:root` of a style sheet, those it does not name as in the first."""
    css = (REPORTERS / style).read_text(encoding="utf-8")
    found = [
        dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", block)) for block in re.findall(r":root.*?}", css, re.DOTALL)
    ]
    assert len(found) >= 2, "a light and a dark one"
    return [found[0] | each for each in found]


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", themes("html/report.css"))
def test_the_page(theme: dict[str, str]) -> None:
    pairs = [(ink, paper, TEXT) for ink in ("ink", "soft", "accent", *STATUSES) for paper in ("page", "sheet")]
    pairs += [("ink", paper, TEXT) for paper in ("chosen", "met-bg", "partial-bg", "weak-bg", "conflict-bg")]
    # A passage is told from others by its underline, a bar by its pieces, a field by its edge, the focus by its ring.
    pairs += [(s, f"{s}-bg", SIGN) for s in ("met", "partial", "weak", "conflict")]
    pairs += [(sign, paper, SIGN) for sign in ("edge", "accent") for paper in ("page", "sheet")]
    pairs += [("accent", "chosen", SIGN)]
    low = {
        (a, b): round(contrast(theme[a], theme[b]), 2) for a, b, least in pairs if contrast(theme[a], theme[b]) < least
    }
    assert low == {}


def test_both_ways_to_the_dark_page_are_the_same() -> None:
    """By the reader's system, and by the button."""
    _, chosen, asked = themes("html/report.css")[:3]
    assert chosen == asked


@pytest.mark.parametrize("theme", themes("comparison/comparison.css"))
def test_the_page_of_a_comparison(theme: dict[str, str]) -> None:
    inks = ("ink", "dim", "bad", "warn", "good", "move")
    assert {
        ink: round(contrast(theme[ink], theme["paper"]), 2)
        for ink in inks
        if contrast(theme[ink], theme["paper"]) < TEXT
    } == {}


def test_words_of_a_status_on_their_fill() -> None:
    assert {word for word, (fill, ink) in COLOURS.items() if contrast(fill, ink) < 7} == set()
    assert min(contrast(HEAD, "FFFFFF"), contrast(INK, "FFFFFF"), contrast(GREY, "FFFFFF")) >= TEXT

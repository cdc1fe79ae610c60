"""One policy in every format: the same tree and the same verdicts. The files are made by fixtures/formats/make.py.

What a format cannot have or cannot help is left out of the comparison, and nothing else: line numbers (a page has other
lines than a text file), pages (a text file has none), and offsets (each format has a canonical text of its own).
"""

from __future__ import annotations

import importlib.util
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from policylint import Verdict, check_file
from policylint.document import Document
from policylint.outline import build
from policylint.readers import read_bytes

FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
SAMPLE = FIXTURES / "sample-policy.md"
FORMS = (
    "sample-policy.docx",
    "sample-policy.odt",
    "sample-policy.rtf",
    "sample-policy.html",
    "sample-policy.pdf",
    "sample-policy-columns.pdf",
    "sample-policy-web.pdf",
    pytest.param(
        "sample-policy.doc",
        marks=pytest.mark.skipif(
            shutil.which("soffice") is None, reason="old Word files are read through LibreOffice, which is not here"
        ),
    ),
)
SCANS = ("sample-policy-scan.pdf", "sample-policy-scan.png")
PACKS = ("iacp", "washington-model")


@cache
def read(path: Path) -> Document:
    return build(read_bytes(path.read_bytes(), path.name), path.name, "")


@cache
def verdicts(path: Path) -> dict[str, Verdict]:
    (document,) = check_file(path, packs=PACKS).documents
    assert document.status == "judged", document.reason
    return {v.requirement: v for v in document.verdicts}


def sections(document: Document) -> list[tuple[Any, ...]]:
    return [(s.index, s.parent, s.level, s.label, s.title) for s in document.sections]


def passages(document: Document) -> list[tuple[Any, ...]]:
    return [(p.index, p.section, p.parent, p.kind, p.label, document.text_of(p.spans)) for p in document.passages]


def judged(verdict: Verdict) -> tuple[Any, ...]:
    """What a verdict says, without where on the page."""
    return (
        verdict.status,
        verdict.elements_covered,
        verdict.elements_missing,
        [(unmarked(e.quote), e.section) for e in verdict.evidence],
        verdict.closest and (unmarked(verdict.closest.quote), verdict.closest.section),
    )


def unmarked(quote: str) -> str:
    return quote.replace("**", "")


@pytest.mark.parametrize("name", FORMS)
def test_every_format_gives_the_same_tree(name: str) -> None:
    wanted, found = read(SAMPLE), read(FIXTURES / "formats" / name)
    assert sections(found) == sections(wanted)
    assert passages(found) == passages(wanted)
    assert found.title == wanted.title


@pytest.mark.parametrize("name", FORMS)
def test_every_format_gives_the_same_verdicts(name: str) -> None:
    wanted, found = verdicts(SAMPLE), verdicts(FIXTURES / "formats" / name)
    assert {r: judged(v) for r, v in found.items()} == {r: judged(v) for r, v in wanted.items()}


@pytest.mark.slow
@pytest.mark.skipif(
    shutil.which("tesseract") is None and importlib.util.find_spec("rapidocr") is None,
    reason="scans are read where Tesseract or policylint[ocr] is installed; neither is here",
)
@pytest.mark.parametrize("name", SCANS)
def test_a_scan_gives_nearly_the_same_verdicts(name: str) -> None:
    wanted, found = verdicts(SAMPLE), verdicts(FIXTURES / "formats" / name)
    assert found.keys() == wanted.keys()
    same = sum(found[r].status == v.status for r, v in wanted.items())
    assert same >= 0.9 * len(wanted)


@pytest.mark.parametrize("name", ["sample-policy.docx", "sample-policy.odt", "sample-policy.rtf", "sample-policy.pdf"])
def test_header_and_footer_are_told_and_not_read(name: str) -> None:
    document = read(FIXTURES / "formats" / name)
    told = " ".join(" ".join(document.notes).split())
    assert "General Order 3.27" in told
    assert "Effective March 1, 2024" in told
    assert not any("Effective March" in document.text_of(p.spans) for p in document.passages)


def test_the_site_around_a_page_is_not_read() -> None:
    document = read(FIXTURES / "formats" / "sample-policy.html")
    text = " ".join(document.text_of(p.spans) for p in document.passages)
    assert not any(word in text for word in ("Breadcrumb", "Chaplains", "cookies", "Privacy", "must not be read"))
    left_out = " ".join(document.text_of(out.spans) for out in document.left_out)
    assert "Government" in left_out
    assert "All rights reserved" in left_out

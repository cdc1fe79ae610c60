"""One policy in the looks of many tools: what each says is what the clean Markdown says, heading by heading, verdict by verdict.

The files are made by fixtures/layouts/make.py from the text in its content.py. A layout brings its own numbers, so that a
paragraph may be an item of a list; the words and their order, and what is a heading, are the same in all.
"""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

from policylint import Report, check_file, check_text
from policylint.document import Document
from policylint.outline import build
from policylint.readers import read_bytes

LAYOUTS = Path(__file__).resolve().parents[1] / "fixtures" / "layouts"
PACKS = ("iacp", "washington-model")
TITLED_OTHERWISE = {"word-letterhead.docx"}
"""Layouts whose title stands in the box above the text."""
BOXED = {"word-letterhead.docx", "portal.pdf"}
"""Layouts with a box of the policy's data at the head of the text, which is read as rows of a table."""
NOTED = {"word-by-pandoc.docx", "portal.pdf"}
"""Layouts with a footnote."""
FILES = sorted(path.name for path in LAYOUTS.iterdir() if path.suffix in (".pdf", ".docx"))


@cache
def content() -> ModuleType:
    spec = importlib.util.spec_from_file_location("layouts_content", LAYOUTS / "content.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


@cache
def read(name: str) -> Document:
    return build(read_bytes((LAYOUTS / name).read_bytes(), name), name, "")


@cache
def wanted() -> dict[str, str]:
    return statuses(check_text(content().markdown(), packs=PACKS, name="clean.md"))


def statuses(report: Report) -> dict[str, str]:
    (document,) = report.documents
    assert document.status == "judged", document.reason
    return {v.requirement: v.status for v in document.verdicts}


def folded(text: str) -> str:
    return " ".join(text.lower().split()).rstrip(".:")


def test_there_are_layouts_of_every_tool() -> None:
    assert len(FILES) >= 12


@pytest.mark.parametrize("name", FILES)
def test_the_headings_are_those_of_the_policy(name: str) -> None:
    found = [folded(section.title) for section in read(name).sections if section.index]
    titles = [] if name in TITLED_OTHERWISE else [content().TITLE]
    expected = [folded(title) for title in [*titles, *(part.heading for part in content().PARTS)]]
    assert [title.removeprefix("1 ") for title in found if title != "1"] == expected


@pytest.mark.parametrize("name", FILES)
def test_paragraphs_and_items_are_whole_and_in_order(name: str) -> None:
    document = read(name)
    found = [folded(document.text_of(p.spans)) for p in document.passages if p.kind != "row" or name not in BOXED]
    if name in NOTED:
        found = [text.replace("written1", "written") for text in found if "recordings" not in text]
    assert found == [folded(text) for kind, text in content().lines() if kind != "heading"]


@pytest.mark.parametrize("name", FILES)
def test_the_verdicts_are_those_on_the_clean_text(name: str) -> None:
    assert statuses(check_file(LAYOUTS / name, packs=PACKS)) == wanted()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("draft.pdf", "line numbers"),
        ("draft.pdf", "watermark"),
        ("draft.pdf", "text set sideways"),
        ("sidebar.pdf", "text beside the page's own"),
        ("boxed.pdf", "running header"),
        ("word-columns.pdf", "running header"),
    ],
)
def test_what_stands_around_the_text_is_left_out_and_told(name: str, why: str) -> None:
    assert why in {out.why for out in read(name).left_out}

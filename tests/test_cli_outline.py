"""`policylint outline`: what a person needs to see to trust a reading."""

from __future__ import annotations

import json
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import manuals
import pytest

Run = Callable[..., Any]

DOCUMENT = """Peer Support Team <draft & more>

1. Purpose

The team supports colleagues.

2. Duties

Members shall:

(a) listen;
(b) refer.

    Role        Who       When
    -------     ------    -----
    Lead        Chief     always

Page 1 of 2
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "policy.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    return path


class Page(HTMLParser):
    """Tags, attributes and text of a page, and whether every tag is closed."""

    VOID = frozenset(("meta", "br", "hr", "link", "img", "input"))

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title"):
            self.words += data.split()

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]


def test_text_names_what_was_left_out_and_why(cli: Run, path: Path) -> None:
    ended = cli("outline", path)
    assert ended.code == 0
    assert ended.out.endswith("left out:\n  18: page furniture: Page 1 of 2\n")
    assert "2. Duties  (line 7)" in ended.out


def test_json_holds_passages_with_their_labels_and_what_was_left_out(cli: Run, path: Path) -> None:
    tree = json.loads(cli("outline", path, "--format", "json").out)
    duties = next(s for s in tree["sections"] if s["title"] == "Duties")
    assert [(p["kind"], p["label"], p["text"]) for p in duties["passages"]][:3] == [
        ("paragraph", "", "Members shall:"),
        ("item", "a", "listen;"),
        ("item", "b", "refer."),
    ]
    (out,) = tree["left_out"]
    assert (out["why"], out["text"], out["line"]) == ("page furniture", "Page 1 of 2", 18)
    assert DOCUMENT[out["start"] : out["end"]] == "Page 1 of 2"
    assert tree["self_check"] == {"lost": 0, "doubled": 0, "disordered": 0}


def test_html_is_one_page_that_holds_all_of_the_text_in_order(cli: Run, path: Path) -> None:
    ended = cli("outline", path, "--format", "html")
    page = Page(ended.out)
    assert ended.code == 0
    assert (page.of("html"), len(page.of("main")), len(page.of("h1"))) == ([{"lang": "en"}], 1, 1)
    assert not page.of("script")
    assert not any("src" in a or (a.get("href") or "#")[0] != "#" for _, a in page.tags)
    anchors = {attributes.get("id") for _, attributes in page.tags}
    assert all((a["href"] or "")[1:] in anchors for a in page.of("a"))
    shown = iter(page.words[page.words.index("Sections", page.words.index("Self-check")) :])
    wanted = DOCUMENT.replace("-", " ").replace("(a)", "a").replace("(b)", "b").replace("1. P", "1. P").split()
    assert all(word in shown for word in wanted), "a word is missing, or not where it stands in the file"
    assert "All of the file’s text is below" in ended.out
    assert "<draft" not in ended.out


def test_html_of_a_part_shows_what_lies_outside_in_short(cli: Run, tmp_path: Path) -> None:
    path = tmp_path / "manual.txt"
    path.write_text(manuals.manual("numbered"), encoding="utf-8")
    ended = cli("outline", path, "--format", "html", "--output", tmp_path / "out.html")
    written = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert (ended.code, ended.out) == (0, "")
    Page(written)
    assert "<h1>Peer Support Program</h1>" in written
    assert "not part of the policy that was judged: 2 places" in written
    assert len(written) < 30_000


def test_a_section_can_be_asked_for(cli: Run, path: Path) -> None:
    ended = cli("outline", path, "--section", "purpose")
    assert "(line 3)" in ended.out
    assert "Duties  (line" not in ended.out
    assert "Judged is only the section “1. Purpose” (line 3), as asked." in ended.out


def test_a_section_that_is_not_there_is_a_sentence(cli: Run, path: Path) -> None:
    ended = cli("outline", path, "--section", "Purposes")
    assert (ended.code, ended.out) == (3, "")
    assert "There is no section “Purposes” in this document.\nThe nearest are: “1. Purpose”" in ended.err


@pytest.mark.parametrize("pages", ["0-2", "3-1", "x", "1-", ""])
def test_pages_that_are_none_are_wrong_usage(cli: Run, path: Path, pages: str) -> None:
    ended = cli("outline", path, "--pages", pages)
    assert ended.code == 2
    assert "not of the form A-B" in ended.err


def test_the_document_is_never_overwritten(cli: Run, path: Path) -> None:
    assert cli("outline", path, "--output", path).code == 2
    assert path.read_text(encoding="utf-8") == DOCUMENT

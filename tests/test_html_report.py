"""The HTML report as a document: what is in it, what can never be in it. What it does in a browser is test_browser.py."""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import hand_built
import pytest
from conftest import Run
from syrupy.assertion import SnapshotAssertion

import policylint
from policylint.report import DocumentReport, DocumentView, Part, Report
from policylint.reporters import REPORTERS, View
from policylint.reporters.clean import clean
from policylint.reporters.html.marks import Claim, shown_parts

VOID = {"meta", "input", "rect", "circle", "br", "link", "img"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def all(self, tag: str = "", of_class: str = "") -> list[Element]:
        """The elements below this one in the order of the page."""
        found: list[Element] = []
        for each in self.inside:
            if isinstance(each, Element):
                fits = tag in ("", each.tag) and (not of_class or of_class in each.classes)
                found += [each] * fits + each.all(tag, of_class)
        return found


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute twice in <{tag}>"
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def html(report: Report, view: View | None = None) -> str:
    made = REPORTERS["html"](report, view or View())
    assert isinstance(made, str)
    return made


def tree(page: str) -> Element:
    """The page as elements; every element must be closed where it belongs."""
    parser = _Tree()
    parser.feed(page)
    parser.close()
    assert len(parser.open) == 1
    return parser.open[0]


@pytest.fixture(scope="module")
def report() -> Report:
    return hand_built.hand_built_report()


@pytest.fixture(scope="module")
def page(report: Report) -> Element:
    return tree(html(report))


@pytest.fixture(scope="module")
def sample_report() -> Report:
    return policylint.check_file(Path(__file__).parents[1] / "fixtures" / "sample-policy.md")


def test_the_page(report: Report, snapshot: SnapshotAssertion) -> None:
    """Without its style and script, which have files of their own, and their hashes."""
    made = re.sub(r"(<style>|<script>).*?(</)", r"\1…\2", html(report), flags=re.DOTALL)
    assert re.sub(r"sha256-[A-Za-z0-9+/=]+", "sha256-…", made) == snapshot


def test_same_report_same_bytes(report: Report) -> None:
    assert html(report) == html(hand_built.hand_built_report())


def test_nothing_runs_or_loads_but_its_own_style_and_script(page: Element) -> None:
    (policy,) = (m for m in page.all("meta") if m.attributes.get("http-equiv") == "Content-Security-Policy")
    (style,), (script,) = page.all("style"), page.all("script")
    hashes = [base64.b64encode(hashlib.sha256(e.text.encode()).digest()).decode() for e in (style, script)]
    assert policy.attributes["content"] == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )
    everything = page.all()
    assert everything.index(policy) < everything.index(style)
    for element in everything:
        names = set(element.attributes)
        assert not {n for n in names if n.startswith("on")} | names & {"src", "style", "action", "srcset", "ping"}, (
            element
        )
        assert element.attributes.get("href", "#").startswith("#")
    assert not re.search(r"url\((?!\"#)|@import", style.text)
    assert "http" not in script.text


def test_every_id_is_there_once_and_every_link_leads_somewhere(page: Element) -> None:
    ids = Counter(e.attributes["id"] for e in page.all() if "id" in e.attributes)
    assert [name for name, count in ids.items() if count > 1] == []
    links = {e.attributes["href"].removeprefix("#") for e in page.all("a")}
    named = {n for e in page.all() for n in e.attributes.get("aria-labelledby", "").split()}
    assert links | named <= set(ids)


def test_each_requirement_has_its_own_link(report: Report, page: Element) -> None:
    ids = {e.attributes.get("id") for e in page.all("article") + page.all("li")}
    assert {v.requirement for v in report.documents[0].verdicts} <= ids
    assert "d2-DEMO-4" in ids


def test_requirement_ids_no_link_can_hold(report: Report) -> None:
    verdicts = report.documents[0].verdicts
    odd = tuple(replace(v, requirement=name) for v, name in zip(verdicts, ('"><b>', "a b", "a\tb", ""), strict=False))
    made = tree(html(replace(report, documents=(replace(report.documents[0], verdicts=odd),))))
    ids = [e.attributes["id"] for e in made.all("article")] + [
        e.attributes["id"] for e in made.all("li") if "id" in e.attributes
    ]
    assert sorted(ids) == ["-", "-b-", "a-b", "a-b.2"]
    assert not made.all("b", "")[0].attributes


def test_hostile_text_shows_as_text(report: Report, page: Element) -> None:
    shown = clean(hand_built.HOSTILE)
    assert shown.startswith('<script>alert("policy")</script> drow red  =HYPERLINK("x") WWW')
    assert page.text.count(shown) >= 6, "policy, quote, wording, message, pack, file name"
    assert [
        e.tag for e in page.all() if e.tag in ("script", "style", "iframe", "object", "embed", "base", "form", "img")
    ] == [
        *("style", "form", "form", "form", "script"),
    ]
    assert {c for c in html(report) if unicodedata.category(c) in ("Cc", "Cf")} == {"\n"}


def test_marks_of_direction_and_control_characters_never_reach_the_page(report: Report) -> None:
    dirty = "a\u202eb\u2066c\u200f\x00\x1b[31md\x9b1m\x85e\ufeff"
    document = replace(
        report.documents[0], path=dirty, title=dirty, reason=dirty, notes=(dirty,), profile=dirty, format=dirty
    )
    packs = tuple(replace(p, authority=dirty, version=dirty, rank=dirty) for p in report.packs)
    made = html(replace(report, documents=(document,), packs=packs, profile=dirty, as_of=dirty))
    assert {c for c in made if unicodedata.category(c) in ("Cc", "Cf")} == {"\n"}


def test_the_whole_report_is_in_it_whatever_is_asked_to_be_shown(report: Report, page: Element) -> None:
    first = page.all("section", "paper")[0]
    for verdict in report.documents[0].verdicts:
        assert clean(verdict.message).split(". ")[0] in first.text
        assert clean(verdict.citation) in first.text
        assert all(
            clean(line).removeprefix("- ") in first.text for line in verdict.remedy.splitlines() if verdict.is_gap
        )
        assert all(f"“{clean(e.quote)}”" in first.text for e in verdict.evidence)
    assert "There is no such file or folder." in page.all("section", "paper")[2].text


def test_gaps_are_ticked_at_first_and_what_is_asked_for(report: Report) -> None:
    def ticked(view: View, documents: tuple[DocumentReport, ...] = report.documents[:1]) -> set[str]:
        boxes = tree(html(replace(report, documents=documents), view)).all("input")
        return {b.attributes["value"] for b in boxes if "checked" in b.attributes and "value" in b.attributes}

    assert ticked(View()) == {"conflict", "missing", "weak", "partial"}
    assert ticked(View(show=frozenset({"met"}))) == {"conflict", "missing", "weak", "partial", "met"}
    assert ticked(View(), report.documents[1:2]) == {"met"}


def test_how_it_was_made_is_in_it(page: Element) -> None:
    (about,) = page.all("footer")
    for said in (
        "policylint 9.9.9",
        "example",
        "2026-01-31",
        "State of Example, statute, version 2025",
        "ab" * 32,
        "ef" * 32,
    ):
        assert said in about.text
    read = page.all("section", "facts")[0].text
    for said in ("policies/peer support.docx", "docx", "2 pages, 1,234 words, 4 sections, 61 statements", "act, demo"):
        assert said in read
    assert "Left out as a running header: “Policy 1031”." in page.text


def test_bars_hold_what_the_summary_counts(page: Element) -> None:
    (whole,) = page.all("div", "whole")[:1]
    assert (
        whole.all("svg")[0].attributes["aria-label"]
        == "2 met, 1 partial, 2 weak, 2 missing, 2 conflict, 1 not applicable"
    )
    assert [r.attributes["width"] for r in whole.all("rect")] == ["22.22%", "11.11%", "22.22%", "22.22%", "22.22%"]
    rows = {
        r.all("th")[0].text: r.all("td")[-1].text for t in page.all("table", "coverage")[1:3] for r in t.all("tr")[1:]
    }
    assert rows["State of Example (statute)"] == "0 of 1"
    assert rows["Roles"] == "1 of 3"
    assert rows["Regional"] == "n/a"


def _begin_alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def test_every_passage_is_marked_where_it_stands(sample_report: Report) -> None:
    page = tree(html(sample_report))
    cards = page.all("article", "card")
    marks = page.all("mark")
    document = sample_report.documents[0]
    assert len(cards) == len(document.verdicts)
    for card in cards:
        (verdict,) = (v for v in document.verdicts if v.requirement == card.attributes["id"])
        number = card.attributes["data-n"]
        quotes = sorted(verdict.evidence, key=lambda e: e.start)
        marked = "".join(m.text for m in marks if number in m.attributes.get("data-v", "").split())
        assert re.sub(r"[\s*]", "", marked) == re.sub(r"[\s*]", "", "".join(e.quote for e in quotes))
        near = "".join(m.text for m in marks if number in m.attributes.get("data-c", "").split())
        assert re.sub(r"[\s*]", "", near) == re.sub(r"[\s*]", "", verdict.closest.quote if verdict.closest else "")
        starts = [
            next(m for m in marks if m.attributes.get("id") == a.attributes["href"][1:]) for a in card.all("a", "to")
        ]
        shown = [*quotes, *([verdict.closest] if verdict.closest else [])]
        # Quotes that follow one another with nothing between are one mark; each link leads to where a quote begins.
        assert all(any(_begin_alike(clean(e.quote), m.text.strip()) for e in shown) for m in starts)


def test_the_policy_reads_as_it_was_read(sample_report: Report) -> None:
    body = sample_report.documents[0].body
    assert body is not None
    shown = tree(html(sample_report)).all("div", "text")[0]
    for chips in shown.all("ul", "serves"):
        chips.inside.clear()
    wanted = "".join(p.label + "".join(body.text[a:b] for a, b in p.spans) for p in body.parts)
    assert re.sub(r"\s+", "", shown.text) == re.sub(r"\s+", "", wanted)


def _segments(
    text: str, *claims: Claim, kind: str = "paragraph", spans: tuple[tuple[int, int], ...] = ()
) -> list[list[str]]:
    view = DocumentView(text, (Part(kind, 0, "", spans or ((0, len(text)),), 1),))
    (shown,) = shown_parts(view, claims, "x:")
    return [[f"{s.text}{list(s.cards)}{list(s.near)}{s.status}{s.anchor}" for s in cell] for cell in shown.cells]


def test_passages_that_overlap_are_split_into_segments() -> None:
    assert _segments(
        "abcdefgh", Claim(0, "met", 1, 5), Claim(1, "weak", 3, 7), Claim(2, "missing", 4, 6, near=True)
    ) == [["a[][]", "bc[0][]metx:1", "d[0, 1][]weakx:3", "e[0, 1][2]weakx:4", "f[1][2]weak", "g[1][]weak", "h[][]"]]


def test_a_passage_that_begins_in_no_span_is_reached_where_it_first_shows() -> None:
    assert _segments("ab **cd", Claim(0, "met", 3, 7), spans=((0, 2), (5, 7))) == [["ab[][]", " [][]", "cd[0][]metx:5"]]


def test_spans_of_one_passage_are_one_segment_and_markup_between_them_is_no_space() -> None:
    assert _segments("ab**cd** ef", Claim(0, "met", 0, 11), spans=((0, 2), (4, 6), (9, 11))) == [["abcd ef[0][]metx:0"]]


def test_cells_of_a_row_stay_apart_and_bold_words_in_a_cell_do_not() -> None:
    assert _segments("Hours\t**No** 24", kind="row", spans=((0, 5), (8, 10), (12, 15))) == [
        ["Hours[][]"],
        ["No 24[][]"],
    ]


def test_a_report_without_the_policy_still_reads(report: Report) -> None:
    bare = tree(html(replace(report, documents=(replace(report.documents[0], body=None),))))
    assert not bare.all("section", "policy")
    assert not bare.all("mark")
    assert "“Members are volunteers.” 1. Peer Support Team › line 5 (page 1)" in bare.text


@pytest.mark.parametrize(
    ("paths", "shown"),
    [
        (["/home/someone/policies/a.md"], ["a.md"]),
        (["C:\\Users\\someone\\a.docx"], ["a.docx"]),
        (["policies/a.md", "-"], ["policies/a.md", "-"]),
        (["/srv/x/north/a.md", "/srv/x/south/a.md"], ["north/a.md", "south/a.md"]),
        (["/srv/a.md", "/srv/a.md"], ["a.md", "a.md"]),
    ],
)
def test_no_path_of_the_machine_is_in_it(report: Report, paths: list[str], shown: list[str]) -> None:
    documents = tuple(replace(report.documents[1], path=path) for path in paths)
    papers = tree(html(replace(report, documents=documents))).all("section", "facts")
    assert [p.all("dd")[0].text for p in papers] == shown
    assert "someone" not in html(replace(report, documents=documents))


def test_a_report_on_what_could_not_be_judged(report: Report) -> None:
    page = tree(html(replace(report, documents=report.documents[2:])))
    assert [h.text for h in page.all("h1")] == ["c.txt"]
    assert "This document was not judged.There is no such file or folder." in page.text.replace("\n", "")
    assert page.all("a", "skip")[0].attributes["href"] == "#about:reqs"


@pytest.mark.slow
def test_a_ten_page_policy_makes_less_than_400_kb(cli: Run, tmp_path: Path) -> None:
    """A whole policy from model language, of more than 3,000 words, under three authorities; half of it weakened."""
    text = cli("draft", "--profile", "washington").out
    assert len(text.split()) > 3000
    lines = [line.replace(" shall ", " may ") if at % 2 else line for at, line in enumerate(text.splitlines())]
    path = tmp_path / "policy.md"
    path.write_text("\n".join([*lines, *lines[len(lines) // 2 :]]), encoding="utf-8")
    report = policylint.check_file(path, profile="washington")
    assert report.documents[0].words > 4500
    assert len(report.documents[0].gaps) > 10
    assert len(html(report).encode()) < 400_000

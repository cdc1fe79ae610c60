"""A manual that holds the policy among others; sections and pages that a user names; ordinary policies, which stay whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import manuals
import pytest

from policylint import check_file, check_text
from policylint.api import Asked
from policylint.document import Document
from policylint.errors import DocumentError, UsageError
from policylint.outline import build, part, selfcheck
from policylint.packs.load import rules_for
from policylint.readers import read_text

PACK = ["iacp"]


def read(text: str, name: str = "x.txt") -> Document:
    return build(read_text(text, name), name, "")


def chosen(text: str, name: str = "x.txt") -> Document:
    return Asked().part_of(read(text, name), rules_for(frozenset(PACK)))


def said(document: Document) -> str:
    """The words of the tree, in order."""
    pieces = [(s.spans[0][0], s.title) for s in document.sections if s.spans]
    pieces += [(p.spans[0][0], document.text_of(p.spans)) for p in document.passages]
    return " ".join(text for _, text in sorted(pieces))


def name_of(style: str) -> str:
    return "x.md" if style == "marked" else "x.txt"


@pytest.fixture(scope="module")
def big() -> Document:
    return read(manuals.manual("numbered"))


# -- found by itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("contents", [False, True], ids=["", "contents"])
@pytest.mark.parametrize("style", manuals.STYLES)
def test_the_policy_of_a_manual_is_found_whole_and_alone(style: str, contents: bool) -> None:
    whole = read(manuals.manual(style, contents=contents), name_of(style))
    found = Asked().part_of(whole, rules_for(frozenset(PACK)))
    wanted = [paragraph for paragraphs in manuals.PEER.values() for paragraph in paragraphs]
    assert [
        found.text_of(p.spans) for p in found.passages if len(p.spans[0]) and found.text_of(p.spans) in wanted
    ] == wanted
    assert not any(topic.lower() in said(found).lower() for topic in manuals.TOPICS)
    assert found.title.lower() == manuals.TITLE.lower()
    assert found.text == whole.text
    assert found.words < 260
    assert "The file holds more than one policy. Judged is " in found.notes[0]
    assert selfcheck.warnings(found) == ()
    assert {out.why for out in found.left_out} >= {part.OUTSIDE}


@pytest.mark.parametrize("style", manuals.STYLES)
def test_the_verdicts_are_those_of_the_policy_alone(style: str) -> None:
    name = name_of(style)
    (alone,) = check_text(manuals.alone(style), name=name, packs=PACK).documents
    (inside,) = check_text(manuals.manual(style), name=name, packs=PACK).documents
    assert inside.status == "judged"
    assert [(v.requirement, v.status) for v in inside.verdicts] == [(v.requirement, v.status) for v in alone.verdicts]


def test_sections_and_passages_are_counted_anew_and_keep_their_place(big: Document) -> None:
    found = Asked().part_of(big, rules_for(frozenset(PACK)))
    assert [s.index for s in found.sections] == list(range(len(found.sections)))
    assert [p.index for p in found.passages] == list(range(len(found.passages)))
    assert all(s.parent is not None and s.parent < s.index for s in found.sections[1:])
    assert all(p.page == big.page_at(p.spans[0][0]) for p in found.passages)
    assert all(p.parent is None or p.parent < p.index for p in found.passages)
    assert found.pages == big.pages
    assert "(sections 440.1 to 440.5, pages 41 to 43)" in found.notes[0]


def test_notes_on_what_lies_outside_are_left_away(big: Document) -> None:
    whole = replace(
        big, notes=("Running header (3 pages): “Vehicle Pursuits”.", "Left out: “Page 42 of 64”.", "A fact.")
    )
    found = Asked().part_of(whole, rules_for(frozenset(PACK)))
    assert found.notes[1:] == ("Left out: “Page 42 of 64”.", "A fact.")


def test_an_appendix_is_judged_with_its_policy_and_a_reference_to_it_is_not() -> None:
    appendix = "\n\nAPPENDIX PEER SUPPORT AGREEMENT\n\n" + "\n\n".join(
        f"A peer supporter agrees to rule {n} of the peer support program and keeps it in each contact with a colleague."
        for n in range(6)
    )
    found = chosen(manuals.manual("numbered") + appendix)
    assert "and “APPENDIX PEER SUPPORT AGREEMENT” (page" in found.notes[0]
    assert "rule 5" in said(found)


def test_without_a_telling_heading_the_densest_stretch_is_taken() -> None:
    found = chosen(manuals.manual("numbered").replace(manuals.TITLE, "Caring For Each Other", 1))
    assert "who are chosen by the program coordinator" in said(found)
    assert found.words < 400


# -- whole --------------------------------------------------------------------------------------------------------


def long_policy(title: str, every: int) -> str:
    """A long document, one sentence in `every` of which speaks of peer support."""
    lines = [title, ""]
    for section in range(40):
        lines += [f"{section + 1}. Topic Number {chr(65 + section % 26)}", ""]
        for n in range(25):
            about = "Peer supporters shall be told" if (section + n) % every == 0 else "The coordinator shall see"
            lines += [f"{about} what is done in the matter {n} of the part {section}, and a note is made of it.", ""]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    [
        manuals.alone("numbered"),
        long_policy("Peer Support Team Manual", 60),
        long_policy("Wellness Handbook", 4),
        manuals.manual("numbered").replace(manuals.TITLE, "Towing", 1).replace("eer", "ear"),
    ],
    ids=["short", "titled", "about it throughout", "not about it at all"],
)
def test_other_documents_are_judged_whole(text: str) -> None:
    document = read(text)
    assert Asked().part_of(document, rules_for(frozenset(PACK))) is document


def test_all_is_the_whole_manual(big: Document) -> None:
    assert Asked("ALL").part_of(big, rules_for(frozenset(PACK))) is big


# -- asked for ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wanted", ["Peer Support Program", "peer support program.", "440", "Policy 440", "§ 440", "Peer Support"]
)
def test_a_section_by_title_or_number(big: Document, wanted: str) -> None:
    found = part.section(big, wanted)
    assert "who are chosen by the program coordinator" in said(found)
    assert "meets each quarter" in said(found)
    assert not any(topic.lower() in said(found).lower() for topic in manuals.TOPICS)
    assert "as asked" in found.notes[0]


def test_a_section_below_it(big: Document) -> None:
    found = part.section(big, "440.3")
    assert said(found) == " ".join(["PROCEDURE", *manuals.PEER["Procedure"]])
    assert found.title == "PROCEDURE"


def test_a_name_of_many_sections_is_a_sentence(big: Document) -> None:
    with pytest.raises(DocumentError, match="is the name of 31 sections") as caught:
        part.section(big, "Procedure")
    assert "“300.3 PROCEDURE” (page" in caught.value.message
    assert "by its number" in (caught.value.hint or "")


@pytest.mark.parametrize(
    "wanted, near", [("Peer Suport Programm", "“Peer Support Program”"), ("xyzzy", "There are, among others: “")]
)
def test_a_section_that_is_not_there_names_the_nearest(big: Document, wanted: str, near: str) -> None:
    with pytest.raises(DocumentError, match=f"There is no section “{wanted}”") as caught:
        part.section(big, wanted)
    assert near in (caught.value.hint or "")


def test_pages(big: Document) -> None:
    found = part.pages(big, 41, 43)
    assert {p.page for p in found.passages} <= {41, 42, 43}
    assert "meets each quarter" in said(found)
    assert found.notes[0] == "Judged is only pages 41 to 43 of 64, as asked."
    assert selfcheck.warnings(found) == ()
    assert {p.page for p in part.pages(big, 64, 99).passages} == {64}


def test_pages_that_are_not_there(big: Document) -> None:
    with pytest.raises(DocumentError, match="There is no page 65: the document has 64"):
        part.pages(big, 65, 66)
    with pytest.raises(DocumentError, match="no pages to choose from"):
        part.pages(read("Peer Support\n\nText."), 1, 2)
    with pytest.raises(DocumentError, match="no text on page 2"):
        part.pages(read("One.\f\n\fThree."), 2, 2)


def test_the_api_takes_section_and_pages(tmp_path: Path) -> None:
    path = tmp_path / "manual.txt"
    path.write_text(manuals.manual("numbered"), encoding="utf-8")
    by_pages = check_file(path, packs=PACK, pages=(41, 43)).documents[0]
    by_section = check_file(path, packs=PACK, section="440").documents[0]
    assert by_pages.status == by_section.status == "judged"
    assert {e.page for v in by_section.verdicts for e in v.evidence} <= {41, 42, 43}
    nothing = check_file(path, packs=PACK, section="no such thing").documents[0]
    assert (nothing.status, nothing.verdicts) == ("not_judged", ())
    assert (nothing.reason or "").startswith("There is no section “no such thing” in this document.")
    for wrong in ({"pages": (3, 1)}, {"pages": (0, 2)}, {"pages": (1, 2), "section": "440"}):
        with pytest.raises(UsageError):
            check_file(path, packs=PACK, **wrong)  # type: ignore[arg-type]

"""List labels and heading levels of Word files, against what a person sees in Word, stated by hand in `docx_files`."""

from __future__ import annotations

import pytest
from docx_files import SCHEMES, Maker, Truth
from docx_xml import par, word

from policylint.document import Document
from policylint.outline import build
from policylint.outline.labels import stated
from policylint.readers.docx import read
from policylint.readers.docx.numerals import numeral
from policylint.readers.formats import Options


def seen(make: Maker) -> list[Truth]:
    source = read(make.data(), "policy.docx", Options())
    return [
        (b.kind, b.level if b.kind == "heading" else 0, b.label, "".join(source.text[s:e] for s, e in b.spans))
        for b in source.blocks
    ]


def outline(make: Maker) -> Document:
    return build(read(make.data(), "policy.docx", Options()), "policy.docx", "")


def drawn(document: Document) -> list[str]:
    """The tree, a line for each section and passage: depth as blanks, its label, its first two words."""
    lines = [(s.spans[0][0], f"{'#' * s.level} {s.label} {s.title}") for s in document.sections[1:]]
    for passage in document.passages:
        depth, at = 0, passage
        while at.parent is not None:
            depth, at = depth + 1, document.passages[at.parent]
        words = " ".join(document.text_of(passage.spans).split()[:2])
        lines.append((passage.spans[0][0], "  " * depth + f"{passage.label} {words}".strip()))
    return [" ".join(line.split()) if line[0] == "#" else line for _, line in sorted(lines)]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_labels_and_levels_are_those_that_word_shows(scheme: str) -> None:
    make = SCHEMES[scheme]()
    assert len(make.truth) >= 6
    assert seen(make) == make.truth


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_canonical_text_is_what_stands_on_the_page(scheme: str) -> None:
    make = SCHEMES[scheme]()
    source = read(make.data(), "policy.docx", Options())
    assert source.text.split("\n\n") == [f"{label} {text}".strip() for _, _, label, text in make.truth]


def test_the_tree_of_numbered_headings_and_nested_items() -> None:
    assert drawn(outline(SCHEMES["legal_headings"]())) == [
        "# 1 Purpose",
        "This policy",
        "# 2 Team",
        "## 2.1 Selection of members",
        "A member",
        "  a volunteer for",
        "  b be in",
        "    i no open",
        "    ii no sustained",
        "  c have three",
        "## 2.2 Removal of members",
        "The chief",
        "  a breaking a",
        "  b missing three",
        "### 2.2.1 Appeals",
        "A member",
        "# 3 Training",
        "## 3.1 Basic course",
        "Members shall",
    ]


def test_levels_are_kept_apart_where_the_page_shows_them_flush() -> None:
    assert drawn(outline(SCHEMES["parentheses"]())) == [
        "# Confidentiality",
        "a Members shall",
        "b The rule",
        "  1 threats of",
        "  2 threats to",
        "    i a person",
        "    ii there are",
        "      A a weapon;",
        "      B a plan.",
        "  3 abuse of",
        "c Members shall",
    ]


def test_articles_are_sections_with_their_numbers() -> None:
    found = outline(SCHEMES["articles"]()).sections[1:]
    assert [(s.label, s.title, s.level) for s in found] == [
        ("Article I", "General", 1),
        ("Section 1.01", "Purpose", 2),
        ("Section 1.02", "Scope", 2),
        ("Article II", "Confidentiality", 1),
        ("Section 2.01", "Rule", 2),
        ("Article III", "Records", 1),
    ]


def test_numbers_that_come_back_on_a_deeper_level_do_not_take_the_place_of_those_above() -> None:
    def level(at: int, format_: str, left: int) -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="%{at + 1}."/>'
            f'<w:pPr><w:ind w:left="{left}" w:hanging="360"/></w:pPr></w:lvl>'
        )

    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", 720)}{level(1, "lowerLetter", 1440)}'
        f'{level(2, "decimal", 2160)}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    rows = [(at, f"Members shall do what the rule of level {at} says.") for at in (0, 1, 2, 0, 1, 2)]
    body = "".join(par(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="1"/></w:numPr>') for at, text in rows)
    found = build(read(word(body, numbering=numbering), "policy.docx", Options()), "policy.docx", "")
    assert drawn(found) == [
        "1 Members shall",
        "  a Members shall",
        "    1 Members shall",
        "2 Members shall",
        "  a Members shall",
        "    1 Members shall",
    ]


def test_whole_texts_in_numbered_heading_styles_are_judged_as_text() -> None:
    found = outline(SCHEMES["numbered_texts"]())
    assert [s.title for s in found.sections[1:]] == ["Confidentiality", "Records"]
    assert [p.label for p in found.passages] == ["1.1", "1.2", "1.2.1", "2.1"]


def test_a_list_that_is_not_defined_gives_no_label() -> None:
    body = par("Text.", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="9"/></w:numPr>')
    (block,) = read(word(body), "policy.docx", Options()).blocks
    assert (block.kind, block.label) == ("paragraph", "")


@pytest.mark.parametrize(
    "number, format_, text",
    [
        (28, "lowerLetter", "bb"),
        (781, "lowerLetter", "781"),
        (1994, "upperRoman", "MCMXCIV"),
        (4000, "lowerRoman", "4000"),
        (11, "ordinal", "11th"),
        (122, "ordinal", "122nd"),
        (21, "cardinalText", "Twenty-one"),
        (342, "ordinalText", "Three hundred forty-second"),
        (20, "ordinalText", "Twentieth"),
        (7, "decimalZero", "07"),
        (12, "001", "012"),
        (3, "none", ""),
        (3, "hindiVowels", "3"),
    ],
)
def test_numerals(number: int, format_: str, text: str) -> None:
    assert numeral(number, format_) == text


@pytest.mark.parametrize(
    "text, label, values",
    [
        ("1.1", "1.1", (1, 1)),
        ("2.", "2", (2,)),
        ("Article IV.", "Article IV", (4,)),
        ("ARTICLE I", "ARTICLE I", (1,)),
        ("Section 1.01", "Section 1.01", (1,)),
        ("PS-3", "PS-3", (3,)),
        ("3", "3", (3,)),
        ("Second,", "Second,", (2,)),
        ("Step Three:", "Step Three", (3,)),
        ("•", "•", ()),
        ("♣", "♣", ()),
    ],
)
def test_labels_that_a_format_states_are_taken_at_their_word(text: str, label: str, values: tuple[int, ...]) -> None:
    found = stated(text)
    assert found is not None
    assert (found.text, found.values, found.length) == (label, values, 0)

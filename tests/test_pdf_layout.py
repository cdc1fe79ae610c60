"""The layout of PDF pages on plain words, as OCR gives them, too: nothing is lost, nothing comes twice, whatever the page."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.readers.pdf import source_of
from policylint.readers.pdf.columns import bands
from policylint.readers.pdf.hyphens import mended
from policylint.readers.pdf.layout import is_mark, lines_of, rows_on
from policylint.readers.pdf.rows import rows_of
from policylint.readers.pdf.values import PageText, Rule, Word


def word(text: str, x: float, y: float, size: float = 10.0, *, bold: bool = False) -> Word:
    return Word(text, x, y, x + 0.5 * size * len(text), y + 1.15 * size, size, bold=bold, page=1)


def line(text: str, x: float, y: float, size: float = 10.0) -> list[Word]:
    out = []
    for piece in text.split():
        out.append(word(piece, x, y, size))
        x = out[-1].x1 + 0.28 * size
    return out


def page(words: list[Word], rules: tuple[Rule, ...] = ()) -> PageText:
    return PageText(1, 612.0, 792.0, tuple(words), rules)


def shown(words: list[Word], rules: tuple[Rule, ...] = ()) -> list[str]:
    return [
        " | ".join(" ".join(w.text for w in cell) for cell in found.cells)
        for found in lines_of(rows_on(page(words, rules)))
    ]


coordinates = st.floats(-20, 700, allow_nan=False)
words = st.lists(
    st.builds(
        word,
        st.text("abcdefgh.-•1(", min_size=1, max_size=9),
        coordinates,
        st.floats(-20, 800, allow_nan=False),
        st.sampled_from([1.0, 8.0, 10.0, 11.5, 40.0]),
        bold=st.booleans(),
    ),
    max_size=60,
)
rules = st.lists(
    st.one_of(
        st.builds(lambda x, y, w: Rule(x, y, x + w, y), coordinates, coordinates, st.floats(8, 500)),
        st.builds(lambda x, y, h: Rule(x, y, x, y + h), coordinates, coordinates, st.floats(8, 500)),
    ),
    max_size=14,
).map(tuple)


@given(words, rules)
@settings(max_examples=150, deadline=None)
def test_every_character_is_laid_out_once(found: list[Word], drawn: tuple[Rule, ...]) -> None:
    out = [w for x in lines_of(rows_on(page(found, drawn))) for cell in x.cells for w in cell]
    assert Counter("".join(w.text for w in out)) == Counter("".join(w.text for w in found))


@given(st.lists(words.filter(bool), min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_every_letter_reaches_the_canonical_text(pages: list[list[Word]]) -> None:
    texts = [PageText(at, 612.0, 792.0, tuple(w._replace(page=at) for w in p)) for at, p in enumerate(pages, 1)]
    source = source_of(texts, "pdf", "x.pdf", numbers=range(1, len(texts) + 1), count=len(texts))
    want = Counter(c for p in pages for w in p for c in w.text if c != "-")
    assert Counter(c for c in source.text if c in want) == want
    spans = [span for block in source.blocks for span in block.spans]
    assert spans == sorted(spans)


def test_words_in_any_order_make_the_same_rows() -> None:
    found = [*line("Members of the team listen", 72, 100), *line("and keep what they hear.", 72, 113)]
    assert rows_of(found) == rows_of(found[::-1])
    assert [row.text for row in rows_of(found)] == ["Members of the team listen", "and keep what they hear."]


def test_columns_whose_lines_stand_at_other_heights_do_not_mix() -> None:
    left = [w for at in range(30) for w in line(f"left text number l{at} goes", 72, 100 + 14 * at)]
    right = [w for at in range(30) for w in line(f"right text number r{at} goes", 320, 103.4 + 14 * at)]
    found = shown(left + right)
    assert found == [f"left text number l{at} goes" for at in range(30)] + [
        f"right text number r{at} goes" for at in range(30)
    ]


def test_a_line_that_reaches_into_the_gutter_crosses_it_not() -> None:
    left = [
        w
        for at in range(20)
        for w in line(f"text l{at} on the left" + " goes on far" * (at in (7, 12)), 72, 100 + 14 * at)
    ]
    right = [w for at in range(20) for w in line(f"text r{at} on the right", 320, 100 + 14 * at)]
    found = shown(left + right)
    assert [text.split()[1][0] for text in found] == ["l"] * 20 + ["r"] * 20


def test_list_labels_are_no_column() -> None:
    found = [
        w for at in range(20) for w in (word(f"{at}.", 72, 100 + 14 * at), *line("keep the roster", 108, 100 + 14 * at))
    ]
    assert all(not band.gutters for band in bands(rows_of(found)))
    assert shown(found)[3] == "3. keep the roster"


def test_a_superscript_stays_on_its_line() -> None:
    found = [*line("as the statute says", 72, 100), word("2", 72 + 19 * 5, 97, 6.0), *line("and no more", 190, 100)]
    assert len(rows_of(found)) == 1


def test_a_wide_merged_cell_is_one_cell() -> None:
    rules = tuple(
        [Rule(72, y, 400, y) for y in (100.0, 120.0, 140.0)]
        + [Rule(72, 100, 72, 140), Rule(400, 100, 400, 140), Rule(236, 120, 236, 140)]
    )
    found = [*line("Peer Support Program of the Department", 80, 104), word("Number", 80, 124), word("3.27", 240, 124)]
    assert shown(found, rules) == ["Peer Support Program of the Department", "Number | 3.27"]


def test_a_cell_over_two_rows_is_one_cell() -> None:
    rules = (
        *(Rule(72, y, 400, y) for y in (100.0, 140.0)),
        Rule(236, 120, 400, 120),
        *(Rule(x, 100, x, 140) for x in (72.0, 236.0, 400.0)),
    )
    found = [
        *line("Cedar Hollow", 80, 104),
        *line("Police Department", 80, 121),
        word("3.27", 240, 104),
        word("2024", 240, 124),
    ]
    assert shown(found, rules) == ["Cedar Hollow Police Department | 3.27", "2024"]


@pytest.mark.parametrize(
    "left, right, known, want",
    [
        ("confi-", "dential.", "", "confidential."),
        ("confi-", "dential", "confi-dential confi-dential", "confi-dential"),
        ("non-", "sworn", "", "non-sworn"),
        ("officer-", "involved", "officer involved", "officer-involved"),
        ("officer-in-", "volved", "", "officer-in-volved"),
        ("7-32-", "602", "", "7-32-602"),
        ("Post-", "Traumatic", "", "Post-Traumatic"),
        ("–-", "x", "", None),
        ("word", "other", "", None),
        ("to-", "(", "", None),
    ],
)
def test_words_broken_at_a_hyphen(left: str, right: str, known: str, want: str | None) -> None:
    assert mended(left, right, Counter(known.split())) == want


@pytest.mark.parametrize("text", ["•", "(a)", "1.", "1.4.2", "IV.", "(iii)", "A.1.", "–"])
def test_labels(text: str) -> None:
    assert is_mark(text)


@pytest.mark.parametrize("text", ["Team", "and", "Chief,", "2024", "peers."])
def test_words_are_no_labels(text: str) -> None:
    assert not is_mark(text)

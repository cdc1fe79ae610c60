"""What an engine gets wrong and the picture, or the neighbours, put right; and what is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from policylint.readers.ocr import bullets, labels, page, picture, placed, spaces, unread
from policylint.readers.ocr.words import Page, Word, lines_of, mean_confidence

SIZE = 30.0


def line(number: int, *texts: str, x: float = 100.0, y: float | None = None) -> list[Word]:
    """Words of fifteen pixels a letter with a space of ten between them."""
    top = 100.0 + 40 * number if y is None else y
    words = []
    for text in texts:
        words.append(Word(text, x, top, x + 15 * len(text), top + 24, 0.95, number, SIZE))
        x += 15 * len(text) + 10
    return words


def lists(*labels_: str) -> list[Word]:
    return [word for at, label in enumerate(labels_) for word in line(at, label, "text", "of", "it")]


def first_words(words: Sequence[Word]) -> list[str]:
    return [found[0].text for found in lines_of(words)]


# -- list labels -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "read, meant",
    [
        ("l. 2. 3.", "1. 2. 3."),
        ("I. 2. 3.", "1. 2. 3."),
        ("1. II. III.", "I. II. III."),
        ("I. It: III.", "I. II. III."),
        ("I. ll. III.", "I. II. III."),
        ("I. II. A. B. lil. A. IV.", "I. II. A. B. III. A. IV."),
        ("1. Il. Ill. IV. V.", "I. II. III. IV. V."),
        ("VI. Vil. Vill. IX.", "VI. VII. VIII. IX."),
        ("4. S. 6.", "4. 5. 6."),
        ("9. lO. 11. l2. 13.", "9. 10. 11. 12. 13."),
        ("(a) (b) (©)", "(a) (b) (c)"),
        ("(a) (b) (¢) (d)", "(a) (b) (c) (d)"),
        ("(h) (1) (j)", "(h) (i) (j)"),
        ("(k) (1) (m)", "(k) (l) (m)"),
        ("(i) (11) (iii)", "(i) (ii) (iii)"),
        ("A. 8. C.", "A. B. C."),
        ("A. B. Cc. D.", "A. B. C. D."),
        ("{a) (b] (c)", "(a) (b) (c)"),
        ("(a) (b)_ (c)", "(a) (b) (c)"),
        ("1031.l 1031.2", "1031.1 1031.2"),
        ("1O.2.1 10.2.2", "10.2.1 10.2.2"),
    ],
)
def test_labels_are_what_their_neighbours_say(read: str, meant: str) -> None:
    assert first_words(labels.heal([lists(*read.split())])[0]) == meant.split()


@pytest.mark.parametrize(
    "right",
    [
        "1. 2. 3. 1. 2.",
        "I. II. III. IV. V.",
        "(a) (b) (1) (2) (c) (d)",
        "(g) (h) (i) (j) (k) (l) (m)",
        "(i) (ii) (iii) (iv) (v)",
        "A. B. C. D.",
        "l.",
        "I.",
        "(a) (b) is. (c)",
        "14. is. 15. 16.",
        "H. I. J.",
        "1.1 1.2 1.2.1",
        "3. 8. 9.",
        "[1] [2]",
        "I. Ill. 2.",
    ],
)
def test_labels_that_may_be_meant_stay(right: str) -> None:
    assert first_words(labels.heal([lists(*right.split())])[0]) == right.split()


def test_a_list_goes_on_over_pages_and_is_read_by_place() -> None:
    second = [replace(word, line=word.line + 9) for word in lists("(¢)", "(d)")]
    healed = labels.heal([lists("(a)", "(b)"), second[::-1]])
    assert first_words(healed[1][::-1]) == ["(c)", "(d)"]


def test_a_section_number_read_as_two_words_is_one_where_others_begin_alike() -> None:
    split = line(0, "1031.", "1", "PURPOSE")
    assert first_words(labels.heal([split + line(1, "1031.1.1", "DEFINITIONS")])[0]) == ["1031.1", "1031.1.1"]
    item = line(0, "4.", "40", "hours")
    assert first_words(labels.heal([item + line(1, "4.1", "TRAINING")])[0]) == ["4.", "4.1"]
    assert first_words(labels.heal([split + line(1, "1032.1", "DEFINITIONS")])[0]) == ["1031.", "1032.1"]


def test_labels_of_another_column_are_another_list() -> None:
    words = [*line(0, "l.", "text"), *line(1, "2.", "text", x=600.0, y=140.0)]
    assert first_words(labels.heal([words])[0]) == ["l.", "2."]


@pytest.mark.parametrize(
    "glued, parts",
    [
        ("1031.1PURPOSE", ["1031.1", "PURPOSE"]),
        ("1.Purpose", ["1.", "Purpose"]),
        ("(a).Releasing", ["(a).", "Releasing"]),
        ("(iv)Keep", ["(iv)", "Keep"]),
        ("3.5", ["3.5"]),
        ("R.C.W.", ["R.C.W."]),
    ],
)
def test_a_label_is_cut_off_from_its_text(glued: str, parts: list[str]) -> None:
    healed = labels.heal([line(0, glued, "and", "more")])[0]
    assert [word.text for word in healed] == [*parts, "and", "more"]
    within = labels.heal([line(0, "see", glued)])[0]
    assert [word.text for word in within] == ["see", glued]
    placed_ = placed.place([healed], [1.0])[0]
    assert all(b.x0 - a.x1 > 3 for a, b in pairwise(placed_)), "the layout would join them"


@given(st.lists(st.text(alphabet="aAiIlL1!|()[]{}.:,©¢0Ov ", min_size=1, max_size=6), max_size=12))
def test_healing_labels_keeps_every_line(texts: list[str]) -> None:
    words = [word for at, text in enumerate(texts) if text.strip() for word in line(at, text.strip(), "text")]
    healed = labels.heal([words])[0]
    assert [found[-1].text for found in lines_of(healed)] == ["text"] * len(lines_of(words))


# -- bullets -----------------------------------------------------------------------------------------------------------


def drawn(*marks: tuple[float, float, str]) -> Image.Image:
    """A white page with small marks: x, middle, and "disc", "ring", "letter" or "dirt"."""
    image = Image.new("L", (700, 700), 255)
    draw = ImageDraw.Draw(image)
    for x, y, kind in marks:
        radius = {"disc": 5, "ring": 6, "letter": 11, "dirt": 1}[kind]
        box = (x - radius, y - radius, x + radius, y + radius)
        if kind == "ring":
            draw.ellipse(box, outline=0, width=2)
        else:
            draw.ellipse(box, fill=0)
    return image


ITEMS = [*line(0, "keeps", "records"), *line(1, "meets", "often"), *line(2, "gives", "help")]
MIDDLES = (112, 152, 192)


def test_bullets_that_the_engine_dropped() -> None:
    found = bullets.find(ITEMS, drawn(*((70, y, "disc") for y in MIDDLES)))
    assert first_words(found) == ["•", "•", "•"]
    assert first_words(bullets.find(ITEMS, drawn(*((70, y, "ring") for y in MIDDLES)))) == ["◦", "◦", "◦"]


@pytest.mark.parametrize("glyph", ["e", "¢", "*", "«", "o", "@", "."])
def test_bullets_read_as_something_else(glyph: str) -> None:
    read = [*ITEMS, *(Word(glyph, 64, y - 6, 76, y + 6, 0.6, at, SIZE) for at, y in enumerate(MIDDLES))]
    assert first_words(bullets.find(read, drawn(*((70, y, "disc") for y in MIDDLES)))) == ["•", "•", "•"]


def test_bullets_in_a_column_of_their_own_come_to_their_lines() -> None:
    column = [Word("e", 64, y - 6, 76, y + 6, 0.6, 9 + at, SIZE) for at, y in enumerate(MIDDLES)]
    found = bullets.find([*ITEMS, *column], drawn(*((70, y, "disc") for y in MIDDLES)))
    assert [[w.text for w in words] for words in lines_of(found)] == [
        ["•", "keeps", "records"],
        ["•", "meets", "often"],
        ["•", "gives", "help"],
    ]


def test_a_bullet_glued_to_its_text() -> None:
    glued = [replace(ITEMS[0], text="«keeps"), *ITEMS[1:]]
    found = bullets.find(glued, drawn(*((70, y, "disc") for y in MIDDLES)))
    assert [w.text for w in lines_of(found)[0]] == ["•", "keeps", "records"]


@pytest.mark.parametrize(
    "marks",
    [
        [(70, 112, "disc")],  # one alone, and the engine saw none: a spot on the glass
        [(70, 112, "disc"), (40, 152, "disc")],  # at different places
        [(70, y, "letter") for y in MIDDLES],  # as large as letters
        [(70, y, "dirt") for y in MIDDLES],
        [(-500, 0, "disc")],
    ],
)
def test_what_is_no_bullet(marks: list[tuple[float, float, str]]) -> None:
    assert bullets.find(ITEMS, drawn(*marks)) == ITEMS


def test_a_dash_or_star_that_stands_once_stays_as_it_was_read() -> None:
    read = [*ITEMS, Word("*", 64, 106, 76, 118, 0.9, 0, SIZE)]
    assert first_words(bullets.find(read, drawn((70, 112, "disc")))) == ["*", "meets", "gives"]


def test_the_bullets_of_a_document_are_written_alike() -> None:
    firsts = "o ◦ © e « ¢« • - 0".split()
    words = [word for at, text in enumerate(firsts) for word in line(at, text, "text")]
    assert first_words(bullets.alike([words])[0]) == "◦ ◦ ◦ • • • • - ◦".split()
    alone = [*line(0, "©", "2023", "Alder", "Creek"), *line(1, "0"), *line(2, "e"), *line(3, "a", "text")]
    assert bullets.alike([alone]) == [alone]


# -- spaces ------------------------------------------------------------------------------------------------------------


def printed(words: Sequence[Word], gaps: Sequence[tuple[float, float]] = ()) -> Image.Image:
    """A page with a black bar for every word, but for gaps of white from x to x."""
    image = Image.new("L", (900, 400), 255)
    for word in words:
        image.paste(0, (int(word.x0), int(word.y0), int(word.x1), int(word.y1)))
    for left, right in gaps:
        image.paste(255, (int(left), 0, int(right), 400))
    return image


def test_a_word_is_cut_where_the_picture_has_a_space() -> None:
    words = [*line(0, "Areferral", "to", "the", "unit"), *line(1, "in", "the", "unit")]
    mended = spaces.mend(words, printed(words, [(112, 122)]))
    assert [w.text for w in mended][:3] == ["A", "referral", "to"]
    assert [w.text for w in spaces.mend(words, printed(words))][:2] == ["Areferral", "to"]


def test_a_word_is_not_cut_where_no_two_words_would_be() -> None:
    words = line(0, "confidential", "to", "the", "unit")
    assert [w.text for w in spaces.mend(words, printed(words, [(170, 182)]))] == [w.text for w in words]


def test_pieces_of_a_word_that_touch_are_joined() -> None:
    words = line(0, "Com", "munications", "of", "the", "unit")
    near = [replace(words[0], x1=words[1].x0 - 1), *words[1:]]
    assert [w.text for w in spaces.mend(near, printed(near))] == ["Communications", "of", "the", "unit"]
    assert [w.text for w in spaces.mend(words, printed(words))] == [w.text for w in words]


def test_words_without_white_between_them_anywhere() -> None:
    words = [replace(w, x0=100, x1=200) for w in line(0, "a", "b", "c", "d", "e", "f")]
    assert spaces.mend(words, printed(words)) == words


# -- what was not read -------------------------------------------------------------------------------------------------


class Second:
    """An engine that reads a block of line starts; keeps the block it was given."""

    TITLE, SIDE_BY_SIDE = "second", False

    def __init__(self, *texts: str, confidence: float = 0.9) -> None:
        self.texts, self.confidence, self.given = texts, confidence, 0

    def available(self) -> bool:
        return True

    def recognise(self, image: Image.Image, *, block: bool = False) -> list[Word]:
        assert block
        self.given += 1
        height = image.height / (len(self.texts) or 1)
        return [
            Word(text, 36, height * at + height / 3, 66, height * at + height / 2, self.confidence, at, SIZE)
            for at, text in enumerate(self.texts)
        ]


def test_labels_that_were_dropped_are_read_again() -> None:
    words = [*line(0, ".", "This", "order", x=90.0), *line(1, "The", "team")]
    image = printed(words)
    image.paste(0, (62, 102, 82, 124))
    engine = Second("B.")
    assert [w.text for w in unread.read_again(words, image, engine)] == ["B.", "This", "order", "The", "team"]
    unsure = Second("B.", confidence=0.2)
    assert unread.read_again(words, image, unsure) == words


def test_a_label_is_put_before_a_word_that_was_read_well() -> None:
    words = line(0, "This", "order", x=90.0)
    image = printed(words)
    image.paste(0, (32, 102, 62, 124))
    engine = Second("B.")
    assert [w.text for w in unread.read_again(words, image, engine)] == ["B.", "This", "order"]
    assert unread.read_again(words, image, Second("B.", confidence=0.5)) == words


def test_a_doubtful_beginning_is_read_again_and_the_surer_reading_holds() -> None:
    words = line(0, "BENie", "PURPOSE")
    words[0] = replace(words[0], x1=130.0, confidence=0.7)
    image = printed(words)
    assert [w.text for w in unread.read_again(words, image, Second("II."))] == ["II.", "PURPOSE"]
    assert unread.read_again(words, image, Second("xx", confidence=0.65)) == words


def test_nothing_is_read_again_where_nothing_is_missing() -> None:
    engine = Second("x")
    words = [*line(0, "This", "order"), *line(1, "The", "team")]
    assert unread.read_again(words, printed(words), engine) == words
    assert engine.given == 0


# -- the picture -------------------------------------------------------------------------------------------------------


def ruled(angle: float = 0.0, size: tuple[int, int] = (1200, 1600)) -> Image.Image:
    """A page of lines of words, hung askew clockwise."""
    image = Image.new("L", size, 255)
    for top in range(200, size[1] - 200, 45):
        left = 150
        while left < size[0] - 250:
            wide = 30 + (left * 7 + top * 13) % 61
            image.paste(0, (left, top, left + wide, top + 16))
            left += wide + 20
    return image.rotate(-angle, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("angle", [-6.0, -2.3, -0.6, 0.4, 1.0, 4.5])
def test_a_page_that_hangs_is_straightened(angle: float) -> None:
    image = ruled(angle)
    assert picture.skew(image) == pytest.approx(angle, abs=0.1)
    assert abs(picture.skew(picture.straighten(image, picture.skew(image)))) <= 0.15


def test_a_page_that_hangs_straight_is_left_alone() -> None:
    image = ruled()
    assert picture.skew(image) == 0.0
    assert picture.straighten(image, 0.0) is image
    assert picture.skew(Image.new("L", (800, 800), 255)) == 0.0


def test_a_page_on_its_side_is_seen() -> None:
    assert not picture.on_its_side(ruled(3.0))
    assert picture.on_its_side(picture.turn(ruled(2.0), 90))
    assert not picture.on_its_side(Image.new("L", (800, 800), 255))
    assert picture.turn(ruled(), 270).size == (1600, 1200)


def test_shadows_are_taken_out_of_a_photograph() -> None:
    page_ = ruled()
    shadow = Image.linear_gradient("L").resize(page_.size).point(lambda v: 90 + v * 165 // 255)
    dark = Image.composite(shadow, Image.new("L", page_.size, 20), page_)
    assert picture.evenly_lit(page_) is page_
    lit = picture.evenly_lit(dark)
    assert min(lit.getpixel((30, 30)), lit.getpixel((30, 1570))) > 230
    assert picture.ink_of(lit).mean() == pytest.approx(picture.ink_of(page_).mean(), rel=0.1)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr"])
def test_pictures_of_every_kind_become_grey(mode: str) -> None:
    image = ruled(size=(500, 600)).convert("L")
    if mode == "I;16":
        import numpy as np

        image = Image.fromarray(np.asarray(image, dtype=np.uint16) * 257)
    elif mode == "I":
        image = image.convert("I").point(lambda value: value * 257)
    else:
        image = image.convert(mode)
    grey = picture.grey(image)
    assert grey.mode == "L"
    assert (grey.getpixel((5, 5)) > 250, grey.getpixel((160, 205)) < 10) == (True, True)


def test_a_transparent_ground_is_paper_and_a_huge_picture_is_made_smaller() -> None:
    clear = Image.new("RGBA", (300, 300), (0, 0, 0, 0))
    assert picture.grey(clear).getextrema() == (255, 255)
    assert max(picture.grey(Image.new("L", (3000, 9000), 255)).size) <= 4200


# -- whole pages -------------------------------------------------------------------------------------------------------


class Upright:
    """An engine that reads a page well only when a mark stands in its left upper corner."""

    TITLE, SIDE_BY_SIDE = "upright", True

    def __init__(self) -> None:
        self.asked = 0

    def available(self) -> bool:
        return True

    def recognise(self, image: Image.Image, *, block: bool = False) -> list[Word]:
        if block:
            return []
        self.asked += 1
        well = int(picture.ink_of(image)[:100, :100].sum()) > 400
        step = range(200, image.height - 200, 45) if image.height > image.width else range(150, image.height - 250, 90)
        return [
            Word("words", 150, top, image.width - 180, top + 16, 0.95 if well else 0.2, at, SIZE)
            for at, top in enumerate(step)
        ]


@pytest.mark.parametrize("turned, asked", [(0, 1), (180, 2), (90, 2), (270, 2)])
def test_a_page_is_turned_until_it_reads_well(turned: int, asked: int) -> None:
    upright = ruled()
    upright.paste(0, (20, 20, 60, 60))
    engine = Upright()
    found = page.recognise(picture.turn(upright, (360 - turned) % 360), engine)
    assert (found.turned, found.width, found.height) == (turned, 1200, 1600)
    assert engine.asked <= asked
    assert found.confidence == pytest.approx(0.95)


def test_an_empty_page_costs_nothing_and_a_bad_one_is_read_four_times() -> None:
    engine = Upright()
    assert page.recognise(Image.new("RGB", (1200, 1600), "white"), engine).words == ()
    assert engine.asked == 0
    found = page.recognise(ruled(), engine)
    assert engine.asked == 4
    assert (found.turned, round(found.confidence, 2)) == (0, 0.2)


def test_sizes_that_jitter_are_one_size_and_words_share_a_baseline() -> None:
    words = [
        *(replace(w, size=29.0, y1=w.y1 + at) for at, w in enumerate(line(0, "many", "words", "here"))),
        *(replace(w, size=30.4) for w in line(1, "more", "words", "here", "again")),
        *(replace(w, size=41.0) for w in line(2, "Title")),
    ]
    found = placed.place([words], [0.36])[0]
    assert [round(w.size, 1) for w in found] == [10.9] * 7 + [14.8]
    assert len({w.y1 for w in found[:3]}) == 1
    assert found[0].y1 - found[0].y0 == pytest.approx(found[0].size)


@pytest.mark.parametrize(("end", "measured"), [("apply).", 30.0), ("Applying", 45.0), ("applying:words", 45.0)])
def test_the_short_end_of_a_sentence_has_the_size_of_the_line_before(end: str, measured: float) -> None:
    words = [*line(0, "These", "conditions", "may"), *(replace(w, size=45.0) for w in line(1, end))]
    found = placed.place([words], [1.0])[0]
    assert found[-1].size == measured


@pytest.mark.parametrize(
    "size, dpi, width",
    [
        ((1700, 2200), 200, 612),
        ((1700, 2200), 72, 612),
        ((3024, 4032), 72, 612),
        ((2480, 3508), 300, 595.2),
        ((850, 1100), 0, 612),
    ],
)
def test_points_by_the_resolution_where_that_can_be(size: tuple[int, int], dpi: float, width: float) -> None:
    found = Page((), *size)
    assert size[0] * placed.scale_of(found, dpi) == pytest.approx(width)


def test_confidence_counts_long_words_more() -> None:
    assert mean_confidence(()) == 0.0
    words = line(0, "a", "confidential")
    assert mean_confidence([replace(words[0], confidence=0.0), words[1]]) == pytest.approx(0.95 * 12 / 13)

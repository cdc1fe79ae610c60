"""The PDF reader on files made by `pdf_files`: reading order, margins, words, tables, what is not read, what is refused."""

from __future__ import annotations

import io

import pytest
from pdf_files import HIGH, LEFT, MORE, PROSE, WIDE, Page, columns, pages, prose
from reportlab.lib.pdfencrypt import StandardEncryption

from policylint.document import Document, Source
from policylint.errors import DocumentError
from policylint.outline import build
from policylint.readers import pdf
from policylint.readers.formats import Options


def read(data: bytes, **options: tuple[int, int]) -> Source:
    return pdf.read(data, "policy.pdf", Options(**options))


def tree(data: bytes) -> Document:
    return build(read(data), "policy.pdf", "")


def texts(source: Source, *, left_out: bool = False) -> list[str]:
    return ["|".join(source.text[a:b] for a, b in x.spans) for x in source.blocks if bool(x.left_out) == left_out]


def passages(document: Document) -> list[str]:
    return [document.text_of(p.spans) for p in document.passages]


def folded(text: str) -> str:
    return " ".join(text.split())


# -- text, headings, places ---------------------------------------------------------------------------------------


def test_wrapped_lines_make_paragraphs_and_larger_lines_headings() -> None:
    page = Page()
    page.line("Peer Support Program", size=20, font="Helvetica-Bold")
    for title, text in (("Purpose of the team", PROSE), ("Who runs it", MORE)):
        page.heading(title)
        page.paragraph(text)
        page.paragraph(prose(len(title)))
    document = tree(page.bytes())
    assert [(s.title, s.level) for s in document.sections[1:]] == [
        ("Peer Support Program", 1),
        ("Purpose of the team", 2),
        ("Who runs it", 2),
    ]
    assert passages(document) == [PROSE, prose(19), MORE, prose(11)]


def test_numbers_say_more_than_sizes() -> None:
    page = Page()
    for label, title, size in (("1.", "Purpose", 14), ("1.1", "Scope", 14), ("2.", "Training", 14)):
        page.heading(f"{label} {title}", size=size)
        page.paragraph(PROSE)
    assert [(s.label, s.level) for s in tree(page.bytes()).sections[1:]] == [("1", 1), ("1.1", 2), ("2", 1)]


def test_a_bare_number_set_apart_is_a_label() -> None:
    page = Page()
    for number, title in ((1, "Introduction"), (2, "Appointment")):
        page.heading(title)
        page.at(LEFT - 24, page.y, str(number), size=14, font="Times-Bold")
        page.paragraph(prose(number))
    assert [(s.label, s.title) for s in tree(page.bytes()).sections[1:]] == [
        ("1", "Introduction"),
        ("2", "Appointment"),
    ]


def test_a_heading_over_two_lines_is_one() -> None:
    page = Page()
    page.right = LEFT + 220
    page.line("4. Confidentiality of what a", size=14, font="Times-Bold")
    page.line("coworker says in a contact", size=14, font="Times-Bold")
    page.paragraph(PROSE)
    assert [s.title for s in tree(page.bytes()).sections[1:]] == [
        "Confidentiality of what a coworker says in a contact"
    ]


def test_every_block_has_its_page_and_box() -> None:
    source = read(pages(3, lambda page, number: page.paragraph(prose(number))))
    assert source.pages == 3
    assert {b.page for b in source.blocks} == {1, 2, 3}
    for block in source.blocks:
        assert block.box is not None
        left, top, right, bottom = block.box
        assert 0 < left < right < WIDE
        assert 0 < top < bottom < HIGH
        assert block.size == 11


def test_a_sentence_goes_on_over_the_page() -> None:
    def draw(page: Page, number: int) -> None:
        page.at(LEFT, 40, "Cedar Hollow Police Department   General Order 3.27")
        page.at(280, HIGH - 36, f"Page {number} of 2")
        page.right = LEFT + 250
        page.line("A member of the team may not be asked" if number == 1 else "about a contact by a supervisor.")

    assert (
        passages(tree(pages(2, draw)))[-1] == "A member of the team may not be asked about a contact by a supervisor."
    )


def test_lists_hang_where_they_are_set_in() -> None:
    page = Page()
    page.paragraph("The coordinator shall:")
    page.paragraph("keep the roster, " + MORE[:90], label="(a)", indent=36)
    page.paragraph("arrange the training, " + PROSE[:90], label="(b)", indent=36)
    document = tree(page.bytes())
    assert [(p.kind, p.label, p.parent) for p in document.passages] == [
        ("paragraph", "", None),
        ("item", "a", 0),
        ("item", "b", 0),
    ]


@pytest.mark.parametrize("bullet", ["symbol", "dingbats", "drawn", "apart"])
def test_bullets_come_back_to_their_text(bullet: str) -> None:
    page = Page()
    page.paragraph("A member of the team does the following:")
    for text in ("listens without judging", "keeps the confidence of the coworker"):
        page.line(text, indent=36, gap=0.3)
        if bullet == "symbol":
            page.at(LEFT + 18, page.y, "\u2022", font="Symbol")
        elif bullet == "dingbats":
            page.at(LEFT + 18, page.y, "n", font="ZapfDingbats", size=8)
        elif bullet == "apart":
            page.at(LEFT + 18, page.y - 1.5, "\u2022", size=14)
        else:
            page.canvas.circle(LEFT + 21, HIGH - page.y + 3, 1.8, stroke=0, fill=1)
    document = tree(page.bytes())
    assert [p.kind for p in document.passages] == ["paragraph", "item", "item"]
    assert passages(document)[1:] == ["listens without judging", "keeps the confidence of the coworker"]
    assert all(p.parent == 0 for p in document.passages[1:])


# -- words --------------------------------------------------------------------------------------------------------


def test_broken_words_are_put_together() -> None:
    page = Page()
    page.line("All that is said stays confidential unless a life is at risk. A fol-")
    page.line("low-up is offered in the week after. What is said is confi-")
    page.line("dential also toward the Post-")
    page.line("Traumatic Stress Unit, and non-")
    page.line("sworn members may see section 7-32-")
    page.line("602 of the code.")
    text = folded(read(page.bytes()).text)
    for word in ("confidential also", "Post-Traumatic", "non-sworn", "7-32-602 of"):
        assert word in text
    assert "confi-" not in text


def test_pieces_of_words_that_hardly_any_gap_parts_are_one() -> None:
    page = Page()
    page.line("What is said to the team is kept.")
    page.y += 20
    x = LEFT
    for piece, gap in (("confid", 0.4), ("entiality", 3.0), ("is", 3.0), ("promised", 3.0)):
        page.at(x, page.y, piece)
        x += page.canvas.stringWidth(piece, "Times-Roman", 11) + gap
    assert "confidentiality is promised" in read(page.bytes()).text


def test_a_real_space_in_a_word_is_healed_by_the_rest_of_the_document() -> None:
    page = Page()
    page.paragraph("The team owes confidentiality to all who come to it, and so does the chief.")
    page.y += 30
    x = LEFT
    for piece, gap in (("Nobody", 3.2), ("gives", 3.2), ("up", 3.2), ("confid", 1.6), ("entiality", 3.2), ("here.", 0)):
        page.at(x, page.y, piece)
        x += page.canvas.stringWidth(piece, "Times-Roman", 11) + gap
    assert "gives up confidentiality here." in read(page.bytes()).text


def test_letters_set_apart_for_show_are_words() -> None:
    page = Page()
    x = LEFT
    for word in ("PEER", "SUPPORT"):
        for letter in word:
            page.at(x, 90, letter, size=16)
            x += page.canvas.stringWidth(letter, "Times-Roman", 16) + 7
        x += 9
    page.y = 110
    page.paragraph(PROSE)
    assert texts(read(page.bytes()))[0] == "PEER SUPPORT"


# -- columns and tables -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3])
def test_columns_are_read_one_after_the_other(count: int) -> None:
    page = Page()
    page.line("Peer Support Program of the Cedar Hollow Police Department", size=16, font="Times-Bold")
    parts = [[prose(2 * at), prose(2 * at + 1)] for at in range(2 * count)]
    columns(page, parts[:count], top=page.y + 10, gutter=20)
    page.y = 420
    page.heading("Training and selection of the members of the team, and their removal")
    columns(page, parts[count:], top=page.y + 4, gutter=20)
    document = tree(page.bytes())
    assert " ".join(passages(document)) == " ".join(text for part in parts for text in part)
    assert len(document.sections) == 3


def test_a_heading_that_is_short_cuts_the_columns_all_the_same() -> None:
    page = Page()
    columns(page, [[PROSE], [MORE]], top=80)
    page.y += 30
    page.heading("5. Training", size=15)
    columns(page, [[MORE], [PROSE]], top=page.y + 10)
    source = read(page.bytes())
    text = folded(source.text)
    assert [text.index(piece) for piece in ("Members of", "The coordinator keeps", "5. Training")] == sorted(
        text.index(piece) for piece in ("Members of", "The coordinator keeps", "5. Training")
    )
    assert text.rindex("Members of") > text.rindex("The coordinator keeps") > text.index("5. Training")


def _table(page: Page, rows: list[tuple[str, ...]], *, ruled: bool) -> None:
    lefts = [LEFT + 4 + 156 * at for at in range(len(rows[0]))]
    top = page.y + 10
    for at, row in enumerate(rows):
        for left, cell in zip(lefts, row, strict=True):
            page.at(left, top + 18 * at + 13, cell, size=10)
    page.y = top + 18 * len(rows)
    if ruled:
        for at in range(len(rows) + 1):
            page.canvas.line(LEFT, HIGH - top - 18 * at, LEFT + 468, HIGH - top - 18 * at)
        for x in (LEFT, LEFT + 156, LEFT + 312, LEFT + 468):
            page.canvas.line(x, HIGH - top, x, HIGH - page.y)


ROWS = [
    ("Matter", "Disclose to", "Within"),
    ("Threat to self", "Consultant", "At once"),
    ("Threat to another person", "Commander", "End of shift"),
    ("Abuse of a child", "Hotline", "As law requires"),
]


@pytest.mark.parametrize("ruled", [True, False])
def test_tables_are_rows_of_cells(ruled: bool) -> None:
    page = Page()
    page.paragraph(PROSE)
    _table(page, ROWS, ruled=ruled)
    page.paragraph(MORE)
    document = tree(page.bytes())
    rows = [p for p in document.passages if p.kind == "row"]
    assert [tuple(document.text[a:b] for a, b in row.spans) for row in rows] == ROWS
    assert passages(document)[-1] == MORE


def _lines_in_columns(page: Page, lines: list[tuple[str, ...]]) -> None:
    """Lines of a table whose rows stand no farther apart than the lines of a cell."""
    for line in lines:
        for at, cell in enumerate(line):
            if cell:
                page.at(LEFT + 156 * at, page.y + 13, cell)
        page.y += 13


def test_a_table_goes_on_over_the_page() -> None:
    page = Page()
    page.paragraph(PROSE)
    page.at(LEFT, page.y + 14, "C. Who does what", size=13, font="Times-Bold")
    page.y += 16
    head = ("Role", "Held by", "Work")
    first = [("Coordinator", "A manager whom the", "Plans the meetings;"), ("", "director names", "keeps the list of")]
    _lines_in_columns(page, [head, *first])
    page.turn()
    _lines_in_columns(page, [head, ("", "", "supporters and the"), ("", "", "monthly count")])
    _lines_in_columns(
        page, [("Clinical Advisor", "A licensed social", "Answers questions of"), ("", "worker", "supporters")]
    )
    _lines_in_columns(
        page, [("Supporter", "Volunteers of any", "Talks with coworkers"), ("", "work group", "who call")]
    )
    document = tree(page.bytes())
    rows = [document.text_of(p.spans).split() for p in document.passages if p.kind == "row"]
    assert document.sections[-1].title == "Who does what"
    assert [" ".join(row) for row in rows] == [
        "Role Held by Work",
        "Coordinator A manager whom the director names Plans the meetings; keeps the list of supporters and the monthly count",
        "Clinical Advisor A licensed social worker Answers questions of supporters",
        "Supporter Volunteers of any work group Talks with coworkers who call",
    ]
    (remark,) = [n for n in document.notes if "repeated" in n]
    assert " ".join(remark.split()) == "Left out as head of a table, repeated (1 time): “Role Held by Work”."


def test_a_box_around_a_paragraph_is_no_table_and_a_table_of_paragraphs_is_text() -> None:
    page = Page()
    page.paragraph(PROSE)
    page.canvas.rect(LEFT - 6, HIGH - page.y - 6, 480, page.y - 70)
    assert {b.kind for b in read(page.bytes()).blocks} == {"line"}
    page = Page()
    columns(page, [["Purpose"], [f"{PROSE} {MORE}", "The team does the following:"]], top=80)
    for x in (LEFT - 4, WIDE / 2, WIDE - 68):
        page.canvas.line(x, HIGH - 76, x, HIGH - page.y - 8)
    for y in (76, page.y + 8):
        page.canvas.line(LEFT - 4, HIGH - y, WIDE - 68, HIGH - y)
    assert {b.kind for b in read(page.bytes()).blocks} == {"line"}


# -- margins ------------------------------------------------------------------------------------------------------


def _framed(page: Page, number: int) -> None:
    page.at(LEFT, 40, "Cedar Hollow Police Department")
    page.at(WIDE - 200, 40, "Effective 01/02/2024")
    page.at(LEFT, HIGH - 40, "Peer Support Program" if number % 2 else "Policy 305")
    page.at(WIDE - 110, HIGH - 40, f"Page {number}")
    page.heading(f"{3 * number}. Part of the program", size=14)
    for at in range(6):
        page.paragraph(prose(6 * number + at))


def test_running_headers_and_footers_are_notes_not_text() -> None:
    source = read(pages(4, _framed))
    out = [b for b in source.blocks if b.left_out]
    assert {b.left_out for b in out} == {"running header", "running footer"}
    assert len(out) == 8
    body = " ".join(texts(source))
    assert "Effective" not in body
    assert "Page" not in body
    assert any("Cedar Hollow Police Department" in n and "01/02/2024" in n for n in source.notes)
    assert any("Peer Support Program" in n and n.startswith("Running footer") for n in source.notes)
    assert any("Policy 305" in n for n in source.notes)
    assert len(tree(pages(4, _framed)).sections) == 5


def test_what_is_left_out_stands_in_the_text_in_its_place() -> None:
    source = read(pages(2, _framed))
    assert source.text.index("Cedar Hollow") < source.text.index("3. Part of") < source.text.index("Page 1")
    spans = [span for block in source.blocks for span in block.spans]
    assert spans == sorted(spans)


def test_a_header_is_kept_once_where_nothing_else_is_the_title() -> None:
    def draw(page: Page, number: int) -> None:
        page.at(LEFT, 40, "PEER SUPPORT TEAM")
        page.paragraph(prose(number))

    assert texts(read(pages(3, draw))).count("PEER SUPPORT TEAM") == 1
    assert tree(pages(3, draw)).title == "PEER SUPPORT TEAM"


def test_page_numbers_alone_at_the_foot_are_known_by_themselves() -> None:
    def draw(page: Page, number: int) -> None:
        page.paragraph(PROSE)
        page.at(WIDE / 2, HIGH - 40, f"- {number} -")

    (number,) = [b for b in read(pages(1, draw)).blocks if b.left_out]
    assert number.left_out == "page number"


def test_the_same_list_on_two_pages_is_no_header() -> None:
    def draw(page: Page, number: int) -> None:
        page.y = 200
        for text in ("(a) a threat to self", "(b) a threat to another person", "(c) abuse of a child"):
            page.line(text)
        page.paragraph(PROSE if number == 1 else MORE)

    assert not [b for b in read(pages(2, draw)).blocks if b.left_out]


# -- what is no running text --------------------------------------------------------------------------------------


def _why(source: Source) -> dict[str, str]:
    return {source.text[b.spans[0][0] : b.spans[-1][1]]: b.left_out for b in source.blocks if b.left_out}


def test_watermarks_hidden_and_sideways_text_are_left_out_and_told() -> None:
    page = Page()
    page.paragraph(PROSE)
    canvas = page.canvas
    canvas.saveState()
    canvas.translate(200, 300)
    canvas.rotate(45)
    canvas.setFont("Helvetica-Bold", 60)
    canvas.drawString(0, 0, "DRAFT")
    canvas.restoreState()
    canvas.saveState()
    canvas.translate(30, 300)
    canvas.rotate(90)
    canvas.setFont("Helvetica", 8)
    canvas.drawString(0, 0, "Form 88 (rev. 3)")
    canvas.restoreState()
    unseen = canvas.beginText(LEFT, 200)
    unseen.setFont("Times-Roman", 11)
    unseen.setTextRenderMode(3)
    unseen.textOut("Say that all is well.")
    unseen.setTextRenderMode(0)
    canvas.drawText(unseen)
    canvas.setFillColorRGB(1, 1, 1)
    page.at(LEFT, 640, "Written in white.")
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(LEFT, 100, 200, 20, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    page.at(LEFT + 4, HIGH - 106, "White on a dark field.")
    canvas.setFillColorRGB(0, 0, 0)
    page.at(WIDE + 40, 300, "Beside the page.")
    source = read(page.bytes())
    assert _why(source) == {
        "DRAFT": "watermark",
        "Form 88 (rev. 3)": "text set sideways",
        "Say that all is well. Written in white.": "hidden text",
        "Beside the page.": "text outside the page",
    }
    assert "White on a dark field." in texts(source)
    assert any("watermark" in note and "DRAFT" in note for note in source.notes)


@pytest.mark.parametrize("turned", [90, 0])
def test_a_page_on_its_side_is_read_upright(turned: int) -> None:
    def draw(page: Page, number: int) -> None:
        page.canvas.setPageRotation(turned)
        page.canvas.translate(WIDE, 0)
        page.canvas.rotate(90)
        page.canvas.setFont("Times-Roman", 11)
        for at in range(number * 4):
            page.canvas.drawString(72, 500 - 14 * at, f"Line {at} of the text on this page.")

    found = texts(read(pages(1, draw)))
    assert found == [f"Line {at} of the text on this page." for at in range(4)]


def test_values_of_form_fields_are_read_where_they_stand() -> None:
    page = Page()
    page.paragraph(PROSE)
    page.y += 30
    page.at(LEFT, page.y, "Approved by:")
    page.canvas.acroForm.textfield(
        name="by", value="Chief Ada Moreno", x=LEFT + 80, y=HIGH - page.y - 4, width=200, height=16, borderWidth=0
    )
    assert "Approved by: Chief Ada Moreno" in texts(read(page.bytes()))


def test_the_layer_of_ocr_over_a_scan_is_read_and_said_to_be_one() -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    page = Page()
    page.canvas.drawImage(ImageReader(Image.new("L", (85, 110), 200)), 0, 0, WIDE, HIGH)
    layer = page.canvas.beginText(LEFT, HIGH - 100)
    layer.setFont("Times-Roman", 11)
    layer.setTextRenderMode(3)
    for at in range(0, 280, 70):
        layer.textLine(PROSE[at : at + 70])
    page.canvas.drawText(layer)
    source = read(page.bytes())
    assert "Members of the team listen" in source.text
    assert any("OCR" in note for note in source.notes)


# -- bookmarks and pages ------------------------------------------------------------------------------------------


def test_bookmarks_that_name_lines_are_the_headings() -> None:
    page = Page()
    for title, level in (("How we choose", 0), ("Who may apply", 1), ("How long it takes", 1), ("What we keep", 0)):
        page.canvas.bookmarkPage(title)
        page.canvas.addOutlineEntry(title, title, level)
        page.line(title, gap=1)
        page.paragraph(PROSE)
    assert [(s.title, s.level) for s in tree(page.bytes()).sections[1:]] == [
        ("How we choose", 1),
        ("Who may apply", 2),
        ("How long it takes", 2),
        ("What we keep", 1),
    ]


def test_bookmarks_that_name_no_lines_are_not_trusted() -> None:
    def draw(page: Page, number: int) -> None:
        page.canvas.bookmarkPage(f"p{number}")
        page.canvas.addOutlineEntry(f"Page {number}", f"p{number}", 0)
        page.line("Listening", gap=1)
        page.paragraph(prose(number))

    source = read(pages(3, draw))
    assert {b.kind for b in source.blocks} == {"line"}


def test_only_the_pages_asked_for_are_read() -> None:
    data = pages(5, lambda page, number: page.paragraph(prose(number)))
    source = read(data, pages=(2, 3))
    assert source.pages == 5
    assert {b.page for b in source.blocks} == {2, 3}
    assert any("pages 2 to 3 of 5" in note for note in source.notes)
    assert {b.page for b in read(data, pages=(4, 9)).blocks} == {4, 5}
    for wrong in ((6, 7), (3, 2), (0, 1)):
        with pytest.raises(DocumentError, match="There are no pages"):
            read(data, pages=wrong)


# -- bad input ----------------------------------------------------------------------------------------------------


def _prose(**options: object) -> bytes:
    return pages(1, lambda page, _: page.paragraph(PROSE), **options)


def test_encrypted_with_and_without_a_password() -> None:
    with pytest.raises(DocumentError, match="encrypted with a password") as caught:
        read(_prose(encrypt=StandardEncryption("secret", ownerPassword="owner")))
    assert caught.value.hint
    # One that only bars printing opens without a password.
    assert "Members of the team" in read(_prose(encrypt=StandardEncryption("", ownerPassword="owner"))).text


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_refused_in_a_sentence(share: float) -> None:
    data = pages(3, lambda page, _: page.paragraph(PROSE))
    with pytest.raises(DocumentError, match=r"damaged or cut short") as caught:
        read(data[: int(len(data) * share)])
    assert caught.value.hint


def test_only_the_end_is_missing() -> None:
    data = pages(3, lambda page, _: page.paragraph(PROSE))
    assert "Members of the team" in read(data[: data.rindex(b"startxref")]).text


EMPTY = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF"
)


@pytest.mark.parametrize(
    "data, says",
    [
        (b"", "no PDF"),
        (b"Dear all, this is text.", "no PDF"),
        (b"%PDF-1.7\n%%EOF", "damaged"),
        (EMPTY, "no page"),
    ],
)
def test_no_pdf_and_no_page(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        read(data)


def test_a_malformed_table_of_objects_is_rebuilt() -> None:
    data = _prose()
    at = data.rindex(b"startxref")
    assert "Members of the team" in read(data[:at] + b"startxref\n999999999\n%%EOF\n").text
    table = data.rindex(b"xref\n", 0, at)
    broken = data[: table + 5] + b"0 7\n" + b"x" * 60 + b"\n" + data[data.rindex(b"trailer", 0, at) :]
    assert "Members of the team" in read(broken).text


def test_a_pdf_without_text() -> None:
    with pytest.raises(DocumentError, match="no text"):
        read(pages(2, lambda page, number: page.at(72, 100 * number, " ")))


def test_scripts_and_attachments_are_told_and_not_read() -> None:
    data = _prose()
    script = (
        b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>"
        b"/EmbeddedFiles<</Names[(b.txt)<</Type/Filespec/F(b.txt)>>]>>>>"
    )
    assert b"/Type /Catalog" in data
    source = read(data.replace(b"/Type /Catalog", b"/Type /Catalog " + script, 1))
    assert any("JavaScript" in note for note in source.notes)
    assert any("1 attached file," in note for note in source.notes)
    assert "alert" not in source.text


def test_a_page_of_five_metres_and_one_of_a_stamp() -> None:
    out = io.BytesIO()
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(out, pagesize=(14400, 14400), invariant=1)
    canvas.drawString(7000, 7000, "In the middle of a huge page.")
    canvas.showPage()
    canvas.setPageSize((20, 20))
    canvas.setFont("Times-Roman", 4)
    canvas.drawString(2, 10, "Small.")
    canvas.save()
    assert texts(read(out.getvalue())) == ["In the middle of a huge page.", "Small."]


@pytest.mark.slow
def test_two_thousand_pages() -> None:
    source = read(pages(2000, lambda page, number: page.paragraph(prose(number))))
    assert source.pages == 2000
    assert len({b.page for b in source.blocks}) == 2000


def test_the_same_file_gives_the_same_source() -> None:
    data = pages(3, _framed)
    assert read(data) == read(data)

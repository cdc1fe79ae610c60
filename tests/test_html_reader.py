"""Web pages: the policy in them as a person reads it, the site around it left out with the reason.

Other and more examples than `make test` tries: POLICYLINT_FUZZ=5000 python -m pytest tests/test_html_reader.py
"""

from __future__ import annotations

import contextlib
import os

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_pages import LINES, PAGES, POLICY, TREE, text_layer

from policylint.document import Block, Document, Source
from policylint.errors import DocumentError
from policylint.outline import build
from policylint.outline.selfcheck import warnings
from policylint.readers import read_text
from policylint.readers.formats import Options
from policylint.readers.html import charset, read

MANY = os.environ.get("POLICYLINT_FUZZ", "")
SOME = hypothesis.settings(max_examples=int(MANY or 60), derandomize=not MANY, deadline=None, print_blob=True)


def page(markup: str | bytes) -> Source:
    return read(markup.encode() if isinstance(markup, str) else markup, "x.html", Options())


def kept(source: Source) -> list[Block]:
    return [b for b in source.blocks if not b.left_out]


def text_of(source: Source, block: Block) -> str:
    return source.text[block.spans[0][0] : block.spans[-1][1]]


def lines(markup: str | bytes) -> list[str]:
    """What a reader of the page sees of the policy, a line a block, labels included."""
    source = page(markup)
    return [f"{b.label} {text_of(source, b)}".strip() for b in kept(source)]


def left_out(markup: str) -> dict[str, str]:
    source = page(markup)
    return {text_of(source, b): b.left_out for b in source.blocks if b.left_out}


def tree(document: Document) -> list[str]:
    """Headings, and passages with the labels of items, in the order of the document."""
    headings = [(s.spans[0][0], f"# {s.label} {s.title}") for s in document.sections[1:]]
    passages = [
        (p.spans[0][0], (f"{p.label}: " if p.kind == "item" else "") + document.text_of(p.spans))
        for p in document.passages
    ]
    return [line for _, line in sorted(headings + passages)]


# -- whole pages --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in PAGES if name != "text_layer"])
def test_pages_of_every_kind_of_site_give_the_policy_and_nothing_else(name: str) -> None:
    source = page(PAGES[name]().encode("cp1252", "xmlcharrefreplace"))
    document = build(source, name, "")
    assert tree(document) == TREE
    assert warnings(document) == ()


def test_lines_in_the_text_layer_of_a_viewer_are_put_together_as_those_of_a_text() -> None:
    text = "\n".join(LINES)
    assert tree(build(page(text_layer()), "x", "")) == tree(build(read_text(text, "x.txt"), "x", ""))


def test_what_is_left_out_says_why_and_is_told_in_the_notes() -> None:
    out = left_out(PAGES["city_site"]())
    assert out["We use cookies to improve your visit."] == "cookie banner"
    assert out["Call 555-0100 for help."] == "side column"
    assert out["Home > Fire > Peer Support"] == "site navigation"
    assert out["City of Alder Falls"] == "site header"
    assert out["© 2026 City of Alder Falls. All rights reserved."] == "site footer"
    assert out["Members may keep notes where scripts do not run."] == "not shown on the page"
    assert "Left out: side column (9 pieces)." in page(PAGES["city_site"]()).notes


def test_scripts_and_styles_are_no_text_and_are_not_run() -> None:
    markup = (
        "<p>Kept.</p><script>document.write('<p>Written.</p>')</script><style>p {}</style><template><p>T</p></template>"
    )
    source = page(markup)
    assert source.text == "Kept."
    assert source.blocks[0].left_out == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<div class='policy-header'><h1>Peer Support</h1><p>Policy 12.4. Effective January 1, 2026.</p></div>" + POLICY,
        "<header id='title-block-header'><h1>Peer Support</h1></header>" + POLICY,
        "<div class='content-menu'>" + POLICY + "</div>",
        "<form id='aspnetForm'>" + POLICY + "<input name=q></form>",
        "<aside>" + POLICY + "</aside>",
        "<article><header><h1>Peer Support</h1></header>"
        + POLICY
        + "<footer><p>Approved by the Chief.</p></footer></article>",
    ],
)
def test_in_doubt_text_is_kept(markup: str) -> None:
    assert left_out(f"<body>{markup}</body>") == {}


def test_a_main_part_that_holds_next_to_nothing_is_no_main_part() -> None:
    assert "Team members shall not keep notes of a contact." in lines(
        f"<main><p>Welcome.</p></main><div>{POLICY}</div>"
    )


def test_the_title_before_the_main_part_is_kept() -> None:
    assert lines(f"<body><h1>Peer Support</h1><div>Home</div><main>{POLICY}</main>")[0] == "Peer Support"


def test_references_that_are_but_links_are_kept_inside_the_policy() -> None:
    links = "".join(f'<li><a href="/{n}">RCW 5.60.{n}</a></li>' for n in range(60, 66))
    assert "• RCW 5.60.60" in lines(f"<main>{POLICY}<h2>References</h2><ul>{links}</ul></main>")


def test_hidden_text_is_out_by_attribute_style_and_sheet() -> None:
    markup = """<style>.gone { display: none } .shown { display: block } @media print { p { display: none } }</style>
    <p hidden>One.</p><p style="display:none">Two.</p><p class="gone">Three.</p><p style="visibility: hidden">Four.</p>
    <p>Team members shall help.</p><p class="gone shown">Last rule wins.</p><p style="display:none!important;display:block">Five.</p>"""
    assert lines(markup) == ["Team members shall help.", "Last rule wins."]
    assert set(left_out(markup).values()) == {"not shown on the page"}


def test_deleted_text_never_counts_inserted_text_does() -> None:
    markup = (
        "<p>Members <del>may</del> <ins>shall not</ins> keep <s>any</s> notes.</p><p><strike>All gone.</strike></p>"
    )
    source = page(markup)
    assert lines(markup) == ["Members shall not keep notes."]
    assert left_out(markup) == {
        "mayany": "deleted or struck-out text",
        "All gone.": "deleted or struck-out text",
    }
    assert "Left out deleted or struck-out text (2 times)." in source.notes


# -- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup, labels",
    [
        ("<ol><li>a<li>b</ol>", ["1.", "2."]),
        ("<ol start=3><li>a<li>b</ol>", ["3.", "4."]),
        ("<ol type=A><li>a<li value=27>b<li>c</ol>", ["A.", "AA.", "AB."]),
        ("<ol type=a><li>a<li type=i>b</ol>", ["a.", "ii."]),
        ("<ol type=I start=4><li>a<li>b</ol>", ["IV.", "V."]),
        ("<ol reversed><li>a<li>b<li>c</ol>", ["3.", "2.", "1."]),
        ("<ol start=-1><li>a<li>b<li>c</ol>", ["-1.", "0.", "1."]),
        ("<ol style='list-style-type: lower-roman'><li>a<li>b</ol>", ["i.", "ii."]),
        ("<ol style='list-style: upper-alpha inside'><li>a<li style='list-style:none'>b</ol>", ["A.", ""]),
        ("<ol><li>a<ol type=a><li>b<ol type=i><li>c</ol></ol><li>d</ol>", ["1.", "a.", "i.", "2."]),
        ("<ul><li>a<ul><li>b</ul></ul>", ["•", "◦"]),
        ("<ul style='list-style-type:none'><li>a</ul>", [""]),
        ("<ul style='list-style-type:square'><li>a</ul>", ["▪"]),
        ("<style>ol.x {list-style-type:upper-roman}</style><ol class=x><li>a</ol><ol><li>b</ol>", ["I.", "1."]),
        ("<style>ul li:before {content: '–'} ul {list-style:none}</style><ul><li>a</ul>", ["–"]),
        ("<ol start=99999999999><li>a</ol>", ["999999999."]),
    ],
)
def test_labels_are_those_that_a_browser_shows(markup: str, labels: list[str]) -> None:
    assert [b.label for b in page(markup).blocks] == labels
    assert {b.kind for b in page(markup).blocks} == {"item"}


def test_counters_of_style_sheets_are_counted_as_they_nest() -> None:
    markup = """<style>ol { counter-reset: n; list-style: none } li { counter-increment: n } li::before { content: counters(n, ".") " " }
    </style><ol><li>a<ol><li>b</li><li>c</li></ol></li><li>d<ol><li>e</li></ol></li></ol>"""
    assert [b.label for b in page(markup).blocks] == ["1", "1.1", "1.2", "2", "2.1"]


def test_paragraphs_in_an_item_stand_inside_it() -> None:
    blocks = page("<ol><li><p>First.</p><p>More of it.</p></li><li>Second.</li></ol>").blocks
    assert [(b.kind, b.label, b.indent) for b in blocks] == [("item", "1.", 0), ("paragraph", "", 4), ("item", "2.", 0)]


def test_a_number_in_a_column_of_its_own_is_a_label() -> None:
    markup = "<table><tr><td>1.<td>Members shall help.<tr><td>(b)<td>Members shall not tell.</table>"
    assert [(b.kind, b.label) for b in page(markup).blocks] == [("item", "1."), ("item", "(b)")]


@pytest.mark.parametrize(
    "label, shown", [("1.", "1."), ("(a)", "(a)"), ("·", "•"), ("§", "•"), ("o", "•"), ("\uf0b7", "•")]
)
def test_labels_of_word_come_back_from_spans_and_comments(label: str, shown: str) -> None:
    inner = f"<span style='mso-list:Ignore'>{label}<span style='font:7pt'>&nbsp; </span></span>"
    for markup in (
        f"<p style='mso-list:l0 level1 lfo1'><![if !supportLists]>{inner}<![endif]>Text.</p>",
        f"<p style='mso-list:l0 level1 lfo1'><!--[if !supportLists]-->{inner}<!--[endif]-->Text.</p>",
        f"<p style='mso-list:l0 level1 lfo1'><!--[if !supportLists]><span>{label}</span><![endif]-->Text.</p>",
    ):
        assert [(b.label, b.kind) for b in page(markup).blocks] == [(shown, "item")]
        assert lines(markup) == [f"{shown} Text."]


# -- blocks -------------------------------------------------------------------------------------------------------


def test_headings_have_levels_and_bold_text_is_strong() -> None:
    markup = "<h1>A</h1><h3>B</h3><div role=heading aria-level=4>C</div><p>x <b>bold</b> <span style='font-weight:700'>too</span></p>"
    source = page(markup)
    assert [(b.kind, b.level) for b in source.blocks] == [
        ("heading", 1),
        ("heading", 3),
        ("heading", 4),
        ("paragraph", 0),
    ]
    assert [source.text[a:b] for a, b in source.blocks[-1].strong] == ["bold", "too"]


def test_a_break_ends_a_line_but_no_sentence() -> None:
    source = page("<p>Members shall<br>not tell.<br>Policy 12<br><br>Chief</p>")
    assert [(text_of(source, b), b.kind, b.gap) for b in source.blocks] == [
        ("Members shall not tell.", "line", 1),
        ("Policy 12", "line", 0),
        ("Chief", "line", 1),
    ]


def test_preformatted_text_keeps_its_lines_and_indents() -> None:
    source = page("<pre>1. One\n   a. Two\n\nEnd</pre>")
    assert [(text_of(source, b), b.indent, b.gap) for b in source.blocks] == [
        ("1. One", 0, 1),
        ("a. Two", 3, 0),
        ("End", 0, 1),
    ]


def test_rows_have_cells_and_tables_that_lay_out_a_page_have_none() -> None:
    source = page(
        "<table border=1><tr><th>Matter<th>Report to<tr><td>Threat<p>to self</p><td>Clinician<tr><td><td></table>"
    )
    assert [b.kind for b in source.blocks] == ["row", "row"]
    assert [source.text[a:b] for a, b in source.blocks[1].spans] == ["Threat to self", "Clinician"]
    laid_out = page("<table><tr><td><h2>A</h2><ul><li>b</ul></td><td>c</td></tr></table>")
    assert [b.kind for b in laid_out.blocks] == ["heading", "item", "paragraph"]
    nested = page("<table><tr><td>x</td><td><table><tr><td>in<td>side</table></td></tr></table>")
    assert [b.kind for b in nested.blocks] == ["paragraph", "row"]


def test_terms_and_definitions_are_rows_unless_they_hold_more() -> None:
    source = page("<dl><dt>Contact</dt><dd>A talk.</dd><dt>Team</dt><dd>All of:<ul><li>us</ul></dd></dl>")
    assert [b.kind for b in source.blocks] == ["row", "paragraph", "paragraph", "item"]
    assert [source.text[a:b] for a, b in source.blocks[0].spans] == ["Contact", "A talk."]


def test_quotations_are_quotes_and_indents_are_not() -> None:
    kinds = [
        b.kind
        for b in page(
            "<blockquote>The law.</blockquote><blockquote style='margin:0 0 0 40px;border:none'>In.</blockquote>"
        ).blocks
    ]
    assert kinds == ["quote", "paragraph"]


def test_margins_become_indents() -> None:
    blocks = page(
        "<p style='margin-left:.5in'>a</p><div style='margin-left:36pt'><p style='margin-left:36pt'>b</p></div>"
    ).blocks
    assert [b.indent for b in blocks] == [4, 8]


def test_the_lines_of_a_text_saved_as_paragraphs_are_put_together() -> None:
    text = "Members of the team shall keep confidential what is\nsaid to them, and shall not tell anybody what was\nsaid or that anything was, unless there is a threat\nof suicide."
    source = page("".join(f"<p>{line}</p>" for line in text.split("\n")))
    document = build(source, "x", "")
    assert [document.text_of(p.spans) for p in document.passages] == [" ".join(text.split())]


# -- encodings and envelopes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, note",
    [
        ("<meta charset=utf-8><p>“Müde”</p>".encode(), ""),
        ("<p>“Müde”</p>".encode(), ""),
        ("<meta charset=windows-1252><p>“Müde”</p>".encode("cp1252"), ""),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'><p>“Müde”</p>".encode("cp1252"), ""),
        ("<meta charset=iso-8859-1><p>“Müde”</p>".encode(), "is UTF-8"),
        ("<meta charset=utf-8><p>“Müde”</p>".encode("cp1252"), "Windows-1252"),
        ("<p>“Müde”</p>".encode("cp1252"), "names no encoding"),
        ("<p>“Müde”</p>".encode("utf-16"), ""),
        ("<meta charset=utf-16><p>“Müde”</p>".encode(), ""),
        ("<meta charset=nonsense><p>“Müde”</p>".encode(), ""),
        ("<?xml version='1.0' encoding='utf-8'?><html><body><p>“Müde”</p></body></html>".encode(), ""),
    ],
)
def test_encodings(data: bytes, note: str) -> None:
    source = page(data)
    assert source.text == "“Müde”"
    assert note in " ".join(source.notes)
    assert bool(source.notes) == bool(note)


def test_marks_that_nobody_sees_part_no_words() -> None:
    assert charset.decode("con\u00adfi\u200bdential\0".encode())[0] == "confidential"


def mhtml(*parts: tuple[str, str]) -> bytes:
    body = "".join(
        f"--B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n{text}\r\n" for kind, text in parts
    )
    return f'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="B"\r\n\r\n{body}--B--\r\n'.encode()


def test_a_page_in_one_file_is_unpacked() -> None:
    assert lines(mhtml(("text/css", "p {}"), ("text/html; charset=utf-8", "<p>Müde</p>"), ("image/png", "x"))) == [
        "Müde"
    ]
    with pytest.raises(DocumentError, match="holds no page"):
        page(mhtml(("text/plain", "x")))


# -- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "markup, hint",
    [
        ("", "right file"),
        ("<html><body></body></html>", "right file"),
        ("<html><body><iframe src='policy.pdf'></iframe></body></html>", "frame"),
        ("<div id=root></div><script src=app.js></script>", "scripts"),
        ("<p hidden>Members shall help.</p>", "right file"),
        ("<!-- only a comment -->", "right file"),
    ],
)
def test_a_page_without_text_is_refused_in_a_sentence(markup: str, hint: str) -> None:
    with pytest.raises(DocumentError, match="no text of a policy") as caught:
        page(markup)
    assert caught.value.hint is not None
    assert hint in caught.value.hint


DEEP = 100_000


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * DEEP + "<p>Members shall help.</p>" + "</div>" * DEEP + "<p>After it.</p>",
        "<div>" * DEEP + "<p>Members shall help.</p><p>After it.</p>",
        "<table><tr><td>" * 20_000 + "<p>Members shall help.</p><p>After it.</p>",
        "<b><i>" * 20_000 + "<p>Members shall help.</p><p>After it.</p>",
        "<ul><li>" * 1000 + "<p>Members shall help.</p>" + "</ul>" * 1000 + "<p>After it.</p>",
        f"<style>{':is(' * 3000}a{')' * 3000} {{display:none}} a{'{' * 50_000}</style><p>Members shall help.</p><p>After it.</p>",
        f"<style>{'div ' * 20_000}{{display:none}}</style><p>Members shall help.</p><p>After it.</p>",
        f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>Members shall help.</p><p>After it.</p>",
        "<p>Members shall help.</p><p>After it.</p>" + "<!--" * 100_000,
        "<p>Members shall help.</p><p>After it.</p><" + "&" * 100_000,
    ],
    ids="closed unclosed tables inline lists css selector attributes comments signs".split(),
)
def test_markup_that_nobody_writes_costs_no_text(markup: str) -> None:
    found = page(markup).text
    assert "Members shall help." in found
    assert "After it." in found


def test_deep_nesting_is_told() -> None:
    assert "too deeply" in page("<div>" * DEEP + "<p>Members shall help.</p>").notes[0]


@pytest.mark.slow
def test_fifty_megabytes_are_read_whole() -> None:
    paragraph = f"<p>{'Members of the team shall keep confidential what is said to them. ' * 30}</p>\n"
    count = 50_000_000 // len(paragraph)
    source = page(f"<html><body><main>{paragraph * count}{POLICY}</main></body></html>")
    assert len(source.text) > 49_000_000
    assert len(source.blocks) == count + len(page(POLICY).blocks)
    assert text_of(source, source.blocks[-1]) == "abuse of a child."


TAGS = st.sampled_from(
    "p div ul ol li table tr td th dl dt dd h1 h2 span b del blockquote pre br main nav header footer aside form button q "
    "details summary template noscript article section a sup iframe select option".split()
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        " hidden",
        ' style="display:none"',
        ' style="mso-list:Ignore"',
        " start=3",
        " type=a",
        ' class="nav footer"',
        " role=main",
        ' class="textLayer"',
        ' aria-hidden="true" id=x',
        ' style="list-style-type:upper-roman;margin-left:1in;font-weight:bold"',
        " value=x",
    ]
)
WORDS = st.sampled_from(
    [
        "Members shall help. ",
        "1. ",
        "(a) text",
        "•",
        " ",
        "\n",
        "&nbsp;",
        "<!--",
        "-->",
        "<![if !x]>",
        "é",
        "😀",
        "<",
        "&#0;",
    ]
)
PIECES = st.one_of(st.builds("<{}{}>".format, TAGS, ATTRIBUTES), st.builds("</{}>".format, TAGS), WORDS)
SHEETS = st.sampled_from(["", "<style>li:before{content:counter(a)} ol{counter-reset:a b 3;counter-increment:a}</style>", "<style>p{", "<style>@media screen{p{display:none}}"])  # fmt: skip


def check(source: Source) -> None:
    """Blocks stand in the text, in order; the outline takes them and loses nothing."""
    at = 0
    for block in source.blocks:
        for start, end in block.spans:
            assert at <= start < end <= len(source.text)
            at = end
    document = build(source, "x", "")
    assert warnings(document) == ()


@SOME
@given(SHEETS, st.lists(PIECES, max_size=40))
def test_markup_in_any_order_is_read_or_refused(sheet: str, pieces: list[str]) -> None:
    with contextlib.suppress(DocumentError):
        check(page(sheet + "".join(pieces)))


@SOME
@given(st.binary(max_size=300))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(DocumentError):
        check(page(data))

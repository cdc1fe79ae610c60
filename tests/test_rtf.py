r"""Rich Text: labels as printed, tables, code pages, revisions; groups, counts and pictures that mean harm.

Other and more examples than `make test` tries: POLICYLINT_FUZZ=5000 python -m pytest tests/test_rtf.py
"""

from __future__ import annotations

import contextlib
import os

import hypothesis
import pytest
from blocks_read import check_spans, left_out, lines
from hypothesis import given
from hypothesis import strategies as st

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Options
from policylint.readers.rtf import read

MANY = os.environ.get("POLICYLINT_FUZZ", "")
SOME = hypothesis.settings(max_examples=int(MANY or 60), derandomize=not MANY, deadline=None, print_blob=True)

FONTS = rb"{\fonttbl{\f0\fnil\fcharset0 Arial{\*\falt x};}{\f1\fcharset2 Symbol;}{\f2\fcharset204 Times;}{\f3\fcharset128 M;}}"
STYLES = rb"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0\b heading 1;}{\s2 heading 2;}{\*\cs3 Heading 9;}{\s4 Quote;}}"
LISTS = (
    rb"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc0\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}}"
    rb"{\listlevel\levelnfc4\levelstartat1{\leveltext\'03(\'01);}{\levelnumbers\'02;}}"
    rb"{\listlevel\levelnfc2\levelstartat3{\leveltext\'05\'00.\'01-\'02;}{\levelnumbers\'01\'03\'05;}}"
    rb"{\listlevel\levelnfc23{\leveltext\'01\u-3913 ?;}{\levelnumbers;}}{\listname ;}\listid7}}"
    rb"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}"
    rb"{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat5}\ls2}}"
)


def source(body: bytes | str, head: bytes = FONTS + STYLES + LISTS) -> Source:
    data = body.encode("ascii") if isinstance(body, str) else body
    return read(rb"{\rtf1\ansi\ansicpg1252\deff0" + head + data + b"}", "x.rtf", Options())


# -- characters ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body, text",
    [
        (rb"caf\'e9 \'93x\'94", "café “x”"),
        (rb"\u8220 ?x\u8221 ?", "“x”"),
        (rb"\uc2\u233 \'e9\'e9x", "éx"),
        (rb"{\uc0\u233}x", "éx"),
        (rb"\u-10179?\u-8704?", "😀"),
        (rb"\u55357?x", "x"),
        (rb"\f2\'cf\'f0\'e8", "При"),
        (rb"{\f2 \'cf}\'e9", "Пé"),
        (rb"\f3\'83\'65\'83\'58", "テス"),
        (rb"a\~b\_c\-d", "a\xa0b-cd"),
        (rb"a\emdash b\endash c\bullet d\lquote e\rquote", "a—b–c•d‘e’"),
        (rb"\{a\\b\}", "{a\\b}"),
        (b"con\r\nfidential", "confidential"),
        (b"caf\xe9", "café"),
        (rb"{\*\unknown hidden}shown{\upr{ansi}{\*\ud{uni}}}", "shownuni"),
        (rb"{\field{\*\fldinst HYPERLINK x}{\fldrslt link}}", "link"),
        (rb"{\pict\wmetafile8 0102}{\*\shppict{\pict 01}}x", "x"),
        (rb"{\object{\*\objdata 01}{\result r}}x", "x"),
    ],
)
def test_characters(body: bytes, text: str) -> None:
    assert source(body).text.startswith(text)


def test_the_code_page_of_the_file_counts_where_the_font_names_none() -> None:
    data = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\f0 \'cf\'f0\'e8}"
    assert read(data, "x", Options()).text == "При"
    assert read(rb"{\rtf1\mac \'8e}", "x", Options()).text == "é"
    assert read(rb"{\rtf1\ansi\ansicpg99999 \'e9}", "x", Options()).text == "é"


# -- labels and headings ------------------------------------------------------------------------------------------


def test_labels_are_those_that_the_file_prints() -> None:
    body = (
        r"\pard\ls1\ilvl0{\listtext\pard\plain 4.\tab}Four\par\pard\ls1\ilvl1{\listtext (c)\tab}Sub\par"
        r"\pard{\pntext\f1\'b7\tab}{\*\pn\pnlvlblt\pnf1{\pntxtb\'b7}}Bullet\par"
    )
    found = source(body)
    assert lines(found) == ["4. Four", "(c) Sub", "• Bullet"]
    assert [(b.kind, b.level, b.indent) for b in found.blocks] == [("item", 1, 0), ("item", 2, 4), ("item", 1, 0)]


def test_labels_that_the_file_leaves_out_are_counted_from_its_tables() -> None:
    levels = (0, 0, 1, 1, 2, 2, 3, 0, 1)
    body = "".join(rf"\pard\ls1\ilvl{level} x\par" for level in levels)
    assert [b.label for b in source(body).blocks] == ["1.", "2.", "(a)", "(b)", "2.b-iii", "2.b-iv", "•", "3.", "(a)"]


def test_a_list_may_start_again_and_a_stranger_shows_no_label() -> None:
    body = r"\pard\ls1 x\par\pard\ls2 x\par x\par\pard\ls9 x\par\pard x\par"
    found = source(body)
    assert [b.label for b in found.blocks] == ["1.", "5.", "6.", "", ""]
    assert [b.kind for b in found.blocks] == ["item", "item", "item", "item", "paragraph"]


def test_headings_by_style_by_its_name_and_by_outline_level() -> None:
    body = r"\pard\s1 A\par\pard\s2 B\par\pard\outlinelevel2 C\par\pard\s1\outlinelevel9 D\par\pard\s4 E\par"
    assert [(b.kind, b.level) for b in source(body).blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("heading", 3),
        ("paragraph", 0),
        ("quote", 0),
    ]


def test_bold_ends_with_its_group_or_by_a_word() -> None:
    found = source(r"a {\b b} c \b d\b0 e \b f\plain g")
    assert [found.text[a:b] for a, b in found.blocks[0].strong] == ["b", "d", "f"]


# -- tables, notes, boxes -----------------------------------------------------------------------------------------


def test_rows_and_cells() -> None:
    body = (
        r"\trowd\cellx1\cellx2\pard\intbl Matter\cell Report\par to\cell\row"
        r"\trowd\pard\intbl x\cell\pard\intbl\ls1 a\par b\cell\row\pard After\par"
    )
    found = source(body)
    assert lines(found) == ["Matter\tReport to", "x", "1. a", "2. b", "After"]
    assert found.blocks[0].kind == "row"


def test_tables_in_cells_keep_their_rows() -> None:
    body = (
        r"\pard\intbl a\par\pard\intbl\itap2 n1\nestcell n2\nestcell{\*\nesttableprops\trowd\nestrow}{\nonesttables\par}"
        r"\pard\intbl\cell b\cell\row"
    )
    assert lines(source(body)) == ["a", "n1\tn2", "b"]


def test_a_table_that_breaks_off_is_read() -> None:
    assert lines(source(r"\pard\intbl a\cell b\cell c")) == ["a\tb\tc"]
    assert lines(source(r"\pard\intbl a\cell b\cell\pard c\par d\par")) == ["a\tb", "c", "d"]


def test_footnotes_stand_at_the_end_boxes_after_their_paragraph() -> None:
    body = r"Said{\super\chftn}{\footnote\pard{\super\chftn} Below.} here{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard Box.\par}}{\shprslt{\*\do\dptxbxtext{Box.\par}}}}.\par Next.\par"
    assert lines(source(body)) == ["Said here.", "Box.", "Next.", "Below."]


def test_headers_and_footers_are_told_and_left_out() -> None:
    found = source(
        r"{\header\pard Order 3.27\par}{\footerf Page {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}Text.\par{\header Order 3.27\par}"
    )
    assert lines(found) == ["Text."]
    assert left_out(found) == {"Order 3.27": "running header", "Page 1": "running footer"}
    assert found.notes == ("In the header of the pages: “Order 3.27”.", "In the footer of the pages: “Page 1”.")


# -- what does not count ------------------------------------------------------------------------------------------


def test_deleted_text_never_counts_and_inserted_text_does() -> None:
    found = source(r"Members {\deleted may}{\revised shall not} tell.\par{\deleted All gone.\par}Kept.\par")
    assert lines(found) == ["Members shall not tell.", "Kept."]
    assert left_out(found) == {"may": "deleted text (tracked change)", "All gone.": "deleted text (tracked change)"}
    assert "(1 inserted, 2 deleted passages); it was read as if all were accepted." in found.notes[0]


def test_a_deleted_end_of_a_paragraph_joins_two() -> None:
    assert lines(source(r"Members shall{\deleted\par}not tell.\par")) == ["Members shall not tell."]


def test_hidden_and_struck_out_text_and_comments() -> None:
    found = source(
        r"a {\v hid}{\strike str}b{\*\atnid X}{\*\atnauthor Y}\chatn{\*\annotation{\*\atnref 1}\pard Why?\par}.\par"
    )
    assert lines(found) == ["a b."]
    assert left_out(found) == {"hid": "hidden text", "str": "struck-out text", "Why?": "comment"}
    assert "comments" in " ".join(found.notes)


# -- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"Members shall help.", b"PK\x03\x04", b"{\\rt"])
def test_what_is_no_rich_text_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentError, match="no Rich Text") as caught:
        read(data, "x.rtf", Options())
    assert caught.value.hint


def test_groups_nested_without_end_are_refused() -> None:
    with pytest.raises(DocumentError, match="nests its groups"):
        source(b"{" * 1_000_000)


def test_groups_nested_deeply_are_read() -> None:
    assert source(b"{" * 1500 + b"x" + b"}" * 1500).text == "x"


@pytest.mark.parametrize(
    "body, text",
    [
        (rb"{\pict\bin5 }}}}}}After.", "After."),
        (rb"{\pict\bin2000000000 xx}After.", "After."),
        (rb"{\pict\bin-5 xx}After.", "After."),
        (rb"{\pict\bin xx}After.", "After."),
        (rb"\uc999999999 \u65 ?B\par{}After.", "A"),
        (rb"\ls999999999\ilvl999999999 After.", "After."),
        (rb"\li999999999\fi-999999999 After.", "After."),
        (rb"\ilvl-3\ls1 After.", "After."),
        (rb"\itap-1 After.\par", "After."),
        (rb"\f99 After.", "After."),
        (rb"\u99999999999999999999 After.", "999999999 After."),
        (b"}}}}After.", ""),
    ],
)
def test_numbers_that_nobody_writes(body: bytes, text: str) -> None:
    assert text in source(body).text


def test_a_file_that_breaks_off_is_read_and_told() -> None:
    found = read(rb"{\rtf1{\b Members shall help", "x", Options())
    assert found.text == "Members shall help"
    assert found.notes == ("The file breaks off before its end; what there is of it was read.",)


def test_what_stands_after_the_document_is_none_of_it() -> None:
    assert read(rb"{\rtf1 In.}{\rtf1 Out.}Out.", "x", Options()).text == "In."


WORDS = st.sampled_from(
    r"par pard plain cell row nestcell nestrow intbl itap itap2 b b0 v deleted deleted0 revised strike ls1 ls2 ilvl1 ilvl9 s1 "
    r"outlinelevel0 u8220 u-10179 uc0 uc5 f0 f1 f3 bin3 * listtext pntext footnote header annotation shp shpinst shptxt fldrslt "
    r"fldinst pict stylesheet fonttbl listtable listlevel leveltext levelnfc0 levelstartat9 listid7 ls ud upr tab line ~ _ - { } \ "
    r"'b7 'e9 '83 ansicpg932 mac emdash sect page nonesttables nesttableprops listoverride lfolevel".split()
).map(lambda word: "\\" + word)
PIECES = st.one_of(WORDS, st.sampled_from(["{", "}", "{\\*", " ", "x", "Members shall help. ", ";", "\n"]))


@SOME
@given(st.lists(PIECES, max_size=60))
def test_words_and_groups_in_any_order_are_read(pieces: list[str]) -> None:
    check_spans(source("".join(pieces)))


@SOME
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(DocumentError):
        check_spans(source(data))

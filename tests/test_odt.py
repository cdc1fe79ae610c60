"""OpenDocument text: numbers as LibreOffice shows them, changes as accepted, archives that mean harm.

Other and more examples than `make test` tries: POLICYLINT_FUZZ=5000 python -m pytest tests/test_odt.py
"""

from __future__ import annotations

import contextlib
import os
import zipfile
from pathlib import Path

import hypothesis
import pytest
from blocks_read import check_spans, left_out, lines
from hypothesis import given
from hypothesis import strategies as st
from odt_files import content, flat, heading, items, level, list_style, odt, outline_level, para, styles_part, zipped

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Options
from policylint.readers.odt import package, read

MANY = os.environ.get("POLICYLINT_FUZZ", "")
SOME = hypothesis.settings(max_examples=int(MANY or 60), derandomize=not MANY, deadline=None, print_blob=True)

LEGAL = list_style(
    "L",
    level(1, "1"),
    level(2, "1", shown=2, suffix=""),
    level(3, "a", prefix="(", suffix=")"),
    level(4, "i"),
)
HEADINGS = "".join(
    f'<style:style style:name="Heading_20_{n}" style:display-name="Heading {n}" style:family="paragraph" '
    f'style:default-outline-level="{n}"/>'
    for n in (1, 2)
)
NUMBERED = f'{HEADINGS}<text:outline-style style:name="Outline">{outline_level(1, "I")}{outline_level(2, "1", shown=2, suffix="")}</text:outline-style>'


def source(body: str, *, automatic: str = LEGAL, styles: str = "", masters: str = "") -> Source:
    return read(odt(body, automatic=automatic, styles=styles, masters=masters), "x.odt", Options())


# -- numbers: what LibreOffice 7.4 shows for the same files -------------------------------------------------------


@pytest.mark.parametrize(
    "body, shown",
    [
        (items("x", para("x") + items("x", para("x") + items("x", "x")), "x", style="L"), "1. 2. 2.1 2.2 (a) (b) 3."),
        (items("x", "x", style="L") + items("x", style="L"), "1. 2. 1."),
        (items("x", "x", style="L") + items("x", style="L", more='text:continue-numbering="true"'), "1. 2. 3."),
        (
            items("x", "x", style="L", more='xml:id="one"')
            + items("x", style="L")
            + items("x", style="L", more='text:continue-list="one"'),
            "1. 2. 1. 3.",
        ),
        (
            items("x", '<text:list-item text:start-value="9"><text:p>x</text:p></text:list-item>', "x", style="L"),
            "1. 9. 10.",
        ),
        (items("<text:list-header><text:p>x</text:p></text:list-header>", "x", style="L"), "- 1."),
        (items(items("x", "x"), "x", style="L"), "1.1 1.2 2."),
        (
            items("x", style="L")
            + para("x")
            + items(items("x"), "x", style="L", more='text:continue-numbering="true"'),
            "1. - 1.1 2.",
        ),
        (items(para("x") + para("x"), "x", style="L"), "1. - 2."),
        (items(para("x") + items("x", "x"), para("x") + items("x"), style="L"), "1. 1.1 1.2 2. 2.1"),
        (items("x", style="unknown"), "•"),
        (items("x"), "•"),
    ],
    ids="nested anew continued continued-by-id start header passed-over passed-over-continued paragraphs restarts unknown none".split(),
)
def test_labels_are_those_that_libreoffice_shows(body: str, shown: str) -> None:
    assert [b.label or "-" for b in source(body).blocks] == shown.split()


@pytest.mark.parametrize(
    "form, number, more, label",
    [
        ("1", 12, "", "12."),
        ("a", 28, "", "ab."),
        ("a", 28, 'style:num-letter-sync="true"', "bb."),
        ("A", 26, "", "Z."),
        ("i", 9, "", "ix."),
        ("I", 1994, "", "MCMXCIV."),
        ("", 3, "", "."),
    ],
)
def test_forms_of_numbers(form: str, number: int, more: str, label: str) -> None:
    style = list_style("L", level(1, form, more=f'text:start-value="{number}" {more}'))
    assert source(items("x", style="L"), automatic=style).blocks[0].label == label


def test_a_template_of_newer_files_counts_more_than_prefix_and_suffix() -> None:
    style = list_style("L", level(1, "1"), level(2, "a", more='style:num-list-format="§ %1%-%2%:"'))
    found = source(items(para("x") + items("y"), style="L"), automatic=style)
    assert [b.label for b in found.blocks] == ["1.", "§ 1-a:"]


def test_bullets_of_symbol_fonts_are_bullets() -> None:
    for mark, shown in (("•", "•"), ("–", "–"), ("\uf0a7", "•"), ("l", "•")):
        style = list_style("L", f'<text:list-level-style-bullet text:level="1" text:bullet-char="{mark}"/>')
        assert source(items("x", style="L"), automatic=style).blocks[0].label == shown


def test_headings_are_numbered_by_the_outline_style() -> None:
    body = (
        heading("a", 1) + heading("b", 2) + heading("c", 2) + heading("d", 1) + heading("e", 1, 'text:is-list-header="true"')
        + heading("f", 2) + heading("g", 1, 'text:restart-numbering="true" text:start-value="7"') + heading("h", 2)
    )  # fmt: skip
    found = source(body, styles=NUMBERED)
    assert lines(found) == ["I. a", "I.1 b", "I.2 c", "II. d", "e", "II.1 f", "VII. g", "VII.1 h"]
    assert [b.level for b in found.blocks] == [1, 2, 2, 1, 1, 2, 1, 2]
    assert {b.kind for b in found.blocks} == {"heading"}
    assert [b.label for b in source(body, styles=HEADINGS).blocks] == [""] * 8


def test_a_heading_in_a_list_takes_its_number_from_the_list() -> None:
    found = source(items(heading("a", 1), heading("b", 1), style="L"), styles=NUMBERED)
    assert [(b.kind, b.label) for b in found.blocks] == [("heading", "1."), ("heading", "2.")]


# -- text ---------------------------------------------------------------------------------------------------------


def test_spaces_tabs_and_breaks() -> None:
    found = source(para('\n  A  b<text:s text:c="3"/>c<text:tab/>d\n e') + para("One.<text:line-break/>Two."))
    assert found.text == "A b   c\td e\n\nOne.\nTwo."


def test_bold_comes_from_styles_and_their_parents() -> None:
    styles = """<style:style style:name="P" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
    <style:style style:name="Q" style:family="paragraph" style:parent-style-name="P"/>
    <style:style style:name="N" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>
    <style:style style:name="R" style:family="paragraph" style:parent-style-name="R"/>"""
    found = source(para('A <text:span text:style-name="N">b</text:span>', "Q") + para("c", "R"), styles=styles)
    assert [found.text[a:b] for a, b in found.blocks[0].strong] == ["A "]
    assert found.blocks[1].strong == ()


def test_tables_footnotes_boxes_and_sections() -> None:
    cell = "<table:table-cell>{}</table:table-cell>".format
    row = f"<table:table-row>{cell(para('Matter'))}{cell(para('Report') + para('to'))}<table:covered-table-cell/></table:table-row>"
    listed = f"<table:table-row>{cell(items('a', 'b', style='L'))}{cell(para('c'))}</table:table-row>"
    table = f"<table:table><table:table-header-rows>{row}</table:table-header-rows>{listed}</table:table>"
    note = "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note>"
    box = f"<draw:frame><draw:text-box>{para('In a box.')}</draw:text-box></draw:frame>"
    body = (
        para("Said" + note.format(para("Below the line.")) + box + " here.")
        + table
        + f'<text:section text:name="s">{para("In a section.")}</text:section>'
        + f'<text:section text:name="t" text:display="none">{para("Not shown.")}</text:section>'
    )
    found = source(body)
    assert lines(found) == [
        "Said here.",
        "In a box.",
        "Matter\tReport to",
        "1. a",
        "2. b",
        "c",
        "In a section.",
        "Below the line.",
    ]
    assert [b.kind for b in found.blocks][2] == "row"
    assert left_out(found) == {"Not shown.": "hidden text"}


def test_tracked_changes_are_read_as_accepted() -> None:
    changes = """<text:tracked-changes><text:changed-region text:id="a"><text:deletion><office:change-info><dc:creator>A</dc:creator>
    </office:change-info><text:p>Members may tell.</text:p></text:deletion></text:changed-region><text:changed-region text:id="b">
    <text:insertion><office:change-info/></text:insertion></text:changed-region></text:tracked-changes>"""
    found = source(
        changes
        + para(
            'Members <text:change text:change-id="a"/><text:change-start text:change-id="b"/>shall not<text:change-end text:change-id="b"/> tell.'
        )
    )
    assert lines(found) == ["Members shall not tell."]
    assert left_out(found) == {"Members may tell.": "deleted text (tracked change)"}
    assert "1 inserted, 1 deleted passages" in found.notes[0]


def test_what_is_no_text_of_the_policy_is_left_out_with_the_reason() -> None:
    styles = """<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
    <style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>"""
    masters = f"<style:master-page style:name='M'><style:header>{para('Order 3.27')}</style:header><style:footer>{para('Page <text:page-number>1</text:page-number>')}</style:footer></style:master-page>"
    body = (
        f"<text:table-of-content><text:index-body>{para('1. Purpose 3')}</text:index-body></text:table-of-content>"
        + para(
            'Kept <text:span text:style-name="H">hidden</text:span><text:span text:style-name="S">struck</text:span>'
            "<office:annotation><dc:creator>A</dc:creator><text:p>Why?</text:p></office:annotation>text."
        )
    )
    found = source(body, styles=styles, masters=masters)
    assert lines(found) == ["Kept text."]
    assert left_out(found) == {
        "1. Purpose 3": "table of contents",
        "hidden": "hidden text",
        "struck": "struck-out text",
        "Why?": "comment",
        "Order 3.27": "running header",
        "Page 1": "running footer",
    }
    assert "In the header of the pages: “Order 3.27”." in found.notes


def test_flat_files_are_read_as_zipped_ones() -> None:
    body = items("a", para("b") + items("c"), style="L")
    assert (
        lines(read(flat(body, automatic=LEGAL), "x.fodt", Options()))
        == lines(source(body))
        == ["1. a", "2. b", "2.1 c"]
    )


# -- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, says",
    [
        (b"PK\x03\x04", "damaged"),
        (odt(para("x"))[:-60], "damaged"),
        (zipped({"styles.xml": styles_part()}), "content.xml is missing"),
        (zipped({"../content.xml": content(para("x")), "/content.xml": content(para("x"))}), "content.xml is missing"),
        (zipped({"content.xml": content(para("x"))[:-40]}), "XML cannot be read"),
        (zipped({"content.xml": "<a/>"}), "no text"),
        (zipped({"content.xml": content(para("x")).replace("office:text", "office:spreadsheet")}), "no text"),
        (zipped({"content.xml": b"\0" * 200_000_000}), "larger than"),
        (zipped({"content.xml": content("<text:section>" * 5000)}), "XML cannot be read"),
        (
            zipped({"content.xml": content(para("x")), "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
            "encrypted",
        ),
        (b"<office:document", "XML cannot be read"),
    ],
    ids="signature truncated missing climbing broken empty spreadsheet bomb deep encrypted flat".split(),
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as caught:
        read(data, "x.odt", Options())
    assert caught.value.file == "x.odt"
    assert caught.value.hint


def test_an_archive_of_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_MOST_ENTRIES", 3)
    with pytest.raises(DocumentError, match="more than 3 parts"):
        source(para("x"))


def test_a_part_that_lies_about_its_size_is_read_no_further_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    data = odt(para("x" * 5000))
    monkeypatch.setattr(package, "_MOST", 2000)
    real = zipfile.ZipFile.getinfo

    def lying(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
        info = real(archive, name)
        info.file_size = min(info.file_size, 10)
        return info

    monkeypatch.setattr(zipfile.ZipFile, "getinfo", lying)
    with pytest.raises(DocumentError):
        read(data, "x.odt", Options())


LAUGHS = "<!DOCTYPE a [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(12)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("declared", [f"{LAUGHS}]>", "<!DOCTYPE a [<!ENTITY a SYSTEM '{path}'>]>", "<!DOCTYPE a [<!ENTITY % a SYSTEM '{path}'>%a;]>"])  # fmt: skip
def test_entities_are_neither_expanded_nor_fetched(declared: str, encoding: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    head, _, rest = content(para("&a;")).partition("?>")
    markup = f"{head[:-1]} encoding='{encoding}'?>{declared.format(path=secret.as_uri()) if '{path}' in declared else declared}{rest}"
    with pytest.raises(DocumentError) as caught:
        read(zipped({"content.xml": markup.encode(encoding)}), "x.odt", Options())
    assert "secret" not in str(caught.value)


PARAGRAPHS = st.builds(para, st.sampled_from(["x", "1. y", "", "a<text:s text:c='99999999'/>b", "<text:tab/>", "<text:line-break/>z", "<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame>", "<text:note><text:note-body><text:p>n</text:p></text:note-body></text:note>"]))  # fmt: skip
HEADS = st.builds(heading, st.just("h"), st.sampled_from([1, 2, 99]), st.sampled_from(["", 'text:start-value="x"']))
MORE = st.sampled_from(
    ["", 'text:continue-numbering="true"', 'text:continue-list="q"', 'xml:id="q"', 'text:style-name="none"']
)
BLOCKS = st.recursive(
    st.one_of(PARAGRAPHS, HEADS),
    lambda inner: st.one_of(
        st.builds(lambda parts, more: items(*parts, more=more), st.lists(inner, max_size=3), MORE),
        st.builds(
            lambda parts: "<table:table><table:table-row>"
            + "".join(f"<table:table-cell>{part}</table:table-cell>" for part in parts)
            + "</table:table-row></table:table>",
            st.lists(inner, max_size=3),
        ),
        inner.map("<text:section>{}</text:section>".format),
        inner.map("<text:list-header>{}</text:list-header>".format),
        inner.map("<text:tracked-changes><text:changed-region><text:deletion>{}</text:deletion></text:changed-region></text:tracked-changes>".format),
    ),
    max_leaves=12,
)  # fmt: skip


@SOME
@given(st.lists(BLOCKS, max_size=6))
def test_elements_in_any_order_are_read(blocks: list[str]) -> None:
    check_spans(source("".join(blocks), styles=NUMBERED))


@SOME
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(odt(items("a", "b", style="L") + para("c"), automatic=LEGAL))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(DocumentError):
        check_spans(read(bytes(whole), "x.odt", Options()))

"""Word files: what is on the page is read, once and in order, and what is not is told."""

from __future__ import annotations

import io
import zipfile

import pytest
from docx_xml import par, run, table, word, zipped

from policylint.document import Block, Document, Source
from policylint.errors import DocumentError
from policylint.outline import build
from policylint.readers.docx import read
from policylint.readers.formats import Options

BREAK = "<w:r><w:br/></w:r>"


def source(body: str, **others: str) -> Source:
    return read(word(body, **others), "policy.docx", Options())


def blocks(body: str, **others: str) -> list[str]:
    """The text of every block, with its label before it and why it is left out after it; cells parted by bars."""
    found = source(body, **others)
    return [shown(found, block) for block in found.blocks]


def shown(found: Source, block: Block) -> str:
    text = "".join(found.text[a:b] for a, b in block.spans) if block.kind != "row" else cells(found, block)
    return f"{block.label} {text}".strip() + (f" [{block.left_out}]" if block.left_out else "")


def cells(found: Source, block: Block) -> str:
    return "|".join(found.text[a:b] for a, b in block.spans)


def document(body: str, **others: str) -> Document:
    return build(source(body, **others), "policy.docx", "")


def tree(body: str, **others: str) -> list[str]:
    """Sections and passages in order, each below what it hangs under."""
    found = document(body, **others)
    lines = [(s.spans[0][0], "#" * s.level + " " + f"{s.label} {s.title}".strip()) for s in found.sections[1:]]
    for passage in found.passages:
        depth, at = 0, passage
        while at.parent is not None:
            depth, at = depth + 1, found.passages[at.parent]
        text = f"{passage.label} {found.text_of(passage.spans)}".strip()
        lines.append((passage.spans[0][0], "  " * depth + text))
    return [line for _, line in sorted(lines)]


def style(id_: str, name: str, properties: str = "", kind: str = "paragraph") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{properties}</w:style>'


def styled(text: str, id_: str) -> str:
    return par(text, f'<w:pStyle w:val="{id_}"/>')


# -- paragraphs ---------------------------------------------------------------------------------------------------


def test_a_paragraph_is_a_block_and_the_text_stands_in_between_blank_lines() -> None:
    found = source(par("One.") + par("") + par(run("Two ") + run("and", "<w:b/>") + run(" three.")))
    assert found.text == "One.\n\nTwo and three."
    first, second = found.blocks
    assert (first.kind, second.kind) == ("paragraph", "paragraph")
    assert [found.text[a:b] for a, b in second.strong] == ["and"]
    assert second.gap > first.gap
    assert found.format == "docx"
    assert found.pages is None
    assert any("no fixed pages" in note for note in found.notes)


def test_signs_tabs_hyphens_and_symbols_are_what_they_look_like() -> None:
    inner = (
        run("peer") + "<w:r><w:noBreakHyphen/><w:t>to</w:t><w:noBreakHyphen/><w:t>peer sup</w:t><w:softHyphen/>"
        '<w:t>port\u00ad</w:t><w:tab/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Symbol" w:char="F0B7"/></w:r>'
        "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>"
    )
    assert blocks(par(inner)) == ["peer-to-peer support\t✓•x=2"]


def test_capitals_of_the_font_are_read_as_they_look() -> None:
    styles = style("Loud", "Loud", "<w:rPr><w:caps/></w:rPr>")
    assert blocks(styled("Purpose", "Loud"), styles=styles) == ["PURPOSE"]
    assert blocks(par(run("Purpose", '<w:caps w:val="0"/>'), '<w:pStyle w:val="Loud"/>'), styles=styles) == ["Purpose"]


def test_bold_within_a_bold_style_is_plain_again() -> None:
    styles = style("Strong", "Strong", "<w:rPr><w:b/></w:rPr>", "character") + style(
        "Head", "Head", "<w:rPr><w:b/></w:rPr>"
    )
    body = par(run("loud") + run(" plain", '<w:rStyle w:val="Strong"/>'), '<w:pStyle w:val="Head"/>')
    found = source(body, styles=styles)
    assert [found.text[a:b] for a, b in found.blocks[0].strong] == ["loud"]


@pytest.mark.parametrize(
    "lines, read_as",
    [
        (["The team shall:", "a. listen;", "b. refer."], ["The team shall:", "a. listen;", "b. refer."]),
        (["The team works for", "all employees."], ["The team works for all employees."]),
        (["Purpose", "This policy sets up a team."], ["Purpose", "This policy sets up a team."]),
        (["One sentence.", "", "Another."], ["One sentence.", "Another."]),
        (["listening,", "silence,"], ["listening,", "silence,"]),
        (
            ["• Buddies run the group:", "o the Captain", "o a chaplain"],
            ["• Buddies run the group:", "o the Captain", "o a chaplain"],
        ),
        (
            ["A member who has been told of a danger to the life of a person,", "shall call the coordinator."],
            ["A member who has been told of a danger to the life of a person, shall call the coordinator."],
        ),
    ],
)
def test_line_breaks_part_what_a_reader_parts(lines: list[str], read_as: list[str]) -> None:
    assert blocks(par(BREAK.join(run(line) for line in lines))) == read_as


def test_a_heading_over_two_lines_is_one() -> None:
    styles = style("H", "heading 1")
    assert blocks(par(run("PEER SUPPORT") + BREAK + run("PROGRAM"), '<w:pStyle w:val="H"/>'), styles=styles) == [
        "PEER SUPPORT PROGRAM"
    ]


def test_paragraphs_that_are_but_lines_are_joined() -> None:
    lines = (
        "The Department offers its employees a way to talk with a colleague",
        "whom they trust, and who has been trained for it, before a hard week",
        "turns into a hard year. The members of the team are volunteers who",
        "serve without extra pay and answer to the coordinator of the program",
        "for what they do, but not for what they hear.",
    )
    assert tree("".join(map(par, lines))) == [" ".join(lines)]


# -- changes and what is hidden -----------------------------------------------------------------------------------


def test_changes_are_read_as_accepted_and_told() -> None:
    body = par(
        run("Members ")
        + '<w:del w:author="A. Author"><w:r><w:delText>may</w:delText></w:r></w:del>'
        + f'<w:ins w:author="B. Writer">{run("shall")}</w:ins>'
        + f'<w:moveFrom w:author="A. Author">{run(" moved")}</w:moveFrom>'
        + f'<w:moveTo w:author="A. Author">{run(" not")}</w:moveTo>'
        + run(" keep notes.")
    )
    assert blocks(body) == ["Members shall not keep notes."]
    (note,) = [n for n in source(body).notes if "tracked" in n]
    assert "1 deletion, 1 insertion, 1 move by A. Author, B. Writer" in note


def test_a_paragraph_that_lost_its_mark_goes_on_with_the_next() -> None:
    gone = '<w:rPr><w:del w:author="A"/></w:rPr>'
    assert blocks(par("Members keep", gone) + par(" no notes.") + par("The end.")) == [
        "Members keep no notes.",
        "The end.",
    ]
    assert blocks(par("The last one.", gone)) == ["The last one."]


def test_deleted_rows_and_cells_are_not_read() -> None:
    body = table(["Term", "Meaning"], ["Peer", "A colleague"]).replace(
        '<w:tr><w:tc><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr><w:t xml:space="preserve">Peer',
        '<w:tr><w:trPr><w:del w:author="A"/></w:trPr><w:tc><w:p><w:pPr></w:pPr><w:r><w:rPr></w:rPr>'
        '<w:t xml:space="preserve">Peer',
    )
    assert blocks(body) == ["Term|Meaning"]


def test_comments_are_told_and_not_read() -> None:
    comments = f'<w:comment w:id="0" w:author="A. Author">{par("Delete this?")}</w:comment>'
    found = source(par(run("Members listen.") + '<w:r><w:commentReference w:id="0"/></w:r>'), comments=comments)
    assert found.text == "Members listen."
    assert any("1 comment by A. Author" in note for note in found.notes)


def test_hidden_text_is_left_out_with_the_reason() -> None:
    body = par(run("Members listen.") + run(" Draft only.", "<w:vanish/>")) + par(run("All hidden", "<w:vanish/>"))
    assert blocks(body) == ["Members listen.", "Draft only. [hidden text]", "All hidden [hidden text]"]
    assert [out.why for out in document(body).left_out] == ["hidden text", "hidden text"]


def test_struck_text_stays_and_is_told() -> None:
    found = source(par(run("Members ") + run("never", "<w:strike/>") + run(" listen.")))
    assert found.text == "Members never listen."
    assert any("struck through (1 passage, the first “never”)" in note for note in found.notes)


# -- fields, controls, links --------------------------------------------------------------------------------------


def field(code: str, result: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return (
        f"{mark.format('begin')}<w:r><w:instrText>{code}</w:instrText></w:r>{mark.format('separate')}{result}"
        f"{mark.format('end')}"
    )


def test_fields_show_their_results() -> None:
    nested = field(" IF 1 = 1 ", run("see ") + field(" REF x ", run("section 4")))
    assert blocks(par(run("Please ") + nested + run("."))) == ["Please see section 4."]
    simple = f'<w:fldSimple w:instr=" DOCPROPERTY Agency ">{run("Cedar Hollow")}</w:fldSimple>'
    link = f'<w:hyperlink r:id="rId9">{run(" (online)")}</w:hyperlink>'
    assert blocks(par(simple + link)) == ["Cedar Hollow (online)"]


def test_a_field_that_never_ends_swallows_nothing() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    assert blocks(par(run("Before ") + begin + run("after.")) + par("And on.")) == ["Before after.", "And on."]


def test_numbers_that_word_makes_up_are_told() -> None:
    listnum = field(" LISTNUM ", "").replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")
    assert any("LISTNUM" in note for note in source(par(listnum + run("Text."))).notes)


def test_tables_of_contents_are_left_out() -> None:
    toc = (
        par(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r><w:r>'
            '<w:fldChar w:fldCharType="separate"/></w:r>' + run("Purpose 1")
        )
        + par(run("Training 2"))
        + par('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + run("The policy begins."))
    )
    assert blocks(toc) == [
        "Purpose 1 [table of contents]",
        "Training 2 [table of contents]",
        "The policy begins.",
    ]
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
        f"{par('Purpose 1')}</w:sdtContent></w:sdt>"
    )
    assert blocks(control + par("Text.")) == ["Purpose 1 [table of contents]", "Text."]
    by_style = styled("Purpose 1", "T") + par("Text.")
    assert blocks(by_style, styles=style("T", "toc 1")) == ["Purpose 1 [table of contents]", "Text."]
    dots = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>'
    typed = par(run("Purpose") + "<w:r><w:tab/><w:t>12</w:t></w:r>", dots) + par("Text.")
    assert blocks(typed) == ["Purpose\t12 [table of contents]".replace("\t", " "), "Text."]


def test_controls_are_read_unless_nobody_has_filled_them_in() -> None:
    empty = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    body = (
        par(run("The ") + f"<w:sdt><w:sdtContent>{run('Cedar Hollow')}</w:sdtContent></w:sdt>" + run(" police"))
        + f"<w:sdt>{empty}<w:sdtContent>{par('Click to enter text.')}</w:sdtContent></w:sdt>"
        + par(run("Chief: ") + f"<w:sdt>{empty}<w:sdtContent>{run('Name')}</w:sdtContent></w:sdt>")
        + "<w:sdt><w:sdtPr><w14:checkbox/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + par("☐ yes")
        + "</w:sdtContent></w:sdt>"
    )
    assert blocks(body) == [
        "The Cedar Hollow police",
        "Click to enter text. [unfilled placeholder]",
        "Chief:",
        "Name [unfilled placeholder]",
        "☐ yes",
    ]


# -- tables -------------------------------------------------------------------------------------------------------


def test_tables_are_rows_of_cells_with_merged_cells_once() -> None:
    down = "<w:tcPr><w:vMerge{}/></w:tcPr>"
    body = table(
        ["Class", "Hours"],
        [down.format(' w:val="restart"') + par("Basic"), "24"],
        [down.format("") + par(""), "8"],
        ['<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + par("The classes are free.")],
    )
    assert blocks(body) == ["Class|Hours", "Basic|24", "8", "The classes are free."]
    assert [b.kind for b in source(body).blocks] == ["row", "row", "paragraph", "paragraph"]


def test_a_table_for_the_layout_is_no_table() -> None:
    styles = style("H", "heading 1")
    policy = styled("Purpose", "H") + par("This policy sets up a team.") + table(["Term", "Meaning"])
    for body in (table([policy]), table([par("Draft"), policy]), table([table([policy])])):
        found = source(body, styles=styles)
        assert [b.kind for b in found.blocks][-3:] == ["heading", "paragraph", "row"]


def test_a_definitions_table_keeps_term_and_meaning_together() -> None:
    body = table(["Peer supporter", "An employee who was trained."], ["Clinician", "A licensed psychologist."])
    found = document(body)
    assert [found.text_of(p.spans) for p in found.passages] == [
        "Peer supporter An employee who was trained.",
        "Clinician A licensed psychologist.",
    ]


# -- text boxes, notes, headers -----------------------------------------------------------------------------------


def test_a_text_box_that_stands_twice_for_older_programs_is_read_once() -> None:
    box = f"<w:txbxContent>{par('In the box.')}</w:txbxContent>"
    twice = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert blocks(par(run("Beside it.") + twice) + par("After it.")) == ["Beside it.", "In the box.", "After it."]


def test_notes_are_read_once_and_do_not_break_the_list_they_stand_in() -> None:
    numbers = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
        '<w:lvlText w:val="(%1)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    notes = f'<w:footnote w:type="separator" w:id="0">{par("---")}</w:footnote><w:footnote w:id="2">{par("See the law.")}</w:footnote>'
    body = (
        par(run("Members shall:") + mark)
        + par(run("listen;") + mark, item)
        + par("refer.", item)
        + par("Members may resign at any time.")
    )
    assert tree(body, numbering=numbers, footnotes=notes) == [
        "Members shall:",
        "  a listen;",
        "  b refer.",
        "See the law.",
        "Members may resign at any time.",
    ]
    end = par(run("Text.") + '<w:r><w:endnoteReference w:id="3"/></w:r>')
    assert blocks(end, endnotes=f'<w:endnote w:id="3">{par("At the end.")}</w:endnote>') == ["Text.", "At the end."]


def test_headers_and_footers_are_left_out_and_noted_once() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId-header1"/><w:headerReference w:type="first" '
        'r:id="rId-header2"/><w:footerReference w:type="default" r:id="rId-footer1"/>{}</w:sectPr>'
    )
    others = {
        "header1": table(["Policy 1031", "Effective 1/1/2024"]),
        "header2": par("First page only"),
        "footer1": par(run("Page ") + field(" PAGE ", run("3"))),
    }
    assert blocks(par("Text.") + section.format(""), **others) == [
        "Policy 1031 | Effective 1/1/2024 [header]",
        "Text.",
        "Page 3 [footer]",
    ]
    found = source(par("Text.") + section.format("<w:titlePg/>"), **others)
    assert "First page only" in found.text
    assert "Left out as the page header: “Policy 1031 | Effective 1/1/2024”." in found.notes
    assert document(par("Text.") + section.format(""), **others).left_out[0].why == "header"


# -- the tree -----------------------------------------------------------------------------------------------------


def test_what_is_not_read_is_told() -> None:
    found = source(par("Text.") + '<w:altChunk r:id="rId5"/>')
    assert any("embeds 1 document" in note for note in found.notes)


def test_pictures_without_text_are_not_a_policy() -> None:
    picture = par('<w:r><w:drawing><a:blip r:embed="rId7"/></w:drawing></w:r>')
    with pytest.raises(DocumentError, match="pictures and no text") as caught:
        source(picture)
    assert "PDF" in (caught.value.hint or "")


def test_strict_files_are_read_alike() -> None:
    usual = word(styled("Purpose", "H") + par("Text."), styles=style("H", "heading 1"))
    with zipfile.ZipFile(io.BytesIO(usual)) as archive:
        strict = {
            name: archive.read(name)
            .replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/",
                b"http://purl.oclc.org/ooxml/wordprocessingml/",
            )
            .replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/", b"http://purl.oclc.org/ooxml/officeDocument/"
            )
            for name in archive.namelist()
        }
    found = read(zipped(strict), "strict.docx", Options())
    assert found == read(usual, "usual.docx", Options())
    assert found.blocks[0].kind == "heading"

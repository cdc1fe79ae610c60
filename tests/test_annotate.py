"""An agency's own Word file with comments: where they stand, what they say, and that nothing else has changed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import Run
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

import policylint
from policylint.annotate import AUTHOR, Comment, annotate, comments_on, is_signed
from policylint.errors import DocumentError
from policylint.readers.docx.trace import trace
from policylint.report import DocumentView, Report

FIXTURES = Path(__file__).parents[1] / "fixtures"
SAMPLE = FIXTURES / "formats" / "sample-policy.docx"
ANCHORS = ("commentRangeStart", "commentRangeEnd")


def without_comments(part: bytes) -> bytes:
    """A part without the anchors of comments, in canonical form."""
    root = etree.fromstring(part)
    for tag in ANCHORS:
        for each in list(root.iter(qn(f"w:{tag}"))):
            each.getparent().remove(each)  # type: ignore[union-attr]
    for each in list(root.iter(qn("w:commentReference"))):
        run = each.getparent()
        assert run is not None
        assert len(run) == 1, "the mark has a run of its own"
        run.getparent().remove(run)  # type: ignore[union-attr]
    return etree.tostring(root, method="c14n")


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def anchored(data: bytes) -> dict[str, str]:
    """Text of each comment of ours -> the words of the document it is anchored at."""
    document = docx.Document(io.BytesIO(data))
    texts = {str(c.comment_id): c.text for c in document.comments if c.author == AUTHOR}
    found: dict[str, str] = {}
    open_: set[str] = set()
    for element in document.element.body.iter():
        if element.tag == qn("w:commentRangeStart"):
            open_.add(element.get(qn("w:id")))
            found[element.get(qn("w:id"))] = ""
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(element.get(qn("w:id")))
        elif element.tag == qn("w:t"):
            for id_ in open_:
                found[id_] += element.text or ""
    assert not open_
    references = [e.get(qn("w:id")) for e in document.element.body.iter(qn("w:commentReference"))]
    assert len(references) == len(set(references))
    assert set(texts) <= set(references) & set(found)
    return {texts[id_]: words for id_, words in found.items() if id_ in texts}


def make(*paragraphs: str) -> Any:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def at(data: bytes, words: str, said: str = "A remark.") -> tuple[bytes, str]:
    """The file with one comment at some words of it, and the words the comment is anchored at."""
    text = trace(data, "policy.docx").source.text
    start = text.index(words)
    made = annotate(data, "policy.docx", [Comment(start, start + len(words), ((False, said),))], text)
    return made, anchored(made)[said]


@pytest.fixture(scope="module")
def report() -> Report:
    return policylint.check_file(SAMPLE)


@pytest.fixture(scope="module")
def reviewed(report: Report) -> bytes:
    body = report.documents[0].body
    assert isinstance(body, DocumentView)
    return annotate(SAMPLE.read_bytes(), SAMPLE.name, comments_on(report), body.text)


# -- what is left alone -----------------------------------------------------------------------------------------------


def test_the_text_is_untouched(reviewed: bytes) -> None:
    before, after = parts(SAMPLE.read_bytes()), parts(reviewed)
    assert without_comments(after["word/document.xml"]) == without_comments(before["word/document.xml"])
    added = {"word/comments.xml"}
    changed = {"word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
    assert set(after) - set(before) == added
    assert {name for name in before if before[name] != after[name]} == changed
    assert trace(reviewed, "a").source.text == trace(SAMPLE.read_bytes(), "a").source.text


def test_same_file_same_bytes(report: Report, reviewed: bytes) -> None:
    body = report.documents[0].body
    assert body is not None
    assert annotate(SAMPLE.read_bytes(), SAMPLE.name, comments_on(report), body.text) == reviewed


@pytest.mark.parametrize("path", sorted((FIXTURES / "numbering").glob("*.docx")), ids=lambda p: p.stem)
def test_any_file_takes_a_comment_at_each_of_its_blocks(path: Path) -> None:
    data = path.read_bytes()
    source = trace(data, path.name).source
    blocks = [b for b in source.blocks if not b.left_out]
    comments = [Comment(b.spans[0][0], b.spans[-1][1], ((False, f"Block {n}."),)) for n, b in enumerate(blocks)]
    made = annotate(data, path.name, comments, source.text)
    assert without_comments(parts(made)["word/document.xml"]) == without_comments(parts(data)["word/document.xml"])
    found = anchored(made)
    for number, block in enumerate(blocks):
        words = source.text[block.spans[0][0] : block.spans[-1][1]].split("\t")[0]
        assert re.sub(r"\s", "", words).lower() in re.sub(r"\s", "", found[f"Block {number}."]).lower()


# -- where comments stand ---------------------------------------------------------------------------------------------


def test_comments_of_the_sample_stand_at_their_passages(report: Report, reviewed: bytes) -> None:
    found = anchored(reviewed)
    by_id = {v.requirement: v for v in report.documents[0].gaps}
    seen = set()
    for said, words in found.items():
        first = said.split("\n")[0]
        if first.startswith("Missing, and could stand in this section: "):
            ids = first.partition(": ")[2].split(", ")
            assert {by_id[id_].status for id_ in ids} == {"missing"}
            assert len(words.split()) <= 4, "a heading, not a passage"
            seen |= set(ids)
        else:
            id_ = first.partition(":")[0]
            quotes = [re.sub(r"\s+", "", e.quote) for e in by_id[id_].evidence]
            assert any(quote in re.sub(r"\s+", "", words) for quote in quotes), (id_, words)
            seen.add(id_)
    assert seen == set(by_id)


def test_every_comment_names_the_requirement_and_proposes_the_wording(report: Report, reviewed: bytes) -> None:
    said = "\n".join(anchored(reviewed))
    plain = re.sub(r"[\s•-]", "", said)
    for verdict in report.documents[0].gaps:
        assert verdict.requirement in said
        assert re.sub(r"[\s•-]", "", verdict.remedy) in plain


def test_a_passage_within_a_paragraph_of_many_runs() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("First sentence. ")
    paragraph.add_run("Second ").bold = True
    paragraph.add_run("sentence. ").italic = True
    paragraph.add_run("Third sentence.")
    assert at(saved(document), "Second sentence.")[1] == "Second sentence. "


def test_in_a_link_an_insertion_and_a_control() -> None:
    document = make("Before. ")
    body = document.paragraphs[0]._p
    for xml in (
        f"<w:hyperlink {nsdecls('w')} w:anchor='x'><w:r><w:t>A link.</w:t></w:r></w:hyperlink>",
        f"<w:ins {nsdecls('w')} w:id='1' w:author='a'><w:r><w:t xml:space='preserve'> Inserted.</w:t></w:r></w:ins>",
        f"<w:del {nsdecls('w')} w:id='2' w:author='a'><w:r><w:delText> Deleted.</w:delText></w:r></w:del>",
        f"<w:sdt {nsdecls('w')}><w:sdtContent><w:r><w:t xml:space='preserve'> Controlled.</w:t></w:r></w:sdtContent></w:sdt>",
    ):
        body.append(parse_xml(xml))
    data = saved(document)
    for words in ("A link.", "Inserted.", "Controlled."):
        made, held = at(data, words)
        assert held.strip() == words
        assert without_comments(parts(made)["word/document.xml"]) == without_comments(parts(data)["word/document.xml"])


def test_in_a_cell_of_a_table() -> None:
    document = make("Before.")
    table = document.add_table(2, 2)
    for number, cell in enumerate(c for row in table.rows for c in row.cells):
        cell.text = f"Cell {number}"
    assert at(saved(document), "Cell 3")[1] == "Cell 3"
    assert at(saved(document), "Cell 2")[1] == "Cell 2"


def test_text_of_a_box_is_marked_where_the_box_is_anchored() -> None:
    document = make("The paragraph with the box.", "After.")
    document.paragraphs[0]._p.append(
        parse_xml(
            f"<w:r {nsdecls('w')}><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent>"
            "<w:p><w:r><w:t>Words in the box.</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )
    made, held = at(saved(document), "Words in the box.")
    assert held.startswith("The paragraph with the box.")
    root = etree.fromstring(parts(made)["word/document.xml"])
    assert not root.xpath("//w:txbxContent//w:commentRangeStart", namespaces={"w": qn("w:p")[1:-2]})


def test_two_paragraphs_that_a_change_made_one() -> None:
    document = make("Peer supporters shall ", "keep no notes.")
    first = document.paragraphs[0]._p
    first.get_or_add_pPr().append(parse_xml(f"<w:rPr {nsdecls('w')}><w:del w:id='1' w:author='a'/></w:rPr>"))
    assert "keep no notes." in at(saved(document), "Peer supporters shall keep no notes.")[1]


def test_text_before_everything_has_its_comment_at_the_first_paragraph() -> None:
    data = saved(make("One.", "Two."))
    text = trace(data, "a.docx").source.text
    made = annotate(data, "a.docx", [Comment(0, 0, ((False, "Here."),))], text)
    assert anchored(made)["Here."] == "One."


# -- comments that are there already ----------------------------------------------------------------------------------


def test_comments_of_others_stay() -> None:
    document = make("One.", "Two.")
    document.add_comment(document.paragraphs[1].runs, text="Looks good.", author="The Chief", initials="C")
    data = saved(document)
    made, held = at(data, "One.")
    assert held == "One."
    after = docx.Document(io.BytesIO(made))
    assert [(c.author, c.text) for c in after.comments] == [("The Chief", "Looks good."), (AUTHOR, "A remark.")]
    assert len({c.comment_id for c in after.comments}) == 2
    assert set(parts(made)) == set(parts(data))
    assert parts(made)["[Content_Types].xml"] == parts(data)["[Content_Types].xml"]


def test_hostile_words_are_words() -> None:
    hostile = '<w:p/> & "quoted" \u202e \x1b[31m \x07 ' + "W" * 300
    made, _ = at(
        saved(make("One.")), "One.", hostile.replace("\u202e ", "").replace("\x1b[31m ", "").replace("\x07 ", "")
    )
    assert '<w:p/> & "quoted" ' + "W" * 300 in anchored(made)
    text = trace(saved(make("One.")), "a").source.text
    (said,) = anchored(annotate(saved(make("One.")), "a", [Comment(0, 4, ((True, hostile),))], text))
    assert not [c for c in said if not c.isprintable()]


def test_another_file_than_the_judged_one_is_refused() -> None:
    with pytest.raises(DocumentError, match="not those of this file"):
        annotate(saved(make("One.")), "a.docx", [], "Another text.")
    with pytest.raises(DocumentError, match="zip archive cannot be opened"):
        annotate(b"no archive", "a.docx", [], "")


def test_a_signature_is_noticed() -> None:
    assert not is_signed(SAMPLE.read_bytes())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<x/>")
    assert is_signed(out.getvalue())


# -- the command ------------------------------------------------------------------------------------------------------


def test_annotate_writes_the_reviewed_file(cli: Run, tmp_path: Path, reviewed: bytes) -> None:
    target = tmp_path / "reviewed.docx"
    ended = cli("annotate", SAMPLE, "-o", target)
    assert (ended.code, ended.out) == (0, "")
    assert re.search(r"reviewed\.docx: \d+ comments on 28 gaps\.", ended.err)
    assert target.read_bytes() == reviewed


def test_annotate_says_what_it_cannot_do(cli: Run, tmp_path: Path, sample: Path) -> None:
    target = tmp_path / "reviewed.docx"
    other = cli("annotate", sample, "-o", target)
    assert other.code == 2
    assert "Comments can be put into Word files (.docx) only; this is markdown." in other.err
    assert cli("annotate", SAMPLE).code == 2, "--output is needed"
    missing = cli("annotate", tmp_path / "none.docx", "-o", target)
    assert missing.code == 3
    assert "none.docx: There is no such file or folder." in missing.err
    strange = tmp_path / "strange.docx"
    strange.write_bytes(saved(make(*["Lunch is served at noon in the canteen."] * 60)))
    unjudged = cli("annotate", strange, "-o", target)
    assert unjudged.code == 3
    assert "not judged" in unjudged.err
    own = tmp_path / "own.docx"
    own.write_bytes(SAMPLE.read_bytes())
    assert cli("annotate", own, "-o", own).code == 2
    assert own.read_bytes() == SAMPLE.read_bytes()
    assert not target.exists()

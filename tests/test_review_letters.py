"""Letters: what they say, and the templates that a commission may give instead."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import hand_built_review
import pytest
from docx.document import Document
from hand_built import HOSTILE
from hand_built_review import FAILS, PACKS, PASSES, document, submission
from syrupy.assertion import SnapshotAssertion

from policylint.errors import UsageError
from policylint.report import DocumentReport
from policylint.reporters.clean import clean
from policylint.review.folder import check_letter_template
from policylint.review.folder.letters import letter_template, letter_values, shipped_template
from policylint.review.folder.letters.template import LetterTemplate
from policylint.review.model import Reviewed, Standing

WHO = submission("Harbor & Sons <County>", "p.docx", contact="Sheriff Doe", submitted="2026-03-01")
FAILING = Reviewed(WHO, document(), PACKS, FAILS)


@pytest.fixture(scope="module")
def shipped() -> LetterTemplate:
    return letter_template(shipped_template(), "letter-template.docx")


def lines(data: bytes) -> list[str]:
    """The paragraphs of a letter, those of tables included, in order."""
    body = docx.Document(io.BytesIO(data)).element.body
    name = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return ["".join(t.text or "" for t in p.iter(f"{name}t")) for p in body.iter(f"{name}p")]


def letter(template: LetterTemplate, reviewed: Reviewed) -> list[str]:
    return lines(template.filled(letter_values(reviewed, "2026-03-31", "9.9.9")))


def template_of(*paragraphs: str | Callable[[Document], object]) -> bytes:
    """A Word file with these paragraphs."""
    made = docx.Document()
    for each in paragraphs:
        if callable(each):
            each(made)
        else:
            made.add_paragraph(each)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def own(*paragraphs: str | Callable[[Document], object]) -> LetterTemplate:
    return letter_template(template_of(*paragraphs), "ours.docx")


def test_the_letter_to_one_that_does_not_pass(shipped: LetterTemplate, snapshot: SnapshotAssertion) -> None:
    assert "\n".join(letter(shipped, FAILING)) == snapshot


def test_the_letter_to_one_that_passes(shipped: LetterTemplate) -> None:
    said = letter(shipped, replace(FAILING, standing=PASSES))
    assert "Your policy passes. Of the 9 requirements that apply to it, it meets 2 (22 %)." in said
    assert "What is missing to pass" not in said
    assert "What we recommend" in said


def test_the_letter_to_one_that_could_not_be_judged(shipped: LetterTemplate) -> None:
    unread = DocumentReport("x.pdf", status="not_judged", reason="The PDF file is encrypted.")
    said = letter(shipped, Reviewed(WHO, unread, (), Standing(None)))
    assert "We could not judge the document that you submitted (p.docx):" in said
    assert "The PDF file is encrypted." in said
    assert not [line for line in said if line.startswith("Annex")]


def test_without_a_pass_rule_what_is_demanded_must_change(shipped: LetterTemplate) -> None:
    values = letter_values(replace(FAILING, standing=None), "2026-03-31", "9.9.9")
    must = values["must_change"]
    assert isinstance(must, list)
    assert [gap.ids for gap in must] == ["DEMO-10a", "DEMO-11"]
    said = "\n".join(letter(shipped, replace(FAILING, standing=None)))
    assert "What must change" in said
    assert "to pass" not in said
    assert "Your policy" not in said.partition("Annex")[0]


def test_hostile_text_is_text(shipped: LetterTemplate) -> None:
    said = "\n".join(letter(shipped, replace(FAILING, submission=submission("a\ud800b", "x", contact=HOSTILE))))
    assert "a\ufffdb" in said
    assert '<script>alert("policy")</script>' in said
    assert not set("\u202e\x1b\x07") & set(said)


def test_every_requirement_stands_in_the_letter_once(shipped: LetterTemplate) -> None:
    said = "\n".join(letter(shipped, FAILING))
    for verdict in FAILING.report.verdicts:
        assert (verdict.requirement in said) is (verdict.status != "not_applicable"), verdict.requirement


# -- templates of a commission ----------------------------------------------------------------------------------------


def test_a_template_of_ones_own() -> None:
    template = own(
        "Dear {{ contact }} of {{ agency }},",
        "{% if passes %}",
        "You pass.",
        "{% else %}",
        "{% for gap in must_change %}",
        "{{ loop.index }}. {{ gap.ids }}: {% for quote in gap.quotes %}{{ quote.text }} {% endfor %}",
        "{% endfor %}",
        "{% endif %}",
        "{#- not a comment, and 100 % text",
    )
    assert letter(template, FAILING) == [
        "Dear Sheriff Doe of Harbor & Sons <County>,",
        "1. ACT-7, DEMO-3: Members should refer cases, and should do so early. ",
        f"2. DEMO-11: {clean(HOSTILE)} ",
        "3. DEMO-9: No member may take a leave of absence. ",
        "{#- not a comment, and 100 % text",
    ]
    assert letter(template, replace(FAILING, standing=PASSES))[1] == "You pass."


def test_placeholders_that_word_has_cut_to_pieces() -> None:
    def pieces(made: Document) -> None:
        paragraph = made.add_paragraph("For {")
        for piece in ("{ age", "ncy", " }", "}, on {{ date }} by {{ authorities | join(“ and ”) }}"):
            paragraph.add_run(piece).bold = True

    (line,) = letter(own(pieces), FAILING)
    assert line.startswith("For Harbor & Sons <County>, on March 31, 2026 by State of Example (statute) and Nobody")


def test_a_space_beside_a_placeholder_is_kept() -> None:
    def runs(made: Document) -> None:
        paragraph = made.add_paragraph("{% if judged %}Yes. {% endif %}")
        paragraph.add_run("Then.")

    made = docx.Document(io.BytesIO(own(runs).filled(letter_values(FAILING, "2026-03-31", "1"))))
    assert made.paragraphs[0].text == "Yes. Then."
    assert 'xml:space="preserve">Yes. <' in made.paragraphs[0]._p.xml


def test_rows_of_a_table_are_repeated_and_a_cell_is_never_empty() -> None:
    def rows(made: Document) -> None:
        table = made.add_table(4, 2)
        for row, texts in zip(
            table.rows,
            (
                ("Id", "Asked"),
                ("{% for item in met %}", ""),
                ("{{ item.ids }}", "{{ item.asked }}"),
                ("{% endfor %}", ""),
            ),
            strict=True,
        ):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        cell = made.add_table(1, 1).cell(0, 0)
        cell.text = "{% if passes %}"
        cell.add_paragraph("Yes")
        cell.add_paragraph("{% endif %}")

    template = own(rows)
    made = docx.Document(io.BytesIO(template.filled(letter_values(FAILING, "2026-03-31", "1"))))
    assert [[c.text for c in row.cells] for row in made.tables[0].rows] == [
        ["Id", "Asked"],
        ["DEMO-6", "Cases are referred early."],
        ["DEMO-4", "Members are volunteers."],
    ]
    assert len(made.tables[1].cell(0, 0).paragraphs) == 1


def test_headers_and_footers_are_filled_in() -> None:
    def header(made: Document) -> None:
        made.sections[0].header.paragraphs[0].text = "{{ agency }}"

    made = docx.Document(io.BytesIO(own(header, "x").filled(letter_values(FAILING, "2026-03-31", "1"))))
    assert made.sections[0].header.paragraphs[0].text == "Harbor & Sons <County>"


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (["{{ agancy }}"], "'agancy' is no placeholder.\nDid you mean 'agency'?"),
        (["{{ zzzzzz }}"], "'zzzzzz' is no placeholder.\nUse one of: accepted, agency,"),
        (["{% for gap in must_change %}", "{{ gap.wrong }}", "{% endfor %}"], "has no attribute 'wrong'"),
        (["{% if passes %}", "never ended"], "Unexpected end of template"),
        (["{{ agency"], "unexpected"),
        (["{{ agency | nothing }}"], "No filter named 'nothing'"),
        (["{{ agency * 1000000000 }}"], "nothing is reckoned here"),
        (["{{ agency.format(date) }}"], "is not safely callable"),
        (["{{ ''.__class__ }}"], "unsafe"),
        (["{% if passes %}", "{% endif %} after"], "Begin and end each {% ... %} in the same paragraph"),
    ],
)
def test_a_template_that_is_wrong_is_refused_before_the_first_letter(paragraphs: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=r"ours\.docx: The letter template cannot be used") as error:
        own(*paragraphs)
    assert said in str(error.value)


def test_a_template_can_be_tried_before_the_judging(tmp_path: Path) -> None:
    path = tmp_path / "ours.docx"
    with pytest.raises(UsageError, match=r"ours\.docx: The letter template cannot be read: No such file"):
        check_letter_template(path)
    path.write_bytes(template_of("{{ agancy }}"))
    with pytest.raises(UsageError, match="'agancy' is no placeholder"):
        check_letter_template(path)
    path.write_bytes(template_of("{{ agency }}"))
    check_letter_template(path)


def _with_part(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template_of("x"))) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is no Word file"),
        (b"{{ agency }}", "is no Word file"),
        (template_of("x")[:2000], "is no Word file"),
        (_with_part("word/document.xml", b"<!DOCTYPE x><x/>"), "declares a document type"),
        (_with_part("word/document.xml", b"<w:p"), "no Word document any more"),
    ],
)
def test_what_is_no_template(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        letter_template(data, "ours.docx")


def test_an_archive_without_a_document_is_no_template() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("x", "y")
    with pytest.raises(UsageError, match="It holds no Word document"):
        letter_template(out.getvalue(), "ours.docx")


def test_a_template_that_unpacks_to_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policylint.review.folder.letters.template.MOST", 1000)
    with pytest.raises(UsageError, match="too large"):
        letter_template(template_of("x"), "ours.docx")


def test_same_letter_same_bytes(shipped: LetterTemplate) -> None:
    values = letter_values(FAILING, "2026-03-31", "1")
    again = letter_template(shipped_template(), "letter-template.docx")
    assert shipped.filled(values) == again.filled(values)


def test_the_hand_built_review_is_what_the_letters_are_tried_on() -> None:
    """Every letter of the hand-built review opens in a program that is not ours."""
    template = letter_template(shipped_template(), "letter-template.docx")
    for reviewed in hand_built_review.hand_built_review().reviewed:
        assert letter(template, reviewed)

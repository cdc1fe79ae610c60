"""Word files that nobody would write: whatever they hold, reading ends in blocks or in a sentence.

Other and more examples than `make test` tries: POLICYLINT_FUZZ=5000 python -m pytest tests/test_docx_fuzz.py
"""

from __future__ import annotations

import io
import os
import random
import zipfile

import hypothesis
from docx_files import SCHEMES
from docx_xml import par, parts, table, word, zipped
from hypothesis import given
from hypothesis import strategies as st

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.outline import build
from policylint.readers.docx import read
from policylint.readers.formats import Options

MANY = os.environ.get("POLICYLINT_FUZZ", "")
SOME = hypothesis.settings(max_examples=int(MANY or 60), derandomize=not MANY, deadline=None, print_blob=True)

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="<>&\ufffe\uffff"), max_size=30)
NUMBERS = st.one_of(st.integers(-2, 12), st.sampled_from([10**9, 10**30, -(10**9)])).map(str) | st.just("x")
SWITCHES = st.sampled_from(
    [
        "",
        "<w:b/>",
        "<w:vanish/>",
        "<w:strike/>",
        '<w:caps w:val="off"/>',
        '<w:rStyle w:val="S1"/>',
        '<w:sz w:val="x"/>',
        '<w:rFonts w:ascii="Wingdings"/>',
        "<w:del/>",
    ]
)
SIGNS = st.sampled_from(
    [
        "<w:tab/>",
        "<w:br/>",
        '<w:sym w:font="Symbol" w:char="F0B7"/>',
        '<w:sym w:char="zzzz"/>',
        '<w:fldChar w:fldCharType="begin"/>',
        "<w:instrText> TOC \\o </w:instrText>",
        '<w:fldChar w:fldCharType="separate"/>',
        '<w:fldChar w:fldCharType="end"/>',
        '<w:footnoteReference w:id="1"/>',
        "<w:softHyphen/>",
    ]
)


@st.composite
def runs(draw: st.DrawFn) -> str:
    inner = f"<w:t>{draw(WORDS)}</w:t>{draw(SIGNS)}"
    run = f"<w:r><w:rPr>{draw(SWITCHES)}</w:rPr>{inner}</w:r>"
    around = draw(
        st.sampled_from(["{}", "<w:ins>{}</w:ins>", "<w:del>{}</w:del>", "<w:hyperlink>{}</w:hyperlink>", BOX])
    )
    return around.format(run)


BOX = "<w:r><w:drawing><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:drawing></w:r>"


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    style = f'<w:pStyle w:val="S{draw(st.integers(0, 4))}"/>'
    number = f'<w:numPr><w:ilvl w:val="{draw(NUMBERS)}"/><w:numId w:val="{draw(NUMBERS)}"/></w:numPr>'
    indent = f'<w:ind w:left="{draw(NUMBERS)}" w:hanging="{draw(NUMBERS)}"/>'
    mark = f"<w:rPr>{draw(SWITCHES)}</w:rPr>"
    chosen = "".join(p for p in (style, number, indent, mark) if draw(st.booleans()))
    return par("".join(draw(st.lists(runs(), max_size=3))) or "<w:r/>", chosen)


BLOCKS = st.recursive(
    paragraphs(),
    lambda inner: st.one_of(
        st.lists(st.lists(inner, max_size=2), max_size=3).map(lambda rows: table(*rows)),
        inner.map(lambda x: f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{x}</w:sdtContent></w:sdt>"),
    ),
    max_leaves=6,
)


@st.composite
def levels(draw: st.DrawFn) -> str:
    formats = st.sampled_from(["decimal", "bullet", "upperRoman", "cardinalText", "none", "nonsense"])
    return (
        f'<w:lvl w:ilvl="{draw(NUMBERS)}"><w:start w:val="{draw(NUMBERS)}"/><w:numFmt w:val="{draw(formats)}"/>'
        f'<w:lvlRestart w:val="{draw(NUMBERS)}"/><w:lvlText w:val="{draw(st.sampled_from(["%1.", "%9", "(%2)", "", "%"]))}"/>'
        "</w:lvl>"
    )


@st.composite
def numberings(draw: st.DrawFn) -> str:
    bodies = draw(st.lists(st.lists(levels(), max_size=4), min_size=1, max_size=3))
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{"".join(body)}</w:abstractNum>' for at, body in enumerate(bodies)
    )
    lists = "".join(
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{draw(NUMBERS)}"/><w:lvlOverride w:ilvl="{draw(NUMBERS)}">'
        f'<w:startOverride w:val="{draw(NUMBERS)}"/></w:lvlOverride></w:num>'
        for at in range(4)
    )
    return definitions + lists


@st.composite
def style_sheets(draw: st.DrawFn) -> str:
    names = st.sampled_from(["heading 1", "heading 9", "Title", "toc 1", "Quote", "Plain Text", "Mine"])
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="S{at}"><w:name w:val="{draw(names)}"/><w:basedOn w:val="S{draw(st.integers(0, 5))}"/>'
        f'<w:pPr><w:outlineLvl w:val="{draw(NUMBERS)}"/><w:numPr><w:numId w:val="{draw(NUMBERS)}"/></w:numPr></w:pPr></w:style>'
        for at in range(4)
    )


def readable(data: bytes) -> Source | None:
    """What the reader makes of a file, held against what every reader promises; None when it refuses it."""
    try:
        source = read(data, "policy.docx", Options())
    except DocumentError as error:
        assert error.message.endswith(".")  # noqa: PT017 - whether it is raised at all is open
        return None
    before = 0
    for block in source.blocks:
        assert block.spans
        for start, end in block.spans:
            assert before <= start < end <= len(source.text)
            before = end
        assert set(block.strong) <= set(block.spans)
        assert block.indent >= 0
    build(source, "policy.docx", "")
    return source


@SOME
@given(st.lists(BLOCKS, max_size=6), numberings(), style_sheets(), BLOCKS)
def test_any_mixture_of_what_word_writes_is_read(body: list[str], numbering: str, styles: str, note: str) -> None:
    data = word(
        "".join(body), numbering=numbering, styles=styles, footnotes=f'<w:footnote w:id="1">{note}</w:footnote>'
    )
    assert readable(data) is not None


@SOME
@given(st.sampled_from(sorted(SCHEMES)), st.integers(0, 2**32))
def test_a_file_with_damaged_bytes_is_read_or_refused(scheme: str, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    data = bytearray(DATA[scheme])
    for _ in range(chance.randint(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    readable(bytes(data))


@SOME
@given(st.sampled_from(sorted(SCHEMES)), st.integers(0, 2**32))
def test_a_file_with_damaged_parts_is_read_or_refused(scheme: str, seed: int) -> None:
    """The archive is whole, so that the damage reaches the XML: pieces of parts are cut out, doubled or moved."""
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    with zipfile.ZipFile(io.BytesIO(DATA[scheme])) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice([n for n in sorted(found) if n.startswith("word/") or n.endswith(".rels")])
    pieces = found[name].split(b"<")
    for _ in range(chance.randint(1, 5)):
        at, to = sorted((chance.randrange(len(pieces)), chance.randrange(len(pieces))))
        pieces = chance.choice([pieces[:at] + pieces[to:], pieces[:to] + pieces[at:to] + pieces[to:], pieces[::-1]])
        pieces = pieces or [b""]
    readable(zipped(found | {name: b"<".join(pieces)}))


@SOME
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    readable(data)
    readable(zipped(parts("") | {"word/document.xml": data}))


DATA = {name: make().data() for name, make in SCHEMES.items()}

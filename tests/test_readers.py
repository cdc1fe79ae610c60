"""Readers: decoding, what is refused, and blocks whose spans hold no markup."""

from __future__ import annotations

import itertools

import pytest

from policylint.document import Block, Source
from policylint.errors import DocumentError
from policylint.outline.lines import joined
from policylint.readers import READERS, read_bytes, read_text


def texts(source: Source) -> list[str]:
    return ["|".join(source.text[a:b] for a, b in block.spans) for block in kept(source)]


def kept(source: Source) -> list[Block]:
    return [block for block in source.blocks if not block.left_out]


def markdown(text: str) -> list[Block]:
    return kept(read_text(text, "x.md"))


# -- decoding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data, note",
    [
        ("Müde?".encode(), ""),
        (b"\xef\xbb\xbf" + "Müde?".encode(), ""),
        ("Müde?".encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + "Müde?".encode("utf-16-be"), "UTF-16"),
        ("Müde?".encode("cp1252"), "Windows-1252"),
    ],
)
def test_encodings_give_one_text(data: bytes, note: str) -> None:
    source = read_bytes(data, "policy.txt")
    assert source.text == "Müde?"
    assert note in " ".join(source.notes)
    assert bool(source.notes) == bool(note)


def test_windows_1252_quotes_and_stray_bytes() -> None:
    source = read_bytes(b"\x93Team\x94 \x96 caf\xe9 \x81", "policy.txt")
    assert source.text == "“Team” – café \x81"
    assert "stray bytes" in source.notes[0]


def test_line_ends_become_one_kind() -> None:
    source = read_bytes("a\r\nb\rc\x85d\u2028e\u2029f".encode(), "policy.txt")
    assert source.text == "a\nb\nc\nd\ne\nf"
    assert texts(source) == ["a", "b", "c", "d", "e", "f"]


@pytest.mark.parametrize(
    "data, says",
    [
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 ...", "docx"),
        (b"GIF89a\x01\x00\x01\x00", "GIF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "Office"),
        (b"policy\x00\x01\x02", "binary"),
        (bytes(range(1, 9)) * 40, "control characters"),
        (b"\xff\xfea", "damaged"),
        (b"", "no text"),
        (" \n\t\u00a0\f\n".encode(), "no text"),
        (b"\xef\xbb\xbf\n", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(DocumentError, match=says) as caught:
        read_bytes(data, "policy.txt")
    assert caught.value.file == "policy.txt"
    assert caught.value.hint


def test_an_unknown_suffix_is_refused_and_the_known_ones_are_named() -> None:
    with pytest.raises(DocumentError, match=r"\.xyz") as caught:
        read_bytes(b"text", "policy.xyz")
    assert ".txt" in (caught.value.hint or "")


def test_suffixes_in_capitals_and_files_without_one() -> None:
    assert read_bytes(b"# Title", "POLICY.MD").format == "markdown"
    assert read_bytes(b"# Title", "README").format == "text"
    assert set(READERS) >= {".txt", ".text", ".md", ".markdown", ""}


def test_a_blank_passage_is_refused() -> None:
    with pytest.raises(DocumentError):
        read_text(" \n ", "<text>")


# -- plain text ---------------------------------------------------------------------------------------------------


def test_lines_have_indent_gap_and_place() -> None:
    source = read_text("First\n\n\n  second  \n\tthird\u00a0\n", "x")
    assert [(b.kind, b.indent, b.gap) for b in source.blocks] == [("line", 0, 0), ("line", 2, 2), ("line", 4, 0)]
    assert texts(source) == ["First", "second", "third"]


def test_form_feeds_are_pages_and_stay_in_the_text() -> None:
    source = read_text("one\n\fTwo\nthree\f", "x")
    assert source.pages == 2
    assert [(b.page, source.text[slice(*b.spans[0])]) for b in source.blocks] == [(1, "one"), (2, "Two"), (2, "three")]
    assert "\f" in source.text
    assert read_text("one\ntwo", "x").pages is None


def test_emphasis_marks_are_left_out_of_spans() -> None:
    source = read_text("**A. Goals:** to **help**\n1. Trust**\nfive ** six and 2**3\n____ (name)", "x")
    assert texts(source)[0] == "A. Goals:| to |help"
    assert len(source.blocks[0].strong) == 2
    assert texts(source)[1] == "1. Trust"
    assert texts(source)[3] == "____ (name)"


# -- Markdown -----------------------------------------------------------------------------------------------------


def test_markdown_spans_hold_no_markup() -> None:
    text = (
        "## The *Peer* `Team`\n\n"
        "1. Members **shall** read [the order](http://example.org/the 'order') and\n"
        "   the [guide][g] &amp; keep \\* quiet\n"
        "   - at ~~work~~ home ![a crest](crest.png)\n\n"
        "> Quoted *law*\n> goes on.\n\n"
        "[g]: http://example.org/guide\n"
    )
    source = read_text(text, "x.md")
    assert [" ".join(joined(source.text, b.spans).split()) for b in kept(source)] == [
        "The Peer Team",
        "Members shall read the order and the guide &amp; keep * quiet",
        "at work home",
        "Quoted law goes on.",
    ]
    assert [(b.kind, b.level, b.label) for b in kept(source)] == [
        ("heading", 2, ""),
        ("item", 1, "1."),
        ("item", 2, "•"),
        ("quote", 0, ""),
    ]


def test_markdown_link_targets_are_never_taken_for_text() -> None:
    text = "See [a](x/b) b and [c](<d e> 'b') b."
    spans = [span for block in markdown(text) for span in block.spans]
    assert [text[a:b] for a, b in spans] == ["See ", "a", " b and ", "c", " b."]
    assert [a for a, _ in spans] == [0, 5, 12, 20, 33]


def test_markdown_tables_comments_front_matter_and_html() -> None:
    text = (
        "---\ntitle: Peer Team\n---\n# Peer Team\n\n| Matter | Who |\n|---|---|\n| **Threat** now | Chief |\n\n"
        "<!-- draft:\nnot approved -->\n\n<div>By order</div>\n\nText <!-- hidden --> here.\n"
    )
    source = read_text(text, "x.md")
    assert "lines 1 to 3" in source.notes[0]
    assert texts(source) == ["Peer Team", "Matter|Who", "Threat| now|Chief", "By order", "Text | here."]
    assert [b.kind for b in kept(source)] == ["heading", "row", "row", "line", "paragraph"]


def test_markdown_indented_text_is_no_code_and_hard_breaks_end_paragraphs() -> None:
    blocks = markdown("    Members shall rest.\n\n**To:** Chief  \n**From:** Captain\n")
    assert [b.kind for b in blocks] == ["paragraph"] * 3
    assert [len(b.strong) for b in blocks] == [0, 1, 1]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert [b.kind for b in markdown("---\n\nNote: text\n\n---\n\nMore\n")] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("name", ["x.txt", "x.md"])
def test_every_span_lies_in_the_text_and_in_order(name: str) -> None:
    text = "# A *b*\n\n- c **d** e\n  - f\n\n| g | h |\n|---|---|\n| i | j |\n\nk `l` m\n"
    source = read_text(text, name)
    spans = [span for block in source.blocks for span in block.spans]
    assert spans == sorted(spans)
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(a2 >= b1 for (_, b1), (a2, _) in itertools.pairwise(spans))

"""The self-check of the outline: whatever the text, all of it is in the tree; and what is lost, doubled or misplaced is seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.document import Document, LeftOut, Passage
from policylint.errors import DocumentError
from policylint.outline import build, selfcheck
from policylint.readers import read_bytes, read_text

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures").glob("*.[mt]*"))

POLICY = (
    "Peer Support\n\n1. Purpose\n\nThe team supports colleagues.\n\n2. Duties\n\nMembers shall:\n\na. listen;\nb. refer.\n\n"
    "o Rest.\n"
)


def outline(text: str, name: str = "x.txt") -> Document:
    return build(read_text(text, name), name, "")


def shown(document: Document) -> dict[str, list[str]]:
    found = selfcheck.examine(document)
    return {
        kind: [document.text[a:b] for a, b in spans]
        for kind in ("lost", "doubled", "disordered")
        if (spans := getattr(found, kind))
    }


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_the_shipped_documents_are_whole(path: Path) -> None:
    assert shown(build(read_bytes(path.read_bytes(), path.name), path.name, "")) == {}


def test_a_sound_tree_gives_no_warning() -> None:
    assert shown(outline(POLICY)) == {}
    assert outline(POLICY).notes == ()


SENTENCE = "The team supports colleagues."


def sentence_of(document: Document) -> int:
    return next(p.index for p in document.passages if document.text_of(p.spans) == SENTENCE)


def without(document: Document, at: int) -> Document:
    return replace(document, passages=document.passages[:at] + document.passages[at + 1 :])


def with_passage(document: Document, at: int, passage: Passage) -> Document:
    return replace(document, passages=(*document.passages[:at], passage, *document.passages[at + 1 :]))


def test_a_lost_paragraph_is_seen() -> None:
    document = outline(POLICY)
    broken = without(document, sentence_of(document))
    assert shown(broken) == {"lost": [SENTENCE.rstrip(".")]}
    (warning,) = selfcheck.warnings(broken)
    assert "(1 place, the first on line 5: “The team supports colleagues”)" in warning


def test_lost_words_inside_a_paragraph_lost_labels_and_a_lost_heading_are_seen() -> None:
    document = outline(POLICY)
    at = sentence_of(document)
    ((start, end),) = document.passages[at].spans
    cut = replace(document.passages[at], spans=((start, start + 8), (end - 11, end)))
    assert shown(with_passage(document, at, cut)) == {"lost": ["supports"]}
    items = tuple(replace(p, label="") for p in document.passages)
    assert shown(replace(document, passages=items))["lost"] == ["a", "b"]
    assert shown(replace(document, sections=document.sections[:-1]))["lost"] == ["2. Duties"]


def test_what_was_left_out_is_not_lost() -> None:
    document = outline(POLICY)
    at = sentence_of(document)
    left_out = (LeftOut(document.passages[at].spans, "a reason"),)
    assert shown(replace(without(document, at), left_out=left_out)) == {}
    assert shown(replace(document, left_out=left_out)) == {"doubled": [SENTENCE]}


def test_a_doubled_passage_is_seen() -> None:
    document = outline(POLICY)
    twice = (document.passages[sentence_of(document)], *document.passages)
    assert shown(replace(document, passages=twice))["doubled"] == [SENTENCE]


def test_passages_out_of_order_or_under_the_wrong_heading_are_seen() -> None:
    document = outline(POLICY)
    at = sentence_of(document)
    moved = document.passages[at]
    assert shown(replace(without(document, at), passages=(*without(document, at).passages, moved))) == {
        "disordered": [SENTENCE]
    }
    elsewhere = replace(moved, section=len(document.sections) - 1)
    assert shown(with_passage(document, at, elsewhere)) == {"disordered": [SENTENCE]}


words = st.sampled_from(
    "Peer supporters listen o a 1. 2.1 (a) A. i. v • - | ** __ # > § Page 3 of 9 : ; . — iv) 1031.4".split()
)
line = st.one_of(
    st.lists(words, max_size=14).map(" ".join),
    st.text(st.sampled_from('ab AB.:;()1i-•*o§|\t\u00a0\uf0b7"“”’-#>[]!`<&'), max_size=30),
    st.sampled_from(
        ["PURPOSE", "1. Training", "a. listen", "• rest", "- stop", "o", "1.", "Page 3", "", "", "\f", "**B. Goals:** do", "A   B   C"]
    ),
)  # fmt: skip
text_of_lines = st.lists(line, min_size=1, max_size=30).map("\n".join).filter(str.strip)


@settings(max_examples=200, deadline=None)
@given(text_of_lines)
def test_no_plain_text_is_lost_doubled_or_misplaced(text: str) -> None:
    assert shown(outline(text)) == {}


@settings(max_examples=200, deadline=None)
@given(text_of_lines)
def test_no_markdown_is_lost_doubled_or_misplaced(text: str) -> None:
    try:
        document = outline(text, "x.md")
    except DocumentError:
        return  # nothing but markup
    assert shown(document) == {}


def test_markdown_that_is_no_text_is_left_out_with_the_reason() -> None:
    document = outline(
        "---\ntitle: Peer Team\n---\n# Peer Team\n\nRead [the order](http://example.org/a 'b') and the [guide][g].\n\n"
        "![a crest](crest.png) By <b>order</b>. <!-- draft -->\n\n<div class=x>Text</div>\n\n```text\nListen.\n```\n\n"
        "[g]: http://example.org/guide\n",
        "x.md",
    )
    assert shown(document) == {}
    reasons = {document.text_of(out.spans): out.why for out in document.left_out}
    assert reasons == {
        "--- title: Peer Team ---": "front matter",
        "](http://example.org/a 'b')": "link target",
        "][g]": "link target",
        "![a crest](crest.png)": "picture",
        "<b>": "markup",
        "</b>": "markup",
        "<!-- draft -->": "comment",
        "<div class=x>": "markup",
        "</div>": "markup",
        "```text": "markup",
        "[g]: http://example.org/guide": "link target",
    }

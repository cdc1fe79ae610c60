"""Properties of reading and outlining that hold for any text."""

from __future__ import annotations

import itertools
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from policylint.document import Document, Source
from policylint.errors import DocumentError
from policylint.outline import build
from policylint.outline.labels import parse
from policylint.readers import read_text

WORDS = (
    "peer supporters shall keep what they hear confidential unless a threat to life is made known by the caller".split()
)
MARKS = re.compile(r"[\s\-–—_=*~.+|#•>`§:]*")

# A sentence ends in a noun: a last line that holds nothing but "a." is a label to people, too.
sentence = st.lists(st.sampled_from(WORDS), min_size=8, max_size=40).map(
    lambda ws: " ".join([*ws, "supporters"]).capitalize() + "."
)
odd_line = st.text(st.sampled_from('ab AB.:;()1i-•*o§|\t\u00a0\uf0b7"“”’-'), max_size=30)
line = st.one_of(
    odd_line,
    sentence,
    st.sampled_from(
        ["PURPOSE", "Purpose:", "1. Training", "1.2 Records", "(a) Keep calm.", "a. listen", "i. speak", "• rest", "o go",
         "- stop", "Page 3", "Eldon Police", "Members shall:", "  A  B   C", "---  ---", "", "", "\f", "**B. Goals:** do"]
    ),
)  # fmt: skip
text_of_lines = st.lists(line, min_size=1, max_size=40).map("\n".join).filter(str.strip)


def outline(text: str, name: str = "x.txt") -> tuple[Source, Document]:
    source = read_text(text, name)
    return source, build(source, name, "")


def is_markup(text: str) -> bool:
    """Whether what is left over is drawn lines, emphasis marks, labels or bullets."""
    rest = " ".join(re.sub(r"\*\*", " ", text).split())
    while rest and not MARKS.fullmatch(rest):
        label = parse(rest + " X", indent=4)
        if label is None or not label.length:
            return False
        rest = rest[label.length :]
    return True


def noted(document: Document, line: str) -> bool:
    """Whether the document's notes say that a line was left out."""
    folded = re.sub(r"\d+", "#", " ".join(line.lower().split()))
    return any(folded in re.sub(r"\d+", "#", note.lower()) for note in document.notes)


@settings(max_examples=100, deadline=None)
@given(text_of_lines)
def test_no_text_is_lost(text: str) -> None:
    _, document = outline(text)
    left = list(document.text)
    for a, b in itertools.chain.from_iterable(
        [s.spans for s in document.sections] + [p.spans for p in document.passages]
    ):
        left[a:b] = " " * (b - a)
    for rest in re.split(r"[\n\f]", "".join(left)):
        assert is_markup(rest) or noted(document, rest), rest


@settings(max_examples=100, deadline=None)
@given(text_of_lines)
def test_spans_are_ordered_and_inside_the_text(text: str) -> None:
    _, document = outline(text)
    spans = sorted(
        [(span, 0) for s in document.sections for span in s.spans]
        + [(span, 1) for p in document.passages for span in p.spans]
    )
    assert all(0 <= a < b <= len(document.text) for (a, b), _ in spans)
    assert all(b1 <= a2 for ((_, b1), _), ((a2, _), _) in itertools.pairwise(spans))
    for passage in document.passages:
        assert passage.spans
        assert list(passage.spans) == sorted(passage.spans)
        assert passage.line <= passage.end_line
        assert 0 <= passage.section < len(document.sections)
        assert passage.parent is None or passage.parent < passage.index
    for section in document.sections[1:]:
        assert section.parent is not None
        assert section.parent < section.index
        assert section.level == document.sections[section.parent].level + 1


@settings(max_examples=40, deadline=None)
@given(text_of_lines)
def test_line_ends_do_not_matter(text: str) -> None:
    assert outline(text)[1] == outline(text.replace("\n", "\r\n"))[1]


@settings(max_examples=100, deadline=None)
@given(text_of_lines)
def test_markdown_spans_are_ordered_and_inside_the_text(text: str) -> None:
    try:
        source, _ = outline(text, "x.md")
    except DocumentError:
        return  # nothing but markup
    spans = [span for block in source.blocks for span in block.spans]
    assert all(0 <= a < b <= len(source.text) for a, b in spans)
    assert all(b1 <= a2 for (_, b1), (a2, _) in itertools.pairwise(spans))


def wrapped(text: str, width: int, indent: str = "") -> str:
    rows, row = [], ""
    for word in text.split():
        if row and len(row) + 1 + len(word) > width:
            rows.append(row)
            row = indent + word
        else:
            row = f"{row} {word}" if row else word
    return "\n".join([*rows, row])


@settings(max_examples=100, deadline=None)
@given(st.lists(sentence, min_size=3, max_size=8), st.integers(45, 110))
def test_wrapping_does_not_matter(sentences: list[str], width: int) -> None:
    paragraphs = [f"For {n} we hold that {s.lower()}" for n, s in zip(WORDS, sentences, strict=False)]
    for text in ("\n\n".join(paragraphs), "\n\n".join(wrapped(p, width) for p in paragraphs)):
        document = outline(text)[1]
        assert [document.text_of(p.spans) for p in document.passages] == paragraphs


LABELS = {
    "letters": ["A.", "B.", "C.", "D."],
    "small": ["a)", "b)", "c)", "d)"],
    "numbers": ["1.", "2.", "3.", "4."],
    "brackets": ["(1)", "(2)", "(3)", "(4)"],
    "roman": ["i.", "ii.", "iii.", "iv."],
    "bullets": ["•"] * 4,
}


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(itertools.permutations(LABELS, 2))),
    st.lists(st.integers(0, 3), min_size=1, max_size=4),
    st.integers(0, 4),
)
def test_the_style_of_labels_does_not_matter(styles: tuple[str, str], counts: list[int], indent: int) -> None:
    rows = ["Members shall do all of these things:"]
    expected: list[int | None] = [None]
    for at, count in enumerate(counts):
        rows.append(f"{LABELS[styles[0]][at]} Do the thing of number {at}{':' if count else '.'}")
        above = len(expected)
        expected.append(0)
        rows += [f"{' ' * indent}{LABELS[styles[1]][i]} do a part of it, number {i}." for i in range(count)]
        expected += [above] * count
    assert [p.parent for p in outline("\n".join(rows))[1].passages] == expected

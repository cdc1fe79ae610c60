"""The phrase notation: parsing, writing back, what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.packs.phrases import (
    Choice,
    Maybe,
    NotationError,
    Phrase,
    Ref,
    filled,
    parse_phrase,
    references,
    source,
)


@pytest.mark.parametrize(
    "written, parsed",
    [
        ("peer supporter", ("peer supporter",)),
        ("{crew|watch} leader", (Choice((("crew",), ("watch",)), 0), " leader")),
        ("{crew|} leader", (Choice((("crew",), ()), 0), " leader")),
        ("[senior] leader", (Maybe(("senior",), 0), " leader")),
        ("{doctor} on call", (Ref("doctor", 0), " on call")),
        ("{{doctor}|nurse}", (Choice(((Ref("doctor", 1),), ("nurse",)), 0),)),
        ("{a {b|c}|d}", (Choice((("a ", Choice((("b",), ("c",)), 3)), ("d",)), 0),)),
    ],
)
def test_parsing(written: str, parsed: Phrase) -> None:
    assert parse_phrase(written) == parsed


@pytest.mark.parametrize(
    "written, at, says",
    [
        ("keep {note", 5, "never closed"),
        ("keep {note|log", 5, "never closed"),
        ("keep [note", 5, "never closed"),
        ("keep note}", 9, "closes nothing"),
        ("keep note]", 9, "closes nothing"),
        ("keep|note", 4, "outside braces"),
        ("{a]b}", 2, "closes nothing"),
        ("[a}", 2, "closes nothing"),
        ("x {}", 2, "choice is empty"),
        ("x {|}", 2, "choice is empty"),
        ("x []", 2, "brackets are empty"),
        ("{{doctor}}", 0, "one alternative only"),
        ("{{a|b}}", 0, "one alternative only"),
        ("[senior|junior]", 7, "outside braces"),
        ("council{or|ors}", 7, "glued"),
        ("{non|un}sworn", 8, "glued"),
        ("re[assign]", 2, "glued"),
        ("{doctor}s", 8, "glued"),
    ],
)
def test_malformed_phrases(written: str, at: int, says: str) -> None:
    with pytest.raises(NotationError, match=says) as caught:
        parse_phrase(written)
    assert caught.value.offset == at
    assert caught.value.hint


@pytest.mark.parametrize("written", ["[senior] {leader|}", "[a]", "{a|[b]}", "{a|-}", "..."])
def test_a_phrase_may_not_be_empty(written: str) -> None:
    with pytest.raises(NotationError, match="may be empty"):
        filled(parse_phrase(written))


@pytest.mark.parametrize("written", ["a [b]", "{doctor}", "{{doctor}|a}", "[a] b"])
def test_a_phrase_with_a_word_in_it_is_filled(written: str) -> None:
    assert source(filled(parse_phrase(written))) == written


def test_the_concepts_a_phrase_refers_to() -> None:
    phrase = parse_phrase("{doctor} of [the {{crew}|{watch} leader}]")
    assert [ref.name for ref in references(phrase)] == ["doctor", "crew", "watch"]


words = st.text("abcdeé'-", min_size=1, max_size=5).filter(str.strip)
refs = st.sampled_from(["doctor", "helper"]).map(lambda name: Ref(name, 0))


def joined(pieces: list[object]) -> Phrase:
    """Pieces as a phrase whose neighbours are parted by spaces, as a writer would part them."""
    spaced = [piece for p in pieces for piece in (p, " ")][:-1]
    merged: list[object] = []
    for piece in spaced:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        else:
            merged.append(piece)
    return tuple(merged)  # type: ignore[arg-type]


def phrases_of(inner: st.SearchStrategy[Phrase]) -> st.SearchStrategy[Phrase]:
    choices = st.lists(inner, min_size=2, max_size=3).map(lambda a: Choice(tuple(a), 0))
    maybes = inner.map(lambda p: Maybe(p, 0))
    return st.lists(words | refs | choices | maybes, min_size=1, max_size=3).map(joined)


phrases = st.recursive(st.lists(words | refs, min_size=1, max_size=3).map(joined), phrases_of, max_leaves=6)


@given(phrases)
def test_source_parses_to_the_same_source(phrase: Phrase) -> None:
    text = source(phrase)
    assert source(parse_phrase(text)) == text


def phrase_or_error(text: str) -> Phrase | NotationError:
    try:
        return parse_phrase(text)
    except NotationError as exc:
        return exc


@given(st.text("ab{}[]|' ", max_size=30))
def test_any_text_parses_or_gives_a_sentence_with_a_place(text: str) -> None:
    parsed = phrase_or_error(text)
    if isinstance(parsed, NotationError):
        assert parsed.message.endswith(".")
        assert 0 <= parsed.offset <= len(text)
    else:
        assert source(parse_phrase(source(parsed))) == source(parsed)

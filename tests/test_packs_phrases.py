"""The phrase notation: parsing, expansion, limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.packs.phrases import LIMIT, Choice, Maybe, NotationError, Phrase, Ref, expand, parse_phrase, source

CONCEPTS = {"doctor": ("doctor", "staff physician"), "helper": ("helper",)}


def resolve(ref: Ref) -> tuple[str, ...]:
    return CONCEPTS[ref.name]


@pytest.mark.parametrize(
    "written, phrases",
    [
        ("peer supporter", ["peer supporter"]),
        ("  peer \n supporter ", ["peer supporter"]),
        ("{crew|watch} leader", ["crew leader", "watch leader"]),
        ("{crew|} leader", ["crew leader", "leader"]),
        ("[senior] leader", ["senior leader", "leader"]),
        ("[senior|junior]", None),
        ("{doctor} on call", ["doctor on call", "staff physician on call"]),
        ("{{doctor}|nurse}", ["doctor", "staff physician", "nurse"]),
        ("{a {b|c}|d}", ["a b", "a c", "d"]),
        ("{a [b]|c}", ["a b", "a", "c"]),
        ("{doctor}'s office", ["doctor's office", "staff physician's office"]),
        ("co{-|}worker", ["co-worker", "coworker"]),
        ("{Chief|chief}", ["Chief"]),
    ],
)
def test_expansion(written: str, phrases: list[str] | None) -> None:
    if phrases is None:
        with pytest.raises(NotationError, match="outside braces"):
            parse_phrase(written)
    else:
        assert expand(parse_phrase(written), resolve) == phrases


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
    ],
)
def test_malformed_phrases(written: str, at: int, says: str) -> None:
    with pytest.raises(NotationError, match=says) as caught:
        parse_phrase(written)
    assert caught.value.offset == at
    assert caught.value.hint


def test_a_phrase_may_not_be_empty() -> None:
    with pytest.raises(NotationError, match="may be empty"):
        expand(parse_phrase("[senior] {leader|}"), resolve)


def test_the_number_of_phrases_is_limited_before_they_are_made() -> None:
    ten = "{" + "|".join("abcdefghij") + "}"
    assert len(expand(parse_phrase(f"{ten} {ten} {ten}"), resolve)) == 1000
    with pytest.raises(NotationError, match=f"10000000000 phrases, more than the {LIMIT}"):
        expand(parse_phrase(" ".join([ten] * 10)), resolve)


def test_whole_concepts_do_not_count() -> None:
    many = tuple(f"word{i}" for i in range(LIMIT + 1))
    assert len(expand(parse_phrase("{big}"), lambda _: many)) == LIMIT + 1
    assert len(expand(parse_phrase("{{big}|small}"), lambda _: many)) == LIMIT + 2
    with pytest.raises(NotationError, match=f"{LIMIT + 1} phrases"):
        expand(parse_phrase("big {big}"), lambda _: many)


words = st.text("abcdeé'-", min_size=1, max_size=5).filter(str.strip)
refs = st.sampled_from(sorted(CONCEPTS)).map(lambda name: Ref(name, 0))


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
def test_source_parses_to_the_same_source_and_phrases(phrase: Phrase) -> None:
    text = source(phrase)
    again = parse_phrase(text)
    assert source(again) == text
    try:
        expected = expand(phrase, resolve)
    except NotationError:
        return
    assert expand(again, resolve) == expected


@given(phrases)
def test_expanded_phrases_are_plain_folded_and_distinct(phrase: Phrase) -> None:
    try:
        plain = expand(phrase, resolve)
    except NotationError:
        return
    assert plain
    assert len({p.casefold() for p in plain}) == len(plain)
    for p in plain:
        assert p == " ".join(p.split()) != ""
        assert not set("{}[]|") & set(p)


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

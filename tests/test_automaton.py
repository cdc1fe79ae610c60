"""The automaton finds just what trying out every phrase at every word finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.language.automaton import Automaton
from policylint.language.network import Network
from policylint.language.words import phrase_key
from policylint.packs.models import SameWords
from policylint.packs.phrases import Choice, Maybe, Phrase, Ref, parse_phrase

NAMES = {"one": 0, "two": 1, "three": 2}


def ends(phrase: Phrase, keys: list[str], start: int, grammar: list[list[Phrase]]) -> set[int]:
    """Where a phrase that begins at a word may end: tried out piece by piece."""
    reached = {start}
    for piece in phrase:
        reached = {end for at in reached for end in _ends(piece, keys, at, grammar)}
    return reached


def _ends(piece: object, keys: list[str], start: int, grammar: list[list[Phrase]]) -> set[int]:
    match piece:
        case Ref(name):
            return {end for phrase in grammar[NAMES[name]] for end in ends(phrase, keys, start, grammar)}
        case Choice(alternatives):
            return {end for phrase in alternatives for end in ends(phrase, keys, start, grammar)}
        case Maybe(inner):
            return {start} | ends(inner, keys, start, grammar)
        case _:
            words = phrase_key(str(piece))
            return {start + len(words)} if tuple(keys[start : start + len(words)]) == words else set()


def expected(grammar: list[list[Phrase]], keys: list[str]) -> list[tuple[int, int, int]]:
    found: dict[tuple[int, int], int] = {}
    for number, phrases in enumerate(grammar):
        for start in range(len(keys)):
            for end in {end for phrase in phrases for end in ends(phrase, keys, start, grammar)}:
                found[start, end] = found.get((start, end), 0) | 1 << number
    return sorted((start, end, mask) for (start, end), mask in found.items())


letter = st.sampled_from("abc")


def phrases(refs: list[str]) -> st.SearchStrategy[str]:
    atom = st.one_of(letter, st.sampled_from(["{" + name + "}" for name in refs])) if refs else letter
    runs = st.lists(atom, min_size=1, max_size=2).map(" ".join)
    choice = st.lists(runs, min_size=2, max_size=3).map(lambda a: "{" + "|".join(a) + "}")
    maybe = runs.map(lambda r: f"[{r}]")
    rest = st.one_of(st.just(""), maybe, choice)
    return st.tuples(st.one_of(st.just(""), maybe), st.one_of(runs, choice), rest).map(" ".join)


grammars = st.tuples(
    st.lists(phrases(["two", "three"]), min_size=1, max_size=2),
    st.lists(phrases(["three"]), min_size=1, max_size=2),
    st.lists(phrases([]), min_size=1, max_size=2),
)


@given(grammars, st.lists(st.lists(st.sampled_from("abcd"), max_size=9), min_size=1, max_size=3))
def test_it_finds_what_trying_out_every_phrase_finds(written: tuple[list[str], ...], texts: list[list[str]]) -> None:
    grammar = [[parse_phrase(text) for text in phrases] for phrases in written]
    automaton = Automaton(Network.of(grammar, NAMES))
    for keys in texts:
        assert automaton.find(keys)[0] == expected(grammar, keys)


def test_a_phrase_shared_with_an_included_entry_is_that_entrys_only() -> None:
    automaton = Automaton(Network.of([[parse_phrase("{a|b}")], [parse_phrase("b")]], {}), {0: 0b10})
    assert automaton.find(["a", "b"])[0] == [(0, 1, 0b01), (1, 2, 0b10)]


def test_states_are_made_once() -> None:
    automaton = Automaton(Network.of([[parse_phrase("a {two} c")], [parse_phrase("b [b]")]], {"two": 1}))
    first = automaton.find(list("abc"))[0]
    assert first == [(0, 3, 1), (1, 2, 2)]
    following = automaton.root["a"]
    assert automaton.find(list("abbc"))[0] == [(0, 4, 1), (1, 2, 2), (1, 3, 2), (2, 3, 2)]
    assert automaton.root["a"] is following


def test_a_thousand_million_phrases_cost_nothing() -> None:
    ten = "{" + "|".join("abcdefghij") + "}"
    automaton = Automaton(Network.of([[parse_phrase(" ".join([ten] * 9))]], {}))
    assert automaton.find(list("abcdefghij"))[0] == [(0, 9, 1), (1, 10, 1)]


def test_a_possessive_behind_a_concept() -> None:
    automaton = Automaton(Network.of([[parse_phrase("{two}'s office")], [parse_phrase("doctor")]], {"two": 1}))
    assert automaton.find(list(phrase_key("the doctor's office")))[0] == [(1, 2, 2), (1, 3, 1)]


SAME = [SameWords(("tell", "inform"), ("make known",)), SameWords(("prior to", "before"))]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("tell the chief", "inform the chief", [(0, 3, 1)]),
        ("inform the chief", "tell the chief", [(0, 3, 1)]),
        ("{tell|warn} the chief", "make known the chief", [(0, 4, 1)]),
        ("make known the chief", "tell the chief", []),  # `also` will do for the words, and not they for it
        ("before the chief", "prior to the chief", [(0, 4, 1)]),
        ("[prior to] {one}", "before never said", [(0, 3, 1), (1, 3, 5)]),
        ("prior to {two}", "told before meals", [(1, 3, 1), (2, 3, 2)]),
        ("{two} told", "meals informed", [(0, 1, 2), (0, 2, 1)]),
    ],
)
def test_words_that_say_the_same(phrase: str, text: str, found: list[tuple[int, int, int]]) -> None:
    grammar = [[parse_phrase(phrase)], [parse_phrase("meals")], [parse_phrase("never said")]]
    network = Network.of(grammar, {"one": 2, "two": 1}, SAME)
    assert Automaton(network).find(phrase_key(text)) == (found, [])
    assert Automaton(Network.from_plain(network.plain())).find(phrase_key(text)) == (found, [])


def test_entries_that_block_are_found_apart() -> None:
    automaton = Automaton(Network.of([[parse_phrase("a")], [parse_phrase("a b")]], {}), blocking=1)
    assert automaton.find(["a", "b"]) == ([(0, 1, 1)], [(0, 2, 1)])

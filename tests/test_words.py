"""Inflections of a word meet under one key; words that only look alike do not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policylint.language.padding import has_padding, without_padding
from policylint.language.words import key, phrase_key, tokens


@pytest.mark.parametrize(
    "forms",
    [
        "keep keeps kept keeping",
        "refer refers referred referring",
        "policy policies",
        "note notes noted noting",
        "disclose discloses disclosed disclosing",
        "debriefing debriefings",
        "choose chose chosen choosing",
        "meet met meets meeting",
        "identify identifies identified",
        "train trains trained training trainings",
    ],
)
def test_inflections_meet(forms: str) -> None:
    assert len({key(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("left", "right"),
    [("officer", "office"), ("counselor", "counsel"), ("note", "not"), ("employee", "employ"), ("willing", "will"),
     ("policy", "police"), ("nothing", "noth"), ("supervisor", "supervise"), ("during", "dure")],
)  # fmt: skip
def test_different_words_stay_apart(left: str, right: str) -> None:
    assert key(left) != key(right)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14))
def test_a_word_always_has_a_key(word: str) -> None:
    assert key(word)
    assert key(word) == key(word)


def test_tokens_keep_their_place_and_lose_what_does_not_matter() -> None:
    text = "The peer-support member(s)’ self-harm; Team=s “PSTM’s” 24/7."
    found = list(tokens(text))
    assert [t.lower for t in found] == [
        "the", "peer", "support", "member", "(", ")", "self", "harm", ";", "team", "pstm", "24", "7", ".",
    ]  # fmt: skip
    assert all(text[t.start : t.end].lower() == t.lower for t in found)
    assert next(t for t in found if t.lower == "pstm").possessive


def test_phrases_meet_over_hyphens_case_and_quotes() -> None:
    assert phrase_key("Peer-Support Teams") == phrase_key("peer support team")
    assert phrase_key("“Off Limits”") == phrase_key("off-limits")


@pytest.mark.parametrize(
    ("talked", "written"),
    [
        ("It isn't kept", "It is not kept"),
        ("they don’t tell", "they do not tell"),
        ("we won't ask", "we will not ask"),
        ("you can't", "you cannot"),
        ("he/she", "he or she"),
        ("His/her notes", "His or her notes"),
        ("sworn and/or civilian", "sworn or civilian"),
    ],
)
def test_talk_has_the_words_of_writing(talked: str, written: str) -> None:
    assert [t.lower for t in tokens(talked)] == [t.lower for t in tokens(written)]
    assert all(talked[a.start : a.end] and a.end <= b.start for a, b in pairwise(tokens(talked)))


@pytest.mark.parametrize(
    ("padded", "plain"),
    [
        ("within six (6) months", "within six months"),
        ("Twenty-four (24) hours", "Twenty-four hours"),
        ("of the six (see 6) months", "of the six ( see 6 ) months"),
        ("section six (4) of it", "section six ( 4 ) of it"),
        ("Unless otherwise noted, notes are kept.", "notes are kept."),
        ("Unless otherwise stated in this order, notes are kept.", "notes are kept."),
        ("Notes are kept, unless otherwise specified herein.", "Notes are kept."),
        ("Unless otherwise provided by law, notes are kept.", "Unless otherwise provided by law, notes are kept."),
        ("Unless otherwise directed, notes are kept.", "Unless otherwise directed, notes are kept."),
    ],
)
def test_words_that_add_nothing(padded: str, plain: str) -> None:
    assert [t.lower for t in without_padding(tokens(padded))] == [t.lower for t in tokens(plain)]
    assert has_padding(padded) or padded == plain or "see" in padded

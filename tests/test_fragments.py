"""What a reader supplies to a fragment: its title, the label it stands under, what is only named."""

from __future__ import annotations

import pytest

from policylint.language.fragments import (
    failures,
    is_question,
    leaves_open,
    named_as_title,
    new_thing_between,
    title_end,
)
from policylint.language.syntax import Syntax
from policylint.language.words import tokens


def words(text: str) -> list[str]:
    return [t.lower for t in tokens(text)]


@pytest.mark.parametrize("text", ["Topics: grief, listening.", "Minimum: off probation.", "Core topics: stress."])
def test_a_bare_label_leaves_open_of_what(text: str) -> None:
    assert leaves_open(list(tokens(text)))


@pytest.mark.parametrize(
    "text", ["Training topics: grief.", "Coordinator: one captain.", "The topics are set by the board."]
)
def test_a_label_that_tells_of_what_does_not(text: str) -> None:
    assert not leaves_open(list(tokens(text)))


@pytest.mark.parametrize(
    ("text", "governed"),
    [
        ("Failure to attend training is grounds for removal.", ["attend", "training"]),
        ("Causes: refusal of a member to keep confidences; discipline.", ["keep", "confidences"]),
        ("Members attend training.", []),
    ],
)
def test_what_a_failure_governs(text: str, governed: list[str]) -> None:
    found = list(tokens(text))
    assert [t.lower for _, start, end in failures(found) for t in found[start:end]] == governed


def test_a_title_ends_at_its_mark() -> None:
    assert title_end(list(tokens("Clinical lead. A psychologist on retainer."))) == 2
    assert title_end(list(tokens("The members of the team meet each month in the station."))) is None


def test_nobody_is_named_by_a_title_without_concepts() -> None:
    assert named_as_title(list(tokens("Clinical lead. A psychologist.")), 2, []) == 0


def test_a_question_states_nothing() -> None:
    assert is_question("Don't get along with one?")
    assert not is_question("Call another.")


@pytest.mark.parametrize(
    ("text", "word", "denied"),
    [
        ("Minimum: off probation; no discipline; a letter from a peer.", "letter", False),
        ("One year on, no open discipline, a nod from two coworkers.", "nod", False),
        ("No notes, recordings or files.", "recordings", True),
        ("Prohibited: loans, dating.", "dating", True),
        ("Logs contacts by category (no names).", "logs", False),
    ],
)
def test_how_far_a_denial_reaches_in_a_list(text: str, word: str, *, denied: bool) -> None:
    at = words(text).index(word)
    assert Syntax(list(tokens(text))).denied(at, at + 1) is denied


def test_an_article_begins_another_thing() -> None:
    found = list(tokens("no discipline, a letter"))
    assert new_thing_between(found, 1, len(found))

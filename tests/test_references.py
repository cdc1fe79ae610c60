"""What a sentence takes up: places it names by number, and what stands before it."""

from __future__ import annotations

import pytest
from small_rules import analysis, statement

from policylint.language.references import cited


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("the matters enumerated in subsection (B)", [("B",)]),
        ("as provided in Section 22.14.8(C)", [("22.14.8", "C"), ("22.14.8", "C")]),
        ("should explain 7.1 before a talk", [("7.1",)]),
        ("under article 4", [("4",)]),
        ("RCW 5.60.060 applies", []),
        ("a raise of 2.5% and 3.25 percent", [("3.25",)]),
        ("section 12 of the Revised Code", []),
    ],
)
def test_places_that_a_text_names(text: str, places: list[tuple[str, ...]]) -> None:
    assert list(cited(text)) == places


POLICY = """\
# Rules

## 7. Talks

7.1 Peer supporters keep no notes.

7.2 The sergeant shall read 7.1 aloud.

7.3 The sergeant shall read 9.9 aloud.
"""


@pytest.mark.parametrize(
    ("begins", "takes"), [("The sergeant shall read 7.1", True), ("The sergeant shall read 9.9", False)]
)
def test_a_sentence_is_about_the_place_it_names(begins: str, takes: bool) -> None:
    found = statement(POLICY, begins, "x.md")
    assert ("note" in found.concepts.names(found.referred)) == takes


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Notes are a burden. They fill drawers. They yellow.", "They yellow"),
        ("Notes are a burden.\n\nThey fill drawers.", "They fill"),
        (
            "Of the notes there are:\n- red ones\n- green ones\n\nThe sergeant reads those two aloud.",
            "The sergeant reads",
        ),
    ],
    ids=["two sentences back", "the paragraph before", "the list before"],
)
def test_what_a_pronoun_takes_up(text: str, begins: str) -> None:
    found = statement(text, begins, "x.md")
    assert "note" in found.concepts.names(found.context)


def test_a_paragraph_with_a_subject_of_its_own_takes_nothing_up() -> None:
    found = analysis("Notes are a burden.\n\nThe sergeant reads aloud.", "x.md").statements[-1]
    assert "note" not in found.concepts.names(found.context)

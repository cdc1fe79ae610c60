"""The head of a table tells what its rows are about."""

from __future__ import annotations

import pytest
from small_rules import Rules

LISTEN = Rules(says=("{peer supporter} must {listen}", "{supervisor} must {listen}"))


def _table(*rows: str) -> str:
    head, *rest = rows
    return "\n".join((head, "| --- | --- |", *rest)) + "\n"


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("| Supervisor | When |", "met"),
        ("| Duty of the supervisor | When |", "met"),
        ("| Supervisor tells everybody else about it. | When |", "missing"),
        ("| Duty | When |", "missing"),
    ],
)
def test_rows_are_about_what_the_head_names(head: str, wanted: str) -> None:
    rules = Rules(says=("{supervisor} must {listen}",))
    assert rules.status(_table(head, "| Leave | never |", "| Listen | always |"), "x.md") == wanted


def test_the_head_of_one_table_says_nothing_of_another() -> None:
    rules = Rules(says=("{supervisor} must {listen}",))
    first = _table("| Supervisor | When |", "| Leave | never |")
    assert (
        rules.status(f"{first}\nA word between.\n\n{_table('| Duty | When |', '| Listen | always |')}", "x.md")
        == "missing"
    )


@pytest.mark.parametrize("number", ["", "6.3 "])
def test_a_sentence_that_announces_a_table_leads_in_to_its_rows(number: str) -> None:
    rules = Rules(says=("{supervisor} must {listen}",))
    before = f"{number and '6.2 '}The coordinator keeps the list.\n\n{number}A supervisor shall do the following:\n\n"
    assert rules.status(before + _table("| What | When |", "| Listen | always |"), "x.md") == "met"
    assert (
        rules.status(before + "A word between.\n\n" + _table("| What | When |", "| Listen | always |"), "x.md")
        == "missing"
    )

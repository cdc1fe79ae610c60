"""Lists under headings that forbid: their items are not what is done, but what is not."""

from __future__ import annotations

import pytest

import policylint
from policylint.language.bans import bans, is_fragment
from policylint.language.words import tokens


@pytest.mark.parametrize(
    "title",
    [
        "Prohibited Conduct",
        "PROHIBITED RELATIONSHIPS",
        "Prohibitions",
        "What Peer Supporters Do Not Do",
        "Team members shall not:",
        "Things a supporter must never do",
        "What you can’t do",
        "Don'ts for Supporters",
        "Forbidden",
    ],
)
def test_headings_that_forbid(title: str) -> None:
    assert bans(title)


@pytest.mark.parametrize(
    "title",
    [
        "What is not confidential",
        "Who may not serve",
        "Do's and Don'ts",
        "Prohibited from serving: how to appeal",
        "Confidentiality",
        "Duties",
        "When a supporter does not have to answer questions",
    ],
)
def test_headings_that_do_not(title: str) -> None:
    assert not bans(title)


@pytest.mark.parametrize(
    ("item", "fragment"),
    [
        ("Tell supervisors what was said.", True),
        ("Loans to or from employees", True),
        ("They keep no records.", False),
        ("Supporters shall not lend money.", False),
        ("Never lend money.", False),
    ],
)
def test_items_that_are_fragments(item: str, fragment: bool) -> None:
    assert is_fragment(tuple(tokens(item))) is fragment


@pytest.mark.parametrize(
    ("heading", "status"),
    [("What Peer Supporters Do Not Do", "met"), ("Prohibited Conduct", "met"), ("What Peer Supporters Do", "conflict")],
)
def test_a_heading_that_forbids_turns_what_is_listed(heading: str, status: str) -> None:
    text = f"# Peer Support\n\n## {heading}\n\n- Keeping written records of contacts\n- Telling a supervisor what was said\n"
    (document,) = policylint.check_text(text, packs=["iacp"]).documents
    assert {v.status for v in document.verdicts if v.requirement in ("IACP-26", "IACP-23a")} == {status}

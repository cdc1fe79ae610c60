"""What a policy says in sections about other programs, and what of it is said of peer support all the same."""

from __future__ import annotations

import pytest

import policylint

POLICY = """# {title}

## Purpose

This policy establishes the peer support team. Peer supporters help coworkers.

## {heading}

{text}
"""


def status(requirement: str, heading: str, text: str, title: str = "Peer Support Team") -> str:
    pack = "iacp" if requirement.startswith("IACP") else "washington-model"
    report = policylint.check_text(POLICY.format(title=title, heading=heading, text=text), packs=[pack])
    (document,) = report.documents
    return next(v.status for v in document.verdicts if v.requirement == requirement)


@pytest.mark.parametrize("heading", ["Employee Assistance Program", "Relationship to the Employee Assistance Program"])
def test_how_the_program_stands_to_another_counts(heading: str) -> None:
    assert status("IACP-4b", heading, "This program is in addition to the EAP and does not replace it.") == "met"
    assert status("IACP-4c", heading, "Team members refer to EAP clinicians whoever needs professional help.") == "met"


SERVICES = "The program is available to all employees in any personal or professional crisis."


@pytest.mark.parametrize(
    ("heading", "expected"), [("Services", "met"), ("Referral to Chaplains", "met"), ("Chaplains", "missing")]
)
def test_what_another_program_does_is_not_said_of_peer_support(heading: str, expected: str) -> None:
    assert status("IACP-1a", heading, SERVICES) == expected


@pytest.mark.parametrize(("title", "expected"), [("Peer Support Team", "met"), ("Administration Manual", "missing")])
def test_a_policy_has_a_budget_of_its_own_and_a_manual_that_of_the_agency(title: str, expected: str) -> None:
    assert status("IACP-1a", "Budget", SERVICES, title) == expected

"""What we tell an agency to write must itself be judged met, under the agency's own names, and contradict nothing."""

import pytest

import policylint
from policylint.packs import load
from policylint.packs.models import Requirement
from policylint.remedy import DEFAULT_NAMES, render
from policylint.report import Verdict

OTHER_NAMES = {
    "agency": "the Fire District",
    "program": "the Peer Assistance Program",
    "team": "the Peer Assistance Team",
    "supporter": "peer support team member",
    "supporters": "peer support team members",
    "coordinator": "the Program Coordinator",
    "clinician": "the staff psychologist",
}

NAMES = {"default": dict(DEFAULT_NAMES), "other": OTHER_NAMES}

REQUIREMENTS = [
    requirement
    for pack in load.library().packs.values()
    for requirement in pack.requirements
    if requirement.status == "checked"
]


def verdicts(requirement: Requirement, names: str) -> dict[str, Verdict]:
    clause = render(requirement.model_language, NAMES[names])
    facts = {requirement.applies_when: "yes"} if requirement.applies_when else {}
    (document,) = policylint.check_text(clause, packs=[requirement.pack], facts=facts, name="clause.md").documents
    assert document.reason is None
    return {verdict.requirement: verdict for verdict in document.verdicts}


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.id)
def test_a_clause_meets_its_requirement_and_contradicts_none(requirement: Requirement, names: str) -> None:
    judged = verdicts(requirement, names)
    own = judged[requirement.id]
    assert (own.status, own.elements_missing or ()) == ("met", ()), own.message
    assert [key for key, verdict in judged.items() if verdict.status == "conflict"] == []


@pytest.mark.parametrize("requirement", REQUIREMENTS, ids=lambda requirement: requirement.id)
def test_names_that_begin_with_the_get_no_second_one(requirement: Requirement) -> None:
    assert "the the " not in render(requirement.model_language).lower()

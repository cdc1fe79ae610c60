"""Names that a passage uses as if they had been explained before it: "a companion", "the mentors", "the Network"."""

from __future__ import annotations

import pytest
from small_rules import analysis

from policylint.language import analyse
from policylint.outline import build
from policylint.packs.load import library
from policylint.readers import read_text

SUPPORTER, PROGRAM = "peer supporter", "program"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A companion keeps to himself what he is told.", "companion"),
        ("Companions keep to themselves what they are told.", "companion"),
        ("Nothing is written down by mentors.", "mentor"),
        ("Each newly chosen mentor completes the course.", "mentor"),
        ("Employees pick the ally they want.", "ally"),
        ("A support officer keeps no notes.", "support officer"),
        ("Support deputies shall keep no notes.", "support deputy"),
        ("Employees call any available support officer.", "support officer"),
        ("Each care partner keeps no notes.", "care partner"),
    ],
)
def test_a_passage_means_its_supporters(text: str, name: str) -> None:
    assert analysis(text).terms == {name: SUPPORTER}


@pytest.mark.parametrize(
    "text",
    [
        "Each recruit is given a mentor.",
        "The field training mentor rates the deputy each week.",
        "A mentor helps the new hire through the first year.",
        "The coordinator shall lead and mentor the members.",
        "Supervisors who mentor newer officers are thanked.",
        "The mentor program of the academy begins in May.",
        "A travel companion pays a fare of his own.",
        "This companion document lists the forms.",
        "The buddy system is used. A buddy stays at the door.",
        "Responders meet at the staging area.",
        "Supervisors support officers who ask for help.",
        "The agency shall support officers and deputies.",
        "The family support officer calls each spouse.",
        "Support officers when they come back from a scene.",
        "A companion sits with the patient in the ambulance, and the patient's spouse rides in front.",
    ],
)
def test_of_other_people_it_does_not(text: str) -> None:
    assert SUPPORTER not in analysis(text).terms.values()


def test_where_supporters_have_a_title_others_are_not_supporters() -> None:
    assert analysis("Each new peer supporter is given a mentor.").terms.keys() <= {"supporter"}


def test_a_whole_document_must_show_whom_it_means() -> None:
    assert not analysis("A companion keeps silent. " + "The hall is painted white each year. " * 30).terms


def test_a_program_written_like_a_name() -> None:
    found = analysis("The Chief made the Network a part of the office. Network members listen.").terms
    assert found == {"network": PROGRAM, "network member": SUPPORTER}


@pytest.mark.parametrize(
    "text", ["The network is down.", "The National Law Network sends its list.", "Call the Network Operations Desk."]
)
def test_another_network(text: str) -> None:
    assert PROGRAM not in analysis(text).terms.values()


@pytest.mark.parametrize(("after", "known"), [("", True), (" First responders drive.", False)])
def test_responders_of_a_policy_on_peer_responders(after: str, known: bool) -> None:
    text = f"Peer responders listen. A responder takes no notes.{after}"
    found = analyse(build(read_text(text, "x.txt"), "x.txt", ""), library()).terms
    assert ("responder" in found) == known

"""Questions and answers: an answer of a few words says what the question asks."""

from __future__ import annotations

import pytest
from small_rules import analysis, statement

import policylint

FORMS = (
    "## {}\n\n{}\n",
    "**{}** {}\n",
    "Q: {}\n\nA: {}\n",
    "Q. {}\nA. {}\n",
    "Q1. {}\nA1. {}\n",
    "**Q2.** {}\n**A2.** {}\n",
    "Question 3: {}\n\nAnswer 3: {}\n",
    "Q\n{}\n\nA\n{}\n",
    "- {} {}\n",
)
"""A heading, a run-in, marked paragraphs and lines; or all in one item."""


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("question", "answer", "says"),
    [
        ("Who runs the team?", "The wellness sergeant.", "the wellness sergeant runs the team"),
        (
            "Who may serve?",
            "A deputy who has passed probation.",
            "a deputy who has passed probation may serve",
        ),
        ("Can I choose my peer supporter?", "Yes.", "i can choose my peer supporter"),
        ("Does a peer supporter keep notes?", "No.", "a peer supporter keep notes"),
        (
            "Is what I tell a peer supporter confidential?",
            "Yes, unless a life is in danger.",
            "what i tell a peer supporter is confidential , unless a life is in danger .",
        ),
        ("How often is the program evaluated?", "Every year.", "the program is evaluated every year"),
        (
            "Why might a peer supporter be removed?",
            "For breaking a confidence or missing training.",
            "a peer supporter might be removed for breaking a confidence or missing training",
        ),
        ("What is peer support?", "The help of a colleague.", "peer support is the help of a colleague"),
        ("How do I leave the team?", "By a written resignation.", "i leave the team by a written resignation"),
        ("Who may ask what I said?", "Nobody.", "nobody may ask what i said"),
        ("Can I leave the team?", "Yes, at any time.", "i can leave the team , at any time ."),
        (
            "May a peer supporter testify about what I said?",
            "Not without your consent.",
            "a peer supporter may testify about what i said without your consent .",
        ),
    ],
)
def test_what_question_and_answer_say(form: str, question: str, answer: str, says: str) -> None:
    (found,) = (
        s
        for s in analysis("# Questions\n\n" + form.format(question, answer), "x.md").statements
        if s.text.endswith(answer)
    )
    assert " ".join(t.lower for t in found.tokens) == says
    assert found.own_from == 0


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who runs the team?", "The wellness sergeant may run it."),
        ("Who runs the team?", "Nobody is in charge."),
        ("Can I choose my peer supporter?", "Yes, you pick one from the list."),
        ("Can I choose my peer supporter?", "Ask the coordinator."),
        ("How often does the team meet?", "The coordinator sets the dates and tells the members."),
        ("The roster", "The wellness sergeant."),
    ],
)
def test_what_speaks_for_itself(question: str, answer: str) -> None:
    found = statement(f"# Questions\n\n## {question}\n\n{answer}\n", answer, "x.md")
    assert found.text == answer
    assert " ".join(t.lower for t in found.tokens).replace(" .", ".").replace(" ,", ",") == answer.lower()


@pytest.mark.parametrize(
    ("question", "answer", "status"),
    [
        ("Does a peer supporter keep notes of what I say?", "No, never.", "met"),
        ("Does a peer supporter keep notes of what I say?", "No, none.", "met"),
        ("Does a peer supporter keep notes of each contact?", "Yes.", "conflict"),
        ("Does a peer supporter keep notes of what I say?", "That depends.", "missing"),
    ],
)
def test_the_answer_decides(question: str, answer: str, status: str) -> None:
    report = policylint.check_text(f"# Peer Support\n\n## {question}\n\n{answer}\n", packs=["iacp"], name="x.md")
    assert {v.requirement: v.status for v in report.documents[0].verdicts}["IACP-26"] == status

"""Whose policy it is, and which policies are nearly the same."""

from __future__ import annotations

import random

import pytest

from policylint.body import DocumentView, Part
from policylint.review import names
from policylint.review.families import ALIKE, families, likeness, signature


def body(text: str, headings: tuple[str, ...] = ()) -> DocumentView:
    start = 0
    parts = []
    for heading in headings:
        at = text.index(heading)
        parts.append(Part("heading", 1, "", ((at, at + len(heading)),), 1))
    parts.append(Part("paragraph", 0, "", ((start, len(text)),), 1))
    return DocumentView(text, tuple(parts))


@pytest.mark.parametrize(
    "text, agency",
    [
        ("The Alder Police Department runs a team.", "Alder Police Department"),
        ("ALDER COUNTY SHERIFF’S OFFICE\nPolicy 12", "Alder County Sheriff’s Office"),
        ("City of Cedar Falls Fire Department peer support", "City of Cedar Falls Fire Department"),
        ("Birch Valley Fire District 6 and its members", "Birch Valley Fire District 6"),
        ("Policy Manual Elm Grove Police Dept. Policy", "Elm Grove Police Dept."),
        ("Oak Ridge Regional 911 Center", "Oak Ridge Regional 911 Center"),
        ("Pine State Patrol", "Pine State Patrol"),
        ("Each Police Department shall have a policy.", None),
        ("the police department of the city", None),
    ],
)
def test_names_in_a_text(text: str, agency: str | None) -> None:
    assert next(names.agencies_in(text), None) == agency


def test_the_name_that_stands_most_often_at_the_top_is_taken() -> None:
    text = (
        "Alder Police Department. " * 2
        + "See the Birch Police Department. "
        + "x" * 3000
        + "Birch Police Department. " * 9
    )
    assert names.agency_of(body(text), "Peer Support", "x/y.pdf") == "Alder Police Department"


@pytest.mark.parametrize(
    "key, agency",
    [
        ("in/Alder_PD-peer-support-policy-2025.pdf", "Alder PD"),
        ("1031.pdf", "1031"),
        ("s3://b/Birch%20County.docx", "Birch 20County"),
        ("Elm Grove FD final v2.docx", "Elm Grove FD"),
    ],
)
def test_the_file_names_the_agency_where_the_document_does_not(key: str, agency: str) -> None:
    assert names.agency_of(body("Peer supporters shall meet."), "", key) == agency
    assert names.agency_of(None, "", key) == agency


def text_of(seed: int, sentences: int = 120) -> list[str]:
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = [f"w{''.join(chance.choices('abcdefgh', k=5))}" for _ in range(400)]
    return [" ".join(chance.choices(words, k=12)) + "." for _ in range(sentences)]


def signed(text: str, agency: str = "") -> bytes:
    return signature(body(text), agency)


def test_another_agency_in_the_same_text_is_the_same() -> None:
    text = (
        "The {0} Police Department has a team. {0} officers call it the {1}PD team. Policy 1031, section 4.\n"
        + " ".join(text_of(1))
    )
    one = signed(text.format("Alder", "A"), "Alder Police Department")
    other = signed(text.format("Birch", "B").replace("1031", "77"))
    assert likeness(one, other) == 1.0


@pytest.mark.parametrize("changed, low, high", [(0.05, 0.75, 0.99), (0.2, 0.45, 0.85), (1.0, 0.0, 0.05)])
def test_likeness_falls_with_what_was_rewritten(changed: float, low: float, high: float) -> None:
    one, fresh = text_of(1), text_of(2)
    mixed = [new if at < changed * len(one) else old for at, (old, new) in enumerate(zip(one, fresh, strict=True))]
    assert low <= likeness(signed(" ".join(one)), signed(" ".join(mixed))) <= high


def test_families_are_the_same_for_the_same_submissions() -> None:
    texts = {
        f"{vendor}-{copy}": text_of(vendor) + text_of(100 + 10 * vendor + copy, 10)
        for vendor in range(3)
        for copy in range(4)
    }
    texts["alone"] = text_of(999)
    marks = sorted((key, signed(" ".join(text))) for key, text in texts.items())
    found = families(marks)
    assert "alone" not in found
    assert {key: kin.family for key, kin in found.items()} == {key: f"{key[0]}-0" for key in texts if key != "alone"}
    assert all(kin.likeness == 1.0 for key, kin in found.items() if key == kin.family)
    assert all(ALIKE <= kin.likeness < 1 for key, kin in found.items() if key != kin.family)


def test_too_few_words_for_a_family() -> None:
    assert signed("Three words only") == b""
    assert families([("a", b""), ("b", b"")]) == {}

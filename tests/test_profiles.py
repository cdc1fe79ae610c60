"""Profiles: which packs bind, what yields to what, how a state is recognised, what an agency may change."""

from pathlib import Path

import pytest

from policylint import check_text
from policylint.assess import recognised
from policylint.errors import RuleError, UsageError
from policylint.packs import load
from policylint.packs.models import Library
from policylint.report import Verdict

CLAIM = "Peer supporters tell each employee that what is said to them is not protected by legal privilege."


@pytest.fixture(scope="module")
def library() -> Library:
    return load.library()


def verdict(text: str, requirement: str, profile: str, **facts: str) -> Verdict:
    found = check_text(text, profile=profile, facts=facts).documents[0].verdicts
    return next(v for v in found if v.requirement == requirement)


def test_a_profile_brings_its_packs_in_order_of_rank(library: Library) -> None:
    ranks = ("statute", "model policy", "guideline")
    for profile in library.profiles.values():
        order = [ranks.index(library.packs[p].rank) for p in profile.packs]
        assert order == sorted(order), profile.id
        assert {library.packs[p].jurisdiction for p in profile.packs} <= {"", profile.state}, profile.id


def test_every_state_with_a_pack_has_a_profile(library: Library) -> None:
    states = {p.jurisdiction for p in library.packs.values() if p.jurisdiction}
    assert {p.state for p in library.profiles.values() if p.state} == states
    assert all(p.citations and p.names for p in library.profiles.values() if p.state)


def test_a_yield_leads_to_a_higher_rank(library: Library) -> None:
    ranks = ("guideline", "model policy", "statute")
    for profile in library.profiles.values():
        for rule in profile.yields:
            own = library.packs[library.requirements[rule.requirement].pack].rank
            for other in rule.to:
                assert ranks.index(library.packs[library.requirements[other].pack].rank) > ranks.index(own)


def test_what_yields_is_not_applicable_and_says_why() -> None:
    assert verdict(CLAIM, "IACP-24", "national").status != "not_applicable"
    found = verdict(CLAIM, "IACP-24", "washington")
    assert found.status == "not_applicable"
    assert "It yields to RCW 5.60.060(6)" in found.message
    assert found.remedy == ""


def test_a_yield_may_depend_on_a_fact() -> None:
    text = "Peer supporters shall keep no notes of their contacts."
    assert verdict(text, "IACP-26", "washington", regional="no").status == "met"
    assert verdict(text, "IACP-26", "washington", regional="yes").status == "not_applicable"


def test_the_state_is_recognised_by_its_own_law(library: Library) -> None:
    for text, profile in [
        ("Communications are privileged under RCW 5.60.060.", "washington"),
        ("This policy follows Utah Code 78B-5-903.", "utah"),
        ("The program complies with Section 7-32-602, MCA.", "montana"),
        ("See Government Code section 8669.4 of the State of California.", "california"),
        ("Utah agencies may look at Washington State's policy. Utah Code applies here.", "utah"),
    ]:
        found = recognised(text, library.profiles)
        assert found is not None, text
        assert found[0].id == profile, text


@pytest.mark.parametrize(
    "text",
    ["Peer supporters keep no notes.", "Officers from Utah and Montana met.", "Section 12.8669.4 of the manual."],
)
def test_no_state_is_guessed(library: Library, text: str) -> None:
    assert recognised(text, library.profiles) is None


def test_the_report_says_what_was_recognised() -> None:
    report = check_text("Under RCW 5.60.060 the peer supporter may not testify.")
    assert report.profile == "washington"
    assert [p.id for p in report.packs] == ["rcw-5-60-060", "washington-model", "iacp"]
    note = report.documents[0].notes[0]
    assert note == "Judged by the profile washington: the document names “RCW”. Use --profile to choose another."
    assert check_text("Under RCW 5.60.060 ...", profile="national").documents[0].notes == ()


def test_an_agency_kind_that_the_law_does_not_bind() -> None:
    found = verdict("Peer supporters are trained.", "CA-6a-training", "california", agency_kind="fire")
    assert found.status == "not_applicable"
    assert "binds agencies of the kind police, sheriff" in found.message
    assert (
        verdict("Peer supporters are trained.", "CA-6a-training", "california", agency_kind="police").status
        != found.status
    )
    with pytest.raises(UsageError, match="no agency kind 'navy'"):
        check_text("x", facts={"agency_kind": "navy"})


def test_a_pack_past_its_review_day_says_so() -> None:
    notes = check_text("Peer supporters listen.", packs=["montana-7-32-602"], as_of="2099-01-01").documents[0].notes
    assert any("montana-7-32-602 was to be compared with its source again by" in note for note in notes)
    assert (
        check_text("Peer supporters listen.", packs=["montana-7-32-602"], as_of="2026-11-24").documents[0].notes == ()
    )
    with pytest.raises(UsageError, match="'tomorrow' is no date"):
        check_text("x", as_of="tomorrow")


OWN = """\
id: our-county
extends: washington
drop_packs: [washington-model]
severity:
  IACP-2a: error
not_applicable:
  IACP-5c: We have no armed staff.
yields:
  - requirement: IACP-7
    to: [RCW-6b-trained]
    reason: Our civil service rules decide.
"""


def own(tmp_path: Path, text: str = OWN) -> str:
    path = tmp_path / "our-county.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_an_agencys_own_profile(tmp_path: Path) -> None:
    name = own(tmp_path)
    report = check_text("Peer supporters listen.", profile=name)
    assert report.profile == "our-county"
    assert [p.id for p in report.packs] == ["rcw-5-60-060", "iacp"]
    by_id = {v.requirement: v for v in report.documents[0].verdicts}
    assert by_id["IACP-2a"].severity == "error"
    assert by_id["IACP-2b"].severity == "warning"
    assert by_id["IACP-5c"].status == "not_applicable"
    assert "We have no armed staff." in by_id["IACP-5c"].message
    assert by_id["IACP-7"].status == "not_applicable"
    assert report.documents[0].notes == (
        f"{name}: the pack washington-model of the profile washington is dropped.",
        f"{name}: gaps of IACP-2a have the severity error.",
        f"{name}: IACP-5c is not applicable: We have no armed staff.",
        f"{name}: IACP-7 yields to RCW-6b-trained: Our civil service rules decide.",
    )


@pytest.mark.parametrize(
    "old, new, line, says",
    [
        ("IACP-2a: error", "IACP-2x: error", 5, "No pack of this profile has the requirement 'IACP-2x'"),
        ("IACP-2a: error", "IACP-2a: fatal", 5, "'fatal' is no severity"),
        ("extends: washington", "extends: washingtn", 2, "'washingtn' is not a known value of extends"),
        ("[washington-model]", "[washington-mode]", 3, "There is no pack 'washington-mode'"),
        ("[washington-model]", "[utah-78b-5]", 3, "does not have the pack 'utah-78b-5'"),
        ("[RCW-6b-trained]", "[WA-TRN-1]", 10, "No pack of this profile has the requirement 'WA-TRN-1'"),
        ("drop_packs", "drop", 3, "Unknown key 'drop'"),
    ],
)
def test_a_wrong_profile_is_an_error_with_its_line(tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    with pytest.raises(RuleError, match=says) as caught:
        check_text("x", profile=own(tmp_path, OWN.replace(old, new)))
    assert caught.value.line == line


def test_unknown_profiles_and_states(library: Library) -> None:
    with pytest.raises(UsageError, match="no profile 'utha'") as caught:
        check_text("x", profile="utha")
    assert caught.value.hint == "Did you mean 'utah'?"
    assert load.profile_of_state(library, "wa").id == "washington"
    with pytest.raises(UsageError, match="No statute of the state 'ZZ' has a pack"):
        load.profile_of_state(library, "ZZ")

"""The pass rule of a profile: how it is written, what it stands for, and how a document stands by it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hand_built_review import PROFILE, document

from policylint.errors import RuleError
from policylint.marks import Waiver
from policylint.packs import load
from policylint.packs.models import Library, PassRule, Profile
from policylint.packs.profile_files import load_own_profile
from policylint.packs.ready import library_from, plain
from policylint.report import DocumentReport
from policylint.review.model import Standing
from policylint.review.standing import standing_of

WAIVED = Waiver("DEMO-10a", "*", "A reason.", "2030-01-01")


@pytest.fixture(scope="module")
def library() -> Library:
    return load.library()


def own(tmp_path: Path, library: Library, text: str, extends: str = "washington") -> Profile:
    path = tmp_path / "ours.yaml"
    path.write_text(f"id: ours\nextends: {extends}\n{text}", encoding="utf-8")
    return load_own_profile(path, "ours.yaml", library.packs, library.profiles, library.facts)


def standing(rule: PassRule | None = PROFILE.pass_rule, **statuses: str) -> Standing:
    found = standing_of(replace(PROFILE, pass_rule=rule), document(**statuses))
    assert found is not None
    return found


GOOD = dict.fromkeys(("ACT_7", "DEMO_3", "DEMO_9", "DEMO_11", "DEMO_10a", "DEMO_2"), "met")
"""With these all is met but DEMO-10b, which is missing, and ACT-8, which does not apply."""


# -- how it is written ------------------------------------------------------------------------------------------------


def test_washington_asks_every_statutory_requirement_and_four_fifths_of_the_others(library: Library) -> None:
    rule = library.profiles["washington"].pass_rule
    assert rule is not None
    assert (rule.every, rule.share, rule.of) == (("statute",), 80, ())
    assert {id_.partition("-")[0] for id_ in rule.each} == {"RCW"}
    assert {id_.partition("-")[0] for id_ in rule.some} == {"WA", "IACP"}
    assert len(rule.each) + len(rule.some) == sum(
        len(library.packs[p].requirements) for p in library.profiles["washington"].packs
    )


def test_it_is_kept_with_the_rules(library: Library) -> None:
    again = library_from(plain(library))
    assert again.profiles["washington"].pass_rule == library.profiles["washington"].pass_rule
    assert again.profiles["national"].pass_rule is None


@pytest.mark.parametrize(
    ("written", "each", "some"),
    [
        ("{every: [RCW-6-noclaim]}", {"RCW-6-noclaim"}, set()),
        ("{share: 50%, of: [RCW-6-noclaim, RCW-6b-term]}", set(), {"RCW-6-noclaim", "RCW-6b-term"}),
        ("{every: [RCW-6b-term], share: 1 %, of: [RCW-6-noclaim, RCW-6b-term]}", {"RCW-6b-term"}, {"RCW-6-noclaim"}),
    ],
)
def test_what_an_agencys_own_rule_stands_for(
    tmp_path: Path, library: Library, written: str, each: set[str], some: set[str]
) -> None:
    profile = own(tmp_path, library, f"pass: {written}")
    assert profile.pass_rule is not None
    assert (profile.pass_rule.each, profile.pass_rule.some) == (each, some)
    assert "ours.yaml: the pass rule is another than that of the profile washington." in profile.changes


def test_names_are_ranks_forces_packs_and_requirements(tmp_path: Path, library: Library) -> None:
    def each(name: str) -> frozenset[str]:
        rule = own(tmp_path, library, f"pass: {{every: [{name}]}}").pass_rule
        assert rule is not None
        return rule.each

    assert each("statute") == each("rcw-5-60-060")
    assert each("guideline") == each("iacp")
    assert {library.requirements[id_].force for id_ in each("must")} == {"must"}


def test_a_profile_that_extends_one_takes_its_rule_over_for_its_own_packs(tmp_path: Path, library: Library) -> None:
    rule = own(tmp_path, library, "drop_packs: [iacp]").pass_rule
    assert rule is not None
    assert {id_.partition("-")[0] for id_ in rule.some} == {"WA"}
    assert own(tmp_path, library, "drop_packs: [iacp]\npass: {share: 100%}", "utah").pass_rule is not None
    assert own(tmp_path, library, "", "national").pass_rule is None


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("pass: {}", 3, "The pass rule asks for nothing"),
        ("pass: {every: []}", 3, "must hold at least 1"),
        ("pass: {every: [statut]}", 3, "Did you mean 'statute'?"),
        ("pass:\n  every: [statute]\n  share: 80", 5, "'80' is no share"),
        ("pass: {share: 0%}", 3, "'0%' is no share"),
        ("pass: {share: 101%}", 3, "'101%' is no share"),
        ("pass: {share: 0.8}", 3, "'0.8' is no share"),
        ("pass: {every: [statute], of: rest}", 3, "there is no share"),
        ("pass: {share: 80%, of: others}", 3, "A list is expected for of"),
        ("pass: {all: [statute]}", 3, "Unknown key 'all'"),
        ("pass: all", 3, "A mapping"),
        ("drop_packs: [rcw-5-60-060]", 2, "names 'statute', which stands for nothing in the packs left"),
    ],
)
def test_rules_that_are_wrong(tmp_path: Path, library: Library, text: str, line: int, said: str) -> None:
    with pytest.raises(RuleError) as error:
        own(tmp_path, library, text)
    assert said in str(error.value)
    assert (error.value.file, error.value.line) == ("ours.yaml", line)


# -- how a document stands by it --------------------------------------------------------------------------------------


def test_no_rule_and_no_verdicts() -> None:
    assert standing_of(replace(PROFILE, pass_rule=None), document()) is None
    unread = DocumentReport("x", status="not_judged", reason="Empty.")
    assert standing_of(PROFILE, unread) == Standing(None, share=50)


def test_what_passes() -> None:
    assert standing(**GOOD) == Standing(True, met=7, asked=8, share=50)


def test_what_does_not_and_why() -> None:
    found = standing(DEMO_9="met")
    assert found.passes is False
    assert found.needed == ("ACT-7", "DEMO-11"), "what every asks, and the conflict"
    assert found.lacking == ("ACT-7", "DEMO-3", "DEMO-10a", "DEMO-10b", "DEMO-2", "DEMO-11")
    assert (found.met, found.asked) == (3, 8)
    assert found.reasons == (
        "The policy contradicts one requirement: DEMO-11.",
        "One requirement that must be met without exception is not: ACT-7.",
        "Of 8 other requirements 3 are met (37 %); 50 % are asked: 1 more must be met.",
    )


@pytest.mark.parametrize("status", ["partial", "weak", "missing", "conflict"])
def test_only_met_is_met(status: str) -> None:
    assert standing(**{**GOOD, "ACT_7": status}).lacking == ("ACT-7",)


def test_a_conflict_blocks_whatever_the_share_and_the_waiver() -> None:
    assert standing(**{**GOOD, "DEMO_10b": "conflict"}).needed == ("DEMO-10b",)
    whole = document(**{**GOOD, "DEMO_10a": "conflict"})
    waived = replace(
        whole, verdicts=tuple(replace(v, waiver=WAIVED if v.status == "conflict" else None) for v in whole.verdicts)
    )
    found = standing_of(PROFILE, waived)
    assert found is not None
    assert (found.passes, found.needed) == (False, ("DEMO-10a",))


def test_what_does_not_apply_and_what_is_waived_is_not_asked() -> None:
    whole = document(**{**GOOD, "ACT_7": "not_applicable", "DEMO_10a": "missing"})
    waived = replace(
        whole,
        verdicts=tuple(replace(v, waiver=WAIVED if v.requirement == "DEMO-10a" else None) for v in whole.verdicts),
    )
    found = standing_of(PROFILE, waived)
    assert found is not None
    assert (found.passes, found.met, found.asked) == (True, 6, 7)


@pytest.mark.parametrize(("share", "passes"), [(87, True), (88, False), (100, False), (1, True)])
def test_the_share_is_not_rounded_in_anybodys_favour(share: int, passes: bool) -> None:
    """Seven of eight are 87.5 per cent."""
    assert PROFILE.pass_rule is not None
    found = standing(replace(PROFILE.pass_rule, share=share), **GOOD)
    assert found.passes is passes
    assert found.lacking == (() if passes else ("DEMO-10b",))


def test_a_share_of_nothing_is_met() -> None:
    assert standing(PassRule(share=80, some=frozenset({"ELSE-1"})), **GOOD).passes is True


def test_many_are_not_all_named() -> None:
    whole = document(**GOOD)
    many = tuple(replace(whole.verdicts[0], requirement=f"R-{n}", status="missing") for n in range(20))
    rule = PassRule(each=frozenset(v.requirement for v in many))
    found = standing_of(replace(PROFILE, pass_rule=rule), replace(whole, verdicts=many))
    assert found is not None
    assert found.reasons[0].endswith("R-10, R-11 and 8 more.")
    assert len(found.needed) == 20

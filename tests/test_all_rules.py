"""Structural tests over every rule that ships: what the loader cannot see in one file."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from policylint import check_text, ruletest
from policylint.packs import data, load
from policylint.packs.models import Check, Library, Pattern
from policylint.packs.patterns import adds_nothing_to

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def library() -> Library:
    return load.library()


def pattern_lists(check: Check) -> Iterator[tuple[str, tuple[Pattern, ...]]]:
    for key in ("says", "weakly", "partly", "opposes"):
        yield key, getattr(check, key)
    for what in ("parts", "elements"):
        for key, patterns in getattr(check, what).items():
            yield f"{what} {key}", patterns


def test_every_requirement_has_a_check_or_a_reason(library: Library) -> None:
    assert [r.id for r in load.unserved(library)] == []
    manual = [r for pack in library.packs.values() for r in pack.requirements if r.status == "manual"]
    assert all(len(r.manual_reason.split()) >= 4 for r in manual)


def test_every_example_comes_out_as_its_check_says(library: Library) -> None:
    failed = [
        f"{r.file}:{r.line}: wanted {r.status_wanted} {r.elements_wanted or ''}, got {r.status_got} {r.elements_got or ''}"
        for r in ruletest.run(library)
        if not r.passed
    ]
    assert failed == []


def test_file_names_are_ids_and_folders_are_topics(library: Library) -> None:
    files = {p for p in data.checks_dir().rglob("*.yaml") if p.parent.name not in (load.LEXICON, load.FACTS)}
    assert {(c.topic, c.id) for c in library.checks.values()} == {(p.parent.name, p.stem) for p in files}
    assert all((ROOT / check.file).is_file() for check in library.checks.values())


def test_a_check_stands_under_a_topic_of_what_it_serves(library: Library) -> None:
    topics = {r.id: r.topic for pack in library.packs.values() for r in pack.requirements}
    astray = {c.id: c.topic for c in library.checks.values() if c.topic not in {topics[r] for r in c.serves}}
    assert astray == {}


def test_titles_are_distinct_sentences_without_a_full_stop(library: Library) -> None:
    titles = [c.title for c in library.checks.values()]
    assert len(set(titles)) == len(titles)
    assert [t for t in titles if t.endswith(".") or not t[0].isupper()] == []


def test_limits_say_something(library: Library) -> None:
    assert [c.id for c in library.checks.values() if len(c.limits.split()) < 4] == []


def test_a_check_that_opposes_has_a_conflict_example(library: Library) -> None:
    statuses = {c.id: {e.status for e in c.examples} for c in library.checks.values()}
    assert [c.id for c in library.checks.values() if bool(c.opposes) != ("conflict" in statuses[c.id])] == []


def test_a_list_check_has_a_partial_example(library: Library) -> None:
    lists = [c for c in library.checks.values() if c.elements or c.parts]
    assert [c.id for c in lists if "partial" not in {e.status for e in c.examples}] == []


def test_every_element_is_covered_by_an_example(library: Library) -> None:
    lacking = {}
    for check in library.checks.values():
        named = {key for e in check.examples for key in e.elements or ()}
        whole = any(e.status == "met" and e.elements is None for e in check.examples)
        if not whole and set(check.elements) - named:
            lacking[check.id] = sorted(set(check.elements) - named)
    assert lacking == {}


def test_no_example_stands_in_two_verdicts_of_one_requirement(library: Library) -> None:
    for check in library.checks.values():
        for one, other in combinations(check.examples, 2):
            same = " ".join(one.text.casefold().split()) == " ".join(other.text.casefold().split())
            assert not (same and one.requirement == other.requirement), f"{check.file}:{other.line}"


def test_no_pattern_is_dead(library: Library) -> None:
    """A pattern that asks for all that another of its list asks for, and more, never adds a match.

    Opposing patterns are let off: one that asks for more holds against a statement that says it, where the shorter does not.
    """
    dead = [
        f"{check.file}:{more.line} asks for more than line {less.line} ({key})"
        for check in library.checks.values()
        for key, patterns in pattern_lists(check)
        if key != "opposes"
        for less in patterns
        for more in patterns
        if less is not more and adds_nothing_to(more, less)
    ]
    assert dead == []


def mentioned(text: str) -> set[str]:
    return {" ".join(name.split()) for name in re.findall(r"\{([^{}|]+)\}", text)}


def test_every_lexicon_concept_is_used(library: Library) -> None:
    """By a rule, or by name in the engine."""
    rules = {path: path.read_text("utf-8") for path in data.checks_dir().rglob("*.yaml")}
    used = set().union(*(mentioned(text) for text in rules.values()))
    engine = "\n".join(p.read_text("utf-8") for p in (ROOT / "policylint").rglob("*.py"))
    lexicon = {name for name in library.concepts if name[0] not in "{'"}
    assert sorted(name for name in lexicon - used if f'"{name}"' not in engine) == []


def test_every_concept_can_be_found(library: Library) -> None:
    for concept in library.concepts.values():
        assert concept.phrases or concept.includes, concept.name


def test_rules_are_ascii_or_meant(library: Library) -> None:
    """Curly quotes and dashes in a pattern would be other characters than the matcher's."""
    for check in library.checks.values():
        for _, patterns in pattern_lists(check):
            for pattern in patterns:
                assert pattern.text.isascii(), f"{pattern.file}:{pattern.line}"


CITATIONS = {
    "iacp": r"IACP Peer Support Guidelines, point \d+",
    "washington-model": r"WSCJTC Model Policy, [A-Z].+",
    "rcw-5-60-060": r"RCW 5\.60\.060\(6\)(\([a-z]\))?",
    "utah-78b-5": r"Utah Code 78B-5-90\d\(\d\)(\([a-z]\))?",
    "montana-7-32-602": r"Mont\. Code Ann\. 7-32-602\(\d\)(\([a-z]\))?",
    "illinois-5-ilcs-840": r"5 ILCS 840/\d+(\([a-z](-\d)?\)(, \([a-z]\))?)?",
    "louisiana-ce-518": r"La\. Code Evid\. art\. 518\([A-Z]\)(\(\d\))?(\([a-z]\))?",
    "michigan-333-20982": r"MCL 333\.2098\d(\(\d\))?",
    "nevada-49-293": r"NRS 49\.293 \((exceptions|general rule)\)",
    "new-jersey-34-15-31-17": r"N\.J\.S\.A\. 34:15-31\.17",
    "virginia-19-2-271-4": r"Va\. Code 19\.2-271\.4\([A-D]\)(, \([A-D]\))?",
    "california-8669": r"Cal\. Gov\. Code 8669\.\d(\([a-z]\))?(\(\d\))?",
}


def test_every_citation_names_its_source(library: Library) -> None:
    for pack in library.packs.values():
        pattern = CITATIONS[pack.id]
        assert [r.citation for r in pack.requirements if not re.fullmatch(pattern, r.citation)] == [], pack.id


def test_what_is_loaded_for_one_pack_judges_as_the_whole_does(library: Library) -> None:
    text = (ROOT / "fixtures" / "sample-policy.md").read_text("utf-8")
    whole = {v.requirement: v for v in check_text(text, packs=library.packs, name="p.md").documents[0].verdicts}
    for pack in library.packs:
        for verdict in check_text(text, packs=[pack], name="p.md").documents[0].verdicts:
            assert verdict == whole[verdict.requirement]

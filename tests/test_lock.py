"""The lock: what it pins, when it stops a run, and what it says of an upgrade."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from policylint import lock
from policylint.errors import UsageError
from policylint.lock import Change, Judged, Lock, Pinned, Rules, Turn
from policylint.packs.folders import rule_folders
from policylint.packs.load import rules_for
from policylint.report import PackInfo

SCHEMA = Path(__file__).parents[1] / "docs" / "schema" / "policylint-lock-1.json"

PACK = """\
id: county
title: What the county asks
version: "1"
authority: Cedar County
rank: guideline
source: An order made up for this test
as_of: "2026"
requirements:
  - id: COUNTY-1
    topic: records
    force: must
    text: No notes of a contact are kept.
    citation: Order, point 1
    model_language: Peer supporters shall keep no notes of a contact.
  - id: COUNTY-2
    topic: records
    force: must
    text: The county is told of the program.
    citation: Order, point 2
    model_language: The chief shall tell the county of the program.
    status: manual
    manual_reason: Only the county knows.
"""

CHECK = """\
id: county-notes
title: No notes of a contact are kept
topic: records
serves: [COUNTY-1]
says:
  - "{peer supporter} must not {keep} {any record}"
limits: Made for a test.
examples:
  met: ["Peer supporters shall not keep records of a contact.", "A peer supporter must not keep any record."]
  weak: ["Peer supporters should not keep records of a contact."]
  missing:
    - The coordinator keeps the roster of the team.
    - Peer supporters meet each month.
    - Peer supporters shall keep records of their hours.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of rules with one pack, one check and a lexicon of its own."""
    root = tmp_path / "rules"
    (root / "model_policies").mkdir(parents=True)
    (root / "checks" / "records").mkdir(parents=True)
    (root / "model_policies" / "county.yaml").write_text(PACK, encoding="utf-8")
    (root / "checks" / "records" / "county-notes.yaml").write_text(CHECK, encoding="utf-8")
    return root


def now(folder: Path) -> Rules:
    added = rule_folders([folder])
    return lock.rules(rules_for(frozenset({"county"}), added), ["county"], added)


def info(rules: Rules) -> list[PackInfo]:
    pack = rules.packs["county"]
    return [PackInfo("county", pack.version, pack.sha256, "Cedar County", "guideline")]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_rules_that_did_not_change_pass(folder: Path, tmp_path: Path) -> None:
    pinned = Lock("1", now(folder))
    assert lock.same(pinned, info(now(folder)), lock.whole(rule_folders([folder])))
    lock.refuse_changes(pinned, now(folder), ["county"], "policylint.lock")
    elsewhere = tmp_path / "a copy"
    shutil.copytree(folder, elsewhere)
    assert now(elsewhere) == now(folder)


Edit = Callable[[Path], None]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            lambda f: edit(f / "model_policies/county.yaml", "force: must", "force: should"),
            "county: changed: COUNTY-1, COUNTY-2",
        ),
        (
            lambda f: edit(f / "model_policies/county.yaml", 'version: "1"', 'version: "2"'),
            "county: version 1 → 2",
        ),
        (
            lambda f: edit(f / "model_policies/county.yaml", "COUNTY-2", "COUNTY-3"),
            "county: new: COUNTY-3; dropped: COUNTY-2",
        ),
        (
            lambda f: edit(f / "model_policies/county.yaml", "as_of:", "# read again\nas_of:"),
            "county: the file differs (",
        ),
        (
            lambda f: edit(f / "checks/records/county-notes.yaml", "must not", "should not"),
            "county: changed: COUNTY-1.",
        ),
    ],
    ids=["requirement", "version", "ids", "comment", "check"],
)
def test_a_changed_pack_is_an_error(folder: Path, change: Edit, told: str) -> None:
    pinned = Lock("0.9", now(folder))
    change(folder)
    after = now(folder)
    assert not lock.same(pinned, info(after), lock.whole(rule_folders([folder])))
    with pytest.raises(UsageError) as caught:
        lock.refuse_changes(pinned, after, ["county"], "policylint.lock")
    assert told in caught.value.message
    assert caught.value.file == "policylint.lock"
    assert "policylint lock --upgrade" in str(caught.value.hint)
    assert "policylint 0.9" in str(caught.value.hint)


def test_a_changed_lexicon_is_an_error(folder: Path) -> None:
    pinned = Lock("1", now(folder))
    (folder / "checks" / "lexicon").mkdir()
    text = 'concepts:\n  county log: {phrases: ["county log"]}\n'
    (folder / "checks" / "lexicon" / "county.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="the lexicon, facts or profiles that all packs share differ"):
        lock.refuse_changes(pinned, now(folder), ["county"], "policylint.lock")


def test_what_changes_no_verdict_is_no_change(folder: Path) -> None:
    pinned = Lock("1", now(folder))
    edit(folder / "checks/records/county-notes.yaml", "Made for a test.", "Made for another test.")
    after = now(folder)
    assert after.whole != pinned.rules.whole
    assert not lock.same(pinned, info(after), after.whole)
    lock.refuse_changes(pinned, after, ["county"], "policylint.lock")


def test_packs_that_are_not_judged_by_do_not_matter(folder: Path) -> None:
    pinned = Lock("1", now(folder))
    edit(folder / "model_policies/county.yaml", 'version: "1"', 'version: "2"')
    lock.refuse_changes(pinned, now(folder), [], "policylint.lock")
    lock.refuse_changes(pinned, now(folder), ["iacp"], "policylint.lock")


def test_a_pack_that_is_not_pinned_is_told() -> None:
    pinned = Lock("1", Rules("w", "s", {"iacp": Pinned("1", "f", {})}))
    packs = [PackInfo("iacp", "1", "f", "x", "guideline"), PackInfo("county", "1", "f", "x", "guideline")]
    assert lock.unpinned(pinned, packs) == ("county",)
    assert lock.same(pinned, packs, "w")
    assert not lock.same(pinned, packs, "other")


def test_changes_in_words() -> None:
    old = Pinned("1", "a" * 64, {"A": "1", "B": "2"})
    new = Pinned("2", "b" * 64, {"A": "9", "C": "3"})
    (change,) = lock.changes({"p": old}, {"p": new}, ["p"])
    assert change == Change("p", old, new, ("A",), ("C",), ("B",))
    assert str(change) == "p: version 1 → 2; changed: A; new: C; dropped: B"
    assert str(lock.changes({"p": old}, {}, ["p"])[0]) == "p: there is no such pack any more"
    assert str(lock.changes({}, {"p": new}, ["p"])[0]) == "p: not pinned so far, version 2"
    assert lock.changes({"p": old}, {"p": old}, ["p"]) == ()


def test_verdicts_that_turn() -> None:
    before = Judged("s", {"A": "met", "B": "weak", "C": "missing"})
    after = Judged("s", {"A": "met", "B": "missing", "D": "met"})
    assert lock.turns(before, after) == (
        Turn("B", "weak", "missing"),
        Turn("D", None, "met"),
        Turn("C", "missing", None),
    )


LOCK = Lock(
    "1.2",
    Rules(
        "w" * 64,
        "s" * 64,
        {"b": Pinned("1", "f" * 64, {"B-2": "2" * 12, "B-1": "1" * 12}), "a": Pinned("1", "e" * 64, {})},
    ),
    {"z.md": Judged("d" * 64, {"B-1": "met"}), "é.md": Judged("c" * 64, {})},
)


def test_the_file_is_sorted_and_read_back() -> None:
    text = lock.dump(LOCK)
    assert lock.load(text.encode(), "policylint.lock") == LOCK
    value = json.loads(text)
    assert list(value["packs"]) == ["a", "b"]
    assert text.index('"B-1"') < text.index('"B-2"')
    assert "é.md" in text
    assert lock.dump(lock.load(text.encode(), "policylint.lock")) == text
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    shown = replace(LOCK, rules=replace(LOCK.rules, whole="a" * 64, shared="b" * 64))
    jsonschema.Draft202012Validator(schema).validate(json.loads(lock.dump(shown)))


def _spoilt(change: Callable[[dict[str, Mapping[str, object]]], object]) -> bytes:
    value = json.loads(lock.dump(LOCK))
    change(value)
    return json.dumps(value).encode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"x", "The lock is no JSON"),
        (b"[]", "lock must be an object"),
        (_spoilt(lambda v: v.update(schema="policylint-lock/2")), 'its schema is "policylint-lock/2"'),
        (_spoilt(lambda v: v.pop("packs")), 'lock lacks "packs"'),
        (_spoilt(lambda v: v.update(packs=[])), "lock.packs must be an object"),
        (_spoilt(lambda v: v["packs"].update(a={})), 'lock.packs.a lacks "requirements"'),
        (
            _spoilt(lambda v: v["documents"].update({"z.md": {"sha256": "", "verdicts": {"A": "fine"}}})),
            "must be one of met",
        ),
    ],
)
def test_a_file_that_is_none_is_a_sentence(data: bytes, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        lock.load(data, "policylint.lock")
    assert told in caught.value.message
    assert caught.value.file == "policylint.lock"
    assert caught.value.hint is not None

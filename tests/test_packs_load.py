"""Loading lexicon, packs and checks: what a good set gives, and every way a bad one is refused."""

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from policylint.errors import RuleError, UsageError
from policylint.packs import data, load, named
from policylint.packs.phrases import source

LEXICON = """\
concepts:
  helper:
    kind: person
    phrases:
      - "{helper|{friend}}"
    but_not: [helper app]
    defined_by: ["{chosen|picked} {friend} must help"]
  note:
    phrases: ["[hand-written] note"]
"""
FRIENDS = """\
concepts:
  friend:
    phrases: [friend, pal]
"""
PACK = """\
id: demo
title: Demonstration
version: "1"
authority: Somebody
rank: model policy
source: our own words
as_of: 2024-05-01
requirements:
  - {id: D-1, topic: notes, force: must, text: No notes are kept., citation: point 1, model_language: Keep no notes.}
  - id: D-2
    topic: notes
    force: may
    text: Topics are listed.
    citation: point 2
    model_language: Topics are x and y.
    basis: summary
    elements: {x: the x, y: the y}
  - id: D-3
    topic: notes
    force: should
    text: The building is pleasant.
    citation: point 3
    model_language: The building shall be pleasant.
    status: manual
    manual_reason: Nobody can see it from the text.
"""
CHECK = """\
id: no-notes
title: No notes are kept
topic: notes
serves: [D-1]
says:
  - "{helper} must not keep {note}"
  - "no {note} must be {kept|filed}"
opposes:
  - "{helper} must keep {note}"
parts:
  policy: ["rules 'in writing'"]
  pal: ["{friend} must help"]
document_parts: [policy]
ignore_with: ["{friend}", "class notes", "{x|y}"]
counts_in: [purpose]
opposes_unless: ["{note}", unless]
limits: Sees no forms.
examples:
  met: ["Helpers keep no notes.", "No notes are filed.", {text: "A helper takes no notes.", requirement: D-1}]
  weak: ["Helpers should keep no notes."]
  missing: ["Helpers are kind."]
  conflict: ["Helpers keep notes."]
"""
LIST_CHECK = """\
id: topics
title: Topics are listed
topic: notes
serves: [D-2]
says: ["topics must be listed"]
elements:
  x: [ex]
  y: ["{why|reason}"]
scope: section
limits: None known.
examples:
  met: ["Topics are ex and why.", "Listed topics: ex, why."]
  partial: [{text: "Topics are ex.", elements: [x]}, {text: "Topics are listed.", elements: []}]
  missing: ["We talk.", "Nothing is said."]
"""
FILES = {
    "checks/lexicon/people.yaml": LEXICON,
    "checks/lexicon/friends.yaml": FRIENDS,
    "checks/notes/no-notes.yaml": CHECK,
    "checks/notes/topics.yaml": LIST_CHECK,
    "packs/demo.yaml": PACK,
}

Write = Callable[..., tuple[Path, Path]]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write the good files with some of them replaced (None: left out)."""

    def written(changed: Mapping[str, str | None] = MappingProxyType({})) -> tuple[Path, Path]:
        for name, text in {**FILES, **changed}.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is not None:
                path.write_text(text, encoding="utf-8")
        return tmp_path / "checks", tmp_path / "packs"

    return written


def refused(write: Write, name: str, text: str | None) -> RuleError:
    with pytest.raises(RuleError) as caught:
        load.load(*write({name: text}))
    return caught.value


def spoilt(write: Write, name: str, good: str, old: str, new: str) -> RuleError:
    """The error that comes of a good file with one thing replaced."""
    assert old in good
    return refused(write, name, good.replace(old, new, 1))


def test_a_good_set(write: Write) -> None:
    library = load.load(*write())
    assert set(library.packs) == {"demo"}
    assert set(library.checks) == {"no-notes", "topics"}
    assert {k: c.id for k, c in library.check_for.items()} == {"D-1": "no-notes", "D-2": "topics"}
    assert load.unserved(library) == []
    helper = library.concepts["helper"]
    assert [source(p) for p in helper.phrases] == ["{helper|{friend}}"]
    assert (helper.kind, helper.but_not, helper.line) == ("person", (("helper app",),), 2)
    assert [p.concept for p in helper.defined_by[0].parts] == ["{chosen|picked}", "friend", "'help'"]
    assert [source(p) for p in library.concepts["note"].phrases] == ["[hand-written] note"]


def test_what_a_check_holds(write: Write) -> None:
    check = load.load(*write()).checks["no-notes"]
    assert (check.topic, check.serves, check.scope, check.file[-13:]) == ("notes", ("D-1",), "list", "no-notes.yaml")
    assert [(p.negated, p.line) for p in check.says] == [(True, 6), (True, 7)]
    assert [p.text for p in check.opposes] == ["{helper} must keep {note}"]
    assert list(check.parts) == ["policy", "pal"]
    assert (check.document_parts, check.counts_in) == ({"policy"}, {"purpose"})
    assert check.ignore_with == ("friend", "'[class notes]'", "{x|y}")
    assert check.opposes_unless == ("note", "'[unless]'")
    assert [(e.status, e.line) for e in check.examples] == [
        ("met", 19), ("met", 19), ("met", 19), ("weak", 20), ("missing", 21), ("conflict", 22),
    ]  # fmt: skip
    assert check.examples[2].requirement == "D-1"
    topics = load.load(*write()).checks["topics"]
    assert (list(topics.elements), topics.scope) == (["x", "y"], "section")
    assert [e.elements for e in topics.examples] == [None, None, ("x",), (), None, None]


def test_what_a_pack_holds(write: Write) -> None:
    pack = load.load(*write()).packs["demo"]
    assert (pack.version, pack.rank, pack.as_of, len(pack.sha256)) == ("1", "model policy", "2024-05-01", 64)
    one, two, three = pack.requirements
    assert (one.pack, one.force, one.kind, one.basis, one.status, dict(one.elements)) == (
        "demo", "must", "duty", "read", "checked", {},
    )  # fmt: skip
    assert (two.basis, dict(two.elements)) == ("summary", {"x": "the x", "y": "the y"})
    assert (three.status, three.manual_reason) == ("manual", "Nobody can see it from the text.")


def test_order_of_files_makes_no_difference(write: Write) -> None:
    first = load.load(*write())
    again = load.load(*write())
    assert vars(first) == vars(again)
    assert list(first.concepts) == list(again.concepts)


PEOPLE = "checks/lexicon/people.yaml"


@pytest.mark.parametrize(
    "old, new, line, says",
    [
        ("concepts:", "concept:", 1, "Unknown key 'concept'"),
        ("kind: person", "kind: animal", 3, "'animal' is not a known value of kind"),
        ("    phrases:\n", "    phrase:\n", 4, "Unknown key 'phrase'"),
        ('"{helper|{friend}}"', '"{helper|{freind}}"', 5, "no concept 'freind'"),
        ('"{helper|{friend}}"', '"{helper|{friend}"', 5, "never closed"),
        ('"{helper|{friend}}"', '"[helper]"', 5, "may be empty"),
        ('"{helper|{friend}}"', '"{helper}"', 5, "in a circle: helper > helper"),
        ('"{helper|{friend}}"', '"help{er|ers}"', 5, "glued"),
        ("[helper app]", '["[helper"]', 6, "never closed"),
        ("must help", "must", 7, "Nothing stands after"),
        ('["[hand-written] note"]', "[]", 9, "at least 1"),
        ("  note:", "  friend:", 8, "'friend' is defined twice, first in"),
        ("  note:", "  helper:", 8, "'helper' stands twice"),
        ("  note:", "  'no|te':", 8, "cannot name a concept"),
        ("  note:", "  \"'note'\":", 8, "cannot name a concept"),
    ],
)
def test_lexicon_errors(write: Write, old: str, new: str, line: int, says: str) -> None:
    error = spoilt(write, PEOPLE, LEXICON, old, new)
    assert says in error.message
    assert error.file is not None
    assert error.file.endswith("people.yaml")
    assert error.line == line
    assert error.excerpt is not None
    assert "^" in error.excerpt


SAME = """\
same_words:
  - words: [help, assist]
    also: [lend a hand]
  - words: [note, record]
"""


@pytest.mark.parametrize(
    "old, new, line, says",
    [
        ("same_words:", "same_word:", 1, "Unknown key 'same_word'"),
        ("    also: [lend a hand]", "    too: [lend a hand]", 3, "Unknown key 'too'"),
        ("[note, record]", "[note]", 4, "One word alone"),
        ("[note, record]", "[]", 4, "at least 1"),
        ("[note, record]", "[note, assist]", 4, "'assist' is in another entry of same_words, "),
        ("[lend a hand]", '["lend {a|one} hand"]', 3, "is a phrase with choices"),
    ],
)
def test_errors_in_same_words(write: Write, old: str, new: str, line: int, says: str) -> None:
    error = spoilt(write, "checks/lexicon/same.yaml", SAME, old, new)
    assert says in error.message
    assert error.line == line


def test_same_words_are_loaded(write: Write) -> None:
    folders = write({"checks/lexicon/same.yaml": SAME})
    assert [(s.words, s.also) for s in load.load(*folders).same_words] == [
        (("help", "assist"), ("lend a hand",)),
        (("note", "record"), ()),
    ]


def test_a_circle_over_two_files_is_named(write: Write) -> None:
    error = refused(write, "checks/lexicon/friends.yaml", FRIENDS.replace("[friend, pal]", '["{helper}"]'))
    assert "in a circle" in error.message
    assert "friend > helper > friend" in error.message or "helper > friend > helper" in error.message


@pytest.mark.parametrize(
    "old, new, line, says",
    [
        ("id: demo", "id: other", 1, "differs from its file name 'demo'"),
        ("id: demo", "id: de mo", 1, "cannot be a pack's id"),
        ("title: Demonstration\n", "", 1, "'title' is missing"),
        ("rank: model policy", "rank: blog", 5, "'blog' is not a known value of rank"),
        ("force: must", "force: shall", 9, "'shall' is not a known value of force of D-1"),
        ("id: D-1,", "id: D-2,", 10, "'D-2' stands twice"),
        ("id: D-1, ", "", 9, "'id' is missing in a requirement"),
        ("basis: summary", "basis: rumour", 16, "'rumour' is not a known value of basis"),
        ("basis: summary", "kind: rule", 16, "'rule' is not a known value of kind"),
        ("elements: {x: the x, y: the y}", "elements: {}", 17, "There are no elements of D-2"),
        ("elements: {x: the x, y: the y}", "elements: [x]", 17, "A mapping (key: value) is expected"),
        ("    manual_reason: Nobody can see it from the text.\n", "", 18, "go together in D-3"),
        ("    status: manual\n", "", 18, "go together in D-3"),
    ],
)
def test_pack_errors(write: Write, old: str, new: str, line: int, says: str) -> None:
    error = spoilt(write, "packs/demo.yaml", PACK, old, new)
    assert says in error.message
    assert error.line == line


@pytest.mark.parametrize(
    "old, new, line, says",
    [
        ("id: no-notes", "id: notes-none", 1, "id 'notes-none' differs from the file name 'no-notes'"),
        ("topic: notes", "topic: records", 3, "topic 'records' differs from the folder 'notes'"),
        ("serves: [D-1]", "serves: [D-9]", 4, "no requirement 'D-9'"),
        ("serves: [D-1]", "serves: []", 4, "at least 1"),
        ("serves: [D-1]", "serves: [D-1, D-1]", 4, "stands twice in serves"),
        ("serves: [D-1]", "serves: [D-3]", 4, "'D-3' is manual"),
        ("serves: [D-1]", "serves: [D-1, D-2]", 1, "does not cover these elements of D-2: x, y"),
        ("limits: Sees no forms.\n", "", 1, "'limits' is missing"),
        ("opposes:", "oposes:", 8, "Unknown key 'oposes'"),
        ("{helper} must not keep", "{healer} must not keep", 6, "no concept 'healer'"),
        ("no {note} must be", "no {note} must be be", 7, None),
        ("no {note} must be {kept|filed}", "the {helper} must not keep {note} [soon]", 7, "the one in line 6 asks"),
        ("{helper} must keep {note}", "any {helper} must not keep {note}", 9, "the one in line 6 asks"),
        ("[policy]", "[paper]", 13, "'paper' is not a known value of document_parts"),
        ('["{friend}", ', '["{fiend}", ', 14, "no concept 'fiend'"),
        ("opposes:", "weakly:", 16, "'opposes_unless' says nothing here"),
        ('["{note}", unless]', '["{notes}"]', 16, "no concept 'notes'"),
        ("[purpose]", "[purposes]", 15, "'purposes' is not a known value of counts_in"),
        ("limits:", "scope: list\nlimits:", 17, "'scope' says nothing here"),
        ("limits:", "elements: {z: [zed]}\nlimits:", 17, "No requirement served here has the element 'z'"),
        ('  missing: ["Helpers are kind."]\n', "", 19, "'missing' is missing in examples"),
        ('  weak: ["Helpers should keep no notes."]\n', "", 19, "not 5 over 3"),
        ("weak:", "feeble:", 20, "Unknown key 'feeble'"),
        ("Helpers should keep no notes.", "Helpers keep no notes.", 20, "same example stands in line 19"),
        ("requirement: D-1}", "requirement: D-2}", 19, "does not serve 'D-2'"),
        ("requirement: D-1}", "elements: [x]}", 19, "unknown element 'x'"),
        ("requirement: D-1}", "element: [x]}", 19, "Unknown key 'element'"),
        ("policy: [\"rules 'in writing'\"]", "policy: []", 11, "at least 1"),
    ],
)
def test_check_errors(write: Write, old: str, new: str, line: int, says: str | None) -> None:
    assert old in CHECK
    changed = CHECK.replace(old, new, 1)
    if says is None:
        load.load(*write({"checks/notes/no-notes.yaml": changed}))
        return
    error = refused(write, "checks/notes/no-notes.yaml", changed)
    assert says in error.message
    assert error.line == line


def test_a_check_that_never_states_a_thing(write: Write) -> None:
    bare = CHECK.replace("says:", "weakly:").split("parts:")[0] + CHECK[CHECK.index("limits:") :]
    assert "never states a thing" in refused(write, "checks/notes/no-notes.yaml", bare).message


def test_elements_of_a_list_requirement_are_all_there(write: Write) -> None:
    error = refused(write, "checks/notes/topics.yaml", LIST_CHECK.replace("  x: [ex]\n", ""))
    assert error.message == "The check does not cover these elements of D-2: x."
    error = refused(write, "checks/notes/topics.yaml", LIST_CHECK.replace("  x: [ex]", "  xx: [ex]"))
    assert "has the element 'xx'" in error.message


def test_a_requirement_served_twice(write: Write) -> None:
    twin = CHECK.replace("id: no-notes", "id: twin")
    error = refused(write, "checks/notes/twin.yaml", twin)
    assert error.message == "The requirement 'D-1' is served by 'no-notes' already."


def test_an_id_taken_in_another_topic(write: Write) -> None:
    twin = CHECK.replace("topic: notes", "topic: papers")
    assert "'no-notes' is taken by" in refused(write, "checks/papers/no-notes.yaml", twin).message


def test_a_requirement_in_two_packs(write: Write) -> None:
    error = refused(write, "packs/again.yaml", PACK.replace("id: demo", "id: again"))
    assert error.message == "The requirement 'D-1' stands in the packs 'again' and 'demo'."


@pytest.mark.parametrize(
    "name, says",
    [
        ("checks/notes/more.yml", "end in .yaml"),
        ("checks/loose.yaml", "stands in a folder named for its topic"),
        ("checks/notes/deep/deeper.yaml", "stands too deep"),
    ],
)
def test_a_rule_file_that_would_not_be_read_is_an_error(write: Write, name: str, says: str) -> None:
    assert says in refused(write, name, CHECK).message


def test_folders_without_rules_are_errors(tmp_path: Path, write: Write) -> None:
    checks, packs = write()
    with pytest.raises(RuleError, match="no such folder"):
        load.load(tmp_path / "nowhere", packs)
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError, match="no pack"):
        load.load(checks, tmp_path / "empty")
    with pytest.raises(RuleError, match="no check"):
        load.load(tmp_path / "empty", packs)


def test_profiles_are_not_packs(write: Write) -> None:
    library = load.load(*write({"packs/profiles/home.yaml": "id: home\ntitle: Home\npacks: [demo]\n"}))
    assert set(library.packs) == {"demo"}


def test_unserved_requirements_are_listed(write: Write) -> None:
    library = load.load(*write({"checks/notes/topics.yaml": None}))
    assert [r.id for r in load.unserved(library)] == ["D-2"]


def test_packs_named(write: Write) -> None:
    library = load.load(*write())
    assert [p.id for p in named.packs_named(library, ["demo", "demo"])] == ["demo"]
    with pytest.raises(UsageError) as caught:
        named.packs_named(library, ["dmo"])
    assert (caught.value.message, caught.value.hint) == ("There is no pack 'dmo'.", "Did you mean 'demo'?")
    with pytest.raises(UsageError, match="Known packs: demo"):
        named.packs_named(library, ["zzz"])
    with pytest.raises(UsageError, match="No pack is named"):
        named.packs_named(library, [])


def test_data_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (data.checks_dir() / "lexicon").is_dir()
    assert data.packs_dir().name == "model_policies"
    package = tmp_path / "site" / "policylint"
    (tmp_path / "site" / "checks").mkdir(parents=True)
    monkeypatch.setattr(data, "_PACKAGE", package)
    with pytest.raises(RuleError, match="lacks its rules"):
        data.checks_dir()  # a stray folder without pyproject.toml beside it is not ours
    (tmp_path / "site" / "pyproject.toml").touch()
    assert data.checks_dir() == tmp_path / "site" / "checks"
    (package / "_data" / "checks").mkdir(parents=True)
    assert data.checks_dir() == package / "_data" / "checks"

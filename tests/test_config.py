"""Configuration: found upward within the repository, read strictly, and given to each document."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policylint.config import KEYS, Finder, find
from policylint.config.load import load
from policylint.config.paths import matches
from policylint.config.starter import STARTER, starter
from policylint.errors import PolicylintError, RuleError, UsageError

Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a file of a repository that is the working directory."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def refused(path: Path) -> PolicylintError:
    with pytest.raises(RuleError) as caught:
        load(str(path))
    return caught.value


# --- finding


def test_the_nearest_one_counts_alone(write: Write) -> None:
    write("policylint.yaml", "profile: washington\nfail_on: warning\n")
    write("a/b/policylint.yaml", "profile: utah\n")
    near, far = Finder().of_document("a/b/c/p.md"), Finder().of_document("a/p.md")
    assert (near.profile, near.fail_on) == ("utah", "error")
    assert (far.profile, far.fail_on) == ("washington", "warning")
    assert near.origin("profile") == "a/b/policylint.yaml:1"


def test_nothing_above_the_repository_counts(write: Write, tmp_path: Path) -> None:
    write("policylint.yaml", "profile: utah\n")
    (tmp_path / "inner" / ".git").mkdir(parents=True)
    assert Finder().of_document("inner/p.md").file is None
    (tmp_path / "inner" / ".git").rmdir()
    (tmp_path / "inner" / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")  # a worktree has a file
    assert Finder().of_document("inner/p.md").file is None


def test_without_a_repository_up_to_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "users" / "me"
    (home / "policies").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    (tmp_path / "users" / "policylint.yaml").write_text("profile: utah\n", encoding="utf-8")
    assert find(str(home / "policies")).file is None
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "policylint.yaml").write_text("profile: utah\n", encoding="utf-8")
    assert find(str(tmp_path / "elsewhere")).file == str(tmp_path.resolve() / "policylint.yaml")


def test_pyproject_counts_only_with_our_table(write: Write) -> None:
    write("pyproject.toml", '[tool.policylint]\nprofile = "utah"\n')
    write("a/pyproject.toml", "[tool.other]\nx = 'policylint'\n")
    settings = Finder().of_document("a/p.md")
    assert (settings.profile, settings.origin("profile")) == ("utah", "pyproject.toml:2")


def test_two_in_one_folder_and_a_wrong_name_are_errors(write: Write) -> None:
    own = write("policylint.yaml", "profile: utah\n")
    write("pyproject.toml", "[tool.policylint]\n")
    with pytest.raises(UsageError, match="two configurations in one folder"):
        Finder().of_document("p.md")
    own.unlink()
    write("policylint.yml", "profile: utah\n")
    with pytest.raises(UsageError, match="does not read a configuration of this name"):
        Finder().of_document("p.md")


def test_files_beside_it_are_found_from_anywhere(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("policylint.yaml", "profile: own.yaml\nbaseline: marks/base.json\n")
    write("own.yaml", "id: own\nextends: national\n")
    write("sub/p.md", "x")
    monkeypatch.chdir("sub")
    settings = Finder().of_document("p.md")
    assert settings.profile == "../own.yaml"
    assert (settings.waivers, settings.baseline) == ("../policylint-waivers.yaml", "../marks/base.json")
    assert (settings.origin("waivers"), settings.origin("baseline")) == ("default", "../policylint.yaml:2")


def test_without_one_the_repository_root_is_the_folder(write: Write) -> None:
    write("sub/p.md", "x")
    settings = Finder().of_document("sub/p.md")
    assert (settings.file, settings.folder, settings.waivers) == (None, ".", "policylint-waivers.yaml")


# --- layers


def test_later_overrides_win_and_the_command_line_wins_over_all(write: Write) -> None:
    write(
        "policylint.yaml",
        "state: wa\nfacts: {regional: yes}\nagency_kind: police\noverrides:\n"
        "  - {paths: ['fire/**'], agency_kind: fire, packs: [iacp]}\n"
        "  - {paths: [old.md], profile: national}\n",
    )
    plain, fire, old = (Finder().of_document(name) for name in ("p.md", "fire/p.md", "fire/old.md"))
    assert (plain.state, plain.agency_kind, plain.packs) == ("WA", "police", ())
    assert (fire.state, fire.agency_kind, fire.packs) == (None, "fire", ("iacp",))
    assert (old.profile, old.agency_kind, old.packs) == ("national", "fire", ())
    given = Finder({"profile": "utah", "facts": {"washington": "no"}}).of_document("fire/p.md")
    assert (given.packs, given.profile) == ((), "utah")
    assert dict(given.facts) == {"regional": "yes", "washington": "no"}
    assert given.origin("profile") == "command line"
    assert Finder(without=True).of_document("fire/p.md").origins == {}
    assert Finder(file="policylint.yaml").of_document("fire/p.md").agency_kind == "fire"


def test_settings_of_equal_meaning_are_judged_together(write: Write) -> None:
    write("policylint.yaml", "overrides: [{paths: [b.md], facts: {regional: yes}}]\n")
    finder = Finder()
    assert finder.of_document("a.md").judging == finder.of_document("c.md").judging
    assert finder.of_document("a.md").judging != finder.of_document("b.md").judging


def test_two_ways_to_choose_rules_exclude_each_other() -> None:
    with pytest.raises(UsageError, match="A profile and a state are both given"):
        Finder({"profile": "utah", "state": "UT"})


@pytest.mark.parametrize(
    ("patterns", "path", "found"),
    [
        (["*.md"], "a/b.md", True),
        (["a/*.md"], "a/b.md", True),
        (["a/*.md"], "x/a/b.md", False),
        (["/b.md"], "a/b.md", False),
        (["drafts/"], "x/drafts/y/b.md", True),
        (["drafts/"], "drafts", False),
        (["**/old/**"], "x/old/b.md", True),
        (["*.md", "!b.md"], "b.md", False),
        (["*"], "../b.md", False),
        ([], "b.md", False),
    ],
)
def test_patterns_are_those_of_gitignore(
    patterns: list[str], path: str, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert matches(patterns, path, ".") is found


# --- strictness

WRONG = [
    ("profil: utah", 1, "Unknown key 'profil'", "profile"),
    ("profile: utha", 1, "no profile 'utha'", "utah"),
    ("profile: none.yaml", 1, "no file 'none.yaml'", "relative"),
    ("packs: [iacp, iapc]", 1, "no pack 'iapc'", "iacp"),
    ("packs: iacp", 1, "A list is expected", "- "),
    ("packs: []", 1, "at least 1", None),
    ("packs: [iacp, iacp]", 1, "twice", "Keep one"),
    ("profile: utah\nstate: UT", 2, "'profile' and 'state' are both given", "one of"),
    ("state: ZZ", 1, "No statute of the state 'ZZ'", "WA"),
    ("agency_kind: navy", 1, "no agency kind 'navy'", "police"),
    ("facts: {regionl: yes}", 1, "no fact 'regionl'", "regional"),
    ("facts: {regional: perhaps}", 1, "'perhaps' is not a known value", "yes"),
    ("facts: {agency_kind: fire}", 1, "key of its own", "agency_kind"),
    ("facts: [regional]", 1, "A mapping", None),
    ("as_of: 2026-13-01", 1, "is no date", "YYYY-MM-DD"),
    ("fail_on: note", 1, "'note' is not a known value", "never"),
    ("format: pdf", 1, "'pdf' is not a known value", "docx"),
    ("show: [weak]", 1, "'weak' is not one of", None),
    ("read_seconds: -1", 1, "no number of seconds", "above 0"),
    ("read_seconds: inf", 1, "no number of seconds", "above 0"),
    ("read_memory: 10", 1, "no number of MB", "64"),
    ("jobs: two", 1, "no number of processes", "at least 1"),
    ("cache: maybe", 1, "'maybe' is not a known value", "yes"),
    ("exclude: ['']", 1, "is empty", None),
    ("exclude: ['!']", 1, "is no pattern", "gitignore"),
    ("exclude: [*.md]", 1, "not valid YAML", "* or & in quotes"),
    ("exclude: [*md]", 1, "Anchors and aliases are not allowed in a configuration", "quotes"),
    ("rules: [nowhere]", 1, "no folder 'nowhere'", "relative"),
    ("waivers: [a]", 1, "Text is expected", None),
    ("fail_on: error\nfail_on: never", 2, "stands twice", "Keep one"),
    ("overrides: [{paths: [a], fail_on: never}]", 1, "Unknown key 'fail_on' in an override", None),
    ("overrides: [{paths: [a]}]", 1, "changes nothing", "agency_kind"),
    ("overrides: [{agency_kind: fire}]", 1, "'paths' is missing", None),
    ("overrides:\n  - paths: [a]\n    agency_kind: navy", 3, "no agency kind", None),
    ("just words", 1, "holds keys and values at the top", None),
    ("a: [", 1, "not valid YAML", None),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), WRONG, ids=[w[0] for w in WRONG])
def test_a_mistake_is_shown_where_it_stands(
    write: Write, text: str, line: int, message: str, hint: str | None, cli: Callable[..., Any]
) -> None:
    error = refused(write("policylint.yaml", text))
    assert (error.file, error.line) == ("policylint.yaml", line)
    assert message in error.message
    assert hint is None or hint in (error.hint or "")
    assert "^" in (error.excerpt or "")
    ended = cli("check", write("p.md", "x"))
    assert (ended.code, ended.out) == (2, "")
    assert f"policylint.yaml:{line}: " in ended.err


@pytest.mark.parametrize(
    ("text", "line", "caret", "message"),
    [
        ('[tool.policylint]\n\nprofile = "utha"\n', 3, 0, "no profile"),
        ('[tool.policylint]\nexclude = [\n  "a",\n]\n  fail_on = "x"\n', 5, 2, "fail_on"),
        ('tool.policylint.fail_on = "x"\n', 1, 0, "fail_on"),
        ('[tool]\npolicylint = { fail_on = "x" }\n', 2, 0, "fail_on"),
        ("[tool.policylint]\njobs = 0\n[tool.policylint.facts]\nregional = true\n", 2, 0, "processes"),
        ('[tool.policylint.facts]\n# a\n"regionl" = true\n', 3, 0, "no fact"),
        (
            '[[tool.policylint.overrides]]\npaths = ["a"]\njobs = 1\n',
            3,
            0,
            "Unknown key 'jobs' in an override",
        ),
        (
            '[[tool.policylint.overrides]]\npaths = ["a"]\nsection = "x"\n\n[[tool.policylint.overrides]]\nsection = "navy"\n',
            5,
            0,
            "'paths' is missing",
        ),
        ('[tool.policylint]\nnote = """\nfail_on = 1\n"""\nfail_on = "x"\n', 2, 0, "Unknown key 'note'"),
        ("[tool.policylint]\nfail_on = \n", 2, 10, "not valid TOML"),
        ('[tool.policylint]\nfail_on = "x', 2, 12, "not valid TOML"),
        ('[tool]\npolicylint = "x"\n', 2, 0, "A table is expected"),
    ],
)
def test_a_mistake_in_toml_too(write: Write, text: str, line: int, caret: int, message: str) -> None:
    error = refused(write("pyproject.toml", text))
    assert (error.file, error.line) == ("pyproject.toml", line)
    assert message in error.message
    assert (error.excerpt or "").splitlines()[1].index("^") == 2 + caret


def test_toml_says_the_same_as_yaml(write: Write) -> None:
    one = load(
        str(
            write(
                "a/policylint.yaml",
                "profile: utah\nas_of: 2026-07-01\ncache: no\njobs: 2\nread_seconds: 1.5\nfacts: {regional: yes}\n"
                "exclude: ['a']\noverrides: [{paths: [b], section: '4'}]\n",
            )
        )
    )
    other = load(
        str(
            write(
                "a/pyproject.toml",
                '[tool.policylint]\nprofile = "utah"\nas_of = 2026-07-01\ncache = false\njobs = 2\nread_seconds = 1.5\n'
                'exclude = ["a"]\n[tool.policylint.facts]\nregional = true\n'
                '[[tool.policylint.overrides]]\npaths = ["b"]\nsection = "4"\n',
            )
        )
    )
    assert {k: g.value for k, g in one.values.items()} == {k: g.value for k, g in other.values.items()}
    assert [(o.paths, {k: g.value for k, g in o.values.items()}) for o in one.overrides] == [
        (o.paths, {k: g.value for k, g in o.values.items()}) for o in other.overrides
    ]


def test_a_file_that_is_none(write: Write, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"profile: \xff\n")
    assert "not UTF-8" in refused(tmp_path / "x.yaml").message
    (tmp_path / "x.toml").write_bytes(b"# a\n\xff\n")
    assert refused(tmp_path / "x.toml").line == 2
    assert "cannot be read" in refused(tmp_path / "none.yaml").message
    assert "no table [tool.policylint]" in refused(write("y.toml", "a = 1\n")).message
    assert load(str(write("empty.yaml", "# nothing yet\n"))).values == {}


# --- the starter


def test_the_starter_names_every_key_and_is_valid_with_all_of_them(write: Write) -> None:
    text = starter("WA", "fire", frozenset({"WA"}))
    assert [key for key in (*KEYS, "overrides") if f"{key}:" not in STARTER + starter(None, None, frozenset())] == []
    load(str(write("a.yaml", text)))
    (write("rules/checks/x", "")).unlink()
    everything = "\n".join(
        line.removeprefix("# ")
        for line in text.splitlines()
        if line.removeprefix("# ").lstrip(" -").partition(":")[0] in {*KEYS, "overrides", "paths", "regional"}
    )
    loaded = load(str(write("b.yaml", everything)))
    assert set(loaded.values) == set(KEYS) - {"packs", "profile"}


def test_relative_paths_do_not_depend_on_a_link(write: Write, tmp_path: Path) -> None:
    write("policylint.yaml", "exclude: [a.md]\n")
    write("a.md", "x")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    settings = Finder().of_document("link/a.md")
    assert matches(settings.exclude, os.path.join("link", "a.md"), settings.folder)  # noqa: PTH118 - as a user writes it

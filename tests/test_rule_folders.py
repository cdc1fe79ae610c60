"""Rules from elsewhere: packs, checks, lexicon, facts and profiles that a folder brings, and scaffolds of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import policylint
from policylint import scaffold
from policylint.errors import RuleError
from policylint.packs.folders import rule_folders
from policylint.packs.load import library, rules_for
from policylint.packs.models import Requirement

Run = Callable[..., Any]
POLICY = "Peer supporters shall carry an identification card.\n"
PACK, CHECK = "model_policies/harbor.yaml", "checks/identification/harbor-identification-card.yaml"


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cli: Run) -> Path:
    """A repository with a folder of rules that was just begun."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    assert cli("new", "pack", "harbor").code == 0
    (tmp_path / "policylint.yaml").write_text("rules: [rules]\npacks: [harbor]\n", encoding="utf-8")
    (tmp_path / "p.md").write_text(POLICY, encoding="utf-8")
    return tmp_path / "rules"


def add(rules: Path, name: str, text: str) -> None:
    path = rules / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def refused(rules: Path) -> RuleError:
    with pytest.raises(RuleError) as caught:
        library(rule_folders([rules]))
    return caught.value


def test_a_new_pack_passes_its_own_test_and_judges(rules: Path, cli: Run) -> None:
    assert cli("test", "rules").out == "7 examples of 1 checks: 7 passed, 0 failed\n"
    assert cli("test", rules / CHECK).out == "7 examples of 1 checks: 7 passed, 0 failed\n"
    assert cli("check", "p.md").code == 0
    assert "HARBOR-1" in cli("explain", "HARBOR-1").out
    assert "harbor" in cli("packs").out


def test_a_folder_counts_in_its_own_call_only(rules: Path) -> None:
    with_rules = policylint.check_text(POLICY, packs=["harbor"], rules=[rules])
    assert [v.status for v in with_rules.documents[0].verdicts] == ["met"]
    with pytest.raises(policylint.UsageError, match="no pack 'harbor'"):
        policylint.check_text(POLICY, packs=["harbor"])
    assert policylint.check_file("p.md", packs=["harbor"], rules=rules).documents[0].status == "judged"


def test_a_folder_that_changes_is_read_again(rules: Path) -> None:
    before = rules_for(frozenset(["harbor"]), rule_folders([rules]))
    assert rules_for(frozenset(["harbor"]), rule_folders([rules])) is before
    text = (rules / PACK).read_text(encoding="utf-8")
    (rules / PACK).write_text(text.replace("force: must", "force: should"), encoding="utf-8")
    after = rules_for(frozenset(["harbor"]), rule_folders([rules]))
    assert after.requirements["HARBOR-1"].force == "should"
    assert before.requirements["HARBOR-1"].force == "must"


def test_the_python_api_looks_for_no_configuration(rules: Path) -> None:
    assert rules.is_dir()
    assert policylint.check_file("p.md").profile == "national"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("model_policies/iacp.yaml", None, "The id 'iacp' is taken by model_policies/iacp.yaml"),
        ("checks/records/no-records-kept.yaml", None, "is taken by checks/"),
        ("checks/facts/regional.yaml", None, "The id 'regional' is taken by checks/facts/regional.yaml"),
        ("checks/facts/washington.yaml", None, "The id 'washington' is taken by"),
        ("model_policies/profiles/utah.yaml", None, "The id 'utah' is taken by model_policies/profiles/utah.yaml"),
        ("checks/lexicon/own.yaml", "concepts: {peer supporter: {phrases: [ally]}}", "defined twice, first in checks/"),
        ("checks/lexicon/own.yaml", "add: {peer suporter: {phrases: [ally]}}", "no concept 'peer suporter'"),
        ("checks/lexicon/own.yaml", "add: {peer supporter: {}}", "Nothing is added"),
        ("checks/lexicon/own.yaml", "add: {peer supporter: {kind: person}}", "Unknown key 'kind'"),
        ("model_policies/more/x.yaml", "id: x", "stands where none is looked for"),
        ("model_policies/x.yml", "id: x", "end in .yaml"),
        ("model_policies/profiles/own.yaml", "id: other\nextends: utah", "differs from the file name"),
        ("model_policies/profiles/own.yaml", "id: own\nextends: own", "not a known value of extends"),
        (
            "model_policies/profiles/own.yaml",
            "id: own\ntitle: x\npacks: [harbor]\nstate: UT",
            "The state UT has the profile 'utah' already",
        ),
    ],
)
def test_clashes_and_strays_are_errors(rules: Path, name: str, text: str | None, message: str) -> None:
    if "no-records-kept" in name:  # whatever check ships: its name is what matters
        name = f"checks/records/{next(iter(library().checks))}.yaml"
    add(rules, name, text or "id: x\n")
    error = refused(rules)
    assert message in error.message
    assert error.file is not None
    assert Path(error.file).name == Path(name).name


def test_a_second_pack_with_the_same_requirement(rules: Path) -> None:
    text = (rules / PACK).read_text(encoding="utf-8")
    add(rules, "model_policies/port.yaml", text.replace("id: harbor\n", "id: port\n"))
    assert "stands in the packs 'harbor' and 'port'" in refused(rules).message


def test_folders_that_hold_nothing(tmp_path: Path) -> None:
    for path, message in ((tmp_path, "no rules in this folder"), (tmp_path / "none", "no such folder")):
        with pytest.raises(RuleError, match=message):
            rule_folders([path])


def test_what_is_added_to_the_lexicon_is_found(rules: Path) -> None:
    text = "Peer supporters shall carry a harbor beacon.\n"
    check = (rules / CHECK).read_text(encoding="utf-8")
    (rules / CHECK).write_text(check.replace("{identification card|badge}", "{clinician}"), encoding="utf-8")

    def verdict() -> str:
        return policylint.check_text(text, packs=["harbor"], rules=[rules]).documents[0].verdicts[0].status

    assert verdict() == "missing"
    add(rules, "checks/lexicon/own.yaml", "add:\n  clinician:\n    phrases: [harbor beacon]\n")
    assert verdict() == "met"
    add(rules, "checks/lexicon/own.yaml", "add:\n  clinician:\n    phrases: ['{no such}']\n")
    assert refused(rules).line == 3


def test_profiles_and_facts_of_a_folder(rules: Path, cli: Run) -> None:
    add(rules, "model_policies/profiles/harbor-county.yaml", "id: harbor-county\nextends: utah\nadd_packs: [harbor]\n")
    add(
        rules,
        "checks/facts/afloat.yaml",
        "id: afloat\ntitle: The agency has boats\nholds_when: ['{patrol boat|vessel}']\nlimits: None known.\n"
        "examples:\n  holds: [The patrol boat is moored., Vessels are kept clean.]\n  fails: [Cars., Horses are fed.]\n",
    )
    pack = (rules / PACK).read_text(encoding="utf-8")
    (rules / PACK).write_text(pack + "    applies_when: afloat\n", encoding="utf-8")
    Path("policylint.yaml").write_text(
        "rules: [rules]\nprofile: harbor-county\nfacts: {afloat: no}\n", encoding="utf-8"
    )
    assert cli("test", "rules").out == "11 examples of 2 checks: 11 passed, 0 failed\n"
    report = cli("check", "p.md", "--format", "json", "--show", "all")
    assert '"profile": "harbor-county"' in report.out
    # a document that shows the state is judged by the state's own profile, as without the folder
    shown = policylint.check_text("Utah Code 78B-5-901. Utah Code. " + POLICY, rules=[rules])
    assert shown.profile == "utah"


@pytest.mark.parametrize(
    ("clause", "message"),
    [
        ("{{ ''.__class__.__mro__ }}", "unsafe"),
        ("{{ nobody }}", "undefined"),
        ("{{ range(9) }}", "undefined"),
        ("{% for x in supporter %}{% endfor %}", "statement"),
        ("{{ supporter * 999999999 }}", "reckoned"),
        ("{{ '%0999999999d' % 5 }}", "reckoned"),
        ("{{ supporter.ljust(999999999) }}", "not safely callable"),
        ("{{ '%0999999999d' | format(5) }}", "no filter"),
        ("{{ supporter", "unexpected"),
    ],
)
def test_model_language_is_rendered_in_a_sandbox(rules: Path, cli: Run, clause: str, message: str) -> None:
    pack = (rules / PACK).read_text(encoding="utf-8")
    kept = pack[: pack.index("    model_language:")]
    (rules / PACK).write_text(f'{kept}    model_language: "{clause}"\n', encoding="utf-8")
    ended = cli("test", "rules")
    assert (ended.code, ended.out) == (2, "")
    assert "HARBOR-1: The model language cannot be filled in" in ended.err
    assert message in ended.err.lower()


def asked(**more: Any) -> Requirement:
    return Requirement(
        "X-1", "x", "papers", **({"force": "must", "text": "", "citation": "", "model_language": ""} | more)
    )


@pytest.mark.parametrize(
    "more",
    [
        {"force": "should"},
        {"force": "may"},
        {"kind": "must_not_claim"},
        {"elements": {"name": "the name", "telephone_number": "how to call", "Shift-2": "the shift"}},
        {"elements": {"one": "only one"}, "force": "should"},
    ],
)
def test_a_new_check_passes_its_own_test(rules: Path, cli: Run, more: dict[str, Any]) -> None:
    pack = (rules / PACK).read_text(encoding="utf-8")
    requirement = asked(**more)
    (rules / PACK).write_text(
        f"{pack}  - id: X-1\n    topic: papers\n    force: {requirement.force}\n    kind: {requirement.kind}\n    text: x\n"
        "    citation: x\n    model_language: x\n"
        + ("    elements:\n" if requirement.elements else "")
        + "".join(f"      {key}: {text}\n" for key, text in requirement.elements.items()),
        encoding="utf-8",
    )
    ended = cli("new", "check", "has-papers", "--serves", "X-1", "--title", 'A "quoted": title')
    assert (ended.code, ended.out) == (0, "rules/checks/papers/has-papers.yaml\n")
    ended = cli("test", "rules")
    assert ended.code == 0, ended.out
    assert "0 failed" in ended.out
    assert "no example of" not in ended.out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("pack", "Harbor County"), "cannot be the id of a pack"),
        (("pack", "harbor"), "There is a pack 'harbor' already"),
        (("pack", "iacp"), "There is a pack 'iacp' already"),
        (("check", "x", "--serves", "HARBOR-9"), "no requirement 'HARBOR-9'"),
        (("check", "x", "--serves", "HARBOR-1"), "served by 'harbor-identification-card' already"),
        (("check", "../x", "--serves", "HARBOR-1"), "cannot be the id of a check|served by"),
    ],
)
def test_what_cannot_be_begun(rules: Path, cli: Run, arguments: tuple[str, ...], message: str) -> None:
    before = sorted(rules.rglob("*"))
    ended = cli("new", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert any(part in ended.err for part in message.split("|"))
    assert sorted(rules.rglob("*")) == before


def test_a_scaffold_says_which_id_is_wrong() -> None:
    with pytest.raises(policylint.UsageError, match="lower-case"):
        scaffold.check("No Good", None, asked())

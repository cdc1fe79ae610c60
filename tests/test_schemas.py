"""The JSON Schemas for editors: everything that ships is valid by them, and what is broken is not."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from policylint.cli.schema import KINDS
from policylint.config import KEYS
from policylint.config.starter import starter

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "docs" / "schema"
PLACES = {
    "check": [p for p in (ROOT / "checks").glob("*/*.yaml") if p.parent.name not in ("facts", "lexicon")],
    "fact": list((ROOT / "checks" / "facts").glob("*.yaml")),
    "lexicon": list((ROOT / "checks" / "lexicon").glob("*.yaml")),
    "pack": list((ROOT / "model_policies").glob("*.yaml")),
    "profile": list((ROOT / "model_policies" / "profiles").glob("*.yaml")),
}


def validator(kind: str) -> Any:
    schema = json.loads((SCHEMAS / f"policylint-{kind}-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture(scope="module")
def maker() -> Any:
    spec = importlib.util.spec_from_file_location("make_schemas", SCHEMAS / "make_schemas.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_what_the_script_makes(maker: Any) -> None:
    for kind in maker.SCHEMAS:
        written = (SCHEMAS / f"policylint-{kind}-1.json").read_text(encoding="utf-8")
        assert written == maker.made(kind), "run python docs/schema/make_schemas.py"


def test_every_setting_is_in_the_schema(maker: Any) -> None:
    assert set(maker.settings()) == set(KEYS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_command_prints_each(kind: str, cli: Callable[..., Any]) -> None:
    ended = cli("schema", kind)
    assert (ended.code, ended.err) == (0, "")
    assert json.loads(ended.out)["$schema"]


@pytest.mark.parametrize("kind", PLACES)
def test_everything_that_ships_is_valid(kind: str) -> None:
    check = validator(kind)
    assert PLACES[kind]
    for path in PLACES[kind]:
        text = path.read_text(encoding="utf-8")
        # BaseLoader: every scalar is text, as policylint reads it; SafeLoader: as editors do, except for dates.
        for loader in (yaml.BaseLoader, yaml.SafeLoader):
            value = json.loads(json.dumps(yaml.load(text, Loader=loader), default=str))  # noqa: S506 - both are safe
            problems = [f"{path.name}: {e.json_path}: {e.message}" for e in check.iter_errors(value)]
            assert not problems, problems[:3]


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("check", {"says": "one text"}),
        ("check", {"sayz": ["x"]}),
        ("check", {"serves": []}),
        ("check", {"scope": "page"}),
        ("check", {"examples": {"good": ["x"]}}),
        ("fact", {"holds_when": []}),
        ("fact", {"examples": {"holds": ["a", "b"]}}),
        ("lexicon", {"concepts": {"x": {"phrases": []}}}),
        ("lexicon", {"add": {"x": {}}}),
        ("lexicon", {"words": {}}),
        ("pack", {"rank": "law"}),
        ("pack", {"requirements": []}),
        ("pack", {"jurisdiction": "Washington"}),
        ("pack", {"review_by": "soon"}),
        ("profile", {"packs": []}),
        ("profile", {"state": "wa"}),
        ("profile", {"extends": "national"}),
        ("profile", {"pass": {}}),
        ("profile", {"pass": {"share": "0.8"}}),
        ("profile", {"pass": {"every": ["statute"], "of": "rest"}}),
        ("profile", {"pass": {"share": "80%", "of": "others"}}),
    ],
)
def test_what_is_broken_is_not_valid(kind: str, change: dict[str, Any]) -> None:
    good = yaml.load(min(PLACES[kind]).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - safe
    check = validator(kind)
    assert check.is_valid(good)
    assert not check.is_valid({**good, **change})


def test_a_missing_key_is_not_valid() -> None:
    for kind, paths in PLACES.items():
        check = validator(kind)
        good = yaml.load(min(paths).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - safe
        assert not check.is_valid({key: value for key, value in good.items() if key not in ("id", "concepts")}), kind


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (starter("WA", "fire", frozenset({"WA"})), True),
        (starter(None, None, frozenset()), True),
        ("profile: washington\ncache: no\njobs: 2\nread_seconds: 1.5\nfacts: {regional: yes}\n", True),
        ("overrides: [{paths: ['fire/**'], agency_kind: fire}]", True),
        ("packs: [iacp]\nstate: WA", False),
        ("packs: iacp", False),
        ("agency_kind: navy", False),
        ("fail_on: note", False),
        ("jobs: 0", False),
        ("overrides: [{paths: ['a']}]", False),
        ("overrides: [{agency_kind: fire}]", False),
        ("overrides: [{paths: ['a'], fail_on: error}]", False),
        ("profil: x", False),
    ],
)
def test_configurations(text: str, good: bool) -> None:
    assert validator("config").is_valid(yaml.safe_load(text)) is good

"""Fact files: checks/facts/<fact>.yaml to `Fact`."""

from __future__ import annotations

from pathlib import Path

import yaml

from policylint.packs import strict_yaml
from policylint.packs.lexicon import compile_pattern, stoppers
from policylint.packs.models import Example, Fact
from policylint.packs.strict_yaml import RuleFile
from policylint.packs.vocabulary import Vocabulary

STATUSES = ("holds", "fails")
_AT_LEAST = 2


def load_fact(path: Path, name: str, vocabulary: Vocabulary) -> Fact:
    """Load one fact file; its name is the fact's id. Raises RuleError."""
    file = strict_yaml.read(path, name)
    required = ("id", "title", "holds_when", "limits", "examples")
    keys = file.mapping(file.root, "a fact", required=required, optional=("ignore_with",))
    fact_id = file.string(keys["id"], "id")
    if fact_id != path.stem:
        raise file.error(keys["id"], f"The id '{fact_id}' differs from the file name '{path.stem}'.")
    patterns = file.items(keys["holds_when"], "holds_when", at_least=1)
    return Fact(
        id=fact_id,
        title=file.string(keys["title"], "title"),
        holds_when=tuple(compile_pattern(file, node, vocabulary) for node in patterns),
        ignore_with=stoppers(file, keys["ignore_with"], "ignore_with", vocabulary) if "ignore_with" in keys else (),
        limits=file.string(keys["limits"], "limits"),
        examples=_examples(file, keys["examples"]),
        file=name,
    )


def _examples(file: RuleFile, node: yaml.Node) -> tuple[Example, ...]:
    listed = file.mapping(node, "examples", required=STATUSES, optional=())
    return tuple(
        Example(status, file.string(item, f"a text that shows it {status}"), item.start_mark.line + 1)
        for status in STATUSES
        for item in file.items(listed[status], status, at_least=_AT_LEAST)
    )

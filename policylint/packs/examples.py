"""The examples of a check file: texts with the verdict the check must give them."""

from __future__ import annotations

import yaml

from policylint.packs.models import Example
from policylint.packs.strict_yaml import RuleFile

STATUSES = ("met", "weak", "partial", "missing", "conflict")
"""Verdicts an example can stand for."""
AT_LEAST = 6


def read_examples(file: RuleFile, node: yaml.Node, *, claim: bool = False) -> tuple[Example, ...]:
    """The examples of a check, in order. Raises RuleError when there are too few of them.

    `claim`: the check finds a claim that must not be made, so that it is met or in conflict and nothing else.
    """
    allowed = ("met", "conflict") if claim else STATUSES
    required = ("met", "conflict") if claim else ("met", "missing")
    verdicts = 2 if claim else 3
    examples: list[Example] = []
    for status, listed in file.mapping(node, "examples", required=required, optional=allowed).items():
        at_least = 1 if status in required else 0
        for item in file.items(listed, f"{status} examples", at_least=at_least):
            example = _example(file, item, status)
            first = next((e for e in examples if e.text == example.text and e.requirement == example.requirement), None)
            if first is not None:
                raise file.error(item, f"The same example stands in line {first.line}.", hint="Keep one of them.")
            examples.append(example)
    statuses = {example.status for example in examples}
    if len(examples) < AT_LEAST or len(statuses) < verdicts:
        raise file.error(
            node,
            f"A check needs at least {AT_LEAST} examples over {verdicts} verdicts, "
            f"not {len(examples)} over {len(statuses)}.",
            hint=f"Add examples ({', '.join(allowed)}).",
        )
    return tuple(examples)


def _example(file: RuleFile, node: yaml.Node, status: str) -> Example:
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        return Example(status, file.string(node, f"a {status} example"), line)
    keys = file.mapping(node, f"a {status} example", required=("text",), optional=("elements", "requirement"))
    if "elements" in keys and status == "missing":
        raise file.error(keys["elements"], "A missing example covers no elements.", hint="Leave elements out.")
    return Example(
        status,
        file.string(keys["text"], "text"),
        line,
        elements=file.strings(keys["elements"], "elements") if "elements" in keys else None,
        requirement=file.string(keys["requirement"], "requirement") if "requirement" in keys else None,
    )

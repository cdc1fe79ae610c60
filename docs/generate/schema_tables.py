"""The fields of a JSON report as tables, read from its schema."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def tables(path: Path) -> str:
    """A table in Markdown for each object of a JSON Schema, the outermost first."""
    schema = json.loads(path.read_text(encoding="utf-8"))
    lines: list[str] = []
    for name, node in _objects("the report", schema, schema.get("$defs", {})):
        lines += [f"### {name[0].upper()}{name[1:]}", "", "| key | holds | |", "| --- | --- | --- |"]
        for key, value in node["properties"].items():
            about = value.get("description", "")
            lines.append(f"| `{key}` | {_kind(value)} | {_cell(about)} |")
        lines.append("")
    return "\n".join(lines)


def _objects(name: str, node: dict[str, Any], shared: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    if "properties" in node:
        yield name, node
        for key, value in node["properties"].items():
            yield from _inner(key, value)
    for key, value in shared.items():
        yield from _objects(f"`{key}`", value, {})


def _inner(key: str, node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Objects written out within another one, also as the items of a list."""
    for part in (node, node.get("items", {}), *node.get("anyOf", ())):
        if "properties" in part:
            yield from _objects(f"`{key}`", part, {})


def _kind(node: dict[str, Any]) -> str:
    if "$ref" in node:
        return f"`{node['$ref'].rsplit('/', 1)[-1]}`"
    if "const" in node:
        return f"`{json.dumps(node['const'])}`"
    if "enum" in node:
        return " or ".join(f"`{json.dumps(each)}`" for each in node["enum"])
    if "anyOf" in node:
        return " or ".join(_kind(each) for each in node["anyOf"])
    kind = node.get("type", "any")
    if kind == "array":
        return f"list of {_kind(node.get('items', {}))}"
    return " or ".join(kind) if isinstance(kind, list) else str(kind)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())

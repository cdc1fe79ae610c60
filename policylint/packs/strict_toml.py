"""Strict TOML: a table of a TOML file as the same nodes that `strict_yaml` gives, so that one set of checks serves both.

tomllib tells no positions. They are found by asking it again, statement by statement: a statement is the fewest lines
that it takes for valid TOML. So quoted keys, dotted keys and strings over several lines are tomllib's affair, not ours.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from policylint.errors import RuleError
from policylint.packs.strict_yaml import RuleFile, caret

_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_MOST_LINES = 20_000
"""A longer file is read, but its errors show the file only: looking for lines must not take seconds."""

_Path = tuple[str | int, ...]


def table(data: bytes, name: str, keys: Sequence[str], sha256: str = "") -> RuleFile | None:
    """One table of a TOML file as a mapping of strings, or None when the file has none of that name.

    Args:
        keys: where it stands, e.g. ("tool", "policylint").

    Raises:
        RuleError: the file is not UTF-8 text or not valid TOML, or a table is expected and something else stands there.
    """
    text = _text(data, name)
    value: Any = _loaded(text, name)
    for key in keys:
        if not isinstance(value, Mapping) or key not in value:
            return None
        value = value[key]
    lines = tuple(text.split("\n"))
    places = _places(lines) if len(lines) <= _MOST_LINES else {}
    root = _node(value, tuple(keys), _Marks(name, places, (0, 0)))
    file = RuleFile(name, lines, root if isinstance(root, yaml.MappingNode) else _empty(root), sha256)
    if not isinstance(root, yaml.MappingNode):
        raise file.error(root, f"A table is expected for {'.'.join(keys)}.", hint=f"Write [{'.'.join(keys)}].")
    return file


def _text(data: bytes, name: str) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise RuleError("The file is not UTF-8 text.", file=name, line=line, hint="Save it as UTF-8.") from exc


def _loaded(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as exc:
        place = _PLACE.search(str(exc))
        problem = _PLACE.sub("", str(exc))
        lines = text.split("\n")
        line, column = (
            (int(place[1]), int(place[2])) if place is not None and place[1] else (len(lines), len(lines[-1]) + 1)
        )
        shown = caret(lines[line - 1], column - 1)
        raise RuleError(f"This is not valid TOML: {problem}.", file=name, line=line, excerpt=shown) from None


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where keys stand: path of a key -> line and column, both from 0; `above` where the enclosing thing stands."""

    name: str
    places: Mapping[_Path, tuple[int, int]]
    above: tuple[int, int]

    def at(self, path: _Path) -> yaml.Mark:
        line, column = self.places.get(path, self.above)
        return yaml.Mark(self.name, 0, line, column, None, 0)

    def within(self, path: _Path) -> _Marks:
        return _Marks(self.name, self.places, self.places.get(path, self.above))


def _node(value: Any, path: _Path, marks: _Marks) -> yaml.Node:
    """A TOML value as a node; what is no table and no array becomes the text that YAML would have for it."""
    mark = marks.at(path)
    inner = marks.within(path)
    if isinstance(value, Mapping):
        pairs = [(_scalar(key, inner.at((*path, key))), _node(v, (*path, key), inner)) for key, v in value.items()]
        return yaml.MappingNode("tag:yaml.org,2002:map", pairs, mark, mark)
    if isinstance(value, list):
        items = [_node(item, (*path, at), inner) for at, item in enumerate(value)]
        return yaml.SequenceNode("tag:yaml.org,2002:seq", items, mark, mark)
    if isinstance(value, bool):
        return _scalar("true" if value else "false", mark)
    return _scalar(str(value), mark)


def _scalar(text: str, mark: yaml.Mark) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, mark, mark)


def _empty(node: yaml.Node) -> yaml.MappingNode:
    return yaml.MappingNode("tag:yaml.org,2002:map", [], node.start_mark, node.end_mark)


def _places(lines: Sequence[str]) -> dict[_Path, tuple[int, int]]:
    """Path of each key and table of a valid TOML text -> where it is first written."""
    places: dict[_Path, tuple[int, int]] = {}
    counts: dict[_Path, int] = {}
    head: _Path = ()
    for line, statement, parsed in _statements(lines):
        column = len(statement) - len(statement.lstrip())
        keys, value = _first(parsed)
        if statement.lstrip().startswith("["):
            head = _numbered(keys, counts)
            if isinstance(value, list):
                head = (*head, counts.setdefault(head, 0))
                counts[head[:-1]] += 1
            places.setdefault(head, (line, column))
            continue
        for depth in range(1, len(keys) + 1):
            places.setdefault((*head, *keys[:depth]), (line, column))
    return places


def _numbered(keys: tuple[str, ...], counts: Mapping[_Path, int]) -> _Path:
    """The keys of a header, each array of tables on the way with the number of its last table."""
    path: _Path = ()
    for key in keys[:-1]:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path] - 1)
    return (*path, keys[-1])


def _first(parsed: Mapping[str, Any]) -> tuple[tuple[str, ...], Any]:
    """The keys down to the one that a statement sets, and its value; an inline table with one key reads like a dotted key."""
    keys: list[str] = []
    value: Any = parsed
    while isinstance(value, Mapping) and len(value) == 1:
        key, value = next(iter(value.items()))
        keys.append(key)
    return tuple(keys), value


def _statements(lines: Sequence[str]) -> Iterator[tuple[int, str, Mapping[str, Any]]]:
    """Each statement of a valid TOML text: its first line (from 0), its text, and what it holds."""
    begun, pending = 0, ""
    for number, line in enumerate(lines):
        if not pending:
            begun = number
        pending = f"{pending}\n{line}" if pending else line
        try:
            parsed = tomllib.loads(pending)
        except tomllib.TOMLDecodeError:
            continue  # goes on in the next line
        if parsed:
            yield begun, pending, parsed
        pending = ""

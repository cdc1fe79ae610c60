"""Strict YAML: rule files as nodes that know where they stand, so that every error shows file, line and a caret.

Every scalar is a string ("no" and "on" are words here, "1.0" is not a number). Duplicate and unknown keys, wrong
types, anchors, aliases and tags are errors.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from policylint.errors import RuleError

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Anchors, aliases and tags need one of these; only a file that holds one pays for a second pass.
_SUSPECT = re.compile(r"[&*!]\S")
_WIDTH = 100


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file as read.

    Attributes:
        name: the path to show in errors.
        lines: its physical lines.
        root: its top mapping.
        sha256: of its bytes.
    """

    name: str
    lines: tuple[str, ...]
    root: yaml.MappingNode
    sha256: str

    def error(self, node: yaml.Node, message: str, *, hint: str | None = None, offset: int | None = None) -> RuleError:
        """A RuleError at a node, or at a character offset within a scalar's value."""
        line, column, excerpt = node.start_mark.line, node.start_mark.column, None
        if offset is not None and isinstance(node, yaml.ScalarNode):
            begin = column + (1 if node.style in ("'", '"') else 0)
            if self.lines[line].startswith(node.value, begin):
                column = begin + offset
            else:  # Escapes or a scalar over several lines: the value itself is the clearest thing to point into.
                head, _, _ = node.value[:offset].rpartition("\n")
                start = len(head) + 1 if "\n" in node.value[:offset] else 0
                excerpt = caret(node.value[start:].partition("\n")[0], offset - start)
        shown = excerpt or caret(self.lines[line] if line < len(self.lines) else "", column)
        return RuleError(message, file=self.name, line=line + 1, hint=hint, excerpt=shown)

    def mapping(
        self, node: yaml.Node, what: str, *, required: Iterable[str] = (), optional: Collection[str] | None = None
    ) -> dict[str, yaml.Node]:
        """The values of a mapping by key. With `optional` given, other keys than the named ones are errors."""
        required = tuple(required)
        found: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node, what):
            if key.value in found:
                raise self.error(key, f"The key '{key.value}' stands twice in {what}.", hint="Keep one of them.")
            if optional is not None and key.value not in optional and key.value not in required:
                allowed = sorted({*required, *optional})
                hint = did_you_mean(key.value, allowed) or f"Known keys: {', '.join(allowed)}."
                raise self.error(key, f"Unknown key '{key.value}' in {what}.", hint=hint)
            found[key.value] = value
        for name in required:
            if name not in found:
                raise self.error(node, f"The key '{name}' is missing in {what}.", hint=f"Add '{name}:'.")
        return found

    def pairs(self, node: yaml.Node, what: str) -> list[tuple[yaml.ScalarNode, yaml.Node]]:
        """The keys and values of a mapping as nodes, in order; `mapping` is what refuses duplicates."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"A mapping (key: value) is expected for {what}, not {_kind(node)}.")
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.error(key, f"A key in {what} must be a plain word, not {_kind(key)}.")
        return [(key, value) for key, value in node.value]

    def items(self, node: yaml.Node, what: str, *, at_least: int = 0) -> list[yaml.Node]:
        """The nodes of a list, at least so many."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"A list is expected for {what}, not {_kind(node)}.", hint="Write '- ' items.")
        if len(node.value) < at_least:
            raise self.error(node, f"The list of {what} must hold at least {at_least}, not {len(node.value)}.")
        return list(node.value)

    def string(self, node: yaml.Node, what: str) -> str:
        """The text of a scalar as written; blank text is an error."""
        if not isinstance(node, yaml.ScalarNode):
            raise self.error(
                node, f"Text is expected for {what}, not {_kind(node)}.", hint="Put it in quotes if it holds {} or []."
            )
        if not node.value.strip():
            raise self.error(node, f"The text of {what} is empty.")
        return str(node.value)

    def strings(self, node: yaml.Node, what: str, *, at_least: int = 0) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(self.string(item, what) for item in self.items(node, what, at_least=at_least))

    def one_of(self, node: yaml.Node, what: str, allowed: Collection[str]) -> str:
        """A text that must be one of some words."""
        text = self.string(node, what)
        if text not in allowed:
            raise self.error(node, f"'{text}' is not a known value of {what}.", hint=f"Use one of: {_listed(allowed)}.")
        return text


def read(path: Path, name: str, what: str = "rule file", *, may_be_empty: bool = False) -> RuleFile:
    """Read a rule file, or another file of the same strictness (`what`: the word errors use for it).

    Raises RuleError when it is unreadable, not valid YAML, empty (unless it `may_be_empty`), or not a mapping.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as exc:
        raise RuleError(f"The {what} cannot be read: {exc.strerror or exc}.", file=name) from exc
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise RuleError(f"The {what} is not UTF-8 text.", file=name, line=line, hint="Save it as UTF-8.") from exc
    return parse(text, name, hashlib.sha256(data).hexdigest(), what, may_be_empty=may_be_empty)


def parse(text: str, name: str, sha256: str = "", what: str = "rule file", *, may_be_empty: bool = False) -> RuleFile:
    """The nodes of a rule file's text. Raises RuleError as `read` does."""
    lines = tuple(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    try:
        if _SUSPECT.search(text):
            _refuse_references(text, name, lines, what)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as exc:
        raise _syntax_error(exc, name, lines) from exc
    if root is None and may_be_empty:
        start = yaml.Mark(name, 0, 0, 0, None, 0)
        root = yaml.MappingNode("tag:yaml.org,2002:map", [], start, start)
    if root is None:
        raise RuleError(f"The {what} is empty.", file=name, line=1, hint="Fill it, or delete it.")
    if not isinstance(root, yaml.MappingNode):
        message = f"A {what} holds keys and values at the top, not {_kind(root)}."
        raise RuleError(message, file=name, line=root.start_mark.line + 1, excerpt=caret(lines[0], 0))
    return RuleFile(name, lines, root, sha256)


def iso_date(file: RuleFile, node: yaml.Node, what: str) -> str:
    """A day as YYYY-MM-DD."""
    text = file.string(node, what)
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise file.error(node, f"'{text}' is no date.", hint="Write it as YYYY-MM-DD.")


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The sentence "Did you mean ...?" with the closest known words, or None when none is close."""
    import difflib  # only an error needs it, and loading it is felt in a run that finds everything kept

    close = difflib.get_close_matches(word, sorted(known), n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(repr(c) for c in close)}?" if close else None


def _refuse_references(text: str, name: str, lines: tuple[str, ...], holder: str) -> None:
    for event in yaml.parse(text, Loader=_LOADER):
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor or tag:
            what = "Anchors and aliases are" if anchor else "A tag is"
            assert event.start_mark is not None
            line, column = event.start_mark.line, event.start_mark.column
            raise RuleError(
                f"{what} not allowed in a {holder}.",
                file=name,
                line=line + 1,
                excerpt=caret(lines[line], column),
                hint="Write the text out, in quotes if it begins with &, * or !.",
            )


def _syntax_error(exc: yaml.YAMLError, name: str, lines: tuple[str, ...]) -> RuleError:
    mark = getattr(exc, "problem_mark", None) or getattr(exc, "context_mark", None)
    problem = getattr(exc, "problem", None) or getattr(exc, "reason", None) or "it cannot be parsed"
    context, begun = getattr(exc, "context", None), getattr(exc, "context_mark", None)
    began = f" that begins in line {begun.line + 1}" if begun else ""
    message = "This is not valid YAML: " + (f"{context}{began}, {problem}" if context else problem)
    if mark is None:
        return RuleError(message + ".", file=name, line=1, hint="Remove control characters from the file.")
    # The end of a file without a last line break stands after its last line.
    line, column = (mark.line, mark.column) if mark.line < len(lines) else (len(lines) - 1, len(lines[-1]))
    hint = "Check the indentation, and put text that holds ': ' or '#' or begins with {, [, * or & in quotes."
    return RuleError(message + ".", file=name, line=line + 1, excerpt=caret(lines[line], column), hint=hint)


def caret(line: str, column: int) -> str:
    """A line of a file (the part around the column, where it is long) with a caret under a column, counted from 0."""
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    shown = line[start : start + _WIDTH].rstrip()
    before = line[start:column]
    pad = "".join("\t" if c == "\t" else " " for c in before) + " " * (column - start - len(before))
    return f"  {shown}\n  {pad}^"


def _kind(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    return f"'{node.value}'" if node.value else "nothing"


def _listed(words: Collection[str]) -> str:
    return ", ".join(sorted(words)) if isinstance(words, (set, frozenset)) else ", ".join(words)

"""Every sentence with which policylint refuses something, read from its source: no list that somebody must keep."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "DocumentError": "A document cannot be judged",
    "UsageError": "The command does not fit (exit code 2)",
    "BadParameter": "The command does not fit (exit code 2)",
    "RuleError": "A rule file is not valid (exit code 2)",
    "NotationError": "A pattern or phrase of a rule file is not well formed (exit code 2)",
    "invalid": "A file that policylint wrote is not valid",
}
"""Kind of error -> the heading it stands under."""

# Methods that raise or make an error: its kind, which argument is the sentence, and how the sentence begins.
_METHODS = {
    "fail": ("DocumentError", 0, ""),
    "error": ("RuleError", 1, ""),
    "invalid": ("invalid", 0, "… is not valid: "),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a user meets it, with "…" for what depends on the case.

    Attributes:
        kind: one of `KINDS`.
        text, hint: what is wrong; what to do, or "" where the sentence says it already.
        module: where it is raised, such as "readers/pdf/opening.py".
    """

    kind: str
    text: str
    hint: str
    module: str


def sentences(package: Path) -> list[Sentence]:
    """All of them, each once, by kind and text."""
    found = {s for path in sorted(package.rglob("*.py")) for s in _in_module(path, package)}
    order = list(KINDS)
    return sorted(found, key=lambda s: (order.index(s.kind), s.text, s.hint, s.module))


def table(package: Path) -> str:
    """The sentences in Markdown, a table for each heading."""
    lines: list[str] = []
    for heading in dict.fromkeys(KINDS.values()):
        rows = {(s.text, s.hint): None for s in sentences(package) if KINDS[s.kind] == heading}
        lines += [f"### {heading}", "", "| sentence | what to do |", "| --- | --- |"]
        lines += [f"| {_cell(text)} | {_cell(hint)} |" for text, hint in rows]
        lines.append("")
    return "\n".join(lines)


def _cell(text: str) -> str:
    escaped = "".join(f"\\{char}" if char in "\\`*_{}[]<>#|~$" else char for char in text)
    return " ".join(escaped.split())


def _in_module(path: Path, package: Path) -> Iterator[Sentence]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    constants = dict(_assigned(tree.body))
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        inside = list(ast.walk(function))
        for call in inside:
            if not isinstance(call, ast.Call):
                continue
            kind, at, beginning = _kind(call)
            if kind and len(call.args) > at:
                # Of several texts of one name the one that was given last before it is raised.
                before = sorted((s for s in inside if isinstance(s, ast.Assign) and s.lineno <= call.lineno), key=_line)
                known = constants | dict(_assigned(before))
                hints = [k.value for k in call.keywords if k.arg == "hint"]
                text, hint = _words(call.args[at], known), _words(hints[0], known) if hints else ""
                if any(char.isalpha() for char in text):
                    where = path.relative_to(package).as_posix()
                    yield Sentence(kind, beginning + text, "" if hint == "…" else hint, where)


def _kind(call: ast.Call) -> tuple[str, int, str]:
    """The kind of error that a call makes or raises ("" for none), which argument is the sentence, and its beginning."""
    function = call.func
    if isinstance(function, ast.Attribute) and function.attr in _METHODS:
        return _METHODS[function.attr]
    name = (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )
    return (name if name in KINDS else "", 0, "")


def _line(statement: ast.Assign) -> int:
    return statement.lineno


def _assigned(statements: Sequence[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """The names that texts are given: module constants, and `message = f"..."` before it is raised."""
    for statement in statements:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            yield statement.targets[0].id, statement.value


def _words(node: ast.expr, known: dict[str, ast.expr]) -> str:
    """The text of an expression, with "…" for what is known only when it happens."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(part, known) for part in node.values)
    if isinstance(node, ast.FormattedValue) and isinstance(node.value, ast.Name) and node.value.id.isupper():
        return _words(node.value, known)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return _words(node.left, known) + _words(node.right, known)
    if isinstance(node, ast.Name) and node.id in known and not isinstance(known[node.id], ast.Name):
        return _words(known[node.id], {name: value for name, value in known.items() if name != node.id})
    return "…"

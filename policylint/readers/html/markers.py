"""List labels as a browser shows them: numbers of <ol>, bullets, and what CSS counters put before a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from policylint.readers.html.style import Properties
from policylint.readers.html.tree import Element
from policylint.readers.list_numbers import letters, roman, two_digits, upper

_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimal-leading-zero": two_digits,
    "lower-alpha": letters,
    "lower-latin": letters,
    "upper-alpha": upper(letters),
    "upper-latin": upper(letters),
    "lower-roman": roman,
    "upper-roman": upper(roman),
}
_BULLETS = {"disc": "•", "circle": "◦", "square": "▪", "disclosure-open": "▾", "disclosure-closed": "▸"}
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_WORD = re.compile(r"[a-z][a-z-]*", re.IGNORECASE)
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^'\\]*)'")


@dataclass(slots=True)
class ListState:
    """A list that is open: how it numbers, and the number of its next item."""

    ordered: bool
    style: str
    number: int
    step: int
    level: int


def open_list(element: Element, properties: Properties, level: int) -> ListState:
    """The state of a list at its beginning; `level` is 1 for one that stands in no other."""
    ordered = element.tag == "ol"
    backwards = ordered and element.get("reversed") is not None
    start = _integer(element.get("start"))
    if start is None:
        start = sum(1 for child in element if child.tag == "li") if backwards else 1
    bullet = ("disc", "circle", "square")[min(level, 3) - 1]
    style = _style(properties) or _type(element) or ("decimal" if ordered else bullet)
    return ListState(ordered, style, start, -1 if backwards else 1, level)


def next_label(state: ListState, element: Element, properties: Properties) -> str:
    """The label of an item, "" where it shows none; moves the list on."""
    value = _integer(element.get("value")) if state.ordered else None
    number = state.number if value is None else value
    state.number = number + state.step
    if properties.get("display", "list-item").lower() in ("none", "block", "inline", "inline-block", "flex"):
        return ""
    style = _style(properties) or _type(element) or state.style
    if style == "none":
        return ""
    quoted = _QUOTED.fullmatch(style)
    if quoted is not None:
        return (quoted[1] or quoted[2] or "").strip()
    if style in _BULLETS:
        return _BULLETS[style]
    return f"{_FORMS.get(style, str)(number)}." if state.ordered or style in _FORMS else "•"


def _type(element: Element) -> str:
    said = (element.get("type") or "").strip()
    return _TYPES.get(said) or (said.lower() if said.lower() in _BULLETS or said.lower() == "none" else "")


def _style(properties: Properties) -> str:
    said = properties.get("list-style-type", "")
    if said:
        return said if said[:1] in "\"'" else said.lower()
    words = _WORD.findall(properties.get("list-style", "").lower())
    return next((w for w in words if w in _FORMS or w in _BULLETS or w == "none"), "")


def _integer(text: str | None) -> int | None:
    match = re.match(r"\s*([+-]?\d{1,9})", text or "")
    return int(match[1]) if match else None


class Counters:
    """The counters of CSS that are in scope: each lasts until the parent of the element that made it ends."""

    def __init__(self) -> None:
        self._stacks: dict[str, list[tuple[int, int]]] = {}
        self._made: dict[int, list[str]] = {}

    def start(self, properties: Properties, depth: int) -> None:
        """Do what an element at a depth does to counters."""
        for name, number in _pairs(properties.get("counter-reset", ""), 0):
            self._make(name, number, depth - 1)
        for name, number in _pairs(properties.get("counter-increment", ""), 1):
            if not self._stacks.get(name):
                self._make(name, 0, depth - 1)
            scope, value = self._stacks[name][-1]
            self._stacks[name][-1] = (scope, value + number)

    def end(self, depth: int) -> None:
        """Forget the counters that the children of an element made."""
        for name in self._made.pop(depth, ()):
            self._stacks[name].pop()

    def text(self, content: str) -> str:
        """What a value of `content` shows, "" when it holds no counter."""
        import tinycss2

        out: list[str] = []
        counted = False
        tokens: list[Any] = tinycss2.parse_component_value_list(content)
        for token in tokens:
            if token.type == "string":
                out.append(token.value)
            elif token.type == "function" and token.lower_name in ("counter", "counters"):
                out.append(self._counter(token))
                counted = True
        return "".join(out).strip() if counted else ""

    def _make(self, name: str, number: int, scope: int) -> None:
        stack = self._stacks.setdefault(name, [])
        if stack and stack[-1][0] == scope:
            stack[-1] = (scope, number)
            return
        stack.append((scope, number))
        self._made.setdefault(scope, []).append(name)

    def _counter(self, function: Any) -> str:
        names = [t.value for t in function.arguments if t.type == "ident"]
        between = next((t.value for t in function.arguments if t.type == "string"), "")
        if not names:
            return ""
        form = _FORMS.get(names[1].lower() if len(names) > 1 else "decimal", str)
        values = [value for _, value in self._stacks.get(names[0], [(0, 0)])]
        return (
            between.join(map(form, values)) if function.lower_name == "counters" else form(values[-1] if values else 0)
        )


def _pairs(value: str, default: int) -> list[tuple[str, int]]:
    """The names in a value, each with the number after it: `a 2 b` as [("a", 2), ("b", default)]."""
    out: list[tuple[str, int]] = []
    for word in value.split():
        if re.fullmatch(r"[+-]?\d{1,9}", word) and out:
            out[-1] = (out[-1][0], int(word))
        elif word.lower() not in ("none", "inherit", "initial", "list-item"):
            out.append((word, default))
    return out


def bullet_in(content: str) -> str:
    """The bullet that a `content` of one character is, or ""."""
    match = _QUOTED.fullmatch(content.strip())
    text = (match[1] or match[2] or "").strip() if match else ""
    return text if len(text) == 1 and not text.isalnum() and text not in "\"'“”‘’«»(){}[]/|," else ""

"""A policy read from text, as a word processor would hold it: headings as headings, lists as lists. For bench/conversions.py.

The outline of the text is taken as given: what is measured with it is whether a format's reader brings the same policy back,
not whether the text was understood.
"""

import json
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))

from docx.shared import Inches
from word import Word

from policylint.document import Document, Passage, Section

_LABEL = re.compile(r"(?P<open>\(?)(?P<number>\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})(?P<close>\.|\))")
_DELIMITERS = {("", "."): "Period", ("", ")"): "OneParen", ("(", ")"): "TwoParens"}


@dataclass
class Node:
    """A heading (with its level), item, paragraph, quotation or row (with its cells).

    Attributes:
        label: as printed, with the marks around it ("(a)", "1.", "•"), or "".
        below: what stands in an item under its own text.
    """

    kind: str
    text: str
    label: str = ""
    level: int = 0
    cells: tuple[str, ...] = ()
    below: list["Node"] = field(default_factory=list)


def nodes(document: Document) -> list[Node]:
    """The document's headings and passages in reading order, items with what hangs under them."""
    out: list[Node] = []
    made: dict[int, Node] = {}
    parts: list[Section | Passage] = [*document.sections[1:], *document.passages]
    for part in sorted(parts, key=lambda p: p.spans[0][0]):
        if isinstance(part, Section):
            out.append(Node("heading", part.title, printed(document, part), part.level))
            continue
        node = made[part.index] = Node(part.kind, document.text_of(part.spans), printed(document, part))
        node.cells = tuple(document.text_of((span,)) for span in part.spans)
        holder = _holder(document, part, made)
        (out if holder is None else holder).append(node)
    return out


def _holder(document: Document, passage: Passage, made: dict[int, Node]) -> list[Node] | None:
    """The inside of the item that a passage hangs under; one that hangs under a paragraph stands after it."""
    at = passage.parent
    while at is not None:
        if document.passages[at].kind == "item":
            return made[at].below
        at = document.passages[at].parent
    return None


def printed(document: Document, part: Section | Passage) -> str:
    """The label with the marks that the text has around it; converters' bullets before it are dropped."""
    if not part.label or not part.spans:
        return part.label
    start = part.spans[0][0]
    line = document.text[max(0, start - 60) : start].rpartition("\n")[2]
    at = -1 if _bullet(part.label) else line.find(part.label)
    if at == -1:
        return part.label if _bullet(part.label) else f"{part.label}."
    opening = "(" if line[at - 1 : at] == "(" else ""
    after = re.match(r"[.):]*", line[at + len(part.label) :])
    return opening + part.label + (after.group() if after else "")


# -- for pandoc -------------------------------------------------------------------------------------------------------


def pandoc_json(found: Sequence[Node]) -> str:
    """The document as pandoc's own tree."""
    return json.dumps({"pandoc-api-version": [1, 22], "meta": {}, "blocks": _blocks(found)})


def _blocks(found: Sequence[Node]) -> list[Any]:
    out: list[Any] = []
    for kind, run in groupby(found, key=lambda n: n.kind):
        group = list(run)
        if kind == "row":
            out.append(_table([n.cells for n in group]))
        elif kind == "item":
            out.extend(_lists(group))
        else:
            out.extend(_block(node) for node in group)
    return out


def _block(node: Node) -> Any:
    words = _inlines(f"{node.label} {node.text}".strip())
    if node.kind == "heading":
        return {"t": "Header", "c": [min(node.level, 6), ["", [], []], words]}
    block = {"t": "Para", "c": words}
    return {"t": "BlockQuote", "c": [block]} if node.kind == "quote" else block


def _inlines(text: str) -> list[Any]:
    out: list[Any] = []
    for word in text.split():
        out += [{"t": "Space"}, {"t": "Str", "c": word}]
    return out[1:]


def _lists(items: Sequence[Node]) -> Iterator[Any]:
    """Neighbouring items as lists; one whose number no list can count ("1.1", "617.2(a)") is a paragraph with it."""
    at = 0
    while at < len(items):
        if _bullet(items[at].label):
            end = _end(items, at, lambda i: _bullet(items[i].label))
            yield {"t": "BulletList", "c": [_inside(n) for n in items[at:end]]}
        elif (kind := _kind(items[at].label)) is not None:
            first, style, delimiter = kind
            end = _end(items, at, lambda i, k=kind, a=at: _counts(items[i].label, k, i - a))
            attributes = [first, {"t": style}, {"t": delimiter}]
            yield {"t": "OrderedList", "c": [attributes, [_inside(n) for n in items[at:end]]]}
        else:
            end = at + 1
            yield _block(items[at])
            yield from _blocks(items[at].below)
        at = end


def _bullet(label: str) -> bool:
    """Whether a label only marks its item; the "o" of typewriter fonts does, and so does none at all."""
    return label == "o" or not any(c.isalnum() for c in label)


def _end(items: Sequence[Node], at: int, goes_on: Any) -> int:
    end = at + 1
    while end < len(items) and goes_on(end):
        end += 1
    return end


def _inside(node: Node) -> list[Any]:
    return [{"t": "Para", "c": _inlines(node.text)}, *_blocks(node.below)]


def _kind(label: str) -> tuple[int, str, str] | None:
    """First number, style and delimiter of the list that begins with a label."""
    match = _LABEL.fullmatch(label)
    if match is None or (match["open"], match["close"]) not in _DELIMITERS:
        return None
    number, delimiter = match["number"], _DELIMITERS[match["open"], match["close"]]
    if number.isdigit():
        return int(number), "Decimal", delimiter
    case = "Upper" if number.isupper() else "Lower"
    if number.lower() == "i":
        return 1, f"{case}Roman", delimiter
    return (ord(number.lower()) - 96, f"{case}Alpha", delimiter) if len(number) == 1 else None


def _counts(label: str, kind: tuple[int, str, str], by: int) -> bool:
    """Whether a label is the one that a list shows `by` items after its first."""
    match = _LABEL.fullmatch(label)
    if match is None or _DELIMITERS.get((match["open"], match["close"])) != kind[2]:
        return False
    return match["number"] == _shown(kind[0] + by, kind[1])


def _shown(number: int, style: str) -> str:
    if style == "Decimal":
        return str(number)
    roman = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
    text = (roman[number] if number < len(roman) else "?") if style.endswith("Roman") else chr(96 + number)
    return text.upper() if style.startswith("Upper") else text


def _table(rows: Sequence[tuple[str, ...]]) -> Any:
    width = max(map(len, rows))
    none: list[Any] = ["", [], []]

    def row(cells: tuple[str, ...]) -> Any:
        full = (*cells, *[""] * (width - len(cells)))
        return [none, [[none, {"t": "AlignDefault"}, 1, 1, [{"t": "Plain", "c": _inlines(c)}]] for c in full]]

    columns = [[{"t": "AlignDefault"}, {"t": "ColWidth", "c": round(0.95 / width, 3)}]] * width
    body = [none, 0, [], [row(r) for r in rows[1:]]]
    return {"t": "Table", "c": [none, [None, []], columns, [none, [row(rows[0])]], [body], [none, []]]}


# -- paragraphs as they stand -----------------------------------------------------------------------------------------


def write_plain(found: Iterable[Node], path: Path) -> None:
    """A Word file of nothing but paragraphs: numbers and bullets typed, set in by hand, headings known by their wording alone."""
    word = Word()
    for node, depth in _flat(found, 0):
        text = "\t".join(node.cells) if node.kind == "row" else f"{node.label} {node.text}".strip()
        paragraph = word.add(text.replace("**", ""))
        if depth or node.kind == "quote":
            paragraph.paragraph_format.left_indent = Inches(0.3 * depth or 0.5)
    word.save(path)


def _flat(found: Iterable[Node], depth: int) -> Iterator[tuple[Node, int]]:
    """All nodes in order, each with the number of items around it."""
    for node in found:
        yield node, depth
        yield from _flat(node.below, depth + 1)

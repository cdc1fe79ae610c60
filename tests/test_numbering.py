"""Labels and levels over the numbering set: Word and PDF files with the schemes that agencies use.

The files and what their pages show are made by fixtures/numbering/make.py. A heading is right when its label and its depth
are, an item when its label is. `python -m pytest tests/test_numbering.py -s` prints the table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from policylint.document import Document
from policylint.outline import build
from policylint.readers import read_bytes

SET = Path(__file__).resolve().parents[1] / "fixtures" / "numbering"
FLOOR = 0.97


@dataclass(frozen=True)
class Row:
    """A heading or item: of a truth, or as read."""

    kind: str
    level: int
    label: str
    words: str


@dataclass(frozen=True)
class Score:
    """How a file was read. `nested` counts items whose depth among items is right, too."""

    name: str
    headings: int
    headings_right: int
    items: int
    items_right: int
    nested: int
    wrong: tuple[str, ...]


def plain(label: str) -> str:
    """A label without the marks around it, all bullets alike: "(a)" and "a." are "a", "617.2(a)" stays, "1.0" is "1.0"."""
    if label and not any(c.isalnum() for c in label):
        return "•"
    label = " ".join(label.split()).rstrip(".:")
    if "(" not in label[1:]:
        label = label.strip("().")
    return "•" if label == "o" else label.lower()


def truth(name: str) -> list[Row]:
    with (SET / f"{name}.tsv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))
    return [Row(r["kind"], int(r["level"]), r["label"], r["words"]) for r in rows]


def as_read(document: Document) -> Iterator[tuple[int, Row]]:
    """Headings and items with where they begin; sections' levels as in the tree."""
    for section in document.sections[1:]:
        yield section.spans[0][0], Row("heading", section.level, section.label, section.title)
    for passage in document.passages:
        depth, at = 1, passage
        while at.parent is not None:
            at = document.passages[at.parent]
            depth += at.kind == "item"
        kind = "item" if passage.kind == "item" or (passage.kind == "row" and passage.label) else passage.kind
        yield passage.spans[0][0], Row(kind, depth, passage.label, document.text_of(passage.spans))


def match(name: str) -> Iterator[tuple[Row, Row | None]]:
    """Each heading and item of a truth with what was read of it, in order."""
    path = SET / name
    document = build(read_bytes(path.read_bytes(), name), name, "")
    wanted = [row for row in truth(name) if row.kind != "title"]
    found = [row for _, row in sorted(as_read(document), key=lambda pair: pair[0])]
    first = next((i for i, row in enumerate(found) if same_words(wanted[0], row)), 0)
    # What stands before the first heading is the document's title: levels are counted from below it.
    above = min((row.level for row in found[first:] if row.kind == "heading"), default=1) - 1 if first else 0
    at = first
    for row in wanted:
        here = next((i for i in range(at, len(found)) if same_words(row, found[i])), None)
        if here is None:
            yield row, None
            continue
        at = here + 1
        seen = found[here]
        yield row, Row(seen.kind, seen.level - above if seen.kind == "heading" else seen.level, seen.label, seen.words)


def same_words(wanted: Row, seen: Row) -> bool:
    fold = lambda text: " ".join(text.lower().replace("’", "'").split())  # noqa: E731 - one line, used here only
    return fold(seen.words).startswith(fold(wanted.words).rstrip(".:;,"))


@cache
def score(name: str) -> Score:
    headings = headings_right = items = items_right = nested = 0
    wrong = []
    for row, seen in match(name):
        right = seen is not None and seen.kind == row.kind and plain(seen.label) == plain(row.label)
        if row.kind == "heading":
            headings += 1
            right = right and seen is not None and seen.level == row.level
            headings_right += right
        else:
            items += 1
            items_right += right
            nested += right and seen is not None and seen.level == row.level
        if not right:
            got = f"{seen.kind} {seen.level} {seen.label!r}" if seen else "not found"
            wrong.append(f"{name}: {row.kind} {row.level} {row.label!r} {row.words!r}: {got}")
    return Score(name, headings, headings_right, items, items_right, nested, tuple(wrong))


def names() -> list[str]:
    return sorted(path.name.removesuffix(".tsv") for path in SET.glob("*.tsv"))


def table(scores: list[Score]) -> str:
    head = f"{'file':22} headings   items      nested     right"
    return "\n".join([head, *map(line, scores), line(total(scores))])


def line(s: Score) -> str:
    share = (s.headings_right + s.items_right) / (s.headings + s.items)
    columns = ((s.headings_right, s.headings), (s.items_right, s.items), (s.nested, s.items))
    return f"{s.name:22} " + "".join(f"{f'{a}/{b}':11}" for a, b in columns) + f"{share:.3f}"


def total(scores: list[Score]) -> Score:
    sums = [
        sum(getattr(s, n) for s in scores) for n in ("headings", "headings_right", "items", "items_right", "nested")
    ]
    return Score("all", *sums, tuple(w for s in scores for w in s.wrong))


def test_the_set_is_what_was_promised() -> None:
    assert sum(name.endswith(".docx") for name in names()) >= 7
    assert sum(name.endswith(".pdf") for name in names()) >= 5
    for name in names():
        assert len([row for row in truth(name) if row.kind != "title"]) >= 9, name


def test_labels_and_levels_are_right() -> None:
    scores = [score(name) for name in names()]
    everything = total(scores)
    print(f"\n{table(scores)}\n" + "\n".join(everything.wrong))  # noqa: T201 - asked for with -s
    right = everything.headings_right + everything.items_right
    assert right >= FLOOR * (everything.headings + everything.items), "\n".join(everything.wrong)

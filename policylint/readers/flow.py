"""Running text on its way into a `Composer`: line breaks inside a paragraph, text that is out, left-out text beside it.

What the readers of word processors' formats and of web pages share.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from policylint.document import Block, Source
from policylint.readers.compose import Composer, Run

_OPEN = re.compile(r"[^.:;!?\s][\"'”’)\]]*\s*$")
"""The end of a line after which a sentence may go on."""
_BULLET = re.compile(r"[^\w\s•‣⁃◦∙●○◉▪▫■□►▸➢➤→❖◆◇★☆✓✔☐☑*–—-]|[oØü]|[\ue000-\uf8ff]")
"""A lone label that is a bullet of some font of symbols, and not one that is known as such by itself."""
CELL_LABEL = re.compile(
    r"(?:\(?[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}[.)]*|\(?[A-Za-z][.)]{1,2}|\(?[ivxlIVXL]{1,5}[.)]{1,2}|[•◦▪·■●○-])"
)
"""The text of a cell that is but the label of what stands beside it."""
_COLUMNS = re.compile(r"(?:\(?[\w.]{1,8}[.)]?\s+)??\S{3,}(?: \S+)*(?: {3,}|\t+ ?)\S")
_RULED = re.compile(r"[-–—_=|+ \t]{5,}")
"""A line of a table drawn with spaces or tabs, a label before its first cell allowed; and a rule between its rows."""
_TAB = 4
_LEAST = 45
"""Characters of a line that may have been broken because it was full."""
_WIDEST = 160
"""Characters above which a paragraph is no line of a text."""


def add(composer: Composer, runs: Sequence[Run], *, kind: str, label: str = "", gap: int = 0, **hints: Any) -> None:
    """Add a paragraph whose runs may hold line breaks ("\\n").

    A break inside a sentence is a space. Any other parts the paragraph into lines, which the outline joins or keeps apart as
    it does those of a plain text.
    """
    broken = any("\n" in text for text, _ in runs)
    lines = _mended(_lines(runs)) if broken else [_merged(runs)] if runs else []
    if not lines:
        return
    if len(lines) == 1 or kind in ("heading", "row"):
        whole = [run for at, line in enumerate(lines) for run in ([(" ", False)] if at else []) + line]
        composer.add(whole, kind=kind, label=label, gap=gap, between=_between(gap), **hints)
        return
    first = "line" if kind == "paragraph" and not label else kind
    composer.add(lines[0], kind=first, label=label, gap=gap, between=_between(gap), **hints)
    hints["level"] = 0
    blank = 0
    for line in lines[1:]:
        if not line:
            blank += 1
            continue
        composer.add(
            line, kind="line" if kind in ("paragraph", "item") else kind, gap=blank, between="\n" * (blank + 1), **hints
        )
        blank = 0


def add_lines(composer: Composer, runs: Sequence[Run], *, gap: int = 0, indent: int = 0, **hints: Any) -> None:
    """Add text whose lines stand as they are: each a block, with the white space before it as its indent."""
    blank = gap
    for line in _lines(runs):
        if not line:
            blank += 1
            continue
        text = "".join(text for text, _ in line)
        white = len(text) - len(text.lstrip())
        columns = indent + len(text[:white].expandtabs(_TAB))
        composer.add(line, kind="line", gap=blank, indent=columns, between="\n" * (blank + 1), **hints)
        blank = 0


def add_row(composer: Composer, cells: Sequence[Sequence[Run]], out: str, indent: int) -> None:
    """Add a row; one whose first cell is but a label is an item, one of a single cell a paragraph."""
    filled = [cell for cell in cells if any(text.strip() for text, _ in cell)]
    label = "".join(text for text, _ in filled[0]).strip() if filled else ""
    if len(filled) == 2 and CELL_LABEL.fullmatch(label) and not out:
        composer.add(filled[1], kind="item", label=label, indent=indent, between="\n")
        return
    kind = "row" if len(filled) > 1 else "paragraph"
    composer.row([_folded(cell) for cell in filled], kind=kind, left_out=out, between="\n")


def _folded(cell: Sequence[Run]) -> list[Run]:
    return [(text.replace("\n", " "), bold) for text, bold in cell]


def _between(gap: int) -> str:
    return "\n" if gap == 0 else "\n\n"


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs cut at line breaks; an empty line is an empty list, none at either end."""
    out: list[list[Run]] = [[]]
    for text, bold in _merged(tuple(runs)):
        for at, piece in enumerate(text.split("\n")):
            if at:
                out.append([])
            if piece:
                out[-1].append((piece, bold))
    cleaned = [line if any(text.strip() for text, _ in line) else [] for line in out]
    while cleaned and not cleaned[0]:
        del cleaned[0]
    while cleaned and not cleaned[-1]:
        del cleaned[-1]
    return cleaned


def _mended(lines: list[list[Run]]) -> list[list[Run]]:
    """Lines of which none begins in the middle of a sentence."""
    out: list[list[Run]] = []
    tail = ""
    for line in lines:
        text = "".join(text for text, _ in line)
        here = text.lstrip()
        if out and out[-1] and here[:1].islower() and _OPEN.search(tail) and not _label_like(here):
            out[-1].append((" ", False))
            out[-1].extend(line)
        else:
            out.append(line)
        tail = text[-40:]
    return [_merged(line) for line in out]


def _merged(runs: Sequence[Run]) -> list[Run]:
    """Runs of which neighbours differ in weight; in time linear in their text, however many there are."""
    return [
        ("".join(text for text, _ in group), bold) for bold, group in itertools.groupby(runs, key=lambda run: run[1])
    ]


def _label_like(text: str) -> bool:
    return re.match(r"(?:[a-z]{1,4}[.)]|o)\s", text) is not None


def bullet(text: str) -> str:
    """A list label as it is to be printed: a mark of a symbol font ("§", "o", private use) becomes a bullet."""
    label = " ".join(text.split())
    return "•" if len(label) == 1 and _BULLET.fullmatch(label) else label


def relined(source: Source) -> Source:
    """The source with its paragraphs as lines, when they are the lines of a text that was broken before it was saved.

    Tables drawn with spaces or tabs are lines in any case.

    A text file opened in a word processor has one paragraph a line. It shows in sentences that go on, in small letters, in
    the paragraph after; a document made of paragraphs has next to none of those.
    """
    body = [at for at, block in enumerate(source.blocks) if not block.left_out]
    broken = pairs = 0
    for first, second in itertools.pairwise(body):
        one, two = source.blocks[first], source.blocks[second]
        if one.kind != "paragraph" or two.kind != "paragraph" or two.label:
            continue
        pairs += 1
        broken += _goes_on(source.text, one, two)
    long = sum(b.kind == "paragraph" and b.spans[-1][1] - b.spans[0][0] > _WIDEST for b in source.blocks)
    # Where no paragraph is longer than a line, fewer signs do.
    every = broken >= 3 and broken * (8 if long * 50 > pairs else 25) >= pairs
    drawn = _drawn(source, body)
    # A paragraph's own distance is no blank line where paragraphs are lines.
    blocks = [
        replace(b, kind="line", gap=max(b.gap - 1, 0)) if _plain(b) and (every or at in drawn) else b
        for at, b in enumerate(source.blocks)
    ]
    return replace(source, blocks=tuple(blocks))


def _plain(block: Block) -> bool:
    return block.kind == "paragraph" and not block.label and not block.left_out


def _drawn(source: Source, body: Sequence[int]) -> set[int]:
    """Paragraphs that stand one after the other as the rows of a table drawn with white space."""
    found: set[int] = set()
    run: list[int] = []
    texts = {at: source.text[source.blocks[at].spans[0][0] : source.blocks[at].spans[-1][1]] for at in body}
    for at in [*body, None]:
        text = texts[at] if at is not None else ""
        if at is not None and _plain(source.blocks[at]) and len(text) <= _WIDEST and _in_table(text):
            run.append(at)
            continue
        if sum(_RULED.fullmatch(texts[i]) is None for i in run) > 2:
            found.update(run)
        run = []
    return found


def _in_table(text: str) -> bool:
    return _COLUMNS.match(text) is not None or _RULED.fullmatch(text) is not None


def _goes_on(text: str, one: Block, two: Block) -> bool:
    end = one.spans[-1][1]
    start = two.spans[0][0]
    if two.gap > 3 or end - one.spans[0][0] < _LEAST:
        return False
    return text[start : start + 1].islower() and _OPEN.search(text[end - 40 : end]) is not None


class Notes:
    """What was met on the way and must be told, counted."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def met(self, sentence: str) -> None:
        """Count one more of a kind; `sentence` holds "{count} {times}" or "{count} {pieces}" where the number is to stand."""
        self._counts[sentence] += 1

    def sentences(self) -> tuple[str, ...]:
        """One sentence for each kind, in the order first met."""
        return tuple(
            s.format(count=n, times="time" if n == 1 else "times", pieces="piece" if n == 1 else "pieces")
            for s, n in self._counts.items()
        )

"""Page furniture: running heads and feet, page numbers, copyright lines. Left out of the passages, never unnoticed."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from policylint.document import Block
from policylint.outline.labels import parse
from policylint.outline.lines import KNOWN, SMALL, finished, is_title, starts_small, stopped, words

_MAX = 140
_HEAD = 8
"""Blocks at the start of a document that may hold its title."""
_DIGITS = re.compile(r"\d+")
_PAGE = re.compile(
    r"(?:page|pg\.?|p\.)\s*#(?:\s*(?:of|/)\s*#)?|[-–—]\s*#\s*[-–—]|#\s*\|\s*page|page\s*\|\s*#|# of #", re.IGNORECASE
)
_PAGE_PART = re.compile(r"\bpage\s*#(?:\s*of\s*#)?\b|#\s*\|\s*page\b", re.IGNORECASE)
_NUMBERED_PAGE = re.compile(r".*#.*\bpage\s*#\s*(?:of|/)\s*#", re.IGNORECASE)
"""As in "Policy 1.42   Page 1 of 4": of an order's number and a page's is no sentence made, and no title."""
_CONTENTS = re.compile(r".{3,100}?(?:\.{4,}|(?:\s\.){4,}|…{2,})\s*\d{1,3}")
_MARGIN = re.compile(r"(?:best practice|agency content|discretionary|state|federal)(?: modified)?", re.IGNORECASE)
_COPYRIGHT = re.compile(r"copyright\b|©|\ball rights reserved\b|\blexipol\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Furniture:
    """What was left out: positions of blocks, and a sentence for each distinct line."""

    blocks: frozenset[int]
    notes: tuple[str, ...]


def find(text: str, blocks: Sequence[Block]) -> Furniture:
    """Find the lines that belong to pages, not to the policy. Linear in the number of blocks."""
    lines = [_folded(text, b) for b in blocks]
    # In a key "#" stands for a number; one that is printed must not pass for it.
    keys = [_DIGITS.sub("#", line.lower().replace("#", "♯")) if line else "" for line in lines]
    places: dict[str, list[int]] = defaultdict(list)
    for at, key in enumerate(keys):
        if key:
            places[key].append(at)
    contents = {at for at, line in enumerate(lines) if _may_lead(line) and _CONTENTS.fullmatch(line)}
    certain = (
        contents
        | _margin_tags(lines)
        | {at for key, found in places.items() if _surely(key, found, lines) for at in found}
    )
    same: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        if line:
            same[line.lower()].append(at)
    proven = _proven(text, blocks, lines, same, certain)
    out: set[int] = set(certain)
    for line in proven:
        out.update(same[line])
    out -= {found[0] for line in proven if (found := same[line])[0] < _HEAD and found[0] not in certain}
    return Furniture(frozenset(out), _notes(lines, keys, sorted(out - contents)) + _contents_note(len(contents)))


def _may_lead(line: str) -> bool:
    """Whether a line ends in a figure, as a line of a table of contents does: the pattern of one takes long on all others."""
    return line[-1:].isdecimal()


def _margin_tags(lines: Sequence[str]) -> set[int]:
    """Marks that manual vendors set beside each section to say where its text comes from."""
    found = {at for at, line in enumerate(lines) if _MARGIN.fullmatch(line)}
    return found if len(found) > 1 else set()


def _contents_note(count: int) -> tuple[str, ...]:
    return (f"Left out a table of contents ({count} lines).",) if count else ()


def _folded(text: str, block: Block) -> str:
    """The line folded, or "" when it cannot be furniture."""
    if block.kind not in ("line", "paragraph", "heading") or sum(b - a for a, b in block.spans) > _MAX:
        return ""
    return " ".join("".join(text[a:b] for a, b in block.spans).split())


def _surely(key: str, found: Sequence[int], lines: Sequence[str]) -> bool:
    """Page numbers, and repeated lines that hold one or a copyright mark."""
    if len(found) > 1 and _COPYRIGHT.search(key):
        return True
    if "#" not in key:
        return False
    if _PAGE.fullmatch(key):
        return True
    if key == "#":
        return _counts_up([int(lines[at]) for at in found])
    if _NUMBERED_PAGE.fullmatch(key) and is_title(lines[found[0]]):
        return True
    return len(found) > 1 and (_PAGE_PART.search(key) is not None or _ends_counting(key, found, lines))


def _ends_counting(key: str, found: Sequence[int], lines: Sequence[str]) -> bool:
    """As in "Peer Support Program - 3": the number at the end grows by one from page to page, the rest stays."""
    if not re.search(r"(?:^#\s|[-–—|]\s*#$|\s#$)", key) or parse(lines[found[0]]) is not None:
        return False
    numbers = [_DIGITS.findall(lines[at]) for at in found]
    varying = [i for i in range(len(numbers[0])) if len({n[i] for n in numbers}) > 1]
    return len(varying) == 1 and _counts_up([int(n[varying[0]]) for n in numbers])


def _counts_up(numbers: Sequence[int]) -> bool:
    return len(numbers) > 1 and all(0 < b - a <= 2 for a, b in itertools.pairwise(numbers))


def _proven(
    text: str, blocks: Sequence[Block], lines: Sequence[str], same: dict[str, list[int]], certain: set[int]
) -> set[str]:
    """Repeated lines that break a sentence, border on a page number, or repeat the document's title."""
    repeated = {k for k, found in same.items() if len(found) > 1 and _may_repeat(lines[found[0]])}
    seen: Counter[str] = Counter()
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and (end in certain or lines[end].lower() in repeated):
            end += 1
        if end > at and _breaks_page(text, blocks, at, end, certain):
            seen.update(k for i in range(at, end) if (k := lines[i].lower()) in repeated)
        at = max(end, at + 1)
    # Where the edges of pages are known, a line that seldom stands there is a heading that many policies share.
    share = 2 if any(block.page is not None for block in blocks[:1]) else len(lines)
    proven = {k for k, count in seen.items() if count * share >= len(same[k])}
    head = next((i for i, line in enumerate(lines[:_HEAD]) if not _may_be_title(line)), _HEAD)
    titles = {k for k in repeated if same[k][0] < head and len(same[k]) > 2}
    return proven | titles


def _may_be_title(line: str) -> bool:
    return 0 < len(line) < 80 and parse(line) is None and not stopped(line) and is_title(line)


def _may_repeat(line: str) -> bool:
    if starts_small(line) or line.endswith((".", ";", ",", ":")) or not any(c.isalnum() for c in line):
        return False
    if all(word.lower() in KNOWN or word.lower() in SMALL for word in words(line)):
        return False  # "Purpose and Scope": each policy of a manual has it
    label = parse(line)
    return label is None or not label.sure or label.decimal


def _breaks_page(text: str, blocks: Sequence[Block], at: int, end: int, certain: set[int]) -> bool:
    """Whether a run of repeated lines stands at the edge of a page or inside a sentence."""
    if any(i in certain for i in range(at, end)):
        return True
    before, after = at - 1, end
    if before < 0 or after >= len(blocks):
        return False
    if blocks[before].page != blocks[after].page:
        return True
    last = blocks[before].spans[-1][1]
    first = blocks[after].spans[0][0]
    set_off = blocks[at].gap > 0 or blocks[after].gap > 0
    return set_off and starts_small(text[first : first + 5]) and not finished(text[max(0, last - 20) : last])


def _notes(lines: Sequence[str], keys: Sequence[str], left_out: Sequence[int]) -> tuple[str, ...]:
    counts: dict[str, list[int]] = defaultdict(list)
    for at in left_out:
        counts[keys[at]].append(at)
    return tuple(
        f"Left out as page furniture ({len(found)} {'time' if len(found) == 1 else 'times'}): “{lines[found[0]]}”."
        for found in counts.values()
    )

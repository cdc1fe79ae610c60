"""Running headers, footers and page numbers: rows at the edge of pages that come again on other pages at the same height."""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from policylint.readers.pdf.values import Row

_EDGE = 8
"""Rows from the top and from the bottom of a page that may belong to its margin."""
_TOP, _FOOT = 0.22, 0.80
"""Share of the page's height within which they must stand."""
_HEIGHT = 4.0
"""Points by which the same row may differ in height from page to page."""
_VERY_EDGE, _SMALL = 0.08, 0.9
"""Share of the page's height, and of the usual size, within which a line of a single page is no part of its text."""
_NAME = 12
"""Words of a chapter's name at most; a longer row is text."""
_DIGITS = re.compile(r"\d+")
_APART = 2.5
"""Of the font size: the gap between parts of a row that say different things."""
_TITLE = re.compile(r"^(?!.*\bpage\b).*[^\W\d_]{4}", re.IGNORECASE)
_LARGER = 1.15
"""Times the size of most lines from which a line near the top is a title."""
_NUMBER = re.compile(
    r"(?i:page|pg\.?|p\.)?\s*[-–—|•]?\s*#(?:\s*(?i:of|/|-|–)\s*#)?\s*[-–—|•]?(?i:\s*page)?\.?|[-–—]?\s*[ivxlc]{1,6}\s*[-–—]?"
)


_Seen = tuple[int, float, tuple[int, ...]]
"""Where a row was met: page, height, and the numbers in it."""


@dataclass(frozen=True, slots=True)
class Margins:
    """Which rows of a page are in its margins: row index -> why."""

    why: dict[int, str]


def margins(pages: Sequence[Sequence[Row]], heights: Sequence[float]) -> list[Margins]:
    """The margins of every page; on one page alone, small print at its very edge."""
    top = _side(pages, heights, head=True)
    foot = _side(pages, heights, head=False)
    found = [Margins({**foot[at], **top[at]}) for at in range(len(pages))]
    bare = sum(bool(rows) and len(margin.why) == len(rows) for rows, margin in zip(pages, found, strict=True))
    # Where most pages would be nothing but margin, what comes again on each is the text: slides, forms, slips.
    return found if 2 * bare <= sum(map(bool, pages)) else [Margins({}) for _ in pages]


def _side(pages: Sequence[Sequence[Row]], heights: Sequence[float], *, head: bool) -> list[dict[int, str]]:
    edges = [_edge(rows, height, head=head) for rows, height in zip(pages, heights, strict=True)]
    looks = [
        {at: _look(rows[at], page, height, head=head) for at in edge}
        for page, (rows, edge, height) in enumerate(zip(pages, edges, heights, strict=True))
    ]
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for keys, where in (look for on_page in looks for look in on_page.values()):
        for key in keys:
            seen[key].append(where)
    out: list[dict[int, str]] = []
    alone = len(pages) == 1
    for page, (rows, edge) in enumerate(zip(pages, edges, strict=True)):
        count = 0
        for place, at in enumerate(edge):
            if _again(*looks[page][at], seen) or (
                place < 2
                and _alone(rows, at, head=head)
                and (_is_number(rows[at].text) or (alone and _small_print(rows, at, heights[page], head=head)))
            ):
                count = place + 1  # what stands between two running rows runs, too: the name of a chapter
            elif place > count or len(rows[at].words) > _NAME:
                break
        out.append({at: _why(rows[at].text, head=head) for at in edge[:count]})
    return out


def _edge(rows: Sequence[Row], height: float, *, head: bool) -> list[int]:
    """The rows that may be a page's margin, from the edge inward."""
    order = range(len(rows)) if head else range(len(rows) - 1, -1, -1)
    within = (at for at in order if (rows[at].y1 < _TOP * height if head else rows[at].y0 > _FOOT * height))
    return list(itertools.islice(within, _EDGE))


def _height(row: Row, height: float, *, head: bool) -> float:
    return row.base if head else height - row.base


def _keys(row: Row) -> list[str]:
    """What must come again for a row to be running: its words with figures as "#", or one of its parts set far apart."""
    keys, parts = [_folded(row.text)], _parts(row)
    if len(parts) > 1:
        keys += [key for part in parts if sum(map(str.isalpha, key := _folded(" ".join(part)))) > 3]
    return keys


def _parts(row: Row) -> list[list[str]]:
    """The words of a row, parted where they stand far apart."""
    parts: list[list[str]] = [[]]
    for at, word in enumerate(row.words):
        if at and word.x0 - row.words[at - 1].x1 > _APART * word.size:
            parts.append([])
        parts[-1].append(word.text)
    return parts


def _folded(text: str) -> str:
    return _DIGITS.sub("#", " ".join(text.lower().split()))


def _look(row: Row, page: int, height: float, *, head: bool) -> tuple[list[str], _Seen]:
    """What must come again for a row to be running, and where it was met."""
    return _keys(row), (page, _height(row, height, head=head), _numbers(row))


def _again(keys: Sequence[str], where: _Seen, seen: dict[str, list[_Seen]]) -> bool:
    page, place, numbers = where
    for at, key in enumerate(keys):
        needed = 1 if at == 0 else 2
        others = (
            other
            for other, height, found in seen[key]
            if other != page and abs(height - place) < _HEIGHT and _same_numbers(numbers, page, found, other)
        )
        if len(list(itertools.islice(others, needed))) == needed:
            return True
    return False


def _numbers(row: Row) -> tuple[int, ...]:
    return tuple(int(n[:9]) for n in _DIGITS.findall(row.text))


def _same_numbers(here: tuple[int, ...], page: int, there: tuple[int, ...], other: int) -> bool:
    """Whether what differs between two rows is at most the number of the page; chapters that begin on new pages differ else."""
    if here == there or len(here) != len(there):
        return True
    differ = [(a, b) for a, b in zip(here, there, strict=True) if a != b]
    return all(a - b == page - other for a, b in differ)


def _alone(rows: Sequence[Row], at: int, *, head: bool) -> bool:
    """Whether a row keeps more than a line's distance from the text."""
    inward = at + 1 if head else at - 1
    if not 0 <= inward < len(rows):
        return True
    gap = rows[inward].y0 - rows[at].y1 if head else rows[at].y0 - rows[inward].y1
    return gap > 0.8 * rows[at].words[0].size


def _small_print(rows: Sequence[Row], at: int, height: float, *, head: bool) -> bool:
    """Whether a row stands at the very edge of a page in smaller type than its text or in parts, and is no sentence."""
    row = rows[at]
    usual = statistics.median(other.words[0].size for other in rows)
    edge = row.y1 < _VERY_EDGE * height if head else row.y0 > (1 - _VERY_EDGE) * height
    small = all(w.size < _SMALL * usual for w in row.words) or len(_parts(row)) > 1
    return edge and small and not row.text.endswith((".", ";", ":"))


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(_DIGITS.sub("#", text.strip())) is not None


def _why(text: str, *, head: bool) -> str:
    return "page number" if _is_number(text) else "running header" if head else "running footer"


def title_rows(rows: Sequence[Row], found: Margins) -> list[int]:
    """Rows of the first page's header to be kept: where nothing else on the page looks like its title, one of them is it."""
    body = [row for at, row in enumerate(rows) if at not in found.why]
    if not body:
        return []
    usual = statistics.median(row.words[0].size for row in body)
    if any(row.words[0].size > _LARGER * usual for row in body[:4]):
        return []
    return [at for at, why in found.why.items() if why == "running header" and _TITLE.search(rows[at].text)]


def notes(found: Sequence[tuple[str, str]]) -> list[str]:
    """One note for each running header or footer, figures that change from page to page aside."""
    texts: dict[tuple[str, str], list[str]] = defaultdict(list)
    for why, text in found:
        if why != "page number":
            texts[why, _DIGITS.sub("#", text.lower())].append(text)
    return [
        f"{why.capitalize()} ({len(all_)} {'page' if len(all_) == 1 else 'pages'}): “{all_[0]}”."
        for (why, _), all_ in texts.items()
    ]

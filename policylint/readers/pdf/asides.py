"""What stands beside the text of a page: numbers of its lines, and a column that comes again on every page.

Both share lines with the text and must be gone before words are put into rows.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from policylint.readers.pdf.values import PageText, Word

_FEWEST_NUMBERS = 8
_STEPS = (1, 2, 5, 10)
"""Every line is numbered, or every second, fifth or tenth."""
_EVEN = 0.1
"""Share of the usual distance by which numbers that stand evenly may be off."""
_MOST = 0.9
"""Share of the numbers that must go on as numbers of lines do."""
_COVERED = 0.7
"""Share of the lines that have a number, where those do not stand evenly."""
_APART, _GUTTER = 0.4, 1.0
"""Of the font size: the white between the text and a line's number, or a column beside it."""
_PAGES = 0.6
"""Share of the pages, from two on, on which a column comes again."""
_DIGITS = re.compile(r"\d+")

_LINES = 3
"""Lines of a column, on all pages together, that have text beside them."""


def set_aside(pages: Sequence[PageText]) -> list[PageText]:
    """The pages, with what stands beside their text among their `aside`."""
    found = [_without(page, _line_numbers(page.words), "line numbers") for page in pages]
    sides = _columns(found)
    return [_without(page, gone, "text beside the page's own") for page, gone in zip(found, sides, strict=True)]


def _without(page: PageText, gone: Sequence[Word], why: str) -> PageText:
    if not gone:
        return page
    names = set(map(id, gone))
    words = tuple(word for word in page.words if id(word) not in names)
    text = " ".join(word.text for word in gone)
    return replace(page, words=words, aside=(*page.aside, (text, why)))


# -- numbers of lines -------------------------------------------------------------------------------------------------


def _line_numbers(words: Sequence[Word]) -> list[Word]:
    """The numbers of a page's lines, left or right of all its text."""
    numbers = [w for w in words if len(w.text) < 5 and w.text.isdecimal()]
    if len(numbers) < _FEWEST_NUMBERS:
        return []
    text = [w for w in words if not (len(w.text) < 5 and w.text.isdecimal())]
    if not text:
        return []
    first, last = _edge([w.x0 for w in text]), -_edge([-w.x1 for w in text])
    for beside in (
        [w for w in numbers if w.x1 + _APART * w.size <= first],
        [w for w in numbers if w.x0 - _APART * w.size >= last],
    ):
        if len(beside) >= _FEWEST_NUMBERS and _counts_lines(sorted(beside, key=lambda w: w.y1), text):
            return beside
    return []


def _edge(sides: Iterable[float]) -> float:
    """Where text begins, but for a stray word."""
    ordered = sorted(sides)
    return ordered[len(ordered) // 50]


def _counts_lines(numbers: Sequence[Word], text: Sequence[Word]) -> bool:
    pairs = list(itertools.pairwise(numbers))
    steps = Counter(int(b.text) - int(a.text) for a, b in pairs)
    step, count = steps.most_common(1)[0]
    if step not in _STEPS or count < _MOST * len(pairs):
        return False
    far = [b.y1 - a.y1 for a, b in pairs]
    usual = statistics.median(far)
    if sum(abs(distance - usual) <= _EVEN * usual for distance in far) >= _MOST * len(far):
        return usual < 4 * step * max(w.size for w in numbers)
    lines = {round(w.y1) for w in text if numbers[0].y0 <= w.y1 <= numbers[-1].y1 + 1}
    return step * len(numbers) >= _COVERED * len(lines)


# -- columns that come again ------------------------------------------------------------------------------------------


def _columns(pages: Sequence[PageText]) -> list[list[Word]]:
    """For each page, the words of a column that comes again, left or right of the text of all pages."""
    none: list[list[Word]] = [[] for _ in pages]
    if len(pages) < 2:
        return none
    places = _places(pages)
    count = Counter(place for found in places for place in set(found))
    least = max(2.0, _PAGES * len(pages))
    common = {place for place, times in count.items() if times >= least}
    spots = [list(zip(page.words, found, strict=True)) for page, found in zip(pages, places, strict=True)]
    repeated = [[word for word, place in found if place in common] for found in spots]
    own = [[word for word, place in found if place not in common] for found in spots]
    if not any(own) or not any(repeated):
        return none
    first, last = min(w.x0 for words in own for w in words), max(w.x1 for words in own for w in words)
    out = none
    for side in (
        [[w for w in words if w.x1 + _GUTTER * w.size <= first] for words in repeated],
        [[w for w in words if w.x0 - _GUTTER * w.size >= last] for words in repeated],
    ):
        # A page's number set apart in the footer is no column: text stands beside more of one.
        if sum(len(_beside(*pair)) for pair in zip(side, own, strict=True)) >= _LINES:
            out = [a + b for a, b in zip(out, side, strict=True)]
    return out


def _places(pages: Sequence[PageText]) -> list[list[tuple[str, int, int]]]:
    """What must be the same for a word of a page to come again on another: its text, figures aside, and where it stands."""
    texts = {word.text for page in pages for word in page.words}
    folded = {text: text if text.isalpha() else _DIGITS.sub("#", text) for text in texts}
    return [[(folded[text], round(x0), round(y1)) for text, x0, _, _, y1, *_ in page.words] for page in pages]


def _beside(side: Sequence[Word], own: Sequence[Word]) -> set[int]:
    """The heights of the words at a page's side that have text beside them."""
    return {round(w.y1) for w in side if any(w.y0 < other.middle < w.y1 for other in own)}

"""Words to rows: which words stand on one line across the page, and which pieces of words belong together."""

from __future__ import annotations

import operator
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from policylint.readers.pdf.values import Row, Word

_SAME_LINE = 0.22
"""Of the font size: how far the baselines of one line may lie apart."""
_EXACT = 0.25
"""Points within which there is no doubt."""
_LEFT = operator.itemgetter(1)
_NO_SPACE = 0.11
"""Of the font size: a gap below it is no space between words, whatever the file says."""
_LETTERS = 3
"""Letters that stand alone in a row, from which it may be set with space between letters."""
_NARROWER = 0.75
"""Of the usual gap of its row: a gap below it may stand inside a word."""
_SMALL = 0.9
"""Of the size beside it: a word smaller than this may be raised or lowered (a superscript)."""


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of a page from top to bottom, the words of each from left to right, pieces of words joined."""
    out: list[list[Word]] = []
    bases: list[float] = []
    sizes: list[float] = []
    for base, _, word in sorted([(_base(w), w.x0, w) for w in words]):
        at = len(out) - 1
        # Most words stand on the line of the one before; the others are looked at more closely.
        if not out or word.cells or base - bases[at] >= _EXACT or out[at][0].cells:
            near = _row_for(word, base, out, bases)
        else:
            near = at
        if near is None:
            out.append([word])
            bases.append(base)
            sizes.append(word.size)
            continue
        out[near].append(word)
        if word.size > sizes[near]:
            if word.size > 1.3 * sizes[near]:
                bases[near] = base
            sizes[near] = word.size
    order = sorted(range(len(out)), key=bases.__getitem__)
    return [_healed(Row(tuple(sorted(out[at], key=_LEFT)), bases[at])) for at in order]


def _base(word: Word) -> float:
    """About where the feet of its letters stand; rows of tables stand by their top."""
    return word.y0 + 0.8 * word.size if word.cells else word.y1 - 0.19 * (word.y1 - word.y0)


def _row_for(word: Word, base: float, rows: Sequence[Sequence[Word]], bases: Sequence[float]) -> int | None:
    """The row of the last few that a word belongs to."""
    if word.cells:
        return None
    near: tuple[float, int] | None = None
    for at in range(len(rows) - 1, max(-1, len(rows) - 4), -1):
        other = rows[at][0]
        if other.cells:
            continue
        away = abs(base - bases[at])
        if away < _EXACT:
            return at
        level = away < _SAME_LINE * max(word.size, other.size) and (near is None or away < near[0])
        if level or (near is None and _raised(word, rows[at])):
            near = (away, at)
    return near[1] if near is not None else None


def _raised(word: Word, row: Sequence[Word]) -> bool:
    """Whether a small word stands at the shoulder or foot of a word of the row, or the other way round."""
    other = row[0]
    if not (word.size < _SMALL * other.size or other.size < _SMALL * word.size):
        return False
    if min(word.y1, other.y1) - max(word.y0, other.y0) <= 0.6 * min(word.size, other.size):
        return False
    return word.size > other.size or min(abs(word.x0 - w.x1) for w in row) < word.size


def _healed(row: Row) -> Row:
    """The row with words that hardly any gap parts joined; letters set apart for show ("P O L I C Y"), too."""
    words = row.words
    if min(row.gaps, default=0.0) < _NO_SPACE * max([w.size for w in words]):
        out = [words[0]]
        for word in words[1:]:
            if _touch(out[-1], word):
                out[-1] = _joined(out[-1], word)
            else:
                out.append(word)
        row = Row(tuple(out), row.base)
    if len([w for w in row.words if len(w.text) == 1]) > _LETTERS:
        return Row(tuple(_letter_spaced(row.words)), row.base)
    return row


def _touch(left: Word, right: Word) -> bool:
    gap, size = right.x0 - left.x1, max(left.size, right.size)
    if left.cells:
        return False
    if len(left.text) == 1 and not left.text.isalnum() and left.text not in "(“\"'‘[$§#/-–—":
        return False  # a bullet never belongs to the word after it
    return -0.6 * size < gap < _NO_SPACE * size and left.text != "•"


def _joined(left: Word, right: Word) -> Word:
    return Word(
        left.text + right.text,
        left.x0,
        min(left.y0, right.y0),
        max(left.x1, right.x1),
        max(left.y1, right.y1),
        left.size if len(left.text) >= len(right.text) else right.size,
        left.bold if len(left.text) >= len(right.text) else right.bold,
        left.page,
    )


def _letter_spaced(words: Sequence[Word]) -> list[Word]:
    """Runs of four and more single letters at one distance become words; a wider gap parts two words."""
    out: list[Word] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isalpha():
            end += 1
        if end - at < 4:
            out.extend(words[at : max(end, at + 1)])
            at = max(end, at + 1)
            continue
        gaps = [b.x0 - a.x1 for a, b in zip(words[at:end], words[at + 1 : end], strict=False)]
        usual = statistics.median(gaps)
        word = words[at]
        for gap, letter in zip(gaps, words[at + 1 : end], strict=True):
            if gap > 1.7 * usual + 0.5:
                out.append(word)
                word = letter
            else:
                word = _joined(word, letter)
        out.append(word)
        at = end
    return out


def heal_by_wording(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Join pieces ("confid entiality") that stand closer than words do where the document elsewhere writes them as one.

    The files of some makers hold a real space inside a word, after a ligature or a kerned pair.
    """
    known: Counter[str] = Counter()
    out: list[list[Row]] = []
    for page in pages:
        out.append(list(page))
        for at, row in enumerate(page):
            gaps = row.gaps
            if len(gaps) > 1 and min(gaps) <= _NARROWER * (usual := statistics.median(gaps)):
                known = known or Counter([_bare(w.text) for rows in pages for r in rows for w in r.words])
                out[-1][at] = _heal_row(row, gaps, usual, known)
    return out


def _bare(text: str) -> str:
    return text.strip(".,;:()“”\"'").lower()


def _heal_row(row: Row, gaps: Sequence[float], usual: float, known: Counter[str]) -> Row:
    words = row.words
    out = [words[0]]
    for gap, word in zip(gaps, words[1:], strict=True):
        before = out[-1]
        if gap < _NARROWER * usual and before.text.isalpha() and _one_word(before.text, word.text, known):
            out[-1] = _joined(before, word)
        else:
            out.append(word)
    return Row(tuple(out), row.base)


def _one_word(left: str, right: str, known: Counter[str]) -> bool:
    bare = right.rstrip(".,;:()“”\"'’")
    whole = (left + bare).lower()
    return bare.isalpha() and known[whole] > 0 and (known[left.lower()] <= 1 or known[bare.lower()] <= 1)

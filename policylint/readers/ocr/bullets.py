"""Bullets brought back: engines drop them, or read them as "e", "¢" or "*", and set them in a column of their own.

The picture decides: a small mark that stands alone before the first word of a line is a bullet when other lines have the
same mark at the same place, or when the engine made of it what no English line begins with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from policylint.readers.ocr.picture import ink_of
from policylint.readers.ocr.words import Word, before, lines_of

if TYPE_CHECKING:
    from PIL.Image import Image

_NEVER_A_WORD = frozenset("e o « » ¢ ® © @ ° ee eo oe e@ @e *e e* ¢e".split())
"""What bullets are read as, and what no line of a policy begins with."""
_MAYBE = frozenset("* + - – — = ~ . · : > 0 O • ◦ ▪ ■ □ ● ○".split())
"""What bullets are read as, too, but what may be meant."""
_READ = frozenset("•◦▪■□●○")
_DISCS = frozenset("e « » ¢ @ ee eo oe e@ @e *e e* ¢e ¢« =» «¢ e°".split())
_RINGS = frozenset("o © ® ° ◦ 0".split())
"""What full and hollow bullets are read as, when the picture did not tell."""
_GLUED = "«»¢®©°•▪■●"
"""Marks that engines put before a word without a space."""
_SAME = 0.5
"""How far two bullets of one list may lie apart across the page, in sizes of the line."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A small mark before a line: its box, how much of that is ink, and the word the engine made of it, if any."""

    box: tuple[int, int, int, int]
    fill: float
    first: Word
    read: Word | None

    @property
    def place(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, self.first.x0


def find(words: Sequence[Word], image: Image) -> list[Word]:
    """The words of a grey page with its bullets as words of their own."""
    glyphs = {id(w): w for line in lines_of(words) for w in line[:1] if w.text in _NEVER_A_WORD | _MAYBE}
    texts = [line for line in lines_of([w for w in words if id(w) not in glyphs]) if line]
    marks = list(_marks(texts, list(words), list(glyphs.values()), ink_of(image)))
    bullets = [mark for mark in marks if _is_bullet(mark, marks)]
    # One that is known to be no bullet stays as it was read.
    used = {id(mark.read) for mark in bullets if mark.read is not None}
    kept = [w for w in words if id(w) not in used]
    return sorted([*(_unglued(w, bullets) for w in kept), *map(_word, bullets)], key=lambda w: (w.line, w.x0))


def alike(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of all pages, the bullets of one document written in one way.

    What no line begins with is a bullet wherever it stands; a ring, which may be a zero or a copyright sign, where others
    of its kind stand at the same place.
    """
    firsts = [line[0] for words in pages for line in lines_of(words) if len(line) > 1]
    rings = [word for word in firsts if word.text in _RINGS]
    known = {id(word) for word in rings if word.text in "o◦" or _ring_beside(word, rings)}
    written = {id(word): "◦" for word in rings if id(word) in known}
    written |= {id(word): "•" for word in firsts if word.text in _DISCS}
    return [[replace(w, text=written[id(w)]) if id(w) in written else w for w in words] for words in pages]


def _ring_beside(word: Word, rings: Sequence[Word]) -> bool:
    return any(w.text in "o◦" and abs(w.x0 - word.x0) < _SAME * word.size for w in rings)


def _marks(texts: list[list[Word]], words: list[Word], glyphs: list[Word], ink: Any) -> Iterator[_Mark]:
    for line in texts:
        first = line[0]
        beside = [w for w in words if w is not first and w.x1 <= first.x0 + 1 and w.y0 < first.y1 and w.y1 > first.y0]
        read = max((w for w in beside if w in glyphs), key=lambda w: w.x1, default=None)
        left = before(first, (w for w in beside if w is not read))
        found = _blob(ink, left, first)
        if found is not None:
            yield _Mark(*found, first=first, read=read)


def _blob(ink: Any, left: float, first: Word) -> tuple[tuple[int, int, int, int], float] | None:
    """Box and filling of the one small mark between `left` and a word, or None."""
    import numpy as np

    size = first.size
    # Without ascenders and feet of the lines above and below; a bullet stands at the height of the small letters.
    top, bottom = int(max((first.y0 + first.y1) / 2 - 0.55 * size, 0)), int((first.y0 + first.y1) / 2 + 0.55 * size)
    right = int(first.x0 - 0.12 * size)
    if right - left < 0.3 * size or bottom - top < 3:
        return None
    area = ink[top:bottom, int(left) : right]
    columns = np.flatnonzero(area.sum(axis=0) > 1)  # one dot is dirt
    if not len(columns):
        return None
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > 0.3 * size) + 1)
    if len(groups) > 1 and groups[-1][-1] >= area.shape[1] - 2:
        groups.pop()  # the box of the first word is too narrow; this is its first letter
    if len(groups) != 1:
        return None
    group = groups[0]
    rows = np.flatnonzero(area[:, group[0] : group[-1] + 1].sum(axis=1))
    box = (int(left) + int(group[0]), top + int(rows[0]), int(left) + int(group[-1]) + 1, top + int(rows[-1]) + 1)
    wide, high = box[2] - box[0], box[3] - box[1]
    if not (0.15 * size < wide < 0.7 * size and 0.1 * size < high < 0.6 * size and high < 2.2 * wide < 8 * high):
        return None
    return box, float(ink[box[1] : box[3], box[0] : box[2]].mean())


def _is_bullet(mark: _Mark, marks: list[_Mark]) -> bool:
    if mark.read is not None and mark.read.text in _NEVER_A_WORD | _READ:
        return True
    reach = _SAME * mark.first.size
    return any(
        other is not mark and all(abs(a - b) < reach for a, b in zip(mark.place, other.place, strict=True))
        for other in marks
    )


def _word(mark: _Mark) -> Word:
    """The bullet as a word of the line it stands before; dashes, stars and plus signs stay what they are."""
    left, top, right, bottom = map(float, mark.box)
    text = "•" if mark.fill > 0.62 else "◦"
    if mark.read is not None and mark.read.text in ("*", "-", "–", "—", "+") and right - left > 1.6 * (bottom - top):
        text = "-"
    middle = (mark.first.y0 + mark.first.y1) / 2
    half = mark.first.size / 2
    sure = mark.read.confidence if mark.read is not None else mark.first.confidence
    return Word(text, left, middle - half, right, middle + half, max(sure, 0.9), mark.first.line, mark.first.size)


def _unglued(word: Word, bullets: list[_Mark]) -> Word:
    """A word without the mark that was read as its first letter, when the mark was found beside it."""
    if word.text[0] in _GLUED and len(word.text) > 2 and any(mark.first is word for mark in bullets):
        return replace(word, text=word.text[1:])
    return word

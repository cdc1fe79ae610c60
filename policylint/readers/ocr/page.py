"""One picture of a page to its words: turned upright, straightened, recognised, and mended by what the picture shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint.readers.ocr import bullets, spaces
from policylint.readers.ocr.engines import Engine
from policylint.readers.ocr.picture import evenly_lit, grey, has_ink, ink_of, on_its_side, skew, straighten, turn
from policylint.readers.ocr.unread import read_again
from policylint.readers.ocr.weight import mark_bold
from policylint.readers.ocr.words import Page, Word, mean_confidence

if TYPE_CHECKING:
    from PIL.Image import Image

_READS_WELL = 0.7
"""Mean confidence from which a page may stand upright: pages on their head give less than 0.5."""
_COVERED = 0.5
"""Share of the ink that lies within words on an upright page of text; of one on its side, engines see a few words only."""
_FEW_LETTERS = 12
"""A page with fewer letters says nothing about how it stands."""
_NOISE = 0.3
"""Confidence below which a mark without a letter or digit is dirt."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the engine made of the page turned clockwise by so many degrees, and then straightened."""

    words: list[Word]
    image: Image
    turned: int
    skew: float

    @property
    def letters(self) -> float:
        """How many letters are read, each as far as the engine is sure."""
        letters = sum(len(word.text) for word in self.words)
        if not _upright_boxes(self.words):
            return 0.0
        # On its head, a page gives as many letters; what tells is how sure the engine is of them.
        return mean_confidence(self.words) ** 2 * letters if letters >= _FEW_LETTERS else 0.0


def recognise(image: Image, engine: Engine) -> Page:
    """The words of one page.

    Raises:
        EngineError: the engine failed or took too long.
    """
    page = evenly_lit(grey(image))
    if not has_ink(page):
        return Page((), page.width, page.height)
    best = _upright(page, engine)
    level = [word for word in best.words if not _sideways(word)]
    words = read_again(spaces.mend(level, best.image), best.image, engine)
    words = mark_bold(bullets.find(words, best.image), best.image)
    # A column of labels taken for one upright word has been read again by now.
    beside = sum(_sideways(word) and not any(_overlap(word, other) for other in words) for word in best.words)
    return Page(tuple(words), best.image.width, best.image.height, best.turned, best.skew, beside)


def _upright(page: Image, engine: Engine) -> _Reading:
    """The reading of the page turned the right way: the first that is good, else the best of all four."""
    best: _Reading | None = None
    for degrees in (90, 270, 0, 180) if on_its_side(page) else (0, 180, 90, 270):
        reading = _read(page, degrees, engine)
        if _good(reading):
            return reading
        if best is None or reading.letters > 1.2 * best.letters:
            best = reading
    assert best is not None
    return best


def _read(page: Image, degrees: int, engine: Engine) -> _Reading:
    turned = turn(page, degrees)
    hangs = skew(turned)
    straight = straighten(turned, hangs)
    words = [word for word in engine.recognise(straight) if not _dirt(word)]
    return _Reading(words, straight, degrees, hangs)


def _good(reading: _Reading) -> bool:
    if mean_confidence(reading.words) < _READS_WELL or not _upright_boxes(reading.words):
        return False
    ink = ink_of(reading.image)
    total = int(ink.sum())
    for word in reading.words:
        ink[max(int(word.y0), 0) : int(word.y1) + 1, max(int(word.x0), 0) : int(word.x1) + 1] = False
    return total - int(ink.sum()) >= _COVERED * total


def _upright_boxes(words: list[Word]) -> bool:
    """Whether long words are wider than high: Tesseract reads some lines that run up the page, and does not say so."""
    long = [word for word in words if len(word.text) > 3]
    return sum(word.x1 - word.x0 > word.y1 - word.y0 for word in long) >= 0.8 * len(long)


def _sideways(word: Word) -> bool:
    """Whether a word runs up or down: a note in the margin, or a column of labels taken for a line."""
    return len(word.text) > 1 and word.y1 - word.y0 > 2 * (word.x1 - word.x0)


def _overlap(a: Word, b: Word) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.y1 and b.y0 < a.y1


def _dirt(word: Word) -> bool:
    return word.confidence < _NOISE and not any(map(str.isalnum, word.text))

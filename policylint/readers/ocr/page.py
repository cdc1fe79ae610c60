"""One picture of a page to its words: turned upright, straightened, recognised, bold type marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylint.readers.ocr import bullets, spaces
from policylint.readers.ocr.engines import Engine
from policylint.readers.ocr.picture import evenly_lit, grey, has_ink, skew, straighten, turn
from policylint.readers.ocr.unread import read_again
from policylint.readers.ocr.weight import mark_bold
from policylint.readers.ocr.words import Page, Word, mean_confidence

if TYPE_CHECKING:
    from PIL.Image import Image

_READS_WELL = 0.7
"""Mean confidence from which a page surely stands upright: pages on their side or head give less than 0.5."""
_FEW_LETTERS = 12
"""A page with fewer letters says nothing about how it stands."""
_NOISE = 0.3
"""Confidence below which a mark without a letter or digit is dirt."""


def recognise(image: Image, engine: Engine) -> Page:
    """The words of one page.

    Raises:
        EngineError: the engine failed or took too long.
    """
    page = evenly_lit(grey(image))
    if not has_ink(page):
        return Page((), page.width, page.height)
    best = _read(page, 0, engine)
    if best.confidence >= _READS_WELL:
        return best
    for degrees in (180, 90, 270):
        other = _read(page, degrees, engine)
        if _readable(other) > 1.2 * _readable(best):
            best = other
        if best.confidence >= _READS_WELL:
            break
    return best


def _read(image: Image, degrees: int, engine: Engine) -> Page:
    """What the engine makes of the page turned clockwise by so many degrees."""
    upright = turn(image, degrees)
    hangs = skew(upright)
    straight = straighten(upright, hangs)
    words = [word for word in engine.recognise(straight) if not _dirt(word)]
    words = read_again(spaces.mend(words, straight), straight, engine)
    whole = bullets.find(words, straight)
    marked = mark_bold(whole, straight)
    return Page(tuple(marked), straight.width, straight.height, degrees, hangs)


def _readable(page: Page) -> float:
    """How many letters of a page are read, each as far as the engine is sure."""
    letters = sum(len(word.text) for word in page.words)
    if letters < _FEW_LETTERS:
        return 0.0
    # Upside down, a page gives as many letters; what tells is how sure the engine is of them.
    return mean_confidence(page.words) ** 2 * letters


def _dirt(word: Word) -> bool:
    return word.confidence < _NOISE and not any(map(str.isalnum, word.text))

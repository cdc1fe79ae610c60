"""Text recognition (OCR): pictures of pages to words with places, by one of the engines of `engines.ENGINES`.

A picture goes through `picture` (grey, evenly lit, straight), an engine, and what mends its words by the picture: `spaces`,
`unread`, `bullets`, `weight`; then, all pages together, through `bullets`, `labels` and `placed`. Nothing here knows PDF.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint.errors import DocumentError
from policylint.readers.ocr import bullets, labels
from policylint.readers.ocr.engines import Engine, EngineError
from policylint.readers.ocr.page import recognise
from policylint.readers.ocr.picture import grey
from policylint.readers.ocr.placed import PlacedWord, place, scale_of
from policylint.readers.ocr.words import Page

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["MOST_PAGES", "Picture", "Recognised", "read_pictures"]

MOST_PAGES = 300
"""Pages of pictures that are read of one document unless some are asked for: ten minutes on one core."""

SECONDS = 90.0
"""Allowed for a page on top of what reading a document may take: a page on its side is read up to four times."""
UNSURE = 0.8
"""Mean confidence below which a page is named in the notes; clean scans have 0.93 and more, faxes about 0.85."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as a picture: its number from 1, and the dots per inch, 0 when they are not known."""

    number: int
    image: Image
    dpi: float = 0.0


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as read: its size and its words in points."""

    number: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]


def read_pictures(
    pictures: Iterable[Picture], name: str, engine: Engine, more_time: Callable[[float], None]
) -> tuple[list[Recognised], list[str]]:
    """The pages of a document that are pictures, and what a person should know about how they were read.

    Pictures are taken one by one, only a few ahead of the engine; for each, some more time is asked for.

    Raises:
        DocumentError: a page could not be read.
    """
    numbers: list[int] = []
    pages: list[Page] = []
    scales: list[float] = []
    for number, dpi, page in _all(pictures, name, engine, more_time):
        numbers.append(number)
        pages.append(page)
        scales.append(scale_of(page, dpi))
    words = place(labels.heal(bullets.alike([page.words for page in pages])), scales)
    found = [
        Recognised(number, page.width * scale, page.height * scale, tuple(on_page))
        for number, page, scale, on_page in zip(numbers, pages, scales, words, strict=True)
    ]
    return found, _notes(numbers, pages, engine)


@dataclass(frozen=True, slots=True)
class _Task:
    """A page that an engine works on; the picture itself is not kept."""

    number: int
    dpi: float
    page: Future[Page]


def _all(
    pictures: Iterable[Picture], name: str, engine: Engine, more_time: Callable[[float], None]
) -> Iterator[tuple[int, float, Page]]:
    """Number, resolution and page of each picture, in order; as many at once as there are cores where the engine allows it."""
    workers = min(os.cpu_count() or 1, 4) if engine.SIDE_BY_SIDE else 1
    waiting: deque[_Task] = deque()
    with ThreadPoolExecutor(workers) as pool:
        try:
            for picture in pictures:
                more_time(SECONDS)
                # In grey and no larger than needed, so that pages in waiting take little memory.
                small = grey(picture.image)
                dpi = picture.dpi * max(small.size) / max(picture.image.size)
                waiting.append(_Task(picture.number, dpi, pool.submit(recognise, small, engine)))
                if len(waiting) > workers:
                    yield _done(waiting.popleft(), name)
            while waiting:
                yield _done(waiting.popleft(), name)
        finally:
            pool.shutdown(cancel_futures=True)


def _done(task: _Task, name: str) -> tuple[int, float, Page]:
    try:
        return task.number, task.dpi, task.page.result()
    except EngineError as error:
        raise DocumentError(
            f"The text on the picture of page {task.number} could not be recognised. {error}",
            file=name,
            hint="Scan the page again at 200 to 300 dpi, or give the document with a text layer.",
        ) from None


def _notes(numbers: list[int], pages: list[Page], engine: Engine) -> list[str]:
    read = [(number, page) for number, page in zip(numbers, pages, strict=True) if page.words]
    if not read:
        return []
    sure = sum(page.confidence for _, page in read) / len(read)
    where = named([number for number, _ in read])
    how = f"{engine.TITLE}, mean confidence {sure:.0%}"
    notes = [f"The text of {where} was recognised from pictures ({how}); it may hold misread words."]
    if unsure := [(number, page) for number, page in read if page.confidence < UNSURE]:
        worst = min(page.confidence for _, page in unsure)
        notes.append(
            f"Recognition is unsure on {named([number for number, _ in unsure])} (confidence down to {worst:.0%}): "
            "compare what is found there, and what is not, with the original."
        )
    if turned := [number for number, page in read if page.turned]:
        notes.append(f"Turned upright: {named(turned)}.")
    if sideways := [number for number, page in read if page.sideways]:
        notes.append(f"Left out as words that run up or down the page: on {named(sideways)}.")
    if empty := [number for number, page in zip(numbers, pages, strict=True) if not page.words]:
        notes.append(f"No text was found on {named(empty)}, a picture or an empty page.")
    return notes


_SHOWN = 12
"""Page numbers that a note lists one by one."""


def named(numbers: list[int]) -> str:
    """Pages for people: "page 3", "pages 2, 5", "pages 1 to 40"."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return f"pages {numbers[0]} to {numbers[-1]}"
    more = f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else ""
    return f"pages {', '.join(map(str, numbers[:_SHOWN]))}{more}"

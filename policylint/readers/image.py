"""Pictures of pages: PNG, JPEG and TIFF (of many pages), read by text recognition and laid out as the pages of a PDF are."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Options
from policylint.readers.ocr import MOST_PAGES, Picture, read_pictures
from policylint.readers.ocr.engines import choose

if TYPE_CHECKING:
    from PIL.Image import Image

_FORMATS = ("PNG", "JPEG", "TIFF")
_MOST_PIXELS = 80_000_000
"""Of one page: more than a letter page at 800 dpi. A grey picture takes a byte for each, a colour one four."""


def read(data: bytes, name: str, options: Options) -> Source:
    """The blocks of a picture, or of the pages of a TIFF file.

    Raises:
        DocumentError: it is no picture, damaged or too large; there is no engine to read it with, or no text on it.
    """
    from policylint.readers.pdf import source_of
    from policylint.readers.pdf.values import PageText, Word

    engine = choose(name)
    with _opened(data, name) as image:
        count = getattr(image, "n_frames", 1) if image.format == "TIFF" else 1
        numbers = _numbers(count, options.pages, name)
        found, notes = read_pictures(_pages(image, numbers, name), name, engine, options.more_time)
    pages = [
        PageText(
            page.number,
            page.width,
            page.height,
            tuple(Word(w.text, w.x0, w.y0, w.x1, w.y1, w.size, w.bold, page.number) for w in page.words),
        )
        for page in found
    ]
    return source_of(pages, "image", name, numbers=numbers, count=count, notes=notes)


def _numbers(count: int, wanted: tuple[int, int] | None, name: str) -> range:
    """The pages, from 1, to read."""
    if wanted is None and count > MOST_PAGES:
        raise DocumentError(
            f"The file holds {count} pages of pictures; recognising their text would take long.",
            file=name,
            hint="Say which pages to read: --pages FIRST-LAST.",
        )
    first, last = wanted or (1, count)
    if not 1 <= first <= last or first > count:
        raise DocumentError(
            f"There are no pages {first}-{last} in this file.", file=name, hint=f"It has pages 1 to {count}."
        )
    return range(first, min(last, count) + 1)


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[Image]:
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        # Pillow warns of large pictures; the bound here is lower than its own and ends in a sentence.
        warnings.simplefilter("ignore")
        try:
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
        except UnidentifiedImageError:
            raise DocumentError(
                "This is no PNG, JPEG or TIFF picture, though its name says so.",
                file=name,
                hint="Give the file its right suffix, or save it again.",
            ) from None
        except Image.DecompressionBombError:
            raise _too_large(name, 1) from None
        except Exception:  # noqa: BLE001 - Pillow lets many kinds of error through from damaged files
            raise _damaged(name, 1) from None
        with image:
            yield image


def _pages(image: Image, numbers: range, name: str) -> Iterator[Picture]:
    from PIL import ImageOps

    for number in numbers:
        try:
            if number > 1:
                image.seek(number - 1)
            large = image.width * image.height > _MOST_PIXELS
            page = None if large else ImageOps.exif_transpose(image)
            dots = image.info.get("dpi", (0,))[0]
            dpi = float(dots) if dots else 0.0
        except Exception:  # noqa: BLE001 - as above
            raise _damaged(name, number) from None
        if page is None:
            raise _too_large(name, number)
        yield Picture(number, page, dpi)


def _too_large(name: str, number: int) -> DocumentError:
    return DocumentError(
        f"Page {number} is a picture of more than {_MOST_PIXELS // 1_000_000} million pixels.",
        file=name,
        hint="Scan it at 200 to 300 dpi.",
    )


def _damaged(name: str, number: int) -> DocumentError:
    return DocumentError(
        f"Page {number} of the picture file is damaged or cut short.", file=name, hint="Save or scan it again."
    )

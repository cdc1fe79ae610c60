"""Pages without text: the one place where OCR joins in, and the picture of the page it needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from policylint.errors import DocumentError
from policylint.readers import ocr
from policylint.readers.formats import Options
from policylint.readers.ocr import MOST_PAGES, Recognised, named, read_pictures
from policylint.readers.ocr.engines import choose
from policylint.readers.pdf.values import PageText, Word

DPI = 200
_MOST_PIXELS = 40_000_000
"""A larger page is drawn coarser: a page of five metres at 200 dpi would take gigabytes."""
_MOST_WORDS = 25
"""Words up to which the text layer of a page that is one picture is a stamp or a page number, not the page's text."""
_COVERED = 0.5
"""Share of the page from which its pictures are the page."""
_TOO_MANY = 0.34
"""Share of pages without text above which a document is not judged by the others."""
_GARBLED = 0.04
"""Share of the commonest English words below which a text is none; prose has 0.3 and more, a list of names 0.05."""
_ENOUGH = 60
"""Words from which that can be said."""
_COMMON = frozenset(
    "the of and to in a is for by be or with that as on shall will are not from at may any this an must should their has it "
    "all who if when which have no".split()
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey: one byte a pixel, row by row from the top, black 0, white 255; `dpi` as drawn."""

    width: int
    height: int
    pixels: bytes
    dpi: float


def recognised(pdf: Any, pages: Sequence[PageText], name: str, options: Options) -> tuple[list[PageText], list[str]]:
    """The pages, with words by OCR on those that are pictures, and notes for the user.

    Without an engine, a few pages of pictures in a document are noted; when they are many, or all, it cannot be judged.

    Raises:
        DocumentError: there is no engine, it failed on a page, or the pages are too many.
    """
    scans = [page.number for page in pages if _is_scan(pdf, page)]
    garbled = [page.number for page in pages if page.number not in scans and is_garbled(page.words)]
    if not scans and not garbled:
        return list(pages), []
    try:
        engine = choose(name)
    except DocumentError as error:
        if len(scans) > _TOO_MANY * sum(bool(page.words) or page.drawn for page in pages):
            raise
        return list(pages), _unread(scans, garbled, error)
    wanted = sorted([*scans, *garbled])
    if len(wanted) > MOST_PAGES and options.pages is None:
        raise DocumentError(
            f"The PDF holds {len(wanted)} pages of pictures; recognising their text would take long.",
            file=name,
            hint="Say which pages to read: --pages FIRST-LAST.",
        )
    pictures = (_picture(pdf, number) for number in wanted)
    found, notes = read_pictures(pictures, name, engine, options.more_time)
    return _filled(pages, {page.number: page for page in found}), notes + _replaced(garbled)


def _filled(pages: Sequence[PageText], found: Mapping[int, Recognised]) -> list[PageText]:
    out: list[PageText] = []
    for page in pages:
        scan = found.get(page.number)
        if scan is None or (not scan.words and page.words):
            out.append(page)
            continue
        words = tuple(Word(w.text, w.x0, w.y0, w.x1, w.y1, w.size, w.bold, page.number) for w in scan.words)
        out.append(PageText(page.number, scan.width, scan.height, words))
    return out


def _is_scan(pdf: Any, page: PageText) -> bool:
    """Whether what a page says stands in a picture: it has no text, or little beside a picture of the whole page."""
    if not page.drawn or len(page.words) > _MOST_WORDS:
        return False
    return not page.words or _pictured(pdf, page) >= _COVERED


def _pictured(pdf: Any, page: PageText) -> float:
    """The share of a page that its largest picture covers."""
    from pypdfium2 import raw

    opened = pdf[page.number - 1]
    try:
        wide, high = opened.get_size()
        largest = 0.0
        for at, picture in enumerate(opened.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)):
            left, bottom, right, top = picture.get_bounds()
            largest = max(largest, (right - left) * (top - bottom))
            if at > 200:
                break
        return largest / (wide * high) if wide * high else 0.0
    finally:
        opened.close()


def is_garbled(words: Sequence[Word]) -> bool:
    """Whether a text layer is not what the page says: fonts without a table of characters, or a bad old OCR layer."""
    if len(words) < _ENOUGH:
        return False
    return sum(word.text.lower() in _COMMON for word in words) < _GARBLED * len(words)


def _unread(scans: list[int], garbled: list[int], error: DocumentError) -> list[str]:
    notes = []
    if scans:
        notes.append(f"The text of {named(scans)} stands in pictures and was not read. {error.hint}")
    if garbled:
        notes.append(f"The text layer of {named(garbled)} holds hardly any English words; it may be garbled.")
    return notes


def _replaced(garbled: list[int]) -> list[str]:
    if not garbled:
        return []
    return [
        f"The text layer of {named(garbled)} holds hardly any English words; the picture of the page was read instead."
    ]


def _picture(pdf: Any, number: int) -> ocr.Picture:
    from PIL import Image

    page = pdf[number - 1]
    try:
        drawn = render_page(page)
    finally:
        page.close()
    image = Image.frombytes("L", (drawn.width, drawn.height), drawn.pixels)
    image.info["dpi"] = (drawn.dpi, drawn.dpi)
    return ocr.Picture(number, image, drawn.dpi)


def render_page(page: Any, dpi: float = DPI) -> Picture:
    """Draw a page (a `pypdfium2.PdfPage`) in grey, at most `dpi` dots an inch."""
    wide, high = page.get_size()
    scale = dpi / 72
    if wide * high * scale * scale > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (wide * high)) ** 0.5
    bitmap = page.render(scale=scale, grayscale=True, may_draw_forms=False)
    try:
        stride, width, height = bitmap.stride, bitmap.width, bitmap.height
        data = bytes(bitmap.buffer)
    finally:
        bitmap.close()
    rows = (data[y * stride : y * stride + width] for y in range(height))
    return Picture(width, height, data if stride == width else b"".join(rows), 72 * scale)

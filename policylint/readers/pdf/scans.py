"""Pages without text: the one place where OCR joins in, and the picture of the page it needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from policylint.readers.pdf.values import Word

DPI = 200
_MOST_PIXELS = 40_000_000
"""A larger page is drawn coarser: a page of five metres at 200 dpi would take gigabytes."""

WITHOUT_OCR = "Run it through OCR (text recognition) first, and check what comes out."
"""What a person can do about a scan."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page drawn in grey: one byte a pixel, row by row from the top, black 0, white 255; `dpi` as drawn."""

    width: int
    height: int
    pixels: bytes
    dpi: float


def words_of_scanned_page(page: Any, number: int) -> list[Word]:  # noqa: ARG001 - the interface for OCR
    """The words that OCR finds on a page (a `pypdfium2.PdfPage`, `number` from 1), in points; none without OCR."""
    return []


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

"""What was typed into a PDF after it was made: values of form fields and text boxes. They are read where they stand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from policylint.readers.pdf.frames import Box
from policylint.readers.pdf.opening import utf16
from policylint.readers.pdf.values import Word

_FREE_TEXT, _WIDGET = 3, 20
_MOST = 500
_DEFAULT = 10.0


def field_words(raw: Any, page: Any, number: int, place: Callable[[float, float, float, float], Box]) -> list[Word]:
    """The words of filled-in fields and text boxes of a page; comments and links are no text of the policy."""
    out: list[Word] = []
    for at in range(min(raw.FPDFPage_GetAnnotCount(page), _MOST)):
        annotation = raw.FPDFPage_GetAnnot(page, at)
        if not annotation:
            continue
        try:
            text = _value(raw, annotation)
            rect = raw.FS_RECTF()
            if text and raw.FPDFAnnot_GetRect(annotation, rect):
                out.extend(_words(text, place(rect.left, rect.bottom, rect.right, rect.top), number))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return out


def _value(raw: Any, annotation: Any) -> str:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind == _WIDGET and _string(raw, annotation, b"FT") != "Btn":
        return _string(raw, annotation, b"V")
    return _string(raw, annotation, b"Contents") if kind == _FREE_TEXT else ""


def _string(raw: Any, annotation: Any, key: bytes) -> str:
    count = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    return utf16(min(count, 20_000), lambda buffer, size: raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _words(text: str, box: Box, number: int) -> list[Word]:
    """The words of a value, set from the left upper corner of its box in lines as long as the box is wide."""
    x0, y0, x1, y1 = box
    size = min(_DEFAULT, max(4.0, 0.8 * (y1 - y0)))
    one_line = y1 - y0 < 2 * size
    out: list[Word] = []
    x, top = x0, (y0 + y1 - size) / 2 if one_line else y0
    for line in text.splitlines():
        for word in line.split():
            wide = 0.5 * size * len(word)
            if x > x0 and x + wide > x1 and not one_line:
                x, top = x0, top + 1.2 * size
            out.append(Word(word, x, top, x + wide, top + size, size, bold=False, page=number))
            x += wide + 0.25 * size
        x, top = x0, top + 1.2 * size
    return out

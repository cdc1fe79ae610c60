"""Open a PDF, say in a sentence why not, and what of it is not read. With `characters`, `glyphs`, `drawings`, `fields` and `scans`, all that knows pypdfium2."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from threading import RLock
from typing import Any

from policylint.errors import DocumentError

PDFIUM = RLock()
"""The library may not be entered by two threads at once."""

_HEAD = 1024
"""Bytes from the start within which every reader of PDF accepts the "%PDF" mark."""
_PASSWORD, _SECURITY = 4, 5
"""Error codes of the library (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY)."""
_MOST_BOOKMARKS = 5000


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the PDF's own outline: title, depth from 1, and the page (from 1) it leads to."""

    title: str
    level: int
    page: int


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Any]:
    """A `pypdfium2.PdfDocument` of a file's bytes, closed at the end.

    Raises:
        DocumentError: it is no PDF, is encrypted with a password, damaged, or has no page.
    """
    import pypdfium2

    if b"%PDF" not in data[:_HEAD]:
        raise DocumentError(
            "This is no PDF file, though its name says so.", file=name, hint="Give it its right suffix."
        )
    with PDFIUM:
        try:
            pdf = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _refused(getattr(error, "err_code", None), name) from None
        try:
            yield pdf
        finally:
            pdf.close()


def _refused(code: int | None, name: str) -> DocumentError:
    if code == _PASSWORD:
        return DocumentError(
            "The PDF is encrypted with a password.", file=name, hint="Save a copy without a password and check that."
        )
    if code == _SECURITY:
        return DocumentError(
            "The PDF is encrypted in a way that cannot be read.", file=name, hint="Save a copy without encryption."
        )
    return DocumentError(
        "The PDF is damaged or cut short, or has no page.", file=name, hint="Open it in a viewer and save it again."
    )


def page_numbers(count: int, wanted: tuple[int, int] | None, name: str) -> range:
    """The pages (from 1) to read of a PDF with `count` pages.

    Raises:
        DocumentError: a page is asked for that there is not.
    """
    first, last = wanted or (1, count)
    if not 1 <= first <= last or first > count:
        raise DocumentError(
            f"There are no pages {first}-{last} in this PDF.", file=name, hint=f"It has pages 1 to {count}."
        )
    return range(first, min(last, count) + 1)


def bookmarks(pdf: Any) -> list[Bookmark]:
    """The PDF's own outline in order; broken entries are passed over."""
    import pypdfium2

    found: list[Bookmark] = []
    try:
        for entry in pdf.get_toc(max_depth=9):
            target = entry.get_dest()
            page = target.get_index() if target is not None else None
            title = " ".join(entry.get_title().replace("\0", "").split())
            if title and page is not None:
                found.append(Bookmark(title, entry.level + 1, page + 1))
            if len(found) >= _MOST_BOOKMARKS:
                break
    except pypdfium2.PdfiumError:
        return found
    return found


def unread(pdf: Any) -> list[str]:
    """Notes on what is in the file and is never read or run: attachments and scripts."""
    from pypdfium2 import raw

    notes: list[str] = []
    attached = raw.FPDFDoc_GetAttachmentCount(pdf)
    if attached > 0:
        notes.append(f"The PDF has {attached} attached {'file' if attached == 1 else 'files'}, not read.")
    if raw.FPDFDoc_GetJavaScriptActionCount(pdf) > 0:
        notes.append("The PDF has scripts (JavaScript), which were not run.")
    return notes


def utf16(count: int, fill: Any) -> str:
    """The string that a function of the library writes as UTF-16 into a buffer of `count` bytes."""
    if count < 2:
        return ""
    buffer = ctypes.create_string_buffer(count)
    fill(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), count)
    return buffer.raw[: count - 2].decode("utf-16-le", "ignore").rstrip("\0")


def bare(function: Any, *types: Any) -> Any:
    """A function of the library that takes and gives plain addresses for pointers, for work by the thousand; first the type it gives.

    A pointer object for each letter or line of a page would take longer than reading the page, and so would letting other
    threads run at each call (as CFUNCTYPE does): the library admits one at a time anyway.
    """
    return _plain(*types)(ctypes.cast(function, ctypes.c_void_p).value or 0)


_plain = cache(ctypes.PYFUNCTYPE)
"""Unlike CFUNCTYPE, it would make a new class each time."""

"""Bytes to canonical text."""

from __future__ import annotations

import codecs
import re

from policylint.errors import DocumentError
from policylint.readers.formats import SUPPORTED

_MAGIC = {
    b"%PDF": "a PDF file",
    b"PK\x03\x04": "a zip archive (Word .docx, OpenDocument .odt and the like)",
    b"{\\rtf": "a Rich Text (RTF) file",
    b"\xd0\xcf\x11\xe0": "an old Word (.doc) or other Office file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\x1f\x8b": "a gzip archive",
}
_CONTROL = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f\x1a\x85") | {127})
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")


def canonical(text: str) -> str:
    """The text with every line end as "\\n"; all else stays as it stands."""
    return _LINE_ENDS.sub("\n", text)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The canonical text of a file's bytes, with a note for the user when it was not UTF-8.

    Raises:
        DocumentError: the bytes are not text.
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise _unreadable(name, f"This is {what}, which cannot be read.")
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _decode_marked(data, name, encoding)
    if b"\0" in data:
        raise _unreadable(name, "The file holds binary data, not text.")
    if len(data) - len(data.translate(None, _CONTROL)) > max(8, len(data) // 100):
        raise _unreadable(name, "The file is full of control characters: it is binary data, not text.")
    try:
        return canonical(data.decode("utf-8")), ()
    except UnicodeDecodeError:
        text, encoding = _decode_western(data)
        return canonical(text), (f"The file is not UTF-8; it was read as {encoding}.",)


def _decode_marked(data: bytes, name: str, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise _unreadable(
            name, f"The file is marked as {encoding.upper()} but is damaged at byte {error.start}."
        ) from error
    return canonical(text), () if encoding == "utf-8" else ("The file is UTF-16, not UTF-8.",)


def _decode_western(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        # Five bytes have no meaning in Windows-1252; ISO 8859-1 gives every byte one, but no curly quotes.
        return "".join(_western(byte) for byte in data), "Windows-1252 with stray bytes"


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _unreadable(name: str, message: str) -> DocumentError:
    return DocumentError(message, file=name, hint=f"Give the policy as one of: {SUPPORTED}.")

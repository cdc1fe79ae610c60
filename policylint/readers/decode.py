"""Bytes to canonical text."""

from __future__ import annotations

import codecs
import re

from policylint.errors import DocumentError
from policylint.readers.formats import SUPPORTED

_CONTROL = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b\x1c\x1d\x1e\x1f\x1a\x85") | {127})
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHER_ENDS = "\r\x85\u2028\u2029"
_LINE_ENDS = re.compile(f"\r\n|[{_OTHER_ENDS}]")


def canonical(text: str) -> str:
    """The text with every line end as "\\n"; all else stays as it stands."""
    if not any(end in text for end in _OTHER_ENDS):
        return text  # as most are: no need to try the pattern at each character
    return _LINE_ENDS.sub("\n", text)


def is_text(data: bytes) -> bool:
    """Whether bytes look like text in some encoding."""
    return data.startswith(tuple(mark for mark, _ in _MARKS)) or _binary(data) is None


def _binary(data: bytes) -> str | None:
    """What shows that bytes are no text, as a sentence."""
    if b"\0" in data:
        return "The file holds binary data, not text."
    if len(data) - len(data.translate(None, _CONTROL)) > max(8, len(data) // 100):
        return "The file is full of control characters: it is binary data, not text."
    return None


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The canonical text of a file's bytes, with a note for the user when it was not UTF-8.

    Raises:
        DocumentError: the bytes are not text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, name, encoding)
    wrong = _binary(data)
    if wrong is not None:
        raise _unreadable(name, wrong)
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

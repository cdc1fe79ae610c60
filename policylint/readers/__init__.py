"""Readers: files of each format to blocks of text with style hints.

A new format is one module with `read(text) -> Source` and one line in `READERS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.decode import SUPPORTED, canonical, decode
from policylint.readers.markdown import read as read_markdown
from policylint.readers.plain import read as read_plain

__all__ = ["READERS", "Reader", "read_bytes", "read_text"]

Reader = Callable[[str], Source]
"""From the canonical text of a file to its blocks."""

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_markdown,
    ".markdown": read_markdown,
    "": read_plain,
}
"""Suffix of a file name, in small letters, to the reader of that format."""


def read_bytes(data: bytes, name: str) -> Source:
    """Read a file's bytes by the reader that its name's suffix calls for.

    Raises:
        DocumentError: no reader for the suffix, the bytes are not text, or there is no text in them.
    """
    suffix = PurePath(name).suffix.lower()
    text, notes = decode(data, name)
    if suffix not in READERS:
        raise DocumentError(
            f"There is no reader for files that end in {suffix}.", file=name, hint=f"Supported are {SUPPORTED}."
        )
    source = _read(READERS[suffix], text, name)
    return replace(source, notes=notes + source.notes)


def read_text(text: str, name: str) -> Source:
    """Read a text that is already a string: as Markdown if the name ends in .md or it has Markdown headings, else as plain text.

    Raises:
        DocumentError: the text is blank.
    """
    suffix = PurePath(name).suffix.lower()
    return _read(READERS.get(suffix, read_plain), canonical(text.removeprefix("\ufeff")), name)


_ATX_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def _read(reader: Reader, text: str, name: str) -> Source:
    # Markdown comes under other names, too: pasted as a text, saved as .txt. Two "#" headings are no accident.
    if reader is read_plain and len(_ATX_HEADING.findall(text)) > 1:
        reader = read_markdown
    source = reader(text) if text.strip() else None
    if source is None or not source.blocks:
        raise DocumentError("The document holds no text.", file=name, hint="Check that the right file was given.")
    return source

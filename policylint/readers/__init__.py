"""Readers: files of each format to blocks of text with style hints.

A new format is one module with a `read` and one line in `FORMATS`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import Any

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.decode import canonical, decode
from policylint.readers.formats import FORMATS, READERS, SUPPORTED, Format, Options

__all__ = ["FORMATS", "READERS", "Format", "Options", "read_bytes", "read_text"]

_ALL = Options()


def read_bytes(data: bytes, name: str, options: Options = _ALL) -> Source:
    """Read a file's bytes by the reader that its name's suffix calls for.

    Raises:
        DocumentError: no reader for the suffix, the bytes are not what the suffix says, or there is no text in them.
    """
    suffix = PurePath(name).suffix.lower()
    format_ = READERS.get(suffix)
    if format_ is None:
        raise DocumentError(
            f"There is no reader for files that end in {suffix}.", file=name, hint=f"Supported are: {SUPPORTED}."
        )
    if not format_.text:
        return _with_text(_module(format_).read(data, name, options), name)
    text, notes = decode(data, name)
    source = _read_text(format_, text, name)
    return replace(source, notes=notes + source.notes)


def read_text(text: str, name: str) -> Source:
    """Read a text that is already a string: as Markdown if the name ends in .md or it has Markdown headings, else as plain text.

    Raises:
        DocumentError: the text is blank.
    """
    format_ = READERS.get(PurePath(name).suffix.lower(), FORMATS["text"])
    return _read_text(format_ if format_.text else FORMATS["text"], canonical(text.removeprefix("\ufeff")), name)


_ATX_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def _read_text(format_: Format, text: str, name: str) -> Source:
    # Markdown comes under other names, too: pasted as a text, saved as .txt. Two "#" headings are no accident.
    if format_.id == "text" and len(_ATX_HEADING.findall(text)) > 1:
        format_ = FORMATS["markdown"]
    return _with_text(_module(format_).read(text) if text.strip() else None, name)


def _with_text(source: Source | None, name: str) -> Source:
    if source is None or not source.blocks:
        raise DocumentError("The document holds no text.", file=name, hint="Check that the right file was given.")
    return source


def _module(format_: Format) -> Any:
    """The module of a reader; loaded when it is first needed, since some load heavy libraries."""
    return import_module(f"policylint.readers.{format_.module}")

"""Readers: files of each format to blocks of text with style hints.

A new format is one module with a `read` and one line in `FORMATS`. Which format a file has is told by its bytes (`sniff`);
all but plain characters is read in a process of its own, under a bound (`bounded`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from policylint.errors import DocumentError
from policylint.readers.formats import FORMATS, IN_FOLDERS, READERS, SUPPORTED, Format, Options

if TYPE_CHECKING:
    # Every command needs the names of the formats; what reads a file is loaded when there is one.
    from policylint.document import Block, Source

__all__ = ["FORMATS", "IN_FOLDERS", "READERS", "SUPPORTED", "Format", "Options", "prepare", "read_bytes", "read_text"]

_ALL = Options()


def read_bytes(
    data: bytes, name: str, options: Options = _ALL, meanwhile: Callable[[], object] | None = None
) -> Source:
    """Read a file's bytes as what they are; that they are not what the name says is told in the notes.

    Args:
        meanwhile: called while another process reads; never for plain text and Markdown.

    Raises:
        DocumentError: there is no reader for such a file, it cannot be read, not within the bounds, or holds no text.
    """
    from policylint.readers.decode import decode
    from policylint.readers.sniff import format_of

    format_, told = format_of(data, name)
    if format_.text:
        text, notes = decode(data, name)
        source = _read_text(format_, text, name)
        return replace(source, notes=told + notes + source.notes)
    from policylint.readers import bounded

    source = _with_text(bounded.read(format_, data, name, options, meanwhile), name)
    return replace(source, notes=told + source.notes)


def prepare(names: Iterable[str]) -> None:
    """Get ready for files of these names: start the process that reads, if one of them will need it."""
    formats = (READERS.get(PurePath(name).suffix.lower()) for name in names)
    if any(format_ is not None and not format_.text for format_ in formats):
        from policylint.readers import bounded

        bounded.prepare()


def read_text(text: str, name: str) -> Source:
    """Read a text that is already a string: as Markdown if the name ends in .md or it has Markdown headings, else as plain text.

    Raises:
        DocumentError: the text is blank.
    """
    from policylint.readers.decode import canonical

    format_ = READERS.get(PurePath(name).suffix.lower(), FORMATS["text"])
    return _read_text(format_ if format_.text else FORMATS["text"], canonical(text.removeprefix("\ufeff")), name)


_ATX_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def _read_text(format_: Format, text: str, name: str) -> Source:
    # Markdown comes under other names, too: pasted as a text, saved as .txt. Two "#" headings are no accident.
    if format_.id == "text" and "#" in text and len(_ATX_HEADING.findall(text)) > 1:
        format_ = FORMATS["markdown"]
    return _with_text(_module(format_).read(text) if text.strip() else None, name)


def _with_text(source: Source | None, name: str) -> Source:
    if source is None or not any(_says_something(source.text, block) for block in source.blocks):
        raise DocumentError("The document holds no text.", file=name, hint="Check that the right file was given.")
    return source


def _says_something(text: str, block: Block) -> bool:
    return not block.left_out and any(not text[a:b].isspace() for a, b in block.spans if a < b)


def _module(format_: Format) -> Any:
    """The module of a reader; loaded when it is first needed, since some load heavy libraries."""
    return import_module(format_.path)

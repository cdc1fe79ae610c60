"""The parts of an OpenDocument file that hold its text, unpacked within bounds, parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import dataclass
from typing import Any

from policylint.errors import DocumentError

Element = Any
"""An element of lxml: its stubs say little that a type checker could use."""

_MOST = 100_000_000
"""Bytes of a part, unpacked, above which it is not read: a 500-page policy manual has some four million."""
_MOST_ENTRIES = 20_000
_SAVE = "Open it in LibreOffice or Word, save it again as .odt, .docx or PDF, and give that."


@dataclass(frozen=True, slots=True)
class Package:
    """The XML trees of a document; in a file of flat XML both are the same."""

    content: Element
    styles: Element | None


def load(data: bytes, name: str) -> Package:
    """The trees of a zipped or flat OpenDocument file.

    Raises:
        DocumentError: it is damaged, encrypted, too large unpacked, declares entities, or has no text.
    """
    if data.lstrip()[:1] == b"<":
        tree = _parsed(data, name)
        return Package(tree, tree)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if len(archive.filelist) > _MOST_ENTRIES:
                raise _bad(name, f"The file is an archive of more than {_MOST_ENTRIES:,} parts, which no document has.")
            if b"encryption-data" in (_part(archive, "META-INF/manifest.xml", name) or b""):
                raise _bad(name, "The document is encrypted.", "Open it, save it without a password, and give that.")
            content, styles = _part(archive, "content.xml", name), _part(archive, "styles.xml", name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
        raise _bad(name, "The file is damaged: it cannot be unpacked.") from error
    if content is None:
        raise _bad(name, "The file is no OpenDocument text: its part content.xml is missing.")
    return Package(_parsed(content, name), _parsed(styles, name) if styles is not None else None)


def _part(archive: zipfile.ZipFile, part: str, name: str) -> bytes | None:
    """A part by its exact name, so that no path can lead anywhere else; None when there is none."""
    try:
        info = archive.getinfo(part)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise _bad(name, "The document is encrypted.", "Open it, save it without a password, and give that.")
    if info.file_size > _MOST:
        raise _too_large(name)
    with archive.open(info) as file:
        data = file.read(_MOST + 1)  # what the archive says of its size may be a lie
    if len(data) > _MOST:
        raise _too_large(name)
    return data


def _parsed(data: bytes, name: str) -> Element:
    from lxml import etree

    from policylint.readers.office_xml import parser

    if b"<!ENTITY" in data[:1_000_000]:
        raise _entities(name)
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as error:
        raise _bad(name, f"The document's XML cannot be read ({_reason(str(error))}).") from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise _entities(name)
    return root


def _reason(message: str) -> str:
    """A parser's message without its file name."""
    return message.partition(" (<string>")[0].rstrip(".")[:200]


def _entities(name: str) -> DocumentError:
    return _bad(name, "The document declares XML entities, which no word processor writes; it was not read.")


def _too_large(name: str) -> DocumentError:
    return _bad(name, f"Unpacked, the document is larger than {_MOST // 1_000_000} million bytes; it was not read.")


def _bad(name: str, message: str, hint: str = _SAVE) -> DocumentError:
    return DocumentError(message, file=name, hint=hint)

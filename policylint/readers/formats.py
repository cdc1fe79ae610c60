"""The formats there are: by which suffix and which first bytes each is known, and which module reads it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        id: as in the report ("pdf").
        title: for people ("PDF").
        suffixes: of file names, in small letters.
        module: of `policylint.readers`, imported when a file of the format is read. It holds
            `read(data: bytes, name: str, options: Options) -> Source`, or `read(text: str) -> Source` where `text` is set.
        text: the format is plain characters, which `decode` makes a string of before the reader sees them.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    text: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """What a user asks of reading.

    Attributes:
        pages: first and last page (from 1) to read of a format with pages, or None for all.
    """

    pages: tuple[int, int] | None = None


FORMATS: dict[str, Format] = {
    format_.id: format_
    for format_ in (
        Format("text", "plain text", (".txt", ".text", ""), "plain", text=True),
        Format("markdown", "Markdown", (".md", ".markdown"), "markdown", text=True),
        Format("pdf", "PDF", (".pdf",), "pdf"),
        Format("image", "pictures of pages", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), "image"),
    )
}
"""By id. A new format is one line here and one module."""

READERS: dict[str, Format] = {suffix: format_ for format_ in FORMATS.values() for suffix in format_.suffixes}
"""By suffix."""

SUPPORTED = ", ".join(f"{f.title} ({', '.join(filter(None, f.suffixes))})" for f in FORMATS.values())
"""For people."""

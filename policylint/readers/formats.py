"""The formats there are: by which suffix and which first bytes each is known, and which module reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Format:
    """A file format.

    Attributes:
        id: as in the report ("pdf").
        title: for people ("PDF").
        suffixes: of file names, in small letters.
        module: of `policylint.readers` (or a dotted name), imported when a file of the format is read. It holds
            `read(data: bytes, name: str, options: Options) -> Source`, or `read(text: str) -> Source` where `text` is set.
        text: the format is plain characters, which `decode` makes a string of before the reader sees them.
    """

    id: str
    title: str
    suffixes: tuple[str, ...]
    module: str
    text: bool = False

    @property
    def path(self) -> str:
        """The dotted name of its module."""
        return self.module if "." in self.module else f"policylint.readers.{self.module}"


def _no_bound(_seconds: float) -> None:
    """Where no clock runs, there is no time to ask for."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a user asks of reading.

    Attributes:
        pages: first and last page (from 1) to read of a format with pages, or None for all.
        seconds: the time that reading one document may take, or None for any.
        memory: the megabytes (2**20 bytes) that reading one document may take, or None for any.
        more_time: for readers: called with the seconds that a slow step (recognising the text of a page) may take on top.
    """

    pages: tuple[int, int] | None = None
    seconds: float | None = 120.0
    memory: int | None = 2048
    more_time: Callable[[float], None] = field(default=_no_bound, compare=False, repr=False)


FORMATS: dict[str, Format] = {
    format_.id: format_
    for format_ in (
        Format("text", "plain text", (".txt", ".text", ""), "plain", text=True),
        Format("markdown", "Markdown", (".md", ".markdown"), "markdown", text=True),
        Format("pdf", "PDF", (".pdf",), "pdf"),
        Format("docx", "Word", (".docx", ".docm", ".dotx", ".dotm"), "docx"),
        Format("html", "HTML", (".html", ".htm", ".xhtml", ".mht", ".mhtml"), "html"),
        Format("odt", "OpenDocument text", (".odt", ".ott", ".fodt"), "odt"),
        Format("rtf", "Rich Text", (".rtf",), "rtf"),
        Format("doc", "old Word", (".doc", ".dot"), "doc"),
        Format("image", "pictures of pages", (".png", ".jpg", ".jpeg", ".tif", ".tiff"), "image"),
    )
}
"""By id. A new format is one line here and one module."""

READERS: dict[str, Format] = {suffix: format_ for format_ in FORMATS.values() for suffix in format_.suffixes}
"""By suffix."""

_ONLY_NAMED = frozenset(("image",))
"""Pictures in a folder are crests and photographs far more often than scanned policies: one is read when it is named."""

IN_FOLDERS = tuple(s for f in FORMATS.values() if f.id not in _ONLY_NAMED for s in f.suffixes if s)
"""The suffixes of files that are taken from folders."""

SUPPORTED = ", ".join(f"{f.title} ({', '.join(filter(None, f.suffixes))})" for f in FORMATS.values())
"""For people."""

TITLES = ", ".join(f.title for f in FORMATS.values())
"""For people, in short."""

"""Which format a file's bytes really are, whatever its name says.

What is recognised and has no reader is named all the same: a person who is told "this is an Excel workbook" knows what to do.
"""

from __future__ import annotations

import codecs
import io
import re
from dataclasses import dataclass
from pathlib import PurePath

from policylint.errors import DocumentError
from policylint.readers.decode import decode, is_text
from policylint.readers.formats import FORMATS, READERS, SUPPORTED, Format

_SAVE = "Open it in the program it was made with and save it as Word (.docx) or PDF."
_UNPACK = "Unpack it and give the policy that is in it."
_ONE_OF = f"Give the policy as one of: {SUPPORTED}."


@dataclass(frozen=True, slots=True)
class Kind:
    """What bytes are.

    Attributes:
        id: of the format in `FORMATS` that reads it; "" or an id without a reader when there is none.
        what: for people, with its article ("a PDF file").
        hint: what to do when there is no reader.
        holds: ids of the formats whose files look like this when they are damaged; their reader says it better.
    """

    id: str
    what: str
    hint: str = _ONE_OF
    holds: tuple[str, ...] = ()


_ZIP = Kind("", "a zip archive, and no Word (.docx) or OpenDocument (.odt) file", _UNPACK, ("docx", "odt"))
_OLE = Kind("", "an old Office file, and no Word (.doc) document", _SAVE, ("doc",))
_LOCKED = Kind(
    "", "an Office file that is protected by a password", "Open it, take the password off, save it, and give it again."
)
_PICTURE_HINT = "Scan or save it as PNG, TIFF or PDF."

_PREFIXES: tuple[tuple[bytes, Kind], ...] = (
    (b"{\\rtf", Kind("rtf", "a Rich Text (RTF) file", _SAVE)),
    (b"\x89PNG\r\n\x1a\n", Kind("image", "a PNG picture")),
    (b"\xff\xd8\xff", Kind("image", "a JPEG picture")),
    (b"II*\x00", Kind("image", "a TIFF picture")),
    (b"MM\x00*", Kind("image", "a TIFF picture")),
    (b"GIF8", Kind("", "a GIF picture", _PICTURE_HINT)),
    (b"BM", Kind("", "a BMP picture", _PICTURE_HINT)),
    (b"\xffWPC", Kind("", "a WordPerfect document", _SAVE)),
    (b"%!PS", Kind("", "a PostScript file", "Convert it to PDF and give that.")),
    (b"AT&TFORM", Kind("", "a DjVu document", "Convert it to PDF and give that.")),
    (b"\x1f\x8b", Kind("", "a gzip archive", _UNPACK)),
    (b"BZh", Kind("", "a bzip2 archive", _UNPACK)),
    (b"\xfd7zXZ\x00", Kind("", "an xz archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind("", "a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", Kind("", "a RAR archive", _UNPACK)),
    (b"\x7fELF", Kind("", "a program")),
)
_IN_ZIP: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"wordprocessingml\.(?:document|template)\.main\+xml"), Kind("docx", "a Word file (.docx)", _SAVE)),
    (re.compile(rb"ms-word\.(?:document|template)\.macroEnabled"), Kind("docx", "a Word file with macros", _SAVE)),
    (re.compile(rb"spreadsheetml|ms-excel"), Kind("", "an Excel workbook", _SAVE)),
    (re.compile(rb"presentationml|ms-powerpoint"), Kind("", "a PowerPoint presentation", _SAVE)),
    (re.compile(rb"fixeddocument"), Kind("", "an XPS document", "Print it to PDF and give that.")),
    (re.compile(rb"opendocument\.text(?!-web)"), Kind("odt", "an OpenDocument text (.odt)", _SAVE)),
    (re.compile(rb"opendocument\."), Kind("", "an OpenDocument file, and no text", _SAVE)),
    (re.compile(rb"epub\+zip"), Kind("", "an EPUB book", "Convert it to PDF or HTML and give that.")),
)
_PAGES = Kind("", "an Apple Pages document", "Export it from Pages as Word or PDF.")
_IN_OLE: tuple[tuple[str, Kind], ...] = (
    ("EncryptedPackage", _LOCKED),
    ("WordDocument", Kind("doc", "an old Word file (.doc)", _SAVE)),
    ("PowerPoint Document", Kind("", "an old PowerPoint presentation", _SAVE)),
    ("__substg1.0_", Kind("", "an Outlook message", "Save what is attached to it, or the message as PDF.")),
    ("Workbook", Kind("", "an old Excel workbook", _SAVE)),
)
_MARKUP: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (
        re.compile(rb"mso-application\s+progid=.Word|<(?:\w+:)?wordDocument\b"),
        Kind("", "a Word 2003 XML file", _SAVE),
    ),
    (re.compile(rb"<pkg:package\b"), Kind("", "a Word file as flat XML", _SAVE)),
    (re.compile(rb"<office:document\b"), Kind("odt", "an OpenDocument text as flat XML (.fodt)", _SAVE)),
    (
        re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE),
        Kind("html", "a web page (HTML)"),
    ),
)
_MHTML = Kind("html", "a saved web page (MHTML)", "Open it in a browser or in Word and save it as HTML, Word or PDF.")
_MAIL_HEAD = re.compile(rb"(?:[A-Za-z-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){0,40}?MIME-Version:", re.IGNORECASE)
_COMMENTS = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)*", re.DOTALL)

_HEAD = 4096
_MOST_ENTRIES = 10_000
"""Entries of a zip archive above which none is looked at: no document has so many."""
_LISTED = 1_000_000
"""Bytes of an archive's list of types that are looked at."""


def sniff(data: bytes) -> Kind | None:
    """What bytes are, or None for plain text and for what nobody knows."""
    head = _plain_head(data)
    for prefix, kind in _PREFIXES:
        if head.startswith(prefix) and (prefix != b"BM" or not is_text(data)):
            return kind
    if b"%PDF-" in head[:1024]:
        return Kind("pdf", "a PDF file", "Print it to a new PDF, or save it as Word.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_kind(data)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return next((k for stream, k in _IN_OLE if stream.encode("utf-16-le") in data), _OLE)
    if head[4:8] == b"ftyp":
        return Kind("", "a picture or film of a telephone (HEIC, MP4)", _PICTURE_HINT)
    if head.startswith(b"RIFF"):
        return Kind("", "a WebP picture, a sound or a film", _PICTURE_HINT)
    return _markup_kind(head)


def text_of(data: bytes, name: str) -> str:
    """The text of a file that must be plain text. Raises DocumentError, which says what it is instead."""
    kind = sniff(data)
    if kind is not None:
        raise DocumentError(f"This is {kind.what}, not text.", file=name, hint="Give a file of plain text.")
    return decode(data, name)[0]


def format_of(data: bytes, name: str) -> tuple[Format, tuple[str, ...]]:
    """The format to read a file as, with a note for the user when its name says another.

    Raises:
        DocumentError: it is empty, or nothing that policylint reads; says what it is.
    """
    if not data:
        raise DocumentError("The file is empty: there is no text in it.", file=name, hint="Check that it was saved.")
    suffix = PurePath(name).suffix.lower()
    named, kind = READERS.get(suffix), sniff(data)
    if kind is None:
        return _by_name(data, name, suffix, named)
    if named is not None and named.id in (kind.id, *kind.holds):
        return named, ()
    if kind.id not in FORMATS:
        raise DocumentError(f"This is {kind.what}, which cannot be read.", file=name, hint=kind.hint)
    told = f"The name ends in {suffix}, but the file is {kind.what}; it was read as that." if suffix else ""
    return FORMATS[kind.id], (told,) if told else ()


def _by_name(data: bytes, name: str, suffix: str, named: Format | None) -> tuple[Format, tuple[str, ...]]:
    """The format of bytes that show none themselves."""
    if named is None:
        # "SOP 12.5" and "Policy 1053.2 Peer Support" have no suffix, although they hold a full stop.
        if re.fullmatch(r"\.[a-z][a-z0-9]{1,5}", suffix) or not is_text(data):
            message = f"There is no reader for files that end in {suffix}."
            raise DocumentError(message, file=name, hint=_ONE_OF)
        return FORMATS["text"], ()
    if named.text:
        return named, ()
    if named.id == "html":  # a piece of HTML needs no <html>
        decode(data, name)
        return named, ()
    if not is_text(data):
        return named, ()  # its reader says what is wrong with it
    return FORMATS["text"], (f"The name ends in {suffix}, but the file is plain text; it was read as that.",)


def _plain_head(data: bytes) -> bytes:
    """The first bytes, in an encoding in which ASCII is ASCII, without byte order mark and white space."""
    head = data[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8).lstrip()


def _zip_kind(data: bytes) -> Kind:
    import zipfile  # not needed to start, nor for a text

    if data.count(b"PK\x01\x02") > _MOST_ENTRIES:
        return _ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
            listed = b""
            for name in ("mimetype", "[Content_Types].xml"):
                if name in names:
                    with archive.open(name) as file:
                        listed += file.read(_LISTED)
    except Exception:  # noqa: BLE001 - zipfile raises half a dozen kinds of error for damaged archives
        return _ZIP
    if "Index/Document.iwa" in names:
        return _PAGES
    return next((kind for sign, kind in _IN_ZIP if sign.search(listed)), _ZIP)


def _markup_kind(head: bytes) -> Kind | None:
    if head[:1] == b"<":
        opening = _COMMENTS.match(head)
        start = opening.end() if opening is not None else 0
        for sign, kind in _MARKUP:
            match = sign.search(head)
            if match is not None and (kind.id != "html" or match.start() == start):
                return kind
    if _MAIL_HEAD.match(head) is not None and b"multipart/related" in head.lower():
        return _MHTML
    return None

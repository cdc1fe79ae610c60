"""A Word file as an archive of parts, opened with distrust: what it says of its sizes is checked before anything is inflated.

Nothing is written to disk, nothing outside the archive is opened, and no part may declare a document type: so there are no
entities to expand and no addresses to fetch.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn

from lxml import etree

from policylint.errors import DocumentError
from policylint.readers.docx.names import Element
from policylint.readers.office_xml import parser

MOST_PART = 64 * 2**20
"""Bytes of one part when inflated. The text of a manual of 2,000 pages takes about 30 million."""
MOST_ALL = 128 * 2**20
"""Bytes of all parts that are read."""
MOST_ENTRIES = 10_000

_SAVE = "Open it in Word or LibreOffice, save it as .docx, and give it again."
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"
# ISO 29500 "strict" files name the same things otherwise.
_STRICT_NAMES = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/", b"http://schemas.openxmlformats.org/wordprocessingml/2006/"),
    (b"http://purl.oclc.org/ooxml/officeDocument/", b"http://schemas.openxmlformats.org/officeDocument/2006/"),
)
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part says of another.

    Attributes:
        kind: the last word of its type: "header", "styles", "footnotes".
        target: name of the part, without the leading stroke.
    """

    kind: str
    target: str


class Package:
    """The parts of one file.

    Attributes:
        name: of the file, for errors.
        main: name of the part that holds the text.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = MOST_ALL
        if data.startswith(_OLE):
            self._refuse_ole(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError) as error:
            what = "is damaged or cut off" if data.startswith(b"PK") else "is not what its name says"
            self.fail(f"The Word file {what}: its zip archive cannot be opened ({_reason(error)}).")
        entries = self._zip.infolist()
        if len(entries) > MOST_ENTRIES:
            self.fail(f"The archive holds {len(entries):,} files; no Word file holds more than {MOST_ENTRIES:,}.")
        self._entries = {self._safe(entry.filename).lower(): entry for entry in entries}
        self.main = self._main()

    def fail(self, message: str, hint: str = _SAVE) -> NoReturn:
        """Refuse the file. Raises DocumentError."""
        raise DocumentError(message, file=self.name, hint=hint) from None

    # -- parts ----------------------------------------------------------------------------------------------------

    def part(self, target: str) -> Element | None:
        """The root element of a part, or None when the archive holds no such part.

        Raises:
            DocumentError: it is too large, damaged, encrypted, no XML, or declares a document type.
        """
        entry = self._entries.get(target.lower())
        if entry is None:
            return None
        return self._parsed(self._inflated(entry), target)

    def relations(self, target: str) -> dict[str, Relation]:
        """By id, the parts of the archive that a part names; what lies elsewhere (links, linked pictures) is left out."""
        folder, _, file = target.rpartition("/")
        root = self.part(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found: dict[str, Relation] = {}
        for each in root.iter(_RELATION) if root is not None else ():
            if each.get("TargetMode", "").lower() == "external":
                continue
            path = each.get("Target", "")
            path = path if path.startswith("/") else posixpath.join("/", folder, path)
            kind = each.get("Type", "").rpartition("/")[2]
            found[each.get("Id", "")] = Relation(kind, posixpath.normpath(path).lstrip("/"))
        return found

    def close(self) -> None:
        """Let go of the archive."""
        self._zip.close()

    # -- inside ---------------------------------------------------------------------------------------------------

    def _refuse_ole(self, data: bytes) -> NoReturn:
        if any(stream.encode("utf-16-le") in data for stream in ("EncryptedPackage", "DRMEncrypted")):
            self.fail(
                "The Word file is protected by a password and cannot be read.",
                "Open it in Word, take the protection off (File, Info, Protect Document), save it, and give it again.",
            )
        self.fail("This is an old Word file (.doc) or another old Office file, whatever its name says.")

    def _safe(self, path: str) -> str:
        path = path.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or path[1:2] == ":":
            self.fail(
                f"The archive holds a path that leads out of it ({path[:80]!r}): no Word program writes such a file."
            )
        return path

    def _main(self) -> str:
        targets = [r.target for r in self.relations("").values() if r.kind == "officeDocument"]
        for target in [*targets, "word/document.xml"]:
            if target.lower() in self._entries:
                return target
        if "mimetype" in self._entries:
            self.fail("This is an OpenDocument file, whatever its name says.")
        return self.fail(
            "The archive holds no document (word/document.xml): this is no Word file, or parts are missing."
        )

    def _inflated(self, entry: zipfile.ZipInfo) -> bytes:
        size = entry.file_size
        if size > min(MOST_PART, self._left):
            self.fail(
                f"The part {entry.filename} would take {size / 2**20:,.0f} MB when unpacked, which is more than is read."
            )
        if entry.flag_bits & 1:
            self.fail("The archive is encrypted and cannot be read.", "Save it without a password.")
        try:
            with self._zip.open(entry) as file:
                data = file.read(size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            self.fail(f"The Word file is damaged: its part {entry.filename} cannot be unpacked ({_reason(error)}).")
        self._left -= len(data)
        return data

    def _parsed(self, data: bytes, target: str) -> Element:
        if any(mark in data for mark in _DOCTYPES):
            self._refuse_doctype(target)
        if _STRICT in data:
            for strict, usual in _STRICT_NAMES:
                data = data.replace(strict, usual)
        try:
            root = etree.fromstring(data, parser())
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            self.fail(f"The Word file is damaged: its part {target} is not XML that can be read ({_reason(error)}).")
        if root.getroottree().docinfo.internalDTD is not None:  # in an encoding that hides it from the search above
            self._refuse_doctype(target)
        return root

    def _refuse_doctype(self, target: str) -> NoReturn:
        self.fail(
            f"The part {target} declares a document type, by which files and addresses could be read that are none of "
            "ours; no Word program writes one."
        )


def _reason(error: Exception) -> str:
    return str(error).strip().rstrip(".").split("\n")[0][:120] or type(error).__name__

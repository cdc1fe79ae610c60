"""Files are what their bytes are: whatever the name says, and by name where nothing reads them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest

from policylint.errors import DocumentError
from policylint.readers import formats, read_bytes, sniff
from policylint.readers.extras import needs
from policylint.readers.formats import FORMATS, Format
from policylint.readers.sniff import format_of

PROSE = b"Peer supporters shall keep confidential what they hear."
TYPES = "application/vnd.openxmlformats-officedocument.{}+xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def office(kind: str, extra: str = "") -> bytes:
    return archive(**{"[Content_Types].xml": f'<Types>{extra}<Override ContentType="{TYPES.format(kind)}"/></Types>'})


def ole(stream: str) -> bytes:
    return OLE + b"\0" * 500 + stream.encode("utf-16-le") + b"\0" * 500


SAMPLES: dict[str, tuple[bytes, str]] = {
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "pdf"),
    "pdf after rubbish": (b"\x00\x01 mail header\r\n" * 20 + b"%PDF-1.4\n", "pdf"),
    "docx": (office("wordprocessingml.document.main"), "docx"),
    "dotx": (office("wordprocessingml.template.main"), "docx"),
    "docm": (archive(**{"[Content_Types].xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}), "docx"),
    "docx with a workbook in it": (
        office("wordprocessingml.document.main", f'<Default ContentType="{TYPES.format("spreadsheetml.sheet")}"/>'),
        "docx",
    ),
    "odt": (archive(mimetype="application/vnd.oasis.opendocument.text"), "odt"),
    "ott": (archive(mimetype="application/vnd.oasis.opendocument.text-template"), "odt"),
    "fodt": (b'<?xml version="1.0"?><office:document xmlns:office="urn:x">', "odt"),
    "rtf": (b"{\\rtf1\\ansi Peer support\\par}", "rtf"),
    "doc": (ole("WordDocument"), "doc"),
    "html": (b"\xef\xbb\xbf\r\n<!-- saved -->\n<!DOCTYPE html><title>x</title>", "html"),
    "xhtml": (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "html"),
    "html in utf-16": ("<html><body>x".encode("utf-16"), "html"),
    "mhtml": (b"From: <Saved>\r\nSubject: Policy\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;", "html"),
    "png": (b"\x89PNG\r\n\x1a\n\0\0", "image"),
    "jpeg": (b"\xff\xd8\xff\xe0\0\x10JFIF", "image"),
    "tiff": (b"II*\x00\x08\0", "image"),
    "tiff, other end": (b"MM\x00*\0\0", "image"),
}
NOT_READ: dict[str, tuple[bytes, str]] = {
    "xlsx": (office("spreadsheetml.sheet.main"), "an Excel workbook"),
    "pptx": (office("presentationml.presentation.main"), "a PowerPoint presentation"),
    "ods": (archive(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "an OpenDocument file, and no text"),
    "epub": (archive(mimetype="application/epub+zip"), "an EPUB book"),
    "pages": (archive(Index__Document="x", **{"Index/Document.iwa": "x"}), "an Apple Pages document"),
    "zip": (archive(policy="x"), "a zip archive"),
    "broken zip": (b"PK\x03\x04 and so on", "a zip archive"),
    "xls": (ole("Workbook"), "an old Excel workbook"),
    "msg": (ole("__substg1.0_0037001F"), "an Outlook message"),
    "ole": (OLE + b"\0" * 600, "an old Office file"),
    "locked docx": (ole("EncryptedPackage"), "protected by a password"),
    "word xml": (b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument>', "Word 2003 XML"),
    "wordperfect": (b"\xffWPC\x10\0\0", "a WordPerfect document"),
    "gif": (b"GIF89a\x01", "a GIF picture"),
    "bmp": (b"BM\x36\0\0\0\0\0", "a BMP picture"),
    "webp": (b"RIFF\x10\0\0\0WEBP", "a WebP picture"),
    "heic": (b"\0\0\0\x18ftypheic\0", "HEIC"),
    "postscript": (b"%!PS-Adobe-3.0\n", "a PostScript file"),
    "gzip": (b"\x1f\x8b\x08\0", "a gzip archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0", "a 7-Zip archive"),
    "rar": (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
}


@pytest.fixture
def every_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if all readers were there."""
    for id_ in ("pdf", "docx", "html", "odt", "rtf", "doc", "image"):
        known = FORMATS.get(id_, Format(id_, id_, (f".{id_}",), id_))
        monkeypatch.setitem(formats.FORMATS, id_, known)
        for suffix in known.suffixes:
            monkeypatch.setitem(formats.READERS, suffix, known)


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were none but for text."""
    for table in (formats.FORMATS, formats.READERS):
        for key, format_ in list(table.items()):
            if not format_.text:
                monkeypatch.delitem(table, key)


@pytest.mark.usefixtures("every_reader")
@pytest.mark.parametrize("name", ["x", "x.txt", "x.md", "x.pdf", "x.docx", "x.rtf", "x.unknown"])
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_file_is_what_its_bytes_are(kind: str, name: str) -> None:
    data, id_ = SAMPLES[kind]
    format_, notes = format_of(data, name)
    assert format_.id == id_
    suffix = name.removeprefix("x")
    lies = bool(suffix) and suffix not in format_.suffixes
    assert len(notes) == lies
    assert all(f"The name ends in {suffix}, but the file is a" in note for note in notes)


@pytest.mark.usefixtures("no_reader")
@pytest.mark.parametrize("kind", SAMPLES)
def test_what_has_no_reader_yet_is_named(kind: str) -> None:
    what = sniff.sniff(SAMPLES[kind][0])
    assert what is not None
    with pytest.raises(DocumentError) as caught:
        read_bytes(SAMPLES[kind][0], "policy.txt")
    assert caught.value.message == f"This is {what.what}, which cannot be read."
    assert caught.value.hint


@pytest.mark.usefixtures("every_reader")
@pytest.mark.parametrize("name", ["x.txt", "x", "x.pdf", "x.xyz"])
@pytest.mark.parametrize("kind", NOT_READ)
def test_what_nothing_reads_is_named_with_what_to_do(kind: str, name: str) -> None:
    data, what = NOT_READ[kind]
    with pytest.raises(DocumentError, match=r"This is .*, which cannot be read\.") as caught:
        format_of(data, name)
    assert what in caught.value.message
    assert caught.value.file == name
    assert (caught.value.hint or "").endswith((".", ")."))


@pytest.mark.usefixtures("every_reader")
@pytest.mark.parametrize(
    "data, name, id_",
    [(b"PK\x03\x04 broken", "x.docx", "docx"), (archive(a="b"), "x.odt", "odt"), (OLE + b"\0" * 99, "x.doc", "doc"),
     (b"\0\1\2\3" * 50, "x.pdf", "pdf"), (b"<p>Peer support</p>", "x.html", "html")],
)  # fmt: skip
def test_what_is_damaged_goes_to_the_reader_of_its_name_which_says_it_better(data: bytes, name: str, id_: str) -> None:
    assert format_of(data, name)[0].id == id_


@pytest.mark.usefixtures("every_reader")
@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.doc", "x.odt"])
def test_plain_text_under_another_name_is_read_with_a_note(name: str) -> None:
    source = read_bytes(PROSE, name)
    assert source.format == "text"
    suffix = name.removeprefix("x")
    assert source.notes == (f"The name ends in {suffix}, but the file is plain text; it was read as that.",)


@pytest.mark.parametrize("name", ["SOP 12.5", "Policy 1053.2 Peer Support", "draft.2024-06"])
def test_a_full_stop_in_a_name_is_no_suffix(name: str) -> None:
    assert read_bytes(PROSE, name).notes == ()


@pytest.mark.parametrize(
    "text", [b"BMI and other matters", b"<b>Peer</b> support", b"From: the Chief\n\nPeer support."]
)
def test_prose_that_begins_like_something_else_is_prose(text: bytes) -> None:
    assert sniff.sniff(text) is None


@pytest.mark.usefixtures("every_reader")
@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "x.txt", "x.html", "x.image"])
def test_an_empty_file_is_said_to_be_empty(name: str) -> None:
    with pytest.raises(DocumentError, match="The file is empty: there is no text in it"):
        read_bytes(b"", name)


def test_an_archive_with_more_entries_than_any_document_is_not_listed() -> None:
    listed = SAMPLES["docx"][0]
    assert sniff.sniff(listed + b"PK\x01\x02" * 10_001) == sniff._ZIP


def test_a_list_of_types_that_swells_is_read_in_part() -> None:
    swollen = office("wordprocessingml.document.main", " " * 30_000_000)
    assert sniff.sniff(swollen) == sniff._ZIP
    assert len(swollen) < 100_000


def test_a_missing_extra_is_a_sentence_with_the_command() -> None:
    with (
        pytest.raises(
            DocumentError, match=r"Reading scans needs an extra part .*\(no_such_module is missing\)"
        ) as caught,
        needs("ocr", "Reading scans"),
    ):
        __import__("no_such_module")
    assert caught.value.hint == "Install it with: pip install 'policylint[ocr]'"


def test_other_errors_than_a_missing_library_come_through() -> None:
    with pytest.raises(ValueError, match="x"), needs("ocr", "Reading scans"):
        raise ValueError("x")


def test_pictures_are_not_taken_from_folders() -> None:
    assert "image" in formats._ONLY_NAMED
    assert set(formats.IN_FOLDERS) == {
        suffix for f in FORMATS.values() if f.id != "image" for suffix in f.suffixes if suffix
    }


def test_a_format_may_name_a_module_elsewhere() -> None:
    here = FORMATS["text"]
    assert here.path == "policylint.readers.plain"
    assert replace(here, module="a.b").path == "a.b"

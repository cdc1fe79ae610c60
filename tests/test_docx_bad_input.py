"""Word files that are damaged, are none, or mean harm: each ends in a sentence, quickly, and touches nothing outside."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx_xml import NAMESPACES, par, parts, table, word, zipped

from policylint.errors import DocumentError
from policylint.readers.docx import package, read
from policylint.readers.formats import Options

GOOD = word(par("The Department runs a peer support program."))
DOCUMENT = "word/document.xml"


def refused(data: bytes) -> str:
    """What the reader says; it must be a sentence with a hint."""
    with pytest.raises(DocumentError) as caught:
        read(data, "policy.docx", Options())
    assert caught.value.file == "policy.docx"
    assert caught.value.hint
    assert caught.value.message.endswith(".")
    return caught.value.message


def with_part(name: str, content: bytes) -> bytes:
    return zipped(parts(par("Text.")) | {name: content})


def body(xml: str, doctype: str = "") -> bytes:
    return f'<?xml version="1.0"?>{doctype}<w:document {NAMESPACES}><w:body>{xml}</w:body></w:document>'.encode()


def test_a_zip_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = with_part(DOCUMENT, body(par(" " * (package.MOST_PART + 1))))
    assert len(bomb) < 200_000
    monkeypatch.setattr(zipfile.ZipFile, "open", _never_of(DOCUMENT, zipfile.ZipFile.open))
    assert "MB when unpacked" in refused(bomb)


def _never_of(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def opened(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, *more: Any) -> Any:
        assert entry.filename != name
        return real(archive, entry, *more)

    return opened


def test_a_part_that_lies_about_its_size_is_not_read_beyond_it() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts(par("x" * 100_000)).items():
            archive.writestr(name, content)
        archive.getinfo(DOCUMENT).file_size = 50
    assert "damaged" in refused(out.getvalue())


def test_many_parts_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_ALL", 3_000)
    assert "MB when unpacked" in refused(word(par("Text."), styles="<w:docDefaults/>" * 400))


def test_an_archive_of_too_many_files_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(package.MOST_ENTRIES + 1):
            archive.writestr(str(number), b"")
    assert "10,001 files" in refused(out.getvalue())


def test_entities_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret", encoding="utf-8")
    outside = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    deeper = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    laughs = f'<!DOCTYPE w:document [<!ENTITY a0 "ha">{deeper}]>'
    for doctype, entity in ((outside, "&x;"), (laughs, "&a8;"), ('<!DOCTYPE w:document SYSTEM "http://x/y.dtd">', "")):
        data = body(par(f"Text {entity}"), doctype)
        assert "document type" in refused(with_part(DOCUMENT, data))
        # Encodings that hide the declaration from a search for the plain bytes; the last from any search.
        for encoding in ("utf-16", "utf-32"):
            hidden = data.decode().replace("?>", f' encoding="{encoding}"?>', 1).encode(encoding)
            assert re.search("document type|entity|not XML", refused(with_part(DOCUMENT, hidden)))


def test_a_path_that_climbs_out_is_refused() -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "word\\..\\..\\x", "C:/x"):
        assert "leads out of it" in refused(with_part(name, b"x"))


def test_relations_that_climb_out_or_lie_elsewhere_lead_nowhere(tmp_path: Path) -> None:
    secret = tmp_path / "styles.xml"
    secret.write_text("<x/>", encoding="utf-8")
    found = parts(par("Text."), styles="")
    rels = found["word/_rels/document.xml.rels"].decode()
    for target in (f"../../../../../..{secret}", secret.as_uri(), "nowhere.xml"):
        found["word/_rels/document.xml.rels"] = rels.replace("styles.xml", target).encode()
        assert read(zipped(found), "policy.docx", Options()).text == "Text."
        outside = rels.replace('Target="styles.xml"', f'Target="{target}" TargetMode="External"')
        found["word/_rels/document.xml.rels"] = outside.encode()
        assert read(zipped(found), "policy.docx", Options()).text == "Text."


def test_missing_parts() -> None:
    found = parts(par("Text."))
    for name in ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels"):
        assert read(zipped({k: v for k, v in found.items() if k != name}), "policy.docx", Options()).text == "Text."
    assert "no document" in refused(zipped({k: v for k, v in found.items() if k != DOCUMENT}))
    assert "no document" in refused(zipped({}))


def test_files_that_are_something_else() -> None:
    workbook = b'<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    assert "no text document" in refused(with_part(DOCUMENT, workbook))
    assert "OpenDocument" in refused(zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert "old Word file" in refused(ole)
    assert "password" in refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert "not what its name says" in refused(b"Just a text.")
    assert refused(b"")


def test_an_encrypted_archive_is_refused() -> None:
    data = bytearray(GOOD)
    at = 0
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at != -1:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    assert "encrypted" in refused(bytes(data))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_that_is_cut_off_is_damaged(share: float) -> None:
    assert "damaged or cut off" in refused(GOOD[: int(len(GOOD) * share)])


def test_xml_that_cannot_be_read() -> None:
    assert "not XML" in refused(with_part(DOCUMENT, body(par("Text."))[:-20]))
    assert "not XML" in refused(with_part(DOCUMENT, b""))
    assert "not XML" in refused(with_part(DOCUMENT, b"\xff" + body(par("Text."))))


def test_text_that_is_nested_too_deep_ends_in_a_sentence() -> None:
    tables = par("Text.")
    for _ in range(80):
        tables = table([tables])
    assert read(word(tables), "policy.docx", Options()).text == "Text."
    for _ in range(2_000):
        tables = f"<w:sdt><w:sdtContent>{tables}</w:sdtContent></w:sdt>"
    assert refused(word(tables))


def test_styles_and_lists_that_go_in_circles() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="A"/><w:basedOn w:val="B"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="B"/><w:basedOn w:val="A"/></w:style>'
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId '
        'w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:pStyle w:val="A"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    data = word(par("Text.", item), styles=styles, numbering=numbering)
    assert read(data, "policy.docx", Options()).text == "Text."


def test_numbers_beyond_all_measure_make_no_long_labels() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="999999999"/><w:numFmt w:val="upperRoman"/>'
        f'<w:lvlText w:val="{"%1" * 5000}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (block,) = read(word(par("Text.", item), numbering=numbering), "policy.docx", Options()).blocks
    assert 0 < len(block.label) <= 80


def test_a_bad_file_costs_the_others_nothing(cli: Callable[..., Any], tmp_path: Path) -> None:
    bad, good = tmp_path / "bad.docx", tmp_path / "good.docx"
    bad.write_bytes(with_part(DOCUMENT, body(par("&x;"), '<!DOCTYPE x [<!ENTITY x "y">]>')))
    good.write_bytes(GOOD)
    ended = cli("check", bad, good, "--format", "json")
    first, second = json.loads(ended.out)["documents"]
    assert (first["status"], second["status"]) == ("not_judged", "judged")
    assert "document type" in first["reason"]
    assert second["format"] == "docx"

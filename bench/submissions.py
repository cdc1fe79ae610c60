"""Submissions for benches: policies of many agencies in mixed formats, all in our own words, and some that are broken.

A few vendors' texts are made of the sample policy, of drafts and of duties by chance; each agency takes one, leaves paragraphs
out, softens a word here and there and puts its name in. The same numbers give the same bytes but for what a format's library
stamps into its files.
"""

from __future__ import annotations

import html
import io
import random
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import policies

Line = tuple[str, str]
"""Kind ("heading", "paragraph" or "item") and text."""

VENDORS = 25
AGENCIES_OF_A_VENDOR = 20
BROKEN_SHARE = 0.02

_TREES = "Alder Ash Aspen Birch Cedar Cherry Elm Fir Hazel Hickory Juniper Larch Linden Maple Oak Pine Poplar Spruce Walnut Willow"
_PLACES = (
    "Bay Bend Bluff Brook Creek Falls Ferry Grove Harbor Heights Hollow Lake Mills Point Ridge River Springs Valley"
)
_KINDS = (
    ("Police Department", "police"),
    ("County Sheriff's Office", "sheriff"),
    ("Fire Department", "fire"),
    ("Fire District 3", "fire"),
    ("Emergency Communications Center", "dispatch"),
    ("Department of Corrections", "corrections"),
)


def broken_of(count: int) -> int:
    """How many of so many submissions are broken: one in fifty, and no more than there are ways."""
    return min(len(BROKEN), max(1, round(count * BROKEN_SHARE)))


def write(folder: Path, count: int, broken: int | None = None) -> Path:
    """Write so many submissions, some of them broken, and a manifest of all; gives the manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    broken = broken_of(count) if broken is None else broken
    rows = ["document,agency,kind,state,submitted"]
    for number in range(count - broken):
        name, kind = agency(number)
        suffix = _SUFFIXES[number % len(_SUFFIXES)]
        path = folder / f"{number:05}.{suffix}"
        path.write_bytes(WRITERS[suffix](lines(number, name)))
        rows.append(f"{path.name},{name if number % 3 else ''},{kind},,2026-0{1 + number % 9}-15")
    for number, (name, make) in enumerate(list(BROKEN.items())[:broken]):
        path = folder / f"broken-{number:02}-{name}"
        path.write_bytes(make())
        rows.append(f"{path.name},Broken Agency {number},,,")
    manifest = folder / "manifest.csv"
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return manifest


def agency(number: int) -> tuple[str, str]:
    """Name and kind of an agency: no two numbers below two thousand have the same name."""
    trees, places = _TREES.split(), _PLACES.split()
    title, kind = _KINDS[number // (len(trees) * len(places)) % len(_KINDS)]
    return f"{trees[number % len(trees)]} {places[number // len(trees) % len(places)]} {title}", kind


def lines(number: int, name: str) -> list[Line]:
    """The policy of an agency."""
    chance = random.Random(number)  # noqa: S311 - no secret
    found = []
    for kind, text in _vendor(number // AGENCIES_OF_A_VENDOR % VENDORS):
        if kind != "heading" and chance.random() < 0.08:
            continue
        softened = text.replace(" shall ", " should ", 1) if chance.random() < 0.05 else text
        found.append((kind, softened.replace("Cedar Hollow Police Department", name).replace("Cedar Hollow", name)))
    return found


@cache
def _vendor(number: int) -> list[Line]:
    """A vendor's text: the sample, with more or less of it left out, and as many duties by chance."""
    chance = random.Random(f"vendor {number}")  # noqa: S311 - no secret
    whole = _parsed(policies.policy(10_000 + number)) + (_parsed(_draft()) if number % 2 else [])
    return [line for line in whole if line[0] == "heading" or chance.random() > number / VENDORS / 2]


@cache
def _draft() -> str:
    """What `policylint draft` writes: every duty that the national profile asks for."""
    done = subprocess.run([sys.executable, "-m", "policylint", "draft"], capture_output=True, text=True, check=True)
    return done.stdout.replace("the agency", "Cedar Hollow Police Department")


def _parsed(markdown: str) -> list[Line]:
    found: list[Line] = []
    for paragraph in markdown.split("\n\n"):
        text = " ".join(paragraph.split())
        if text.startswith("#"):
            found.append(("heading", text.lstrip("# ")))
        elif paragraph.lstrip().startswith(("- ", "* ", "1. ")):
            found += [("item", item.lstrip("-* 0123456789.").strip()) for item in paragraph.splitlines()]
        elif text and not text.startswith("|"):
            found.append(("paragraph", text.replace("**", "")))
    return [line for line in found if line[1]]


# -- formats ----------------------------------------------------------------------------------------------------------


def markdown(content: Sequence[Line]) -> bytes:
    """As Markdown."""
    marks = {"heading": "## ", "paragraph": "", "item": "- "}
    return "\n\n".join(marks[kind] + text for kind, text in content).encode()


def plain(content: Sequence[Line]) -> bytes:
    """As plain text."""
    marks = {"heading": "", "paragraph": "", "item": "  * "}
    return "\n\n".join(marks[kind] + (text.upper() if kind == "heading" else text) for kind, text in content).encode()


def web(content: Sequence[Line]) -> bytes:
    """As a web page."""
    marks = {"heading": "h2", "paragraph": "p", "item": "li"}
    body = "\n".join(f"<{marks[kind]}>{html.escape(text)}</{marks[kind]}>" for kind, text in content)
    return f"<!DOCTYPE html><html><head><title>Policy</title></head><body>{body}</body></html>".encode()


def rich_text(content: Sequence[Line]) -> bytes:
    """As Rich Text."""
    marks = {"heading": r"\b\fs28 ", "paragraph": r"\b0\fs22 ", "item": r"\b0\fs22\bullet\tab "}
    body = "".join(rf"\pard {marks[kind]}{_rtf(text)}\par" + "\n" for kind, text in content)
    return (r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0" + "\n" + body + "}").encode("ascii")


def _rtf(text: str) -> str:
    return "".join(rf"\u{ord(c)}?" if ord(c) > 126 else f"\\{c}" if c in "\\{}" else c for c in text)


def word(content: Sequence[Line]) -> bytes:
    """As a Word file."""
    import docx

    document = docx.Document()
    styles = {"heading": "Heading 2", "paragraph": None, "item": "List Bullet"}
    for kind, text in content:
        document.add_paragraph(text, style=styles[kind])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


_ODF = "urn:oasis:names:tc:opendocument:xmlns"


def open_document(content: Sequence[Line]) -> bytes:
    """As an OpenDocument text."""
    marks = {
        "heading": '<text:h text:outline-level="2">{}</text:h>',
        "paragraph": "<text:p>{}</text:p>",
        "item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
    }
    body = "".join(marks[kind].format(html.escape(text)) for kind, text in content)
    xml = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{_ODF}:office:1.0" xmlns:text="{_ODF}:text:1.0" '
        f'office:version="1.2"><office:body><office:text>{body}</office:text></office:body></office:document-content>'
    )
    return _zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": xml.encode()})


def pdf(content: Sequence[Line], password: str = "") -> bytes:
    """As a PDF."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    styles = getSampleStyleSheet()
    names = {"heading": "Heading2", "paragraph": "BodyText", "item": "BodyText"}
    story = [
        Paragraph(html.escape(text), styles[names[kind]], bulletText="•" if kind == "item" else None)
        for kind, text in content
    ]
    out = io.BytesIO()
    locked = {"encrypt": StandardEncryption(password, ownerPassword=password)} if password else {}
    SimpleDocTemplate(out, invariant=1, **locked).build(story)
    return out.getvalue()


WRITERS: dict[str, Callable[[Sequence[Line]], bytes]] = {
    "md": markdown,
    "txt": plain,
    "html": web,
    "rtf": rich_text,
    "docx": word,
    "odt": open_document,
    "pdf": pdf,
}
_SUFFIXES = ("pdf", "docx", "pdf", "docx", "txt", "html", "odt", "rtf", "md", "docx")
"""In turn: most agencies send PDF and Word files."""


# -- what is broken ---------------------------------------------------------------------------------------------------


def _zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sample() -> list[Line]:
    return lines(1, agency(1)[0])


def _word_with(xml: bytes) -> bytes:
    """A Word file with another body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(word(_sample()))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name == "word/document.xml" else old.read(name))
    return out.getvalue()


_W = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _entities() -> bytes:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "peer support ">{levels}]>'.encode()
    return _word_with(
        head + b"<w:document " + _W + b"><w:body><w:p><w:r><w:t>&e9;</w:t></w:r></w:p></w:body></w:document>"
    )


def _table(rows: int) -> bytes:
    row = "<tr>" + "<td>peer supporters shall keep no notes</td>" * 40 + "</tr>"
    return f"<html><body><table>{row * rows}</table></body></html>".encode()


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty.pdf": bytes,
    "cut.docx": lambda: word(_sample())[:4000],
    "locked.pdf": lambda: pdf(_sample(), "secret"),
    "bomb.docx": lambda: _word_with(b"<w:document " + _W + b">" + b" " * 600_000_000),
    "cut.pdf": lambda: pdf(_sample())[:3000],
    "huge-table.html": lambda: _table(3000),
    "noise.pdf": lambda: b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),  # noqa: S311 - no secret
    "entities.docx": _entities,
    "blank.txt": lambda: b" \n" * 1000,
    "other-subject.md": lambda: b"# Portable radios\n\n" + b"Radios are charged at the end of each shift. " * 80,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 200_000 + b"Peer support" + b"</div>" * 200_000,
    "deep.rtf": lambda: rb"{\rtf1 " + b"{" * 300_000 + b"peer support" + b"}" * 300_000 + b"}",
    "no-body.docx": lambda: _zipped({"[Content_Types].xml": b"<Types/>"}),
    "cut.odt": lambda: _zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<office:doc"}),
    "noise.doc": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(2).randbytes(30_000),  # noqa: S311
    "nulls.txt": lambda: bytes(20_000),
    "program.docx": lambda: b"MZ\x90\x00" + random.Random(3).randbytes(20_000),  # noqa: S311 - no secret
    "archive.docx": lambda: _zipped({"policy.txt": b"Peer supporters shall keep no notes."}),
    "cut.png": lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "script.html": lambda: b"<html><body><script>document.write('peer support policy')</script></body></html>",
}
"""Name -> what is wrong in as many ways, the commonest first."""

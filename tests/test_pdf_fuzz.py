"""A small PDF, damaged in every way: what comes out is blocks or a sentence, never a traceback.

    POLICYLINT_FUZZ=5000 python -m pytest tests/test_pdf_fuzz.py

Each damaged file is opened in this process, as the reader's own process would.
"""

from __future__ import annotations

import os
import re
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from pdf_files import MORE, PROSE, Page, columns

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.outline import build
from policylint.readers import pdf
from policylint.readers.formats import Options

MANY = os.environ.get("POLICYLINT_FUZZ", "")
SOME = settings(max_examples=int(MANY or 150), derandomize=not MANY, deadline=None, print_blob=True)
NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
NASTY = [b"0", b"-1", b"1", b"65536", b"2147483647", b"-2147483648", b"1e30", b"0.00001", b"99999999999999999999", b""]


@cache
def small() -> bytes:
    page = Page()
    page.canvas.bookmarkPage("a")
    page.canvas.addOutlineEntry("Purpose", "a", 0)
    page.heading("Purpose")
    columns(page, [[PROSE], [MORE]], top=page.y)
    for at in range(3):
        page.canvas.rect(72, 300 + 20 * at, 200, 20)
        page.canvas.rect(272, 300 + 20 * at, 200, 20)
        page.at(76, 792 - 306 - 20 * at, f"Cell {at}")
        page.at(276, 792 - 306 - 20 * at, "Value")
    page.canvas.acroForm.textfield(name="n", value="Chief", x=72, y=100, width=90, height=16)
    page.turn()
    page.paragraph(PROSE)
    return page.bytes()


places = st.integers(0, 10**6)


def flipped(data: bytes, changes: list[tuple[int, int]]) -> bytes:
    out = bytearray(data)
    for at, byte in changes:
        out[at % len(out)] = byte
    return bytes(out)


def renumbered(data: bytes, changes: list[tuple[int, bytes]]) -> bytes:
    for which, number in changes:
        found = list(NUMBER.finditer(data))
        if found:
            match = found[which % len(found)]
            data = data[: match.start()] + number + data[match.end() :]
    return data


def moved(data: bytes, cut: tuple[int, int, int]) -> bytes:
    """A piece taken out and put in elsewhere."""
    start, length, to = cut[0] % len(data), cut[1] % 400, cut[2] % len(data)
    piece, rest = data[start : start + length], data[:start] + data[start + length :]
    return rest[:to] + piece + rest[to:]


damaged = st.one_of(
    st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=12).map(lambda c: flipped(small(), c)),
    st.lists(st.tuples(places, st.sampled_from(NASTY)), min_size=1, max_size=4).map(lambda c: renumbered(small(), c)),
    st.tuples(places, places, places).map(lambda c: moved(small(), c)),
    places.map(lambda at: small()[: at % len(small())]),
    st.binary(max_size=200).map(lambda tail: b"%PDF-1.7\n" + tail),
)


def read(data: bytes) -> Source | DocumentError:
    try:
        return pdf.read(data, "x.pdf", Options())
    except DocumentError as error:
        return error


def survives(data: bytes) -> None:
    source = read(data)
    if isinstance(source, DocumentError):
        assert source.message.endswith(".")
        assert source.hint
        return
    build(source, "x.pdf", "")
    spans = [span for block in source.blocks for span in block.spans]
    assert spans == sorted(spans)
    assert all(0 <= a < b <= len(source.text) for a, b in spans)


def test_the_whole_file_is_read() -> None:
    source = pdf.read(small(), "x.pdf", Options())
    assert "Cell 1" in source.text
    assert [b.kind for b in source.blocks].count("row") == 3


@SOME
@given(damaged)
def test_any_damage_ends_in_blocks_or_a_sentence(data: bytes) -> None:
    survives(data)

"""Pictures of pages, and pages of a PDF that are pictures: bounds, bad files, notes. With an engine that needs nothing."""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from policylint.errors import DocumentError
from policylint.readers import image, ocr, pdf
from policylint.readers.formats import Options
from policylint.readers.ocr import engines
from policylint.readers.ocr.engines import SETTING, EngineError
from policylint.readers.ocr.words import Word
from policylint.readers.pdf import scans

ALL = Options()
TEXT = "Peer supporters shall keep in confidence what an employee tells them."
SIZE = (850, 1100)
TOP = 400
"""Where text begins: what stands higher and comes again is a running header."""


class Fake:
    """Reads each black bar of a page as the words of a sentence; how sure it is, is how long the first bar is."""

    TITLE, SIDE_BY_SIDE = "Fake", True

    def __init__(self) -> None:
        self.pages = 0
        self.error: Exception | None = None

    def available(self) -> bool:
        return True

    def recognise(self, picture: Image.Image, *, block: bool = False) -> list[Word]:
        assert picture.mode == "L"
        self.pages += 1
        if self.error is not None:
            raise self.error
        unit = picture.width / SIZE[0]
        words = []
        for number, top in enumerate(range(TOP, SIZE[1] - 100, 50)):
            if picture.getpixel((round(110 * unit), round((top + 8) * unit))) > 128:
                continue
            sure = 0.95 if picture.getpixel((round(600 * unit), round((top + 8) * unit))) < 128 else 0.75
            left = 100.0
            for text in TEXT.split():
                right = left + 8 * len(text)
                box = (left * unit, top * unit, right * unit, (top + 16) * unit)
                words.append(Word(text, *box, confidence=sure, line=number, size=18 * unit))
                left = right + 6
        return words


@pytest.fixture(autouse=True)
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Fake]:
    fake = Fake()
    monkeypatch.setattr(engines, "_load", lambda _: fake)
    monkeypatch.delenv(SETTING, raising=False)
    yield fake


def sheet(lines: int = 3, wide: int = 600) -> Image.Image:
    page = Image.new("L", SIZE, 255)
    for at in range(lines):
        page.paste(0, (100, TOP + 50 * at, 100 + wide, TOP + 16 + 50 * at))
    return page


def saved(*pages: Image.Image, format_: str = "TIFF", **how: Any) -> bytes:
    out = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(out, format_, **more, **how)
    return out.getvalue()


@pytest.mark.parametrize("format_", ["PNG", "JPEG", "TIFF"])
def test_a_picture_is_a_page_of_blocks(format_: str) -> None:
    source = image.read(saved(sheet(), format_=format_, dpi=(100, 100)), "scan", ALL)
    assert source.text.count(TEXT) == 3
    assert (source.format, source.pages) == ("image", 1)
    first = source.blocks[0]
    assert (first.page, first.kind) == (1, "line")
    assert first.box is not None
    assert first.box[0] == pytest.approx(72, abs=1)
    assert source.notes == (
        "The text of page 1 was recognised from pictures (Fake, mean confidence 95%); it may hold misread words.",
    )


def test_pages_of_a_tiff_and_those_that_are_unsure_empty_or_asked_for(engine: Fake) -> None:
    blank = Image.new("L", SIZE, 255)
    data = saved(sheet(), sheet(wide=450), blank, sheet(1))
    source = image.read(data, "fax.tif", ALL)
    assert (source.pages, [block.page for block in source.blocks]) == (4, [1, 1, 1, 2, 2, 2, 4])
    assert source.notes == (
        "The text of pages 1, 2, 4 was recognised from pictures (Fake, mean confidence 88%); it may hold misread words.",
        "Recognition is unsure on page 2 (confidence down to 75%): compare what is found there, and what is not, with the "
        "original.",
        "No text was found on page 3, a picture or an empty page.",
    )
    assert engine.pages == 3
    part = image.read(data, "fax.tif", Options(pages=(4, 9)))
    assert ([block.page for block in part.blocks], part.pages) == ([4], 4)
    assert any("page 4 of 4" in note for note in part.notes)
    with pytest.raises(DocumentError, match="no pages 5-6"):
        image.read(data, "fax.tif", Options(pages=(5, 6)))


@pytest.mark.parametrize("orientation, method", [(3, 3), (6, 2), (8, 4)])
def test_the_camera_says_how_it_was_held(orientation: int, method: int) -> None:
    held = sheet().transpose(Image.Transpose(method))
    exif = Image.Exif()
    exif[0x0112] = orientation
    source = image.read(saved(held, format_="JPEG", exif=exif, quality=95), "photo.jpg", ALL)
    assert source.text.count(TEXT) == 3


def test_each_page_asks_for_time() -> None:
    asked: list[float] = []
    image.read(saved(sheet(), sheet()), "fax.tif", Options(more_time=asked.append))
    assert asked == [ocr.SECONDS, ocr.SECONDS]


def test_a_blank_picture_holds_no_text() -> None:
    with pytest.raises(DocumentError, match="holds no text"):
        image.read(saved(Image.new("L", SIZE, 255)), "scan.tif", ALL)


def test_a_page_that_the_engine_cannot_read_is_never_silence(engine: Fake) -> None:
    engine.error = EngineError("It took too long.")
    with pytest.raises(DocumentError, match=r"picture of page 1 could not be recognised. It took too long.") as caught:
        image.read(saved(sheet(), sheet()), "fax.tif", ALL)
    assert caught.value.file == "fax.tif"


def test_memory_that_runs_out_is_told_as_such(engine: Fake) -> None:
    engine.error = MemoryError()
    with pytest.raises(MemoryError):
        image.read(saved(sheet()), "scan.tif", ALL)


PNG = saved(sheet(), format_="PNG")
BAD = {
    "truncated png": (PNG[: len(PNG) // 2], "damaged or cut short"),
    "truncated jpeg": (saved(sheet(), format_="JPEG")[:900], "damaged or cut short"),
    "truncated tiff": (saved(sheet(), compression="tiff_deflate")[:200], "damaged or cut short|no PNG"),
    "nothing": (b"", "no PNG, JPEG or TIFF"),
    "only a head": (b"\x89PNG\r\n\x1a\n", "no PNG, JPEG or TIFF|damaged"),
    "pdf": (b"%PDF-1.7\n", "no PNG, JPEG or TIFF"),
    "gif": (saved(sheet(), format_="GIF"), "no PNG, JPEG or TIFF"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_pictures_end_in_a_sentence(kind: str) -> None:
    data, said = BAD[kind]
    with pytest.raises(DocumentError, match=said) as caught:
        image.read(data, "scan.png", ALL)
    assert caught.value.hint


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 9_000)])
def test_a_picture_that_would_fill_the_memory_is_not_unpacked(size: tuple[int, int], engine: Fake) -> None:
    with pytest.raises(DocumentError, match="more than 80 million pixels"):
        image.read(saved(Image.new("1", size), format_="PNG"), "bomb.png", ALL)
    assert engine.pages == 0


def test_a_tiff_of_very_many_pages_must_be_asked_for_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MOST_PAGES", 2)
    data = saved(sheet(), sheet(), sheet())
    with pytest.raises(DocumentError, match="holds 3 pages") as caught:
        image.read(data, "fax.tif", ALL)
    assert "--pages" in (caught.value.hint or "")
    assert image.read(data, "fax.tif", Options(pages=(1, 3))).pages == 3


# -- pages of a PDF that are pictures ----------------------------------------------------------------------------------


def made_pdf(*pages: str | Image.Image | tuple[str, Image.Image]) -> bytes:
    """A PDF with pages of text, pages that are a picture, and pages with both."""
    import pypdfium2
    from pypdfium2 import raw

    made = pypdfium2.PdfDocument.new()
    font = raw.FPDFText_LoadStandardFont(made, b"Helvetica")
    for content in pages:
        text, picture = content if isinstance(content, tuple) else (content, None)
        if isinstance(text, Image.Image):
            text, picture = "", text
        page = made.new_page(612, 792)
        if picture is not None:
            shown = pypdfium2.PdfImage.new(made)
            shown.set_bitmap(pypdfium2.PdfBitmap.from_pil(picture))
            shown.set_matrix(pypdfium2.PdfMatrix().scale(612, 792))
            page.insert_obj(shown)
        for at, line in enumerate(filter(None, text.split("\n"))):
            written = raw.FPDFPageObj_CreateTextObj(made, font, 11.0)
            raw.FPDFText_SetText(
                written, ctypes.cast((line + "\0").encode("utf-16-le"), ctypes.POINTER(ctypes.c_ushort))
            )
            raw.FPDFPageObj_Transform(written, 1, 0, 0, 1, 72, 500 - 16 * at)
            raw.FPDFPage_InsertObject(page, written)
        page.gen_content()
        page.close()
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


PROSE = "The chief appoints a coordinator of the team.\nThe coordinator keeps a list of those who serve."


@pytest.fixture
def no_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, "off")


def test_pages_with_and_without_text_in_one_pdf(engine: Fake) -> None:
    source = pdf.read(made_pdf(PROSE, sheet(), PROSE), "mixed.pdf", ALL)
    assert source.text.count(TEXT) == 3
    assert source.text.count("The chief appoints") == 2
    assert source.text.index("The chief") < source.text.index(TEXT) < source.text.rindex("The chief")
    assert [block.page for block in source.blocks if TEXT in source.text[block.spans[0][0] : block.spans[-1][1]]] == [
        2
    ] * 3
    assert source.notes[0].startswith("The text of page 2 was recognised from pictures (Fake")
    assert engine.pages == 1


def test_a_stamp_on_a_picture_of_a_page_is_not_its_text(engine: Fake) -> None:
    source = pdf.read(made_pdf(("RECEIVED 2023", sheet())), "stamped.pdf", ALL)
    assert source.text.count(TEXT) == 3
    assert engine.pages == 1


def test_text_over_a_crest_is_left_to_itself(engine: Fake) -> None:
    long = "\n".join([PROSE] * 9)
    source = pdf.read(made_pdf((long, sheet(1))), "crest.pdf", ALL)
    assert "The chief appoints" in source.text
    assert engine.pages == 0


@pytest.mark.usefixtures("no_engine")
def test_without_an_engine_a_scan_is_not_judged() -> None:
    with pytest.raises(DocumentError, match="stands in pictures of pages"):
        pdf.read(made_pdf(sheet(), sheet()), "scan.pdf", ALL)
    with pytest.raises(DocumentError, match="stands in pictures of pages"):
        pdf.read(made_pdf(PROSE, sheet()), "half.pdf", ALL)
    with pytest.raises(DocumentError, match="stands in pictures of pages"):
        image.read(PNG, "scan.png", ALL)


@pytest.mark.usefixtures("no_engine")
def test_without_an_engine_one_page_of_pictures_among_many_is_noted() -> None:
    source = pdf.read(made_pdf(PROSE, PROSE, PROSE, sheet()), "policy.pdf", ALL)
    assert source.notes[0].startswith("The text of page 4 stands in pictures and was not read.")


def test_a_garbled_text_layer_gives_way_to_the_picture(engine: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    garbled = "\n".join(["Wkh fklhi dssrlqwv d frruglqdwru ri wkh whdp zkr nhhsv lw"] * 8)
    made = made_pdf((garbled, sheet()), PROSE)
    source = pdf.read(made, "old.pdf", ALL)
    assert source.text.count(TEXT) == 3
    assert "frruglqdwru" not in source.text
    assert any("page 1 holds hardly any English words; the picture" in note for note in source.notes)
    monkeypatch.setenv(SETTING, "off")
    kept = pdf.read(made, "old.pdf", ALL)
    assert "frruglqdwru" in kept.text
    assert any("page 1 holds hardly any English words; it may be garbled" in note for note in kept.notes)


def test_very_many_scanned_pages_must_be_asked_for(engine: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scans, "MOST_PAGES", 1)
    made = made_pdf(sheet(), sheet())
    with pytest.raises(DocumentError, match="holds 2 pages of pictures"):
        pdf.read(made, "scan.pdf", ALL)
    assert engine.pages == 0
    assert pdf.read(made, "scan.pdf", Options(pages=(2, 2))).text.count(TEXT) == 3


def test_the_command_says_how_to_install_an_engine(
    cli: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SETTING, "off")
    from policylint.readers import bounded

    bounded.close()  # a reading process that runs already would not see the setting
    try:
        (tmp_path / "scan.png").write_bytes(PNG)
        ended = cli("check", tmp_path / "scan.png")
    finally:
        bounded.close()
    assert ended.code == 3
    assert "not judged: The text stands in pictures of pages" in ended.err

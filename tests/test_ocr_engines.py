"""Which engine reads pictures, what is said when there is none, and how the program Tesseract is treated."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from policylint.errors import DocumentError
from policylint.readers.ocr import engines, rapid, tesseract
from policylint.readers.ocr.engines import ENGINES, SETTING, EngineError, choose

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for Tesseract is a shell script")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Says which engines there are."""

    def only(*names: str) -> None:
        made = {name: SimpleNamespace(TITLE=name, available=lambda name=name: name in names) for name in ENGINES}
        monkeypatch.setattr(engines, "_load", made.__getitem__)
        monkeypatch.delenv(SETTING, raising=False)

    return only


def test_tesseract_is_preferred(installed: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    installed("rapidocr", "tesseract")
    assert choose("scan.pdf").TITLE == "tesseract"
    monkeypatch.setenv(SETTING, " RapidOCR ")
    assert choose("scan.pdf").TITLE == "rapidocr"


def test_the_package_is_taken_without_tesseract(installed: Callable[..., None]) -> None:
    installed("rapidocr")
    assert choose("scan.pdf").TITLE == "rapidocr"


def test_without_an_engine_the_sentence_says_how_to_install_one(installed: Callable[..., None]) -> None:
    installed()
    with pytest.raises(DocumentError) as caught:
        choose("scan.pdf")
    assert caught.value.message == (
        "The text stands in pictures of pages, which takes text recognition (OCR), and none is installed."
    )
    assert "apt install tesseract-ocr" in (caught.value.hint or "")
    assert "pip install 'policylint[ocr]'" in (caught.value.hint or "")
    assert caught.value.file == "scan.pdf"


@pytest.mark.parametrize(
    "setting, said",
    [
        ("off", "switched off"),
        ("abbyy", "names no engine: abbyy"),
        ("rapidocr", "asks for, rapidocr, is not installed"),
    ],
)
def test_a_setting_that_cannot_be_followed(
    installed: Callable[..., None], monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    installed("tesseract")
    monkeypatch.setenv(SETTING, setting)
    with pytest.raises(DocumentError, match=said) as caught:
        choose("scan.pdf")
    assert caught.value.hint


def test_every_engine_is_a_module_of_the_right_form() -> None:
    for engine in map(engines._load, ENGINES):
        assert engine.TITLE
        assert isinstance(engine.SIDE_BY_SIDE, bool)
        assert engine.available() in (True, False)
        assert callable(engine.recognise)


# -- the program Tesseract ---------------------------------------------------------------------------------------------

HOCR = """<html><body><div class='ocr_page' title='image "stdin"; bbox 0 0 900 400; ppageno 0'>
<span class='ocr_line' title="bbox 10 20 300 50; baseline 0 -6; x_size 28.5; x_descenders 6; x_ascenders 7">
<span class='ocrx_word' title='bbox 10 20 80 50; x_wconf 96'>Peer</span>
<span class='ocrx_word' title='bbox 95 20 300 50; x_wconf 42'><strong>R&amp;D</strong></span></span>
<span class='ocr_line' title="bbox 5 60 30 380; textangle 90; x_size 20"><span class='ocrx_word'
 title='bbox 5 60 30 380; x_wconf 91'>margin</span><span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 95'> </span></span>
</div></body></html>"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Puts a shell script in the place of Tesseract."""

    def write(script: str) -> None:
        path = tmp_path / "tesseract"
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    return write


PAGE = Image.new("L", (60, 40), 255)


@posix_only
def test_words_of_tesseract_with_size_and_confidence(program: Callable[[str], None]) -> None:
    program(f"cat > /dev/null; cat <<'END'\n{HOCR}\nEND")
    peer, amp, margin = tesseract.recognise(PAGE)
    assert (peer.text, peer.x0, peer.y0, peer.x1, peer.y1) == ("Peer", 10, 20, 80, 50)
    assert (peer.confidence, peer.size, peer.line) == (0.96, 28.5, 0)
    assert (amp.text, amp.confidence) == ("R&D", 0.42)
    assert (margin.text, margin.line, margin.confidence) == ("margin", 1, 0.0)


@posix_only
def test_tesseract_gets_the_picture_one_core_and_a_plain_command(
    program: Callable[[str], None], tmp_path: Path
) -> None:
    program(f'echo "$OMP_THREAD_LIMIT $@" > {tmp_path}/said; cat > {tmp_path}/got')
    assert tesseract.recognise(PAGE, block=True) == []
    assert (tmp_path / "said").read_text() == "1 stdin stdout -l eng --psm 6 --dpi 200 hocr\n"
    assert (tmp_path / "got").read_bytes().startswith(b"P5\n60 40\n255\n")


@posix_only
@pytest.mark.parametrize(
    "script, said",
    [
        (
            "echo 'Error opening data file eng.traineddata' >&2; echo 'could not load any languages!' >&2; exit 1",
            "English",
        ),
        ("echo >&2; echo 'Image too small.' >&2; exit 3", "failed with code 3: Image too small."),
        ("exit 1", "failed with code 1: no reason given."),
        ("cat > /dev/null; echo $$ > pid; exec sleep 60", "had not finished after 0.5 seconds"),
    ],
)
def test_tesseract_fails_in_a_sentence(
    program: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, said: str
) -> None:
    monkeypatch.setattr(tesseract, "SECONDS", 0.5)
    program(script.replace("> pid", f"> {tmp_path}/pid"))
    with pytest.raises(EngineError, match=said):
        tesseract.recognise(PAGE)
    if (tmp_path / "pid").exists():
        assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists(), "it still runs"


def test_tesseract_that_has_gone_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert not tesseract.available()
    with pytest.raises(EngineError, match="search path"):
        tesseract.recognise(PAGE)


# -- RapidOCR ----------------------------------------------------------------------------------------------------------


def test_a_release_of_rapidocr_without_models_is_no_download(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    with pytest.raises(EngineError, match="brings no model"):
        rapid._model(tmp_path, "det")
    (tmp_path / "models" / "PP-OCRv6_det_small.onnx").touch()
    assert rapid._model(tmp_path, "det").endswith("PP-OCRv6_det_small.onnx")


def test_whatever_rapidocr_raises_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("no\nkernel")

    monkeypatch.setattr(rapid, "_engine", lambda: broken)
    with pytest.raises(EngineError, match="RapidOCR failed: no kernel"):
        rapid.recognise(PAGE)


def test_words_of_rapidocr_are_drawn_close_to_the_ink(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("L", (200, 60), 255)
    page.paste(0, (20, 20, 60, 40))
    page.paste(0, (90, 20, 150, 46))
    corners = [(15, 12), (66, 12), (66, 52), (15, 52)], [(84, 12), (158, 12), (158, 52), (84, 52)]
    result = SimpleNamespace(word_results=(((" Peer", 0.97, corners[0]), ("gap", 0.9, corners[1])),))
    monkeypatch.setattr(rapid, "_engine", lambda: lambda *_, **__: result)
    peer, gap = rapid.recognise(page)
    assert (peer.text, peer.x0, peer.x1, peer.y0) == ("Peer", 20, 60, 20)
    assert (gap.text, gap.x0, gap.x1, gap.line) == ("gap", 90, 150, 0)


def test_rapidocr_that_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapid, "_engine", lambda: lambda *_, **__: SimpleNamespace(word_results=None))
    assert rapid.recognise(PAGE) == []

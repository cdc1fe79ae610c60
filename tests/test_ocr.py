"""A scan of our own, read by each engine that is installed: the same tree and the same verdicts as its text."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
from make_scan import FOLDER, policy, scan
from PIL import Image

import policylint
from policylint.outline import build
from policylint.readers import bounded, image, pdf, read_text
from policylint.readers.formats import Options
from policylint.readers.ocr.engines import ENGINES, SETTING, _load

SCAN = FOLDER / "peer-support.tif"
ALL = Options()


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.slow if name == "rapidocr" else ()) for name in ENGINES])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if not _load(request.param).available():
        pytest.skip(f"{request.param} is not installed (CI installs tesseract-ocr; the extra 'ocr' brings rapidocr)")
    monkeypatch.setenv(SETTING, request.param)
    return str(request.param)


def test_the_bundled_scan_is_what_the_script_makes() -> None:
    assert SCAN.stat().st_size < 60_000
    with Image.open(SCAN) as kept:
        made = scan()
        assert (kept.mode, kept.size, kept.info["dpi"]) == ("1", made.size, (200, 200))
        # Another release of Pillow may place a letter a little otherwise.
        assert sum(kept.histogram()[:1]) == pytest.approx(sum(made.histogram()[:1]), rel=0.05)


def test_the_scan_has_the_tree_of_its_text(engine: str) -> None:
    data = SCAN.read_bytes()
    read = build(image.read(data, SCAN.name, ALL), SCAN.name, "")
    text = build(read_text(policy(), "text"), "text", "")
    assert [(s.label, s.title, s.level) for s in read.sections] == [(s.label, s.title, s.level) for s in text.sections]
    assert [(p.kind, p.label, p.section) for p in read.passages] == [
        (p.kind, p.label, p.section) for p in text.passages
    ]
    words, wanted = read.text.lower().split(), policy().lower().split()
    assert len(words) == len(wanted)
    assert sum(a != b for a, b in zip(words, wanted, strict=True)) <= 3
    assert engine in read.notes[0].lower()


def test_verdicts_on_the_scan_are_those_on_its_text(engine: str) -> None:
    assert engine
    bounded.close()  # a reading process that runs already would not see the setting
    report = policylint.check_file(SCAN, packs=["iacp"])
    bounded.close()
    wanted = policylint.check_text(policy(), packs=["iacp"])
    assert report.documents[0].pages == 1
    assert {v.requirement: v.status for v in report.documents[0].verdicts} == {
        v.requirement: v.status for v in wanted.documents[0].verdicts
    }


def test_a_scan_in_a_pdf_upside_down(engine: str) -> None:
    assert engine
    with Image.open(SCAN) as kept:
        turned = kept.rotate(180)
    out = io.BytesIO()
    turned.save(out, "PDF", resolution=200)
    source = pdf.read(out.getvalue(), "scan.pdf", ALL)
    assert "1. Purpose" in source.text
    assert source.text.index("Purpose") < source.text.index("Selection") < source.text.index("Training")
    assert "Turned upright: page 1." in source.notes


def test_no_engine_opens_a_connection(engine: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("HOME", str(tmp_path))
    with Image.open(SCAN) as kept:
        part = kept.crop((150, 100, 1700, 700))
    out = io.BytesIO()
    part.save(out, "PNG")
    assert "Purpose" in image.read(out.getvalue(), "part.png", ALL).text
    assert list(tmp_path.iterdir()) == [], f"{engine} put something aside"

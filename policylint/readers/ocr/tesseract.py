"""Tesseract, the program: started once for each page, on one core, for a bounded time.

Its hOCR output is read and not the simpler TSV, since only hOCR tells the size of a line's letters and whether a line
runs upright.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from policylint.readers.ocr.engines import EngineError
from policylint.readers.ocr.words import Word

if TYPE_CHECKING:
    from PIL.Image import Image

TITLE = "Tesseract"
SIDE_BY_SIDE = True

SECONDS = 90
"""For one page, after which the program is ended: fifty times what a full page takes."""

_LANGUAGE = "eng"
_COMMAND = ("stdin", "stdout", "-l", _LANGUAGE)
_PROPERTY = re.compile(r"(\w+) ([^;]*)")


def available() -> bool:
    """Whether the program is on the search path."""
    return shutil.which("tesseract") is not None


def recognise(image: Image, *, block: bool = False) -> list[Word]:
    """The words of an upright greyscale picture; as `Engine.recognise`."""
    program = shutil.which("tesseract")
    if program is None:
        raise EngineError("Tesseract is no longer on the search path.")
    # PGM: nothing to compress, and every build of Tesseract reads it.
    picture = io.BytesIO()
    image.save(picture, "PPM")
    dpi = str(round(float(image.info.get("dpi", (200,))[0])))
    return _parse(_run([program, *_COMMAND, "--psm", "6" if block else "3", "--dpi", dpi, "hocr"], picture.getvalue()))


def _run(command: list[str], picture: bytes) -> str:
    """What the program prints; it has ended when this returns, however it does."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command line, no shell, the picture on stdin
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    try:
        out, complaint = process.communicate(picture, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        raise EngineError(f"Tesseract had not finished after {SECONDS} seconds.") from None
    finally:
        # It stays in the group of this process, which is ended as a whole; it starts none of its own.
        if process.poll() is None:
            process.kill()
            process.communicate()
    if process.returncode:
        raise EngineError(_failure(complaint.decode("utf-8", "replace"), process.returncode))
    return out.decode("utf-8", "replace")


def _failure(complaint: str, code: int) -> str:
    if "load any languages" in complaint or "loading language" in complaint:
        return "Tesseract has no data for English (apt install tesseract-ocr-eng)."
    said = next((line.strip() for line in complaint.splitlines() if line.strip()), "no reason given")
    return f"Tesseract failed with code {code}: {said.rstrip('.')}."


def _parse(hocr: str) -> list[Word]:
    parser = _Hocr()
    parser.feed(hocr)
    parser.close()
    return parser.words


class _Hocr(HTMLParser):
    """Collects the words of hOCR: elements of class ocrx_word within elements that are lines."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[Word] = []
        self.line, self.size, self.upright = -1, 0.0, True
        self.box: tuple[float, float, float, float] | None = None
        self.confidence = 0.0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the line, or the box of the word to come."""
        found = dict(attrs)
        properties = dict(_PROPERTY.findall(found.get("title") or ""))
        if found.get("class") == "ocrx_word":
            left, top, right, bottom = map(float, properties["bbox"].split())
            self.box = (left, top, right, bottom)
            self.confidence = float(properties.get("x_wconf", 0)) / 100
        elif tag == "span":
            self.line += 1
            self.size = float(properties.get("x_size", 0))
            # A line that runs up or down the page is a sign in the margin, or the whole page lies on its side.
            self.upright = float(properties.get("textangle", 0)) == 0

    def handle_data(self, data: str) -> None:
        """Add the word whose box was noted."""
        if self.box is None or not (text := "".join(data.split())):
            return
        sure = self.confidence if self.upright else 0.0
        size = self.size or self.box[3] - self.box[1]
        self.words.append(Word(text, *self.box, confidence=sure, line=self.line, size=size))
        self.box = None

"""The engines that turn a picture of a page into words, and which of them is used.

A new engine is one module with the functions of `Engine`, and one line in `ENGINES`.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from policylint.errors import DocumentError
from policylint.readers.ocr.words import Word

if TYPE_CHECKING:
    from PIL.Image import Image

SETTING = "POLICYLINT_OCR"
"""Environment variable that names the engine to use, or "off"; when it is not set, the first that is installed is taken."""

ENGINES: dict[str, str] = {
    "tesseract": "policylint.readers.ocr.tesseract",
    "rapidocr": "policylint.readers.ocr.rapid",
}
"""Engine -> its module, the preferred first."""

INSTALL = (
    "Install Tesseract (apt install tesseract-ocr, brew install tesseract, or its Windows installer), "
    "or the engine that comes as a Python package: pip install 'policylint[ocr]'."
)
"""What to do when there is no engine."""


class EngineError(Exception):
    """An engine failed on a page; the message is a sentence."""


class Engine(Protocol):
    """What each module of `ENGINES` holds."""

    TITLE: str
    """For people."""
    SIDE_BY_SIDE: bool
    """Whether it may recognise several pages at once."""

    def available(self) -> bool:
        """Whether it is installed. Loads nothing heavy."""

    def recognise(self, image: Image, *, block: bool = False) -> list[Word]:
        """The words of an upright greyscale picture; as a page, or as one plain block of lines.

        Raises:
            EngineError: the engine failed or took too long.
        """


def choose(name: str) -> Engine:
    """The engine to read a document with.

    Raises:
        DocumentError: there is none, the setting names none that there is, or recognition is switched off.
    """
    wanted = os.environ.get(SETTING, "").strip().lower()
    if wanted == "off":
        raise _cannot(name, f"and text recognition is switched off ({SETTING}=off).", f"Unset {SETTING}.")
    if wanted and wanted not in ENGINES:
        known = ", ".join(ENGINES)
        raise _cannot(name, f"and {SETTING} names no engine: {wanted}.", f"Known are {known}; off switches it off.")
    for engine in map(_load, [wanted] if wanted else ENGINES):
        if engine.available():
            return engine
    missing = f"the one that {SETTING} asks for, {wanted}, is not installed" if wanted else "none is installed"
    raise _cannot(name, f"which takes text recognition (OCR), and {missing}.", INSTALL)


def _load(engine: str) -> Engine:
    return cast("Engine", import_module(ENGINES[engine]))


def _cannot(name: str, why: str, hint: str) -> DocumentError:
    return DocumentError(f"The text stands in pictures of pages, {why}", file=name, hint=hint)

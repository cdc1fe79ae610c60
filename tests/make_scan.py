"""Makes fixtures/scan/peer-support.tif: a page of our own text as an office scanner would give it.

    python tests/make_scan.py

Drawn with the font that Pillow brings along, hung askew by 0.7 degrees, speckled, in black and white (Group 4).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "scan"
DPI = 200
TEXT, HEADING = 29, 38
"""Sizes of type in pixels: 10.5 and 13.5 points."""
LEFT, RIGHT, HANGING = 190, 1530, 60


def policy() -> str:
    """The text on the page, as a file of text."""
    return (FOLDER / "peer-support.txt").read_text("utf-8")


def page() -> Image.Image:
    """The page in grey, straight and clean."""
    image = Image.new("L", (1700, 2200), 255)
    draw, top = ImageDraw.Draw(image), 150
    for block in policy().strip().split("\n"):
        if not block.strip():
            top += 22
            continue
        heading = block[:1].isdigit() or top == 150
        size = HEADING if heading else TEXT
        label, text = _label(block)
        left = LEFT + (HANGING if label else 0)
        if label == "•":
            draw.ellipse((LEFT + 12, top + 12, LEFT + 24, top + 24), fill=0)
        elif label:
            draw.text((LEFT, top), label, 0, ImageFont.load_default(size))
        for line in _wrapped(text, RIGHT - left, size):
            draw.text((left, top), line, 0, ImageFont.load_default(size))
            top += round(size * 1.35)
    return image


def _label(block: str) -> tuple[str, str]:
    first, _, rest = block.partition(" ")
    return (first, rest) if first == "•" or first.startswith("(") else ("", block)


def _wrapped(text: str, width: float, size: float) -> list[str]:
    font, lines = ImageFont.load_default(size), [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def scan() -> Image.Image:
    """The page as scanned: one bit a pixel."""
    askew = page().rotate(-0.7, Image.Resampling.BICUBIC, fillcolor=255)
    pixels = np.asarray(askew, dtype=np.float64)
    speckled = pixels + np.random.default_rng(4).normal(0, 34, pixels.shape)
    return Image.fromarray((speckled > 120).astype(np.uint8) * 255).convert("1", dither=Image.Dither.NONE)


if __name__ == "__main__":
    scan().save(FOLDER / "peer-support.tif", compression="group4", dpi=(DPI, DPI))

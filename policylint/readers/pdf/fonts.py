"""What fonts say of the type set in them, and what their signs mean: bullets of symbol fonts, ligatures."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import Any

_BOLD = re.compile(r"bold|black|heavy|semibd|demi(?!r)|[-,]bd\b", re.IGNORECASE)
_NAMELESS = re.compile(r"(?:[A-Z]{6}\+)?(?:CIDFont\+?)?[FT]?\d*", re.IGNORECASE)
_SYMBOLS = re.compile(r"wingdings|webdings|dingbats|symbol", re.IGNORECASE)
_HEAVY = 650
_FORCE_BOLD = 1 << 18
_LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u00ad": "",
        "\ufffe": "-",
        "\x02": "-",
    }
)
_PRIVATE = {
    **dict.fromkeys("\uf0b7\uf06c\uf09f\uf09e", "•"),
    **dict.fromkeys("\uf0a7\uf06e", "▪"),
    **dict.fromkeys("\uf0d8\uf0e8", "➢"),
    **dict.fromkeys("\uf0fc\uf0fe", "✓"),
    **dict.fromkeys("\uf0a8\uf06f\uf071\uf072", "□"),
    **dict.fromkeys("\uf076", "❖"),
    **dict.fromkeys("\uf0e0", "→"),
    **dict.fromkeys("\uf02d", "–"),
}


@dataclass(frozen=True, slots=True)
class Style:
    """What a text object says of its type."""

    bold: bool
    symbols: bool


class Fonts:
    """What is known of the fonts of a document, each asked for once."""

    def __init__(self) -> None:
        self.known: dict[int, Style] = {}

    def style(self, raw: Any, font: int | None) -> Style:
        """Whether a font, given by its address, is bold, and whether its letters are signs."""
        found = self.known.get(font or 0)
        if found is None:
            pointer = ctypes.cast(font, raw.FPDF_FONT) if font else None
            found = self.known[font or 0] = _style(raw, pointer) if pointer else Style(bold=False, symbols=False)
        return found


def _style(raw: Any, font: Any) -> Style:
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    bold = _BOLD.search(name) is not None or bool(raw.FPDFFont_GetFlags(font) & _FORCE_BOLD)
    if not bold and _NAMELESS.fullmatch(name):
        bold = raw.FPDFFont_GetWeight(font) >= _HEAVY
    return Style(bold, _SYMBOLS.search(name) is not None)


def readable(text: str, style: Style) -> str:
    """A word as a person reads it: ligatures as letters, signs of symbol fonts as the common signs they look like."""
    if text.isascii() and not style.symbols and text[-1] != "\x02":
        return text
    text = text.translate(_LIGATURES)
    if len(text) != 1 or text.isdigit():
        return "".join(_PRIVATE.get(c, c) for c in text) if any("\uf000" <= c <= "\uf0ff" for c in text) else text
    private = "\ue000" <= text <= "\uf8ff"
    if private or (style.symbols and text.isalpha()):
        return _PRIVATE.get(text, "•")
    return text

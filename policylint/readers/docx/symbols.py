"""Signs of symbol fonts as the characters that look like them."""

from __future__ import annotations

import re

BULLET = "•"

_PRIVATE = re.compile("[\ue000-\uf8ff]")
"""Where symbol fonts put their signs."""

_SYMBOL = {
    0xB7: BULLET,
    0xA7: "♣",
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB0: "°",
    0xB9: "≠",
    0xBB: "≈",
    0xAE: "→",
    0xDE: "⇒",
    0xD4: "™",
    0xE4: "™",
    0xD2: "®",
    0xD3: "©",
    0x2D: "–",
    0xBE: "–",
    0xA2: "′",
    0xB2: "″",
    0xB4: "×",
    0xB8: "÷",
}
_WINGDINGS = {
    0x6C: "●",
    0x6D: "○",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❑",
    0x73: "◆",
    0x74: "◆",
    0x75: "◆",
    0x76: "❖",
    0x77: "◆",
    0x9E: BULLET,
    0x9F: BULLET,
    0xA1: "○",
    0xA7: "▪",
    0xA8: "□",
    0xD8: "➢",
    0xE0: "→",
    0xE8: "➔",
    0xF0: "→",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x4A: "☺",
    0x2A: "✉",
    0x28: "☎",
}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS, "wingdings 2": {}, "wingdings 3": {}, "webdings": {}}


def is_symbol_font(font: str | None) -> bool:
    """Whether the letters of a font are no letters."""
    return font is not None and font.lower() in _FONTS


def character(code: int, font: str | None) -> str:
    """The character that looks like a sign of a symbol font; a bullet where there is none."""
    table = _FONTS.get((font or "").lower())
    if table is None:
        if 0xE000 <= code <= 0xF8FF:
            return _SYMBOL.get(code & 0xFF, BULLET)
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    return table.get(code & 0xFF, BULLET)


def in_symbols(text: str, font: str | None) -> str:
    """Text typed in a symbol font, or with signs of one, as it looks."""
    # Whole words in such a font are a slip of the font, and are read as they were typed.
    if is_symbol_font(font) and len(text.strip()) <= 2:
        return "".join(c if c.isspace() else character(ord(c), font) for c in text)
    return text if text.isascii() else _PRIVATE.sub(lambda found: character(ord(found[0]), None), text)

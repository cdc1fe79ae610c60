"""Which encoding the bytes of a file, and of each font, are in; characters that have control words."""

from __future__ import annotations

import codecs

_BY_CHARSET = {
    0: "cp1252", 1: "", 77: "mac_roman", 78: "shift_jis", 79: "big5", 80: "euc_kr", 83: "mac_greek", 84: "mac_cyrillic",
    85: "gb2312", 88: "mac_latin2", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOL_FONT = "symbol"
"""Stands for the encoding of fonts whose characters are pictures."""
_PAGES = {65001: "utf-8", 10000: "mac_roman", 0: "cp1252", 1200: "utf-16-le"}
FAMILIES = {b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850", b"ansi": "cp1252"}

CHARACTERS = {
    b"emdash": "—", b"endash": "–", b"bullet": "•", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"tab": "\t", b"line": "\n", b"softline": " ", b"lbr": "\n",
}  # fmt: skip
SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}


def of_font(charset: int) -> str:
    """The encoding of a font's characters; "" for the file's own."""
    return SYMBOL_FONT if charset == 2 else _BY_CHARSET.get(charset, "")


def of_page(page: int) -> str:
    """The encoding of a code page; Windows-1252 for one that nobody knows."""
    name = _PAGES.get(page, f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def decode(data: bytes, encoding: str) -> str:
    """Characters of bytes; what the encoding has no character for is read as Windows-1252."""
    if encoding == SYMBOL_FONT:
        return "".join(chr(0xF000 + byte) if byte > 0x20 else " " for byte in data)
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return data.decode("cp1252", "replace")

"""Bytes of a web page to characters: byte order mark, what the page says of itself, and what the bytes show.

Pages lie about their encoding more often than bytes do: what is valid UTF-8 with characters beyond ASCII is UTF-8.
"""

from __future__ import annotations

import codecs
import re

from policylint.readers.decode import canonical

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAID = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_HEAD = 8192
"""Bytes at the start in which a page says its encoding."""
_WESTERN = "windows-1252"
_INVISIBLE = re.compile("[\0\u00ad\u200b\u2060\ufeff]")
"""Soft hyphens and marks without width: nobody sees them, and they would part words."""


def decode(data: bytes, said: str = "") -> tuple[str, tuple[str, ...]]:
    """The characters of a page, with a note where they are not in the encoding that it names.

    Args:
        data: the page.
        said: the encoding that an envelope (MHTML) names, or "".
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _clean(data.decode(encoding, "replace")), ()
    encoding = _known(said) or _said_inside(data)
    text = _strictly(data, "utf-8")
    if text is not None and (encoding in ("", "utf-8") or not text.isascii()):
        lied = f"The page says that it is {encoding}, but is UTF-8; it was read as that."
        return _clean(text), () if encoding in ("", "utf-8") else (lied,)
    if encoding and encoding != "utf-8":
        text = _strictly(data, encoding)
        if text is not None:
            return _clean(text), ()
    text = data.decode("cp1252", "replace")
    what = f"says that it is {encoding}, but is not" if encoding else "names no encoding and is not UTF-8"
    return _clean(text), (f"The page {what}; it was read as Windows-1252.",)


def _said_inside(data: bytes) -> str:
    match = _SAID.search(data[:_HEAD])
    encoding = _known(match[1].decode("ascii")) if match else ""
    # Whoever could read the name in single bytes is not reading UTF-16.
    return "utf-8" if encoding.startswith(("utf-16", "utf-32")) else encoding


def _known(name: str) -> str:
    """The encoding that browsers take a name for, or "" for one that they do not know."""
    import webencodings

    found = webencodings.lookup(name) if name else None
    return "" if found is None else _WESTERN if found.name == "windows-1252" else found.name


def _strictly(data: bytes, encoding: str) -> str | None:
    import webencodings

    found = webencodings.lookup(encoding)
    if found is None:
        return None
    try:
        return found.codec_info.decode(data, "strict")[0]
    except (UnicodeError, ValueError):
        return None


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", canonical(text))

"""Policies are untrusted text: what of them may go to a terminal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_BULLET_GLYPH = re.compile("[\uf000-\uf0ff]")
_ESCAPE = re.compile("(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]")
_EMPHASIS = re.compile(r"\*\*|__")
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=4096)  # requirements, citations and clauses are the same for each of a hundred documents
def clean(text: str) -> str:
    """One line without control characters, bidirectional overrides or other invisible marks.

    Private-use glyphs, which word processors leave for bullets, become bullets; Markdown's marks of emphasis go.
    """
    return _EMPHASIS.sub("", harmless(text)).strip()


def harmless(text: str) -> str:
    """A piece of a text as `clean` leaves it, with a space at either end where there was white space, and all its signs."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text  # so is nearly every piece of a policy
    text = _INVISIBLE.sub("", _SPACE.sub(" ", _ESCAPE.sub("", text)))
    text = _BULLET_GLYPH.sub("•", text)
    if text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cf"))


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def xml_text(text: str) -> str:
    """A text that an XML 1.0 file can hold: what has no place in one (https://www.w3.org/TR/xml/#charsets) is replaced.

    Line ends stay; so does all that `clean` would take away. A file name that is no UTF-8 brings in half surrogates.
    """
    return _NOT_XML.sub("\ufffd", text)

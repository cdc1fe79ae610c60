"""Rich Text Format to tokens.

The libraries there are for RTF give plain text and lose lists, tables, headings and revisions (striprtf), bring licences that cannot be
taken (rtf-tokenize and what rtfparse pulls in: GPL), or stop at recursion (rtfparse). The format has three kinds of token and one length
prefix, which are all here; what the words mean is for the other modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OPEN, CLOSE, WORD, SYMBOL, BYTE, TEXT = range(6)

Token = tuple[int, bytes, int | None]
"""Kind; the word, symbol, byte or text; the number of a control word, or None."""

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<hex>[0-9A-Fa-f]{2})|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<open>\{)|(?P<close>\})|(?P<text>[^\\{}]+)|\\[A-Za-z]*",
    re.DOTALL,
)
_LAYOUT = bytes.maketrans(b"", b"")
_DROPPED = b"\r\n\0"


def tokens(data: bytes) -> Iterator[Token]:
    """All tokens of a file, in time linear in its length; the raw bytes after \\bin are skipped."""
    at, end = 0, len(data)
    while at < end:
        match = _TOKEN.match(data, at)
        if match is None:  # a backslash at the very end
            return
        at = match.end()
        kind = match.lastgroup
        if kind == "text":
            text = match["text"].translate(_LAYOUT, _DROPPED)
            if text:
                yield TEXT, text, None
        elif match["word"] is not None:
            number = int(match["number"]) if match["number"] is not None else None
            if match["word"] == b"bin":
                # A count that leads out of the file is a lie, and what follows is no picture.
                at += number if number is not None and 0 < number <= end - at else 0
            else:
                yield WORD, match["word"], number
        elif kind == "open":
            yield OPEN, b"{", None
        elif kind == "close":
            yield CLOSE, b"}", None
        elif kind == "hex":
            yield BYTE, bytes.fromhex(match["hex"].decode("ascii")), None
        elif kind == "symbol":
            yield SYMBOL, match["symbol"], None

"""Lines of styled text: what a report for people is made of before it is printed plain or in colour."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable
from typing import NamedTuple

MIN_WIDTH = 40

Piece = tuple[str, str]
"""A text and its style as rich names it ("bold red"), or "" for none."""


class Line(NamedTuple):
    """One line, or one field of a verdict. A report of many documents has tens of thousands: a tuple is quickly made.

    Attributes:
        pieces: what stands on it.
        indent: columns before it.
        hang: further columns before the lines it wraps to.
    """

    pieces: tuple[Piece, ...] = ()
    indent: int = 0
    hang: int = 0

    def plain(self) -> str:
        """The line as it is, not wrapped."""
        pieces, indent, _ = self
        return (" " * indent + "".join([text for text, _ in pieces])).rstrip()


def line(*pieces: Piece | str, indent: int = 0, hang: int = 0) -> Line:
    """A line of pieces; a plain string is a piece without a style."""
    return Line(tuple([(piece, "") if isinstance(piece, str) else piece for piece in pieces]), indent, hang)


def to_text(lines: Iterable[Line], width: int | None, colour: bool) -> str:
    """The lines as a string: wrapped to `width` columns, or each on a line of its own when it is None."""
    if width is None and not colour:
        return "".join([each.plain() + "\n" for each in lines])
    return _with_rich(lines, width, colour)


def _with_rich(lines: Iterable[Line], width: int | None, colour: bool) -> str:
    from rich.console import Console
    from rich.text import Text

    columns = max(width or sys.maxsize, MIN_WIDTH)
    console = Console(
        file=io.StringIO(),
        width=columns,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        _environ={},
    )
    with console.capture() as captured:
        for each in lines:
            pad = each.indent
            for part in Text.assemble(*each.pieces).wrap(console, columns - each.indent - each.hang):
                part.rstrip()
                console.print(Text(" " * pad) + part, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
                pad = each.indent + each.hang
    return captured.get()

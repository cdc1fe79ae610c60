"""The characters of a page as the library knows them: their text, places and type.

A call of the library costs little, the Python around each call much: all words of a page are asked about in one sweep, the
answers side by side in one piece of memory, and a type is made once for each kind that is met.
"""

from __future__ import annotations

import collections
import ctypes
import itertools
import math
import struct
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from policylint.readers.pdf.fonts import Fonts, Style
from policylint.readers.pdf.opening import bare

_OUTLINED, _INVISIBLE = 2, 3
"""Ways to draw letters."""
_NO_OBJECT = -2
"""The way of a character that the library put in: it has no colour, and stands where others do."""
_TINY = 2.5
"""Points below which no person reads a type."""
_TRANSPARENT, _WHITE = 8, 248
"""Of 255: a letter below the one is not seen; one whose red, green and blue reach the other, only on a painted ground."""
_ADDRESS, _WHOLE, _REAL = ctypes.c_void_p, ctypes.c_int, ctypes.c_double

Sides = tuple[float, float, float, float]
"""Left, top, right, bottom in the page's own coordinates, in which y grows upward."""


@dataclass(frozen=True, slots=True)
class Type:
    """How a piece of text is set.

    Attributes:
        size: in points as seen.
        turn: quarter turns clockwise that bring it upright on the page as shown, or None if it is slanted.
        seen: whether it is drawn at all.
        pale: whether it is as good as white, or transparent.
        tiny: whether it is too small for anyone to read.
        plain: whether nothing hides it, wherever it stands on the page.
    """

    style: Style
    size: float
    turn: int | None
    seen: bool
    pale: bool
    tiny: bool
    plain: bool


class Characters:
    """The characters of one page; `textpage` is a text page of `pypdfium2.raw` that stays open as long as this is used."""

    def __init__(self, raw: Any, textpage: Any, fonts: Fonts) -> None:
        self._raw, self._fonts = raw, fonts
        self._page = ctypes.cast(textpage, _ADDRESS).value
        self._known: dict[tuple[Any, ...], Type] = {}
        self.text = _text(raw, textpage)

    def boxes(self, places: Sequence[int]) -> list[Sides]:
        """The boxes of characters, with the advance for their width; zeros for one that has none."""
        get = bare(self._raw.FPDFText_GetLooseCharBox, _WHOLE, _ADDRESS, _WHOLE, _ADDRESS)
        return _swept("4f", len(places), lambda to: map(get, repeat(self._page), places, to))

    def origins(self, places: Sequence[int]) -> list[tuple[float, float]]:
        """Where characters stand on their base lines; zeros for one that stands nowhere."""
        get = bare(self._raw.FPDFText_GetCharOrigin, _WHOLE, _ADDRESS, _WHOLE, _ADDRESS, _ADDRESS)
        return _swept("2d", len(places), lambda to: map(get, repeat(self._page), places, to, _on(to, 8)))

    def types(self, places: Sequence[int], turns: int) -> list[Type]:
        """How characters are set on a page shown with so many quarter turns; each object of text is asked once in a row."""
        object_at = bare(self._raw.FPDFText_GetTextObject, _ADDRESS, _ADDRESS, _WHOLE)
        things = list(map(object_at, repeat(self._page), places))
        new = [at for at, thing in enumerate(things) if not at or not thing or thing != things[at - 1]]
        found = self._types_of([things[at] for at in new], [places[at] for at in new], turns)
        out: list[Type] = []
        for type_, (start, end) in zip(found, itertools.pairwise([*new, len(things)]), strict=True):
            out += [type_] * (end - start)
        return out

    def _types_of(self, things: Sequence[int | None], places: Sequence[int], turns: int) -> Iterable[Type]:
        raw, page, count = self._raw, repeat(self._page), len(places)
        matrix_of = bare(raw.FPDFText_GetMatrix, _WHOLE, _ADDRESS, _WHOLE, _ADDRESS)
        size_of = bare(raw.FPDFText_GetFontSize, _REAL, _ADDRESS, _WHOLE)
        colour_of = bare(raw.FPDFText_GetFillColor, _WHOLE, _ADDRESS, _WHOLE, *[_ADDRESS] * 4)
        font_of = bare(raw.FPDFTextObj_GetFont, _ADDRESS, _ADDRESS)
        mode_of = bare(raw.FPDFTextObj_GetTextRenderMode, _WHOLE, _ADDRESS)
        matrices = _swept("6f", count, lambda to: map(matrix_of, page, places, to))
        colours = _swept("4I", count, lambda to: map(colour_of, page, places, to, *(_on(to, by) for by in (4, 8, 12))))
        fonts = [font_of(thing) if thing else None for thing in things]
        modes = [mode_of(thing) if thing else _NO_OBJECT for thing in things]
        sizes = map(size_of, page, places)
        for key in zip(fonts, modes, sizes, (m[:4] for m in matrices), colours, strict=True):
            type_ = self._known.get(key)
            if type_ is None:
                type_ = self._known[key] = self._type(*key, turns)
            yield type_

    def _type(self, font: int | None, mode: int, size: float, matrix: Sides, colour: Sequence[int], turns: int) -> Type:
        style = self._fonts.style(self._raw, font)
        if mode == _OUTLINED and not style.bold:
            style = Style(bold=True, symbols=style.symbols)  # letters drawn thicker
        a, b, c, d = matrix
        size *= math.hypot(c, d) or 1.0
        pale = mode != _NO_OBJECT and (colour[3] < _TRANSPARENT or min(colour[:3]) >= _WHITE)
        size, seen = round(size, 1), mode != _INVISIBLE
        tiny = size < _TINY
        return Type(style, size, _turn(a, b, turns), seen, pale, tiny, plain=seen and not pale and not tiny)


def _swept(form: str, count: int, ask: Callable[[range], Iterable[object]]) -> list[Any]:
    """Answers that the library writes side by side into memory; `ask` is given the address for each.

    Args:
        form: of one answer, as for `struct`; where the library writes nothing, its numbers are 0.
    """
    each = struct.calcsize(form)
    memory = ctypes.create_string_buffer(each * count)
    start = ctypes.addressof(memory)
    collections.deque(ask(range(start, start + each * count, each)), maxlen=0)
    return list(struct.iter_unpack(form, memory))


def _on(places: range, by: int) -> range:
    """Addresses so many bytes further on."""
    return range(places.start + by, places.stop + by, places.step)


def _text(raw: Any, textpage: Any) -> str:
    """The page's characters, one for each index of the library."""
    count = raw.FPDFText_CountChars(textpage)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    got = raw.FPDFText_GetText(textpage, 0, count, buffer)
    text = bytes(buffer)[: 2 * max(0, got - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    codes = (raw.FPDFText_GetUnicode(textpage, at) for at in range(count))
    return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else " " for c in codes)


def _turn(a: float, b: float, turns: int) -> int | None:
    """Quarter turns for a text that runs in the direction (a, b)."""
    if turns == 0 and b == 0 and a > 0:
        return 0
    angle = math.degrees(math.atan2(b, a)) - 90 * turns
    quarters = round(angle / 90)
    return quarters % 4 if abs(angle - 90 * quarters) < 3 else None

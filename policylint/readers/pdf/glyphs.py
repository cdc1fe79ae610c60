"""A page of a PDF to words with places, drawn lines and marks.

Asking the library for each character costs more than everything else: the text is taken at once, cut into words, and only
the first and last character of each word are asked for their places.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from policylint.readers.pdf.drawings import Drawn, drawings
from policylint.readers.pdf.fields import field_words
from policylint.readers.pdf.fonts import Fonts, Style, readable
from policylint.readers.pdf.frames import Box, Frame, frame_of
from policylint.readers.pdf.opening import bare
from policylint.readers.pdf.values import PageText, Word

_WORD = re.compile(r"[^\s\x00-\x1f\u200b\ufeff]+[\x02\ufffe]?")
_OUTLINED, _INVISIBLE = 2, 3
"""Ways to draw letters."""
_HUGE = 30.0
"""Points from which text across the page's direction is a mark over it."""
_TINY = 2.5
"""Points below which no person reads a type."""
_LETTER_SPACED = 1.25
_ABOVE, _BELOW = 0.89, 0.21
"""Of the font size: how far a line of common type reaches above and below the feet of its letters."""


@dataclass(frozen=True, slots=True)
class _Type:
    """How a piece of text is set.

    Attributes:
        turn: quarter turns clockwise that bring it upright on the page as shown, or None if it is slanted.
        seen: whether it is drawn at all.
        pale: whether it is as good as white, or transparent.
    """

    style: Style
    size: float
    turn: int | None
    seen: bool
    pale: bool


class _Found(NamedTuple):
    """A word as met, before it is decided what the page's direction is and what of it is seen."""

    text: str
    start: int
    end: int
    type: _Type


def page_text(page: Any, number: int, fonts: Fonts) -> PageText:
    """What stands on a page; `page` is a `pypdfium2.PdfPage`."""
    from pypdfium2 import raw

    frame = frame_of(raw, page)
    textpage = raw.FPDFText_LoadPage(page)
    try:
        reader = _Reader(raw, textpage, fonts)
        met = reader.words(frame.turns)
        turn = _direction(met)
        frame = Frame(frame.left, frame.bottom, frame.right, frame.top, frame.turns + turn)
        drawn = drawings(raw, page, frame.box)
        words, aside = _sorted_out(reader, met, turn, frame, number, drawn)
    finally:
        raw.FPDFText_ClosePage(textpage)
    recognised = bool(met) and _is_layer(met) and drawn.picture
    words += field_words(raw, page, number, frame.box)
    words += _bullets(drawn, words, number)
    wide, high = frame.size
    return PageText(number, wide, high, tuple(words), drawn.rules, tuple(aside), drawn=drawn.any, recognised=recognised)


def _direction(met: list[_Found]) -> int:
    """Quarter turns that bring most of the page's text upright."""
    count: Counter[int] = Counter()
    for word in met:
        if word.type.turn is not None:
            count[word.type.turn] += len(word.text)
    if not count:
        return 0
    turn, most = max(count.items(), key=lambda item: (item[1], -item[0]))
    return turn if most > 0.6 * sum(count.values()) else 0


class _Reader:
    """Asks the library about the characters of one page."""

    def __init__(self, raw: Any, textpage: Any, fonts: Fonts) -> None:
        self.raw, self.textpage, self.fonts = raw, textpage, fonts
        self.rect, self.matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.color = [ctypes.c_uint() for _ in range(4)]
        self.text = _text(raw, textpage)
        address, whole = ctypes.c_void_p, ctypes.c_int
        self.object_at = bare(raw.FPDFText_GetTextObject, address, address, whole)
        self.font_of = bare(raw.FPDFTextObj_GetFont, address, address)
        self.mode_of = bare(raw.FPDFTextObj_GetTextRenderMode, whole, address)

    def words(self, turns: int) -> list[_Found]:
        """The words of the page in the order of the file; the type of an object is asked for once."""
        out: list[_Found] = []
        page = ctypes.cast(self.textpage, ctypes.c_void_p).value
        last, type_ = 0, None
        for match in _WORD.finditer(self.text):
            start, end = match.span()
            thing = self.object_at(page, start)
            if type_ is None or thing != last or not thing:
                type_ = self._type(thing, start, turns)
                last = thing
            out.append(_Found(match.group(), start, end, type_))
        return out

    def _type(self, thing: int | None, start: int, turns: int) -> _Type:
        raw, textpage = self.raw, self.textpage
        style = self.fonts.style(raw, self.font_of(thing)) if thing else Style(bold=False, symbols=False)
        mode = self.mode_of(thing) if thing else 0
        if mode == _OUTLINED and not style.bold:
            style = Style(bold=True, symbols=style.symbols)  # letters drawn thicker
        m = self.matrix
        raw.FPDFText_GetMatrix(textpage, start, m)
        high = math.hypot(m.c, m.d)
        size = raw.FPDFText_GetFontSize(textpage, start) * (high or 1.0)
        return _Type(style, round(size, 1), _turn(m.a, m.b, turns), mode != _INVISIBLE, self._pale(start))

    def _pale(self, at: int) -> bool:
        r, g, b, a = self.color
        if not self.raw.FPDFText_GetFillColor(self.textpage, at, r, g, b, a):
            return False
        return a.value < 8 or min(r.value, g.value, b.value) >= 248

    def box(self, at: int) -> Box:
        """Left, bottom, right, top of a character in the page's coordinates, its advance for its width."""
        rect = self.rect
        if not self.raw.FPDFText_GetLooseCharBox(self.textpage, at, rect):
            return 0.0, 0.0, 0.0, 0.0
        return rect.left, rect.bottom, rect.right, rect.top

    def origin(self, at: int) -> tuple[float, float]:
        """Where a character stands on its base line, in the page's coordinates."""
        if not self.raw.FPDFText_GetCharOrigin(self.textpage, at, self.x, self.y):
            return 0.0, 0.0
        return self.x.value, self.y.value


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


def _sorted_out(
    reader: _Reader, met: list[_Found], turn: int, frame: Frame, number: int, drawn: Drawn
) -> tuple[list[Word], list[tuple[str, str]]]:
    """The words that make the running text, and pieces of text that do not, with the reason."""
    layer = _is_layer(met)
    words: list[Word] = []
    aside: list[tuple[str, str]] = []
    for found in met:
        type_ = found.type
        for text, place in _places(reader, found, frame, turn):
            if type_.turn == turn and (why := _unseen(type_, place, frame, drawn, layer=layer)) == "":
                words.append(Word(readable(text, type_.style), *place, type_.size, type_.style.bold, number))
                continue
            if type_.turn != turn:
                why = "watermark" if type_.turn is None or type_.size > _HUGE else "text set sideways"
            if aside and aside[-1][1] == why:
                aside[-1] = (f"{aside[-1][0]} {text}", why)
            else:
                aside.append((text, why))
    return words, aside


def _is_layer(met: list[_Found]) -> bool:
    """Whether the page's text is the invisible layer of a scanner's OCR, and not text that was hidden."""
    return sum(not found.type.seen for found in met) > 0.9 * len(met)


def _unseen(type_: _Type, place: Box, frame: Frame, drawn: Drawn, *, layer: bool) -> str:
    """Why nobody who looks at the page sees a word, or ""."""
    if type_.size < _TINY or not (type_.seen or layer) or (type_.pale and not drawn.covers(*place)):
        return "hidden text"
    wide, high = frame.size
    outside = place[2] < 0 or place[3] < 0 or place[0] > wide or place[1] > high
    return "text outside the page" if outside else ""


def _places(reader: _Reader, found: _Found, frame: Frame, turn: int) -> list[tuple[str, Box]]:
    """A word with its box; cut up where the library took the end of one line and the start of the next for one word."""
    text, start, end, type_ = found
    size = type_.size
    last = reader.box(end - 1)
    if type_.turn == turn and frame.turns % 4 == 0:
        x, y = reader.origin(start)
        if 0 < last[2] - x <= _LETTER_SPACED * size * (end - start) and abs(last[1] - y) < 0.6 * size:
            return [(text, _lined(x - frame.left, last[2] - frame.left, frame.top - y, size))]
    first = reader.box(start)
    along = max(abs(last[3] - first[1]), abs(last[2] - first[0]))
    whole = along <= _LETTER_SPACED * size * (end - start) and _level(first, last, size)
    if type_.turn != turn or whole:
        return [(text, _placed(reader, start, frame, _union(first, last), size, upright=type_.turn == turn))]
    pieces: list[tuple[int, str, Box]] = []
    before = first
    for at, char in enumerate(text):
        box = reader.box(start + at)
        if pieces and _level(before, box, size) and _near(before, box, size):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char, _union(pieces[-1][2], box))
        else:
            pieces.append((start + at, char, box))
        before = box
    return [(piece, _placed(reader, at, frame, box, size, upright=True)) for at, piece, box in pieces]


def _placed(reader: _Reader, at: int, frame: Frame, box: Box, size: float, *, upright: bool) -> Box:
    """A box as seen; that of upright text as high as its line."""
    x0, y0, x1, y1 = frame.box(*box)
    return _lined(x0, x1, frame.place(*reader.origin(at))[1], size) if upright else (x0, y0, x1, y1)


def _lined(left: float, right: float, base: float, size: float) -> Box:
    """The box of text whose letters stand on a base line: fonts do not agree how high a line is, and some lie."""
    return left, base - _ABOVE * size, right, base + _BELOW * size


def _level(a: Box, b: Box, size: float) -> bool:
    """Whether two characters stand on one line, however the page is turned."""
    return abs(a[1] - b[1]) < 0.6 * size or abs(a[0] - b[0]) < 0.6 * size


def _near(a: Box, b: Box, size: float) -> bool:
    return abs(b[0] - a[2]) < size or abs(b[1] - a[3]) < size or abs(a[0] - b[2]) < size or abs(a[1] - b[3]) < size


def _union(a: Box, b: Box) -> Box:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def _bullets(drawn: Drawn, words: list[Word], number: int) -> list[Word]:
    """Bullets that are drawn, not written: a small mark right before a word, half as high as the line or less."""
    out: list[Word] = []
    for x0, y0, x1, y1 in drawn.marks:
        middle = (y0 + y1) / 2
        after = [
            w for w in words if w.y0 < middle < w.y1 and x1 <= w.x0 + 1 < x1 + 3.5 * w.size and y1 - y0 < 0.75 * w.size
        ]
        before = any(w.y0 < middle < w.y1 and w.x1 > x0 - 2 * w.size and w.x0 < x0 for w in words)
        if after and not before:
            nearest = min(after, key=lambda w: w.x0)
            out.append(Word("•", x0, nearest.y0, x1, nearest.y1, nearest.size, bold=False, page=number))
    return out

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
from typing import Any

from policylint.readers.pdf.drawings import Drawn, drawings
from policylint.readers.pdf.fields import field_words
from policylint.readers.pdf.fonts import Fonts, Style, readable
from policylint.readers.pdf.frames import Box, Frame, frame_of
from policylint.readers.pdf.values import PageText, Word

_WORD = re.compile(r"[^\s\x00-\x1f\u200b\ufeff]+[\x02\ufffe]?")
_BROKEN = "\x02\ufffe"
"""What the library puts for a hyphen at the end of a line."""
_INVISIBLE = 3
_TINY = 2.5
"""Points below which no person reads a type."""
_LETTER_SPACED = 1.25


@dataclass(slots=True)
class _Found:
    """A word as met, before it is decided what the page's direction is and what of it is seen."""

    text: str
    start: int
    end: int
    turn: int | None
    size: float
    style: Style
    seen: bool
    pale: bool


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
    recognised = bool(met) and sum(not w.seen for w in met) > 0.9 * len(met) and drawn.picture
    words += field_words(raw, page, number, frame.box)
    words += _bullets(drawn, words, number)
    wide, high = frame.size
    return PageText(number, wide, high, tuple(words), drawn.rules, tuple(aside), drawn=drawn.any, recognised=recognised)


def _direction(met: list[_Found]) -> int:
    """Quarter turns that bring most of the page's text upright."""
    count: Counter[int] = Counter()
    for word in met:
        if word.turn is not None:
            count[word.turn] += len(word.text)
    if not count:
        return 0
    turn, most = max(count.items(), key=lambda item: (item[1], -item[0]))
    return turn if most > 0.6 * sum(count.values()) else 0


class _Reader:
    """Asks the library about the characters of one page."""

    def __init__(self, raw: Any, textpage: Any, fonts: Fonts) -> None:
        self.raw, self.textpage, self.fonts = raw, textpage, fonts
        self.rect, self.matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self.color = [ctypes.c_uint() for _ in range(4)]
        self.text = _text(raw, textpage)

    def words(self, turns: int) -> list[_Found]:
        """The words of the page in the order of the file."""
        return [self._word(match.group(), *match.span(), turns) for match in _WORD.finditer(self.text)]

    def _word(self, text: str, start: int, end: int, turns: int) -> _Found:
        raw, textpage = self.raw, self.textpage
        thing = raw.FPDFText_GetTextObject(textpage, start)
        style = self.fonts.style(raw, raw.FPDFTextObj_GetFont(thing)) if thing else Style(bold=False, symbols=False)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        if mode == 2 and not style.bold:
            style = Style(bold=True, symbols=style.symbols)  # letters drawn thicker
        m = self.matrix
        raw.FPDFText_GetMatrix(textpage, start, m)
        high = math.hypot(m.c, m.d)
        size = raw.FPDFText_GetFontSize(textpage, start) * (high or 1.0)
        return _Found(
            text, start, end, _turn(m.a, m.b, turns), round(size, 1), style, mode != _INVISIBLE, self._pale(start)
        )

    def _pale(self, at: int) -> bool:
        """Whether a character is as good as white, or transparent."""
        r, g, b, a = self.color
        if not self.raw.FPDFText_GetFillColor(self.textpage, at, r, g, b, a):
            return False
        return a.value < 8 or min(r.value, g.value, b.value) >= 248

    def box(self, at: int) -> Box:
        """Left, bottom, right, top of a character's place (advance and line height) in the page's coordinates."""
        rect = self.rect
        if not self.raw.FPDFText_GetLooseCharBox(self.textpage, at, rect):
            return 0.0, 0.0, 0.0, 0.0
        return rect.left, rect.bottom, rect.right, rect.top


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
    """Quarter turns clockwise that would bring text of a direction upright on the page as shown, or None if slanted."""
    angle = math.degrees(math.atan2(b, a)) - 90 * turns
    quarters = round(angle / 90)
    return quarters % 4 if abs(angle - 90 * quarters) < 3 else None


def _sorted_out(
    reader: _Reader, met: list[_Found], turn: int, frame: Frame, number: int, drawn: Drawn
) -> tuple[list[Word], list[tuple[str, str]]]:
    """The words that make the running text, and pieces of text that do not, with the reason."""
    unseen = sum(not w.seen for w in met)
    layer = unseen > 0.9 * len(met)  # the layer of a scanner's OCR, not hidden text
    wide, high = frame.size
    place = frame.box
    words: list[Word] = []
    aside: list[tuple[str, str]] = []
    for found in met:
        for text, box in _places(reader, found):
            x0, y0, x1, y1 = place(*box)
            why = ""
            if found.turn != turn:
                why = "watermark" if found.turn is None or found.size > 30 else "text set sideways"
            elif (
                (not found.seen and not layer)
                or found.size < _TINY
                or (found.pale and not drawn.covers(x0, y0, x1, y1))
            ):
                why = "hidden text"
            elif x1 < 0 or y1 < 0 or x0 > wide or y0 > high:
                why = "text outside the page"
            if why:
                if aside and aside[-1][1] == why:
                    aside[-1] = (f"{aside[-1][0]} {text}", why)
                else:
                    aside.append((text, why))
            else:
                words.append(Word(readable(text, found.style), x0, y0, x1, y1, found.size, found.style.bold, number))
    return words, aside


def _places(reader: _Reader, found: _Found) -> list[tuple[str, Box]]:
    """A word with its box; cut up where the library took the end of one line and the start of the next for one word."""
    first, last = reader.box(found.start), reader.box(found.end - 1)
    if found.end - found.start == 1:
        return [(found.text, first)]
    upright = found.turn is not None
    along = max(abs(last[3] - first[1]), abs(last[2] - first[0]))
    if along <= _LETTER_SPACED * found.size * len(found.text) and _level(first, last, found.size):
        return [(found.text, _union(first, last))]
    if not upright:
        return [(found.text, _union(first, last))]
    out: list[tuple[str, Box]] = []
    before = first
    for at, char in enumerate(found.text):
        box = reader.box(found.start + at)
        if out and _level(before, box, found.size) and _near(before, box, found.size):
            out[-1] = (out[-1][0] + char, _union(out[-1][1], box))
        else:
            out.append((char, box))
        before = box
    return out


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

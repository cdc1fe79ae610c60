"""A page of a PDF to words with places, drawn lines and marks.

The text is taken at once and cut into words; only the first and last character of each word are asked for their places.
"""

from __future__ import annotations

import itertools
import operator
import re
from collections import Counter
from typing import Any

from policylint.readers.pdf.characters import Characters, Sides, Type
from policylint.readers.pdf.drawings import Drawn, drawings
from policylint.readers.pdf.fields import field_words
from policylint.readers.pdf.fonts import Fonts, readable
from policylint.readers.pdf.frames import Box, Frame, frame_of
from policylint.readers.pdf.values import PageText, Word

_WORD = re.compile(r"[^\s\x00-\x1f\u200b\ufeff]+[\x02\ufffe]?")
_TYPE = operator.itemgetter(3)
_HUGE = 30.0
"""Points from which text across the page's direction is a mark over it."""
_LETTER_SPACED = 1.25
_ABOVE, _BELOW = 0.89, 0.21
"""Of the font size: how far a line of common type reaches above and below the feet of its letters."""


_Found = tuple[str, int, int, Type, Sides, tuple[float, float]]
"""A word as met, before it is decided what the page's direction is and what of it is seen: its text, the first of its
characters and the one after it, their type, the box of its last character, in the page's own coordinates, and where its
first one stands on its base line. A bare tuple, since a manual holds hundreds of thousands of them.
"""


def page_text(page: Any, number: int, fonts: Fonts) -> PageText:
    """What stands on a page; `page` is a `pypdfium2.PdfPage`."""
    from pypdfium2 import raw

    frame = frame_of(raw, page)
    textpage = raw.FPDFText_LoadPage(page)
    try:
        characters = Characters(raw, textpage, fonts)
        met = _words(characters, frame.turns)
        turn = _direction(met)
        frame = Frame(frame.left, frame.bottom, frame.right, frame.top, frame.turns + turn)
        drawn = drawings(raw, page, frame.box)
        words, aside = _sorted_out(characters, met, turn, frame, number, drawn)
    finally:
        raw.FPDFText_ClosePage(textpage)
    recognised = bool(met) and _is_layer(met) and drawn.picture
    words += field_words(raw, page, number, frame.box)
    words += _bullets(drawn, words, number)
    wide, high = frame.size
    return PageText(number, wide, high, tuple(words), drawn.rules, tuple(aside), drawn=drawn.any, recognised=recognised)


def _words(characters: Characters, turns: int) -> list[_Found]:
    """The words of the page in the order of the file."""
    met = list(_WORD.finditer(characters.text))
    starts = [match.start() for match in met]
    ends = [match.end() for match in met]
    texts = [match.group() for match in met]
    lasts = characters.boxes([end - 1 for end in ends])
    return list(
        zip(texts, starts, ends, characters.types(starts, turns), lasts, characters.origins(starts), strict=True)
    )


def _direction(met: list[_Found]) -> int:
    """Quarter turns that bring most of the page's text upright."""
    count: Counter[int] = Counter()
    for type_, words in itertools.groupby(met, key=_TYPE):
        if type_.turn is not None:
            count[type_.turn] += sum([end - start for _, start, end, *_ in words])
    if not count:
        return 0
    turn, most = max(count.items(), key=lambda item: (item[1], -item[0]))
    return turn if most > 0.6 * sum(count.values()) else 0


def _sorted_out(
    characters: Characters, met: list[_Found], turn: int, frame: Frame, number: int, drawn: Drawn
) -> tuple[list[Word], list[tuple[str, str]]]:
    """The words that make the running text, and pieces of text that do not, with the reason."""
    layer = _is_layer(met)
    wide, high = frame.size
    words: list[Word] = []
    aside: list[tuple[str, str]] = []
    for found in met:
        type_ = found[3]
        straight = type_.turn == turn
        place = _in_line(found, frame) if straight and frame.turns % 4 == 0 else None
        if place and type_.plain and place[2] >= 0 and place[3] >= 0 and place[0] <= wide and place[1] <= high:
            # Most words of most pages: whatever is asked below has the same answer for them.
            style = type_.style
            words.append(Word(readable(found[0], style), *place, type_.size, style.bold, number))
            continue
        for text, box in [(found[0], place)] if place else _places(characters, found, frame, upright=straight):
            if straight:
                inside = box[2] >= 0 and box[3] >= 0 and box[0] <= wide and box[1] <= high
                why = "" if inside and type_.plain else _unseen(type_, box, drawn, layer=layer, inside=inside)
            else:
                why = "watermark" if type_.turn is None or type_.size > _HUGE else "text set sideways"
            if why and aside and aside[-1][1] == why:
                aside[-1] = (f"{aside[-1][0]} {text}", why)
            elif why:
                aside.append((text, why))
            else:
                words.append(Word(readable(text, type_.style), *box, type_.size, type_.style.bold, number))
    return words, aside


def _is_layer(met: list[_Found]) -> bool:
    """Whether the page's text is the invisible layer of a scanner's OCR, and not text that was hidden."""
    return sum([not type_.seen for _, _, _, type_, _, _ in met]) > 0.9 * len(met)


def _unseen(type_: Type, place: Box, drawn: Drawn, *, layer: bool, inside: bool) -> str:
    """Why nobody who looks at the page sees a word, or ""; `inside` says whether it stands on the page."""
    if type_.tiny or not (type_.seen or layer) or (type_.pale and not drawn.covers(*place)):
        return "hidden text"
    return "" if inside else "text outside the page"


def _in_line(found: _Found, frame: Frame) -> Box | None:
    """The box of a word on a page that is not turned; None if its first and last letter stand too far apart for one word."""
    _, start, end, type_, (_, _, right, bottom), (left, base) = found
    size = type_.size
    if 0 < right - left <= _LETTER_SPACED * size * (end - start) and abs(bottom - base) < 0.6 * size:
        return _lined(left - frame.left, right - frame.left, frame.top - base, size)
    return None


def _places(characters: Characters, found: _Found, frame: Frame, *, upright: bool) -> list[tuple[str, Box]]:
    """A word with its box; cut up where the library took the end of one line and the start of the next for one word."""
    text, start, end, type_, _, origin = found
    # On a page turned by a quarter, lines of text run up or down in the file.
    size, across = type_.size, frame.turns % 2
    boxes = [(left, bottom, right, top) for left, top, right, bottom in characters.boxes(range(start, end))]
    first, last = boxes[0], boxes[-1]
    along = max(abs(last[3] - first[1]), abs(last[2] - first[0]))
    whole = along <= _LETTER_SPACED * size * (end - start) and _level(first, last, size, across)
    if not upright or whole:
        return [(text, _placed(frame, _union(first, last), origin, size, upright=upright))]
    pieces: list[tuple[int, str, Box]] = []
    before = first
    for at, (char, box) in enumerate(zip(text, boxes, strict=True), start):
        if pieces and _level(before, box, size, across) and _near(before, box, size, across):
            pieces[-1] = (pieces[-1][0], pieces[-1][1] + char, _union(pieces[-1][2], box))
        else:
            pieces.append((at, char, box))
        before = box
    origins = characters.origins([at for at, _, _ in pieces])
    return [
        (piece, _placed(frame, box, at, size, upright=True))
        for (_, piece, box), at in zip(pieces, origins, strict=True)
    ]


def _placed(frame: Frame, box: Box, origin: tuple[float, float], size: float, *, upright: bool) -> Box:
    """A box as seen; that of upright text as high as its line."""
    x0, y0, x1, y1 = frame.box(*box)
    return _lined(x0, x1, frame.place(*origin)[1], size) if upright else (x0, y0, x1, y1)


def _lined(left: float, right: float, base: float, size: float) -> Box:
    """The box of text whose letters stand on a base line: fonts do not agree how high a line is, and some lie."""
    return left, base - _ABOVE * size, right, base + _BELOW * size


def _level(a: Box, b: Box, size: float, across: int) -> bool:
    """Whether two characters stand on one line; `across` is 0 where lines run from left to right, 1 where up or down."""
    return abs(a[1 - across] - b[1 - across]) < 0.6 * size


def _near(a: Box, b: Box, size: float, across: int) -> bool:
    return abs(b[across] - a[2 + across]) < size or abs(a[across] - b[2 + across]) < size


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

"""What is drawn on a page besides its text: lines of tables, marks that may be bullets, pictures, painted areas."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from policylint.readers.pdf.frames import Box
from policylint.readers.pdf.opening import bare
from policylint.readers.pdf.values import Rule

_THIN = 2.2
_SHORT = 8.0
"""Points below which a thin stroke is part of a drawing, not a line of a table."""
_MARK = (1.2, 9.0)
"""Smallest and largest side of a mark that may be a bullet."""
_MOST_OBJECTS = 20_000
_MOST_SEGMENTS = 4000
"""A page with more is a drawing; its lines are not looked at beyond these."""
_MOST_MARKS = 400
_PATH, _IMAGE, _FORM = 2, 3, 5


@dataclass(frozen=True, slots=True)
class Drawn:
    """Lines, marks and areas of one page; `picture` says whether one covers most of it, `any` whether anything is drawn."""

    rules: tuple[Rule, ...]
    marks: tuple[Box, ...]
    areas: tuple[Box, ...]
    picture: bool
    any: bool

    def covers(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Whether a painted area lies under a place, so that even white letters are seen there."""
        x, y = (x0 + x1) / 2, (y0 + y1) / 2
        return any(a <= x <= c and b <= y <= d for a, b, c, d in self.areas)


class _Collector:
    def __init__(self, raw: Any, place: Callable[[float, float, float, float], Box]) -> None:
        self.raw, self.place = raw, place
        self.rules: list[Rule] = []
        self.marks: list[Box] = []
        self.areas: list[Box] = []
        self.biggest = 0.0
        self.any = False
        self.segments = 0
        self.sides = [ctypes.c_float() for _ in range(4)]

    def take(self, thing: Any, kind: int) -> None:
        self.any = True
        sides = self.sides
        if not self.raw.FPDFPageObj_GetBounds(thing, *sides):
            return
        box = self.place(*(side.value for side in sides))
        if kind != _PATH:
            self.areas.append(box)
            if kind in (_IMAGE, _FORM):
                self.biggest = max(self.biggest, (box[2] - box[0]) * (box[3] - box[1]))
            return
        self._path(thing, box)

    def _path(self, thing: Any, box: Box) -> None:
        x0, y0, x1, y1 = box
        wide, high = x1 - x0, y1 - y0
        if self._line(box):
            return
        if _MARK[0] <= min(wide, high) and max(wide, high) <= _MARK[1]:
            if wide < 1.6 * high and high < 1.6 * wide and len(self.marks) < _MOST_MARKS:
                self.marks.append(box)
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self.raw.FPDFPath_GetDrawMode(thing, fill, stroke)
        if fill.value and self._painted(thing):
            self.areas.append(box)
        if stroke.value:
            count = self.raw.FPDFPath_CountSegments(thing)
            if count <= 5:
                for edge in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
                    self._line(edge)
            else:
                self._strokes(thing, count)

    def _line(self, box: Box) -> bool:
        x0, y0, x1, y1 = box
        if y1 - y0 <= _THIN and x1 - x0 >= _SHORT:
            y = (y0 + y1) / 2
            self.rules.append(Rule(x0, y, x1, y))
            return True
        if x1 - x0 <= _THIN and y1 - y0 >= _SHORT:
            x = (x0 + x1) / 2
            self.rules.append(Rule(x, y0, x, y1))
            return True
        return False

    def _painted(self, thing: Any) -> bool:
        """Whether an area is filled with anything but white."""
        r, g, b, a = (ctypes.c_uint() for _ in range(4))
        if not self.raw.FPDFPageObj_GetFillColor(thing, r, g, b, a):
            return True
        return a.value > 8 and min(r.value, g.value, b.value) < 248

    def _strokes(self, thing: Any, count: int) -> None:
        """The lines of a path that draws many, such as a whole table at once."""
        raw = self.raw
        if self.segments + count > _MOST_SEGMENTS:
            return
        self.segments += count
        matrix = raw.FS_MATRIX()
        raw.FPDFPageObj_GetMatrix(thing, matrix)
        x, y = ctypes.c_float(), ctypes.c_float()
        before: tuple[float, float] | None = None
        for at in range(count):
            segment = raw.FPDFPath_GetPathSegment(thing, at)
            if not raw.FPDFPathSegment_GetPoint(segment, x, y):
                continue
            here = (
                matrix.a * x.value + matrix.c * y.value + matrix.e,
                matrix.b * x.value + matrix.d * y.value + matrix.f,
            )
            if before is not None and raw.FPDFPathSegment_GetType(segment) == 0:
                self._line(self.place(*before, *here))
            before = here


def drawings(raw: Any, page: Any, place: Callable[[float, float, float, float], Box]) -> Drawn:
    """What is drawn on a page; `place` brings a box of the page's coordinates to points from the left upper corner."""
    found = _Collector(raw, place)
    for thing, kind in _objects(raw, page):
        found.take(thing, kind)
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    area = abs((box.right - box.left) * (box.top - box.bottom)) or 1.0
    return Drawn(
        tuple(found.rules), tuple(found.marks), tuple(found.areas), picture=found.biggest > 0.4 * area, any=found.any
    )


def _objects(raw: Any, page: Any) -> Iterator[tuple[Any, int]]:
    """The things on a page that are no text.

    Some makers write each letter as a thing of its own, thousands a page: they are gone through by bare addresses, since a
    pointer object for each would take longer than reading the page.
    """
    address, whole = ctypes.c_void_p, ctypes.c_int
    get = bare(raw.FPDFPage_GetObject, address, address, whole)
    kind_of = bare(raw.FPDFPageObj_GetType, whole, address)
    count = min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    things = list(map(get, repeat(ctypes.cast(page.raw, address).value), range(count)))
    for thing, kind in zip(things, map(kind_of, things), strict=True):
        if kind in (_PATH, _IMAGE, _FORM):
            yield ctypes.cast(thing, raw.FPDF_PAGEOBJECT), kind

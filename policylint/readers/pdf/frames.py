"""From the coordinates of a PDF page, which may be turned or cut, to points from its left upper corner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """From the page's own coordinates to those of `values`: the page's box, and quarter turns clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        wide, high = self.right - self.left, self.top - self.bottom
        return (high, wide) if self.turns % 2 else (wide, high)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page's own coordinates."""
        turns = self.turns % 4
        if turns == 0:
            return x - self.left, self.top - y
        if turns == 1:
            return y - self.bottom, x - self.left
        if turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box of the page's own coordinates as left, top, right and bottom."""
        if self.turns % 4 == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        xa, ya = self.place(left, bottom)
        xb, yb = self.place(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def frame_of(raw: Any, page: Any) -> Frame:
    """The frame of a `pypdfium2.PdfPage`; one without a sensible box is taken for a letter page."""
    box = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, box) or box.right - box.left < 1 or box.top - box.bottom < 1:
        return Frame(0, 0, 612, 792, 0)
    return Frame(box.left, box.bottom, box.right, box.top, raw.FPDFPage_GetRotation(page))

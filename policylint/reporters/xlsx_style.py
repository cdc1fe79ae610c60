"""How cells of a workbook look. Every status is told by its word; the colour only helps the eye."""

from __future__ import annotations

from typing import Any

COLOURS = {
    "conflict": ("FDE2E1", "8C1D18"),
    "missing": ("FDE2E1", "8C1D18"),
    "error": ("FDE2E1", "8C1D18"),
    "partial": ("FFF0CC", "6B4A00"),
    "weak": ("FFF0CC", "6B4A00"),
    "warning": ("FFF0CC", "6B4A00"),
    "met": ("DDF3E1", "14532D"),
    "covered": ("DDF3E1", "14532D"),
    "info": ("DCEBFA", "0B3D66"),
    "not applicable": ("ECECEC", "444444"),
    "not judged": ("FDE2E1", "8C1D18"),
    "passes": ("DDF3E1", "14532D"),
    "does not pass": ("FDE2E1", "8C1D18"),
}
"""A status, a severity or a result in words -> fill and text as RRGGBB; contrast at least 7 to 1."""

INK, RULE, HEAD = "1F2933", "C9D1DA", "1F3A5F"


class Style:
    """The formats of one workbook (an XlsxWriter `Workbook`)."""

    def __init__(self, book: Any) -> None:
        cell = {"font_name": "Arial", "font_size": 9.5, "font_color": f"#{INK}", "valign": "top"}
        boxed = {**cell, "text_wrap": True, "border": 1, "border_color": f"#{RULE}"}
        bold = {**boxed, "bold": True, "bg_color": "#EEF2F6"}
        self.title = book.add_format({**cell, "bold": True, "font_size": 18, "font_color": f"#{HEAD}"})
        self.label = book.add_format({**cell, "bold": True})
        self.plain = book.add_format(cell)
        self.head = book.add_format({**boxed, "bold": True, "font_color": "#FFFFFF", "bg_color": f"#{HEAD}"})
        self.cell = book.add_format(boxed)
        self.number = book.add_format({**boxed, "num_format": "0;-0;–"})
        self.percent = book.add_format({**boxed, "num_format": "0%"})
        self.total = book.add_format(bold)
        self.total_number = book.add_format({**bold, "num_format": "0;-0;–"})
        self._words = {
            word: book.add_format({**boxed, "bg_color": f"#{fill}", "font_color": f"#{ink}", "bold": True})
            for word, (fill, ink) in COLOURS.items()
        }

    def of(self, text: str) -> Any:
        """The format of a cell of text: a status is coloured."""
        return self._words.get(text, self.cell)

"""Tables: which rows are rows, and which only lay out the page; terms and their definitions."""

from __future__ import annotations

from policylint.readers.html.tree import Element

_WITHIN = frozenset("table h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre section article form".split())
_LONG = 120
"""Words of a cell above which a row is running text set side by side."""
_PARAGRAPHS = 4


class Flat:
    """Remembers what was found out about rows, lists of terms and quotations, each of which is asked about twice."""

    def __init__(self) -> None:
        self._rows: dict[Element, bool] = {}
        self._pairs: dict[Element, bool] = {}

    def is_row(self, row: Element) -> bool:
        """Whether an element is a row of a table; the cells of one that only lays out the page are read as parts of the page."""
        if row.tag != "tr":
            return False
        if row not in self._rows:
            self._rows[row] = not _lays_out(row)
        return self._rows[row]

    def begins_pair(self, term: Element) -> bool:
        """Whether a term is to be read as the first cell of a row."""
        after = term.getnext()
        good = after is not None and after.tag == "dd" and not _complex(term) and not _complex(after)
        self._pairs[term] = good
        if good:
            self._pairs[after] = True
        return good

    def in_pair(self, element: Element) -> bool:
        """Whether an element is the second cell of such a row."""
        return element.tag == "dd" and self._pairs.get(element, False)

    def ends_pair(self, element: Element) -> bool:
        """Whether such a row ends with an element."""
        return self.in_pair(element)

    @staticmethod
    def is_quote(element: Element) -> bool:
        """Whether a <blockquote> quotes. Editors use it to set text in, too: by a style of their own, or one in another."""
        style = (element.get("style") or "").replace(" ", "").lower()
        if "border:none" in style or "margin:000" in style or element.get("dir") == "indent":
            return False
        nested = any(a.tag in ("blockquote", "li") for a in element.iterancestors())
        holds = any(True for _ in element.iter("h1", "h2", "h3", "h4", "h5", "h6", "ol", "ul", "table"))
        return not nested and not holds


def _lays_out(row: Element) -> bool:
    table = next(row.iterancestors("table"), None)
    if table is None or table.get("role") in ("presentation", "none"):
        return True
    cells = [c for c in row if c.tag in ("td", "th")]
    filled = [c for c in cells if _words(c, 1)]
    return len(filled) < 2 or any(_complex(c) for c in filled)


def _complex(cell: Element) -> bool:
    """Whether a cell holds more than a few plain paragraphs."""
    paragraphs = 0
    for element in cell.iterdescendants():
        if element.tag in _WITHIN:
            return True
        paragraphs += element.tag == "p"
        if paragraphs >= _PARAGRAPHS:
            return True
    return _words(cell, _LONG) >= _LONG


def _words(element: Element, most: int) -> int:
    """Words of an element, counted no further than `most`."""
    count = 0
    for text in element.itertext():
        count += len(text.split())
        if count >= most:
            break
    return count

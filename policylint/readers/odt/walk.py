"""The body of an OpenDocument text to blocks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from policylint.readers import flow
from policylint.readers.compose import Composer, Run
from policylint.readers.odt.inline import HIDDEN, SHAPES, SILENT, STRUCK, Inline
from policylint.readers.odt.names import office, style, table, text
from policylint.readers.odt.numbering import BULLETS, Counting, Lists, ListStyle, integer
from policylint.readers.odt.package import Element, Package
from policylint.readers.odt.styles import Look, Styles

_COLUMN = 9.0
_LONG, _PARAGRAPHS = 120, 4
_INDEXES = {
    text("table-of-content"): "table of contents",
    text("alphabetical-index"): "index",
    text("illustration-index"): "table of contents",
    text("table-index"): "table of contents",
    text("object-index"): "table of contents",
    text("user-index"): "table of contents",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the reader is: how deep in lists, by which style and count they number, and why the text is out, if it is."""

    depth: int = 0
    levels: ListStyle | None = None
    counting: Counting | None = None
    out: str = ""


class Walker:
    """Goes through the body; footnotes come after it, text boxes after the paragraph that they are anchored in."""

    def __init__(self, package: Package, composer: Composer, notes: flow.Notes) -> None:
        self.composer, self.notes = composer, notes
        self.styles, self.lists = Styles(package), Lists(package)
        self.inline = Inline(self.styles, notes)
        self.cells: list[list[Run]] | None = None
        self.label = ""
        self.in_item = False
        self.blank = 0

    def run(self, body: Element) -> None:
        """Read the body, then the footnotes."""
        self._all(body, Place())
        for at in range(1_000_000):  # a footnote may hold another, and that is the end of it
            if at >= len(self.inline.footnotes):
                break
            self._all(self.inline.footnotes[at], Place())

    # -- blocks ---------------------------------------------------------------------------------------------------

    def _all(self, parent: Element, place: Place) -> None:
        for child in parent:
            self._block(child, place)

    def _block(self, element: Element, place: Place) -> None:
        tag = element.tag
        if tag in (text("p"), text("h")):
            self._paragraph(element, place)
        elif tag == text("list"):
            self._list(element, place)
        elif tag == table("table"):
            self._table(element, place)
        elif tag in _INDEXES:
            self._all(element, replace(place, out=place.out or _INDEXES[tag]))
        elif tag == text("section"):
            hidden = element.get(text("display")) in ("none", "condition")
            self._all(element, replace(place, out=place.out or (HIDDEN if hidden else "")))
        elif tag in SHAPES:
            self._all(element, replace(place, depth=0, levels=None))
        elif tag == office("annotation"):
            self.inline.comment(element)
        elif tag == text("tracked-changes"):
            self._changes(element)
        elif tag not in SILENT and isinstance(tag, str):
            self._all(element, place)

    def _list(self, element: Element, place: Place) -> None:
        counting = place.counting if place.depth and place.counting is not None else self.lists.begin(element)
        name = element.get(text("style-name"))
        levels = (
            self.lists.styles.get(name or "", BULLETS) if name is not None or place.levels is None else place.levels
        )
        here = replace(place, depth=place.depth + 1, levels=levels, counting=counting)
        for item in element:
            if item.tag == text("list-item"):
                self._item(item, here)
            else:
                self._all(item, here)

    def _item(self, item: Element, place: Place) -> None:
        assert place.counting is not None
        first = next((c for c in item if isinstance(c.tag, str) and c.tag != text("soft-page-break")), None)
        if first is not None and first.tag in (text("p"), text("h")):
            levels = place.levels or {}
            if self.styles.look("paragraph", first.get(text("style-name"))).numbers != "" or name_of(item):
                place.counting.next(place.depth, levels, integer(item.get(text("start-value"))))
                self.label = place.counting.label(place.depth, levels)
            self.in_item = True
        self._all(item, place)
        self.label, self.in_item = "", False

    def _paragraph(self, element: Element, place: Place) -> None:
        look = self.styles.look("paragraph", element.get(text("style-name")))
        runs: list[Run] = []
        out = HIDDEN if look.hidden else STRUCK if look.struck else ""
        self.inline.read(element, runs, bold=bool(look.bold), out=out)
        shapes, self.inline.shapes = self.inline.shapes, []
        if self.cells is not None and not place.out:
            self._into_cell(runs)
        elif any(words.strip() for words, _ in runs):
            self._add(element, look, runs, place)
        else:
            self.blank += 1
        if self.cells is None:
            self.inline.put_asides(self.composer)
        for shape in shapes:
            self._block(shape, Place(out=place.out))

    def _add(self, element: Element, look: Look, runs: list[Run], place: Place) -> None:
        if place.out:
            self.notes.met(f"Left out: {place.out} ({{count}} {{pieces}}).")
            self.composer.add(runs, kind="paragraph", left_out=place.out)
            return
        level = self._heading_level(element, look)
        if level and not place.depth and look.numbers != "":
            self.label = self.lists.heading(element, level)
        label, self.label = self.label, ""
        item, self.in_item = self.in_item, False
        inside = 4 * place.depth - (4 if item else 0)
        columns = 0 if place.depth else round(max((look.margin or 0) + (look.indent or 0), 0) / _COLUMN)
        flow.add(
            self.composer,
            runs,
            kind="heading" if level else "item" if item else "quote" if _quotes(look) else "paragraph",
            level=level or (place.depth if item else 0),
            label=label,
            indent=max(inside, 0) + columns + _white(runs),
            gap=0 if item and not level else self.blank + 1,
        )
        self.blank = 0

    def _heading_level(self, element: Element, look: Look) -> int:
        if element.tag == text("h"):
            return max(1, integer(element.get(text("outline-level"))) or look.level or 1)
        return 1 if "Title" in look.names else 0

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, element: Element, place: Place) -> None:
        if self.cells is not None:  # a table in a cell of a row that is read as a row: its text belongs to the cell
            for paragraph in element.iter(text("p"), text("h")):
                self._paragraph(paragraph, place)
            return
        for row in rows_of(element):
            cells = [c for c in row if c.tag == table("table-cell")]
            filled = [c for c in cells if _words(c, 1)]
            if len(filled) < 2 or any(_complex(c) for c in filled):
                for cell in cells:
                    self._all(cell, replace(place, depth=0, levels=None, counting=None))
                continue
            self.cells = []
            for cell in cells:
                self.cells.append([])
                self._all(cell, replace(place, depth=0, levels=None, counting=None, out=""))
            filled_runs, self.cells = self.cells, None
            flow.add_row(self.composer, filled_runs, place.out, 4 * place.depth)
            self.blank = 0

    def _into_cell(self, runs: list[Run]) -> None:
        assert self.cells is not None
        cell = self.cells[-1]
        label, self.label = self.label, ""
        cell.extend([("\n", False)] if cell else [])
        cell.extend([(f"{label} ", False)] if label else [])
        cell.extend(runs)

    def _changes(self, element: Element) -> None:
        regions = [change for region in element.iter(text("changed-region")) for change in region]
        inserted = sum(1 for c in regions if c.tag == text("insertion"))
        removed = [c for c in regions if c.tag == text("deletion")]
        if inserted or removed:
            self.notes.met(
                f"The document holds tracked changes that nobody has accepted or rejected ({inserted} inserted, "
                f"{len(removed)} deleted passages); it was read as if all were accepted."
            )
        for change in removed:
            words = " ".join(" ".join("".join(p.itertext()) for p in change.iter(text("p"), text("h"))).split())
            self.composer.add([(words, False)], kind="paragraph", left_out="deleted text (tracked change)")


def name_of(item: Element) -> str:
    """The style that an item itself names, or ""."""
    return item.get(text("style-override")) or ""


def rows_of(element: Element) -> Iterable[Element]:
    """The rows of a table, those of its head included, those of tables in its cells not."""
    for child in element:
        if child.tag == table("table-row"):
            yield child
        elif child.tag in (table("table-header-rows"), table("table-rows"), table("table-row-group")):
            yield from rows_of(child)


def _complex(cell: Element) -> bool:
    """Whether a cell holds more than a few plain paragraphs."""
    holds = any(True for _ in cell.iter(text("list"), text("h"), table("table")))
    return holds or sum(1 for _ in cell.iter(text("p"))) >= _PARAGRAPHS or _words(cell, _LONG) >= _LONG


def _words(element: Element, most: int) -> int:
    count = 0
    for said in element.itertext():
        count += len(said.split())
        if count >= most:
            break
    return count


def _white(runs: list[Run]) -> int:
    said = "".join(words for words, _ in runs)
    return len(said[: len(said) - len(said.lstrip(" \t"))].expandtabs(4))


def _quotes(look: Look) -> bool:
    return any(name in ("Quotations", "Quote", "Block Text", "Intense Quote") for name in look.names)


def running(package: Package) -> Iterable[tuple[str, str]]:
    """Headers and footers of the pages, each text once: what it is, and its words."""
    if package.styles is None:
        return
    seen: set[str] = set()
    for master in package.styles.iter(style("master-page")):
        for element in master:
            kind = "header" if "header" in str(element.tag) else "footer"
            words = " ".join(" ".join("".join(p.itertext()) for p in element.iter(text("p"), text("h"))).split())
            if words and words not in seen and element.get(style("display")) != "false":
                seen.add(words)
                yield f"running {kind}", words

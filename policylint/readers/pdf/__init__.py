"""PDF with a text layer: pages to words, words to lines in reading order, lines to blocks.

`opening`, `characters`, `glyphs`, `drawings`, `fields` and `scans` know pypdfium2; `asides`, `rows`, `grids`,
`gutters`, `columns`, `layout`, `margins`, `headings` and `emit` work on the plain `values`, wherever the words come from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from policylint.collector import collector_paused
from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.compose import Composer
from policylint.readers.formats import Options
from policylint.readers.pdf import emit, margins, scans
from policylint.readers.pdf.asides import set_aside
from policylint.readers.pdf.fonts import Fonts
from policylint.readers.pdf.glyphs import page_text
from policylint.readers.pdf.headings import by_bookmarks
from policylint.readers.pdf.hyphens import vocabulary
from policylint.readers.pdf.layout import lines_of, rows_on
from policylint.readers.pdf.opening import Bookmark, bookmarks, opened, page_numbers, unread
from policylint.readers.pdf.over_pages import tables_over_pages
from policylint.readers.pdf.rows import heal_by_wording
from policylint.readers.pdf.values import LaidLine, PageText, Row, Word

__all__ = ["read"]

_SHOWN = 12
"""Page numbers that a note lists one by one."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as laid out so far: its words are in its rows."""

    text: PageText
    rows: list[Row]


def read(data: bytes, name: str, options: Options) -> Source:
    """The blocks of a PDF, in time about linear in its pages.

    Raises:
        DocumentError: it cannot be opened, a page of it cannot be read, or there is no text in it.
    """
    with collector_paused():  # hundreds of words a page, and none of them garbage before the end
        with opened(data, name) as pdf:
            count = len(pdf)
            numbers = page_numbers(count, options.pages, name)
            texts, remarks = scans.recognised(pdf, list(_texts(pdf, numbers, name)), name, options)
            entries = bookmarks(pdf)
            notes = [*remarks, *unread(pdf)]
        return source_of(texts, "pdf", name, entries=entries, numbers=numbers, count=count, notes=notes)


def source_of(
    texts: Sequence[PageText],
    format_: str,
    name: str,
    *,
    entries: Sequence[Bookmark] = (),
    numbers: range,
    count: int,
    notes: Sequence[str] = (),
) -> Source:
    """The blocks of pages whose words are known, wherever those come from.

    Args:
        entries: the document's own table of its headings.
        numbers: which of the `count` pages these are.

    Raises:
        DocumentError: there is no text on the pages.
    """
    pages = [_Page(replace(text, words=(), rules=()), rows_on(text)) for text in set_aside(texts)]
    if not any(page.rows for page in pages):
        raise DocumentError("The document holds no text.", file=name, hint="Check that the right file was given.")
    lines = tables_over_pages(_lines(pages))
    lines, levels = by_bookmarks(lines, entries)
    running = [line for line in lines if not line.left_out]
    usual = emit.measure(running, {page.text.number: page.text.width for page in pages})
    composer = Composer()
    emit.compose(composer, lines, usual, levels, vocabulary(running))
    return composer.source(format_, pages=count, notes=[*_notes(pages, lines, numbers, count), *notes])


def _texts(pdf: Any, numbers: Sequence[int], name: str) -> Iterator[PageText]:
    import pypdfium2

    fonts = Fonts()
    for number in numbers:
        try:
            page = pdf[number - 1]
        except pypdfium2.PdfiumError:
            raise DocumentError(
                f"Page {number} of the PDF is damaged and cannot be read.",
                file=name,
                hint="Open it in a viewer and save it again, or check the other pages by themselves.",
            ) from None
        try:
            yield page_text(page, number, fonts)
        finally:
            page.close()


def _lines(pages: Sequence[_Page]) -> list[LaidLine]:
    """The lines of all pages in reading order, what is left out in its place: headers first, the rest last."""
    rows = heal_by_wording([page.rows for page in pages])
    found = margins.margins(rows, [page.text.height for page in pages])
    out: list[LaidLine] = []
    for page, on_page, margin in zip(pages, rows, found, strict=True):
        for at in margins.title_rows(on_page, margin) if page is pages[0] else ():
            del margin.why[at]
        body = [row for at, row in enumerate(on_page) if at not in margin.why]
        edge = [(row, margin.why[at]) for at, row in enumerate(on_page) if at in margin.why]
        half = page.text.height / 2
        out.extend(_left_out(row, why) for row, why in edge if row.base < half)
        out.extend(lines_of(body))
        out.extend(_left_out(row, why) for row, why in edge if row.base >= half)
        out.extend(_aside(text, why, page.text.number) for text, why in page.text.aside)
    return out


def _left_out(row: Row, why: str) -> LaidLine:
    cells = tuple(cell for word in row.words for cell in word.cells) or (row.words,)
    return LaidLine(cells, row.x0, row.x1, row.words[0].page, left_out=why)


def _aside(text: str, why: str, page: int) -> LaidLine:
    word = Word(text, 0.0, 0.0, 0.0, 0.0, 0.0, bold=False, page=page)
    return LaidLine(((word,),), 0.0, 0.0, page, left_out=why)


# -- notes ------------------------------------------------------------------------------------------------------------


def _notes(pages: Sequence[_Page], lines: Sequence[LaidLine], numbers: range, count: int) -> list[str]:
    notes: list[str] = []
    if len(numbers) < count:
        notes.append(f"Only {_named(list(numbers))} of {count} were read, as asked.")
    left_out: dict[str, list[str]] = defaultdict(list)
    running: list[tuple[str, str]] = []
    for line in lines:
        if not line.left_out or line.left_out == "page number":
            continue
        text = "   ".join(" ".join(w.text for w in cell) for cell in line.cells)
        if line.left_out.startswith("running"):
            running.append((line.left_out, text))
        else:
            left_out[line.left_out].append(text)
    notes += margins.notes(running)
    notes += [_left_out_note(why, texts) for why, texts in left_out.items()]
    recognised = [page.text.number for page in pages if page.text.recognised]
    if recognised:
        notes.append(f"The text of {_named(recognised)} was made from a scan by OCR; it may hold misread words.")
    return notes


def _left_out_note(why: str, texts: Sequence[str]) -> str:
    shown = list(dict.fromkeys(texts))
    first = shown[0] if len(shown[0]) <= 80 else shown[0][:79] + "…"
    times = f"{len(texts)} {'time' if len(texts) == 1 else 'times'}"
    return f"Left out as {why} ({times}): “{first}”."


def _named(numbers: Sequence[int]) -> str:
    """Pages for people: "page 3", "pages 2, 5 and 9", "pages 1 to 40"."""
    if len(numbers) == 1:
        return f"page {numbers[0]}"
    if numbers[-1] - numbers[0] + 1 == len(numbers):
        return f"pages {numbers[0]} to {numbers[-1]}"
    shown = ", ".join(map(str, numbers[:_SHOWN]))
    return f"pages {shown}" + (f" and {len(numbers) - _SHOWN} more" if len(numbers) > _SHOWN else "")

"""What reading ten pages costs in each format, beside pdfplumber and pandoc on the same files.

    python bench/reading_costs.py [--runs 15] [--write]

Reading only: bytes to blocks, in one warm process on one core; processor time, so that other work on the machine counts little.
The files are those that `reading.py`, `reading_docx.py` and `reading_web.py` make. pandoc is a program that is started anew for
each file; its start (on an empty file) is taken off. It does not read PDF, and pdfplumber reads nothing else. --write puts the
table into docs/formats.md.
"""

import argparse
import functools
import io
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pdfplumber
import reading
import reading_docx
import reading_web
from figures import put
from timing import median_ms, on_one_core, pandoc_ms

from policylint.readers.formats import READERS, Options

PAGE = Path(__file__).resolve().parents[1] / "docs" / "formats.md"
BEGIN, END = "<!-- costs: python bench/reading_costs.py --write -->", "<!-- end of costs -->"
PAGES = 10


def files() -> Iterator[tuple[str, str, bytes]]:
    """Title, name and bytes of each file."""
    parts = reading_web.PAGES * reading_web.PARTS_A_PAGE
    yield "PDF, one column, headings, lists, a table", "one.pdf", reading.made(PAGES)
    yield "PDF, two columns", "two.pdf", reading.made(PAGES, 2)
    yield "Word, lists of four levels, tables, tracked changes", "made.docx", reading_docx.made()
    yield "web page, with menus and style sheet", "made.html", reading_web.page(parts).encode()
    yield "OpenDocument", "made.odt", reading_web.odt(parts)
    yield "Rich Text", "made.rtf", reading_web.rtf(parts)


def plumbed(data: bytes) -> None:
    """Read a PDF by pdfplumber: words with their places, sizes and fonts."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_words(extra_attrs=["size", "fontname"])


def busy(work: Callable[[], object], runs: int) -> float:
    """Median milliseconds of processor time a page."""
    return median_ms(work, runs, reading.spent) / PAGES


def row(title: str, name: str, data: bytes, runs: int, start: float) -> str:
    """One line of the table."""
    suffix = Path(name).suffix
    read = import_module(READERS[suffix].path).read
    own = busy(functools.partial(read, data, name, Options()), runs)
    if suffix == ".pdf":
        plumber, pandoc = f"{busy(functools.partial(plumbed, data), max(1, runs // 5)):.0f}", ""
    else:
        plumber, pandoc = "", f"{(pandoc_ms(data, reading_web.PANDOC[suffix]) - start) / PAGES:.0f}"
    return f"| {title} | {own:.1f} | {plumber} | {pandoc} |"


def main() -> None:
    """Measure, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--write", action="store_true", help="replace the table of docs/formats.md")
    arguments = parser.parse_args()
    on_one_core()
    start = pandoc_ms(b"", "markdown")
    lines = ["| ten pages as | policylint | pdfplumber | pandoc |", "| --- | --- | --- | --- |"]
    lines += [row(title, name, data, arguments.runs, start) for title, name, data in files()]
    print("\n".join(lines))
    if arguments.write:
        put(PAGE, BEGIN, END, lines)


if __name__ == "__main__":
    main()

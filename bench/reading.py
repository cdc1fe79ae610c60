"""How long reading a PDF takes a page, beside pdfplumber and pdftotext on the same files; and the memory for 500 pages.

    python bench/reading.py [FILE.pdf ...] [--runs 9] [--pages 500]

Reading only: bytes to blocks, in one warm process, everything included; processor time, so that one core is
meant and other work on the machine counts little. pdfplumber (any release) is measured when
it is installed, pdftotext when it is on the path; that is a program started anew for each file, so its start (on a page
without text) is taken off. pandoc does not read PDF. With no file, two are made: a policy of ten pages with running headers,
numbered headings, lists and a ruled table, and the same in two columns. Memory is that of another process: its peak while
reading `--pages` pages above what it held with the reader loaded and one page read.
"""

import argparse
import functools
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from timing import median_ms, on_one_core

from policylint.readers.formats import Options
from policylint.readers.pdf import read

WIDE, HIGH, MARGIN, LEADING = 612, 792, 72, 17.0
SENTENCE = (
    "Each member of the team shall keep in confidence whatever an employee tells the member during a contact, unless a life is "
    "at risk, and shall say so before the contact begins. "
)


def made(pages: int, columns: int = 1) -> bytes:
    """A policy of some pages, about 500 words on each."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDE, HIGH), invariant=1)
    wide = (WIDE - 2 * MARGIN - 24 * (columns - 1)) / max(columns, 1)
    for number in range(1, pages + 1):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(MARGIN, HIGH - 40, "Cedar Hollow Police Department")
        canvas.drawRightString(WIDE - MARGIN, HIGH - 40, "General Order 3.27   Effective 01/02/2024")
        canvas.drawCentredString(WIDE / 2, 36, f"Page {number} of {pages}")
        for column in range(columns):
            draw(canvas, MARGIN + column * (wide + 24), wide, number)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw(canvas: object, left: float, wide: float, number: int) -> None:
    """One column of a page: a heading, paragraphs, a list, a table."""
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas

    assert isinstance(canvas, Canvas)
    y: float = HIGH - MARGIN
    canvas.setFont("Times-Bold", 13)
    canvas.drawString(left, y, f"{number}. Confidentiality of contacts")
    canvas.setFont("Times-Roman", 12)
    words, item = (SENTENCE * 30).split(), 0
    while y > MARGIN + 120:
        y -= LEADING
        line = ""
        while words and stringWidth(f"{line} {words[0]}", "Times-Roman", 12) < wide - 18:
            line = f"{line} {words.pop(0)}".strip()
        if line.startswith("Each"):
            item += 1
            canvas.drawString(left, y, f"({chr(96 + item % 26)})")
        canvas.drawString(left + 18, y, line)
    for at in range(4):
        for x, text in ((left, "Threat to another"), (left + wide / 2, "Commander, at once")):
            canvas.rect(x, y - 40 - 18 * at, wide / 2, 18)
            canvas.drawString(x + 4, y - 35 - 18 * at, text)


def spent() -> float:
    """Seconds of processor time of this process and those it started: what one core takes, whoever else is at work."""
    taken = os.times()
    return time.process_time() + taken.children_user + taken.children_system


def others(
    data: bytes, path: Path, blank: Path
) -> Iterator[tuple[str, Callable[[], object], Callable[[], object] | None]]:
    """Name and work of each other tool that is there, and the work that shows its start alone."""
    try:
        import pdfplumber
    except ImportError:
        pass
    else:

        def plumb() -> None:
            with pdfplumber.open(io.BytesIO(data)) as pdf:
                for page in pdf.pages:
                    page.extract_words(extra_attrs=["size", "fontname"])

        yield "pdfplumber, words with places", plumb, None
    program = shutil.which("pdftotext")
    if program is not None:
        run = functools.partial(subprocess.run, check=True, stdout=subprocess.DEVNULL)
        yield (
            "pdftotext -layout, without its start",
            lambda: run([program, "-layout", str(path), "-"]),
            lambda: run([program, "-layout", str(blank), "-"]),
        )


def report(name: str, data: bytes, runs: int, folder: Path) -> None:
    """Print the cost of a page of one file."""
    path, blank = folder / "file.pdf", folder / "blank.pdf"
    path.write_bytes(data)
    blank.write_bytes(made(1, 0))
    source = read(data, name, Options())
    count = source.pages or 1
    print(f"{name}: {count} pages, {len(source.text.split()) // count} words a page")
    print(f"  {median_ms(lambda: read(data, name, Options()), runs, spent) / count:8.2f} ms a page  policylint")
    for title, work, start in others(data, path, blank):
        cost = median_ms(work, max(1, runs // 3), spent) - (median_ms(start, runs, spent) if start is not None else 0)
        print(f"  {cost / count:8.2f} ms a page  {title}")


MEMORY = """
import pathlib, re, resource, sys
from policylint.readers.formats import Options
from policylint.readers.pdf import read

def peak():  # Linux hands the peak of the parent down as that of `getrusage`; the kernel's own count begins with the program
    status = pathlib.Path("/proc/self/status")
    found = re.search(r"VmHWM:\\s*(\\d+)", status.read_text()) if status.exists() else None
    return int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

one, many = (open(path, "rb").read() for path in sys.argv[1:])
read(one, "one.pdf", Options())
idle = peak()
read(many, "many.pdf", Options())
print(peak() - idle)
"""


def memory(pages: int, folder: Path) -> float:
    """Megabytes above the idle process while reading a file of so many pages."""
    for name, count in (("one", 1), ("many", pages)):
        (folder / f"{name}.pdf").write_bytes(made(count))
    paths = [str(folder / "one.pdf"), str(folder / "many.pdf")]
    done = subprocess.run([sys.executable, "-c", MEMORY, *paths], check=True, capture_output=True, text=True)
    return int(done.stdout) / 1024


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--pages", type=int, default=500)
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    on_one_core()
    files = {str(path): path.read_bytes() for path in arguments.files}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, data in (files or {"one column": made(10), "two columns": made(10, 2)}).items():
            report(title, data, arguments.runs, folder)
        print(f"{memory(arguments.pages, folder):.0f} MB above the idle process for {arguments.pages} pages")


if __name__ == "__main__":
    main()

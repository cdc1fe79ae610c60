"""How long reading web pages, OpenDocument and Rich Text takes, beside pandoc on the same files; and a page of 50 MB.

    python bench/reading_web.py [FILE ...] [--runs 15] [--big 50]

Reading only: bytes to blocks, in one warm process on one core; processor time as well, so that other work on the machine counts
little. pandoc is a program that is started anew for each file, so its start (on an empty file) is measured, too, and shown. With
no file, three of ten pages are made: numbered headings, nested lists, a table, bold words; the web page with the menus, style
sheet and footer of a site. `--big N` reads a web page of N MB, in a process of its own for its peak of memory. Old Word files are
measured only when named: LibreOffice takes seconds for each.
"""

import argparse
import functools
import io
import shutil
import subprocess
import sys
import time
import zipfile
from importlib import import_module
from pathlib import Path

from timing import median_ms, on_one_core, pandoc_ms

from policylint.readers.formats import READERS, Options

PAGES, PARTS_A_PAGE = 10, 3
SENTENCE = "Each member of the team shall keep in confidence whatever an employee tells the member during a contact. "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
PANDOC = {".html": "html", ".htm": "html", ".odt": "odt", ".rtf": "rtf", ".docx": "docx"}
BIG = """
import resource, sys, time
from policylint.readers.formats import Options
from policylint.readers.html import read
data = sys.stdin.buffer.read()
read(b"<p>warm</p>", "x", Options())
scale = 1024 if sys.platform == "linux" else 1024 * 1024
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
blocks = len(read(data, "x", Options()).blocks)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(f"{len(data) / 1e6:.0f} MB of HTML: {blocks:,} blocks, {time.process_time() - start:.1f} s, {peak / scale:,.0f} MB of memory on top")
"""


def page(parts: int) -> str:
    """A web page of some parts, with a site around it."""
    links = "".join(f'<li class="menu-item"><a href="/{n}">Department {n}</a></li>' for n in range(60))
    css = "".join(f".site-{n} > li:hover {{ color: red }} .menu-{n} {{ display: none }} " for n in range(300))
    inner = "".join(
        f"<h2>{n}. Confidentiality</h2><p>{SENTENCE * 4}<b>Bold words.</b></p><ol><li>{SENTENCE}<ol type='a'><li>{SENTENCE}</li></ol>"
        f"</li><li>{SENTENCE}</li></ol><table border='1'><tr><td>Matter</td><td>{SENTENCE}</td></tr></table>"
        for n in range(1, parts + 1)
    )
    return (
        f"<!doctype html><html><head><style>{css}</style></head><body><header><nav><ul>{links}</ul></nav></header>"
        f"<main>{inner}</main><footer><ul>{links}</ul></footer></body></html>"
    )


def odt(parts: int) -> bytes:
    """The same as OpenDocument text, numbers counted."""
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>".format
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    plain = item(SENTENCE, "")
    nested = item(SENTENCE, f"<text:list>{plain}</text:list>")
    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="{form}" style:num-suffix="."/>'
        for n, form in ((1, "1"), (2, "a"))
    )
    inner = "".join(
        f'<text:h text:outline-level="2">{n}. Confidentiality</text:h><text:p>{SENTENCE * 4}<text:span text:style-name="B">Bold</text:span>'
        f'</text:p><text:list text:style-name="L">{nested}{plain}'
        f"</text:list><table:table><table:table-row>{cell('Matter')}{cell(SENTENCE)}</table:table-row></table:table>"
        for n in range(1, parts + 1)
    )
    spaces = " ".join(f'xmlns:{n}="{OFFICE}:{n}:1.0"' for n in ("office", "text", "style", "table"))
    content = (
        f'<office:document-content {spaces} office:version="1.2"><office:automatic-styles><text:list-style style:name="L">{levels}'
        f"</text:list-style></office:automatic-styles><office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr(
            "styles.xml",
            f'<office:document-styles {spaces} office:version="1.2"><office:styles/></office:document-styles>',
        )
    return out.getvalue()


def rtf(parts: int) -> bytes:
    """The same as Rich Text, each run with the marks that word processors write."""
    run = rf"{{\rtlch\fcs1 \af1\afs22 \ltrch\fcs0 \f1\fs22\insrsid123 {SENTENCE}}}"
    inner = "".join(
        rf"\pard\plain\s1\outlinelevel1 {n}. Confidentiality\par\pard\plain {run * 4}{{\b Bold words.}}\par"
        rf"\pard\ls1{{\listtext\tab 1.\tab}}{run}\par\pard\ls1\ilvl1{{\listtext\tab a.\tab}}{run}\par"
        rf"\trowd\cellx1\cellx2\pard\intbl Matter\cell {run}\cell\row\pard"
        for n in range(1, parts + 1)
    )
    return (r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f1\fcharset0 Arial;}}" + inner + "}").encode("ascii")


def measure(name: str, data: bytes, runs: int) -> str:
    """A line on one file."""
    suffix = Path(name).suffix.lower()
    read = import_module(READERS[suffix].path).read
    source = read(data, name, Options())
    reading = functools.partial(read, data, name, Options())
    took, busy = median_ms(reading, runs), median_ms(reading, runs, time.process_time)
    other = (
        f"pandoc {pandoc_ms(data, PANDOC[suffix]):.0f} ms"
        if shutil.which("pandoc") and suffix in PANDOC
        else "no pandoc"
    )
    words = len(source.text.split())
    return f"{name}: {words:,} words, {len(source.blocks)} blocks, median {took:.1f} ms of {runs} runs (processor {busy:.1f} ms); {other}"


def main() -> None:
    """Measure and print a line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--big", type=int, default=0, metavar="MB")
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    on_one_core()
    parts = PAGES * PARTS_A_PAGE
    made = {"made.html": page(parts).encode(), "made.odt": odt(parts), "made.rtf": rtf(parts)}
    for name, data in ({file.name: file.read_bytes() for file in arguments.files} or made).items():
        print(measure(name, data, arguments.runs))
    if shutil.which("pandoc"):
        print(f"pandoc's start alone: {pandoc_ms(b'', 'markdown'):.0f} ms")
    if arguments.big:
        data = page(arguments.big * 1_000_000 // (len(page(1001)) - len(page(1))) * 1000).encode()
        subprocess.run([sys.executable, "-c", BIG], input=data, check=True)


if __name__ == "__main__":
    main()

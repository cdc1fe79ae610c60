"""How long reading a Word file of ten pages takes, beside pandoc on the same file.

    python bench/reading_docx.py [FILE ...] [--runs 25]

Reading only: bytes to blocks, in one warm process on one core. pandoc is a program that is started anew for each file, so its
start (converting an empty file) is measured, too, and shown. With no file, one of ten pages is made as large agencies make
them: numbered headings and lists of four levels, tables, footnotes, tracked changes, each sentence in several runs.
"""

import argparse
import functools
import io
import shutil
import time
import zipfile
from pathlib import Path

from timing import median_ms, on_one_core, pandoc_ms

from policylint.readers.docx import read
from policylint.readers.formats import Options

WORDS_A_PAGE = 450
PAGES = 10
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SENTENCE = "Each member of the team shall keep in confidence whatever an employee tells the member during a contact. "
FORMATS = (("decimal", "%1."), ("lowerLetter", "%2."), ("decimal", "(%3)"), ("lowerRoman", "(%4)"))


def run(text: str, properties: str = "") -> str:
    """A run with the marks that Word puts on every one."""
    return (
        f'<w:r w:rsidR="00A1B2C3"><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>{properties}<w:sz w:val="22"/>'
        f'</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
    )


def paragraph(at: int) -> str:
    """One of the paragraphs of the file: a heading, a row of a table, an item or a text, in turn."""
    if at % 12 == 0:
        return f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run("Confidentiality of contacts")}</w:p>'
    if at % 12 == 1:
        cell = f"<w:tc><w:p>{run(SENTENCE)}</w:p></w:tc>"
        return f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>"
    pieces = "".join(run(f"{word} ") for word in SENTENCE.split(" ", 3))
    change = f'<w:ins w:id="{at}" w:author="A">{run("Added. ")}</w:ins><w:del w:id="{at}" w:author="A"><w:r><w:delText>Gone. </w:delText></w:r></w:del>'
    numbers = f'<w:numPr><w:ilvl w:val="{at % 4}"/><w:numId w:val="1"/></w:numPr>' if at % 12 > 3 else ""
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>' if at == 5 else ""
    return f"<w:p><w:pPr>{numbers}</w:pPr>{pieces}{change}{run('Bold words. ', '<w:b/>')}{note}</w:p>"


def made() -> bytes:
    """A file of ten pages."""
    count = WORDS_A_PAGE * PAGES // 22
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (format_, text) in enumerate(FORMATS)
    )
    parts = {
        "document": f'<w:document xmlns:w="{W}"><w:body>{"".join(map(paragraph, range(count)))}</w:body></w:document>',
        "numbering": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum><w:num w:numId="1">'
        '<w:abstractNumId w:val="1"/></w:num></w:numbering>',
        "styles": f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
        "</w:styles>",
        "footnotes": f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1"><w:p>{run(SENTENCE)}</w:p></w:footnote></w:footnotes>',
    }
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{kind}.{"document.main" if name == "document" else name}+xml"/>'
        for name in parts
    )
    relations = "".join(f'<Relationship Id="{n}" Type="{R}/{n}" Target="{n}.xml"/>' for n in parts if n != "document")
    package = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types">{types}</Types>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="a" Type="{R}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        )
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return out.getvalue()


def main() -> None:
    """Measure and print a line a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--runs", type=int, default=25)
    arguments = parser.parse_args()
    if arguments.runs < 1:
        parser.error("--runs must be at least 1")
    on_one_core()
    files = {file.name: file.read_bytes() for file in arguments.files} or {"made (10 pages)": made()}
    beside = shutil.which("pandoc") is not None
    start = f", pandoc's start alone {pandoc_ms(b'', 'markdown'):.0f} ms" if beside else ""
    for name, data in files.items():
        source = read(data, name, Options())
        words = len(source.text.split())
        reading = functools.partial(read, data, name, Options())
        took, busy = median_ms(reading, arguments.runs), median_ms(reading, arguments.runs, time.process_time)
        other = (
            f"pandoc {pandoc_ms(data, 'docx', 5, '--track-changes=accept'):.0f} ms{start}"
            if beside
            else "pandoc is not installed"
        )
        print(
            f"{name}: {words:,} words, {len(source.blocks)} blocks, median {took:.1f} ms of {arguments.runs} runs "
            f"(processor {busy:.1f} ms); {other}"
        )


if __name__ == "__main__":
    main()

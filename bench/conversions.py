"""Do verdicts survive the format? Every document of a corpus, converted with real tools, read and judged again.

    python bench/conversions.py [--corpus FOLDER] [--labels FOLDER] [--cache FOLDER] [--only FORM...] [--misses] [--write]

A document's verdicts on its text are compared with those on each conversion: all requirements of the pack iacp, and of the
packs that the document has labels for. Conversions are kept in the cache folder (in the temporary folder by default), so
that a second run only reads and judges. With --misses the requirements that differ are printed, with --write the table of
docs/formats.md is replaced.

| form | made from the text by |
| --- | --- |
| docx | its outline, by pandoc: headings as headings, lists as lists that Word counts, tables as tables |
| docx-plain | its paragraphs one by one, numbers typed, no style but Normal, by python-docx |
| html, odt | its outline, by pandoc |
| rtf | the docx, by LibreOffice |
| pdf | the docx with a running header and a footer with page numbers, by LibreOffice |
| columns | the same in two columns |
| scan | the pdf's pages as grey pictures at 200 dpi, each turned by a third of a degree, JPEG in a PDF (poppler, Pillow) |

Needs pandoc, LibreOffice, poppler-utils, python-docx and Pillow; the scan needs a text recognition that policylint uses.
"""

import argparse
import hashlib
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fixtures"))

import structured
from figures import put
from tools import office, pictures, run
from word import settle_zip

from policylint import Verdict, check_file
from policylint.outline import build
from policylint.readers import read_bytes

BENCH = Path(__file__).resolve().parent
ROOT = BENCH.parent
SHARED = ROOT.parent / "shared"
PAGE = ROOT / "docs" / "formats.md"
BEGIN, END = "<!-- table: python bench/conversions.py --write -->", "<!-- end of table -->"
AIMS = {
    "docx": 0.97,
    "docx-plain": 0.97,
    "html": 0.97,
    "odt": 0.97,
    "rtf": 0.97,
    "pdf": 0.97,
    "columns": 0.9,
    "scan": 0.9,
}
SUFFIXES = {"docx-plain": "-plain.docx", "columns": "-columns.pdf", "scan": "-scan.pdf"}


@dataclass(frozen=True)
class Result:
    """A conversion's verdicts beside those of the text.

    Attributes:
        reason: why it was not judged, or "".
        misses: requirement, status on the text, status on the conversion, and a quote of each.
    """

    document: str
    form: str
    same: int
    total: int
    reason: str
    misses: tuple[tuple[str, str, str, str, str], ...]


def main() -> None:
    """Convert what is not in the cache, judge, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=SHARED / "corpus")
    parser.add_argument("--labels", type=Path, default=SHARED / "labels")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "policylint-conversions")
    parser.add_argument("--only", nargs="+", choices=AIMS, default=list(AIMS), metavar="FORM")
    parser.add_argument("--misses", action="store_true", help="print the requirements that differ")
    parser.add_argument("--write", action="store_true", help="replace the table of docs/formats.md")
    arguments = parser.parse_args()
    texts = sorted(p for p in arguments.corpus.iterdir() if p.suffix in (".txt", ".md"))
    if not texts:
        parser.error(f"there is no document in {arguments.corpus}")
    folder = convert(texts, arguments.cache, arguments.only)
    results = [
        compare(text, folder / file_name(text, form), form, packs_of(text, arguments.labels))
        for text in texts
        for form in arguments.only
    ]
    lines = [*table(results, arguments.only)]
    if arguments.misses:
        print("\n".join(misses(results)))
    if arguments.write:
        put(PAGE, BEGIN, END, lines)
    print("\n".join(lines))


# -- converting -------------------------------------------------------------------------------------------------------


def file_name(text: Path, form: str) -> str:
    """The name of a document's conversion."""
    return text.stem + SUFFIXES.get(form, f".{form}")


def convert(texts: Sequence[Path], cache: Path, forms: Iterable[str]) -> Path:
    """All conversions asked for, in a folder that is named after everything that they are made from."""
    makers = [Path(__file__), BENCH / "structured.py", ROOT / "fixtures" / "word.py", ROOT / "fixtures" / "tools.py"]
    digest = hashlib.sha256(b"\0".join(p.read_bytes() for p in (*makers, *texts)))
    folder = cache / digest.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(forms)
    missing = {f: [t for t in texts if f in wanted and not (folder / file_name(t, f)).is_file()] for f in AIMS}
    for text in texts:
        if any(text in found for found in missing.values()):
            outlined(text, folder)
    by_office(missing["rtf"], folder, "rtf")
    by_office([*missing["pdf"], *missing["scan"]], folder, "pdf")
    by_office(missing["columns"], folder, "columns")
    for text in missing["scan"]:
        scan(folder / file_name(text, "pdf"), folder / file_name(text, "scan"))
    return folder


def outlined(text: Path, folder: Path) -> None:
    """What pandoc and python-docx make of a document's outline."""
    document = build(read_bytes(text.read_bytes(), text.name), text.name, "")
    found = structured.nodes(document)
    structured.write_plain(found, folder / file_name(text, "docx-plain"))
    tree = structured.pandoc_json(found)
    for form in ("docx", "odt", "html"):
        out = folder / file_name(text, form)
        title = ("--metadata", f"pagetitle={document.title}")
        run("pandoc", "-f", "json", "-t", form, "-s", *(title if form == "html" else ()), "-o", out, stdin=tree)


def by_office(texts: Sequence[Path], folder: Path, form: str) -> None:
    """What LibreOffice makes of the Word files: as they are, or laid out for print."""
    if not texts:
        return
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for text in dict.fromkeys(texts):
            laid_out = work / f"{file_name(text, form).rpartition('.')[0]}.docx"
            lay_out(folder / file_name(text, "docx"), laid_out, form)
        office(sorted(work.glob("*.docx")), "rtf" if form == "rtf" else "pdf", folder)


def lay_out(docx: Path, out: Path, form: str) -> None:
    """A Word file with fonts, margins, and for print with header, footer and columns."""
    from docx import Document
    from docx.shared import Inches
    from word import furniture, set_columns, set_fonts

    document = Document(str(docx))
    set_fonts(document, body="Times New Roman", head="Arial")
    section = document.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    if form != "rtf":
        furniture(document, "Policy Manual\t\tPeer Support", "Revised 06/2023")
    if form == "columns":
        set_columns(document, 2)
    document.save(str(out))
    settle_zip(out)


def scan(pdf: Path, out: Path) -> None:
    """Pictures of a PDF's pages, a little askew, as a PDF without text."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as name:
        pages = []
        for at, page in enumerate(pictures(pdf, Path(name), dpi=200, colour="-gray")):
            turned = Image.open(page).rotate(0.33 if at % 2 else -0.33, Image.Resampling.BICUBIC, fillcolor=255)
            pages.append(turned)
        pages[0].save(out, save_all=True, append_images=pages[1:], resolution=200, quality=80)


# -- judging ----------------------------------------------------------------------------------------------------------


def packs_of(text: Path, labels: Path) -> tuple[str, ...]:
    """The pack iacp, and those that the document has labels for."""
    labelled = sorted(p.name.split(".")[-2] for p in labels.glob(f"{text.stem}.*.tsv")) if labels.is_dir() else []
    return tuple(dict.fromkeys(["iacp", *labelled]))


def verdicts(path: Path, packs: Sequence[str]) -> tuple[dict[str, Verdict], str]:
    """The verdicts on a file by requirement, and why it has none."""
    (document,) = check_file(path, packs=packs).documents
    return {v.requirement: v for v in document.verdicts}, document.reason or ""


_texts: dict[tuple[Path, tuple[str, ...]], dict[str, Verdict]] = {}


def compare(text: Path, converted: Path, form: str, packs: tuple[str, ...]) -> Result:
    """A conversion's verdicts beside those of the text."""
    if (text, packs) not in _texts:
        _texts[text, packs] = verdicts(text, packs)[0]
    wanted = _texts[text, packs]
    found, reason = verdicts(converted, packs)
    differ = tuple(
        (name, v.status, f.status if f else "none", quote(v), quote(f) if f else reason)
        for name, v in wanted.items()
        if (f := found.get(name)) is None or f.status != v.status
    )
    return Result(text.stem, form, len(wanted) - len(differ), len(wanted), reason if not found else "", differ)


def quote(verdict: Verdict) -> str:
    """What carries a verdict, in short."""
    return verdict.evidence[0].quote[:160] if verdict.evidence else "-"


# -- showing ----------------------------------------------------------------------------------------------------------


def table(results: Sequence[Result], forms: Sequence[str]) -> Iterator[str]:
    """Agreement by document and form, a Markdown table."""
    by = {(r.document, r.form): r for r in results}
    documents = list(dict.fromkeys(r.document for r in results))
    yield f"| document | requirements | {' | '.join(forms)} |"
    yield "|" + " --- |" * (len(forms) + 2)
    for document in documents:
        row = [by[document, form] for form in forms]
        yield f"| {short(document)} | {row[0].total} | {' | '.join(share([r]) for r in row)} |"
    per_form = [[by[d, form] for d in documents] for form in forms]
    yield f"| **all** | {sum(r.total for r in per_form[0])} | {' | '.join(f'**{share(rows)}**' for rows in per_form)} |"
    yield f"| aim | | {' | '.join(f'{AIMS[form]:.2f}' for form in forms)} |"


def short(document: str) -> str:
    """The number that a document's name begins with."""
    return re.split("[_-]", document, maxsplit=1)[0]


def share(results: Sequence[Result]) -> str:
    """How many of the verdicts agree."""
    total = sum(r.total for r in results)
    mark = " (not judged)" if len(results) == 1 and results[0].reason else ""
    return f"{sum(r.same for r in results) / total:.3f}{mark}" if total else "-"


def misses(results: Iterable[Result]) -> Iterator[str]:
    """The requirements that differ, with what carried each verdict."""
    for result in results:
        for name, wanted, found, before, after in result.misses:
            yield f"{result.document} {result.form} {name}: {wanted} -> {found}\n    text: {before}\n    {result.form}: {after}"


if __name__ == "__main__":
    main()

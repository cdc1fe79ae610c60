"""Labels: what careful reviewers wrote about documents, read strictly. A slip in a label file must not become a figure."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from policylint.errors import DocumentError, UsageError
from policylint.packs.models import Library, Pack, Requirement
from policylint.packs.strict_yaml import did_you_mean
from policylint.readers import READERS
from policylint.readers.sniff import text_of
from policylint.report import STATUSES

COLUMNS = ("id", "status", "elements", "evidence", "note")
"""The columns of a label file, in any order."""

SUFFIX = ".tsv"
CORPUS = "corpus"
_FORM = "A label file is called <document>.<pack>.tsv, such as our-policy.iacp.tsv."


@dataclass(frozen=True, slots=True)
class Label:
    """What a reviewer says of one requirement on one document.

    Attributes:
        status: one of `STATUSES`.
        elements: keys of the elements that are covered, of a list requirement.
        evidence: the words that carry the status, or "".
        line: 1-based line in the label file.
    """

    requirement: str
    status: str
    elements: tuple[str, ...]
    evidence: str
    note: str
    line: int


@dataclass(frozen=True, slots=True)
class LabelFile:
    """The labels of one document by one pack.

    Attributes:
        path: of the label file, as the user named it or found below what was named.
        document: name of the document, without suffix; `source` is its path.
    """

    path: str
    document: str
    source: str
    pack: Pack
    labels: tuple[Label, ...]

    @property
    def unlabelled(self) -> int:
        """How many requirements of the pack have no label."""
        return len(self.pack.requirements) - len(self.labels)


def read_labels(
    path: str, library: Library, packs: Sequence[Pack] = (), documents: str | None = None
) -> list[LabelFile]:
    """The label files of a folder, sorted by name, or the one file that is named.

    Args:
        path: a folder, or one file <document>.<pack>.tsv.
        packs: read the labels of these packs only; of all when empty.
        documents: folder of the documents; by default the folder "corpus" beside that of the labels where there is
            one, else the labels' own.

    Raises:
        UsageError: a label file that is not valid, a document that is not there, or no label at all.
    """
    files = _files(path)
    named = [(file, *_document_and_pack(file, library)) for file in files]
    wanted = {pack.id for pack in packs}
    chosen = [each for each in named if not wanted or each[2].id in wanted]
    if not chosen:
        there = ", ".join(sorted({pack.id for _, _, pack in named}))
        raise UsageError(f"There are no labels for {', '.join(sorted(wanted))}.", file=path, hint=f"Packs: {there}.")
    folder = _documents_folder(files[0].parent, documents)
    return [
        LabelFile(str(file), document, str(_source(file, folder, document)), pack, _labels(file, pack))
        for file, document, pack in chosen
    ]


def _files(path: str) -> list[Path]:
    named = Path(path)
    if not named.exists():
        raise UsageError("There is no such file or folder.", file=path, hint="Name the folder of the label files.")
    if not named.is_dir():
        return [named]
    found = [file for file in _files_in(named) if file.suffix == SUFFIX]
    if not found:
        raise UsageError("The folder holds no label file.", file=path, hint=_FORM)
    return found


def _files_in(folder: Path) -> list[Path]:
    """The files right in a folder, sorted, hidden ones left out."""
    try:
        return sorted(entry for entry in folder.iterdir() if entry.is_file() and not entry.name.startswith("."))
    except OSError as error:
        raise UsageError(f"The folder cannot be opened: {error.strerror or error}.", file=str(folder)) from None


def _document_and_pack(file: Path, library: Library) -> tuple[str, Pack]:
    document, _, pack = file.name.removesuffix(SUFFIX).rpartition(".")
    if file.suffix != SUFFIX or not document:
        raise UsageError("The name does not say which document and which pack.", file=str(file), hint=_FORM)
    if pack not in library.packs:
        raise _unknown(file, None, "pack", pack, library.packs)
    return document, library.packs[pack]


def _documents_folder(labels: Path, documents: str | None) -> Path:
    if documents is None:
        # "." and ".." have no parent by name; any other path is kept as it was given.
        beside = (labels if labels.name.strip(".") else labels.resolve()).parent / CORPUS
        return beside if beside.is_dir() else labels
    folder = Path(documents)
    if not folder.is_dir():
        raise UsageError("There is no such folder of documents.", file=documents, hint="Check --documents.")
    return folder


def _source(file: Path, folder: Path, document: str) -> Path:
    found = [
        entry
        for entry in _files_in(folder)
        if entry.name.startswith(document) and entry.name[len(document) :].lower() in READERS
    ]
    if not found:
        suffixes = ", ".join(suffix for suffix in READERS if suffix)
        raise UsageError(
            f"The document {document!r} is not in {folder}.",
            file=str(file),
            hint=f"Its file is called {document}, then one of {suffixes}. --documents names another folder.",
        )
    if len(found) > 1:
        names = " and ".join(entry.name for entry in found)
        raise UsageError(f"{names} could both be the document.", file=str(file), hint="Keep one of them.")
    return found[0]


def _labels(file: Path, pack: Pack) -> tuple[Label, ...]:
    rows = _rows(file)
    _, header = next(rows, (1, []))
    _check_header(file, header)
    requirements = {r.id: r for r in pack.requirements}
    labels: dict[str, Label] = {}
    for line, cells in rows:
        if len(cells) > len(header):
            message = f"The line has {len(cells)} cells, the header {len(header)} columns."
            raise UsageError(message, file=str(file), line=line, hint="Cells are separated by single tabs.")
        padded = cells + [""] * (len(header) - len(cells))
        label = _label(file, line, dict(zip(header, padded, strict=True)), requirements)
        first = labels.setdefault(label.requirement, label)
        if first is not label:
            message = f"{label.requirement} has a label already, in line {first.line}."
            raise UsageError(message, file=str(file), line=line, hint="Keep one of them.")
    if not labels:
        raise UsageError("There is no label below the header.", file=str(file), hint="Write one line a requirement.")
    return tuple(labels.values())


def _rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank with their 1-based numbers, as cells without the empty ones at the end."""
    try:
        text = text_of(file.read_bytes(), str(file))
    except OSError as error:
        raise UsageError(f"The file cannot be read: {error.strerror or error}.", file=str(file)) from None
    except DocumentError as error:
        raise UsageError(error.message, file=str(file), hint="Save it as text, with tabs between the cells.") from None
    # Quotation marks are words of the policy here, and must not make one cell of many lines.
    reader = csv.reader(text.removeprefix("\ufeff").split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    try:
        for row in reader:
            cells = [_cell(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise UsageError(f"The line cannot be read: {error}.", file=str(file), line=reader.line_num) from None


def _cell(text: str) -> str:
    """A cell without the quotation marks that spreadsheets put around one with commas or quotation marks in it."""
    text = text.strip()
    inner = text[1:-1].replace('""', "")
    if len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inner:
        return text[1:-1].replace('""', '"').strip()
    return text


def _check_header(file: Path, header: Sequence[str]) -> None:
    for name in header:
        if name not in COLUMNS:
            raise _unknown(file, 1, "column", name, COLUMNS)
    hint = f"The first line is: {', '.join(COLUMNS)}, with tabs between."
    if twice := [name for name in COLUMNS if header.count(name) > 1]:
        raise UsageError(f"The column {twice[0]!r} stands twice in the header.", file=str(file), line=1, hint=hint)
    if lacking := [name for name in COLUMNS if name not in header]:
        raise UsageError(f"The header lacks {', '.join(lacking)}.", file=str(file), line=1, hint=hint)


def _label(file: Path, line: int, cells: Mapping[str, str], requirements: Mapping[str, Requirement]) -> Label:
    id_, status = cells["id"], cells["status"]
    if id_ not in requirements:
        raise _unknown(file, line, "requirement", id_, requirements)
    if not status:
        hint = "Leave the line out for as long as it is not judged."
        raise UsageError(f"{id_} has no status.", file=str(file), line=line, hint=hint)
    if status not in STATUSES:
        raise _unknown(file, line, "status", status, STATUSES)
    elements = tuple(dict.fromkeys(filter(None, (key.strip() for key in cells["elements"].split(",")))))
    known = requirements[id_].elements
    if elements and not known:
        message = f"{id_} is no list requirement: it has no elements."
        raise UsageError(message, file=str(file), line=line, hint="Leave the cell empty.")
    for key in elements:
        if key not in known:
            raise _unknown(file, line, f"element of {id_}", key, known)
    return Label(id_, status, elements, cells["evidence"], cells["note"], line)


def _unknown(file: Path, line: int | None, what: str, name: str, known: Collection[str]) -> UsageError:
    hint = did_you_mean(name, known)
    if hint is None and len(known) <= 20:
        hint = f"Known: {', '.join(known)}."
    return UsageError(f"There is no {what} {name!r}.", file=str(file), line=line, hint=hint)

"""Who submitted what: from a folder of documents, or from a table (CSV) that names each with its agency.

The columns of a table: `document` (needed; a path as seen from the table, or a location), `agency`, `kind` (police, sheriff,
...), `state` (WA), `contact`, `submitted` (2026-03-14). It may be as Excel writes it: with ";" or tabs, a byte order mark, or in
the encoding of an older Windows.
"""

from __future__ import annotations

import csv
import io
import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from policylint.errors import DocumentError, UsageError
from policylint.packs.kinds import AGENCY_KINDS, STATES
from policylint.review.locations import documents_in, fetch, folder_of, is_folder, is_remote, joined, printable
from policylint.review.model import Submission

COLUMNS = {
    "document": "document",
    "agency": "agency",
    "kind": "agency_kind",
    "state": "state",
    "contact": "contact",
    "submitted": "submitted",
}
"""Name of a column -> the field of `Submission` that it fills."""

_PLACES = frozenset((*STATES, "DC", "AS", "GU", "MP", "PR", "VI"))
"""States, the District of Columbia and the territories, as the mail writes them."""

_SEPARATORS = (",", ";", "\t")
_MOST_TOLD = 10


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a review is of.

    Attributes:
        submissions: in order of their keys; `agency` is "" where nobody says.
        left_out: files of the folder that are of no format policylint reads.
    """

    submissions: tuple[Submission, ...]
    left_out: tuple[str, ...] = ()


def read(source: str, suffixes: Sequence[str], beside: Path | None = None) -> Manifest:
    """The submissions that a folder holds, or a table names.

    Args:
        source: the folder or the table; a path, or an fsspec location.
        suffixes: of files that are documents, in small letters.
        beside: a folder that is left out: where results go.

    Raises:
        UsageError: there is nothing, it cannot be read, or the table has an error; with its line.
    """
    if not is_folder(source):
        return Manifest(_from_table(source))
    names, others = documents_in(source, suffixes, beside)
    if not names:
        known = ", ".join(sorted(s for s in suffixes if s))
        raise UsageError(f"The folder holds no file that policylint reads ({known}).", file=source)
    return Manifest(tuple(Submission(printable(name), joined(source, name), "") for name in names), tuple(others))


def _from_table(source: str) -> tuple[Submission, ...]:
    try:
        data = fetch(source)
    except DocumentError as error:
        raise UsageError(error.message, file=source, hint=error.hint) from None
    rows = _rows(_text(data, source), source)
    first = next(rows, None)
    if first is None:
        raise UsageError("The manifest is empty.", file=source, hint=f"Its columns are: {', '.join(COLUMNS)}.")
    names = _header(first[1], source, first[0])
    found: dict[str, Submission] = {}
    lines: dict[str, int] = {}
    problems: list[UsageError] = []
    for line, cells in rows:
        try:
            made = _submission(names, cells, source, line)
        except UsageError as problem:
            problems.append(problem)
            continue
        if made.key in found:
            message = f"The document {made.key!r} stands in line {lines[made.key]} already."
            problems.append(UsageError(message, file=source, line=line))
        found[made.key], lines[made.key] = made, line
    if problems:
        raise _all_of(problems)
    if not found:
        raise UsageError("The manifest names no document.", file=source)
    return tuple(found[key] for key in sorted(found))


def _text(data: bytes, source: str) -> str:
    """A table's text. What is no UTF-8 is taken to be of Windows, whose Excel writes so by default."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    if "\0" in text or "\ufffd" in text:
        raise UsageError("The manifest is no text.", file=source, hint="Save it as CSV (UTF-8).")
    return text


def _rows(text: str, source: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with its line."""
    lines = io.StringIO(text, newline="")
    begin = 1
    if text[:4].casefold() == "sep=":  # how Excel is told what parts the cells
        lines.readline()
        begin = 2
    rest = text.partition("\n")[2] if begin == 2 else text
    rows = csv.reader(lines, delimiter=_separator(rest), strict=True)
    start = begin
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            raise UsageError(f"The row is no CSV: {error}.", file=source, line=start) from None
        if any(cell.strip() for cell in cells):
            yield start, [" ".join(cell.split()) for cell in cells]
        start = begin + rows.line_num


def _separator(text: str) -> str:
    """What parts the cells of the first line: with which most of its columns are known."""
    first = text.lstrip("\r\n").partition("\n")[0]

    def known(separator: str) -> int:
        return sum(cell.strip().strip('"').casefold() in COLUMNS for cell in first.split(separator))

    return max(_SEPARATORS, key=known)


def _header(cells: Sequence[str], source: str, line: int) -> list[str]:
    names = [cell.casefold() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name, cell in zip(names, cells, strict=False):
        if name not in COLUMNS:
            raise UsageError(
                f"There is no column {cell!r} in a manifest.",
                file=source,
                line=line,
                hint=f"Columns: {', '.join(COLUMNS)}. Remove the others.",
            )
        if names.count(name) > 1:
            raise UsageError(f"The column {cell!r} stands twice.", file=source, line=line, hint="Keep one.")
    if "document" not in names:
        raise UsageError(
            "The manifest has no column 'document'.",
            file=source,
            line=line,
            hint=f"Its first row names the columns, of which 'document' is needed: {', '.join(COLUMNS)}.",
        )
    return names


def _submission(names: Sequence[str], cells: Sequence[str], source: str, line: int) -> Submission:
    if any(cells[len(names) :]):
        raise UsageError(
            f"The row has {len(cells)} cells, and there are {len(names)} columns.",
            file=source,
            line=line,
            hint="Put a cell that holds the separator into quotes.",
        )
    row = {name: cell for name, cell in zip(names, cells, strict=False) if cell}
    if "document" not in row:
        raise UsageError("The row names no document.", file=source, line=line)
    document = row["document"]
    if not (is_remote(document) or Path(document).is_absolute()):
        document = posixpath.normpath(document.replace("\\", "/"))
    made = Submission(document, joined(folder_of(source), document), "")
    for name, cell in row.items():
        if name != "document":
            checked = _CHECKED[name](cell, source, line) if name in _CHECKED else cell
            made = replace(made, **{COLUMNS[name]: checked})
    return made


def _kind(cell: str, source: str, line: int) -> str:
    if cell.casefold() not in AGENCY_KINDS:
        kinds = ", ".join(AGENCY_KINDS)
        raise UsageError(f"There is no agency kind {cell!r}.", file=source, line=line, hint=f"Kinds: {kinds}.")
    return cell.casefold()


def _state(cell: str, source: str, line: int) -> str:
    if cell.upper() not in _PLACES:
        raise UsageError(f"{cell!r} is no state.", file=source, line=line, hint="Write two letters, such as WA.")
    return cell.upper()


def _day(cell: str, source: str, line: int) -> str:
    try:
        return date.fromisoformat(cell).isoformat()
    except ValueError:
        hint = "Write it as YYYY-MM-DD, such as 2026-03-14."
        raise UsageError(f"{cell!r} is no date.", file=source, line=line, hint=hint) from None


_CHECKED: dict[str, Callable[[str, str, int], str]] = {"kind": _kind, "state": _state, "submitted": _day}
"""Column -> what a cell of it is checked by."""


def _all_of(problems: Sequence[UsageError]) -> UsageError:
    """The first of some errors, which tells of the lines of the others: a table is mended in one go."""
    first, others = problems[0], problems[1:]
    if not others:
        return first
    lines = ", ".join(str(p.line) for p in others[:_MOST_TOLD])
    more = f" and {len(others) - _MOST_TOLD} more" if len(others) > _MOST_TOLD else ""
    hint = f"There are errors in these lines, too: {lines}{more}."
    return UsageError(first.message, file=first.file, line=first.line, hint=" ".join(filter(None, (first.hint, hint))))

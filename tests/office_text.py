"""What a reader of an office report sees, as text."""

from __future__ import annotations

import io
from typing import Any

import docx
import openpyxl


def word_lines(data: bytes) -> list[str]:
    """The lines of a Word report: a paragraph each, or a row of a table with its cells between bars."""
    lines = []
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, docx.table.Table):
            lines += [" | ".join(cell.text.replace("\n", " / ") for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return lines


def workbook_of(data: bytes) -> Any:
    """The workbook."""
    return openpyxl.load_workbook(io.BytesIO(data))


def cells(sheet: Any) -> list[list[str]]:
    """The cells of a sheet, "" where one is empty."""
    return [["" if value is None else str(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def workbook_lines(data: bytes) -> list[str]:
    """All cells of all sheets."""
    return [cell for sheet in workbook_of(data) for row in cells(sheet) for cell in row]

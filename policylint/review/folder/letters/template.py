"""A letter's template: a Word file with placeholders such as {{ agency }}, which is compiled once and filled in a thousand times.

The placeholders are Jinja2's, in its sandbox, and stand in the text as anybody can type them in Word: {{ name }} shows a value,
{% if name %} ... {% endif %} keeps or drops what stands between, {% for gap in must_change %} ... {% endfor %} repeats it. A
paragraph, or a row of a table, that holds nothing but {% ... %} is taken away itself. Word cuts what is typed into pieces when it
checks the spelling, and makes quotes curly inside; both are undone here.

The well-known library for this, docxtpl, is under the LGPL; and it parses the file anew for each letter.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from policylint.errors import UsageError
from policylint.remedy import sandbox
from policylint.reporters.clean import xml_text
from policylint.reporters.docx.paper import archive

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

    Element = Any

MOST = 64 * 2**20
"""Bytes of all parts of a template when inflated."""

_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_ONLY_STATEMENTS = re.compile(r"\s*(\{%((?!%\}).)*%\}\s*)+", re.DOTALL)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


class LetterTemplate:
    """A template that is fit to be used: it has been filled in with every kind of letter before the first is written."""

    def __init__(self, data: bytes, name: str, trials: Iterable[Mapping[str, object]]) -> None:
        """Compile a template and try it.

        Args:
            data: the Word file.
            name: what errors call it.
            trials: letters such as it will be filled in with; together they use every placeholder.

        Raises:
            UsageError: it is no Word file, or its placeholders are not right.
        """
        self.data = data
        self._name = name
        self._plain = _parts(data, name)
        trials = list(trials)
        self._environment = _environment()
        known = frozenset().union(*trials)
        self._filled = {
            part: self._compiled(part, content, known)
            for part, content in self._plain.items()
            if _PARTS.fullmatch(part)
        }
        if not self._filled:
            raise self._error("It holds no Word document.", "Give a .docx file, as Word and LibreOffice save it.")
        for values in trials:
            self._try(values)

    def filled(self, values: Mapping[str, object]) -> bytes:
        """A letter: the Word file with its placeholders filled in; same values, same bytes. Raises UsageError."""
        made = {part: self._render(part, values).encode() for part in self._filled}
        return archive({**self._plain, **made})

    def _compiled(self, part: str, content: bytes, known: frozenset[str]) -> Template:
        from jinja2 import TemplateError, meta

        source = _source(self._parsed(content, part))
        try:
            tree = self._environment.parse(source)
            unknown = sorted(meta.find_undeclared_variables(tree) - known)
            template = self._environment.from_string(tree)
        except TemplateError as error:
            raise self._error(f"{_sentence(error)} (in {part})", "See the placeholders in docs/review.md.") from None
        if unknown:
            raise self._error(f"'{unknown[0]}' is no placeholder.", _suggestion(unknown[0], known))
        return template

    def _render(self, part: str, values: Mapping[str, object]) -> str:
        try:
            return self._filled[part].render(values)
        except Exception as error:  # noqa: BLE001 - a template can fail in any way Python can
            hint = "See the placeholders in docs/review.md."
            raise self._error(f"It cannot be filled in: {_sentence(error)} (in {part})", hint) from None

    def _try(self, values: Mapping[str, object]) -> None:
        for part in self._filled:
            self._parsed(self._render(part, values).encode(), part)

    def _parsed(self, content: bytes, part: str) -> Element:
        from lxml import etree

        from policylint.readers.office_xml import parser

        if b"<!DOCTYPE" in content:
            raise self._error(f"Its part {part} declares a document type.", "Save it anew in Word.")
        try:
            return etree.fromstring(content, parser())
        except etree.XMLSyntaxError:
            hint = "Begin and end each {% ... %} in the same paragraph, or in paragraphs of their own."
            raise self._error(f"Filled in, it is no Word document any more (in {part}).", hint) from None

    def _error(self, message: str, hint: str) -> UsageError:
        return UsageError(f"The letter template cannot be used. {message}", file=self._name, hint=hint)


def _environment() -> SandboxedEnvironment:
    """The sandbox of clauses, with what letters need: lists joined and counted, values made fit for XML."""
    environment = sandbox(autoescape=True)
    environment.finalize = _fit
    environment.comment_start_string = "\x00{#"  # no part of a Word file holds this: "{#" is text like any other
    environment.filters.update({"join": _join, "length": len})
    return environment


def _join(values: Iterable[str], between: str = ", ") -> str:
    return between.join(values)


def _fit(value: object) -> object:
    """A value that an XML file can hold. Text that is markup already comes from the environment itself."""
    return xml_text(value) if type(value) is str else value


def _parts(data: bytes, name: str) -> dict[str, bytes]:
    """All parts of the file. Raises UsageError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST:
                raise UsageError(
                    "The letter template is too large.", file=name, hint=f"At most {MOST >> 20} MB unpacked."
                )
            return {entry.filename: package.read(entry) for entry in package.infolist() if not entry.is_dir()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError, OSError):
        hint = "Give a .docx file, as Word and LibreOffice save it, without a password."
        raise UsageError("The letter template is no Word file.", file=name, hint=hint) from None


def _source(root: Element) -> str:
    """A part as the source of a Jinja2 template."""
    from lxml import etree

    for paragraph in list(root.iter(f"{_W}p")):
        _joined(paragraph)
    for row in list(root.iter(f"{_W}tr")):
        if _ONLY_STATEMENTS.fullmatch(words := "".join(t.text or "" for t in row.iter(f"{_W}t"))):
            _replace(row, words)
    for paragraph in list(root.iter(f"{_W}p")):
        words = "".join(t.text or "" for t in _texts(paragraph))
        if _ONLY_STATEMENTS.fullmatch(words) and paragraph.find(f".//{_W}sectPr") is None:
            _replace(paragraph, words)
    for text in root.iter(f"{_W}t"):
        if _TAG.search(text.text or ""):  # what it leaves may begin or end with a space
            text.set(_SPACE, "preserve")
    made = etree.tostring(root, encoding="unicode")
    return _TAG.sub(lambda tag: html.unescape(tag[0]).translate(_STRAIGHT), made)


def _texts(paragraph: Element) -> list[Element]:
    """The pieces of a paragraph's text; those of a text box in it belong to the paragraphs there."""
    return [t for t in paragraph.iter(f"{_W}t") if next(t.iterancestors(f"{_W}p")) is paragraph]


def _joined(paragraph: Element) -> None:
    """Put each placeholder wholly into the piece of text where it begins."""
    pieces = _texts(paragraph)
    owners = [at for at, piece in enumerate(pieces) for _ in piece.text or ""]
    whole = "".join(piece.text or "" for piece in pieces)
    tags = [tag for tag in _TAG.finditer(whole) if owners[tag.start()] != owners[tag.end() - 1]]
    if not tags:
        return
    for tag in tags:
        owners[tag.start() : tag.end()] = [owners[tag.start()]] * (tag.end() - tag.start())
    for at, piece in enumerate(pieces):
        piece.text = "".join(sign for sign, owner in zip(whole, owners, strict=True) if owner == at)
        piece.set(_SPACE, "preserve")  # it may begin with a space now


def _replace(element: Element, words: str) -> None:
    """Put the statements of a paragraph or row in its place. A cell must end in a paragraph, and so it does afterwards."""
    parent, before = element.getparent(), element.getprevious()
    if parent.tag == f"{_W}tc" and element.getnext() is None:
        parent.append(element.makeelement(f"{_W}p"))
    words += element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    element.tail = None
    parent.remove(element)


def _sentence(error: Exception) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if text.endswith(".") else f"{text}."


def _suggestion(word: str, known: Iterable[str]) -> str:
    import difflib

    close = difflib.get_close_matches(word, sorted(known), n=1)
    return f"Did you mean '{close[0]}'?" if close else f"Use one of: {', '.join(sorted(known))}."

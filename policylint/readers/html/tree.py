"""Characters to a tree of elements, whatever state the markup is in.

lxml's parser (libxml2) is linear in its input and mends nothing by copying, where parsers that mend as browsers do take
quadratic time on deeply nested or unclosed tags. It stops at some depth and says so; then the tags below are taken out first.
"""

from __future__ import annotations

import re
from typing import Any

Element = Any
"""An element of lxml: its stubs say little that a type checker could use."""

_DEPTH = 500
"""Open elements above which further tags are taken out, when the parser has given up."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_BREAKS = frozenset("p div li tr td th dt dd h1 h2 h3 h4 h5 h6 section article table ul ol blockquote".split())
_RAW = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style|svg|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_LADEN = re.compile(r"<([a-zA-Z][a-zA-Z0-9:-]*)\s[^<>]{20000,}>")
"""A tag with more attributes than anybody writes (or a whole picture in one), on which the parser takes quadratic time."""
DEEP = "The page nests its elements too deeply; the innermost were read without their markup."


def parse(text: str) -> tuple[Element | None, tuple[str, ...]]:
    """The root element of a page, or None when there is none; and a note when markup had to be taken out."""
    text = _LADEN.sub(r"<\1>", text)
    root, complete = _parse(text)
    if complete:
        return root, ()
    root, _ = _parse(_flattened(text))
    return root, (DEEP,)


def _parse(text: str) -> tuple[Element | None, bool]:
    from lxml import etree

    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    complete = all(error.type != etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)
    return root, complete


def _flattened(text: str) -> str:
    """The text without the tags below a certain depth; a line break stands for one that begins or ends a block."""
    opened: list[str] = []
    out: list[str] = []
    at, broken = 0, False
    text = _RAW.sub(" ", text)
    for match in _TAG.finditer(text):
        name = match["name"].lower()
        if name in _VOID:
            continue
        if match["end"]:
            keep = len(opened) <= _DEPTH
            if opened:
                opened.pop()
        else:
            opened.append(name)
            keep = len(opened) <= _DEPTH
        if not keep:
            between = text[at : match.start()]
            out.append(between)
            broken = broken and not between.strip()
            if name in _BREAKS and not broken:
                out.append("<br>")
                broken = True
            at = match.end()
    out.append(text[at:])
    return "".join(out)

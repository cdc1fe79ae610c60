"""Names of the OpenDocument vocabulary that the reader needs, as lxml writes them."""

from __future__ import annotations

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"


def office(name: str) -> str:
    """A name of the `office` namespace."""
    return f"{{{_BASE}office:1.0}}{name}"


def text(name: str) -> str:
    """A name of the `text` namespace."""
    return f"{{{_BASE}text:1.0}}{name}"


def style(name: str) -> str:
    """A name of the `style` namespace."""
    return f"{{{_BASE}style:1.0}}{name}"


def table(name: str) -> str:
    """A name of the `table` namespace."""
    return f"{{{_BASE}table:1.0}}{name}"


def draw(name: str) -> str:
    """A name of the `drawing` namespace."""
    return f"{{{_BASE}drawing:1.0}}{name}"


def fo(name: str) -> str:
    """A name of the namespace of formatting properties."""
    return f"{{{_BASE}xsl-fo-compatible:1.0}}{name}"


LOEXT_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

"""Names of WordprocessingML, and small questions to its elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element as Element

__all__ = ["MC", "REL", "W14", "Element", "W", "chosen", "integer", "is_on", "value", "w"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

_VAL = f"{W}val"
_INTEGER = re.compile(r"\s*([+-]?\d{1,9})(?:\.\d+)?\s*")
_OFF = frozenset(("0", "false", "off", "none"))


def w(name: str) -> str:
    """The full name of a WordprocessingML element or attribute."""
    return W + name


def value(parent: Element | None, name: str) -> str | None:
    """The `w:val` of a child element, or None when there is no such child or it has none."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(_VAL) if child is not None else None


def integer(text: str | None, default: int | None = None) -> int | None:
    """A whole number as Word writes it; `default` for what is none, or is absurdly long."""
    match = _INTEGER.fullmatch(text) if text else None
    return int(match[1]) if match is not None else default


def is_on(element: Element) -> bool:
    """Whether a switch such as `w:b` is on: it is when it says nothing else."""
    return (element.get(_VAL) or "1").lower() not in _OFF


def chosen(alternatives: Element) -> Iterator[Element]:
    """The content of one branch of an `mc:AlternateContent`: what newer programs show, if it says anything at all."""
    choices = alternatives.findall(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    speaking = next((branch for branch in choices if _speaks(branch)), None)
    if speaking is None:
        speaking = fallback if fallback is not None else next(iter(choices), None)
    yield from speaking if speaking is not None else ()


def _speaks(branch: Element) -> bool:
    return next(branch.iter(f"{W}t", f"{W}sym"), None) is not None

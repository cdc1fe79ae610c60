"""Cross references: what a sentence takes up when it names another place of the document, "the matters listed in subsection (B)"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from policylint.document import Document

_FIGURE = re.compile(r"[0-9(]")
_LETTERED = re.compile(r"(?:ection|aragraph|rticle) [A-Z]")
_NAMED = re.compile(
    r"\b(?:sub-?)?(?:section|paragraph|article|clause|item|para\.?|sec\.?)s?\s+"
    r"(?P<number>\d+(?:\.\d+)*[A-Za-z]?|[IVX]+|[A-Z])?(?P<rest>(?:\s?\([A-Za-z0-9]{1,4}\))*)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?<![\w.$§-])(?<!RCW )(?<!MCA )(?P<number>\d{1,4}\.\d{1,2}(?:\.\d{1,2})*)(?P<rest>(?:\([A-Za-z0-9]{1,4}\))*)(?![\w%]|\.\d)"
)
_LAW_AHEAD = re.compile(
    r"\b(?:RCW|MCA|U\.?S\.?C\.?|Code|statutes?|chapter|Act|Revised)\W{0,3}(?:\w+\W{0,2})?$", re.IGNORECASE
)
_LAW_BEHIND = re.compile(
    r"^\W{0,2}(?:of\s+)?(?:the\s+)?(?:RCW|MCA|Revised|United States|state|[A-Z]\w+ (?:Code|Statutes))"
)
_PART = re.compile(r"[A-Za-z0-9]+")


def may_cite(text: str) -> bool:
    """Whether a text may name a place at all; asked first, because the patterns of places try every word."""
    if _FIGURE.search(text):
        return True
    return ("ection " in text or "aragraph " in text or "rticle " in text) and _LETTERED.search(text) is not None


def cited(text: str) -> Iterator[tuple[str, ...]]:
    """The places of the same document that a text names, as labels from the outer to the inner: ("6.02",), ("B",)."""
    for pattern in (_NAMED, _BARE):
        for found in pattern.finditer(text):
            labels = ((found["number"],) if found["number"] else ()) + tuple(_PART.findall(found["rest"]))
            ahead, behind = text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 30]
            if labels and not _LAW_AHEAD.search(ahead) and not _LAW_BEHIND.search(behind):
                yield labels


class Places:
    """The labelled sections and passages of a document."""

    def __init__(self, document: Document) -> None:
        self._sections = {s.label.lower(): s.index for s in document.sections if s.label}
        self._passages = defaultdict[str, list[int]](list)
        self._in_section: dict[tuple[int, str], int] = {}
        self._first: dict[int, int] = {}
        for passage in document.passages:
            self._first.setdefault(passage.section, passage.index)
            if passage.label:
                label = passage.label.strip("().").lower()
                self._passages[label].append(passage.index)
                self._in_section.setdefault((passage.section, label), passage.index)

    def __bool__(self) -> bool:
        return bool(self._sections or self._passages)

    def first_in(self, section: int) -> int | None:
        """The first passage of a section itself, if it has one."""
        return self._first.get(section)

    def find(self, labels: tuple[str, ...], section: int) -> tuple[int | None, int | None]:
        """The section or the passage that labels name, seen from a section; (None, None) for a place outside the document."""
        first, last = labels[0].lower(), labels[-1].lower()
        home = self._sections.get(first, section)
        if len(labels) == 1 and first in self._sections and (first[0].isdigit() or first not in self._passages):
            return home, None
        near = self._in_section.get((home, last))
        if near is not None:
            return None, near
        anywhere = self._passages.get(last, ())
        return (None, anywhere[0]) if len(anywhere) == 1 and "." in last else (None, None)

"""What Word, and viewers of documents, leave in the pages they make."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from policylint.readers.html.style import Properties
from policylint.readers.html.tree import Element

if TYPE_CHECKING:
    from policylint.readers.html.walk import Place

_LABEL_COMMENT = re.compile(
    r"\s*\[if !supportLists\]\s*>(?P<label>.{0,2000}?)<!\s*\[endif\]\s*", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<[^<>]{0,1000}>")
_OUT = {
    "comment-list": "comment",
    "comment": "comment",
    "header": "running header",
    "footer": "running footer",
}
_TEXT_LAYER = re.compile(r"(?:^|\s)(?:textLayer|text-layer|pc|t3text)(?:\s|$)")
_HEIGHT = re.compile(r"(?:^|\s)(y[0-9a-f]{1,5})(?:\s|$)")


def left_out(element: Element, properties: Properties) -> str:
    """Why an element that Word wrote is no part of the policy, or ""."""
    kind = properties.get("mso-element", "").lower()
    if kind in _OUT:
        return _OUT[kind]
    names = (element.get("class") or "").lower().split()
    return "comment" if "msocommentreference" in names or "msocommenttext" in names else ""


def deleted(element: Element) -> bool:
    """Whether Word marks an element as deleted text."""
    return "msodel" in (element.get("class") or "").lower().split()


def label_in_comment(text: str) -> str:
    """The list label in a conditional comment of Word, or ""."""
    match = _LABEL_COMMENT.fullmatch(text)
    if match is None:
        return ""
    from html import unescape

    return " ".join(unescape(_TAG.sub("", match["label"])).split())


def list_level(label: str, place: Place) -> int:
    """The level of a paragraph that is an item only by its label: 1 when it stands in no list."""
    return 1 if label and not place.lists else 0


def viewer_page(element: Element) -> bool:
    """Whether an element is the layer of text that a viewer lays over the picture of a page."""
    return _TEXT_LAYER.search(element.get("class") or "") is not None


def height_of(element: Element) -> str:
    """The class by which a converter of PDF (pdf2htmlEX) places a line on the page, or ""."""
    match = _HEIGHT.search(element.get("class") or "")
    return match[1] if match else ""

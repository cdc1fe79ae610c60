"""What Word, and viewers of documents, leave in the pages they make."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policylint.readers.compose import Run
from policylint.readers.html.style import Properties
from policylint.readers.html.tree import Element

_LABEL_COMMENT = re.compile(
    r"\s*\[if !supportLists\]\s*>(?P<label>.{0,2000}?)<!\s*\[endif\]\s*", re.DOTALL | re.IGNORECASE
)
_GLUED = re.compile(
    r"\s*(?:[0-9]{1,3}|[IVXL]{1,5}|[A-Z])(?:\.[0-9]{1,3}|[.)])(?:\.?[0-9]{1,3})*[.)]?(?=[A-Z][a-z ]|[A-Z]{2})"
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


def viewer_page(element: Element) -> bool:
    """Whether an element is the layer of text that a viewer lays over the picture of a page."""
    return _TEXT_LAYER.search(element.get("class") or "") is not None


def glues_numbers(body: Element) -> bool:
    """Whether a page was written by LibreOffice, which sets a heading's number right before its text."""
    root = body.getroottree().getroot()
    return any("LibreOffice" in (m.get("content") or "") for m in root.iter("meta") if m.get("name") == "generator")


def unglued(runs: Sequence[Run]) -> list[Run]:
    """The text of a heading with a space after its number."""
    first, bold = runs[0]
    match = _GLUED.match(first)
    return [(f"{match.group()} {first[match.end() :]}", bold), *runs[1:]] if match else list(runs)


def height_of(element: Element) -> str:
    """The class by which a converter of PDF (pdf2htmlEX) places a line on the page, or ""."""
    match = _HEIGHT.search(element.get("class") or "")
    return match[1] if match else ""

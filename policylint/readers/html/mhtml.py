"""A web page saved as one file (.mht, .mhtml): an e-mail message whose main part is the page."""

from __future__ import annotations

import re

from policylint.errors import DocumentError

_HEADERS = re.compile(rb"\s*(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){1,60}", re.ASCII)
_MIME = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_MOST_PARTS = 2000


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin like a message with MIME parts."""
    head = _HEADERS.match(data[:20_000])
    return head is not None and _MIME.search(head.group()) is not None


def page_of(data: bytes, name: str) -> tuple[bytes, str]:
    """The page in a message, and the encoding that its part names ("" for none).

    Raises:
        DocumentError: there is no page in it.
    """
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.compat32).parsebytes(data)
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and body.strip():
                return body, part.get_content_charset("") or ""
    raise DocumentError(
        "The saved web page (MHTML) holds no page.",
        file=name,
        hint="Save it again as HTML, Word or PDF, and give that.",
    )

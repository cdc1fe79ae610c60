"""Names for verdicts that outlive renumbering, reflow and renaming."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

_LIST_LABEL = re.compile(
    r"""^(?:
        [\u2022\u2023\u25aa\u25a0\u25cf\u25e6\u2043\uf000-\uf0ff*\u2013\u2014-]\s+   # a bullet
      | \(?(?:\d+(?:[.-]\w{1,3})*|[a-z]|[ivxlc]{2,6})[.):]+(?:\([a-z\d]{1,3}\))*\s+  # "4." "1.4.1." "(a)" "iv)"
      | \d+(?:\.\d+)+(?:\([a-z\d]{1,3}\))*\s+                                        # "1.4.1 " "617.2.2(a) "
    )""",
    re.VERBOSE,
)


def fingerprint(requirement: str, quote: str = "", section: Iterable[str] = ()) -> str:
    """A name for a verdict, the same for the next edition of the document: 16 hexadecimal digits.

    Args:
        requirement: its id.
        quote: the first quote that carries the verdict; list labels, case and white space do not matter.
        section: where there is no quote, the section path it concerns, if any; numbers do not matter.
    """
    about = _normalised(quote) or " › ".join(filter(None, map(_normalised, section)))
    return hashlib.sha256(f"{requirement}\n{about}".encode("utf-8", "backslashreplace")).hexdigest()[:16]


@lru_cache(maxsize=4096)
def _normalised(text: str) -> str:
    # A section path may hold a bare label ("a."), which must go as well: the pattern wants a space after it.
    text = " ".join(text.lower().split()) + " "
    while match := _LIST_LABEL.match(text):
        text = text[match.end() :]
    return text.strip()

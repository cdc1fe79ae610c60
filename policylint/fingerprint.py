"""Names for verdicts that outlive renumbering, reflow and renaming."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LIST_LABEL = re.compile(
    r"""^(?:
        [\u2022\u2023\u25aa\u25a0\u25cf\u25e6\u2043\uf000-\uf0ff*\u2013\u2014-]\s+     # a bullet
      | (?:(?:section|article|part|chapter)\s+)?                                       # "Article IV."
        \[?\(?(?:\d+[a-z]?(?:[.-]\w{1,3})*|[a-z]|[ivxlc]{2,6})[.):\]]+(?:\([a-z\d]{1,3}\))*\s+  # "4." "1.4.1." "(a)" "iv)"
      | \d+(?:\.\d+)+(?:\([a-z\d]{1,3}\))*\s+                                          # "1.4.1 " "617.2.2(a) "
    )""",
    re.VERBOSE,
)
# "as section 4.2(b) says": another number of the same section. A statute's own number ("section 78B-5-903") is told by its hyphens.
_REFERENCE = re.compile(
    r"\b((?:sub)?(?:section|paragraph|article|item)s?)\s+"
    r"(?:\d+(?:\.\d+)*(?:\([a-z\d]{1,3}\))*|(?:\([a-z\d]{1,4}\))+|[ivxlc]{2,6})(?![\w-]|\.\d)"
)
_JOINS = re.compile(r"\b(?:and|or)$")


def fingerprint(requirement: str, quote: str = "", section: Iterable[str] = ()) -> str:
    """A name for a verdict, the same for the next edition of the document: 16 hexadecimal digits.

    Args:
        requirement: its id.
        quote: the first quote that carries the verdict. Only its letters and digits matter, not their case, nor the list label
            before it, the "and" by which a list goes on after it, or the numbers of sections it refers to.
        section: where there is no quote, the section path it concerns, if any; numbers do not matter.
    """
    about = _normalised(quote) or " › ".join(filter(None, map(_normalised, section)))
    return hashlib.sha256(f"{requirement}\n{about}".encode("utf-8", "backslashreplace")).hexdigest()[:16]


@lru_cache(maxsize=4096)
def _normalised(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).lower()
    # A section path may hold a bare label ("a."), which must go as well: the pattern wants a space after it.
    text = " ".join(text.replace("**", "").split()) + " "
    while match := _LIST_LABEL.match(text):
        text = text[match.end() :]
    text = _JOINS.sub("", _REFERENCE.sub(r"\1", text).rstrip(" ;,."))
    return "".join(filter(str.isalnum, text))

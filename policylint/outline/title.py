"""The title of a document: what its first lines say it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from policylint.document import Passage, Section
from policylint.outline.lines import stopped

_NAMED = re.compile(r"(?:subject|title|re|policy title|policy name|topic)\s*:\s*(?P<title>\S.*)", re.IGNORECASE)
_AGENCY = re.compile(
    r"\b(?:department|office|district|county|city|agency|bureau|division|authority|commission|town|village|borough)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][\w.' -]{1,30},\s+[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?\.?(?:\s+\d{5}(?:-\d{4})?)?")
"""Where an agency is, as on a letterhead: "CEDAR HOLLOW, OREGON", "Cedar Hollow, WA 98000"."""
_NUMBER = re.compile(
    r"(?:(?:policy|directive|procedure|order|bulletin|guideline|sog|sop|manual|chapter|section|general|special|standard|"
    r"operating|administrative|regulation|departmental|policies|procedures|and|number|no|number)\b[\s.:#&-]*)+[\w.-]*\d*",
    re.IGNORECASE,
)
_SECTION = frozenset(
    "purpose policy scope definitions procedure procedures background introduction summary index".split()
)


def title_of(sections: Sequence[Section], passages: Sequence[Passage], text: str) -> str:
    """The line near the top that names the subject, else the first line."""
    lines = _first_lines(sections, passages, text)
    for line in lines:
        match = _NAMED.match(line)
        if match is not None:
            return match["title"]
    headings = {s.title for s in sections[1:]}
    named = [x for x in lines if x in headings and x.lower() not in _SECTION]
    about = [x for x in named if not _AGENCY.search(x) and not _NUMBER.fullmatch(x)]
    about = [x for x in about if not _PLACE.fullmatch(x)] or about
    return (about or named or lines or [""])[0]


def _first_lines(sections: Sequence[Section], passages: Sequence[Passage], text: str) -> list[str]:
    """Headings and short passages up to the first paragraph of prose, at most a dozen."""
    found = [(s.spans[0][0], s.title) for s in sections[1:13] if s.spans]
    prose = len(text)
    for passage in passages[:13]:
        line = " ".join(" ".join(text[a : min(b, a + 400)] for a, b in passage.spans).split())
        if len(line) > 100 or stopped(line):
            prose = min(prose, passage.spans[0][0])
        found.append((passage.spans[0][0], line[:120]))
    return [line for start, line in sorted(found) if start <= prose][:12]

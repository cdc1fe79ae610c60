"""Headings that forbid what is listed under them: "Prohibited Conduct", "What peer supporters do not do".

The items of such a list are fragments ("Tell a supervisor what was said"): read alone, each would say the opposite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from policylint.language.cues import CLAUSE_SUBJECTS
from policylint.language.words import Token

_BAN = re.compile(
    r"""\b(?:(?:do|does|shall|must|may|should|will|can)(?:\s+not|n?[’']t)|cannot|never|avoid)
            (?:\s+(?:do|be\s+done|engage\s+in|take\s+part\s+in))?\W*$
      | ^\W*(?:strictly\s+)?(?:prohibited|forbidden|unacceptable|impermissible|improper)
            (?:\s+(?:conduct|acts?|actions?|behaviou?rs?|activit\w+|practices?|relationships?))?\W*$
      | ^\W*(?:prohibitions?|do\s+nots|don[’']?ts)\b(?!.*\b(?:and|or)\b)""",
    re.IGNORECASE | re.VERBOSE,
)
_OF_PERSONS = re.compile(r"^\W*(?:who|whom|those|persons|people|employees\s+who)\b", re.IGNORECASE)
_OPENING = 6
"""Words of an item in which one of the next makes it a sentence of its own."""
_TELLING = frozenset("shall must will should may can do does never no not nobody nothing none is are".split())


def bans(title: str) -> bool:
    """Whether a heading forbids what is listed under it. "Who may not serve" tells of persons."""
    return _BAN.search(title) is not None and _OF_PERSONS.match(title) is None


def is_fragment(tokens: Sequence[Token]) -> bool:
    """Whether an item says what is done and not who does it, nor whether it is to be done."""
    if not tokens or tokens[0].lower in CLAUSE_SUBJECTS:
        return False
    return _TELLING.isdisjoint(t.lower for t in tokens[:_OPENING])

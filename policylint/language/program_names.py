"""The name of a program: what the first headings ask for ("What is Tailboard Talk?") and the running text takes up as a name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from policylint.language.words import phrase_key

_ASKED = re.compile(
    r"^.*\d.*?:\s*|^\W*(?:what|who|how|why)\s+(?:(?:we|you|is|are|do|does|can|runs|have|need|use|it)\s+)+|^(?:the|about)\s+",
    re.IGNORECASE,
)
"""How a heading asks for what a section tells, or numbers it."""
_LONGEST = 3
"""Most words of a name."""
_TWICE, _OFTEN = 2, 4
"""Times a name of several words, and one of a single word, must be used as a name."""
_VERBS = (
    "comes|belongs|adds|serves|works|exists|began|started|operates|is|are|was|does|has|gives|offers|stands|makes|provides|"
    "helps|runs|will|shall|cannot|can|may|never"
)
_BEFORE = "have|use|run|running|join|joining|on|call|of|to|in|through|from|by|with|about|under|for|calls|using|and"


def program_name(titles: Sequence[str], text: str, taken: Callable[[tuple[str, ...]], bool]) -> tuple[str, ...] | None:
    """The keys of a program's name, or None; `titles` are the first headings, `taken` tells which phrases mean something else.

    A single word is a name only where it is nearly always written like one.
    """
    for title in titles:
        name = _ASKED.sub("", title).strip(" ?.:“”\"'")
        words = name.split()
        if not 0 < len(words) <= _LONGEST or not (words[0][0].isupper() and words[-1][0].isupper()):
            continue
        phrase = phrase_key(name)
        single = len(words) == 1
        plain = len(re.findall(rf"\b{re.escape(name.lower())}\b", text)) if single else 0
        if phrase and not taken(phrase) and _uses(name, text) >= (_OFTEN + plain if single else _TWICE):
            return phrase
    return None


def _uses(name: str, text: str) -> int:
    """How often a text speaks of something by its name: before a verb, or behind a preposition."""
    words = r"\s+".join(map(re.escape, name.title().split() if name.isupper() else name.split()))
    found = re.compile(rf"\b(?:{_BEFORE})\s+(?:the\s+)?{words}\b|\b{words}\s+(?:{_VERBS})\b")
    return len(found.findall(text))

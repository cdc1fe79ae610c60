"""The name of the agency itself: "the Harlan Springs Police Department", or "HSPD" for short.

What a policy says of "the Department" it says as well of the agency by its name, and a form letter of a policy has the name
filled in wherever the next agency has "the Department".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from policylint.language.words import Token, key

_FIRST = r"(?!(?:The|This|That|All|Any|Each|Every|Our|Your|Its|An?|No|In|At|By|For|Of|To|When|If|As|On|With)\b)[A-Z][\w.’'-]*"
_BODY = (
    r"(?:Police (?:Department|Bureau|Division|Service|Authority)|Sheriff[’']?s?[’']? (?:Office|Department)"
    r"|Fire (?:Protection District|District|Department|Authority|Rescue)|Fire (?:and|&) Rescue|(?:Highway|State) Patrol"
    r"|Department of (?:Corrections|Public Safety|Police|Rehabilitation)|Public Safety Department"
    r"|(?:Emergency |Public Safety |Regional |911 |9-1-1 )*(?:Communications?|Dispatch|911|9-1-1) (?:Center|District|Authority))"
)
_NAME = re.compile(rf"\b{_FIRST}(?: (?:of |& )?[A-Z][\w.’'-]*){{0,4}}? {_BODY}(?![\w-])")


def agency_names(text: str) -> list[str]:
    """The names by which a text calls police, fire and other such agencies, and the initials that it uses for them; each once."""
    names = list(dict.fromkeys(found[0] for found in _NAME.finditer(" ".join(text.split()))))
    initials = ("".join(word[0] for word in re.split(r"[ -]+", name) if word[0].isupper()) for name in names)
    used = set(re.findall(r"\b[A-Z]{3,6}\b", text))
    return [*names, *dict.fromkeys(short for short in initials if short in used)]


_NOUNS = frozenset(
    "center centre district bureau authority office service patrol commission college university airport".split()
)
"""What an agency may call itself where others say "the Department"."""
_OTHER_NOUN = re.compile(r"\b(?:the|this|our|The|This|Our) (?:Department|Agency)\b")
_BEFORE = frozenset("the this our".split())
DEPARTMENT = key("department")


def own_nouns(text: str, words: Sequence[Token]) -> Iterator[int]:
    """Where the noun stands by which a text calls its agency, "the Center" or "Center policies"; no word where it says "the Department".

    It is written like a name, and is no part of a longer one ("the Records Bureau", "District Commander", "the Office of Wellness").
    """
    if _OTHER_NOUN.search(text):
        return
    places = [at for at, word in enumerate(words) if word.lower in _NOUNS and _is_name(text, words, at)]
    called = Counter(words[at].lower for at in places if at and words[at - 1].lower in _BEFORE)
    if called:
        noun = max(called, key=lambda word: (called[word], word))
        yield from (at for at in places if words[at].lower == noun)


def _is_name(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether a word begins with a capital and is no part of a longer name."""
    after = words[at + 1].lower if at + 1 < len(words) else ""
    if not _capital(text, words, at) or after == "of" or _capital(text, words, at + 1):
        return False
    return not _capital(text, words, at - 1) or words[at - 1].lower in _BEFORE


def _capital(text: str, words: Sequence[Token], at: int) -> bool:
    """Whether there is such a word, and it begins with a capital; what stands between passages is no word."""
    return 0 <= at < len(words) and words[at].lower[0].isalpha() and text[words[at].start].isupper()

"""The name of the agency that a policy is of: from its headings and running headers, its text, or the name of its file."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from policylint.body import DocumentView

_KINDS = (
    r"Police\s+(?:Department|Dept\.?|Bureau|Service|Division)",
    r"Department\s+of\s+(?:Police|Corrections|Public\s+Safety)",
    r"Sheriff[’']?s?[’']?\s+(?:Office|Department|Dept\.?)",
    r"Fire\s*(?:&|and|-|/)?\s*(?:Rescue|EMS|Medical)?\s*(?:Department|Dept\.?|District|Authority|Bureau|Protection\s+District)",
    r"Fire\s*(?:(?:&|and|-|/)\s*)?Rescue",
    r"Regional\s+Fire\s+Authority",
    r"Emergency\s+(?:Medical\s+Services|Communications(?:\s+(?:Center|Department))?)",
    r"(?:Ambulance|EMS)(?:\s+(?:Service|District|Authority|Agency|Department))?",
    r"(?:911|9-1-1)(?:\s+(?:Center|Communications|Dispatch))?",
    r"(?:Communications|Dispatch)\s+(?:Center|Authority)",
    r"State\s+(?:Police|Patrol|Troopers)|Highway\s+Patrol",
    r"Corrections\s+(?:Department|Center|Bureau)|Detention\s+Center|(?:Public\s+Safety|Marshal[’']?s?)\s+(?:Department|Office)",
)
_PROPER = r"(?:[A-Z][\w’'-]*(?!\.)|[A-Z][a-z]{0,2}\.)"
_WORD = rf"(?:{_PROPER}|&|of|the)"
_PHRASE = re.compile(
    rf"\b(?P<proper>{_PROPER}(?:[ \t]+{_WORD}){{0,5}})[ \t]+(?P<kind>(?i:{'|'.join(_KINDS)}))(?P<number>[ \t]+(?:No\.?[ \t]*|#)?\d{{1,3}}\b)?"
)
"""Proper words, then what kind of agency it is: "City of Springfield Police Department", "Clark County Fire District 6"."""

_NOT_PROPER = frozenset(
    "the this that these each every any all our your a an no policy procedure subject title manual purpose scope general order "
    "directive chapter section page in of for by to at from with and or if when while member members employee employees "
    "effective issued revised approved chief state standard operating guideline sop sog".split()
)
_COMMON = _NOT_PROPER | frozenset(
    "city town village county borough parish township district regional region metropolitan metro state department office "
    "police sheriff sheriffs fire rescue ems service services public safety & north south east west".split()
)
_NOISE = re.compile(
    r"(?i)\b(?:peer|support|team|program|policy|policies|procedure|manual|final|draft|rev(?:ised|ision)?|v\d+|copy|signed|"
    r"submission|\d{1,4}|version|sop|general|order)\b"
)
_TOP = 3000
"""Characters from the beginning that say most of whose policy it is."""


def agency_of(body: DocumentView | None, title: str, key: str) -> str:
    """The name of the agency whose policy was read; of the file where the document names none."""
    if body is not None:
        for texts in ((title, *_prominent(body)), (body.text,)):
            found = Counter(name for text in texts for name in agencies_in(text))
            if found:
                return found.most_common(1)[0][0]  # of equals, the one that was met first
    return of_file(key)


def of_file(key: str) -> str:
    """What the name of a file says of its agency: without numbers, dates and words such as "policy"."""
    stem = PurePosixPath(key.partition("?")[0]).stem
    words = re.sub(r"[\W_]+", " ", stem)
    left = " ".join(_NOISE.sub(" ", words).split())
    return left if re.search(r"[^\W\d_]{2}", left) else stem or key


def agencies_in(text: str) -> Iterator[str]:
    """The names of agencies in a text, in order, each as often as it stands there."""
    for match in _PHRASE.finditer(text):
        proper = match["proper"].split()
        while proper and proper[0].casefold().strip(".") in _NOT_PROPER:
            del proper[0]
        if proper and any(word.casefold() not in _COMMON for word in proper):
            name = " ".join([*proper, *(match["kind"] + (match["number"] or "")).split()])
            yield _capitals(name) if name.isupper() else name


def telling_words(text: str, agency: str) -> frozenset[str]:
    """The words (in small letters) that tell one agency from another in a text: of all names in it, and their initials."""
    names = {agency, *agencies_in(text)}
    words = {word.strip("’'.,").casefold() for name in names for word in name.split()}
    initials = {"".join(w[0] for w in name.split() if w[0].isupper()).casefold() for name in names if name}
    return frozenset(word for word in words | initials if word not in _COMMON and len(word) > 1)


def _prominent(body: DocumentView) -> Iterable[str]:
    """Headings, what stands on every page, and the beginning."""
    yield body.text[:_TOP]
    for part in body.parts:
        if part.kind == "heading":
            yield " ".join(body.text[a:b] for a, b in part.spans)
    for why, spans in body.left_out:
        if "header" in why or "footer" in why:
            yield " ".join(body.text[a:b] for a, b in spans[:1])


def _capitals(name: str) -> str:
    small = ("of", "the", "and")
    return " ".join(w.lower() if w.lower() in small else w[:1] + w[1:].lower() for w in name.split())

"""The name of the agency itself: "the Harlan Springs Police Department", or "HSPD" for short.

What a policy says of "the Department" it says as well of the agency by its name, and a form letter of a policy has the name
filled in wherever the next agency has "the Department".
"""

from __future__ import annotations

import re

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

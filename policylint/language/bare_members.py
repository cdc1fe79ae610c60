"""Whom a document calls "members" without saying of what.

In many departments every employee is a member, in many policies a member of the team is. Where "team members" are named, too,
what is said around the bare word tells which: one talks to a member, a member listens and keeps quiet; or a member is in crisis,
and is helped.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from policylint.language.term_words import EMPLOYEES
from policylint.language.words import Token, keys_of

_MEMBER = "member"
_EMPLOYEES = EMPLOYEES - {"every"}
_ARTICLES = frozenset("a an the any each every no our other".split())
_TEAMS = keys_of("team program group cadre network circle panel roster squad corps")
_OTHER_BODIES = keys_of(
    "family household committee board council union guild public community panel audience commission staff bargaining "
    "association class jury"
)
"""Before "member", or in "member of the ...", they tell of members of something else, which is no sign."""
_REACHED = keys_of("talk speak call contact text phone approach tell ask confide reach page request choose pick")
_GIVES = keys_of(
    "listen keep hold refer disclose repeat divulge reveal explain accompany visit respond consult attend complete withdraw "
    "resign forfeit decline take carry share therapist counselor clinician"
)
_HELD = keys_of("select remove train appoint recommend drop release reinstate certify relieve")
_HELPED = keys_of("help assist support comfort serve reach aid encourage")
_IN_TROUBLE = keys_of(
    "crisis distress need suffer struggle experience seek receive involve affect injure request use grieve exposed hurt "
    "benefit wish want"
)
_AHEAD, _BEHIND = 3, 6
_LEAST = 2
_CLEARLY = 4
"""How many times more often members must be said to give than to get."""


def members_give_support(words: Sequence[Token], known: Callable[[tuple[str, ...]], bool]) -> bool:
    """Whether the bare "members" of a document are those who give peer support.

    Args:
        known: whether a phrase means those who give support.
    """
    keys = [w.key for w in words]
    named = give = get = 0
    for at, key in enumerate(keys):
        if key != _MEMBER:
            continue
        before = keys[at - 1] if at else ""
        if before in _EMPLOYEES:
            return False
        if before in _TEAMS or known((before, key)):
            named += 1
        elif before not in _OTHER_BODIES:
            sign = _sign(keys, at)
            give, get = give + (sign > 0), get + (sign < 0)
    return named >= _LEAST and give >= max(_LEAST, _CLEARLY * get)


def _sign(keys: Sequence[str], at: int) -> int:
    """1 when what stands around the word is said of one who gives support, -1 when it is said of one who gets it, else 0."""
    ahead, behind = keys[max(0, at - _AHEAD) : at], keys[at + 1 : at + 1 + _BEHIND]
    if behind[:1] == ["of"]:
        return 0 if not _TEAMS.isdisjoint(behind) or not _OTHER_BODIES.isdisjoint(behind) else -1
    last = [k for k in ahead if k not in _ARTICLES][-1:]
    if not _HELPED.isdisjoint(last) or not _IN_TROUBLE.isdisjoint(behind[:3]):
        return -1
    return int(not _REACHED.isdisjoint(ahead) or not _HELD.isdisjoint(ahead) or not _GIVES.isdisjoint(behind))

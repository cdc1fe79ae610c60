"""Beginnings that frame a rule and say nothing of their own: "The Sheriff directs that ...", "It is the policy of the office that ..."."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.language.cues import BE_FORMS
from policylint.language.words import Token, keys_of

_FRAMING = keys_of(
    "direct provide recognize recognise acknowledge state declare note stress emphasize affirm specify stipulate mandate "
    "order hold confirm establish"
)
"""What an agency does with a "that" to say what is the rule, and nothing else."""
_FRAMED = keys_of("remind understand agree")
"""The same where it is done to people: "Members are reminded that", "it is understood that"."""
_RULING = frozenset(
    "policy order directive guideline guidelines manual procedure procedures section chapter law statute agency department "
    "office district city county board commission council chief sheriff director executive commissioner marshal warden "
    "administration management leadership we it".split()
)
"""Who makes rules, or what holds them; a peer supporter who "states that" something holds tells it somebody."""
_RULE = frozenset("policy rule practice position".split())
_MARK_WELL = frozenset(tuple(words.split()) for words in ("note", "remember", "be advised", "be aware", "keep in mind"))
"""How a reader is told to mark what follows, maybe behind a "please"."""
_MINDED = frozenset("note noted remember remembered understood emphasized stressed recognized noticed mind".split())
"""Last words of "it must be remembered", "it is important to note"."""
_FRAME = 9
"""Most words of such a beginning, subject and verb."""
_OPINIONS = frozenset(
    "policy rule practice position intent intention expected understood agreed recognized recognised important essential "
    "vital imperative critical".split()
)
_EMPTY_IT = 14
"""Most words of a beginning with an "it" that stands for what follows."""


def frames_a_rule(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether tokens [start, at] end with a "that" and only say that what follows is the rule."""
    if tokens[at].lower != "that" or not 1 <= at - start <= _FRAME or at + 1 >= len(tokens):
        return False
    opening = tuple(t.lower for t in tokens[start:at])
    if opening[opening[0] == "please" :] in _MARK_WELL or (opening[0] == "it" and opening[-1] in _MINDED):
        return True
    if len(opening) == 1:
        return False
    before, verb = tokens[at - 2].lower, tokens[at - 1].key
    if before in BE_FORMS:
        return verb in _FRAMED or verb in _FRAMING
    if verb in _FRAMING:
        return before in _RULING
    return opening[:2] == ("it", "is") and not _RULE.isdisjoint(opening[2:5])


def empty_beginning(words: Sequence[str]) -> int:
    """Words of "It is the policy of the office that" and the like, of which the "it" stands for what follows; 0 without such."""
    if words[:2] != ["it", "is"] or _OPINIONS.isdisjoint(words[2:5]):
        return 0
    return next((at for at in range(3, min(len(words), _EMPTY_IT)) if words[at] in ("that", "to")), 0)

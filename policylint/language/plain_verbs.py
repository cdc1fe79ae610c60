"""Verbs without a modal behind a comma and "and": "..., and the psychologist takes calls" begins a clause of its own."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.language.cues import COORDINATORS, FINITE, PREPOSITIONS
from policylint.language.words import Token

_BARE = frozenset(
    "accept appoint ask assist attend become begin belong bring choose complete confer consider consult continue decide "
    "determine explain follow get give go have hear hold identify inform keep know learn maintain make meet notify obtain "
    "oversee participate pay prepare provide receive refer remain retain seek select send serve sit speak stay submit "
    "supervise take teach tell think understand volunteer write bear arrange decline handle let lose refuse rely "
    "recommend require respond agree apply act carry come develop ensure establish evaluate find grant join listen "
    "manage offer promote protect publish recruit remember respect see share wait want".split()
)
"""Verbs as they stand behind a noun of more; none of them is a common noun as well."""
_MODAL_ONLY = frozenset(
    "add adopt allow allocate approve avoid build check compile create disclose discuss draw encourage ensure invite let limit name "
    "put raise remind schedule set solicit spend strive train try update use work".split()
)
"""Verbs that may be nouns, or seen as such, elsewhere: behind "should" at the start no subject is one of them."""
_ES = ("ch", "sh", "s", "x", "z", "o")
_OBJECTS = frozenset(
    "the a an his her their its our your any each all every no it them him this these those what whom whoever".split()
)
"""Words that stand right behind a verb, and hardly behind a noun."""
_OBJECT_SURELY = _OBJECTS - {"any", "each", "all", "every", "no", "what", "whom", "whoever"}
"""Those of them that stand behind a noun of more least of all: not "deputies all agree"."""
_PARTICLES = ("up", "out", "off")
_SUBJECT = 6
"""Most words of a subject before a plain verb."""
_DETERMINERS = frozenset(
    "the a an all any each every no these those its their his her our your such one both either neither this that what".split()
)
"""Words that stand before a noun: no verb stands right behind them."""
COLLECTIVES = frozenset("personnel staff people men women".split())
"""Nouns of more that do not end in -s."""
_SEVERAL = COLLECTIVES | {"they", "we", "you"}
_NO_SUBJECT = PREPOSITIONS | COORDINATORS | FINITE | {"then", "also", "never", "not", "always", "so", "only", "to"}
"""Words with which no subject begins."""


def _of_one(verb: str) -> str:
    """The form of a verb behind a noun of one."""
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(_ES) else f"{verb}s"


_FOR_ONE = frozenset(map(_of_one, _BARE))


def is_plain_verb(word: str) -> bool:
    """Whether a word is a verb in the present, and nothing else."""
    return word in _BARE or word in _FOR_ONE


def _in_s(word: str) -> bool:
    """Whether a word ends as a noun of more or a verb for one does: "members", "keeps"."""
    return word.endswith("s") and not word.endswith("ss")


def verb_right_behind(tokens: Sequence[Token], modal: int) -> bool:
    """Whether a verb stands right behind a modal, and no subject: "Should name, once a year, ...", "Should keep a list"."""
    words = [t.lower for t in tokens[modal + 1 : modal + 3]]
    if len(words) < 2:
        return bool(words)
    verb, after = words
    if verb in _BARE or verb in _MODAL_ONLY or verb in ("be", "not", "also", "always"):
        return True
    if verb in _DETERMINERS or verb in _SEVERAL or verb in _NO_SUBJECT or verb.endswith(("body", "one", "ness", "he")):
        return False
    return not _in_s(verb) and (after in _OBJECTS or after == ",")  # "Should members ...": a noun of more


def verb_with_object(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb in the present, for a subject of one, has its object right behind it, or a particle: "Oversees the members", "Lines up help"."""
    if at + 1 >= len(tokens):
        return False
    verb = tokens[at].lower
    return (
        _in_s(verb)
        and verb not in _DETERMINERS
        and (tokens[at + 1].lower in _OBJECT_SURELY or (tokens[at + 1].lower in _PARTICLES and at + 2 < len(tokens)))
    )


def plain_verb_follows(tokens: Sequence[Token], start: int) -> bool:
    """Whether tokens begin with a subject and a verb that no modal goes before: "the psychologist takes", "peers share".

    What the verb is told by: its form, which fits a noun of one or of more before it, and either the word itself or the
    object right behind it.
    """
    if start >= len(tokens) or tokens[start].lower in _NO_SUBJECT or tokens[start].lower.endswith("ly"):
        return False
    for at in range(start + 1, min(start + 1 + _SUBJECT, len(tokens) - 1)):
        lower, before, after = tokens[at].lower, tokens[at - 1].lower, tokens[at + 1].lower
        if not lower.isalpha() or lower in PREPOSITIONS or lower in COORDINATORS or lower in FINITE:
            return False
        if tokens[at - 1].possessive or before in _DETERMINERS:
            continue
        if lower in _DETERMINERS:
            return False  # "the services the team offers"
        several = before in _SEVERAL or _in_s(before)
        told = lower in _BARE if several else lower in _FOR_ONE
        fits = not lower.endswith("s") if several else lower.endswith("s")
        if told or (fits and after in _OBJECTS):
            return True
    return False

"""Names that a passage may use without telling what they mean: "a companion", "the mentors", "the Network".

A whole policy defines them, or shows by what it says of them whom it means. In a passage of a few sentences, read as a part of
a peer support policy, they are taken for its supporters and its program where nothing else is, and where nothing tells of another task: a mentor
of recruits, a companion on a journey.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from policylint.language.words import Token, key, keys_of

_TITLES = {
    "companion": "companions",
    "mentor": "mentors",
    "ally": "allies",
    "buddy": "buddies",
    "befriender": "befrienders",
}
"""Title -> its plural."""
_COMPOUND = frozenset(
    "officer deputy trooper firefighter medic dispatcher employee colleague coworker volunteer liaison partner".split()
)
"""Who is somebody's supporter with one of the next before it: "a support officer"."""
_KINDNESS = frozenset(("support", "care", "listening"))
_OTHER_SUPPORT = frozenset(
    "family victim witness technical tactical language logistics logistical air fire administrative patrol legal mission life "
    "field financial medical it command of and or".split()
)
"""Before "support officer" these tell of another task."""
_STATES = frozenset("shall must will should may can are is has have does do".split())
_BEFORE = frozenset(
    "a an the any each every no one another his her their its our your two three both all this that these those such some "
    "either which whose many more most several only fewer".split()
)
"""Words before a title that show it to be a noun."""
_KINDS = frozenset(
    "new newly chosen selected trained active available assigned on-call call duty same other different requested preferred "
    "certified current former fellow single first own responding able willing designated appointed named female "
    "male second back-up backup departing outgoing incoming prospective future would-be senior".split()
)
"""Words between the two that make of a supporter no other person."""
_VERB_AHEAD = frozenset(
    "to will shall may can should must could might not who that which and or he she it they we you".split()
)
_OBJECT = frozenset("the a an them him her each every all any one another new newer younger junior recruits".split())
_AFTER = keys_of(
    "program animal dog pet policy document order directive guide guideline form procedure manual ticket bill act volume "
    "care system agency force nation train piece handbook worksheet statute ride pass"
)
"""After a title, these make it something else: "mentor program", "companion document", "buddy system"."""
_ELSEWHERE = keys_of(
    "recruit probationary probationer trainee cadet explorer student youth teen intern juvenile child school rookie "
    "promotional career hire onboarding travel travelling journey passenger funeral dog canine animal pet spouse ride ridealong "
    "tutor victim inmate apprentice internship college university"
)
"""What a passage about other mentors and companions speaks of."""
_FIELD = ("field", "training"), ("field", "train")
_GROUPS = ("Network", "Corps", "Circle", "Alliance", "Initiative")
"""Names of a program that stand for it alone, written like a name."""


def usual_programs(text: str, words: Sequence[Token]) -> Iterator[tuple[str, ...]]:
    """The names of the program in a passage: "the Network", and no part of a longer name or a common noun."""
    last = len(words) - 1
    for group in _GROUPS:
        at = [i for i, word in enumerate(words) if text[word.start : word.start + len(group)] == group]
        named = any(i and words[i - 1].lower in ("the", "our") for i in at)
        if named and not any(
            _capital(text, words[max(i - 1, 0)]) or _capital(text, words[min(i + 1, last)]) for i in at
        ):
            yield (key(group.lower()),)


def _capital(text: str, word: Token) -> bool:
    """Whether a word is written as part of a name; an article that begins a sentence is not."""
    return text[word.start].isupper() and word.lower not in ("the", "our")


def usual_titles(words: Sequence[Token], sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[str, ...]]:
    """The titles among the words of a passage that can only be its supporters'; none where it speaks of other people."""
    keys = [w.key for w in words]
    if not _ELSEWHERE.isdisjoint(keys) or any(pair in _FIELD for pair in pairwise(keys)):
        return
    begins = {begin for begin, _ in sentences}
    for title, plural in _TITLES.items():
        places = [at for at, word in enumerate(words) if word.lower in (title, plural)]
        if any(_is_noun(words, at, plural=words[at].lower == plural, first=at in begins) for at in places) and not any(
            at + 1 < len(keys) and keys[at + 1] in _AFTER for at in places
        ):
            yield (key(title),)
    yield from _compounds(words, begins)


def _compounds(words: Sequence[Token], begins: Collection[int]) -> Iterator[tuple[str, ...]]:
    """The titles of two words: "a support officer", "care partners shall"; not where one is to "support officers who ask"."""
    known: set[tuple[str, ...]] = set()
    for at, (first, second) in enumerate(pairwise(words)):
        if first.lower not in _KINDNESS or second.key not in _COMPOUND:
            continue
        behind = words[at + 2].lower if at + 2 < len(words) else ""
        before = words[at - 1].lower if at and at not in begins else ""
        if before in _BEFORE or before in _KINDS or (not before and behind in _STATES):
            known.add((first.key, second.key))
        elif before in _OTHER_SUPPORT:
            return
    yield from sorted(known)


def _is_noun(words: Sequence[Token], at: int, *, plural: bool, first: bool) -> bool:
    """Whether a word is a person's title where it stands, and no verb ("to mentor the members")."""
    ahead = at - 1
    while ahead >= 0 and words[ahead].lower in _KINDS:
        ahead -= 1
    before = words[ahead].lower if ahead >= 0 and not first else ""
    if before in _BEFORE:
        return True
    if not plural:
        return before == "as"
    behind = words[at + 1].lower if at + 1 < len(words) else ""
    return before not in _VERB_AHEAD or behind not in _OBJECT

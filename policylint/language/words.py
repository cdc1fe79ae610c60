"""Words: cutting a text into tokens with their offsets, and the key under which all inflections of a word meet.

Only inflection is undone (plural, tense, -ing), not derivation: "officer" and "office" must stay apart, so nouns that
belong to a verb ("referral" to "refer") are listed in the lexicon.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from typing import NamedTuple

TOKEN = re.compile(
    r"[Aa]nd/[Oo]r\b|(?<=\b[Hh]e)/(?=she\b)|(?<=\b[Hh]is)/(?=hers?\b)|(?<=\b[Hh]im)/(?=her\b)"
    r"|(?:\d\w*|[A-Za-z]\d*)(?:[.:]\d+)+|\w+(?:['’]\w+)?|[,;:.()?!—–]|…"
)
"""A word (hyphens, slashes and quotes separate words), a number with points ("4.2", "A.1"), or a mark that shapes the sentence.

"and/or" is one word, and the stroke of "he/she" another: both say "or".
"""

_IRREGULAR_FORMS = """
be: am is are was were been being
have: has had having
do: does did done doing
make: made
take: took taken
keep: kept
give: gave given
write: wrote written
tell: told
say: said
hold: held
seek: sought
choose: chose chosen
lead: led
know: knew known
run: ran
speak: spoke spoken
break: broke broken
bring: brought
teach: taught
draw: drew drawn
bear: bore borne
find: found
begin: began begun
come: came
become: became
go: goes went gone going
leave: left
lose: lost
meet: met
see: saw seen seeing
hear: heard
stand: stood
send: sent
think: thought
feel: felt
build: built
understand: understood
withdraw: withdrew withdrawn
fall: fell fallen
lie: lying
pay: paid
sit: sat sitting
get: got gotten getting
let: letting
put: putting
set: setting
child: children
spouse: spouses
man: men
woman: women
life: lives
crisis: crises
himself: themselves themself herself oneself itself yourself
use: used using uses
die: died dying
counselor: counsellor counsellors
program: programme programmes
organization: organisation organisations
behavior: behaviour
adviser: advisor advisors advisers
judgment: judgement
coworker: coworkers
healthcare: healthcare
self: selves
wife: wives
debrief: debriefs debriefed
log: logged logging
compel: compelled compelling
expel: expelled expelling
control: controlled controlling
patrol: patrolled patrolling
cancel: cancelled cancelling canceled canceling
counsel: counseled counselled counseling counselling
excel: excelled
propel: propelled
enroll: enrolled enrolling enrol
foresee: foreseen foresaw foreseeing
flee: fled fleeing
tie: tied tying ties
age: aged aging ageing
free: freed freeing
vie: vied vying
agree: agreed agreeing
disagree: disagreed disagreeing
guarantee: guaranteed guaranteeing
oversee: oversaw overseen overseeing
undergo: underwent undergone undergoing
withhold: withheld
uphold: upheld
undertake: undertook undertaken
arise: arose arisen
drive: drove driven
deal: dealt
forget: forgot forgotten
spend: spent
show: shown
mean: meant
override: overrode overridden
prove: proven
buy: bought
catch: caught
wear: wore worn
"""
_KEEP = frozenset(
    "during evening nothing anything something everything willing being king thing string ring sing spring wing ceiling "
    "his this its is was as us has does yes plus thus status campus bus focus consensus basis emphasis analysis aids "
    "news perhaps always across unless process stress address access business press harass distress less class pass "
    "need indeed feed seed exceed proceed speed bed red shed hundred sacred bleed led embed wed greed deed".split()
)
_VOWEL = re.compile(r"[aeiouy]")
_CVC = re.compile(r"[^aeiou][aeiou][^aeiouwxy]$")


def _strip(word: str) -> str:
    """The word without a plural, past or -ing ending."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        singular = word[:-1]
        return _strip(singular) if singular.endswith("ing") and singular not in _KEEP else singular
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ed", "ing"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and not word.endswith("eed") and len(stem) >= 3 and _VOWEL.search(stem):
            if stem[-1] == stem[-2] and stem[-1] not in "lszf":
                return stem[:-1]
            return stem + "e" if len(stem) == 3 and _CVC.match(stem) else stem
    return word


def _regular(word: str) -> str:
    if word in _KEEP or len(word) <= 3:
        return word
    stem = _strip(word)
    return stem[:-1] if len(stem) >= 5 and stem.endswith("e") else stem


_IRREGULAR = {
    form: _regular(base)
    for line in _IRREGULAR_FORMS.strip().splitlines()
    for base, forms in [line.split(": ")]
    for form in forms.split()
}


@lru_cache(maxsize=65536)
def key(word: str) -> str:
    """Give the key under which the inflections of a lower-case word meet, the same for "keeps" and "kept"."""
    return _IRREGULAR.get(word) or _regular(word)


_APOSTROPHES = frozenset(("'", "’"))


class Token(NamedTuple):
    """A word or mark: its key, its lower-case form, where it stands, and whether it is possessive ("member's")."""

    key: str
    lower: str
    start: int
    end: int
    possessive: bool = False


_token = partial(tuple.__new__, Token)
"""A Token from a tuple, twice as fast as by name: a document has thousands."""


@lru_cache(maxsize=65536)
def _word(raw: str) -> tuple[str, str, int, bool]:
    """What a word as written comes to: key, lower-case form, characters cut off its end, possessive."""
    if "/" in raw:
        return "or", "or", 0, False
    if len(raw) > 2 and raw[-1] == "s" and raw[:-1].isupper() and raw[:-1].isalpha():
        raw = raw[:-1]  # the plural of an acronym: "PSPs"
        return key(raw.lower()), raw.lower(), 0, False
    word = raw.lower().replace("’", "'")
    if word.endswith("'s") and word not in ("it's", "let's"):
        return key(word[:-2]), word[:-2], 2, True
    return key(word), word, 0, False


_LONGEST_PIECE = 60
"""Characters without a blank of which the tokens are remembered; a longer run is no word, and there is no end of them."""


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of text[start:end], with offsets into text."""
    stop = len(text) if end is None else end
    if text[stop : stop + 1] in _APOSTROPHES or (start and text[start - 1] in "(="):
        return list(_found(text, start, stop))  # what stands around tells of the last word and the first
    out: list[Token] = []
    at = start
    for piece in text[start:stop].replace("\n", " ").split(" "):
        found = _tokens_of(piece) if len(piece) < _LONGEST_PIECE else _found(piece)
        for word, lower, begin, behind, possessive in found:
            out.append(_token((word, lower, at + begin, at + behind, possessive)))
        at += len(piece) + 1
    return out


@lru_cache(maxsize=65536)
def _tokens_of(piece: str) -> tuple[tuple[str, str, int, int, bool], ...]:
    """The tokens of what stands between two blanks: mostly one word, maybe with a mark, and seldom a new one.

    As plain tuples, which are taken apart much faster.
    """
    return tuple((t.key, t.lower, t.start, t.end, t.possessive) for t in _found(piece))


def _found(text: str, start: int = 0, end: int | None = None) -> Iterator[Token]:
    for found in TOKEN.finditer(text, start, len(text) if end is None else end):
        stem, word, cut, possessive = _word(found[0])
        a, b = found.span()
        if word.endswith("n't") and len(word) > 3:
            yield from _denied(word, a, b)
            continue
        if word[-1] == "s":
            if word == "s" and text[a - 1 : a] in ("(", "="):
                continue
            if text[b : b + 1] in _APOSTROPHES:
                possessive = True
        yield _token((stem, word, a, b - cut, possessive))


_SHORTENED = {"wo": "will", "sha": "shall"}


def _denied(word: str, start: int, end: int) -> Iterator[Token]:
    """The two words of "isn't": a policy that talks says the same as one that writes "is not"."""
    verb = word[:-3]
    if verb == "ca":
        yield _token(("cannot", "cannot", start, end, False))
        return
    verb = _SHORTENED.get(verb, verb)
    yield _token((key(verb), verb, start, end - 3, False))
    yield _token(("not", "not", end - 3, end, False))


@lru_cache(maxsize=16384)
def phrase_key(phrase: str) -> tuple[str, ...]:
    """The keys of a phrase of the lexicon, marks left out."""
    if phrase.isascii() and phrase.replace(" ", "").isalpha():
        # nearly all of the phrases are plain words: no need for the tokenizer
        return tuple(map(key, phrase.lower().split()))
    return tuple(t.key for t in tokens(phrase) if t.lower[0].isalnum())


def keys_of(words: str) -> frozenset[str]:
    """The keys of some words, given in one string."""
    return frozenset(map(key, words.split()))

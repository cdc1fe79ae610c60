"""Words and sentences: the one place that imports spaCy.

A spaCy Doc of our own tokens and sentence starts. The Doc holds the keys of the document's words, passage by
passage, so that phrases match in any inflection; offsets into the canonical text are kept beside it, because words broken over
lines and page furniture make the words of a passage anything but contiguous.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from spacy.lang.en.tokenizer_exceptions import TOKENIZER_EXCEPTIONS
from spacy.tokens import Doc
from spacy.vocab import Vocab

from policylint.document import Document, Span
from policylint.language.padding import has_padding, without_padding
from policylint.language.words import Token, key, tokens

BREAK = "¶"
"""Stands between passages, so that no phrase reaches from one into the next."""

_ABBREVIATIONS = frozenset(e[:-1].lower() for e in TOKENIZER_EXCEPTIONS if e.endswith(".") and e[0].isalpha()) | {
    "e.g", "i.e", "g", "e", "etc", "no", "sec", "ann", "art", "vs", "cf", "dept", "sgt", "lt", "capt", "para", "pub", "ch",
}  # fmt: skip
_STOPS = frozenset(".?!")
_MARK = re.compile(r"[qa][0-9]{1,2}")
"""What numbers the questions and answers of a list: "Q1. May I ...? A1. Yes."."""
_NO_ABBREVIATION = frozenset("am pm a.m p.m etc no co".split())


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a document: one list of tokens, their keys, and which of them belong to each run (passage or heading)."""

    tokens: tuple[Token, ...]
    keys: list[str]
    runs: tuple[tuple[int, int], ...]


def words_of(document: Document, runs: Sequence[tuple[Span, ...]]) -> Words:
    """Cut runs of spans of the canonical text into tokens; a word broken over two spans is one token."""
    out: list[Token] = []
    ranges: list[tuple[int, int]] = []
    padded = has_padding(document.text)
    for spans in runs:
        begin = len(out)
        for a, b in spans:
            fresh = tokens(document.text, a, b)
            if fresh and len(out) > begin and _broken(document.text, out[-1], fresh[0]):
                out[-1] = _joined(out[-1], fresh.pop(0))
            out.extend(fresh)
        if padded:
            out[begin:] = without_padding(out[begin:])
        ranges.append((begin, len(out)))
        out.append(Token(BREAK, BREAK, out[-1].end if out else 0, out[-1].end if out else 0))
    return Words(tuple(out), [t.key for t in out], tuple(ranges))


def _broken(text: str, left: Token, right: Token) -> bool:
    """A line that ends in a hyphen right after a word, and a next one that goes on in small letters."""
    between = text[left.end : right.start]
    return "\n" in between and between.lstrip("")[:1] in ("-", "\u00ad", "‐") and text[right.start].islower()


def _joined(left: Token, right: Token) -> Token:
    word = left.lower + right.lower
    return Token(key(word), word, left.start, right.end, right.possessive)


@cache
def _vocabulary() -> Vocab:
    """What a Doc needs, made once a process; setting up the English pipeline and its tokenizer takes longer than all the rules."""
    return Vocab()


LONGEST = 400
"""Most tokens in a statement. A longer sentence (a list without full stops, a broken file) is cut, so that no text takes more than linear time."""


_LETTERED = frozenset(
    "paragraph section subsection part item exhibit appendix form clause schedule attachment annex table option step".split()
)
"""Before a letter, they tell that it is a number and no initial: "as given in paragraph C. The peer ..."."""


def sentences(document: Document, words: Words) -> list[list[tuple[int, int]]]:
    """For each run, its sentences as token ranges."""
    if not words.tokens:
        return [[] for _ in words.runs]
    starts: list[int] = []
    text, all_tokens = document.text, words.tokens
    stops = [at for at, key in enumerate(words.keys) if key in _STOPS]
    for begin, end in words.runs:
        low, high = bisect_left(stops, begin), bisect_left(stops, end - 1)
        ends = [at + 1 for at in stops[low:high] if _ends_sentence(text, all_tokens, begin, at)]
        last = begin
        for at in [begin, *ends, end]:
            starts += [*range(last + LONGEST, at, LONGEST), at]  # at last the break behind the run
            last = at
    doc = Doc(_vocabulary(), words=words.keys)
    marks: Any = doc.to_array("SENT_START")
    marks[starts] = 1
    doc.from_array(["SENT_START"], marks)  # an array of them takes the Doc a third of the time of a list
    begins = doc.to_array("SENT_START").nonzero()[0].tolist()
    following = dict(pairwise([*begins, len(words.tokens)]))
    by_run: list[list[tuple[int, int]]] = []
    for begin, end in words.runs:
        mine, at = [], begin
        while at < end:
            mine.append((at, following[at]))
            at = following[at]
        by_run.append(mine)
    return by_run


def _footnoted(text: str, all_tokens: Sequence[Token], begin: int, at: int) -> bool:
    """Whether the number right behind a full stop is a footnote's: "... is confidential.1 Peer supporters ..."."""
    number, after = all_tokens[at + 1], all_tokens[at + 2] if at + 2 < len(all_tokens) else None
    if not number.lower.isdigit() or len(number.lower) > 2 or at <= begin or len(all_tokens[at - 1].lower) < 3:
        return False
    return after is None or after.lower == BREAK or text[after.start].isupper()


def _ends_sentence(text: str, all_tokens: Sequence[Token], begin: int, at: int) -> bool:
    """Whether a full stop, question mark or exclamation mark ends the sentence."""
    mark, following = all_tokens[at], all_tokens[at + 1]
    if following.lower in ",;:.)" or (following.start == mark.end and not _footnoted(text, all_tokens, begin, at)):
        return False
    before = all_tokens[at - 1].lower if at > begin else ""
    first = text[following.start]
    if _MARK.fullmatch(before) and (at - 1 == begin or all_tokens[at - 2].lower in _STOPS):
        return False
    numbers = at - 2 >= begin and len(before) == 1 and all_tokens[at - 2].lower in _LETTERED
    abbreviates = before in _ABBREVIATIONS and before not in _NO_ABBREVIATION
    if not numbers and (abbreviates or (len(before) == 1 and before.isalpha())):
        return False
    return not first.islower()

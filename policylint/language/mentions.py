"""What names peer support: in a title, in running text, and where in a long document."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from policylint.document import Document
from policylint.language.automaton import Occurrence
from policylint.language.concepts import ELSEWHERE, PROGRAM, SUPPORTER, ConceptFinder
from policylint.language.words import keys_of, tokens

ABOUT = (SUPPORTER, PROGRAM, "peer support")
"""Concepts whose mentions show that a document is about peer support."""

_COLLEAGUES = keys_of("peer colleague companion coworker worker crew officer member staff deputy firefighter")
_SUPPORT = keys_of("support assistance care help wellness resilience companion counseling")
"""Of the first, followed by one of the second: a title such as "Colleague Assistance"."""

_REVIEWS = keys_of("review evaluation assessment feedback mediation appraisal court jury")
"""After "peer", they tell that peers sit in judgment."""
_SERVED = keys_of("victim citizen public suspect patient student recruit juvenile offender")
_NEAR, _THIRD, _SOME = 12, 3, 3

_PEER = re.compile(r"\bpeer", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a document names peer support: indices of sections whose heading does, offsets of the mentions in its text."""

    headings: frozenset[int]
    places: tuple[int, ...]


def peers(
    keys: Sequence[str], found: Iterable[tuple[int, int, int]], mask: int, aliases: Collection[tuple[str, ...]] = ()
) -> set[int]:
    """Where concepts (a mask) are named in words that can mean nothing else: "peer ...", or one of the document's terms."""
    return {
        start
        for start, end, named in found
        if named & mask and ("peer" in keys[start:end] or tuple(keys[start:end]) in aliases)
    }


def titled(title: str, finder: ConceptFinder, aliases: Collection[tuple[str, ...]] = ()) -> bool:
    """Whether a title names peer support."""
    words = [t.key for t in tokens(title)]
    found = finder.find(words)
    colleagues = any(a in _COLLEAGUES and b in _SUPPORT for a, b in pairwise(words))
    if colleagues and any(a == b and a in _COLLEAGUES and to == "to" for a, to, b in _triples(words)):
        return True  # "Member-to-Member Assistance Program" is no employee assistance program
    other = finder.mask((*ELSEWHERE, "EAP"))
    if any(o.mask & other for o in found):
        return False
    return colleagues or bool(peers(words, found, finder.mask(ABOUT), aliases))


def _triples(words: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    return zip(words, words[1:], words[2:], strict=False)


def of_another_kind(keys: Sequence[str], supporters: Sequence[Occurrence]) -> bool:
    """Whether those taken for supporters are others: peers who review a colleague's work, or who serve the public."""
    after = [b for a, b in pairwise(keys) if a == "peer"]
    if sum(b in _REVIEWS for b in after) >= _SOME and not any(b in _SUPPORT for b in after):
        return True
    if _SERVED.isdisjoint(keys):
        return False
    served = sum(not _SERVED.isdisjoint(keys[max(0, o.start - _NEAR) : o.end + _NEAR]) for o in supporters)
    return served >= max(_SOME, len(supporters) // _THIRD)


def mentions(document: Document, finder: ConceptFinder) -> Mentions:
    """Where a document names peer support; cheap, so that a manual of a thousand pages can be searched.

    Only what stands in passages counts; terms that the document defines are not followed.
    """
    headings = frozenset(s.index for s in document.sections[1:] if titled(s.title, finder))
    spans = sorted((span, p.index) for p in document.passages for span in p.spans)
    starts = [span[0] for span, _ in spans]
    mask, places = finder.mask(ABOUT), list[int]()
    seen: set[int] = set()
    for match in _PEER.finditer(document.text):
        at = bisect_right(starts, match.start()) - 1
        if at < 0 or match.start() >= spans[at][0][1] or at in seen:
            continue
        seen.add(at)
        words = list(tokens(document.text, *spans[at][0]))
        keys = [word.key for word in words]
        places += sorted(words[start].start for start in peers(keys, finder.find(keys), mask))
    return Mentions(headings, tuple(places))

"""Sections about another program or another matter than peer support: what they say is not said of peer support.

A manual has chapters on chaplains, fitness and parking. A peer support policy has a section on the employee assistance program,
too; but what it says there is mostly how the two stand to each other, and its sections on budget or grievances are its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from policylint.document import Document
from policylint.language.automaton import Occurrence
from policylint.language.concepts import ELSEWHERE, OTHER_MATTER, OTHER_PROGRAM, PROGRAM, SUPPORTER, DocumentConcepts
from policylint.language.words import Token, keys_of

_RELATIONS = keys_of(
    "relation relationship referral refer coordination cooperation collaboration interface interaction link work partnership "
    "difference distinction compare comparison use integration"
)
"""In a heading that names another program, they tell that it is about how peer support stands to that."""

_MOST = 0.75
"""Of a document's passages: what a heading over so many names, the document is not about."""

_TAKING_UP = frozenset(("it", "this", "they", "these"))


def foreign_sections(
    document: Document, headings: Sequence[tuple[Sequence[str], int]], concepts: DocumentConcepts, *, own: bool
) -> list[bool]:
    """Which sections are about something else.

    Args:
        headings: of each section, its heading as word keys, and the concepts (a mask) named there.
        own: whether the document's title names peer support.
    """
    supporter, other = concepts.mask((SUPPORTER,)), concepts.mask(ELSEWHERE)
    matter = concepts.mask((OTHER_MATTER,))
    held, most = _passages_under(document), _MOST * len(document.passages)
    parents = {section.parent for section in document.sections}
    title = document.title.lower()
    foreign: list[bool] = []
    for section, (keys, mask) in zip(document.sections, headings, strict=True):
        # over everything, a heading tells an agency's name ("County Fire and EMS"), or is none
        over_all = held[section.index] >= most and section.index in parents
        stranger = bool(mask & other) and not mask & supporter and section.level > 0 and not over_all
        if own and stranger:
            stranger = not mask & matter and _RELATIONS.isdisjoint(keys)
        in_title = bool(section.title) and section.title.lower() in title
        inherited = section.parent is not None and foreign[section.parent]
        foreign.append((stranger and not in_title) or (inherited and not mask & supporter))
    return foreign


def _passages_under(document: Document) -> list[int]:
    """Of each section, how many passages stand in it and in the sections under it."""
    held = [0] * len(document.sections)
    for passage in document.passages:
        held[passage.section] += 1
    for section in reversed(document.sections):
        if section.parent is not None:
            held[section.parent] += held[section.index]
    return held


def speaks_of_own(first: Token, found: Sequence[Occurrence], begin: int, concepts: DocumentConcepts) -> bool:
    """Whether a sentence in the section of a peer support policy that is about another program is about peer support all the same.

    It names supporters; or the program, beside the other: "This program is in addition to the EAP", "It supplements the EAP".

    Args:
        first: its first word, the token at `begin`.
        found: the concepts of its tokens.
    """
    if any(o.mask & concepts.mask((SUPPORTER,)) for o in found):
        return True
    others = [o for o in found if o.mask & concepts.mask((OTHER_PROGRAM,))]
    if not others:
        return False
    if first.lower in _TAKING_UP and others[0].start > begin:
        return True
    program = concepts.mask((PROGRAM,))
    return any(o.mask & program and not any(a.start < o.end and o.start < a.end for a in others) for o in found)

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
    if own:
        other &= ~concepts.mask((OTHER_MATTER,))
    title = document.title.lower()
    over_all = _over_all(document)
    foreign: list[bool] = []
    for section, (keys, mask) in zip(document.sections, headings, strict=True):
        inherited = section.parent is not None and foreign[section.parent]
        names_another = bool(mask & other) and section.title.lower() not in title and section.index not in over_all
        related = own and not _RELATIONS.isdisjoint(keys)
        foreign.append(not mask & supporter and (inherited or (names_another and not related)))
    return foreign


def _over_all(document: Document) -> set[int]:
    """Sections with sections under them that hold most of a document: their headings name an agency ("County Fire and EMS")."""
    held = [0] * len(document.sections)
    for passage in document.passages:
        held[passage.section] += 1
    for section in reversed(document.sections):
        if section.parent is not None:
            held[section.parent] += held[section.index]
    parents = {section.parent for section in document.sections if section.parent is not None}
    return {parent for parent in parents if held[parent] >= _MOST * len(document.passages)}


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

"""Sections as understood: as what each speaks, what its heading names, and which are about something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from policylint.document import Document
from policylint.language.concepts import DocumentConcepts
from policylint.language.other_programs import foreign_sections
from policylint.language.voices import section_voices
from policylint.language.words import Token


@dataclass(frozen=True, slots=True)
class Sections:
    """What is known of a document's sections, by their indexes.

    Attributes:
        runs: the tokens of each heading: [begin, end).
        voices: as what each speaks (`Statement.voice`).
        masks: the concepts, as bits, that its heading names; persons and groups of the headings above it, too.
        foreign: whether it is about another program or another matter.
    """

    runs: Sequence[tuple[int, int]]
    voices: Sequence[str]
    masks: Sequence[int]
    foreign: Sequence[bool]


def sections_of(
    document: Document,
    tokens: Sequence[Token],
    runs: Sequence[tuple[int, int]],
    concepts: DocumentConcepts,
    *,
    titled: bool,
) -> Sections:
    """Understand the sections of a document; `titled`: its title names peer support."""
    masks: list[int] = []
    headings = []
    for section in document.sections:
        begin, end = runs[section.index]
        mask = concepts.within(begin, end)[2]
        above = masks[section.parent] if section.parent is not None else 0
        if section.title == document.title and len(document.sections) > 2:
            mask &= concepts.persons  # the title is about every sentence: it says nothing of any
        masks.append(mask | (above & concepts.persons if mask else above))
        headings.append(([t.key for t in tokens[begin:end]], mask))
    foreign = foreign_sections(document, headings, concepts, own=titled)
    return Sections(runs, section_voices(document), masks, foreign)

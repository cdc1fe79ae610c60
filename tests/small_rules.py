"""A small lexicon and rules made of a few patterns, for tests of the real reader and engine.

The lexicon is written here, so that a test of the engine does not move with the rules that ship.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from policylint.assess import assess
from policylint.language import Statement, analyse
from policylint.language.analysis import Analysis
from policylint.outline import build
from policylint.packs.lexicon import load_lexicon
from policylint.packs.models import Check, Concept, Library, Pack, Pattern, Requirement
from policylint.packs.patterns import parse_pattern
from policylint.packs.phrases import parse_phrase
from policylint.packs.vocabulary import Vocabulary
from policylint.readers import read_text
from policylint.report import Verdict

LEXICON = """\
concepts:
  peer supporter:
    kind: person
    implied: yes
    phrases:
      - "peer supporter"
      - "peer {support|wellness} {person|volunteer|specialist|associate|ally}"
      - "{peer support|peer} team member"
      - "team member"
      - supporter
    defined_by:
      - "{employee|member|officer|coworker|personnel} {trained|selected|appointed} {support|peer support|listen}"
      - "trained personnel"
  recipient: {kind: person, implied: yes, phrases: ["{employee|member|person|officer|colleague}"]}
  supervisor: {kind: person, phrases: ["{supervisor|sergeant|lieutenant|captain}"]}
  clinician:
    kind: person
    phrases: ["[licensed] {psychologist|therapist|counselor}", "mental health professional"]
    defined_by: ["{licensed|psychologist} {professional|contract|retained|advise}"]
  coordinator:
    kind: person
    phrases: [coordinator, "program manager"]
    defined_by: ["{lieutenant|sergeant|employee} {manage|run} {program|team}"]
  chief: {kind: person, phrases: [chief, sheriff]}
  chaplain: {kind: person, phrases: [chaplain]}
  committee: {kind: group, phrases: ["{committee|board}"]}
  program: {kind: group, phrases: ["peer {support|wellness} {program|team}", "{program|team}"]}
  other program: {phrases: ["{chaplain|chaplaincy|fitness|EAP} [program]", "employee assistance program"]}
  peer support: {phrases: ["peer support"]}
  keep: {phrases: ["{keep|retain|maintain|make|take}"]}
  note: {phrases: ["{note|record|log}"]}
  ask: {phrases: ["{ask|question|require}"]}
  listen: {phrases: [listen]}
  refer: {phrases: [refer]}
  train: {phrases: [train]}
  confidential: {phrases: ["{confidential|confidence}"]}
"""


@cache
def _vocabulary() -> Vocabulary:
    with TemporaryDirectory() as folder:
        path = Path(folder, "lexicon.yaml")
        path.write_text(LEXICON, encoding="utf-8")
        return load_lexicon([(path, "lexicon.yaml")])


@dataclass(frozen=True)
class Rules:
    """One requirement and the patterns of its check, as they would stand in a check file.

    Attributes:
        force: what the requirement asks with.
        elements: element key -> patterns.
    """

    says: tuple[str, ...] = ()
    opposes: tuple[str, ...] = ()
    opposes_unless: tuple[str, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    elements: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    force: str = "must"
    scope: str = "list"
    counts_in: tuple[str, ...] = ()

    def library(self) -> Library:
        """The library that holds these rules alone."""
        vocabulary = Vocabulary(dict(_vocabulary().concepts))

        def compiled(texts: Iterable[str]) -> tuple[Pattern, ...]:
            return tuple(parse_pattern(text, vocabulary) for text in texts)

        check = Check(
            id="a-check",
            title="A check",
            topic="a",
            serves=("T-1",),
            says=compiled(self.says),
            opposes=compiled(self.opposes),
            weakly=(),
            partly=(),
            parts={name: compiled(texts) for name, texts in self.parts.items()},
            elements={name: compiled(texts) for name, texts in self.elements.items()},
            scope=self.scope,
            counts_in=frozenset(self.counts_in),
            document_parts=frozenset(),
            ignore_with=(),
            ignore_behind=(),
            opposes_unless=tuple(vocabulary.phrase(parse_phrase(text)) for text in self.opposes_unless),
            says_unless=(),
            limits="",
            examples=(),
            file="a-check.yaml",
        )
        elements = MappingProxyType({name: name for name in self.elements})
        requirement = Requirement(
            "T-1", "t", "a", self.force, "It is so.", "point 1", "It shall be so.", elements=elements
        )
        pack = Pack("t", "T", "1", "us", "guideline", "us", "2026-01-01", (requirement,))
        concepts: dict[str, Concept] = vocabulary.concepts
        return Library({"t": pack}, {check.id: check}, concepts, {"T-1": check})

    def verdict(self, text: str, name: str = "x.txt") -> Verdict:
        """The verdict on a text that reads as a peer support policy."""
        library = self.library()
        judgement = assess(analyse(build(read_text(text, name), name, ""), library), library, ["t"])
        assert judgement.not_judged is None
        return judgement.verdicts[0]

    def status(self, text: str, name: str = "x.txt") -> str:
        """Its status."""
        return self.verdict(text, name).status


def analysis(text: str, name: str = "x.txt") -> Analysis:
    """A text as the language layer understands it with the small lexicon."""
    return analyse(build(read_text(text, name), name, ""), Rules(says=("{peer supporter} must {listen}",)).library())


def statement(text: str, begins: str, name: str = "x.txt") -> Statement:
    """The one statement of a text whose own words begin so."""
    found = [s for s in analysis(text, name).statements if s.text.startswith(begins)]
    assert len(found) == 1, [s.text for s in analysis(text, name).statements]
    return found[0]


def names(text: str, begins: str) -> set[str]:
    """The persons and groups that a statement names in its own words."""
    return actors(statement(text, begins))


def actors(of: Statement) -> set[str]:
    """The persons and groups that a statement names in its own words."""
    masks = (o.mask & of.concepts.actors for o in of.occurrences if o.start >= of.own_from)
    return {name for mask in masks for name in of.concepts.names(mask)}

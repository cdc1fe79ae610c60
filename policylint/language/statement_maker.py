"""From passages to statements: each sentence or list item with what it inherits from its lead-in, its section and what comes before."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Any

from policylint.document import Document, Passage, Span
from policylint.language.answers import Answer, answered, behind_a_no
from policylint.language.automaton import occurrence
from policylint.language.bans import bans, is_fragment
from policylint.language.concepts import SUPPORTER, DocumentConcepts
from policylint.language.fragments import leaves_open, named_as_title, title_end
from policylint.language.lead_ins import asks_to_conform, is_sentence, only_announces
from policylint.language.mentions import peers
from policylint.language.other_programs import speaks_of_own
from policylint.language.pipeline import Words
from policylint.language.references import Places, cited, may_cite
from policylint.language.sections import Sections
from policylint.language.statements import Statement
from policylint.language.voices import sentence_voice, speaks_of_law
from policylint.language.words import Token

_TAKING_UP = frozenset("it they these those this such she he".split())
_THESE = frozenset("these those such the".split())
_COUNTS = frozenset(
    "two three four five six seven limits exceptions matters cases things rules foregoing above".split()
)
"""With one of the words before, they stand for what was listed just before."""
_HEAD_CELL = 6
"""Most words of a cell in the head of a table."""
_LEAD = 120
"""Most tokens of a lead-in that its items take over."""
_TITLE = 5
"""Most words of a heading that is the title of a person."""


class StatementMaker:
    """Makes the statements of one document.

    Args:
        sentences: the token ranges of the sentences of each passage.
        titled: the document's title names peer support.
        aliases: the keys of the document's own names for those who give peer support.
    """

    def __init__(
        self,
        document: Document,
        words: Words,
        sentences: Sequence[Sequence[tuple[int, int]]],
        concepts: DocumentConcepts,
        sections: Sections,
        *,
        titled: bool,
        aliases: Collection[tuple[str, ...]],
    ) -> None:
        self.document, self.words, self.sentences = document, words, sentences
        self.concepts, self.sections, self.titled, self.aliases = concepts, sections, titled, aliases
        self.statements: list[Statement] = []
        self.of_passage: list[list[Statement]] = [[] for _ in document.passages]
        self.keys = words.keys
        self.head_row = 0

    def make(self) -> tuple[Statement, ...]:
        """All statements: those of the passages in document order, then headings that have a list right under them."""
        for passage in self.document.passages:
            self._statements_of(passage)
        self._headings()
        self._references()
        return tuple(self.statements)

    def _statements_of(self, passage: Passage) -> None:
        lead = self._lead(passage)
        parent = self.of_passage[passage.parent] if passage.parent is not None else []
        before: Statement | None = parent[-1] if parent else self._previous(passage)
        first, title = True, None
        asked = None if lead else self._question_above(passage)
        for own in self.sentences[passage.index]:
            if own[0] == own[1]:
                continue
            ranges = [*lead, own] if first else [own]
            statement = self._statement(passage, ranges, before, self._answer(asked, own))
            asked = own
            if first and lead and parent:
                statement.lead = parent[-1]
            self.of_passage[passage.index].append(statement)
            if not first:
                title = self._title(self.of_passage[passage.index][0]) if title is None else title
                statement.title |= title
            before, first = statement, False

    @staticmethod
    def _title(opening: Statement) -> int:
        """Whom the first sentence of a paragraph names as its title; what follows is about them, too."""
        own = opening.own_from
        tokens = opening.tokens[own:]
        end = title_end(tokens)
        if end is None:
            return 0
        found = [occurrence((a - own, b - own, mask)) for a, b, mask in opening.occurrences if a >= own]
        mask = named_as_title(tokens, end, found)
        return mask if end > 1 else mask & opening.concepts.actors  # "Listens. Checks in." has no title

    def _previous(self, passage: Passage) -> Statement | None:
        """The last statement of the passage before, in one section: of items and rows always, else where a pronoun takes it up.

        What takes up a list ("A supporter tells you about those three") takes up its lead-in.
        """
        if passage.index == 0:
            return None
        other = self.document.passages[passage.index - 1]
        if other.section != passage.section or not self.of_passage[other.index]:
            return None
        if "paragraph" not in (other.kind, passage.kind):
            return self.of_passage[other.index][-1]
        if not self._takes_up(passage):
            return None
        above = other if other.parent is None else self.document.passages[other.parent]
        return self.of_passage[above.index][-1]

    def _takes_up(self, passage: Passage) -> bool:
        """Whether the first sentence of a paragraph begins with a pronoun, or speaks of "those three"."""
        own = next((r for r in self.sentences[passage.index] if r[0] < r[1]), None)
        if own is None:
            return False
        tokens = self.words.tokens[own[0] : own[1]]
        words = [t.lower for t in tokens]
        return (
            words[0] in _TAKING_UP
            or leaves_open(tokens)
            or any(a in _THESE and b in _COUNTS for a, b in pairwise(words))
        )

    def _lead(self, passage: Passage) -> list[tuple[int, int]]:
        """The token ranges of the lead-ins above a list item, outermost first."""
        if passage.parent is None:
            return []
        parent = self.document.passages[passage.parent]
        said = [r for r in self.sentences[parent.index] if r[0] < r[1]]
        if not said:
            return []
        begin, end = said[-1]
        if self.words.tokens[end - 1].lower in (".", "?", "!"):
            if not parent.announces or passage.kind != "item":
                return []
            end -= 1
        words = self.words.tokens
        if only_announces(words[begin:end]):
            return self._lead(parent) if len(said) == 1 else []
        if asks_to_conform(words[begin:end]) and any(
            is_sentence(words[a:b]) for a, b in self.sentences[passage.index][:1]
        ):
            return []
        return [*(self._lead(parent) if len(said) == 1 else []), (max(begin, end - _LEAD), end)]

    def _statement(
        self, passage: Passage, ranges: list[tuple[int, int]], before: Statement | None, answer: Answer | None
    ) -> Statement:
        own = ranges[-1]
        spans = self._spans(passage.spans, own)
        text = self.document.text_of(spans)
        voice = sentence_voice(passage.kind, self.sections.voices[passage.section], text, self._law_before(passage))
        return self._make(
            [*ranges[:-1], behind_a_no(self.words.tokens, own)] if answer is None else answer.ranges,
            one=answer is not None,
            section=passage.section,
            passage=passage.index,
            voice=self._inherited_voice(voice, ranges, before),
            spans=spans,
            text=text,
            law=self._law_of(passage) if voice == "statute" else "",
            elsewhere=self.sections.foreign[passage.section] and not self._speaks_of_peers(*own),
            heading_mask=self.sections.masks[passage.section] | self._head_row(passage),
            before=before,
            title=self.sections.masks[passage.section] if self.document.beside_heading(passage) else 0,
            banned=self._banned(passage, own) if answer is None else answer.denied,
            listed_under=self._person_above(passage),
        )

    def _person_above(self, passage: Passage) -> int:
        """The person whose title is the whole heading over a list, as the concepts it names: "Team Coordinator"."""
        if passage.kind != "item" or passage.parent is not None:
            return 0
        begin, end = self.sections.runs[passage.section]
        if end - begin > _TITLE or begin == end:
            return 0
        low, high, _ = self.concepts.within(begin, end)
        mask = 0
        for start, stop, bits in self.concepts.rows(low, high):
            if start == begin and stop == end:
                mask |= bits & self.concepts.persons
        return mask

    def _question_above(self, passage: Passage) -> tuple[int, int] | None:
        """The tokens of what stands right before a passage and may be the question that it answers: a sentence, or the heading."""
        if passage.parent is not None:
            return None
        above = self.document.passages[passage.index - 1] if passage.index else None
        if above is None or above.section != passage.section or _apart(above, passage):
            return self.sections.runs[passage.section]
        return self.sentences[above.index][-1] if self.sentences[above.index] else None

    def _answer(self, asked: tuple[int, int] | None, own: tuple[int, int]) -> Answer | None:
        """What a sentence says together with what may be its question."""
        if asked is None:
            return None
        low, high, _ = self.concepts.within(*asked)
        return answered(self.words.tokens, asked, own, self.concepts.occurrences[low:high], self.concepts.actors)

    def _banned(self, passage: Passage, own: tuple[int, int]) -> bool:
        """Whether the heading right above a list forbids what an item names with its first sentence."""
        if passage.kind not in ("item", "row") or passage.parent is not None or self.of_passage[passage.index]:
            return False
        return bans(self.document.sections[passage.section].title) and is_fragment(self.words.tokens[slice(*own)])

    def _head_row(self, passage: Passage) -> int:
        """The concepts of the head of a table, which its rows are about: "Duty of the coordinator | When"."""
        if passage.kind != "row":
            return 0
        above = self.document.passages[passage.index - 1] if passage.index else None
        first = above is None or (above.kind, above.section) != ("row", passage.section)
        if first:
            self.head_row = self.concepts.within(*self.words.runs[passage.index])[2] if self._is_head(passage) else 0
        return 0 if first else self.head_row

    def _is_head(self, passage: Passage) -> bool:
        """Whether the first row of a table names what stands below: short cells, no sentence."""
        cells = [self.document.text_of((span,)) for span in passage.spans]
        return len(cells) > 1 and all(c and c.count(" ") < _HEAD_CELL and c[-1] not in ".;" for c in cells)

    def _make(self, ranges: Sequence[tuple[int, int]], *, one: bool = False, **known: Any) -> Statement:
        """A statement over token ranges: its lead-ins, then its own; or parts of `one` sentence, all its own."""
        words: list[Token] = []
        joints, slices, mask, bits = [], [], 0, 0
        for begin, end in ranges:
            low, high, bits = self.concepts.within(begin, end)
            joints.append(len(words))
            slices.append((low, high, len(words) - begin))
            words += self.words.tokens[begin:end]
            mask |= bits
        statement = Statement(
            index=len(self.statements),
            tokens=tuple(words),
            own_from=0 if one else joints[-1],
            joints=() if one else tuple(joints[1:]),
            slices=tuple(slices),
            concepts=self.concepts,
            mask=mask,
            own_mask=mask if one else bits,
            **known,
        )
        self.statements.append(statement)
        return statement

    @staticmethod
    def _inherited_voice(voice: str, ranges: Sequence[tuple[int, int]], before: Statement | None) -> str:
        return (
            "purpose"
            if voice == "body" and len(ranges) > 1 and before is not None and before.voice == "purpose"
            else voice
        )

    def _speaks_of_peers(self, begin: int, end: int) -> bool:
        low, high, _ = self.concepts.within(begin, end)
        found = self.concepts.occurrences[low:high]
        if self.titled:
            return speaks_of_own(self.words.tokens[begin], found, begin, self.concepts)
        return bool(peers(self.keys, found, self.concepts.mask((SUPPORTER,)), self.aliases))

    def _law_before(self, passage: Passage) -> bool:
        return passage.kind == "quote" and speaks_of_law(self._before_quote(passage))

    def _before_quote(self, passage: Passage) -> str:
        """What stands right before a quotation."""
        at = passage.index - 1
        while at > 0 and self.document.passages[at].kind == "quote":
            at -= 1
        return self.document.text_of(self.document.passages[at].spans) if at >= 0 else ""

    def _law_of(self, passage: Passage) -> str:
        """The headings above a passage, and what stands before a quotation: they tell which law is reprinted."""
        words = [self._before_quote(passage)] if passage.kind == "quote" else []
        section: int | None = passage.section
        while section is not None:
            words += [self.document.sections[section].label, self.document.sections[section].title]
            section = self.document.sections[section].parent
        return " ".join(words).lower()

    def _spans(self, spans: Sequence[Span], own: tuple[int, int]) -> tuple[Span, ...]:
        """The parts of a passage's spans that a sentence takes up, from its first word to its last mark."""
        start, end = self.words.tokens[own[0]].start, self.words.tokens[own[1] - 1].end
        out = []
        for a, b in spans:
            if b > start and a < end:
                out.append((max(a, start), min(b, end)))
        return tuple(out)

    def _references(self) -> None:
        """What a sentence names by its number it is about, too: the heading and the first sentence of that place."""
        places = Places(self.document)
        if not places:
            return
        for statement in self.statements:
            for labels in cited(statement.text) if may_cite(statement.text) else ():
                section, passage = places.find(labels, statement.section)
                if passage is not None and passage != statement.passage:
                    statement.referred |= self._said_at(passage)
                elif section is not None and section != statement.section:
                    statement.referred |= self.sections.masks[section]
                    first = places.first_in(section)
                    statement.referred |= 0 if first is None else self._said_at(first)

    def _said_at(self, passage: int) -> int:
        """The concepts of a passage's own sentences."""
        mask = 0
        for statement in self.of_passage[passage]:
            mask |= statement.own_mask
        return mask

    def _headings(self) -> None:
        """A heading alone is not a statement; a heading with a list right under it is."""
        listed = {p.section for p in self.document.passages if p.kind in ("item", "row") and p.parent is None}
        for section in self.document.sections[1:]:
            begin, end = self.sections.runs[section.index]
            if section.index not in listed or begin == end or self.sections.voices[section.index] == "statute":
                continue
            self._make(
                [(begin, end)],
                section=section.index,
                passage=None,
                voice="heading",
                spans=section.spans,
                text=section.title,
                elsewhere=self.sections.foreign[section.index],
                heading_mask=self.sections.masks[section.parent or 0],
            )


def _apart(above: Passage, passage: Passage) -> bool:
    """Whether two passages are items of a list, and not "Q. ..." and "A. ..."."""
    return above.kind == passage.kind == "item" and (above.label[:1] + passage.label[:1]).upper() != "QA"

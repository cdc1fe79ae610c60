"""A document as understood: its statements, and an index from concepts to their clauses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from policylint.document import Document
from policylint.language.concepts import DocumentConcepts
from policylint.language.index import ConceptIndex, bits
from policylint.language.statements import Statement


@dataclass(frozen=True, eq=False)
class Analysis:
    """A document as understood.

    Attributes:
        statements: in document order; headings that have a list right under them are statements of voice "heading".
        terms: the document's own terms and the concepts they stand for.
        mentions: how often peer supporters or peer support are named.
        titled: the title names peer support.
        concepts: the concepts it names.
    """

    document: Document
    statements: tuple[Statement, ...]
    terms: dict[str, str]
    mentions: int
    titled: bool
    concepts: DocumentConcepts

    @cached_property
    def _clauses(self) -> list[tuple[Statement, int]]:
        """The clauses of all statements, in document order, with the concepts that stand together in each."""
        return [(s, mask) for s in self.statements for mask in s.clause_masks]

    @cached_property
    def naming(self) -> ConceptIndex:
        """From a concept to the clauses, as bits, that name it, in own words or lead-in."""
        return ConceptIndex(enumerate(mask for _, mask in self._clauses), self.concepts)

    @cached_property
    def reaching(self) -> ConceptIndex:
        """From a concept to the clauses, as bits, that name it or whose context supplies it."""
        masks = ((number, s.context) for number, (s, _) in enumerate(self._clauses))
        return ConceptIndex(masks, self.concepts, self.naming)

    @cached_property
    def reaching_firmly(self) -> ConceptIndex:
        """The same, but of the context only what a pattern which contradicts takes from there."""
        masks = ((number, s.firm_context) for number, (s, _) in enumerate(self._clauses))
        return ConceptIndex(masks, self.concepts, self.naming)

    @cached_property
    def open_to(self) -> ConceptIndex:
        """From persons to the clauses, as bits, of the statements that may tell what they do; of no other they can be the doer."""
        masks = ((number, s.possible_doers & ~mask) for number, (s, mask) in enumerate(self._clauses))
        return ConceptIndex(masks, self.concepts, self.reaching)

    @cached_property
    def denying(self) -> int:
        """The clauses, as bits, of statements in which anything may be denied."""
        return sum(1 << number for number, (s, _) in enumerate(self._clauses) if s.syntax.denies)

    def clauses_of(self, statements: Iterable[int]) -> int:
        """The clauses, as bits, of statements given by index."""
        clauses = 0
        for statement in statements:
            clauses |= self._clauses_by_statement.get(statement, 0)
        return clauses

    def clauses_where(self, takes: Callable[[Statement], bool]) -> int:
        """The clauses, as bits, of the statements that a test takes."""
        return self.clauses_of([s.index for s in self.statements if takes(s)])

    @cached_property
    def _clauses_by_statement(self) -> dict[int, int]:
        """Index of a statement -> its clauses, as bits."""
        clauses: dict[int, int] = {}
        for number, (s, _) in enumerate(self._clauses):
            clauses[s.index] = clauses.get(s.index, 0) | 1 << number
        return clauses

    def clauses_before(self, statement: int) -> int:
        """The clauses, as bits, of all statements before one."""
        own = self._clauses_by_statement[statement]
        return (own & -own) - 1  # all below its first

    def chosen(self, clauses: int) -> Iterator[Statement]:
        """The statements of clauses given as bits, in document order, each once."""
        last: Statement | None = None
        for number in bits(clauses):
            statement = self._clauses[number][0]
            if statement is not last:
                last = statement
                yield statement

"""Segments: the clauses of a statement, and parts of clauses, as the scanner cuts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from policylint.document import Span
from policylint.language.cues import FINITE
from policylint.language.words import Token

_SUBJECT = 6
"""Most tokens of a subject that stands behind its modal."""


@dataclass(slots=True)
class Denial:
    """A word or phrase that denies: where it stands and what it reaches ("right", "all", "clause")."""

    start: int
    end: int
    reach: str
    verb: bool = False


@dataclass(slots=True)
class Segment:
    """A clause, or a part of one.

    Attributes:
        kind: "main", "rel", "time", "if", "except" or "only".
        parent: the segment it continues (same subject, same force) or depends on.
        continues: True when it takes up the parent's clause: what the parent's subject denies holds here, too.
        fresh: it follows "but": what denies the clause before does not deny it.
        exclusive: it begins with "nobody but" or the like, which means "only".
        cue: (start, end, force) of its own force cue.
        lowered: it holds a phrase such as "ideally" or "where possible".
        hidden: token ranges of phrases that deny nothing beyond themselves ("not limited to").
        finite: its first form of "be", "do" or "have", the verb of a clause without a cue.
    """

    start: int
    kind: str
    parent: Segment | None = None
    continues: bool = False
    fresh: bool = False
    exclusive: bool = False
    end: int = 0
    cue: tuple[int, int, str] | None = None
    lowered: bool = False
    finite: int | None = None
    hidden: list[Span] = field(default_factory=list)
    denials: list[Denial] = field(default_factory=list)

    @property
    def root(self) -> Segment:
        """The clause it continues or depends on: the first one with a subject of its own."""
        segment = self
        while segment.parent is not None and (segment.continues or segment.kind != "main"):
            segment = segment.parent
        return segment

    def finite_among(self, tokens: Sequence[Token], end: int | None = None) -> int | None:
        """Its first form of "be", "do" or "have", before `finite` is known; while it is open, among the tokens before `end`."""
        return next((at for at in range(self.start, self.end or end or 0) if tokens[at].lower in FINITE), None)

    @property
    def inverted(self) -> bool:
        """Whether its subject stands behind its verb: "at no time shall a supporter tell", "in no event are they to tell"."""
        verb = self.finite if self.cue is None else self.cue[0]
        return any(d.start == self.start and d.end == verb and d.end - d.start > 1 for d in self.denials)

    @property
    def verb_at(self) -> int:
        """Where the subject of the segment ends: at its force cue, else at its first "is" or "does", else at its end."""
        verb = self.finite if self.cue is None else self.cue[0]
        if verb is None:
            return self.end
        return min(self.end, verb + 1 + _SUBJECT) if self.inverted else verb

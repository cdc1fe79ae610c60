"""A report's requirements as documents for people list them: by topic, what several authorities ask alike once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from policylint.report import DocumentReport, PackInfo, Report, Verdict
from policylint.reporters.cards import Asked, Card, card_of, groups_of
from policylint.reporters.clean import clean

__all__ = ["STATUS_ORDER", "Asked", "Card", "Entries", "counts_of", "entries_of", "ids", "title_of", "topic_name"]

STATUS_ORDER = ("conflict", "missing", "partial", "weak", "met", "not_applicable")
"""Statuses as tables count them, the worst first."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of one topic: its gaps, the severest first, and what is settled."""

    topic: str
    name: str
    cards: tuple[Card, ...]

    @property
    def gaps(self) -> tuple[Card, ...]:
        """The entries that are gaps."""
        return tuple(c for c in self.cards if c.verdicts[0].is_gap)

    @property
    def settled(self) -> tuple[Card, ...]:
        """Those that are met or do not apply."""
        return tuple(c for c in self.cards if not c.verdicts[0].is_gap)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """One a requirement."""
        return tuple(v for c in self.cards for v in c.verdicts)


def entries_of(document: DocumentReport, report: Report) -> list[Entries]:
    """The document's requirements by topic, in the order of the packs."""
    packs: Mapping[str, PackInfo] = {p.id: p for p in report.packs}
    cards = (
        card_of(at, group, packs, {}, [v.requirement for v in group], document.title)
        for at, group in enumerate(groups_of(document.verdicts))
    )
    return [Entries(topic, topic_name(topic), tuple(found)) for topic, found in groupby(cards, key=lambda c: c.topic)]


def ids(card: Card) -> str:
    """The requirements of an entry: "IACP-26, UT-7"."""
    return ", ".join(asked.id for asked in card.asked)


def topic_name(topic: str) -> str:
    """A topic as a heading: "Critical incidents"."""
    name = clean(topic).replace("_", " ")
    return name[:1].upper() + name[1:]


def title_of(document: DocumentReport) -> str:
    """What a document calls itself, else its file's name."""
    return clean(document.title) or clean(document.path.replace("\\", "/").rpartition("/")[2]) or "unnamed"


def counts_of(verdicts: Iterable[Verdict]) -> Iterator[int]:
    """How many verdicts have each status of `STATUS_ORDER`."""
    counts = Counter(v.status for v in verdicts)
    return (counts[status] for status in STATUS_ORDER)


def in_words(parts: Sequence[str]) -> str:
    """Several things as one says them: "a, b and c"."""
    return " and ".join([*([", ".join(parts[:-1])] if parts[:-1] else []), *parts[-1:]])

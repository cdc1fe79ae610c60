"""Coverage as bars: how many requirements of a topic or an authority are met, and how the others stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from policylint.report import Verdict
from policylint.reporters.clean import clean
from policylint.reporters.rows import words as spoken

ORDER = ("met", "partial", "weak", "missing", "conflict", "not_applicable")
"""Statuses as a bar shows them, from what is there to what is not; what does not apply stands apart."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar: where it begins and how wide it is, in per cent as CSS and SVG write them."""

    status: str
    count: int
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a coverage table.

    Attributes:
        key: what the filters call it.
        asked: requirements that apply; `met` of these are met.
        words: the whole row as a sentence, for those who do not see the bar.
    """

    key: str
    name: str
    asked: int
    met: int
    pieces: tuple[Piece, ...]
    words: str


def bar(key: str, name: str, verdicts: Iterable[Verdict]) -> Bar:
    """The bar of some verdicts; what is not applicable has no part in it but is said in words."""
    counts = Counter(v.status for v in verdicts)
    asked = sum(counts.values()) - counts["not_applicable"]
    pieces: list[Piece] = []
    done = 0
    for status in ORDER[:-1]:
        if counts[status]:
            pieces.append(Piece(status, counts[status], _percent(done, asked), _percent(counts[status], asked)))
            done += counts[status]
    words = ", ".join(f"{counts[s]} {spoken(s)}" for s in ORDER if counts[s])
    return Bar(clean(key), name, asked, counts["met"], tuple(pieces), words or "nothing asked")


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.2f}%"

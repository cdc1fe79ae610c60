"""What a comparison says in words, whatever the format."""

from __future__ import annotations

from dataclasses import dataclass, replace

from policylint.compare import KINDS, Change, Comparison, Pair
from policylint.report import DocumentReport, Evidence, Verdict
from policylint.reporters.clean import clean
from policylint.reporters.entries import title_of
from policylint.reporters.places import path_of
from policylint.reporters.rows import words
from policylint.reporters.text import place

HEADINGS = {
    "lost": "Lost: met before, and no longer",
    "weakened": "Weakened",
    "gained": "Gained: met now",
    "strengthened": "Strengthened, not yet met",
    "moved": "Moved: the same verdict, words in another section",
    "newly_asked": "Newly asked",
    "no_longer_asked": "No longer asked",
}
"""Kind of change -> heading of its list, in the order of `KINDS`; what is unchanged is only counted."""


@dataclass(frozen=True, slots=True)
class Side:
    """What one edition says.

    Attributes:
        name: "old" or "new".
        status: in words, or "not asked".
        quotes: (words of the policy, where they stand).
    """

    name: str
    status: str
    quotes: tuple[tuple[str, str], ...]


def kinds_in(pair: Pair) -> list[str]:
    """The kinds of change to list for a document."""
    return [kind for kind in KINDS if kind in HEADINGS and pair.counts[kind]]


def asked(change: Change) -> str:
    """What the requirement asks; the newer verdict's whole message where both are from reports that were saved."""
    told = [v.asked for v in (change.new, change.old) if v is not None and v.asked]
    return clean(told[0] if told else change.verdict.message)


def step(change: Change) -> str:
    """From which status to which: "met → weak"."""
    before, after = _status(change.old), _status(change.new)
    return before if before == after else f"{before} → {after}"


def elements(change: Change) -> str:
    """What of a list came or went: "no longer covers grief; now covers suicide"."""
    parts = ((change.elements_lost, "no longer covers"), (change.elements_gained, "now covers"))
    return "; ".join(f"{verb} {', '.join(clean(words(e)) for e in keys)}" for keys, verb in parts if keys)


def sides(change: Change, pair: Pair) -> list[Side]:
    """Both editions' words, the old one first."""
    found = [_side("old", change.old, pair.old), _side("new", change.new, pair.new)]
    return [side for side in found if side is not None]


def _side(name: str, verdict: Verdict | None, document: DocumentReport | None) -> Side | None:
    if verdict is None or not verdict.evidence:
        return None
    title = document.title if document is not None else ""
    quotes = [(clean(e.quote), _where(e, title)) for e in sorted(verdict.evidence, key=lambda e: e.start)]
    return Side(name, _status(verdict), tuple(quotes))


def _where(evidence: Evidence, title: str) -> str:
    inside = evidence.section[1:] if evidence.section[:1] == (title,) else evidence.section
    return place(replace(evidence, section=inside))


def _status(verdict: Verdict | None) -> str:
    return words(verdict.status) if verdict is not None else "not asked"


def names(pair: Pair) -> str:
    """The two files of a pair: "old.md → new.md"."""
    old, new = (path_of(d) if d is not None else "(none)" for d in (pair.old, pair.new))
    return old if old == new else f"{old} → {new}"


def title(pair: Pair) -> str:
    """What the newer edition calls itself."""
    document = pair.new or pair.old
    assert document is not None
    return title_of(document)


def not_judged(pair: Pair) -> list[tuple[str, str]]:
    """Documents of a pair that were not judged, and why."""
    found = [d for d in (pair.old, pair.new) if d is not None and d.status != "judged"]
    return [(path_of(d), clean(d.reason or "")) for d in found]


def summary(counts: dict[str, int]) -> str:
    """The counts as one says them: "2 lost, 1 gained, 45 unchanged"."""
    return ", ".join(f"{n} {words(kind)}" for kind, n in counts.items() if n) or "nothing compared"


def judged_by(comparison: Comparison) -> str:
    """By which rules the new edition was judged."""
    packs = ", ".join(f"{clean(p.id)} {clean(p.version)}" for p in comparison.new.packs)
    profile = comparison.new.profile
    return (f"profile {clean(profile)}; " if profile else "") + f"packs {packs or 'none'}"

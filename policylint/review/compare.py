"""Two rounds of a review compared: for each agency and for the state, what was gained, lost, weakened; who is new, who is gone.

What changed from one policy to another is `policylint.compare`'s to say; here agencies are paired, and what is said of each is
kept short, since a review may hold thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from policylint._version import __version__
from policylint.compare import KINDS
from policylint.compare import compare as compared
from policylint.report import Report
from policylint.review.model import Review, Reviewed, Submission
from policylint.review.pairing import pairs

SHOWN = tuple(kind for kind in KINDS if kind != "unchanged")
"""Kinds of change that are listed; what is unchanged is only counted."""


@dataclass(frozen=True, slots=True)
class Change:
    """How one requirement fared with one agency; `old` and `new` are statuses, "" where it was not asked."""

    requirement: str
    kind: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Side:
    """An agency's last submission in one of the rounds.

    Attributes:
        passes: by the pass rule; None without one, and when it was not judged.
        met, asked: of the requirements that apply, how many are met and how many there are.
    """

    document: str
    judged: bool
    reason: str
    passes: bool | None
    met: int
    asked: int

    @property
    def coverage(self) -> float | None:
        """How much of what applies is met, 0 to 1."""
        return self.met / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency in both rounds; `old` or `new` is None where it submitted nothing, and they are never both None."""

    name: str
    state: str
    old: Side | None
    new: Side | None
    counts: Mapping[str, int]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement over the agencies that were judged in both rounds.

    Attributes:
        counts: how many agencies it fared how with, by kind.
        met_before, met_now: how many of these met it.
    """

    id: str
    topic: str
    asked: str
    citation: str
    counts: Mapping[str, int]
    met_before: int
    met_now: int

    @property
    def changed(self) -> bool:
        """Whether it fared otherwise than before with any agency."""
        return any(self.counts.get(kind) for kind in SHOWN)


@dataclass(frozen=True, slots=True)
class ReviewComparison:
    """Everything that differs between two rounds.

    Attributes:
        days: of the old round and of the new one, ISO dates.
        agencies: in the order of the new round, then those that are only in the old one.
        requirements: those with the most losses first.
        notes: what a reader should know, as sentences: packs that differ, say.
    """

    days: tuple[str, str]
    agencies: tuple[Agency, ...]
    requirements: tuple[Requirement, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Number of changes of each kind over all agencies."""
        return {kind: sum(agency.counts.get(kind, 0) for agency in self.agencies) for kind in KINDS}

    @property
    def both(self) -> list[Agency]:
        """The agencies that were judged in both rounds."""
        return [a for a in self.agencies if a.old and a.new and a.old.judged and a.new.judged]

    @property
    def new(self) -> list[Agency]:
        """Those that are only in the new round."""
        return [a for a in self.agencies if a.old is None]

    @property
    def gone(self) -> list[Agency]:
        """Those that are only in the old round."""
        return [a for a in self.agencies if a.new is None]

    @property
    def now_pass(self) -> list[Agency]:
        """Those that pass and did not before."""
        return [a for a in self.both if a.new and a.old and a.new.passes and a.old.passes is False]

    @property
    def no_longer_pass(self) -> list[Agency]:
        """Those that passed before and do not now."""
        return [a for a in self.both if a.new and a.old and a.old.passes and a.new.passes is False]


def compare(old: Review, new: Review) -> ReviewComparison:
    """Compare two rounds: each agency's last submission in one with its last in the other.

    An agency is known by its name and its state, capitals and spaces aside; where one round does not say the state, by its
    name alone. Two reports are in memory at a time.
    """
    before, now = (_last_submissions(review) for review in (old, new))
    partner = pairs(before, now)
    state = _State()
    agencies = [
        _agency(
            old.with_body(partner[one.key]) if one.key in partner else None, new.with_body(one.key), old, new, state
        )
        for one in now
    ]
    followed = set(partner.values())
    gone = [one for one in before if one.key not in followed]
    agencies += [_agency(old.with_body(one.key), None, old, new, state) for one in gone]
    return ReviewComparison((old.made_on, new.made_on), tuple(agencies), state.requirements(), tuple(state.notes))


def _last_submissions(review: Review) -> list[Submission]:
    return [reviewed.submission for reviewed in review if reviewed.latest]


class _State:
    """What adds up over all agencies."""

    def __init__(self) -> None:
        self.notes: dict[str, None] = {}
        self._about: dict[str, tuple[str, str, str]] = {}
        self._counts: dict[str, Counter[str]] = {}
        self._met: Counter[tuple[str, str]] = Counter()

    def changes(self, old: Report, new: Report) -> list[Change]:
        """What changed from one policy to the other, noted for the state as well."""
        found = compared(old, new, __version__)
        self.notes.update(dict.fromkeys(found.notes))
        changes = []
        for change in found.pairs[0].changes:
            verdict, id_ = change.verdict, change.verdict.requirement
            self._about.setdefault(id_, (verdict.topic, verdict.asked or verdict.message, verdict.citation))
            self._counts.setdefault(id_, Counter())[change.kind] += 1
            before, after = (v.status if v is not None else "" for v in (change.old, change.new))
            self._met[id_, "before"] += before == "met"
            self._met[id_, "after"] += after == "met"
            changes.append(Change(id_, change.kind, before, after))
        return changes

    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements, those with the most losses first, then those with the most gains."""
        found = [
            Requirement(id_, *self._about[id_], counts, self._met[id_, "before"], self._met[id_, "after"])
            for id_, counts in self._counts.items()
        ]
        return tuple(sorted(found, key=lambda r: (-r.counts["lost"] - r.counts["weakened"], -r.counts["gained"])))


def _agency(a: Reviewed | None, b: Reviewed | None, old: Review, new: Review, state: _State) -> Agency:
    known = b or a
    assert known is not None
    changes: list[Change] = []
    if a is not None and b is not None and a.report.status == b.report.status == "judged":
        changes = state.changes(_report(a, old), _report(b, new))
    counts = Counter(change.kind for change in changes)
    return Agency(
        name=known.submission.agency,
        state=known.submission.state or "",
        old=_side(a),
        new=_side(b),
        counts={kind: counts[kind] for kind in KINDS},
        changes=tuple(change for change in changes if change.kind != "unchanged"),
    )


def _report(reviewed: Reviewed, review: Review) -> Report:
    as_of = review.asked.get("as_of")
    return Report(
        __version__, reviewed.packs, (reviewed.report,), reviewed.report.profile, str(as_of) if as_of else None
    )


def _side(reviewed: Reviewed | None) -> Side | None:
    if reviewed is None:
        return None
    statuses = Counter(verdict.status for verdict in reviewed.report.verdicts)
    return Side(
        document=reviewed.submission.document,
        judged=reviewed.report.status == "judged",
        reason=reviewed.report.reason or "",
        passes=reviewed.standing.passes if reviewed.standing is not None else None,
        met=statuses["met"],
        asked=statuses.total() - statuses["not_applicable"],
    )

"""What a letter says, as the plain values that its template names. docs/review.md lists them for those who write templates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from policylint.report import Report
from policylint.reporters.cards import Card
from policylint.reporters.clean import clean
from policylint.reporters.entries import Entries, entries_of, ids
from policylint.review.folder.words import document_name, long_date, percent, result_of
from policylint.review.model import Reviewed, Standing

FEW_PLACES = 3
"""Of a requirement that is met so many places are named."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the policy, and where they stand."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line of proposed wording; `bullet` is "•  " before an item of a list, else ""."""

    bullet: str
    text: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Proposed wording. `lead`: "Add" or "Say instead", with the requirements where there are several wordings."""

    lead: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something asked that the policy does not say, or not wholly, or says otherwise."""

    ids: str
    topic: str
    status: str
    asked: str
    citation: str
    finding: str
    lacking: str
    covered: str
    quotes: tuple[Quote, ...]
    closest: Quote | None
    wording: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """Something asked that the policy says, and where."""

    ids: str
    topic: str
    asked: str
    where: str


def letter_values(reviewed: Reviewed, made_on: str, version: str) -> dict[str, object]:
    """The values of one submission's letter.

    Args:
        reviewed: the submission and what came of it.
        made_on: the day of the review, an ISO date.
        version: of the program.
    """
    submission, document, standing = reviewed.submission, reviewed.report, reviewed.standing
    judged = document.status == "judged"
    report = Report(version, reviewed.packs, (document,), document.profile)
    topics = entries_of(document, report) if judged else []
    gaps = [(card, _gap(card, topic.name)) for topic in topics for card in topic.gaps if card.verdicts[0].is_open]
    must, choice, others = _sorted_out(gaps, standing)
    counts = document.summary
    met = dict(counts.statuses)["met"]
    asked = counts.requirements - dict(counts.statuses)["not_applicable"]
    return {
        "date": long_date(made_on),
        "agency": clean(submission.agency) or "unnamed",
        "contact": clean(submission.contact),
        "state": clean(submission.state or ""),
        "kind": clean(submission.agency_kind or ""),
        "submitted": long_date(submission.submitted) if submission.submitted else "",
        "document": document_name(submission),
        "title": clean(document.title),
        "profile": clean(document.profile or ""),
        "authorities": [clean(f"{pack.authority} ({pack.rank})") for pack in reviewed.packs],
        "judged": judged,
        "reason": clean(document.reason or ""),
        "result": result_of(standing, judged=judged),
        "has_rule": standing is not None,
        "passes": standing is not None and bool(standing.passes),
        "reasons": [clean(reason) for reason in standing.reasons] if standing is not None else [],
        "share_asked": f"{standing.share} %" if standing is not None and standing.share else "",
        "more_needed": standing.short if standing is not None else 0,
        "met_count": met,
        "asked_count": asked,
        "coverage": percent(met / asked) if asked else "",
        "must_change": must,
        "may_choose": choice,
        "recommended": others,
        "accepted": [f"{ids(card)}: {mark}" for card in _waived(topics) for mark in card.marks],
        "met": [_met(card, topic.name) for topic in topics for card in topic.settled if card.status == "met"],
        "notes": [clean(note) for note in document.notes],
        "version": version,
    }


def _sorted_out(gaps: Iterable[tuple[Card, Gap]], standing: Standing | None) -> tuple[list[Gap], list[Gap], list[Gap]]:
    """What must change, what may be chosen from, and the rest. Without a pass rule, what is demanded must change."""
    found: tuple[list[Gap], list[Gap], list[Gap]] = ([], [], [])
    for card, gap in gaps:
        named = {verdict.requirement for verdict in card.verdicts}
        if standing is None:
            place = 0 if "error" in card.severities else 2
        elif named & set(standing.needed):
            place = 0
        else:
            place = 1 if named & set(standing.lacking) else 2
        found[place].append(gap)
    return found


def _waived(topics: Sequence[Entries]) -> list[Card]:
    return [card for topic in topics for card in topic.gaps if card.verdicts[0].waiver is not None]


def _gap(card: Card, topic: str) -> Gap:
    closest = card.closest
    what = "Add" if card.add else "Say instead"
    return Gap(
        ids=ids(card),
        topic=topic,
        status=card.word,
        asked=" ".join(dict.fromkeys(asked.text for asked in card.asked)),
        citation="; ".join(dict.fromkeys(asked.citation for asked in card.asked if asked.citation)),
        finding=card.finding,
        lacking=", ".join(card.lacking),
        covered=", ".join(card.covered),
        quotes=tuple(Quote(quote.text, quote.place) for quote in card.says),
        closest=Quote(closest.text, closest.place) if closest is not None else None,
        wording=tuple(
            Wording(
                f"{what} ({clause.ids})" if len(card.clauses) > 1 else what,
                tuple(Line("•  " if item else "", text) for item, text in clause.lines),
            )
            for clause in card.clauses
        ),
    )


def _met(card: Card, topic: str) -> Met:
    places = list(dict.fromkeys(quote.place for quote in card.says))
    more = [f"and {len(places) - FEW_PLACES} more"] if len(places) > FEW_PLACES else []
    asked = " ".join(dict.fromkeys(asked.text for asked in card.asked))
    return Met(ids(card), topic, asked, "; ".join([*places[:FEW_PLACES], *more]))

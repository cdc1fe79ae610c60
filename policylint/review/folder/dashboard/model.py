"""What the dashboard shows, as plain values: rows for its tables, and the data that its script draws from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policylint.report import PackInfo
from policylint.reporters.clean import clean
from policylint.reporters.html.bars import Bar, Piece
from policylint.reporters.rows import words
from policylint.review.folder.overview import LETTERS, Entry, Overview
from policylint.review.folder.words import RESULTS, document_name, long_date, median, missing, percent, result

STATUSES = ("conflict", "missing", "weak", "partial", "met")
"""Statuses as a bar about many agencies shows them: what must be mended first."""

BINS = 10
_MANY = {"passes": "pass", "does not pass": "do not pass", "no pass rule": "without a pass rule"}
"""Results as one says them of several agencies."""

WIDE, HIGH = 84, 22
"""Of the drawing of a trend, in pixels."""


@dataclass(frozen=True, slots=True)
class Trend:
    """An agency's coverage over its submissions: a line, its points, and the same in words."""

    line: str
    points: tuple[tuple[str, str], ...]
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One agency in the table.

    Attributes:
        counts: how many requirements have each of `STATUSES`, as text.
        earlier: (day, page) of its earlier submissions.
    """

    slug: str
    agency: str
    about: str
    document: str
    state: str
    kind: str
    submitted: str
    result: str
    coverage: str
    counts: tuple[str, ...]
    trend: Trend | None
    earlier: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One requirement in the table of what is most often not met."""

    at: int
    id: str
    asked: str
    citation: str
    topic: str
    bar: Bar


@dataclass(frozen=True, slots=True)
class Page:
    """The whole dashboard, but for what its script draws."""

    title: str
    made_on: str
    profile: str
    as_of: str
    facts: tuple[str, ...]
    version: str
    figures: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    asked: tuple[Asked, ...]
    spread: tuple[Bar, ...]
    families: tuple[tuple[tuple[str, str, str], ...], ...]
    failures: tuple[tuple[str, str, str, str], ...]
    packs: tuple[PackInfo, ...]
    statuses: tuple[str, ...] = STATUSES


def page_of(overview: Overview, version: str) -> Page:
    """The page's tables."""
    latest = overview.latest
    asked = overview.asked
    facts = asked.get("facts")
    return Page(
        title=f"Review of {_scope(overview)}",
        made_on=long_date(overview.made_on),
        profile=clean(str(asked.get("profile") or "")),
        as_of=clean(str(asked.get("as_of") or "")),
        facts=tuple(clean(f"{k}: {v}") for k, v in facts.items()) if isinstance(facts, dict) else (),
        version=version,
        figures=tuple(_figures(overview)),
        rows=tuple(_row(entry, overview) for entry in latest),
        asked=tuple(_asked(overview)),
        spread=tuple(_spread(latest)),
        families=tuple(tuple(_member(overview.entries[at]) for at in family.members) for family in overview.families),
        failures=tuple(
            (e.slug, e.label, document_name(e.submission), e.reason) for e in overview.entries if not e.judged
        ),
        packs=tuple(overview.packs.values()),
    )


def agencies(count: int) -> str:
    """A number of agencies: "1 agency", "1,000 agencies"."""
    return f"{count:,} {'agency' if count == 1 else 'agencies'}"


def _scope(overview: Overview) -> str:
    """What was reviewed: agencies, or where some have several policies that count, those."""
    policies, found = len(overview.latest), agencies(overview.agencies)
    return found if policies == overview.agencies else f"{policies:,} policies of {found}"


def _figures(overview: Overview) -> Iterator[tuple[str, str]]:
    """What stands at the top in large figures: number and what it counts."""
    results = Counter(map(result, overview.latest))
    yield f"{len(overview.latest):,}", "agencies" if len(overview.latest) == overview.agencies else "policies"
    for name in RESULTS:
        if results[name]:
            yield f"{results[name]:,}", _MANY.get(name, name) if results[name] > 1 else name
    if covered := median(entry.coverage for entry in overview.latest):
        yield covered, "met by the median agency"
    conflicts = sum(LETTERS["conflict"] in e.statuses for e in overview.latest)
    yield f"{conflicts:,}", "with a conflict"
    if overview.families:
        yield f"{len(overview.families):,}", "families of shared text"


def _row(entry: Entry, overview: Overview) -> Row:
    submission, counts = entry.submission, entry.counts
    earlier = [overview.entries[at] for at in entry.earlier]
    return Row(
        slug=entry.slug,
        agency=entry.label,
        about=entry.reason if not entry.judged else missing(entry.standing),
        document=document_name(submission),
        state=clean(submission.state or ""),
        kind=clean(submission.agency_kind or ""),
        submitted=clean(submission.submitted or ""),
        result=result(entry),
        coverage=percent(entry.coverage),
        counts=tuple(str(counts[status]) if entry.judged else "" for status in STATUSES),
        trend=_trend([*earlier, entry]) if earlier else None,
        earlier=tuple((clean(e.submission.submitted or "undated"), f"agencies/{e.slug}.html") for e in earlier),
    )


def _trend(entries: Sequence[Entry]) -> Trend | None:
    known = [(e, c) for e in entries if (c := e.coverage) is not None]
    if not known:
        return None
    step = (WIDE - 8) / max(1, len(known) - 1)
    points = [(f"{4 + at * step:.1f}", f"{HIGH - 4 - c * (HIGH - 8):.1f}") for at, (_, c) in enumerate(known)]
    told = ", ".join(f"{clean(e.submission.submitted or 'undated')}: {percent(c)}" for e, c in known)
    return Trend(" ".join(f"{x},{y}" for x, y in points), tuple(points), told)


def _asked(overview: Overview) -> Iterator[Asked]:
    """Requirements, those that most agencies do not state or contradict first."""
    found = []
    for at, column in enumerate(overview.columns):
        counts = Counter(entry.status(at) for entry in overview.latest)
        bar = _bar(str(at), column.id, [(status, counts[status]) for status in STATUSES])
        asked = Asked(at, column.id, column.asked, column.citation, column.topic, bar)
        found.append((-(counts["missing"] + counts["conflict"]), at, asked))
    yield from (asked for *_, asked in sorted(found, key=lambda each: each[:2]))


def _spread(entries: Iterable[Entry]) -> Iterator[Bar]:
    """How many agencies meet how much: a bar for each tenth, the best first, drawn against the longest."""
    tenths: list[Counter[str]] = [Counter() for _ in range(BINS)]
    for entry in entries:
        if (coverage := entry.coverage) is not None:
            tenths[min(BINS - 1, int(coverage * BINS + 1e-9))][result(entry)] += 1
    longest = max((tenth.total() for tenth in tenths), default=0)
    for at in reversed(range(BINS)):
        name = f"{100 * at // BINS} to {100 * (at + 1) // BINS} %"
        counts = [("met", tenths[at]["passes"]), ("weak", tenths[at].total() - tenths[at]["passes"])]
        made = _bar(str(at), name, counts, longest)
        yield Bar(made.key, name, tenths[at].total(), tenths[at]["passes"], made.pieces, agencies(made.asked))


def _bar(key: str, name: str, counts: Sequence[tuple[str, int]], whole: int | None = None) -> Bar:
    total = sum(count for _, count in counts)
    scale = 100 / max(1, total if whole is None else whole)
    pieces, done = [], 0
    for status, count in counts:
        pieces.append(Piece(status, count, f"{done * scale:.2f}%", f"{count * scale:.2f}%"))
        done += count
    told = ", ".join(f"{count:,} {words(status)}" for status, count in counts if count)
    return Bar(key, name, total, dict(counts).get("met", 0), tuple(pieces), told or "asked of no agency")


def _member(entry: Entry) -> tuple[str, str, str]:
    """Page, name and likeness of a member of a family."""
    likeness = "" if entry.likeness is None else percent(entry.likeness)
    when = f" ({clean(entry.submission.submitted or 'undated')})" if not entry.latest else ""
    return f"agencies/{entry.slug}.html", f"{entry.label}{when}", likeness


def data_of(overview: Overview) -> dict[str, object]:
    """What the script needs: requirements, and of each agency what it filters and draws. Lists, to be short."""
    packs = list(dict.fromkeys(column.pack for column in overview.columns))
    topics = list(dict.fromkeys(column.topic for column in overview.columns))
    families = {overview.entries[f.members[0]].family: at for at, f in enumerate(overview.families)}
    names = {pack.id: f"{pack.authority} ({pack.rank})" for pack in overview.packs.values()}
    return {
        "letters": {letter: words(status) for status, letter in LETTERS.items()},
        "results": RESULTS,
        "packs": [clean(names.get(pack, pack)) for pack in packs],
        "topics": topics,
        "columns": [
            [c.id, packs.index(c.pack), topics.index(c.topic), c.force, c.asked, c.citation] for c in overview.columns
        ],
        "families": [f"{overview.entries[f.members[0]].label} ({len(f.members)})" for f in overview.families],
        "rows": [
            [
                RESULTS.index(result(e)),
                -1 if e.coverage is None else round(e.coverage, 4),
                e.statuses,
                -1 if e.family is None else families.get(e.family, -1),
                list(e.standing.lacking) if e.standing is not None else [],
            ]
            for e in overview.latest
        ],
    }

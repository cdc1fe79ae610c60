"""What changed since the last round, as a web page, a table and a text: comparison.html, comparison.csv, comparison.txt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean
from policylint.reporters.comparison.words import HEADINGS
from policylint.reporters.comparison.words import summary as counted
from policylint.reporters.csv import table
from policylint.reporters.html import hash_of
from policylint.reporters.rows import neutral, words
from policylint.reporters.templates import file, template
from policylint.review.compare import SHOWN
from policylint.review.folder.files import Record, put
from policylint.review.folder.words import document_name_of, long_date, median, percent

if TYPE_CHECKING:
    from policylint.review.compare import Agency, Change, ReviewComparison, Side

COLUMNS = ("agency", "state", "change", "requirement", "topic", "old status", "new status", "asks", "citation")

FEW = 10
"""Of the requirements and agencies so many are named in the text."""


def write_comparison(comparison: ReviewComparison, out: Path) -> tuple[Path, ...]:
    """Write the three files into a review folder; same comparison, same bytes. Raises UsageError.

    The next time the folder is written they go, unless they are written again.
    """
    made = {
        "comparison.html": page(comparison),
        "comparison.csv": csv(comparison),
        "comparison.txt": text(comparison),
    }
    record = Record(out)
    record.add({name: put(out, name, content.encode("utf-8", "replace")) for name, content in made.items()})
    return tuple(out / name for name in made)


def text(comparison: ReviewComparison) -> str:
    """What changed for the state, then for each agency, a line each."""
    return "\n".join(_lines(comparison)) + "\n"


def _lines(comparison: ReviewComparison) -> Iterator[str]:
    yield f"Compared with the review of {long_date(comparison.days[0])}"
    yield from (f"  {name}: {before} → {now}" for name, before, now in figures(comparison))
    yield f"  requirements: {counted(comparison.counts)}"
    yield from (f"note: {clean(note)}" for note in comparison.notes)
    yield from _named("Pass now", comparison.now_pass)
    yield from _named("No longer pass", comparison.no_longer_pass)
    yield from _named("New", comparison.new)
    yield from _named("Not in this review", comparison.gone)
    worst = [r for r in comparison.requirements if r.counts.get("lost") or r.counts.get("weakened")][:FEW]
    if worst:
        yield "Requirements with the most losses"
        for r in worst:
            fared = ", ".join(
                f"{r.counts[kind]} {kind}" for kind in ("lost", "weakened", "gained") if r.counts.get(kind)
            )
            yield f"  {clean(r.id)}: {fared}; met by {r.met_before} → {r.met_now}. {clean(r.asked)}"
    if comparison.agencies:
        yield "Agencies"
        yield from (f"  {named(agency)}: {story(agency)}" for agency in comparison.agencies)


def _named(heading: str, agencies: list[Agency]) -> Iterator[str]:
    if agencies:
        names = [named(agency) for agency in agencies[:FEW]]
        more = f" and {len(agencies) - FEW} more" if len(agencies) > FEW else ""
        yield f"{heading} ({len(agencies)}): {'; '.join(names)}{more}"


def named(agency: Agency) -> str:
    """An agency's name, with its state where that is known."""
    return clean(agency.name) + (f" ({clean(agency.state)})" if agency.state else "")


def figures(comparison: ReviewComparison) -> list[tuple[str, str, str]]:
    """Name, before, now: of the state as a whole."""
    sides = ([a.old for a in comparison.agencies if a.old], [a.new for a in comparison.agencies if a.new])
    rows = [
        ("agencies", *(f"{len(side):,}" for side in sides)),
        ("judged", *(f"{sum(s.judged for s in side):,}" for side in sides)),
        ("met by the median agency", *(median(s.coverage for s in side) or "n/a" for side in sides)),
    ]
    if any(s.passes is not None for side in sides for s in side):
        rows.insert(2, ("pass", *(f"{sum(bool(s.passes) for s in side):,}" for side in sides)))
    return [(name, before, now) for name, before, now in rows]


def story(agency: Agency) -> str:
    """How one agency fared, in a line."""
    old, new = agency.old, agency.new
    if new is None:
        return "not in this review"
    if not new.judged:
        return f"not judged now: {clean(new.reason)}"
    if old is None:
        return f"new: {outcome(new)}"
    if not old.judged:
        return f"judged now and not before: {outcome(new)}"
    return f"{outcome(old)} → {outcome(new)}; {counted(dict(agency.counts))}"


def outcome(side: Side) -> str:
    """What came of a submission, in short: "passes, 82 %"."""
    said = {True: "passes, ", False: "does not pass, ", None: ""}[side.passes]
    return f"{said}{percent(side.coverage) or 'nothing asked'}"


def csv(comparison: ReviewComparison) -> str:
    """One row for each requirement that changed with an agency, and one for each agency that cannot be compared."""
    return table(COLUMNS, _rows(comparison))


def _rows(comparison: ReviewComparison) -> Iterator[tuple[str, ...]]:
    about = {r.id: r for r in comparison.requirements}
    for agency in comparison.agencies:
        who = (neutral(agency.name), neutral(agency.state))
        if what := _no_pair(agency):
            yield (*who, what, *[""] * (len(COLUMNS) - 3))
        for change in agency.changes:
            r = about[change.requirement]
            told = (change.requirement, words(r.topic), _status(change.old), _status(change.new), r.asked, r.citation)
            yield (*who, words(change.kind), *map(neutral, told))


def _no_pair(agency: Agency) -> str:
    """Why an agency has no changes to list; "" where it was judged in both rounds."""
    if agency.new is None:
        return "not in this review"
    if not agency.new.judged:
        return "not judged"
    if agency.old is None:
        return "new agency"
    return "" if agency.old.judged else "not judged before"


def _status(status: str) -> str:
    return words(status) or "not asked"


def page(comparison: ReviewComparison) -> str:
    """The page: plain, without a script."""
    here = "policylint.review.comparison"
    style = file("policylint.reporters.comparison", "comparison.css") + file(here, "comparison.css")
    return template(here, "comparison.html.j2").render(
        comparison=comparison,
        days=[long_date(day) for day in comparison.days],
        figures=figures(comparison),
        counted=counted,
        story=story,
        named=named,
        changes=_by_kind,
        headings=HEADINGS,
        kinds=SHOWN,
        status=_status,
        document=document_name_of,
        style=style,
        policy=f"default-src 'none'; style-src '{hash_of(style)}'; base-uri 'none'; form-action 'none'",
    )


def _by_kind(agency: Agency) -> Iterator[tuple[str, list[Change]]]:
    for kind in SHOWN:
        if found := [change for change in agency.changes if change.kind == kind]:
            yield kind, found

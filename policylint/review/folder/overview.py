"""What the pages about all agencies need, gathered in one pass: a few hundred bytes a submission instead of its whole report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from policylint.report import PackInfo, Verdict
from policylint.reporters.clean import clean
from policylint.review.folder.names import slugs
from policylint.review.folder.words import document_name
from policylint.review.model import Review, Reviewed, Standing, Submission

LETTERS = {
    "met": "m",
    "partial": "p",
    "weak": "w",
    "missing": "x",
    "conflict": "c",
    "not_applicable": "n",
}
"""Status -> the letter for it in `Entry.statuses`."""

NOT_ASKED = "."
"""The letter of a requirement that a submission was not judged by."""

STATUS_OF = {letter: status for status, letter in LETTERS.items()}


@dataclass(frozen=True, slots=True)
class Column:
    """One requirement, as the tables about all agencies name it."""

    id: str
    pack: str
    authority: str
    rank: str
    topic: str
    force: str
    asked: str
    citation: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One submission, in short.

    Attributes:
        slug: its page is agencies/SLUG.html, and its letter, if it is the agency's last, letters/SLUG.docx.
        agency: the agency's name, fit to be shown.
        label: the same, with the document where several of the agency's count: nobody said which is the last.
        reason: why it was not judged, or "".
        statuses: a letter for each requirement of the overview; shorter where the last ones are not asked.
        earlier: places of the agency's earlier submissions in `Overview.entries`, the oldest first.
    """

    submission: Submission
    slug: str
    agency: str
    label: str
    title: str
    judged: bool
    reason: str
    profile: str
    latest: bool
    standing: Standing | None
    statuses: str
    family: str | None
    likeness: float | None
    earlier: tuple[int, ...] = ()

    def status(self, at: int) -> str | None:
        """The status of the requirement at a place, or None when it was not asked."""
        return STATUS_OF.get(self.statuses[at]) if at < len(self.statuses) else None

    @property
    def counts(self) -> Counter[str]:
        """How many requirements have each status."""
        letters = Counter(self.statuses)
        return Counter({status: letters[letter] for status, letter in LETTERS.items()})

    @property
    def asked(self) -> int:
        """How many requirements apply."""
        return len(self.statuses) - self.statuses.count(NOT_ASKED) - self.statuses.count(LETTERS["not_applicable"])

    @property
    def coverage(self) -> float | None:
        """How much of what applies is met, 0 to 1; None when it was not judged or nothing applies."""
        return self.statuses.count(LETTERS["met"]) / self.asked if self.judged and self.asked else None


@dataclass(frozen=True, slots=True)
class Family:
    """Submissions whose text is the same or nearly so: places in `Overview.entries`, the one they are measured by first."""

    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """A whole review, in short.

    Attributes:
        entries: all submissions, in the order of the review.
        packs: by id, all packs that something was judged by.
    """

    made_on: str
    asked: Mapping[str, object]
    columns: tuple[Column, ...]
    entries: tuple[Entry, ...]
    families: tuple[Family, ...]
    packs: Mapping[str, PackInfo]

    @property
    def latest(self) -> list[Entry]:
        """Each agency's last submission, what counts for the state; several of one agency where nobody said which is the last."""
        return [entry for entry in self.entries if entry.latest]

    @property
    def agencies(self) -> int:
        """How many agencies there are. An agency is its name and its state."""
        return len({_agency(entry) for entry in self.latest})


def overview_of(review: Review) -> Overview:
    """Go through a review once; one report is in memory at a time."""
    columns: dict[str, Column] = {}
    places: dict[str, int] = {}
    packs: dict[str, PackInfo] = {}
    entries = []
    for reviewed in review:
        packs.update((pack.id, pack) for pack in reviewed.packs)
        for verdict in reviewed.report.verdicts:
            if verdict.requirement not in places:
                places[verdict.requirement] = len(places)
                columns[verdict.requirement] = _column(verdict, packs)
        entries.append(_entry(reviewed, places))
    entries = _labelled(entries)
    named = _with_earlier([replace(e, slug=slug) for e, slug in zip(entries, _slugs(entries), strict=True)])
    return Overview(
        made_on=review.made_on,
        asked=dict(review.asked),  # a plain one goes to the processes that help
        columns=tuple(columns.values()),
        entries=tuple(named),
        families=tuple(_families(named)),
        packs=packs,
    )


def _entry(reviewed: Reviewed, places: Mapping[str, int]) -> Entry:
    report, submission = reviewed.report, reviewed.submission
    letters = [NOT_ASKED] * len(places)
    for verdict in report.verdicts:
        letters[places[verdict.requirement]] = LETTERS[verdict.status]
    agency = clean(submission.agency) or "unnamed"
    return Entry(
        submission=submission,
        slug="",
        agency=agency,
        label=agency,
        title=clean(report.title),
        judged=report.status == "judged",
        reason=clean(report.reason or ""),
        profile=clean(report.profile or ""),
        latest=reviewed.latest,
        standing=reviewed.standing,
        statuses="".join(letters).rstrip(NOT_ASKED),
        family=reviewed.family,
        likeness=reviewed.likeness,
    )


def _column(verdict: Verdict, packs: Mapping[str, PackInfo]) -> Column:
    pack = packs.get(verdict.pack)
    return Column(
        id=clean(verdict.requirement),
        pack=clean(verdict.pack),
        authority=clean(pack.authority if pack else verdict.pack),
        rank=clean(pack.rank) if pack else "",
        topic=clean(verdict.topic).replace("_", " ").capitalize(),
        force=verdict.force,
        asked=clean(verdict.asked or verdict.message),
        citation=clean(verdict.citation),
    )


def _labelled(entries: Sequence[Entry]) -> list[Entry]:
    counts = Counter(_agency(entry) for entry in entries if entry.latest)
    return [
        replace(entry, label=f"{entry.agency} ({document_name(entry.submission)})")
        if entry.latest and counts[_agency(entry)] > 1
        else entry
        for entry in entries
    ]


def _slugs(entries: Sequence[Entry]) -> list[str]:
    """The last submission has its agency's name; an earlier one has its day, too."""
    return slugs([_name(entry) for entry in entries])


def _name(entry: Entry) -> tuple[str, str, str]:
    submission = entry.submission
    who = "\n".join((submission.agency, submission.state or "", submission.agency_kind or ""))
    if entry.latest:
        return entry.label, who, submission.key
    return f"{entry.agency[:40]} {submission.submitted or 'undated'}", f"{who}\nearlier", submission.key


def _with_earlier(entries: Sequence[Entry]) -> list[Entry]:
    """Each agency's last submission with the places of those before it."""
    found = list(entries)
    numbered = sorted(enumerate(entries), key=lambda pair: _agency(pair[1]))
    for _, group in groupby(numbered, key=lambda pair: _agency(pair[1])):
        places = [at for at, _ in group]
        earlier = tuple(at for at in places if not entries[at].latest)
        for at in places:
            if entries[at].latest and earlier:
                found[at] = replace(entries[at], earlier=earlier)
                break
    return found


def _agency(entry: Entry) -> tuple[str, str]:
    return entry.submission.agency, entry.submission.state or ""


def _families(entries: Sequence[Entry]) -> list[Family]:
    """Families of two and more, the largest first."""
    members: dict[str, list[int]] = {}
    for at, entry in enumerate(entries):
        if entry.family is not None:
            members.setdefault(entry.family, []).append(at)
    found = [
        Family(tuple(sorted(places, key=lambda at: (entries[at].submission.key != key, at))))
        for key, places in members.items()
        if len(places) > 1
    ]
    return sorted(found, key=lambda family: (-len(family.members), family.members))

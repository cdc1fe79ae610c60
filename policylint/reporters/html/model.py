"""What the page shows, as plain values: the template decides nothing but how it looks."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath, PureWindowsPath

from policylint.report import SETTLED, SEVERITIES, DocumentReport, Evidence, PackInfo, Report, Verdict
from policylint.reporters.cards import Card, Ids, card_of, groups_of
from policylint.reporters.clean import clean
from policylint.reporters.decisions import Decision, accepted, decided, fixed, gaps
from policylint.reporters.html.bars import ORDER, Bar, bar
from policylint.reporters.html.marks import Claim, ShownPart, shown_parts
from policylint.reporters.rows import words
from policylint.reporters.view import View


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that a filter offers, how many requirements have it, and whether it is ticked at first."""

    key: str
    name: str
    count: int
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Topic:
    """Cards of one topic under its heading."""

    bar: Bar
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of the report.

    Attributes:
        key: "d1", "d2" ...; ids that the page makes up begin with it.
        name: its path, without what only this machine knows.
        title: what it calls itself, else its name.
        facts: what was read of it, as (name, value).
        parts: the policy as read with its passages marked, () when there is none to show.
        cards: all cards, by number.
    """

    key: str
    name: str
    title: str
    judged: bool
    reason: str
    verdict: str
    notes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    whole: Bar
    topics: tuple[Topic, ...]
    authorities: tuple[Bar, ...]
    statuses: tuple[Choice, ...]
    severities: tuple[Choice, ...]
    parts: tuple[ShownPart, ...]
    left_out: tuple[tuple[str, str], ...]
    cards: tuple[Card, ...]
    waivers: tuple[Decision, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    title: str
    version: str
    profile: str
    as_of: str
    packs: tuple[PackInfo, ...]
    papers: tuple[Paper, ...]


def page_of(report: Report, view: View) -> Page:
    """The report as the page shows it; nothing in it depends on when or where it is made."""
    names = _names([d.path for d in report.documents])
    packs = {p.id: p for p in report.packs}
    ids = Ids()
    papers = tuple(
        _paper(number, document, name, packs, ids, view)
        for number, (document, name) in enumerate(zip(report.documents, names, strict=True), 1)
    )
    one = papers[0].title if len(papers) == 1 else f"{len(papers)} documents"
    return Page(
        title=one,
        version=report.version,
        profile=clean(report.profile or ""),
        as_of=clean(report.as_of or ""),
        packs=report.packs,
        papers=papers,
    )


def _paper(
    number: int, document: DocumentReport, name: str, packs: Mapping[str, PackInfo], ids: Ids, view: View
) -> Paper:
    key = f"d{number}"
    groups = groups_of(document.verdicts)
    body = document.body
    parts = shown_parts(body, tuple(_claims(groups)), f"{key}:") if body is not None else ()
    anchors = _Anchors(parts)
    prefix = "" if number == 1 else f"{key}-"
    cards = tuple(
        card_of(at, group, packs, anchors.of(group), [ids.of(v.requirement, prefix) for v in group], document.title)
        for at, group in enumerate(groups)
    )
    topics = tuple(
        Topic(bar(topic, clean(topic).replace("_", " ").capitalize(), (v for c in found for v in c.verdicts)), found)
        for topic, found in ((topic, tuple(found)) for topic, found in groupby(cards, key=lambda c: c.topic))
    )
    left_out = (
        [(clean(why), clean(" ".join(body.text[a:b] for a, b in spans))) for why, spans in body.left_out]
        if body
        else []
    )
    return Paper(
        key=key,
        name=name,
        title=clean(document.title) or name,
        judged=document.status == "judged",
        reason=clean(document.reason or ""),
        verdict=_in_words(document),
        notes=tuple(clean(note) for note in document.notes),
        facts=tuple(_facts(document, name)),
        whole=bar("", "All requirements", document.verdicts),
        topics=topics,
        authorities=tuple(_authorities(document.verdicts, packs)),
        statuses=tuple(_statuses(cards, view)),
        severities=tuple(_severities(cards)),
        parts=parts,
        left_out=tuple(left_out),
        cards=cards,
        waivers=tuple(decided(document)),
        fixed=tuple(fixed(document)),
    )


class _Anchors:
    """From evidence to the passage on the page."""

    def __init__(self, parts: Sequence[ShownPart]) -> None:
        self._ids = {s.start: s.anchor for p in parts for cell in p.cells for s in cell if s.anchor}
        self._starts = sorted(self._ids)

    def of(self, group: Sequence[Verdict]) -> Mapping[int, str]:
        """Offset of each passage of a group -> id of its element; a passage in no part has none."""
        return {e.start: self._ids[at] for e in _passages(group[0]) if (at := self._first(e)) is not None}

    def _first(self, evidence: Evidence) -> int | None:
        at = bisect_left(self._starts, evidence.start)
        return self._starts[at] if at < len(self._starts) and self._starts[at] < evidence.end else None


def _passages(verdict: Verdict) -> tuple[Evidence, ...]:
    return verdict.evidence + ((verdict.closest,) if verdict.closest is not None else ())


def _claims(groups: Sequence[tuple[Verdict, ...]]) -> Iterator[Claim]:
    """What the cards point to. A group shares its evidence."""
    for number, (first, *_) in enumerate(groups):
        for evidence in first.evidence:
            yield Claim(number, first.status, evidence.start, evidence.end)
        if first.closest is not None:
            yield Claim(number, first.status, first.closest.start, first.closest.end, near=True)


def _authorities(verdicts: Sequence[Verdict], packs: Mapping[str, PackInfo]) -> Iterator[Bar]:
    """One bar a pack, in the order of the packs: that of rank."""
    for pack in dict.fromkeys([*packs, *(v.pack for v in verdicts)]):
        of_pack = [v for v in verdicts if v.pack == pack]
        if of_pack:
            info = packs.get(pack)
            yield bar(pack, clean(f"{info.authority} ({info.rank})" if info else pack), of_pack)


def _statuses(cards: Sequence[Card], view: View) -> Iterator[Choice]:
    """Gaps are ticked, and what was asked to be shown; everything, where there is no gap."""
    counts = Counter(v.status for c in cards for v in c.verdicts)
    no_gap = not any(counts[s] for s in ORDER if s not in SETTLED)
    for status in ("conflict", "missing", "weak", "partial", "met", "not_applicable"):
        if counts[status]:
            yield Choice(status, words(status), counts[status], status not in SETTLED or status in view.show or no_gap)


def _severities(cards: Sequence[Card]) -> Iterator[Choice]:
    counts = Counter(v.severity for c in cards for v in c.verdicts)
    for severity in reversed(SEVERITIES):
        if counts[severity]:
            yield Choice(severity, severity, counts[severity])


def _in_words(document: DocumentReport) -> str:
    """How a document stands, in a sentence."""
    summary = document.summary
    if document.status != "judged":
        return "This document was not judged."
    parts = [counted(n, name) for name, n in summary.open if n]
    found = gaps(summary)
    more = "".join(f", {part}" for part in accepted(summary))
    asked = counted(summary.requirements, "requirement")
    return f"{found[:1].upper()}{found[1:]} in {asked}{f': {_and(parts)}' if parts else ''}{more}."


def _facts(document: DocumentReport, name: str) -> Iterator[tuple[str, str]]:
    yield "File", name
    if document.format:
        yield "Format", clean(document.format)
    numbers = ((document.pages, "page"), (document.words, "word"), (document.sections, "section"))
    read = [counted(n, noun) for n, noun in (*numbers, (document.statements, "statement")) if n]
    if read:
        yield "Read", ", ".join(read)
    if document.profile:
        yield "Profile", clean(document.profile)
    if document.packs:
        yield "Packs", ", ".join(map(clean, document.packs))
    if document.sha256:
        yield "SHA-256 of the file", clean(document.sha256)


def counted(count: int, noun: str) -> str:
    """A number with its noun, as the text report writes them: "1 gap", "1,234 words", "2 info"."""
    return f"{count:,} {noun}{'' if count == 1 or noun == 'info' else 's'}"


def _and(parts: Sequence[str]) -> str:
    return " and ".join([*([", ".join(parts[:-1])] if parts[:-1] else []), parts[-1]])


def _names(paths: Sequence[str]) -> list[str]:
    """Paths as the user gave them; of absolute ones only what tells them apart, for a report is read elsewhere."""
    absolute = [_absolute(p) for p in paths]
    parts = [p.replace("\\", "/").split("/") if a else [p] for p, a in zip(paths, absolute, strict=True)]
    deep = [p for p, a in zip(parts, absolute, strict=True) if a]
    shared = 0
    while len(deep) > 1 and all(len(p) > shared + 1 and p[shared] == deep[0][shared] for p in deep):
        shared += 1
    return [
        clean(path if not a else "/".join(p[shared:] if len(deep) > 1 else p[-1:])) or "unnamed"
        for path, p, a in zip(paths, parts, absolute, strict=True)
    ]


def _absolute(path: str) -> bool:
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()

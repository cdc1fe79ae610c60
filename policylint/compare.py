"""Two reports on editions of a policy, compared in terms of requirements: what was gained, lost, weakened, moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from policylint.fingerprint import fingerprint
from policylint.report import DocumentReport, PackInfo, Report, Verdict

SCHEMA = "policylint-comparison/1"

KINDS = ("lost", "weakened", "gained", "strengthened", "moved", "newly_asked", "no_longer_asked", "unchanged")
"""How a requirement can have fared, what a reader must see first before the rest.

lost: it was met and is not. weakened: it was not met and stands worse. gained: it is met and was not. strengthened: it
stands better, and is not met. moved: the verdict is the same, the words that carry it stand in another section.
newly_asked, no_longer_asked: it applies to one of the editions only, or only one was judged by its pack.
"""

EXIT_LOST, EXIT_NOT_JUDGED = 1, 3

# A partial statement leaves out some of what is asked; a weak one says all of it with less force.
_RANK = {"conflict": 0, "missing": 1, "partial": 2, "weak": 3, "met": 4}


@dataclass(frozen=True, slots=True)
class Change:
    """How one requirement fared.

    Attributes:
        kind: one of `KINDS`.
        old, new: its verdicts; None on the side where it was not asked at all. They are never both None.
        elements_gained, elements_lost: of a list, what one edition covers and the other does not.
    """

    kind: str
    old: Verdict | None
    new: Verdict | None
    elements_gained: tuple[str, ...] = ()
    elements_lost: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The newer of its verdicts."""
        verdict = self.new or self.old
        assert verdict is not None
        return verdict


@dataclass(frozen=True, slots=True)
class Pair:
    """Two editions of one document; one of them is None where it has no counterpart in the other report."""

    old: DocumentReport | None
    new: DocumentReport | None
    changes: tuple[Change, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Number of changes of each kind, every kind named."""
        found = Counter(c.kind for c in self.changes)
        return {kind: found[kind] for kind in KINDS}

    def of(self, kind: str) -> tuple[Change, ...]:
        """The changes of one kind, in the order of the requirements."""
        return tuple(c for c in self.changes if c.kind == kind)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs between two reports.

    Attributes:
        version: of the program that compared.
        pairs: the documents, in the order of the new report; those that are only in the old one last.
        notes: what a reader should know, as sentences: packs that differ, say.
    """

    version: str
    old: Report
    new: Report
    pairs: tuple[Pair, ...]
    notes: tuple[str, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Number of changes of each kind over all documents."""
        return {kind: sum(pair.counts[kind] for pair in self.pairs) for kind in KINDS}

    def exit_code(self) -> int:
        """3 when a document was not judged, else 1 when a requirement that was met is lost, else 0."""
        documents = (*self.old.documents, *self.new.documents)
        if not self.pairs or any(d.status != "judged" for d in documents):
            return EXIT_NOT_JUDGED
        return EXIT_LOST if self.counts["lost"] else 0

    def to_dict(self) -> dict[str, object]:
        """The comparison as JSON, schema `policylint-comparison/1`: plain dicts, lists, strings, numbers and None."""
        return {
            "schema": SCHEMA,
            "tool": {"name": "policylint", "version": self.version},
            "old": _judged_by(self.old),
            "new": _judged_by(self.new),
            "notes": list(self.notes),
            "documents": [_pair(pair) for pair in self.pairs],
            "summary": self.counts,
        }


def compare(old: Report, new: Report, version: str) -> Comparison:
    """Compare two reports.

    One document each: they are editions of one policy, whatever they are called. Several: those with the same path belong
    together, then those with the same file name or the same title where only one has it.
    """
    pairs = [Pair(a, b, tuple(_changes(a, b))) for a, b in _pairs(old.documents, new.documents)]
    return Comparison(version, old, new, tuple(pairs), tuple(_notes(old, new)))


def _pairs(
    old: tuple[DocumentReport, ...], new: tuple[DocumentReport, ...]
) -> Iterator[tuple[DocumentReport | None, DocumentReport | None]]:
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    partner: dict[int, int] = {}
    for key in (
        lambda d: d.path,
        lambda d: PurePosixPath(d.path.replace("\\", "/")).name,
        lambda d: d.title.casefold(),
    ):
        left = {i: key(d) for i, d in enumerate(old) if i not in partner.values() and key(d)}
        free = {j: key(d) for j, d in enumerate(new) if j not in partner and key(d)}
        for j, name in free.items():
            same = [i for i, other in left.items() if other == name]
            if len(same) == 1 and list(free.values()).count(name) == 1:
                partner[j] = same[0]
    for j, document in enumerate(new):
        yield (old[partner[j]] if j in partner else None), document
    yield from ((document, None) for i, document in enumerate(old) if i not in partner.values())


def _changes(old: DocumentReport | None, new: DocumentReport | None) -> Iterator[Change]:
    """One a requirement, in the order of the new document's; those that only the old one was asked come last."""
    before, after = _by_id(old), _by_id(new)
    titles = tuple(d.title if d is not None else "" for d in (old, new))
    for id_ in dict.fromkeys([*after, *before]):
        a, b = before.get(id_), after.get(id_)
        if new is None and a is not None and a.status == "met":
            yield Change("lost", a, None)  # the policy that met it is gone
        elif a is None or b is None or "not_applicable" in (a.status, b.status):
            yield Change(_asked(a, b), a, b)
        else:
            yield _change(a, b, (titles[0], titles[1]))


def _by_id(document: DocumentReport | None) -> Mapping[str, Verdict]:
    return {v.requirement: v for v in (document.verdicts if document is not None else ())}


def _asked(old: Verdict | None, new: Verdict | None) -> str:
    was, is_ = (v is not None and v.status != "not_applicable" for v in (old, new))
    return "unchanged" if was == is_ else "newly_asked" if is_ else "no_longer_asked"


def _change(old: Verdict, new: Verdict, titles: tuple[str, str]) -> Change:
    had, has = set(old.elements_covered or ()), set(new.elements_covered or ())
    gained = tuple(e for e in new.elements_covered or () if e not in had)
    lost = tuple(e for e in old.elements_covered or () if e not in has)
    step = _RANK[new.status] - _RANK[old.status] or (len(gained) - len(lost) if new.status == "partial" else 0)
    if step > 0:
        kind = "gained" if new.status == "met" else "strengthened"
    elif step < 0:
        kind = "lost" if old.status == "met" else "weakened"
    else:
        kind = "moved" if _moved(old, new, titles) else "unchanged"
    return Change(kind, old, new, gained, lost)


def _moved(old: Verdict, new: Verdict, titles: tuple[str, str]) -> bool:
    """Whether the evidence left a section and turned up in another. A new number or a new title of the policy is no move."""
    left, found = (_sections(v, title) for v, title in zip((old, new), titles, strict=True))
    return bool(left - found) and bool(found - left)


def _sections(verdict: Verdict, title: str) -> set[str]:
    paths = (e.section[1:] if e.section[:1] == (title,) else e.section for e in verdict.evidence)
    return {fingerprint("", "", path) for path in paths}


def _notes(old: Report, new: Report) -> Iterator[str]:
    if old.profile != new.profile:
        yield f"The old report is by {_by(old)}, the new one by {_by(new)}."
    packs = {p.id: p for p in old.packs}
    for pack in new.packs:
        other = packs.get(pack.id)
        if other is not None and other.sha256 != pack.sha256:
            yield (
                f"The two reports are by different editions of the pack {pack.id} ({_edition(other)}, {_edition(pack)}): "
                "some differences may come from the rules and not from the policy."
            )
    if old.as_of != new.as_of:
        yield f"The old report asks what is in force on {old.as_of or 'no given day'}, the new one on {new.as_of or 'no given day'}."
    if old.version != new.version:
        yield f"The old report was made by policylint {old.version}, the new one by {new.version}."


def _by(report: Report) -> str:
    if report.profile:
        return f"the profile {report.profile}"
    return f"the packs {', '.join(p.id for p in report.packs)}" if report.packs else "no pack"


def _edition(pack: PackInfo) -> str:
    return f"{pack.version}, {pack.sha256[:12]}"


def _judged_by(report: Report) -> dict[str, object]:
    return {
        "version": report.version,
        "profile": report.profile,
        "as_of": report.as_of,
        "packs": [p.to_dict() for p in report.packs],
    }


def _pair(pair: Pair) -> dict[str, object]:
    return {
        "old": _document(pair.old),
        "new": _document(pair.new),
        "changes": [_change_dict(c) for kind in KINDS for c in pair.of(kind)],
        "summary": pair.counts,
    }


def _document(document: DocumentReport | None) -> dict[str, object] | None:
    if document is None:
        return None
    plain = ("path", "sha256", "title", "status", "reason")
    return {name: getattr(document, name) for name in plain}


def _change_dict(change: Change) -> dict[str, object]:
    verdict = change.verdict
    plain = ("requirement", "pack", "topic", "force", "citation")
    return {"kind": change.kind, **{name: getattr(verdict, name) for name in plain}} | {
        "elements_gained": list(change.elements_gained),
        "elements_lost": list(change.elements_lost),
        "old": change.old.to_dict() if change.old else None,
        "new": change.new.to_dict() if change.new else None,
    }

"""What a lock pins, as values, and how it differs from the rules that are there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pack in one state.

    Attributes:
        sha256: of the pack's file.
        requirements: id -> digest of what is asked and of the check that looks for it.
    """

    version: str
    sha256: str
    requirements: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdicts on a document when the lock was written: requirement -> status."""

    sha256: str
    verdicts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules in one state.

    Attributes:
        whole: digest of all rule files; where it is the same, nothing changed.
        shared: digest of what all checks share: lexicon, facts and profiles.
        packs: id -> the pack.
    """

    whole: str
    shared: str
    packs: Mapping[str, Pinned]


@dataclass(frozen=True, slots=True)
class Lock:
    """What a lock file holds.

    Attributes:
        version: of the program that wrote it.
        documents: path, relative to the lock's folder -> its verdicts.
    """

    version: str
    rules: Rules
    documents: Mapping[str, Judged] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Change:
    """How a pack differs from what is pinned.

    Attributes:
        old, new: the pack as pinned and as it is; `old` is None where it is not pinned, `new` where there is none any more.
        changed, added, dropped: ids of requirements.
    """

    pack: str
    old: Pinned | None
    new: Pinned | None
    changed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The change as a part of a sentence: "iacp: version 1 → 2; changed: IACP-3; new: IACP-30"."""
        return f"{self.pack}: {'; '.join(self._parts())}"

    def _parts(self) -> Iterator[str]:
        if self.new is None:
            yield "there is no such pack any more"
            return
        if self.old is None:
            yield f"not pinned so far, version {self.new.version}"
            return
        if self.old.version != self.new.version:
            yield f"version {self.old.version} → {self.new.version}"
        for name, ids in (("changed", self.changed), ("new", self.added), ("dropped", self.dropped)):
            if ids:
                yield f"{name}: {', '.join(ids)}"
        if self.old.version == self.new.version and not (self.changed or self.added or self.dropped):
            yield f"the file differs ({self.old.sha256[:12]} → {self.new.sha256[:12]}), no requirement does"


def changes(pinned: Mapping[str, Pinned], now: Mapping[str, Pinned], packs: Iterable[str]) -> tuple[Change, ...]:
    """How some packs differ from what is pinned, those that do not left out."""
    compared = (_change(pack, pinned.get(pack), now.get(pack)) for pack in packs)
    return tuple(change for change in compared if change.old != change.new)


def _change(pack: str, old: Pinned | None, new: Pinned | None) -> Change:
    before, after = (side.requirements if side is not None else {} for side in (old, new))
    return Change(
        pack=pack,
        old=old,
        new=new,
        changed=tuple(r for r in after if r in before and before[r] != after[r]),
        added=tuple(r for r in after if r not in before),
        dropped=tuple(r for r in before if r not in after),
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """A verdict that is another one than when the lock was written; None where the requirement was, or is, not asked."""

    requirement: str
    old: str | None
    new: str | None


def turns(before: Judged, after: Judged) -> tuple[Turn, ...]:
    """The verdicts on a document that changed, in the order of the requirements."""
    ids = dict.fromkeys([*after.verdicts, *before.verdicts])
    compared = (Turn(r, before.verdicts.get(r), after.verdicts.get(r)) for r in ids)
    return tuple(turn for turn in compared if turn.old != turn.new)

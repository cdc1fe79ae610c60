"""A lock beside the rules and verdicts of today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from policylint.errors import UsageError
from policylint.lock.values import Judged, Lock, Rules, changes
from policylint.report import PackInfo, Report


def same(lock: Lock, packs: Iterable[PackInfo], whole: str) -> bool:
    """Whether nothing that is pinned changed, as far as the digests of whole files say; False: look closer."""
    if lock.rules.whole != whole:
        return False
    pinned = lock.rules.packs
    return all((p.version, p.sha256) == (pinned[p.id].version, pinned[p.id].sha256) for p in packs if p.id in pinned)


def unpinned(lock: Lock, packs: Iterable[PackInfo]) -> tuple[str, ...]:
    """Ids of packs that were judged by and that the lock does not pin."""
    return tuple(p.id for p in packs if p.id not in lock.rules.packs)


def refuse_changes(lock: Lock, now: Rules, packs: Iterable[str], name: str) -> None:
    """Stop where a pack that is pinned, or what all checks share, is not what it was.

    Args:
        lock: what was pinned.
        now: the rules as they are.
        packs: ids of the packs that were judged by.
        name: what errors call the lock.

    Raises:
        UsageError: something changed; it says what, and what to do.
    """
    found = [str(c) for c in changes(lock.rules.packs, now.packs, packs) if c.old is not None]
    if now.shared != lock.rules.shared:
        found.append("the lexicon, facts or profiles that all packs share differ")
    if found:
        raise UsageError(
            f"The rules are not those that were pinned: {'. '.join(found)}.",
            file=name,
            hint="`policylint lock --upgrade` shows which verdicts change, and pins the rules of today. To keep what was "
            f"pinned, install policylint {lock.version} or take the rules back.",
        )


def written(version: str, rules: Rules, documents: Mapping[str, Judged], before: Lock | None) -> Lock:
    """The lock to write: `rules` of this `version` of the program, with verdicts; those on other documents stay as they were."""
    return Lock(version, rules, {**(before.documents if before is not None else {}), **documents})


def judged(report: Report, name: Callable[[str], str]) -> Mapping[str, Judged]:
    """The verdicts of a report as a lock records them; documents that were not judged have none."""
    return {
        name(d.path): Judged(d.sha256 or "", {v.requirement: v.status for v in d.verdicts})
        for d in report.documents
        if d.status == "judged"
    }

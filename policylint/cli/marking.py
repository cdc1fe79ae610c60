"""What comes after judging in every command that judges: the lock, waivers, and the baseline."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policylint.cli import console
from policylint.clock import today
from policylint.config.settings import DEFAULT, Settings
from policylint.errors import UsageError
from policylint.files import seen_from

if TYPE_CHECKING:
    from collections.abc import Collection

    from policylint.baseline import Baseline, Paths
    from policylint.lock import Lock
    from policylint.packs.folders import RuleFolder
    from policylint.packs.models import Library
    from policylint.report import Report


@dataclass(frozen=True, slots=True)
class Marking:
    """Which marks a run puts on its verdicts.

    Attributes:
        settings: of the run; the paths of the three files are among them.
        waived, compared, locked: whether waivers, the baseline and the lock count.
        quiet: say nothing on stderr but errors.
    """

    settings: Settings
    waived: bool = True
    compared: bool = True
    locked: bool = True
    quiet: bool = False

    def marked(self, report: Report) -> Report:
        """The report after the lock was looked at, with its waivers and its standing to the baseline.

        Raises:
            UsageError: a pack that is pinned is not what it was; or the baseline or lock is not valid.
            RuleError: the waivers file is not valid.
        """
        if self.locked:
            self._refuse_changed_rules(report)
        if self.waived:
            report = self._waived(report)
        baseline = self.baseline() if self.compared else None
        if baseline is not None:
            from policylint.baseline import mark

            report = mark(report, baseline, self.paths())
        return report

    def baseline(self, *, may_lack: bool = False) -> Baseline | None:
        """What the baseline file holds, or None where there is none.

        Raises:
            UsageError: it cannot be read, or is not valid; or somebody named it, and it is not there (unless it `may_lack`).
        """
        data = self._data("baseline", may_lack=may_lack)
        if data is None:
            return None
        from policylint.baseline import load

        return load(data, self.settings.baseline)

    def lock(self, *, may_lack: bool = False) -> Lock | None:
        """What the lock file holds. Otherwise as `baseline`."""
        data = self._data("lock", may_lack=may_lack)
        if data is None:
            return None
        from policylint.lock import load

        return load(data, self.settings.lock)

    def paths(self) -> Paths:
        """How the baseline knows documents: by their paths from its own folder."""
        from policylint.baseline import Paths

        folder = Path(self.settings.baseline).parent
        return Paths(lambda path: seen_from(path, folder), lambda path: os.path.lexists(folder / path))

    def _waived(self, report: Report) -> Report:
        path = self.settings.waivers
        if not self._there("waivers"):
            return report
        from policylint import waivers

        report, told = waivers.apply(report, waivers.load(path), today(), self._requirements)
        for sentence in () if self.quiet else told:
            console.note(sentence)
        return report

    def _requirements(self) -> Collection[str]:
        return library_of(self.settings, frozenset()).requirements

    def _refuse_changed_rules(self, report: Report) -> None:
        lock = self.lock()
        if lock is None:
            return
        from policylint import lock as locks

        added = rule_folders_of(self.settings)
        for pack in () if self.quiet else locks.unpinned(lock, report.packs):
            console.note(f"The pack {pack} is not pinned in {self.settings.lock}; `policylint lock POLICY` pins it.")
        if not locks.same(lock, report.packs, locks.whole(added)):
            packs = [pack.id for pack in report.packs]
            now = locks.rules(library_of(self.settings, frozenset(packs)), packs, added)
            locks.refuse_changes(lock, now, packs, self.settings.lock)

    def _there(self, key: str) -> bool:
        """Whether a file is to be read: not, where it would stand at its usual place and does not."""
        return self.settings.origin(key) != DEFAULT or os.path.lexists(getattr(self.settings, key))

    def _data(self, key: str, *, may_lack: bool) -> bytes | None:
        if not self._there(key):
            return None
        path = getattr(self.settings, key)
        try:
            return Path(path).read_bytes()
        except FileNotFoundError:
            if may_lack:
                return None
            hint = f"`policylint {key} POLICY` writes it."
            raise UsageError(
                f"There is no such {key}, which {self.settings.origin(key)} names.", file=path, hint=hint
            ) from None
        except OSError as error:
            raise UsageError(f"The {key} cannot be read: {error.strerror or error}.", file=path) from None


def rule_folders_of(settings: Settings) -> tuple[RuleFolder, ...]:
    """The folders of rules that a configuration adds, as they are now. Raises RuleError."""
    from policylint.packs.folders import rule_folders

    return rule_folders(settings.rules)


def library_of(settings: Settings, packs: frozenset[str]) -> Library:
    """The rules that some packs need. Raises RuleError."""
    from policylint.packs.load import rules_for

    return rules_for(packs, rule_folders_of(settings))


def write(path: str, content: str) -> None:
    """Write a file of the repository, as a whole or not at all.

    Raises:
        UsageError: it cannot be written.
    """
    if not Path(path).parent.is_dir():
        raise UsageError("There is no such folder to write to.", file=path, hint="Make it, or give another path.")
    console.to_file(path, content)

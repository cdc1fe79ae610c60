"""Which packs, profiles and facts there are, by the names of their files: parsing them would cost every run a tenth of a second."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from policylint.errors import UsageError
from policylint.packs import data, strict_yaml


@dataclass(frozen=True)
class Known:
    """The ids a configuration may name: those that ship, and those of the agency's own folders.

    Attributes:
        folders: the agency's folders of rules.
    """

    folders: Sequence[Path] = ()

    @cached_property
    def packs(self) -> list[str]:
        """Ids of packs, sorted."""
        return sorted(path.stem for folder in self._packs for path in folder.glob("*.yaml"))

    @cached_property
    def profiles(self) -> list[str]:
        """Ids of profiles, sorted."""
        return sorted(path.stem for path in self._profile_files())

    @cached_property
    def facts(self) -> list[str]:
        """Names of facts that may be settled, sorted: those of checks/facts, and profiles ("washington")."""
        checks = (data.checks_dir(), *(folder / "checks" for folder in self.folders))
        return sorted({path.stem for folder in checks for path in (folder / "facts").glob("*.yaml")} | {*self.profiles})

    @cached_property
    def states(self) -> Mapping[str, str]:
        """State (two capitals) -> the profile it has. Raises RuleError when a profile cannot be read."""
        found = {}
        for path in self._profile_files():
            file = strict_yaml.read(path, path.as_posix())
            keys = file.mapping(file.root, "a profile")
            if "state" in keys:
                found[file.string(keys["state"], "state")] = path.stem
        return dict(sorted(found.items()))

    def profile_of_state(self, state: str) -> str:
        """The id of a state's profile. Raises UsageError when it has none."""
        if state.upper() not in self.states:
            hint = f"States: {', '.join(self.states)}. Or use --profile national."
            raise UsageError(f"No statute of the state {state!r} has a pack.", hint=hint)
        return self.states[state.upper()]

    @property
    def _packs(self) -> tuple[Path, ...]:
        return (data.packs_dir(), *(folder / "model_policies" for folder in self.folders))

    def _profile_files(self) -> Iterator[Path]:
        for folder in self._packs:
            yield from (folder / "profiles").glob("*.yaml")

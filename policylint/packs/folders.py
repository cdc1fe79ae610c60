"""Folders of rules beside those that ship: what they hold, told apart by content, so that a cache never confuses two states."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from policylint.errors import RuleError

CHECKS, PACKS = "checks", "model_policies"
"""Names of the two folders in a folder of rules, as in policylint's own repository."""


@dataclass(frozen=True, slots=True)
class RuleFolder:
    """A folder of rules in one state.

    Attributes:
        path: as errors show it; it can be opened from the working directory.
        sha256: over names and contents of all its rule files.
    """

    path: str
    sha256: str

    @property
    def checks(self) -> Path | None:
        """Its folder of checks, lexicon and facts, or None."""
        return _existing(Path(self.path, CHECKS))

    @property
    def packs(self) -> Path | None:
        """Its folder of packs and profiles, or None."""
        return _existing(Path(self.path, PACKS))


def rule_folders(paths: Iterable[str | os.PathLike[str]]) -> tuple[RuleFolder, ...]:
    """Folders of rules as they are now, in order, each once.

    Raises:
        RuleError: there is no such folder, or it holds no rules, or a file in it cannot be read.
    """
    return tuple(dict.fromkeys(_folder(Path(path)) for path in paths))


def _folder(path: Path) -> RuleFolder:
    name = path.as_posix()
    homes = [home for home in (path / CHECKS, path / PACKS) if home.is_dir()]
    if not homes:
        hint = f"A folder of rules holds a folder '{CHECKS}', or '{PACKS}', or both."
        message = "There are no rules in this folder." if path.is_dir() else "There is no such folder of rules."
        raise RuleError(message, file=name, hint=hint)
    digest = hashlib.sha256()
    for file in sorted(file for home in homes for file in home.rglob("*.y*ml")):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise RuleError(f"The rule file cannot be read: {error.strerror or error}.", file=file.as_posix()) from None
        digest.update(f"{file.relative_to(path).as_posix()}\0{len(data)}\0".encode("utf-8", "surrogatepass"))
        digest.update(data)
    return RuleFolder(name, digest.hexdigest())


def _existing(path: Path) -> Path | None:
    return path if path.is_dir() else None

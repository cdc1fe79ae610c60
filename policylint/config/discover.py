"""Where the configuration of a document stands: the nearest one above it, within its repository.

Nothing above the root of the repository (the folder that holds .git) is looked at: what a run finds must not depend on where a
repository was cloned to. A document in no repository is looked for a configuration up to the home folder, or the root of the file
system when it is not in the home folder.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from policylint.config.paths import shown
from policylint.errors import UsageError

YAML = "policylint.yaml"
TOML = "pyproject.toml"
TABLE = ("tool", "policylint")
"""Names of the files and of the table that hold a configuration."""

_MISTAKEN = ("policylint.yml", ".policylint.yaml", ".policylint.yml", "policylint.toml", ".policylint.toml")


@dataclass(frozen=True, slots=True)
class Place:
    """What the search from one folder upward came to.

    Attributes:
        file: absolute path of the configuration, or None.
        repository: absolute path of the repository's root, or None.
    """

    file: str | None
    repository: str | None


def find(folder: str) -> Place:
    """The nearest configuration at or above a folder, within its repository.

    Raises:
        UsageError: a folder on the way has two configurations, or one under a name that policylint does not read.
    """
    start = Path(os.path.realpath(folder))
    above = (start, *start.parents)
    repository = next((f for f in above if (f / ".git").exists()), None)
    last = repository or Path.home().resolve()  # not on the way when the folder is in neither
    for place in above:
        file = _in(place)
        if file is not None or place == last:
            return Place(str(file) if file else None, str(repository) if repository else None)
    return Place(None, None)


def _in(folder: Path) -> Path | None:
    """The configuration in a folder. Raises UsageError when it has two, or one under another name."""
    own, shared, table = folder / YAML, folder / TOML, f"[{'.'.join(TABLE)}]"
    for name in _MISTAKEN:
        if (folder / name).is_file():
            raise UsageError(
                "policylint does not read a configuration of this name.",
                file=shown(folder / name),
                hint=f"Rename it to {YAML}, or write it into {TOML} as {table}.",
            )
    in_shared = has_table(shared)
    if not own.is_file():
        return shared if in_shared else None
    if in_shared:
        raise UsageError(
            f"There are two configurations in one folder: {YAML} and {TOML}.",
            file=shown(own),
            hint=f"Keep {YAML}, or the table {table} of {TOML}.",
        )
    return own


def has_table(path: Path) -> bool:
    """Whether a pyproject.toml is there and has our table. Raises UsageError or RuleError when that cannot be told."""
    if not path.is_file():
        return False
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"The file cannot be read: {error.strerror or error}.", file=shown(path)) from None
    # Most files of this name do not even hold the word: they need no parsing.
    if b"policylint" not in data:
        return False
    from policylint.packs import strict_toml

    return strict_toml.table(data, shown(path), TABLE) is not None

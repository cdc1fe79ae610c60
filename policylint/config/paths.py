"""Paths as a person at the working directory would write them, and files matched by patterns."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec


def shown(path: str | os.PathLike[str], folder: str | os.PathLike[str] | None = None) -> str:
    """A path relative to the working directory where that lies above it or within `folder`, else absolute.

    Args:
        folder: the folder that the path belongs to, such as that of its configuration; the one it stands in when not given.
    """
    there, here = Path(os.path.realpath(path)), Path.cwd()
    if there.is_relative_to(here) or here.is_relative_to(folder or there.parent):
        return Path(os.path.relpath(there, here)).as_posix()
    return there.as_posix()


def matches(patterns: Sequence[str], path: str | os.PathLike[str], folder: str | os.PathLike[str]) -> bool:
    """Whether a path is one of those that patterns name, written as in .gitignore and relative to a folder.

    "*.md" and "drafts/" match at any depth, "/policies/*.md" and "policies/*.md" from the folder on, "**" any number of folders; of
    several patterns the last that matches holds, and "!" takes back. A path outside the folder matches nothing.
    """
    if not patterns:
        return False
    name = os.fspath(path)
    # The folder is resolved, the last part is not: a link is named by what it is called.
    absolute = Path(os.path.realpath(os.path.dirname(name) or "."), os.path.basename(name))  # noqa: PTH119, PTH120
    root = Path(os.path.realpath(folder))
    if not absolute.is_relative_to(root):
        return False
    return _compiled(tuple(patterns)).match_file(absolute.relative_to(root).as_posix())


@lru_cache(maxsize=256)
def _compiled(patterns: tuple[str, ...]) -> GitIgnoreSpec:
    # Loaded by configurations that have patterns; others start without it.
    from pathspec import GitIgnoreSpec

    return GitIgnoreSpec.from_lines(patterns)


def invalid(pattern: str) -> str | None:
    """What is wrong with a pattern, or None."""
    try:
        _compiled((pattern,))
    except ValueError as error:
        return str(error)
    return None

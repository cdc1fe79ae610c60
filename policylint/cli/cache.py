"""`policylint cache`: what is kept of earlier runs, and how to be rid of it."""

from __future__ import annotations

import click

from policylint.cli import console
from policylint.errors import UsageError


@click.group()
def cache() -> None:
    """Show or clear what is kept of earlier runs.

    Documents that did not change are not judged again: `check` keeps what came of them, and the rules in a form that loads
    fast. `check --no-cache` does without.
    """


@cache.command()
def info() -> int:
    """Show where it is kept, and how much."""
    from policylint.cache.store import LIMIT, Store

    folder = _folder()
    usage = Store(folder).usage()
    console.out(f"{folder}\n{_amount(usage.files, usage.size)}, at most {LIMIT // 2**20} MB\n")
    return 0


@cache.command()
def clear() -> int:
    """Remove all of it."""
    from policylint.cache.store import Store

    folder = _folder()
    removed = Store(folder).clear()
    console.note(f"{folder}: {_amount(removed.files, removed.size)} removed.")
    return 0


def _folder() -> str:
    from policylint.cache.results import FOLDER_SETTING, usual_folder

    folder = usual_folder()
    if folder is None:
        raise UsageError("There is no folder to keep anything in.", hint=f"Name one in {FOLDER_SETTING}.")
    return folder


def _amount(files: int, size: int) -> str:
    return f"{files:,} {'file' if files == 1 else 'files'}, {f'{size / 2**20:,.1f} MB' if size >= 2**20 else f'{size / 2**10:.0f} kB'}"

"""`policylint new pack|check`: begin a rule with files that pass their own examples."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, folders_here
from policylint.errors import UsageError

if TYPE_CHECKING:
    from policylint.packs.folders import RuleFolder
    from policylint.packs.models import Library, Requirement

_folder_option = click.option(
    "--folder", metavar="FOLDER", default="rules", show_default=True, help="The folder of rules to write into."
)
_title_option = click.option("--title", metavar="TEXT", help="What it is called.")


@click.group()
def new() -> None:
    """Begin a pack or a check of your own."""


@new.command("pack")
@click.argument("id_", metavar="ID")
@_title_option
@_folder_option
@configuration_options
def new_pack(id_: str, title: str | None, folder: str, config: str | None, *, no_config: bool) -> int:
    """Begin a pack: one requirement, and a check that serves it."""
    from datetime import UTC, datetime

    from policylint import scaffold

    library = _library(folder, folders_here(config, no_config=no_config))
    files = scaffold.pack(id_, title, datetime.now(UTC).date().isoformat())
    if id_ in library.packs:
        raise UsageError(f"There is a pack '{id_}' already.", hint="Choose another id.")
    _write(Path(folder), files, library)
    return 0


@new.command("check")
@click.argument("id_", metavar="ID")
@click.option("--serves", metavar="REQUIREMENT", required=True, help="The id of the requirement it is for.")
@_title_option
@_folder_option
@configuration_options
def new_check(id_: str, serves: str, title: str | None, folder: str, config: str | None, *, no_config: bool) -> int:
    """Begin a check for a requirement that no check serves yet."""
    from policylint import scaffold

    library = _library(folder, folders_here(config, no_config=no_config))
    files = scaffold.check(id_, title, _unserved(library, serves))
    _write(Path(folder), files, library)
    return 0


def _unserved(library: Library, id_: str) -> Requirement:
    from policylint.packs.strict_yaml import did_you_mean

    requirement = library.requirements.get(id_)
    if requirement is None:
        hint = did_you_mean(id_, library.requirements) or "`policylint new pack` begins a pack with one."
        raise UsageError(f"There is no requirement '{id_}'.", hint=hint)
    if id_ in library.check_for:
        check = library.check_for[id_]
        raise UsageError(f"The requirement '{id_}' is served by '{check.id}' already.", file=check.file)
    if requirement.status == "manual":
        raise UsageError(f"The requirement '{id_}' is manual: {requirement.manual_reason}")
    return requirement


def _library(folder: str, configured: tuple[RuleFolder, ...]) -> Library:
    """All rules there are so far: those that ship, those configured, and those of the folder to write into."""
    from policylint.packs.folders import CHECKS, PACKS, rule_folders
    from policylint.packs.load import library

    here = Path(folder)
    begun = (here / CHECKS).is_dir() or (here / PACKS).is_dir()
    others = tuple(f for f in configured if Path(f.path).resolve() != here.resolve())
    return library((*others, *(rule_folders([folder]) if begun else ())))


def _write(folder: Path, files: Mapping[str, str], library: Library) -> None:
    """Write files that are not there yet, and say what to do next. Raises UsageError."""
    taken = [name for name in files if (folder / name).exists() or Path(name).stem in library.checks]
    if taken:
        raise UsageError("There is a rule of this id already.", file=str(folder / taken[0]), hint="Choose another id.")
    for name, content in files.items():
        path = folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"The folder cannot be made: {error.strerror or error}.", file=str(path.parent)) from None
        console.to_file(str(path), content)
        console.out(f"{path.as_posix()}\n")
    console.note(f"`policylint test {folder.as_posix()}` runs the examples.")
    console.note(f"`rules: [{folder.as_posix()}]` in policylint.yaml lets every command use it.")

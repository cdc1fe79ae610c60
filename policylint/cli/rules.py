"""`policylint test`: run the examples of the checks through the real reader and engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, folders_here
from policylint.errors import UsageError

if TYPE_CHECKING:
    from policylint.packs.folders import RuleFolder
    from policylint.packs.models import Library
    from policylint.ruletest import Result


@click.command()
@click.argument("what", metavar="[PACK|FOLDER|FILE]...", nargs=-1)
@click.option("--alone", is_flag=True, help="A folder is all there is: without the rules that ship.")
@configuration_options
def test(what: tuple[str, ...], *, alone: bool, config: str | None, no_config: bool) -> int:
    """Run the examples of the checks.

    PACK is the id of a pack: only its checks are run. FOLDER holds an author's own `checks` and `model_policies`: its checks and
    facts are run, with the lexicon and the packs that ship. FILE is one of the files in such a folder, and stands for the whole, so
    that a hook can pass on which files changed. Without any, all checks are run that ship or are configured.
    """
    folders = folders_here(config, no_config=no_config)
    return max(_run(*rules) for rules in _rules(what, alone=alone, folders=folders))


def _run(library: Library, pack: str | None, names: set[str] | None) -> int:
    """Run the examples of these rules and print what came out; returns the exit code."""
    from policylint import ruletest

    _refuse_broken_clauses(library, names)
    results = list(ruletest.run(library, pack, names))
    if not results:
        raise UsageError("There is no example to run.", hint="Give a pack or a folder that has checks.")
    failures = [result for result in results if not result.passed]
    checks = len({result.check for result in results})
    lines = [failure(result) for result in failures]
    idle = list(ruletest.unexercised(library, pack, names))
    lines += [
        f"{pattern.file}:{pattern.line}: no example of {check.id} matches this pattern" for check, pattern in idle
    ]
    lines.append(
        f"{len(results)} examples of {checks} checks: {len(results) - len(failures)} passed, {len(failures)} failed"
    )
    console.out("\n".join(lines) + "\n")
    return 1 if failures else 0


def _refuse_broken_clauses(library: Library, names: set[str] | None) -> None:
    """Raise RuleError for model language that cannot be filled in, of the requirements that a folder's checks serve."""
    from policylint.errors import RuleError
    from policylint.remedy import render

    for name, check in library.check_for.items():
        if names is not None and check.id in names:
            try:
                render(library.requirements[name].model_language)
            except RuleError as error:
                raise RuleError(f"{name}: {error.message}", hint=error.hint) from None


def failure(result: Result) -> str:
    """What to print for an example that came out otherwise than its check says."""
    lines = [f"{result.file}:{result.line}: {result.check}: wanted {result.status_wanted}, got {result.status_got}"]
    if result.elements_wanted is not None and result.elements_wanted != result.elements_got:
        wanted, got = (", ".join(e or ()) or "none" for e in (result.elements_wanted, result.elements_got))
        lines.append(f"  elements wanted: {wanted}; got: {got}")
    lines.append(f"  text: {' '.join(result.text.split())}")
    return "\n".join(lines)


def _rules(
    what: Sequence[str], *, alone: bool, folders: tuple[RuleFolder, ...]
) -> Iterator[tuple[Library, str | None, set[str] | None]]:
    """Rules, and of which pack or under which names examples are run: each folder and pack once, in the order named."""
    from policylint.packs import data, load
    from policylint.packs.folders import CHECKS, PACKS, rule_folders
    from policylint.packs.named import packs_named

    named = list(dict.fromkeys(_folder_of(name) or name for name in what))
    if alone and not (named and all(isinstance(name, Path) for name in named)):
        raise UsageError("--alone goes with a folder of rules.", hint="Name one, such as `policylint test myrules`.")
    if not named:
        yield load.library(folders), None, None
    for name in named:
        if isinstance(name, str):
            yield load.library(folders), packs_named(load.library(folders), [name])[0].id, None
        elif alone:
            yield load.load(name / CHECKS, name / PACKS), None, None
        elif (name / CHECKS).resolve() == data.checks_dir().resolve():
            # In a checkout of policylint a file of it stands for the rules that ship.
            yield load.library(folders), None, None
        else:
            (own,) = rule_folders([name])
            others = tuple(f for f in folders if Path(f.path).resolve() != name.resolve())
            library = load.library((*others, own))
            yield library, None, load.names_in(library, own)


def _folder_of(name: str) -> Path | None:
    """The folder of rules that is meant, or None where the name is that of a pack."""
    from policylint.packs.folders import CHECKS, PACKS

    path = Path(name)
    if path.is_file():
        homes = [above.parent for above in path.parents if above.name in {CHECKS, PACKS}]
        if not homes:
            raise UsageError(
                f"The file stands in no folder {CHECKS!r} or {PACKS!r}.",
                file=name,
                hint="Rules are <folder>/checks/<topic>/<id>.yaml and <folder>/model_policies/<pack>.yaml.",
            )
        # Innermost first; a topic may itself be called "checks".
        return next((home for home in homes if (home / CHECKS).is_dir() and (home / PACKS).is_dir()), homes[0])
    # A pack's id is never a path; a folder beside the user that happens to be called like a pack is no folder of rules.
    return path if (path / CHECKS).is_dir() or (path.is_dir() and path.name != name) else None

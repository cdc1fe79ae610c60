"""`policylint test`: run the examples of the checks through the real reader and engine."""

from __future__ import annotations

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
@click.option("--alone", is_flag=True, help="FOLDER is all there is: without the rules that ship.")
@configuration_options
def test(what: tuple[str, ...], *, alone: bool, config: str | None, no_config: bool) -> int:
    """Run the examples of the checks.

    PACK is the id of a pack: only its checks are run. FOLDER holds an author's own `checks` and `model_policies`: its checks and
    facts are run, with the lexicon and the packs that ship. FILE is one of the files in such a folder and stands for all of it, so
    that a hook can pass on which files changed. Without any of them, all checks are run that ship or are configured.
    """
    folders = folders_here(config, no_config=no_config)
    named: tuple[Path | str | None, ...] = tuple(dict.fromkeys(_folder_of(name) or name for name in what)) or (None,)
    return max(_run(*_rules(each, alone=alone, folders=folders)) for each in named)


def _run(library: Library, pack: str | None, names: set[str] | None) -> int:
    """Run the examples of some checks and print what came of it; returns the exit code."""
    from policylint import ruletest

    results = list(ruletest.run(library, pack, names))
    if not results:
        raise UsageError("There is no example to run.", hint="Give a pack that has checks.")
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


def failure(result: Result) -> str:
    """What to print for an example that came out otherwise than its check says."""
    lines = [f"{result.file}:{result.line}: {result.check}: wanted {result.status_wanted}, got {result.status_got}"]
    if result.elements_wanted is not None and result.elements_wanted != result.elements_got:
        wanted, got = (", ".join(e or ()) or "none" for e in (result.elements_wanted, result.elements_got))
        lines.append(f"  elements wanted: {wanted}; got: {got}")
    lines.append(f"  text: {' '.join(result.text.split())}")
    return "\n".join(lines)


def _folder_of(name: str) -> Path | None:
    """The folder of rules that is meant by the name of a folder or of a file in it, or None for the name of a pack."""
    from policylint.packs.folders import CHECKS, PACKS

    path = Path(name)
    if not path.is_file():
        # A pack's id is never a path; a folder beside the user that happens to be called like a pack is no folder of rules.
        return path if (path / CHECKS).is_dir() or (path.is_dir() and path.name != name) else None
    homes = [above.parent for above in path.parents if above.name in {CHECKS, PACKS}]
    if not homes:
        raise UsageError(
            f"The file stands in no folder {CHECKS!r} or {PACKS!r}.",
            file=name,
            hint="Rules are <folder>/checks/<topic>/<id>.yaml and <folder>/model_policies/<pack>.yaml.",
        )
    # Innermost first; a topic may itself be called "checks".
    return next((home for home in homes if (home / CHECKS).is_dir() and (home / PACKS).is_dir()), homes[0])


def _rules(
    what: Path | str | None, *, alone: bool, folders: tuple[RuleFolder, ...]
) -> tuple[Library, str | None, set[str] | None]:
    """The rules, and of which pack or under which names the examples are run."""
    from policylint.packs import data, load
    from policylint.packs.folders import rule_folders

    if alone and not isinstance(what, Path):
        raise UsageError("--alone goes with a folder of rules.", hint="Name one, such as `policylint test myrules`.")
    shipped = isinstance(what, Path) and (what / "checks").resolve() == data.checks_dir().resolve()
    if what is None or shipped:  # in a checkout of policylint a file of it stands for the rules that ship
        return load.library(folders), None, None
    if isinstance(what, str):
        return load.library(folders), load.packs_named(load.library(folders), [what])[0].id, None
    if alone:
        return load.load(what / "checks", what / "model_policies"), None, None
    (own,) = rule_folders([what])
    others = tuple(f for f in folders if Path(f.path).resolve() != what.resolve())
    library = load.library((*others, own))
    return library, None, load.names_in(library, own)

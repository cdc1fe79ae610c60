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
@click.argument("what", metavar="[PACK|FOLDER]", required=False)
@click.option("--alone", is_flag=True, help="FOLDER is all there is: without the rules that ship.")
@configuration_options
def test(what: str | None, *, alone: bool, config: str | None, no_config: bool) -> int:
    """Run the examples of the checks.

    PACK is the id of a pack: only its checks are run. FOLDER holds an author's own `checks` and `model_policies`: its checks and
    facts are run, with the lexicon and the packs that ship. Without either, all checks are run that ship or are configured.
    """
    from policylint import ruletest

    library, pack, names = _rules(what, alone=alone, folders=folders_here(config, no_config=no_config))
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


def _rules(
    what: str | None, *, alone: bool, folders: tuple[RuleFolder, ...]
) -> tuple[Library, str | None, set[str] | None]:
    """The rules, and of which pack or under which names the examples are run."""
    from policylint.packs import load
    from policylint.packs.folders import rule_folders

    # A pack's id is never a path; a folder beside the user that happens to be called like a pack is no folder of rules.
    folder = Path(what) if what is not None else None
    is_folder = folder is not None and ((folder / "checks").is_dir() or (folder.is_dir() and folder.name != what))
    if alone and not is_folder:
        raise UsageError("--alone goes with a folder of rules.", hint="Name one, such as `policylint test myrules`.")
    if what is None or folder is None:
        return load.library(folders), None, None
    if not is_folder:
        return load.library(folders), load.packs_named(load.library(folders), [what])[0].id, None
    if alone:
        return load.load(folder / "checks", folder / "model_policies"), None, None
    (own,) = rule_folders([folder])
    others = tuple(f for f in folders if Path(f.path).resolve() != folder.resolve())
    library = load.library((*others, own))
    return library, None, load.names_in(library, own)

"""`policylint test`: run the examples of the checks through the real reader and engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.errors import UsageError

if TYPE_CHECKING:
    from policylint.packs.models import Library
    from policylint.ruletest import Result


CHECKS, PACKS = "checks", "model_policies"
"""What a folder of rules holds."""


@click.command()
@click.argument("what", metavar="[PACK|FOLDER|FILE]...", nargs=-1)
def test(what: tuple[str, ...]) -> int:
    """Run the examples of the checks.

    PACK is the id of a pack: only its checks are run. FOLDER holds an author's own `checks` and `model_policies`; FILE is one
    of the files in it, and stands for the whole, so that a hook can pass on which files changed.
    """
    return max(_run(*rules) for rules in _rules(what))


def _run(library: Library, pack: str | None) -> int:
    """Run the examples of these rules and print what came out; returns the exit code."""
    from policylint import ruletest

    results = list(ruletest.run(library, pack))
    if not results:
        raise UsageError("There is no example to run.", hint="Give a pack that has checks.")
    failures = [result for result in results if not result.passed]
    checks = len({result.check for result in results})
    lines = [failure(result) for result in failures]
    idle = list(ruletest.unexercised(library, pack))
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


def _rules(what: Sequence[str]) -> Iterator[tuple[Library, str | None]]:
    """The rules that are named, each folder and pack once, in the order named; all shipped ones where nothing is."""
    from policylint.packs import load

    if not what:
        yield load.library(), None
    for named in dict.fromkeys(_folder_of(name) or name for name in what):
        if isinstance(named, Path):
            yield load.load(named / CHECKS, named / PACKS), None
        else:
            yield load.library(), load.packs_named(load.library(), [named])[0].id


def _folder_of(name: str) -> Path | None:
    """The folder of rules that is meant, or None where the name is that of a pack."""
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

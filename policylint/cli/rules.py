"""`policylint test`: run the examples of the checks through the real reader and engine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.errors import UsageError

if TYPE_CHECKING:
    from policylint.packs.models import Library
    from policylint.ruletest import Result


@click.command()
@click.argument("what", metavar="[PACK|FOLDER]", required=False)
def test(what: str | None) -> int:
    """Run the examples of the checks.

    PACK is the id of a pack: only its checks are run. FOLDER holds an author's own `checks` and `model_policies`.
    """
    from policylint import ruletest

    library, pack = _rules(what)
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


def _rules(what: str | None) -> tuple[Library, str | None]:
    from policylint.packs import load

    if what is None:
        return load.library(), None
    # A pack's id is never a path; a folder beside the user that happens to be called like a pack is no folder of rules.
    folder = Path(what)
    if (folder / "checks").is_dir() or (folder.is_dir() and folder.name != what):
        return load.load(folder / "checks", folder / "model_policies"), None
    return load.library(), load.packs_named(load.library(), [what])[0].id

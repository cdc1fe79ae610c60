"""`policylint packs`: which rules there are, and what two of them ask alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, folders_here
from policylint.packs.kinds import STATES

if TYPE_CHECKING:
    from policylint.crosswalk import Row
    from policylint.packs.folders import RuleFolder
    from policylint.packs.models import Pack, Requirement

HEADER = ("id", "version", "rank", "requirements", "title")
_COLUMNS = ("check", "title", "left", "left_force", "right", "right_force")


@click.command()
@click.option("--crosswalk", nargs=2, metavar="PACK PACK", help="Show which requirements of two packs ask the same.")
@click.option(
    "--format", "format_", type=click.Choice(("text", "csv", "json")), help="Of the crosswalk. [default: text]"
)
@configuration_options
def packs(*, crosswalk: tuple[str, str] | None, format_: str | None, config: str | None, no_config: bool) -> int:
    """List the packs a policy can be judged by, and the states that have none."""
    folders = folders_here(config, no_config=no_config)
    if crosswalk is not None:
        return _crosswalk(*crosswalk, format_ or "text", folders)
    if format_ is not None:
        raise click.UsageError("--format goes with --crosswalk.")
    from policylint.packs import data
    from policylint.packs.pack_files import load_pack

    # Loading the checks and the lexicon as well would take longer than looking up a name should.
    homes = (data.packs_dir(), *(folder.packs for folder in folders if folder.packs))
    found = [load_pack(path, path.name) for home in homes for path in sorted(home.glob("*.yaml"))]
    rows = [(p.id, p.version, p.rank, str(len(p.requirements)), p.title) for p in found]
    console.out(table([HEADER, *rows]) + "\n" + _states(found))
    return 0


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows in aligned columns, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)


def _states(packs: Sequence[Pack]) -> str:
    from policylint.packs.pack_files import load_states_without_pack

    have = {p.jurisdiction for p in packs if p.jurisdiction}
    reasons = load_states_without_pack()
    others = [state for state in STATES if state not in have and state not in reasons]
    lines = [
        f"States whose law has a pack: {', '.join(sorted(have))}.",
        "States with a law on peer support that has no pack yet:",
        *(f"  {state}: {reason}" for state, reason in sorted(reasons.items())),
        f"States without a pack, no such law known to us: {', '.join(others)}.",
    ]
    return "".join(line + "\n" for line in lines)


def _crosswalk(left: str, right: str, format_: str, folders: tuple[RuleFolder, ...]) -> int:
    from policylint.crosswalk import crosswalk
    from policylint.packs.load import library
    from policylint.packs.named import packs_named

    loaded = library(folders)
    first, second = packs_named(loaded, [left])[0], packs_named(loaded, [right])[0]
    rows = crosswalk(loaded, first, second)
    if format_ == "json":
        import json

        console.out(json.dumps([_plain(row) for row in rows], indent=2, ensure_ascii=False) + "\n")
    elif format_ == "csv":
        console.out(_csv(rows))
    else:
        console.out(_text(rows, first, second))
    return 0


def _plain(row: Row) -> dict[str, object]:
    def side(requirements: tuple[Requirement, ...]) -> list[dict[str, str]]:
        return [{"id": r.id, "force": r.force, "text": r.text, "citation": r.citation} for r in requirements]

    return {"check": row.check, "title": row.title, "left": side(row.left), "right": side(row.right)}


def _csv(rows: Sequence[Row]) -> str:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for row in rows:
        for left in row.left:
            for right in row.right:
                writer.writerow((row.check, row.title, left.id, left.force, right.id, right.force))
    return out.getvalue()


def _text(rows: Sequence[Row], left: Pack, right: Pack) -> str:
    def named(requirements: tuple[Requirement, ...]) -> str:
        return ", ".join(f"{r.id} ({r.force})" for r in requirements)

    shown = table([(left.id, right.id, "both ask"), *((named(r.left), named(r.right), r.title) for r in rows)])
    counts = [
        f"{sum(len(getattr(row, side)) for row in rows)} of {len(pack.requirements)} requirements of {pack.id}"
        for side, pack in (("left", left), ("right", right))
    ]
    return f"{shown}\n{counts[0]} and {counts[1]} ask the same.\n"

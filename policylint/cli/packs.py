"""`policylint packs`: which rules there are."""

from __future__ import annotations

import click

from policylint.cli import console

HEADER = ("id", "version", "rank", "requirements", "title")


@click.command()
def packs() -> int:
    """List the packs a policy can be judged by."""
    from policylint.packs import data
    from policylint.packs.pack_files import load_pack

    # Loading the checks and the lexicon as well would take longer than looking up a name should.
    found = [load_pack(path, path.name) for path in sorted(data.packs_dir().glob("*.yaml"))]
    rows = [(p.id, p.version, p.rank, str(len(p.requirements)), p.title) for p in found]
    console.out(table([HEADER, *rows]))
    return 0


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows in aligned columns, two spaces apart."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "".join(line.rstrip() + "\n" for line in lines)

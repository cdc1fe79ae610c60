"""`policylint schema KIND`: the JSON Schema of a kind of file, for an editor."""

from __future__ import annotations

from pathlib import Path

import click

from policylint.cli import console

KINDS = ("config", "check", "fact", "lexicon", "pack", "profile", "report", "comparison")


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.option("--output", metavar="PATH", help="Write to a file instead of stdout.")
def schema(kind: str, output: str | None) -> int:
    """Print the JSON Schema of a kind of file: what an editor needs to complete and check it."""
    from policylint.packs import data

    text = Path(data.schema_dir(), f"policylint-{kind}-1.json").read_text(encoding="utf-8")
    if output is None:
        console.out(text)
    else:
        console.to_file(output, text)
    return 0

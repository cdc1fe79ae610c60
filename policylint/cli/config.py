"""`policylint config --show FILE`: the settings that hold for a document, and where each comes from."""

from __future__ import annotations

from pathlib import Path

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, finder_for
from policylint.errors import UsageError


@click.command()
@click.option("--show", "document", metavar="FILE", required=True, help="A document, or a folder.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@configuration_options
def config(document: str, format_: str, config: str | None, *, no_config: bool) -> int:
    """Show which settings hold for a document, and which line of which file each comes from."""
    import json

    from policylint.config import effective

    if not Path(document).exists():
        raise UsageError("There is no such file or folder.", file=document)
    finder = finder_for(config, no_config=no_config)
    settings = (finder.of_folder if Path(document).is_dir() else finder.of_document)(document)
    if format_ == "json":
        console.out(json.dumps(effective.to_dict(document, settings), indent=2, ensure_ascii=False) + "\n")
    else:
        console.out(effective.as_text(document, settings))
    return 0

"""`policylint outline`: a document as policylint reads it: its sections, what stands in them, and what was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.check import refuse_overwriting, stdin_for
from policylint.cli.configured import configuration_options, finder_for
from policylint.cli.reading import reading_options
from policylint.errors import DocumentError
from policylint.files import STDIN, find
from policylint.readers.formats import TITLES

if TYPE_CHECKING:
    from policylint import api
    from policylint.document import Document
    from policylint.packs.models import Library

EXIT_NOT_READ = 3
FORMATS = ("text", "json", "html")


@click.command(
    help=f"""Show the sections of a document, the statements in them, and what was left out.

    FILE is a document ({TITLES}), or "-" for standard input.
    """
)
@click.argument("path", metavar="FILE")
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--output", metavar="PATH", help="Write to a file instead of stdout.")
@reading_options
@configuration_options
def outline(
    path: str,
    format_: str,
    output: str | None,
    section: str | None,
    pages: tuple[int, int] | None,
    read_seconds: float | None,
    read_memory: int | None,
    config: str | None,
    no_config: bool,
) -> int:
    """Show a document as it is read."""
    from policylint import runs
    from policylint.packs.folders import rule_folders
    from policylint.packs.load import library

    if output is not None:
        refuse_overwriting(output, [path])
    finder = finder_for(
        config, no_config=no_config, section=section, read_seconds=read_seconds, read_memory=read_memory
    )
    settings = finder.of_document(None if path == STDIN else path)
    asked = runs.asked(settings, pages)
    rules = library(rule_folders(settings.rules))
    try:
        document = _document(path, asked, rules)
    except DocumentError as error:
        console.error(str(error) if error.file else f"{path}: {error}")
        return EXIT_NOT_READ
    shown = _shown(document, rules, format_)
    if output is None:
        console.out(shown)
    else:
        console.to_file(output, shown)
    return 0


def _document(path: str, asked: api.Asked, rules: Library) -> Document:
    """Read a document as `check` does. Raises DocumentError."""
    from policylint.outline import build
    from policylint.readers import Options, read_bytes

    item = find([path], (), stdin_for([path]))[0]
    source = read_bytes(item.read(), item.name, asked.options or Options())
    return asked.part_of(build(source, item.name, ""), rules)


def _shown(document: Document, rules: Library, format_: str) -> str:
    from policylint.cli import outline_views

    if format_ == "html":
        return outline_views.as_html(document)
    from policylint.language import analyse

    # A heading's statement is known only after those below it.
    statements = sorted(analyse(document, rules).statements, key=lambda s: s.spans[0][0])
    return (outline_views.as_json if format_ == "json" else outline_views.as_text)(document, statements)

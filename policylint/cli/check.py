"""`policylint check`: judge policies and print the gap report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, finder_for
from policylint.cli.reading import reading_options
from policylint.errors import UsageError
from policylint.files import STDIN, find
from policylint.packs.kinds import AGENCY_KINDS
from policylint.readers.formats import TITLES
from policylint.report import FAIL_ON, DocumentReport, Report
from policylint.reporters import BINARY, REPORTERS, View
from policylint.reporters.view import shown_statuses

if TYPE_CHECKING:
    from policylint.config import Settings
    from policylint.runs import Selection


def facts_of(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """What `--fact KEY=VALUE` says, each key once."""
    facts: dict[str, str] = {}
    for text in values:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            raise click.BadParameter(f"{text!r} is not of the form KEY=VALUE, such as regional=yes.")
        if facts.setdefault(key, value) != value:
            raise click.BadParameter(f"{key!r} is given as both {facts[key]!r} and {value!r}.")
    return facts


def _show(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> frozenset[str]:
    try:
        return shown_statuses(values)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.command(
    help=f"""Judge policies and print what they lack.

    FILE is a document ({TITLES}), a folder of them, or "-" for standard input. Pictures are read when they are named, and
    not from folders.
    """
)
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--pack", "packs", multiple=True, metavar="ID", help="Judge by this pack; repeatable. See `packs`.")
@click.option("--profile", metavar="NAME|FILE", help="A profile, or an agency's own. [default: as the document shows]")
@click.option("--state", metavar="XX", help="Judge by the profile of this state, such as WA.")
@click.option("--agency-kind", type=click.Choice(AGENCY_KINDS), help="What kind of agency it is.")
@click.option("--as-of", metavar="DATE", help="Ask what is in force on this day (YYYY-MM-DD).")
@click.option("--format", "format_", type=click.Choice(list(REPORTERS)), help="[default: text]")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help=f"Exit 1 from here up. [default: {FAIL_ON[0]}]")
@click.option("--output", metavar="PATH", help="Write the report to a file instead of stdout.")
@click.option("--show", multiple=True, callback=_show, metavar="met|not_applicable|all", help="Show these beside gaps.")
@click.option("--fact", "facts", multiple=True, callback=facts_of, metavar="KEY=VALUE", help="Known about the agency.")
@reading_options
@configuration_options
@click.option("--rules", multiple=True, metavar="FOLDER", help="Packs and checks of your own; repeatable.")
@click.option("--force-exclude", is_flag=True, help="Leave excluded documents out although they are named.")
@click.option("--no-cache", is_flag=True, help="Judge anew what did not change, and keep nothing. See `cache`.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Most processes. [default: as processors]")
@click.option("--no-color", "--no-colour", "no_colour", is_flag=True, help="No colour, even on a terminal.")
@click.option("--quiet", "-q", is_flag=True, help="Only gaps and errors: no summaries and notes.")
def check(
    *,
    paths: tuple[str, ...],
    packs: tuple[str, ...],
    profile: str | None,
    state: str | None,
    agency_kind: str | None,
    as_of: str | None,
    format_: str | None,
    fail_on: str | None,
    output: str | None,
    show: frozenset[str],
    facts: dict[str, str],
    section: str | None,
    pages: tuple[int, int] | None,
    read_seconds: float | None,
    read_memory: int | None,
    config: str | None,
    no_config: bool,
    rules: tuple[str, ...],
    force_exclude: bool,
    no_cache: bool,
    jobs: int | None,
    no_colour: bool,
    quiet: bool,
) -> int:
    """Judge policies and print what they lack."""
    from policylint import runs
    from policylint.readers.formats import IN_FOLDERS

    finder = finder_for(
        config,
        no_config=no_config,
        facts=facts,
        packs=packs,
        profile=profile,
        state=state,
        agency_kind=agency_kind,
        as_of=as_of,
        section=section,
        read_seconds=read_seconds,
        read_memory=read_memory,
        rules=rules,
        format=format_,
        fail_on=fail_on,
        show=show or None,
        cache=False if no_cache else None,
        jobs=jobs,
    )
    run = finder.of_run(None if paths[0] == STDIN else paths[0])
    refuse_binary_on_terminal(run.format, output)
    inputs = find(paths, IN_FOLDERS, stdin_for(paths))
    if output is not None:
        refuse_overwriting(output, [item.name for item in inputs if item.data is None])
    selection = runs.select(inputs, paths, finder, force_exclude=force_exclude)
    if not quiet:
        _say_what_is_left_out(selection, run)
    if not selection.inputs:
        return 0
    report = runs.judge(selection, run, pages)
    on_screen = output is None
    view = View(
        width=console.width() if on_screen else None,
        colour=on_screen and not no_colour and console.colour(),
        show=run.show,
        quiet=quiet,
    )
    content = REPORTERS[run.format](report, view)
    if not quiet:
        _say_by_which_profile(report)
    say_what_was_not_judged(report.documents)
    if output is None:
        console.out(content)
    else:
        console.to_file(output, content)
    return report.exit_code(run.fail_on)


def _say_what_is_left_out(selection: Selection, run: Settings) -> None:
    """Tell on stderr which documents, and which configurations, do not count."""
    for name in selection.excluded:
        console.note(f"{name}: left out, because the configuration excludes it.")
    for file in selection.ignored(run):
        console.note(f"{file}: what it says of the whole run does not count; {run.file or 'the command line'} does.")


def stdin_for(paths: Sequence[str]) -> bytes | None:
    """What stands on standard input, where one of the paths asks for it."""
    return sys.stdin.buffer.read() if STDIN in paths else None


def refuse_overwriting(output: str, read: Iterable[str]) -> None:
    """Stop before a file that was read is overwritten.

    Raises:
        UsageError: `output` is one of them.
    """
    target = os.path.realpath(output)
    if any(os.path.realpath(name) == target for name in read):
        raise UsageError(
            "The report would overwrite a document it is about.", file=output, hint="Give another --output."
        )


def refuse_binary_on_terminal(format_: str, output: str | None) -> None:
    """Stop before bytes that no terminal can show are sent to one.

    Raises:
        UsageError: they would be.
    """
    if format_ in BINARY and output is None and console.is_terminal():
        raise UsageError(
            f"A report in the format {format_} is no text for a terminal.", hint="Give --output PATH, or pipe it."
        )


def _say_by_which_profile(report: Report) -> None:
    """Tell on stderr what was recognised, as the report does."""
    for document in report.documents:
        if document.recognised:
            console.error(f"{document.path}: {document.recognised}")


def say_what_was_not_judged(documents: Iterable[DocumentReport]) -> None:
    """Name the documents without verdicts on stderr, with the reason."""
    for document in documents:
        if document.reason is not None:
            console.error(f"{document.path}: not judged: {document.reason}")

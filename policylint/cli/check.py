"""`policylint check`: judge policies and print the gap report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from policylint.cli import console
from policylint.cli.judging import Request, Run, judging_options
from policylint.errors import UsageError
from policylint.files import STDIN
from policylint.readers.formats import TITLES
from policylint.report import FAIL_ON, DocumentReport, Report
from policylint.reporters import BINARY, REPORTERS, View
from policylint.reporters.view import shown_statuses

if TYPE_CHECKING:
    from policylint.config import Settings
    from policylint.runs import Selection


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
@judging_options
@click.option("--format", "format_", type=click.Choice(list(REPORTERS)), help="[default: text]")
@click.option("--fail-on", type=click.Choice(FAIL_ON), help=f"Exit 1 from here up. [default: {FAIL_ON[0]}]")
@click.option("--output", metavar="PATH", help="Write the report to a file instead of stdout.")
@click.option(
    "--show",
    multiple=True,
    callback=_show,
    metavar="met|not_applicable|waived|known|all",
    help="Show these beside gaps.",
)
@click.option("--no-color", "--no-colour", "no_colour", is_flag=True, help="No colour, even on a terminal.")
def check(
    *,
    paths: tuple[str, ...],
    format_: str | None,
    fail_on: str | None,
    output: str | None,
    show: frozenset[str],
    no_colour: bool,
    quiet: bool,
    **asked: Any,
) -> int:
    """Judge policies and print what they lack."""
    request = Request(paths, quiet=quiet, **asked)
    run = Run(request, stdin_for(paths), format=format_, fail_on=fail_on, show=show or None)
    settings = run.settings
    refuse_binary_on_terminal(settings.format, output)
    if output is not None:
        refuse_overwriting(output, run.files)
    if not quiet:
        _say_what_is_left_out(run.selection, settings)
    if not run.selection.inputs:
        return 0
    report = run.report()
    on_screen = output is None
    view = View(
        width=console.width() if on_screen else None,
        colour=on_screen and not no_colour and console.colour(),
        show=settings.show,
        quiet=quiet,
    )
    content = REPORTERS[settings.format](report, view)
    if not quiet:
        _say_by_which_profile(report)
    say_what_was_not_judged(report.documents)
    if output is None:
        console.out(content)
    else:
        console.to_file(output, content)
    return report.exit_code(settings.fail_on)


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

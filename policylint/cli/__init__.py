"""The command line: commands, streams and exit codes. Whatever is heavy is imported inside the commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from policylint._version import __version__
from policylint.cli import console
from policylint.cli.commands import Commands
from policylint.errors import PolicylintError

EXIT_USAGE, EXIT_INTERRUPTED = 2, 130

EPILOG = "Exit codes: 0 no gap that counts, 1 gaps, 2 wrong usage or rules, 3 something could not be judged."


@click.group(cls=Commands, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="policylint", message="%(prog)s %(version)s")
def policylint() -> None:
    """Find what a peer support policy leaves out, says weakly or contradicts."""


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(arguments))


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. Errors are sentences on stderr, never a traceback.

    With POLICYLINT_DEBUG=1 in the environment tracebacks are shown.
    """
    console.prepare()
    debug = os.environ.get("POLICYLINT_DEBUG", "") not in ("", "0")
    if debug:
        console.show_tracebacks()
    try:
        return int(policylint.main(arguments, prog_name="policylint", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except PolicylintError as error:
        console.error(str(error))
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        console.error("Interrupted.")
        return EXIT_INTERRUPTED
    except Exception as error:
        if debug:
            raise
        kind = type(error).__name__
        console.error(f"policylint itself failed ({kind}: {error}). Please report it; POLICYLINT_DEBUG=1 shows more.")
        return EXIT_USAGE

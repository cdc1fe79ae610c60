"""`policylint verify`: make a saved report again, and compare it byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.judging import Run, repeated
from policylint.errors import DocumentError

if TYPE_CHECKING:
    from policylint.report import DocumentReport, Report

EXIT_DIFFERS, EXIT_NOT_MADE = 1, 3


@click.command()
@click.argument("report", metavar="REPORT")
def verify(*, report: str) -> int:
    """Make a saved report again and compare it.

    REPORT was saved with `check --format json`. Run it in the folder where it was made, since the report names documents by
    their paths. The exit code is 1 when the report is another now, 3 when it cannot be made again.
    """
    from policylint.reporters import REPORTERS, View
    from policylint.saved import load_report

    try:
        data = Path(report).read_bytes()
        old = load_report(data, report)
        _refuse_missing(old, report)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        console.error(f"{report}: The saved report cannot be read: {why}.")
        return EXIT_NOT_MADE
    except DocumentError as error:
        console.error(str(error))
        return EXIT_NOT_MADE
    new = _again(old)
    made = REPORTERS["json"](new, View())
    assert isinstance(made, str)
    again = made.encode("utf-8", "backslashreplace")
    if again == data:
        console.out(f"{report}: the same, byte for byte ({hashlib.sha256(data).hexdigest()[:12]}).\n")
        return 0
    console.out("".join(f"{report}: {sentence}\n" for sentence in _told(old, new)))
    return EXIT_DIFFERS


def _again(old: Report) -> Report:
    """The report on the same documents, asked for in the same way. Raises UsageError or RuleError."""
    request = repeated(old.given or {}, tuple(d.path for d in old.documents), old.as_of)
    run = Run(request)
    # Which rules changed is what is to be told here; a lock would stop before.
    return replace(run.marking, locked=False).marked(run.judge())


def _refuse_missing(old: Report, report: str) -> None:
    """Stop where a document is gone.

    Raises:
        DocumentError: one is, or the report is on none, or on standard input.
    """
    if not old.documents:
        raise DocumentError("The report is on no document.", file=report)
    gone = [d for d in old.documents if d.sha256 is not None and not Path(d.path).is_file()]
    if gone:
        more = f", and {len(gone) - 1} more documents are not there" if len(gone) > 1 else ""
        raise DocumentError(
            f"The report is on {_named(gone[0])}, which is not there{more}.",
            file=report,
            hint="Run it in the folder where the report was made, with the documents as they were.",
        )


def _named(document: DocumentReport) -> str:
    return "standard input" if document.path == "<stdin>" else document.path


def _told(old: Report, new: Report) -> Iterator[str]:
    from policylint.verify import differences

    found = list(differences(old, new))
    yield from found
    if not found and old.to_dict() == new.to_dict():
        yield "It says the same, but was written otherwise (other indentation, order or line ends)."
    elif not found:
        yield "It differs."

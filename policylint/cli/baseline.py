"""`policylint baseline`: record today's gaps, so that from now on only new and worse ones fail."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from policylint.cli import console
from policylint.cli.check import say_what_was_not_judged
from policylint.cli.judging import Request, Run, judging_options

if TYPE_CHECKING:
    from policylint.baseline import Baseline
    from policylint.report import Report

EXIT_NOT_JUDGED = 3


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@judging_options
@click.option("--prune", is_flag=True, help="Drop documents that are not there any more.")
def baseline(*, paths: tuple[str, ...], prune: bool, **options: Any) -> int:
    """Record the gaps of today.

    From then on `check` counts only gaps that are new or worse than recorded, and lists those that are fixed. Run again, it
    records the gaps of the documents named; what is recorded of others stays. Waived gaps are not recorded.
    """
    from policylint.baseline import dump, gone, record, without
    from policylint.cli.marking import write

    run = Run(Request(paths, **options))
    before = run.marking.baseline(may_lack=True)
    report = replace(run.marking, compared=False).marked(run.judge())
    known = run.marking.paths()
    after = record(report, before, known)
    lost = gone(after, report, known)
    if prune:
        after = without(after, lost)
    write(run.settings.baseline, dump(after))
    console.out(f"{run.settings.baseline}: {_told(report, before, after, run)}\n")
    for path in lost:
        done = "dropped" if prune else "kept; --prune drops what is recorded of it"
        console.note(f"{path}: there is no such file any more ({done}).")
    say_what_was_not_judged(report.documents)
    return EXIT_NOT_JUDGED if any(d.status != "judged" for d in report.documents) else 0


def _told(report: Report, before: Baseline | None, after: Baseline, run: Run) -> str:
    """What was recorded, in a sentence: "12 gaps of 2 documents recorded (1 new, 2 fixed)."."""
    from policylint.baseline import Baseline, count, mark

    marked = mark(report, before or Baseline(), run.marking.paths())
    found = Counter(v.standing.state for d in marked.documents for v in d.verdicts if v.standing is not None)
    found["fixed"] = sum(len(d.fixed) for d in marked.documents)
    changed = [f"{found[state]} {state}" for state in ("new", "worsened", "fixed") if found[state]]
    parts = f" ({', '.join(changed)})" if before is not None and changed else ""
    gaps, documents = count(after), len(after.entries)
    return f"{_number(gaps, 'gap')} of {_number(documents, 'document')} recorded{parts}."


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

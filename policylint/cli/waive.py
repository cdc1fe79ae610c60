"""`policylint waive`: record the decision to accept a gap."""

from __future__ import annotations

from pathlib import Path

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, finder_for
from policylint.clock import today
from policylint.errors import UsageError


@click.command()
@click.argument("requirement")
@click.option("--reason", required=True, metavar="TEXT", help="Why the gap is accepted.")
@click.option("--until", required=True, metavar="DATE", help="The last day on which it is (YYYY-MM-DD, UTC).")
@click.option("--document", default="**", metavar="GLOB", help="For these documents. [default: all]")
@click.option("--legal-ground", default="", metavar="TEXT", help="By which right.")
@click.option("--approver", default="", metavar="TEXT", help="Who decided it.")
@click.option("--waivers", metavar="FILE", help="The file. [default: policylint-waivers.yaml, or as configured]")
@configuration_options
def waive(
    *,
    requirement: str,
    reason: str,
    until: str,
    document: str,
    legal_ground: str,
    approver: str,
    waivers: str | None,
    config: str | None,
    no_config: bool,
) -> int:
    """Record the decision to accept a gap until a day.

    Adds a waiver of REQUIREMENT to the waivers file, which may have comments of yours. GLOB is relative to the folder of that file.
    """
    from policylint.cli.marking import library_of, write
    from policylint.files import seen_from
    from policylint.marks import Waiver
    from policylint.packs.strict_yaml import did_you_mean
    from policylint.waivers import added, load

    settings = finder_for(config, no_config=no_config, waivers=waivers).of_run(None)
    known = library_of(settings, frozenset()).requirements
    if requirement not in known:
        hint = did_you_mean(requirement, known) or "`policylint explain PACK` lists those of a pack."
        raise UsageError(f"No pack has the requirement {requirement!r}.", hint=hint)
    path = Path(settings.waivers)
    words = (" ".join(text.split()) for text in (reason, legal_ground, approver))
    reason, legal_ground, approver = words
    if not reason:
        raise UsageError("A waiver needs a reason.", hint="Say in --reason why the gap is accepted.")
    new = Waiver(requirement, document, reason, _last_day(until), legal_ground, approver)
    text = ""
    if path.exists():
        for old in load(settings.waivers).waivers:
            if (old.requirement, old.document) == (requirement, document) and old.until >= new.until:
                raise UsageError(f"There is a waiver of {requirement} until {old.until} already.", file=old.place)
        text = path.read_bytes().decode("utf-8-sig")
    write(settings.waivers, added(text, new, settings.waivers))
    whom = "every document" if document == "**" else document
    console.note(f"{seen_from(path, '.')}: {requirement} is waived for {whom} until {new.until}.")
    return 0


def _last_day(until: str) -> str:
    from datetime import date

    try:
        day = date.fromisoformat(until).isoformat()
    except ValueError:
        day = ""
    if day != until:
        raise UsageError(f"{until!r} is no date.", hint="Write it as YYYY-MM-DD.")
    if day < today():
        raise UsageError(f"{until} is over: the waiver would have expired.", hint="Give a day to come.")
    return day

"""`policylint init`: write a policylint.yaml to begin with."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from policylint.cli import console
from policylint.errors import UsageError
from policylint.packs.kinds import AGENCY_KINDS, STATES


@click.command()
@click.option("--state", metavar="XX", help="The agency's state, such as WA. [asked for on a terminal]")
@click.option("--agency-kind", type=click.Choice(AGENCY_KINDS), help="Its kind. [asked for on a terminal]")
@click.option("--force", is_flag=True, help="Write over a policylint.yaml that is there.")
def init(*, state: str | None, agency_kind: str | None, force: bool) -> int:
    """Write a commented policylint.yaml into this folder.

    On a terminal it asks for the agency's state and kind; elsewhere both are taken from the options, and left open without.
    """
    from policylint.config.discover import YAML, find
    from policylint.config.known import Known
    from policylint.config.starter import starter

    _refuse_a_second_one(force=force)
    if sys.stdin.isatty():
        state = state or click.prompt("State (two letters; empty: as each document shows)", default="", err=True)
        agency_kind = agency_kind or _ask_kind()
    chosen = _known_state(state) if state else None
    above = find("..").file
    console.to_file(YAML, starter(chosen, agency_kind, frozenset(Known().states)))
    console.note(f"{YAML} is written. `policylint config --show FILE` tells what holds for a document.")
    if above is not None:
        console.note(f"It counts in this folder instead of {above}.")
    return 0


def _ask_kind() -> str | None:
    kinds = click.Choice([*AGENCY_KINDS, ""])
    text = f"Kind of agency ({', '.join(AGENCY_KINDS)}; empty: any)"
    return click.prompt(text, type=kinds, default="", show_choices=False, show_default=False, err=True) or None


def _known_state(state: str) -> str:
    if state.upper() not in STATES:
        raise UsageError(f"{state!r} is no state.", hint="Give two letters, such as WA.")
    return state.upper()


def _refuse_a_second_one(*, force: bool) -> None:
    from policylint.config.discover import TOML, YAML, has_table

    if Path(YAML).exists() and not force:
        raise UsageError("There is a configuration already.", file=YAML, hint="Edit it, or give --force.")
    if has_table(Path(TOML)):
        raise UsageError(
            "There is a configuration already, in the table [tool.policylint].", file=TOML, hint="Edit it."
        )

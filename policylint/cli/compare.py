"""`policylint compare OLD NEW`: what a revision gains and loses, requirement by requirement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.check import refuse_binary_on_terminal, refuse_overwriting, say_what_was_not_judged
from policylint.cli.configured import configuration_options, finder_for
from policylint.cli.judging import facts_of
from policylint.errors import DocumentError, UsageError
from policylint.files import Input, find
from policylint.reporters import View
from policylint.reporters.comparison import COMPARISON_REPORTERS

if TYPE_CHECKING:
    from policylint.config import Settings
    from policylint.report import Report

EXIT_NOT_READ = 3


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--pack", "packs", multiple=True, metavar="ID", help="Judge by this pack; repeatable. See `packs`.")
@click.option("--profile", metavar="NAME|FILE", help="A profile. [default: that of the saved report, else of NEW]")
@click.option("--as-of", metavar="DATE", help="Ask what is in force on this day (YYYY-MM-DD).")
@click.option("--fact", "facts", multiple=True, callback=facts_of, metavar="KEY=VALUE", help="Known about the agency.")
@click.option("--format", "format_", type=click.Choice(list(COMPARISON_REPORTERS)), default="text", show_default=True)
@click.option("--output", metavar="PATH", help="Write the report to a file instead of stdout.")
@click.option("--no-color", "--no-colour", "no_colour", is_flag=True, help="No colour, even on a terminal.")
@click.option("--quiet", "-q", is_flag=True, help="No notes.")
@configuration_options
def compare(
    *,
    old: str,
    new: str,
    packs: tuple[str, ...],
    profile: str | None,
    as_of: str | None,
    facts: dict[str, str],
    format_: str,
    output: str | None,
    no_colour: bool,
    quiet: bool,
    config: str | None,
    no_config: bool,
) -> int:
    """Compare two editions of a policy, requirement by requirement.

    OLD and NEW are policies, folders of them, or JSON reports saved with `check --format json`. The exit code is 1 when a requirement that
    OLD meets is not met by NEW.
    """
    from policylint._version import __version__
    from policylint.compare import compare as compared

    refuse_binary_on_terminal(format_, output)
    if output is not None:
        refuse_overwriting(output, [old, new])
    given = {"packs": packs, "profile": profile, "as_of": as_of}
    finder = finder_for(config, no_config=no_config, facts=facts, **given)
    try:
        reports = _Editions(old, new, finder.of_run(new)).reports()
    except DocumentError as error:
        console.error(str(error))
        return EXIT_NOT_READ
    comparison = compared(*reports, __version__)
    on_screen = output is None
    view = View(
        width=console.width() if on_screen else None,
        colour=on_screen and not no_colour and console.colour(),
        quiet=quiet,
    )
    content = COMPARISON_REPORTERS[format_](comparison, view)
    for report in reports:
        say_what_was_not_judged(report.documents)
    if output is None:
        console.out(content)
    else:
        console.to_file(output, content)
    return comparison.exit_code()


class _Editions:
    """Two editions, judged by the same rules: a difference must come from the policy."""

    def __init__(self, old: str, new: str, settings: Settings) -> None:
        """Take `settings`, the new edition's, for both."""
        self.old, self.new = _inputs(old), _inputs(new)
        self.settings = settings
        self._asked = [key for key in ("packs", "profile", "as_of", "facts") if self._is_asked(key)]

    def reports(self) -> tuple[Report, Report]:
        """The old edition's report and the new one's."""
        old, new = _saved(self.old), _saved(self.new)
        if old is not None and new is not None:
            if self._asked:
                raise UsageError(
                    "Two saved reports are compared as they are.",
                    hint="Give the policies to judge them by other rules.",
                )
            return old, new
        if old is not None:
            return old, self._judge(self.new, old, saved=True)
        saved = new is not None
        new = new or self._judge(self.new, None)
        return self._judge(self.old, new, saved=saved), new

    def _is_asked(self, key: str) -> bool:
        """Whether the command line says it."""
        from policylint.config import COMMAND_LINE

        return COMMAND_LINE in self.settings.origin(key)

    def _judge(self, inputs: Sequence[Input], like: Report | None, *, saved: bool = False) -> Report:
        """Judge policies by what was asked for, else by the rules of a saved report, as configured, or of the other edition."""
        from policylint import api, runs

        chosen = dict(runs.arguments(self.settings))
        asked = self._is_asked("packs") or self._is_asked("profile")
        if like is not None and like.packs and not asked and (saved or not (chosen["packs"] or chosen["profile"])):
            chosen["profile"] = like.profile
            chosen["packs"] = None if like.profile else tuple(p.id for p in like.packs)
        if like is not None and (saved or chosen["as_of"] is None) and not self._is_asked("as_of"):
            chosen["as_of"] = like.as_of
        return api.check_inputs(inputs, **chosen)


def _inputs(path: str) -> list[Input]:
    """The files of an edition, each read once."""
    from policylint.readers import READERS

    found = []
    for item in find([path], READERS):
        try:
            found.append(Input(item.name, data=item.read()))
        except DocumentError as error:
            found.append(Input(item.name, problem=error.message))
    return found


def _saved(inputs: Sequence[Input]) -> Report | None:
    """The report that a file holds, or None when it is a policy."""
    from policylint.saved import load_report, looks_saved

    data = inputs[0].data if len(inputs) == 1 else None
    return load_report(data, inputs[0].name) if data is not None and looks_saved(data, inputs[0].name) else None

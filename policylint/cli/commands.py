"""The commands there are: each is loaded when it is asked for, so that none waits for what another needs."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS: dict[str, tuple[str, str]] = {
    "annotate": (
        "annotate.annotate",
        "Write a Word policy with comments where it is weak, incomplete or in conflict, and where clauses are missing.",
    ),
    "baseline": ("baseline.baseline", "Record the gaps of today."),
    "batch": ("batch.batch", "Judge a folder of submissions, or those of a manifest, into a review folder."),
    "cache": ("cache.cache", "Show or clear what is kept of earlier runs."),
    "check": ("check.check", "Judge policies and print what they lack."),
    "compare": ("compare.compare", "Compare two editions of a policy, requirement by requirement."),
    "config": (
        "config.config",
        "Show which settings hold for a document, and which line of which file each comes from.",
    ),
    "draft": ("draft.draft", "Write a draft policy in Markdown, or the clauses that a policy lacks."),
    "evaluate": ("evaluate.evaluate", "Compare the verdicts with your own labels."),
    "explain": (
        "explain.explain",
        "Explain a requirement (IACP-9b) or a check: what is asked, by whom, and how it is found.",
    ),
    "init": ("init.init", "Write a commented policylint.yaml into this folder."),
    "lock": ("lock.lock", "Pin the packs that FILEs are judged by, with the verdicts of today."),
    "new": ("new.new", "Begin a pack or a check of your own."),
    "outline": ("outline.outline", "Show the sections of a document, the statements in them, and what was left out."),
    "packs": ("packs.packs", "List the packs a policy can be judged by, and the states that have none."),
    "schema": (
        "schema.schema",
        "Print the JSON Schema of a kind of file: what an editor needs to complete and check it.",
    ),
    "test": ("rules.test", "Run the examples of the checks."),
    "verify": ("verify.verify", "Make a saved report again and compare it."),
    "waive": ("waive.waive", "Record the decision to accept a gap until a day."),
}
"""Name -> module of `policylint.cli` and function in it, and what `policylint --help` says of it. A command is one line here."""


class Commands(click.Group):
    """A group whose commands are loaded one by one."""

    def __init__(self, **settings: object) -> None:
        stand_ins = {name: click.Command(name, short_help=what) for name, (_, what) in COMMANDS.items()}
        super().__init__(commands=stand_ins, **settings)  # type: ignore[arg-type]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, loaded; None when there is none."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        module, _, function = COMMANDS[cmd_name][0].partition(".")
        command: click.Command = getattr(import_module(f"policylint.cli.{module}"), function)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List them as click does, without loading them."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])

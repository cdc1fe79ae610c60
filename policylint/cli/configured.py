"""Options of the commands that look for a configuration, and what they say together with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from policylint.config import Finder
    from policylint.packs.folders import RuleFolder

_Command = TypeVar("_Command", bound=Callable[..., Any])


def configuration_options(command: _Command) -> _Command:
    """Add --config and --no-config."""
    for option in (
        click.option("--no-config", is_flag=True, help="Use no configuration file."),
        click.option(
            "--config", metavar="FILE", help="Use this configuration. [default: policylint.yaml above each document]"
        ),
    ):
        command = option(command)
    return command


def finder_for(config: str | None, *, no_config: bool, facts: dict[str, str] | None = None, **given: Any) -> Finder:
    """What finds the settings of documents; `given` is what the command line says, by the keys of a configuration.

    Raises:
        UsageError: two options exclude each other.
    """
    from policylint.config import Finder
    from policylint.errors import UsageError

    if config is not None and no_config:
        raise UsageError("--config and --no-config exclude each other.", hint="Give one of them.")
    facts = dict(facts or {})
    kind = facts.pop("agency_kind", None)
    given["agency_kind"] = given.get("agency_kind") or kind
    return Finder({**given, "facts": facts}, file=config, without=no_config)


def folders_here(config: str | None, *, no_config: bool) -> tuple[RuleFolder, ...]:
    """The folders of rules that the configuration of the working directory adds. Raises UsageError or RuleError."""
    from policylint.packs.folders import rule_folders

    return rule_folders(finder_for(config, no_config=no_config).of_run(None).rules)

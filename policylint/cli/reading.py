"""The options of all commands that read documents: which part of them, and how much time and memory it may take."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

import click

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _pages(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """What `--pages 412-418` says."""
    if value is None:
        return None
    match = re.fullmatch(r"\s*(\d{1,6})\s*(?:[-–]\s*(\d{1,6})\s*)?", value)
    first, last = (int(match[1]), int(match[2] or match[1])) if match is not None else (0, 0)
    if not 1 <= first <= last:
        raise click.BadParameter(f"{value!r} is not of the form A-B, such as 412-418.")
    return first, last


def reading_options(command: _Command) -> _Command:
    """Add --section, --pages, --read-seconds and --read-memory."""
    pages = click.option("--pages", metavar="A-B", callback=_pages, help="Read these pages only.")
    return section_option(pages(bound_options(command)))


def bound_options(command: _Command) -> _Command:
    """Add --read-seconds and --read-memory."""
    for option in (
        click.option(
            "--read-memory",
            type=click.IntRange(min=64),
            metavar="MB",
            help="Most memory for reading a document. [default: 2048]",
        ),
        click.option(
            "--read-seconds",
            type=click.FloatRange(min=0, min_open=True),
            metavar="N",
            help="Most time for reading a document; recognising text in pictures has 10 s a page more. [default: 120]",
        ),
    ):
        command = option(command)
    return command


def section_option(command: _Command) -> _Command:
    """Add --section."""
    return click.option(
        "--section",
        metavar="TITLE|NUMBER",
        help="Judge this section of a manual. [default: the peer support policy in it; all: the whole]",
    )(command)

"""One run of judging as the command line asks for it: what `check` prints, `baseline` and `lock` record, and `verify` repeats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from policylint.cli.configured import configuration_options, finder_for
from policylint.cli.reading import reading_options
from policylint.errors import UsageError
from policylint.files import STDIN, find
from policylint.packs.kinds import AGENCY_KINDS

if TYPE_CHECKING:
    from policylint.cli.marking import Marking
    from policylint.config import Finder, Settings
    from policylint.report import Report
    from policylint.runs import Selection

_Command = TypeVar("_Command", bound=Callable[..., Any])

_MARKS = ("waivers", "baseline", "lock")
_CONFIGURED = (
    *("packs", "profile", "state", "agency_kind", "as_of", "section", "read_seconds", "read_memory", "rules", "jobs"),
    *_MARKS,
)
_RECORDED = (
    *("packs", "profile", "state", "agency_kind", "facts", "section", "pages", "rules", "config", "no_config"),
    *(*_MARKS, "no_waivers", "no_baseline"),
)
"""What a report records of a request, so that it can be made again. `as_of` has a place of its own."""


def facts_of(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    """What `--fact KEY=VALUE` says, each key once."""
    facts: dict[str, str] = {}
    for text in values:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not (key and equals and value):
            raise click.BadParameter(f"{text!r} is not of the form KEY=VALUE, such as regional=yes.")
        if facts.setdefault(key, value) != value:
            raise click.BadParameter(f"{key!r} is given as both {facts[key]!r} and {value!r}.")
    return facts


def judging_options(command: _Command) -> _Command:
    """Add the options that say by what, and how, documents are judged and marked: the fields of `Request` but its paths."""
    for option in (
        click.option("--quiet", "-q", is_flag=True, help="Only gaps and errors: no summaries and notes."),
        click.option("--no-baseline", is_flag=True, help="All gaps count, those that the baseline records too."),
        click.option("--no-waivers", is_flag=True, help="The raw result: neither waivers nor the baseline count."),
        click.option("--lock", metavar="FILE", help="The lock. [default: policylint.lock, where there is one]"),
        click.option(
            "--baseline", metavar="FILE", help="The baseline. [default: policylint-baseline.json, where there is one]"
        ),
        click.option(
            "--waivers", metavar="FILE", help="The waivers. [default: policylint-waivers.yaml, where there is one]"
        ),
        click.option(
            "--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Most processes. [default: as processors]"
        ),
        click.option("--no-cache", is_flag=True, help="Judge anew what did not change, and keep nothing. See `cache`."),
        click.option("--force-exclude", is_flag=True, help="Leave excluded documents out although they are named."),
        rules_option,
        configuration_options,
        reading_options,
        asking_options,
    ):
        command = option(command)
    return command


def rules_option(command: _Command) -> _Command:
    """Add --rules."""
    option = click.option("--rules", multiple=True, metavar="FOLDER", help="Packs and checks of your own; repeatable.")
    return option(command)


def asking_options(command: _Command) -> _Command:
    """Add the options that say what documents are judged by, but for rules of one's own."""
    for option in (
        click.option(
            "--fact", "facts", multiple=True, callback=facts_of, metavar="KEY=VALUE", help="Known about the agency."
        ),
        click.option("--as-of", metavar="DATE", help="Ask what is in force on this day (YYYY-MM-DD)."),
        click.option("--agency-kind", type=click.Choice(AGENCY_KINDS), help="What kind of agency it is."),
        click.option("--state", metavar="XX", help="Judge by the profile of this state, such as WA."),
        click.option(
            "--profile", metavar="NAME|FILE", help="A profile, or an agency's own. [default: as the document shows]"
        ),
        click.option(
            "--pack", "packs", multiple=True, metavar="ID", help="Judge by this pack; repeatable. See `packs`."
        ),
    ):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Request:
    """What the command line asks for, by the names of the options of `check`; None, () and {} where it says nothing."""

    paths: tuple[str, ...]
    packs: tuple[str, ...] = ()
    profile: str | None = None
    state: str | None = None
    agency_kind: str | None = None
    as_of: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    section: str | None = None
    pages: tuple[int, int] | None = None
    read_seconds: float | None = None
    read_memory: int | None = None
    rules: tuple[str, ...] = ()
    config: str | None = None
    no_config: bool = False
    force_exclude: bool = False
    waivers: str | None = None
    baseline: str | None = None
    lock: str | None = None
    no_waivers: bool = False
    no_baseline: bool = False
    no_cache: bool = False
    jobs: int | None = None
    quiet: bool = False

    @property
    def recorded(self) -> Mapping[str, object]:
        """The part of it that a report records: plain values of JSON."""
        values = ((key, getattr(self, key)) for key in _RECORDED)
        return {key: list(value) if isinstance(value, tuple) else value for key, value in values if value}


class Run:
    """A request in the making: the settings and documents are known, nothing is judged yet.

    Attributes:
        settings: of the run.
        selection: the documents, each with its settings; `files` the names of those that are files, excluded ones too.
        marking: what comes after judging.
    """

    def __init__(self, request: Request, stdin: bytes | None = None, **shown: Any) -> None:
        """Find settings and documents.

        Args:
            request: what is asked for.
            stdin: what stands on standard input, where a path asks for it.
            shown: what the command line says of the report, by the keys of a configuration.

        Raises:
            UsageError: options that exclude each other, or every document is excluded.
            RuleError: a configuration is not valid.
        """
        from policylint import runs
        from policylint.cli.marking import Marking
        from policylint.readers.formats import IN_FOLDERS

        self.request = request
        finder = _finder(request, **shown)
        first = request.paths[0]
        self.settings: Settings = finder.of_run(None if first == STDIN else first)
        inputs = find(request.paths, IN_FOLDERS, stdin)
        self.selection: Selection = runs.select(inputs, request.paths, finder, force_exclude=request.force_exclude)
        self.files = [item.name for item in inputs if item.data is None]
        self.marking: Marking = Marking(
            self.settings,
            waived=not request.no_waivers,
            compared=not (request.no_waivers or request.no_baseline),
            quiet=request.quiet,
        )

    def judge(self) -> Report:
        """Judge the documents; no marks yet.

        Raises:
            UsageError, RuleError: a setting, or a rule file, is not valid.
        """
        from policylint import runs
        from policylint.reporters import SHOW_POLICY

        bodies = self.settings.format in SHOW_POLICY
        report = runs.judge(self.selection, self.settings, self.request.pages, bodies=bodies)
        return replace(report, given=self.request.recorded)

    def report(self) -> Report:
        """Judge the documents and mark the verdicts. Raises as `judge` does, and when the rules are not those of the lock."""
        return self.marking.marked(self.judge())


def settings_of(request: Request) -> Settings:
    """The settings that hold in the working directory. Raises UsageError or RuleError."""
    return _finder(request).of_run(None)


def _finder(request: Request, **shown: Any) -> Finder:
    configured = {key: getattr(request, key) for key in _CONFIGURED}
    configured["cache"] = False if request.no_cache else None
    return finder_for(request.config, no_config=request.no_config, facts=dict(request.facts), **configured, **shown)


def repeated(given: Mapping[str, Any], paths: tuple[str, ...], as_of: str | None) -> Request:
    """The request that a report records.

    Raises:
        UsageError: it is none that this version makes.
    """
    known = {f.name for f in fields(Request)} & set(_RECORDED)
    if unknown := sorted(set(given) - known):
        raise UsageError(f"The report was asked for with {unknown[0]!r}, which this version does not know.")
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in given.items()}
    return Request(paths, as_of=as_of, quiet=True, **values)

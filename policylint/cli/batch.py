"""`policylint batch`: judge a folder of submissions, or those that a table names, into a review folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, finder_for
from policylint.cli.judging import asking_options, rules_option
from policylint.cli.reading import bound_options, section_option
from policylint.errors import UsageError
from policylint.report import EXIT_CLEAN, EXIT_GAPS, EXIT_NOT_JUDGED, FAIL_ON, SEVERITIES

if TYPE_CHECKING:
    from policylint.config import Settings
    from policylint.review.batch import Terms
    from policylint.review.manifest import Manifest
    from policylint.review.store import Counts, Store

ENGINES = ("local", "dask")

_FEW = 5
"""Names that a note tells before it only counts."""


@click.command()
@click.argument("source", metavar="FOLDER|MANIFEST.csv")
@click.option("--out", required=True, metavar="FOLDER", help="Where the review goes: a folder, or an fsspec location.")
@asking_options
@section_option
@bound_options
@click.option(
    "--judge-seconds",
    type=click.FloatRange(min=0, min_open=True),
    default=120,
    metavar="N",
    help="Most time for judging a document. [default: 120]",
)
@click.option(
    "--judge-memory",
    type=click.IntRange(min=256),
    default=2048,
    metavar="MB",
    help="Most memory of the process that judges. [default: 2048]",
)
@configuration_options
@rules_option
@click.option("--date", "made_on", metavar="DATE", help="Day of the review. [default: of its first run]")
@click.option("--retry-failed", is_flag=True, help="Judge anew what lacked time or memory, or broke down.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), metavar="N", help="Most processes. [default: as processors]")
@click.option("--engine", type=click.Choice(ENGINES), default=ENGINES[0], help="What judges. [default: local]")
@click.option("--scheduler", metavar="ADDRESS", help="Scheduler of the engine dask, such as tcp://10.0.0.5:8786.")
@click.option(
    "--work",
    metavar="FOLDER",
    help="Where a review that goes to a remote location is made. [default: policylint-review]",
)
@click.option("--letter-template", metavar="FILE", help="Word template of the letters. [default: the one that ships]")
@click.option("--fail-on", type=click.Choice(FAIL_ON), default="never", help="Exit 1 from here up. [default: never]")
@click.option("--compare", metavar="REVIEW", help="Say what changed since the last round: its review folder.")
@click.option("--timings", metavar="FILE", help="Write the seconds that each step took, of all processes, as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary.")
def batch(
    *,
    source: str,
    out: str,
    made_on: str | None,
    retry_failed: bool,
    jobs: int | None,
    engine: str,
    scheduler: str | None,
    work: str | None,
    letter_template: str | None,
    compare: str | None,
    timings: str | None,
    fail_on: str,
    quiet: bool,
    judge_seconds: float,
    judge_memory: int,
    **asked: Any,
) -> int:
    """Judge a folder of submissions, or those of a manifest, into a review folder.

    Interrupted, it goes on where it was when it is run again, and judges only what is new or changed.

    A manifest is a table (CSV) with the columns document, agency, kind, state, contact and submitted (YYYY-MM-DD), of which only
    the first is needed.

    Exit codes: 3 when something could not be judged, 1 for gaps with --fail-on, else 0.
    """
    from policylint.asked import day_of
    from policylint.cli.batch_progress import progress_for, writing_for
    from policylint.review import batch as batches
    from policylint.review import folder, locations
    from policylint.review.engines import engine_named, processes
    from policylint.review.store import NAME, Store

    settings = _settings(source, asked)
    terms = _terms(settings, judge_seconds, judge_memory)
    home = _home(out, work)
    manifest = _manifest(source, settings, home)
    if not quiet:
        _say_what_is_left_out(manifest)
    _refuse_early(letter_template, compare, home)
    run = engine_named(engine, jobs or settings.jobs, scheduler)
    with Store(home / NAME, batches.standings(terms)) as store, _told_when_interrupted():
        with progress_for(quiet=quiet) as progress:
            day = day_of(made_on)
            tally = batches.run(
                store, manifest.submissions, terms, run, made_on=day, retry=retry_failed, progress=progress
            )
        with writing_for(len(store), quiet=quiet) as written, tally.timed("write"):
            template = Path(letter_template) if letter_template is not None else None
            workers = processes(jobs or settings.jobs)
            folder.write(store, home, letter_template_file=template, jobs=workers, progress=written)
        if compare is not None:
            _compare(Path(compare), store, home)
        counts = store.counts()
        code = _exit_code(store, counts, fail_on)
    if locations.is_remote(out):
        with tally.timed("copy"):
            locations.copy_out(home, out)
    if not quiet:
        console.out(_summary(counts, tally.same, out, compared=compare is not None))
    if timings is not None:
        console.to_file(timings, json.dumps(tally.seconds, indent=2) + "\n")
    return code


def _settings(source: str, asked: dict[str, Any]) -> Settings:
    """What the command line says, over the configuration of the folder or manifest."""
    from policylint.review.locations import is_remote

    finder = finder_for(asked.pop("config"), no_config=asked.pop("no_config"), **asked)
    return finder.of_run(None if is_remote(source) else source)


def _terms(settings: Settings, judge_seconds: float, judge_memory: int) -> Terms:
    from policylint.review.batch import Terms

    return Terms(
        packs=settings.packs,
        profile=settings.profile,
        state=settings.state,
        facts=dict(settings.all_facts),
        as_of=settings.as_of,
        section=settings.section,
        rules=settings.rules,
        read_seconds=settings.read_seconds,
        read_memory=settings.read_memory,
        judge_seconds=judge_seconds,
        judge_memory=judge_memory,
    )


def _home(out: str, work: str | None) -> Path:
    """The folder of this machine that the review is made in; it is there from now on. Raises UsageError."""
    from policylint.review.locations import is_remote

    if work is not None and not is_remote(out):
        raise UsageError("--work is for a review that goes to a remote location.", hint="Leave it out.")
    home = Path(work or "policylint-review") if is_remote(out) else Path(out)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"The folder cannot be made: {error.strerror or error}.", file=str(home)) from None
    return home


def _manifest(source: str, settings: Settings, home: Path) -> Manifest:
    """The submissions, without those that the configuration excludes. Raises UsageError."""
    from dataclasses import replace

    from policylint.config.paths import matches
    from policylint.readers.formats import READERS
    from policylint.review import manifest

    if Path(source).resolve() == home.resolve():
        raise UsageError("The review would be written among the submissions.", file=source, hint="Give another --out.")
    # Unlike `check`, pictures too: what an agency sent is there to be read, and a crest gives a reason and no silence.
    found = manifest.read(source, tuple(s for s in READERS if s), home.resolve())
    kept = tuple(s for s in found.submissions if not matches(settings.exclude, s.document, settings.folder))
    if not kept:
        raise UsageError("Every document is excluded by the configuration.", file=settings.file)
    return replace(found, submissions=kept)


def _say_what_is_left_out(manifest: Manifest) -> None:
    names = manifest.left_out
    if names:
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        console.note(
            f"{len(names)} file{'s' if len(names) > 1 else ''} of no format that policylint reads left out: "
            f"{', '.join(names[:_FEW])}{more}."
        )


def _refuse_early(letter_template: str | None, compare: str | None, home: Path) -> None:
    """Look at what is needed only at the end, so that it is not then that it turns out to be wrong. Raises UsageError."""
    if letter_template is not None:
        from policylint.review import folder

        folder.check_letter_template(Path(letter_template))
    if compare is not None:
        from policylint.review.batch import open_review

        if Path(compare).resolve() == home.resolve():
            raise UsageError("The last round and this one are the same folder.", hint="Give another --out.")
        open_review(Path(compare)).close()


def _compare(last: Path, store: Store, home: Path) -> None:
    """Write what changed since the last round into the review folder."""
    from policylint.review.batch import open_review
    from policylint.review.compare import compare
    from policylint.review.comparison import write_comparison

    with open_review(last) as old:
        write_comparison(compare(old, store), home)


@contextmanager
def _told_when_interrupted() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        console.note("What was judged is kept: the same command goes on from there.")
        raise


def _exit_code(store: Store, counts: Counts, fail_on: str) -> int:
    if counts.judged < counts.submissions:
        return EXIT_NOT_JUDGED
    failing = SEVERITIES[SEVERITIES.index(fail_on) :] if fail_on != "never" else ()
    gaps = failing and any(v.severity in failing for each in store for v in each.report.open_gaps)
    return EXIT_GAPS if gaps else EXIT_CLEAN


def _summary(counts: Counts, same: int, out: str, *, compared: bool) -> str:
    """What came of the review, for people."""
    agencies = _counted(counts.agencies, "agency", "agencies")
    unchanged = f" {same:,} unchanged since the last run." if same else ""
    failed = counts.submissions - counts.judged
    lines = [
        f"{_counted(counts.submissions, 'submission')} of {agencies}: {counts.judged:,} judged, {failed:,} not.{unchanged}"
    ]
    if counts.shared:
        families = _counted(counts.families, "family", "families")
        lines.append(f"{counts.shared:,} of them share their text, in {families}.")
    lines.append(f"The review is in {out}: open its index.html.")
    if compared:
        lines.append("What changed since the last round is in its comparison.html.")
    return "\n".join(lines) + "\n"


def _counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"

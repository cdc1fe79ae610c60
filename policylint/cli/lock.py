"""`policylint lock`: pin the packs, and show what an upgrade of them changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from policylint.cli import console
from policylint.cli.check import say_what_was_not_judged
from policylint.cli.judging import Request, Run, judging_options, settings_of
from policylint.errors import UsageError

if TYPE_CHECKING:
    from policylint.lock import Judged, Lock
    from policylint.packs.models import Library

EXIT_NOT_JUDGED = 3


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1)
@judging_options
@click.option("--upgrade", is_flag=True, help="Pin the packs as they are now, and show which verdicts change.")
def lock(*, paths: tuple[str, ...], upgrade: bool, **options: Any) -> int:
    """Pin the packs that FILEs are judged by, with the verdicts of today.

    `check` then stops when a pinned pack, a check that serves it, or the shared lexicon is not what it was, until --upgrade. Without FILE
    the documents that the lock records are judged again.
    """
    from policylint._version import __version__
    from policylint.cli.marking import rule_folders_of, write
    from policylint.files import seen_from
    from policylint.lock import dump, judged, refuse_changes, rules, written

    run = Run(Request(paths or _recorded(options), **options))
    before = run.marking.lock(may_lack=True)
    report = run.judge()
    packs = tuple(dict.fromkeys([*(p.id for p in report.packs), *(before.rules.packs if before is not None else ())]))
    now = rules(_library(run, packs), packs, rule_folders_of(run.settings))
    verdicts = judged(report, lambda path: seen_from(path, Path(run.settings.lock).parent))
    if before is not None and not upgrade:
        refuse_changes(before, now, before.rules.packs, run.settings.lock)
    elif before is not None:
        console.out("".join(f"{line}\n" for line in _upgrade(before, written(__version__, now, verdicts, None))))
    write(run.settings.lock, dump(written(__version__, now, verdicts, before)))
    told = f"{_number(len(now.packs), 'pack')} pinned, with the verdicts on {_number(len(verdicts), 'document')}"
    console.note(f"{run.settings.lock}: {told}.")
    say_what_was_not_judged(report.documents)
    return EXIT_NOT_JUDGED if any(d.status != "judged" for d in report.documents) else 0


def _recorded(options: Mapping[str, Any]) -> tuple[str, ...]:
    """The documents of the lock that are there still. Raises UsageError where there are none."""
    from policylint.cli.marking import Marking
    from policylint.config.paths import shown

    settings = settings_of(Request((".",), **options))
    found = Marking(settings).lock(may_lack=True)
    folder = Path(settings.lock).parent
    paths = tuple(shown(folder / path) for path in (found.documents if found is not None else ()))
    there = tuple(path for path in paths if os.path.lexists(path))
    if not there:
        raise UsageError(
            "There is no document to judge.", hint="Name the policies: the lock pins what they are judged by."
        )
    for path in sorted(set(paths) - set(there)):
        console.note(f"{path}: there is no such file any more; the lock keeps its verdicts.")
    return there


def _library(run: Run, packs: Iterable[str]) -> Library:
    from policylint.cli.marking import library_of

    there = library_of(run.settings, frozenset()).packs
    return library_of(run.settings, frozenset(pack for pack in packs if pack in there))


def _upgrade(before: Lock, after: Lock) -> Iterator[str]:
    """What an upgrade changes: first the rules, then the verdicts on each document."""
    from policylint.lock import changes

    found = [
        str(change)
        for change in changes(before.rules.packs, after.rules.packs, {**before.rules.packs, **after.rules.packs})
    ]
    if before.rules.shared != after.rules.shared:
        found.append("The lexicon, facts or profiles that all packs share differ.")
    if before.version != after.version:
        found.append(f"policylint: version {before.version} → {after.version}")
    yield from found or ["Nothing that is pinned changed."]
    for path, now in after.documents.items():
        yield from _verdicts(path, before.documents.get(path), now)


def _verdicts(path: str, before: Judged | None, now: Judged) -> Iterator[str]:
    from policylint.lock import turns

    if before is None:
        yield f"{path}: the lock had no verdicts on it."
        return
    found = turns(before, now)
    edited = " The document changed, too: not every change comes from the rules." if before.sha256 != now.sha256 else ""
    yield f"{path}: {_number(len(found), 'verdict') if found else 'no verdict'} {'changes' if len(found) < 2 else 'change'}.{edited}"
    for turn in found:
        old, new = ((status or "not asked").replace("_", " ") for status in (turn.old, turn.new))
        yield f"  {turn.requirement:<10}  {old} → {new}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"

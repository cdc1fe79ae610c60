"""The one place that joins reading, outline, language, packs and assessment: documents in, a `Report` out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from policylint import files
from policylint._version import __version__
from policylint.asked import Asked, Paths, Task
from policylint.collector import collector_paused
from policylint.errors import DocumentError, UsageError
from policylint.outcome import Outcome
from policylint.report import PackInfo, Report

# The engine takes more than a second to load: it is imported when a document must really be judged.
if TYPE_CHECKING:
    from policylint.cache.results import Cache
    from policylint.judging.rules import Rules
    from policylint.readers.formats import Options

__all__ = ["Asked", "check_file", "check_inputs", "check_paths", "check_text"]


def check_text(
    text: str,
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
    as_of: str | None = None,
    rules: Paths = (),
    name: str = "<text>",
) -> Report:
    """Judge a policy, or a passage of one, given as a string.

    Args:
        text: plain text; Markdown when `name` ends in ".md".
        packs: ids of the packs to judge by, instead of a profile's.
        profile: name of a profile, or path of an agency's own. When neither is given, that of the state which the
            document's own citations and names point to, else "national".
        facts: what is known about the agency, e.g. {"regional": "yes", "agency_kind": "fire"}.
        as_of: the day (ISO date) whose requirements are asked; those in force without an end when not given.
        rules: folders with packs, checks, lexicon and profiles of the agency's own, beside those that ship.
        name: what the report calls the text.

    Returns:
        A report on one document. A text that cannot be judged is in it as "not_judged", with the reason.

    Raises:
        UsageError: an unknown pack, profile or agency kind, or a date that is none.
        RuleError: a rule file is not valid.
    """
    from policylint.judging.rules import rules_of
    from policylint.readers import read_text

    judge = rules_of(Task.of(packs, profile, facts, as_of, rules=rules), _rules_kept())
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _report(judge.task, [judge.judge(name, digest, lambda: read_text(text, name))], judge)


def check_file(
    path: str | os.PathLike[str],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
    as_of: str | None = None,
    section: str | None = None,
    pages: tuple[int, int] | None = None,
    options: Options | None = None,
    rules: Paths = (),
) -> Report:
    """Judge one file. Other arguments, result and errors as for `check_text`.

    Args:
        section: title or number of the section to judge, with all that stands under it; "all" for the whole document. When
            not given, the whole, or of a manual the peer support policy that is in it.
        pages: first and last page to judge.
        options: the time and memory that reading may take (`policylint.Options`).
    """
    inputs = [files.Input(os.fspath(path))]
    asked = Asked.of(section, pages, options)
    return check_inputs(
        inputs, packs=packs, profile=profile, facts=facts, as_of=as_of, asked=asked, rules=rules, cache=_rules_kept()
    )


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
    as_of: str | None = None,
    section: str | None = None,
    pages: tuple[int, int] | None = None,
    options: Options | None = None,
    rules: Paths = (),
) -> Report:
    """Judge files and all files in folders, in the order named, each file once.

    Pictures are read when they are named, and not from folders. A missing file, and a folder without a file that can be
    read, are in the report as "not_judged". Otherwise as `check_file`; no path at all is a UsageError.
    """
    from policylint.readers.formats import IN_FOLDERS

    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    inputs = files.find(paths, IN_FOLDERS)
    asked = Asked.of(section, pages, options)
    return check_inputs(
        inputs, packs=packs, profile=profile, facts=facts, as_of=as_of, asked=asked, rules=rules, cache=_rules_kept()
    )


def check_inputs(
    inputs: Iterable[files.Input],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
    as_of: str | None = None,
    asked: Asked | None = None,
    rules: Paths = (),
    cache: Cache | None = None,
    jobs: int | None = 1,
    bodies: bool = True,
) -> Report:
    """Judge what `files.find` found, or bytes from elsewhere. Otherwise as `check_text`.

    Args:
        cache: where outcomes of earlier runs are found and kept (`policylint.cache.results.open_cache`).
        jobs: most processes to judge many documents with, None for one on each processor. More than one is for programs whose
            main module can be imported again, as `multiprocessing` wants it.
        bodies: whether each document's `body` is wanted; without it, what is kept is found faster.
    """
    inputs = list(inputs)
    if not inputs:
        raise UsageError("There is no document to judge.", hint="Name a file or a folder.")
    task = Task.of(packs, profile, facts, as_of, asked, rules)
    found: list[Outcome | None] = [None] * len(inputs)
    if cache is not None and cache.outcomes:
        # Outcomes of hundreds of documents are many small values, none of them garbage: the collector need not see them.
        with collector_paused(lasting=True):
            found = [_kept(cache, task, item, bodies=bodies) for item in inputs]
    left = [item for item, outcome in zip(inputs, found, strict=True) if outcome is None]
    if not left:
        return _report(task, [outcome for outcome in found if outcome is not None], None)
    from policylint.judging.processes import processes_for
    from policylint.readers import prepare

    if processes_for(len(left), jobs) == 1:
        prepare(item.name for item in left)  # the process that reads starts while the rules are loaded
    from policylint.judging.many import judge_all
    from policylint.judging.rules import rules_of

    judge = rules_of(task, cache)
    judged = iter(judge_all(judge, left, jobs))
    return _report(task, [outcome or next(judged) for outcome in found], judge)


def _rules_kept() -> Cache | None:
    """Where the rules in ready form may be, so that a program starts as fast as the command line; None where nowhere."""
    from policylint.cache.results import rules_only, usual_folder

    return rules_only(usual_folder())


def _kept(cache: Cache, task: Task, item: files.Input, *, bodies: bool) -> Outcome | None:
    """The outcome of an earlier run on the same bytes."""
    try:
        data = item.read()
    except DocumentError:
        return None
    return cache.find(task, item.name, hashlib.sha256(data).hexdigest(), body=bodies)


def _report(task: Task, outcomes: Sequence[Outcome], judge: Rules | None) -> Report:
    """The report on what came of documents. The judge is asked only where no document was read: which packs would have been used."""
    documents = tuple(outcome.document for outcome in outcomes)
    profiles = dict.fromkeys(d.profile for d in documents if d.profile is not None)
    infos: dict[str, PackInfo] = {info.id: info for outcome in outcomes for info in outcome.packs}
    if judge is not None:
        if not profiles and judge.profile is not None:
            profiles = {judge.profile.id: None}
        if judge.packs or not infos:
            infos = {info.id: info for info in judge.infos(judge.usual_packs)}
    return Report(
        version=__version__,
        packs=tuple(infos.values()),
        documents=documents,
        profile=next(iter(profiles)) if len(profiles) == 1 else None,
        as_of=task.as_of or None,
    )

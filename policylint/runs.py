"""One run over documents that are configured differently: each is judged by its own settings, and one report holds all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from policylint import api
from policylint.cache.results import open_cache
from policylint.config import COMMAND_LINE, Finder, Settings
from policylint.config.paths import matches
from policylint.errors import UsageError
from policylint.files import Input
from policylint.report import Report

RUN_KEYS = ("fail_on", "format", "show", "as_of", "cache", "jobs")
"""Settings that a run has once: those of its first path count."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is judged in a run.

    Attributes:
        inputs: the documents, in order; `settings` those of each.
        excluded: names of the documents that a configuration leaves out.
    """

    inputs: tuple[Input, ...]
    settings: tuple[Settings, ...]
    excluded: tuple[str, ...] = ()

    def ignored(self, run: Settings) -> list[str]:
        """The configurations that set something for a whole run otherwise than `run` does, which counts."""
        others = {s.file: s for s in self.settings if s.file is not None and s.file != run.file}
        return [file for file, s in others.items() if any(getattr(s, k) != getattr(run, k) for k in RUN_KEYS)]


def select(inputs: Iterable[Input], named: Iterable[str], finder: Finder, *, force_exclude: bool = False) -> Selection:
    """The documents of a run without those that a configuration excludes, each with its settings.

    A document that is `named` as such is judged although it is excluded, except with `force_exclude`.

    Raises:
        UsageError: all are excluded, without `force_exclude`; or a configuration is not valid.
        RuleError: as before.
    """
    spared = set() if force_exclude else {os.path.realpath(name) for name in named}
    chosen: list[tuple[Input, Settings]] = []
    excluded: list[str] = []
    for item in inputs:
        if item.data is not None:
            chosen.append((item, finder.of_document(None)))
            continue
        is_folder = item.problem is not None and Path(item.name).is_dir()
        settings = finder.of_folder(item.name) if is_folder else finder.of_document(item.name)
        if matches(settings.exclude, item.name, settings.folder) and os.path.realpath(item.name) not in spared:
            excluded.append(item.name)
        else:
            chosen.append((item, settings))
    if not chosen and excluded and not force_exclude:
        raise UsageError("Every document is excluded by the configuration.", hint="Name a document to judge it anyway.")
    return Selection(tuple(i for i, _ in chosen), tuple(s for _, s in chosen), tuple(excluded))


def judge(selection: Selection, run: Settings, pages: tuple[int, int] | None = None, *, bodies: bool = True) -> Report:
    """Judge documents, those with the same settings together; the report names them in their order.

    Args:
        run: the settings of the run, of which `as_of`, `cache` and `jobs` count.
        pages: first and last page to judge; a section that a configuration names gives way to it.
        bodies: whether the documents' `body` is wanted.

    Raises:
        UsageError, RuleError: a setting, or a rule file, is not valid.
    """
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, settings in enumerate(selection.settings):
        groups.setdefault(settings.judging, []).append(at)
    cache = open_cache() if run.cache else None
    reports = []
    for members in groups.values():
        settings = replace(selection.settings[members[0]], as_of=run.as_of)
        inputs = [selection.inputs[at] for at in members]
        report = api.check_inputs(
            inputs,
            **arguments(settings),
            asked=asked(settings, pages),
            cache=cache,
            jobs=run.jobs,
            bodies=bodies,
        )
        reports.append(report)
    return _joined(reports, list(groups.values()))


def arguments(settings: Settings) -> Mapping[str, Any]:
    """Settings as the functions of `api` take them. Raises UsageError for a state without a profile."""
    profile = settings.profile
    if settings.state is not None:
        from policylint.config.known import Known

        profile = Known(tuple(map(Path, settings.rules))).profile_of_state(settings.state)
    return {
        "packs": settings.packs or None,
        "profile": profile,
        "facts": settings.all_facts,
        "as_of": settings.as_of,
        "rules": settings.rules,
    }


def asked(settings: Settings, pages: tuple[int, int] | None = None) -> api.Asked:
    """The part of a document that is asked for, and how it may be read."""
    from policylint.readers import Options

    given_up = pages is not None and settings.origin("section") != COMMAND_LINE
    options = Options(seconds=settings.read_seconds, memory=settings.read_memory)
    return api.Asked.of(None if given_up else settings.section, pages, options)


def _joined(reports: Sequence[Report], places: Sequence[Sequence[int]]) -> Report:
    """One report of several, the documents of each put at their places."""
    if len(reports) == 1:
        return reports[0]
    documents = {
        at: d
        for report, members in zip(reports, places, strict=True)
        for at, d in zip(members, report.documents, strict=True)
    }
    profiles = {report.profile for report in reports}
    return replace(
        reports[0],
        documents=tuple(documents[at] for at in sorted(documents)),
        packs=tuple(dict.fromkeys(pack for report in reports for pack in report.packs)),
        profile=profiles.pop() if len(profiles) == 1 else None,
    )

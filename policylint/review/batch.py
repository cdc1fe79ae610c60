"""A batch: what is to be judged, what of it is kept already, and the rest through an engine into the store."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from policylint.asked import DEFAULT_PROFILE, Asked, Task
from policylint.cache import basis
from policylint.cache.results import Cache, open_cache
from policylint.cache.store import Store as CacheStore
from policylint.clock import today
from policylint.config.known import Known
from policylint.errors import PolicylintError
from policylint.judging.rules import rules_of
from policylint.readers.formats import Options
from policylint.report import DocumentReport
from policylint.review.engines import Engine
from policylint.review.jobs import STAGES, Done, Job
from policylint.review.locations import size_of
from policylint.review.model import Standing, Submission
from policylint.review.standing import standing_of
from policylint.review.store import NAME, Kept, Store


@dataclass(frozen=True)
class Terms:
    """What a review asks of all submissions; the manifest's state and kind are added for each.

    Attributes:
        packs, profile, state: what is judged by; one of them at most. Without any, the state that the manifest names for a
            submission, or that its document shows.
        facts: what is known of all agencies, the kind among them.
        as_of: the day whose requirements are asked, or None.
        section: of each document; None for the peer support policy in it.
        rules: folders of rules beside those that ship.
        read_seconds, read_memory, judge_seconds, judge_memory: bounds on each document.
    """

    packs: tuple[str, ...] = ()
    profile: str | None = None
    state: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    as_of: str | None = None
    section: str | None = None
    rules: tuple[str, ...] = ()
    read_seconds: float = 120
    read_memory: int = 2048
    judge_seconds: float = 120
    judge_memory: int = 2048

    @property
    def recorded(self) -> Mapping[str, object]:
        """What the review records of them."""
        return asdict(self)

    def task(self, submission: Submission, made_on: str) -> Task:
        """What one submission is judged by.

        Raises:
            UsageError, RuleError: a state has no profile, a kind or date is none, or there is no such folder of rules.
        """
        kind = submission.agency_kind
        options = Options(seconds=self.read_seconds, memory=self.read_memory)
        task = Task.of(
            self.packs or None,
            self._profile(submission.state),
            {**self.facts, **({"agency_kind": kind} if kind else {})},
            self.as_of,
            Asked.of(self.section, None, options),
            self.rules,
        )
        return replace(task, made_on=made_on)

    def _profile(self, state: str | None) -> str | None:
        if self.packs or self.profile is not None:
            return self.profile
        known = Known(tuple(map(Path, self.rules)))
        if self.state is not None:
            return known.profile_of_state(self.state)
        return known.states.get(state, DEFAULT_PROFILE) if state is not None else None


@dataclass
class Tally:
    """How a batch goes: counts, and the seconds of all processes together by stage: `jobs.STAGES`, and keeping the results."""

    total: int
    judged: int = 0
    not_judged: int = 0
    same: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STAGES, 0.0))

    @property
    def done(self) -> int:
        """How many submissions are through."""
        return self.judged + self.not_judged + self.same

    def add(self, done: Done) -> None:
        """Count a result."""
        self.same += done.same
        self.judged += done.judged
        self.not_judged += not (done.same or done.judged)
        for stage, seconds in done.seconds.items():
            self.seconds[stage] += seconds

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Count the time of what is done meanwhile."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def run(
    store: Store,
    submissions: Iterable[Submission],
    terms: Terms,
    engine: Engine,
    *,
    made_on: str = "",
    retry: bool = False,
    progress: Callable[[Tally, Done | None], object] = lambda _tally, _done: None,
) -> Tally:
    """Judge what is new or changed, keep each result as it comes, and find the families.

    Args:
        made_on: the day of the review (ISO date); "" for that of its first run, or today.
        retry: judge anew what lacked time or memory, or broke down.
        progress: told when the batch begins (without a result), and of each result.

    Raises:
        UsageError, RuleError: what is judged by is not valid, or the store cannot be written.
    """
    submissions = list(submissions)
    day = made_on or store.made_on or today()
    basis_ = _Basis(terms, day)
    for submission in submissions:
        basis_.task(submission)  # what is wrong with them is said before the review is touched
    rules_of(basis_.task(submissions[0]), basis_.cache)
    store.begin(submissions, day, terms.recorded)
    tally = Tally(len(submissions))
    progress(tally, None)
    by_key = {submission.key: submission for submission in submissions}
    with closing(engine(_jobs(store, submissions, terms, basis_, retry=retry))) as results:
        for done in results:
            with tally.timed("keep"):
                store.keep(done, basis_.key(by_key[done.key], done.sha256 or "", final=done.final))
            tally.add(done)
            progress(tally, done)
    with tally.timed("keep"):
        store.find_families()
    return tally


def _jobs(
    store: Store, submissions: Iterable[Submission], terms: Terms, basis_: _Basis, *, retry: bool
) -> Iterator[Job]:
    # The largest first: one that takes long at the very end would keep all other processes waiting.
    for submission in sorted(submissions, key=lambda s: (-size_of(s.document), s.key)):
        kept = [each for each in store.kept(submission.key) if each.final or not retry]
        yield Job(
            key=submission.key,
            document=submission.document,
            agency=submission.agency,
            task=basis_.task(submission),
            seconds=terms.judge_seconds,
            memory=terms.judge_memory,
            known=tuple(each.sha256 for each in kept if basis_.holds(submission, each)),
        )


class _Basis:
    """What results rest on: the task of each submission, and its key together with rules, code and libraries as they are now."""

    def __init__(self, terms: Terms, made_on: str) -> None:
        self.terms, self.made_on = terms, made_on
        self.cache = open_cache() or _cache_of_nothing()
        self._tasks: dict[tuple[str | None, str | None], Task] = {}

    def task(self, submission: Submission) -> Task:
        about = (submission.state, submission.agency_kind)
        if about not in self._tasks:
            self._tasks[about] = self.terms.task(submission, self.made_on)
        return self._tasks[about]

    def holds(self, submission: Submission, kept: Kept) -> bool:
        """Whether judging the same bytes again would give the same."""
        day = self.task(submission).day
        in_time = kept.after < day and (not kept.until or day <= kept.until)
        return in_time and kept.basis == self.key(submission, kept.sha256, final=kept.final)

    def key(self, submission: Submission, sha256: str, *, final: bool) -> str:
        """The bounds on judging count only where they may be why there are no verdicts."""
        found = f"{self.cache.key_of(self.task(submission), submission.key, sha256)} {submission.agency}"
        return found if final else f"{found} {self.terms.judge_seconds} {self.terms.judge_memory}"


def _cache_of_nothing() -> Cache:
    """Where nothing can be kept there are keys all the same."""
    stamp = basis.stamp()
    store = CacheStore("")
    return Cache(store, stamp, basis.digest(store, stamp))


def open_review(folder: Path) -> Store:
    """A finished review, to read it. Raises UsageError when there is none in the folder."""
    path = folder / NAME
    with Store(path, read_only=True) as store:
        terms = terms_from(store.asked)
    return Store(path, standings(terms), read_only=True)


def terms_from(asked: Mapping[str, Any]) -> Terms:
    """The terms that a review records; those of another version as far as they are known."""
    values: dict[str, Any] = {f.name: asked[f.name] for f in fields(Terms) if f.name in asked}
    for key in ("packs", "rules"):
        values[key] = tuple(values.get(key, ()))
    return Terms(**values)


def standings(terms: Terms) -> Callable[[DocumentReport], Standing | None]:
    """What says whether a document passes, by the rule of the profile it was judged by.

    Without the rules that the review was made by, no standing is known.
    """
    try:
        rules = rules_of(terms.task(Submission("", "", ""), ""), open_cache())
    except PolicylintError:
        return lambda _: None
    profiles = dict(rules.library.profiles)
    if rules.profile is not None:
        profiles[rules.profile.id] = rules.profile

    def standing(report: DocumentReport) -> Standing | None:
        profile = profiles.get(report.profile) if report.profile is not None else rules.profile
        return standing_of(profile, report) if profile is not None else None

    return standing

"""The rules of a run, and judging one document by them: reading, outline, language and assessment joined."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from policylint.asked import DEFAULT_PROFILE, Task
from policylint.cache.results import Cache
from policylint.collector import collector_paused
from policylint.document import Document, Source
from policylint.errors import DocumentError, RuleError, UsageError
from policylint.files import Input
from policylint.judging.ready import ready_rules
from policylint.outcome import Outcome
from policylint.packs.models import Library, Profile
from policylint.packs.named import packs_named, profile_named
from policylint.report import DocumentReport, PackInfo

_log = logging.getLogger(__name__)

MOST_WORDS = 250_000
"""Words that are judged as one policy: some five hundred pages, for which judging takes ten seconds and 700 MB."""

NO_MEMORY = "Judging it needs more memory than there is."


@dataclass(frozen=True)
class Rules:
    """What documents are judged by in one run.

    Attributes:
        library: all packs and profiles; which checks are needed is known when a document is.
        packs: ids of the packs asked for, or () when a profile decides.
        profile: the profile asked for, or None when each document shows its own.
        cache: where rules in ready form are kept, if anywhere.
    """

    task: Task
    library: Library
    packs: tuple[str, ...]
    profile: Profile | None
    cache: Cache | None = None

    @property
    def usual_packs(self) -> tuple[str, ...]:
        """The packs that would be used for a document which shows no state."""
        return self.packs or self._packs_of(self.profile)

    def infos(self, packs: Iterable[str]) -> tuple[PackInfo, ...]:
        """What a report tells of packs."""
        found = (self.library.packs[name] for name in packs)
        return tuple(PackInfo(p.id, p.version, p.sha256, p.authority, p.rank) for p in found)

    def judge(self, name: str, digest: str | None, read: Callable[[], Source]) -> Outcome:
        """Judge one document. Whatever goes wrong with it stays with it, so that the others go on."""
        try:
            with collector_paused():
                return self._judged(name, digest, read())
        except DocumentError as error:
            return not_judged(name, digest, _sentence(error))
        except (UsageError, RuleError):
            raise
        except MemoryError:
            return not_judged(name, digest, NO_MEMORY)
        except Exception as error:  # noqa: BLE001 - the caller's other documents must not be lost to a bug of ours
            _log.debug("%s", name, exc_info=True)
            return not_judged(
                name, digest, f"policylint failed on this document ({type(error).__name__}: {error}). Please report it."
            )

    def _judged(self, name: str, digest: str | None, source: Source) -> Outcome:
        from policylint.assess import Terms, assess
        from policylint.language import analyse
        from policylint.outline import build
        from policylint.showing import view_of

        document: Document = build(source, name, digest or "")
        profile, how = self._profile_for(document)
        told = (how,) if how else profile.changes if profile is not None else ()
        packs = self.packs or self._packs_of(profile)
        library = ready_rules(frozenset(packs), self.task.added, self.cache)
        document = self.task.asked.part_of(document, library)
        _refuse_more_than_a_policy(document)
        analysis = analyse(document, library)
        judgement = assess(analysis, library, packs, Terms(profile, dict(self.task.facts), self.task.as_of))
        report = DocumentReport(
            path=name,
            sha256=digest,
            format=document.format,
            title=document.title,
            pages=document.pages,
            words=document.words,
            status="judged" if judgement.not_judged is None else "not_judged",
            reason=judgement.not_judged,
            verdicts=judgement.verdicts,
            notes=(*told, *self._stale(packs), *document.notes, *judgement.notes),
            profile=profile.id if profile is not None else None,
            recognised=how,
            packs=packs,
            sections=len(document.sections) - 1,
            statements=len(analysis.statements),
            body=view_of(document),
        )
        return Outcome(report, self.infos(packs), self._days(packs), lasting=True)

    def _packs_of(self, profile: Profile | None) -> tuple[str, ...]:
        return (profile or self.library.profiles[DEFAULT_PROFILE]).packs

    def _profile_for(self, document: Document) -> tuple[Profile | None, str]:
        """The profile a document is judged by, and how it was recognised."""
        from policylint.assess import recognised

        if self.packs:
            return None, ""
        if self.profile is not None:
            return self.profile, ""
        found = recognised(document.text, self.library.profiles)
        if found is None:
            return self.library.profiles[DEFAULT_PROFILE], ""
        profile, words = found
        shown = ", ".join(f"“{word}”" for word in words[:3])
        return profile, (
            f"Judged by the profile {profile.id}: the document names {shown}. Use --profile to choose another."
        )

    def _stale(self, packs: Iterable[str]) -> Iterator[str]:
        """Packs that should have been compared with their source again by the day the report is for."""
        day = self.task.day
        for pack in map(self.library.packs.__getitem__, packs):
            if pack.review_by and day > pack.review_by:
                yield f"The pack {pack.id} was to be compared with its source again by {pack.review_by}; it may be out of date."

    def _days(self, packs: Iterable[str]) -> tuple[str, str]:
        """The days between which `_stale` says the same: after the first, up to the second."""
        day = self.task.day
        due = sorted(p.review_by for p in map(self.library.packs.__getitem__, packs) if p.review_by)
        return max((d for d in due if d < day), default=""), min((d for d in due if d >= day), default="")


def _refuse_more_than_a_policy(document: Document) -> None:
    if document.words > MOST_WORDS:
        raise DocumentError(
            f"It has {document.words:,} words, and no more than {MOST_WORDS:,} are judged as one policy.",
            hint="Choose the part that is the peer support policy with --section or --pages, or give it as a file of its own.",
        )


def rules_of(task: Task, cache: Cache | None = None) -> Rules:
    """The rules that a task asks for.

    Raises:
        UsageError: an unknown pack or profile.
        RuleError: a rule file is not valid.
    """
    loaded = ready_rules(frozenset(), task.added, cache)
    named = tuple(pack.id for pack in packs_named(loaded, task.packs)) if task.packs else ()
    chosen = profile_named(loaded, task.profile) if task.profile is not None else None
    return Rules(task, loaded, named, chosen, cache)


def judge_input(rules: Rules, item: Input) -> Outcome:
    """Judge a file, or bytes from elsewhere, and keep the outcome. What is wrong with the file is in it; RuleError is raised."""
    from policylint.readers import Options, read_bytes

    try:
        data = item.read()
    except DocumentError as error:
        return not_judged(item.name, None, _sentence(error))
    digest = hashlib.sha256(data).hexdigest()
    options = rules.task.asked.options or Options()
    outcome = rules.judge(item.name, digest, lambda: read_bytes(data, item.name, options, load_engine))
    if rules.cache is not None:
        rules.cache.keep(rules.task, item.name, digest, outcome)
    return outcome


def load_engine() -> None:
    """What judging needs and takes long to load; done while another process reads."""
    import policylint.assess
    import policylint.language
    import policylint.outline  # noqa: F401


def not_judged(name: str, digest: str | None, reason: str) -> Outcome:
    """The outcome of a document for which there are no verdicts, with the reason as a sentence."""
    return Outcome(DocumentReport(path=name, sha256=digest, status="not_judged", reason=reason))


def _sentence(error: DocumentError) -> str:
    """The error without its file, which the report names anyway."""
    return " ".join(part for part in (error.message, error.hint) if part)

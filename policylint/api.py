"""The one place that joins reading, outline, language, packs and assessment: documents in, a `Report` out."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from policylint import files
from policylint._version import __version__
from policylint.clock import today
from policylint.collector import collector_paused
from policylint.errors import DocumentError, RuleError, UsageError
from policylint.report import DocumentReport, PackInfo, Report

# The engine takes more than a second to load: nothing below is imported before the first document is judged.
if TYPE_CHECKING:
    from policylint.document import Document, Source
    from policylint.packs.folders import RuleFolder
    from policylint.packs.models import Library, Profile
    from policylint.readers import Options

DEFAULT_PROFILE = "national"
"""The profile of a document that no other is given for and that shows no state."""

ALL = "all"
"""As a section: the whole document."""

Paths = Iterable[str | os.PathLike[str]]

_log = logging.getLogger(__name__)


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
    from policylint.readers import read_text

    asked_by = _rules(packs, profile, facts, as_of, rules)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return asked_by.report([asked_by.judge(name, digest, lambda: read_text(text, name))])


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
    return check_inputs(inputs, packs=packs, profile=profile, facts=facts, as_of=as_of, asked=asked, rules=rules)


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
    from policylint.readers import IN_FOLDERS

    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    inputs = files.find(paths, IN_FOLDERS)
    asked = Asked.of(section, pages, options)
    return check_inputs(inputs, packs=packs, profile=profile, facts=facts, as_of=as_of, asked=asked, rules=rules)


@dataclass(frozen=True)
class Asked:
    """Which part of each document is asked for, and how it may be read.

    Attributes:
        section: as in `check_file`.
        options: pages, and bounds on reading; None for the usual ones.
    """

    section: str | None = None
    options: Options | None = None

    @classmethod
    def of(cls, section: str | None, pages: tuple[int, int] | None, options: Options | None) -> Asked:
        """From the arguments of `check_file`. Raises UsageError for pages that are none."""
        from policylint.readers import Options

        options = options or Options()
        if pages is None:
            return cls(section, options)
        first, last = pages
        if not 1 <= first <= last:
            raise UsageError(f"There are no pages {first} to {last}.", hint="Pages count from 1.")
        if section is not None:
            raise UsageError("A section and pages are both given.", hint="Give one of them.")
        return cls(section, replace(options, pages=(first, last)))

    def part_of(self, document: Document, library: Library) -> Document:
        """The part of a document that is asked for: a section, pages, or of a manual the peer support policy in it.

        Raises:
            DocumentError: there is no such section or page.
        """
        from policylint.language import finder_of, mentions
        from policylint.outline import part

        if self.section is not None:
            whole = self.section.casefold() == ALL
            return document if whole else part.section(document, self.section)
        if self.options is not None and self.options.pages is not None:
            return part.pages(document, *self.options.pages)
        if document.words < part.MANUAL:
            return document
        named = mentions(document, finder_of(library))
        return part.policy_in(document, named.headings, named.places)


def check_inputs(
    inputs: Iterable[files.Input],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
    as_of: str | None = None,
    asked: Asked | None = None,
    rules: Paths = (),
) -> Report:
    """Judge what `files.find` found, or bytes from elsewhere. Otherwise as `check_text`."""
    from policylint.readers import prepare

    inputs = list(inputs)
    prepare(item.name for item in inputs)  # it starts while the rules are loaded
    asked_by = replace(_rules(packs, profile, facts, as_of, rules), asked=asked or Asked.of(None, None, None))
    documents = [_judge_input(asked_by, item) for item in inputs]
    if not documents:
        raise UsageError("There is no document to judge.", hint="Name a file or a folder.")
    return asked_by.report(documents)


@dataclass(frozen=True)
class _Rules:
    """What documents are judged by in one run.

    Attributes:
        packs: ids of the packs asked for, or () when a profile decides.
        profile: the profile asked for, or None when each document shows its own.
        added: the folders of rules beside the shipped ones.
    """

    library: Library
    packs: tuple[str, ...]
    profile: Profile | None
    facts: Mapping[str, str]
    as_of: str
    added: tuple[RuleFolder, ...] = ()
    asked: Asked = Asked()

    def report(self, documents: Iterable[DocumentReport]) -> Report:
        """The report on documents judged by these rules."""
        documents = tuple(documents)
        profiles = dict.fromkeys(d.profile for d in documents if d.profile is not None)
        if not profiles and self.profile is not None:
            profiles = {self.profile.id: None}
        names = self.packs or dict.fromkeys(p for d in documents for p in d.packs) or self._packs_of(self.profile)
        packs = tuple(
            PackInfo(p.id, p.version, p.sha256, p.authority, p.rank) for p in map(self.library.packs.get, names) if p
        )
        return Report(
            version=__version__,
            packs=packs,
            documents=documents,
            profile=next(iter(profiles)) if len(profiles) == 1 else None,
            as_of=self.as_of or None,
        )

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
        day = self.as_of or today()
        for pack in map(self.library.packs.__getitem__, packs):
            if pack.review_by and day > pack.review_by:
                yield f"The pack {pack.id} was to be compared with its source again by {pack.review_by}; it may be out of date."

    def judge(self, name: str, digest: str | None, read: Callable[[], Source]) -> DocumentReport:
        """Judge one document. Whatever goes wrong with it stays with it, so that the others go on."""
        try:
            with collector_paused():
                return self._judged(name, digest, read())
        except DocumentError as error:
            return DocumentReport(path=name, sha256=digest, status="not_judged", reason=_sentence(error))
        except (UsageError, RuleError):
            raise
        except Exception as error:  # noqa: BLE001 - the caller's other documents must not be lost to a bug of ours
            _log.debug("%s", name, exc_info=True)
            reason = f"policylint failed on this document ({type(error).__name__}: {error}). Please report it."
            return DocumentReport(path=name, sha256=digest, status="not_judged", reason=reason)

    def _judged(self, name: str, digest: str | None, source: Source) -> DocumentReport:
        from policylint.assess import Terms, assess
        from policylint.language import analyse
        from policylint.outline import build
        from policylint.packs.load import rules_for
        from policylint.showing import view_of

        document: Document = build(source, name, digest or "")
        profile, how = self._profile_for(document)
        told = (how,) if how else profile.changes if profile is not None else ()
        packs = self.packs or self._packs_of(profile)
        library = rules_for(frozenset(packs), self.added)
        document = self.asked.part_of(document, library)
        analysis = analyse(document, library)
        judgement = assess(analysis, library, packs, Terms(profile, self.facts, self.as_of))
        return DocumentReport(
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


def _rules(
    packs: Iterable[str] | None,
    profile: str | None,
    facts: Mapping[str, str] | None,
    as_of: str | None,
    rules: Paths,
) -> _Rules:
    from policylint.packs.folders import rule_folders
    from policylint.packs.load import packs_named, profile_named, rules_for

    if packs is not None and profile is not None:
        raise UsageError("Packs and a profile are both given.", hint="Give one of them: a profile names its own packs.")
    wanted = list(dict.fromkeys([packs] if isinstance(packs, str) else packs or ()))
    if packs is not None and not wanted:
        raise UsageError("No pack is given to judge by.", hint="`policylint packs` lists them.")
    added = rule_folders([rules] if isinstance(rules, str | os.PathLike) else rules)
    loaded = rules_for(frozenset(), added)  # packs and profiles only: which checks are needed is not known yet
    named = tuple(pack.id for pack in packs_named(loaded, wanted)) if wanted else ()
    chosen = profile_named(loaded, profile) if profile is not None else None
    return _Rules(loaded, named, chosen, _known_facts(facts), _day(as_of), added)


def _known_facts(facts: Mapping[str, str] | None) -> dict[str, str]:
    from policylint.packs.models import AGENCY_KINDS

    kind = (facts or {}).get("agency_kind")
    if kind is not None and kind not in AGENCY_KINDS:
        raise UsageError(f"There is no agency kind {kind!r}.", hint=f"Kinds: {', '.join(AGENCY_KINDS)}.")
    return dict(facts or {})


def _day(text: str | None) -> str:
    """A day as an ISO date. Raises UsageError."""
    if text is None:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no date.", hint="Write it as YYYY-MM-DD.") from None


def _judge_input(rules: _Rules, item: files.Input) -> DocumentReport:
    from policylint.readers import Options, read_bytes

    try:
        data = item.read()
    except DocumentError as error:
        return DocumentReport(path=item.name, status="not_judged", reason=_sentence(error))
    digest = hashlib.sha256(data).hexdigest()
    options = rules.asked.options or Options()
    return rules.judge(item.name, digest, lambda: read_bytes(data, item.name, options, _load_engine))


def _load_engine() -> None:
    """What judging needs and takes long to load; done while another process reads."""
    import policylint.assess
    import policylint.language
    import policylint.outline  # noqa: F401


def _sentence(error: DocumentError) -> str:
    """The error without its file, which the report names anyway."""
    return " ".join(part for part in (error.message, error.hint) if part)

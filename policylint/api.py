"""The one place that joins reading, outline, language, packs and assessment: documents in, a `Report` out."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint import files
from policylint._version import __version__
from policylint.collector import collector_paused
from policylint.errors import DocumentError, RuleError, UsageError
from policylint.report import DocumentReport, PackInfo, Report

# The engine takes more than a second to load: nothing below is imported before the first document is judged.
if TYPE_CHECKING:
    from policylint.document import Document, Source
    from policylint.packs.models import Library, Pack

DEFAULT_PROFILE = "national"

PROFILES: Mapping[str, tuple[str, ...]] = {DEFAULT_PROFILE: ("iacp",)}
"""Profile -> the packs that bind an agency under it."""

_log = logging.getLogger(__name__)


def check_text(
    text: str,
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
    name: str = "<text>",
) -> Report:
    """Judge a policy, or a passage of one, given as a string.

    Args:
        text: plain text; Markdown when `name` ends in ".md".
        packs: ids of the packs to judge by, instead of a profile's.
        profile: name of a profile; "national" when neither is given.
        facts: what is known about the agency, e.g. {"regional": "yes"}.
        name: what the report calls the text.

    Returns:
        A report on one document. A text that cannot be judged is in it as "not_judged", with the reason.

    Raises:
        UsageError: an unknown pack or profile.
        RuleError: a rule file is not valid.
    """
    from policylint.readers import read_text

    rules = _rules(packs, profile, facts)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return rules.report([rules.judge(name, digest, lambda: read_text(text, name))])


def check_file(
    path: str | os.PathLike[str],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> Report:
    """Judge one file. Arguments, result and errors as for `check_text`."""
    return check_inputs([files.Input(os.fspath(path))], packs=packs, profile=profile, facts=facts)


def check_paths(
    paths: Iterable[str | os.PathLike[str]],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> Report:
    """Judge files and all files in folders, in the order named, each file once.

    A missing file, and a folder without a file that can be read, are in the report as "not_judged". Otherwise as
    `check_text`; no path at all is a UsageError.
    """
    from policylint.readers import READERS

    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    return check_inputs(files.find(paths, READERS), packs=packs, profile=profile, facts=facts)


def check_inputs(
    inputs: Iterable[files.Input],
    *,
    packs: Iterable[str] | None = None,
    profile: str | None = None,
    facts: Mapping[str, str] | None = None,
) -> Report:
    """Judge what `files.find` found, or bytes from elsewhere. Otherwise as `check_text`."""
    rules = _rules(packs, profile, facts)
    documents = [_judge_input(rules, item) for item in inputs]
    if not documents:
        raise UsageError("There is no document to judge.", hint="Name a file or a folder.")
    return rules.report(documents)


@dataclass(frozen=True)
class _Rules:
    """What documents are judged by in one run."""

    library: Library
    packs: tuple[Pack, ...]
    profile: str | None
    facts: Mapping[str, str]

    def report(self, documents: Iterable[DocumentReport]) -> Report:
        """The report on documents judged by these rules."""
        packs = tuple(PackInfo(p.id, p.version, p.sha256, p.authority, p.rank) for p in self.packs)
        return Report(version=__version__, packs=packs, documents=tuple(documents), profile=self.profile)

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
        from policylint.assess import assess
        from policylint.language import analyse
        from policylint.outline import build

        document: Document = build(source, name, digest or "")
        analysis = analyse(document, self.library)
        judgement = assess(analysis, self.library, tuple(p.id for p in self.packs), self.facts)
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
            notes=(*document.notes, *judgement.notes),
            sections=len(document.sections) - 1,
            statements=len(analysis.statements),
        )


def _rules(packs: Iterable[str] | None, profile: str | None, facts: Mapping[str, str] | None) -> _Rules:
    from policylint.packs.load import library, packs_named

    if packs is not None and profile is not None:
        raise UsageError("Packs and a profile are both given.", hint="Give one of them: a profile names its own packs.")
    if packs is None:
        profile = profile or DEFAULT_PROFILE
        if profile not in PROFILES:
            known = ", ".join(sorted(PROFILES))
            raise UsageError(f"There is no profile {profile!r}.", hint=f"Profiles: {known}.")
        packs = PROFILES[profile]
    wanted = list(dict.fromkeys([packs] if isinstance(packs, str) else packs))
    if not wanted:
        raise UsageError("No pack is given to judge by.", hint="`policylint packs` lists them.")
    loaded = library()
    return _Rules(loaded, tuple(packs_named(loaded, wanted)), profile, dict(facts or {}))


def _judge_input(rules: _Rules, item: files.Input) -> DocumentReport:
    from policylint.readers import read_bytes

    try:
        data = item.read()
    except DocumentError as error:
        return DocumentReport(path=item.name, status="not_judged", reason=_sentence(error))
    digest = hashlib.sha256(data).hexdigest()
    return rules.judge(item.name, digest, lambda: read_bytes(data, item.name))


def _sentence(error: DocumentError) -> str:
    """The error without its file, which the report names anyway."""
    return " ".join(part for part in (error.message, error.hint) if part)

"""What is asked of a run: which rules to judge by, which part of each document, and how it may be read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from policylint.clock import today
from policylint.errors import UsageError
from policylint.packs.folders import RuleFolder, rule_folders
from policylint.packs.kinds import AGENCY_KINDS
from policylint.readers.formats import Options

if TYPE_CHECKING:
    from policylint.document import Document
    from policylint.packs.models import Library

DEFAULT_PROFILE = "national"
"""The profile of a document that no other is given for and that shows no state."""

Paths = Iterable[str | os.PathLike[str]]

ALL = "all"
"""As a section: the whole document."""


@dataclass(frozen=True)
class Asked:
    """Which part of each document is asked for, and how it may be read.

    Attributes:
        section: as in `api.check_file`.
        options: pages, and bounds on reading; None for the usual ones.
    """

    section: str | None = None
    options: Options | None = None

    @classmethod
    def of(cls, section: str | None, pages: tuple[int, int] | None, options: Options | None) -> Asked:
        """From the arguments of `api.check_file`. Raises UsageError for pages that are none."""
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


@dataclass(frozen=True)
class Task:
    """All that is asked of one run: a value that can be compared, and sent to another process.

    Attributes:
        packs: ids of the packs asked for, or () when a profile decides.
        profile: the profile asked for, as named; None when each document shows its own.
        facts: what is known about the agency, sorted by key.
        as_of: the day (ISO date) whose requirements are asked, or "".
        asked: which part of each document.
        added: the folders of rules beside those that ship, as they are now.
        made_on: the day (ISO date) that stands in for today where no other is asked for, or "".
    """

    packs: tuple[str, ...] = ()
    profile: str | None = None
    facts: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    asked: Asked = Asked()
    added: tuple[RuleFolder, ...] = ()
    made_on: str = ""

    @classmethod
    def of(
        cls,
        packs: Iterable[str] | None,
        profile: str | None,
        facts: Mapping[str, str] | None,
        as_of: str | None,
        asked: Asked | None = None,
        rules: Paths = (),
    ) -> Task:
        """From the arguments of `api.check_text`.

        Raises:
            UsageError: they contradict each other, or a date or an agency kind is none. Whether the packs and the profile
                exist is known when the rules are loaded.
            RuleError: there is no such folder of rules.
        """
        if packs is not None and profile is not None:
            raise UsageError(
                "Packs and a profile are both given.", hint="Give one of them: a profile names its own packs."
            )
        wanted = tuple(dict.fromkeys([packs] if isinstance(packs, str) else packs or ()))
        if packs is not None and not wanted:
            raise UsageError("No pack is given to judge by.", hint="`policylint packs` lists them.")
        added = rule_folders([rules] if isinstance(rules, str | os.PathLike) else rules)
        return cls(wanted, profile, _known_facts(facts), day_of(as_of), asked or Asked.of(None, None, None), added)

    @property
    def day(self) -> str:
        """The day (ISO date) the report is for: the one asked for, else the one it is made on, else today (`clock.today`)."""
        return self.as_of or self.made_on or today()


def _known_facts(facts: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    kind = (facts or {}).get("agency_kind")
    if kind is not None and kind not in AGENCY_KINDS:
        raise UsageError(f"There is no agency kind {kind!r}.", hint=f"Kinds: {', '.join(AGENCY_KINDS)}.")
    return tuple(sorted((facts or {}).items()))


def day_of(text: str | None) -> str:
    """A day that somebody typed as an ISO date; "" for none. Raises UsageError."""
    if text is None:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no date.", hint="Write it as YYYY-MM-DD.") from None

"""What can be configured, as one frozen value for each document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})

DEFAULT = "default"
COMMAND_LINE = "command line"
"""Origins of a setting that no file gives."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings that hold for one document, whoever gave them: the command line, a configuration file, or nobody.

    Attributes:
        packs, profile, state: what it is judged by; at most one of the three is given. `profile` is an id, or the path of an
            agency's own.
        agency_kind: one of `packs.kinds.AGENCY_KINDS`, or None.
        facts: what is known of the agency ({"regional": "yes"}), without its kind.
        as_of: the day (ISO date) whose requirements are asked, or None.
        section: of a manual, as `check --section`.
        fail_on, show, format: of the report, as the options of `check`.
        read_seconds, read_memory: bounds on reading one document: seconds, and MB.
        exclude: patterns (as in .gitignore) of files that are left out, relative to `folder`.
        rules: paths of folders with packs, checks, lexicon and profiles of the agency.
        waivers, baseline, lock: paths of these files; where `origin` says "default", a missing one is none.
        cache: whether results are kept for the next run.
        jobs: most processes to judge with, or None for as many as there are processors.
        folder: path of the folder that the configuration stands in; without one the repository root or the working directory.
        file: path of the configuration file, or None.
        origins: key -> where its value comes from: "policylint.yaml:3" or `COMMAND_LINE`. Keys that nobody gave are not in it.

    Paths can be opened from the working directory, and are relative to it where they can be.
    """

    packs: tuple[str, ...] = ()
    profile: str | None = None
    state: str | None = None
    agency_kind: str | None = None
    facts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    as_of: str | None = None
    section: str | None = None
    fail_on: str = "error"
    show: frozenset[str] = frozenset()
    format: str = "text"
    read_seconds: float = 120
    read_memory: int = 2048
    exclude: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    waivers: str = "policylint-waivers.yaml"
    baseline: str = "policylint-baseline.json"
    lock: str = "policylint.lock"
    cache: bool = True
    jobs: int | None = None
    folder: str = "."
    file: str | None = None
    origins: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def origin(self, key: str) -> str:
        """Where the value of a key comes from."""
        return self.origins.get(key, DEFAULT)

    @property
    def judging(self) -> tuple[object, ...]:
        """All that decides how a document is judged: documents that agree in it are judged alike."""
        keys = (*DOCUMENT_KEYS, "rules")
        return tuple(tuple(sorted(self.facts.items())) if key == "facts" else getattr(self, key) for key in keys)

    @property
    def all_facts(self) -> Mapping[str, str]:
        """The facts, with the agency's kind among them as `api` takes them."""
        return {**self.facts, "agency_kind": self.agency_kind} if self.agency_kind else dict(self.facts)


_PLACES = ("folder", "file", "origins")

KEYS = tuple(f.name for f in fields(Settings) if f.name not in _PLACES)
"""What a configuration file can give, beside `overrides`."""

DOCUMENT_KEYS = (
    *("packs", "profile", "state", "agency_kind", "facts", "section"),
    *("read_seconds", "read_memory"),
)
"""What may differ from document to document of one run, and may stand in `overrides`."""

CHOICES = ("packs", "profile", "state")
"""Keys of which one displaces the others: they say the same in three ways."""

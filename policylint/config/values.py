"""How each key of a configuration is read: one function a key, in one table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from policylint.config.known import Known
from policylint.config.paths import invalid, shown
from policylint.packs.kinds import AGENCY_KINDS
from policylint.packs.strict_yaml import RuleFile, did_you_mean, iso_date
from policylint.report import FAIL_ON
from policylint.reporters import REPORTERS
from policylint.reporters.view import shown_statuses

_YES, _NO = ("yes", "true"), ("no", "false")
LEAST_MEMORY = 64


@dataclass(frozen=True, slots=True)
class Reader:
    """A configuration being read: the file, the folder its paths are relative to, and the ids it may name."""

    file: RuleFile
    folder: Path
    known: Known

    def known_word(self, node: yaml.Node, what: str, known: Sequence[str], kind: str) -> str:
        """An id that must be one of some. Raises RuleError."""
        word = self.file.string(node, what)
        if word not in known:
            hint = did_you_mean(word, known) or f"Known: {', '.join(known)}."
            raise self.file.error(node, f"There is no {kind} '{word}'.", hint=hint)
        return word

    def path(self, node: yaml.Node, what: str) -> str:
        """A path, relative to the configuration, as it is opened from the working directory. Raises RuleError."""
        text = self.file.string(node, what)
        if "\0" in text:
            raise self.file.error(node, f"The path of {what} holds a character that no path can hold.")
        return shown(self.folder / Path(text).expanduser(), self.folder)

    def existing(self, node: yaml.Node, what: str, *, folder: bool = False) -> str:
        """The path of a file, or folder, that must be there. Raises RuleError."""
        path = self.path(node, what)
        if not (Path(path).is_dir() if folder else Path(path).is_file()):
            text = self.file.string(node, what)
            hint = f"Paths are relative to the folder of the configuration ({shown(self.folder)})."
            raise self.file.error(node, f"There is no {'folder' if folder else 'file'} '{text}'.", hint=hint)
        return path


def _packs(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
    named: list[str] = []
    for item in reader.file.items(node, "packs", at_least=1):
        pack = reader.known_word(item, "packs", reader.known.packs, "pack")
        if pack in named:
            raise reader.file.error(item, f"The pack '{pack}' stands twice in packs.", hint="Keep one.")
        named.append(pack)
    return tuple(named)


def _profile(reader: Reader, node: yaml.Node) -> str:
    if reader.file.string(node, "profile").endswith((".yaml", ".yml")):
        return reader.existing(node, "profile")
    return reader.known_word(node, "profile", reader.known.profiles, "profile")


def _state(reader: Reader, node: yaml.Node) -> str:
    text = reader.file.string(node, "state")
    if text.upper() not in reader.known.states:
        hint = f"States: {', '.join(reader.known.states)}. Or use 'profile: national'."
        raise reader.file.error(node, f"No statute of the state '{text}' has a pack.", hint=hint)
    return text.upper()


def _agency_kind(reader: Reader, node: yaml.Node) -> str:
    return reader.known_word(node, "agency_kind", AGENCY_KINDS, "agency kind")


def _facts(reader: Reader, node: yaml.Node) -> Mapping[str, str]:
    facts: dict[str, str] = {}
    for key, value in reader.file.pairs(node, "facts"):
        if key.value == "agency_kind":
            raise reader.file.error(key, "The kind of agency is a key of its own.", hint="Write 'agency_kind: ...'.")
        name = reader.known_word(key, "a fact", reader.known.facts, "fact")
        if name in facts:
            raise reader.file.error(key, f"The key '{name}' stands twice in facts.", hint="Keep one of them.")
        facts[name] = "yes" if _flag(reader, value, name) else "no"
    return MappingProxyType(facts)


def _as_of(reader: Reader, node: yaml.Node) -> str:
    return iso_date(reader.file, node, "as_of")


def _section(reader: Reader, node: yaml.Node) -> str:
    return reader.file.string(node, "section")


def _fail_on(reader: Reader, node: yaml.Node) -> str:
    return reader.file.one_of(node, "fail_on", FAIL_ON)


def _format(reader: Reader, node: yaml.Node) -> str:
    return reader.file.one_of(node, "format", tuple(REPORTERS))


def _show(reader: Reader, node: yaml.Node) -> frozenset[str]:
    shown_too: frozenset[str] = frozenset()
    for item in reader.file.items(node, "show"):
        try:
            shown_too |= shown_statuses((reader.file.string(item, "show"),))
        except ValueError as error:
            raise reader.file.error(item, str(error)) from None
    return shown_too


def _read_seconds(reader: Reader, node: yaml.Node) -> float:
    text = reader.file.string(node, "read_seconds")
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise reader.file.error(node, f"'{text}' is no number of seconds.", hint="Write a number above 0, such as 120.")
    return number


def _read_memory(reader: Reader, node: yaml.Node) -> int:
    return _whole(reader, node, "read_memory", LEAST_MEMORY, "MB")


def _jobs(reader: Reader, node: yaml.Node) -> int:
    return _whole(reader, node, "jobs", 1, "processes")


def _whole(reader: Reader, node: yaml.Node, key: str, least: int, unit: str) -> int:
    text = reader.file.string(node, key)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        hint = f"Write a whole number of at least {least}."
        raise reader.file.error(node, f"'{text}' is no number of {unit}.", hint=hint)
    return int(text)


def _exclude(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
    return patterns(reader.file, node, "exclude")


def patterns(file: RuleFile, node: yaml.Node, what: str) -> tuple[str, ...]:
    """A list of patterns of paths. Raises RuleError."""
    found = []
    for item in file.items(node, what, at_least=1):
        pattern = file.string(item, what)
        problem = invalid(pattern)
        if problem is not None:
            raise file.error(item, f"'{pattern}' is no pattern of paths: {problem}.", hint="Write it as in .gitignore.")
        found.append(pattern)
    return tuple(found)


def _rules(reader: Reader, node: yaml.Node) -> tuple[str, ...]:
    items = reader.file.items(node, "rules", at_least=1)
    return tuple(dict.fromkeys(reader.existing(item, "rules", folder=True) for item in items))


def _cache(reader: Reader, node: yaml.Node) -> bool:
    return _flag(reader, node, "cache")


def _flag(reader: Reader, node: yaml.Node, what: str) -> bool:
    word = reader.file.one_of(node, what, (*_YES, *_NO))
    return word in _YES


def _file(key: str) -> Callable[[Reader, yaml.Node], str]:
    return lambda reader, node: reader.path(node, key)


READ: Mapping[str, Callable[[Reader, yaml.Node], Any]] = {
    "packs": _packs,
    "profile": _profile,
    "state": _state,
    "agency_kind": _agency_kind,
    "facts": _facts,
    "as_of": _as_of,
    "section": _section,
    "fail_on": _fail_on,
    "show": _show,
    "format": _format,
    "read_seconds": _read_seconds,
    "read_memory": _read_memory,
    "exclude": _exclude,
    "rules": _rules,
    "waivers": _file("waivers"),
    "baseline": _file("baseline"),
    "lock": _file("lock"),
    "cache": _cache,
    "jobs": _jobs,
}
"""Key -> how its value is read. Each raises RuleError for a value that is none."""

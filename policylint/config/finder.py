"""The settings of each document of a run: the configuration found above it, its overrides, and what the command line says."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from policylint.config import discover
from policylint.config.given import Configuration, Given
from policylint.config.paths import matches, shown
from policylint.config.settings import CHOICES, COMMAND_LINE, KEYS, NOTHING, Settings
from policylint.errors import UsageError

_BESIDE = {key: str(getattr(Settings(), key)) for key in ("waivers", "baseline", "lock")}
"""Key -> name of the file beside the configuration that it stands for when nobody says otherwise."""
_NAMED = {"packs": "packs", "profile": "a profile", "state": "a state"}


class Finder:
    """Finds configurations and reads each once a run."""

    def __init__(self, given: Mapping[str, Any] = NOTHING, *, file: str | None = None, without: bool = False) -> None:
        """Begin a run.

        Args:
            given: what the command line says, by the keys of a configuration; None and empty values say nothing.
            file: the configuration to use for every document, instead of looking for one.
            without: use none at all.

        Raises:
            UsageError: an unknown key (an error of the caller), or two of packs, profile and state at once.
        """
        self._given = {key: value for key, value in given.items() if value not in (None, (), {})}
        if unknown := self._given.keys() - set(KEYS):
            raise UsageError(f"There is no setting {min(unknown)!r}.")
        chosen = [key for key in CHOICES if key in self._given]
        if len(chosen) > 1:
            one, other = (_NAMED[key] for key in chosen[:2])
            raise UsageError(f"{one.capitalize()} and {other} are both given.", hint="Give one of them.")
        self._file, self._without = file, without
        self._loaded: dict[str, Configuration] = {}
        self._found: dict[str, discover.Place] = {}
        self._made: dict[tuple[str, str | None, tuple[int, ...]], Settings] = {}

    def of_document(self, path: str | None) -> Settings:
        """The settings of one document; None for one that has no path (standard input), which belongs to the working directory.

        Raises:
            UsageError, RuleError: its configuration is not valid.
        """
        folder = os.path.dirname(path) if path is not None else ""  # noqa: PTH120 - a path of a user, kept as it is
        return self._at(folder or ".", path)

    def of_folder(self, path: str) -> Settings:
        """The settings of a folder, without overrides. Raises as `of_document`."""
        return self._at(path, None)

    def of_run(self, path: str | None) -> Settings:
        """The settings of a run: those of its first path (a folder or a document; None: standard input), without overrides.

        Raises:
            UsageError, RuleError: its configuration is not valid.
        """
        if path is None or Path(path).is_dir():
            return self._at(path or ".", None)
        return self._at(os.path.dirname(path) or ".", None)  # noqa: PTH120 - as above

    def _at(self, folder: str, document: str | None) -> Settings:
        configuration, root = self._configuration(folder)
        numbers: tuple[int, ...] = ()
        if configuration is not None and document is not None:
            overrides = enumerate(configuration.overrides)
            numbers = tuple(number for number, o in overrides if matches(o.paths, document, root))
        key = (root, configuration.file if configuration is not None else None, numbers)
        if key not in self._made:
            self._made[key] = self._settings(configuration, root, numbers)
        return self._made[key]

    def _settings(self, configuration: Configuration | None, root: str, numbers: Sequence[int]) -> Settings:
        """What a configuration, its overrides of some numbers and the command line say together."""
        layers: list[Mapping[str, Given]] = []
        if configuration is not None:
            layers = [configuration.values, *(configuration.overrides[number].values for number in numbers)]
        layers.append({key: Given(value, COMMAND_LINE) for key, value in self._given.items()})
        return _settings(layers, root, configuration)

    def _configuration(self, folder: str) -> tuple[Configuration | None, str]:
        """The configuration of a folder, and the folder that its paths are relative to."""
        if self._without:
            return None, "."
        if self._file is not None:
            configuration = self._load(self._file)
            return configuration, configuration.folder
        if folder not in self._found:
            self._found[folder] = discover.find(folder)
        place = self._found[folder]
        if place.file is None:
            return None, place.repository or "."
        configuration = self._load(place.file)
        return configuration, configuration.folder

    def _load(self, file: str) -> Configuration:
        if file not in self._loaded:
            from policylint.config.load import load

            self._loaded[file] = load(file)
        return self._loaded[file]


def _settings(layers: list[Mapping[str, Given]], root: str, configuration: Configuration | None) -> Settings:
    """One value for each key: the last layer that gives it. Facts are joined, each from the last that gives it."""
    merged: dict[str, Given] = {}
    for layer in layers:
        if any(key in layer for key in CHOICES):
            merged = {key: given for key, given in merged.items() if key not in CHOICES}
        for key, given in layer.items():
            if key == "facts" and key in merged:
                joined = MappingProxyType({**merged[key].value, **given.value})
                merged[key] = Given(joined, f"{merged[key].origin}, {given.origin}")
            else:
                merged[key] = given
    values = {key: given.value for key, given in merged.items()}
    beside = {key: shown(Path(root, name), root) for key, name in _BESIDE.items()}
    return Settings(
        **{**beside, **values},
        folder=shown(root),
        file=configuration.file if configuration is not None else None,
        origins=MappingProxyType({key: given.origin for key, given in merged.items()}),
    )

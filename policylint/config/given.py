"""What a configuration file gives, as values. Reading it is `load`, which a run without a configuration does not need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Given:
    """A value that a configuration gives, and where: "policylint.yaml:3"."""

    value: Any
    origin: str


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for the documents whose paths match one of the patterns."""

    paths: tuple[str, ...]
    values: Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration file as read.

    Attributes:
        file: its path as errors and reports show it; `folder` the absolute path of the folder it stands in.
        values: key -> what it gives; `overrides` in the order written, later ones win.
        sha256: of the file's bytes.
    """

    file: str
    folder: str
    values: Mapping[str, Given]
    overrides: tuple[Override, ...] = ()
    sha256: str = ""

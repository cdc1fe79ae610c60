"""The settings of a document as a person, or a program, can read them: each with its value and where it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policylint.config.paths import matches
from policylint.config.settings import KEYS, Settings

SCHEMA = "policylint-settings/1"


def to_dict(document: str, settings: Settings) -> dict[str, object]:
    """The settings of a document as plain values: {"schema", "document", "configuration", "folder", "excluded", "settings"}.

    Each setting is {"value", "from"}, "from" being "policylint.yaml:3", "command line" or "default".
    """
    return {
        "schema": SCHEMA,
        "document": document,
        "configuration": settings.file,
        "folder": settings.folder,
        "excluded": matches(settings.exclude, document, settings.folder),
        "settings": {key: {"value": _plain(getattr(settings, key)), "from": settings.origin(key)} for key in KEYS},
    }


def as_text(document: str, settings: Settings) -> str:
    """The same for a terminal: one line a setting, those that nobody gave included."""
    without = f"none; paths are relative to {settings.folder}"
    lines = [f"document       {document}", f"configuration  {settings.file or without}"]
    if matches(settings.exclude, document, settings.folder):
        lines.append(f"excluded       yes ({settings.origin('exclude')})")
    rows = [(key, _shown(getattr(settings, key)), settings.origin(key)) for key in KEYS]
    widths = [max(len(row[column]) for row in rows) for column in range(2)]
    shown = [f"{key.ljust(widths[0])}  {value.ljust(widths[1])}  {origin}" for key, value, origin in rows]
    return "\n".join([*lines, "", *shown]) + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _shown(value: Any) -> str:
    plain = _plain(value)
    if plain in (None, [], {}):
        return "-"
    if isinstance(plain, bool):
        return "yes" if plain else "no"
    if isinstance(plain, dict):
        return ", ".join(f"{key}: {word}" for key, word in plain.items())
    return ", ".join(plain) if isinstance(plain, list) else str(plain)

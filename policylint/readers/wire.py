"""A Source as JSON: what the process that reads tells the one that asks."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

from policylint.document import Block, Source

_VALUES = attrgetter(*(field.name for field in fields(Block)))


def to_wire(source: Source) -> dict[str, Any]:
    """A Source as JSON values."""
    return {
        "text": source.text,
        "blocks": [_VALUES(block) for block in source.blocks],
        "format": source.format,
        "pages": source.pages,
        "notes": source.notes,
    }


def from_wire(message: dict[str, Any]) -> Source:
    """A Source from JSON values. Raises KeyError, TypeError or ValueError when they are none."""
    return Source(
        text=message["text"],
        blocks=tuple(Block(*map(_frozen, values)) for values in message["blocks"]),
        format=message["format"],
        pages=message["pages"],
        notes=tuple(message["notes"]),
    )


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value

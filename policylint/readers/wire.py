"""What the process that reads and the one that asks tell each other: length-prefixed messages, and a Source as JSON.

JSON and not pickle: what a reader made of a hostile file is data here and nothing else.
"""

from __future__ import annotations

import json
import struct
from dataclasses import fields
from operator import attrgetter
from typing import IO, Any

from policylint.document import Block, Source

_VALUES = attrgetter(*(field.name for field in fields(Block)))
_LENGTH = struct.Struct(">Q")


class TooLongError(Exception):
    """A message is longer than the reader of it allows."""


def send(pipe: IO[bytes], message: bytes) -> None:
    """Write a message. Raises OSError when the other end is gone."""
    pipe.write(_LENGTH.pack(len(message)))
    pipe.write(message)
    pipe.flush()


def send_json(pipe: IO[bytes], message: Any) -> None:
    """Write a message as JSON; strings that are no valid Unicode (names of files) come through unharmed."""
    send(pipe, json.dumps(message, separators=(",", ":")).encode("ascii"))


def receive(pipe: IO[bytes], most: int | None = None) -> bytes:
    """Read a message.

    Raises:
        EOFError: the other end is gone.
        TooLongError: it is longer than `most` bytes.
    """
    (length,) = _LENGTH.unpack(_exactly(pipe, _LENGTH.size))
    if most is not None and length > most:
        raise TooLongError
    return _exactly(pipe, length)


def _exactly(pipe: IO[bytes], length: int) -> bytes:
    data = pipe.read(length)
    if len(data) < length:
        raise EOFError
    return data


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

"""What a process that works and the one that asks tell each other: length-prefixed messages.

JSON and not pickle: what was made of a hostile file is data here and nothing else.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

_LENGTH = struct.Struct(">Q")


Message = dict[str, Any]
"""A message of JSON."""


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

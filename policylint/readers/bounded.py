"""Reading in a process of its own, under a bound on time and memory: a file that hangs, swells or crashes costs nobody else.

One process is kept for the documents of a run. It is started when it is first needed, replaced after it broke down, and ends
with this one, however this one ends (see `worker`).
"""

from __future__ import annotations

import atexit
import contextlib
import dataclasses
import json
import logging
import os
import threading
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import IO, Any

from policylint.bounds.child import Child, Exchange, available, ending
from policylint.bounds.wire import Message, receive, send, send_json
from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Format, Options
from policylint.readers.wire import from_wire

__all__ = ["available", "close", "prepare", "read"]

_log = logging.getLogger(__name__)

_MOST_ANSWER = 1_000_000_000
"""Bytes of an answer above which it is not taken: fifty million characters with their blocks, and room."""

_DAMAGED = "The file is probably damaged: open it in the program it was made with and save it anew, or print it to PDF."


def read(
    format_: Format, data: bytes, name: str, options: Options, meanwhile: Callable[[], object] | None = None
) -> Source:
    """Read a document by the reader of its format, in another process.

    Args:
        meanwhile: called while the other process reads.

    Raises:
        DocumentError: what the reader says is wrong; or that it took too much time or memory, or broke down.
    """
    if not available():
        source: Source = import_module(format_.path).read(data, name, options)
        return source
    return _KEEPER.read(_Request(format_, data, name, options), meanwhile)


def prepare() -> None:
    """Start the process that reads, so that it is ready when the first document is; no harm if it cannot be."""
    if available():
        with contextlib.suppress(OSError):
            _KEEPER.start()


def close() -> None:
    """End the process that reads and all that it has started."""
    _KEEPER.close()


@dataclasses.dataclass(frozen=True)
class _Request:
    format: Format
    data: bytes
    name: str
    options: Options

    @property
    def head(self) -> dict[str, Any]:
        fields = {f.name: getattr(self.options, f.name) for f in dataclasses.fields(Options) if f.name != "more_time"}
        return {"module": self.format.path, "name": self.name, "seconds": self.options.seconds, "options": fields}


def _ask(exchange: Exchange[Message], stdin: IO[bytes], stdout: IO[bytes], request: _Request) -> Message:
    """Send a request; the last message is the answer."""
    send_json(stdin, request.head)
    send(stdin, request.data)
    while True:
        message: Message = json.loads(receive(stdout, _MOST_ANSWER))
        if "more_time" not in message:
            return message
        exchange.more_time(message["more_time"])
        request.options.more_time(message["more_time"])


class _Keeper:
    """Holds the process that reads; one document at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: Child | None = None

    def read(self, request: _Request, meanwhile: Callable[[], object] | None) -> Source:
        with self.lock:
            try:
                worker = self._ready()
            except OSError as error:
                raise _sentence(request, f"cannot be started: {error.strerror or error}", "Try again.") from None
            try:
                exchange = Exchange(worker, partial(_ask, request=request), request.options.seconds)
                exchange.start()
                if meanwhile is not None:
                    meanwhile()
                in_time = exchange.wait()
            except BaseException:  # Ctrl-C above all: leave no process behind
                self._drop()
                raise
            answer = exchange.answer
            if answer is not None and "memory" not in answer:
                return _result(request, answer)
            code = self._drop()
            exchange.join()
            raise _why(request, exchange, code, in_time=in_time)

    def start(self) -> None:
        with self.lock:
            self._ready()

    def close(self) -> None:
        with self.lock:
            self._drop()

    def forget(self) -> None:
        """After a fork, the process belongs to the parent."""
        self.__init__()  # type: ignore[misc]

    def _ready(self) -> Child:
        if self.worker is not None and not self.worker.alive:
            self._drop()  # it died while it had nothing to do
        if self.worker is None:
            self.worker = Child("policylint.readers.worker")
        return self.worker

    def _drop(self) -> int:
        worker, self.worker = self.worker, None
        return worker.end() if worker is not None else 0


def _result(request: _Request, answer: dict[str, Any]) -> Source:
    """What a reader made of the document. Raises DocumentError."""
    if "error" in answer:
        raise DocumentError(**answer["error"], file=request.name)
    if "failed" in answer:
        _log.debug("%s: %s", request.name, answer["trace"])
        raise _sentence(request, f"failed on this file ({answer['failed']})", _DAMAGED)
    try:
        return from_wire(answer["source"])
    except (KeyError, TypeError, ValueError):
        raise _sentence(request, "gave an answer that makes no sense", _DAMAGED) from None


def _why(request: _Request, exchange: Exchange[Message], code: int, *, in_time: bool) -> DocumentError:
    """Why there is no answer."""
    options, name = request.options, request.name
    if not in_time:
        message = f"Reading it took longer than {options.seconds:g} seconds and was stopped."
        return DocumentError(message, file=name, hint="Allow more with --read-seconds, or give a part with --pages.")
    if exchange.answer is not None:
        message = f"Reading it needed more than {options.memory:,} MB of memory and was stopped."
        return DocumentError(message, file=name, hint="Allow more with --read-memory, or give a part with --pages.")
    if exchange.too_long:
        return _sentence(request, "gave more than can be taken", "Give the part that is the peer support policy.")
    return _sentence(request, f"broke down on this file ({ending(code)})", _DAMAGED)


def _sentence(request: _Request, what: str, hint: str) -> DocumentError:
    return DocumentError(f"The reader for {request.format.title} {what}.", file=request.name, hint=hint)


_KEEPER = _Keeper()
atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_KEEPER.forget)

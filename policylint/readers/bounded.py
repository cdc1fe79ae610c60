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
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import IO, Any, cast

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Format, Options
from policylint.readers.wire import TooLongError, from_wire, receive, send, send_json

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


def available() -> bool:
    """Whether another process can be started: not in a browser, and not where this program is its own interpreter."""
    return bool(sys.executable) and not getattr(sys, "frozen", False) and sys.platform not in ("emscripten", "wasi")


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


class _Worker:
    """The other process, with a folder of its own for what its libraries put aside."""

    def __init__(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="policylint-")
        self.process = self._process()
        self.used = False

    def _process(self) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        # The same modules as here; -P, so that no module is taken from the folder that happens to be the current one.
        path = [p for p in sys.path if p]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(path if root in path else [*path, root]),
            "POLICYLINT_WORKER_FOLDER": self.folder,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self.folder),
        }
        try:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", "policylint.readers.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment,
                # Of its own, so that all it starts can be ended with it, and Ctrl-C reaches it through us alone.
                start_new_session=True,
            )
        except OSError:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def end(self) -> int:
        """Kill it and all that it has started; returns how it ended."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                cast(IO[bytes], pipe).close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code


class _Exchange(threading.Thread):
    """A request and its answer. A thread, since pipes cannot be waited on for a time on every system.

    Attributes:
        answer: the last message, or None when there was none.
        deadline: by the monotonic clock, or None.
        too_long: the answer was longer than is taken.
    """

    def __init__(self, worker: _Worker, request: _Request) -> None:
        super().__init__(daemon=True)
        self.worker, self.request = worker, request
        self.answer: dict[str, Any] | None = None
        self.too_long = False
        seconds = request.options.seconds
        self.deadline = time.monotonic() + seconds if seconds is not None else None

    def run(self) -> None:
        process = self.worker.process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            send_json(process.stdin, self.request.head)
            send(process.stdin, self.request.data)
            while True:
                message = json.loads(receive(process.stdout, _MOST_ANSWER))
                if "more_time" not in message:
                    break
                if self.deadline is not None:
                    self.deadline += message["more_time"]
            self.answer = message
        except TooLongError:
            self.too_long = True
        except (OSError, EOFError, ValueError):
            pass  # the process is gone; how it ended says why

    def wait(self) -> bool:
        """Wait until it is done; False when time is up before."""
        while self.is_alive():
            left = self.deadline - time.monotonic() if self.deadline is not None else None
            if left is not None and left <= 0:
                return False
            # In steps, since the reader may ask for more time, and Ctrl-C must come through on every system.
            self.join(min(left, 1.0) if left is not None else 1.0)
        return True


class _Keeper:
    """Holds the process that reads; one document at a time."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.worker: _Worker | None = None

    def read(self, request: _Request, meanwhile: Callable[[], object] | None) -> Source:
        with self.lock:
            try:
                worker = self._ready()
            except OSError as error:
                raise _sentence(request, f"cannot be started: {error.strerror or error}", "Try again.") from None
            try:
                exchange = _Exchange(worker, request)
                exchange.start()
                worker.used = True
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

    def _ready(self) -> _Worker:
        if self.worker is not None and self.worker.process.poll() is not None:
            self._drop()  # it died while it had nothing to do
        if self.worker is None:
            self.worker = _Worker()
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


def _why(request: _Request, exchange: _Exchange, code: int, *, in_time: bool) -> DocumentError:
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
    return _sentence(request, f"broke down on this file ({_ending(code)})", _DAMAGED)


def _ending(code: int) -> str:
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"


def _sentence(request: _Request, what: str, hint: str) -> DocumentError:
    return DocumentError(f"The reader for {request.format.title} {what}.", file=request.name, hint=hint)


_KEEPER = _Keeper()
atexit.register(close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_KEEPER.forget)

"""The process that reads documents in formats which need a library: started, bounded and ended by `bounded`.

It reads one document after the other from its standard input and answers on its standard output. It imports the reader that
is asked for and nothing of the engine. Whatever a library prints goes nowhere.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import queue
import shutil
import signal
import sys
import threading
import traceback
from importlib import import_module
from typing import IO, Any

from policylint.document import Source
from policylint.errors import DocumentError
from policylint.readers.formats import Options
from policylint.readers.wire import receive, send_json, to_wire

LIMITS: Any = None
"""The module `resource`, where the system has such limits (Windows has none)."""
with contextlib.suppress(ImportError):
    LIMITS = import_module("resource")

MOST_TEXT = 50_000_000
"""Characters of text above which a document is refused."""

_MEGABYTE = 2**20
_GRACE = 10.0
"""Seconds after the end of the allowed time when the process ends by itself, should nobody be left to end it."""


def main() -> None:
    """Answer requests until standard input ends."""
    requests, answers = _own_pipes()
    inbox: queue.SimpleQueue[tuple[dict[str, Any], bytes]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(requests, inbox), daemon=True).start()
    while True:
        request, data = inbox.get()
        _backstop(request["seconds"])
        send_json(answers, _answer(request, data, answers))
        _backstop(None)


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for this module alone: libraries, and programs they start, get empty ones."""
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return requests, answers


def _listen(requests: IO[bytes], inbox: queue.SimpleQueue[tuple[dict[str, Any], bytes]]) -> None:
    """Take requests; when nobody can ask any more, end this process and all it has started, whatever it is doing."""
    import json

    try:
        while True:
            inbox.put((json.loads(receive(requests)), receive(requests)))
    except (EOFError, OSError):
        shutil.rmtree(os.environ.get("POLICYLINT_WORKER_FOLDER") or "", ignore_errors=True)
        if hasattr(os, "killpg"):
            os.killpg(os.getpgid(0), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGTERM)


def _backstop(seconds: float | None) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds is not None else 0)


def _answer(request: dict[str, Any], data: bytes, answers: IO[bytes]) -> dict[str, Any]:
    """The document as read, or what is wrong with it."""
    left = request["seconds"]

    def more_time(seconds: float) -> None:
        nonlocal left
        if left is not None:
            left += seconds
            _backstop(left)  # too long rather than too short: the parent keeps the time
            send_json(answers, {"more_time": seconds})

    try:
        options = _options(request["options"])
        limit_memory(options.memory)
        reader = import_module(request["module"])
        source: Source = reader.read(data, request["name"], dataclasses.replace(options, more_time=more_time))
        return _fitting(source)
    except DocumentError as error:
        return {"error": {"message": error.message, "hint": error.hint, "line": error.line}}
    except MemoryError:
        return {"memory": True}
    except Exception as error:  # noqa: BLE001 - a file that breaks a library must cost the others nothing
        with contextlib.suppress(Exception):
            return {"failed": f"{type(error).__name__}: {error}"[:500], "trace": traceback.format_exc()[-8000:]}
        return {"failed": type(error).__name__, "trace": ""}


def _options(fields: dict[str, Any]) -> Options:
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in fields.items()}
    return Options(**values)


def _fitting(source: Source) -> dict[str, Any]:
    if len(source.text) > MOST_TEXT:
        millions = MOST_TEXT // 1_000_000
        raise DocumentError(
            f"The document holds more than {millions} million characters of text.",
            hint="Give the part of it that is the peer support policy, as a file of its own.",
        )
    return {"source": to_wire(source)}


def limit_memory(megabytes: int | None) -> None:
    """Let this process, and each that it starts, have no more memory than this, where the system can see to it."""
    if LIMITS is None:
        return
    # Address space counts what libraries reserve and never touch; data is nearer to what is used, where it is counted.
    kind = LIMITS.RLIMIT_DATA if sys.platform == "linux" else LIMITS.RLIMIT_AS
    hard = LIMITS.getrlimit(kind)[1]
    wanted = megabytes * _MEGABYTE if megabytes is not None else hard
    allowed = wanted if hard == LIMITS.RLIM_INFINITY else min(wanted, hard)
    with contextlib.suppress(OSError, ValueError):  # a system that knows the limit and refuses it
        LIMITS.setrlimit(kind, (allowed, hard))


if __name__ == "__main__":
    main()

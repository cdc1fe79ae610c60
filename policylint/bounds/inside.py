"""What a process that works under a bound does about itself: its pipes, its end, its memory."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import sys
import threading
from importlib import import_module
from typing import IO, Any

from policylint.bounds.wire import receive

LIMITS: Any = None
"""The module `resource`, where the system has such limits (Windows has none)."""
with contextlib.suppress(ImportError):
    LIMITS = import_module("resource")

FOLDER_SETTING = "POLICYLINT_WORKER_FOLDER"
"""Environment variable that names the folder for what libraries put aside; it goes with the process."""

_MEGABYTE = 2**20
_GRACE = 10.0
"""Seconds after the end of the allowed time when the process ends by itself, should nobody be left to end it."""

Inbox = queue.SimpleQueue[tuple[dict[str, Any], bytes]]
"""Requests in their order: a message of JSON, and the bytes that come with it."""


def requests() -> tuple[Inbox, IO[bytes]]:
    """The requests that come in, and where to answer. When nobody can ask any more, the process ends, whatever it is doing."""
    asked, answers = _own_pipes()
    inbox: Inbox = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked, inbox), daemon=True).start()
    return inbox, answers


def _own_pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output for this module alone: libraries, and programs they start, get empty ones."""
    asked = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    return asked, answers


def _listen(asked: IO[bytes], inbox: Inbox) -> None:
    try:
        while True:
            inbox.put((json.loads(receive(asked)), receive(asked)))
    except (EOFError, OSError):
        shutil.rmtree(os.environ.get(FOLDER_SETTING) or "", ignore_errors=True)
        if hasattr(os, "killpg"):
            os.killpg(os.getpgid(0), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGTERM)


def backstop(seconds: float | None) -> None:
    """End this process somewhat after so many seconds, where the system can see to it; None for no more such end."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds + _GRACE if seconds is not None else 0)


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

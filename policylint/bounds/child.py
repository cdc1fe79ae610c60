"""A process that works under a bound, as the one that starts it sees it: it is asked, waited for, and ended."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Generic, TypeVar, cast

from policylint.bounds.inside import FOLDER_SETTING
from policylint.bounds.wire import TooLongError

_Answer = TypeVar("_Answer")


def available() -> bool:
    """Whether another process can be started: not in a browser, and not where this program is its own interpreter."""
    return bool(sys.executable) and not getattr(sys, "frozen", False) and sys.platform not in ("emscripten", "wasi")


class Child:
    """The other process, with a folder of its own for what its libraries put aside."""

    def __init__(self, module: str) -> None:
        """Start a module, whose `main` takes requests as `inside.requests` gives them. Raises OSError."""
        self.folder = tempfile.mkdtemp(prefix="policylint-")
        self.process = self._process(module)

    def _process(self, module: str) -> subprocess.Popen[bytes]:
        root = str(Path(__file__).resolve().parents[2])
        # The same modules as here; -P, so that no module is taken from the folder that happens to be the current one.
        path = [p for p in sys.path if p]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join(path if root in path else [*path, root]),
            FOLDER_SETTING: self.folder,
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), self.folder),
        }
        try:
            return subprocess.Popen(  # noqa: S603 - this interpreter, and a module of this package
                [sys.executable, "-P", "-m", module],
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

    @property
    def pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        """Where to ask, and where the answers come."""
        return cast(IO[bytes], self.process.stdin), cast(IO[bytes], self.process.stdout)

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self.process.poll() is None

    def end(self) -> int:
        """Kill it and all that it has started; returns how it ended."""
        with contextlib.suppress(OSError):
            if hasattr(os, "killpg"):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()
        code = self.process.wait()
        for pipe in self.pipes:
            with contextlib.suppress(OSError):
                pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return code


def ending(code: int) -> str:
    """How a process ended, in words, from what `Child.end` returns."""
    try:
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"
    except ValueError:
        return f"signal {-code}"


class Exchange(threading.Thread, Generic[_Answer]):
    """A request and its answer. A thread, since pipes cannot be waited on for a time on every system.

    Attributes:
        answer: what the talk returned, or None when the process ended before.
        deadline: by the monotonic clock, or None.
        too_long: the answer was longer than is taken.
    """

    def __init__(
        self, child: Child, talk: Callable[[Exchange[_Answer], IO[bytes], IO[bytes]], _Answer], seconds: float | None
    ) -> None:
        """Make ready; `start` begins.

        Args:
            talk: asks and takes the answer, over the two pipes; it may move the deadline.
            seconds: until the first deadline, from now; None for none.
        """
        super().__init__(daemon=True)
        self.child, self.talk = child, talk
        self.answer: _Answer | None = None
        self.too_long = False
        self.deadline: float | None = None
        self.restart(seconds)

    def restart(self, seconds: float | None) -> None:
        """Let the time count from now; None for no bound."""
        self.deadline = time.monotonic() + seconds if seconds is not None else None

    def more_time(self, seconds: float) -> None:
        """Put the deadline off."""
        if self.deadline is not None:
            self.deadline += seconds

    def run(self) -> None:
        """Talk; that the process is gone is no error here: how it ended says why."""
        try:
            self.answer = self.talk(self, *self.child.pipes)
        except TooLongError:
            self.too_long = True
        except (OSError, EOFError, ValueError):
            pass

    def wait(self) -> bool:
        """Wait until it is done; False when time is up before."""
        while self.is_alive():
            left = self.deadline - time.monotonic() if self.deadline is not None else None
            if left is not None and left <= 0:
                return False
            # In steps, since the deadline may move, and Ctrl-C must come through on every system.
            self.join(min(left, 1.0) if left is not None else 1.0)
        return True

"""The process that judges submissions, with a fault built in: a document does what its first word says. For tests only.

Each judgement that is begun is told to the file that FAULTY_LOG names, so that tests can count them.
"""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from typing import Any

from policylint.judging.rules import Rules
from policylint.review import worker

REAL = Rules._judged


def judged(self: Rules, name: str, digest: str | None, source: Any) -> Any:
    log = os.environ.get("FAULTY_LOG")
    if log is not None:
        with Path(log).open("a", encoding="utf-8") as file:
            file.write(f"{name}\n")
    word = source.text.split()[0]
    if word == "HANG":
        time.sleep(3600)
    if word == "EAT":
        held = [bytearray(50_000_000) for _ in range(1000)]
        assert held
    if word == "CRASH":
        ctypes.string_at(0)
    if word == "BUG":
        raise ValueError("a bug on page 3")
    if word == "SLOW":
        time.sleep(0.2)
    if word == "ONCE" and log is not None:
        marker = Path(f"{log}.once")
        if not marker.exists():
            marker.touch()
            os._exit(7)
    return REAL(self, name, digest, source)


Rules._judged = judged  # type: ignore[method-assign]

if __name__ == "__main__":
    worker.main()

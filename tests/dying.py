"""What a process that judges is given to do in tests of processes that break down."""

import os
import signal

from policylint.errors import RuleError
from policylint.files import Input
from policylint.judging import many
from policylint.judging.rules import not_judged
from policylint.outcome import Outcome

REAL = many._judge


def judge(item: Input) -> Outcome:
    """Judge a document; the process dies of one whose name says so."""
    if "dies" in item.name:
        os.kill(os.getpid(), signal.SIGTERM)
    return REAL(item)


def at_length(item: Input) -> Outcome:
    """An outcome that takes much longer to send than to come by."""
    return not_judged(item.name, None, "long " * 10_000_000)


def refuse(item: Input) -> Outcome:
    """Find a rule that is not valid."""
    raise RuleError(f"There is no such rule ({item.name}): no such rule.", file="x.yaml", line=3)


class DeadlyElsewhere:
    """A value that ends any process but the one it was made for when it is unpickled there."""

    def __init__(self, value: object, process: int) -> None:
        self.value, self.process = value, process

    def __reduce__(self) -> tuple[object, ...]:
        return given, (self.value, self.process)


def given(value: object, process: int) -> object:
    """The value, in its own process."""
    if os.getpid() != process:
        os.kill(os.getpid(), signal.SIGKILL)
    return value

"""The garbage collector, kept out of the way."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused(*, lasting: bool = False) -> Iterator[None]:
    """Keep the garbage collector from running meanwhile.

    Loading rules and judging a document make tens of thousands of small values and hardly a cycle; the collector would
    walk them and the whole lexicon again and again, which takes as long as the work itself.

    `lasting`: what is made meanwhile lives as long as the process (rules, the lexicon). It is kept out of the collector's
    sight for good, as is all else that is there by then; a pass over it takes a second, and another one as Python ends.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if lasting:
            gc.freeze()
        if was_on:
            gc.enable()

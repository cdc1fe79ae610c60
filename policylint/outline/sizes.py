"""What the size of type says: which units are set larger than the text, and at which level the headings among them stand."""

from __future__ import annotations

from collections.abc import Sequence

from policylint.outline.lines import stopped, words
from policylint.outline.paragraphs import Unit

_LARGER = 1.09
"""Times the size of the text from which a line is clearly larger."""
_SAME = 1.03
"""Sizes that differ by less are meant to be one."""
_MOST_WORDS = 20
_MOST_LEVELS = 6


def large(unit: Unit, body: float) -> bool:
    """Whether a unit is a heading by its size alone; `body` is the size of the text, 0 where no size is known."""
    if body <= 0 or unit.size <= _LARGER * body or unit.kind not in ("line", "paragraph") or unit.lines > 3:
        return False
    count = len(words(unit.text))
    return 0 < count <= _MOST_WORDS and not (stopped(unit.text) and count > 10)


def levels(headings: Sequence[Unit], body: float) -> dict[float, int]:
    """Font size -> level from 1, of the headings without a number that are larger than the text.

    Numbers say more than sizes: sizes below those of numbered headings are left to the rules for plain text.
    """
    if body <= 0:
        return {}
    floor = max((u.size for u in headings if u.label is not None), default=0.0)
    found = {u.size for u in headings if u.label is None and u.kind != "heading"}
    usable = sorted((s for s in found if s > _LARGER * body and s >= floor), reverse=True)
    out: dict[float, int] = {}
    level, last = 0, 0.0
    for size in usable:
        if not last or last > _SAME * size:
            level, last = level + 1, size
        out[size] = min(level, _MOST_LEVELS)
    return out

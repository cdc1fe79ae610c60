"""Words that add nothing to what a sentence says: figures that repeat a number, "unless otherwise stated"."""

from __future__ import annotations

import re

from policylint.language.words import Token

_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred".split(),
        (*range(1, 20), *range(20, 101, 10)),
        strict=True,
    )
)
_PADDED = re.compile(r"[a-z]\s*\(\d{1,3}\)|\bunless\s+otherwise\b", re.IGNORECASE)
"""One of these is in every text that has such words."""
_STATED = frozenset("stated specified noted indicated provided defined described".split())
_HEREIN = ("in", "this")
_REFERRING = 4
"""Most words behind "unless otherwise stated" that say where: "in this order"."""


def has_padding(text: str) -> bool:
    """Whether a text may hold such words."""
    return _PADDED.search(text) is not None


def without_padding(run: list[Token]) -> list[Token]:
    """The tokens of a passage without such words."""
    return _without_reservations(_without_repeats(run))


def _without_repeats(run: list[Token]) -> list[Token]:
    """Tokens without the figures that only repeat a number in brackets: "within six (6) months" says "within six months"."""
    kept: list[Token] = []
    at = 0
    while at < len(run):
        if run[at].lower == "(" and kept and at + 2 < len(run) and run[at + 2].lower == ")":
            unit = _NUMBERS.get(kept[-1].lower, 0)
            tens = _NUMBERS.get(kept[-2].lower, 0) if len(kept) > 1 and unit < 10 else 0
            if unit and run[at + 1].lower in (str(unit), str(tens + unit)):
                at += 3
                continue
        kept.append(run[at])
        at += 1
    return kept


def _without_reservations(run: list[Token]) -> list[Token]:
    """Tokens without "unless otherwise stated in this order,", which makes no exception that one could judge by.

    "Unless otherwise provided by law" does, and stays.
    """
    kept: list[Token] = []
    at = 0
    while at < len(run):
        words = [t.lower for t in run[at : at + 4 + _REFERRING]]
        if words[:2] == ["unless", "otherwise"] and len(words) > 3 and words[2] in _STATED:
            end = 3
            if words[end] in ("herein", "below", "elsewhere", "here"):
                end += 1
            elif tuple(words[end : end + 2]) == _HEREIN:
                end += 3
            if words[end : end + 1] == [","]:
                at += end + 1
                continue
            if words[end : end + 1] in (["."], [";"]):
                if kept and kept[-1].lower == ",":
                    kept.pop()
                at += end
                continue
        kept.append(run[at])
        at += 1
    return kept

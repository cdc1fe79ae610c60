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
    kept: list[Token] = []
    at = 0
    while at < len(run):
        lower, skipped = run[at].lower, 0
        if lower == "(":
            skipped = _repeat(run, at, kept)
        elif lower == "unless":
            skipped = _reservation(run, at)
            behind = run[at + skipped].lower if at + skipped < len(run) else ""
            if skipped and behind in (".", ";") and kept and kept[-1].lower == ",":
                kept.pop()
        if not skipped:
            kept.append(run[at])
        at += skipped or 1
    return kept


def _repeat(run: list[Token], at: int, before: list[Token]) -> int:
    """Tokens of figures in brackets that only repeat the number before: "within six (6) months" says "within six months"."""
    if not before or at + 2 >= len(run) or run[at + 2].lower != ")":
        return 0
    unit = _NUMBERS.get(before[-1].lower, 0)
    tens = _NUMBERS.get(before[-2].lower, 0) if len(before) > 1 and unit < 10 else 0
    return 3 if unit and run[at + 1].lower in (str(unit), str(tens + unit)) else 0


def _reservation(run: list[Token], at: int) -> int:
    """Tokens of "unless otherwise stated in this order,", which makes no exception that one could judge by.

    "Unless otherwise provided by law" does, and stays.
    """
    words = [t.lower for t in run[at : at + 4 + _REFERRING]]
    if len(words) < 4 or words[1] != "otherwise" or words[2] not in _STATED:
        return 0
    end = 3
    if words[end] in ("herein", "below", "elsewhere", "here"):
        end += 1
    elif tuple(words[end : end + 2]) == _HEREIN:
        end += 3
    mark = words[end] if end < len(words) else ""
    if mark == ",":
        return end + 1
    return end if mark in (".", ";") else 0

"""The revision report for people: plain when piped, wrapped and coloured on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.compare import Change, Comparison, Pair
from policylint.reporters.clean import clean
from policylint.reporters.comparison import words
from policylint.reporters.lines import Line, line, to_text
from policylint.reporters.view import View

_STYLES = {"lost": "bold red", "weakened": "yellow", "gained": "green", "strengthened": "green", "moved": "cyan"}


def render(comparison: Comparison, view: View) -> str:
    """Each document: its changes by kind, the losses first, then the counts."""
    return to_text(_lines(comparison, view), view.width, view.colour)


def _lines(comparison: Comparison, view: View) -> Iterator[Line]:
    for number, pair in enumerate(comparison.pairs):
        if number:
            yield line()
        yield from _pair(pair)
    if not view.quiet:
        yield line()
        yield from (line(("note", "dim"), f": {clean(note)}", hang=2) for note in comparison.notes)
        yield line(f"Judged by {words.judged_by(comparison)}.", hang=2)


def _pair(pair: Pair) -> Iterator[Line]:
    yield line((words.names(pair), "bold underline"), f"  {words.title(pair)}", hang=2)
    for path, reason in words.not_judged(pair):
        yield line(("not judged", "bold red"), f": {path}: {reason}", indent=2, hang=2)
    for kind in words.kinds_in(pair):
        yield line()
        yield line((words.HEADINGS[kind], _STYLES.get(kind, "bold")))
        for change in pair.of(kind):
            yield from _change(change, pair)
    yield line()
    yield line((words.title(pair), "bold"), f": {words.summary(pair.counts)}", hang=2)


def _change(change: Change, pair: Pair) -> Iterator[Line]:
    yield line(
        f"{words.step(change)}  ",
        (f"{clean(change.verdict.requirement)}  ", "bold"),
        words.asked(change),
        indent=2,
        hang=2,
    )
    if said := words.elements(change):
        yield line(said, indent=4, hang=2)
    for side in words.sides(change, pair):
        for quote, where in side.quotes:
            yield line((f"{side.name}: ", "dim"), f"“{quote}”", (f"  {where}", "dim"), indent=4, hang=2)

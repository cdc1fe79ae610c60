"""Numbered titles that are told by their siblings: "B. Who may be served" is a heading among "A. Selection" and "C. Training".

One alone might be an item that reads like a sentence. Where each number of a series stands over text of its own, all are headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylint.outline.lines import leads_in, starts_small, stopped, words
from policylint.outline.paragraphs import Unit

_ENOUGH = 3
"""Titles that make a series."""
_MOST_WORDS = 10
"""Of a title."""
_LEAST_WORDS = 8
"""Of the text under it."""


def titled(units: Sequence[Unit]) -> frozenset[int]:
    """The places of numbered units that are headings because most of their series stand over text."""
    found: set[int] = set()
    for run in _runs(units):
        alone = [at for at in run if _stands_alone(units[at])]
        over = sum(_text_follows(units, at) for at in alone)
        listed = run[0] > 0 and leads_in(units[run[0] - 1].text)
        if over >= _ENOUGH and len(run) - over <= len(run) // 3 and not listed:
            found.update(alone)
    return frozenset(found)


def _runs(units: Sequence[Unit]) -> Iterator[list[int]]:
    """The places of units whose numbers follow one another: "A.", "B.", "C." of one list."""
    open_: dict[tuple[str, int, tuple[int, ...]], list[int]] = {}
    for at, unit in enumerate(units):
        if unit.label is None or unit.label.bullet:
            continue
        series = unit.label.style, unit.indent // 2, unit.label.values[:-1]
        run = open_.get(series)
        before = units[run[-1]].label if run is not None else None
        if run is not None and before is not None and unit.label.values[-1] == before.values[-1] + 1:
            run.append(at)
            continue
        if run is not None:
            yield run
        open_[series] = [at]
    yield from open_.values()


def _stands_alone(unit: Unit) -> bool:
    text = unit.text
    if unit.lines > 1 or not 0 < len(words(text)) <= _MOST_WORDS or starts_small(text):
        return False
    return not text.endswith((",", ";", ":")) and (not stopped(text) or text.endswith("?"))


def _text_follows(units: Sequence[Unit], at: int) -> bool:
    """Whether the next unit is text: a paragraph, which may have a number of another series."""
    after = units[at + 1] if at + 1 < len(units) else None
    if after is None or after.kind not in ("line", "paragraph", "item") or _style(after) == _style(units[at]):
        return False
    return len(words(after.text)) >= _LEAST_WORDS and (stopped(after.text) or leads_in(after.text))


def _style(unit: Unit) -> str | None:
    return None if unit.label is None else unit.label.style

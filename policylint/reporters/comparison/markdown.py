"""The revision report as GitHub-flavoured Markdown, for the pull request that revises a policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylint.reporters.comparison import words
from policylint.reporters.markdown import Block, escaped, fitted

if TYPE_CHECKING:
    from policylint.compare import Change, Comparison, Pair
    from policylint.reporters.view import View

_MARKS = {"lost": "🔴", "weakened": "🟠", "gained": "🟢", "strengthened": "🟢", "moved": "🔵"}


def render(comparison: Comparison, view: View) -> str:
    """Each document: its counts, then its changes by kind, each to be unfolded."""
    blocks = [Block.of(f"## policylint: {escaped(words.summary(comparison.counts))}")]
    for pair in comparison.pairs:
        blocks += _pair(pair)
    if not view.quiet:
        notes = [f"- Note: {escaped(note)}" for note in comparison.notes]
        blocks.append(Block.of("\n".join([*notes, f"- Judged by {escaped(words.judged_by(comparison))}"])))
    return fitted(blocks)


def _pair(pair: Pair) -> Iterator[Block]:
    yield Block.of(
        f"### {escaped(words.title(pair))}\n\n{escaped(words.names(pair))}: {escaped(words.summary(pair.counts))}"
    )
    for path, reason in words.not_judged(pair):
        yield Block.of(f"> [!CAUTION]\n> **Not judged:** {escaped(path)}: {escaped(reason)}")
    for kind in words.kinds_in(pair):
        yield Block.of(f"#### {_MARKS.get(kind, '⚪')} {words.HEADINGS[kind]}")
        yield from (_change(change, pair) for change in pair.of(kind))


def _change(change: Change, pair: Pair) -> Block:
    head = f"**{escaped(change.verdict.requirement)}** ({words.step(change)}): {escaped(words.asked(change))}"
    lines = [f"- {head}"]
    if said := words.elements(change):
        lines.append(f"  {escaped(said)}")
    short = lines[0]
    for side in words.sides(change, pair):
        lines += [f"  > {side.name}: “{escaped(quote)}” — {escaped(where)}\n" for quote, where in side.quotes]
    weight = {"lost": 3, "weakened": 2, "gained": 1, "strengthened": 1}.get(change.kind, 0)
    return Block("\n\n".join(line.rstrip("\n") for line in lines), short, weight)

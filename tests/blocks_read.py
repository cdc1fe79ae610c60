"""What a reader gave, block by block, as a test compares it."""

from __future__ import annotations

from policylint.document import Source


def text_of(found: Source, at: int) -> str:
    block = found.blocks[at]
    return found.text[block.spans[0][0] : block.spans[-1][1]]


def lines(found: Source) -> list[str]:
    return [f"{b.label} {text_of(found, at)}".strip() for at, b in enumerate(found.blocks) if not b.left_out]


def left_out(found: Source) -> dict[str, str]:
    return {text_of(found, at): b.left_out for at, b in enumerate(found.blocks) if b.left_out}

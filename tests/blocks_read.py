"""What a reader gave, block by block, as a test compares it."""

from __future__ import annotations

from policylint.document import Source
from policylint.outline import build
from policylint.outline.selfcheck import warnings


def text_of(found: Source, at: int) -> str:
    block = found.blocks[at]
    return found.text[block.spans[0][0] : block.spans[-1][1]]


def lines(found: Source) -> list[str]:
    return [f"{b.label} {text_of(found, at)}".strip() for at, b in enumerate(found.blocks) if not b.left_out]


def left_out(found: Source) -> dict[str, str]:
    return {text_of(found, at): b.left_out for at, b in enumerate(found.blocks) if b.left_out}


def check_spans(found: Source) -> None:
    """Blocks follow each other in the canonical text, and the outline loses nothing of it."""
    at = 0
    for block in found.blocks:
        for start, end in block.spans:
            assert at <= start < end <= len(found.text)
            at = end
    assert warnings(build(found, "x", "")) == ()

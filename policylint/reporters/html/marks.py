"""The policy cut into segments, so that passages which overlap can each be marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from policylint.report import DocumentView, Part

CONTRARY = ("conflict", "weak", "partial", "met", "missing")
"""Statuses a passage may carry, the one that colours it first."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One passage that a requirement points to.

    Attributes:
        card: number of the requirement's card.
        near: whether it is but the closest passage of a missing requirement.
    """

    card: int
    status: str
    start: int
    end: int
    near: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text to which the same claims apply.

    Attributes:
        anchor: the element's id where a passage begins here, or "".
        cards: numbers of the cards it is evidence for.
        near: numbers of the cards it is the closest passage of.
        status: the first of `CONTRARY` among the evidence, or "".
    """

    text: str
    start: int
    anchor: str = ""
    cards: tuple[int, ...] = ()
    near: tuple[int, ...] = ()
    status: str = ""


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A heading or passage as segments, cell by cell, with the cards that point into it.

    Attributes:
        page: its page where that is another than the part before, else None.
        serves: numbers of cards with evidence here, then `near` those it is but closest to.
    """

    part: Part
    cells: tuple[tuple[Segment, ...], ...]
    page: int | None
    serves: tuple[int, ...]
    near: tuple[int, ...]


def shown_parts(view: DocumentView, claims: Sequence[Claim], prefix: str) -> tuple[ShownPart, ...]:
    """All parts of a policy with its passages marked; `prefix` begins the ids."""
    cut = _Cut(view.text, claims)
    parts = [(part, cut.cells(part)) for part in view.parts]
    starts = sorted(s.start for _, cells in parts for cell in cells for s in cell)
    anchors = {starts[at] for c in claims if (at := bisect_left(starts, c.start)) < len(starts) and starts[at] < c.end}
    out: list[ShownPart] = []
    page: int | None = None
    for part, cells in parts:
        anchored = tuple(
            tuple(replace(s, anchor=f"{prefix}{s.start}") if s.start in anchors else s for s in cell) for cell in cells
        )
        flat = [s for cell in cells for s in cell]
        serves = tuple(dict.fromkeys(card for s in flat for card in s.cards))
        near = tuple(dict.fromkeys(card for s in flat for card in s.near if card not in serves))
        turned = part.page if part.page != page else None
        page = part.page or page
        out.append(ShownPart(part, anchored, turned, serves, near))
    return tuple(out)


class _Cut:
    """Cuts spans of a text wherever a claim begins or ends."""

    def __init__(self, text: str, claims: Sequence[Claim]) -> None:
        self._text = text
        self._points = sorted({at for c in claims for at in (c.start, c.end)})
        self._active: list[list[Claim]] = [[] for _ in self._points]
        for claim in claims:
            for at in range(bisect_left(self._points, claim.start), bisect_left(self._points, claim.end)):
                self._active[at].append(claim)

    def cells(self, part: Part) -> tuple[tuple[Segment, ...], ...]:
        """The part's segments; one cell, but in a row as many as a tab, a bar or a wide gap divides."""
        cells: list[list[Segment]] = [[]]
        end = 0
        for number, (a, b) in enumerate(part.spans):
            between = self._text[end:a][:400] if number else ""
            space = bool(number) and (not between or any(c.isspace() for c in between))
            if number and part.kind == "row" and _divides(between):
                cells.append([])
                space = False
            cells[-1] += self._segments(a, b, " " if space else "")
            end = b
        return tuple(map(tuple, cells))

    def _segments(self, start: int, end: int, before: str) -> list[Segment]:
        """The segments of one span. White space between two spans goes to the front of the second."""
        inside = self._points[bisect_right(self._points, start) : bisect_left(self._points, end)]
        made = []
        for a, b in zip([start, *inside], [*inside, end], strict=True):
            at = bisect_right(self._points, a) - 1
            active = self._active[at] if at >= 0 else []
            cards = tuple(dict.fromkeys(c.card for c in active if not c.near))
            near = tuple(dict.fromkeys(c.card for c in active if c.near and c.card not in cards))
            worst = min((CONTRARY.index(c.status) for c in active if not c.near), default=None)
            status = "" if worst is None else CONTRARY[worst]
            made.append(Segment(before + self._text[a:b], a, cards=cards, near=near, status=status))
            before = ""
        return made


def _divides(between: str) -> bool:
    return any(c in between for c in "|\t\n") or "  " in between

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
        serves: numbers of cards with evidence here, then `near` those it is but closest to; of a list whose items all
            bear on the same, only the last one names them.
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
    return tuple(
        replace(part, serves=(), near=()) if after is not None and _goes_on(part, after) else part
        for part, after in zip(out, [*out[1:], None], strict=True)
    )


def _goes_on(part: ShownPart, after: ShownPart) -> bool:
    """Whether the next item or row bears on the same."""
    same = (part.serves, part.near) == (after.serves, after.near)
    return same and after.page is None and part.part.kind == after.part.kind and part.part.kind in ("item", "row")


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
            if number and part.kind == "row" and _divides(between):
                cells.append([])
            elif number and (not between or any(c.isspace() for c in between)):
                cells[-1].append(Segment(" ", end))
            cells[-1] += self._segments(a, b)
            end = b
        return tuple(map(_joined, cells))

    def _segments(self, start: int, end: int) -> list[Segment]:
        inside = self._points[bisect_right(self._points, start) : bisect_left(self._points, end)]
        made = []
        for a, b in zip([start, *inside], [*inside, end], strict=True):
            at = bisect_right(self._points, a) - 1
            active = self._active[at] if at >= 0 else []
            cards = tuple(dict.fromkeys(c.card for c in active if not c.near))
            near = tuple(dict.fromkeys(c.card for c in active if c.near and c.card not in cards))
            worst = min((CONTRARY.index(c.status) for c in active if not c.near), default=None)
            status = "" if worst is None else CONTRARY[worst]
            made.append(Segment(self._text[a:b], a, cards=cards, near=near, status=status))
        return made


def _joined(cell: list[Segment]) -> tuple[Segment, ...]:
    """A cell with fewer segments: a space between two with the same claims belongs to them."""
    out: list[Segment] = []
    for segment in cell:
        space = len(out) > 1 and out[-1].text == " "
        before = out[-2] if space else out[-1] if out else None
        if before is not None and segment.text != " " and _claims(before) == _claims(segment):
            out[-2 if space else -1 :] = [replace(before, text=before.text + " " * space + segment.text)]
        else:
            out.append(segment)
    return tuple(out)


def _claims(segment: Segment) -> tuple[object, ...]:
    return segment.cards, segment.near, segment.status


def _divides(between: str) -> bool:
    return any(c in between for c in "|\t\n") or "  " in between

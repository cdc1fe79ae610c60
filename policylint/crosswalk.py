"""Which requirements of two packs ask the same thing: those that one check serves."""

from __future__ import annotations

from dataclasses import dataclass

from policylint.packs.models import Library, Pack, Requirement


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that both packs ask for, and what each calls it.

    Attributes:
        left, right: the requirements of the first and the second pack that ask it, at least one each.
    """

    check: str
    title: str
    left: tuple[Requirement, ...]
    right: tuple[Requirement, ...]


def crosswalk(library: Library, left: Pack, right: Pack) -> list[Row]:
    """The rows of two packs, in the order of the first."""
    rows: dict[str, Row] = {}
    for requirement in left.requirements:
        check = library.check_for.get(requirement.id)
        if check is None or check.id in rows:
            continue
        mine = tuple(r for r in left.requirements if r.id in check.serves)
        others = tuple(r for r in right.requirements if r.id in check.serves)
        if others:
            rows[check.id] = Row(check.id, check.title, mine, others)
    return list(rows.values())

"""Which submission of a round follows which of the round before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from policylint.review.model import Submission

Tells = Callable[[Submission], tuple[str, ...]]


def pairs(before: Sequence[Submission], now: Sequence[Submission]) -> dict[str, str]:
    """Key of a submission of the new round -> key of the one in the old round that it follows.

    An agency is known by its name and its state, capitals and spaces aside; where one round does not say the state, by its name
    alone. Of several policies of one agency, those of the same key belong together, then those of the same file name.
    """
    partner: dict[str, str] = {}
    ways: tuple[Tells, ...] = (lambda s: (*_who(s), s.key), lambda s: (*_who(s), _file(s)), _who)
    for tells in ways:
        old, new = _left(before, now, partner)
        waiting: dict[tuple[str, ...], list[Submission]] = {}
        for one in old:
            waiting.setdefault(tells(one), []).append(one)
        for one in new:
            if same := waiting.get(tells(one)):
                partner[one.key] = same.pop(0).key
    return partner | _by_name(*_left(before, now, partner))


def _left(
    before: Sequence[Submission], now: Sequence[Submission], partner: dict[str, str]
) -> tuple[list[Submission], list[Submission]]:
    taken = set(partner.values())
    return [one for one in before if one.key not in taken], [one for one in now if one.key not in partner]


def _by_name(old: Sequence[Submission], new: Sequence[Submission]) -> dict[str, str]:
    """Pairs where only one round says the state, and each has but one agency of the name."""
    names = [Counter(_who(one)[0] for one in side) for side in (old, new)]
    by_name = {_who(one)[0]: one for one in old}
    partner = {}
    for one in new:
        name, state = _who(one)
        other = by_name.get(name)
        if other is not None and names[0][name] == names[1][name] == 1 and "" in (state, _who(other)[1]):
            partner[one.key] = other.key
    return partner


def _who(submission: Submission) -> tuple[str, str]:
    return " ".join(submission.agency.casefold().split()), (submission.state or "").upper()


def _file(submission: Submission) -> str:
    return submission.document.replace("\\", "/").rpartition("/")[2]

"""What an agency decided about its gaps, as values that stand on verdicts: waivers, and how a gap stands to the baseline."""

from __future__ import annotations

from dataclasses import dataclass

KNOWN, NEW, WORSENED = STATES = ("known", "new", "worsened")
"""How a gap stands to the baseline: recorded there, not recorded, or recorded as a lesser gap."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A recorded decision to accept a gap.

    Attributes:
        requirement: its id.
        document: the glob of the documents it is for.
        until: the last day (ISO date, UTC) on which it holds.
        reason: why the gap is accepted; `legal_ground` by which right, `approver` by whom, or "".
        place: where it is written ("policylint-waivers.yaml:3"), for messages; "" of a waiver from a saved report.
    """

    requirement: str
    document: str
    reason: str
    until: str
    legal_ground: str = ""
    approver: str = ""
    place: str = ""

    def holds(self, day: str) -> bool:
        """Whether it has not expired on a day (ISO date); on its last day it still holds."""
        return day <= self.until

    def to_dict(self) -> dict[str, object]:
        """The waiver as the JSON report shows it, within the verdict on its requirement."""
        keys = ("document", "reason", "legal_ground", "approver", "until")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True, slots=True)
class Standing:
    """How a gap stands to the baseline.

    Attributes:
        state: one of `STATES`.
        was: the status that the baseline records; None for a new gap.
    """

    state: str
    was: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The standing as the JSON report shows it."""
        return {"state": self.state, "was": self.was}


@dataclass(frozen=True, slots=True)
class Fixed:
    """A gap that the baseline records and that is none any more."""

    requirement: str
    was: str

    def to_dict(self) -> dict[str, object]:
        """The gap as the JSON report shows it."""
        return {"requirement": self.requirement, "was": self.was}

"""How a report for people is shown, and what of it."""

from __future__ import annotations

from dataclasses import dataclass

from policylint.report import SETTLED, STATUSES, Verdict


@dataclass(frozen=True, slots=True)
class View:
    """How to show a report. Formats for machines ignore it: they hold everything.

    Attributes:
        width: columns to wrap to, or None for one line a field, as a pipe wants it.
        colour: whether to colour it.
        show: what to show beside the gaps that count: "met", "not_applicable", and gaps that are "waived" or "known".
        quiet: leave out summaries, notes and documents without anything to show.
    """

    width: int | None = None
    colour: bool = False
    show: frozenset[str] = frozenset()
    quiet: bool = False

    def shows(self, verdict: Verdict) -> bool:
        """Whether the verdict is to be shown."""
        if verdict.is_gap:
            return verdict.is_open or ("waived" if verdict.waiver else "known") in self.show
        return verdict.status in self.show


def shown_statuses(values: tuple[str, ...]) -> frozenset[str]:
    """What `--show` asks for: names from `SETTLED`, "waived", "known" or "all", also several with commas between.

    Raises:
        ValueError: a name that is none of these; the message is a sentence.
    """
    names = {name.strip().replace("-", "_") for value in values for name in value.split(",")} - {""}
    known = [*(status for status in STATUSES if status in SETTLED), "waived", "known"]
    if unknown := sorted(names - {*known, "all"}):
        raise ValueError(f"{unknown[0]!r} is not one of {', '.join(known)}, all.")
    return frozenset(known) if "all" in names else frozenset(names)

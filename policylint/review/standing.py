"""Whether a policy passes by the rule of its profile, and what is missing to pass.

What counts: only "met" is met; a partial or weak statement is not. What does not apply, and a gap that a waiver accepts, is
not asked. A conflict always blocks, whatever the share, and no waiver helps: one can accept that a policy is silent, but not
that it says the opposite.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylint.packs.models import PassRule, Profile
from policylint.report import DocumentReport, Verdict
from policylint.review.model import Standing, short_of

MOST_NAMED = 12
"""Ids that a sentence names before it says how many more there are."""


def standing_of(profile: Profile, report: DocumentReport) -> Standing | None:
    """How a document stands by the rule of the profile it was judged by; None when the profile has none."""
    rule = profile.pass_rule
    if rule is None:
        return None
    if report.status != "judged":
        return Standing(None, share=rule.share)
    conflicts = [v for v in report.verdicts if v.status == "conflict"]
    asked = [v for v in report.verdicts if _is_asked(v)]
    each = [v for v in asked if v.requirement in rule.each and v.status not in ("met", "conflict")]
    some = [v for v in asked if v.requirement in rule.some]
    met = sum(v.status == "met" for v in some)
    short = short_of(rule.share, met, len(some))
    choice = [v for v in some if v.status not in ("met", "conflict")] if short else []
    needed = {v.requirement for v in (*conflicts, *each)}
    lacking = needed | {v.requirement for v in choice}
    return Standing(
        passes=not lacking and not short,
        lacking=tuple(v.requirement for v in report.verdicts if v.requirement in lacking),
        reasons=tuple(_reasons(rule, conflicts, each, met, len(some))),
        met=met,
        asked=len(some),
        needed=tuple(v.requirement for v in report.verdicts if v.requirement in needed),
        share=rule.share,
    )


def _is_asked(verdict: Verdict) -> bool:
    return verdict.status != "not_applicable" and (verdict.waiver is None or verdict.status == "conflict")


def _reasons(
    rule: PassRule, conflicts: Sequence[Verdict], each: Sequence[Verdict], met: int, asked: int
) -> Iterator[str]:
    if conflicts:
        yield f"The policy contradicts {_requirements(conflicts)}: {_named(conflicts)}."
    if each:
        yield f"{_requirements(each).capitalize()} that must be met without exception {_is(each)} not: {_named(each)}."
    if short := short_of(rule.share, met, asked):
        yield (
            f"Of {asked} {'other ' if rule.each else ''}requirements {met} are met ({100 * met // asked} %); "
            f"{rule.share} % are asked: {short} more must be met."
        )


def _requirements(verdicts: Sequence[Verdict]) -> str:
    return "one requirement" if len(verdicts) == 1 else f"{len(verdicts)} requirements"


def _is(verdicts: Sequence[Verdict]) -> str:
    return "is" if len(verdicts) == 1 else "are"


def _named(verdicts: Sequence[Verdict]) -> str:
    names = [v.requirement for v in verdicts]
    more = len(names) - MOST_NAMED
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:MOST_NAMED])} and {more} more"

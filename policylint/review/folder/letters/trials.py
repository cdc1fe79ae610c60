"""Made-up letters on which a template is tried before the first real one: together they use every placeholder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from policylint.marks import Waiver
from policylint.report import DocumentReport, Evidence, PackInfo, Verdict
from policylint.review.folder.letters.values import letter_values
from policylint.review.model import Reviewed, Standing, Submission

_SAID = Evidence("Members should refer cases.", ("2. Referral",), 7, 7, 1, 0, 27)
_VERDICT = Verdict("EX-1", "example", "ex", "referral", "must", "weak", "warning", citation="Example Code 1")


def trial_values() -> Iterator[dict[str, object]]:
    """The values of a letter for each thing that can come of a submission."""
    verdicts = (
        replace(
            _VERDICT, evidence=(_SAID,), message="Cases are referred. Said with should.", asked="Cases are referred."
        ),
        replace(
            _VERDICT, requirement="EX-2", check="b", status="missing", severity="error", closest=_SAID, remedy="Do."
        ),
        replace(
            _VERDICT,
            requirement="EX-3",
            check="c",
            status="partial",
            elements_covered=("grief",),
            elements_missing=("suicide",),
            evidence=(_SAID,),
            remedy="It covers:\n- suicide.",
        ),
        replace(_VERDICT, requirement="EX-4", check="d", status="met", severity=None, evidence=(_SAID,)),
        replace(_VERDICT, requirement="EX-5", check="e", waiver=Waiver("EX-5", "*", "A reason.", "2030-01-31")),
    )
    judged = DocumentReport("policy.docx", title="Policy 1", verdicts=verdicts, profile="example", notes=("A note.",))
    failing = Standing(False, ("EX-1", "EX-2"), ("A reason.",), 1, 2, ("EX-1",), 80)
    who = Submission("policy.docx", "policy.docx", "An Agency", "fire", "WA", "A Chief, 1 Street", "2026-01-31")
    packs = (PackInfo("example", "1", "00", "An Authority", "statute"),)
    unread = DocumentReport("policy.docx", status="not_judged", reason="It cannot be read.")
    for report, standing in (
        (judged, failing),
        (replace(judged, verdicts=verdicts[3:4]), Standing(True, met=1, asked=1, share=80)),
        (judged, None),
        (unread, Standing(None)),
    ):
        yield letter_values(Reviewed(who, report, packs, standing), "2026-01-31", "1")
    nobody = Submission("policy.docx", "policy.docx", "An Agency")
    yield letter_values(Reviewed(nobody, replace(judged, title="", notes=()), packs, None), "2026-01-31", "1")

"""A review built by hand that feeds the tests of the review folder: every result, hostile names, several rounds, a family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import hand_built

from policylint.packs.models import PassRule, Profile
from policylint.report import DocumentReport, PackInfo, Verdict, severity
from policylint.review.model import Reviewed, Standing, Submission
from policylint.review.standing import standing_of

PACKS = (
    PackInfo("act", "2025", "ab" * 32, "State of Example", "statute"),
    PackInfo("demo", "1", "ef" * 32, f"Nobody {hand_built.HOSTILE}", "guideline"),
)


@dataclass(frozen=True)
class Review:
    """Some submissions as a `policylint.review.model.Review`."""

    reviewed: Sequence[Reviewed]
    made_on: str = "2026-03-31"
    asked: Mapping[str, object] = field(
        default_factory=lambda: MappingProxyType(
            {"profile": "example", "as_of": "2026-01-31", "facts": {"regional": "no"}}
        )
    )

    def __len__(self) -> int:
        return len(self.reviewed)

    def __iter__(self) -> Iterator[Reviewed]:
        yield from (replace(r, report=replace(r.report, body=None)) for r in self.reviewed)

    def with_body(self, key: str) -> Reviewed:
        return next(r for r in self.reviewed if r.submission.key == key)


def submission(agency: str, key: str = "", **more: str) -> Submission:
    name = key or f"{agency}.docx"
    return Submission(name, f"/home/somebody/inbox/{name}", agency, **more)


def document(**statuses: str) -> DocumentReport:
    """The first document of the hand-built report, with other statuses for some of its requirements (ACT_7="met")."""
    whole = hand_built.hand_built_report().documents[0]
    wanted = {name.replace("_", "-"): status for name, status in statuses.items()}
    return replace(whole, verdicts=tuple(_changed(v, wanted.get(v.requirement)) for v in whole.verdicts))


def _changed(verdict: Verdict, status: str | None) -> Verdict:
    if status is None:
        return verdict
    return replace(verdict, status=status, severity=severity(verdict.force, status))


_RULE = PassRule(
    every=("statute",),
    share=50,
    each=frozenset({"ACT-7"}),
    some=frozenset(f"DEMO-{n}" for n in ("2", "3", "4", "6", "9", "10a", "10b", "11")),
)
PROFILE = Profile("example", "Agencies of the State of Example", ("act", "demo"), pass_rule=_RULE)
FAILS = standing_of(PROFILE, document())
PASSES = Standing(True, met=9, asked=9, share=80)

HOSTILE_NAMES = (
    '<script>alert("agency")</script>',
    '=HYPERLINK("https://example.org";"Police")',
    "../../etc/passwd",
    "\u202eecilop\u202c Police",
    "CON",
    "Köln / Feuerwehr \x00\x1b[31m",
    "警察",
)


def hand_built_review() -> Review:
    """Harbor County in two rounds, a family of two, one that passes, one not judged, and agencies with hostile names."""
    unread = DocumentReport("x.pdf", status="not_judged", reason="The PDF file is encrypted. <b>")
    harbor = {"agency_kind": "sheriff", "state": "WA", "contact": "Sheriff Doe, 1 Main Street"}
    vendor = "vendor.docx"
    made = [
        Reviewed(submission("Alder Fire", state="WA", agency_kind="fire"), unread, (), Standing(None, share=80)),
        Reviewed(
            submission("Harbor County", "first.docx", submitted="2025-03-01", **harbor),
            document(DEMO_4="missing"),
            PACKS,
            FAILS,
            latest=False,
        ),
        Reviewed(
            submission("Harbor County", "second.docx", submitted="2026-03-01", **harbor),
            document(),
            PACKS,
            FAILS,
            family=vendor,
            likeness=0.918,
        ),
        Reviewed(submission("Oak Police", vendor, state="OR"), document(), PACKS, PASSES, family=vendor, likeness=1.0),
        *(Reviewed(submission(name, f"h{at}.md"), document(), PACKS) for at, name in enumerate(HOSTILE_NAMES)),
    ]
    return Review(sorted(made, key=lambda r: (r.submission.agency, r.submission.submitted or "")))

"""One report built by hand that feeds the snapshots of every reporter.

It holds every status and severity, lists with elements, overlapping and repeated evidence, a passage that serves two
authorities, several documents (judged, clean, not judged), and text that is hostile to every format.
"""

from __future__ import annotations

from policylint.fingerprint import fingerprint
from policylint.report import DocumentReport, DocumentView, Evidence, PackInfo, Part, Report, Verdict, severity

HOSTILE = '<script>alert("policy")</script> \u202e\u2066drow\u2069 \x1b[31mred\x1b[0m \x07 =HYPERLINK("x") ' + "W" * 300
"""What a policy, a file name or a pack may hold: markup, marks of direction, control characters, formulas, long words."""

# kind, depth, label, text, page; the canonical text has a blank line between two parts.
_POLICY: tuple[tuple[str, int, str, str, int], ...] = (
    ("heading", 1, "1.", "Peer Support Team", 1),
    ("paragraph", 0, "", "Members are volunteers. Sworn members and civilian members may serve.", 1),
    ("heading", 2, "1.1", "Training", 1),
    ("paragraph", 0, "", "Training covers:", 1),
    ("item", 1, "a.", "crisis management; and", 1),
    ("item", 1, "b.", "listening.", 1),
    ("row", 0, "", "Course\tHours", 1),
    ("row", 0, "", "Basic\t24", 1),
    ("heading", 1, "2.", "Records", 2),
    (
        "paragraph",
        0,
        "",
        "The coordinator files training records. Members should refer cases, and should do so early.",
        2,
    ),
    ("quote", 0, "", "No member may take a leave of absence.", 2),
    ("heading", 1, "3.", "Forms", 2),
    ("paragraph", 0, "", HOSTILE, 2),
)


def _policy() -> DocumentView:
    text, parts = "Policy 1031\n\n", []
    for kind, depth, label, words, page in _POLICY:
        text += f"{label} " if label else ""
        spans, line = [], text.count("\n") + 1
        for number, cell in enumerate(words.split("\t")):
            text += "\t" if number else ""
            spans.append((len(text), len(text) + len(cell)))
            text += cell
        parts.append(Part(kind, depth, label, tuple(spans), line, page))
        text += "\n\n"
    return DocumentView(text, tuple(parts), (("running header", ((0, 11),)),))


BODY = _policy()
"""The policy of the first document."""


def said(quote: str, *section: str, page: int = 1) -> Evidence:
    """The evidence for words that stand in `BODY`."""
    start = BODY.text.index(quote)
    end = start + len(quote)
    lines = [BODY.text.count("\n", 0, at) + 1 for at in (start, end)]
    return Evidence(" ".join(quote.split()), section, lines[0], lines[1], page, start, end)


def _verdict(
    requirement: str,
    force: str,
    status: str,
    message: str,
    *said: Evidence,
    topic: str = "records",
    check: str | None = None,
    remedy: str = "",
    closest: Evidence | None = None,
    elements: tuple[tuple[str, ...], tuple[str, ...]] | None = None,
) -> Verdict:
    pack, _, number = requirement.lower().partition("-")
    source = {"demo": "Demo guideline, point", "act": "Example Code §"}[pack]
    return Verdict(
        requirement=requirement,
        pack=pack,
        check=check or f"check-{requirement.lower()}",
        topic=topic,
        force=force,
        status=status,
        severity=severity(force, status),
        elements_covered=elements[0] if elements else None,
        elements_missing=elements[1] if elements else None,
        evidence=said,
        closest=closest,
        message=message,
        remedy=remedy,
        citation=f"{source} {number}",
        fingerprint=fingerprint(requirement, said[0].quote if said else ""),
        asked=f"{message.partition('. ')[0].removesuffix('.')}.",
    )


_REFER = said("Members should refer cases, and should do so early.", "2. Records", page=2)

_VERDICTS = (
    _verdict(
        *("ACT-7", "must", "weak", "Cases are referred. Said with should, asked with must.", _REFER),
        topic="referral",
        check="cases-referred",
        remedy="Members shall refer cases.",
    ),
    _verdict(
        *("DEMO-3", "should", "weak", "Cases are referred. Said with may, asked with should.", _REFER),
        topic="referral",
        check="cases-referred",
        remedy="Members should refer each case.",
    ),
    _verdict(
        *("DEMO-6", "should", "met", "Cases are referred early.", said("should refer cases", "2. Records", page=2)),
        topic="referral",
    ),
    _verdict(
        *("DEMO-10a", "must", "missing", "No notes of contacts are kept. The policy does not say this."),
        closest=said("The coordinator files training records.", "2. Records", page=2),
        remedy="Peer supporters shall keep no notes of a contact. This holds for paper & for electronic files alike.",
    ),
    _verdict(
        "DEMO-10b",
        "may",
        "missing",
        "Figures may be kept. The policy does not say this.",
        remedy="Figures may be kept.",
    ),
    _verdict(
        *("DEMO-2", "should", "partial", "The training covers a list of topics. The policy does not cover: grief."),
        said("Training covers:", "1. Peer Support Team", "1.1 Training"),
        said("crisis management;", "1. Peer Support Team", "1.1 Training", "a."),
        topic="training",
        elements=(("crisis_management",), ("grief", "substance_abuse")),
        remedy="The training shall cover:\n- grief; and\n- substance abuse.",
    ),
    _verdict(
        *("DEMO-9", "may", "conflict", "Members may take a leave. The policy says the opposite."),
        said("No member may take a leave of absence.", "2. Records", page=2),
        topic="roles",
        remedy="Members may take a leave of absence.",
    ),
    _verdict(
        *("DEMO-4", "must", "met", "Members are volunteers."),
        said("Members are volunteers.", "1. Peer Support Team"),
        topic="roles",
    ),
    _verdict("ACT-8", "should", "not_applicable", "The program is not regional.", topic="regional"),
    _verdict(
        *("DEMO-11", "must", "conflict", f"Hostile. {HOSTILE}", said(HOSTILE, f"3. {HOSTILE}", page=2)),
        topic="roles",
        remedy=HOSTILE,
    ),
)

_PACKS = (
    PackInfo("act", "2025", "ab" * 32, "State of Example", "statute"),
    PackInfo("demo", "1", "ef" * 32, f"Nobody {HOSTILE}", "guideline"),
)


def hand_built_report() -> Report:
    """Three documents: one with every status, one without a gap, one that could not be judged."""
    judged = DocumentReport(
        path="policies/peer support.docx",
        sha256="ab" * 32,
        format="docx",
        title="Peer Support Team — Policy 1031",
        pages=2,
        words=1234,
        verdicts=_VERDICTS,
        notes=("Left out as a running header: “Policy 1031”.",),
        sections=4,
        statements=61,
        profile="example",
        packs=("act", "demo"),
        body=BODY,
    )
    clean = DocumentReport(
        path=f"b {HOSTILE}.txt",
        sha256="cd" * 32,
        format="text",
        words=10,
        verdicts=tuple(v for v in _VERDICTS if v.requirement == "DEMO-4"),
        sections=1,
        statements=1,
        body=BODY,
    )
    unread = DocumentReport("c.txt", status="not_judged", reason="There is no such file or folder.")
    return Report("9.9.9", _PACKS, (judged, clean, unread), "example", "2026-01-31")

"""The policy as a report carries it: what was read, in reading order, nothing cut and nothing twice."""

from __future__ import annotations

from pathlib import Path

import policylint
from policylint.document import heading_text
from policylint.outline import build
from policylint.readers import read_text
from policylint.report import DocumentView
from policylint.showing import view_of


def _view(text: str, name: str = "a.md") -> DocumentView:
    return view_of(build(read_text(text, name), name, ""))


def _laid_out(view: DocumentView) -> list[tuple[str, int, str, list[str]]]:
    return [(p.kind, p.depth, p.label, [view.text[a:b] for a, b in p.spans]) for p in view.parts]


def test_the_tree_laid_flat() -> None:
    text = "# 1. Team\n\nA member shall:\n\n- listen\n  - well\n\n## 1.1 Hours\n\n| A | B |\n|---|---|\n| c | d |\n\n> So says the law.\n"
    assert _laid_out(_view(text)) == [
        ("heading", 1, "1.", ["Team"]),
        ("paragraph", 0, "", ["A member shall:"]),
        ("item", 1, "•", ["listen"]),
        ("item", 2, "•", ["well"]),
        ("heading", 2, "1.1", ["Hours"]),
        ("row", 0, "", ["A", "B"]),
        ("row", 0, "", ["c", "d"]),
        ("quote", 0, "", ["So says the law."]),
    ]


def test_every_section_and_passage_is_there_once_and_in_reading_order(sample: Path) -> None:
    document = build(read_text(sample.read_text(encoding="utf-8"), sample.name), sample.name, "")
    view = view_of(document)
    assert len(view.parts) == len(document.sections) - 1 + len(document.passages)
    assert [p.spans[0][0] for p in view.parts] == sorted(p.spans[0][0] for p in view.parts)
    headings = [p for p in view.parts if p.kind == "heading"]
    shown = [f"{p.label} {document.text_of(p.spans)}".strip().rstrip(".:") for p in headings]
    assert shown == [heading_text(s) for s in document.sections[1:]]


def test_a_report_carries_it_and_its_evidence_points_into_it(sample: Path) -> None:
    document = policylint.check_file(sample).documents[0]
    assert document.body is not None
    assert "body" not in document.to_dict()
    quotes = [e for v in document.verdicts for e in v.evidence]
    assert quotes
    assert all(" ".join(document.body.text[e.start : e.end].split()) == e.quote for e in quotes)


def test_running_headers_are_left_out_with_the_reason() -> None:
    pages = "\f".join(f"Policy 1031\n\nMembers shall do thing number {n} with care.\n\nPage {n}" for n in range(1, 6))
    view = _view(pages, "a.txt")
    assert view.left_out
    assert all(why and view.text[a:b].strip() for why, spans in view.left_out for a, b in spans)
    headers = [p for p in view.parts if any("Policy 1031" in view.text[a:b] for a, b in p.spans)]
    assert len(headers) <= 1, "the first may be the title"


def test_a_document_that_cannot_be_read_has_none() -> None:
    assert policylint.check_text("").documents[0].body is None

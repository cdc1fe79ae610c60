"""Two rounds of a review compared."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hand_built_review import FAILS, PACKS, PASSES, Review, document, hand_built_review, submission
from lxml import html
from syrupy.assertion import SnapshotAssertion

from policylint.report import DocumentReport, PackInfo
from policylint.review.compare import ReviewComparison, compare
from policylint.review.comparison import page, text, write_comparison
from policylint.review.folder import write
from policylint.review.model import Reviewed, Submission

UNREAD = DocumentReport("x.pdf", status="not_judged", reason="The PDF file is encrypted. <b>")


def one(who: Submission, report: DocumentReport, **more: object) -> Reviewed:
    return Reviewed(who, report, PACKS, **{"standing": FAILS, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def comparison() -> ReviewComparison:
    old = [
        one(submission("Alder Fire", state="WA"), document(ACT_7="met")),
        one(submission("Birch <b>Police</b>"), document()),
        one(submission("Cedar EMS"), document(DEMO_4="missing"), latest=False),
        one(submission("Cedar EMS", "last.md"), document()),
        one(submission("Elm Police", state="OR"), document()),
        one(submission("Oak Police", state="WA"), UNREAD),
        one(submission("Yew Police"), document()),
    ]
    new = [
        one(submission("ALDER  fire", "other.pdf", state="WA"), document(DEMO_10a="met"), standing=PASSES),
        one(submission("Birch <b>Police</b>"), document(), standing=PASSES),
        one(submission("Cedar EMS"), UNREAD),
        one(submission("Elm Police", state="WA"), document()),
        one(submission("Oak Police"), document()),
        one(submission("=Zoo()"), document()),
    ]
    return compare(Review(old, made_on="2025-03-31"), Review(new))


def test_agencies_are_paired_by_name_and_state(comparison: ReviewComparison) -> None:
    found = [(a.name, a.old is not None, a.new is not None) for a in comparison.agencies]
    assert found == [
        ("ALDER  fire", True, True),
        ("Birch <b>Police</b>", True, True),
        ("Cedar EMS", True, True),
        ("Elm Police", False, True),
        ("Oak Police", True, True),
        ("=Zoo()", False, True),
        ("Elm Police", True, False),
        ("Yew Police", True, False),
    ]


def test_what_changed_for_an_agency(comparison: ReviewComparison) -> None:
    alder, birch, cedar = comparison.agencies[:3]
    assert [(c.requirement, c.kind, c.old, c.new) for c in alder.changes] == [
        ("ACT-7", "lost", "met", "weak"),
        ("DEMO-10a", "gained", "missing", "met"),
    ]
    assert (birch.changes, birch.counts["unchanged"]) == ((), 10)
    assert (cedar.changes, cedar.counts["unchanged"]) == ((), 0), "not judged now: nothing can be compared"


def test_what_changed_for_the_state(comparison: ReviewComparison) -> None:
    assert {kind: n for kind, n in comparison.counts.items() if n} == {"lost": 1, "gained": 1, "unchanged": 18}
    first = comparison.requirements[0]
    assert (first.id, first.met_before, first.met_now) == ("ACT-7", 1, 0)
    assert [a.name for a in comparison.now_pass] == ["ALDER  fire", "Birch <b>Police</b>"]
    assert comparison.no_longer_pass == []
    assert [a.name for a in comparison.new] == ["Elm Police", "=Zoo()"]
    assert [a.name for a in comparison.gone] == ["Elm Police", "Yew Police"]


def test_a_state_that_only_one_round_knows_does_not_part_an_agency() -> None:
    known, unknown = submission("Oak Police", state="WA"), submission("Oak Police")
    for a, b in ((known, unknown), (unknown, known)):
        found = compare(Review([one(a, document())]), Review([one(b, document())]))
        assert [(x.old is not None, x.new is not None) for x in found.agencies] == [(True, True)]
    two = [one(known, document()), one(submission("Oak Police", "o.md", state="OR"), document())]
    assert len(compare(Review(two), Review([one(unknown, document())])).agencies) == 3, (
        "which of the two it is nobody knows"
    )


def test_of_several_policies_of_one_agency_those_of_the_same_name_are_paired() -> None:
    def round_of(**documents: DocumentReport) -> Review:
        return Review([one(submission("Oak Police", f"{name}.md"), report) for name, report in documents.items()])

    found = compare(round_of(b=document(), c=document(ACT_7="met")), round_of(a=document(), b=document(), c=document()))
    assert [(a.new and a.new.document[-4:], a.counts["lost"], a.counts["unchanged"]) for a in found.agencies] == [
        ("a.md", 0, 0),
        ("b.md", 0, 10),
        ("c.md", 1, 9),
    ]


def test_a_pack_of_another_edition_is_told() -> None:
    who = submission("Oak Police")
    other = (replace(PACKS[0], sha256="cd" * 32), *PACKS[1:])
    found = compare(Review([one(who, document())]), Review([Reviewed(who, document(), other, FAILS)]))
    assert len(found.notes) == 1
    assert "different editions of the pack act" in found.notes[0]
    assert isinstance(other[0], PackInfo)


def test_the_text(comparison: ReviewComparison, snapshot: SnapshotAssertion) -> None:
    assert text(comparison) == snapshot


def test_nothing_compared_with_nothing() -> None:
    found = compare(Review([]), Review([]))
    assert "agencies: 0 → 0" in text(found)
    assert "n/a" in page(found)


def test_the_files(comparison: ReviewComparison, tmp_path: Path) -> None:
    written = write_comparison(comparison, tmp_path)
    assert [p.name for p in written] == ["comparison.html", "comparison.csv", "comparison.txt"]
    first = [p.read_bytes() for p in written]
    assert [p.read_bytes() for p in write_comparison(comparison, tmp_path)] == first
    rows = list(csv.DictReader(io.StringIO(written[1].read_bytes().decode("utf-8-sig"))))
    assert [row["change"] for row in rows] == [
        *("lost", "gained", "not judged", "new agency", "not judged before", "new agency"),
        *("not in this review", "not in this review"),
    ]
    assert rows[5]["agency"] == "'=Zoo()"
    shown = html.fromstring(written[0].read_bytes())
    assert not shown.xpath("//script | //@style | //summary//b | //p//b")
    assert "Birch <b>Police</b>" in shown.text_content()
    assert "Lost: met before, and no longer (1)" in shown.text_content()


def test_the_next_writing_of_the_folder_takes_an_old_comparison_away(
    comparison: ReviewComparison, tmp_path: Path
) -> None:
    review = Review(hand_built_review().reviewed[:2])
    write(review, tmp_path)
    write_comparison(comparison, tmp_path)
    write(review, tmp_path)
    assert not list(tmp_path.glob("comparison.*"))

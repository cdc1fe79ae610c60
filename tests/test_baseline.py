"""The baseline: which gaps it forgives, which it does not, and that it knows documents after they were changed or renamed."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import mutations
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policylint
from policylint import baseline
from policylint.baseline import Baseline, Paths
from policylint.errors import UsageError
from policylint.fingerprint import fingerprint
from policylint.marks import Fixed, Standing, Waiver
from policylint.report import DocumentReport, Evidence, Report, Verdict, severity
from policylint.reporters import REPORTERS, View

FIXTURES = Path(__file__).parents[1] / "fixtures"
SCHEMAS = Path(__file__).parents[1] / "docs" / "schema"


def said(quote: str) -> Evidence:
    return Evidence(quote, ("1. Records",), 1, 1, None, 0, len(quote))


def gap(requirement: str, status: str, *quotes: str, lacks: tuple[str, ...] | None = None) -> Verdict:
    return Verdict(
        *(requirement, "demo", "a-check", "records", "must", status, severity("must", status)),
        elements_covered=None if lacks is None else ("listening",),
        elements_missing=lacks,
        evidence=tuple(map(said, quotes)),
        message="Asked.",
        fingerprint=fingerprint(requirement, *quotes[:1]),
    )


def document(path: str, *verdicts: Verdict, sha256: str = "", title: str = "") -> DocumentReport:
    return DocumentReport(path, sha256 or fingerprint(path) * 4, "text", title, verdicts=verdicts)


def report(*documents: DocumentReport) -> Report:
    return Report("1", (), documents)


def standings(after: Report, at: int = 0) -> dict[str, str | None]:
    return {v.requirement: v.standing and v.standing.state for v in after.documents[at].verdicts}


def marked(before: DocumentReport, now: DocumentReport) -> Report:
    return baseline.mark(report(now), baseline.record(report(before)))


def test_recorded_gaps_do_not_fail_and_new_ones_do() -> None:
    before = document("a.md", gap("D-1", "missing"), gap("D-2", "met"))
    after = marked(before, document("a.md", gap("D-1", "missing"), gap("D-2", "met")))
    assert standings(after) == {"D-1": "known", "D-2": None}
    assert after.exit_code("info") == 0
    after = marked(before, document("a.md", gap("D-1", "missing"), gap("D-2", "weak")))
    assert standings(after) == {"D-1": "known", "D-2": "new"}
    assert (after.exit_code("warning"), after.exit_code("error")) == (1, 0)
    assert after.documents[0].verdicts[1].standing == Standing("new", None)


ORDER = ("weak", "partial", "missing", "conflict")


@pytest.mark.parametrize("old", ORDER)
@pytest.mark.parametrize("new", ORDER)
def test_a_graver_gap_is_worse(old: str, new: str) -> None:
    before = document("a.md", gap("D-1", old, *([] if old == "missing" else ["Some notes may be kept."])))
    after = marked(
        before, document("a.md", gap("D-1", new, *([] if new == "missing" else ["Some notes may be kept."])))
    )
    assert standings(after) == {"D-1": "worsened" if ORDER.index(new) > ORDER.index(old) else "known"}
    verdict = after.documents[0].verdicts[0]
    assert verdict.standing is not None
    assert verdict.standing.was == old


def test_a_reworded_gap_is_the_same_gap() -> None:
    before = document("a.md", gap("D-1", "weak", "Notes should be avoided."))
    assert standings(marked(before, document("a.md", gap("D-1", "weak", "Members ought to keep no notes.")))) == {
        "D-1": "known"
    }


def test_a_list_that_lacks_more_is_worse() -> None:
    before = document("a.md", gap("D-1", "partial", "Training covers:", lacks=("grief", "stress")))
    for lacks, wanted in ((("grief",), "known"), (("stress", "grief"), "known"), (("grief", "law"), "worsened")):
        assert standings(marked(before, document("a.md", gap("D-1", "partial", "x", lacks=lacks)))) == {"D-1": wanted}


def test_another_contradiction_is_worse() -> None:
    before = document("a.md", gap("D-1", "conflict", "a. A log is kept.", "Names are written down."))
    same = document("a.md", gap("D-1", "conflict", "Names are\nwritten down;", "(4) A log is kept"))
    assert standings(marked(before, same)) == {"D-1": "known"}
    fewer = document("a.md", gap("D-1", "conflict", "A log is kept."))
    assert standings(marked(before, fewer)) == {"D-1": "known"}
    other = document("a.md", gap("D-1", "conflict", "A log is kept.", "Recordings are made."))
    assert standings(marked(before, other)) == {"D-1": "worsened"}


def test_of_many_contradictions_order_decides_which_are_shown() -> None:
    before = document("a.md", gap("D-1", "conflict", "One.", "Two.", "Three."))
    assert standings(marked(before, document("a.md", gap("D-1", "conflict", "Three.", "Four.", "Five.")))) == {
        "D-1": "known"
    }
    assert standings(marked(before, document("a.md", gap("D-1", "conflict", "Six.")))) == {"D-1": "worsened"}


def test_fixed_gaps_are_listed() -> None:
    before = document("a.md", gap("D-1", "missing"), gap("D-2", "weak", "x"), gap("D-3", "missing"))
    after = marked(before, document("a.md", gap("D-1", "met"), gap("D-2", "not_applicable")))
    assert after.documents[0].fixed == (Fixed("D-1", "missing"), Fixed("D-2", "weak"))


def test_the_same_requirement_missing_in_another_document_is_new() -> None:
    recorded = baseline.record(report(document("a.md", gap("D-1", "missing"))))
    two = report(document("a.md", gap("D-1", "missing")), document("b.md", gap("D-1", "missing")))
    after = baseline.mark(two, recorded)
    assert (standings(after, 0), standings(after, 1)) == ({"D-1": "known"}, {"D-1": "new"})


MISSING = gap("D-1", "missing")


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [
        (document("a.md", MISSING, sha256="1" * 64), document("b.md", MISSING, sha256="1" * 64), True),
        (document("old/a.md", MISSING), document("new/a.md", MISSING), True),
        (document("a.md", MISSING, title="Peer Support"), document("b.md", MISSING, title="PEER SUPPORT"), True),
        (
            document("a.md", MISSING, gap("D-2", "weak", "x"), gap("D-3", "weak", "y"), gap("D-4", "weak", "z")),
            document("b.md", MISSING, gap("D-2", "weak", "x"), gap("D-3", "weak", "y"), gap("D-4", "weak", "q")),
            True,
        ),
        (
            document("a.md", MISSING, gap("D-2", "weak", "x"), gap("D-3", "weak", "y")),
            document("b.md", MISSING, gap("D-2", "weak", "x"), gap("D-3", "weak", "q")),
            False,
        ),
        (document("a.md", MISSING), document("b.md", MISSING), False),
        (document("a.md", MISSING, title="Peer Support"), document("b.md", MISSING, title="Chaplains"), False),
    ],
    ids=["content", "name", "title", "passages", "half the passages", "only what is missing", "another title"],
)
def test_a_renamed_document_is_found_again(old: DocumentReport, new: DocumentReport, again: bool) -> None:
    recorded = baseline.record(report(old))
    wanted = {"D-1": "known" if again else "new"}
    assert standings(baseline.mark(report(new), recorded)).items() >= wanted.items()
    if again:
        # The old one is still there: what was named now is a copy, and its gaps are new.
        assert (
            standings(baseline.mark(report(new), recorded, Paths(exists=lambda _: True))).items()
            >= {"D-1": "new"}.items()
        )
        after = baseline.record(report(new), recorded)
        assert [e.path for e in after.entries] == [new.path]


def test_one_of_two_that_fit_is_not_guessed() -> None:
    recorded = baseline.record(report(document("a.md", MISSING, title="T"), document("b.md", MISSING, title="T")))
    after = baseline.mark(report(document("c.md", MISSING, title="T")), recorded)
    assert standings(after) == {"D-1": "new"}
    recorded = baseline.record(report(document("a.md", MISSING, title="T")))
    two = report(document("c.md", MISSING, title="T"), document("d.md", MISSING, title="T"))
    assert standings(baseline.mark(two, recorded), 1) == {"D-1": "new"}


def test_recording_again_merges() -> None:
    first = report(
        document("a.md", gap("D-1", "missing"), gap("D-2", "weak", "x"), gap("OTHER-1", "missing")),
        document("b.md", gap("D-1", "missing")),
    )
    now = report(
        document("a.md", gap("D-1", "met"), gap("D-2", "weak", "x"), gap("D-3", "missing")),
        DocumentReport("b.md", status="not_judged", reason="It is encrypted."),
        document("clean.md", gap("D-1", "met")),
    )
    after = baseline.record(now, baseline.record(first))
    assert {e.path: [g.requirement for g in e.gaps] for e in after.entries} == {
        "a.md": ["D-2", "D-3", "OTHER-1"],
        "b.md": ["D-1"],
    }


def waived(requirement: str, status: str) -> Verdict:
    return replace(gap(requirement, status), waiver=Waiver(requirement, "**", "So it is.", "2026-12-31"))


def test_a_waived_gap_is_neither_recorded_nor_compared() -> None:
    recorded = baseline.record(report(document("a.md", waived("D-1", "missing"), gap("D-2", "missing"))))
    assert [g.requirement for g in recorded.entries[0].gaps] == ["D-2"]
    after = baseline.mark(report(document("a.md", waived("D-1", "missing"))), recorded)
    assert after.documents[0].verdicts[0].standing is None
    assert after.summary.waived == 1


def test_a_baseline_does_not_renew_a_waiver() -> None:
    recorded = baseline.record(report(document("a.md", gap("D-1", "missing"))))
    expired = replace(gap("D-1", "missing"), expired=Waiver("D-1", "**", "So it was.", "2026-01-01"))
    after = baseline.mark(report(document("a.md", expired)), recorded)
    assert after.exit_code("error") == 1
    assert baseline.record(report(document("a.md", expired))) == Baseline()


def test_gone_documents_can_be_dropped() -> None:
    recorded = baseline.record(report(document("a.md", MISSING), document("b.md", MISSING)))
    paths = Paths(exists=lambda path: path == "a.md")
    dropped = baseline.gone(recorded, report(document("a.md", MISSING)), paths)
    assert dropped == ("b.md",)
    assert [e.path for e in baseline.without(recorded, dropped).entries] == ["a.md"]


def test_the_file_is_sorted_with_a_line_for_each_gap() -> None:
    recorded = baseline.record(
        report(
            document("b.md", gap("D-2", "conflict", "A log is kept."), gap("D-1", "missing"), title="B “x”"),
            document("a.md", gap("D-1", "partial", "x", lacks=("law", "grief"))),
        )
    )
    text = baseline.dump(recorded)
    assert text == (
        "{\n"
        '  "schema": "policylint-baseline/1",\n'
        '  "documents": [\n'
        "    {\n"
        '      "path": "a.md",\n'
        f'      "sha256": "{fingerprint("a.md") * 4}",\n'
        '      "title": "",\n'
        '      "gaps": [\n'
        f'        {{"requirement": "D-1", "status": "partial", "fingerprint": "{fingerprint("D-1", "x")}", '
        f'"lacks": ["grief", "law"], "passages": ["{fingerprint("D-1", "x")}"]}}\n'
        "      ]\n"
        "    },\n"
        "    {\n"
        '      "path": "b.md",\n'
        f'      "sha256": "{fingerprint("b.md") * 4}",\n'
        '      "title": "B “x”",\n'
        '      "gaps": [\n'
        f'        {{"requirement": "D-1", "status": "missing", "fingerprint": "{fingerprint("D-1")}"}},\n'
        f'        {{"requirement": "D-2", "status": "conflict", "fingerprint": "{fingerprint("D-2", "A log is kept.")}", '
        f'"passages": ["{fingerprint("D-2", "A log is kept.")}"]}}\n'
        "      ]\n"
        "    }\n"
        "  ]\n"
        "}\n"
    )
    assert baseline.load(text.encode(), "b.json") == recorded
    assert baseline.load(baseline.dump(Baseline()).encode(), "b.json") == Baseline()
    schema = json.loads((SCHEMAS / "policylint-baseline-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(json.loads(text))


_ENTRY = {"path": "a.md", "sha256": "", "title": "", "gaps": []}
_GAP = {"requirement": "D-1", "status": "weak", "fingerprint": "f"}


@pytest.mark.parametrize(
    ("data", "line", "told"),
    [
        (b"", 1, "The baseline is no JSON: Expecting value."),
        (b'{\n<<<<<<< HEAD\n"a": 1}', 2, "The baseline is no JSON"),
        (b"\xff", None, "The baseline is no JSON: it is no UTF-8 text"),
        (b"[]", None, "baseline must be an object, not []"),
        (b"{}", None, 'baseline lacks "documents"'),
        (b'{"schema": "policylint-baseline/2", "documents": []}', None, 'its schema is "policylint-baseline/2"'),
        (b'{"schema": "policylint-baseline/1", "documents": {}}', None, "baseline.documents must be a list"),
        (
            _ENTRY | {"gaps": [_GAP | {"status": "met"}]},
            None,
            "documents[0].gaps[0].status must be one of weak, partial",
        ),
        (_ENTRY | {"gaps": [_GAP | {"lacks": "x"}]}, None, "documents[0].gaps[0].lacks must be a list"),
        (_ENTRY | {"path": 1}, None, "documents[0].path must be a text"),
        (_ENTRY | {"day": ""}, None, 'documents[0] has an unknown "day"'),
    ],
)
def test_a_file_that_is_none_is_a_sentence(data: bytes | dict[str, object], line: int | None, told: str) -> None:
    if isinstance(data, dict):
        data = json.dumps({"schema": "policylint-baseline/1", "documents": [data]}).encode()
    with pytest.raises(UsageError) as caught:
        baseline.load(data, "b.json")
    assert told in caught.value.message
    assert (caught.value.file, caught.value.line) == ("b.json", line)
    assert caught.value.hint is not None


@pytest.mark.parametrize("format_", list(REPORTERS))
def test_every_report_can_be_made(format_: str) -> None:
    before = document("a.md", gap("D-1", "missing"), gap("D-2", "weak", "x"), gap("D-3", "missing"))
    now = document("a.md", gap("D-1", "missing"), gap("D-2", "missing"), gap("D-3", "met"), gap("D-4", "missing"))
    after = marked(before, now)
    made = REPORTERS[format_](after, View())
    plain = REPORTERS[format_](report(now), View())
    assert made != plain
    if isinstance(made, str) and format_ not in ("json", "github"):
        known = format_ in ("html", "csv", "sarif", "junit")
        assert ("Known: the baseline records it as missing." in made) is known
        assert "Worse than in the baseline, which records it as weak." in made
        assert "New since the baseline." in made


def test_json_is_what_the_published_schema_says() -> None:
    before = document("a.md", gap("D-1", "missing"), gap("D-3", "missing"))
    after = marked(before, document("a.md", gap("D-1", "missing"), gap("D-2", "weak", "x"), gap("D-3", "met")))
    value = json.loads(json.dumps(after.to_dict()))
    schema = json.loads((SCHEMAS / "policylint-report-1.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)
    assert Report.from_dict(value).to_dict() == value
    assert value["summary"]["known"] == 1
    assert value["documents"][0]["fixed"] == [{"requirement": "D-3", "was": "missing"}]


# -- the real engine: a policy that changes and says the same -----------------------------------------------------------


def judged(text: str, name: str) -> Report:
    found = policylint.check_text(text, profile="washington", name=name)
    assert found.documents[0].status == "judged"
    return found


@pytest.fixture(scope="module", params=["sample-policy.md", "sample-policy.txt"])
def policy(request: pytest.FixtureRequest) -> tuple[str, str, Baseline]:
    text = (FIXTURES / request.param).read_text(encoding="utf-8")
    return request.param, text, baseline.record(judged(text, request.param))


def moved(text: str, *, markdown: bool, seed: int) -> str:
    """The policy with its top sections in another order; what stands before the first stays."""
    starts = r"(?m)^(?=## )" if markdown else r"(?m)^(?=\d+\.\s+[A-Z])"
    head, *sections = re.split(starts, text)
    assert len(sections) > 4
    random.Random(seed).shuffle(sections)  # noqa: S311 - no secret
    return head + "".join(section.rstrip("\n") + "\n\n" for section in sections)


def nothing_new(now: Report, recorded: Baseline) -> None:
    after = baseline.mark(now, recorded)
    assert {v.requirement for v in after.documents[0].open_gaps} == set()
    assert after.documents[0].fixed == ()
    assert after.summary.known == baseline.count(recorded)
    assert after.exit_code("info") == 0


@given(data=st.data())
@settings(deadline=None, max_examples=12)
def test_an_edition_that_says_the_same_has_nothing_new(policy: tuple[str, str, Baseline], data: st.DataObject) -> None:
    name, text, recorded = policy
    markdown = name.endswith(".md")
    if data.draw(st.booleans(), "moved"):
        text = moved(text, markdown=markdown, seed=data.draw(st.integers(0, 1000)))
    if data.draw(st.booleans(), "renumbered"):
        text = mutations.renumber(text, markdown=markdown) or text
    if data.draw(st.booleans(), "rewrapped"):
        text = mutations.rewrap(text, data.draw(st.integers(40, 120))) or text
    renamed = data.draw(st.sampled_from([name, f"moved/{name}", f"other.{name.rpartition('.')[2]}"]), "name")
    nothing_new(judged(text, renamed), recorded)


def test_a_lost_sentence_is_new(policy: tuple[str, str, Baseline]) -> None:
    name, text, recorded = policy
    before = judged(text, name).documents[0]
    met = next(v for v in before.verdicts if v.status == "met" and v.requirement == "IACP-25b")
    assert before.body is not None
    quote = met.evidence[0].quote
    lost = re.sub(r"\s+".join(map(re.escape, quote.split())), "", text)
    assert lost != text
    after = baseline.mark(judged(lost, name), recorded)
    assert "IACP-25b" in {v.requirement for v in after.documents[0].open_gaps}

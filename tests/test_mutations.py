"""Mutations: what must change a verdict changes it, and what must not leaves every verdict alone.

A property test over the bundled policies, and over the corpus of the project's shared folder where that stands beside
the checkout. Each kind of mutation is tried on evenly chosen verdicts (on all of them with POLICYLINT_MUTATIONS=all,
which takes minutes); `pytest -s` shows the table and what went wrong.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from policylint import Evidence, Verdict, check_text
from policylint.document import Document, Passage
from policylint.outline import build
from policylint.packs.load import library
from policylint.readers import read_text

# pytest's importlib mode leaves the folder of the tests out of the path.
sys.path.append(str(Path(__file__).parent))

from mutations import (
    HARMLESS,
    Mutant,
    Span,
    affirm,
    binds,
    change_bullets,
    delete,
    denies,
    inline_items,
    insert_items,
    insert_paragraphs,
    negate,
    rename_term,
    renumber,
    rewrap,
    supporter_term,
    weaken,
)

ROOT = Path(__file__).parents[1]
BUNDLED = tuple(ROOT / "fixtures" / name for name in ("sample-policy.md", "sample-policy.txt"))
CORPUS = tuple(sorted(p for p in (ROOT.parent / "shared" / "corpus").glob("*") if p.suffix in (".md", ".txt")))
EVERYTHING = os.environ.get("POLICYLINT_MUTATIONS") == "all"
PER_KIND = 3
"""How many verdicts of one policy of the corpus a harmful mutation is tried on; of a bundled one, twice as many."""
ROUNDS = 8
"""How often evidence is deleted before a verdict must have given way."""

NOT_JUDGED = Verdict("", "", None, "", "", "not judged", None)

Verdicts = Mapping[str, Verdict]


@dataclass(frozen=True)
class Outcome:
    """One mutation of one policy, seen on one verdict: whether it behaves, and what to look at where it does not."""

    kind: str
    behaves: bool
    where: str
    what: str = ""


def judged(text: str, name: str) -> Verdicts:
    """Requirement -> verdict; empty when the text is not judged."""
    return {v.requirement: v for v in check_text(text, packs=["iacp"], name=name).documents[0].verdicts}


@dataclass(frozen=True)
class Policy:
    """A policy under test."""

    name: str
    text: str
    limit: int

    @cached_property
    def verdicts(self) -> Verdicts:
        return judged(self.text, self.name)

    @cached_property
    def document(self) -> Document:
        return build(read_text(self.text, self.name), self.name, "")

    def met(self) -> list[Verdict]:
        """The met verdicts that some passage carries."""
        return [v for _, v in sorted(self.verdicts.items()) if v.status == "met" and v.evidence]

    def passage(self, at: int) -> Passage | None:
        """The passage that holds an offset."""
        return next((p for p in self.document.passages if any(a <= at < b for a, b in p.spans)), None)

    def is_whole_item(self, evidence: Evidence) -> bool:
        """Whether a quote is all that a list item says, and no other item hangs under it."""
        at = self.passage(evidence.start)
        if at is None or at.kind != "item" or any(p.parent == at.index for p in self.document.passages):
            return False
        return at.spans[0][0] >= evidence.start and at.spans[-1][1] <= evidence.end + 1

    def lead_in(self, at: int) -> Span | None:
        """The last sentence of the nearest passage above a list item that holds a word of duty or ends in a colon."""
        below = self.passage(at)
        while below is not None and below.parent is not None:
            above = self.document.passages[below.parent]
            start, end = above.spans[0][0], above.spans[-1][1]
            last = max(self.text.rfind(". ", start, end - 1), self.text.rfind(".\n", start, end - 1))
            span = (start if last == -1 else last + 2, end)
            if binds(self.text[slice(*span)]) or self.text[span[0] : span[1]].rstrip("*_ ").endswith(":"):
                return span
            below = above
        return None

    def governed_by(self, span: Span) -> list[Span]:
        """A sentence, and where it leads in a list ("shall:") all that hangs under it."""
        top = self.passage(span[0])
        if top is None or not self.text[slice(*span)].rstrip("*_ ").endswith((":", "—", "shall", "must", "will")):
            return [span]
        below = {top.index}
        for passage in self.document.passages[top.index :]:
            if passage.parent in below:
                below.add(passage.index)
        return [span, *(s for i in sorted(below - {top.index}) for s in self.document.passages[i].spans)]


def chosen(units: Sequence[Verdict], limit: int) -> Sequence[Verdict]:
    """Every n-th, so that no more than the limit remain."""
    if EVERYTHING or len(units) <= limit:
        return units
    return [units[len(units) * i // limit] for i in range(limit)]


# -- what must change a verdict ---------------------------------------------------------------------------------------


def deletions(policy: Policy) -> Iterator[Outcome]:
    for verdict in chosen(policy.met(), policy.limit):
        text, now, first = policy.text, verdict, verdict.evidence[0].quote
        for _ in range(ROUNDS):
            mutant = delete(text, spans_of(now.evidence))
            assert mutant is not None
            text = mutant.text
            now = judged(text, policy.name).get(verdict.requirement, now)
            if now.status != "met" or not now.evidence:
                break
        yield Outcome(
            "delete evidence", now.status != "met", f"{policy.name} {verdict.requirement}", f"{first!r} … {now.status}"
        )


def spans_of(evidence: Iterable[Evidence]) -> list[Span]:
    return [(e.start, e.end) for e in evidence]


def says_by_permission(requirement: str) -> bool:
    """Whether a permission says all the requirement asks ("an employee may choose"), so that "may" weakens nothing."""
    check = library().check_for.get(requirement)
    assert check is not None
    patterns = [*check.says, *(p for some in (*check.parts.values(), *check.elements.values()) for p in some)]
    return any(p.slot_word in ("may", "can") for p in patterns)


def weakenings(policy: Policy) -> Iterator[Outcome]:
    units = [v for v in policy.met() if v.force != "may" and not says_by_permission(v.requirement)]
    yield from altered(policy, "shall to may", units, lambda v, spans: _weakened(policy, v, spans), first_only=True)


def _weakened(policy: Policy, verdict: Verdict, spans: list[Span]) -> Mutant | None:
    # "Shall not" becomes "should not": "may not" is as strong a ban. Where only "should" is asked that changes nothing.
    banned = any(denies(policy.text[slice(*span)]) for span in spans)
    if banned and verdict.force == "should":
        return None
    return weaken(policy.text, spans, "should" if banned else "may")


def negations(policy: Policy) -> Iterator[Outcome]:
    yield from altered(policy, "put in not", policy.met(), lambda _, spans: negate(policy.text, spans))


def affirmations(policy: Policy) -> Iterator[Outcome]:
    yield from altered(policy, "take out not", policy.met(), lambda _, spans: affirm(policy.text, spans))


Change = Callable[[Verdict, list[Span]], Mutant | None]


def altered(
    policy: Policy, kind: str, units: Sequence[Verdict], change: Change, *, first_only: bool = False
) -> Iterator[Outcome]:
    """Change the sentences that carry a verdict: it must give way, or rest on passages that were left alone."""
    cases = []
    for verdict in units:
        spans = carrying(policy, verdict)
        mutant = change(verdict, spans)
        if mutant is not None:
            changed = [(a, b) for a, b in spans if any(a <= at <= b for at, _, _ in mutant.edits)]
            cases.append((verdict, mutant, [s for span in changed for s in policy.governed_by(span)]))
    picked = {v.requirement for v in chosen([v for v, _, _ in cases], policy.limit)}
    for verdict, mutant, touched in cases:
        if verdict.requirement in picked:
            now = judged(mutant.text, policy.name)[verdict.requirement]
            resting = now.evidence[:1] if first_only else now.evidence
            held = now.status == "met" and any(_touches(mutant, e, touched) for e in resting)
            words = " / ".join(e.quote for e in verdict.evidence) + " → " + " / ".join(e.quote for e in resting)
            yield Outcome(kind, not held, f"{policy.name} {verdict.requirement}", words)


def carrying(policy: Policy, verdict: Verdict) -> list[Span]:
    """Where the words of duty of a verdict's evidence stand: in the evidence, or in the lead-in it hangs under."""
    out = []
    for e in verdict.evidence:
        span: Span | None = (e.start, e.end)
        if not binds(e.quote):
            above = policy.lead_in(e.start)
            span = above if above is not None and binds(policy.text[slice(*above)]) else span
        if span not in out and span is not None:
            out.append(span)
    return out


def _touches(mutant: Mutant, evidence: Evidence, touched: Iterable[Span]) -> bool:
    start, end = mutant.old(evidence.start), mutant.old(evidence.end)
    return any(start < b and a < end for a, b in touched)


def dropped_items(policy: Policy) -> Iterator[Outcome]:
    """An element that one item of a list carries is lost with the item, or else another passage is shown for it."""
    listed = [v for _, v in sorted(policy.verdicts.items()) if v.elements_covered]
    for verdict in chosen(listed, policy.limit):
        for e in verdict.evidence[1:]:
            if not policy.is_whole_item(e):
                continue
            mutant = delete(policy.text, [(e.start, e.end)])
            assert mutant is not None
            now = judged(mutant.text, policy.name)[verdict.requirement]
            known = {each.quote for each in verdict.evidence}
            lost = not set(verdict.elements_covered or ()) <= set(now.elements_covered or ())
            elsewhere = any(each.quote not in known for each in now.evidence)
            yield Outcome("drop list item", lost or elsewhere, f"{policy.name} {verdict.requirement}", e.quote)


def dropped_parts(policy: Policy) -> Iterator[Outcome]:
    """What is lost with all the parts of a series together, if several elements are, is lost with them one by one."""
    listed = [v for _, v in sorted(policy.verdicts.items()) if v.elements_covered]
    for verdict in listed:
        for e in verdict.evidence[:2]:
            parts = inline_items(policy.text, (e.start, e.end))
            together = _lost(policy, verdict, parts) if parts else set()
            if len(together) > 1:
                singly = set().union(*(_lost(policy, verdict, [part]) for part in parts))
                what = f"{e.quote} … {', '.join(sorted(together - singly))}"
                yield Outcome("drop inline items", together <= singly, f"{policy.name} {verdict.requirement}", what)


def _lost(policy: Policy, verdict: Verdict, spans: list[Span]) -> set[str]:
    """The elements that are no longer covered when some passages are deleted."""
    mutant = delete(policy.text, spans)
    assert mutant is not None
    now = judged(mutant.text, policy.name)[verdict.requirement]
    return set(verdict.elements_covered or ()) - set(now.elements_covered or ())


# -- what must change no verdict --------------------------------------------------------------------------------------


def harmless(policy: Policy) -> Iterator[Outcome]:
    """Every verdict stays as it was. One that is missing before and after says nothing and is not counted."""
    for kind, change in HARMLESS:
        text = change(policy.text, policy.name.endswith(".md"))
        if text is None:
            continue
        now = judged(text, policy.name)
        for requirement, before in sorted(policy.verdicts.items()):
            after = now.get(requirement, NOT_JUDGED)
            if {before.status, after.status} != {"missing"}:
                seen = [f"{v.status} {', '.join(v.elements_covered or ())}".strip() for v in (before, after)]
                yield Outcome(kind, seen[0] == seen[1], f"{policy.name} {requirement}", " → ".join(seen))


HARMFUL = (deletions, weakenings, negations, affirmations, dropped_items, dropped_parts)

FLOORS = {
    "delete evidence": 0.98,
    "shall to may": 0.9,
    # A "not" may deny what does not carry the verdict ("the coordinator shall not sit on the committee" still names one).
    "put in not": 0.65,
    "take out not": 0.85,
    "drop list item": 0.95,
    "drop inline items": 0.75,
    **{kind: 0.98 for kind, _ in HARMLESS},
    # The new name is learnt from the definition alone.
    "rename term": 0.95,
}
"""The least share of each kind: a little under what was measured when it was set."""
FEW = 20
"""Of fewer outcomes than this as many may fail as of this many."""


@pytest.fixture(scope="module")
def outcomes() -> list[Outcome]:
    """What came of all mutations of all policies, and the table of it on stdout."""
    found: list[Outcome] = []
    for path in (*BUNDLED, *CORPUS):
        limit = 2 * PER_KIND if path in BUNDLED else PER_KIND
        with path.open(encoding="utf-8", newline="") as file:
            policy = Policy(path.name, file.read().replace("\r\n", "\n"), limit)
        for kind in (*HARMFUL, harmless):
            found += kind(policy)
    print(table(found))  # noqa: T201 - the shares are what one runs this for
    return found


def by_kind(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        kinds[outcome.kind].append(outcome)
    return kinds


def share(outcomes: Sequence[Outcome]) -> float:
    return sum(o.behaves for o in outcomes) / len(outcomes)


def table(outcomes: Sequence[Outcome]) -> str:
    """One line a kind, and what went wrong."""
    lines = [""]
    kinds = by_kind(outcomes)
    calm = {kind for kind, _ in HARMLESS}
    sums = {
        "all that must change": [o for o in outcomes if o.kind not in calm],
        "all that must not": [o for o in outcomes if o.kind in calm],
        "overall": list(outcomes),
    }
    for kind, some in {**kinds, **sums}.items():
        lines.append(f"{kind:22}{sum(o.behaves for o in some):6} of {len(some):5}{share(some):8.3f}")
    return "\n".join([*lines, *wrong(outcomes)])


def wrong(outcomes: Iterable[Outcome]) -> list[str]:
    return [f"{o.kind}: {o.where}: {o.what}" for o in outcomes if not o.behaves]


@pytest.mark.slow
@pytest.mark.parametrize("kind", FLOORS)
def test_a_kind_of_mutation_behaves(kind: str, outcomes: list[Outcome]) -> None:
    some = by_kind(outcomes)[kind]
    if not some:
        # Only a policy of the corpus has the layout that this kind changes.
        assert not CORPUS
        return
    assert len(wrong(some)) <= round((1 - FLOORS[kind]) * max(len(some), FEW), 6), "\n".join(wrong(some))


@pytest.mark.slow
def test_mutations_behave_overall(outcomes: list[Outcome]) -> None:
    assert len(outcomes) > 300
    assert share(outcomes) >= 0.95, table(outcomes)


# -- the mutations themselves -----------------------------------------------------------------------------------------


def spans(text: str, *parts: str) -> list[Span]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def changed(mutant: Mutant | None) -> str | None:
    return mutant and mutant.text


@pytest.mark.parametrize(
    ("text", "part", "left"),
    [
        ("1. One thing.\n2. Two.\n3. Three.", "Two.", "1. One thing.\n3. Three."),
        ("1.2 One is so.\nTwo goes\non.\n\nThree.", "One is so.", "1.2 Two goes\non.\n\nThree."),
        ("One is\nso. Two goes on.", "One is\nso.", " Two goes on."),
        ("- One; or\n- Two.", "One; or", "- Two."),
    ],
)
def test_deleting_leaves_no_empty_item_and_no_break(text: str, part: str, left: str) -> None:
    assert changed(delete(text, spans(text, part))) == left


@pytest.mark.parametrize(
    ("text", "weaker"),
    [
        ("Members shall attend and must sign.", "Members may attend and may sign."),
        ("Must attend, of their own free will.", "May attend, of their own free will."),
        ("Members are required to attend.", "Members may attend."),
        ("Members attend.", None),
    ],
)
def test_weakening(text: str, weaker: str | None) -> None:
    assert changed(weaken(text, [(0, len(text))])) == weaker


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("Members shall attend.", "Members shall not attend."),
        ("Members who are sworn are volunteers.", "Members who are sworn are not volunteers."),
        ("No member shall attend.", None),
        ("Members attend.", None),
    ],
)
def test_negating(text: str, negative: str | None) -> None:
    assert changed(negate(text, [(0, len(text))])) == negative


@pytest.mark.parametrize(
    ("text", "positive"),
    [
        ("Members shall not attend.", "Members shall attend."),
        ("Members shall not attend and never come.", None),
        ("Costs are not limited to fares.", None),
    ],
)
def test_affirming(text: str, positive: str | None) -> None:
    assert changed(affirm(text, [(0, len(text))])) == positive


def test_a_place_in_a_mutant_is_found_in_the_text_it_was_made_from() -> None:
    text = "Members shall attend. Leads shall come."
    mutant = negate(text, [(0, len(text))])
    assert mutant is not None
    assert [mutant.old(mutant.text.index(word)) for word in ("Members", "attend", "come")] == [0, 14, 34]


def test_parts_of_a_series() -> None:
    text = "Teach grief, stress, burn-out, and sleep."
    assert [text[slice(*part)] for part in inline_items(text, (0, len(text)))] == [", stress", ", burn-out"]
    assert inline_items("One, two.", (0, 9)) == []


WRAPPED = """DUTIES OF LIAISONS

A liaison listens to coworkers who ask
for help and tells them where more of
it is to be had.

  (a) Liaisons keep the notes of their
      meetings out of the record.
  (b) They meet each month.

Name                 Hours
"""


def test_rewrapping_keeps_words_headings_labels_and_tables() -> None:
    wide = rewrap(WRAPPED, 200)
    assert wide is not None
    assert wide.split() == WRAPPED.split()
    assert [line for line in wide.split("\n") if line] == [
        "DUTIES OF LIAISONS",
        "A liaison listens to coworkers who ask for help and tells them where more of it is to be had.",
        "  (a) Liaisons keep the notes of their meetings out of the record.",
        "  (b) They meet each month.",
        "Name                 Hours",
    ]
    assert rewrap(wide, 38) == WRAPPED


def test_renumbering_keeps_styles_apart() -> None:
    text = "3. Duties\n3.1 Liaisons:\n  1. listen\n  (a) see 3.1\n  a) or 9.5"
    assert renumber(text, markdown=False) == "103. Duties\n103.1 Liaisons:\n  (1) listen\n  a) see 103.1\n  a. or 9.5"
    assert renumber("## 3. Duties\n1. listen", markdown=True) == "## 3) Duties\n1) listen"
    assert renumber("No numbers.", markdown=False) is None


def test_other_bullets() -> None:
    assert change_bullets("• one\n  o two", markdown=False) == "- one\n  * two"
    assert change_bullets("- one\n  * two", markdown=True) == "* one\n  - two"


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Care Mate (CM): an employee trained to support others. A CM listens.", ("Care Mate", "CM")),
        ("A Care Mate is a trained member of this office. The care mate listens.", ("Care Mate", "")),
        ("“Care Mate”, of any rank, is a trained colleague.", ("Care Mate", "")),
        ("Care Mates listen.", None),
        ("Care Team (CT): the employees trained to support others.", None),
    ],
)
def test_the_term_a_policy_defines(text: str, term: tuple[str, str] | None) -> None:
    assert supporter_term(text) == term


def test_renaming() -> None:
    text = "Care Mate (CM): an employee trained to support others. CMs listen. CARE MATES and care\nmates help."
    new = "Lantern Associate (LA): an employee trained to support others. LAs listen. LANTERN ASSOCIATES and lantern associates help."
    assert rename_term(text) == new


def test_unrelated_items_join_their_list() -> None:
    assert (
        insert_items("- one;\n- two.\n\nEnd.")
        == "- one;\n- Portable radios are charged at the end of each shift.\n- two.\n\nEnd."
    )
    assert insert_items("End.") is None


def test_unrelated_paragraphs_stand_between_paragraphs() -> None:
    text = "One is said.\n\n1. Item.\n\n2. Item.\n\nTwo is said.\n\nThree is said.\n\nFour is said."
    out = insert_paragraphs(text)
    assert out is not None
    assert out.split("\n\n")[3:6] == [
        "Two is said.",
        "Portable radios are charged at the end of each shift.",
        "Three is said.",
    ]

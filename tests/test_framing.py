"""Words around a sentence that change nothing of what it says leave its verdict alone.

Examples of the checks are put into such frames: beginnings that only say what is the rule, grounds, clauses beside them,
cross-references. A share is asked for, not each one: some examples cannot be framed ("Do not ...", "She ...").
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from policylint.packs.load import library
from policylint.packs.models import Check, Example
from policylint.ruletest import run_example

STEP = 53
"""Every so manieth example is framed."""
STEP_OF_WORDS = 3
"""The same of those with words exchanged."""
LEAST = 0.95
"""Share of the examples whose verdict must stay."""


def _lowered(text: str) -> str:
    """A sentence as it stands behind other words; names and acronyms keep their capitals."""
    first = text.split(maxsplit=1)[0]
    return text if re.search(r"[A-Z]", first[1:]) or (len(first) == 1 and first != "A") else text[0].lower() + text[1:]


def _before(opening: str) -> Callable[[str], str]:
    return lambda text: f"{opening} {_lowered(text)}"


def _behind_modal(text: str, words: str) -> str:
    modal = r"^((?:(?!\b(?:that|what|who)\b)[^,])+? (?:shall|must|should|may))(?= (?!not)[a-z])"
    return re.sub(modal, rf"\1, {words},", text)


FRAMES: dict[str, Callable[[str], str]] = {
    "direction": _before("The Sheriff directs that"),
    "policy": _before("It is the policy of the agency that"),
    "provision": _before("This policy provides that"),
    "reminder": _before("Members are reminded that"),
    "mark well": _before("Please note that"),
    "mind": _before("It is important to remember that"),
    "reservation": _before("Unless otherwise stated in this policy,"),
    "date": _before("As of January 1, 2024,"),
    "addition": _before("In addition,"),
    "ground": _before("While the work is hard,"),
    "result": _before("The work is hard, so"),
    "clause beside it": _before("The work is hard, and"),
    "clause before it": _before("The work is hard;"),
    "colon": _before("The rule is simple:"),
    "announced": lambda text: f"The following rules shall apply at all times:\n\n- {text}",
    "in a list": lambda text: f"Procedures\n\n1. The program has a logo.\n2. {text}\n3. Shirts are blue.",
    "conforming": lambda text: (
        f"All personnel shall comply with the following guidelines:\n\n- {text}\n- Shirts are blue."
    ),
    "footnote": lambda text: f"{text}2",
    "after a footnote": lambda text: f"Shirts are blue.1 {text}",
    "reference": lambda text: re.sub(r"[.]$", " (see Section 4.2).", text),
    "sentence before": lambda text: f"Research shows that talk helps people who carry heavy loads. {text}",
    "sentence behind": lambda text: f"{text} The Fleet Division washes the cars on Mondays.",
    "words between": lambda text: _behind_modal(text, "in accordance with this policy"),
    "other words between": lambda text: _behind_modal(text, "in the manner described in Section 4.2"),
    "label": lambda text: f"4.2.1 {text}",
}


WORDS: dict[str, list[tuple[str, str]]] = {
    "staff member": [("an employee", "a staff member"), ("employees", "staff members"), ("employee", "staff member")],
    "inform": [("tells", "informs"), ("told", "informed"), ("tell(?= (?:a|an|the|their|each|any) )", "inform")],
    "provide": [("gives", "provides"), ("given", "provided"), ("give(?! way)", "provide")],
    "maintain": [("keeps", "maintains"), ("keep(?= (?:a|the|records|notes|statistics) )", "maintain")],
    "receive": [("gets(?! around)", "receives"), ("get(?= (?:a|the|training|help|support) )", "receive")],
    "assist": [("helps", "assists"), ("help(?= (?:a|an|the|employees|officers|members|coworkers) )", "assist")],
    "instruction": [("training", "instruction")],
    "speak": [("talks (?:to|with)", "speaks with"), ("talk (?:to|with)", "speak with")],
    "regarding": [("about(?= (?:a|an|the|his|her|their|what|how) )", "regarding")],
    "prior to": [("before(?= (?:a|an|the|any|each) (?!supervisor))", "prior to")],
    "reveal": [("discloses", "reveals"), ("disclosed", "revealed"), ("disclose", "reveal")],
    "select": [("chosen", "selected"), ("chooses", "selects"), ("choose", "select")],
    "commanding officer": [("supervisors", "commanding officers"), ("supervisor", "commanding officer")],
    "sworn and civilian": [("(?<!sworn )employees", "sworn and civilian employees")],
    "manager": [("supervisors", "managers"), ("(?<!clinical )supervisor", "manager")],
    "sergeant": [("supervisors", "sergeants"), ("(?<!clinical )supervisor", "sergeant")],
    "warden": [("the (?:chief of police|chief|sheriff)(?!['’]s (?:office|department))", "the Warden")],
    "contractions": [
        ("do not", "don't"),
        ("does not", "doesn't"),
        ("is not", "isn't"),
        ("are not", "aren't"),
        ("will not", "won't"),
    ],
    "figures": [("two", "two (2)"), ("three", "three (3)"), ("six", "six (6)"), ("twelve", "12")],
    "strokes": [("he or she", "he/she"), ("his or her", "his/her"), ("him or her", "him/her")],
    "peer assistance": [("peer support(?= (?:is|shall|may|to|and|for)\\b)", "peer assistance")],
    "named agency": [("(?:the|our) (?:department|office)(?! of)", "the Harlan Springs Police Department")],
    "to the reader": [
        ("^(?:A|Each) peer supporter(?= (?:shall|must|may|should) )", "As a peer supporter, you"),
        ("^Peer supporters(?= (?:shall|must|may|should) )", "As a peer supporter, you"),
    ],
    "fire district": [("(?:the|our) (?:department|office)(?! of)", "the Fire District")],
}
"""Other words for the same: as an agency may have them."""


def _with_other_words(text: str, pairs: list[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = re.sub(
            rf"\b{old}\b",
            lambda m, new=new: new[0].upper() + new[1:] if m[0][0].isupper() else new,
            text,
            flags=re.IGNORECASE,
        )
    return text


@pytest.mark.parametrize("name", WORDS)
def test_other_words_for_the_same_change_no_verdict(name: str) -> None:
    known, pairs = library(), WORDS[name]
    examples = [(check, e, _with_other_words(e.text, pairs)) for check in known.checks.values() for e in check.examples]
    tried = [(check, replace(e, text=text)) for check, e, text in examples if text != e.text][::STEP_OF_WORDS]
    assert len(tried) > 10
    failed = [example.text for check, example in tried if not run_example(known, check, example).passed]
    assert len(failed) <= (1 - LEAST) * len(tried), failed


def _sentences() -> list[tuple[Check, Example]]:
    """Examples of one sentence that begins with its subject, from all checks."""
    examples = [(check, example) for check in library().checks.values() for example in check.examples]
    return [pair for pair in examples[::STEP] if re.fullmatch(r"[A-Z][^.!?\n]*\.", pair[1].text.strip())]


@pytest.mark.parametrize("name", FRAMES)
def test_words_that_change_nothing_change_no_verdict(name: str) -> None:
    frame, known = FRAMES[name], library()
    framed = [(check, example, frame(example.text.strip())) for check, example in _sentences()]
    tried = [(check, replace(example, text=text)) for check, example, text in framed if text != example.text.strip()]
    assert len(tried) > 10
    failed = [example.text for check, example in tried if not run_example(known, check, example).passed]
    assert len(failed) <= (1 - LEAST) * len(tried), failed

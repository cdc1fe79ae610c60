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
LEAST = 0.95
"""Share of the examples whose verdict must stay."""


def _lowered(text: str) -> str:
    """A sentence as it stands behind other words; names and acronyms keep their capitals."""
    first = text.split(maxsplit=1)[0]
    return text if re.search(r"[A-Z]", first[1:]) or (len(first) == 1 and first != "A") else text[0].lower() + text[1:]


def _before(opening: str) -> Callable[[str], str]:
    return lambda text: f"{opening} {_lowered(text)}"


FRAMES: dict[str, Callable[[str], str]] = {
    "direction": _before("The Sheriff directs that"),
    "policy": _before("It is the policy of the agency that"),
    "provision": _before("This policy provides that"),
    "reminder": _before("Members are reminded that"),
    "date": _before("As of January 1, 2024,"),
    "addition": _before("In addition,"),
    "ground": _before("While the work is hard,"),
    "result": _before("The work is hard, so"),
    "clause beside it": _before("The work is hard, and"),
    "clause before it": _before("The work is hard;"),
    "colon": _before("The rule is simple:"),
    "reference": lambda text: re.sub(r"[.]$", " (see Section 4.2).", text),
    "sentence before": lambda text: f"Research shows that talk helps people who carry heavy loads. {text}",
    "sentence behind": lambda text: f"{text} The Fleet Division washes the cars on Mondays.",
    "label": lambda text: f"4.2.1 {text}",
}


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

"""Words between commas behind a modal part no phrase of the lexicon."""

from __future__ import annotations

import pytest

import policylint


def _status(text: str) -> str:
    (document,) = policylint.check_text(f"# Peer Support\n\n{text}\n", packs=["iacp"], name="x.md").documents
    return {v.requirement: v.status for v in document.verdicts}["IACP-8c"]


@pytest.mark.parametrize(
    "words", ["", ", upon request,", ", at any time and for any reason,", ", with the knowledge of the Chief,"]
)
def test_a_phrase_goes_on_behind_words_between(words: str) -> None:
    assert _status(f"A peer supporter may{words} take a leave of absence from the team.") == "met"


def test_words_between_are_quoted_with_the_sentence() -> None:
    text = "A peer supporter may, upon request, take a leave of absence from the team."
    (document,) = policylint.check_text(f"# Peer Support\n\n{text}\n", packs=["iacp"], name="x.md").documents
    verdict = next(v for v in document.verdicts if v.requirement == "IACP-8c")
    assert [e.quote for e in verdict.evidence] == [text]

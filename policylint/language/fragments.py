"""Terse style: what a fragment leaves out and every reader supplies from what stands just before it.

"Initial training: 16 hours. Topics: listening, grief." says of what the topics are only once; "Don't get along with one?
Call another." is a condition and what follows from it.
"""

from __future__ import annotations

from collections.abc import Sequence

from policylint.language.words import Token, key

_RELATIVE_NOUNS = frozenset(
    map(
        key,
        (
            "topic subject content curriculum syllabus theme module minimum requirement prerequisite qualification standard "
            "exception limit exemption ground reason cause length duration frequency hour format source provider location "
            "procedure process step method composition membership member term note include"
        ).split(),
    )
)
"""Nouns that tell what something has or is made of; alone before a colon they leave open what."""

_QUALIFIERS = frozenset(
    "minimum required core suggested usual typical the other additional optional mandatory main possible only these main "
    "general specific special sample current approved".split()
)
_LONGEST = 4
"""Most words of a label."""


def label_end(tokens: Sequence[Token]) -> int | None:
    """Where the colon stands after a label of a few words that opens a fragment, or None: "Topics: listening, grief"."""
    return next((at for at, token in enumerate(tokens[: _LONGEST + 1]) if at and token.lower == ":"), None)


def leaves_open(tokens: Sequence[Token]) -> bool:
    """Whether a fragment opens with a label that does not tell of what it is the label: "Topics:", "Minimum:"."""
    end = label_end(tokens)
    if end is None or tokens[end - 1].key not in _RELATIVE_NOUNS:
        return False
    return all(token.lower in _QUALIFIERS for token in tokens[: end - 1])


def asks_for_another(word: str, after: str) -> bool:
    """Whether "another" stands alone, for another of those named before: "Call another."."""
    return word == "another" and (after in ("", "one") or not after.isalnum())


def is_question(text: str) -> bool:
    """Whether a sentence asks; what is asked is not said."""
    return text.rstrip("\"”’')* ").endswith("?")


_FAILURES = frozenset(map(key, ("failure", "refusal", "inability", "unwillingness", "neglect", "reluctance", "omission")))
_FAILS_TO = 6
"""Most words from such a noun to the "to" of what is not done: "failure of a member to"."""
_ENDS_FAILURE = frozenset(
    "shall must will should may can could might would is are was were be has have does do results result leads lead "
    "constitutes constitute means warrants warrant triggers grounds ground cause reason disqualifies ends subjects "
    "; . ? ! —".split()
)


def failures(tokens: Sequence[Token]) -> list[tuple[int, int, int]]:
    """The stretches that tell what somebody fails, refuses or neglects to do: named there, neither asserted nor denied.

    Each as (where the noun stands, from, to).
    """
    out = []
    for at, token in enumerate(tokens):
        if token.key not in _FAILURES:
            continue
        to = next((i for i in range(at + 1, min(len(tokens), at + _FAILS_TO)) if tokens[i].lower == "to"), None)
        if to is not None:
            end = next((i for i in range(to, len(tokens)) if tokens[i].lower in _ENDS_FAILURE), len(tokens))
            out.append((at, to + 1, end))
    return out

"""Terse style: what a fragment leaves out and every reader supplies from what stands just before it.

"Initial training: 16 hours. Topics: listening, grief." says of what the topics are only once; "Don't get along with one?
Call another." is a condition and what follows from it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from policylint.language.automaton import Occurrence
from policylint.language.cues import COORDINATORS
from policylint.language.words import Token, keys_of

OPEN_LABELS = keys_of(
    "topic subject content curriculum syllabus theme module minimum requirement prerequisite qualification standard "
    "exception limit exemption ground reason cause length duration frequency hour format source provider location "
    "procedure process step method composition membership member term note include"
)
"""Nouns that tell what something has or is made of; alone before a colon they leave open what."""

_QUALIFIERS = frozenset(
    "minimum required core suggested usual typical the other additional optional mandatory main possible only these "
    "general specific special sample current approved".split()
)
_LONGEST = 4
"""Most words of a label."""


def label_end(tokens: Sequence[Token]) -> int | None:
    """Where the colon stands after a label of a few words that opens a fragment, or None: "Topics: listening, grief"."""
    return _mark(tokens, ":", _LONGEST)


def _mark(tokens: Sequence[Token], marks: Collection[str], longest: int) -> int | None:
    """Where the first of some marks stands behind no more than so many words, or None."""
    return next((at for at, token in enumerate(tokens[: longest + 1]) if at and token.lower in marks), None)


def leaves_open(tokens: Sequence[Token]) -> bool:
    """Whether a fragment opens with a label that does not tell of what it is the label: "Topics:", "Minimum:"."""
    end = label_end(tokens)
    if end is None or tokens[end - 1].key not in OPEN_LABELS:
        return False
    return all(token.lower in _QUALIFIERS for token in tokens[: end - 1])


_TO_BE = frozenset("is are shall will must should may".split())
_LONGEST_ATTENDED = 7
"""Most words of a sentence that ends in "attend"."""


def leaves_open_what_is_attended(words: Sequence[str]) -> bool:
    """Whether a short sentence leaves to the one before it what is attended: "Attendance is mandatory.", "All members must attend."."""
    own = [w for w in words if w.isalpha()]
    if len(own) > _LONGEST_ATTENDED or len(own) < 3:
        return False
    if own[0] == "attendance" and own[1] in _TO_BE:
        return True
    return own[-1] == "attend"


OTHERS_ALONE = frozenset(("another", "someone", "somebody"))
"""Words that may stand for another of those named before."""


def asks_for_another(word: str, after: str) -> bool:
    """Whether "another" or "someone else" stands for another of those named before: "Call another."."""
    if word in ("someone", "somebody"):
        return after == "else"
    return word == "another" and (after in ("", "one") or not after.isalnum())


def is_question(text: str) -> bool:
    """Whether a sentence asks; what is asked is not said."""
    return text.rstrip("\"”’')* ").endswith("?")


_OWN_PHRASE = frozenset("a an one two three at your their his her".split())


def new_thing_between(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a comma and an article begin another thing of a list: "no open discipline, a letter from a peer"."""
    return any(tokens[at].lower == "," and tokens[at + 1].lower in _OWN_PHRASE for at in range(start, end - 1))


_FAILURES = keys_of("failure refusal inability unwillingness neglect reluctance omission")
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
    out: list[tuple[int, int, int]] = []
    if _FAILURES.isdisjoint([token.key for token in tokens]):
        return out
    for at, token in enumerate(tokens):
        if token.key not in _FAILURES:
            continue
        to = next((i for i in range(at + 1, min(len(tokens), at + _FAILS_TO)) if tokens[i].lower == "to"), None)
        if to is not None:
            ends = (i for i in range(to, len(tokens)) if tokens[i].lower in _ENDS_FAILURE or _next_wrong(tokens, i))
            end = next(ends, len(tokens))
            out.append((at, to + 1, end))
    return out


_WRONGS = keys_of("breach violation loss misconduct absence lack misuse abuse betrayal")


def _next_wrong(tokens: Sequence[Token], at: int) -> bool:
    """Whether another thing that is held against somebody begins in a list: "failure to attend training, or breach of trust"."""
    if tokens[at].key not in _FAILURES and tokens[at].key not in _WRONGS:
        return False
    return tokens[at - 1].lower in COORDINATORS or tokens[at - 1].lower == ","


_TITLE_MARKS = frozenset(".:–—")
_TITLE = 6
"""Most words of a title that names somebody."""


def title_end(tokens: Sequence[Token]) -> int | None:
    """Where the mark stands after what may be a title at the start of a paragraph, or None."""
    return _mark(tokens, _TITLE_MARKS, _TITLE)


def named_as_title(tokens: Sequence[Token], end: int, found: Iterable[Occurrence]) -> int:
    """What the title before a mark names ("Clinical lead. A psychologist ...", "Clinical lead: ..."), as bits; 0 for nothing.

    Args:
        tokens: of the first sentence.
        end: where the mark stands in them.
        found: the concepts in them, by place.
    """
    first = 1 if tokens[0].lower in ("the", "a", "our") else 0
    mask = 0
    for o in found:
        if o.start == first and o.end == end:
            mask |= o.mask
    return mask

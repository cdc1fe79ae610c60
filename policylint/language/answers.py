"""Questions and answers: what an answer of a few words says together with the question before it.

"Who may serve?" + "Any employee past probation." says that any employee past probation may serve; "Does a peer supporter
keep notes?" + "No." that a peer supporter keeps none; "What is confidentiality?" + "The duty to keep silent." what it is;
"How often is the program evaluated?" + "Every year." that it is evaluated every year. An answer that is a sentence of its
own needs no question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from policylint.language.automaton import Occurrence
from policylint.language.clause_signs import MODALS
from policylint.language.cues import DO_FORMS, PREPOSITIONS
from policylint.language.plain_verbs import plain_verb_follows
from policylint.language.syntax import Syntax
from policylint.language.words import Token

Range = tuple[int, int]
"""Tokens [start, end) of the document."""


class Answer(NamedTuple):
    """The parts of the sentence that question and answer make, in its order; `denied`: the answer is no."""

    ranges: list[Range]
    denied: bool


_YES = frozenset(("yes", "always", "certainly", "absolutely"))
_NO = frozenset(("no", "never", "nothing", "nobody"))
_BE = frozenset("is are was were am".split())
_AUXILIARIES = MODALS | {"would", "has", "have"}
_PRONOUNS = frozenset("i you he she it we they anyone anybody someone somebody everyone everybody".split())
_BEFORE_A_NOUN = frozenset("a an the my our your their his her its any all every each this these those".split())
_ASKING = frozenset("how why when where what".split())
_HOW = frozenset("often soon long quickly early".split())
"""What may stand between "how" and the verb of a question."""
_BOUNDS = frozenset(
    "without except unless but if when only as with provided subject until after before other under by".split()
)
"""What may follow the yes or no of an answer, and belongs to it: "Yes, unless somebody is in danger."."""
_NO_NOUN = _YES | _NO | _BEFORE_A_NOUN | PREPOSITIONS | {"not", "only"}
"""Words before which an "A" is no article: it marks the answer."""
_REPEATING = _BE | DO_FORMS | _AUXILIARIES | {"not", "cannot"}
_REPEATED = 4
"""Most words of an answer that repeat its yes or no: "Yes, they do.", "No, it may not."."""
_PAUSES = frozenset((",", ";", ":", "—", "–", "-"))
_NONE = frozenset("none nothing never ever not at all".split())
"""Words that say a no again: "No, none.", "No, never."."""
_NOT_ITS_OWN = _BOUNDS | _NONE | {"always", ".", "!"}
"""What follows a "No," that is no sentence of its own: "No, never."."""
_LONGEST = 40
"""Most tokens of a question that is put together with its answer."""
_MARK = re.compile(r"(?:q|a|question|answer)(?:[0-9]{1,2})?")
"""What opens a question or an answer: "Q:", "A2.", "Question 3:"."""


def answered(
    tokens: Sequence[Token], question: Range, answer: Range, found: Sequence[Occurrence], actors: int
) -> Answer | None:
    """What a question and the sentence after it say together; None where the one does not ask or the other speaks for itself.

    Args:
        tokens: of the document; `question` and `answer` are ranges of them.
        found: the concepts in the question, by place.
        actors: the persons and groups among the concepts, as bits.
    """
    begin, end = _opened(tokens, question)
    first, last = _opened(tokens, answer)
    asks = end > begin and tokens[end - 1].lower == "?"
    end -= asks
    if end - begin < 2 or end - begin > _LONGEST or first >= last:
        return None
    opening = tokens[begin].lower
    if opening == "who":
        return _named(tokens, (begin + 1, end), (first, last))
    if opening == "what" and asks and tokens[begin + 1].lower in _BE:
        named = _named(tokens, (begin + 1, begin + 2), (first, last))
        return named and Answer([(begin + 2, end), *named.ranges[::-1]], denied=False)
    if not asks:
        return None
    denied = False
    if opening in _ASKING:
        begin += 2 if opening == "how" and tokens[begin + 1].lower in _HOW else 1
        named = _named(tokens, (begin, end), (first, last))
        bounds = named and named.ranges[:1]
    else:
        bounds = _bounds(tokens, first, last) if tokens[first].lower in _YES | _NO | {"not"} else None
        denied = tokens[first].lower not in _YES
    subject = _subject_end(tokens, begin, end, found, actors)
    verb = tokens[begin].lower
    if bounds is None or subject is None or verb not in _BE | DO_FORMS | _AUXILIARIES:
        return None
    ranges = [(begin + 1, subject), *([] if verb in DO_FORMS else [(begin, begin + 1)]), (subject, end), *bounds]
    return Answer([r for r in ranges if r[0] < r[1]], denied)


def behind_a_no(tokens: Sequence[Token], answer: Range) -> Range:
    """A sentence of its own without the "No," that opens it, which denies the question and not the sentence: "No, they keep no notes."."""
    first, last = _opened(tokens, answer)
    told = first + 2 < last and tokens[first].lower == "no" and tokens[first + 1].lower in _PAUSES
    return (first + 2, last) if told and tokens[first + 2].lower not in _NOT_ITS_OWN else answer


def _opened(tokens: Sequence[Token], range_: Range) -> Range:
    """Without the "Q:", "A1." or "Question 2)" that opens it, or the "Q" in a line of its own before it."""
    begin, end = range_
    if not _MARK.fullmatch(tokens[begin].lower):
        return range_
    at = begin + 1
    at += at < end and tokens[at].lower.isdigit()
    marked = at + 1 < end and tokens[at].lower in (":", ".", ")")
    alone = tokens[begin].lower[0] == "q" or (at < end and tokens[at].lower in _NO_NOUN)
    return (at + 1 if marked else at if alone else begin), end


def _named(tokens: Sequence[Token], asked: Range, answer: Range) -> Answer | None:
    """What is asked of what an answer of a few words names: "Who runs the team?" + "The wellness sergeant."."""
    begin, end = answer
    end -= tokens[end - 1].lower in (".", ";")
    if end - begin > 1 and tokens[end - 1].lower in DO_FORMS | _BE | _AUXILIARIES:
        end -= 1  # "The coordinator does."
    own = tokens[begin:end]
    if (
        not own
        or own[0].lower in _YES
        or (own[0].lower == "no" and (len(own) == 1 or own[1].lower in _PAUSES))
        or not _is_fragment(own)
    ):
        return None
    return Answer([(begin, end), asked], denied=False)


def _bounds(tokens: Sequence[Token], first: int, last: int) -> list[Range] | None:
    """What the answer adds to its yes or no; None where it goes on with a sentence of its own."""
    at = first + 1
    while at < last and tokens[at].lower in (",", ";", "—", "–", "never", "always"):
        at += 1
    if at >= last or tokens[at].lower in (".", "!"):
        return []
    said = [t.lower for t in tokens[at:last] if t.lower.isalpha()]
    if 1 < len(said) <= _REPEATED and said[0] in _PRONOUNS and _REPEATING.issuperset(said[1:]):
        return []  # "No, it does not."
    if said and _NONE.issuperset(said):
        return []
    bound = tokens[at].lower in _BOUNDS or (tokens[at].lower in PREPOSITIONS and _is_fragment(tokens[at:last]))
    return [(first + 1, last)] if bound else None


def _is_fragment(own: Sequence[Token]) -> bool:
    """Whether words have no verb of their own."""
    known = any(s.kind == "main" and (s.cue or s.finite) for s in Syntax(own).segments)
    return not known and not plain_verb_follows(own, 0)


def _subject_end(tokens: Sequence[Token], begin: int, end: int, found: Sequence[Occurrence], actors: int) -> int | None:
    """Where the subject ends that stands behind the verb which opens a question."""
    at = begin + 1
    if tokens[at].lower in _PRONOUNS:
        return at + 1
    while at < end and tokens[at].lower in _BEFORE_A_NOUN:
        at += 1
    here = [o for o in found if o.start == at and o.end < end]
    if here:
        return max(o.end for o in [o for o in here if o.mask & actors] or here)
    # "Is what I tell the team confidential?": the last word is what is asked about
    return end - 1 if tokens[begin].lower in _BE else None

"""What of a lead-in its items take over.

"The coordinator should report to the chief and should work with advisers (e.g., a psychologist) to fulfill the duties of
the position, including:" + "keeping the roster" says that the coordinator keeps the roster. It says nothing of advisers
and the roster, nor of the chief: of such a lead-in only who does it, and with what force, belongs to the item.
"""

from __future__ import annotations

from collections.abc import Sequence

from policylint.document import Span
from policylint.language.clause_signs import MODALS
from policylint.language.cues import FINITE
from policylint.language.segments import Segment
from policylint.language.words import Token, key, keys_of

_DUTIES = frozenset(map(key, ("responsibility", "duty", "function", "task", "role", "job", "obligation", "assignment")))
_INCLUDES = frozenset(map(key, ("include", "following", "comprise", "below")))
_EXCEPTING = frozenset(("except", "unless", "save", "excepting", "barring"))
_FULFILL = frozenset(map(key, ("fulfill", "fulfil", "meet", "perform", "carry", "discharge", "accomplish", "complete")))
_NEAR_END = 14
"""Most tokens from the noun for the duties to the end of its lead-in ("... of the position, including but not limited to")."""


_ANNOUNCING = frozenset(
    "the following below these listed general basic rules rule procedures procedure guidelines provisions standards principles protocols "
    "shall will must should apply applies applicable are is be to in effect force followed observed adhered as follows follow "
    "and at all times hereby established set forth here of this policy order directive".split()
)
"""Words of a lead-in that announces rules and says nothing of what they are about."""
_CONFORMING = keys_of("comply adhere follow observe abide conform ensure govern guide obey respect")
_RULES = keys_of("rule guideline procedure principle provision standard protocol step requirement practice policy")
_SUBORDINATING = frozenset(
    "who whom whose which that if when where unless while because to what how whether as".split()
)
_FINITE = FINITE | MODALS | {"would", "cannot"}
_BEGINNING = frozenset("the a an each every all no any nobody everybody everyone".split())
"""With one of them and a full stop at its end an item is a sentence, whatever its verb."""
_LONGEST_SUBJECT = 8
"""Most words before the verb of an item that is known to be a sentence."""


def only_announces(tokens: Sequence[Token]) -> bool:
    """Whether a lead-in says no more than that rules follow: "The following rules apply:"."""
    words = [t.lower for t in tokens if t.lower[0].isalnum()]
    return len(words) > 1 and _ANNOUNCING.issuperset(words) and not _tells_to_whom(words)


def _tells_to_whom(words: Sequence[str]) -> bool:
    """Whether the items are what the rules apply to: "This policy applies to:", "These rules shall apply to the following:"."""
    end = len(words)
    while end and words[end - 1] in ("all", "of", "the", "following", "these", "below", "listed"):
        end -= 1
    return end > 1 and words[end - 1] == "to" and words[end - 2] in ("apply", "applies", "applicable")


def asks_to_conform(tokens: Sequence[Token]) -> bool:
    """Whether a lead-in asks somebody to keep to what follows: "All personnel shall comply with the following rules:"."""
    words = [t for t in tokens if t.lower[0].isalnum()]
    if words and words[-1].key in _RULES:
        words.pop()
    return bool(words) and words[-1].lower in ("following", "these") and any(t.key in _CONFORMING for t in words[:-1])


def is_sentence(tokens: Sequence[Token]) -> bool:
    """Whether an item surely has a subject and a verb of its own: "The team may ...", and not "Keep ...", "Members who ..."."""
    if tokens and tokens[0].lower in _BEGINNING and tokens[-1].lower == ".":
        return True
    for at, token in enumerate(tokens[: _LONGEST_SUBJECT + 1]):
        if token.lower in _FINITE:
            return at > 0
        if token.lower in _SUBORDINATING or not token.lower[0].isalnum():
            return False
    return False


def left_behind(tokens: Sequence[Token], start: int, end: int, segments: Sequence[Segment]) -> list[Span]:
    """The stretches of the lead-in at tokens [start, end) that say nothing about its items.

    What stands in brackets; what a predicate before the last one says; what stands between the verb and the noun of
    "... to fulfill the duties of the position, including".
    """
    out = _brackets(tokens, start, end)
    said = [s for s in segments if s.cue is not None and start <= s.cue[0] < end and s.kind == "main"]
    if len(said) > 1:
        first, last = said[0].cue, said[-1].cue
        assert first is not None
        assert last is not None
        out.append((first[1], last[0]))
    out += _announcement(tokens, start, end)
    noun = _duties(tokens, start, end)
    if noun is not None:
        cue = said[-1].cue if said else None
        out.append((cue[1] if cue is not None and cue[1] <= noun else noun, end))
    return out


def lists_duties(tokens: Sequence[Token], start: int, end: int, segments: Sequence[Segment]) -> bool:
    """Whether a lead-in's modal belongs to another verb than its items ("should work with advisers to fulfill the duties")."""
    noun = _duties(tokens, start, end)
    if noun is None:
        return False
    cues = [s.cue for s in segments if s.cue is not None and start <= s.cue[0] < end]
    return any(c[1] + 1 < noun and _aim(tokens, c[1], noun) for c in cues)


def _aim(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether an infinitive of purpose stands before the noun: "to fulfill the duties"."""
    return any(tokens[at].lower == "to" and tokens[at + 1].key in _FULFILL for at in range(start, end - 1))


def _announcement(tokens: Sequence[Token], start: int, end: int) -> list[Span]:
    """The words at the end that announce the list: "including but not limited to:", "such as:".

    What an exception stands behind is none: "to anyone, including supervisors, except for:".
    """
    last = next((at for at in reversed(range(start, end)) if tokens[at].lower in _EXCEPTING), start)
    for at in range(max(last, end - 7), end):
        if tokens[at].lower == "including" or (tokens[at].lower == "such" and tokens[at + 1].lower == "as"):
            return [(at, end)]
    return []


def _brackets(tokens: Sequence[Token], start: int, end: int) -> list[Span]:
    out: list[Span] = []
    opened: int | None = None
    for at in range(start, end):
        if tokens[at].lower == "(" and opened is None:
            opened = at
        elif tokens[at].lower == ")" and opened is not None:
            out.append((opened, at))
            opened = None
    return out


def _duties(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Where the noun stands for the duties that the items are, or None when the lead-in does not end with one."""
    begin = max(start, end - _NEAR_END)
    if _INCLUDES.isdisjoint([t.key for t in tokens[begin:end]]):
        return None
    return next((at for at in range(begin, end) if tokens[at].key in _DUTIES), None)

"""Signs in the words by which clauses are told apart: pure functions on tokens."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from policylint.language.cues import (
    CLAUSE_SUBJECTS,
    COORDINATORS,
    CUES,
    FINITE,
    MAY,
    MUST,
    OPENING_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    SHOULD,
    Cue,
)
from policylint.language.plain_verbs import COLLECTIVES, plain_verb_follows, verb_right_behind
from policylint.language.words import Token

MODALS = frozenset("shall must will should may can could might".split())
_VERBS = MODALS | FINITE
"""Words by which the verb of a clause is known."""
HARD = frozenset(";:.?!—–…")
"""Marks that end a clause."""

_ABBREVIATIONS = frozenset(
    "dr mr mrs ms sgt lt capt cpl det dep cmdr col maj gen ofc no nos sec secs art para st dept div etc vs cf al inc co jr sr rev "
    "stat ann cal wash mont va gov pub ch ext approx".split()
)

CUE_STARTS = frozenset(entry[0] for entry in CUES)
"""Keys of the words with which a cue may begin."""


def _lengths(begun: Collection[tuple[str, ...]]) -> tuple[int, ...]:
    """The lengths of some cues, longest first."""
    return tuple(sorted(set(map(len, begun)), reverse=True))


_LENGTHS = {
    two: _lengths([entry for entry in CUES if entry[:2] == two]) for two in {entry[:2] for entry in CUES if entry[1:]}
}
"""The first two words of longer cues -> how long those are."""
_LENGTHS_OF_BE = _lengths([entry for entry in CUES if entry[0] == "be" and entry[1:]])


def cue_at(keys: Sequence[str], at: int) -> tuple[int, Cue] | None:
    """The longest cue that begins at a word: (number of words, cue)."""
    for length in _LENGTHS.get(tuple(keys[at : at + 2]), ()):
        longer = CUES.get(tuple(keys[at : at + length])) if at + length <= len(keys) else None
        if longer is not None:
            return length, longer
    found = CUES.get((keys[at],))
    if found is not None:
        return 1, found
    return _around_adverb(keys, at) if keys[at] == "be" else None


def _around_adverb(keys: Sequence[str], at: int) -> tuple[int, Cue] | None:
    """A cue with an adverb behind its "is" or "are": "are also encouraged to"."""
    if at + 1 >= len(keys) or not (keys[at + 1] in _ADVERBS or keys[at + 1].endswith("ly")):
        return None
    for length in _LENGTHS_OF_BE:
        found = CUES.get(("be", *keys[at + 2 : at + 1 + length]))
        if found is not None and found.force and (found.force == SHOULD or keys[at + length] == "to"):
            return length + 1, found  # "is wholly optional" says that it is free
    return None


_ADVERBS = frozenset(
    "also always still further furthermore hereby likewise often thus therefore then however too".split()
)

_PERIODS = frozenset("day week month quarter year shift term season calendar".split())

_ALTERNATIVES = 20
"""Most words of alternatives between commas."""
_SUBJECTS_AFTER = 16
"""Words after the first of some subjects in which their verb must come."""

_OBJECTS = CLAUSE_SUBJECTS | frozenset("it them him her that to in at on otherwise".split())
"""Words that stand right behind a verb."""

_COMPARED = 6
"""Most words between what is compared and the modal of the clause about it."""
_COMPARING = frozenset("they he she you we i it one".split())
_GUESSES = frozenset(("may", "might", "could"))
_IN_TROUBLE = frozenset(
    "experiencing suffering struggling facing having going undergoing dealing coping feeling thinking contemplating "
    "considering showing exhibiting displaying needing hurting grieving".split()
)


def only_possible(tokens: Sequence[Token], at: int) -> bool:
    """Whether a modal tells what may be the case and allows nothing: "may have been hurt", "may be struggling"; or is a month."""
    if tokens[at].lower not in _GUESSES:
        return False
    after = [t.lower for t in tokens[at + 1 : at + 3]] + ["", ""]
    if after[0].isdigit():
        return tokens[at].lower == "may"
    return after[:2] == ["have", "been"] or (after[0] == "be" and after[1] in _IN_TROUBLE)


def of_a_comparison(tokens: Sequence[Token], at: int) -> bool:
    """Whether a modal only tells how much or in what way: "more than they can handle", "the way a talk could color it"."""
    before = [t.lower for t in tokens[max(0, at - _COMPARED) : at]]
    if before[-2:-1] == ["than"] or before[-4:] == ["than", "he", "or", "she"]:
        return before[-1] in _COMPARING
    ways = [i for i, word in enumerate(before[:-1]) if word in ("way", "ways")]
    return bool(ways) and before[ways[-1] + 1] in CLAUSE_SUBJECTS and PREPOSITIONS.isdisjoint(before[ways[-1] :])


def abbreviated(tokens: Sequence[Token], at: int) -> bool:
    """Whether a full stop inside a sentence belongs to an abbreviation ("e.g.", "Sgt. Ames") and ends nothing."""
    if at == 0 or at + 1 >= len(tokens) or tokens[at - 1].end != tokens[at].start:
        return False
    before = tokens[at - 1].lower
    return (len(before) == 1 and before.isalpha()) or before in _ABBREVIATIONS


def combined(modal: str, second: str, verb: str) -> str:
    """The force of two cues in one verb: "shall be encouraged to" is should, "should be free to" is should."""
    if verb == "asked" or modal == MAY:
        return modal
    return modal if second == MUST or (modal == SHOULD and second == MAY) else second


def has_own_subject(tokens: Sequence[Token], start: int) -> bool:
    """After a semicolon: a clause of its own ("they refer ..."), not a further item of the same list."""
    if start < len(tokens) and (tokens[start].lower in PRONOUNS or tokens[start].lower in ("you", "we")):
        return True
    inner = 0
    for at in range(start + 1, len(tokens)):
        if tokens[at].lower in HARD:
            break
        if tokens[at].lower in ("which", "whom") and tokens[at - 1].lower in _INTO_WHICH:
            inner += 1  # "misconduct by reason of which the member is suspended"
        elif tokens[at].lower in FINITE:
            if not inner:
                return True
            inner -= 1
    return False


def subject_and_modal_follow(tokens: Sequence[Token], start: int) -> bool:
    """After a semicolon: a subject and a modal of its own ("the employee may choose"), which a "no" before does not deny."""
    if start >= len(tokens) or tokens[start].lower not in _OPENS_A_SUBJECT:
        return False
    subject = [t.lower for t in tokens[start + 1 : start + _SUBJECT_BEFORE]]
    at = next((i for i, word in enumerate(subject) if word in MODALS), 0)
    return at > 0 and all(word.isalpha() and word not in _BREAKING for word in subject[:at])


_OPENS_A_SUBJECT = frozenset("the a an any each every all this that these those such their his her its".split())
_INTO_WHICH = frozenset("of by in for to from on with after under through upon at".split())
"""Before "which" and "whom" these open a clause with a verb of its own."""
_FRONTED = 8
"""Most words of a time or ground before the comma that a clause begins with."""
_SUBJECT_BEFORE = 6
"""Most words of a subject and its verb."""
_DOING = 14
"""The same where what is done is the subject: "sharing with a supervisor what was said is"."""
_MEASURED = frozenset("that as far long much many few little often called do does did is are to on too and or".split())
"""Behind "so" these make no clause that tells what follows: "so that", "so long as", "and so on"."""

_GROUNDS = frozenset("these this those they it such the he she doing both his her their".split())
"""Behind ", as" or ", since" these begin a clause that tells why."""
_NOT_FOR = frozenset(", and or not do does did doing is are be if even ever how".split())
"""Before "so" these make it something else than "so that"."""
_BREAKING = OPENING_WORDS - {"what"}
"""Words that no subject holds."""
_NO_GROUND = _VERBS | COORDINATORS
"""Words that stand in no time or ground before a clause."""


def own_clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """After a comma: "and a member who abuses it may be ...", a clause with its own subject and verb."""
    if at + 3 < len(tokens) and tokens[at + 1].lower == "so":
        return tokens[at + 2].lower not in _MEASURED
    if at + 3 >= len(tokens) or tokens[at + 1].lower not in ("and", "or", "yet"):
        return False
    if tokens[at + 1].lower != "or" and plain_verb_follows(tokens, at + 2):
        return True
    if tokens[at + 1].lower == "yet":
        return tokens[at + 2].lower != "that" and verb_follows(tokens, at + 2)
    return tokens[at + 2].lower in CLAUSE_SUBJECTS and verb_follows(tokens, at + 3, past_clauses=True)


def reason_follows(tokens: Sequence[Token], at: int) -> bool:
    """After a comma: "as these may cloud it", "since it harms the member", which tells why."""
    if at + 3 >= len(tokens) or tokens[at + 1].lower not in ("as", "since"):
        return False
    return tokens[at + 2].lower in _GROUNDS and (verb_follows(tokens, at + 2) or plain_verb_follows(tokens, at + 2))


def purpose_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether "so" tells what for, without "that": "tell a supervisor so the time can be recorded"."""
    if tokens[at].lower != "so" or not 0 < at < len(tokens) - 2 or tokens[at - 1].lower in _NOT_FOR:
        return False
    return tokens[at + 1].lower in CLAUSE_SUBJECTS and verb_follows(tokens, at + 2)


HOW_FAR = frozenset("possible practicable feasible practical needed necessary required".split())
"""Words that end "as many as possible": a modal behind them is that of the clause."""

_GOING_ON = frozenset(
    (
        ("for", "which", "reason"),
        ("for", "which", "purpose"),
        ("to", "which", "end"),
        ("on", "which", "account"),
        ("on", "which", "ground"),
    )
)


def goes_on(tokens: Sequence[Token], at: int) -> bool:
    """Whether "which" tells of no noun, but goes on with what follows from the clause before: ", for which reason peers ..."."""
    words = [t.lower for t in tokens[max(0, at - 1) : at + 2]]
    return len(words) == 3 and tuple(words) in _GOING_ON


def second_clause_follows(tokens: Sequence[Token], at: int) -> bool:
    """After a comma behind a clause with its verb: "and team members need not", "and under HIPAA, no member may", "and sharing it is"."""
    if at + 3 >= len(tokens) or tokens[at + 1].lower not in ("and", "yet"):
        return False
    first = tokens[at + 2].lower
    if first in PREPOSITIONS:
        comma = next((i for i in range(at + 4, min(at + 4 + _FRONTED, len(tokens))) if tokens[i].lower == ","), None)
        between = {t.lower for t in tokens[at + 2 : comma]}
        return comma is not None and between.isdisjoint(_NO_GROUND) and subject_follows(tokens, comma + 1)
    reach = _DOING if first.endswith("ing") else _SUBJECT_BEFORE
    for place in range(at + 2, min(at + 2 + reach, len(tokens) - 1)):
        lower = tokens[place].lower
        if lower in _VERBS or (lower == "need" and tokens[place + 1].lower == "not"):
            subject = tokens[place - 1].lower
            # "..., and confidentiality is kept" goes on with the matter; "..., and sergeants are told" begins another.
            whole = first in CLAUSE_SUBJECTS or reach == _DOING or _of_several(subject)
            return place > at + 2 and subject not in COORDINATORS and whole
        if not lower.isalpha() or lower in _BREAKING or (lower in PREPOSITIONS and reach != _DOING):
            return False
    return False


def fronts_clause(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether a phrase such as "where possible" begins a second clause: "..., and where possible, an employee may"."""
    if at < 3 or tokens[at - 2].lower != "," or tokens[at - 1].lower not in ("and", "but"):
        return False
    behind = at + length
    return behind < len(tokens) and tokens[behind].lower == "," and subject_follows(tokens, behind + 1)


_MANY, _ONE = frozenset("all any both".split()), frozenset("every each".split())
_GROUPS = COLLECTIVES | {"crew"}
_BEHIND_A_GROUP = frozenset("of in at with from on within who".split())
_NOUN = 5
"""Most words of a noun and what stands before it."""
_LISTED = 3
"""The same where several are listed without such a word."""


def groups_named(tokens: Sequence[Token], start: int, at: int) -> bool:
    """Whether tokens [start, at) name whom all of a sentence is about, and no verb: "All employees, sworn and civilian".

    A verb in the plain form is known by no list. But behind "all" a noun of more ends in -s and its verb does not, and
    behind "every" it is the other way round.
    """
    commas = [i for i in range(start, at) if tokens[i].lower == ","]
    end = commas[0] if commas else at
    first = tokens[start].lower if start < end else ""
    if first not in _MANY | _ONE:
        # "Deputies, civilian staff, and their families may call"
        listed = [b - a - 1 for a, b in pairwise((start - 1, *commas, at))]
        return len(listed) > 1 and max(listed) <= _LISTED and _of_several(tokens[end - 1].lower)
    end = next((i for i in range(start + 2, end) if tokens[i].lower in _BEHIND_A_GROUP), end)
    words = [t.lower for t in tokens[start + 1 : end]]
    if first in _ONE:
        return 0 < len(words) <= _NOUN and not any(word.endswith("s") for word in words[1:])
    return 0 < len(words) <= _NOUN and _of_several(words[-1])


def _of_several(noun: str) -> bool:
    return noun.endswith("s") or noun in _GROUPS


def condition_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether "Should a member ask, ..." is a condition: if a subject follows, and a comma ends it ("Should keep lists, ..." has none)."""
    return any(t.lower == "," for t in tokens[at : at + 40]) and not verb_right_behind(tokens, at)


def commas_of_alternatives(tokens: Sequence[Token], at: int) -> list[int]:
    """The commas around alternatives behind which a clause about a noun goes on: "a tie, whether by blood, rank or money, that ..."."""
    commas = [at]
    if at + 2 >= len(tokens) or tokens[at + 1].lower != "whether":
        return []
    for place in range(at + 2, min(at + _ALTERNATIVES, len(tokens) - 1)):
        lower = tokens[place].lower
        if lower in HARD or lower in _VERBS:
            return []
        if lower == ",":
            commas.append(place)
            if tokens[place + 1].lower in ("that", "which", "who"):
                return commas
    return []


def ends_enumeration(tokens: Sequence[Token], at: int) -> bool:
    """Whether a denial says that what is named is all, and denies none of it: "four exceptions, and no more:"."""
    words = [t.lower for t in tokens[max(0, at - 1) : at + 3]]
    return (
        len(words) == 4
        and words[0] in ("and", "but", ",")
        and words[1] in ("no", "nothing", "none")
        and words[2] in ("more", "other", "others", "else", "further")
        and words[3] in HARD
    )


def only_adverbs(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether tokens [start, end) are adverbs in -ly."""
    return all(t.lower.endswith("ly") for t in tokens[start:end])


def coordinator(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The last place between two cues where one predicate ends and the next begins."""
    for at in range(end - 1, start - 1, -1):
        if tokens[at].lower in ("and", "or", "but", ","):
            return at
    return None


def comma_between(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether a comma stands among tokens [start, end)."""
    return any(t.lower == "," for t in tokens[start:end])


_INSERTED = 12
"""Most words and commas that interrupt a modal and its verb."""


def same_verb(tokens: Sequence[Token], cue: tuple[int, int, str], at: int) -> bool:
    """Whether a cue right behind a modal belongs to it ("shall not be asked to", "should be free to", "can recommend that")."""
    if at - cue[1] > 3:
        # "should, in accordance with this policy, be free to": what stands between commas interrupts them
        between = [t.lower for t in tokens[cue[1] : at]]
        return (
            len(between) <= _INSERTED
            and tokens[at].lower == "be"
            and between[0] == between[-1] == ","
            and between.count(",") == 2
        )
    return all(t.lower in ("not", "also", "never", "then") or t.lower.endswith("ly") for t in tokens[cue[1] : at])


def subjects_follow(tokens: Sequence[Token], at: int) -> bool:
    """Whether a comma stands in a list of subjects that ends in "or" or "and" before their verb: "record, file or note is"."""
    joined = False
    for place in range(at + 1, min(at + _SUBJECTS_AFTER, len(tokens))):
        lower = tokens[place].lower
        if lower in ("or", "and"):
            joined = True
        elif lower in _VERBS:
            return joined
        elif lower in HARD:
            return False
    return False


def interruption(tokens: Sequence[Token], at: int) -> int | None:
    """The comma that closes what a comma opens between a subject and its verb: "unless the chief, or a designee, approves it"."""
    if at + 1 >= len(tokens) or tokens[at + 1].lower not in ("or", "and", "as"):
        return None
    for place in range(at + 2, min(at + _SUBJECTS_AFTER, len(tokens) - 1)):
        lower = tokens[place].lower
        if lower == ",":
            return place if _verb_at(tokens, place + 1) else None
        if lower in _VERBS or lower in HARD:
            return None
    return None


def _verb_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb stands there: a modal, a form of "be", or a word in -s with its object right behind it."""
    lower = tokens[at].lower
    if lower in _VERBS:
        return True
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return lower.endswith("s") and lower not in CLAUSE_SUBJECTS and after in _OBJECTS


def verb_follows(tokens: Sequence[Token], start: int, *, past_clauses: bool = False) -> bool:
    """Whether a modal or a form of "be", "do" or "have" comes before the next mark.

    Args:
        past_clauses: those of clauses about a noun do not count: "or an investigator about a person whom they have helped".
    """
    told = False
    for at in range(start, len(tokens)):
        lower = tokens[at].lower
        if lower in HARD or lower == ",":
            return False
        if lower in _VERBS:
            if not told:
                return True
            told = False
        elif past_clauses and lower in ("whom", "whose", "which"):
            told = True
    return False


def subject_follows(tokens: Sequence[Token], start: int) -> bool:
    """Whether a clause begins with its subject: a determiner or pronoun before its verb, or a noun right before it."""
    if start >= len(tokens):
        return False
    before_verb = start + 1 < len(tokens) and tokens[start + 1].lower in _VERBS
    first = tokens[start].lower
    return (first in CLAUSE_SUBJECTS or before_verb) and first not in _VERBS and verb_follows(tokens, start + 1)


def often(tokens: Sequence[Token], start: int) -> bool:
    """Whether "once" tells how often: "once a year", "once per quarter"."""
    words = [t.lower for t in tokens[start : start + 2]]
    return (
        not words
        or words[0] in ("per", "each", "every", "in", "again", "more")
        or (words[0] == "a" and words[-1] in _PERIODS)
    )


def recommended_by(tokens: Sequence[Token], at: int, length: int) -> bool:
    """Whether "be recommended" tells what somebody does, and not what is advised: "be recommended in writing by a supervisor"."""
    after = [t.lower for t in tokens[at + length : at + length + 4]]
    return tokens[at + length - 1].lower == "recommended" and "by" in after and "that" not in after

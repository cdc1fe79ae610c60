"""What can be told of a clause that is still open, and of the words behind it: does it have its verb, does a modal belong to it, what ends it?

The clause is open: its `end` is not known, and `at` is where the scanner stands. The scanner (`clauses`) decides by these
questions where segments begin and end; none of them changes anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from policylint.language.clause_signs import (
    CUE_STARTS,
    HARD,
    MODALS,
    comma_between,
    cue_at,
    often,
    only_adverbs,
    subjects_follow,
    verb_follows,
)
from policylint.language.cues import (
    BE_FORMS,
    CLAUSE_SUBJECTS,
    COORDINATORS,
    DO_FORMS,
    FINITE,
    MUST,
    OPENING_WORDS,
    PREPOSITIONS,
    PRONOUNS,
)
from policylint.language.frames import frames_a_rule
from policylint.language.plain_verbs import is_plain_verb
from policylint.language.segments import Denial, Segment
from policylint.language.words import Token

_ONE = frozenset("person employee member individual officer deputy firefighter dispatcher participant".split())
"""One person: behind "and that", without an article, he is pointed at."""
_COMPLEMENTS = frozenset(("that", "what", "how", "why"))
"""Words that open a clause which is told or decided, with a subject of its own."""
_LISTED_FROM = frozenset("no neither any all each every the a an".split())
SUBJECTS = 8
"""Most words of a clause before the comma behind its first subject."""
_AUXILIARY = DO_FORMS | {"have", "has"}
_OPEN = PRONOUNS | {"not", "to", "that", "who", "what", "there"}
"""Words after which a verb is that of a clause within a clause: "shall see that it is done"."""
TELLERS = frozenset("you they we he she i it".split())
"""Pronouns with which a clause that tells of a noun begins: "the help you can get"."""
_BEING = frozenset(("be", "possess", "demonstrate"))
_NO_NOUN = PREPOSITIONS | COORDINATORS | {"to", "if", "when", "that", "unless"}
_QUALITIES = frozenset("unauthorized improper inappropriate unacceptable impermissible unavailable".split())
_VERBS_TOLD = FINITE | MODALS | {"be"}
"""Words by which the verb of a clause that is told is known."""
_SHORT = 4
"""Words that a modal inside a clause governs before the verb of the clause around it."""


def _takes_object(word: str) -> bool:
    return word in _AUXILIARY or is_plain_verb(word)


def has_verb(tokens: Sequence[Token], clause: Segment, end: int | None = None) -> bool:
    """Whether the verb of a clause is known; while it is open, among the tokens before `end`."""
    return clause.cue is not None or clause.finite_among(tokens, end) is not None


def after_subject(tokens: Sequence[Token], clause: Segment) -> bool:
    """Whether a clause goes on with a subject that still has no verb: "Members, on or off duty, | should avoid ..."."""
    before = clause.parent
    return clause.continues and before is not None and before.end > before.start and not has_verb(tokens, before)


def inverting_denial(clause: Segment, at: int) -> Denial | None:
    """The denial right before a modal, whose subject then stands behind it: "under no circumstances | should the data"."""
    return next((d for d in clause.denials if d.end == at), None)


def coordinated(tokens: Sequence[Token], clause: Segment) -> bool:
    """Whether a subordinate clause begins behind a comma and "and", with nothing of the main clause between."""
    words = [t.lower for t in tokens[max(0, clause.start - 2) : clause.start]]
    return words in ([",", "and"], [",", "but"], [";", "and"], [";", "but"])


def opens_clause(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a single word opens a clause; "provided", "upon" and "once" do so only after a comma or at the start."""
    word = tokens[at].lower
    if word in ("provided", "upon", "once"):
        begins = at == clause.start or tokens[at - 1].lower == ","
        return begins and not (word == "once" and often(tokens, at + 1))
    return word in OPENING_WORDS


def that_opens(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether "that" opens a clause ("records that identify") rather than points ("that role", ", and that person may")."""
    after = [t.lower for t in tokens[at + 1 : at + 3]]
    if at > 0 and tokens[at - 1].lower in COORDINATORS and len(after) == 2 and after[0] in _ONE and after[1] in MODALS:
        return False
    return at > 0 and tokens[at - 1].lower not in PREPOSITIONS | {","} and at > clause.start


def framed(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a "that" ends words which only say that something is the rule: "The Sheriff directs that ..."."""
    opening = clause.kind == "main" and clause.parent is None and clause.cue is None and not clause.denials
    return opening and frames_a_rule(tokens, clause.start, at)


def fronted(tokens: Sequence[Token], keys: Sequence[str], clause: Segment, at: int) -> bool:
    """Whether a clause of time or condition begins a sentence of its own behind a semicolon, and no list of such clauses."""
    found = cue_at(keys, at) if at < len(tokens) and keys[at] in CUE_STARTS else None
    if found is None or found[1].opens not in ("time", "if") or clause.kind in ("time", "if"):
        return False
    return at + 1 < len(tokens) and tokens[at + 1].lower != "to"  # "depression; when to refer"


def told_later(tokens: Sequence[Token], keys: Sequence[str], clause: Segment, at: int) -> bool:
    """Whether a clause between commas parts "that no records" from its verb: "that no records, whether ..., be kept"."""
    found = cue_at(keys, at + 1) if at + 1 < len(tokens) else None
    if tokens[clause.start].lower != "that" or found is None or found[1].opens not in ("if", "time", "except"):
        return False
    end = next((i for i in range(at + 1, len(tokens) - 1) if tokens[i].lower in HARD | {","}), None)
    return end is not None and tokens[end].lower == "," and tokens[end + 1].lower in _VERBS_TOLD


def takes_up_told(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a comma ends the clause that parts what is told from its verb (`told_later`)."""
    told = clause.parent
    if told is None or told.kind != "rel" or at + 1 >= len(tokens):
        return False
    opened, closed = tokens[told.start].lower, tokens[told.end - 1].lower
    return (opened, closed) == ("that", ",") and tokens[at + 1].lower in _VERBS_TOLD and not has_verb(tokens, told)


def lists_subjects(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a comma stands between the subjects of a clause that is told: "sees that no record, file or note is kept"."""
    if tokens[clause.start].lower != "that" or tokens[clause.start + 1].lower not in _LISTED_FROM:
        return False
    if at + 1 == len(tokens):
        return False
    if clause.cue is not None or clause.finite_among(tokens, at) is not None or at - clause.start > SUBJECTS:
        return False
    if tokens[at + 1].lower in COORDINATORS and not comma_between(tokens, clause.start, at):
        return False  # "that another be assigned, and the request is heard": no list, but a clause of its own
    return subjects_follow(tokens, at)


def verb_opens(tokens: Sequence[Token], at: int) -> bool:
    """Whether a verb begins what follows, behind an "and" and the label of an item: "; and C. hold a certificate"."""
    words = [t.lower for t in tokens[at : at + 4]]
    if words and words[0] in COORDINATORS:
        words = words[1:]
    if len(words) > 2 and len(words[0]) < 3 and words[1] in (".", ")"):
        words = words[2:]
    return bool(words) and (is_plain_verb(words[0]) or words[0] in _AUXILIARY)


def denies_objects(tokens: Sequence[Token], clause: Segment) -> bool:
    """Whether something is denied in a clause, and always what a verb takes: "have no discipline", "do nothing outside"."""
    return bool(clause.denials) and all(
        d.reach == "all" and d.start > clause.start and _takes_object(tokens[d.start - 1].lower) for d in clause.denials
    )


def denied_object_ends(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether only what a verb takes was denied, and another verb follows: "do nothing outside their training, and ask"."""
    words = [t.lower for t in tokens[at + 1 : at + 3]]
    return len(words) == 2 and words[0] == "and" and is_plain_verb(words[1]) and denies_objects(tokens, clause)


def another_quality(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether only what somebody has was denied, and "and" goes on with what they are: "have no discipline and be in good standing"."""
    words = [t.lower for t in tokens[at : at + 2]]
    return len(words) == 2 and words[0] == "and" and words[1] in _BEING and denies_objects(tokens, clause)


def past_clause(tokens: Sequence[Token], clause: Segment, main: Segment | None, at: int) -> bool:
    """Whether a clause about a noun has ended, and a modal is that of the clause it interrupts."""
    if clause.kind == "if":
        return past_whether(tokens, clause, main, at)
    return clause.kind == "rel" and (not own_clause(tokens, clause, main, at) or joined(tokens, clause, at))


def own_clause(tokens: Sequence[Token], clause: Segment, main: Segment | None, at: int) -> bool:
    """Whether a modal belongs to the clause that "who" or "that" opened, and not to the one it interrupts."""
    if clause.parent is not None and clause.parent.kind == "main" and has_verb(tokens, clause.parent):
        return True  # "shall decline a contact with a coworker to whom the supporter may be too close"
    first = clause.start + 1
    if at <= first or only_adverbs(tokens, first, at):
        return True
    opener, before = tokens[clause.start].lower, tokens[clause.start - 1].lower if clause.start else ""
    if before == "than" and not has_verb(tokens, clause, at):
        return True  # "whatever is bigger than what you can handle"
    if opener in ("which", "whom") and before in PREPOSITIONS and not has_verb(tokens, clause, at):
        # "the process by which members are removed | shall be in writing", but "those with whom they speak | are told"
        return not any(is_plain_verb(t.lower) for t in tokens[first + 1 : at])
    if (
        opener not in _COMPLEMENTS
        or tokens[first].lower not in CLAUSE_SUBJECTS
        or (opener != "that" and clause.start == 0)
    ):
        return False
    nested = clause.parent is not None and clause.parent.kind == "rel"
    if not nested and main is not None and tells_of_noun(tokens, clause, main, at):
        return False
    if not nested or main is None or main.cue is not None:
        return True
    return clause.cue is None and verb_follows(tokens, at + 1)  # "that go beyond what a peer can handle are referred"


def tells_of_noun(tokens: Sequence[Token], clause: Segment, main: Segment, at: int) -> bool:
    """Whether a "that" with a verb of its own tells of the subject: "any notes that a peer supporter keeps | should be shredded"."""
    return (
        tokens[main.start].lower in _LISTED_FROM
        and not has_verb(tokens, main)
        and any(is_plain_verb(t.lower) for t in tokens[clause.start + 2 : at])
    )


def joined(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether "and" joins a modal to the main clause: "honest about what they are not trained for, and shall ask"."""
    if tokens[at - 1].lower != "and":
        return False
    if tokens[clause.start].lower == "that" and tokens[at - 2].lower != ",":
        return False  # "tells members that what they say is not privileged and may be subpoenaed"
    return any(t.lower in FINITE for t in tokens[clause.start : at])


def past_whether(tokens: Sequence[Token], clause: Segment, main: Segment | None, at: int) -> bool:
    """Whether a modal behind "whether" is that of the main clause: "who doubt whether they are able must say so"."""
    if tokens[clause.start].lower != "whether" or main is None or has_verb(tokens, main):
        return False
    told = [t.lower for t in tokens[clause.start + 1 : at]]
    return bool(told) and main.end > main.start and (told[0] == "to" or not FINITE.isdisjoint(told))


def told_whether(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether what is decided is the subject: "whether to bow out | is talked over", "whether she attends | is left to the team"."""
    words = [t.lower for t in tokens[clause.start : clause.start + 2]]
    if words[:1] != ["whether"] or clause.cue is not None:
        return False
    return words[1:] == ["to"] or (at + 1 < len(tokens) and tokens[at + 1].lower in _DECIDED)


_DECIDED = frozenset("left up decided determined at entirely solely".split())
"""What follows "is" where what stands before it is decided by somebody: "is up to the member"."""


def tells_of_subject(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a pronoun and a modal tell about the subject before them: "the help you can get | is still there"."""
    if clause.kind != "main" or at - clause.start < 3 or tokens[at - 1].lower not in TELLERS:
        return False
    first, before = tokens[clause.start].lower, tokens[at - 2].lower
    if first not in _LISTED_FROM or not before.isalpha() or before in COORDINATORS | PREPOSITIONS:
        return False
    return not has_verb(tokens, clause, at) and verb_follows(tokens, at + 1)


def took_modal_of_clause(
    tokens: Sequence[Token], clause: Segment, before: Segment | None, main: Segment | None, at: int
) -> bool:
    """Whether the modal before was that of a clause about a noun: "whose need is more than a peer can meet | is passed on"."""
    if clause.cue is None or before is None or tokens[at].lower not in ("is", "are"):
        return False
    if clause.kind == "rel":
        interrupts = main is not None and not has_verb(tokens, main)
    else:
        interrupts = (
            clause.kind == "main"
            and clause.continues
            and clause.cue[0] == clause.start
            and before.kind == "rel"
            and before.finite_among(tokens) is not None
        )
    between = [t.lower for t in tokens[clause.cue[1] : at]]
    return interrupts and 0 < len(between) <= _SHORT and COORDINATORS.isdisjoint(between) and between[-1] not in _OPEN


def broken_off(tokens: Sequence[Token], clause: Segment, at: int) -> str | None:
    """The force of a modal that a clause between commas parts from its verb: "should, if asked, | be free to"."""
    before = clause.parent
    if before is None or before.cue is None or not clause.continues or clause.start != at:
        return None
    return before.cue[2] if before.cue[1] == before.end - 1 and tokens[at].lower == "be" else None


def under_modal(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a modal reaches to a second verb: "should be off probation and have two years of service"."""
    if tokens[at].lower != "have" or clause.cue is None or clause.denials:
        return False
    modal = tokens[clause.cue[0]].lower
    return clause.cue[2] != MUST and modal in MODALS and modal != "can"  # "be someone people can trust, and have tact"


def tells_how_many(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether "permit" or "can" tells how many: "as many employees as staffing permits", "as many as the budget can bear"."""
    words = [t.lower for t in tokens[clause.start : at]]
    return any(a == "as" and b in ("many", "much", "often") for a, b in pairwise(words)) and "as" in words[-4:]


def is_infinitive(tokens: Sequence[Token], clause: Segment, joints: frozenset[int], at: int) -> bool:
    """Whether "or do", "or have" go on with what a modal governs: "shall not lend to or do business with"."""
    words = [t.lower for t in tokens[at : at + 3]]
    if words[0] != "or" or words[1] not in ("do", "have") or words[2:] == ["not"]:
        return False
    lead_in = clause.parent if clause.continues and clause.start in joints else None
    cue = clause.cue or (lead_in.cue if lead_in is not None else None)  # "shall not:" + "lend to, or do business with"
    if cue is not None:
        return cue[0] < cue[1]
    return any(t.lower in _AUXILIARY for t in tokens[:at])  # of a lead-in, too


def is_quality(tokens: Sequence[Token], at: int) -> bool:
    """Whether "discretion" is what a candidate should have, and not what somebody decides by."""
    if tokens[at].lower != "discretion" or at == 0:
        return False
    before = tokens[at - 1]
    listed = [t.lower for t in (*tokens[max(0, at - 2) : at - 1], *tokens[at + 1 : at + 2])]
    if len(listed) == 2 and listed[0] in (",", "and") and listed[1] in (",", "and"):
        return True  # "their schooling, their discretion, maturity and judgment"
    return not before.possessive and before.lower not in ("his", "her", "their", "its", "own", "sole", "full")


def is_attributive(tokens: Sequence[Token], clause: Segment, at: int) -> bool:
    """Whether a word such as "improper" stands before its noun, and no "is" before it."""
    if tokens[at].lower not in _QUALITIES or at + 1 >= len(tokens) or not tokens[at + 1].lower.isalpha():
        return False
    if tokens[at + 1].lower in _NO_NOUN:
        return False
    return not any(t.lower in BE_FORMS for t in tokens[max(clause.start, at - 3) : at])


def answers_in_full(tokens: Sequence[Token], at: int) -> bool:
    """Whether a sentence of its own stands behind the "no," of an answer, and no exception: "No, unless ..."."""
    return at < len(tokens) and tokens[at].lower in CLAUSE_SUBJECTS

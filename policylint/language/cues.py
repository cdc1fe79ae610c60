"""The closed vocabulary of structure: words that give force, deny, open clauses, point back.

Force follows the Guide to the verdicts (shared/labels/GUIDE.md): must - shall, will, is required to, plain statements;
should - ought to, is encouraged, preferred, expected; may - can, could, at discretion, ideally, where possible.
A longer phrase hides the shorter ones in it: "may not" is a ban, "not only" denies nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from policylint.language.words import tokens

MUST, SHOULD, MAY = "must", "should", "may"

_FORCE = {
    MUST: """shall; must; must be able to; must : be able to; will; would; is required to; are required to; be required to; is responsible for;
        are responsible for; be responsible for; has to; have to; is to; are to; it is the responsibility of;
        is obligated to; are obligated to; is obliged to; are obliged to; needs to; is bound to; are bound to;
        is charged with; are charged with; has the duty to; have the duty to; has a duty to; have a duty to;
        it is the duty of; is mandatory; are mandatory; is tasked with; are tasked with; is directed to;
        are directed to; is the job of; is essential; it is essential that;
        is contingent on; is contingent upon; is mandated to; are mandated to; has an obligation to; have an obligation to""",
    SHOULD: """should; ought to; ought; is encouraged to; are encouraged to; is encouraged; are encouraged;
        be encouraged to; be encouraged; is recommended; are recommended; be recommended; it is recommended; is preferred; are preferred;
        be preferred; it is preferred that; is advised to; are advised to; be advised to; is expected to;
        are expected to; is expected; are expected; be expected to; is desirable; it is desirable; preferably; preference is given to;
        preference will be given; strongly encouraged; is urged to; are urged to; it is advisable; is advisable;
        discouraged; discouraged from; advised against; cautioned against; warned against; counseled against; aims to; aim to; strives to; strive to; is asked to; are asked to; be asked to; ask them to; ask him or her to; recommends that;
        will strive to; shall strive to; will try to;
        shall try to; will attempt to; shall endeavor to; will endeavor to; it is best; is best; are best; would be best if; is best if; would be preferable if; is preferable if; would be better if; is better if; would be good if; would be well if;
        would do well to; would be wise to; it is suggested that; is suggested; shall be encouraged to; will be encouraged to;
        shall be encouraged; will be encouraged; it would be preferable; it would be wise; would be wise; preferable; it is hoped that; it is advised that; it is urged that; hopefully; good practice;
        it is good practice; it is a good idea; had better; are supposed to; is supposed to; are invited to; is invited to; would do best to; does well to; do well to;
        make every effort to; makes every effort to; make reasonable efforts to; make a reasonable effort to; make an effort to; make a good faith effort to;
        we would like; we 'd like; would like all; would like every; would like each; would like our; would like to see;
        does its best to; does his or her best to; do their best to; hopes to; hope to; are encouraged but not required to; are encouraged , but not required , to; are encouraged but are not required to;
        are asked but not required to; are asked , but not required , to; are urged but not required to; are urged , but not required , to;
        are expected but not required to; are expected , but not required , to""",
    MAY: """may; can; could; might; may wish to; may choose to; is free to; are free to; be free to; is able to;
        are able to; has the option of; has the option to; have the option to; have the option of; is permitted to;
        are permitted to; is allowed to; are allowed to; be allowed to; be permitted to; is at liberty to; are at liberty to;
        has the right to; have the right to; is entitled to; are entitled to; it is possible; is possible; would be possible; is authorized to;
        are authorized to; may elect to; may decide to; be able to; shall be able to; will be able to; may want to;
        is welcome to; are welcome to; has discretion to; have discretion to; has the discretion to; have the discretion to; are permitted but not required to; are permitted , but not required , to; are permitted , though not required , to;
        are allowed but not required to; are allowed , but not required , to; will consider whether to; may be able to; shall be free to; will be free to; has the choice of; have the choice of; has a choice of; have a choice of; has the choice to; have the choice to;
        should feel free to; shall feel free to; feel free to;
        is eligible to; are eligible to; shall have the option; will have the option; shall have the right to; will have the right to;
        shall be allowed to; will be allowed to; shall be permitted to; will be permitted to; shall be entitled to; will be entitled to;
        may if it is needed; is optional; are optional; is at the option of""",
}
_LOWERS = """as far as can be arranged; as far as possible; so far as possible; insofar as possible; as far as practicable; as much as possible;
    to the extent possible; to the extent practicable; to the extent feasible; when it can be arranged; where it can be arranged; if it can be arranged; ideally; where possible; when possible; if possible; whenever possible; wherever possible;
    at the discretion of; in the discretion of; at his discretion; at its discretion; at their discretion; at her discretion; in his or her discretion;
    at his or her discretion; in the sole discretion of; at the sole discretion of; sole discretion; at the pleasure of; where feasible; when feasible;
    if feasible; whenever feasible; wherever feasible; if at all possible; as feasible; when practical; where practical; if practical; whenever practical; when practicable; where practicable; in an ideal world; if desired; if they wish; if he or she wishes; should they wish; as they see fit; as it sees fit;
    at the option of; if they choose; if they like; time permitting; staffing permits; staffing allows; staffing permitting; time allows; workload permits; resources permit; budget permits; funds permit; funds allow; funding permits; funding allows; budget allows; budget permitting; funds permitting; subject to available funds; subject to available funding; subject to the availability of funds; subject to funding; subject to budget; resources allow; operations permit; needs permit; if time permits; if they think it useful; at will; if they see fit; discretion; at the chief's discretion"""

_DENY_RIGHT = """not; cannot; neither; nor; never; without;
    instead of; rather than; in place of; in lieu of; refrain from; refrain; avoid; prevented from; precluded from; excluded from; abstain from; desist from;
    steer clear of; stay clear of; keep clear of; stay out of; keep out of; stay away from; keep away from; decline to; exempt from; excused from;
    refuse to; fail to; prohibit; prohibited from; forbid; forbidden; forbidden from; ban; bar; barred from; disallow; preclude; discourage; discouraged from; advised against; cautioned against; warned against; counseled against; prevent;
    may not; can not; guard against; hold back from; hold off from; bow out of; keep from; stop short of; leave out; free from; beware of; nowhere; hardly; forgo; forego;
    no longer; relieve of; far from; under no circumstances; no circumstances; at no time; in no event; in no case; on no account; relieved of; not at liberty to; not free to; not supposed to;
    avoidance of; a violation of this policy for; a violation of this order for; a violation of policy for; a violation for; a breach of this policy for; contrary to this policy for;
    contrary to policy for; contrary to this order for; against policy for; against this policy for; is misconduct for; has no right to; have no right to; has no authority to; have no authority to; have no business; has no business; lack; decline; refuse"""
_DENY_ALL = """no; none; nothing; nobody; no one; neither of; not one; not a single; none of; not anyone"""
_DENY_CLAUSE = """not permitted; not allowed; not be tolerated; not be condoned; not required; not be required; not needed; not necessary; not considered; not be considered; not be accepted; not be used; not be available; off limits; out of bounds; not accepted; not acceptable; unacceptable; impermissible; not appropriate;
    inappropriate; improper; not authorized; unauthorized; not tolerated; not an option; out of the question; off the table; not available;
    unavailable; outside that role; outside the role; outside their role; outside its role; outside this role; outside his or her role; outside of that role;
    outside of the role; outside the scope; beyond the role; beyond the scope; beyond their role; outside of the scope; has no place; have no place; no part of; not part of; it is unnecessary; is unnecessary; are unnecessary;
    not a task of; not the task of; not a duty of; not the duty of; not a job of; not the job of; not the responsibility of; not a responsibility of;
    not within the scope; to be avoided; be avoided; not to be; is avoided; avoided; never permitted; never allowed; never acceptable; never appropriate; not offered"""
PARTICIPLE_DENIERS = frozenset("prohibited forbidden banned barred discouraged disallowed avoided precluded".split())
"""Deniers of what stands before them ("notes are prohibited") unless "from" follows ("are prohibited from keeping")."""

_DENY_NOT = """for lack of; for want of; for a lack of; despite a lack of; because of a lack of; owing to a lack of;
    nothing in this policy keeps; nothing in this policy stops; nothing in this order keeps; nothing in this order stops; nothing in this directive keeps; nothing in this directive stops; nothing in this procedure keeps; nothing in this procedure stops; no objection to; no rule against; no rule keeps; no rule stops; no prohibition on; no prohibition against;
    but not required; though not required; although not required; but not obligated; but not obliged; though not obliged; but not compelled; not only; or not; not limited to; not just; not merely; not necessarily; whether or not; not even; as it can; as they can; as we can; as you can; as he or she can; as it is able; as they are able; as can be; as the agency can; as the department can; as the bureau can; as the office can; as the district can; as best they can; no later than; no less than; no fewer than; not fewer than;
    not less than; not later than; not more than; no more than; no matter; if not; not withstanding; not simply; not solely;
    not alone; without limitation; without prejudice; without regard to; why not; without delay; without undue delay; without exception;
    not sworn; without fear; nor only; without hesitation; do not hesitate to; not hesitate to; no doubt; without charge; without cost; no cost; at no cost; no charge; without pay; no problem; not yet;
    at any time or for any reason; reason or none; or for none; or for no reason; or no reason; for no reason at all; avoid the appearance; no fear; in the position of having to; in a position of having to; in a position to have to"""

_IF = """if; provided that; provided; as long as; so long as; in case; assuming that; should the; in the event; in the event that;
    on condition that; contingent on; contingent upon; whether; as to whether; depending on; even if"""
_EXCEPT = """unless; except; except that; except when; except where; except for; except in; except as; except to; with the exception of; excepting; excluding;
    other than; save for; barring; aside from; apart from; but for; notwithstanding; unless otherwise; exclusive of; other than in; save when; save where;
    except if; except : if; except : when; except : where; save if; other than if; other than when;
    except with; except after; until; but not if; but not when"""
_ONLY = "only if; only when; only where; only with; only after; only upon"
_RELATIVE = "who; whom; whose; which; that; what; how; why"
_TIME = """when; whenever; once; where; wherever; while; before; after; upon; because; although; though; even
    though; even when; so that; in order to; in order that; prior to; despite; whereas; regardless of; as to where; inasmuch as;
    in as much as; for the reason that; on the ground that"""

CLAUSE_SUBJECTS = frozenset(
    "the a an any all each every no nobody none nothing it they he she this these those its their his her your our my what such you "
    "we i one both either neither members employees peer supporters officers supervisors information team people persons "
    "someone anyone everyone there".split()
)
"""After "that", these begin a clause with a subject of its own ("assures that nobody will ask")."""

OPENING_WORDS = frozenset(
    w.strip() for text in (_IF, _EXCEPT, _ONLY, _RELATIVE, _TIME) for w in text.split(";") if " " not in w.strip()
)
"""Single words that open a clause do so in this form only: "provided", but not "provides"."""

BE_FORMS = frozenset("be is are was were been being am".split())
DO_FORMS = frozenset("do does did".split())
PARTICIPLES = frozenset(
    "made taken kept given written told said held sought chosen led known run spoken broken brought taught drawn borne "
    "found begun come done gone left lost met seen heard sent thought built understood withdrawn put set paid let read "
    "cut shed put shown worn sworn bound barred hidden forbidden forgiven got gotten bought caught fed laid lent withheld upheld undertaken overseen "
    "undergone overridden forgotten spent driven dealt meant".split()
)
COORDINATORS = frozenset(("and", "or", "nor"))
FINITE = frozenset("is are was were does do did has have doesn't don't isn't aren't remains remain".split())
PREPOSITIONS = frozenset(
    "of by for with from to about in on under at upon after before than between among against regarding concerning "
    "including within during through via per into as toward towards over behind beside like around outside inside".split()
)
ANAPHORS = frozenset("it this these those such former latter therein thereof so".split())
"""Words that stand for something said just before."""

POSSESSIVES = frozenset(
    "its their theirs his her hers they them he she him that same either neither each others one ones both there".split()
)
"""Words that do so unless the sentence has named whom they stand for."""

PRONOUNS = frozenset("it they he she this these those each both either".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase of structure does: gives a force, denies, opens a clause, hides what is in it."""

    force: str = ""
    denies: str = ""
    opens: str = ""
    lowers: bool = False


def _entries(text: str) -> list[tuple[str, ...]]:
    return [tuple(t.key for t in tokens(" ".join(p.split()))) for p in text.split(";")]


def _table() -> dict[tuple[str, ...], Cue]:
    cues: list[tuple[Cue, str]] = [
        *((Cue(force=force), text) for force, text in _FORCE.items()),
        (Cue(lowers=True), _LOWERS),
        (Cue(opens="rel"), _RELATIVE),
        (Cue(opens="time"), _TIME),
        (Cue(opens="if"), _IF),
        (Cue(opens="except"), _EXCEPT),
        (Cue(opens="only"), _ONLY),
        (Cue(denies="right"), _DENY_RIGHT),
        (Cue(denies="all"), _DENY_ALL),
        (Cue(denies="clause"), _DENY_CLAUSE),
    ]
    table: dict[tuple[str, ...], Cue] = {}
    for cue, text in cues:
        for entry in _entries(text):
            table[entry] = _merged(table.get(entry, Cue()), cue)
            if cue.force and entry[-1] == "to" and len(entry) > 1:
                table[*entry[:-1], "not", "to"] = Cue(force=cue.force, denies="right")
    table.update({entry: Cue() for entry in _entries(_DENY_NOT)})
    for ban in ("may not", "can not", "cannot"):
        table[_entries(ban)[0]] = Cue(force=MUST, denies="right")
    return table


def _merged(first: Cue, second: Cue) -> Cue:
    """What a phrase does that stands in two lists: "discouraged" denies with the force of should."""
    return Cue(
        force=second.force or first.force,
        denies=second.denies or first.denies,
        opens=second.opens or first.opens,
        lowers=second.lowers or first.lowers,
    )


CUES: dict[tuple[str, ...], Cue] = _table()
"""Keys of a phrase of structure -> what it does. The longest phrase at a place holds."""

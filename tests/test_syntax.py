"""Force and polarity by clause structure (DESIGN.md section 4: negation by structure, exceptions, force of words)."""

from __future__ import annotations

import pytest

from policylint.language.syntax import Syntax
from policylint.language.words import tokens


def at(text: str, word: str) -> tuple[Syntax, int]:
    found = tuple(tokens(text))
    return Syntax(found), next(n for n, t in enumerate(found) if t.lower == word)


DENIED = [
    ("Without the consent of the speaker no supporter may testify.", "testify"),
    ("It is recommended that no records of a talk, whether for a file or for oneself, be kept.", "kept"),
    ("The supporter states that no notes, whether typed or written, are kept.", "kept"),
    ("Peer supporters shall not keep records.", "keep"),
    ("No records of contacts shall be kept.", "kept"),
    ("Peer supporters keep nothing in writing.", "keep"),
    ("A peer supporter is a trained colleague, not a counselor or therapist.", "counselor"),
    ("Entanglements with members are prohibited.", "entanglements"),
    ("Members are prohibited from keeping notes.", "keeping"),
    ("Notes should be avoided.", "notes"),
    ("Members may not disclose information.", "disclose"),
    ("Members cannot disclose information.", "disclose"),
    ("PSPs shall not be asked for information, except where limits apply.", "asked"),
    ("Peer supporters are encouraged to stay out of the disciplinary process.", "disciplinary"),
    ("Leave from the team is not permitted.", "leave"),
    ("Under no circumstances shall a supporter keep notes.", "keep"),
    ("Neither the Chief nor any supervisor shall ask a supporter for information.", "ask"),
    ("Peer supporters will neither volunteer nor release information.", "release"),
    ("Being a buddy excuses nobody from any regular duty.", "excuses"),
    ("Information shall not be disclosed without the written consent of the member.", "disclosed"),
    ("It does not take the place of either one.", "place"),
    ("They are not licensed and do not act as therapists.", "act"),
    ("The member shall refrain from keeping notes.", "keeping"),
    ("No supervisor, investigator or command officer shall ask what was said.", "ask"),
    ("Nobody may keep a log.", "keep"),
    ("Supporters shall not lend money to or do business with a member.", "business"),
    ("Supporters do not borrow from, lend to or have dealings with a member.", "dealings"),
    ("Dealings with persons who are supported by the team shall be avoided.", "dealings"),
    ("Dealings with a member, where they could cloud a talk, should be avoided.", "dealings"),
    ("The chief sees that no record, file or note is kept.", "kept"),
    ("Supporters keep no notes, records, and files.", "files"),
    ("There is no paperwork: contacts are never written down.", "written"),
    ("Supporters are advised against keeping notes.", "keeping"),
    ("Counseling is outside the role.", "counseling"),
    ("Counseling by supporters is improper conduct.", "counseling"),
    ("Supporters make no unauthorized disclosure.", "disclosure"),
    ("Supporters do not act outside the role.", "act"),
    ("Supporters write nothing down about what was said, be it in a notebook, on a phone or in a file.", "file"),
    ("Supporters will not be put in the position of having to answer questions.", "answer"),
    ("The chief expects that no supporter, coordinator or clinician will take part.", "take"),
]
AFFIRMED = [
    ("No one can be made to tell, and that person may testify.", "testify"),
    ("Grounds for removal include an unauthorized disclosure of information.", "removal"),
    ("Improper use of the room is reported to the chief.", "reported"),
    ("A peer supporter is a trained colleague, not a counselor or therapist.", "colleague"),
    ("Members shall not conduct investigations and shall refer people to clinicians.", "refer"),
    ("A peer supporter who believes that a member needs care shall refer the member.", "refer"),
    ("No one is appointed who is not in good standing.", "standing"),
    ("No one is appointed unless in good standing.", "standing"),
    ("Supporters may not lend money and do keep confidences.", "keep"),
    ("Nothing prevents a peer supporter from entering into a relationship.", "entering"),
    ("The program does not replace the EAP but adds to it.", "adds"),
    ("A supporter may be removed for acting outside the role.", "removed"),
    ("The exceptions are these and no others: threats, crimes.", "threats"),
    ("None is held unless the clinician, or another one named by her, conducts it.", "conducts"),
    ("None is held unless the clinician, or a therapist under contract, is present.", "present"),
    ("The team shall not only listen but refer people.", "listen"),
    ("Topics include, but are not limited to, suicide.", "suicide"),
    ("Supporters shall, when appropriate, refer members to a clinician.", "refer"),
    ("Without the member's consent, the supporter shall refer the case.", "refer"),
    ("Dealings with persons who are supported by the team shall be reported.", "dealings"),
    ("Supporters keep dealings, which could cloud a talk, apart.", "dealings"),
    ("Supporters carry no badge, and are trained colleagues.", "trained"),
    ("Being a supporter takes no load off the plate: members remain answerable.", "answerable"),
    ("Supporters know their limits, do nothing outside their training, and ask the clinician for advice.", "ask"),
    ("Nobody has a right to a place: the chief can remove any member.", "remove"),
    ("Nothing about service displaces a duty; when the two conflict, the duty controls.", "controls"),
    ("The coordinator keeps none of it, and completes the course.", "completes"),
    ("Supporters who cannot tell whether a matter is within their training must consult.", "consult"),
    ("A problem that no peer can solve is passed to a clinician.", "passed"),
    ("After a talk the supporter, without waiting to be asked, tells the captain what was said.", "said"),
]


@pytest.mark.parametrize(
    ("text", "word"), [*DENIED, ("Supporters carry no badge, and do not act as counselors.", "act")]
)
def test_denied(text: str, word: str) -> None:
    syntax, place = at(text, word)
    assert syntax.denied(place, place + 1)


@pytest.mark.parametrize(("text", "word"), AFFIRMED)
def test_affirmed(text: str, word: str) -> None:
    syntax, place = at(text, word)
    assert not syntax.denied(place, place + 1)


@pytest.mark.parametrize(
    ("text", "word", "force"),
    [
        ("Members shall refer people.", "refer", "must"),
        ("Members are required to refer people.", "refer", "must"),
        ("The program is overseen by a coordinator.", "overseen", "must"),
        ("Members should refer people.", "refer", "should"),
        ("Members are strongly encouraged to refer people.", "refer", "should"),
        ("It is preferred that members refer people.", "refer", "should"),
        ("Members may refer people.", "refer", "may"),
        ("Members may not refer people.", "refer", "must"),
        ("Ideally, this consultation would be available at all hours.", "available", "may"),
        ("The Chief may convene a board to help plan the program.", "plan", "may"),
        ("If a member may be biased, the coordinator shall choose another.", "choose", "must"),
        ("Members shall refer people and may attend debriefings.", "attend", "may"),
        ("Members shall refer people and may attend debriefings.", "refer", "must"),
        ("Supporters should be chosen from volunteers who are in good standing.", "standing", "should"),
        ("A member who may be biased shall step aside.", "step", "must"),
        ("Referral of a case that needs more help is at the discretion of the member.", "referral", "may"),
        ("Referral of a case that needs more help is a duty of the member.", "referral", "must"),
        ("Choosing the courses that members are to take should be the task of the board.", "choosing", "should"),
        ("Choosing the courses that members should take is the task of the board.", "choosing", "must"),
        ("A member whose need is more than a peer can meet is passed to a clinician.", "passed", "must"),
        ("A member whose need is more than a peer can meet may be passed to a clinician.", "passed", "may"),
        ("Decline a contact with a coworker to whom you may be too close.", "close", "may"),
        (
            "A supporter shall decline a contact with a coworker to whom the supporter may be too close.",
            "decline",
            "must",
        ),
        ("Problems that go beyond what a peer can handle are referred.", "referred", "must"),
        ("What a peer may not offer is referred.", "referred", "must"),
        ("Supporters are advised against keeping notes.", "keeping", "should"),
        ("Members should, in accordance with this policy, be free to choose.", "choose", "should"),
        ("Members should, if asked, be free to choose.", "choose", "should"),
        ("Members, whether on or off duty, should avoid praising politics, creeds or gods.", "praising", "should"),
        ("No one who is not an employee may serve.", "serve", "must"),
        ("Under no circumstances may a member lend money.", "lend", "must"),
        ("At no time may a member lend money.", "lend", "must"),
        ("Candidates shall be recommended in writing by a supervisor.", "recommended", "must"),
        ("It is recommended that members refer people.", "refer", "should"),
        ("The agency trains as many employees as staffing and funds permit.", "trains", "must"),
        ("The agency trains employees as funds permit.", "trains", "may"),
        ("The help you can get elsewhere is still there.", "there", "must"),
        ("The help you can get elsewhere is still there.", "get", "may"),
        ("At any hour you can reach a supporter who is on duty.", "reach", "may"),
        ("Members may call the line, and the coordinator is told of it.", "told", "must"),
        ("All employees, sworn and civilian, and their families may call.", "employees", "may"),
        ("Every member of the office, sworn or not, and every retiree may call.", "member", "may"),
        ("Deputies, civilian staff, and their families may call.", "deputies", "may"),
        ("All members volunteer, and their families may call.", "volunteer", "must"),
        ("The members listen, and their families may call.", "listen", "must"),
        ("It is advised that members keep contacts to themselves.", "keep", "should"),
        ("Each employee is advised that contacts are private.", "private", "must"),
        ("The coordinator holds the post by appointment and can be relieved of it.", "holds", "must"),
        ("The coordinator holds the post by appointment and can be relieved of it.", "relieved", "may"),
    ],
)
def test_force(text: str, word: str, force: str) -> None:
    syntax, place = at(text, word)
    assert syntax.force(place) == force


@pytest.mark.parametrize(
    ("text", "word", "passive"),
    [
        ("Records shall not be kept by members.", "kept", True),
        ("Members have kept records.", "kept", False),
        ("Members are carefully selected.", "selected", True),
        ("Members refer people.", "refer", False),
    ],
)
def test_passive(text: str, word: str, passive: bool) -> None:
    syntax, place = at(text, word)
    assert syntax.passive(place) is passive


def test_what_is_excepted_from_a_ban_is_not_denied() -> None:
    lead = tuple(tokens("Information shall not be disclosed except:"))
    item = tuple(tokens("a threat of suicide"))
    syntax = Syntax((*lead, *item), (len(lead),))
    assert syntax.denied(4, 5)
    assert not syntax.denied(len(lead) + 1, len(lead) + 2)


def test_a_list_item_takes_over_force_and_denial_from_its_lead_in() -> None:
    lead = list(tokens("Team members should not:"))
    for item in ("keep notes", "lend to a coworker or have dealings", "borrow from a coworker or do business"):
        syntax = Syntax((*lead, *tokens(item)), joints=[len(lead)])
        last = len(syntax.tokens) - 1
        assert syntax.denied(len(lead), len(lead) + 1)
        assert syntax.denied(last, last + 1)
        assert syntax.force(last) == "should"


@pytest.mark.parametrize(
    ("text", "word", "force"),
    [
        ("Members shall report a child who may have been abused.", "abused", "must"),
        ("The report names a colleague who might be struggling.", "struggling", "must"),
        ("On May 4 the roster is published.", "published", "must"),
        ("Members may be excused from duty.", "excused", "may"),
        ("A supervisor may have access to the roster.", "access", "may"),
    ],
)
def test_what_may_be_the_case_is_no_permission(text: str, word: str, force: str) -> None:
    syntax, place = at(text, word)
    assert syntax.force(place) == force


@pytest.mark.parametrize(
    ("frame", "own"),
    [
        ("The Sheriff directs that", True),
        ("This policy provides that", True),
        ("It is the policy of the district that", True),
        ("Members are reminded that", True),
        ("It is understood that", True),
        ("The supporter states that", False),
        ("The supporter reminds members that", False),
        ("The supporter learns to recognize that", False),
        ("The Sheriff does not hold that", False),
        ("The coordinator shall ensure that", False),
    ],
)
def test_words_that_only_say_what_is_the_rule_are_no_part_of_it(frame: str, own: bool) -> None:
    syntax, place = at(f"{frame} no supporter keeps a record.", "record")
    assert (syntax.segment(place).kind == "main") is own
    assert syntax.related(0, place) is not own
    assert syntax.denied(place, place + 1) is ("not" not in frame)


@pytest.mark.parametrize(
    ("text", "inverted"),
    [
        ("At no time shall a supporter tell.", True),
        ("Under no circumstances may a supporter tell.", True),
        ("In no event are supporters to tell.", True),
        ("Nobody shall tell.", False),
        ("No supporter shall tell.", False),
        ("A supporter shall at no time tell.", False),
    ],
)
def test_a_subject_behind_its_modal(text: str, inverted: bool) -> None:
    syntax, place = at(text, "tell")
    assert syntax.segment(place).inverted is inverted


def test_what_follows_from_a_clause_is_one_of_its_own() -> None:
    syntax, place = at("The work is not easy, so supporters shall ask for help.", "ask")
    assert not syntax.denied(place, place + 1)
    syntax, place = at("Supporters keep silent so that members may speak.", "speak")
    assert syntax.segment(place).kind == "time"


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("The steps by which members are removed shall be written.", "removed", "rel"),
        ("The steps by which members are removed shall be written.", "written", "main"),
        ("Matters about which members speak are confidential.", "confidential", "main"),
        (
            "No supporter is asked by a chief, a captain, or an investigator about a person whom they have seen.",
            "seen",
            "rel",
        ),
        (
            "Those to whom help is given may call a captain, or a person whom they trust may call for them.",
            "call",
            "main",
        ),
    ],
)
def test_a_verb_of_a_clause_about_a_noun_is_not_that_of_the_sentence(text: str, word: str, kind: str) -> None:
    syntax, place = at(text, word)
    assert syntax.segment(place).kind == kind


@pytest.mark.parametrize(
    ("second", "apart"),
    [
        ("the psychologist takes calls", True),
        ("peer supporters share what they know", True),
        ("sergeants are told", True),
        ("a supporter need not answer", True),
        ("under state law, a supporter may testify", True),
        ("telling a supervisor is prohibited", True),
        ("where possible, an employee may choose", True),
        ("the services the team offers", False),
        ("the members of the team", False),
        ("confidentiality is kept", False),
        ("their families", False),
    ],
)
def test_a_second_clause_with_a_subject_of_its_own(second: str, apart: bool) -> None:
    syntax, place = at(f"Nobody shall see the roster, and {second}.", second.rsplit(maxsplit=1)[-1])
    assert (syntax.segment(place).root is not syntax.segment(0).root) is apart


@pytest.mark.parametrize(
    ("text", "word", "force"),
    [
        ("Supporters avoid such ties, as these may cloud their judgment.", "avoid", "must"),
        ("Supporters shall tell the chief, since it could harm the member.", "tell", "must"),
        ("Tell a supervisor so the time can be recorded.", "tell", "must"),
        ("The roles may be at odds, and the supporter weighs this.", "weighs", "must"),
        ("Supporters know what they can and cannot do, and ask for counsel.", "ask", "must"),
        ("Service on the team is contingent upon completing the course.", "completing", "must"),
        ("The chief may do so whenever the budget allows it.", "do", "may"),
        ("Supporters refer whatever is more than they can handle.", "refer", "must"),
        ("Pass on to a psychologist anything that is bigger than what you can handle.", "pass", "must"),
        ("Stay alert to the way a talk could color a decision.", "stay", "must"),
        ("Supporters know how their rank may affect a talk.", "know", "must"),
    ],
)
def test_what_may_be_in_another_clause_weakens_none(text: str, word: str, force: str) -> None:
    syntax, place = at(text, word)
    assert syntax.force(place) == force
    assert not syntax.denied(place, place + 1)
    assert not syntax.only_named(place)


def test_what_is_decided_is_no_condition() -> None:
    syntax, place = at("Whether to bow out is talked over with the clinician.", "talked")
    assert not syntax.only_named(place)


def test_what_explains_a_denial_is_not_denied() -> None:
    syntax, place = at("Supporters are not left alone: a therapist answers their questions.", "answers")
    assert not syntax.denied(place, place + 1)

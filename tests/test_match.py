"""Who does what to whom, with what force, and with what exceptions: patterns against sentences, end to end.

Where the hard cases of DESIGN.md section 4 are tested:

- wrapped lines, blank lines, hyphenation, bullets on their own line, running headers, form feeds: test_outline,
  test_outline_properties; encodings, line ends, odd glyphs and quotes: test_readers, test_bad_input, test_words
- numbering in every style, titles in capitals or glued to the line before: test_outline (labels, levels, run-ins)
- inline and bulleted lists, force and subject carried into items: test_statements, test_syntax, test_outline
- negation by structure, double negation, "not limited to", "not only": here, and test_syntax
- roles, passive, fronted and cleft sentences: here
- exclusivity: here
- exceptions, conditions, "banned unless": here
- defined terms and acronyms, PSP as person or program: test_terms
- whose duty, sections about other programs: test_statements; whole policies of others: test_bad_input
- reprinted statutes, disclaimers, purposes: test_statements
- tracked changes: they come with the formats that have them, which policylint does not read yet
"""

from __future__ import annotations

import pytest
from small_rules import Rules

NOTES = Rules(
    says=("{peer supporter} must not {keep} {note}",),
    opposes=("{peer supporter} must {keep} {note}", "{note} must be {keep}"),
    opposes_unless=("{consent|without names}",),
)
ASK = Rules(says=("{supervisor} must not {ask} {peer supporter}",))
DEBRIEF = Rules(says=("{clinician} must conduct debriefing",), opposes=("{peer supporter} must conduct debriefing",))
SECRET = Rules(
    says=("{contact|conversation} must be {confidential}",),
    opposes=("{contact|conversation} must not be {confidential}",),
)

# -- roles --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Supervisors shall not ask peer supporters what was said.", "met"),
        ("A supervisor may not question a peer supporter about a contact.", "met"),
        ("Peer supporters shall not be asked by supervisors what was said.", "met"),
        ("Peer supporters shall not be asked what was said.", "met"),
        ("At no time shall a supervisor ask a peer supporter what was said.", "met"),
        ("Neither sergeants nor lieutenants shall ask a peer supporter what was said.", "met"),
        ("No supervisor shall ask a peer supporter what was said.", "met"),
        ("Supervisors should not ask peer supporters what was said.", "weak"),
        ("Peer supporters shall not ask supervisors for time off.", "missing"),
        ("Supervisors shall not be asked by peer supporters for time off.", "missing"),
        ("The chief shall not ask peer supporters to carry a pager.", "missing"),
        ("Supervisors shall ask peer supporters what was said.", "missing"),
    ],
)
def test_who_asks_whom(text: str, wanted: str) -> None:
    assert ASK.status(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("A licensed psychologist conducts the debriefing.", "met"),
        ("The debriefing shall be conducted by a licensed psychologist.", "met"),
        ("It is the psychologist who conducts the debriefing.", "met"),
        ("Only a psychologist may conduct the debriefing.", "met"),
        ("After a shooting, a psychologist shall conduct the debriefing.", "met"),
        ("The debriefing is conducted by a psychologist, not by a peer supporter.", "met"),
        ("A psychologist may conduct the debriefing.", "weak"),
        ("The psychologist shall be told of every debriefing that the chaplain conducts.", "missing"),
        ("The debriefing shall be conducted by a peer supporter.", "conflict"),
        ("It is the peer supporter who conducts the debriefing.", "conflict"),
    ],
)
def test_active_passive_and_cleft(text: str, wanted: str) -> None:
    assert DEBRIEF.status(text) == wanted


def test_a_passive_without_its_agent_names_only_who_is_implied() -> None:
    text = "The debriefing shall be conducted within two days."
    assert Rules(says=("{clinician} must conduct debriefing",)).status(text) == "missing"
    assert Rules(says=("{peer supporter} must conduct debriefing",)).status(text) == "met"


def test_a_pronoun_takes_over_the_subject_before() -> None:
    assert NOTES.status("Peer supporters meet each month. They shall not keep notes.") == "met"
    assert NOTES.status("Chaplains meet each month. Chaplains shall not keep notes.") == "missing"
    assert NOTES.status("The lieutenant meets them each month. The lieutenant shall not keep notes.") == "missing"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Notes are a private matter. Peer supporters keep them at home.", "conflict"),
        ("Notes of the committee are public. Peer supporters keep quiet about each of them.", "missing"),
        ("Notes of the committee are public. Peer supporters keep the radio on, and listen to it.", "missing"),
        ("Notes of the committee are public. Peer supporters keep the radio on.", "missing"),
    ],
)
def test_a_contradiction_takes_the_thing_that_a_pronoun_behind_its_verb_stands_for(text: str, wanted: str) -> None:
    assert NOTES.status(text) == wanted


def test_what_excuses_a_contradiction_may_stand_in_the_sentence_it_takes_its_topic_from() -> None:
    assert NOTES.status("Notes are a private matter. Peer supporters keep them with the member's consent.") == "missing"
    assert NOTES.status("Notes without names are a private matter. Peer supporters keep them at home.") == "missing"


def test_a_pronoun_stays_the_subject_of_a_second_verb() -> None:
    train = Rules(says=("{supervisor} must {train} {peer supporter}",))
    assert train.status("The sergeant leads the team. She meets the chaplain and trains peer supporters.") == "met"
    assert train.status("The chaplain leads the team. She meets the sergeant and trains peer supporters.") == "missing"


def test_two_clauses_side_by_side_do_not_combine() -> None:
    keeps = Rules(says=("{peer supporter} must {keep} {note}",))
    assert (
        keeps.status("Peer supporters shall not smoke, and the coordinator shall keep a note of each meeting.")
        == "missing"
    )
    assert DEBRIEF.status("The psychologist is on call, and the lieutenant shall conduct the debriefing.") == "missing"


# -- polarity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Peer supporters shall not keep notes.",
        "Peer supporters shall never keep notes.",
        "No peer supporter shall keep notes.",
        "Peer supporters keep no notes.",
        "No notes shall be kept by peer supporters.",
        "Peer supporters are prohibited from keeping notes.",
        "Peer supporters shall refrain from keeping notes.",
        "Peer supporters may not keep notes.",
        "Peer supporters shall neither keep notes nor pass them on.",
        "Under no circumstances shall a peer supporter keep notes.",
        "Peer supporters shall listen without keeping notes.",
    ],
)
def test_a_ban_in_any_structure(text: str) -> None:
    assert NOTES.status(text) == "met"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peer supporters shall keep notes.", "conflict"),
        ("Notes shall be kept by peer supporters.", "conflict"),
        ("Peer supporters shall not only keep notes but file them.", "conflict"),
        ("Peer supporters shall never fail to keep notes.", "conflict"),
        ("The notes that peer supporters keep include, but are not limited to, names.", "conflict"),
        ("Peer supporters should avoid keeping notes.", "weak"),
        ("Where possible, peer supporters keep no notes.", "weak"),
        ("Notes are a subject of the training.", "missing"),
        ("Notes", "missing"),
    ],
)
def test_asserted_weakened_or_only_mentioned(text: str, wanted: str) -> None:
    assert NOTES.status(text) == wanted


# -- exceptions and conditions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Contacts are confidential except where life is in danger.", "met"),
        ("Unless life is in danger, contacts are confidential.", "met"),
        ("Contacts are confidential, barring a threat to life.", "met"),
        ("Subject to the law, contacts are confidential.", "met"),
        ("Contacts are not confidential.", "conflict"),
        ("Contacts are not confidential unless the chief agrees.", "conflict"),
        ("If contacts are confidential, the form has a red stripe.", "missing"),
    ],
)
def test_an_exception_is_no_contradiction(text: str, wanted: str) -> None:
    assert SECRET.status(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Peer supporters shall keep notes if the sergeant asks for them.", "conflict"),
        ("Peer supporters keep notes only with the consent of the employee.", "missing"),
        ("Peer supporters keep a log of contacts without names.", "missing"),
        ("Peer supporters shall not keep notes unless the employee gives consent.", "met"),
    ],
)
def test_conditions_and_exceptions_of_a_ban(text: str, wanted: str) -> None:
    assert NOTES.status(text) == wanted


def test_banned_unless_is_no_ban_of_what_follows() -> None:
    rules = Rules(says=("{peer supporter} must {train}",))
    assert rules.status("Nobody serves as a peer supporter unless trained by the agency.") == "met"
    assert rules.status("Peer supporters serve unless trained elsewhere.") == "missing"


def test_exclusivity_forbids_all_the_rest() -> None:
    assert (
        Rules(says=("{supervisor} must not {ask}",)).status("Supervisors may ask for nothing but the total.") == "met"
    )
    assert DEBRIEF.status("Nobody but a psychologist may conduct the debriefing.") == "met"
    assert DEBRIEF.status("No one other than a psychologist conducts the debriefing.") == "met"
    only = Rules(says=("{supervisor} may {ask} {only|solely|limited to} total",))
    assert only.status("Supervisors may ask only for the total.") == "met"
    assert only.status("Supervisors may ask for the total.") == "missing"


# -- force --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("force", "text", "wanted"),
    [
        ("must", "Peer supporters shall refer people.", "met"),
        ("must", "Peer supporters will refer people.", "met"),
        ("must", "Peer supporters refer people.", "met"),
        ("must", "Peer supporters are required to refer people.", "met"),
        ("must", "Peer supporters are encouraged to refer people.", "weak"),
        ("must", "Peer supporters may refer people.", "weak"),
        ("must", "Peer supporters may, at their discretion, refer people.", "weak"),
        ("should", "Peer supporters should refer people.", "met"),
        ("should", "Peer supporters can refer people.", "weak"),
        ("may", "Peer supporters can refer people.", "met"),
        ("must", "Peer supporters shall not refer people.", "missing"),
    ],
)
def test_force_is_compared_with_what_is_asked(force: str, text: str, wanted: str) -> None:
    assert Rules(says=("{peer supporter} must {refer}",), force=force).status(text) == wanted


# -- lists and compounds ------------------------------------------------------------------------------------------

TOPICS = Rules(
    says=("{train} must {cover|include}",), elements={"grief": ("grief",), "suicide": ("suicide",), "law": ("law",)}
)


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Training covers grief, suicide and law.", {"grief", "suicide", "law"}),
        ("Training covers:\n- grief\n- suicide; and\n- law.", {"grief", "suicide", "law"}),
        ("Training shall include:\na. grief\nb. the signs of suicide", {"grief", "suicide"}),
        ("Training includes, but is not limited to: (a) law; (b) grief.", {"law", "grief"}),
        ("Training covers many topics.", set()),
    ],
)
def test_elements_of_a_list(text: str, covered: set[str]) -> None:
    verdict = TOPICS.verdict(text)
    assert set(verdict.elements_covered or ()) == covered
    assert verdict.status == ("met" if len(covered) == 3 else "partial")


def test_elements_stated_elsewhere_do_not_count() -> None:
    text = "# Training\n\nTraining covers grief.\n\n# Calls\n\nA call about suicide goes to the sergeant.\n"
    assert TOPICS.verdict(text, "x.md").elements_covered == ("grief",)
    assert TOPICS.status("A call about suicide goes to the sergeant.") == "missing"


def test_a_table_right_behind_a_sentence_belongs_to_it() -> None:
    table = "| Topic | Hours |\n| --- | --- |\n| Grief | 2 |\n| Law | 1 |\n"
    said = f"Training covers many topics.\n\n{table}"
    assert set(TOPICS.verdict(said, "x.md").elements_covered or ()) == {"grief", "law"}
    assert TOPICS.verdict(said.replace("topics.", "topics.\n\nCalls are counted."), "x.md").elements_covered == ()


def test_a_compound_needs_all_its_parts() -> None:
    rules = Rules(
        parts={
            "colleague": ("{peer supporter} must be colleague",),
            "no clinician": ("{peer supporter} must not be {clinician}",),
        }
    )
    assert rules.status("A peer supporter is a colleague. Peer supporters are not therapists.") == "met"
    assert rules.status("A peer supporter is a colleague, not a therapist.") == "met"
    assert rules.status("A peer supporter is a colleague.") == "partial"
    assert rules.status("A peer supporter may be a colleague, and is not a therapist.") == "weak"
    assert rules.status("Therapists are welcome.") == "missing"


def test_a_met_and_contradicted_requirement_is_a_conflict_with_the_contradiction_shown() -> None:
    verdict = NOTES.verdict(
        "Peer supporters shall not keep notes.\n\nPeer supporters shall keep a record of each call."
    )
    assert verdict.status == "conflict"
    assert [e.quote for e in verdict.evidence] == ["Peer supporters shall keep a record of each call."]

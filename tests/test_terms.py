"""The document's own terms: they join a concept of the lexicon for that document only."""

from __future__ import annotations

import pytest
from small_rules import actors, analysis, names

import policylint
from policylint.language.agency_names import agency_names, own_nouns
from policylint.language.program_names import program_name
from policylint.language.words import phrase_key, tokens

SUPPORTER = "peer supporter"


@pytest.mark.parametrize(
    ("text", "term", "concept"),
    [
        ("A Peer Wellness Ally (PWA) listens. PWAs keep no notes.", "pwa", SUPPORTER),
        ("Peer Support Persons (“PSPs”) listen.", "psp", SUPPORTER),
        ("Peer Support Volunteer (hereafter PSV) means a member of the corps.", "psv", SUPPORTER),
        ("Each licensed psychologist (LP) is on call.", "lp", "clinician"),
        ("Harbor Guide: an employee trained to give support to coworkers.", "harbor guide", SUPPORTER),
        ("“Harbor Guide” means an employee selected to listen to coworkers.", "harbor guide", SUPPORTER),
        ("A Harbor Guide is an employee who was trained in peer support.", "harbor guide", SUPPORTER),
        ("Ally – an officer appointed to give peer support.", "ally", SUPPORTER),
        ("The agency has trained personnel, who are called associates.", "associate", SUPPORTER),
        ("Program Clinician: the licensed psychologist under contract to the city.", "program clinician", "clinician"),
        ("Care Partner (CP): an employee who has finished the academy.", "cp", SUPPORTER),
        ("“Assisting Member” means an employee appointed under article 4.", "assisting member", SUPPORTER),
        ("The Rail Crew (we say “the Crew”): coworkers who listen.", "crew", "program"),
        ("Cadre Member: an officer trained to give support to fellow employees.", "cadre member", SUPPORTER),
        ("Team Lead: the lieutenant who manages the program.", "team lead", "coordinator"),
        ("The Program Manager runs the program. The Manager keeps the list.", "manager", "coordinator"),
        (
            "A licensed psychologist is retained as the team's consultant. The consultant listens.",
            "consultant",
            "clinician",
        ),
    ],
)
def test_a_term_is_learnt(text: str, term: str, concept: str) -> None:
    found = analysis(text).terms
    assert found.get(" ".join(phrase_key(term))) == concept, found


@pytest.mark.parametrize(
    "text",
    [
        "Purpose: the agency runs a peer support program.",
        "Training: employees trained in peer support attend each year.",
        "Immediately refer the employee to a licensed psychologist.",
        "Peer supporters are trained employees.",
        "The course shall include: how an employee who was trained gives support.",
        "Support Staff: employees selected for the records counter.",
        "The order tells how the crew is staffed, called upon and protected by the agency and its program.",
        "What a peer supporter gives is the support of a trained coworker.",
        "Supervisors (see section 4) are told.",
        "The report is sent to the sheriff (by noon).",
        "Debriefing: a discussion after an incident, led by a licensed psychologist.",
        "A licensed psychologist helps. The consultant keeps the budget.",
        "The Program Manager runs the program. The City Manager pays for it, and the Manager listens.",
    ],
)
def test_what_defines_nothing(text: str) -> None:
    # "supporter" alone is the short form of "peer supporter", whatever the sentence says of it.
    assert set(analysis(text).terms) <= {"supporter"}


def test_a_learnt_term_names_its_concept_everywhere_in_the_document() -> None:
    text = "PWAs shall not keep notes.\n\nA Peer Wellness Ally (PWA) is a volunteer.\n\nAny PWA may be chosen."
    assert names(text, "PWAs") == {SUPPORTER}
    assert names(text, "Any PWA") == {SUPPORTER}


def test_a_term_stays_in_its_document() -> None:
    assert names("A Peer Wellness Ally (PWA) listens.\n\nThe PWA is paged.", "The PWA") == {SUPPORTER}
    assert names("The PWA is paged.", "The PWA") == set()


def test_the_short_form_of_a_long_name() -> None:
    text = "A peer support specialist is on call.\n\nThe specialist shall not keep notes."
    assert names(text, "The specialist") == {SUPPORTER}


def test_an_acronym_is_a_person_or_the_program_as_the_document_says() -> None:
    person = "A Peer Support Person (PSP) volunteers.\n\nThe PSP listens."
    program = "The Peer Support Program (PSP) is voluntary.\n\nThe PSP meets."
    assert names(person, "The PSP listens") == {SUPPORTER}
    assert names(program, "The PSP meets") == {"program"}


def test_hereafter_names_the_team() -> None:
    text = "The peer support team, hereafter the Circle, meets each month.\n\nThe Circle is led by a sergeant."
    assert names(text, "The Circle") == {"program", "supervisor"}


def test_a_list_of_definitions() -> None:
    text = """# Definitions

**Harbor Guide:** An employee trained to give support to coworkers.

**Harbor Doctor:** The licensed psychologist under contract to the city.

**Shift:** The hours between two musters.

# Duties

The Harbor Guide listens.

The Harbor Doctor is on call.

The shift ends at noon.
"""
    found = analysis(text, "x.md")
    named = {s.text: actors(s) for s in found.statements}
    assert named["The Harbor Guide listens."] == {SUPPORTER}
    assert named["The Harbor Doctor is on call."] == {"clinician"}
    assert named["The shift ends at noon."] == set()


def test_a_negation_classifies_nobody() -> None:
    assert (
        " ".join(phrase_key("wellness coach"))
        not in analysis("Wellness Coach: a gym employee, not a licensed psychologist.").terms
    )


def test_a_longer_name_is_not_the_shorter_one() -> None:
    assert names("A peer support specialist and a licensed therapist meet.", "A peer") == {SUPPORTER, "clinician"}
    assert names("Team members tell a supervisor.", "Team members") == {SUPPORTER, "supervisor"}


def test_a_title_s_last_word_in_brackets_is_a_supporter_and_who_leads_them_the_coordinator() -> None:
    text = """# Comfort Responders

The office keeps a group of trained employees known as Crew Comfort Responders ("Responders").

Lead Responder: the employee named by the chief to run the team.
"""
    found = analysis(text, "x.md").terms
    assert found["crew comfort responder"] == SUPPORTER
    assert found["responder"] == SUPPORTER
    assert found["lead responder"] == "coordinator"


def test_a_short_form_in_brackets_needs_the_supporters_title_before_it() -> None:
    assert "deputy" not in analysis('The office keeps a group of sworn employees ("Deputies").').terms


def test_the_administrator_of_a_program_with_a_name_of_its_own_is_its_coordinator() -> None:
    text = """This order governs the peer support team (hereinafter "HPAN").

"HPAN Administrator" means the person to whom the team has been entrusted.
"""
    assert analysis(text).terms["hpan administrator"] == "coordinator"


def test_a_table_of_definitions() -> None:
    text = """# Terms

| Term | Meaning |
| --- | --- |
| Harbor Guide | An employee trained to give support to coworkers |
| Shift | The hours between two musters |
"""
    assert set(analysis(text, "x.md").terms.values()) == {SUPPORTER}


CALLED = (
    "You can call any wren you like. What you tell a wren stays with the wren. A wren listens, and refers you to a "
    "clinician. Wrens are not therapists. Before anyone becomes a wren there is a class of three days. "
    "A wren who hears of a suicide plan speaks up."
)


def test_a_title_is_learnt_from_what_is_said_of_its_bearers() -> None:
    assert analysis(CALLED).terms.get("wren") == SUPPORTER


@pytest.mark.parametrize(
    "text",
    [
        # each lacks what makes one who gives support to colleagues
        CALLED.replace("wren", "chaplain").replace("Wren", "Chaplain"),
        CALLED.replace("What you tell a wren stays with the wren", "A wren wears a green pin"),
        CALLED.replace("you", "a victim").replace("You", "A victim").replace("anyone", "a victim"),
        "A wren nests in the shed. Tell a wren from a finch by its tail. Call a wren a wren. No wren is a therapist.",
    ],
    ids=["known otherwise", "no secrecy", "serves the public", "a bird"],
)
def test_a_title_is_not_learnt_of_others(text: str) -> None:
    assert SUPPORTER not in analysis(text).terms.values()


@pytest.mark.parametrize(
    ("heading", "text", "name"),
    [
        ("What is Open Porch?", "Open Porch is run by the district. Nobody pays for Open Porch.", ("open", "porch")),
        ("Policy 7: Keystone", "Keystone is ours. You call Keystone. Keystone helps. We have Keystone.", ("keyston",)),
        ("Policy 7: Keystone", "The keystone is ours. Call Keystone. Keystone helps. A keystone.", None),
        ("What is Open Porch?", "The open porch is painted each year.", None),
    ],
)
def test_a_program_is_known_by_a_name_in_a_heading(heading: str, text: str, name: tuple[str, ...] | None) -> None:
    assert program_name([heading], text, lambda _: False) == name


def _statuses(text: str) -> dict[str, str]:
    report = policylint.check_text(text, packs=["iacp"])
    return {v.requirement: v.status for v in report.documents[0].verdicts}


@pytest.mark.parametrize(
    "sentence",
    [
        "There are as many {} as the size of the agency calls for.",
        "Only trained {} give support.",
        "The coordinator of the {} is appointed by the chief.",
        "{} meet every quarter for training.",
        "Nobody talks of it outside a meeting of the {} and their clinician.",
    ],
)
def test_a_term_of_its_own_says_what_the_usual_one_says_inside_longer_phrases(sentence: str) -> None:
    own = "“Companion” means an employee selected and trained to give support to coworkers.\n\n"
    usual = own.replace("Companion", "Peer supporter")
    assert _statuses(own + sentence.format("Companions")) == _statuses(usual + sentence.format("peer supporters"))


OWN_TEAM = "The Peer Advisory Cadre (the “Cadre”) is the group of employees trained to give peer support.\n\n"
OWN_AGENCY = "Harlan Springs Police Department (HSPD)\n\n"


@pytest.mark.parametrize(
    ("opening", "sentence", "usual", "own"),
    [
        (OWN_TEAM, "An employee may be brought to the notice of {} by a coworker.", "the team", "the Cadre"),
        (OWN_TEAM, "A deputy may not be sent to {} in lieu of discipline.", "the team", "the Cadre"),
        (OWN_TEAM, "Each employee receives a current list of {}.", "the team", "the Cadre"),
        (OWN_AGENCY, "The training is adapted to the work of {}.", "the department", "HSPD"),
        (OWN_AGENCY, "No one is selected for the team short of two years with {}.", "the department", "HSPD"),
        (
            "",
            "No one is selected for the team short of two years with {}.",
            "the department",
            "the Tarn County Sheriff's Office",
        ),
        ("", "What is said to the {} psychologist is privileged.", "department", "Tarn County Sheriff's Office"),
    ],
)
def test_the_names_of_team_and_agency_say_what_the_usual_words_say(
    opening: str, sentence: str, usual: str, own: str
) -> None:
    assert _statuses(opening + sentence.format(own)) == _statuses(opening + sentence.format(usual))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("All Harlan Springs Police Department employees.", ["Harlan Springs Police Department"]),
        ("The Tarn County Sheriff's Office (TCSO) has it. TCSO deputies.", ["Tarn County Sheriff's Office", "TCSO"]),
        ("the Oregon Department of Corrections", ["Oregon Department of Corrections"]),
        ("North Bay Fire Protection District and NBFPD", ["North Bay Fire Protection District", "NBFPD"]),
        ("Mill River Regional 911 Center", ["Mill River Regional 911 Center"]),
        ("The Police Department and the Fire District.", []),
        ("The Department of Health", []),
    ],
)
def test_the_names_of_an_agency(text: str, names: list[str]) -> None:
    assert agency_names(text) == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Center trains its members. Center policies say how.", ["Center", "Center"]),
        ("Members of the Patrol serve the Patrol", ["Patrol", "Patrol"]),
        ("The District Commander serves the District.", ["District"]),
        ("The Department has a Training Bureau; the Bureau keeps records.", []),
        ("The Office of Wellness runs it.", []),
        ("They meet in a counseling center.", []),
        ("The Authority asks the Bureau; the Authority pays.", ["Authority", "Authority"]),
    ],
)
def test_where_an_agency_is_called_by_its_own_noun(text: str, found: list[str]) -> None:
    words = list(tokens(text))
    assert [text[words[at].start : words[at].end] for at in own_nouns(text, words)] == found


def test_what_is_said_of_the_department_is_said_of_the_agency_by_its_own_noun() -> None:
    said = "Training of peer supporters covers {} policies. The {} pays for it."
    verdicts = [
        policylint.check_text(said.format(noun, noun), packs=["washington-model"]).documents[0].verdicts
        for noun in ("Department", "Center")
    ]
    first, second = ({v.requirement: v.status for v in found} for found in verdicts)
    assert first == second
    assert first["WA-TOP-2"] == "partial"


def test_a_term_inside_a_longer_group_is_not_taken_out_of_it() -> None:
    own = "Peer support team members (hereafter “members”) listen.\n\n"
    said = "Department members shall not keep notes of contacts with members."
    assert _statuses(own + said) == _statuses(own + said.replace("Department members", "Employees"))


GIVING = "You can talk to any member. Members listen and keep what they hear to themselves. "
NAMED = "Team members are coworkers. Each team member is a volunteer. "


@pytest.mark.parametrize(
    ("text", "gives"),
    [
        (NAMED + GIVING, True),
        (NAMED + GIVING + "A board member is told. Any family member may call.", True),
        (NAMED + GIVING + "A member in crisis is never sent away.", False),
        (NAMED + GIVING + "They help members, and members who are in need call them.", False),
        (NAMED + GIVING + "Every department member may call.", False),
        (NAMED + "The list of members hangs in each station.", False),
        (GIVING, False),
    ],
)
def test_bare_members_are_those_of_whom_it_is_said_that_they_give_support(text: str, gives: bool) -> None:
    assert (analysis(text).terms.get("member") == SUPPORTER) is gives

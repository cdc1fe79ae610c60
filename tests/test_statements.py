"""From a document to statements: what a sentence or an item inherits, and which voices count."""

from __future__ import annotations

import pytest
from small_rules import Rules, analysis, statement

from policylint.language.words import key

NOTES = Rules(says=("{peer supporter} must not {keep} {note}",), opposes=("{peer supporter} must {keep} {note}",))
REFER = Rules(says=("{peer supporter} must {refer}",))
FILLER = "\n\n# Uniforms\n\n" + "Boots are polished before each muster, and hats are worn outside the building. " * 14


# -- lists --------------------------------------------------------------------------------------------------------


def test_an_item_is_judged_with_its_lead_in() -> None:
    text = "Peer supporters shall not:\n- keep notes\n- tell a sergeant"
    item = statement(text, "keep notes")
    assert (item.lead is not None, item.force, item.negative) == (True, "must", True)
    assert item.subject_names == ("peer supporter",)
    verdict = NOTES.verdict(text)
    assert verdict.status == "met"
    assert [e.quote for e in verdict.evidence] == ["Peer supporters shall not:", "keep notes"]


@pytest.mark.parametrize("lead", ["should not", "may not", "must never", "are prohibited from"])
def test_force_and_denial_reach_every_item(lead: str) -> None:
    text = f"Peer supporters {lead}:\n1. smoke\n2. keep notes\n3. run"
    assert NOTES.status(text) == ("weak" if lead == "should not" else "met")


def test_force_and_subject_reach_the_items_of_items() -> None:
    text = "Peer supporters should:\n\na. help people, and to that end:\n\n   1. listen;\n   2. refer them.\n\nb. rest."
    assert REFER.status(text) == "weak"


def test_an_item_with_words_of_its_own_keeps_them() -> None:
    text = "Peer supporters shall:\n- listen\n- where possible, refer people"
    assert REFER.status(text) == "weak"


def test_an_inline_list_shares_subject_and_force() -> None:
    assert REFER.status("Peer supporters shall (a) listen, (b) refer people, and (c) rest.") == "met"
    assert REFER.status("Peer supporters may listen, refer people, and rest.") == "weak"
    assert NOTES.status("Peer supporters shall not smoke, run, or keep notes.") == "met"


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Peers follow paragraph C. They rest.", ["Peers follow paragraph C.", "They rest."]),
        ("Peers ask John C. Smith about it.", ["Peers ask John C. Smith about it."]),
        ("Peers ask Dr. Smith. They rest.", ["Peers ask Dr. Smith.", "They rest."]),
    ],
)
def test_a_letter_that_numbers_a_paragraph_ends_a_sentence(text: str, sentences: list[str]) -> None:
    assert [s.text for s in analysis(text).statements] == sentences


def test_a_lead_in_that_is_a_whole_sentence_gives_nothing() -> None:
    assert NOTES.status("Peer supporters shall not smoke.\n- keep notes\n- run") != "met"


@pytest.mark.parametrize(
    "announced",
    [
        "Rest is needed. Peer supporters shall abide by three rules.",
        "There are two limits on what peer supporters shall do.",
        "Peer supporters shall follow these rules.",
        "Peer supporters shall observe the following.",
    ],
)
def test_a_sentence_that_announces_a_list_leads_in_to_it(announced: str) -> None:
    assert REFER.status(f"{announced}\n\n1. Refer people.\n2. Listen.") == "met"
    assert statement(f"{announced}\n\n1. Refer people.\n2. Listen.", "Refer people.").lead
    assert statement(f"a. {announced}\n   (1) Refer people.\n   (2) Listen.", "Refer people.").lead


@pytest.mark.parametrize(
    "before",
    [
        "Peer supporters shall smoke in addition to their regular duties.",
        "Attendance is required in all cases.",
        "There are no limits. They rest.",
        "Are there four exceptions?",
    ],
)
def test_what_announces_no_list_leads_in_to_none(before: str) -> None:
    assert not statement(f"{before}\n\n1. Refer people.\n2. Listen.", "Refer people.").lead


def test_a_heading_with_a_list_under_it_is_a_statement() -> None:
    text = "# Peer supporters shall not\n\n- keep notes\n- smoke\n"
    voices = {s.text: s.voice for s in analysis(text, "x.md").statements}
    assert voices["Peer supporters shall not"] == "heading"
    assert "Uniforms" not in {s.text for s in analysis("# Uniforms\n\nBoots are polished.\n", "x.md").statements}


def test_a_heading_alone_says_nothing() -> None:
    assert REFER.status("# Peer supporters shall refer people\n\nBoots are polished.\n", "x.md") == "missing"


def test_the_heading_gives_what_the_sentence_leaves_out() -> None:
    rules = Rules(says=("training must {cover|include} grief",))
    assert rules.status("# Training\n\nThe course covers grief.\n", "x.md") == "met"
    assert rules.status("# Uniforms\n\nThe course covers grief.\n", "x.md") == "missing"


# -- voices -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "begins", "voice"),
    [
        ("# Duties\n\nPeer supporters listen.\n", "Peer supporters", "body"),
        ("# Purpose\n\nPeer supporters listen.\n", "Peer supporters", "purpose"),
        ("# Goals and Objectives\n\n- to listen\n- to refer people\n", "to listen", "purpose"),
        ("# Mission Valley Police Department\n\n## Duties\n\nPeer supporters listen.\n", "Peer supporters", "body"),
        ("# Mission Valley Police Department\n\nPeer supporters listen.\n", "Peer supporters", "body"),
        ("# Mission of the Office\n\nPeer supporters listen.\n", "Peer supporters", "purpose"),
        ("# Peer Support: Goals and Rules\n\n## Duties\n\nPeer supporters listen.\n", "Peer supporters", "body"),
        ("# 1 Purpose\n\n## 1.1 Definitions\n\nCompanion: one who listens.\n\n# 2 Rules\n", "Companion", "definition"),
        ("# 1 Purpose\n\n## Selection Process\n\nPeers are voted in.\n\n# 2 Rules\n", "Peers", "body"),
        ("# 1 Purpose\n\n## Resilience\n\nPeers bounce back.\n\n# 2 Rules\n", "Peers", "purpose"),
        ("# Duties\n\nThe purpose of the program is to listen.\n", "The purpose", "purpose"),
        ("# Definitions\n\nPeer supporter: an employee who listens.\n", "Peer supporter", "definition"),
        ("# 12-34-567. Privilege\n\nA team member may not be made to testify.\n", "A team member", "statute"),
        ("# Limits\n\nThis privilege does not apply to criminal conduct.\n", "This privilege", "body"),
        ("# Protection Under the Act\n\nA member may not be made to testify.\n", "A member", "body"),
        ("# Peer Counselor Act\n\nA member may not be made to testify.\n", "A member", "statute"),
        ("# Duties\n\nThis policy does not apply in civil or criminal proceedings.\n", "This policy", "disclaimer"),
        ("# Duties\n\nThis order does not create any civil liability.\n", "This order", "disclaimer"),
        ("# Duties\n\nApproved by: the Sheriff    Applies to: all members\n", "Approved", "disclaimer"),
        ("# Duties\n\nApproved by the Sheriff, members serve two years.\n", "Approved", "body"),
    ],
)
def test_voices(text: str, begins: str, voice: str) -> None:
    assert statement(text, begins, "x.md").voice == voice


@pytest.mark.parametrize(
    ("heading", "wanted"),
    [("Duties", "met"), ("Purpose", "missing"), ("Mission", "missing"), ("Chaplain Program", "missing")],
)
def test_where_a_statement_counts(heading: str, wanted: str) -> None:
    assert (
        Rules(says=("must {refer} people",)).status(
            f"# Peer Support Policy\n\n## {heading}\n\nPeople are referred.\n", "x.md"
        )
        == wanted
    )


def test_a_check_can_count_purposes() -> None:
    rules = Rules(says=("program must support people",), counts_in=("purpose",))
    assert rules.status("# Purpose\n\nThe program supports people.\n", "x.md") == "met"


def test_a_reprinted_statute_counts_for_nothing() -> None:
    text = "# 45-6-7 Revised Code\n\nPeer supporters shall refer people.\n\n# Duties\n\nPeer supporters listen.\n"
    assert REFER.status(text, "x.md") == "missing"
    quoted = "The state code on privilege reads:\n\n> Peer supporters shall refer people.\n"
    assert REFER.status(quoted, "x.md") == "missing"


@pytest.mark.parametrize("number", ["12-3-{} ", "§ {} ", "§ 4-{} "])
def test_a_policy_may_number_its_own_sections_as_a_statute_does(number: str) -> None:
    titles = ("Duties", "Training", "Records", "Removal")
    text = "".join(f"# {number.format(n + 1)}{title}\n\nSection {title} listens.\n\n" for n, title in enumerate(titles))
    assert {s.voice for s in analysis(text, "x.md").statements} == {"body"}
    reprint = (
        "# Duties\n\nOne.\n\n# Training\n\nTwo.\n\n# Records\n\nThree.\n\n# Removal\n\nFour.\n\n# Law\n\n"
        + text.replace("# ", "## ")
    )
    voices = [s.voice for s in analysis(reprint, "x.md").statements]
    assert voices == ["body"] * 4 + ["statute"] * 4


def test_a_disclaimer_counts_for_nothing() -> None:
    rules = Rules(says=("{peer supporter} must not create right",))
    text = "This order on peer supporters does not create any legal rights in third parties."
    assert rules.status(text) == "missing"


# -- other programs -----------------------------------------------------------------------------------------------


def test_a_section_about_another_program_is_no_duty_of_peer_supporters() -> None:
    text = "# Peer Support Policy\n\n## Chaplains\n\nNo notes are kept.\n\n## Peer Supporters\n\nThey listen.\n"
    assert NOTES.status(text, "x.md") == "missing"
    assert NOTES.status(text.replace("Chaplains", "Records"), "x.md") == "met"


def test_a_sentence_in_it_that_names_peer_supporters_counts() -> None:
    text = "# Peer Support Policy\n\n## Chaplains\n\nLike chaplains, peer supporters shall not keep notes.\n"
    assert NOTES.status(text, "x.md") == "met"


def test_another_subject_is_another_duty() -> None:
    assert REFER.status("Supervisors shall refer people to the team.") == "missing"
    assert REFER.status("The licensed psychologist shall refer people.") == "missing"


# -- where it stands ----------------------------------------------------------------------------------------------


def test_statements_point_into_the_text() -> None:
    text = "# Duties\n\nPeer supporters shall\nlisten. They shall not\nkeep notes.\n" + FILLER
    found = analysis(text, "x.md")
    for each in found.statements:
        assert found.document.text_of(each.spans) == each.text
    assert [s.text for s in found.statements][:2] == ["Peer supporters shall listen.", "They shall not keep notes."]


# -- clauses that are subjects, headings that ask, nouns with a clause -----------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("What supervisors listen to should be a rare thing.", "should"),
        ("What supervisors listen to shall be a rare thing.", "must"),
        ("Supervisors should listen to what is told.", "should"),
    ],
)
def test_a_clause_that_is_a_subject_has_the_force_of_its_verb(text: str, wanted: str) -> None:
    said = statement(text, text[:4])
    at = next(i for i, token in enumerate(said.tokens) if token.lower == "listen")
    assert said.syntax.force(at) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sharing what was said in a meeting is prohibited.", True),
        ("Sharing what was said in a meeting is encouraged.", False),
        ("It is a violation of this policy for a supervisor to go on sharing it.", True),
    ],
)
def test_an_act_told_of_by_a_clause_is_denied_behind_it(text: str, wanted: bool) -> None:
    said = statement(text, text[:4])
    at = next(i for i, token in enumerate(said.tokens) if token.lower == "sharing")
    assert said.syntax.denied(at, at + 1) is wanted


@pytest.mark.parametrize(
    ("title", "wanted"), [("What people say is referred", "missing"), ("People are referred", "met")]
)
def test_a_heading_that_asks_states_nothing(title: str, wanted: str) -> None:
    rules = Rules(says=("people must be {refer}",))
    assert rules.status(f"# Peer Support\n\n## {title}\n\n- one\n- two\n", "x.md") == wanted


@pytest.mark.parametrize(
    ("pair"),
    [
        "agree agreed",
        "guarantee guaranteed",
        "oversee overseen",
        "withhold withheld",
        "undergo underwent",
        "show shown",
    ],
)
def test_inflections_meet(pair: str) -> None:
    first, second = pair.split()
    assert key(first) == key(second)


@pytest.mark.parametrize(
    ("verb", "wanted"),
    [
        ("are also encouraged to listen", "should"),
        ("are generally expected to listen", "should"),
        ("are always free to listen", "may"),
        ("are also required to listen", "must"),
        ("are encouraged, but not required, to listen", "should"),
        ("shall make every effort to listen", "should"),
        ("are hereby authorized to listen", "may"),
    ],
)
def test_an_adverb_does_not_hide_a_cue(verb: str, wanted: str) -> None:
    said = statement(f"Peer supporters {verb}.", "Peer")
    at = next(i for i, token in enumerate(said.tokens) if token.lower == "listen")
    assert said.syntax.force(at) == wanted
    assert not said.syntax.denied(at, at + 1)


def test_the_doer_of_a_chain_of_short_sentences_is_who_the_first_names() -> None:
    text = (
        "Peer supporters listen. They call on people. They greet a sergeant. They speak with people. They refer people."
    )
    assert REFER.status(text) == "met"
    assert REFER.status(text.replace("Peer supporters", "Sergeants")) == "missing"

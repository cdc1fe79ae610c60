"""The outline: sections, passages and what hangs under what, for the layouts that policies come in."""

from __future__ import annotations

from pathlib import Path

import pytest

from policylint.document import Document
from policylint.outline import build
from policylint.outline.labels import parse
from policylint.readers import read_bytes, read_text

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"
FILLER = (
    "\n\nClosing Remarks\n\n"
    + "Nothing in this order takes anything away from any other order that is in force today. " * 12
)


def outline(text: str, name: str = "x.txt") -> Document:
    return build(read_text(text, name), name, "")


def tree(document: Document) -> list[str]:
    """One line a section ("# 1 Title") or passage ("- a text"), indented by what it hangs under."""
    found: list[tuple[int, str]] = []
    for section in document.sections[1:]:
        at = section.spans[0][0]
        found.append((at, "#" * section.level + " " + f"{section.label} {section.title}".strip()))
    for passage in document.passages:
        depth, above = 0, passage.parent
        while above is not None:
            depth, above = depth + 1, document.passages[above].parent
        text = f"{passage.label} {document.text_of(passage.spans)}".strip()
        found.append((passage.spans[0][0], "  " * depth + passage.kind[0] + " " + text))
    return [line for _, line in sorted(found)]


def of_long(text: str) -> list[str]:
    """The tree of a text that is a document, not a short passage."""
    lines = tree(outline(text + FILLER))
    return lines[: next(i for i, line in enumerate(lines) if line.endswith("# Closing Remarks"))]


# -- short passages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "labels", ["1. 2. 3.", "a. b. c.", "(1) (2) (3)", "i) ii) iii)", "• • •", "- - -", "* * *", "– – –", "A) B) C)"]
)
def test_a_lead_in_and_its_items(labels: str) -> None:
    one, two, three = labels.split()
    lines = tree(
        outline(f"A supporter shall not:\n{one} keep notes\n{two} tell a chief\n{three} give advice\nCalls are free.")
    )
    assert [line.split(" ", 1)[0] if line[0] != " " else line[:3] for line in lines] == ["p", "  i", "  i", "  i", "p"]
    assert lines[1].endswith(" keep notes")


def test_a_lone_title_like_lead_in_stays_a_paragraph() -> None:
    assert tree(outline("Papers of the Team:\n• the order\n• the handbook")) == [
        "p Papers of the Team:",
        "  i • the order",
        "  i • the handbook",
    ]


def test_an_inline_list_stays_one_passage() -> None:
    text = "A supporter shall not: (a) keep notes; (b) tell a chief; or (c) give advice."
    assert tree(outline(text)) == ["p " + text]


def test_a_lead_in_without_a_colon() -> None:
    assert tree(outline("Peer supporters shall not\n(a) keep notes,\n(b) give advice.")) == [
        "p Peer supporters shall not",
        "  i a keep notes,",
        "  i b give advice.",
    ]


def test_a_list_under_a_numbered_sentence_with_a_full_stop() -> None:
    assert tree(outline("1. Anyone may call.\n   a. Calls are free.\n   b. Calls are private.\n2. Calls end.")) == [
        "i 1 Anyone may call.",
        "  i a Calls are free.",
        "  i b Calls are private.",
        "i 2 Calls end.",
    ]


def test_a_list_whose_lines_lost_their_bullets() -> None:
    assert tree(outline("The course covers:\n listening\n grief\n suicide risk")) == [
        "p The course covers:",
        "  i listening",
        "  i grief",
        "  i suicide risk",
    ]


# -- numbering ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line, label, style",
    [
        ("1.4.1 PURPOSE", "1.4.1", "dec3"),
        ("1053.2 POLICY", "1053.2", "dec2"),
        ("617.2.2(a) Be kind.", "617.2.2(a)", "dec4"),
        ("A. Goals", "A", "A."),
        ("A.2.b Goals", "A.2.b", "mix3"),
        ("III.B. Goals", "III.B", "mix2"),
        ("2.0 PURPOSE", "2.0", "dec1"),
        ("1) Goals", "1", "1)"),
        ("(a) goals", "a", "a()"),
        ("iv. goals", "iv", "i."),
        ("(iii) goals", "iii", "i()"),
        ("IV. GOALS", "IV", "I."),
        ("XIV. GOALS", "XIV", "I."),
        ("AF 05_101 RECORDS", "AF 05_101", "code2"),
        ("78B-5-903.  Creation.", "78B-5-903", "code3"),
        ("§ 12 Records", "§ 12", "section §"),
        ("Section 4. Records", "Section 4", "section section"),
        ("ARTICLE IV - RECORDS", "ARTICLE IV", "section article"),
        ("- a. goals", "a", "a."),
        ("• goals", "•", "•"),
        ("\uf0b7 goals", "•", "\uf0b7"),
        ("\uf0a7goals", "•", "\uf0a7"),
        ("▪goals", "▪", "▪"),
        ("o goals", "o", "o"),
        ("1. (a) Goals", "1(a)", "1."),
    ],
)
def test_labels(line: str, label: str, style: str) -> None:
    found = parse(line)
    assert found is not None
    assert (found.text, found.style) == (label, style)
    assert line[found.length :].lower().startswith(("goal", "purpose", "policy", "be kind", "creation", "record"))


@pytest.mark.parametrize(
    "line",
    ["24-hour service", "Section 4 applies.", "02-15-2019 Revised", "e.g. notes", "A supporter listens.", "I listen.",
     "U.S. Code", "J.R. Hill", "U.S. law", "RCW 5.60.060 Peer support", "-based care", "(RPM) the manager", "2019. The order", "o'clock", "vs. them"],
)  # fmt: skip
def test_what_is_no_label(line: str) -> None:
    found = parse(line)
    assert found is None or not found.sure


def test_letters_and_roman_numbers_are_told_apart() -> None:
    letters = "".join(f"{c}. Topic {c}.\n" for c in "abcdefghijk")
    assert [x.split()[1] for x in tree(outline("Topics:\n" + letters))[1:]] == list("abcdefghijk")
    nested = "1. Law:\n a. Rules:\n  i. One.\n  ii. Two.\n  iii. Three.\n  iv. Four.\n  v. Five.\n b. Forms.\n2. End."
    assert tree(outline(nested)) == [
        "i 1 Law:",
        "  i a Rules:",
        "    i i One.",
        "    i ii Two.",
        "    i iii Three.",
        "    i iv Four.",
        "    i v Five.",
        "  i b Forms.",
        "i 2 End.",
    ]


def test_nesting_by_label_alone_when_indents_are_lost() -> None:
    text = "(a) The team has a leader. The leader shall:\n1. Lead.\n2. Train on:\n(a) grief.\n(b) law.\n(b) The team meets."
    assert tree(outline(text)) == [
        "i a The team has a leader. The leader shall:",
        "  i 1 Lead.",
        "  i 2 Train on:",
        "    i a grief.",
        "    i b law.",
        "i b The team meets.",
    ]


def test_numbers_that_restart_under_each_heading() -> None:
    text = "A. Duties:\n1. Listen to people.\n2. Refer people.\n\nB. Limits:\n1. Take no notes.\n2. Keep calm."
    assert of_long(text) == [
        "# A Duties",
        "i 1 Listen to people.",
        "i 2 Refer people.",
        "# B Limits",
        "i 1 Take no notes.",
        "i 2 Keep calm.",
    ]


def test_numbers_that_run_on_under_unnumbered_headings() -> None:
    text = "Aims\n\n1.  We help people.\n\n2.  We listen to people.\n\nLimits\n\n3.  We keep no notes."
    assert of_long(text) == [
        "# Aims",
        "i 1 We help people.",
        "i 2 We listen to people.",
        "# Limits",
        "i 3 We keep no notes.",
    ]


def test_decimal_numbers_say_how_deep_they_stand() -> None:
    text = (
        "617.1 SCOPE\nThis order is about peers.\n617.1.1 TERMS\nA peer is a colleague.\n"
        "617.2 TEAM\nTo serve, a member must:\n617.2(a) Be kind.\n617.2(b) Be calm."
    )
    assert of_long(text) == [
        "# 617.1 SCOPE",
        "p This order is about peers.",
        "## 617.1.1 TERMS",
        "p A peer is a colleague.",
        "# 617.2 TEAM",
        "p To serve, a member must:",
        "  i 617.2(a) Be kind.",
        "  i 617.2(b) Be calm.",
    ]


def test_sections_with_a_zero_and_letters_before_numbers() -> None:
    text = (
        "1.0 Purpose\nWe help people here.\n2.0 Duties\n2.1 Supporters listen.\n2.2 Supporters refer.\n"
        "3.0 Secrets\nA.1 We tell nobody.\nA.2 We tell the chief of:\nA.2.a danger\nA.2.b crimes\n4.0 Review\nNone is held."
    )
    assert of_long(text) == [
        "# 1.0 Purpose",
        "p We help people here.",
        "# 2.0 Duties",
        "i 2.1 Supporters listen.",
        "i 2.2 Supporters refer.",
        "# 3.0 Secrets",
        "i A.1 We tell nobody.",
        "i A.2 We tell the chief of:",
        "  i A.2.a danger",
        "  i A.2.b crimes",
        "# 4.0 Review",
        "p None is held.",
    ]


def test_roman_headings_in_small_print_and_capitals_that_open_a_paragraph() -> None:
    text = "Peer Policy\nI. Purpose and scope\nWe help people here.\nII. What we do\nWe listen well.\nV. Rest\nWe sleep well."
    assert [x for x in of_long(text) if x[0] == "#"] == [
        "# Peer Policy",
        "## I Purpose and scope",
        "## II What we do",
        "## V Rest",
    ]
    assert of_long("1. PURPOSE: The purpose of this order is to set up a team of peers.") == [
        "# 1 PURPOSE",
        "p The purpose of this order is to set up a team of peers.",
    ]


def test_converted_lists_with_a_dash_before_the_label() -> None:
    text = "1. Anyone may call by:\n - a. phoning the desk\n - b. writing\n   - 1) by mail\n2. Calls are free."
    assert tree(outline(text)) == [
        "i 1 Anyone may call by:",
        "  i a phoning the desk",
        "  i b writing",
        "    i 1 by mail",
        "i 2 Calls are free.",
    ]


def test_two_labels_on_one_line() -> None:
    text = "(1) (a) A unit may form a team.\n(b) A team may meet.\n(2) A team may disband."
    assert [p.label for p in outline(text).passages] == ["1(a)", "b", "2"]


def test_bullets_on_their_own_lines() -> None:
    text = "The leader:\n\uf0b7\nkeeps the list\n\uf0b7\ntrains the\nteam\n"
    assert tree(outline(text)) == ["p The leader:", "  i • keeps the list", "  i • trains the team"]


def test_bullets_within_bullets() -> None:
    text = "• The chief names a leader. The leader:\n  o keeps the list\n  o trains people\n• Anyone may call."
    assert tree(outline(text)) == [
        "i • The chief names a leader. The leader:",
        "  i o keeps the list",
        "  i o trains people",
        "i • Anyone may call.",
    ]


# -- joining lines ------------------------------------------------------------------------------------------------

LISTENING = (
    "Every supporter listens to the colleague who calls and keeps what is said in confidence. A supporter who hears of a "
    "danger to life tells the shift commander at once, and nobody else. The department keeps no list of the callers."
)
MEETING = (
    "The Team meets in each quarter. Members of the Team who cannot attend tell the Coordinator beforehand, and "
    "the Coordinator notes no reason. Meetings are held on duty time whenever the staffing of the shift allows it."
)
PROSE = (LISTENING, MEETING)


def wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


@pytest.mark.parametrize("width", [40, 60, 78, 100, 400])
def test_wrapped_paragraphs(width: int) -> None:
    text = "\n\n".join("\n".join(wrapped(p, width)) for p in PROSE)
    assert tree(outline(text)) == ["p " + p for p in PROSE]


def test_a_blank_line_after_every_line() -> None:
    text = "\n\n".join(line for p in PROSE for line in wrapped(p, 60))
    assert " ".join(x[2:] for x in tree(outline(text))) == " ".join(PROSE)
    assert len(outline(text).passages) <= 2


def test_a_number_at_the_start_of_a_wrapped_line_is_no_label() -> None:
    text = (
        "The members of the team shall follow the rules that are printed in Section 4. The chief may add to them at any "
        "time, by a written order to all of the members, and shall read the order to the team at the next meeting."
    )
    broken = [lines for lines in (wrapped(text, w) for w in range(50, 90)) if any(x.startswith("4.") for x in lines)]
    assert broken
    assert all(tree(outline("\n".join(lines))) == ["p " + text] for lines in broken)


def test_a_broken_word_stays_in_two_spans() -> None:
    document = outline("Every member who needs help may call any peer sup-\nporter of the team.")
    assert [document.text[a:b] for a, b in document.passages[0].spans] == [
        "Every member who needs help may call any peer sup-",
        "porter of the team.",
    ]


def test_line_numbers() -> None:
    document = outline("\n\nMembers shall:\n1. keep confidences and never tell\n   anybody else\n2. listen\n")
    assert [(p.line, p.end_line) for p in document.passages] == [(3, 3), (4, 5), (6, 6)]


def test_a_bullet_after_a_word_that_points_at_numbers_is_one() -> None:
    document = outline("The committee shall:\n- review policy\n- name the courses\n- amend each section\n- meet")
    assert [p.parent for p in document.passages] == [None, 0, 0, 0, 0]
    wrapped = outline("A member shall keep to what is said in section\n4. of this order and to nothing else at all.")
    assert len(wrapped.passages) == 1


# -- page furniture -----------------------------------------------------------------------------------------------


def test_running_heads_inside_sentences_and_lists_are_left_out_and_noted() -> None:
    page = "\n\nEldon Police\nField Manual\n\nPeer Order - {}\nCopyright Eldon 2020. All rights reserved.\n\n"
    text = (
        "Eldon Police\nField Manual\n\nThe chief may open the program to" + page.format(1) + "retired members.\n\n"
        "A member shall:\n(a) Listen." + page.format(2) + "(b) Keep calm.\n\nA supporter" + page.format(3) + "listens."
    )
    document = outline(text + FILLER)
    bodies = [document.text_of(p.spans) for p in document.passages]
    assert bodies[:5] == [
        "The chief may open the program to retired members.",
        "A member shall:",
        "Listen.",
        "Keep calm.",
        "A supporter listens.",
    ]
    assert [p.parent for p in document.passages[2:4]] == [1, 1]
    assert len(document.notes) == 4
    assert "Field Manual" in "".join(document.notes)
    assert "Eldon Police" in [s.title for s in document.sections]


def test_page_numbers_of_every_kind_are_left_out() -> None:
    for number in ("Page {}", "Page {} of 3", "- {} -", "{}"):
        text = "".join(f"Rule {c} holds for all.\n\n{number.format(i)}\n\n" for i, c in enumerate("ABC", 1))
        assert tree(outline(text)) == [f"p Rule {c} holds for all." for c in "ABC"]


@pytest.mark.parametrize(
    "line", ["Policy 1.42          Page 1 of 4", "G.O. 3-41  Page 1/4", "Effective 03/01/2024 Page 1 of 6"]
)
def test_the_number_of_an_order_beside_that_of_a_page_is_no_heading(line: str) -> None:
    document = outline(f"PEER SUPPORT TEAM\n{line}\n\nMISSION\n\nWe help people here." + FILLER)
    assert [s.title for s in document.sections[1:3]] == ["PEER SUPPORT TEAM", "MISSION"]
    assert " ".join(line.split()) in document.notes[0]
    sentence = outline("The form is in Annex 2 and shown on\npage 1 of 4, which all members shall read.")
    assert not sentence.notes


def test_repeated_items_and_headings_are_no_furniture() -> None:
    text = "".join(
        f"{n}. {role.upper()}\n\nDuties\n\nThe {role} shall:\n1. Keep the records of training.\n2. Attend the meetings.\n\n"
        for n, role in enumerate(["coordinator", "supporter", "supervisor"], 1)
    )
    document = outline(text)
    assert document.notes == ()
    assert [document.text_of(p.spans) for p in document.passages].count("Attend the meetings.") == 3
    assert [s.title for s in document.sections].count("Duties") == 3


def test_a_table_of_contents_is_left_out() -> None:
    document = outline("Purpose ........... 1\nRecords . . . . . . 2\n\nPurpose\n\nWe help people here." + FILLER)
    assert [s.title for s in document.sections[1:]] == ["Purpose", "Closing Remarks"]
    assert "table of contents (2 lines)" in document.notes[0]


# -- headings -----------------------------------------------------------------------------------------------------


def test_what_opens_few_of_the_numbered_paragraphs_of_a_section_is_no_heading() -> None:
    text = (
        "1.0 Structure\n1.1 Team Coordinator. A captain who is chosen by the chief.\n"
        "1.2 Clinical Director. A clinician who is under contract.\n1.3 Steering Group. It meets twice in every year.\n\n"
        "2.0 Conduct\n2.1 Listens. Checks in. Connects.\n2.2 Members apply by mail. They name an officer who knows them.\n"
        "2.3 Members keep no notes of what they are told.\n2.4 Members tell nobody who was seen.\n"
        "2.5 Know your limits. Call the director when a case is too much.\n2.6 Members serve for three years at a time.\n"
    )
    document = outline(text + FILLER)
    titles = ["Structure", "Team Coordinator", "Clinical Director", "Steering Group", "Conduct"]
    assert [s.title for s in document.sections[1:]] == [*titles, "Closing Remarks"]
    assert "Listens. Checks in. Connects." in [document.text_of(p.spans) for p in document.passages]


def test_a_short_sentence_opens_a_paragraph_and_heads_none() -> None:
    opened = ["The chief names a coordinator.", "Team members listen.", "The coordinator keeps a guidebook."]
    rest = "It serves people of every rank and shift, as the order of the city asks of all who work in it by day or by night."
    text = "".join(f"{at}. Part\n\n{first} {rest}\n\n" for at, first in enumerate(opened, 1))
    document = outline(text + FILLER)
    assert not {first.strip(".") for first in opened} & {s.title for s in document.sections}


def test_headings_of_several_kinds() -> None:
    text = (
        "Purpose:\n\nWe help people here.\n\nRECORDS\n\nWe keep none of them.\n\n"
        "Peer support is no discipline\n\nIt never takes its place.\n\nWHAT IS SAID STAYS\nNobody asks about it."
    )
    assert [x for x in of_long(text) if x[0] == "#"] == [
        "# Purpose",
        "# RECORDS",
        "## Peer support is no discipline",
        "# WHAT IS SAID STAYS",
    ]


def test_numbered_sentences_are_items_and_numbered_titles_headings() -> None:
    text = (
        "A. The program is run by a trained leader\n\nB. The chief names members in writing.\n\n"
        "C. A leader, named by the chief, runs the team. The leader:\n   1. Keeps the list.\n   2. Trains people."
    )
    assert of_long(text) == [
        "i A The program is run by a trained leader",
        "i B The chief names members in writing.",
        "i C A leader, named by the chief, runs the team. The leader:",
        "  i 1 Keeps the list.",
        "  i 2 Trains people.",
    ]
    assert of_long("E. Duties of Team Members:\n\n1. Attend meetings.\n2. Listen.")[0] == "# E Duties of Team Members"


def test_a_numbered_title_is_told_by_its_siblings() -> None:
    prose = "Members of the team keep to this order, which the chief reviews once each year."
    titles = ["A. Establishment", "B. Who may be served", "C. When a member must step aside", "D. Selection"]
    text = "\n\n".join(f"  {title}\n\n{prose}" for title in titles)
    assert [line for line in of_long(text) if line.startswith("#")] == [f"# {t.replace('.', '')}" for t in titles]
    listed = text.replace("  A.", "The following hold for all of them:\n\n  A.")
    assert not [line for line in of_long(listed) if line.startswith("# B")]


def test_a_line_in_brackets_goes_on_with_the_line_above() -> None:
    text = "GENERAL ORDER 227\n\n  (1) RELATED ORDERS: 118 (Firearms Discharges), 204 (Internal Affairs), 226\n      (Employee Assistance)"
    lines = of_long(
        text + "\n\n3.1 PURPOSE\n\nThis order sets up the program, which all members of the agency may use."
    )
    assert not [line for line in lines if line.startswith("#") and "(Employee" in line[:14]]
    assert any(line.endswith("226 (Employee Assistance)") for line in lines)


@pytest.mark.parametrize("indent", ["", "     "])
def test_lists_in_the_style_of_the_headings_around_them(indent: str) -> None:
    text = (
        "1. Purpose\n\n1.1 We help people here.\n\n2. Team and leader\n\n2.1 The leader shall:\n\n"
        f"{indent}1. keep the list;\n{indent}2. hold meetings; and\n{indent}3. arrange training.\n\n2.2 The team meets.\n\n"
        "3. Coming and going\n\n3.1 Anyone may leave.\n\n4. Review\n\n4.1 The chief reviews this."
    )
    assert [x for x in of_long(text) if x[0] == "#"] == [
        "# 1 Purpose",
        "# 2 Team and leader",
        "# 3 Coming and going",
        "# 4 Review",
    ]
    assert "  i 3 arrange training." in of_long(text)


def test_titles_in_a_list_are_items() -> None:
    text = "The course should cover these topics:\n\n1. Stress Management\n   a. burnout\n   b. sleep\n2. Grief Support\n3. Law"
    assert of_long(text) == [
        "p The course should cover these topics:",
        "  i 1 Stress Management",
        "    i a burnout",
        "    i b sleep",
        "  i 2 Grief Support",
        "  i 3 Law",
    ]


def test_titled_items_own_their_paragraphs() -> None:
    text = "The aims are:\n\n1. Build Trust\n\nKeep what is said in confidence.\n\n2. Reduce Stigma\n\nTalk about stress openly.\n\n"
    assert of_long(text + "The chief reviews the aims each year.") == [
        "p The aims are:",
        "  i 1 Build Trust",
        "    p Keep what is said in confidence.",
        "  i 2 Reduce Stigma",
        "    p Talk about stress openly.",
        "p The chief reviews the aims each year.",
    ]


def test_emphasis_glued_to_the_line_before() -> None:
    text = "Procedure:**A. Goals:**\n\n1. Help members in need.\n2. Keep calm.\n\n**B. Rules**\n\n1. Tell nobody."
    assert of_long(text) == [
        "# Procedure",
        "## A Goals",
        "i 1 Help members in need.",
        "i 2 Keep calm.",
        "## B Rules",
        "i 1 Tell nobody.",
    ]


def test_headings_that_open_a_paragraph() -> None:
    text = (
        "Selection. Members who wish to serve write to the sergeant of the team.\n\n"
        "Who may call. Any officer of the department may call a supporter at any time.\n\n"
        "Training. Every supporter completes the basic course before the first contact.\n\n"
        "Records. No supporter writes down what a colleague has said in a contact."
    )
    assert [x for x in of_long(text) if x[0] == "#"] == ["# Selection", "# Who may call", "# Training", "# Records"]


def test_bold_headings_that_open_a_paragraph_and_definitions_that_do_not() -> None:
    text = "### 6. Contacts\n\n6.1 **Who they are.** A contact is an employee whom the chief has named.\n"
    assert tree(outline(text + FILLER, "x.md"))[:3] == [
        "# 6 Contacts",
        "## 6.1 Who they are",
        "p A contact is an employee whom the chief has named.",
    ]
    terms = "1. DEFINITIONS\n\n1.1 Health Consultant (HC): the psychologist whom the county retains.\n1.2 Unit (U): the peers."
    assert of_long(terms)[1:] == [
        "i 1.1 Health Consultant (HC): the psychologist whom the county retains.",
        "i 1.2 Unit (U): the peers.",
    ]


def test_a_bare_heading_between_numbered_ones_stays_below() -> None:
    text = "7. PRIVACY\n\n7.1 Contacts are private.\n\nTable 1. Times To Disclose\n\n  Matter      Who      When\n  ------      ----     ----\n  Threat      Chief    Now\n\n8. REVIEW\n\nThe chief reviews this."
    assert of_long(text) == [
        "# 7 PRIVACY",
        "i 7.1 Contacts are private.",
        "## Table 1. Times To Disclose",
        "r Matter Who When",
        "r Threat Chief Now",
        "# 8 REVIEW",
        "p The chief reviews this.",
    ]


def test_metadata_is_no_heading_but_names_the_document() -> None:
    document = outline(
        "EXAMPLE POLICE\n\nSUBJECT: PEER TEAM\n\nEFFECTIVE DATE: 02/15/15\n\nPURPOSE\n\nWe help people." + FILLER
    )
    assert document.title == "PEER TEAM"
    assert [s.title for s in document.sections[1:3]] == ["EXAMPLE POLICE", "PURPOSE"]


@pytest.mark.parametrize("place", ["CEDAR HOLLOW, OREGON", "Cedar Hollow, WA 98000", "St. Elm, New Mexico"])
def test_where_an_agency_is_is_no_title(place: str) -> None:
    top = f"CEDAR HOLLOW SHERIFF'S OFFICE\n{place}\n\nPOLICY 328\nPEER SUPPORT\n\n"
    assert outline(top + "PURPOSE\n\nWe help people." + FILLER).title == "PEER SUPPORT"


def test_margin_tags_of_manual_vendors_are_left_out() -> None:
    text = "3.1 PURPOSE\nBest Practice\nWe help people here.\n3.2 POLICY\nAgency Content\nWe keep no notes here."
    assert of_long(text) == ["# 3.1 PURPOSE", "p We help people here.", "# 3.2 POLICY", "p We keep no notes here."]


# -- rows, quotations, other formats ------------------------------------------------------------------------------


def test_aligned_columns_are_rows_of_cells() -> None:
    text = "The hours are:\n\n  Class           Hours    When\n  Basic           16       First\n  Refresher       8        Yearly\n"
    document = outline(text)
    assert [p.kind for p in document.passages] == ["paragraph", "row", "row", "row"]
    assert [document.text[a:b] for a, b in document.passages[2].spans] == ["Basic", "16", "First"]
    assert document.passages[1].parent == 0


DEFINITIONS = """The terms of this order are:

  Listener          An employee who was trained to lend an ear to
                    coworkers. Not a therapist.
  Lead              The lieutenant who runs the program.
  Contact           Any talk between a Listener and an employee,
                    on duty or off duty.

Listeners keep no notes.
"""


@pytest.mark.parametrize("head", ["", "  Term              Meaning\n  ---------------   -----------------\n"])
def test_a_cell_that_goes_on_below_itself_is_one(head: str) -> None:
    document = outline(DEFINITIONS.replace("are:\n\n", f"are:\n\n{head}"))
    cells = [[" ".join(document.text[a:b].split()) for a, b in p.spans] for p in document.passages if p.kind == "row"]
    assert cells[-3:] == [
        ["Listener", "An employee who was trained to lend an ear to coworkers. Not a therapist."],
        ["Lead", "The lieutenant who runs the program."],
        ["Contact", "Any talk between a Listener and an employee, on duty or off duty."],
    ]
    assert document.passages[-1].kind == "paragraph"


def test_a_quoted_and_indented_block_is_a_quotation() -> None:
    text = (
        "The law of this state is set out here for the use of the members of the team and reads:\n\n"
        '    "A member may decline to say\n    what was told to the member."\n\nMembers know the law.'
    )
    assert [p.kind for p in outline(text).passages] == ["paragraph", "quote", "paragraph"]


def test_the_same_policy_as_text_and_as_markdown() -> None:
    text = "PEER ORDER\n\n1. Purpose\n\nWe help people here.\n\n2. Duties\n\nA supporter shall:\n\n{}a. listen well\n{}b. keep calm\n"
    plain = tree(outline(text.format("", "") + FILLER))
    marked = "# PEER ORDER\n\n## 1. Purpose\n\nWe help *people* here.\n\n## 2. Duties\n\nA supporter shall:\n\n- a. listen well\n- b. keep calm\n\n## Closing Remarks\n\n"
    assert tree(outline(marked + FILLER.split("\n\n")[2], "x.md")) == plain


def test_pages_of_form_feeds() -> None:
    document = outline("First rule holds.\n\fSecond rule holds.")
    assert [p.page for p in document.passages] == [1, 2]
    assert document.page_at(document.passages[1].spans[0][0]) == 2


# -- the development corpus, where it is at hand ------------------------------------------------------------------


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the development corpus is not on this machine")
@pytest.mark.parametrize(
    "prefix, titles, sections, furniture",
    [
        ("000", ["Responsibilities", "Definitions", "Guidelines"], 8, []),
        ("001", ["Philosophy", "Selection", "Confidentiality"], 6, []),
        ("002", ["Objectives", "Staffing", "Training"], 11, ["Page 55"]),
        ("003", ["POLICY", "DEFINITIONS", "PROCEDURE"], 7, []),
        (
            "004",
            ["Oversight", "Confidentiality and Privilege"],
            35,
            ["Model Policy for First Responder Peer Support Programs"],
        ),
        ("w1", ["CONFIDENTIALITY", "RECORDS", "ROLE CONFLICTS"], 22, ["Policy Manual"]),
        ("w2", ["SELECTION", "TRAINING", "ACCESS"], 13, []),
        ("w3", ["NO PAYBACK", "CLASSES", "POSTING"], 19, []),
        ("w4", ["Selection", "Who may be served", "Contact card"], 21, []),
        ("w5", ["DEFINITIONS", "CONFIDENTIALITY"], 12, ["Directive 4-117 Staff Resilience Unit Page 2"]),
        ("w6", ["Chaplains", "Who they are", "Fitness"], 18, []),
    ],
)
def test_corpus(prefix: str, titles: list[str], sections: int, furniture: list[str]) -> None:
    path = next(CORPUS.glob(prefix + "*"))
    document = build(read_bytes(path.read_bytes(), path.name), path.name, "")
    found = [s.title for s in document.sections]
    assert set(titles) <= set(found)
    assert abs(len(found) - 1 - sections) <= 1
    bodies = [document.text_of(p.spans) for p in document.passages]
    for line in furniture:
        assert any(line in note for note in document.notes)
        assert not any(line in body for body in bodies)

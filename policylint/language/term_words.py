"""Words that tell what sort of term a document defines: its titles, its groups, and what is no term at all."""

from __future__ import annotations

from policylint.language.concepts import CLINICIAN, COMMITTEE, COORDINATOR, ELSEWHERE
from policylint.language.words import keys_of

GENERIC = keys_of(
    "member officer person people personnel staff employee team individual counselor volunteer deputy firefighter "
    "professional worker representative coach peer dispatcher participant provider support program unit group contact "
    "sergeant director chief manager coordinator session policy department office serve trooper agent aide guide "
    "medic responder service"
)
NAMED = keys_of("member volunteer associate counselor coach responder provider representative")
"""Of these, the ones by which a definition may name a supporter: "Member: an employee appointed to the Peer Support Team"."""
LABELS = frozenset(
    "subject purpose policy effective to from scope re distribution date references reference related applies rescinds "
    "replaces supersedes note notice title index authority procedure procedures goal goals objective objectives training "
    "selection confidentiality eligibility what where how this it there who they these that responsibilities duties definition "
    "definitions privilege communication summary overview issued reviewed revised approved section contact contacts".split()
)
"""Words before a colon or "is" that label a paragraph and define nothing."""

VERBS = frozenset(
    "shall will must should may can is are include includes including following not who which whose module modules lesson "
    "course".split()
)
"""Words of which no term is made: "The course shall include:" names a list, "Module 3:" a part of one."""
ARTICLES = frozenset(("a", "an", "the"))
AID = keys_of(
    "aid ally assist assistance buddy care caring comfort companion companionship help helper helping listen listener "
    "listening outreach peer resilience resiliency support supporter supporting welfare wellbeing wellness"
)
"""A colleague whose title holds one of these is one who gives support."""
ALONE = keys_of("ally buddy companion helper listener supporter")
"""Of these, the ones that name a person without another word."""
PROFESSIONS = keys_of(
    "chaplain clinician coordinator counselor dog doctor employee nurse physician psychologist staff therapist vendor"
)
PREPARED = keys_of(
    "academy appoint assist certify choose class complete course designate finish help listen select support taught teach "
    "train training volunteer"
)
"""What somebody who gives support has been, or does."""
COMMITTEES = keys_of("board committee council panel workgroup")
PROGRAMS = keys_of("team unit program cadre corps network squad service crew section")
OTHERS = (
    CLINICIAN,
    COORDINATOR,
    COMMITTEE,
    *ELSEWHERE,
    "supervisor",
    "management",
    "chief",
    "relative",
    "union",
    "agency",
)
"""Concepts of which no title of a supporter is made."""
TITLES = keys_of("captain sergeant manager administrator director lead leader chair lieutenant commander")
LEADERS = keys_of("manager administrator director leader")
"""Titles that stand for the one who runs the program where the document has no other manager, director or leader."""
CONSULTANTS = keys_of("consultant advisor adviser")
"""Titles under which a clinician is engaged."""
RANKS = keys_of("lieutenant sergeant captain commander")
"""Ranks that do so once the document tells that one of them runs the program."""
MEMBERS = keys_of("member volunteer associate peer people person folk staff personnel")
SHARED = GENERIC | PROGRAMS | COMMITTEES
FIRST = keys_of("first initial emergency medical other all original")
"""Before "responder", they tell of those who come when somebody calls for help."""
RUNS = PROGRAMS | {"peer", "wellness", "resilience", "support"}
"""What somebody with a title must run to be the coordinator."""
EMPLOYEES = keys_of("department agency district bureau fellow sworn civilian every affected supported staff crew unit")
"""Before "member", they tell that employees are called so."""
RECIPIENT = "recipient"
THINGS = ("contact", "critical incident", "exceptions")
"""What the title of a definition helps to tell; whose title it is would mislead of persons."""
TO_SOMEBODY = frozenset(("reports", "report", "referrals", "access"))
"""Before "to" they tell what somebody gets: "Reports to management: totals only"."""

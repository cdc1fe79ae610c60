"""Invented manuals of sixty pages that hold a peer support policy among thirty others, in the ways agencies set them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

TOPICS = (
    "Vehicle Pursuits|Evidence Storage|Body Cameras|Towing of Vehicles|Court Appearance|Uniforms and Grooming|Animal Calls|"
    "Missing Persons|Traffic Collisions|Field Training|Property Room|Radio Discipline|Records Requests|Outside Employment|"
    "Prisoner Transport|Firearms Qualification|Crime Scenes|Juvenile Custody|Alarm Response|Bicycle Patrol|Canine Unit|"
    "Critical Incidents|Internal Affairs|Leave of Absence|Performance Evaluations|Promotions|Public Information|"
    "Ride Along Visits|Special Events|Workplace Safety"
).split("|")

SENTENCES = (
    "The watch commander shall see that {t} are handled as this policy says.",
    "An officer who takes part in {t} shall file a written report before the end of the shift.",
    "Equipment that is needed for {t} shall be inspected each week and replaced when it is worn.",
    "Supervisors should review what was done in {t} within five days and tell the division commander of any fault.",
    "Members shall not accept gifts or favors in connection with {t}.",
    "Training in {t} shall be given to new members in their first year and repeated every two years.",
    "Records of {t} are kept for seven years and may be released as the law requires.",
    "The division commander may grant an exception for {t} in writing when the safety of the public demands it.",
    "Where {t} cross into another jurisdiction, dispatch shall notify the agency that is concerned.",
    "No member may use {t} to settle a personal matter.",
)

HEADS = ("Purpose and Scope", "Policy", "Procedure", "Responsibilities", "Reporting")

PEER = {
    "Purpose and Scope": (
        "The Peer Support Program lets employees talk with a trained colleague about personal and professional trouble.",
        "Peer support adds to the employee assistance program and to professional treatment; it does not replace either.",
        "All employees, sworn and civilian, may use the peer support program.",
    ),
    "Policy": (
        "Peer supporters shall be volunteers in good standing who are chosen by the program coordinator.",
        "Peer support is not an alternative to discipline, and peer supporters take no part in investigations.",
        "What a colleague tells a peer supporter is confidential, except for threats of harm to self or others.",
    ),
    "Procedure": (
        "Peer supporters shall not keep notes of a contact with a colleague.",
        "Peer supporters shall refer a colleague to a licensed mental health professional when more than support is needed.",
        "A peer supporter who is involved in the same incident as a colleague shall not serve in that case.",
    ),
    "Responsibilities": (
        "The coordinator shall keep a roster of peer supporters and post it in every station.",
        "Supervisors shall not ask peer supporters what was said in a contact.",
    ),
    "Reporting": (
        "Peer supporters shall be trained before they serve and each year after that.",
        "The peer support team meets each quarter with a mental health professional.",
    ),
}

TITLE = "Peer Support Program"


def filler(topic: str, head: str) -> list[str]:
    """Three paragraphs on a topic."""
    start = len(topic) + len(head)
    said = [SENTENCES[(start + at) % len(SENTENCES)].format(t=topic.lower()) for at in range(9)]
    paragraphs = [" ".join(said[at : at + 3]) for at in (0, 3, 6)]
    if topic == "Critical Incidents" and head == "Procedure":
        paragraphs.append("Members who were involved are told of the peer support team (see the policy on it).")
    return paragraphs


def policies() -> Iterator[tuple[int, str, dict[str, list[str]]]]:
    """Number, title, and paragraphs by heading; that on peer support is the twenty-first."""
    for at, topic in enumerate((*TOPICS[:20], TITLE, *TOPICS[20:])):
        said = {h: list(PEER[h]) if topic == TITLE else filler(topic, h) for h in HEADS}
        yield 300 + 7 * at, topic, said


Style = Callable[[int, str, dict[str, list[str]]], list[str]]


def numbered(number: int, title: str, said: dict[str, list[str]]) -> list[str]:
    """As large vendors set them: the number, the title, 440.1 PURPOSE AND SCOPE."""
    out = ["Policy", str(number), "", title, ""]
    for at, (head, paragraphs) in enumerate(said.items(), 1):
        out += [f"{number}.{at} {head.upper()}", ""]
        out += [line for paragraph in paragraphs for line in (paragraph, "")]
    return out


def chapters(number: int, title: str, said: dict[str, list[str]]) -> list[str]:
    """Decimal numbers all the way: 12.4 Title, 12.4.1 Purpose."""
    number -= 299
    out = [f"{number}. {title}", ""]
    for at, (head, paragraphs) in enumerate(said.items(), 1):
        out += [f"{number}.{at} {head}", ""]
        for sub, paragraph in enumerate(paragraphs, 1):
            out += [f"{number}.{at}.{sub} {paragraph}", ""]
    return out


def capitals(_number: int, title: str, said: dict[str, list[str]]) -> list[str]:
    """Nothing but capitals, titles and headings alike."""
    out = [title.upper(), ""]
    for head, paragraphs in said.items():
        out += [head.upper(), "", *(line for paragraph in paragraphs for line in (paragraph, ""))]
    return out


def orders(number: int, title: str, said: dict[str, list[str]]) -> list[str]:
    """General orders with Roman numbers."""
    out = [f"GENERAL ORDER {number}", "", title.upper(), ""]
    for roman, (head, paragraphs) in zip(("I", "II", "III", "IV", "V"), said.items(), strict=True):
        out += [f"{roman}. {head.upper()}", ""]
        for letter, paragraph in zip("ABCDEFG", paragraphs, strict=False):
            out += [f"{letter}. {paragraph}", ""]
    return out


def marked(_number: int, title: str, said: dict[str, list[str]]) -> list[str]:
    """Markdown, as converters give it."""
    out = [f"# {title}", ""]
    for head, paragraphs in said.items():
        out += [f"## {head}", "", *(line for paragraph in paragraphs for line in (paragraph, ""))]
    return out


STYLES: dict[str, Style] = {
    "numbered": numbered,
    "chapters": chapters,
    "capitals": capitals,
    "orders": orders,
    "marked": marked,
}

PAGE = 22
"""Lines on a page; blank ones count, paragraphs are not wrapped."""


def manual(style: str, *, contents: bool = False) -> str:
    """The whole manual, with running heads and page numbers where there are pages (not in Markdown)."""
    lines = [line for policy in policies() for line in STYLES[style](*policy)]
    if contents:
        lines = ["TABLE OF CONTENTS", "", *(f"{title} ........ {n}" for n, title, _ in policies()), "", *lines]
    if style == "marked":
        return "# Harrow County Sheriff Manual\n\n" + "\n".join(lines)
    pages = [lines[at : at + PAGE] for at in range(0, len(lines), PAGE)]
    head = ["Harrow County Sheriff's Office", "Policy Manual", ""]
    return "\f".join("\n".join([*head, *page, "", f"Page {n} of {len(pages)}"]) for n, page in enumerate(pages, 1))


def alone(style: str) -> str:
    """The peer support policy as a document of its own."""
    return "\n".join(next(STYLES[style](*policy) for policy in policies() if policy[1] == TITLE))

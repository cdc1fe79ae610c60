"""Policies for benches: as many as are wanted, each of some four pages, in our own words, no two alike."""

import random
from pathlib import Path

SAMPLE = Path(__file__).resolve().parents[1] / "fixtures" / "sample-policy.md"

WORDS = 1700
"""Of a policy of four pages."""

_SUBJECTS = (
    "Peer supporters",
    "The coordinator",
    "Team members",
    "The Peer Support Team",
    "Supervisors",
    "The clinician",
)
_FORCES = ("shall", "should", "may", "must not", "will", "shall not")
_DEEDS = (
    "keep notes of a contact",
    "answer a call for support at any hour",
    "tell the chief who was seen",
    "refer a person in danger to a mental health professional",
    "attend the yearly training",
    "take part in an internal investigation",
    "meet once a quarter to review cases without names",
    "respond to critical incidents when asked",
    "report the number of contacts each month",
    "choose new members by interview",
)
_WHENS = ("", " unless the person agrees", " within three days", " when on duty", " as the law allows", " in writing")


def policy(number: int) -> str:
    """The policy of a number in Markdown; the same for the same number."""
    chance = random.Random(number)  # noqa: S311 - no secret
    lines = [
        f"# Policy {1000 + number}: Peer Support Program",
        "",
        SAMPLE.read_text(encoding="utf-8").partition("\n")[2],
    ]
    words = sum(len(line.split()) for line in lines)
    section = 0
    while words < WORDS:
        section += 1
        lines += ["", f"## Annex {section}. Duties of shift {chance.randrange(100)}", ""]
        for item in range(8):
            said = (
                f"{chance.choice(_SUBJECTS)} {chance.choice(_FORCES)} {chance.choice(_DEEDS)}{chance.choice(_WHENS)}."
            )
            lines.append(f"{item + 1}. {said}")
            words += len(said.split()) + 1
    return "\n".join(lines) + "\n"


def write(folder: Path, count: int) -> list[Path]:
    """Write policies into a folder; gives their paths."""
    paths = []
    for number in range(count):
        path = folder / f"policy-{number:03}.md"
        path.write_text(policy(number), encoding="utf-8")
        paths.append(path)
    return paths

"""A configuration to begin with: every key, with what it is for; those that nobody needs at once are comments."""

from __future__ import annotations

STARTER = """\
# How policylint judges the policies in this folder and below. `policylint config --show FILE` tells what holds for a
# document. Every key may be left out; paths are relative to this file.

# --- By which rules ---------------------------------------------------------------------------------------------------

{choice}

# What kind of agency it is (police, sheriff, fire, ems, dispatch, corrections). Without it the requirements for every kind
# are asked.
{kind}

# What is known of the agency, where the documents may not show it.
# facts:
#   regional: yes                      # the team serves several agencies

# Ask what is in force on this day, not what is in force without an end.
# as_of: 2026-07-01

# Of a long manual: title or number of the section to judge.
# section: Peer Support

# Folders with packs, checks, lexicon and profiles of your own (`policylint new pack` begins one).
# rules: [rules]

# --- Which documents --------------------------------------------------------------------------------------------------

# What is left out when a folder is checked; patterns as in .gitignore.
# exclude: ["drafts/", "*.old.md"]

# Other settings for some of the documents; later ones win.
# overrides:
#   - paths: ["fire/**"]
#     agency_kind: fire

# --- The report -------------------------------------------------------------------------------------------------------

# The run fails from this severity up: error, warning, info or never.
# fail_on: error

# What to show beside gaps: met, not_applicable, waived, known, all.
# show: [met]

# text, json, html, markdown, docx, xlsx, csv, sarif, github or junit.
# format: text

# --- What is remembered -----------------------------------------------------------------------------------------------

# Gaps that somebody decided to accept, the gaps there were on a day, and the versions of the packs.
# waivers: policylint-waivers.yaml
# baseline: policylint-baseline.json
# lock: policylint.lock

# --- Limits -----------------------------------------------------------------------------------------------------------

# Most time (seconds) and memory (MB) for reading one document.
# read_seconds: 120
# read_memory: 2048

# Whether results are kept for the next run, and how many processes judge at most.
# cache: yes
# jobs: 2
"""

_BY_STATE = """\
# The state whose law binds the agency: its statutes, then the guidelines. `policylint packs` lists the states.
state: {state}"""

_NATIONAL = """\
# No statute of {state} has a pack (`policylint packs` says what is known of it): the national guidelines count.
profile: national"""

_OPEN = """\
# By the profile of a state, a profile by its name or file, or packs by their ids; one of the three. Without any, each
# document is judged by the state that it names, else by the national guidelines.
# state: WA
# profile: national
# packs: [iacp]"""


def starter(state: str | None, agency_kind: str | None, states: frozenset[str]) -> str:
    """The text of policylint.yaml for an agency.

    Args:
        state: two capitals, or None when the documents shall show it.
        agency_kind: one of `packs.models.AGENCY_KINDS`, or None.
        states: the states that have a profile.
    """
    choice = _OPEN if state is None else (_BY_STATE if state in states else _NATIONAL).format(state=state)
    return STARTER.format(choice=choice, kind=f"agency_kind: {agency_kind}" if agency_kind else "# agency_kind: police")

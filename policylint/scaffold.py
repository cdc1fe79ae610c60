"""Beginnings of rules: files that are complete, pass their own examples, and say by comments what to put in their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from policylint.errors import UsageError
from policylint.packs.models import FORCES, Requirement

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CUES = MappingProxyType({"must": "shall", "should": "should", "may": "may"})
TOPIC = "identification"
"""The topic of a new pack's first requirement."""

_PACK = """\
# The requirements of one authority. docs/writing-rules.md explains every key.
# The id is equal to the file name; ids of packs and requirements are for life.
id: {id}
title: {title}
version: "1"
authority: {title}
# guideline, model policy or statute
rank: guideline
source: Write where the text can be read.
# when somebody last compared this file with the source
as_of: "{day}"
requirements:
  - id: {requirement}
    topic: {topic}
    # must, should or may: how strongly the source asks
    force: must
    text: Peer supporters carry an identification card on duty.
    citation: {citation}
    model_language: Each {{{{ supporter }}}} shall carry an identification card on duty.
"""

_HEAD = """\
# How to find out whether a policy states what {requirement} asks. docs/writing-rules.md explains every key.
# The id is equal to the file name, the topic to the folder.
id: {id}
title: {title}
topic: {topic}
serves: [{requirement}]
"""

# The sentences are about a card, whatever the requirement asks: they pass, and are to be replaced.
_PLAIN = """\
# Replace these by sentences that state it, and the examples by what policies really say. {{name}} is a concept of the lexicon,
# {{a|b}} a choice; `policylint explain ID` shows how checks that ship are written.
says:
  - "{{peer supporter}} {slot} {{carry|wear}} {{identification card|badge}}"
# sentences that say the opposite
opposes:
  - "{{peer supporter}} {slot} not {{carry|wear}} {{identification card|badge}}"
limits: Say here what the check does not see.
examples:
  met:
    - Peer supporters {cue} carry an identification card.
    - On duty each peer supporter {cue} wear a badge.
{weak}  missing:
    - The sergeant shall carry an identification card.
    - Peer supporters shall be volunteers.
    - The coordinator shall keep the roster.
  conflict:
    - Peer supporters shall not wear a badge.
"""

_LISTED = """\
# Replace these by sentences that begin the list, and the examples by what policies really say. {{name}} is a concept of the
# lexicon, {{a|b}} a choice; `policylint explain ID` shows how checks that ship are written.
says:
  - "{{identification card|badge}} {slot} {{show|list|name}}"
# what stands in the list; keys as in the requirement
elements:
{elements}
# list, section or document: where elements are looked for
scope: list
limits: Say here what the check does not see.
examples:
  met:
    - "The identification card {cue} show {all}."
    - "The badge {cue} list the following:\\n{items}"
{weak}  partial:
{some}    - {{text: "The identification card {cue} list what the chief wants.", elements: []}}
  missing:
    - The sergeant shall carry an identification card.
    - Peer supporters shall be volunteers.
    - The coordinator shall keep the roster.
"""

_CLAIM = """\
# The requirement forbids a claim: silence is met, the claim a conflict. Replace this by sentences that make the claim.
opposes:
  - "{{identification card|badge}} must be {{valid|sufficient}}"
limits: Say here what the check does not see.
examples:
  met:
    - Peer supporters shall be volunteers.
    - Peer supporters shall carry an identification card.
    - The sergeant shall wear a badge.
    - A badge shall not be valid after the term ends.
  conflict:
    - The identification card shall be valid everywhere.
    - The badge is sufficient to enter.
"""


def pack(id_: str, title: str | None, day: str) -> Mapping[str, str]:
    """The files of a new pack with one requirement and its check: path in a folder of rules -> content.

    Args:
        id_: lower-case words with hyphens.
        title: what the pack is called, or None to make one of its id.
        day: today as an ISO date.

    Raises:
        UsageError: the id cannot be one.
    """
    _refuse_wrong("pack", id_)
    title = title or f"{id_.replace('-', ' ').title()} guideline"
    requirement = Requirement(f"{id_.upper()}-1", id_, TOPIC, "must", "", "", "")
    name = f"{id_}-identification-card"
    head = _PACK.format(
        id=id_,
        title=_quoted(title),
        citation=_quoted(f"{title}, section 1"),
        day=day,
        requirement=requirement.id,
        topic=TOPIC,
    )
    return {
        f"model_policies/{id_}.yaml": head,
        **check(name, "Peer supporters carry an identification card", requirement),
    }


def check(id_: str, title: str | None, requirement: Requirement) -> Mapping[str, str]:
    """The file of a new check that serves a requirement: path in a folder of rules -> content. Arguments, errors as for `pack`."""
    _refuse_wrong("check", id_)
    slot, cue = requirement.force, _CUES[requirement.force]
    title = title or id_.replace("-", " ").capitalize()
    head = _HEAD.format(id=id_, title=_quoted(title), topic=requirement.topic, requirement=requirement.id)
    if requirement.kind == "must_not_claim":
        body = _CLAIM.format()
    elif requirement.elements:
        body = _listed(requirement, slot, cue)
    else:
        example = "Peer supporters {} carry an identification card."
        body = _PLAIN.format(slot=slot, cue=cue, weak=_weak(requirement.force, example))
    return {f"checks/{requirement.topic}/{id_}.yaml": head + body}


def _listed(requirement: Requirement, slot: str, cue: str) -> str:
    """The body of a check with elements, each found by the words of its key until somebody writes better patterns."""
    words = {key: f"item {key}" for key in requirement.elements}
    words = {key: re.sub(r"[^a-z0-9]+", " ", text.lower()).strip() for key, text in words.items()}
    first = next(iter(words))
    some = f"    - {{text: The badge {cue} name {words[first]}., elements: [{_quoted(first)}]}}\n"
    everything = ", ".join(words.values())
    return _LISTED.format(
        slot=slot,
        cue=cue,
        elements="\n".join(f"  {_quoted(key)}: [{text}]" for key, text in words.items()),
        all=everything,
        items="\\n".join(f"- {text}" for text in words.values()),
        weak=_weak(requirement.force, f"The identification card {{}} show {everything}."),
        some=some if len(words) > 1 else "",
    )


def _weak(force: str, sentence: str) -> str:
    """The examples of a sentence said with less force; there is none below "may"."""
    weaker = FORCES.index(force) - 1
    return f"  weak:\n    - {sentence.format(_CUES[FORCES[weaker]])}\n" if weaker >= 0 else ""


def _refuse_wrong(kind: str, id_: str) -> None:
    if not _ID.fullmatch(id_):
        raise UsageError(f"{id_!r} cannot be the id of a {kind}.", hint="Use lower-case words-with-hyphens.")


def _quoted(text: str) -> str:
    """A text as YAML takes it whatever it holds."""
    plain = re.fullmatch(r"[A-Za-z][\w ()/.,-]*[\w)]|[A-Za-z]", text)
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

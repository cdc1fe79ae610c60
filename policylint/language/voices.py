"""Voices: as what a section or a sentence speaks. Only what speaks as the policy's own rule counts everywhere."""

from __future__ import annotations

import re
from collections.abc import Collection

from policylint.document import Document
from policylint.language.fragments import is_question

_PURPOSE_HEAD = re.compile(
    r"\b(purpose|objectives?|goals?|aims?|(?:mission|vision)"
    r"(?!\s(?!of\b|and\b|statement\b).*\b(?:department|police|sheriff|fire|rescue|district|county|city|office|authority)\b))\b",
    re.IGNORECASE,
)
"""Not "Mission Valley Police Department", where a place is called so."""
_NOT_ONLY_PURPOSE = re.compile(r"\b(policy|procedures?|polic(?:y|ies) and)\b", re.IGNORECASE)
_WORKING_HEAD = re.compile(
    r"\b(procedures?|rules|requirements|responsibilities|duties|eligibility|selection|removal)\b", re.IGNORECASE
)
"""What no purpose is made of: a scan or an export may set such a heading as if it stood under "Purpose"."""
_PURPOSE_SENTENCE = re.compile(
    r"^\W*(the|its|our|this|core)?\s*([\w’'-]+\s+){0,5}?(purpose|objectives?|goals?|mission|aims?)\b(?!.*\bshall\b)(\s+\w+){0,8}?\s*(is|are|include|includes|:)",
    re.IGNORECASE,
)
_PURPOSES = ("purpose", "objective", "goal", "mission", "aim")
"""One of these is in every such sentence."""
_STATUTE_TITLE = re.compile(
    r"(\b(act|statute|code|revised code|annotated|statutes)\b\s*\.?$)|§|^\W*\d+[A-Z]?-\d+[A-Z]?-\d+|\b(RCW|MCA|U\.?S\.?C)\b.*\d",
    re.IGNORECASE,
)
_UNDER_A_LAW = re.compile(r"\b(under|with)\s+(\w+\s+){0,3}(act|statutes?|code)\W*$", re.IGNORECASE)
"""A title that only points to a law: "Protection under the Act"."""
_STATUTE_LABEL = re.compile(r"^(§|\d+[A-Z]?-\d+[A-Z]?-\d+)")
_LIKE_A_LAW = re.compile(r"^\W*(?P<series>(?:\w+[-.:])*)(?P<last>\d+)\b")
"""A number such as those of statutes, and what the numbers before and after it begin with, too: "27-4-" of "27-4-1"."""
_SERIES = 3
"""Sections that make a series of the document's own numbers."""
_LAW = re.compile(
    r"\b(statute|code|RCW|MCA|act|law of this state|§|revised|subsection|state law|chapter \d+)", re.IGNORECASE
)
_DISCLAIMER = re.compile(
    r"\b(for (internal|departmental|department|agency|internal department) use only|does not (create|expand|enlarge)[^.]{0,60}"
    r"(civil|criminal|legal|liability|standard of care|rights)|"
    r"(policy|directive|order|guideline|procedure|manual|document)s? (is|are|does|do|shall|will) not (intended to )?(apply|be used)[^.]{0,40}"
    r"(civil|criminal)[^.]{0,30}(proceeding|action|litigation|liability|case)|all rights reserved|copyright|not (be )?(construed|intended) (as|to)[^.]{0,40}(legal standard|higher (legal )?standard|civil))",
    re.IGNORECASE,
)
_DISCLAIMING = ("use only", "does not", "not apply", "reserved", "copyright", "construed", "intended")
"""One of these is in every disclaimer; the pattern itself would try every word of the document."""

_SIGN_OFF = re.compile(
    r"^\W*(approved|authorized|issued|prepared|reviewed|revised|adopted|drafted|signed)\s+by\W*:", re.IGNORECASE
)
"""Begins the line that tells who signed the document: "Approved by: the Sheriff" designates nobody."""


def section_voices(document: Document) -> list[str]:
    """For each section, the voice of what stands in it."""
    voices = ["body"]
    whole = title_of_the_whole(document)
    numbered = _own_numbers(document)
    for section in document.sections[1:]:
        above = voices[section.parent or 0]
        number = numbered.get(section.index, "")
        own = _title_voice("" if number else section.label, section.title.replace(number, "", 1))
        if own == "purpose" and section.index == whole:
            own = "body"  # "Peer Support: Goals and Rules"
        # a manual puts "1.1.1 Definitions" under "1.1 Purpose and scope"; they define terms all the same
        nested = above == "purpose" and (own == "definition" or _WORKING_HEAD.search(section.title) is not None)
        voices.append(own if above == "body" or nested else above)
    return voices


def title_of_the_whole(document: Document) -> int | None:
    """The index of the section that holds all others, if one does."""
    top = [section.index for section in document.sections[1:] if not section.parent]
    return top[0] if len(top) == 1 and len(document.sections) - 1 > len(top) else None


def _own_numbers(document: Document) -> dict[int, str]:
    """Sections whose number looks like one of a statute and is the document's own -> the number.

    Most of the document stands in one such series: "27-4-1 Intent", "27-4-2 Terms" or "§ 1 Purpose". Of a statute
    that a policy reprints only some sections do.
    """
    series: dict[str, dict[int, str]] = {}
    for section in document.sections[1:]:
        named = f"{section.label} {section.title}".strip()
        number = _LIKE_A_LAW.match(named) if _title_voice(section.label, section.title) == "statute" else None
        if number is not None:
            series.setdefault(number["series"], {})[section.index] = number[0]
    for own in series.values():
        held = [s for s in document.sections[1:] if s.index in own or _under(document, s.parent, own)]
        if len(own) >= _SERIES and 2 * len(held) > len(document.sections) - 1:
            return own
    return {}


def _under(document: Document, section: int | None, tops: Collection[int]) -> bool:
    """Whether a section is one of some, or stands under one."""
    while section is not None and section not in tops:
        section = document.sections[section].parent
    return section is not None


def _title_voice(label: str, title: str) -> str:
    if _STATUTE_LABEL.search(label):
        return "statute"
    if _STATUTE_TITLE.search(title) and "polic" not in title.lower() and not _UNDER_A_LAW.search(title):
        return "statute"
    if re.search(r"\bdefinitions?\b|\bglossary\b", title, re.IGNORECASE):
        return "definition"
    if _PURPOSE_HEAD.search(title) and not _NOT_ONLY_PURPOSE.search(title):
        return "purpose"
    return "body"


def sentence_voice(kind: str, section_voice: str, text: str, law_before: bool) -> str:
    """The voice of one statement, from its passage's kind, its section and its words."""
    if section_voice == "statute" or (kind == "quote" and law_before):
        return "statute"
    lower = text.lower()
    if _SIGN_OFF.match(text) or (any(word in lower for word in _DISCLAIMING) and _DISCLAIMER.search(text)):
        return "disclaimer"
    if section_voice in ("purpose", "definition"):
        return section_voice
    if is_question(text):
        return "question"
    if kind in ("row", "quote"):
        return kind
    purposeful = any(word in lower for word in _PURPOSES) and _PURPOSE_SENTENCE.match(text)
    return "purpose" if purposeful else "body"


def speaks_of_law(text: str) -> bool:
    """Whether a passage names a statute, so that a quotation after it is likely its text."""
    return bool(_LAW.search(text))

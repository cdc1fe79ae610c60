"""Headings that open a paragraph: "Selection. Members who wish to serve ..."."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from policylint.outline.lines import has_verb, is_caps, is_title, leads_in, split_spans, starts_small, stopped, words
from policylint.outline.paragraphs import Unit

_RUN_IN = re.compile(r"(?P<head>[A-Z][^.:?!;\n]{1,70}?)(?P<mark>\.(?:\s?[-–—]+)?|:)\s+(?=[\"“(]?[A-Z])")

_ANSWERS = frozenset("yes no everyone everybody anyone anybody nobody none never always sometimes both neither".split())
"""Words that answer the question above ("Who is covered?" "Everyone. ...") and head nothing."""

_SUBJECTS = frozenset("every each any nobody everyone everybody anyone we you they it there".split())
"""Words with which a sentence opens and a title does not."""

_POINTS_BACK = re.compile(r"(?:They|It|He|She|Their|Its|Theirs)\b")
"""How a sentence goes on from the one before it; the first one under a title has nothing to point back to."""

_ENOUGH = 3
"""Paragraphs that must open in one form before it is one of headings."""


class RunIns:
    """Which paragraphs of a document open with a heading: of those that look like it, the ones that are not alone."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._forms = [form_of(u) for u in units]
        self._count = Counter(form for form in self._forms if form is not None)
        # Where most paragraphs open with a title, one that reads like a sentence ("Who may be served.") is a title, too.
        prose = sum(u.label is None and len(words(u.text)) > 12 for u in units)
        # Where few paragraphs do, one in small letters ("The Chief names a coordinator. She ...") is a short sentence.
        if self._count["plain", ".", ""] * 4 <= prose:
            self._forms = [
                None if form == ("plain", ".", "") and _is_small(unit) else form
                for unit, form in zip(units, self._forms, strict=True)
            ]
            self._count = Counter(form for form in self._forms if form is not None)
        if self._count["plain", ".", ""] * 2 > max(prose, 4):
            self._count["sentence", ".", ""] = self._count["plain", ".", ""]
        self._few = self._rare_among_siblings()

    def mark(self, at: int) -> str | None:
        """The mark after the heading that opens a unit, "." or ":", or None where none does."""
        form = self._forms[at]
        if form is None or (form[0] != "bold" and (self._count[form] < _ENOUGH or at in self._few)):
            return None
        return form[1]

    def _rare_among_siblings(self) -> set[int]:
        """Of numbered paragraphs that open like "Listens. Checks in." those whose siblings seldom open with a heading."""
        siblings: dict[tuple[str, tuple[int, ...]], list[int]] = {}
        found: set[int] = set()

        def settle(group: list[int]) -> None:
            opened = [at for at in group if self._forms[at] is not None]
            if 2 * len(opened) <= len(group):
                found.update(at for at in opened if not _is_long_title(self._units[at]))

        for at, unit in enumerate(self._units):
            if unit.label is None or unit.label.bullet:
                continue
            series = unit.label.style, unit.label.values[:-1]
            if unit.label.first:
                settle(siblings.pop(series, []))
            siblings.setdefault(series, []).append(at)
        for group in siblings.values():
            settle(group)
        return found


def _is_long_title(unit: Unit) -> bool:
    """Whether it opens with a title of several words, which no sentence looks like."""
    head = _words_before_mark(unit)
    return head is not None and is_title(head)


def _is_small(unit: Unit) -> bool:
    """Whether it opens with several words that are not written as a title."""
    head = _words_before_mark(unit)
    return head is not None and not is_title(head)


def _words_before_mark(unit: Unit) -> str | None:
    """What it opens with, where that is of several words."""
    match = _RUN_IN.match(unit.text[:160])
    return match["head"] if match is not None and len(words(match["head"])) > 1 else None


def form_of(unit: Unit) -> tuple[str, str, str] | None:
    """The form of a heading that opens a paragraph: (bold or plain, mark, style of label), or None."""
    if unit.kind not in ("line", "paragraph", "item") or (unit.label is not None and unit.label.bullet):
        return None
    bold = 1 < unit.lead < len(unit.text) - 20
    match = _RUN_IN.match(unit.text[:160])
    if bold:
        head = unit.text[: unit.lead].strip()
        mark = head[-1:] if head[-1:] in ".:" else unit.text[unit.lead :].lstrip()[:1]
        after = unit.text[unit.lead :].lstrip(" .:–—-")
        if mark == ":" and not (len(words(after)) > 7 and (stopped(after) or leads_in(after))):
            return None
        if mark in (".", ":") and len(words(head)) <= 12 and not starts_small(after):
            return ("bold", mark, unit.label.style if unit.label else "")
    if match is None or len(unit.text) - match.end() < 20:
        return None
    found = words(match["head"])
    if not 0 < len(found) <= 6:
        return None
    first = found[0].lower()
    if first in _ANSWERS and len(found) == 1:
        return None
    reads_on = has_verb(match["head"]) or (len(found) > 2 and first in _SUBJECTS)
    form = "sentence" if len(found) > 1 and reads_on and not is_title(match["head"]) else "plain"
    if form == "sentence" and match["mark"] == ":":
        return None
    if match["mark"] != ":" and _POINTS_BACK.match(unit.text, match.end()) and _is_small(unit):
        return None
    if match["mark"] == ":" and (not stopped(unit.text) or len(words(unit.text)) < 8):
        return None
    if first in ("note", "warning", "important", "example", "exception", "no", "e.g", "i.e") or (
        len(found[-1]) < 3 and match["mark"] != ":"
    ):
        return None
    # In capitals, one is enough: "PURPOSE: This order ..." can be nothing else.
    form = "bold" if is_caps(match["head"]) else form
    return (form, match["mark"][0], unit.label.style if unit.label else "")


def cut(text: str, unit: Unit) -> tuple[Unit, Unit]:
    """A unit as its run-in heading and the rest."""
    if 1 < unit.lead < len(unit.text) - 20:
        length = unit.lead
    else:
        match = _RUN_IN.match(unit.text[:160])
        assert match is not None
        length = match.end("mark")
    while length < len(unit.text) and unit.text[length] in " .:–—-":
        length += 1
    head, rest = split_spans(text, unit.spans, len("".join(unit.text[:length].split())))
    heading = unit._replace(spans=head, text=unit.text[:length].strip(" .:–—-"), lines=1, lead=0)
    return heading._replace(whole=head), unit._replace(
        spans=rest, whole=rest, text=unit.text[length:], label=None, lead=0, gap=0, bold=False
    )

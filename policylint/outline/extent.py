"""How far a section reaches: what stands under it, and what goes on with its number or follows it in a manual."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from policylint.document import Document, Span, heading_text

Range = tuple[int, int]
"""Half-open range of section indices."""

_FEW = 40
"""Words below which a heading stands over nothing: its policy follows in sections beside it."""
_AHEAD = 4
"""Sections without a number that may stand between two numbers of one policy (a mark of where a text comes from)."""
_NEXT = re.compile(
    r"(?:\n[^\S\n]*(?:(?:general |special |standing )?(?:policy|chapter|section|order|directive|procedure|number|no)\b[ .:#]*)*"
    r"(?:[A-Z]{0,3}[ -]?\d[\d.-]*)?[^\S\n]*)+\Z",
    re.IGNORECASE,
)
"""The number of the next policy, which stands over its title."""
_NAMES = re.compile(r"^(?:section|sec\.?|policy|chapter|article|part|order|directive|§+)\s*(?=[\divxl])")


def folded(text: str) -> str:
    """A heading or number as it is compared: small letters, white space folded, no marks at its ends."""
    return " ".join(text.casefold().split()).strip(" .:;–—-\"'“”()[]")


class Sections:
    """The sections of a document as stretches of it."""

    def __init__(self, document: Document) -> None:
        self.document = document
        count = len(document.sections)
        ends = [count] * count
        open_: list[int] = []
        for section in document.sections:
            while open_ and document.sections[open_[-1]].level >= section.level:
                ends[open_.pop()] = section.index
            open_.append(section.index)
        self._ends = ends
        headings, texts = [s.spans for s in document.sections], [p.spans for p in document.passages]
        held = sorted(span for spans in headings + texts for span in spans)
        stops = [0, *(b for _, b in held)]
        firsts = [a for a, _ in held]
        # A section begins with its label, right after the last piece of text before it.
        self._starts = [0] + [stops[bisect_left(firsts, s.spans[0][0])] for s in document.sections[1:]] + [
            len(document.text)
        ]  # fmt: skip

    def span(self, part: Range) -> Span:
        """Where sections stand in the text, white space at both ends left out."""
        text, (begin, end) = self.document.text, (self._starts[part[0]], self._starts[part[1]])
        while begin < end and text[begin].isspace():
            begin += 1
        if part[1] < len(self._ends) and (following := _NEXT.search(text, max(begin, end - 200), end)) is not None:
            end = following.start()
        while end > begin and text[end - 1].isspace():
            end -= 1
        return begin, end

    def words(self, part: Range) -> int:
        """How many words stand in sections, headings included."""
        begin, end = self.span(part)
        return len(self.document.text[begin:end].split())

    def extent(self, index: int) -> Range:
        """A section with what stands under it, what goes on with its number, and what follows a mere title."""
        end = self._by_number(index, self._ends[index])
        if end < len(self._ends) and self.words((index, end)) - len(self._title(index).split()) < _FEW:
            end = self._until_repeated(index, end)
        return index, end

    def outermost(self, parts: Iterable[Range]) -> list[Range]:
        """Ranges without those that lie within another."""
        out: list[Range] = []
        for part in sorted(parts, key=lambda p: (p[0], -p[1])):
            if not out or part[0] >= out[-1][1]:
                out.append(part)
        return out

    def named(self, wanted: str) -> list[Range]:
        """The sections that have a title or number; those that hold the words when none has them all."""
        name = folded(wanted)
        bare = _NAMES.sub("", name)
        found = [s.index for s in self.document.sections[1:] if {name, bare} & self._names(s.index)]
        if not found and any(c.isdigit() for c in bare):
            first = next((s.index for s in self.document.sections[1:] if _within(s.label, bare)), None)
            return [(first, self._numbered(bare, first, first))] if first is not None else []
        if not found and len(name) > 3:
            holds = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
            found = [s.index for s in self.document.sections[1:] if holds.search(folded(s.title))]
        return [self.extent(index) for index in found]

    def densest(self, places: Sequence[int], words: int) -> list[Range]:
        """The run of sections with the most mentions above one for so many words, or none."""
        best, gain, start, best_gain = (0, 0), 0, 1, 0
        for index in range(1, len(self._ends)):
            begin, end = self.span((index, index + 1))
            here = words * (bisect_left(places, end) - bisect_left(places, begin))
            here -= len(self.document.text[begin:end].split())
            if gain <= 0:
                gain, start = 0, index
            gain += here
            if gain > best_gain:
                best, best_gain = (start, index + 1), gain
        return [best] if best_gain else []

    def _title(self, index: int) -> str:
        return heading_text(self.document.sections[index])

    def _names(self, index: int) -> set[str]:
        section = self.document.sections[index]
        label = folded(section.label)
        names = {label, _NAMES.sub("", label), folded(section.title), folded(f"{label} {section.title}")}
        return names - {""}

    def _by_number(self, index: int, end: int) -> int:
        """Where the sections end that go on with the number of one: 1031, then 1031.1 to 1031.9 beside it."""
        family = _NAMES.sub("", folded(self.document.sections[index].label))
        if not family:
            # "Peer Support" without a number, followed by 1031.1
            label = next((s.label for s in self.document.sections[index + 1 : index + 1 + _AHEAD] if s.label), "")
            family = label.rpartition(".")[0] if label.endswith((".1", ".01")) else ""
        return self._numbered(family, index, end) if family else end

    def _numbered(self, family: str, index: int, end: int) -> int:
        end = max(end, index + 1)
        while end < len(self._ends):
            following = self.document.sections[end : end + _AHEAD]
            ahead = next((s.index for s in following if s.label), None)
            if ahead is None or not _within(self.document.sections[ahead].label, family):
                break
            end = self._ends[ahead]
        return end

    def _until_repeated(self, index: int, end: int) -> int:
        """Where the policy under a mere title ends: before the title of the next, which begins with the same heading.

        In "PEER SUPPORT, PURPOSE, POLICY, PROCEDURE, TOWING, PURPOSE, ..." nothing else tells titles from headings.
        """
        sections = self.document.sections
        if end >= len(sections) or sections[end].level > sections[index].level:
            return end
        first = folded(sections[end].title)
        again = next((s.index for s in sections[end + 1 :] if folded(s.title) == first), None)
        if again is None:
            return end
        stop = again - 1
        while stop - 1 > end and self.words((stop - 1, stop)) <= len(self._title(stop - 1).split()) + 2:
            stop -= 1
        return max(stop, end)


def _within(label: str, family: str) -> bool:
    """Whether a number stands under another: 1031.4 under 1031."""
    name = _NAMES.sub("", folded(label))
    return name.startswith(family) and name[len(family) : len(family) + 1] in (".", "-", "(", "_")

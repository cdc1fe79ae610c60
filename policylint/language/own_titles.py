"""Titles of a document's own for those who give support, learnt from what it says of them.

A policy need not define whom it means: "You can call any walker", "what you tell a walker stays with the walker" and "a walker
is no therapist" show it. Nothing here knows a title; what counts is what is said around a word that returns. No single sign is
enough: a chaplain listens, too, and an investigator keeps quiet. A title must be of those one tells things to in confidence,
who help, are chosen or trained for it, and whose matter is distress; and it must not be colleagues of the public that they serve.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from policylint.language.words import Token, keys_of

Phrase = tuple[str, ...]


_DETERMINERS = frozenset("a an any another each every no one your the our this that two both these".split())
_REACHED = keys_of(
    "talk speak turn go reach open call contact text ring phone ask choose pick find approach request page visit"
)
_TOLD = keys_of(
    "tell say share disclose confide communicate entrust divulge reveal communication conversation exchange"
)
_MADE = keys_of(
    "become serve act function designate select choose appoint train name volunteer apply recruit join service role duty "
    "work be"
)
_HELPS = keys_of(
    "listen support assist comfort help refer accompany sit walk check look stand offer guide console connect respond "
    "befriend encourage furnish visit"
)
_DISCLOSES = keys_of(
    "disclose reveal repeat divulge tell share discuss record document note pass volunteer betray report write discloses"
)
_KEEPS = keys_of("stay keep hold remain")
_CONFIDENCE = keys_of("confidence confidential private secret himself herself themselves between confidentiality")
_TREATS = keys_of(
    "therapist counselor clinician psychologist therapy counseling treat treatment diagnose diagnosis license clinical "
    "counsel physician doctor medical"
)
_SCHOOLED = keys_of(
    "train training course class academy school schooling hour instruction workshop certify refresher practice"
)
_DISTRESS = keys_of(
    "stress distress grief trauma traumatic suicide crisis die death danger harm shooting fatality burnout strain hurt "
    "distressing kill lonely sorrow loss debriefing"
)
_DENIES = frozenset("not no never none nobody neither nor cannot nothing without".split())
_SERVED = keys_of(
    "victim citizen public suspect hostage patient student recruit trainee customer resident guest juvenile witness "
    "offender detainee client prisoner youth visitor"
)
"""Whom those serve who have a like title and another task: victims' advocates, mentors of recruits, negotiators."""
_NO_TITLE = keys_of(
    "chaplain clergy pastor priest counselor therapist clinician psychologist psychiatrist contractor vendor provider "
    "consultant doctor physician nurse lawyer attorney investigator negotiator inspector judge union steward relative "
    "spouse person people someone somebody anyone anybody everyone colleague coworker friend crew shift time call thing "
    "one other who what it you he she they we day name number way few lot best first same list program policy section "
    "team group unit committee board council department agency district county city office chief captain sergeant "
    "lieutenant supervisor manager director employee officer member firefighter deputy dispatcher medic staff boss "
    "station course class training session meeting conversation contact communication report line help service "
    "not be is are was to of and or in at for with by from on about if so candidate applicant volunteer recipient "
    "coordinator lead leader mentor word matter question reason answer need right hour minute week month year "
    "clinic hospital resource professional individual party incident event debriefing order part place that this "
    "them him her me us all more two three four five six new certain specific particular different"
)
_ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "enc", "ship", "ing", "ism", "ure")
_NO_PERSON = keys_of(
    "team program unit group support assistance help care duty role line number list plan agency privilege talk"
)
"""Last words of what is no title, in any form of writing."""
_MEMBERS = keys_of("member volunteer")
_LEAST = 4
"""Times a title must stand in a document."""
_LONGEST = 3
_ENOUGH = 6
"""Points of the signs below that make a title."""
_POINTS = {"told": 2, "silent": 2, "layman": 2, "reached": 1, "helps": 1, "made": 1, "schooled": 1, "distress": 1}
_BEFORE, _AFTER = 4, 14
"""Words before and behind a title in which a sign is looked for."""
_MANY_SERVED = 3


@dataclass
class _Title:
    """What has been said of a phrase so far."""

    count: int = 0
    signs: set[str] = field(default_factory=set)
    served: int = 0

    @property
    def gives_support(self) -> bool:
        """Whether the signs are those of one who gives support to colleagues."""
        return (
            self.count >= _LEAST
            and self.served < max(_MANY_SERVED, self.count // 4)
            and bool({"told", "silent"} & self.signs)
            and bool({"helps", "reached"} & self.signs)
            and bool({"made", "schooled"} & self.signs)
            and sum(_POINTS[s] for s in self.signs) >= _ENOUGH
        )


class OwnTitles:
    """Looks for titles in the words of one document, sentence by sentence."""

    def __init__(self, text: str, words: Sequence[Token], known: Callable[[Phrase], bool]) -> None:
        """Take a document's words; `known` tells whether a phrase means somebody else already."""
        self._text, self._words, self._known = text, words, known
        self._keys = [t.key for t in words]

    def find(self, sentences: Iterable[tuple[int, int]]) -> list[Phrase]:
        """The titles of those who give support, most frequent first; a longer title hides the words in it."""
        ranges = list(sentences)
        titles = {phrase: _Title() for phrase in self._candidates(ranges)}
        if not titles:
            return []
        for phrase in [p for p in titles if p[0] in _MEMBERS]:
            titles[phrase[:1]] = titles[phrase]  # what is said of "members" is said of the members of the one group
        first = defaultdict[str, list[Phrase]](list)
        for phrase in sorted(titles, key=lambda p: (-len(p), p)):
            first[phrase[0]].append(phrase)
        places = [at for at, word in enumerate(self._keys) if word in first]
        for begin, end in ranges:
            low = bisect_left(places, begin)
            if low < len(places) and places[low] < end:
                self._read(begin, end, titles, first)
        found = [p for p, title in titles.items() if title.gives_support and (len(p) > 1 or p[0] not in _MEMBERS)]
        return sorted(found, key=lambda p: (-titles[p].count, p))

    # -- candidates -----------------------------------------------------------------------------------------------

    def _candidates(self, ranges: Sequence[tuple[int, int]]) -> list[Phrase]:
        """Phrases that stand where one names whom to call, to tell, or what somebody becomes."""
        counts = Counter[Phrase]()
        determiners = [at for at, word in enumerate(self._words) if word.lower in _DETERMINERS]
        for begin, end in ranges:
            for at in determiners[bisect_left(determiners, begin) : bisect_left(determiners, end - 1)]:
                if self._slot(begin, at):
                    for phrase in self._phrases(at + 1, end):
                        counts[phrase] += 1
                elif (stop := self._capitalised(at + 1, end)) > at + 2:
                    counts[tuple(self._keys[at + 1 : stop])] += 1
        likely = [p for p, n in counts.items() if n > 1 and _names_a_person(p)]
        if not likely:
            return []
        often = Counter(self._keys)
        return [p for p in likely if often[p[-1]] >= _LEAST and not self._known(p)]

    def _slot(self, begin: int, at: int) -> bool:
        before = self._keys[max(begin, at - 3) : at]
        return any(k in _REACHED or k in _TOLD or k in _MADE for k in before)

    def _phrases(self, at: int, end: int) -> Iterator[Phrase]:
        """The phrases that begin at a word: as many words as are capitalised, else one or two."""
        keys = self._keys
        if keys[at] in _MEMBERS and at + 2 < end and keys[at + 1] == "of":
            name = self._capitalised(at + 2, end)
            if name > at + 2:
                yield (keys[at], *keys[at + 1 : name])
            return
        stop = self._capitalised(at, end)
        if stop > at + 1:
            yield tuple(keys[at:stop])
        elif keys[at] not in _NO_TITLE and self._words[at].lower.isalpha():
            yield (keys[at],)
            following = keys[at + 1] if at + 1 < end else ""
            if following not in _NO_TITLE and following.isalpha():
                yield (keys[at], following)

    def _capitalised(self, at: int, end: int) -> int:
        """Where a run of capitalised words ends."""
        stop = at
        while stop < min(end, at + _LONGEST) and self._text[self._words[stop].start].isupper():
            stop += 1
        return stop

    # -- signs ----------------------------------------------------------------------------------------------------

    def _read(self, begin: int, end: int, titles: dict[Phrase, _Title], first: dict[str, list[Phrase]]) -> None:
        """Note what one sentence says of each title in it."""
        keys = self._keys
        whole = set(keys[begin:end])
        seen: set[Phrase] = set()
        at = begin
        while at < end:
            begun = first.get(keys[at])
            phrase = next((p for p in begun if tuple(keys[at : at + len(p)]) == p), None) if begun else None
            if phrase is None:
                at += 1
                continue
            title = titles[phrase]
            title.count += 1
            after = at + len(phrase)
            self._signs(title, keys[max(begin, at - _BEFORE) : at], range(after, min(end, after + _AFTER)))
            if phrase not in seen:
                seen.add(phrase)
                title.served += not _SERVED.isdisjoint(whole)
                title.signs.update(name for name, words in _AROUND if not words.isdisjoint(whole))
            at = after

    def _signs(self, title: _Title, before: Sequence[str], after: range) -> None:
        """The signs right before and behind a title."""
        title.signs.update(name for name, words in _AHEAD if not words.isdisjoint(before))
        behind = [self._keys[i] for i in after]
        lower = [self._words[i].lower for i in after]
        denied = next((i for i, word in enumerate(lower) if word in _DENIES), None)
        plain = behind if denied is None else behind[:denied]
        if not _HELPS.isdisjoint(plain):
            title.signs.add("helps")
        if not _KEEPS.isdisjoint(behind) and not _CONFIDENCE.isdisjoint(behind):
            title.signs.add("silent")
        if not _KEEPS.isdisjoint(before) and "with" in before:
            title.signs.add("silent")
        if denied is not None or "no" in before or "none" in before:
            rest = behind if denied is None else behind[denied:]
            if not _DISCLOSES.isdisjoint(rest[:5]):
                title.signs.add("silent")
            if not _TREATS.isdisjoint(rest):
                title.signs.add("layman")


def _names_a_person(phrase: Phrase) -> bool:
    """Whether a phrase can be a title that needs to be learnt: no abstract noun, no title with "peer" in it."""
    return "peer" not in phrase and not phrase[-1].endswith(_ABSTRACT) and phrase[-1] not in _NO_PERSON


_AHEAD = (("reached", _REACHED), ("told", _TOLD), ("made", _MADE))
_AROUND = (("schooled", _SCHOOLED), ("distress", _DISTRESS))

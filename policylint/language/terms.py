"""The document's own terms: acronyms, defined terms, "hereafter called", and short forms of long names.

A term joins a concept for this document only. Sources: "Peer Support Person (PSP)"; "Liaison: an employee trained to ...";
"trained personnel, who are called associates".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import pairwise, takewhile

from policylint.document import Document
from policylint.language.agency_names import agency_names
from policylint.language.automaton import Occurrence
from policylint.language.bare_members import members_give_support
from policylint.language.concepts import (
    AGENCY,
    CLINICIAN,
    COMMITTEE,
    COORDINATOR,
    ELSEWHERE,
    PROGRAM,
    SUPPORTER,
    ConceptFinder,
)
from policylint.language.fragments import OPEN_LABELS
from policylint.language.own_titles import OwnTitles
from policylint.language.phrase_table import PhraseTable
from policylint.language.pipeline import BREAK
from policylint.language.program_names import program_name
from policylint.language.term_words import (
    AID,
    ALONE,
    ARTICLES,
    COMMITTEES,
    CONSULTANTS,
    EMPLOYEES,
    FIRST,
    GENERIC,
    LABELS,
    LEADERS,
    MEMBERS,
    NAMED,
    OTHERS,
    PREPARED,
    PROFESSIONS,
    PROGRAMS,
    RANKS,
    RECIPIENT,
    RUNS,
    SHARED,
    THINGS,
    TITLES,
    TO_SOMEBODY,
    VERBS,
)
from policylint.language.words import Token, phrase_key, tokens
from policylint.packs.models import Pattern

_ACRONYM = re.compile(
    r"\(\s*(?:(?:the|or|hereafter|hereinafter|hereinafter referred to as|herein|referred to as|also called|abbreviated)\s+)*"
    r"[“\"']?((?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z][a-z]+)(?: [A-Z][a-z]+)?)s?[”\"']?\s*\)"
)
_DEFINITION = re.compile(
    r"^\W*(?:(?:An?|The)\s+)?[“\"']?(?P<term>[A-Z][\w’'/-]*(?:\s+(?:of\s+|and\s+)?[\w’'/-]+){0,4}?)[”\"']?\s*(?:\((?P<acronym>[A-Z][\w]{1,7})\)|\([^()“\"]{0,30}[“\"](?:the\s+)?(?P<short>[A-Z]\w+(?: \w+)?),?[”\"]\))?[”\"']?(?:,[^,.;:]{1,40})?,?\s*"
    r"(?::|[-–—]{1,2}\s|(?:shall\s+)?means?\b|is\s+defined\s+as\b|refers\s+to\b|(?P<copula>is|are)\s+(?=an?\s|any\s|the\s|the\s|those\s|employees|members|persons|personnel|volunteers|trained\b))"
    r"\s*(?P<body>.+)",
    re.DOTALL,
)
_DEFINING = (
    *(":", "- ", "– ", "— ", "mean", "is defined", "refers to"),
    *(f"{verb} {first}" for verb in ("is", "are") for first in "atempv"),
)
"""One of these is in every definition, white space folded; the pattern itself takes long to fail."""
_NEXT_DEFINITION = re.compile(
    r"(?<=[.;])\s+(?=[*_“\"'‘]{0,2}[A-Z][\w’'/-]*(?: [\w’'/-]+){0,4}[*_”\"'’]{0,2}(?:\s*:\s|[*_”\"'’]*\s(?:shall )?means?\s))"
)
"""Between two definitions of one paragraph."""
_CALLED = re.compile(
    r"\b(?:called|known as|referred to as|termed|hereafter|hereinafter)\s+(?:called\s+|known as\s+|referred to as\s+)?"
    r"(?:the\s+|an?\s+|“|\")*(?!(?:upon|on|out|in|into|up|off|for|to|back|away|by|before|together)\b)(?P<term>[A-Za-z][\w’'-]*(?:\s[A-Z]?[\w’'-]+){0,2})"
)
_CALLING = ("called", "known as", "referred to", "termed", "hereafter", "hereinafter")
_CLAUSE_START = re.compile(r"[.;:]\s(?!.*[.;:]\s)", re.DOTALL)
_CELLS = 2
_LATELY = 6
"""Words before "known as" that tell who is called so."""
_SOON = 6
"""Words after which a definition has said what sort of person it defines."""
_ENGAGED = 20
"""Words behind a clinician within which he or she is engaged "as the team's consultant"."""
_POINTS_BACK = re.compile(r"^\W*(?:here\s+)?(?:it|they|this|these)\s*(?:is|are)?\W*$", re.IGNORECASE)
_DONE_BY = frozenset(("by", "with", "from"))
"""Right before somebody, they tell that a definition is of something that is done."""
_NEGATION = re.compile(r"\b(?:not|cannot|never|no)\b")

_HEAD = 600
"""Characters of a passage in which a definition must begin and show what it is."""


class Terms:
    """Collects the aliases of one document.

    Attributes:
        found: the keys of each term -> the concept it stands for.
        peer_names: those of them that are short for a name with "peer" in it.
    """

    def __init__(self, finder: ConceptFinder) -> None:
        self._finder = finder
        self.table = PhraseTable()
        self.found: dict[tuple[str, ...], str] = {}
        self.peer_names: set[tuple[str, ...]] = set()

    def add(self, phrase: tuple[str, ...], concept: str) -> None:
        """Let a phrase stand for a concept in this document; the first meaning given holds."""
        if phrase and phrase[0] in ARTICLES:
            phrase = phrase[1:]
        if not phrase or phrase in self.found or not VERBS.isdisjoint(phrase):
            return
        if len(phrase) > 1 or len(phrase[0]) > 1:
            self.found[phrase] = concept
            self.table.add(phrase, self._finder.mask((concept,)))

    def from_passage(self, text: str) -> None:
        """Take the terms that a passage's text defines."""
        # a plain search first: the patterns try every word of the document
        self.from_brackets(text)
        meaning: str | None = None
        for piece in _NEXT_DEFINITION.split(text) if ":" in text or "mean" in text else (text,):
            head = piece[:_HEAD]
            definition = _DEFINITION.match(head) if any(sign in head for sign in _DEFINING) else None
            if definition is not None:
                short = definition["acronym"] or definition["short"]
                meaning = self._define(definition["term"], definition["body"], short, copula=bool(definition["copula"]))
        for called in _CALLED.finditer(text) if any(word in text for word in _CALLING) else ():
            before = text[max(0, called.start() - 300) : called.start()]
            clause = _CLAUSE_START.search(before)
            body = before[clause.end() :] if clause else before
            if _POINTS_BACK.match(body):
                if meaning is not None:
                    self.add(phrase_key(called["term"]), meaning)
            else:
                self._called(called["term"], body)
        for found in _ACRONYM.finditer(text) if "(" in text else ():
            self._short_form(text, found)

    def from_brackets(self, text: str) -> None:
        """Take the short names that a passage or a heading gives: "Peer Assistance Team (PAT)"."""
        for found in _ACRONYM.finditer(text) if "(" in text else ():
            self._acronym(text, found)

    def _called(self, term: str, body: str) -> None:
        """Learn what is "hereafter the Circle": what stands right before, else what the sentence tells of it."""
        ending = self._ending([t for t in tokens(body) if t.lower[0].isalnum()][-8:])
        key = phrase_key(term)
        if self._helps(key, term.lower().split(), " ".join(body.split()[-_LATELY:])):
            self.add(key, SUPPORTER)
        elif ending is not None and ending[1] and term.split(maxsplit=1)[0].lower() not in LABELS:
            self.add(key, ending[0])
        else:
            self._define(term, body, None)

    def _acronym(self, text: str, found: re.Match[str]) -> None:
        acronym = found.group(1)
        run = list(tokens(text, max(0, found.start() - 120), found.start()))
        ending = self._ending(run)
        if ending is not None and (acronym.isupper() or acronym[:-1].isupper()):
            self.add(phrase_key(acronym), ending[0])
            if any(t.key == "peer" for t in run[-_LATELY:]):
                self.peer_names.add(phrase_key(acronym))

    def _short_form(self, text: str, found: re.Match[str]) -> None:
        """Learn the last word of a supporter's title set in brackets after it: Staff Care Responders ("Responders")."""
        short = phrase_key(found.group(1))
        run = [t.key for t in tokens(text, max(0, found.start() - 60), found.start())]
        for length in range(2, 6):
            title = tuple(run[-length:])
            if self.found.get(title) == SUPPORTER and title[-len(short) :] == short:
                self.add(short, SUPPORTER)

    def _ending(self, run: Sequence[Token]) -> tuple[str, bool] | None:
        """The concept whose words end where the run ends, persons and groups and the longest first; whether it is one of them."""
        found = [o for o in self._finder.find([t.key for t in run]) if o.end == len(run)]
        for o in sorted(found, key=lambda o: o.start - o.end):
            actors = self._finder.names(o.mask & self._finder.actors)
            if actors:
                return next((name for name in (SUPPORTER, RECIPIENT) if name in actors), actors[0]), True
        for o in found:
            others = [n for n in self._finder.names(o.mask) if n in self._finder.defining]
            if others:
                return others[0], False
        return None

    def _define(self, term: str, body: str, acronym: str | None, *, copula: bool = False) -> str | None:
        """Learn a term; gives the concept it stands for, or None when it defines nothing the lexicon cares for."""
        words = term.lower().split()
        key = phrase_key(term)
        if not 0 < len(key) <= 5 or words[0] in LABELS or not VERBS.isdisjoint(words):
            return None
        if len(key) == 1 and key[0] in GENERIC:
            return self._define_generic(key, body) if not copula else None
        if (len(key) == 1 and key[0] in OPEN_LABELS) or (words[0] in TO_SOMEBODY and words[1:2] == ["to"]):
            return None  # "Composition: the guild, the psychologist", "Reports to management: totals only"
        if len(key) == 1 and (words[0].endswith("ed") or (words[0].endswith("ly") and len(words[0]) > 6)):
            return None
        named = self._ending(list(tokens(term)))
        known = named is not None and named[1]
        anyone = named is None or not known or named[0] == RECIPIENT
        helper = anyone and (self._helps(key, words, body) or self._trained_to_help(key, body))
        known = known and not helper
        if known and copula and acronym is None:
            return None  # "Supporters are trained colleagues" tells about them and defines no term
        if key[-1] in TITLES and self.found.get(key[:-1]) == PROGRAM:
            concept: str | None = COORDINATOR  # "NETWORK Administrator", of a program with a name of its own
        elif named is not None and known:
            concept = named[0]
        else:
            concept = SUPPORTER if helper else self._concept_of(key, term, body, copula=copula)
        if concept is None:
            return None
        self.add(key, concept)
        if acronym:
            self.add(phrase_key(acronym), concept)
        if len(key) > 1 and concept in (SUPPORTER, CLINICIAN) and key[-1] not in GENERIC | TITLES:
            self.add(key[-1:], concept)
        return concept

    def _define_generic(self, key: tuple[str, ...], body: str) -> str | None:
        """Learn a word that stands for anybody elsewhere, where the document says outright that it means a supporter."""
        everybody = body.split(maxsplit=1)[0].lower() in ("all", "every")
        if key[0] not in NAMED or everybody or self._classify(body) != SUPPORTER:
            return None
        self.add(key, SUPPORTER)
        return SUPPORTER

    def _helps(self, key: tuple[str, ...], words: Sequence[str], body: str) -> bool:
        """Whether a title speaks of help and its definition of a colleague who was made ready for it: "Care Partner"."""
        last = key[-1]
        if last in COMMITTEES | PROGRAMS | TITLES | PROFESSIONS or (len(key) == 1 and last not in ALONE):
            return False
        if all(k not in AID or w.endswith("ed") for k, w in zip(key, words, strict=False)):
            return False
        said = [t.key for t in tokens(_NEGATION.split(body.split(". ", maxsplit=1)[0])[0])]
        colleagues = self._finder.mask((RECIPIENT, "colleague"))
        begins = any(o.start < _SOON and o.mask & colleagues for o in self._finder.find(said))
        return begins and not PREPARED.isdisjoint(said)

    def _trained_to_help(self, key: tuple[str, ...], body: str) -> bool:
        """Whether a member of something else than the agency is defined as one who was made ready to help: "Cadre Member"."""
        if len(key) < 2 or key[-1] not in MEMBERS or not EMPLOYEES.isdisjoint(key[:-1]):
            return False
        return self._classify(body) == SUPPORTER

    def _concept_of(self, key: tuple[str, ...], term: str, body: str, *, copula: bool) -> str | None:
        if not copula and key[-1] in COMMITTEES:
            return COMMITTEE
        if not copula and key[-1] in PROGRAMS:
            return PROGRAM
        if not copula and key[-1] in TITLES and not RUNS.isdisjoint(key[:-1]):
            return COORDINATOR
        found = self._classify(body)
        if found is None and not copula:
            named = self._classify(f"{term}, {body}")  # "Sentinel Event: the death of a coworker"
            found = named if named in THINGS else None
        return found

    def _classify(self, body: str) -> str | None:
        """The concept whose `defined_by` patterns a definition matches; of several, the one that begins first."""
        sentence = body.split(". ", maxsplit=1)[0]
        said = _NEGATION.split(sentence)[0]
        words = tokens(sentence)
        whole, affirmed = self._found(words), self._found(tokens(said))
        best: tuple[int, str] | None = None
        for name, patterns in self._finder.defining.items():
            for pattern in patterns:
                if pattern.negated and said == sentence:
                    continue
                start = self._begins(pattern, whole if pattern.negated else affirmed)
                if start is None or any(t.lower in _DONE_BY for t in words[max(0, start - 2) : start]):
                    continue  # "Debriefing: a discussion led by a psychologist" defines no psychologist
                if best is None or (start, name) < best:
                    best = (start, name)
        return best[1] if best else None

    def _found(self, words: Iterable[Token]) -> list[Occurrence]:
        """The concepts in a run of words, with the terms learnt so far."""
        keys = [t.key for t in words]
        return self._finder.resolve(self._finder.every(keys), self.table.find(keys))

    def _begins(self, pattern: Pattern, found: Sequence[Occurrence]) -> int | None:
        """Where the first of a pattern's parts stands when all of them do."""
        starts = []
        for part in pattern.parts:
            mask = self._finder.members(part.concept)
            at = next((o.start for o in found if o.mask & mask), None)
            if at is None and not part.optional:
                return None
            if at is not None:
                starts.append(at)
        return min(starts)

    def from_words(self, keys: Sequence[str], found: Sequence[Occurrence]) -> None:
        """Take short forms ("the specialist"), and the titles of those who run a program with a name of its own."""
        supporter, clinician = self._finder.mask((SUPPORTER,)), self._finder.mask((CLINICIAN,))
        long = [o for o in found if o[1] - o[0] > 1]
        counselors = any(o.mask & clinician and keys[o.end - 1] == "counselor" for o in long)
        others = "responder" in keys and any(b == "responder" and a in FIRST for a, b in pairwise(keys))
        alone = SHARED - {"responder"} if not others else SHARED
        for o in long:
            last = keys[o.end - 1]
            if o.mask & supporter and (last not in alone or (last == "counselor" and not counselors)):
                self.add((last,), SUPPORTER)
        self._short_leaders(keys, long)
        self._consultants(keys, found)
        foreign = self._finder.mask(ELSEWHERE)
        for phrase in [p for p, concept in self.found.items() if concept == PROGRAM]:
            if not any(o.mask & foreign for o in self._finder.find(phrase)):
                self._titles(phrase, keys)

    def _short_leaders(self, keys: Sequence[str], long: Sequence[Occurrence]) -> None:
        """Take "the manager" for the program manager, "the lieutenant" for the one who runs the team, where there is no other."""
        coordinator = self._finder.mask((COORDINATOR,))
        ends = {o.end - 1 for o in long if o.mask & coordinator}
        heads = {o.start for o in long if o.mask & coordinator and keys[o.start + 1] == "who"}
        for title in sorted((LEADERS & {keys[at] for at in ends}) | (RANKS & {keys[at] for at in heads})):
            if _is_only_one(keys, title, ends if title in LEADERS else heads):
                self.add((title,), COORDINATOR)

    def _consultants(self, keys: Sequence[str], found: Sequence[Occurrence]) -> None:
        """Take the title that a clinician is engaged under: "a psychologist is retained as the team's consultant"."""
        clinician = self._finder.mask((CLINICIAN,))
        others = self._finder.actors & ~clinician
        named = {keys[o.end - 1] for o in found if o.mask & others}
        for o in found:
            if not o.mask & clinician:
                continue
            behind = list(takewhile(lambda key: key not in (".", ";", BREAK), keys[o.end : o.end + _ENGAGED]))
            title = next((key for key in behind if key in CONSULTANTS), "")
            if title and title not in named and "as" in behind[: behind.index(title)]:
                self.add((title,), CLINICIAN)

    def from_agency_names(self, text: str) -> None:
        """Take the agency's own name and its initials for the agency."""
        for name in agency_names(text):
            self.add(phrase_key(name), AGENCY)

    def from_conduct(self, text: str, words: Sequence[Token], sentences: Iterable[tuple[int, int]]) -> None:
        """Take titles that are never defined: what is said of those who bear them tells that they give support."""
        for phrase in OwnTitles(text, words, self._means_another).find(sentences):
            self.add(phrase, SUPPORTER)
            if len(phrase) > 2 and phrase[0] in MEMBERS and phrase[1] == "of":
                self._group(phrase[2:], [w.key for w in words])

    def from_members(self, words: Sequence[Token]) -> None:
        """Take bare "members" for those who give support, where what is said of them shows that they do."""
        if ("member",) not in self.found and members_give_support(words, self._is_supporter):
            self.add(("member",), SUPPORTER)

    def _is_supporter(self, phrase: tuple[str, ...]) -> bool:
        """Whether a phrase is a term of the document for those who give support."""
        return self.found.get(phrase) == SUPPORTER

    def _group(self, name: tuple[str, ...], keys: Sequence[str]) -> None:
        """Of a group whose members give support: its name is the program's; "members" are its own where employees are not."""
        self.add(name, PROGRAM)
        self._titles(name, keys)
        follows = Counter(after for word, after in pairwise(keys) if word == "member")
        if not any(before in EMPLOYEES and word == "member" for before, word in pairwise(keys)) and follows[
            "of"
        ] == sum(keys[at : at + len(name) + 2] == ["member", "of", *name] for at in range(len(keys))):
            self.add(("member",), SUPPORTER)

    def from_headings(self, titles: Sequence[str], text: str, keys: Sequence[str]) -> None:
        """Take the name of a program from the first headings, as `program_name` tells it.

        Where nobody who gives support has a title of the document's own, the program needs no name to be known by.
        """
        if SUPPORTER not in self.found.values() or PROGRAM in self.found.values():
            return
        name = program_name(titles, text, self._taken)
        if name is not None:
            self.from_name(name, keys)

    def from_name(self, name: tuple[str, ...], keys: Sequence[str]) -> None:
        """Take the name of the program, and the titles of its members and leaders."""
        self.add(name, PROGRAM)
        self._titles(name, keys)

    def _taken(self, phrase: tuple[str, ...]) -> bool:
        """Whether a phrase has a meaning already, in the document or the lexicon."""
        return phrase in self.found or any(o.end - o.start == len(phrase) for o in self._finder.find(phrase))

    def _means_another(self, phrase: tuple[str, ...]) -> bool:
        """Whether a phrase, or the end of one, means somebody who is known not to be a supporter."""
        if self.found.get(phrase, SUPPORTER) != SUPPORTER:
            return True
        supporter, others = self._finder.mask((SUPPORTER,)), self._finder.mask(OTHERS)
        ends = [o for o in self._finder.find(phrase) if o.end == len(phrase)]
        if any(o.mask & supporter for o in ends):
            return False
        whole = self._finder.persons
        return any(o.mask & others or (o.start == 0 and o.mask & whole) for o in ends)

    def _titles(self, phrase: tuple[str, ...], keys: Sequence[str]) -> None:
        """Of a program with a name of its own: "Circle members" are its supporters, the "Circle Captain" leads it."""
        for at in range(len(keys) - len(phrase)):
            title = keys[at + len(phrase)]
            if (title not in TITLES and title not in MEMBERS) or tuple(keys[at : at + len(phrase)]) != phrase:
                continue
            if title in MEMBERS:
                self.add((*phrase, title), SUPPORTER)
            else:
                self.add((*phrase, title), COORDINATOR)
                if _is_only_one(keys, title, {i + 1 for i, key in enumerate(keys) if key == phrase[-1]}):
                    self.add((title,), COORDINATOR)


def _is_only_one(keys: Sequence[str], title: str, known: Container[int]) -> bool:
    """Whether nobody else has a title: wherever it stands it is one of the known places, or has only "the" before it."""
    return all(keys[at - 1] == "the" or at in known for at, key in enumerate(keys) if key == title and at)


def passages_text(document: Document) -> Iterator[str]:
    """The text of each passage, in order; a row of two cells reads like the line "Term: what it means"."""
    for passage in document.passages:
        spans = passage.spans
        if passage.kind == "row" and len(spans) == _CELLS and document.text[slice(*spans[1])].count(" ") > 1:
            yield ": ".join(document.text_of((span,)) for span in spans)
        else:
            yield document.text_of(spans)

"""From findings to verdicts, as `labels/GUIDE.md` of the project's shared folder specifies them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from policylint.assess.applies import Applicability, Terms
from policylint.assess.findings import SHOWN, Findings, Scope, gather, strongest
from policylint.assess.match import Counted, Match, at_least
from policylint.assess.quote import quote
from policylint.document import PASSAGE
from policylint.language.analysis import Analysis
from policylint.language.concepts import ConceptFinder
from policylint.language.statements import Statement
from policylint.packs.models import FORCES, Check, Library, Pattern, Requirement
from policylint.remedy import render
from policylint.report import Evidence, Verdict, fingerprint, severity


@dataclass(frozen=True)
class Judgement:
    """What came of a document: its verdicts, or why it was not judged."""

    verdicts: tuple[Verdict, ...]
    not_judged: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Ruling:
    """A status with the matches that carry it."""

    status: str
    carried_by: tuple[Match, ...] = ()
    covered: tuple[str, ...] | None = None
    said: str | None = None
    lacking: tuple[str, ...] = ()


def assess(
    analysis: Analysis,
    library: Library,
    pack_ids: Sequence[str],
    terms: Terms | None = None,
    only: Collection[str] | None = None,
) -> Judgement:
    """Judge a document against the requirements of some packs; `only` these of them, where it is given.

    A text of under 150 words is judged as if it stood in a peer support policy; a longer one must first show that it
    is about peer support.
    """
    whole = analysis.document.words >= PASSAGE
    if whole and not about_peer_support(analysis):
        return Judgement((), not_judged=_NOT_ABOUT)
    judge = _Judge(analysis, library, whole, terms or Terms())
    asked = (r for p in pack_ids for r in library.packs[p].requirements if only is None or r.id in only)
    return Judgement(tuple(judge.verdict(r) for r in asked))


_NOT_ABOUT = (
    "This does not read as a peer support policy: it hardly speaks of peer supporters or a peer support program. "
    "Check that it is the right document."
)


def about_peer_support(analysis: Analysis) -> bool:
    """Whether a whole document is about peer support: it names it in its title, or often enough for its length."""
    return analysis.titled or analysis.mentions >= max(3, analysis.document.words // 400)


class _Judge:
    """The verdicts on one document."""

    def __init__(self, analysis: Analysis, library: Library, whole: bool, terms: Terms) -> None:
        self.analysis, self.library, self.whole = analysis, library, whole
        self.severity = terms.profile.severity if terms.profile is not None else {}
        self.applicability = Applicability(analysis, library, terms)
        self.scope = Scope(analysis)
        self._quotes: dict[int, list[Evidence]] = {}
        self._reprints = {s.law for s in analysis.statements if s.voice == "statute"}
        self._findings: dict[tuple[str, tuple[str, ...]], Findings] = {}
        self._nearest: dict[str, Statement | None] = {}

    def verdict(self, requirement: Requirement) -> Verdict:
        """The verdict on one requirement."""
        why_not = self.applicability.why_not(requirement)
        if why_not is not None:
            message = f"{requirement.text} {why_not}"
            return self._verdict(requirement, None, _Ruling("not_applicable"), (), None, message)
        check = self.library.check_for.get(requirement.id)
        if check is None:
            return self._manual(requirement)
        law = self._law(requirement.pack)
        found = self._findings.get((check.id, law))
        if found is None:
            found = self._findings[check.id, law] = gather(check, self.analysis, self.scope, law)
        return self._write(requirement, check, rule(requirement, check, found, whole=self.whole))

    def _law(self, pack: str) -> tuple[str, ...]:
        """The words by which a reprint of a pack's statute is known in this document; () where it reprints none.

        Packs without a reprint share what a check finds.
        """
        words = self.library.packs[pack].reprinted_as
        return words if any(word in law for law in self._reprints for word in words) else ()

    def _manual(self, requirement: Requirement) -> Verdict:
        reason = requirement.manual_reason or "No check serves it."
        return self._verdict(requirement, None, _Ruling("missing"), (), None, f"To be read by a person: {reason}")

    def _write(self, requirement: Requirement, check: Check, ruling: _Ruling) -> Verdict:
        evidence = self._evidence(ruling.carried_by)
        closest = None
        if ruling.status == "missing":
            near = self._closest(check)
            closest = self._quote(near)[0] if near is not None else None
        return self._verdict(requirement, check, ruling, evidence, closest, _message(requirement, ruling))

    def _closest(self, check: Check) -> Statement | None:
        """What comes nearest to a check, looked for once: it may serve many requirements."""
        if check.id not in self._nearest:
            self._nearest[check.id] = closest_statement(check, self.analysis)
        return self._nearest[check.id]

    def _evidence(self, matches: Iterable[Match]) -> tuple[Evidence, ...]:
        out: list[Evidence] = []
        seen: set[int] = set()
        for match in matches:
            lead = match.statement.lead if match.uses_lead else None
            for statement in (lead, match.statement):
                if statement is not None and statement.index not in seen:
                    seen.add(statement.index)
                    out += [e for e in self._quote(statement) if e not in out]
        return tuple(out)

    def _quote(self, statement: Statement) -> list[Evidence]:
        """The statement's words as evidence, made once: one statement may carry many verdicts."""
        made = self._quotes.get(statement.index)
        if made is None:
            made = self._quotes[statement.index] = quote(self.analysis.document, statement)
        return made

    def _verdict(
        self,
        requirement: Requirement,
        check: Check | None,
        ruling: _Ruling,
        evidence: tuple[Evidence, ...],
        closest: Evidence | None,
        message: str,
    ) -> Verdict:
        covered = ruling.covered if requirement.elements else None
        missing = None if covered is None else tuple(k for k in requirement.elements if k not in covered)
        section = evidence[0].section if evidence else ()
        weight = severity(requirement.force, ruling.status, requirement.basis)
        return Verdict(
            requirement=requirement.id,
            pack=requirement.pack,
            check=check.id if check else None,
            topic=requirement.topic,
            force=requirement.force,
            status=ruling.status,
            severity=weight and self.severity.get(requirement.id, weight),
            elements_covered=covered,
            elements_missing=missing,
            evidence=evidence,
            closest=closest,
            message=message,
            remedy="" if ruling.status in ("met", "not_applicable") else render(requirement.model_language),
            citation=requirement.citation,
            fingerprint=fingerprint(requirement.id, evidence[0].quote if evidence else "", section),
            asked=requirement.text,
        )


def rule(requirement: Requirement, check: Check, found: Findings, *, whole: bool) -> _Ruling:
    """The status of a requirement from what a document holds for its check."""
    if requirement.kind == "must_not_claim" and not found.opposes:
        return _Ruling("met")
    if requirement.kind == "staleness" and found.says:
        return _best(_simple(requirement, found))
    covered = tuple(k for k in requirement.elements if found.elements.get(k)) if requirement.elements else None
    if found.opposes:
        return _Ruling("conflict", found.opposes[:SHOWN], covered)
    if requirement.elements:
        return _rule_list(requirement, check, found, covered or ())
    alone = _simple(requirement, found)
    if any(ruling.status == "met" for ruling in alone):
        return _best(alone)
    return _best([*alone, *_compound(requirement, check, found, whole=whole)])


def _simple(requirement: Requirement, found: Findings) -> list[_Ruling]:
    """What single statements say."""
    out = []
    said = strongest(found.says)
    if said is not None:
        status = "met" if at_least(said, requirement.force) else "weak"
        out.append(_Ruling(status, found.says[:SHOWN], said=said))
    if found.weakly:
        status = "met" if requirement.force == "may" else "weak"
        out.append(_Ruling(status, found.weakly[:SHOWN], said="may"))
    if found.partly:
        out.append(_Ruling("partial", found.partly[:SHOWN]))
    return out


def _compound(requirement: Requirement, check: Check, found: Findings, *, whole: bool) -> list[_Ruling]:
    """What the parts of a compound say together."""
    if not check.parts:
        return []
    stated = {n: m for n, m in found.parts.items() if m}
    by_being = {n for n in check.document_parts if whole and n not in stated}
    lacking = tuple(n for n in check.parts if n not in stated and n not in by_being)
    carried = tuple(m[0] for m in stated.values())
    if not stated and not by_being:
        return []
    if lacking:
        return [_Ruling("partial", carried, lacking=lacking)]
    forces = [strongest(m) or "must" for n, m in stated.items() if not (whole and n in check.document_parts)]
    said = min(forces, key=FORCES.index, default="must")
    return [_Ruling("met" if at_least(said, requirement.force) else "weak", carried, said=said)]


def _rule_list(requirement: Requirement, check: Check, found: Findings, covered: tuple[str, ...]) -> _Ruling:
    heads = (*found.says, *found.weakly)
    if not covered:
        if heads or found.partly:
            return _Ruling("partial", (heads or found.partly)[:1], covered)
        return _Ruling("missing", (), covered)
    stated = [m for k in covered for m in found.elements[k][:1]]
    carried = (*_head_over(heads, stated), *stated)
    if len(covered) < len(requirement.elements):
        return _Ruling("partial", carried, covered)
    forces = [strongest(found.elements[k]) or "must" for k in covered]
    if check.says:
        forces.append(strongest(heads) or "must")
    said = min(forces, key=FORCES.index)
    return _Ruling("met" if at_least(said, requirement.force) else "weak", carried, covered, said=said)


def _head_over(heads: Sequence[Match], stated: Sequence[Match]) -> tuple[Match, ...]:
    """Of what heads a list, that in which or under which its elements stand, else the first."""
    places = {id(s) for m in stated for s in (m.statement, m.statement.lead) if s is not None}
    return tuple(sorted(heads, key=lambda m: id(m.statement) not in places)[:1])


_ORDER = ("met", "weak", "partial", "missing")


def _best(rulings: Sequence[_Ruling]) -> _Ruling:
    return min(rulings, key=lambda r: _ORDER.index(r.status), default=_Ruling("missing"))


def closest_statement(check: Check, analysis: Analysis) -> Statement | None:
    """The statement that comes nearest to what a check looks for: it names all parts of one of its patterns, or all but one.

    All but one counts for patterns of three parts and more; the more parts, the nearer.
    """
    whole, nearly = 0, dict[int, int]()
    naming = analysis.naming
    for things in _things(check, analysis.concepts.finder):
        every, all_but_one = naming[things[0]], 0
        if not every:
            continue
        for thing in things[1:]:
            named = naming[thing]
            every, all_but_one = every & named, all_but_one & named | every
            if not all_but_one:
                break
        whole |= every
        if all_but_one and len(things) > 2:
            nearly[len(things)] = nearly.get(len(things), 0) | all_but_one
    counted = Counted(check.counts_in)
    for statements in (whole, *(nearly[count] for count in sorted(nearly, reverse=True))):
        nearest = next((s for s in analysis.chosen(statements) if counted.takes(s)), None)
        if nearest is not None:
            return nearest
    return None


@lru_cache(maxsize=4096)
def _things(check: Check, finder: ConceptFinder) -> tuple[tuple[str, ...], ...]:
    """The concepts that patterns of a check ask for, the anchor's first, those of persons and groups beside it left out.

    Patterns that ask for one thing only come near to nothing.
    """
    stated = (check.says, *check.parts.values(), *check.elements.values())
    asked = dict.fromkeys(_things_of(pattern, finder) for patterns in stated for pattern in patterns)
    return tuple(things for things in asked if len(things) > 1)


def _things_of(pattern: Pattern, finder: ConceptFinder) -> tuple[str, ...]:
    required = [i for i, p in enumerate(pattern.parts) if not p.optional]
    anchor = next((i for i in required if pattern.slot is not None and i >= pattern.slot), required[0])
    names = [pattern.parts[i].concept for i in sorted(required, key=lambda i: i != anchor)]
    return (names[0], *(name for name in names[1:] if not finder.members(name) & finder.actors))


def _message(requirement: Requirement, ruling: _Ruling) -> str:
    """What is asked, and why the status is what it is."""
    return f"{requirement.text} {_reason(requirement, ruling)}"


def _reason(requirement: Requirement, ruling: _Ruling) -> str:
    if ruling.status == "met":
        return "It does not." if requirement.kind == "must_not_claim" else "The policy states this."
    if ruling.status == "weak":
        return f"The policy says this with the force of “{ruling.said}”; the source says “{requirement.force}”."
    if ruling.status == "conflict" and requirement.kind == "must_not_claim":
        return "The policy does."
    if ruling.status == "conflict" and requirement.kind == "staleness":
        return "The policy uses the older term only."
    if ruling.status == "conflict":
        return "The policy says the opposite, or allows what the source forbids."
    if ruling.status == "missing":
        return "The policy does not say this."
    if requirement.elements:
        lacking = [text for key, text in requirement.elements.items() if key not in (ruling.covered or ())]
        return f"The policy does not cover: {'; '.join(lacking)}."
    if ruling.lacking:
        return f"The policy does not state this part: {'; '.join(ruling.lacking)}."
    return "The policy states this for a part of its scope only."

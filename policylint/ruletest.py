"""Rules prove themselves: every example of every check, through the real reader and engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint.packs.models import Check, Example, Fact, Library, Pattern

if TYPE_CHECKING:
    from policylint.language.analysis import Analysis


@dataclass(frozen=True, slots=True)
class Result:
    """One example run: what its check must say of it, and what it says.

    Attributes:
        elements_wanted, elements_got: covered element keys, sorted; None when the example names none.
    """

    check: str
    requirement: str
    file: str
    line: int
    text: str
    status_wanted: str
    status_got: str
    elements_wanted: tuple[str, ...] | None = None
    elements_got: tuple[str, ...] | None = None

    @property
    def passed(self) -> bool:
        """Whether the check says what the example asks."""
        return self.status_wanted == self.status_got and self.elements_wanted == self.elements_got


def run(library: Library, pack: str | None = None, names: Collection[str] | None = None) -> Iterator[Result]:
    """Run the examples of a library's checks and facts, in order of check and line.

    Args:
        pack: only checks that serve a requirement of this pack.
        names: only these checks and facts.
    """
    wanted = set(library.checks if names is None else names)
    serving = {c.id for c in library.checks.values() if pack is None or _serves(library, c, pack)}
    for name in sorted(wanted & serving):
        check = library.checks[name]
        for example in check.examples:
            yield run_example(library, check, example)
    for fact in library.facts.values() if pack is None else ():
        for example in fact.examples if names is None or fact.id in names else ():
            yield run_fact_example(library, fact, example)


def unexercised(
    library: Library, pack: str | None = None, names: Collection[str] | None = None
) -> Iterator[tuple[Check, Pattern]]:
    """The patterns of a library's checks that no example of their own check matches."""
    from policylint.assess.match import Counted, find

    serving = {c.id for c in library.checks.values() if pack is None or _serves(library, c, pack)}
    for name in sorted(serving if names is None else serving & set(names)):
        check = library.checks[name]
        analyses = [_analysis(library, example) for example in check.examples]
        laws = tuple(word for r in check.serves for word in library.packs[library.requirements[r].pack].reprinted_as)
        counted = Counted(check.counts_in, laws)
        for pattern in check.patterns:
            opposing = pattern in check.opposes
            if not any(next(find(pattern, a, counted, opposing=opposing), None) for a in analyses):
                yield check, pattern


def _serves(library: Library, check: Check, pack: str) -> bool:
    return any(r.id in check.serves for r in library.packs[pack].requirements)


def run_example(library: Library, check: Check, example: Example) -> Result:
    """Run one example."""
    from policylint.assess import Terms, assess

    requirement = example.requirement or check.serves[0]
    asked = next(r for p in library.packs.values() for r in p.requirements if r.id == requirement)
    terms = Terms(facts={asked.applies_when: True})
    (verdict,) = assess(_analysis(library, example), library, [asked.pack], terms, only=(requirement,)).verdicts
    elements = None if example.elements is None else tuple(sorted(example.elements))
    return Result(
        check=check.id,
        requirement=requirement,
        file=check.file,
        line=example.line,
        text=example.text,
        status_wanted=example.status,
        status_got=verdict.status,
        elements_wanted=elements,
        elements_got=None if elements is None else tuple(sorted(verdict.elements_covered or ())),
    )


def run_fact_example(library: Library, fact: Fact, example: Example) -> Result:
    """Run one example of a fact: does the text show it?"""
    from policylint.assess import shows

    return Result(
        check=fact.id,
        requirement="",
        file=fact.file,
        line=example.line,
        text=example.text,
        status_wanted=example.status,
        status_got="holds" if shows(fact, _analysis(library, example)) else "fails",
    )


def _analysis(library: Library, example: Example) -> Analysis:
    from policylint.language import analyse
    from policylint.outline import build
    from policylint.readers import read_text

    return analyse(build(read_text(example.text, "example"), "example", ""), library)

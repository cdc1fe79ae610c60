"""From the rules to pages in Markdown: every requirement, check, authority and topic has one of its own.

The wording lives in `templates/`, the data in `checks/` and `model_policies/`; what stands here joins the two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from policylint import remedy
from policylint.packs.models import Check, Concept, Example, Library, Pack, Pattern, Requirement
from policylint.packs.phrases import Choice, Maybe, Phrase, Ref

RANKS = ("statute", "model policy", "guideline")
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$])")
_LIST_MARK = re.compile(r"^(\s*)(?:([-+])(?=\s)|(\d+)([.)])(?=\s))", re.MULTILINE)
_NAMED = re.compile(r"\{([^{}|\[\]]+)\}")


def pages(library: Library) -> dict[str, str]:
    """All pages: path below the documentation's folder -> Markdown, in a fixed order."""
    made = {f"requirements/{r.id}.md": requirement_page(library, r) for r in library.requirements.values()}
    made |= {f"checks/{check.id}.md": check_page(library, check) for check in library.checks.values()}
    made |= {f"packs/{pack.id}.md": pack_page(library, pack) for pack in library.packs.values()}
    made |= {f"topics/{topic}.md": topic_page(library, topic) for topic in topics(library)}
    for index in ("requirements", "checks", "packs", "topics"):
        made[f"{index}/index.md"] = _filled(
            f"{index}.md.j2", library=library, topics=topics(library), packs=by_rank(library)
        )
    return made


def requirement_page(library: Library, requirement: Requirement) -> str:
    """What is asked, by whom, how it is found, and what would meet it."""
    check = library.check_for.get(requirement.id)
    shared = () if check is None else tuple(library.requirements[i] for i in check.serves if i != requirement.id)
    pack = library.packs[requirement.pack]
    return _filled(
        "requirement.md.j2",
        library=library,
        requirement=requirement,
        pack=pack,
        check=check,
        shared=shared,
        profiles=[p for p in library.profiles.values() if pack.id in p.packs],
        yields=[(p, y) for p in library.profiles.values() for y in p.yields if y.requirement == requirement.id],
        overrides=[(p, y) for p in library.profiles.values() for y in p.yields if requirement.id in y.to],
        examples=_examples(check, requirement.id),
    )


def check_page(library: Library, check: Check) -> str:
    """How a check finds what it looks for."""
    return _filled(
        "check.md.j2",
        library=library,
        check=check,
        served=[library.requirements[id_] for id_ in check.serves],
        concepts=list(_concepts(library, check)),
        examples=_examples(check, None),
    )


def pack_page(library: Library, pack: Pack) -> str:
    """One authority: where its text comes from, and all it asks."""
    profiles = [p for p in library.profiles.values() if pack.id in p.packs]
    return _filled("pack.md.j2", library=library, pack=pack, profiles=profiles)


def topic_page(library: Library, topic: str) -> str:
    """All that is asked on one topic, by whomever."""
    asked = [(p, [r for r in p.requirements if r.topic == topic]) for p in by_rank(library)]
    return _filled(
        "topic.md.j2",
        topic=topic,
        asked=[(pack, requirements) for pack, requirements in asked if requirements],
        checks=[check for check in library.checks.values() if check.topic == topic],
        library=library,
    )


def topics(library: Library) -> list[str]:
    """Every topic, in order of the alphabet."""
    return sorted({r.topic for r in library.requirements.values()} | {c.topic for c in library.checks.values()})


def by_rank(library: Library) -> list[Pack]:
    """The packs, statutes first."""
    return sorted(library.packs.values(), key=lambda pack: (RANKS.index(pack.rank), pack.id))


def _examples(check: Check | None, requirement: str | None) -> Mapping[str, list[Example]]:
    """Status -> the examples of it, those left out that are about another requirement of the check."""
    found: dict[str, list[Example]] = {}
    for example in () if check is None else check.examples:
        if requirement is None or example.requirement in (None, requirement):
            found.setdefault(example.status, []).append(example)
    return found


def _concepts(library: Library, check: Check) -> Iterator[tuple[Concept, str]]:
    """The concepts of the lexicon that a check names, with some of the ways to say them."""
    texts = (
        *(p.text for p in check.patterns),
        *check.ignore_with,
        *check.ignore_behind,
        *check.says_unless,
        *check.opposes_unless,
    )
    named = sorted({name for text in texts for name in _NAMED.findall(text)})
    for name in named:
        concept = library.concepts.get(name)
        if concept is not None and concept.file:
            phrases = [spelt(phrase) for phrase in concept.phrases]
            more = f", and {len(phrases) - 8} more" if len(phrases) > 8 else ""
            yield concept, ", ".join(f"“{phrase}”" for phrase in phrases[:8]) + more


def spelt(phrase: Phrase) -> str:
    """A phrase as its author wrote it; of a long choice the first six alternatives."""
    return "".join(_piece(piece) for piece in phrase).strip()


def _piece(piece: str | Ref | Choice | Maybe) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Ref):
        return f"{{{piece.name}}}"
    if isinstance(piece, Maybe):
        return f"[{spelt(piece.phrase)}]"
    shown = [spelt(each) for each in piece.alternatives[:6]]
    return "{" + "|".join(shown) + ("|…" if len(piece.alternatives) > 6 else "") + "}"


# -- filters of the templates -----------------------------------------------------------------------------------------


def plain(text: str) -> str:
    """Text of the rules as it stands, on one line: nothing in it is taken for markup."""
    return _LIST_MARK.sub(_escaped_mark, _MARKUP.sub(r"\\\1", " ".join(text.split())))


def quoted(text: str) -> str:
    """An example as a block quotation, line by line."""
    lines = (_LIST_MARK.sub(_escaped_mark, _MARKUP.sub(r"\\\1", line.strip())) for line in text.strip().splitlines())
    return "\n".join(f"> {line}  " if line else ">" for line in lines)


def _escaped_mark(mark: re.Match[str]) -> str:
    return f"{mark[1]}\\{mark[2]}" if mark[2] else f"{mark[1]}{mark[3]}\\{mark[4]}"


def named_topic(topic: str) -> str:
    """A topic for people: "critical incidents"."""
    return topic.replace("_", " ").capitalize()


def clause(text: str) -> str:
    """A requirement's model language with the names that are used when nobody gives others."""
    return remedy.render(text).strip()


def texts(patterns: Iterable[Pattern]) -> str:
    """Patterns, a line each."""
    return "\n".join(pattern.text for pattern in patterns)


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    environment = Environment(  # noqa: S701 - Markdown, made of our own rules; `plain` escapes what Markdown would read
        loader=FileSystemLoader(folder), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {each.__name__: each for each in (plain, quoted, named_topic, clause, texts)}
    return environment


def _filled(template: str, **values: Any) -> str:
    text = _environment().get_template(template).render(**values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

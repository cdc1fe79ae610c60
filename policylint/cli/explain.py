"""`policylint explain ID`: what a requirement or check asks, and how it is found."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.configured import configuration_options, folders_here
from policylint.errors import UsageError

if TYPE_CHECKING:
    from policylint.packs.models import Check, Library, Pattern, Requirement


@click.command()
@click.argument("id_", metavar="ID")
@configuration_options
def explain(id_: str, config: str | None, *, no_config: bool) -> int:
    """Explain a requirement (IACP-9b) or a check: what is asked, by whom, and how it is found."""
    from policylint.packs.load import library

    console.out(explanation(library(folders_here(config, no_config=no_config)), id_))
    return 0


def explanation(library: Library, id_: str) -> str:
    """The page about a requirement or a check.

    Raises:
        UsageError: there is neither of that id.
    """
    requirements = {r.id: r for pack in library.packs.values() for r in pack.requirements}
    by_folded = {known.casefold(): known for known in (*library.checks, *requirements)}
    known = by_folded.get(id_.strip().casefold())
    if known is None:
        close = difflib.get_close_matches(id_.casefold(), by_folded, n=3, cutoff=0.5)
        hint = (
            f"Did you mean {' or '.join(by_folded[c] for c in close)}?" if close else "`policylint packs` lists packs."
        )
        raise UsageError(f"There is no requirement and no check {id_!r}.", hint=hint)
    if known in requirements:
        lines = _requirement(library, requirements[known])
    else:
        lines = _check_page(requirements, library.checks[known])
    return "\n".join(lines).rstrip() + "\n"


def _requirement(library: Library, requirement: Requirement) -> Iterator[str]:
    pack = library.packs[requirement.pack]
    yield f"{requirement.id}  {requirement.text}"
    yield ""
    yield f"Asked by: {requirement.citation} ({pack.title}, {pack.rank}, version {pack.version})"
    yield f"Topic: {requirement.topic}"
    yield f"Force: {requirement.force}"
    yield f"Kind: {requirement.kind.replace('_', ' ')}"
    if requirement.basis != "read":
        yield f"Basis: {requirement.basis} (nobody read it in the source, so a gap is at most a warning)"
    if requirement.elements:
        yield from _listed("Elements", [f"{key}: {text}" for key, text in requirement.elements.items()])
    if requirement.model_language:
        from policylint import remedy

        yield from _listed("Model language", remedy.render(requirement.model_language).splitlines(), bullet="")
    check = library.check_for.get(requirement.id)
    yield ""
    if check is None:
        yield f"Not checked by policylint: {requirement.manual_reason or 'no check serves it yet.'}"
        return
    yield f"Checked by: {check.id}  {check.title} ({check.file})"
    yield from _check(check)


def _check_page(requirements: dict[str, Requirement], check: Check) -> Iterator[str]:
    yield f"{check.id}  {check.title}"
    yield ""
    yield f"File: {check.file}"
    yield f"Topic: {check.topic}"
    yield from _listed("Serves", [f"{id_}  {requirements[id_].text}" for id_ in check.serves])
    yield from _check(check)


def _check(check: Check) -> Iterator[str]:
    yield from _patterns("Stated by sentences like", check.says)
    for name, patterns in check.parts.items():
        proved = " (any whole document proves it)" if name in check.document_parts else ""
        yield from _patterns(f"Part “{name}”{proved}", patterns)
    for name, patterns in check.elements.items():
        yield from _patterns(f"Element {name}", patterns)
    if check.elements and check.says:
        yield from _listed("Elements are looked for in", [_SCOPES.get(check.scope, check.scope)])
    yield from _patterns("Stated weakly by", check.weakly)
    yield from _patterns("Stated in part by", check.partly)
    yield from _patterns("Contradicted by", check.opposes)
    yield from _listed("Not counted when it speaks of", check.ignore_with)
    yield from _listed("Not counted when it is said of", check.ignore_behind)
    yield from _listed("Counts also in", sorted(check.counts_in))
    yield from _listed("Limits", [check.limits] if check.limits else [])
    for status in dict.fromkeys(e.status for e in check.examples):
        yield from _listed(
            f"Examples: {status}",
            [
                " ".join(e.text.split()) + (f"  [covers {', '.join(e.elements)}]" if e.elements else "")
                for e in check.examples
                if e.status == status
            ],
        )


_SCOPES = {
    "list": "the statement itself and what hangs under it",
    "section": "its section",
    "document": "the whole document",
}


def _patterns(title: str, patterns: Sequence[Pattern]) -> Iterator[str]:
    yield from _listed(title, [pattern.text for pattern in patterns])


def _listed(title: str, items: Sequence[str], bullet: str = "- ") -> Iterator[str]:
    if items:
        yield ""
        yield f"{title}:"
        yield from (f"  {bullet}{item}" for item in items)

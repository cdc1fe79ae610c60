"""Packs and profiles by the names that somebody gives. Reading YAML is loaded only where a name asks for it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from policylint.errors import UsageError
from policylint.packs.models import Library, Pack, Profile


def packs_named(library: Library, ids: Iterable[str]) -> list[Pack]:
    """The packs with these ids, in order, each once. Raises UsageError for an unknown id, or when none is named."""
    named: dict[str, Pack] = {}
    for name in ids:
        if name not in library.packs:
            from policylint.packs.strict_yaml import did_you_mean

            hint = did_you_mean(name, library.packs) or f"Known packs: {', '.join(sorted(library.packs))}."
            raise UsageError(f"There is no pack '{name}'.", hint=hint)
        named[name] = library.packs[name]
    if not named:
        raise UsageError("No pack is named.", hint=f"Known packs: {', '.join(sorted(library.packs))}.")
    return list(named.values())


def profile_named(library: Library, name: str) -> Profile:
    """The shipped profile of this name, or the agency's own in a file of this path.

    Raises:
        UsageError: there is no such profile.
        RuleError: the file is not valid.
    """
    if name in library.profiles:
        return library.profiles[name]
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.is_file():
        from policylint.packs.profile_files import load_own_profile

        return load_own_profile(path, name, library.packs, library.profiles, (*library.facts, *library.profiles))
    from policylint.packs.strict_yaml import did_you_mean

    hint = did_you_mean(name, library.profiles) or f"Profiles: {', '.join(sorted(library.profiles))}; or give a file."
    raise UsageError(f"There is no profile {name!r}.", hint=hint)

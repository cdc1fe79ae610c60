"""Digests of rules: of a requirement with its check by what they say, of files by their bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from policylint.lock.values import Pinned, Rules
from policylint.packs import data
from policylint.packs.folders import CHECKS, PACKS, RuleFolder, rule_folders
from policylint.packs.load import FACTS, LEXICON, PROFILES
from policylint.packs.models import Check, Library, Requirement

_LENGTH = 12
_SHARED = ((CHECKS, LEXICON), (CHECKS, FACTS), (PACKS, PROFILES))


def whole(added: Iterable[RuleFolder] = ()) -> str:
    """The digest of all rule files, those that ship and those of added folders. Raises RuleError when one cannot be read."""
    return _digest([folder.sha256 for folder in (*rule_folders([_shipped()]), *added)])


def rules(library: Library, packs: Iterable[str], added: Iterable[RuleFolder] = ()) -> Rules:
    """The rules as they are now, as far as some packs go."""
    added = tuple(added)
    return Rules(
        whole=whole(added),
        shared=_shared([_shipped(), *(Path(folder.path) for folder in added)]),
        packs={id_: _pinned(library, id_) for id_ in sorted(packs) if id_ in library.packs},
    )


def _shipped() -> Path:
    return data.checks_dir().parent


def _pinned(library: Library, pack: str) -> Pinned:
    requirements = library.packs[pack].requirements
    said = {r.id: _digest([_asked(r), _looked_for(library.check_for.get(r.id))])[:_LENGTH] for r in requirements}
    return Pinned(library.packs[pack].version, library.packs[pack].sha256, dict(sorted(said.items())))


def _asked(requirement: Requirement) -> Mapping[str, object]:
    # A field that is added to requirements one day, and that a pack does not use, must not change its digest.
    values = {name: getattr(requirement, name) for name in requirement.__dataclass_fields__}
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in values.items() if value}


def _looked_for(check: Check | None) -> Mapping[str, object]:
    if check is None:
        return {}
    patterns = {key: [p.text for p in getattr(check, key)] for key in ("says", "weakly", "partly", "opposes")}
    named = {
        key: {name: [p.text for p in listed] for name, listed in getattr(check, key).items()}
        for key in ("parts", "elements")
    }
    words = {
        key: list(getattr(check, key)) for key in ("ignore_with", "ignore_behind", "opposes_unless", "says_unless")
    }
    places = {key: sorted(getattr(check, key)) for key in ("counts_in", "document_parts")}
    said = {"id": check.id, "scope": check.scope, **patterns, **named, **words, **places}
    return {key: value for key, value in said.items() if value}


def _shared(roots: Iterable[Path]) -> str:
    found = []
    for number, root in enumerate(roots):
        for home, folder in _SHARED:
            for file in sorted((root / home / folder).rglob("*.yaml")):
                name = file.relative_to(root).as_posix()
                found.append([number, name, hashlib.sha256(file.read_bytes()).hexdigest()])
    return _digest(found)


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()

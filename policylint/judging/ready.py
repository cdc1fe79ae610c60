"""Rules in a form that loads in a tenth of the time: what parsing and checking them gave, kept from an earlier run."""

from __future__ import annotations

from typing import Any

from policylint.cache.results import Cache
from policylint.collector import collector_paused
from policylint.packs.folders import RuleFolder
from policylint.packs.models import Library

_LOADED: dict[str, Library] = {}
"""Key of the cache -> rules, loaded once a process."""


def ready_rules(packs: frozenset[str], added: tuple[RuleFolder, ...], cache: Cache | None) -> Library:
    """The rules that some packs need, as `packs.load.rules_for` gives them: to judge by, and not to show.

    Raises:
        RuleError: a rule file is not valid.
    """
    if cache is None:
        return _read(packs, added)
    key = cache.key("rules", sorted(packs), [(folder.path, folder.sha256) for folder in added])
    library = _LOADED.get(key) or _kept(key, cache)
    if library is None:
        library = _read(packs, added)
        cache.confirm()
        cache.keep_value(key, _plain(library))
    _LOADED[key] = library
    return library


def _read(packs: frozenset[str], added: tuple[RuleFolder, ...]) -> Library:
    from policylint.packs import load

    return load.rules_for(packs, added)


def _plain(library: Library) -> list[object]:
    from policylint.packs import ready

    if not library.checks:
        return [ready.plain(library), None]
    from policylint.language import finder_of

    return [ready.plain(library), finder_of(library).network.plain()]


def _kept(key: str, cache: Cache) -> Library | None:
    value: Any = cache.store.get(key)
    if value is None:
        return None
    from policylint.packs import ready

    try:
        with collector_paused(lasting=True):
            rules, network = value
            library = ready.library_from(rules)
            if network is not None:
                from policylint.language import Network, take_network

                take_network(library, Network.from_plain(network))
    except (TypeError, ValueError, IndexError, AttributeError):
        return None
    return library

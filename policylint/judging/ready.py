"""Rules in a form that is loaded in a tenth of the time: what parsing and checking them gave, kept from an earlier run."""

from __future__ import annotations

from policylint.cache.results import Cache
from policylint.packs.load import rules_for
from policylint.packs.models import Library


def ready_rules(packs: frozenset[str], cache: Cache | None) -> Library:
    """The rules that some packs need, as `packs.load.rules_for` gives them. Raises RuleError."""
    library = rules_for(packs)
    if cache is not None:
        cache.confirm()
    return library

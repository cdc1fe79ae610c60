"""File names for agencies: readable, the same on every run, and safe on every system and in every link."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

MOST = 60
"""Characters of a name made of an agency's."""

_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\d")
"""Names that Windows keeps for devices, whatever their suffix."""


def slugs(names: Sequence[tuple[str, ...]]) -> list[str]:
    """A file name without suffix for each, no two alike.

    Args:
        names: of each the name to show, then what tells it from others of that name, in rising detail.

    Names that give the same file name all get a few signs of a hash of what tells them apart, so that neither their order nor
    any other agency decides what one is called.
    """
    made = [_plain(name) for name, *_ in names]
    for detail in range(1, max(map(len, names), default=1)):
        counts = Counter(made)
        made = [
            slug if counts[slug] == 1 else f"{_plain(name[0])}-{_short_hash(name[1 : detail + 1])}"
            for slug, name in zip(made, names, strict=True)
        ]
    return made


def _short_hash(parts: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def _plain(name: str) -> str:
    """Small letters, digits and single hyphens: "Anacortes Pol. Dept." gives "anacortes-pol-dept"."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", letters.lower().replace("'", "")).strip("-")[:MOST].strip("-")
    return f"agency-{slug}".rstrip("-") if not slug or _RESERVED.fullmatch(slug) else slug

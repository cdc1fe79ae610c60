"""Families: submissions whose text is the same or nearly so, because their agencies share a vendor, or copied.

Each text is summed up in a signature by min-hashing (Broder 1997) of its runs of words, in which the share of equal numbers is
about the share of equal runs. A submission is compared only with the first ones of families that agree with it in a band of the
signature (locality-sensitive hashing), so the work grows with the number of submissions and not with its square.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policylint.body import DocumentView
from policylint.review.names import telling_words

ALIKE = 0.6
"""Likeness from which a text belongs to a family: half of it was rewritten at most, while unrelated policies share under a tenth."""

RUN = 4
"""Words in a run."""

_NUMBERS, _BAND = 128, 4
"""Numbers in a signature, and in each band of it: two texts of likeness 0.6 agree in a band with 98.8 %, of 0.2 with 5 %."""

_WORDS = re.compile(r"[^\W\d_]+")


def _factors() -> list[tuple[int, int]]:
    """What each number of a signature is worked out with: an odd factor and a term, of 64 bits, the same on every machine."""
    found = []
    for at in range(_NUMBERS):
        digest = hashlib.blake2b(at.to_bytes(2, "big"), digest_size=16).digest()
        found.append((int.from_bytes(digest[:8], "big") | 1, int.from_bytes(digest[8:], "big")))
    return found


_FACTORS = _factors()


@dataclass(frozen=True, slots=True)
class Kin:
    """To which family a submission belongs: the key of its first one, and how much of its text it shares with that (0 to 1)."""

    family: str
    likeness: float


def signature(body: DocumentView, agency: str) -> bytes:
    """A text summed up: a digest of its words (16 bytes), then the numbers; b"" for a text of fewer words than a run has.

    Numbers, labels and the names of agencies do not count: a vendor's text with another agency's name in it is the same.
    """
    import numpy as np

    names = telling_words(body.text, agency)
    words = [word for word in _words(body) if word not in names]
    if len(words) < RUN:
        return b""
    digest = hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=16).digest()
    runs = {
        zlib.crc32(" ".join(words[at : at + RUN]).encode("utf-8", "surrogatepass"))
        for at in range(len(words) - RUN + 1)
    }
    hashed = np.fromiter(runs, dtype=np.uint64, count=len(runs))
    # Multiply and shift (Dietzfelbinger 1996), a number at a time: memory does not grow with their count.
    least = [int(((hashed * np.uint64(a) + np.uint64(b)) >> np.uint64(32)).min()) for a, b in _FACTORS]
    return digest + b"".join(number.to_bytes(4, "big") for number in least)


def _words(body: DocumentView) -> Iterable[str]:
    for part in body.parts:
        for start, end in part.spans:
            yield from _WORDS.findall(body.text[start:end].casefold())


def families(signatures: Iterable[tuple[str, bytes]]) -> Mapping[str, Kin]:
    """Key -> family, of those submissions that have one.

    Args:
        signatures: of all submissions, by key in ascending order: the same submissions give the same families.
    """
    bands: dict[bytes, list[str]] = {}
    firsts: dict[str, bytes] = {}
    kin: dict[str, Kin] = {}
    for key, signed in signatures:
        if not signed:
            continue
        near = {first: likeness(signed, firsts[first]) for band in _bands(signed) for first in bands.get(band, ())}
        best = min(near, key=lambda first: (-near[first], first), default=None)
        if best is not None and near[best] >= ALIKE:
            kin[key] = Kin(best, near[best])
            kin[best] = Kin(best, 1.0)
            continue
        firsts[key] = signed
        for band in _bands(signed):
            bands.setdefault(band, []).append(key)
    return kin


def likeness(one: bytes, other: bytes) -> float:
    """How much of their text two share, by their signatures: 1 only when the words are the same, else within some 0.04."""
    if one[:16] == other[:16]:
        return 1.0
    equal = sum(one[at : at + 4] == other[at : at + 4] for at in range(16, len(one), 4))
    return min(equal / _NUMBERS, 0.99)


def _bands(signed: bytes) -> list[bytes]:
    width = 4 * _BAND
    return [bytes((at // width,)) + signed[16 + at : 16 + at + width] for at in range(0, 4 * _NUMBERS, width)]

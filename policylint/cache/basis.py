"""What every result rests on beside its document and the settings: the rules, the code, and the libraries it uses.

Hashing thousands of lines of rules and code at each start would take longer than the rest of a cached check. A stamp of names,
sizes and times of change, which is how Python itself tells whether a compiled module is stale, says whether anything changed; the
digest of the contents is worked out when a stamp is new, and kept. Results are kept by the digest, so that a fresh checkout
or installation of the same version finds what another has left.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator

from policylint.cache.store import Store
from policylint.packs import data

_PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def stamp() -> str:
    """Names, sizes and times of change of all that results rest on, as a digest.

    Raises:
        RuleError: the installation lacks its rules.
    """
    found: list[object] = [sys.version, sys.platform]
    for root in _roots():
        found.append(root)
        found += _stamps(root)
    found += [(folder, os.stat(folder).st_mtime_ns) for folder in _libraries()]
    return _digest(found)


def digest(store: Store, stamped: str) -> str:
    """The contents that a stamp stands for, as a digest; from the store, where the stamp is known there.

    Raises:
        OSError: a file cannot be read.
    """
    known = store.get(stamped)
    if isinstance(known, str):
        return known
    found: list[object] = [sys.version, sys.platform, *_contents()]
    for folder in _libraries():
        found += sorted(entry for entry in os.listdir(folder) if entry.endswith((".dist-info", ".egg-info")))
    made = _digest(found)
    store.put(stamped, made)
    return made


def code_and_rules() -> str:
    """The contents of code and rules alone, as a digest: by it two machines can tell that they judge alike.

    Raises:
        OSError: a file cannot be read.
        RuleError: the installation lacks its rules.
    """
    return _digest(list(_contents()))


def _contents() -> Iterator[object]:
    for root in _roots():
        for path in sorted(entry.path for entry in _walk(root)):
            with open(path, "rb") as file:
                yield path.removeprefix(root), hashlib.sha256(file.read()).hexdigest()


def _roots() -> list[str]:
    """The folders of the code and of the rules; in a wheel the rules lie within the code."""
    rules = (str(data.checks_dir()), str(data.packs_dir()))
    return [_PACKAGE, *(r for r in rules if not r.startswith(_PACKAGE + os.sep))]


def _libraries() -> list[str]:
    """The folders that libraries are installed in: installing, upgrading or removing one changes the folder."""
    return [p for p in sys.path if os.path.basename(p) in ("site-packages", "dist-packages") and os.path.isdir(p)]


def _stamps(root: str) -> Iterator[object]:
    for entry in _walk(root):
        status = entry.stat()
        yield entry.path, status.st_size, status.st_mtime_ns


def _walk(root: str) -> Iterator[os.DirEntry[str]]:
    """The files of a folder, without hidden ones and Python's compiled modules."""
    with os.scandir(root) as found:
        for entry in found:
            if entry.name.startswith((".", "__pycache__")):
                continue
            if entry.is_dir():
                yield from _walk(entry.path)
            else:
                yield entry


def _digest(found: object) -> str:
    return hashlib.sha256(repr(found).encode("utf-8", "surrogatepass")).hexdigest()

"""The lock as a file: strict, sorted JSON."""

from __future__ import annotations

import json

from policylint.errors import UsageError
from policylint.lock.values import Judged, Lock, Pinned, Rules
from policylint.strict_json import At, Kind, loaded
from policylint.summary import STATUSES

DEFAULT = "policylint.lock"
"""Name of the file, where the configuration gives no other."""

SCHEMA = "policylint-lock/1"

_FILE = Kind(
    "The lock",
    "Resolve it, if a merge left marks in it; else delete it and run `policylint lock POLICY...`.",
    UsageError,
)


def load(data: bytes, name: str) -> Lock:
    """The lock that a file holds.

    Raises:
        UsageError: it is no JSON, or no lock.
    """
    return loaded(data, name, _FILE, SCHEMA, _load)


def _load(at: At) -> Lock:
    top = at.members("schema", "policylint", "rules", "shared", "packs", "documents")
    packs = {id_: _pinned(pack) for id_, pack in top["packs"].entries().items()}
    return Lock(
        version=top["policylint"].text(),
        rules=Rules(top["rules"].text(), top["shared"].text(), packs),
        documents={path: _judged(document) for path, document in top["documents"].entries().items()},
    )


def _pinned(at: At) -> Pinned:
    fields = at.members("version", "sha256", "requirements")
    requirements = {id_: value.text() for id_, value in fields["requirements"].entries().items()}
    return Pinned(fields["version"].text(), fields["sha256"].text(), requirements)


def _judged(at: At) -> Judged:
    fields = at.members("sha256", "verdicts")
    verdicts = {id_: value.one_of(STATUSES) for id_, value in fields["verdicts"].entries().items()}
    return Judged(fields["sha256"].text(), verdicts)


def dump(lock: Lock) -> str:
    """The lock as the text of its file: sorted, a line for each requirement and verdict."""
    packs = {
        id_: {"version": pack.version, "sha256": pack.sha256, "requirements": dict(pack.requirements)}
        for id_, pack in lock.rules.packs.items()
    }
    documents = {
        path: {"sha256": judged.sha256, "verdicts": dict(judged.verdicts)} for path, judged in lock.documents.items()
    }
    rules = {"rules": lock.rules.whole, "shared": lock.rules.shared}
    value = {"schema": SCHEMA, "policylint": lock.version, **rules, "packs": packs, "documents": documents}
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return text.encode("utf-8", "backslashreplace").decode() + "\n"

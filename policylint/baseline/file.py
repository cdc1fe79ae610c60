"""The baseline as a file: strict, sorted JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from policylint.baseline.values import GRAVITY, Baseline, Entry, Recorded
from policylint.errors import UsageError
from policylint.strict_json import At, Kind, loaded

DEFAULT = "policylint-baseline.json"
"""Name of the file, where the configuration gives no other."""

SCHEMA = "policylint-baseline/1"

_FILE = Kind(
    "The baseline",
    "Resolve it, if a merge left marks in it; else record it again with `policylint baseline POLICY...`.",
    UsageError,
)


def load(data: bytes, name: str) -> Baseline:
    """The baseline that a file holds.

    Raises:
        UsageError: it is no JSON, or no baseline.
    """
    return loaded(data, name, _FILE, SCHEMA, _load)


def _load(at: At) -> Baseline:
    return Baseline(at.members("schema", "documents")["documents"].each(_load_entry))


def _load_entry(at: At) -> Entry:
    fields = at.members("path", "sha256", "title", "gaps")
    return Entry(
        path=fields["path"].text(),
        sha256=fields["sha256"].text(),
        title=fields["title"].text(),
        gaps=fields["gaps"].each(_load_gap),
    )


def _load_gap(at: At) -> Recorded:
    fields = at.members("requirement", "status", "fingerprint", optional=("lacks", "passages"))
    return Recorded(
        requirement=fields["requirement"].text(),
        status=fields["status"].one_of(GRAVITY),
        fingerprint=fields["fingerprint"].text(),
        lacks=fields["lacks"].each(At.text) if "lacks" in fields else (),
        passages=fields["passages"].each(At.text) if "passages" in fields else (),
    )


def dump(baseline: Baseline) -> str:
    """The baseline as the text of its file: sorted, a line for each gap, so that a difference shows what changed."""
    documents = ",\n".join(_dump_entry(e) for e in baseline.entries)
    listed = f"[\n{documents}\n  ]" if documents else "[]"
    return f'{{\n  "schema": "{SCHEMA}",\n  "documents": {listed}\n}}\n'


def _dump_entry(entry: Entry) -> str:
    head = "".join(f'      "{key}": {_json(getattr(entry, key))},\n' for key in ("path", "sha256", "title"))
    gaps = ",\n".join(f"        {_json(_plain(gap))}" for gap in entry.gaps)
    return f'    {{\n{head}      "gaps": [\n{gaps}\n      ]\n    }}'


def _plain(gap: Recorded) -> Mapping[str, object]:
    keys = ("requirement", "status", "fingerprint", "lacks", "passages")
    return {key: value for key in keys if (value := getattr(gap, key))}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()

"""The baseline: the gaps an agency had on a day, so that from then on only what is new or worse fails. Values in, values out.

A document has at most one gap for a requirement, so a gap is found again by its document and its requirement: reworded, it
is the same gap still. How grave it is may change (`values.GRAVITY`); that, the elements it lacks and the fingerprints of
its passages say whether it is the same or worse.
"""

from policylint.baseline.file import DEFAULT, SCHEMA, dump, load
from policylint.baseline.marking import count, gone, mark, record, without
from policylint.baseline.values import GRAVITY, Baseline, Entry, Paths, Recorded

__all__ = [
    "DEFAULT",
    "GRAVITY",
    "SCHEMA",
    "Baseline",
    "Entry",
    "Paths",
    "Recorded",
    "count",
    "dump",
    "gone",
    "load",
    "mark",
    "record",
    "without",
]

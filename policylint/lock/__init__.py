"""The lock: which packs a repository is judged by, in which state, so that a verdict changes only when its policy does.

A pack is pinned with its version and hash, and each of its requirements with a digest of what is asked and of the check that
looks for it; what all checks share (lexicon, facts, profiles) has one digest. The verdicts of the day are recorded as well: a
later upgrade judges by the new rules and shows what came out otherwise.
"""

from policylint.lock.checking import judged, refuse_changes, same, unpinned, written
from policylint.lock.digests import rules, whole
from policylint.lock.file import DEFAULT, SCHEMA, dump, load
from policylint.lock.values import Change, Judged, Lock, Pinned, Rules, Turn, changes, turns

__all__ = [
    "DEFAULT",
    "SCHEMA",
    "Change",
    "Judged",
    "Lock",
    "Pinned",
    "Rules",
    "Turn",
    "changes",
    "dump",
    "judged",
    "load",
    "refuse_changes",
    "rules",
    "same",
    "turns",
    "unpinned",
    "whole",
    "written",
]

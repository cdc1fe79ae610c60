"""The outcomes of earlier runs: found again by the document's bytes, what was asked, and what results rest on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from functools import lru_cache
from pathlib import PurePath

from policylint._version import __version__
from policylint.asked import Task
from policylint.cache import basis
from policylint.cache.store import Store
from policylint.cache.values import outcome_from, plain, plain_body
from policylint.errors import RuleError
from policylint.outcome import Outcome
from policylint.readers.formats import FORMATS, READERS

FOLDER_SETTING = "POLICYLINT_CACHE_DIR"
"""Environment variable that names the folder; without it the system's folder for such things holds one."""


class Cache:
    """What is kept of earlier runs, by the rules, the code and the libraries as they are now."""

    outcomes = True
    """Whether outcomes of documents are kept, beside the rules in ready form."""

    def __init__(self, store: Store, stamp: str, digest: str) -> None:
        """Take a store, and what `basis` says of all that results rest on."""
        self.store, self.stamp, self.digest = store, stamp, digest
        self._sound = True

    def find(self, task: Task, name: str, sha256: str, *, body: bool = True) -> Outcome | None:
        """The outcome of a document of this name and content, or None when it is not kept; its `body` only where it is asked for."""
        key = self.key_of(task, name, sha256)
        kept = self.store.get(key)
        read = self.store.get(self.key("body", key)) if body and kept is not None else [None]
        if kept is None or not isinstance(read, list) or len(read) != 1:
            return None
        outcome = outcome_from(kept, read[0])
        if outcome is None:
            return None
        after, until = outcome.days
        return outcome if after < task.day and (not until or task.day <= until) else None

    def keep(self, task: Task, name: str, sha256: str, outcome: Outcome) -> None:
        """Keep the outcome of a document that was judged."""
        if not outcome.lasting:
            return
        format_ = FORMATS.get(outcome.document.format or "")
        if format_ is not None and not format_.text and _is_text(name):
            return  # a PDF under the name of a text: what tools it was read with is not in the key
        key = self.key_of(task, name, sha256)
        self.keep_value(self.key("body", key), [plain_body(outcome.document.body)])
        self.keep_value(key, plain(outcome))

    def keep_value(self, key: str, value: object) -> None:
        """Keep something else under a key that `key` made."""
        if self._sound:
            self.store.put(key, value)

    def __reduce__(self) -> tuple[type[Cache], tuple[Store, str, str]]:
        """Another process takes it as it was opened."""
        return type(self), (self.store, self.stamp, self.digest)

    def confirm(self) -> None:
        """To be called when rules or code have been loaded: if they were changed just before, nothing more is kept."""
        self._sound = self._sound and _stamp() == self.stamp

    def key(self, *about: object) -> str:
        """A key of the store for something that rests on rules and code."""
        text = json.dumps([__version__, self.digest, *about])
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def key_of(self, task: Task, name: str, sha256: str) -> str:
        """The key of a document of this name and content: another one when anything changes that its outcome rests on."""
        asked, options = task.asked, task.asked.options
        bounds = (options.pages, options.seconds, options.memory) if options is not None else None
        added = [(folder.path, folder.sha256) for folder in task.added]
        what = (task.packs, task.profile, _content(task.profile), added, task.facts, task.as_of, asked.section, bounds)
        return self.key("document", name, sha256, what, None if _is_text(name) else _tools())


class RulesOnly(Cache):
    """A cache of rules in ready form, as Python keeps compiled modules; outcomes, which quote policies, stay out of it."""

    outcomes = False

    def keep(self, task: Task, name: str, sha256: str, outcome: Outcome) -> None:
        """Nothing is done."""


def open_cache(folder: str | None = None, kind: type[Cache] = Cache) -> Cache | None:
    """The cache in a folder, by default the user's own; None where there can be none."""
    folder = folder or usual_folder()
    stamped = _stamp()
    if folder is None or stamped is None:
        return None
    store = Store(folder)
    try:
        return kind(store, stamped, basis.digest(store, stamped))
    except (OSError, RuleError):
        return None


@lru_cache(maxsize=1)
def rules_only(folder: str | None) -> Cache | None:
    """The cache of rules alone in a folder, opened once a process: whoever calls policylint loads its rules once as well."""
    return open_cache(folder, RulesOnly) if folder is not None else None


def usual_folder() -> str | None:
    """The folder that the environment names, else the system's folder for caches; None when there is neither."""
    named = os.environ.get(FOLDER_SETTING)
    if named:
        return os.path.abspath(named)
    from platformdirs import user_cache_dir

    folder = user_cache_dir("policylint", appauthor=False)
    return folder if os.path.isabs(folder) else None  # "~" where nobody knows the user's home


def _stamp() -> str | None:
    try:
        return basis.stamp()
    except (OSError, RuleError):
        return None


def _is_text(name: str) -> bool:
    format_ = READERS.get(PurePath(name).suffix.lower())
    return format_ is not None and format_.text


def _content(profile: str | None) -> str | None:
    """The content of an agency's own profile, as a digest."""
    if profile is not None:
        with contextlib.suppress(OSError, ValueError), open(profile, "rb") as file:
            return hashlib.sha256(file.read()).hexdigest()
    return None


def _tools() -> list[object]:
    """The programs and settings that reading scans and old Word files depends on: another version may read differently."""
    import shutil

    found: list[object] = [os.environ.get(name) for name in ("POLICYLINT_OCR", "TESSDATA_PREFIX")]
    for program in ("tesseract", "soffice", "libreoffice"):
        path = shutil.which(program)
        if path is not None:
            with contextlib.suppress(OSError):
                status = os.stat(path)
                found.append([path, status.st_size, status.st_mtime_ns])
    return found

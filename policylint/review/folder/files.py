"""The files of a review folder: each written in one step, only where something changed, and none left over from a former run.

A small file beside them, `.written.json`, holds the name of each file with a digest of what it was made of and one of its
contents. A file is left as it is while both still hold. Before anything is written the names to come are noted there, so that a
run that is cut off leaves no file that the next one does not know.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from policylint.errors import UsageError

RECORD = ".written.json"
FOLDERS = ("agencies", "letters")
SCHEMA = "policylint-review-folder/1"

_UNFINISHED = ".policylint-unfinished-"
_OURS = re.compile(r"(?:agencies/[a-z0-9-]+\.html|letters/[a-z0-9-]+\.docx|[a-z-]+\.(?:html|xlsx|csv|docx|txt))")
"""What a record may name: nothing else is ever removed, whatever it says."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file: digests of what it was made of, and of its contents ("" while it is not written)."""

    made_of: str = ""
    sha256: str = ""


def digest(*parts: str | bytes) -> str:
    """A SHA-256 over some parts, each told from the next."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def put(out: Path, name: str, content: bytes, made_of: str = "") -> Written:
    """Write a file in one step.

    Args:
        out: the review folder.
        name: of the file in it, with "/" between its parts.
        made_of: a digest of all that its contents depend on; "" for a file that is written anew each time.

    Raises:
        UsageError: it cannot be written.
    """
    path = out / name
    unfinished = path.with_name(_UNFINISHED + path.name)
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        raise UsageError(f"The file '{path}' cannot be written: {error.strerror or error}.") from None
    return Written(made_of, hashlib.sha256(content).hexdigest())


def put_if_changed(out: Path, name: str, made_of: str, make: Callable[[], bytes], before: Written | None) -> Written:
    """Write a file unless it is there as an earlier run made it of the same; otherwise as `put`.

    Args:
        make: gives its contents.
        before: what the record says of it.

    Raises:
        UsageError: it cannot be written.
    """
    if before is not None and before.made_of == made_of and _sha256(out / name) == before.sha256:
        return before
    return put(out, name, make(), made_of)


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


class Record:
    """What a review folder holds."""

    def __init__(self, out: Path) -> None:
        """Read the record of a folder; there may be none yet."""
        self.out = out
        self.before = _read(out / RECORD)

    def begin(self, names: Iterable[str]) -> None:
        """Make the folder, note the files to come, and clear away what a run that was cut off left unfinished.

        Raises:
            UsageError: it cannot be made.
        """
        try:
            for folder in FOLDERS:
                (self.out / folder).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise UsageError(f"The folder '{self.out}' cannot be made: {error.strerror or error}.") from None
        for place in (self.out, *(self.out / name for name in FOLDERS)):
            for path in place.glob(f"{_UNFINISHED}*"):
                path.unlink(missing_ok=True)
        self._keep({**dict.fromkeys(names, Written()), **self.before})

    def add(self, written: Mapping[str, Written]) -> None:
        """Note more files, which the next run takes away unless it writes them, too."""
        self._keep({**self.before, **written})

    def end(self, written: Mapping[str, Written]) -> tuple[Path, ...]:
        """Remove what no longer belongs, note what does, and name all of it in order."""
        for name in self.before.keys() - written.keys():
            (self.out / name).unlink(missing_ok=True)
        self._keep(written)
        return tuple(self.out / name for name in sorted(written))

    def _keep(self, files: Mapping[str, Written]) -> None:
        listed = {name: [files[name].made_of, files[name].sha256] for name in sorted(files)}
        text = json.dumps({"schema": SCHEMA, "files": listed}, indent=0) + "\n"
        put(self.out, RECORD, text.encode())


def _read(path: Path) -> dict[str, Written]:
    """What a record holds; nothing where it cannot be used: then all is written anew."""
    try:
        held = json.loads(path.read_bytes())
        if held["schema"] != SCHEMA:
            return {}
        files = {name: Written(str(made_of), str(sha256)) for name, (made_of, sha256) in held["files"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
    return {name: written for name, written in files.items() if _OURS.fullmatch(name)}

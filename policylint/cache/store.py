"""Values under keys, each in a file of its own.

Files and no database: a value is written beside its place and moved there, which is one step for every reader on every
system, so that processes need no locks and a process that is killed leaves at most a stray file. JSON and no pickle: a file that
somebody else has written can be wrong, and cannot run anything.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

LIMIT = 256 * 2**20
"""Bytes that all files together may take."""

_FOLDERS = 256
_TEMPORARY = "new-"
_DIGEST = 16
_HOUR, _DAY = 3600, 86400
_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# This folder is a cache made by policylint (see https://bford.info/cachedir/): `policylint cache clear` empties it.\n"
)


@dataclass(frozen=True, slots=True)
class Usage:
    """How much is kept: files, and bytes in them."""

    files: int
    size: int


class Store:
    """A folder of values. Whatever cannot be read is not there, and whatever cannot be written is not kept."""

    def __init__(self, folder: str, limit: int = LIMIT) -> None:
        """Take a folder, which need not exist; `limit` in bytes."""
        self.folder = folder
        # Each folder keeps to its share by itself: a look at all files for each new one would take longer and longer.
        self._share = limit // _FOLDERS

    def get(self, key: str) -> object | None:
        """The value of a key (hexadecimal digits); None when there is none, or its file is damaged."""
        path = self._path(key)
        try:
            with open(path, "rb") as file:
                data = file.read()
                if time.time() - os.fstat(file.fileno()).st_mtime > _DAY:
                    os.utime(path)  # so that what is used stays; once a day is enough
            if _digest(key, data[_DIGEST:]) != data[:_DIGEST]:
                return None
            value: object = json.loads(zlib.decompress(data[_DIGEST:]))
        except (OSError, ValueError, zlib.error, RecursionError):
            return None
        return value

    def put(self, key: str, value: object) -> None:
        """Keep a value that JSON can hold; not one that takes more than the share of its folder."""
        packed = zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)
        data = _digest(key, packed) + packed
        if len(data) > self._share:
            return
        with contextlib.suppress(OSError):
            path = self._path(key)
            self._make_folders(os.path.dirname(path))
            _write(path, data)
            self._prune(os.path.dirname(path))

    def usage(self) -> Usage:
        """How much is kept."""
        sizes = [entry.stat().st_size for folder in self._folders() for entry in _files(folder)]
        return Usage(len(sizes), sum(sizes))

    def clear(self) -> Usage:
        """Remove all that is kept, and nothing else that may lie in the folder; tells what was removed."""
        files = size = 0
        for folder in self._folders():
            for entry in _files(folder):
                with contextlib.suppress(OSError):
                    taken = entry.stat().st_size
                    os.unlink(entry.path)
                    files, size = files + 1, size + taken
            with contextlib.suppress(OSError):
                os.rmdir(folder)
        return Usage(files, size)

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, key[:2], key[2:])

    def _folders(self) -> Iterator[str]:
        for number in range(_FOLDERS):
            path = os.path.join(self.folder, f"{number:02x}")
            if os.path.isdir(path):
                yield path

    def _make_folders(self, folder: str) -> None:
        """Make them, for their owner alone: what is kept quotes policies that may be drafts."""
        if os.path.isdir(folder):
            return
        os.makedirs(os.path.dirname(self.folder), exist_ok=True)
        with contextlib.suppress(FileExistsError):
            os.mkdir(self.folder, 0o700)
            _write(os.path.join(self.folder, "CACHEDIR.TAG"), _TAG.encode())
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder, 0o700)

    def _prune(self, folder: str) -> None:
        """Remove the files that were used longest ago until the rest keeps to the share, and what killed processes left."""
        kept: list[tuple[float, int, str]] = []
        now = time.time()
        for entry in _files(folder):
            with contextlib.suppress(OSError):
                status = entry.stat()
                if not entry.name.startswith(_TEMPORARY):
                    kept.append((status.st_mtime, status.st_size, entry.path))
                elif now - status.st_mtime > _HOUR:
                    os.unlink(entry.path)
        taken = sum(size for _, size, _ in kept)
        for _, size, path in sorted(kept):
            if taken <= self._share:
                break
            with contextlib.suppress(OSError):
                os.unlink(path)
            taken -= size


def _digest(key: str, packed: bytes) -> bytes:
    """Of a value and the key it was written for: a file that is cut off, altered or misplaced does not fit it."""
    return hashlib.blake2b(packed, digest_size=_DIGEST, key=key.encode()[:64]).digest()


def _write(path: str, data: bytes) -> None:
    import tempfile

    handle, name = tempfile.mkstemp(prefix=_TEMPORARY, dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _files(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if entry.is_file(follow_symlinks=False)]
    except OSError:
        return []

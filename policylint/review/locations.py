"""Where documents lie and results go: this machine's disks, and whatever fsspec reaches (s3://, gs://, sftp://, ...)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from pathlib import Path, PurePath
from typing import Any

from policylint.errors import DocumentError, UsageError
from policylint.files import walk

MOST_BYTES = 500_000_000
"""Bytes of a document above which it is not fetched: no policy is that long, and all of it would be in memory."""

_REMOTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")

_TOO_LARGE = "The file is larger than {} MB and was not fetched. Submit the part of it that is the peer support policy."


def is_remote(location: str) -> bool:
    """Whether a location is one for fsspec ("s3://bucket/policy.pdf") and no path of this machine."""
    return _REMOTE.match(location) is not None


def printable(name: str) -> str:
    """A name that a database and a report can hold: what is no valid Unicode in a file's name is written as \\udce9."""
    return name.encode("utf-8", "backslashreplace").decode()


def joined(folder: str, name: str) -> str:
    """A location as seen from a folder: an absolute or remote one as it is."""
    if is_remote(name):
        return name
    if not is_remote(folder):
        return str(Path(folder, name))
    scheme, path, rest = _parts(folder)
    return scheme + posixpath.join(path, name) + rest


def folder_of(location: str) -> str:
    """The folder that a location stands in."""
    if not is_remote(location):
        return str(Path(location).parent)
    scheme, path, rest = _parts(location)
    return scheme + posixpath.dirname(path) + rest


def _parts(location: str) -> tuple[str, str, str]:
    """Of "zip://a/b.pdf::s3://bucket/c.zip": "zip://", "a/b.pdf" and "::s3://bucket/c.zip"."""
    first, chained, rest = location.partition("::")
    scheme, separator, path = first.partition("://")
    return scheme + separator, path, chained + rest


def is_folder(location: str) -> bool:
    """Whether a location is a folder.

    Raises:
        UsageError: there is nothing there, or it cannot be reached.
    """
    if not is_remote(location):
        path = Path(location)
        if not path.exists():
            raise UsageError("There is no such file or folder.", file=location)
        return path.is_dir()
    system, path_there = _reach(location)
    try:
        if system.isdir(path_there):
            return True
        if system.exists(path_there):
            return False
    except Exception as error:  # noqa: BLE001 - each service has errors of its own
        raise UsageError(f"The location cannot be reached: {_words(error)}.", file=location) from None
    raise UsageError("There is no such file or folder.", file=location)


def documents_in(folder: str, suffixes: Collection[str], beside: Path | None = None) -> tuple[list[str], list[str]]:
    """The files of a folder and the folders in it, as paths within it with "/", sorted, without hidden ones.

    Args:
        suffixes: of files that are documents, in small letters.
        beside: a folder of this machine, resolved, that is left out: where results go.

    Returns:
        The documents, and the other files.

    Raises:
        UsageError: the folder cannot be read.
    """
    names = _remote_names(folder) if is_remote(folder) else _local_names(folder, beside)
    documents = [name for name in names if PurePath(name).suffix.lower() in suffixes]
    return documents, sorted(set(names) - set(documents))


def _local_names(folder: str, beside: Path | None) -> list[str]:
    def refuse(error: OSError) -> None:
        raise UsageError(f"The folder cannot be opened: {error.strerror or error}.", file=error.filename or folder)

    paths = map(Path, walk(folder, refuse))
    kept = (path for path in paths if beside is None or not path.resolve().is_relative_to(beside))
    return sorted(path.relative_to(folder).as_posix() for path in kept)


def _remote_names(folder: str) -> list[str]:
    system, root = _reach(folder)
    try:
        paths = system.find(root)
    except Exception as error:  # noqa: BLE001 - as above
        raise UsageError(f"The folder cannot be read: {_words(error)}.", file=folder) from None
    names = (posixpath.relpath(path, root) for path in paths)
    return sorted(n for n in names if not any(part.startswith((".", "~$")) for part in n.split("/")))


def size_of(location: str) -> int:
    """The bytes of a document on this machine; 0 where that is not known without asking another."""
    try:
        return 0 if is_remote(location) else Path(location).stat().st_size
    except (OSError, ValueError):
        return 0


def fetch(location: str) -> bytes:
    """The bytes of a document.

    Raises:
        DocumentError: it cannot be read, or is too large.
    """
    if is_remote(location):
        return _fetch_remote(location)
    try:
        path = Path(location)
        if not path.exists():
            raise DocumentError("There is no such file or folder.")
        if not path.is_file():  # a pipe or a device would be read for ever
            raise DocumentError("It is no file but a folder or a device.")
        if path.stat().st_size > MOST_BYTES:
            raise DocumentError(_TOO_LARGE.format(MOST_BYTES // 1_000_000))
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"The file cannot be read: {error.strerror or error}.") from None
    except ValueError as error:  # a NUL in the name
        raise DocumentError(f"The file cannot be read: {error}.") from None


def _fetch_remote(location: str) -> bytes:
    try:
        system, path = _reach(location)
        with system.open(path, "rb") as file:
            data: bytes = file.read(MOST_BYTES + 1)
    except UsageError as error:
        raise DocumentError(error.message, hint=error.hint) from None
    except FileNotFoundError:
        raise DocumentError("There is no such file or folder.") from None
    except Exception as error:  # noqa: BLE001 - as above
        raise DocumentError(f"The file cannot be fetched: {_words(error)}.") from None
    if len(data) > MOST_BYTES:
        raise DocumentError(_TOO_LARGE.format(MOST_BYTES // 1_000_000))
    return data


def copy_out(folder: Path, location: str) -> None:
    """Copy a folder with all that is in it to a remote location; what lies there under other names stays.

    Raises:
        UsageError: it cannot be written.
    """
    system, root = _reach(location)
    try:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            target = posixpath.join(root, path.relative_to(folder).as_posix())
            system.makedirs(posixpath.dirname(target), exist_ok=True)
            system.put_file(str(path), target)
    except Exception as error:  # noqa: BLE001 - as above
        raise UsageError(f"The review cannot be written: {_words(error)}.", file=location) from None


def _reach(location: str) -> tuple[Any, str]:
    """The file system of a remote location, and the path on it. Raises UsageError."""
    scheme = location.partition(":")[0]
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(location)
    except ImportError as error:
        raise UsageError(
            f"Locations such as {scheme}:// need a library that is not installed ({error}).",
            file=location,
            hint="Install it with: pip install 'policylint[fsspec]', and for S3 with: pip install s3fs",
        ) from None
    except Exception as error:  # noqa: BLE001 - as above
        raise UsageError(f"The location cannot be reached: {_words(error)}.", file=location) from None
    return system, path


def _words(error: Exception) -> str:
    """An error of somebody else's library as the end of a sentence."""
    said = " ".join(str(error).split())[:300].rstrip(".")
    return f"{type(error).__name__}: {said}" if said else type(error).__name__

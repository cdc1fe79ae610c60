"""From the paths a user names to the files to judge. A path that leads to nothing is kept, with what is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policylint.errors import DocumentError

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to judge.

    Attributes:
        name: what the report calls it: the path as the user gave it, or "<stdin>".
        data: its bytes where they are known already (standard input), or None to read the file of that name.
        problem: why it cannot be read, as a sentence, where that is known already.
    """

    name: str
    data: bytes | None = None
    problem: str | None = None

    def read(self) -> bytes:
        """The bytes of the file.

        Raises:
            DocumentError: it cannot be read.
        """
        if self.problem is not None:
            raise DocumentError(self.problem)
        if self.data is not None:
            return self.data
        try:
            return Path(self.name).read_bytes()
        except OSError as error:
            raise DocumentError(f"The file cannot be read: {error.strerror or error}.") from None
        except ValueError as error:  # a NUL in the name
            raise DocumentError(f"The file cannot be read: {error}.") from None


def find(paths: Iterable[str | os.PathLike[str]], suffixes: Collection[str], stdin: bytes | None = None) -> list[Input]:
    """The files to judge, in the order named, the files of a folder sorted by path, each file once.

    A file that is named is taken whatever its suffix; of a folder, and the folders in it, those with one of
    `suffixes`, hidden ones left out. A missing file, a folder that cannot be opened and a folder with nothing to
    judge each give an Input with a `problem`. Where `stdin` is given, "-" stands for it.
    """
    found: dict[str, Input] = {}
    for path in paths:
        name = os.fspath(path)
        if name == STDIN and stdin is not None:
            found.setdefault("", Input("<stdin>", data=stdin))
            continue
        for item in _in_folder(name, suffixes) if _is_folder(name) else [_named(name)]:
            found.setdefault(_identity(item.name), item)
    return list(found.values())


def seen_from(path: str | os.PathLike[str], folder: str | os.PathLike[str]) -> str:
    """A path as seen from a folder, with slashes, whatever the working directory: as files of a repository name documents.

    A link is named by what it is called. What is no path ("<stdin>") stays as it is.
    """
    name = os.fspath(path)
    if name.startswith("<") and not os.path.lexists(name):
        return name
    here = Path(os.path.realpath(Path(name).parent), Path(name).name)
    try:
        return Path(os.path.relpath(here, os.path.realpath(folder))).as_posix()
    except ValueError:  # on another drive
        return here.as_posix()


def _is_folder(name: str) -> bool:
    try:
        return Path(name).is_dir()
    except (OSError, ValueError):
        return False


def _identity(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return name


def _named(name: str) -> Input:
    try:
        exists = Path(name).exists()
    except (OSError, ValueError):
        exists = True  # reading it will say what is wrong
    return Input(name) if exists else Input(name, problem="There is no such file or folder.")


def _in_folder(name: str, suffixes: Collection[str]) -> list[Input]:
    problems: list[Input] = []

    def note(error: OSError) -> None:
        text = f"The folder cannot be opened: {error.strerror or error}."
        problems.append(Input(str(error.filename or name), problem=text))

    wanted = {suffix.lower() for suffix in suffixes if suffix}
    files = [Input(path) for path in walk(name, note) if os.path.splitext(path)[1].lower() in wanted]  # noqa: PTH122
    if not files and not problems:
        text = f"The folder holds no file that policylint reads ({', '.join(sorted(wanted))})."
        return [Input(name, problem=text)]
    return sorted([*files, *problems], key=lambda item: item.name)


def walk(name: str, note: Callable[[OSError], None]) -> Iterator[str]:
    """The paths of all files of a folder and the folders in it, hidden ones left out; `note` is told what cannot be opened."""
    for folder, folders, files in os.walk(name, onerror=note):
        folders[:] = [f for f in folders if not f.startswith(".")]
        shown = str(Path(folder))
        for file in files:
            path = file if shown == "." else os.path.join(shown, file)  # noqa: PTH118 - of thousands of files
            # A pipe or a device in a folder would make the run wait for ever; "~$policy.docx" says who has the file open.
            if not file.startswith((".", "~$")) and os.path.isfile(path):  # noqa: PTH113 - as above
                yield path

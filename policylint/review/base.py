"""The file of a review: an SQLite database, its tables, and changes that happen as a whole or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from policylint.errors import UsageError

SCHEMA = "policylint-review/1"

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS submission (
    key TEXT PRIMARY KEY, document TEXT NOT NULL, agency TEXT NOT NULL, agency_kind TEXT, state TEXT, contact TEXT NOT NULL,
    submitted TEXT,
    present INTEGER NOT NULL,  -- whether the folder or manifest holds it now; if not, it is history
    place INTEGER NOT NULL,    -- in the manifest
    sha256 TEXT                -- of the result that counts; NULL until a run comes to it, '' when the bytes could not be had
);
CREATE TABLE IF NOT EXISTS result (
    key TEXT NOT NULL, sha256 TEXT NOT NULL,
    basis TEXT NOT NULL,       -- rules, settings, version: see cache.results
    after TEXT NOT NULL, until TEXT NOT NULL, final INTEGER NOT NULL,
    agency TEXT NOT NULL, judged INTEGER NOT NULL, report BLOB NOT NULL, body BLOB NOT NULL, signature BLOB NOT NULL,
    PRIMARY KEY (key, sha256)
);
CREATE TABLE IF NOT EXISTS kin (key TEXT PRIMARY KEY, family TEXT NOT NULL, likeness REAL NOT NULL) WITHOUT ROWID;
"""


class Base:
    """An open database; alone in its hands until it is closed, unless it is only read."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open it, or begin one. Raises UsageError as `Store`."""
        self.path = path
        mode = "ro" if read_only else "rwc"
        try:
            where = f"{path.absolute().as_uri()}?mode={mode}"
            self._open = sqlite3.connect(where, timeout=1.0, isolation_level=None, uri=True)
            if not read_only:
                self._begin()
            self._check()
        except sqlite3.Error as error:
            raise _refusal(path, error) from None

    def _begin(self) -> None:
        # Before the first read, so that no file for shared memory is needed, and a second batch is told so at once.
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = FULL"):
            self._open.execute(f"PRAGMA {pragma}")
        with self.change():
            for statement in _TABLES.split(";\n"):
                self._open.execute(statement)
            self._open.execute("INSERT OR IGNORE INTO about VALUES ('schema', ?)", (SCHEMA,))

    def _check(self) -> None:
        if (found := self.about("schema")) != SCHEMA:
            hint = "Give another --out, or use the version of policylint that made it."
            raise UsageError(
                f"The review is of the schema {found!r}, and not {SCHEMA!r}.", file=str(self.path), hint=hint
            )

    def close(self) -> None:
        """Fold the log into the file and let go of it."""
        with contextlib.suppress(sqlite3.Error):
            self._open.execute("PRAGMA journal_mode = DELETE")
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """All of it or nothing. Raises UsageError when it cannot be written: the disk is full."""
        try:
            self._open.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._open.execute("ROLLBACK")
                raise
            self._open.execute("COMMIT")
        except sqlite3.Error as error:
            raise _refusal(self.path, error) from None

    def run(self, statement: str, values: tuple[Any, ...] = ()) -> sqlite3.Cursor:
        """Run a statement."""
        return self._open.execute(statement, values)

    def about(self, name: str) -> str | None:
        """What the review says of itself under a name."""
        row: Any = self.run("SELECT value FROM about WHERE name = ?", (name,)).fetchone()
        return row[0] if row is not None else None

    def tell(self, name: str, value: str) -> None:
        """Let the review say something of itself; within a change."""
        self.run("INSERT OR REPLACE INTO about VALUES (?, ?)", (name, value))


def _refusal(path: Path, error: sqlite3.Error) -> UsageError:
    """What is wrong with the file, as a sentence."""
    said = str(error)
    if "locked" in said:
        return UsageError("Another batch is at work on this review.", file=str(path), hint="Wait for it, or end it.")
    if isinstance(error, sqlite3.DatabaseError) and "not a database" in said:
        return UsageError("The file is no review of policylint's.", file=str(path), hint="Give another --out.")
    hint = "It needs a disk of this machine with free space, and not a network's: see --work."
    return UsageError(f"The review cannot be kept: {said}.", file=str(path), hint=hint)

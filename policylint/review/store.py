"""The review as it is kept: one SQLite file, one transaction a document, so that an interruption or a power cut loses nothing.

While a batch is at work the file is in its hands alone (write-ahead log, every commit on the disk before the next document);
when it ends the log is folded in, and the file can be copied or put on a read-only disk. Locks and logs need a disk of this
machine, not a network's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType

from policylint.report import DocumentReport
from policylint.review.base import Base
from policylint.review.families import families
from policylint.review.jobs import Done, unpacked
from policylint.review.locations import printable
from policylint.review.model import Reviewed, Standing, Submission
from policylint.review.names import of_file

NAME = "review.sqlite"
"""Of the file in a review folder."""

_FIELDS = tuple(f.name for f in fields(Submission))
_NOT_YET = "It was not judged yet: the batch was interrupted. Run it again to go on."


@dataclass(frozen=True, slots=True)
class Kept:
    """A result that is kept for a submission, as far as it says whether it still holds."""

    sha256: str
    basis: str
    after: str
    until: str
    final: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """What a review comes to, in numbers.

    Attributes:
        shared: submissions whose text is another's, or nearly so; they are of so many `families`.
    """

    submissions: int
    judged: int
    agencies: int
    shared: int
    families: int


class Store(Base):
    """A review in a file. It is a `model.Review` for those who read it."""

    def __init__(
        self,
        path: Path,
        standing: Callable[[DocumentReport], Standing | None] = lambda _: None,
        *,
        read_only: bool = False,
    ) -> None:
        """Open the review, or begin one; it is this process's alone until it is closed.

        Args:
            standing: whether a document passes.
            read_only: open one that is there, to read it: beside others that do.

        Raises:
            UsageError: another batch is at work, or the file cannot be used, or is none of this version.
        """
        super().__init__(path, read_only=read_only)
        self.standing = standing
        self._last: frozenset[str] | None = None

    # -- what a batch does ------------------------------------------------------------------------------------------

    def begin(self, submissions: Sequence[Submission], made_on: str, asked: Mapping[str, object]) -> None:
        """What the review is of from now on; none counts as judged yet, and submissions that are no more in it become history.

        Args:
            made_on: the day of a review that begins, or a new day for one that goes on; "" keeps that of the first run.
        """
        self._last = None
        columns = ", ".join(_FIELDS)
        marks = ", ".join("?" * len(_FIELDS))
        update = ", ".join(f"{name} = excluded.{name}" for name in (*_FIELDS[1:], "present", "place"))
        statement = (
            f"INSERT INTO submission ({columns}, present, place) VALUES ({marks}, 1, ?) "  # noqa: S608 - names of ours
            f"ON CONFLICT (key) DO UPDATE SET {update}"
        )
        with self.change():
            # What was judged before counts again when this run has seen that it still holds: an interrupted one mixes nothing.
            self.run("UPDATE submission SET present = 0, sha256 = NULL")
            for place, submission in enumerate(submissions):
                self.run(statement, (*_values(submission), place))
            if made_on:
                self.tell("made_on", made_on)
            self.tell("asked", json.dumps(asked, sort_keys=True))

    def kept(self, key: str) -> list[Kept]:
        """The results that are kept for a submission: of the document as it is, and as it was before."""
        rows = self.run(
            "SELECT sha256, basis, after, until, final FROM result WHERE key = ? AND sha256 != '' ORDER BY sha256",
            (key,),
        )
        return [Kept(sha256, basis, after, until, bool(final)) for sha256, basis, after, until, final in rows]

    def keep(self, done: Done, basis: str) -> None:
        """Keep the result of a submission, in one transaction; it is the one that counts from now on."""
        self._last = None
        sha256 = done.sha256 or ""
        with self.change():
            if not done.same:
                row = (done.key, sha256, basis, *done.days, done.final, printable(done.agency), done.judged)
                blobs = (done.report, done.body, done.signature)
                self.run("INSERT OR REPLACE INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, *blobs))
            self.run("UPDATE submission SET sha256 = ? WHERE key = ?", (sha256, done.key))

    def find_families(self) -> int:
        """Find the families among all submissions; returns how many there are. The same submissions have the same families."""
        rows = self.run(
            "SELECT key, signature FROM submission JOIN result USING (key, sha256) WHERE present ORDER BY key"
        )
        found = families(rows)
        with self.change():
            self.run("DELETE FROM kin")
            for key, kin in sorted(found.items()):
                self.run("INSERT INTO kin VALUES (?, ?, ?)", (key, kin.family, round(kin.likeness, 2)))
        return len({kin.family for kin in found.values()})

    # -- what a reader sees: model.Review ---------------------------------------------------------------------------

    @property
    def made_on(self) -> str:
        """The day of the review, an ISO date; "" before it began."""
        return self.about("made_on") or ""

    @property
    def asked(self) -> Mapping[str, object]:
        """What it was asked for."""
        return MappingProxyType(json.loads(self.about("asked") or "{}"))

    def __len__(self) -> int:
        """How many submissions there are."""
        count: int = self.run("SELECT count(*) FROM submission WHERE present").fetchone()[0]
        return count

    def counts(self) -> Counts:
        """What it comes to, without a look at any report."""
        judged = self.run("SELECT count(*) FROM submission JOIN result USING (key, sha256) WHERE present AND judged")
        kin = self.run("SELECT count(*), count(DISTINCT family) FROM kin JOIN submission USING (key) WHERE present")
        agencies = {agency.casefold() for _, agency, *_ in self._agencies()}
        return Counts(len(self), judged.fetchone()[0], len(agencies), *kin.fetchone())

    def __iter__(self) -> Iterator[Reviewed]:
        """All submissions, by agency, then by the day they were submitted, then by key; reports without their bodies."""
        for key in self._in_order():
            yield self._reviewed(key)

    def with_body(self, key: str) -> Reviewed:
        """One submission, its report with the policy as read. Raises KeyError."""
        return self._reviewed(key, body=True)

    def _reviewed(self, key: str, *, body: bool = False) -> Reviewed:
        row = self.run(
            f"SELECT {', '.join(f's.{name}' for name in _FIELDS)}, r.agency, r.report, r.body, k.family, k.likeness "  # noqa: S608
            "FROM submission s LEFT JOIN result r ON r.key = s.key AND r.sha256 = s.sha256 "
            "LEFT JOIN kin k ON k.key = s.key WHERE s.key = ? AND s.present",
            (key,),
        ).fetchone()
        if row is None:
            raise KeyError(key)
        submission, (agency, packed, packed_body, family, likeness) = Submission(*row[:-5]), row[-5:]
        submission = replace(submission, agency=submission.agency or agency or of_file(key))
        if packed is None:
            report = DocumentReport(path=key, status="not_judged", reason=_NOT_YET)
            return Reviewed(submission, report, latest=key in self._latest)
        outcome = unpacked(packed, packed_body if body else b"")
        return Reviewed(
            submission,
            outcome.document,
            outcome.packs,
            self.standing(outcome.document),
            family,
            likeness,
            key in self._latest,
        )

    def _agencies(self) -> list[tuple[str, str, str | None, int, bool]]:
        """Key, agency, day, place in the manifest, and whether the manifest names the agency: of all that is in the review."""
        rows = self.run(
            "SELECT key, s.agency, coalesce(r.agency, ''), submitted, place FROM submission s "
            "LEFT JOIN result r USING (key, sha256) WHERE present ORDER BY key"
        )
        return [
            (key, given or found or of_file(key), day, place, bool(given)) for key, given, found, day, place in rows
        ]

    def _in_order(self) -> list[str]:
        rows = sorted(self._agencies(), key=lambda row: (row[1].casefold(), row[1], row[2] or "", row[0]))
        return [row[0] for row in rows]

    @property
    def _latest(self) -> frozenset[str]:
        """The submissions that are the last of their agency. Without a manifest, two of one name may be of two agencies."""
        if self._last is None:
            self._last = self._find_latest()
        return self._last

    def _find_latest(self) -> frozenset[str]:
        last: dict[str, tuple[str, int, str]] = {}
        alone = []
        for key, agency, day, place, named in self._agencies():
            if named:
                last[agency.casefold()] = max(last.get(agency.casefold(), ("", -1, "")), (day or "", place, key))
            else:
                alone.append(key)
        return frozenset([*alone, *(key for _, _, key in last.values())])


def _values(submission: Submission) -> list[str | None]:
    """Its fields as a database can hold them; what reads a document has its location from elsewhere."""
    values = (getattr(submission, name) for name in _FIELDS)
    return [printable(value) if value is not None else None for value in values]

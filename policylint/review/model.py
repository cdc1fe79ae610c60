"""What a review is made of, as values: who submitted what, what came of it, who shares a text, who passes.

The store (`policylint.review.store`) gives them, the review folder (`policylint.review.folder`) shows them; neither knows the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from policylint.report import DocumentReport, PackInfo


@dataclass(frozen=True, slots=True)
class Submission:
    """One document that an agency handed in.

    Attributes:
        key: tells it from every other of the review; the document's location as the manifest names it, or its path in the folder.
        document: where it is read from: a path, or an fsspec location such as "s3://bucket/policy.docx".
        agency: name of the agency; of the manifest, else of the document, else of its file name.
        agency_kind: one of `packs.kinds.AGENCY_KINDS`, or None where nobody says.
        state: two letters, or None where nobody says.
        contact: a person or address, free text, or "".
        submitted: ISO date, or None where nobody says.
    """

    key: str
    document: str
    agency: str
    agency_kind: str | None = None
    state: str | None = None
    contact: str = ""
    submitted: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a document passes by the rule of its profile, and what is missing to pass.

    Attributes:
        passes: None for a document that could not be judged.
        lacking: requirement ids that must change before it passes: every one where each is needed, and where a share is asked
            for, those it may choose from.
        needed: of these, the ones that no share makes up for: conflicts, and what must be met without exception.
        reasons: why it does not pass, as sentences; () when it does.
        met, asked: of the requirements a share is asked of, how many are met and how many apply.
        share: of these, how many must be met, in per cent; 0 when no share is asked.
    """

    passes: bool | None
    lacking: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    met: int = 0
    asked: int = 0
    needed: tuple[str, ...] = ()
    share: int = 0

    @property
    def short(self) -> int:
        """How many more must be met for the share that is asked."""
        return short_of(self.share, self.met, self.asked)


def short_of(share: int, met: int, asked: int) -> int:
    """How many more must be met for a share in per cent, rounded up, in whole numbers."""
    return max(0, -(-share * asked // 100) - met)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A submission and what came of it.

    Attributes:
        report: its verdicts, or the reason why it could not be judged; its `body` may be None (`Review.body` has it).
        packs: by which it was judged.
        standing: by the profile's pass rule; None where the profile has none.
        family: key of the first submission of those whose text is the same or nearly so; None when it stands alone.
        likeness: how much of its text it shares with that first one, 0 to 1; 1 for the first one itself, and None without family.
        latest: whether it is the agency's last submission, which is the one that counts for the state.
    """

    submission: Submission
    report: DocumentReport
    packs: tuple[PackInfo, ...] = ()
    standing: Standing | None = None
    family: str | None = None
    likeness: float | None = None
    latest: bool = True


class Review(Protocol):
    """A review as it is kept. Reports are given one at a time: a thousand of them are never in memory together."""

    @property
    def made_on(self) -> str:
        """The day of the review, an ISO date."""
        ...

    @property
    def asked(self) -> Mapping[str, object]:
        """What it was asked for: {"profile": ..., "as_of": ..., "facts": {...}}."""
        ...

    def __len__(self) -> int:
        """How many submissions there are."""
        ...

    def __iter__(self) -> Iterator[Reviewed]:
        """All submissions, by agency, then by the day they were submitted, then by key; reports without their bodies."""
        ...

    def with_body(self, key: str) -> Reviewed:
        """One submission, its report with the policy as read. Raises KeyError."""
        ...

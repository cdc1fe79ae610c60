"""What came of one document, with all that a report on it tells of the rules."""

from __future__ import annotations

from dataclasses import dataclass

from policylint.report import DocumentReport, PackInfo


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document's part of a report.

    Attributes:
        document: its verdicts, or why there are none.
        packs: the packs it was judged by, in order; () when it was not read.
        days: the first and the last day (ISO dates, "" for no bound) of which the report would say the same: its notes tell
            which packs are due to be compared with their source.
        lasting: the same bytes give the same outcome another time. Not so where reading failed: it may have lacked time or a tool.
    """

    document: DocumentReport
    packs: tuple[PackInfo, ...] = ()
    days: tuple[str, str] = ("", "")
    lasting: bool = False

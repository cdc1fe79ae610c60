"""Waivers: gaps that an agency decided to accept, with the reason, until a day. Pure but for `load`: a report in, a report out.

The file is strict YAML:

    waivers:
      - requirement: IACP-26
        document: policies/peer-support.md
        reason: The union agreement of 2024 asks for a log; it ends with the agreement.
        legal_ground: Collective agreement, article 14
        approver: Chief M. Alvarez
        until: 2027-06-30
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from policylint.config.paths import invalid, matches
from policylint.errors import UsageError
from policylint.marks import Waiver
from policylint.packs import strict_yaml
from policylint.packs.pack_files import identifier
from policylint.packs.strict_yaml import RuleFile, did_you_mean, iso_date
from policylint.report import DocumentReport, Report, Verdict

DEFAULT = "policylint-waivers.yaml"
"""Name of the file, where the configuration gives no other."""

EVERY = "**"
"""The glob that stands for every document, wherever it is."""

WHAT = "waivers file"

_REQUIRED = ("requirement", "reason", "until")
_OPTIONAL = ("document", "legal_ground", "approver")
_ORDER = ("requirement", "document", "reason", "legal_ground", "approver", "until")
_MEANT = {"expires": "until", "expiry": "until", "expiration": "until", "documents": "document", "path": "document"}


@dataclass(frozen=True, slots=True)
class Waivers:
    """A waivers file as read.

    Attributes:
        folder: the folder that globs are relative to.
    """

    waivers: tuple[Waiver, ...] = ()
    folder: str = "."

    def of(self, requirement: str, path: str) -> tuple[Waiver, ...]:
        """The waivers of a requirement that are for a document, in the order written."""
        found = (w for w in self.waivers if w.requirement == requirement)
        return tuple(w for w in found if self.covers(w, path))

    def covers(self, waiver: Waiver, path: str) -> bool:
        """Whether a waiver is for a document."""
        return waiver.document == EVERY or matches((waiver.document,), path, self.folder)


def load(path: str) -> Waivers:
    """Read a waivers file.

    Raises:
        RuleError: it cannot be read, or something in it is unknown, missing or of the wrong form; with line and caret.
    """
    file = strict_yaml.read(Path(path), path, WHAT, may_be_empty=True)
    return Waivers(tuple(_waivers(file)), str(Path(path).parent))


def _waivers(file: RuleFile) -> Iterator[Waiver]:
    keys = file.mapping(file.root, f"the {WHAT}", optional=("waivers",))
    listed = keys.get("waivers")
    if listed is None or (isinstance(listed, yaml.ScalarNode) and not listed.value):
        return
    for node in file.items(listed, "waivers"):
        yield _waiver(file, node)


def _waiver(file: RuleFile, node: yaml.Node) -> Waiver:
    for key, _ in file.pairs(node, "a waiver"):
        if key.value in _MEANT:
            hint = f"Did you mean '{_MEANT[key.value]}'?"
            raise file.error(key, f"Unknown key '{key.value}' in a waiver.", hint=hint)
    keys = file.mapping(node, "a waiver", required=_REQUIRED, optional=_OPTIONAL)
    requirement = identifier(file, keys["requirement"], "a requirement's id")

    def text(key: str) -> str:
        return " ".join(file.string(keys[key], f"{key} of {requirement}").split()) if key in keys else ""

    return Waiver(
        requirement=requirement,
        document=_glob(file, keys["document"], requirement) if "document" in keys else EVERY,
        reason=text("reason"),
        until=iso_date(file, keys["until"], f"until of {requirement}"),
        legal_ground=text("legal_ground"),
        approver=text("approver"),
        place=f"{file.name}:{node.start_mark.line + 1}",
    )


def _glob(file: RuleFile, node: yaml.Node, requirement: str) -> str:
    glob = file.string(node, f"document of {requirement}")
    wrong = _wrong_glob(glob)
    if wrong is not None:
        raise file.error(node, wrong, hint="Write a path or a glob relative to this file, such as policies/*.md.")
    return glob


def _wrong_glob(glob: str) -> str | None:
    if glob.startswith(("!", "#")):
        return f"'{glob}' names no documents: a glob must not begin with '{glob[0]}'."
    wrong = invalid(glob)
    return f"'{glob}' is no glob: {wrong}." if wrong else None


def apply(
    report: Report, waivers: Waivers, day: str, known: Callable[[], Collection[str]]
) -> tuple[Report, tuple[str, ...]]:
    """Put waivers on the gaps they accept.

    Args:
        report: what was judged. Documents that were not judged stay as they are.
        waivers: the decisions.
        day: the day (ISO date) it is. A waiver holds until its last day, that day included; one that has expired leaves the
            gap as it is and is noted on it and in the document's notes.
        known: gives the ids of all requirements there are; asked only for a waiver of one that no document was judged by.

    Returns:
        The report with its waivers, and what should be told about the waivers as sentences: those that have expired, are not
        needed, or name a requirement that does not exist.
    """
    documents = tuple(_marked(document, waivers, day) for document in report.documents)
    unneeded = {w: tuple(_unneeded(w, waivers, documents)) for w in waivers.waivers}
    told = [f"{d.path}: {note}" for d in documents for note in _expired_notes(d)]
    told += [f"{path}: {note}" for found in unneeded.values() for path, note in found]
    told += _unknown(waivers, report, known)
    documents = tuple(
        replace(
            document,
            notes=(
                *document.notes,
                *_expired_notes(document),
                *(note for found in unneeded.values() for path, note in found if path == document.path),
            ),
        )
        for document in documents
    )
    return replace(report, documents=documents), tuple(told)


def _marked(document: DocumentReport, waivers: Waivers, day: str) -> DocumentReport:
    if document.status != "judged" or not waivers.waivers:
        return document
    return replace(document, verdicts=tuple(_verdict(v, document.path, waivers, day) for v in document.verdicts))


def _verdict(verdict: Verdict, path: str, waivers: Waivers, day: str) -> Verdict:
    found = waivers.of(verdict.requirement, path) if verdict.is_gap else ()
    if not found:
        return verdict
    lasting = max(found, key=lambda w: w.until)
    return replace(verdict, waiver=lasting) if lasting.holds(day) else replace(verdict, expired=lasting)


def _expired_notes(document: DocumentReport) -> Iterator[str]:
    for verdict in document.verdicts:
        if verdict.expired is not None:
            yield (
                f"The waiver of {verdict.requirement} ({verdict.expired.place}) expired after {verdict.expired.until}: "
                "the gap counts again."
            )


def _unneeded(waiver: Waiver, waivers: Waivers, documents: Iterable[DocumentReport]) -> Iterator[tuple[str, str]]:
    """The documents, each with a note, that a waiver is for and that have nothing for it to accept; none where it is of use."""
    judged = [
        (document, verdict)
        for document in documents
        for verdict in document.verdicts
        if verdict.requirement == waiver.requirement and waivers.covers(waiver, document.path)
    ]
    if any(waiver in (v.waiver, v.expired) for _, v in judged):
        return
    for document, verdict in judged:
        why = "another one lasts longer"
        if not verdict.is_gap:
            why = "the policy meets the requirement" if verdict.status == "met" else "the requirement does not apply"
        yield document.path, f"The waiver of {waiver.requirement} ({waiver.place}) is not needed: {why}."


def _unknown(waivers: Waivers, report: Report, known: Callable[[], Collection[str]]) -> Iterator[str]:
    judged = {v.requirement for d in report.documents for v in d.verdicts}
    strange = [w for w in waivers.waivers if w.requirement not in judged]
    ids = known() if strange else ()
    for waiver in strange:
        if waiver.requirement not in ids:
            hint = did_you_mean(waiver.requirement, ids)
            yield f"{waiver.place}: No pack has the requirement {waiver.requirement}." + (f" {hint}" if hint else "")


def added(text: str, waiver: Waiver, name: str) -> str:
    """A waivers file with one more waiver at its end; what stands in it, comments too, stays as it is.

    Args:
        text: the file as it is, "" where there is none.
        waiver: the decision to add; its text is put in quotes where YAML would read something else.
        name: what errors call the file.

    Raises:
        RuleError: the file is not valid.
        UsageError: the waiver cannot be written, or the file lists its waivers in one line with brackets.
    """
    wrong = _wrong_glob(waiver.document)
    if wrong is not None:
        raise UsageError(wrong, hint="Write a path or a glob, such as policies/*.md.")
    windows = "\r\n" in text
    text = text.replace("\r\n", "\n")
    before = _parsed(text, name)
    listed = next((value for key, value in before.root.value if key.value == "waivers"), None)
    indent = 2
    if isinstance(listed, yaml.SequenceNode) and listed.value:
        if listed.flow_style:
            hint = "Write each waiver on lines of its own that begin with '- '."
            raise before.error(listed, "A waiver cannot be added to a list in brackets.", hint=hint)
        indent = listed.start_mark.column
    elif listed is not None:
        text = text[: listed.start_mark.index].rstrip() + text[listed.end_mark.index :]
    else:
        text += ("\n" if text and not text.endswith("\n") else "") + "waivers:"
    after = text.rstrip("\n") + "\n" + _entry(waiver, indent)
    more = tuple(_waivers(_parsed(after, name)))[len(tuple(_waivers(before))) :]
    if tuple(replace(w, place="") for w in more) != (replace(waiver, place=""),):
        raise UsageError("The waiver cannot be added to this file.", file=name, hint="Write it with an editor.")
    return after.replace("\n", "\r\n") if windows else after


def _parsed(text: str, name: str) -> RuleFile:
    return strict_yaml.parse(text, name, what=WHAT, may_be_empty=True)


def _entry(waiver: Waiver, indent: int) -> str:
    values = {key: getattr(waiver, key) for key in _ORDER if getattr(waiver, key)}
    lines = yaml.safe_dump(values, sort_keys=False, allow_unicode=True, width=100).splitlines()
    # Dates are text in this file, and need no quotes.
    lines = [line.replace(f"'{waiver.until}'", waiver.until) if line.startswith("until:") else line for line in lines]
    return "".join(f"{' ' * indent}{'- ' if not at else '  '}{line}\n" for at, line in enumerate(lines))

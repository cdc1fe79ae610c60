"""Gaps as workflow commands, which GitHub Actions shows as annotations at the lines of the file.

https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean
from policylint.reporters.decisions import accepted, gaps, marks_of
from policylint.reporters.places import Place, Places, path_of
from policylint.reporters.rows import words
from policylint.reporters.text import order, same_thing
from policylint.reporters.view import View
from policylint.summary import SEVERITIES

if TYPE_CHECKING:
    from policylint.report import DocumentReport, Report, Verdict

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, view: View) -> str:
    """A command for each gap that counts, the severest first: GitHub shows ten of a kind. Then one notice for each document."""
    lines = [(rank, line) for document in report.documents for rank, line in _document(document, view)]
    return "".join(line + "\n" for _, line in sorted(lines, key=lambda pair: pair[0]))


def _document(document: DocumentReport, view: View) -> Iterator[tuple[int, str]]:
    path, places = path_of(document), Places(document)
    if document.status != "judged":
        yield (
            -len(SEVERITIES),
            command("error", f"Not judged: {clean(document.reason or '')}", file=path, title="policylint"),
        )
    for group in sorted(same_thing(document.open_gaps), key=lambda g: order(g[0])):
        yield -SEVERITIES.index(group[0].severity or "info"), _gap(places.of(group[0]), path, group)
    if document.status == "judged" and not view.quiet:
        summary = document.summary
        counted = ", ".join(f"{n} {words(status)}" for status, n in summary.statuses if n)
        found = gaps(summary)
        text = f"{', '.join([found[:1].upper() + found[1:], *accepted(summary)])} in {summary.requirements} requirements ({counted})."
        yield 1, command("notice", text, file=path, title="policylint")


def _gap(at: Place, path: str, group: tuple[Verdict, ...]) -> str:
    first = group[0]
    parts = [clean(first.message)]
    parts += marks_of(first)
    parts += dict.fromkeys(f"Asked by: {clean(v.citation)}." for v in group if v.citation)
    if first.closest is not None:
        parts.append(f"Closest: “{clean(first.closest.quote)}”")
    remedy = "\n".join(filter(None, map(clean, first.remedy.splitlines())))
    if remedy:
        parts.append(f"{'Add' if first.status in ('missing', 'partial') else 'Say instead'}: {remedy}")
    title = f"{', '.join(clean(v.requirement) for v in group)}: {words(first.status)}"
    kind = _COMMANDS[first.severity or "info"]
    return command(kind, "\n".join(parts), file=path, line=str(at.line), endLine=str(at.end_line), title=title)


def command(name: str, message: str, **properties: str) -> str:
    """One workflow command. Whatever a value holds, it can neither end the command nor begin another."""
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items() if value)
    return f"::{name} {listed}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

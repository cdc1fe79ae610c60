"""The gap report as GitHub-flavoured Markdown, for a pull request's comment or a step summary.

Policy text is untrusted: nothing of it becomes markup, a link, a mention, a reference, an emoji or a formula.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from policylint.reporters.clean import clean, xml_text
from policylint.reporters.decisions import accepted, decided, fixed, gaps
from policylint.reporters.entries import STATUS_ORDER, Card, Entries, counts_of, entries_of, ids, in_words, title_of
from policylint.reporters.places import path_of
from policylint.reporters.rows import words
from policylint.reporters.view import View

if TYPE_CHECKING:
    from policylint.report import DocumentReport, Report

MOST = 60_000
"""Characters a comment may have for GitHub to take it (65,536), with room for what a workflow adds."""

_NEVER = 9
"""Weight of what is never left out."""

MARKS = {"error": "🔴 error", "warning": "🟠 warning", "info": "🔵 info"}

_MARKUP = re.compile(r"([\\`*_{}\[\]<>|~#&!])")
_AT_START = re.compile(r"^([-+=:]|\d+(?=[.)]))")
# Where GitHub makes a link of plain text: after these a character without width stands in its way.
_LINKED = re.compile(
    r"@(?=\w)|\\#(?=\d)|\b[Gg][Hh]-(?=\d)|\b(?:https?|ftp|mailto|xmpp):|\b[Ww]{3}\.|\b[0-9a-f]{7,40}\b|:(?=[\w+-]+:)",
    re.IGNORECASE,
)
_NO_WIDTH = "&#8203;"


def escaped(text: str) -> str:
    """A text of one line that Markdown shows as it is, also at the start of a line and in a table."""
    text = _MARKUP.sub(r"\\\1", xml_text(clean(text)))
    text = _LINKED.sub(_unlinked, text)
    # GitHub reads $...$ as a formula, and says to write the sign this way where it is none.
    return _AT_START.sub(_guarded, text).replace("$", "<span>$</span>")


def _unlinked(match: re.Match[str]) -> str:
    """What GitHub would make a link of, in pieces; of a commit's number every six digits."""
    return re.sub(r"[0-9a-fA-F]{6}(?=[0-9a-fA-F])", rf"\g<0>{_NO_WIDTH}", match[0]) + _NO_WIDTH


def _guarded(match: re.Match[str]) -> str:
    return f"{match[1]}\\" if match[1][0].isdigit() else f"\\{match[1]}"


def render(report: Report, view: View) -> str:
    """Each document: what came of it in a table, then its gaps by topic, to be unfolded.

    Where the whole would be longer than a comment may be (`MOST`), the details of the least severe gaps give way; their
    lines stay, and a sentence says so.
    """
    blocks = [Block.of(_head(report))]
    for document in report.documents:
        blocks += _document(document, report, view)
    if not view.quiet:
        blocks.append(Block.of(_sources(report)))
    return fitted(blocks)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the report: as it is, as it is where there is no room, and how much it weighs."""

    full: str
    short: str
    weight: int

    @classmethod
    def of(cls, text: str) -> Block:
        """A piece that is never left out."""
        return cls(text, text, _NEVER)


def fitted(blocks: list[Block], most: int = MOST) -> str:
    """The blocks with a blank line between; the lightest and last ones short, where all would be too long."""
    length = sum(len(b.full) + 2 for b in blocks)
    short: set[int] = set()
    for at in sorted(range(len(blocks)), key=lambda at: (blocks[at].weight, -at)):
        if length <= most:
            break
        length -= len(blocks[at].full) - len(blocks[at].short)
        if blocks[at].full != blocks[at].short:
            short.add(at)
    lines = [b.short if at in short else b.full for at, b in enumerate(blocks)]
    if short:
        lines.insert(
            1,
            f"> [!NOTE]\n> The details of {len(short)} gaps are left out: a comment takes no more. "
            "The report in another format (`--format html`) holds them.",
        )
    return "\n\n".join(lines) + "\n"


def _head(report: Report) -> str:
    summary = report.summary
    counted = [f"{n} {name}{'' if n == 1 or name == 'info' else 's'}" for name, n in summary.open if n]
    found = f"**{gaps(summary)}** in {summary.requirements} requirements" if summary.open_gaps else "**No gaps**"
    if accepted(summary) and not summary.open_gaps:
        found = "**No open gaps**"
    if not summary.requirements:
        found = "**Nothing was judged**"
    more = "".join(f", {part}" for part in accepted(summary))
    return f"## policylint: {found}" + (f" ({in_words(counted)})" if counted else "") + more


def _document(document: DocumentReport, report: Report, view: View) -> Iterator[Block]:
    about = f"### {escaped(title_of(document))}\n\n{escaped(path_of(document))}"
    if document.status != "judged":
        lines = f"{about}\n\n> [!CAUTION]\n> **Not judged.** {escaped(document.reason or '')}"
        yield Block.of(lines)
        return
    topics = entries_of(document, report)
    lines = f"{about}\n\n{_table(topics)}"
    yield Block.of(lines)
    if not view.quiet and document.notes:
        lines = "\n".join(f"- Note: {escaped(note)}" for note in document.notes)
        yield Block.of(lines)
    for topic in topics:
        shown = [c for c in topic.cards if view.shows(c.verdicts[0])]
        if shown:
            yield Block.of(f"#### {escaped(topic.name)}")
        yield from map(_entry, shown)
    if not view.quiet:
        yield from map(Block.of, _decisions(document))


def _decisions(document: DocumentReport) -> Iterator[str]:
    if waivers := decided(document):
        lines = (f"| {escaped(d.requirement)} | {d.status} | {escaped(d.words)} |" for d in waivers)
        yield "\n".join(
            ["#### Waivers that applied", "", "| Requirement | Gap | Decision |", "| --- | --- | --- |", *lines]
        )
    if settled := fixed(document):
        yield f"Fixed since the baseline: {escaped(', '.join(settled))}."


def _table(topics: list[Entries]) -> str:
    rows = [(escaped(t.name), *counts_of(t.verdicts)) for t in topics]
    rows.append(("**All**", *counts_of(v for t in topics for v in t.verdicts)))
    lines = ["| Topic | " + " | ".join(words(s).capitalize() for s in STATUS_ORDER) + " |"]
    lines.append("| --- |" + " ---: |" * len(STATUS_ORDER))
    lines += ["| " + " | ".join(str(cell or "") for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def _entry(card: Card) -> Block:
    mark = MARKS[card.severities[0]] if card.severities else "⚪" if card.status == "not_applicable" else "🟢"
    asked = escaped(card.asked[0].text)
    title = f"{mark} · <b>{words(card.status)}</b> · {_html(ids(card))} · {_html(card.asked[0].text)}"
    short = f"- {mark} · **{words(card.status)}** · {escaped(ids(card))} · {asked}"
    body = "\n\n".join(_details(card))
    weight = {"info": 0, "warning": 1, "error": 2}.get(card.severities[0] if card.severities else "info", 0)
    return Block(f"<details>\n<summary>{title}</summary>\n\n{body}\n\n</details>", short, weight)


def _details(card: Card) -> Iterator[str]:
    if card.finding:
        yield escaped(card.finding)
    yield from map(escaped, card.marks)
    cited = dict.fromkeys(escaped(f"{a.authority}: {a.citation}" if a.citation else a.authority) for a in card.asked)
    yield f"Asked by {'; '.join(cited)}"
    if card.lacking:
        has = f"Has: {escaped(', '.join(card.covered))}. " if card.covered else ""
        yield f"{has}Lacks: {escaped(', '.join(card.lacking))}."
    for quote in card.says:
        yield f"> “{escaped(quote.text)}”\n>\n> — {escaped(quote.place)}"
    if card.closest is not None:
        yield f"The closest passage:\n\n> “{escaped(card.closest.text)}”\n>\n> — {escaped(card.closest.place)}"
    for clause in card.clauses:
        who = f" ({escaped(clause.ids)})" if len(card.clauses) > 1 else ""
        yield f"**{'Add' if card.add else 'Say instead'}**{who}:"
        yield "\n".join(f"> {'- ' if item else ''}{escaped(line)}{'' if item else '  '}" for item, line in clause.lines)


def _html(text: str) -> str:
    """A text within an HTML element: a summary is no Markdown, but is scanned for mentions and the like."""
    text = xml_text(clean(text)).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    text = re.sub(_LINKED.pattern.replace(r"\\#", "(?<!&)#"), _unlinked, text, flags=re.IGNORECASE)
    return re.sub(r"[`*_\[\]\\~!|{}$]", lambda m: f"&#{ord(m[0])};", text)


def _sources(report: Report) -> str:
    packs = [f"{escaped(p.id)} {escaped(p.version)} (`{p.sha256[:12]}`)" for p in report.packs]
    asked = [f"profile {escaped(report.profile)}"] if report.profile else []
    asked += [f"as of {escaped(report.as_of)}"] if report.as_of else []
    return f"<sub>policylint {escaped(report.version)}; {'; '.join([*asked, *packs])}</sub>"

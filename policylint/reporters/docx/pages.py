"""What stands on the pages: cover, summary, gaps by topic, what is met, how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policylint.report import DocumentReport, Report
from policylint.reporters.clean import clean
from policylint.reporters.decisions import accepted, decided, fixed, gaps
from policylint.reporters.docx.build import Cell, Run, Xml, paragraph, table
from policylint.reporters.docx.paper import GREY, WIDTH
from policylint.reporters.entries import STATUS_ORDER, Card, Entries, counts_of, entries_of, ids, in_words, title_of
from policylint.reporters.places import path_of
from policylint.reporters.rows import words
from policylint.reporters.xlsx_style import COLOURS, HEAD

_LEGEND = (
    ("met", "The policy states what is asked, with the force that is asked."),
    ("weak", "The policy states it with less force: “should” where “shall” is asked."),
    ("partial", "The policy states some of what is asked, not all."),
    ("missing", "No statement of the policy says it. The closest passage is shown where there is one."),
    ("conflict", "The policy says the opposite, or allows what is forbidden."),
    ("not applicable", "The requirement is for another kind of agency or program."),
)
_WEIGHTS = (
    "An error is a gap in something that a source demands (must); a warning in what it advises (should); info in what it "
    "suggests (may). Weak and partial statements weigh one step less."
)
_COLUMNS = (1780, 1370, WIDTH - 3150)
_LIMITS = (
    "policylint reads what a policy says, not what an agency does. It is an aid to a reader who knows the agency and its "
    "law, and no legal advice. Model language is a proposal in words of its own; adapt it before adopting it."
)


def pages(report: Report, title: str) -> Iterator[Xml]:
    """All elements of the document's body, in order."""
    yield from _cover(report, title)
    for number, document in enumerate(report.documents):
        several = f": {title_of(document)}" if len(report.documents) > 1 else ""
        yield paragraph(f"Summary{several}", style="Heading1", new_page=True)
        if document.status != "judged":
            yield paragraph(Run("Not judged. ", bold=True), clean(document.reason or ""))
            continue
        topics = entries_of(document, report)
        yield from _summary(document, topics, legend=not number)
        yield from _topics(document, topics)
    yield from _reading(report)


def _cover(report: Report, title: str) -> Iterator[Xml]:
    yield paragraph("PEER SUPPORT POLICY · GAP REPORT", style="CoverLabel")
    yield paragraph(title, style="CoverTitle")
    for document in report.documents:
        whose = f"{title_of(document)}: " if len(report.documents) > 1 else ""
        yield paragraph(Run(whose + _in_words(document), bold=True, size=12))
    yield paragraph("")
    rows = [row for document in report.documents for row in _facts(document)]
    rows.append(("Profile", clean(report.profile or "") or "none: packs by name, or a profile for each document"))
    rows.append(("In force on", clean(report.as_of or "") or "no day given"))
    yield table(
        (1900, WIDTH - 1900),
        [(_cell(Run(name, bold=True)), _cell(_value(name, text))) for name, text in rows],
        head=False,
    )
    yield paragraph("")
    yield paragraph(Run("Judged by", bold=True, colour=HEAD, size=12), keep=True)
    yield table(
        (3300, 1900, 1300, WIDTH - 6500),
        [heads("Authority", "Pack and version", "Rank", "SHA-256 of the pack"), *_packs(report)],
    )


def _value(name: str, text: str) -> Run:
    return Run(text, mono=True, size=8) if name == "SHA-256" else Run(text)


def _facts(document: DocumentReport) -> Iterator[tuple[str, str]]:
    yield "Document", path_of(document)
    numbers = ((document.pages, "page"), (document.words, "word"), (document.sections, "section"))
    read = [f"{n:,} {noun}{'' if n == 1 else 's'}" for n, noun in (*numbers, (document.statements, "statement")) if n]
    if read:
        yield "Read", ", ".join([*filter(None, [clean(document.format or "")]), *read])
    if document.sha256:
        yield "SHA-256", clean(document.sha256)


def _packs(report: Report) -> Iterator[Sequence[Cell]]:
    for pack in report.packs:
        named = _cell(Run(clean(pack.id), bold=True), Run(f" {clean(pack.version)}"))
        sha = _cell(Run(clean(pack.sha256), mono=True, size=7.5))
        yield (_cell(Run(clean(pack.authority))), named, _cell(Run(clean(pack.rank))), sha)


def _in_words(document: DocumentReport) -> str:
    """How a document stands, in a sentence."""
    summary = document.summary
    if document.status != "judged":
        return "Not judged."
    asked = f"{summary.requirements} requirement{'' if summary.requirements == 1 else 's'}"
    weights = [f"{n} {name}{'' if n == 1 or name == 'info' else 's'}" for name, n in summary.open if n]
    found = gaps(summary)
    more = "".join(f", {part}" for part in accepted(summary))
    return f"{found[:1].upper()}{found[1:]} in {asked}{f': {in_words(weights)}' if weights else ''}{more}."


def _summary(document: DocumentReport, topics: list[Entries], *, legend: bool) -> Iterator[Xml]:
    yield paragraph(_in_words(document))
    numbers = 1050
    widths = (WIDTH - numbers * 7, *[numbers] * 7)
    rows = [heads("Topic", *(words(s).capitalize() for s in STATUS_ORDER[:-1]), "Does not apply", "Asked", right=True)]
    rows += (_counted(topic.name, list(counts_of(topic.verdicts)), bold=False) for topic in topics)
    rows.append(_counted("All topics", list(counts_of(document.verdicts)), bold=True))
    yield table(widths, rows, padding=30)
    if legend:
        yield paragraph("")
        yield paragraph(Run("What the words mean", bold=True, colour=HEAD, size=12), keep=True)
        yield table(
            (1700, WIDTH - 1700), [(_badge(word), _cell(Run(text))) for word, text in _LEGEND], head=False, padding=30
        )
        yield paragraph("")
        yield paragraph(_WEIGHTS, style="Cell")
        yield paragraph(_LIMITS, style="Cell")


def _counted(name: str, counts: list[int], *, bold: bool) -> Sequence[Cell]:
    cells = [Cell([paragraph(Run(name, bold=bold), style="Tight")])]
    for status, count in zip(STATUS_ORDER, counts, strict=True):
        fill, ink = COLOURS[words(status)] if count and status not in ("met", "not_applicable") else ("", "")
        cells.append(
            Cell([paragraph(Run(str(count or "–"), bold=bold, colour=ink), style="Tight", align="right")], fill)
        )
    asked = sum(counts) - counts[STATUS_ORDER.index("not_applicable")]
    return (*cells, Cell([paragraph(Run(str(asked), bold=bold), style="Tight", align="right")]))


def _topics(document: DocumentReport, topics: list[Entries]) -> Iterator[Xml]:
    if document.gaps:
        yield paragraph("Gaps by topic", style="Heading1")
    for topic in topics:
        if topic.gaps:
            yield paragraph(topic.name, style="Heading2", keep=True)
            rows = [
                heads("Requirement", "Verdict", "What is asked, what the policy says, and what would close the gap")
            ]
            yield table(_COLUMNS, [*rows, *map(_gap, topic.gaps)])
    yield from _decisions(document)
    if any(topic.settled for topic in topics):
        yield paragraph("Requirements that are met or do not apply", style="Heading1")
        rows = [heads("Requirement", "Verdict", "What is asked, and where the policy says it")]
        yield table(_COLUMNS, [*rows, *(_settled(c) for topic in topics for c in topic.settled)])


def _decisions(document: DocumentReport) -> Iterator[Xml]:
    if waivers := decided(document):
        yield paragraph("Waivers that applied", style="Heading1")
        told = ((d, _cell(Run(d.words))) for d in waivers)
        rows = [(_cell(Run(d.requirement, bold=True)), _badge(d.status), words) for d, words in told]
        yield table(_COLUMNS, [heads("Requirement", "Gap", "What was decided"), *rows])
    if settled := fixed(document):
        yield paragraph("Fixed since the baseline", style="Heading1")
        yield paragraph(f"{in_words(settled)}.")


def _gap(card: Card) -> Sequence[Cell]:
    id_cell = [paragraph(Run(ids(card), bold=True), style="Cell")]
    id_cell += [
        paragraph(Run(text, colour=GREY, size=8), style="Cell")
        for text in dict.fromkeys(a.citation for a in card.asked)
        if text
    ]
    return (Cell(id_cell), _badge(card.word, ", ".join(card.severities)), Cell(list(_told(card))))


def _told(card: Card) -> Iterator[Xml]:
    asked = list(dict.fromkeys(a.text for a in card.asked))
    for text in asked:
        yield paragraph(Run(text, bold=True), style="Cell")
    if card.finding:
        yield paragraph(card.finding, style="Cell")
    for sentence in card.marks:
        yield paragraph(Run(sentence, bold=True), style="Cell")
    if card.lacking:
        yield paragraph(Run("Lacks: ", bold=True), ", ".join(card.lacking), style="Cell")
    if card.covered:
        yield paragraph(Run("Has: ", bold=True), ", ".join(card.covered), style="Cell")
    for quote in card.says:
        yield paragraph(f"“{quote.text}”", style="Quoted", keep=True)
        yield paragraph(quote.place, style="Where")
    if card.closest is not None:
        yield paragraph(Run("The closest passage:", colour=GREY), style="Cell", keep=True)
        yield paragraph(f"“{card.closest.text}”", style="Quoted", keep=True)
        yield paragraph(card.closest.place, style="Where")
    for clause in card.clauses:
        what = "Add" if card.add else "Say instead"
        who = f" ({clause.ids})" if len(card.clauses) > 1 else ""
        yield paragraph(Run(f"{what}{who}:", bold=True, colour="14532D"), style="Cell", keep=True)
        for item, line in clause.lines:
            yield paragraph(f"•  {line}" if item else line, style="Clause")


def _settled(card: Card) -> Sequence[Cell]:
    told = [paragraph(text, style="Cell") for text in dict.fromkeys(a.text for a in card.asked)]
    if card.status == "not_applicable" and card.finding:
        told.append(paragraph(card.finding, style="Where"))
    told += [paragraph(quote.place, style="Where") for quote in card.says[:3]]
    if len(card.says) > 3:
        told.append(paragraph(f"and {len(card.says) - 3} more", style="Where"))
    return (_cell(Run(ids(card), bold=True)), _badge(card.word), Cell(told))


def _reading(report: Report) -> Iterator[Xml]:
    notes = [(path_of(d), clean(note)) for d in report.documents for note in d.notes]
    if notes:
        yield paragraph("Notes on the reading", style="Heading1")
        several = len(report.documents) > 1
        for path, note in notes:
            yield paragraph(*([Run(f"{path}: ", bold=True)] if several else []), note, style="ListBullet")


def _badge(word: str, weight: str = "") -> Cell:
    fill, ink = COLOURS[word]
    runs = [paragraph(Run(word.capitalize(), bold=True, colour=ink), style="Cell")]
    return Cell([*runs, *([paragraph(Run(weight, colour=ink, size=8.5), style="Cell")] if weight else [])], fill)


def _cell(*runs: Run) -> Cell:
    return Cell([paragraph(*runs, style="Cell")])


def heads(*names: str, right: bool = False) -> Sequence[Cell]:
    """The cells of a header row; with `right`, numbers stand under all columns but the first."""
    size = 7.5 if right else 9.5
    return [
        Cell(
            [
                paragraph(
                    Run(name, bold=True, colour="FFFFFF", size=size),
                    style="Cell",
                    align="right" if right and at else "",
                )
            ],
            HEAD,
        )
        for at, name in enumerate(names)
    ]

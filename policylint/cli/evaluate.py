"""`policylint evaluate`: how well the verdicts agree with labels that people gave."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import click

from policylint.cli import console
from policylint.cli.check import refuse_overwriting, say_what_was_not_judged
from policylint.cli.judging import facts_of
from policylint.cli.packs import table
from policylint.report import EXIT_CLEAN, EXIT_GAPS, EXIT_NOT_JUDGED, STATUSES, Evidence
from policylint.reporters.clean import clean

if TYPE_CHECKING:
    from policylint.evaluate import Evaluation, Interval, Outcome, Tally

Row = tuple[str, ...]

UNDEFINED = "-"


@click.command()
@click.argument("labels", metavar="LABELS")
@click.option("--documents", metavar="FOLDER", help="Where the documents lie. [default: `corpus` beside the labels]")
@click.option("--pack", "packs", multiple=True, metavar="ID", help="Take the labels of this pack only; repeatable.")
@click.option("--format", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--output", metavar="PATH", help="Write the figures to a file instead of stdout.")
@click.option("--misses", is_flag=True, help="List each wrong verdict. (JSON always does.)")
@click.option("--fact", "facts", multiple=True, callback=facts_of, metavar="KEY=VALUE", help="Known about the agency.")
@click.option("--min-accuracy", type=click.FloatRange(0, 1), metavar="X", help="Exit 1 when the accuracy is below.")
def evaluate(
    *,
    labels: str,
    documents: str | None,
    packs: tuple[str, ...],
    format_: str,
    output: str | None,
    misses: bool,
    facts: dict[str, str],
    min_accuracy: float | None,
) -> int:
    """Compare the verdicts with your own labels.

    LABELS is a folder of files <document>.<pack>.tsv, or one of them, with the columns id, status, elements, evidence
    and note. Without a folder `corpus` beside the labels, the documents lie with the labels.

    Exits 0, 1 below --min-accuracy, 3 when a document could not be judged.
    """
    from policylint.evaluate import evaluate as compare

    found = compare(labels, documents=documents, packs=packs, facts=facts)
    content = as_json(found) if format_ == "json" else as_text(found, misses=misses)
    say_what_was_not_judged(found.not_judged)
    if output is None:
        console.out(content)
    else:
        refuse_overwriting(output, (name for file in found.files for name in (file.path, file.source)))
        console.to_file(output, content)
    return exit_code(found, min_accuracy)


def exit_code(found: Evaluation, min_accuracy: float | None) -> int:
    """The process's exit code: 3 when a document was not judged, else 1 below the accuracy asked for, else 0."""
    if found.not_judged:
        return EXIT_NOT_JUDGED
    accuracy = found.policylint.figures["accuracy"] or 0.0
    return EXIT_GAPS if min_accuracy is not None and accuracy < min_accuracy else EXIT_CLEAN


def as_json(found: Evaluation) -> str:
    """The evaluation for machines."""
    return json.dumps(found.to_dict(), ensure_ascii=False, indent=2) + "\n"


def as_text(found: Evaluation, *, misses: bool = False) -> str:
    """The evaluation for people: tables with a line above each that says what it shows."""
    from policylint.evaluate import RESAMPLES, counted, scores

    documents = len(found.documents)
    interval = f"with 95 % intervals ({RESAMPLES:,} resamples over documents)"
    if documents == 1:
        interval = "without intervals: there is only one document"
    tally = found.policylint.tally
    by_status = {readable(status): scores(tally, status) for status in STATUSES if _occurs(tally, status)}
    blocks = [
        _scope(found),
        _titled(f"Agreement with the labels, {interval}", agreement(found)),
        _titled("Labels (down) and verdicts (across)", _confusion(tally)),
        _titled("By status", _each("status", by_status)),
    ]
    if len(found.packs) > 1:
        blocks.append(_titled("By pack", _by_pack(found)))
    for title, groups in (("document", found.by_document), ("requirement", found.by_requirement)):
        rows = _each(title, {name: counted(outcomes) for name, outcomes in groups.items()})
        blocks.append(_titled(f"By {title}", rows))
    if misses:
        blocks.append("".join(each + "\n" for each in _misses(found.policylint.wrong)))
    return "\n".join(blocks)


def _scope(found: Evaluation) -> str:
    lines = [
        f"packs: {', '.join(f'{pack.id} ({pack.version})' for pack in found.packs)}",
        f"documents: {len(found.documents):,}; labels: {found.policylint.tally.labels:,}",
        f"requirements without a label, not scored: {found.unlabelled:,}",
    ]
    if found.not_judged:
        lines.append(f"documents not judged: {len(found.not_judged):,}; all labels on them count as wrong")
    return "".join(each + "\n" for each in lines)


def _titled(title: str, rows: list[Row]) -> str:
    return f"{title}\n\n{table(rows)}"


def agreement(found: Evaluation) -> list[Row]:
    """The figures of policylint beside those of the baselines: one row a figure, the first row names the judges."""
    rows = [("", *(readable(judge.name) for judge in found.judges))]
    for name in found.policylint.figures:
        cells = (_with_interval(judge.figures[name], judge.intervals[name]) for judge in found.judges)
        rows.append((readable(name), *cells))
    return rows


def _confusion(tally: Tally) -> list[Row]:
    from policylint.evaluate import NOT_JUDGED

    shown = [status for status in (*STATUSES, NOT_JUDGED) if _occurs(tally, status)]
    wanted = [status for status in shown if status != NOT_JUDGED]
    rows = [("", *map(readable, shown))]
    rows += [(readable(want), *(str(tally.confusion[want, got]) for got in shown)) for want in wanted]
    return rows


def _occurs(tally: Tally, status: str) -> bool:
    """Whether a label or a verdict has the status."""
    return any(status in pair for pair in tally.confusion)


def _each(title: str, groups: Mapping[str, Mapping[str, float | None]]) -> list[Row]:
    """One row a group, one column a figure."""
    rows: list[Row] = []
    for name, found in groups.items():
        rows = rows or [(title, *map(readable, found))]
        rows.append((clean(name), *map(_figure, found.values())))
    return rows


def _by_pack(found: Evaluation) -> list[Row]:
    shown = ("accuracy", "gap_f1", "gap_f2")
    rows: list[Row] = [("pack", "labels", *map(readable, shown))]
    for pack in found.packs:
        judge = found.policylint.only(pack.id)
        scores = (_with_interval(judge.figures[name], judge.intervals[name]) for name in shown)
        rows.append((pack.id, str(judge.tally.labels), *scores))
    return rows


def _misses(wrong: Sequence[Outcome]) -> Iterator[str]:
    yield f"Misses: {len(wrong)}"
    for outcome in wrong:
        label, verdict = outcome.label, outcome.verdict
        yield ""
        wanted, got = readable(label.status), readable(outcome.got)
        yield f"{clean(outcome.document)}  {label.requirement}  wanted {wanted}, got {got}"
        if label.evidence:
            yield f"  label: “{clean(label.evidence)}”"
        if label.note:
            yield f"  note: {clean(label.note)}"
        if verdict is not None:
            yield from (_quoted("says", evidence) for evidence in verdict.evidence)
            if verdict.closest is not None:
                yield _quoted("closest", verdict.closest)


def _quoted(name: str, evidence: Evidence) -> str:
    return f"  {name}: “{clean(evidence.quote)}” (line {evidence.line})"


def _with_interval(value: float | None, interval: Interval | None) -> str:
    return _figure(value) + (f" ({interval[0]:.3f} to {interval[1]:.3f})" if interval else "")


def _figure(value: float | None) -> str:
    if value is None:
        return UNDEFINED
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def readable(name: str) -> str:
    """The name of a status or figure, for people: "not applicable", "gap F2"."""
    return re.sub(r"\bf(?=[12]\b)", "F", name.replace("_", " "))

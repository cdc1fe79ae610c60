"""Documents judged by policylint and by the baselines, side by side with their labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from policylint import api
from policylint._version import __version__
from policylint.evaluate import counts
from policylint.evaluate.baselines import ALWAYS_MET, KEYWORDS_ONLY, by_keywords, statement_words
from policylint.evaluate.counts import NOT_JUDGED, Figures, Interval, Outcome, Tally
from policylint.evaluate.labels import Label, LabelFile, read_labels
from policylint.packs.load import library
from policylint.packs.models import Library
from policylint.packs.named import packs_named
from policylint.report import STATUSES, DocumentReport, PackInfo, Verdict

SCHEMA = "policylint-evaluation/1"
POLICYLINT = "policylint"


@dataclass(frozen=True)
class Judge:
    """One judge's outcomes over all labels, in the order of the label files."""

    name: str
    outcomes: tuple[Outcome, ...]

    @cached_property
    def tally(self) -> Tally:
        """Counts over all labels."""
        return counts.count(self.outcomes)

    @cached_property
    def figures(self) -> Figures:
        """The figures over all labels."""
        return counts.figures(self.tally)

    @cached_property
    def intervals(self) -> Mapping[str, Interval | None]:
        """95 % intervals over documents; None for each with a single document."""
        return counts.intervals([counts.count(o) for o in self.by(lambda outcome: outcome.document).values()])

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        """The outcomes that are not the label's."""
        return tuple(outcome for outcome in self.outcomes if not outcome.right)

    def by(self, what: Callable[[Outcome], str]) -> dict[str, list[Outcome]]:
        """The outcomes in groups, in the order in which the groups first come."""
        groups: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            groups.setdefault(what(outcome), []).append(outcome)
        return groups

    def only(self, pack: str) -> Judge:
        """The same judge on the labels of one pack."""
        return Judge(self.name, tuple(outcome for outcome in self.outcomes if outcome.pack == pack))


@dataclass(frozen=True)
class Evaluation:
    """Everything an evaluation found out.

    Attributes:
        packs: by which was judged, sorted by id.
        documents: as policylint judged them, by all packs they have labels of.
        judges: policylint first, then the baselines.
        unlabelled: requirements without a label in a label file of their pack; they are not scored.
    """

    packs: tuple[PackInfo, ...]
    files: tuple[LabelFile, ...]
    documents: tuple[DocumentReport, ...]
    judges: tuple[Judge, ...]
    unlabelled: int

    @property
    def policylint(self) -> Judge:
        """The judge that is evaluated."""
        return self.judges[0]

    @property
    def not_judged(self) -> tuple[DocumentReport, ...]:
        """The documents that could not be judged; all their labels count as wrong."""
        return tuple(document for document in self.documents if document.status != "judged")

    @property
    def by_requirement(self) -> dict[str, list[Outcome]]:
        """What policylint made of each requirement that has a label, in the order of the packs."""
        found = self.policylint.by(lambda outcome: outcome.label.requirement)
        packs = {file.pack.id: file.pack for file in self.files}
        ids = (r.id for id_ in sorted(packs) for r in packs[id_].requirements)
        return {id_: found[id_] for id_ in ids if id_ in found}

    @property
    def by_document(self) -> dict[str, list[Outcome]]:
        """What policylint made of each document."""
        return self.policylint.by(lambda outcome: outcome.document)

    def to_dict(self) -> dict[str, object]:
        """The evaluation as JSON, schema `policylint-evaluation/1`: plain dicts, lists, strings, numbers and None."""
        own = self.policylint
        bootstrap = {"resamples": counts.RESAMPLES, "seed": counts.SEED, "level": 0.95, "unit": "document"}
        return {
            "schema": SCHEMA,
            "tool": {"name": "policylint", "version": __version__},
            "packs": [pack.to_dict() for pack in self.packs],
            "labels": own.tally.labels,
            "unlabelled": self.unlabelled,
            "not_judged": [{"path": d.path, "reason": d.reason} for d in self.not_judged],
            "bootstrap": bootstrap if len(self.documents) > 1 else None,
            "judges": {judge.name: _with_intervals(judge) for judge in self.judges},
            "confusion": {want: _row(own.tally, want) for want in STATUSES},
            "by_status": {status: counts.scores(own.tally, status) for status in STATUSES},
            "by_pack": {p.id: {j.name: _with_intervals(j.only(p.id)) for j in self.judges} for p in self.packs},
            "by_document": {name: counts.counted(o) for name, o in self.by_document.items()},
            "by_requirement": {id_: counts.counted(o) for id_, o in self.by_requirement.items()},
            "misses": [_miss(outcome) for outcome in own.wrong],
        }


def evaluate(
    labels: str,
    *,
    documents: str | None = None,
    packs: Iterable[str] = (),
    facts: Mapping[str, str] | None = None,
) -> Evaluation:
    """Judge the documents that have labels, and compare.

    Args:
        labels: a folder of files <document>.<pack>.tsv, or one such file.
        documents: the folder of the documents (see `read_labels`).
        packs: ids of the packs whose labels are taken; of all when empty.
        facts: what is known about the agencies, as for `check_text`.

    Raises:
        UsageError: an unknown pack, a label file that is not valid, or a document that is not there.
        RuleError: a rule file is not valid.
    """
    rules = library()
    ids = list(packs)
    files = read_labels(labels, rules, packs_named(rules, ids) if ids else (), documents)
    by_source: dict[str, list[LabelFile]] = {}
    for file in files:
        by_source.setdefault(file.source, []).append(file)
    reports = {
        source: api.check_file(source, packs=[file.pack.id for file in of_source], facts=facts)
        for source, of_source in by_source.items()
    }
    infos = {pack.id: pack for report in reports.values() for pack in report.packs}
    judged = {source: report.documents[0] for source, report in reports.items()}
    return Evaluation(
        packs=tuple(infos[id_] for id_ in sorted(infos)),
        files=tuple(files),
        documents=tuple(judged.values()),
        judges=_judges(files, judged, rules),
        unlabelled=sum(file.unlabelled for file in files),
    )


def _judges(files: Sequence[LabelFile], judged: Mapping[str, DocumentReport], rules: Library) -> tuple[Judge, ...]:
    own: list[Outcome] = []
    trusting: list[Outcome] = []
    searching: list[Outcome] = []
    # What policylint could not judge for whatever reason is not read once more: the search has no verdict there either.
    words = {source: statement_words(source, rules) for source, report in judged.items() if report.status == "judged"}
    for file in files:
        verdicts = {verdict.requirement: verdict for verdict in judged[file.source].verdicts}
        requirements = {r.id: r for r in file.pack.requirements}
        statements = words.get(file.source)
        for label in file.labels:
            own.append(_outcome(file, label, verdicts.get(label.requirement)))
            trusting.append(Outcome(file.document, file.pack.id, label, "met"))
            requirement = requirements[label.requirement]
            got = NOT_JUDGED if statements is None else by_keywords(requirement, statements)
            searching.append(Outcome(file.document, file.pack.id, label, got))
    named = ((POLICYLINT, own), (ALWAYS_MET, trusting), (KEYWORDS_ONLY, searching))
    return tuple(Judge(name, tuple(outcomes)) for name, outcomes in named)


def _outcome(file: LabelFile, label: Label, verdict: Verdict | None) -> Outcome:
    got = NOT_JUDGED if verdict is None else verdict.status
    return Outcome(file.document, file.pack.id, label, got, verdict)


def _with_intervals(judge: Judge) -> dict[str, object]:
    """Name of a figure -> its value and interval."""
    ends = {name: interval or (None, None) for name, interval in judge.intervals.items()}
    return {
        name: {"value": value, "low": ends[name][0], "high": ends[name][1]} for name, value in judge.figures.items()
    }


def _row(tally: Tally, want: str) -> dict[str, int]:
    return {got: tally.confusion[want, got] for got in (*STATUSES, NOT_JUDGED)}


def _miss(outcome: Outcome) -> dict[str, object]:
    label, verdict = outcome.label, outcome.verdict
    return {
        "document": outcome.document,
        "pack": outcome.pack,
        "requirement": label.requirement,
        "wanted": label.status,
        "got": outcome.got,
        "label_evidence": label.evidence,
        "note": label.note,
        "evidence": [evidence.to_dict() for evidence in verdict.evidence] if verdict else [],
        "closest": verdict.closest.to_dict() if verdict and verdict.closest else None,
    }

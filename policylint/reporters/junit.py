"""The report as JUnit XML: a suite for each document, a test case for each requirement.

A gap of any severity is a failure, whose type names the severity; what does not apply is skipped, and so is a gap that is
waived or known from the baseline; a document that was not judged is a suite with an error. What a build does about it is decided by the exit code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policylint.reporters.clean import clean, xml_text
from policylint.reporters.decisions import fixed, marks_of
from policylint.reporters.entries import in_words
from policylint.reporters.places import path_of
from policylint.reporters.rows import sorted_verdicts, words
from policylint.reporters.text import place

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from policylint.report import DocumentReport, Report, Verdict
    from policylint.reporters.view import View


def render(report: Report, _view: View) -> str:
    """All verdicts; same input, same bytes: neither times nor host names."""
    from xml.etree.ElementTree import Element, indent, tostring

    root = Element("testsuites", name="policylint")
    suites = [_suite(root, document, report) for document in report.documents]
    for count in ("tests", "failures", "errors"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in suites)))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _suite(root: Element, document: DocumentReport, report: Report) -> Element:
    name = xml_text(path_of(document))
    unread = document.status != "judged"
    suite = _under(root, "testsuite", name=name, file=name)
    properties = _under(suite, "properties")
    for pack in report.packs:
        _under(properties, "property", name=f"pack {_one_line(pack.id)}", value=_one_line(pack.version))
    for note in document.notes:
        _under(properties, "property", name="note", value=_one_line(note))
    for gap in fixed(document):
        _under(properties, "property", name="fixed since the baseline", value=_one_line(gap))
    if unread:
        case = _under(suite, "testcase", name="The document can be judged", classname="policylint")
        _under(case, "error", type="not judged", message=_one_line(document.reason or "")).text = ""
    for verdict in sorted_verdicts(document):
        _case(suite, verdict)
    summary = document.summary
    suite.set("tests", str(len(document.verdicts) + unread))
    suite.set("failures", str(summary.open_gaps))
    suite.set("errors", str(int(unread)))
    suite.set("skipped", str(dict(summary.statuses)["not_applicable"] + summary.waived + summary.known))
    return suite


def _case(suite: Element, verdict: Verdict) -> None:
    title = f"{verdict.requirement}: {verdict.message}"
    # Dots in a class name are folders to whoever shows it.
    classname = f"{verdict.pack.replace('.', '-')}.{words(verdict.topic).replace('.', '-')}"
    case = _under(suite, "testcase", name=_one_line(title), classname=_one_line(classname))
    if verdict.status == "not_applicable":
        _under(case, "skipped", message=_one_line(verdict.message))
    elif verdict.is_gap and not verdict.is_open:
        _under(case, "skipped", message=_one_line(" ".join(marks_of(verdict))))
    elif verdict.is_gap:
        kind = f"{verdict.severity}: {words(verdict.status)}"
        _under(case, "failure", type=kind, message=_one_line(verdict.message)).text = xml_text(_details(verdict))


def _details(verdict: Verdict) -> str:
    lines = [f"Asked by: {clean(verdict.citation)}"] if verdict.citation else []
    lines += marks_of(verdict)
    if verdict.elements_missing:
        lines.append(f"Lacks: {in_words([clean(words(e)) for e in verdict.elements_missing])}")
    for name, passages in (("Says", verdict.evidence), ("Closest", filter(None, [verdict.closest]))):
        lines += [f"{name}: “{clean(e.quote)}” ({place(e)})" for e in passages]
    remedy = list(filter(None, map(clean, verdict.remedy.splitlines())))
    return "\n".join([*lines, *(["Model language:", *remedy] if remedy else [])])


def _under(parent: Element, tag: str, **attributes: str) -> Element:
    from xml.etree.ElementTree import SubElement

    return SubElement(parent, tag, attributes)


def _one_line(text: str) -> str:
    return xml_text(clean(text))

"""Both reporters from one report built by hand."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from syrupy.assertion import SnapshotAssertion

from policylint.report import Report, Verdict
from policylint.reporters import REPORTERS, View
from policylint.reporters.clean import clean
from policylint.reporters.view import shown_statuses

EVERYTHING = frozenset({"met", "not_applicable"})


def _text(report: Report, view: View) -> str:
    made = REPORTERS["text"](report, view)
    assert isinstance(made, str)
    return made


def test_json(report: Report, snapshot: SnapshotAssertion) -> None:
    made = REPORTERS["json"](report, View())
    assert made == snapshot
    assert json.loads(made) == report.to_dict()


def test_text_piped(report: Report, snapshot: SnapshotAssertion) -> None:
    assert _text(report, View()) == snapshot


def test_text_in_colour(report: Report, snapshot: SnapshotAssertion) -> None:
    assert _text(report, View(width=80, colour=True)) == snapshot


def test_text_on_a_terminal_without_colour(report: Report, snapshot: SnapshotAssertion) -> None:
    assert _text(report, View(width=60)) == snapshot


def test_text_with_everything_shown(report: Report, snapshot: SnapshotAssertion) -> None:
    assert _text(report, View(show=EVERYTHING)) == snapshot


def test_text_quiet(report: Report, snapshot: SnapshotAssertion) -> None:
    assert _text(report, View(quiet=True)) == snapshot


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_terminal_is_never_overrun(report: Report, width: int) -> None:
    assert max(map(len, _text(report, View(width=width, show=EVERYTHING)).splitlines())) <= width


def test_colour_changes_nothing_but_colour(report: Report) -> None:
    coloured = _text(report, View(width=80, colour=True))
    plain = re.sub(r"\x1b\[[\d;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == _text(report, View(width=80)).splitlines()


def test_a_pipe_gets_no_control_characters_and_one_line_a_field(report: Report) -> None:
    made = _text(report, View(show=EVERYTHING))
    assert all(c.isprintable() or c == "\n" for c in made)
    assert not re.search(r"[\u2500-\u259f]", made), "no box drawing"
    assert "messages alike, and for the supporter's own notebook." in made
    assert re.search(r"^error +missing +DEMO-10a +No statement", made, re.MULTILINE)


def test_severest_first_then_ids_as_numbers(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    several = tuple(replace(verdicts[0], requirement=name, check=name) for name in ("D-10", "D-2b", "D-2a"))
    document = replace(
        report.documents[0], verdicts=(*several, replace(several[0], requirement="D-99", check="last", severity="info"))
    )
    made = _text(replace(report, documents=(document,)), View())
    assert re.findall(r"^\w+ +missing +(\S+)", made, re.MULTILINE) == ["D-2a", "D-2b", "D-10", "D-99"]


def test_what_several_authorities_ask_alike_is_shown_once(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    first = replace(verdicts[0], requirement="A-1", citation="Act, section 1", severity="error")
    others = (
        replace(first, requirement="B-2", citation="Guide, point 2", severity="warning"),
        replace(first, requirement="C-3", citation="Model, part 3", status="weak", severity="info"),
    )
    document = replace(report.documents[0], verdicts=(others[0], first, others[1]))
    made = _text(replace(report, documents=(document,)), View())
    assert re.findall(r"^(\w+) +(\w+) +([A-Z]-\d(?:, [A-Z]-\d)*) ", made, re.MULTILINE) == [
        ("error", "missing", "A-1, B-2"),
        ("info", "weak", "C-3"),
    ]
    assert "asked by: Act, section 1; Guide, point 2\n" in made


def test_markup_of_rich_in_a_policy_is_text(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    document = replace(report.documents[0], verdicts=(replace(verdicts[0], message="[bold]x[/] :smile: [/red]"),))
    made = _text(replace(report, documents=(document,)), View(width=80, colour=True))
    assert "[bold]x[/] :smile: [/red]" in made


def test_bold_marks_of_markdown_are_not_shown(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    said = replace(verdicts[2].evidence[0], quote="Ally (PWA):** a trained __colleague__.")
    markdown = replace(report.documents[0], verdicts=(replace(verdicts[2], evidence=(said,)),))
    assert "“Ally (PWA): a trained colleague.”" in _text(replace(report, documents=(markdown,)), View())


def test_evidence_is_shown_in_the_order_of_the_document(report: Report, verdicts: tuple[Verdict, ...]) -> None:
    turned = replace(verdicts[2], evidence=verdicts[2].evidence[::-1])
    assert _text(replace(report, documents=(replace(report.documents[0], verdicts=(turned,)),)), View()) == _text(
        replace(report, documents=(replace(report.documents[0], verdicts=(verdicts[2],)),)), View()
    )


@pytest.mark.parametrize(
    ("dirty", "wanted"),
    [
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("\x1b[31mred\x1b[0m \x1b]0;t\x07x", "red ]0;tx"),
        ("soft\u00adhyphen, zero\u200bwidth", "softhyphen, zerowidth"),
        ("tab\there,\u00a0space\x0cpage", "tab here, space page"),
        ("\uf0b7 item", "• item"),
        ("§ 7 – “Wörter”", "§ 7 – “Wörter”"),
    ],
)
def test_clean(dirty: str, wanted: str) -> None:
    assert clean(dirty) == wanted


def test_show() -> None:
    assert shown_statuses(("met",)) == {"met"}
    assert shown_statuses(("met, not-applicable",)) == EVERYTHING
    assert shown_statuses(("all",)) == EVERYTHING | {"waived", "known"}
    assert shown_statuses(()) == frozenset()
    with pytest.raises(ValueError, match="'gaps' is not one of met, not_applicable, waived, known, all"):
        shown_statuses(("gaps",))

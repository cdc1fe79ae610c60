"""What the letter to an agency says: the text of the template that docs/make_report_parts.py makes."""

from __future__ import annotations

from collections.abc import Iterator

from policylint.reporters.docx.build import Cell, Run, Xml, paragraph, table
from policylint.reporters.docx.paper import GREY, WIDTH
from policylint.reporters.xlsx_style import HEAD

_GREEN = "14532D"


def letter_body() -> Iterator[Xml]:
    """The paragraphs and tables of the letter, placeholders and all."""
    yield paragraph("{{ date }}")
    yield from _when("contact", paragraph("{{ contact }}"))
    yield paragraph("{{ agency }}")
    yield paragraph("")
    yield paragraph(
        Run("Review of your peer support policy{% if title %}: {{ title }}{% endif %}", bold=True, colour=HEAD, size=14)
    )
    yield from _when("not judged", *_unread())
    yield from _when("judged", *_judged())
    yield paragraph("")
    yield paragraph("Sincerely,", keep=True)
    yield paragraph("")
    yield paragraph("")
    yield paragraph(
        Run(
            "This review was prepared with policylint {{ version }}, which compares what a policy says with what is asked of "
            "it. It does not look at what an agency does, it can err, and it is no legal advice. Proposed wording is a "
            "suggestion: adapt it to your agency, and have it read by counsel.",
            colour=GREY,
            size=8,
        )
    )
    yield from _when("judged", *_annex())


def _unread() -> Iterator[Xml]:
    yield paragraph("We could not judge the document that you submitted ({{ document }}):")
    yield paragraph(Run("{{ reason }}", bold=True))
    yield paragraph(
        "Please send the policy again, as a Word or PDF file that opens without a password and holds the text of the policy."
    )


def _judged() -> Iterator[Xml]:
    yield paragraph(
        "We compared the policy that you submitted ({{ document }}{% if submitted %}, {{ submitted }}{% endif %}) with what is "
        "asked by: {{ authorities | join('; ') }}."
    )
    yield paragraph(
        Run(
            "{% if has_rule and passes %}Your policy passes. {% endif %}"
            "{% if has_rule and not passes %}Your policy does not pass yet. {% endif %}",
            bold=True,
        ),
        "Of the {{ asked_count }} requirements that apply to it, it meets {{ met_count }} ({{ coverage }}).",
    )
    yield from _when(
        "reasons",
        paragraph("What is missing to pass", style="Heading1", keep=True),
        *_each("reason in reasons", paragraph("{{ reason }}", style="ListBullet")),
    )
    yield paragraph(
        "The annex goes through the requirements: what must change, with the words of your policy and proposed wording, what is "
        "recommended, and what your policy meets."
    )


def _annex() -> Iterator[Xml]:
    yield paragraph(
        Run("Annex: the requirements, one by one", bold=True, colour=HEAD, size=14), new_page=True, keep=True
    )
    yield from _when(
        "must_change",
        paragraph("What must change", style="Heading1", keep=True),
        *_each("gap in must_change", *_gap()),
    )
    yield from _when("may_choose", *_choice())
    yield from _when(
        "recommended",
        paragraph("What we recommend", style="Heading1", keep=True),
        paragraph("The following is asked, too{% if has_rule %}, and not needed to pass{% endif %}:", keep=True),
        _listed("recommended", "gap", "What is asked", ("{{ gap.asked }}", " The policy: {{ gap.status }}.")),
    )
    yield from _when(
        "accepted",
        paragraph("What was waived", style="Heading1", keep=True),
        *_each("line in accepted", paragraph("{{ line }}", style="ListBullet")),
    )
    yield from _when(
        "met",
        paragraph("What your policy meets", style="Heading1", keep=True),
        _listed(
            "met", "item", "What is asked, and where the policy says it", ("{{ item.asked }}", " {{ item.where }}")
        ),
    )


def _choice() -> Iterator[Xml]:
    yield paragraph("What you may choose from", style="Heading1", keep=True)
    yield paragraph(
        "{{ share_asked }} of these requirements must be met. Meet {{ more_needed }} more of the following; which ones is "
        "for you to choose:",
        keep=True,
    )
    yield from _each("gap in may_choose", *_gap())


def _gap() -> Iterator[Xml]:
    """One requirement that is not met: what is asked, what the policy says, what it could say."""
    yield paragraph("{{ gap.topic }}: {{ gap.ids }} ({{ gap.status }})", style="Heading2", keep=True)
    yield paragraph(Run("{{ gap.asked }}", bold=True), Run(" {{ gap.citation }}", colour=GREY, size=9), keep=True)
    yield from _when("gap.finding", paragraph("{{ gap.finding }}"))
    yield from _when("gap.lacking", paragraph("It lacks: {{ gap.lacking }}."))
    yield from _each(
        "quote in gap.quotes",
        paragraph("Your policy says: “{{ quote.text }}”", style="Quoted"),
        paragraph("{{ quote.where }}", style="Where"),
    )
    yield from _when(
        "gap.closest",
        paragraph("The closest passage, which does not say it: “{{ gap.closest.text }}”", style="Quoted"),
        paragraph("{{ gap.closest.where }}", style="Where"),
    )
    yield from _each(
        "wording in gap.wording",
        paragraph(Run("{{ wording.lead }}:", bold=True, colour=_GREEN), style="Cell", keep=True),
        *_each("line in wording.lines", paragraph("{{ line.bullet }}{{ line.text }}", style="Clause")),
    )


def _listed(name: str, each: str, head: str, told: tuple[str, str]) -> Xml:
    """A table of requirements, one a row."""
    widths = (1900, WIDTH - 1900)
    return table(
        widths,
        [
            [_cell(Run(text, bold=True, colour="FFFFFF"), fill=HEAD) for text in ("Requirement", head)],
            [_cell(Run(f"{{% for {each} in {name} %}}"))],
            [_cell(Run(f"{{{{ {each}.ids }}}}", bold=True)), _cell(Run(told[0]), Run(told[1], colour=GREY, size=8))],
            [_cell(Run("{% endfor %}"))],
        ],
    )


def _cell(*runs: Run, fill: str = "") -> Cell:
    return Cell([paragraph(*runs, style="Cell")], fill)


def _when(name: str, *inside: Xml) -> Iterator[Xml]:
    yield paragraph(f"{{% if {name} %}}")
    yield from inside
    yield paragraph("{% endif %}")


def _each(what: str, *inside: Xml) -> Iterator[Xml]:
    yield paragraph(f"{{% for {what} %}}")
    yield from inside
    yield paragraph("{% endfor %}")

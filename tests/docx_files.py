"""Word files made by hand, each with what a person sees in Word stated beside every paragraph.

    python tests/docx_files.py FOLDER

writes them all into a folder. python-docx makes the package with Word's own styles; lists, changes and the rest are written as
the XML that Word writes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

Truth = tuple[str, int, str, str]
"""Kind ("heading", "item" or "paragraph"), heading level or 0, label as shown, text."""


@dataclass(frozen=True)
class Level:
    """A list level: format, label with places, and what else Word can say of it."""

    format: str
    text: str
    left: int = 720
    start: int = 1
    style: str = ""
    more: str = ""
    font: str = ""

    def xml(self, at: int) -> str:
        style = f'<w:pStyle w:val="{self.style}"/>' if self.style else ""
        font = f'<w:rPr><w:rFonts w:ascii="{self.font}" w:hAnsi="{self.font}"/></w:rPr>' if self.font else ""
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{self.start}"/><w:numFmt w:val="{self.format}"/>{style}{self.more}'
            f'<w:lvlText w:val="{self.text}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{self.left}" w:hanging="360"/></w:pPr>{font}</w:lvl>'
        )


class Maker:
    """Makes one file, and writes down what it shows."""

    def __init__(self) -> None:
        self.document = docx.Document()
        self.numbering = self.document.part.numbering_part.element
        self.truth: list[Truth] = []
        self._ids = 500

    # -- lists ----------------------------------------------------------------------------------------------------

    def definition(self, *levels: Level, more: str = "") -> int:
        """A new definition (`abstractNum`); returns its id."""
        self._ids += 1
        body = "".join(level.xml(at) for at, level in enumerate(levels))
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self._ids}"><w:multiLevelType w:val="multilevel"/>'
            f"{more}{body}</w:abstractNum>"
        )
        nums = self.numbering.findall(qn("w:num"))
        nums[0].addprevious(element) if nums else self.numbering.append(element)
        return self._ids

    def list(self, definition: int, **starts: int) -> int:
        """A new list of a definition; `l0=1` lets its first level start at 1 anew."""
        self._ids += 1
        overrides = "".join(
            f'<w:lvlOverride w:ilvl="{name[1:]}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            for name, start in starts.items()
        )
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self._ids}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
            )
        )
        return self._ids

    def style(
        self, name: str, base: str | None = None, id_: str = "", properties: str = "", kind: str = "paragraph"
    ) -> str:
        """A new style, as XML; returns its id."""
        id_ = id_ or name.replace(" ", "")
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        styles = self.document.styles.element
        for old in styles.findall(qn("w:style")):
            if old.get(qn("w:styleId")) == id_ or old.find(qn("w:name")).get(qn("w:val")) == name:
                styles.remove(old)
        styles.append(
            parse_xml(
                f'<w:style {nsdecls("w")} w:type="{kind}" w:styleId="{id_}"><w:name w:val="{name}"/>{based}{properties}</w:style>'
            )
        )
        return id_

    # -- paragraphs -----------------------------------------------------------------------------------------------

    def paragraph(
        self, text: str, *, style: str | None = None, num: int | None = None, level: int | None = None, more: str = ""
    ) -> Any:
        """A paragraph, with nothing said of what it shows."""
        paragraph = self.document.add_paragraph(text)
        properties = paragraph._p.get_or_add_pPr()
        if style is not None:
            element = OxmlElement("w:pStyle")
            element.set(qn("w:val"), style)
            properties.insert(0, element)
        if num is not None:
            place = f'<w:ilvl w:val="{level}"/>' if level is not None else ""
            properties.append(parse_xml(f'<w:numPr {nsdecls("w")}>{place}<w:numId w:val="{num}"/></w:numPr>'))
        if more:
            for element in parse_xml(f"<w:pPr {nsdecls('w')}>{more}</w:pPr>"):
                properties.append(element)
        return paragraph

    def text(self, text: str, **how: Any) -> Any:
        self.truth.append(("paragraph", 0, "", text))
        return self.paragraph(text, **how)

    def item(self, label: str, text: str, num: int | None = None, level: int | None = 0, **how: Any) -> Any:
        self.truth.append(("item", 0, label, text))
        return self.paragraph(text, num=num, level=level if num is not None else None, **how)

    def heading(self, depth: int, label: str, text: str, *, style: str | None = None, **how: Any) -> Any:
        self.truth.append(("heading", depth, label, text))
        return self.paragraph(text, style=style or f"Heading{depth}", **how)

    def data(self) -> bytes:
        out = io.BytesIO()
        self.document.save(out)
        return out.getvalue()


def link_headings(make: Maker, num: int, *styles: str) -> None:
    """Let heading styles stand for the levels of a list, as Word's list gallery does."""
    for at, id_ in enumerate(styles):
        style = next(s for s in make.document.styles.element if s.get(qn("w:styleId")) == id_)
        properties = style.find(qn("w:pPr"))
        place = f'<w:ilvl w:val="{at}"/>' if at else ""
        properties.insert(0, parse_xml(f'<w:numPr {nsdecls("w")}>{place}<w:numId w:val="{num}"/></w:numPr>'))


def legal_headings() -> Maker:
    """Headings 1 / 1.1 / 1.1.1 by their styles, items (a) below."""
    make = Maker()
    headings = make.definition(
        Level("decimal", "%1", style="Heading1", left=432),
        Level("decimal", "%1.%2", style="Heading2", left=576),
        Level("decimal", "%1.%2.%3", style="Heading3", left=720),
    )
    link_headings(make, make.list(headings), "Heading1", "Heading2", "Heading3")
    letters = make.definition(Level("lowerLetter", "(%1)"), Level("lowerRoman", "(%2)", left=1440))
    make.heading(1, "1", "Purpose")
    make.text("This policy sets up a peer support team for all employees of the agency.")
    make.heading(1, "2", "Team")
    make.heading(2, "2.1", "Selection of members")
    make.text("A member shall:")
    first = make.list(letters)
    make.item("(a)", "volunteer for the team;", first)
    make.item("(b)", "be in good standing, which means:", first)
    make.item("(i)", "no open investigation; and", first, 1)
    make.item("(ii)", "no sustained complaint of dishonesty.", first, 1)
    make.item("(c)", "have three years of service.", first)
    make.heading(2, "2.2", "Removal of members")
    make.text("The chief may remove a member for:")
    second = make.list(letters, l0=1)
    make.item("(a)", "breaking a confidence;", second)
    make.item("(b)", "missing three meetings in a row.", second)
    make.heading(3, "2.2.1", "Appeals")
    make.text("A member who is removed may appeal in writing within ten days.")
    make.heading(1, "3", "Training")
    make.heading(2, "3.1", "Basic course")
    make.text("Members shall complete a basic course of 24 hours.")
    return make


def harvard() -> Maker:
    """I. A. 1. a. i., all in one list."""
    make = Maker()
    one = make.definition(
        Level("upperRoman", "%1.", left=360),
        Level("upperLetter", "%2.", left=720),
        Level("decimal", "%3.", left=1080),
        Level("lowerLetter", "%4.", left=1440),
        Level("lowerRoman", "%5.", left=1800),
    )
    num = make.list(one)
    make.item("I.", "PURPOSE", num)
    make.item("A.", "This order sets up the peer support program of the Department.", num, 1)
    make.item("B.", "The program is open to sworn and civilian employees alike.", num, 1)
    make.item("II.", "PROCEDURES", num)
    make.item("A.", "Members of the team shall do the following:", num, 1)
    make.item("1.", "Answer calls from employees within one day.", num, 2)
    make.item("2.", "Refer employees to a professional whenever:", num, 2)
    make.item("a.", "there is a danger to life;", num, 3)
    make.item("b.", "the employee asks for one, and", num, 3)
    make.item("i.", "insurance covers the visit; or", num, 4)
    make.item("ii.", "the Department pays for it.", num, 4)
    make.item("c.", "the member feels out of depth.", num, 3)
    make.item("3.", "Keep what they hear to themselves.", num, 2)
    make.item("B.", "The coordinator shall call a meeting in each quarter.", num, 1)
    make.item("III.", "REVIEW", num)
    make.item("A.", "The coordinator reviews this order once a year.", num, 1)
    return make


def articles() -> Maker:
    """Article I. / Section 1.01 in figures (isLgl) / (a)."""
    make = Maker()
    legal = "<w:isLgl/>"
    one = make.definition(
        Level("upperRoman", "Article %1.", style="Heading1"),
        Level("decimalZero", "Section %1.%2", style="Heading2", more=legal),
        Level("lowerLetter", "(%3)", left=1440),
    )
    num = make.list(one)
    link_headings(make, num, "Heading1", "Heading2")
    make.heading(1, "Article I.", "General")
    make.heading(2, "Section 1.01", "Purpose")
    make.text("The purpose of this policy is to offer confidential support by trained colleagues.")
    make.heading(2, "Section 1.02", "Scope")
    make.item("(a)", "This policy covers sworn employees.", num, 2)
    make.item("(b)", "This policy covers civilian employees and volunteers.", num, 2)
    make.heading(1, "Article II.", "Confidentiality")
    make.heading(2, "Section 2.01", "Rule")
    make.item("(a)", "Members shall keep what they hear confidential.", num, 2)
    make.heading(1, "Article III.", "Records")
    make.text("Members shall keep no records of their contacts.")
    return make


def parentheses() -> Maker:
    """(a) (1) (i) (A), every level flush with the one above it."""
    make = Maker()
    one = make.definition(
        Level("lowerLetter", "(%1)", left=360),
        Level("decimal", "(%2)", left=360),
        Level("lowerRoman", "(%3)", left=360),
        Level("upperLetter", "(%4)", left=360),
    )
    num = make.list(one)
    make.heading(1, "", "Confidentiality")
    make.item("(a)", "Members shall not disclose what an employee tells them.", num)
    make.item("(b)", "The rule in (a) does not hold for:", num)
    make.item("(1)", "threats of suicide;", num, 1)
    make.item("(2)", "threats to others, if:", num, 1)
    make.item("(i)", "a person is named; and", num, 2)
    make.item("(ii)", "there are means, which are:", num, 2)
    make.item("(A)", "a weapon; or", num, 3)
    make.item("(B)", "a plan.", num, 3)
    make.item("(3)", "abuse of a child.", num, 1)
    make.item("(c)", "Members shall explain these exceptions beforehand.", num)
    return make


def restarts() -> Maker:
    """Lists of one definition: going on after text, starting anew, starting at seven."""
    make = Maker()
    one = make.definition(Level("decimal", "%1."), Level("lowerLetter", "%2.", left=1440))
    first = make.list(one)
    make.heading(1, "", "Duties")
    make.text("The coordinator shall:")
    make.item("1.", "keep the roster up to date;", first)
    make.item("2.", "plan the training.", first)
    make.text("In addition to what is said above, and as far as time allows, the coordinator shall:")
    make.item("3.", "visit every station; and", first)
    make.item("a.", "talk with each shift;", first, 1)
    make.item("b.", "leave cards behind.", first, 1)
    make.item("4.", "report to the chief.", first)
    make.heading(1, "", "Rights")
    make.text("A member may:")
    second = make.list(one, l0=1)
    make.item("1.", "ask for a leave of absence;", second)
    make.item("a.", "in writing; or", second, 1)
    make.item("b.", "by telephone.", second, 1)
    make.item("2.", "resign at any time.", second)
    make.item("a.", "without a reason.", second, 1)
    make.text("The next list goes on with the numbers of a form, which begins at seven:")
    third = make.list(one, l0=7)
    make.item("7.", "name of the member;", third)
    make.item("8.", "date of the contact.", third)
    make.text("A second list of the same definition that names no start goes on, too:")
    make.item("9.", "name of the supervisor.", make.list(one))
    return make


def bullets() -> Maker:
    """Bullets of symbol fonts on three levels, below numbers and above them."""
    make = Maker()
    marks = make.definition(
        Level("bullet", "\uf0b7", font="Symbol"),
        Level("bullet", "o", left=1440, font="Courier New"),
        Level("bullet", "\uf0a7", left=2160, font="Wingdings"),
        Level("bullet", "-", left=2880),
    )
    mixed = make.definition(Level("decimal", "%1)"), Level("bullet", "\uf0d8", left=1440, font="Wingdings"))
    dots, numbers = make.list(marks), make.list(mixed)
    make.heading(1, "", "Training")
    make.text("The basic course covers:")
    make.item("•", "confidentiality and its limits,", dots)
    make.item("•", "listening, which includes:", dots)
    make.item("◦", "open questions,", dots, 1)
    make.item("◦", "silence, both", dots, 1)
    make.item("▪", "short and", dots, 2)
    make.item("▪", "long, and", dots, 2)
    make.item("-", "very long,", dots, 3)
    make.item("•", "referral.", dots)
    make.text("Members shall in each year:")
    make.item("1)", "attend eight hours of training in:", numbers)
    make.item("➢", "grief and loss;", numbers, 1)
    make.item("➢", "substance abuse;", numbers, 1)
    make.item("2)", "meet with the clinician twice.", numbers)
    return make


def linked_styles() -> Maker:
    """Lists that come with styles: a style that names a list, one based on it, a numbering style, a style without number."""
    make = Maker()
    one = make.definition(
        Level("decimal", "%1.0", style="PolicyOne"),
        Level("decimal", "%1.%2", style="PolicyTwo", left=1080),
        Level("lowerLetter", "%3.", style="PolicyThree", left=1440),
    )
    num = make.list(one)
    numbers = '<w:pPr><w:numPr>{}<w:numId w:val="{}"/></w:numPr></w:pPr>'
    make.style("Policy One", "Normal", properties=numbers.format("", num))
    # The second style takes the list from the one it is based on, and says its level only.
    make.style("Policy Two", "PolicyOne", properties='<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr>')
    # The third says a wrong level, which the link from the list to the style outdoes.
    make.style("Policy Three", "Normal", properties=numbers.format('<w:ilvl w:val="0"/>', num))
    make.style("Policy Three Narrow", "PolicyThree", properties='<w:pPr><w:spacing w:after="0"/></w:pPr>')
    make.style("Policy Two Plain", "PolicyTwo", properties='<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>')
    linked = make.definition(Level("upperLetter", "%1)"), more='<w:styleLink w:val="AgencyList"/>')
    base = make.list(linked)
    make.style(
        "Agency List", properties=f'<w:pPr><w:numPr><w:numId w:val="{base}"/></w:numPr></w:pPr>', kind="numbering"
    )
    user = make.list(make.definition(more='<w:numStyleLink w:val="AgencyList"/>'))
    make.item("1.0", "ACCESS TO THE PROGRAM", style="PolicyOne")
    make.item("1.1", "Employees may call any member of the team directly.", style="PolicyTwo")
    make.item("1.2", "The roster is posted where employees see it:", style="PolicyTwo")
    make.item("a.", "at each station;", style="PolicyThree")
    make.item("b.", "on the intranet.", style="PolicyThreeNarrow")
    make.text("This paragraph has the style of a numbered one, and its number was taken off.", style="PolicyTwoPlain")
    make.item("1.3", "Supervisors shall not ask why an employee calls.", style="PolicyTwo")
    make.item("2.0", "RESPONSE TO INCIDENTS", style="PolicyOne")
    make.item("2.1", "The team responds after each critical incident.", style="PolicyTwo")
    make.text("The members on call are notified by:")
    make.item("A)", "the watch commander; or", user)
    make.item("B)", "dispatch.", user)
    return make


def prefixed() -> Maker:
    """The number of the policy stands in the label: 1031.4, 1031.4.1."""
    make = Maker()
    one = make.definition(
        Level("decimal", "1031.%1", style="Heading1"),
        Level("decimal", "1031.%1.%2", style="Heading2"),
        Level("lowerLetter", "(%3)", left=1440),
        Level("decimal", "%4.", left=1800),
    )
    num = make.list(one)
    link_headings(make, num, "Heading1", "Heading2")
    make.heading(1, "1031.1", "PURPOSE AND SCOPE")
    make.text("This policy offers employees a way to talk with a trained colleague.")
    make.heading(1, "1031.2", "POLICY")
    make.text("It is the policy of this office to keep such talks confidential.")
    make.heading(1, "1031.3", "MEMBERS")
    make.heading(2, "1031.3.1", "SELECTION")
    make.text("The coordinator should select members who:")
    make.item("(a)", "are trusted by their colleagues.", num, 2)
    make.item("(b)", "have served for three years:", num, 2)
    make.item("1.", "in this office; or", num, 3)
    make.item("2.", "in one nearby.", num, 3)
    make.heading(2, "1031.3.2", "REMOVAL")
    make.text("A member may resign or be removed at any time.")
    make.heading(1, "1031.4", "RECORDS")
    make.item("(a)", "No records of contacts shall be kept.", num, 2)
    return make


def interrupted() -> Maker:
    """A level that never starts anew, one that does so after the first level only, numbers taken off, a label without number."""
    make = Maker()
    one = make.definition(
        Level("decimal", "Part %1", left=360),
        Level("decimal", "Rule %2.", left=720, more='<w:lvlRestart w:val="0"/>'),
        Level("lowerLetter", "(%3)", left=1080),
        Level("decimal", "%4)", left=1440, more='<w:lvlRestart w:val="1"/>'),
    )
    num = make.list(one)
    make.item("Part 1", "Members", num)
    make.item("Rule 1.", "Members serve as volunteers and without extra pay.", num, 1)
    make.item("Rule 2.", "Members stay in the team for three years, and", num, 1)
    make.item("(a)", "may ask for three more, which", num, 2)
    make.item("1)", "the chief may grant or", num, 3)
    make.item("2)", "refuse;", num, 3)
    make.item("(b)", "may leave when they like, if they", num, 2)
    make.item("3)", "tell the coordinator.", num, 3)
    make.text("A paragraph between two rules does not disturb their numbers.")
    make.item("Part 2", "Coordinator", num)
    make.item("Rule 3.", "The coordinator answers to the chief.", num, 1)
    make.text("A paragraph in the list whose number was taken off by hand.", num=0, level=1)
    make.item("Rule 4.", "The coordinator calls the meetings:", num, 1)
    make.item("(a)", "each quarter, and", num, 2)
    make.item("1)", "more often if needed.", num, 3)
    return make


def formats() -> Maker:
    """Numbers in words, ordinals, padded figures, dashes; twenty-seven letters."""
    make = Maker()
    padded = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice></mc:AlternateContent>'
    )
    for format_, text, labels in (
        ("decimalZero", "%1.", ("01.", "02.", "03.")),
        ("ordinal", "%1", ("1st", "2nd", "3rd")),
        ("cardinalText", "Step %1:", ("Step One:", "Step Two:", "Step Three:")),
        ("ordinalText", "%1,", ("First,", "Second,", "Third,")),
        ("upperRoman", "(%1)", ("(I)", "(II)", "(III)")),
        ("decimal", "PS-%1", ("PS-1", "PS-2", "PS-3")),
        ("decimal", "§ %1.", ("§ 1.", "§ 2.", "§ 3.")),
    ):
        make.text("Whoever calls the team is asked for three things:")
        num = make.list(make.definition(Level(format_, text)))
        for label, what in zip(labels, ("a name;", "a number;", "a good time to call back."), strict=True):
            make.item(label, what, num)
    three = make.definition(Level("custom", "%1.", more=""))
    level = next(a for a in make.numbering if a.get(qn("w:abstractNumId")) == str(three)).find(qn("w:lvl"))
    level.replace(
        level.find(qn("w:numFmt")),
        parse_xml(
            padded.replace("<mc:Alt", "<mc:Alt", 1).replace(
                "<mc:AlternateContent ", f"<mc:AlternateContent {nsdecls('w')} "
            )
        ),
    )
    make.text("Forms are numbered:")
    num = make.list(three)
    make.item("001.", "the application;", num)
    make.item("002.", "the agreement.", num)
    make.text("The alphabet is not enough for the stations:")
    num = make.list(make.definition(Level("lowerLetter", "%1.", start=25)))
    for label in ("y.", "z.", "aa.", "bb."):
        make.item(label, f"station number {label}", num)
    make.text("No number is shown here:")
    num = make.list(make.definition(Level("none", "")))
    make.text("a line in a list without numbers.", num=num, level=0)
    return make


def other_headings() -> Maker:
    """Headings of a German Word, of an agency's own styles, and by outline level alone; a title; a style that is none."""
    make = Maker()
    level = '<w:pPr><w:outlineLvl w:val="{}"/></w:pPr>'
    make.style("heading 1", "Normal", id_="berschrift1", properties=level.format(0))
    make.style("heading 2", "Normal", id_="berschrift2")
    make.style("Agency Section", "berschrift1", id_="AgencySection")
    make.style("Agency Part", "AgencySection", id_="AgencyPart", properties=level.format(1))
    make.style("Looks Like Heading", "berschrift1", id_="LooksLike", properties=level.format(9))
    make.heading(1, "", "Peer Support Policy", style="Title")
    make.heading(1, "", "Purpose", style="berschrift1")
    make.text("This policy sets up a peer support team for all employees of the agency.")
    make.heading(2, "", "Who may be served", style="berschrift2")
    make.text("All employees and their families may use the program.")
    make.heading(1, "", "Selection", style="AgencySection")
    make.heading(2, "", "Interview", style="AgencyPart")
    make.text("Each candidate is interviewed by a panel of three.", style="LooksLike")
    make.heading(3, "", "The panel", style="Normal", more='<w:outlineLvl w:val="2"/>')
    make.text("Two members and the clinician sit on the panel.")
    num = make.list(make.definition(Level("decimal", "%1.", left=360), Level("decimal", "%1.%2.", left=720)))
    make.heading(1, "1.", "Training", style="AgencySection", num=num, level=0)
    make.heading(2, "1.1.", "Basic course", style="AgencyPart", num=num, level=1)
    make.text("The basic course takes 24 hours.")
    make.heading(1, "2.", "Review", style="AgencySection", num=num, level=0)
    make.text("This policy is reviewed each year.")
    return make


def numbered_texts() -> Maker:
    """Whole paragraphs in numbered heading styles, as many agencies write: the number counts, the text is no heading."""
    make = Maker()
    one = make.definition(
        Level("decimal", "%1.", style="Heading1"),
        Level("decimal", "%1.%2", style="Heading2"),
        Level("decimal", "%1.%2.%3", style="Heading3"),
    )
    link_headings(make, make.list(one), "Heading1", "Heading2", "Heading3")
    make.heading(1, "1.", "Confidentiality")
    make.heading(2, "1.1", "Members shall keep what an employee tells them to themselves.")
    make.heading(2, "1.2", "Members shall not be asked about it by supervisors, in an investigation or elsewhere.")
    make.heading(3, "1.2.1", "A supervisor who asks nevertheless shall be reported to the chief.")
    make.heading(1, "2.", "Records")
    make.heading(2, "2.1", "No records of contacts shall be kept by members of the team.")
    return make


SCHEMES: dict[str, Callable[[], Maker]] = {
    make.__name__: make
    for make in (
        legal_headings,
        harvard,
        articles,
        parentheses,
        restarts,
        bullets,
        linked_styles,
        prefixed,
        interrupted,
        formats,
        other_headings,
        numbered_texts,
    )
}
"""Files with different ways to number."""


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, scheme in SCHEMES.items():
        (folder / f"{name}.docx").write_bytes(scheme().data())

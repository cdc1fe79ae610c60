"""The text of one paragraph as a reader of the page sees it: deleted text, field codes and hidden text are not in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from policylint.readers.docx.names import MC, W14, Element, chosen, is_on, value, w
from policylint.readers.docx.styles import TELLING, Look, Style, Styles, look_of
from policylint.readers.docx.symbols import character, in_symbols

HIDDEN = "hidden text"
PLACEHOLDER = "unfilled placeholder"
CONTENTS = "table of contents"

_GONE = frozenset(
    map(w, ("del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText", "delInstrText"))
)
"""What is not on the page once all changes are accepted."""
_DRAWN = frozenset(map(w, ("drawing", "pict", "object")))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_PLAIN = {
    w("tab"): "\t",
    w("ptab"): "\t",
    w("br"): "\n",
    w("cr"): "\n",
    w("noBreakHyphen"): "-",
    w("softHyphen"): "",
}
_TEXT = str.maketrans({"\u00ad": None, "\u2011": "-", "\n": " ", "\r": " "})
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_CONTENT_CODES = {"TOC": CONTENTS, "TOA": "table of authorities", "INDEX": "index"}
_UNSEEN_NUMBERS = frozenset(("LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT"))

_R, _T, _SYM, _FLD, _FLD_SIMPLE = w("r"), w("t"), w("sym"), w("fldChar"), w("fldSimple")
_INSTR, _SDT, _RPR, _VAL = w("instrText"), w("sdt"), w("rPr"), w("val")
_ASCII = w("ascii")
_TXBX, _RT = w("txbxContent"), w("rt")
_FONT, _CHAR, _FLD_TYPE = w("font"), w("char"), w("fldCharType")
_MATH_TEXT, _ALTERNATE = f"{_MATH}t", f"{MC}AlternateContent"


@dataclass(slots=True)
class Content:
    """What stands in a paragraph.

    Attributes:
        runs: pieces of text with whether they are bold; line breaks as "\\n".
        left_out: text that is no part of the policy, with why.
        boxes: the content of text boxes that are anchored in it.
        notes: the foot- and endnotes it refers to: part ("footnotes") and id.
        size: of its first text, in points, or 0.
        generated: why all of its text was left out (CONTENTS), or "".
    """

    runs: list[tuple[str, bool]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    size: float = 0.0
    generated: str = ""

    @property
    def text(self) -> str:
        """All of its text."""
        return "".join(text for text, _ in self.runs)

    def put(self, text: str, *, bold: bool) -> None:
        """Add text."""
        if text:
            self.runs.append((text, bold))

    def leave_out(self, text: str, why: str) -> None:
        """Keep aside text that is no part of the policy."""
        if self.left_out and self.left_out[-1][1] == why:
            text = self.left_out.pop()[0] + text
        self.left_out.append((text, why))


@dataclass(slots=True)
class _Field:
    code: str = ""
    shows: bool = False

    @property
    def name(self) -> str:
        words = self.code.split(None, 1)
        return words[0].upper() if words else ""


class Runs:
    """Reads the paragraphs of one story (body, header, footnotes), in order: a field may go over several of them.

    Attributes:
        struck: texts that are struck through.
        unseen: whether there are fields whose numbers Word makes up on the page.
    """

    def __init__(self, styles: Styles, story: Element) -> None:
        self._styles = styles
        self._fields: list[_Field] = []
        # A field that never ends would swallow the rest of the document: then none is trusted.
        kinds = [each.get(_FLD_TYPE) for each in story.iter(_FLD)]
        self._whole = kinds.count("begin") == kinds.count("end")
        self._looks: dict[tuple[object, ...], Look] = {}
        self._content = Content()
        self._paragraph = Style()
        self.struck: list[str] = []
        self.unseen = False

    def read(self, paragraph: Element, style: Style) -> Content:
        """What stands in a paragraph."""
        content = self._content = Content()
        self._paragraph = style
        self._children(paragraph, ())
        if not any(text.strip() for text, _ in content.runs) and content.left_out:
            reasons = {why for _, why in content.left_out}
            content.generated = next((why for why in _CONTENT_CODES.values() if why in reasons), "")
        return content

    # -- containers -----------------------------------------------------------------------------------------------

    def _children(self, parent: Element, why: tuple[str, ...]) -> None:
        for child in parent:
            tag = child.tag
            if tag == _R:
                self._run(child, why)
            elif tag in _GONE:
                if tag == _INSTR:
                    self._code(child)
            elif tag == _SDT:
                self._control(child, why)
            elif tag == _FLD_SIMPLE:
                self._simple_field(child, why)
            elif tag == _ALTERNATE:
                for each in chosen(child):
                    self._one(each, why)
            elif tag == _MATH_TEXT:
                self._content.put(child.text or "", bold=False)
            elif tag in _DRAWN or tag == _TXBX:
                self._content.boxes.extend(_boxes(child))
            elif tag != _RT and len(child):
                self._children(child, why)

    def _one(self, element: Element, why: tuple[str, ...]) -> None:
        if element.tag == _R:
            self._run(element, why)
        elif element.tag in _DRAWN:
            self._content.boxes.extend(_boxes(element))
        elif element.tag not in _GONE:
            self._children(element, why)

    def _control(self, control: Element, why: tuple[str, ...]) -> None:
        content = control.find(w("sdtContent"))
        if content is not None:
            self._children(content, (*why, PLACEHOLDER) if is_placeholder(control) else why)

    def _simple_field(self, element: Element, why: tuple[str, ...]) -> None:
        name = (element.get(w("instr")) or "").strip().partition(" ")[0].upper()
        self.unseen = self.unseen or name in _UNSEEN_NUMBERS
        self._children(element, (*why, _CONTENT_CODES[name]) if name in _CONTENT_CODES else why)

    # -- fields ---------------------------------------------------------------------------------------------------

    def _code(self, element: Element) -> None:
        if self._fields and not self._fields[-1].shows and len(self._fields[-1].code) < 200:
            self._fields[-1].code += element.text or ""

    def _field(self, element: Element) -> None:
        kind = element.get(_FLD_TYPE)
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].shows = True
        elif kind == "end" and self._fields:
            self.unseen = self.unseen or self._fields[-1].name in _UNSEEN_NUMBERS
            self._fields.pop()

    def _shown(self) -> bool:
        return not self._whole or all(each.shows for each in self._fields)

    def _generated(self) -> str:
        """What the fields that are open make of the text in them: a table of contents, for one."""
        if not self._fields or not self._whole:
            return ""
        return next((_CONTENT_CODES[f.name] for f in self._fields if f.name in _CONTENT_CODES), "")

    # -- runs -----------------------------------------------------------------------------------------------------

    def _run(self, run: Element, why: tuple[str, ...]) -> None:
        look = self._look(run.find(_RPR))
        for child in run:
            tag = child.tag
            if tag == _T:
                self._text(in_symbols((child.text or "").translate(_TEXT), look.font), look, why)
            elif tag in _PLAIN:
                self._text(_PLAIN[tag], look, why)
            elif tag == _RPR:
                continue
            elif tag == _FLD:
                self._field(child)
            elif tag == _INSTR:
                self._code(child)
            elif tag == _SYM:
                code = _hexadecimal(child.get(_CHAR))
                self._text(character(code, child.get(_FONT)) if code else "", look, why)
            elif tag in _NOTES:
                self._content.notes.append((_NOTES[tag], child.get(w("id")) or ""))
            elif tag in _DRAWN:
                self._content.boxes.extend(_boxes(child))
            elif tag == _ALTERNATE:
                for each in chosen(child):
                    self._one(each, why)
            elif tag not in _GONE and len(child):
                self._children(child, why)

    def _text(self, text: str, look: Look, why: tuple[str, ...]) -> None:
        if not text or not self._shown():
            return
        generated = self._generated()
        if why or generated or look.hidden:
            self._content.leave_out(text, why[-1] if why else generated or HIDDEN)
            return
        if look.capitals:
            text = text.upper()
        if look.struck and text.strip():
            self.struck.append(" ".join(text.split())[:80])
        if not self._content.size and text.strip():
            self._content.size = (look.size or 0) / 2
        self._content.put(text, bold=bool(look.bold))

    def _look(self, properties: Element | None) -> Look:
        """The look of a run; worked out once for runs of one paragraph style that say the same."""
        said: list[object] = [self._paragraph.ids]
        for each in properties if properties is not None else ():
            if each.tag in TELLING:
                said += (each.tag, each.get(_VAL), each.get(_ASCII))
        key = tuple(said)
        found = self._looks.get(key)
        if found is None:
            below, name = self._paragraph.look, value(properties, "rStyle")
            if name is not None:
                below = self._styles.get(name, "character").look.toggled(below)
            found = self._looks[key] = look_of(properties).over(below).over(self._styles.base)
        return found


def is_placeholder(control: Element) -> bool:
    """Whether a content control shows its prompt, since nobody has filled it in."""
    shows = control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}")
    return shows is not None and is_on(shows) and control.find(f"{w('sdtPr')}/{W14}checkbox") is None


def _boxes(drawn: Element) -> Iterator[Element]:
    """The text boxes of a drawing, those that stand twice for the sake of older programs once."""
    if drawn.tag == _TXBX:
        yield drawn
    elif drawn.tag == _ALTERNATE:
        for each in chosen(drawn):
            yield from _boxes(each)
    else:
        for child in drawn:
            if len(child):
                yield from _boxes(child)


def _hexadecimal(text: str | None) -> int:
    try:
        return int(text or "", 16) if len(text or "") <= 6 else 0
    except ValueError:
        return 0

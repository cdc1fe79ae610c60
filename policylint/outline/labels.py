"""List labels and bullets: what stands before an item, of which style, and what number it is.

Everything here looks at one line; what a label is good for (item, heading, or a wrapped sentence that happens to begin
with a number) is for the modules that know its neighbours.
"""

from __future__ import annotations

import re
from typing import NamedTuple

GLYPHS = "•‣⁃◦∙●○◉▪▫■□▢◾◽◼◻▸►▶➢➤➔→»❖◆◇★☆✓✔✗☐☑☒·¤"
_SPACED = "*+-–—oØ§üv"
"""Bullets only when white space follows and nothing speaks against it."""

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_SPACE = r"(?=\s|$)"
_DECIMAL = re.compile(
    rf"(?P<number>\d{{1,5}}(?:\.\d{{1,5}}){{1,6}})(?P<tail>(?:\([A-Za-z0-9]{{1,4}}\)){{0,3}})(?P<end>[.):]?){_SPACE}"
)
_PLAIN = re.compile(
    rf"(?P<number>\d{{1,3}}|[A-Za-z]|[ivxl]{{2,6}}|[IVXL]{{2,6}}|(?P<twin>[a-zA-Z])(?P=twin))(?P<end>\.\)|[.)]){_SPACE}"
)
_PAREN = re.compile(
    r"\((?P<number>\d{1,3}|[A-Za-z]|[ivxl]{2,6}|[IVXL]{2,6}|(?P<twin>[a-zA-Z])(?P=twin))\)\.?(?=\s|$|[A-Z“\"(])"
)
_GLUED = re.compile(r"(?P<number>\d{1,2})(?P<end>[.)])(?=[A-Z“\"][a-z])")
_WORD = re.compile(
    r"(?P<word>section|sec\.|article|chapter|part|appendix|attachment|annex|title|step|§{1,2})\s*"
    r"(?P<number>\d{1,5}(?:\.\d{1,4}){0,5}|[A-Z]|[IVXL]{1,6})(?P<end>\s*[:.)]|\s+[-–—])?(?=\s|$)",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"(?P<number>[A-Z]{1,4}[ -]?\d{1,4}(?:[._-]\d{1,4}){1,4}|\d{1,4}[A-Z]?(?:-\d{1,5}[A-Za-z]?){1,4}(?:\.\d{1,4})?)"
    rf"(?P<tail>(?:\([A-Za-z0-9]{{1,4}}\)){{0,3}})(?P<end>[.:]?){_SPACE}"
)
_MIXED = re.compile(
    r"(?P<number>(?:[IVXL]{1,5}|[A-Z]|\d{1,3})(?:\.(?:\d{1,3}|[A-Za-z]|[ivxl]{2,4}))+)(?P<tail>(?:\([A-Za-z0-9]{1,4}\)){0,3})"
    rf"(?P<end>[.):]?){_SPACE}"
)
_OPENING = re.compile(
    r"[\d(§]|[A-Za-z]{1,6}[.)]|[A-Z]{1,4}[ -]?\d"
    r"|(?i:section|sec\.|article|chapter|part|appendix|attachment|annex|title|step)"
)
"""How whatever the patterns above take begins; most lines begin otherwise, and need not be tried with each of them."""
_LAW = re.compile(r"(?:RCW|WAC|USC|CFR|ORS|OAR|NRS|NAC|ARS|MCA|CRS|UCA|MCL|ILCS|IC|GC|PC|EC|CA|AS|GS|ISO|PL)\b")
"""A law's number at the start of a line is a citation, not the label of what follows."""
_DATE = re.compile(r"\d{1,4}-\d{1,2}-\d{1,4}")
_ROMAN_LETTERS = ("I", "V", "X", "i", "v", "x")
_NUMBER_WORDS = {
    word: at % 20 + 1
    for at, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split()
    )
}
_TAIL = re.compile(r"\(([A-Za-z0-9]{1,4})\)")


class Label(NamedTuple):
    """A label at the start of a line.

    Attributes:
        text: as printed, without the final full stop or bracket of "1." or "(a)": "1.4.1", "a", "•".
        style: what labels of one list share: "1.", "a)", "(i)", "I.", "dec3" ("1.2.3"), "mix2" ("A.1"), "code", "section", "•".
        values: its numbers, outermost first; empty for a bullet. "617.2.2(a)" is (617, 2, 2, 1).
        length: characters of the line it takes up, white space after it included.
        other: the reading as a Roman number of a letter such as "i", or None.
        sure: whether it can hardly be anything but a label.
    """

    text: str
    style: str
    values: tuple[int, ...]
    length: int
    other: Label | None = None
    sure: bool = True

    @property
    def bullet(self) -> bool:
        """Whether it only marks an item, without numbering it."""
        return not self.values

    @property
    def first(self) -> bool:
        """Whether a list may begin with it."""
        return self.bullet or self.values[-1] == 1

    @property
    def decimal(self) -> bool:
        """Whether the number itself says how deep it stands: "1.4.1", "617.2(a)"."""
        return self.style.startswith(("dec", "mix"))

    def follows(self, before: Label) -> bool:
        """Whether it is the next number of a list whose last was `before`."""
        if self.style != before.style:
            return False
        return self.bullet or (self.values[:-1] == before.values[:-1] and self.values[-1] == before.values[-1] + 1)


def parse(line: str, *, indent: int = 0) -> Label | None:
    """The label at the start of a line without leading white space, or None.

    After a bullet that converters put before real labels ("- a. text"), the label counts.
    """
    bullet = _bullet(line, indent)
    if bullet is not None:
        inner = _numbered(line[bullet.length : bullet.length + 80])
        if inner is None or not inner.sure:
            return bullet
        return _longer(inner, bullet.length)
    label = _numbered(line[:120])
    if label is None or label.length >= len(line):
        return label
    second = _PAREN.match(line, label.length)
    if second is None or label.style == "section":
        return label
    # "1. (a) A member may": two levels on one line.
    deeper = _single(second["number"], "()", second.end())
    length = _skip(line, second.end())
    other = _below(label.other, deeper, length) if label.other is not None else None
    return _below(label, deeper, length)._replace(other=other)


def stated(text: str) -> Label | None:
    """A label that a format tells apart from the text ("1.1", "Article I.", "First"), or None when it holds no sign.

    What `parse` would not dare to take for a label at the start of a line is one here.
    """
    text = " ".join(text.split())
    for line in (text, f"{text} X"):
        label = parse(line, indent=4)
        if label is not None and label.length >= len(text):
            return label._replace(length=0, other=label.other._replace(length=0) if label.other else None)
    if not any(c.isalnum() for c in text):
        return Label(text, text, (), 0) if text else None
    words = re.findall(r"\d+|[^\W\d_]+", text.lower())
    numbers = tuple(int(w[:9]) for w in words if w.isdigit()) or tuple(
        _NUMBER_WORDS[w] for w in words if w in _NUMBER_WORDS
    )
    style = "own " + re.sub(r"\d+", "#", " ".join(w for w in text.lower().split() if w not in _NUMBER_WORDS))
    return Label(text.rstrip(".:) ") or text, style, numbers or (0,), 0)


def _below(label: Label, deeper: Label, length: int) -> Label:
    text, values = f"{label.text}({deeper.text})", (*label.values, deeper.values[-1])
    return label._replace(text=text, values=values, length=length)


def _longer(label: Label, by: int) -> Label:
    other = _longer(label.other, by) if label.other else None
    return label._replace(length=label.length + by, other=other)


def _bullet(line: str, indent: int) -> Label | None:
    mark = line[:1]
    if mark in GLYPHS or "\ue000" <= mark <= "\uf8ff":
        return Label("•" if mark > "\ue000" else mark, mark, (), _skip(line, 1))
    if mark not in _SPACED or (len(line) > 1 and not line[1].isspace()):
        return None
    rest = line[1:].lstrip()
    if (mark in "üv" and indent == 0) or (mark in "oüv" and not rest):
        return None
    if mark == "§" and (not rest or rest[0].isdigit()):
        return None
    return Label(mark, mark, (), _skip(line, 1), sure=mark in "*oØ§")


def _numbered(line: str) -> Label | None:
    if _OPENING.match(line) is None:
        return None
    for pattern, make in ((_DECIMAL, _from_decimal), (_MIXED, _from_mixed), (_CODE, _from_code), (_WORD, _from_word)):
        match = pattern.match(line)
        if match is not None and (label := make(match, line)) is not None:
            return label
    match = _PAREN.match(line)
    if match is not None:
        return _single(match["number"], "()", _skip(line, match.end()))
    match = _PLAIN.match(line) or _GLUED.match(line)
    if match is not None:
        return _single(match["number"], match["end"], _skip(line, match.end()))
    return None


def _from_decimal(match: re.Match[str], line: str) -> Label | None:
    numbers = [int(n) for n in match["number"].split(".")] + [_value(t) for t in _TAIL.findall(match["tail"])]
    rest = line[match.end() :].lstrip()
    # "2.5 hours" is an amount; a heading or a paragraph begins with a capital.
    if len(numbers) == 2 and numbers[1] == 0:
        numbers = numbers[:1]  # "2.0" stands above "2.1"
    sure = bool(match["end"]) or bool(match["tail"]) or not rest[:1].islower()
    if not sure and len(numbers) < 3 and not match["tail"]:
        return None
    return Label(
        match["number"] + match["tail"], f"dec{len(numbers)}", tuple(numbers), _skip(line, match.end()), sure=sure
    )


def _from_mixed(match: re.Match[str], line: str) -> Label | None:
    parts = match["number"].split(".")
    rest = line[match.end() :].lstrip()
    # "U.S. Code", "J.R. Hill" and "5-10 members" are none; "A.1", "III.B" and "3.A.1" are.
    figures = any(p.isdigit() for p in parts)
    letters = any(p.isalpha() for p in parts)
    if not letters or rest[:1].islower() or (not figures and len(parts[0]) == 1):
        return None
    numbers = [_value(p) for p in parts] + [_value(t) for t in _TAIL.findall(match["tail"])]
    return Label(match["number"] + match["tail"], f"mix{len(numbers)}", tuple(numbers), _skip(line, match.end()))


def _from_code(match: re.Match[str], line: str) -> Label | None:
    rest = line[match.end() :].lstrip()
    if _DATE.fullmatch(match["number"]) and not match["end"] and not match["number"][0].isalpha():
        return None
    if _LAW.match(line) or rest[:1].islower() or (not match["end"] and not rest[:1].isupper()):
        return None
    if not match["end"] and not any(c.isalpha() for c in match["number"]):
        return None
    numbers = [int(n) for n in re.findall(r"\d+", match["number"])] + [_value(t) for t in _TAIL.findall(match["tail"])]
    return Label(match["number"] + match["tail"], f"code{len(numbers)}", tuple(numbers), _skip(line, match.end()))


def _from_word(match: re.Match[str], line: str) -> Label | None:
    rest = line[match.end() :].strip()
    word = match["word"].lower()
    if not word.startswith("§") and not match["end"] and not (line.isupper() or not rest):
        return None  # "Section 4 applies to ..." is prose
    if rest[:1].islower():
        return None
    last = match["number"].split(".")[-1]
    # "Article I", "Part V" and "Title X" are Roman; "Appendix C" is a letter, and "Section C" most likely, too.
    value = _roman(last) if last in _ROMAN_LETTERS and not word.startswith(("app", "att", "ann")) else _value(last)
    return Label(line[: match.end("number")], f"section {word}", (value,), _skip(line, match.end()))


def _single(number: str, marks: str, length: int) -> Label:
    if number.isdigit():
        return Label(number, "1" + marks, (int(number),), length)
    case = "A" if number.isupper() else "a"
    roman = _roman(number)
    as_roman = Label(number, ("I" if case == "A" else "i") + marks, (roman,), length) if roman else None
    if len(number) > 1 and len(set(number)) > 1 and as_roman is not None:
        return as_roman
    if len(number) > 1 and as_roman is not None and number.lower() in ("ii", "iii", "xx"):
        letter = Label(number, case + marks, (_letter(number),), length)
        return as_roman._replace(other=letter)
    return Label(number, case + marks, (_letter(number),), length, other=as_roman)


def _letter(number: str) -> int:
    return ord(number[0].lower()) - 96 + 26 * (len(number) - 1)


def _value(number: str) -> int:
    if number.isdigit():
        return int(number)
    return _roman(number) or _letter(number) if len(number) > 1 else _letter(number)


def _roman(number: str) -> int:
    text = number.lower()
    if not text or _ROMAN.fullmatch(text) is None:
        return 0
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    values = [worth[c] for c in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))


def _skip(line: str, at: int) -> int:
    while at < len(line) and line[at].isspace():
        at += 1
    return at

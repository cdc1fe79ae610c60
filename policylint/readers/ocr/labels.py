"""List labels misread by an engine, corrected where the numbers before and after leave no doubt: "l." before "2." is "1.".

A label that already continues its list, or begins one, is never touched; neither is one without neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from policylint.readers.ocr.words import Word, lines_of

_BRACED = re.compile(r"[({\[]([A-Za-z0-9]{1,4})[)}\]]_?")
_LABEL = re.compile(r"([(\[{]?)([A-Za-z0-9©¢£€@|!¥]{1,4})([.)\]}:,]|\.\))")
_DECIMAL = re.compile(r"(?=\d|[lI|O]\d)[\dlI|Oo]{1,5}(?:\.[\dlI|Oo]{1,5}){1,6}\.?")
_GLUED = re.compile(
    r"(\((?:\d{1,3}|[A-Za-z]|[ivx]{2,5})\)\.?|\d{1,2}[.)]|\d{1,5}(?:\.\d{1,5})+\.?)(?=[A-Z][A-Z]|[A-Z][a-z]|A$)"
)
_HEAD, _REST = re.compile(r"\d{1,5}(?:\.\d{1,5})*\."), re.compile(r"\d{1,3}(?:\.\d{1,3})*\.?")
"""The two halves of a section number that was read as two words: "1031." and "1.2"."""
_DIGITS = str.maketrans("lIi|!OoQDSsBZzgqGb", "111110000558229966")
_ONES = str.maketrans("l1|!tTfLJ", "iiiiiiiii")
_LETTERS = dict(
    pair.split("=")
    for pair in (
        *(
            "©=c",
            "¢=c",
            "€=c",
            "0=o",
            "1=il",
            "|=il",
            "!=il",
            "l=i",
            "I=l",
            "9=g",
            "6=b",
            "5=s",
            "8=B",
            "£=f",
            "@=a",
            "¥=v",
        ),
        *("G=jg", "Gj=j", "Jj=j", "ij=j", "bh=h"),
    )
)
"""What one letter in a label is read as, and what it may be."""
_ROMAN = re.compile(r"(?=.)x{0,3}(?:ix|iv|v?i{0,3})")
_SYMBOLS = frozenset("©¢£€@|!¥")
_MIXED = re.compile(r"[IVX]+[li1|!][IVXli1|!]*|[Ili1|!]{3}")
"""Capital numerals with something among them that is none ("Il", "Vill"), or three strokes of any kind ("lil")."""
_APART = 0.9
"""How far apart labels of one list may stand across the page, in sizes of the line."""

Reading = tuple[str, int]
"""Style ("1", "a", "A", "i", "I") and number."""


@dataclass(slots=True)
class _Label:
    """A label found: page, place among the page's words, word, its parts."""

    page: int
    word: Word
    opening: str
    body: str
    closing: str


def heal(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of all pages with misread labels corrected, and labels cut off from the words they stick to."""
    cut = [[part for word in words for part in _cut(word, words)] for words in _rejoined(pages)]
    labels = [label for number, words in enumerate(cut) for label in _labels(number, words)]
    fixed: dict[int, Word] = {}
    for group in _groups(labels):
        fixed |= _sequence(group)
    return [[_decimal(fixed.get(id(word), word)) for word in words] for words in cut]


def _rejoined(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of all pages with the numbers of headings in one piece, where others begin alike: "1031." "1" beside "1031.2".

    "4. 40 hours" is an item, whatever else begins with "4.": behind its number a heading begins with a capital.
    """
    starts = [line[:3] for words in pages for line in lines_of(words)]
    known = {first.text.partition(".")[0] for first, *_ in starts if _DECIMAL.fullmatch(first.text)}
    joined: dict[int, Word | None] = {}
    for first, *more in starts:
        if (
            len(more) == 2
            and _HEAD.fullmatch(first.text)
            and _REST.fullmatch(more[0].text)
            and more[1].text[0].isupper()
            and first.text.partition(".")[0] in known
        ):
            joined[id(first)] = replace(first, text=first.text + more[0].text, x1=more[0].x1)
            joined[id(more[0])] = None
    return [[new for word in words if (new := joined.get(id(word), word)) is not None] for words in pages]


def _cut(word: Word, words: Sequence[Word]) -> Iterator[Word]:
    """A word at the start of a line without what sticks to its label, and with round brackets for "{a)" and "(a]"."""
    found, braced = _GLUED.match(word.text), _BRACED.fullmatch(word.text)
    if braced is not None and word.text[0] + word.text[-1] in ("()", "[]"):
        braced = None
    if (found is None and braced is None) or any(_stands_before(w, word) for w in words):
        yield word
    elif found is None:
        assert braced is not None
        yield replace(word, text=f"({braced[1]})")
    else:
        seam = word.x0 + (word.x1 - word.x0) * found.end() / len(word.text)
        # What is cut must not touch, or it would be joined again.
        yield replace(word, text=found[0], x1=seam - 0.15 * word.size)
        yield replace(word, text=word.text[found.end() :], x0=seam + 0.15 * word.size)


def _stands_before(other: Word, word: Word) -> bool:
    return other.line == word.line and other.x0 < word.x0 and other.text not in "•◦-"


def _labels(page: int, words: Sequence[Word]) -> Iterator[_Label]:
    for line in lines_of(words):
        first = next((word for word in line if word.text not in "•◦-"), None)
        if first is not None and (found := _LABEL.fullmatch(first.text)):
            yield _Label(page, first, *found.groups())


def _groups(labels: Sequence[_Label]) -> list[list[_Label]]:
    """Labels of one form at one place across the page, in reading order."""
    groups: list[list[_Label]] = []
    # By place, not in the engine's order: a column of labels is read before or after its text.
    for label in sorted(labels, key=lambda label: (label.page, label.word.y1)):
        for group in groups:
            last = group[-1]
            near = abs(last.word.x0 - label.word.x0) < _APART * label.word.size
            if near and _form(last) == _form(label):
                group.append(label)
                break
        else:
            groups.append([label])
    return groups


def _form(label: _Label) -> tuple[bool, bool]:
    return bool(label.opening), ")" in label.closing or "}" in label.closing or "]" in label.closing


def _sequence(group: Sequence[_Label]) -> dict[int, Word]:
    """The labels of one group that are misread, by the identity of the word, as they should be."""
    fixed: dict[int, Word] = {}
    latest: dict[str, int] = {}
    for at, label in enumerate(group):
        following = group[at + 1].body if at + 1 < len(group) else ""
        after = _direct(following) or [*_confused(following)]
        before = list(latest.items())  # the last of each style: a list inside another does not end that
        plain = _direct(label.body)
        goes_on = [reading for reading in plain if _previous(reading) in before]
        meant = None if goes_on else _meant(label.body, plain, before, after)
        if meant is not None:
            closing = label.closing if label.closing not in ":," else "."
            fixed[id(label.word)] = replace(label.word, text=f"{label.opening}{_written(meant)}{closing}")
        # "i" may be the letter or the number: what follows will tell.
        latest |= dict(goes_on or ([meant] if meant else plain))
    return fixed


def _previous(reading: Reading) -> Reading:
    return reading[0], reading[1] - 1


def _meant(body: str, plain: list[Reading], before: list[Reading], after: list[Reading]) -> Reading | None:
    """What a label must be that does not go on from the one before it, or None to leave it."""
    if any((style, number + 1) in after for style, number in plain):
        return None
    unreadable = not plain and (not _SYMBOLS.isdisjoint(body) or _MIXED.fullmatch(body) is not None)
    for style, number in _confused(body):
        goes_on = _previous((style, number)) in before
        followed = (style, number + 1) in after
        if (goes_on and (followed or unreadable)) or (number == 1 and followed):
            return style, number
    return None


def _direct(body: str) -> list[Reading]:
    """What a label says as it stands; "i" says two things."""
    if body.isascii() and body.isdigit():
        return [("1", int(body))]
    if not (body.isascii() and body.isalpha()):
        return []
    out: list[Reading] = []
    if len(body) == 1:
        out.append(("a" if body.islower() else "A", ord(body.lower()) - 96))
    if (body.islower() or body.isupper()) and _ROMAN.fullmatch(body.lower()):
        out.append(("i" if body.islower() else "I", _roman(body.lower())))
    return out


def _confused(body: str) -> Iterator[Reading]:
    """What else a label may be that looks like it."""
    digits = body.translate(_DIGITS)
    if digits.isascii() and digits.isdigit() and digits != body:
        yield "1", int(digits)
    for letter in _LETTERS.get(body, ""):
        yield "a" if letter.islower() else "A", ord(letter.lower()) - 96
        if letter.islower() and body in ("1", "|", "!", "l"):
            yield "A", ord(letter) - 96
    if len(body) == 2 and body[0].isupper() and body[1] == body[0].lower():
        yield "A", ord(body[1]) - 96
    ones = body.translate(_ONES)
    if ones != body and _ROMAN.fullmatch(ones.lower()):
        if not any(letter in body for letter in "IVX"):
            yield "i", _roman(ones.lower())
        yield "I", _roman(ones.lower())


def _roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in text]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


def _written(reading: Reading) -> str:
    style, number = reading
    if style == "1":
        return str(number)
    if style in "aA":
        return chr((96 if style == "a" else 64) + number)
    text = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
    return text if style == "i" else text.upper()


def _decimal(word: Word) -> Word:
    """Numbers such as "1031.l.2" with their ones and zeros."""
    if _DECIMAL.fullmatch(word.text) and not word.text.replace(".", "").isdigit():
        return replace(word, text=word.text.translate(str.maketrans("lI|Oo", "11100")))
    return word

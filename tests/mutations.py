"""Mutations of a policy's text: changes that must change a verdict, and changes that must not.

Pure functions from a text to a mutant of it, or to None where the mutation does not apply. They know English and the
layout of policies, and nothing of policylint: what they take for a list label or a ban is their own reading.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

Span = tuple[int, int]
Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Mutant:
    """A changed text, and the edits (start, end, new words; in order, offsets of the old text) that made it."""

    text: str
    edits: tuple[Edit, ...]

    def old(self, offset: int) -> int:
        """Where a place in the mutant stood in the text it was made from."""
        moved = 0
        for start, end, new in self.edits:
            if offset + moved < start:
                break
            if offset + moved < start + len(new):
                return start
            moved += (end - start) - len(new)
        return offset + moved


def edited(text: str, edits: Iterable[Edit]) -> Mutant | None:
    """A text with some edits made, which must not overlap; None when there is none."""
    ordered = tuple(sorted(set(edits)))
    if not ordered:
        return None
    out, at = [], 0
    for start, end, new in ordered:
        assert start >= at, "edits overlap"
        out += [text[at:start], new]
        at = end
    return Mutant("".join([*out, text[at:]]), ordered)


# -- labels -----------------------------------------------------------------------------------------------------------

_BULLET = r"[•‣▪■●◦○◆\uf000-\uf0ff*+–—-]"
_NUMBER = r"(?:\d{1,4}(?:\.\d{1,4})+(?:\([a-z\d]{1,3}\))*\.?|\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})[.)])"
_MARKS = re.compile(rf"[ \t>]*(?:#{{1,6}}[ \t]+)?(?:(?:{_BULLET}|{_NUMBER}|(?<=[ \t])o)(?:[ \t]+|$))*")
_BARE = re.compile(rf"[ \t>#]*(?:(?:{_BULLET}|{_NUMBER}|o)(?:[ \t]+|$))*(?:\*\*)?[ \t]*")
_TABLE = re.compile(r"\S[ \t]{3,}\S|[^\s.:;?!)”\"] {2}\S|\t\S|\||-{4,}|_{4,}")


def _marks(line: str) -> str:
    """Indent, heading signs and list labels at the start of a line."""
    found = _MARKS.match(line)
    assert found is not None
    return found.group()


def is_item(line: str) -> bool:
    """Whether a line begins with a list label, a bullet or a heading sign."""
    return bool(_marks(line).strip())


def lines_of(text: str) -> Iterator[tuple[int, str]]:
    """Each line with the offset at which it begins, without its end."""
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _line_around(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end == -1 else end


# -- changes that must change a verdict -------------------------------------------------------------------------------


def delete(text: str, spans: Iterable[Span]) -> Mutant | None:
    """Take passages out. A line of which only the label is left goes as well; text after it moves up to the label."""
    return edited(text, [_cut(text, *span) for span in _merged(spans)])


def _cut(text: str, start: int, end: int) -> Edit:
    """The edit that takes out a passage and leaves neither an empty item nor a blank line inside a paragraph."""
    line, stop = _line_around(text, start)[0], _line_around(text, end)[1]
    before, after = text[line:start], text[end:stop]
    if after.strip(" \t*_"):
        return start, end, ""
    following = text[stop + 1 : _line_around(text, min(stop + 1, len(text)))[1]]
    goes_on = bool(following.strip()) and not is_item(following)
    if _BARE.fullmatch(before) is None:
        return start, end, ""
    if goes_on:
        return start, stop + 1 + len(following) - len(following.lstrip()), ""
    return line, min(stop + 1, len(text)), ""


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


_DENIED = re.compile(
    r"\b(?:not|no|never|neither|nor|nothing|nobody|none|only|solely|without|cannot|unless|prohibited|refrain\w*|avoid\w*)\b|n't\b",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"\b(?:(?<!free )(?<!good )(?<!at )(?<!against )will|shall|must|should|ought[ \n]+to|(?:is|are|shall[ \n]+be|will[ \n]+be)[ \n]+required[ \n]+to|ha(?:s|ve)[ \n]+to)\b",
    re.IGNORECASE,
)


def binds(words: str) -> bool:
    """Whether a passage has a word of duty that `weaken` can take back."""
    return _BINDING.search(words) is not None


def denies(words: str) -> bool:
    """Whether a passage bans or excludes, so that "may" in it would ban as well ("no member may")."""
    return _DENIED.search(words) is not None


def weaken(text: str, spans: Iterable[Span], to: str = "may") -> Mutant | None:
    """Put a weaker word ("may", "should") for every shall, must, will, should, is required to and has to."""
    return edited(text, [e for span in _merged(spans) for e in _replaced(text, span, _BINDING, to)])


def _replaced(text: str, span: Span, words: re.Pattern[str], new: str) -> Iterator[Edit]:
    for found in words.finditer(text, *span):
        cased = new.capitalize() if found.group()[0].isupper() else new
        if found.group().lower() != new:
            yield found.start(), found.end(), cased


_MODAL = re.compile(
    r"\b(?:(?<!free )(?<!good )(?<!at )(?<!against )will|shall|must|should|may|can)\b(?![ \n]+(?:and|or)\b)"
)
_BE = re.compile(r"\b(?:is|are)\b")
_SUBORDINATE = re.compile(
    r"\b(?:who|whom|which|that|what|if|when|whenever|where|while|because|until|before|after|as)\b", re.IGNORECASE
)


def negate(text: str, spans: Iterable[Span]) -> Mutant | None:
    """Put "not" after the modal of each passage, or where none has a modal after "is" or "are" of the main clause.

    None when a passage has neither, or already denies something: a second "not" need not make it the opposite.
    """
    edits: list[Edit] = []
    for start, end in _merged(spans):
        if denies(text[start:end]):
            return None
        places = [m.end() for m in _MODAL.finditer(text, start, end)] or _main_be(text, start, end)
        if not places:
            return None
        edits += [(at, at, " not") for at in places]
    return edited(text, edits)


def _main_be(text: str, start: int, end: int) -> list[int]:
    """Ends of the "is" and "are" that stand in no subordinate clause: each conjunction claims the verb that follows it."""
    places, waiting = [], 0
    for found in re.finditer(rf"{_SUBORDINATE.pattern}|[;.,:]|{_BE.pattern}", text[start:end], re.IGNORECASE):
        word = found.group().lower()
        if word in ("is", "are"):
            if waiting == 0:
                places.append(start + found.end())
            waiting = max(waiting - 1, 0)
        elif word in ".,;:":
            waiting = 0
        else:
            waiting += 1
    return places


_BAN = re.compile(r"\b(shall|must|will|should|may|is|are)[ \n]+not\b(?![ \n]+(?:limited|only|be[ \n]+limited))")


def affirm(text: str, spans: Iterable[Span]) -> Mutant | None:
    """Take the only "not" out of each passage that has one after its verb; None when a passage says no in another way."""
    edits: list[Edit] = []
    for start, end in _merged(spans):
        bans = list(_BAN.finditer(text, start, end))
        # Of two duties in one sentence the ban may be the one that does not carry the verdict.
        several = ";" in text[start:end] or len(_MODAL.findall(text, start, end)) > 1
        if len(bans) != 1 or several or len(_DENIED.findall(text[start:end])) != 1:
            return None
        edits.append((bans[0].end(1), bans[0].end(), ""))
    return edited(text, edits)


def inline_items(text: str, span: Span) -> list[Span]:
    """The middle parts of a series of four or more within a sentence ("a, b, c, and d"), each with the mark before it.

    The first and the last are left alone: where they begin and end is not marked. In a series with semicolons the
    commas part smaller things.
    """
    words = text[slice(*span)]
    mark = ";" if words.count(";") > 1 else ","
    marks = [span[0] + m.start() for m in re.finditer(rf"{mark}(?=\s)", words)]
    parts = [
        (a, b) for a, b in itertools.pairwise(marks) if len(text[a:b].split()) <= 8 and not _MODAL.search(text, a, b)
    ]
    return parts if len(parts) >= 2 else []


# -- changes that must not change a verdict ---------------------------------------------------------------------------


def rewrap(text: str, width: int) -> str | None:
    """Break the lines of paragraphs and list items anew; headings, tables, labels and blank lines stay."""
    between = "\n\n" if double_spaced(text) else "\n"
    pages = furniture(text)
    out = "\n".join(
        between.join(lines if not lines or unnumbered(lines[0]) in pages else _filled(lines, width))
        for lines in _paragraphs(text)
    )
    return None if out == text else out


def double_spaced(text: str) -> bool:
    """Whether a blank line follows every line, so that blank lines mean nothing."""
    lines = [line for _, line in lines_of(text)]
    wrapped = [i for i, line in enumerate(lines[:-2]) if len(line.split()) > 8 and line.rstrip()[-1].isalnum()]
    return len(wrapped) > 8 and sum(not lines[i + 1].strip() for i in wrapped) > 0.8 * len(wrapped)


def furniture(text: str) -> set[str]:
    """The lines that stand on three pages or more, numbers left out: `unnumbered` forms of running headers and footers."""
    counts = Counter(unnumbered(line) for _, line in lines_of(text) if not is_item(line))
    return {line for line, count in counts.items() if count > 2 and line}


def unnumbered(line: str) -> str:
    """A line without page numbers and indent."""
    return re.sub(r"\d+", "", line).strip()


def _paragraphs(text: str) -> list[list[str]]:
    """The lines of a text, those of one paragraph or item together; a blank line is an empty list."""
    blank_between = double_spaced(text)
    lines = [line.rstrip() for _, line in lines_of(text)]
    pages = furniture(text)
    measure = sorted(len(line) for line in lines if line)
    full = 0.72 * measure[int(len(measure) * 0.9)] if measure else 0
    out: list[list[str]] = []
    skipped = 0
    for line in lines:
        if not line.strip():
            skipped += 1
            out.append([])
            continue
        last = next((piece for piece in reversed(out) if piece), None)
        # In a text with a blank line after every line an indent is all that shows where an item begins.
        near = skipped == 1 and not line[0].isspace() if blank_between else skipped == 0
        if last is not None and near and unnumbered(line) not in pages and _goes_on(last[-1], line, full):
            while not out[-1]:
                out.pop()
            last.append(line)
        else:
            out.append([line])
        skipped = 0
    return out


def _goes_on(line: str, following: str, full: float) -> bool:
    """Whether a line broke because it was full, and the next one goes on with it."""
    if is_item(following) or fixed(line) or fixed(following) or "\f" in following:
        return False
    return len(line) >= full and len(line) + 1 + len(following.split(maxsplit=1)[0]) > full


def fixed(line: str) -> bool:
    """Whether a line's layout is its meaning: a heading, a row of a table, a rule, a title of few capitals."""
    words = line.strip()
    heading = words.startswith("#") or (words.isupper() and len(words.split()) < 12)
    return heading or _TABLE.search(words[len(_marks(line).lstrip()) :]) is not None


def _filled(lines: list[str], width: int) -> list[str]:
    if len(lines) == 1 and (len(lines[0]) <= width or fixed(lines[0])):
        return lines
    marks = _marks(lines[0])
    hanging = lines[1][: len(lines[1]) - len(lines[1].lstrip())] if len(lines) > 1 else " " * len(marks.expandtabs(4))
    words = " ".join(line.strip() for line in [lines[0][len(marks) :], *lines[1:]])
    filled = textwrap.wrap(
        words, width, initial_indent=marks, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
    # A word processor would not let a line begin with a dash or a plus; Markdown would make it a list.
    return [marks + words] if any(re.match(r"\s*[-+*#–—]", line) for line in filled[1:]) else filled


_DECIMAL = re.compile(r"\d{1,4}(?=(?:\.\d{1,4})+)")
_MARGIN = re.compile(r"(?:#+ )?(\d{1,3})\. ")
_STYLES = (
    (re.compile(r"(\d{1,2}|[a-z]|[ivx]{2,4})\."), r"(\1)"),
    (re.compile(r"\((\d{1,2}|[a-z]|[ivx]{2,4})\)"), r"\1)"),
    (re.compile(r"(\d{1,2}|[a-z]|[ivx]{2,4})\)"), r"\1."),
)
_MARKDOWN_STYLES = ((re.compile(r"(\d{1,2})\."), r"\1)"), (re.compile(r"(\d{1,2})\)"), r"\1."))


def renumber(text: str, *, markdown: bool) -> str | None:
    """Other numbers: "1." becomes "(1)", "(1)" becomes "1)", "1)" becomes "1.", letters alike; decimals go up by 100.

    Different styles stay different, so that levels do. In Markdown only styles that make a list there are used. The
    number at the margin over decimals ("3." over "3.1") goes up with them, and so do references to decimals.
    """
    labels = [_marks(line) for _, line in lines_of(text)]
    decimals = {found.group() for marks in labels if (found := _DECIMAL.match(marks.strip("# \t")))}
    known = {m.strip("# \t>*-").rstrip(".") for m in labels if _DECIMAL.match(m.strip("# \t"))}
    styles = _MARKDOWN_STYLES if markdown else _STYLES
    margin = {found.group(1) for marks in labels if (found := _MARGIN.match(marks))}
    out = []
    for (_, line), marks in zip(lines_of(text), labels, strict=True):
        raised = bool(decimals & margin) and _MARGIN.match(marks) is not None
        new = "".join(_relabelled(mark, styles, raised=raised) for mark in re.split(r"([\s#>]+)", marks))
        out.append(
            new
            + re.sub(r"\b\d{1,4}(?:\.\d{1,4})+\b", lambda found: _referred(found.group(), known), line[len(marks) :])
        )
    changed = "\n".join(out)
    return None if changed == text else changed


def _relabelled(label: str, styles: Iterable[tuple[re.Pattern[str], str]], *, raised: bool) -> str:
    if _DECIMAL.match(label) or raised:
        return re.sub(r"^\d+", lambda found: str(int(found.group()) + 100), label)
    for style, new in styles:
        if style.fullmatch(label):
            return style.sub(new, label)
    return label


def _referred(number: str, known: set[str]) -> str:
    first, _, rest = number.partition(".")
    return f"{int(first) + 100}.{rest}" if number in known else number


def change_bullets(text: str, *, markdown: bool) -> str | None:
    """Other bullets: "-" becomes "*" and the others "-"; in plain text "-" becomes "•" and a sub-item's "o" becomes "*"."""
    new = {"-": "*", "*": "-", "+": "-"} if markdown else {"-": "•", "o": "*", "*": "–"}
    out = []
    for _, line in lines_of(text):
        marks = _marks(line)
        bullet = re.match(rf"([ \t>]*)({_BULLET}|o)(?=[ \t])", marks)
        if bullet is None:
            out.append(line)
        else:
            out.append(bullet.group(1) + new.get(bullet.group(2), "-") + line[bullet.end() :])
    changed = "\n".join(out)
    return None if changed == text else changed


_CAPITAL = r"[A-Z][\w'’-]+"
_BODY = r"(?P<body>(?:an?|any|the)?[ \n]*(?:[\w-]+[ \n]+){0,3}?(?:employee|member|colleague|co-?worker|person|officer)s?\b[^.:]*)"
_DEFINED = (
    # "Peer Helper (PH): an employee who ..." on a line of its own
    re.compile(
        rf"^[ \t>]*(?:{_NUMBER}[ \t]+)?(?:{_BULLET}[ \t]+)?[*“\"]*(?P<term>{_CAPITAL}(?: [A-Za-z][\w'’-]+){{0,3}}?)[”\"*]*[ ]*"
        rf"(?:\([A-Z]{{2,5}}s?\))?[”\"*]*(?::[”\"*]*|[ ][-–—]|[ ]means)[ ](?i:{_BODY})",
        re.MULTILINE,
    ),
    # "A Peer Helper is an employee who ...", "“Peer Helper”, of any rank, is ..."
    re.compile(
        rf"(?:^|(?<=[.:] ))(?:[Aa]n? |[Tt]he )?[“\"]?(?P<term>{_CAPITAL}(?: {_CAPITAL}){{0,3}})[”\"]?(?:,[^.:\n]{{3,40}},)?[ ](?:is|means)[ ]{_BODY}",
        re.MULTILINE,
    ),
)
_HELPS = re.compile(r"\b(?:trained|support|course|certified|authorized)\b", re.IGNORECASE)
_NOT_A_PERSON = re.compile(
    r"team$|unit|program|committee|coordinator|manager|supervisor|contact|\b(?:trained|it|he|she|they|this|member)$",
    re.IGNORECASE,
)


def supporter_term(text: str) -> tuple[str, str] | None:
    """The name for peer supporters that a policy defines in its own words, and its acronym or "".

    Of several it is the one used most; None when the policy defines none.
    """
    found = [
        m
        for form in _DEFINED
        for m in form.finditer(text)
        if _HELPS.search(m["body"]) and not _NOT_A_PERSON.search(m["term"])
    ]
    terms = {m["term"].removesuffix("s") for m in found if not m["term"].isupper()}
    if not terms:
        return None
    term = max(sorted(terms), key=lambda each: len(re.findall(_any_case(each), text)))
    acronym = re.search(rf"{_any_case(term)}s?[”\"*]*[ \n]\(([A-Z]{{2,5}})s?\)", text)
    return term, acronym.group(1) if acronym else ""


def rename_term(text: str, new: str = "Lantern Associate", new_acronym: str = "LA") -> str | None:
    """Another name for the peer supporters, wherever theirs stands; None when the policy does not define one.

    The new name says nothing of peers or of support: only the policy's own definition tells what it is.
    """
    found = supporter_term(text)
    if found is None:
        return None
    term, acronym = found
    out = re.sub(_any_case(term), lambda m: _cased(new, m.group()), text)
    if term.endswith("y"):
        out = re.sub(_any_case(term[:-1] + "ie"), lambda m: _cased(new, m.group()), out)
    return re.sub(rf"\b{acronym}(?=s?\b)", new_acronym, out) if acronym else out


def _any_case(term: str) -> str:
    words = r"[ \n]+".join(rf"(?i:{re.escape(word)})" for word in term.split())
    return rf"\b{words}(?=[sS]?\b)"


def _cased(new: str, old: str) -> str:
    """A name in the letter case of the one it replaces."""
    if old.isupper():
        return new.upper()
    if old[0].islower():
        return new.lower()
    return new if old.rsplit(maxsplit=1)[-1][0].isupper() else new.capitalize()


UNRELATED = "Portable radios are charged at the end of each shift."


def insert_paragraphs(text: str, every: int = 5) -> str | None:
    """An unrelated paragraph before every fifth (or so) heading, labelled paragraph or plain paragraph after a full stop."""
    if double_spaced(text):
        return None
    pieces = text.split("\n\n")
    pages = furniture(text)
    out: list[str] = []
    for number, piece in enumerate(pieces):
        before = out[-1].rstrip() if out else ""
        listed = is_item(piece) and not piece.startswith("#") and not _DECIMAL.match(_marks(piece).strip())
        # What stands on every page may part a list or a sentence.
        edges = (unnumbered(piece.split("\n")[0]), unnumbered(before.split("\n")[-1]))
        if number % every == every - 1 and before.endswith(".") and not listed and pages.isdisjoint(edges):
            out.append(UNRELATED)
        out.append(piece)
    return None if len(out) == len(pieces) else "\n\n".join(out)


def insert_items(text: str, every: int = 4) -> str | None:
    """An unrelated item after every fourth (or so) bulleted item of a list whose items are sentences or clauses."""
    out: list[str] = []
    lines = [line for _, line in lines_of(text)]
    seen = 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        out.append(line)
        marks = _marks(line)
        if re.fullmatch(rf"[ \t>]*{_BULLET}[ \t]+", marks) is None or fixed(line):
            continue
        # Only between siblings: there the new one is surely an item of the same list.
        if _marks(following) == marks:
            seen += 1
            if seen % every == 1:
                out.append(marks + UNRELATED)
    return None if seen == 0 else "\n".join(out)


Change = Callable[[str, bool], str | None]

HARMLESS: Sequence[tuple[str, Change]] = (
    ("rewrap 58", lambda text, _: rewrap(text, 58)),
    ("rewrap 110", lambda text, _: rewrap(text, 110)),
    ("one line a paragraph", lambda text, _: rewrap(text, 100_000)),
    ("renumber", lambda text, markdown: renumber(text, markdown=markdown)),
    ("other bullets", lambda text, markdown: change_bullets(text, markdown=markdown)),
    ("rename term", lambda text, _: rename_term(text)),
    ("unrelated paragraphs", lambda text, _: insert_paragraphs(text)),
    ("unrelated items", lambda text, _: insert_items(text)),
)
"""Kind -> (text, whether it is Markdown) -> a text that says the same, or None."""

"""Lines as the outline sees them, and the small questions about wording that its modules share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from policylint.document import Block, Span
from policylint.outline.labels import Label, parse, stated

_END = re.compile(r"[.!?:;][\"'”’)\]]*$")
_STOP = re.compile(r"[.!?][\"'”’)\]]*$")
_POINTS_ON = re.compile(
    r"\b(?:(?:the|these|as) follow(?:ing|s)\b[^.]{0,40}|(?:listed|set out|outlined) below)\.$", re.IGNORECASE
)
_LISTED = (
    "exceptions|exclusions|limits|limitations|duties|responsibilities|tasks|functions|roles|purposes|goals|objectives|aims|"
    "requirements|criteria|qualifications|qualities|standards|conditions|circumstances|situations|cases|instances|grounds|"
    "reasons|topics|subjects|areas|elements|components|items|steps|stages|phases|rules|rights|principles|ways|things|points|"
    "matters|types|kinds|forms|categories|parts|skills|options"
)
_ANNOUNCES = re.compile(
    r"(?:\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2}|several|certain|a few|these|specific)"
    rf"\s+(?:[\w-]+\s+){{0,2}}(?:{_LISTED})\b"
    rf"|\b(?:there are|has|have)\s+(?:(?!no\b|other\b|all\b|any\b)[\w-]+\s+)?(?:{_LISTED})\b"
    r"|\b(?:with|subject to)\s+(?:[\w-]+\s+)?(?:exceptions|exclusions|limits|limitations|conditions)\b)"
    r"[^.!?]{0,60}\.[*_ ]*$",
    re.IGNORECASE,
)
_RULE = re.compile(r"[\s\-–—_=*~.+|#•]{3,}")
SMALL = frozenset(
    "a an and as at but by for from if in into nor of off on onto or out over per so than that the to up upon via vs with "
    "within without under who which when where how".split()
)
KNOWN = frozenset(
    "purpose policy policies scope definitions definition procedure procedures reference references background "
    "responsibilities guidelines overview summary introduction confidentiality training selection applicability authority "
    "general discussion philosophy administration index objectives objective goals mission rationale process".split()
)
"""What sections of policies are called."""
_VERBS = frozenset(
    "is are was were be been being am shall will should must may can could would might cannot has have had".split()
)


class Line(NamedTuple):
    """A line of plain text, or a whole block of a format that has blocks.

    Attributes:
        spans: its text in the canonical text, the label left out.
        text: the same as a string.
        kind: the block's kind; "line" for plain text.
        label: the label or bullet it begins with.
        seam: whether page furniture was left out right before it.
        bold: whether all of it stands in bold type.
        lead: characters of `text` in bold type at its beginning.
        whole: its spans with the label, should that turn out to be no label.
        size: font size in points, or 0 when the format does not say.
        room: characters that would have fitted after it, or None when the format does not say.
    """

    spans: tuple[Span, ...]
    text: str
    kind: str
    indent: int = 0
    gap: int = 0
    page: int | None = None
    level: int = 0
    label: Label | None = None
    seam: bool = False
    lead: int = 0
    whole: tuple[Span, ...] = ()
    size: float = 0.0
    room: int | None = None

    @property
    def bold(self) -> bool:
        """Whether all of it stands in bold type."""
        return bool(self.text) and self.lead >= len(self.text.rstrip(" .:"))

    @property
    def right(self) -> int:
        """The column where it ends."""
        return self.indent + (self.label.length if self.label else 0) + len(self.text)


def prepare(text: str, blocks: Sequence[Block], seams: frozenset[int]) -> list[Line]:
    """Blocks as lines; a block that follows left-out furniture is marked."""
    out: list[Line] = []
    for at, block in enumerate(blocks):
        fresh = [line for part in _parts(text, _hanging(text, block)) if (line := _line(text, part)) is not None]
        if fresh and at in seams:
            fresh[0] = fresh[0]._replace(seam=True)
        out.extend(fresh)
    return out


def _hanging(text: str, block: Block) -> Block:
    """A row of two cells whose first is nothing but a list label is an item, its number set in a column of its own."""
    if block.kind != "row" or block.label:
        return block
    cut = [at for at in range(1, len(block.spans)) if "\t" in text[block.spans[at - 1][1] : block.spans[at][0]]]
    if len(cut) != 1:
        return block
    head = joined(text, block.spans[: cut[0]]).strip()
    label = parse(f"{head} X")
    if label is None or label.length <= len(head):
        return block
    return replace(block, kind="paragraph", label=head, spans=block.spans[cut[0] :])


def _parts(text: str, block: Block) -> Iterator[Block]:
    """A block cut where emphasis glues the next one to it, and where a list was run into a paragraph."""
    if block.kind in ("row", "rule") or len(block.spans) == 1:
        yield block
        return
    start, strong = 0, frozenset(block.strong)
    last = parse(text[block.spans[0][0] : block.spans[0][0] + 80])
    for at in range(1, len(block.spans)):
        before, here = block.spans[at - 1], block.spans[at]
        between = text[before[1] : here[0]]
        new_line = "\n" in between
        glued = here in strong and not between[:1].isspace() and not text[before[1] - 1].isspace()
        label = parse(text[here[0] : here[0] + 80]) if new_line or glued else None
        if label is not None and (glued or _starts_item(text, before, label, last)):
            yield replace(block, spans=block.spans[start:at], label=block.label if start == 0 else "")
            start, last = at, label
    first = start == 0
    yield replace(block, spans=block.spans[start:], label=block.label if first else "", gap=block.gap if first else 0)


def _starts_item(text: str, before: Span, label: Label, last: Label | None) -> bool:
    if last is not None and label.follows(last) and (label.sure or label.style == last.style):
        return True
    tail = text[max(before[0], before[1] - 60) : before[1]].rstrip()
    return label.sure and (finished(tail) or label.first)


def _line(text: str, block: Block) -> Line | None:
    body = joined(text, block.spans)
    cut = len(body) - len(body.lstrip())
    label = None if block.kind == "row" else parse(body[cut:], indent=block.indent)
    if block.kind == "heading" and label is not None and label.bullet:
        label = None
    if block.label:
        alone = label is not None and label.length >= len(body[cut:].rstrip())
        label = _of_block(block.label, None if alone else label)
    cut += label.length if label is not None else 0
    if block.kind == "line" and _RULE.fullmatch(body) and (label is None or len(body.strip()) > 1):
        return Line(block.spans, body, "rule", block.indent, block.gap, block.page)
    rest = split_spans(text, block.spans, len("".join(body[:cut].split())))[1]
    spans = tuple((a, b) for a, b in rest if not text[a:b].isspace())
    strong = frozenset(end for _, end in block.strong)
    bold = next((i for i, (_, end) in enumerate(spans) if end not in strong), len(spans))
    return Line(
        spans=spans,
        text=body[cut:].rstrip(),
        kind=block.kind,
        indent=block.indent,
        gap=block.gap,
        page=block.page,
        level=block.level,
        label=label,
        lead=len(joined(text, spans[:bold]).lstrip()),
        whole=block.spans,
        size=block.size,
        room=block.room,
    )


def _of_block(text: str, inner: Label | None) -> Label | None:
    """A label that the format tells, with the one that the text itself begins with."""
    outer = stated(text)
    if outer is None or (outer.bullet and inner is not None):
        return inner
    if inner is None or inner.bullet:
        return outer._replace(length=inner.length if inner is not None else 0)
    both = f"{outer.text}({inner.text})"
    return inner._replace(text=both, other=inner.other._replace(text=both) if inner.other else None)


def joined(text: str, spans: Sequence[Span]) -> str:
    """The text of spans, with a space where white space lies between two of them."""
    out = []
    for i, (a, b) in enumerate(spans):
        if i and any(c.isspace() for c in text[spans[i - 1][1] : a]):
            out.append(" ")
        out.append(text[a:b])
    return "".join(out)


def split_spans(text: str, spans: Sequence[Span], count: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Spans cut in two after `count` characters that are not white space."""
    for i, (a, b) in enumerate(spans):
        for at in range(a, b):
            if count == 0:
                return (*spans[:i], (a, at)), ((at, b), *spans[i + 1 :])
            count -= not text[at].isspace()
    return tuple(spans), ()


@lru_cache(maxsize=1024)
def finished(text: str) -> bool:
    """Whether a line ends like a sentence, a lead-in or an item, so that the next need not go on with it."""
    tail = text[-20:].rstrip()
    return _END.search(tail) is not None or tail.lower().endswith(("; and", "; or", ", and", ", or"))


def stopped(text: str) -> bool:
    """Whether a text ends with a full stop, question mark or exclamation mark."""
    return _STOP.search(text[-8:].rstrip()) is not None


@lru_cache(maxsize=1024)
def leads_in(text: str) -> bool:
    """Whether a paragraph or item announces the list after it."""
    return text.rstrip("*_ ").endswith((":", ":-", ": -")) or _POINTS_ON.search(text[-120:]) is not None


@lru_cache(maxsize=1024)
def announces(text: str) -> bool:
    """Whether a paragraph or item that ends as a sentence says that a list comes ("Confidentiality has four limits.").

    Where a list does come, right behind it, it is as much its lead-in as one that ends with a colon.
    """
    return _ANNOUNCES.search(text[-160:]) is not None or _POINTS_ON.search(text[-120:]) is not None


def starts_small(text: str) -> bool:
    """Whether a line begins with a small letter."""
    return text.lstrip("\"'“‘([")[:1].islower()


def first_word(text: str) -> int:
    """Length of the first word."""
    return len(text[:80].split(maxsplit=1)[0]) if text[:80].strip() else 0


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[str, ...]:
    """The words of a line without the punctuation around them."""
    return tuple(w for t in text.split() if (w := t.strip(".,:;!?()[]{}\"'“”‘’*-–—/&")))


def is_caps(text: str) -> bool:
    """Whether a line is set in capital letters; one short acronym does not count."""
    if len(text) > 40 and not text[:20].isupper() and sum(map(str.islower, text[:40])) > 20:
        return False  # most lines are sentences: no need to look at every letter
    letters, small = sum(map(str.isalpha, text)), sum(map(str.islower, text))
    return letters > 4 and small <= letters // 12 and (letters > 12 or small == 0)


@lru_cache(maxsize=1024)
def is_title(text: str) -> bool:
    """Whether every weighty word of a line begins with a capital."""
    weighty = [w for t in words(text) for w in t.split("/") if w.lower() not in SMALL and w[:1].isalpha()]
    return (
        bool(weighty)
        and text.lstrip("\"'“‘([")[:1].isalnum()
        and not starts_small(text)
        and all(w[0].isupper() for w in weighty)
    )


def has_verb(text: str) -> bool:
    """Whether a line holds a modal or a form of be, have or do: then it is a sentence rather than a title."""
    return any(w.lower() in _VERBS or w.lower().endswith("n't") for w in words(text))

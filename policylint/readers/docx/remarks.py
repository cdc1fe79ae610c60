"""What a person should know of a Word file beside its text: unresolved changes, comments, what was not read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from policylint.readers.docx.names import Element, w

NO_PAGES = "A Word file has no fixed pages: passages are located by section and paragraph."

_CHANGES = {
    w("ins"): "insertion",
    w("del"): "deletion",
    w("cellIns"): "insertion",
    w("cellDel"): "deletion",
    w("moveFrom"): "move",
}
_AUTHOR = w("author")
_MOST_NAMES = 5
_SHOWN = 60
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


def changes(roots: Iterable[Element]) -> Iterator[str]:
    """A sentence on tracked changes that nobody has accepted or rejected, if there are any."""
    counts: Counter[str] = Counter()
    authors: dict[str, None] = {}
    for root in roots:
        for each in root.iter(*_CHANGES):
            counts[_CHANGES[each.tag]] += 1
            authors.setdefault(each.get(_AUTHOR, ""))
    if counts:
        told = ", ".join(_number(count, what) for what, count in sorted(counts.items()))
        yield (
            f"The file holds unresolved tracked changes ({told}{_by(authors)}). It was read as if all were accepted: "
            "deleted text does not count."
        )


def comments(root: Element | None) -> Iterator[str]:
    """A sentence on comments, if there are any."""
    found = list(root.iterchildren(w("comment"))) if root is not None else []
    if found:
        authors = dict.fromkeys(each.get(_AUTHOR, "") for each in found)
        yield f"The file holds {_number(len(found), 'comment')}{_by(authors)}; comments are no part of the policy."


def struck(texts: list[str]) -> Iterator[str]:
    """A sentence on text that is struck through by hand, if there is any."""
    if texts:
        yield (
            f"Some text is struck through ({_number(len(texts), 'passage')}, the first “{_short(texts[0])}”). It is no "
            "tracked deletion, and was read as part of the policy."
        )


def page_furniture(where: str, lines: Iterable[str]) -> Iterator[str]:
    """A sentence on each line of a header or footer."""
    for line in dict.fromkeys(lines):
        yield f"Left out as {where}: “{line[:200]}”."


def not_read(roots: Iterable[Element], *, chunks: int, unseen: bool) -> Iterator[str]:
    """Sentences on what the file holds and nobody has read."""
    if chunks:
        yield f"The file embeds {_number(chunks, 'document')} of another kind, which Word shows and which was not read."
    if unseen:
        yield "Some numbers in the text are made by Word on the page (LISTNUM or AUTONUM fields) and were not read."
    diagrams = sum(1 for root in roots for _ in root.iter(_DIAGRAM))
    if diagrams:
        yield f"The file holds {_number(diagrams, 'diagram')} (SmartArt), whose text was not read."


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _by(authors: Iterable[str]) -> str:
    names = [_short(" ".join(name.split())) for name in authors if name.strip()]
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return f" by {', '.join(names[:_MOST_NAMES])}{more}" if names else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN].rstrip() + " …"

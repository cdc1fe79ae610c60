"""The few properties of CSS that change what a person reads: hidden, bold, struck out, numbered.

Style sheets in the page and style attributes count; sheets elsewhere are not fetched. tinycss2 reads the sheets, cssselect
turns their selectors into XPath.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from policylint.readers.html.tree import Element

WANTED = frozenset(
    "display visibility font-weight font list-style list-style-type text-decoration text-decoration-line content counter-reset "
    "counter-increment margin-left text-indent mso-list mso-hide mso-element position top".split()
)
_MOST_CSS = 500_000
"""Characters of style sheets above which none is read."""
_MOST_WORK = 5_000_000
"""Elements times rules above which the rest of the rules is left aside."""
_NAMES = re.compile(r"([.#])((?:[\w-]|[^\x00-\x7f])+)")
_SCREEN = re.compile(r"(?:only\s+)?(?:all|screen)", re.IGNORECASE)
_SIZE = re.compile(r"(-?\d{0,6}\.?\d{1,6}|-?\d{1,6})\s*(pt|px|in|cm|mm|em|rem|pc)?")
_POINTS = {"pt": 1.0, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835, "em": 12.0, "rem": 12.0, "pc": 12.0}

Properties = Mapping[str, str]
_NONE: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class _Rule:
    """Declarations with the selector they belong to, as XPath; `weight` orders rules as the cascade does."""

    weight: tuple[int, ...]
    xpath: str
    before: bool
    properties: dict[str, str]


class Styles:
    """What the sheets of a page and its style attributes say of each element."""

    def __init__(self, root: Element) -> None:
        self._sheet: dict[Element, dict[str, str]] = {}
        self._before: dict[Element, dict[str, str]] = {}
        css = "\n".join("".join(s.itertext()) for s in root.iter("style") if _for_screen(s.get("media")))
        self.notes: tuple[str, ...] = ()
        if len(css) > _MOST_CSS:
            self.notes = (f"The page's style sheets are longer than {_MOST_CSS:,} characters and were not read.",)
        elif css.strip():
            with contextlib.suppress(RecursionError):  # nested far deeper than anybody writes
                self._apply(root, css)

    def of(self, element: Element) -> Properties:
        """The properties of an element, style attribute included; not what it inherits."""
        sheet = self._sheet.get(element, _NONE)
        style = element.get("style")
        return {**sheet, **inline(style)} if style else sheet

    def before(self, element: Element) -> Properties:
        """The properties of what a sheet puts before an element's text."""
        return self._before.get(element, _NONE)

    def _apply(self, root: Element, css: str) -> None:
        names = {"." + n for e in root.iter() for n in (e.get("class") or "").split()}
        names |= {"#" + e.get("id") for e in root.iter() if e.get("id")}
        size = sum(1 for _ in root.iter())
        rules = sorted(_rules(css, names), key=lambda rule: rule.weight)
        for rule in rules[: _MOST_WORK // max(size, 1)]:
            target = self._before if rule.before else self._sheet
            for element in _matched(root, rule.xpath):
                target.setdefault(element, {}).update(rule.properties)


def _matched(root: Element, xpath: str) -> Iterable[Element]:
    from lxml import etree

    try:
        found: Iterable[Element] = root.xpath(xpath)
    except etree.XPathError:
        return ()
    return found


def _for_screen(media: str | None) -> bool:
    return media is None or not media.strip() or any(_SCREEN.fullmatch(m.strip()) for m in media.split(","))


def _rules(css: str, names: set[str]) -> Iterator[_Rule]:
    import tinycss2

    todo = list(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))
    at = 0
    while at < len(todo):
        rule: Any = todo[at]
        at += 1
        if (
            rule.type == "at-rule"
            and rule.lower_at_keyword in ("media", "supports", "layer")
            and rule.content is not None
        ):
            said = tinycss2.serialize(rule.prelude)
            if rule.lower_at_keyword != "media" or _for_screen(said):
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                todo.extend(inner)
        elif rule.type == "qualified-rule":
            properties, important = _declared(rule.content)
            if properties or important:
                yield from _selected(tinycss2.serialize(rule.prelude), properties, important, names, at)


def _selected(
    prelude: str, properties: dict[str, str], important: dict[str, str], names: set[str], at: int
) -> Iterator[_Rule]:
    import cssselect

    translator = cssselect.HTMLTranslator()
    for text in prelude.split(",") if "(" not in prelude else [prelude]:
        # Most sheets style far more than the page holds: what names a class that no element has is not tried.
        if not all(mark + name in names for mark, name in _NAMES.findall(text.replace("\\", ""))):
            continue
        try:
            for selector in cssselect.parse(text):
                pseudo = selector.pseudo_element
                if pseudo not in (None, "before"):
                    continue
                xpath = translator.selector_to_xpath(selector)
                weight = (*selector.specificity(), at)
                if properties:
                    yield _Rule((0, *weight), xpath, pseudo == "before", properties)
                if important:
                    yield _Rule((1, *weight), xpath, pseudo == "before", important)
        except (cssselect.SelectorError, RecursionError, ValueError):
            continue


@lru_cache(maxsize=4096)
def inline(style: str) -> dict[str, str]:
    """The properties of a style attribute."""
    try:
        properties, important = _declared(style)
    except RecursionError:
        return {}
    return {**properties, **important}


def _declared(content: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Declarations that matter here: plain ones, and those marked as important."""
    import tinycss2

    plain: dict[str, str] = {}
    important: dict[str, str] = {}
    for found in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if found.type == "declaration" and found.lower_name in WANTED:
            value = tinycss2.serialize(found.value).strip()
            (important if found.important else plain)[found.lower_name] = value
    return plain, important


def hidden(properties: Properties) -> bool:
    """Whether an element is not shown."""
    return (
        properties.get("display", "").lower() == "none"
        or properties.get("visibility", "").lower() in ("hidden", "collapse")
        or properties.get("mso-hide", "").lower() == "all"
    )


def bold(properties: Properties) -> bool | None:
    """Whether an element is set in bold type, or None when its style does not say."""
    weight = properties.get("font-weight", "").lower()
    if not weight:
        font = properties.get("font", "").lower().split()
        return True if "bold" in font else None
    if weight.isdigit():
        return int(weight) >= 600
    return {"bold": True, "bolder": True, "normal": False, "lighter": False}.get(weight)


def struck(properties: Properties) -> bool:
    """Whether an element is struck out."""
    return any(
        "line-through" in properties.get(name, "").lower() for name in ("text-decoration", "text-decoration-line")
    )


def points(value: str) -> float:
    """A length in points; 0 for one in percent and the like."""
    match = _SIZE.fullmatch(value.strip().lower())
    return float(match[1]) * _POINTS[match[2]] if match and match[2] else 0.0

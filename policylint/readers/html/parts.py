"""Which parts of a page are the site's and not the policy's: menus, banners, footers, forms, and what is not shown.

Marks of the page decide (elements, roles, classes), then how much of a part's text is links. Whatever holds a good share of the
page's text is kept, marks or not: a needless line costs a reader little, a lost section costs a wrong verdict.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from policylint.readers.html.style import Properties, Styles, hidden
from policylint.readers.html.tree import Element

NAVIGATION = "site navigation"
OUTSIDE = "outside the main part of the page"
NOT_SHOWN = "not shown on the page"
_HEADER, _FOOTER, _COOKIES, _SHARE = "site header", "site footer", "cookie banner", "links to share the page"
_ASIDE, _FORM, _DIALOG = "side column", "form", "dialog"

NO_TEXT = frozenset(
    "script style noscript template svg object applet canvas math head iframe audio video map datalist".split()
)
"""Elements whose text is no text of the page."""

_BY_TAG = {"nav": NAVIGATION, "aside": _ASIDE, "form": _FORM, "dialog": _DIALOG, "header": _HEADER, "footer": _FOOTER}
_BY_ROLE = {
    "navigation": NAVIGATION,
    "menu": NAVIGATION,
    "menubar": NAVIGATION,
    "toolbar": NAVIGATION,
    "search": _FORM,
    "banner": _HEADER,
    "contentinfo": _FOOTER,
    "complementary": _ASIDE,
    "dialog": _DIALOG,
    "alertdialog": _DIALOG,
}
_BY_NAME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])", re.IGNORECASE), why)
    for words, why in (
        (r"cookies?|cookieconsent|gdpr|onetrust|ccpa|consent-banner|cookie-?(?:banner|notice|bar|policy)", _COOKIES),
        (r"breadcrumbs?|crumbs?|navbar|nav|navigation|main-?menu|side-?menu|menu|sidenav|topnav|skip-?links?|pager|pagination", NAVIGATION),
        (r"toolbar|tool-?bar|on-this-page|site-?map|quick-?links|mega-?menu|tree-?view|doc-?list", NAVIGATION),
        (r"share|sharing|sharethis|addthis|addtoany|social(?:-?(?:media|links|icons|share))?", _SHARE),
        (r"site-?footer|page-?footer|footer|colophon|global-?footer", _FOOTER),
        (r"site-?header|global-?header|masthead|top-?bar|site-?banner|alert-?bar|emergency-?alert", _HEADER),
        (r"side-?bar|related(?:-?(?:links|content|posts|documents))?|widget|promo|newsletter|subscribe|advert(?:isement)?", _ASIDE),
        (r"modal|popup|lightbox", _DIALOG),
    )
)  # fmt: skip
_MAIN_NAME = re.compile(
    r"(?:^|\s)(?:main|content|main-?content|page-?content|primary-?content|content-?main|content-?area|article-?body"
    r"|entry-?content|post-?content|policy-?(?:content|body|text)|document-?(?:content|body|text|viewer)|doc-?viewer|viewer)(?:$|\s)",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"(?:skip to (?:main )?(?:content|navigation)|back to top|return to top|print(?: this)?(?: page| policy| document)?|share(?: this)?(?: page)?"
    r"|email(?: this)?(?: page)?|download(?: (?:pdf|as pdf|this document))?|close|menu|search|font size:?[ +-]*|listen|translate(?: page)?|edit|feedback"
    r"|toggle navigation|sign in|log ?in|log out|previous|next|expand all|collapse all|was this (?:page|article) helpful\??"
    r"|powered by [\w .]{2,40}|(?:copyright )?©.{0,120}|.{0,80}all rights reserved\.?)",
    re.IGNORECASE,
)
_COOKIE_TEXT = re.compile(r"\b(?:we|(?:this|our) (?:web)?site) uses? (?:[a-z-]+ ){0,3}cookies\b", re.IGNORECASE)
_OPENER = re.compile(r"accordion|collaps|tab-?(?:pane|panel|content)|expand|toggle|panel|faq", re.IGNORECASE)
_WORD = re.compile(r"\w[^\s|·•>»]*")
_MOST = 400_000
"""Elements above which parts are told by elements and roles alone."""


@dataclass
class Parts:
    """What was found out about a page.

    Attributes:
        why: element -> why it and all in it is no part of the policy; "" for a part that belongs to it after all.
        main: the element that holds the policy, or None for all of the page.
        opened: elements that are hidden until the reader opens them.
    """

    why: dict[Element, str] = field(default_factory=dict)
    main: Element | None = None
    opened: set[Element] = field(default_factory=set)


def find(body: Element, styles: Styles) -> Parts:
    """Tell the site's parts from the policy's."""
    return _Finder(body, styles).parts


def control(text: str) -> str:
    """Why a short paragraph is no part of the policy ("page control"), or ""."""
    if len(text) > 2000:
        return ""
    folded = " ".join(text.split()).strip(" |·•>»<«")
    if len(folded) <= 160 and _CONTROL.fullmatch(folded):
        return "page control"
    return _COOKIES if len(folded) < 800 and _COOKIE_TEXT.search(folded) else ""


class _Finder:
    """Counts words and words in links of every element once, then asks the marks."""

    def __init__(self, body: Element, styles: Styles) -> None:
        self.body, self.styles, self.parts = body, styles, Parts()
        self.targets = _targets(body)
        elements = [e for e in body.iter() if isinstance(e.tag, str)]
        self.small = len(elements) <= _MOST
        self.words: dict[Element, int] = {}
        self.links: dict[Element, int] = {}
        if self.small:
            self._count(elements)
        self.total = max(self.words.get(body, 0), 1)
        self._mark(elements)
        self._set_main(elements)

    def _count(self, elements: list[Element]) -> None:
        for element in reversed(elements):  # children come before their parents
            tag = element.tag
            own = 0 if tag in NO_TEXT else _count(element.text)
            words, links = self.words.get(element, 0) + own, self.links.get(element, 0)
            if tag in NO_TEXT:
                words = links = 0
            elif tag == "a":
                links = words
            self.words[element], self.links[element] = words, links
            parent = element.getparent()
            if parent is not None and element is not self.body:
                self.words[parent] = self.words.get(parent, 0) + words + _count(element.tail)
                self.links[parent] = self.links.get(parent, 0) + links

    # -- marks ----------------------------------------------------------------------------------------------------

    def _mark(self, elements: list[Element]) -> None:
        for element in elements:
            if element is self.body or element.tag in NO_TEXT:
                continue
            properties = self.styles.of(element)
            if element.get("hidden") is not None or hidden(properties) or self._aria_hidden(element):
                self._hide(element)
                continue
            why = self._named(element)
            if why and self._may_go(element, why):
                self.parts.why[element] = why

    def _aria_hidden(self, element: Element) -> bool:
        return element.get("aria-hidden") == "true" and element.tag not in _INLINE and self._share(element) < 0.2

    def _hide(self, element: Element) -> None:
        """Leave out what is not shown, unless a reader can open it: policies stand in folded sections."""
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        can_open = element.get("id") in self.targets or element.get("role") in ("tabpanel", "region")
        if (can_open or _OPENER.search(names)) and self._may_open(element):
            self.parts.opened.add(element)
        else:
            self.parts.why[element] = NOT_SHOWN

    def _may_open(self, element: Element) -> bool:
        words, links = self.words.get(element, 0), self.links.get(element, 0)
        return words >= 8 and links * 2 < words and self._named(element) == "" and element.tag not in _BY_TAG

    def _is_title(self, element: Element) -> bool:
        """Whether a <header> holds nothing but the title of what follows it."""
        return element.tag == "header" and not self.links.get(element) and any(True for _ in element.iter("h1"))

    def _named(self, element: Element) -> str:
        """Why an element is no part of the policy, as it says itself."""
        if not element.attrib:
            return _BY_TAG.get(element.tag, "")
        role = (element.get("role") or "").lower()
        if role in _BY_ROLE:
            return _BY_ROLE[role]
        if element.tag in _BY_TAG and role not in ("main", "article", "document", "none"):
            return _BY_TAG[element.tag]
        if element.tag in _INLINE or element.tag in _HEADINGS:
            return ""
        names = f"{_dashed(element.get('class'))} {_dashed(element.get('id'))}"
        return next((why for sign, why in _BY_NAME if sign.search(names)), "") if names.strip() else ""

    def _may_go(self, element: Element, why: str) -> bool:
        words, links = self.words.get(element, 0), self.links.get(element, 0)
        share = self._share(element)
        if not self.small:
            return element.tag in _BY_TAG and element.tag != "form"
        if element.tag in ("header", "footer") and self._inside(element, ("article", "main", "section")):
            return links * 2 > words
        if self._is_title(element):
            return False
        if why == _FORM:
            return share < 0.3 and (words < 60 or any(True for _ in element.iter("input", "select", "textarea")))
        if why == NAVIGATION and (element.tag == "nav" or element.get("role")):
            return share < 0.6
        if element.tag in _BY_TAG or element.get("role"):
            return share < 0.4
        # A class may mean anything: only what is short, or mostly links, goes by it.
        return share < 0.25 and (words < 60 or links * 3 > words or why in (_FOOTER, _COOKIES))

    def _inside(self, element: Element, tags: tuple[str, ...]) -> bool:
        return any(a.tag in tags or a.get("role") == "main" for a in element.iterancestors())

    def _share(self, element: Element) -> float:
        return self.words.get(element, 0) / self.total

    # -- the main part --------------------------------------------------------------------------------------------

    def _set_main(self, elements: list[Element]) -> None:
        if not self.small:
            return
        out, left = self._remaining(elements)
        total = left.get(self.body, 0)
        marked = (e for e in elements if e.tag == "main" or e.get("role") == "main")
        # The outermost: what stands beside the policy inside the main part has marks of its own.
        main = next((e for e in marked if e not in out and left[e] >= max(30, 0.3 * total)), None)
        if main is None:
            named = (e for e in elements if e is not self.body and self._main_by_name(e))
            main = next((e for e in named if e not in out and left[e] >= max(30, 0.8 * total)), None)
        if main is None:
            self._densest()
            return
        self.parts.main = main
        self._keep_title(main, elements, out)

    def _main_by_name(self, element: Element) -> bool:
        names = f"{_dashed(element.get('class'))} {_dashed(element.get('id'))}"
        return element.tag == "article" or (names != " " and _MAIN_NAME.search(names) is not None)

    def _remaining(self, elements: list[Element]) -> tuple[set[Element], dict[Element, int]]:
        """Elements in parts that are left out, and for every element its words without those."""
        out: set[Element] = set()
        left = dict(self.words)
        for element in elements:
            if element in self.parts.why or element.getparent() in out:
                out.add(element)
        for element in elements:
            if element in out and element.getparent() not in out:
                for above in element.iterancestors():
                    if above in left:
                        left[above] -= self.words[element]
        return out, left

    def _keep_title(self, main: Element, elements: list[Element], out: set[Element]) -> None:
        """A page's heading that stands before its main part is the policy's title, unless a banner holds it."""
        if any(True for _ in main.iter("h1")):
            return
        before = []
        for element in elements:
            if element is main:
                break
            if element.tag == "h1" and element not in out:
                before.append(element)
        if before:
            self.parts.why[before[-1]] = ""

    def _densest(self) -> None:
        """Where the site marks nothing: go down to the element that holds nearly all text, and weigh what stands beside it."""
        here = self.body
        while True:
            prose = self._prose(here)
            inner = next((c for c in here if isinstance(c.tag, str) and self._prose(c) >= 0.9 * prose), None)
            for child in here:
                if child is not inner and isinstance(child.tag, str) and self._is_links(child):
                    self.parts.why.setdefault(child, NAVIGATION)
            if inner is None or not prose or inner.tag in ("p", "li"):
                return
            here = inner

    def _prose(self, element: Element) -> int:
        return self.words.get(element, 0) - self.links.get(element, 0)

    def _is_links(self, element: Element) -> bool:
        """Whether a part is a list of links: several, short, and next to nothing else."""
        words, links = self.words.get(element, 0), self.links.get(element, 0)
        if element.tag in _INLINE or element.tag in _HEADINGS or words - links > max(3, links // 4):
            return False
        count = sum(1 for _ in element.iter("a"))
        return count >= 4 and links <= 8 * count


_INLINE = frozenset(
    "a abbr b big cite code del dfn em font i ins kbd label mark q s small span strike strong sub sup u var".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


def _count(text: str | None) -> int:
    """Words of a text; bars and dots between links are none."""
    return len(_WORD.findall(text)) if text else 0


def _dashed(name: str | None) -> str:
    """A class or id with its words parted by dashes: "siteFooter" as "site-footer"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name) if name else ""


def _targets(body: Element) -> set[str]:
    """Ids of what controls of the page open."""
    found: set[str] = set()
    for element in body.iter("a", "button", "div", "span", "h2", "h3", "h4", "li"):
        for name in ("aria-controls", "data-target", "data-bs-target"):
            found.update(word.lstrip("#") for word in (element.get(name) or "").split())
        toggles = element.get("data-toggle") or element.get("data-bs-toggle")
        if toggles and (element.get("href") or "").startswith("#"):
            found.add((element.get("href") or "")[1:])
    return found


def visible_style(properties: Properties) -> str:
    """How an element is laid out by its style: "block", "inline", or "" when it does not say."""
    display = properties.get("display", "").lower()
    if display in ("inline", "inline-block", "inline-flex", "contents"):
        return "inline"
    return "block" if display in ("block", "flex", "grid", "list-item", "table", "flow-root") else ""

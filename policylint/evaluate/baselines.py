"""Two judges that know no rules: what policylint has to be better than to be worth its rules."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from policylint.files import Input
from policylint.packs.models import Library, Requirement

ALWAYS_MET = "always_met"
"""Calls every requirement met: what a reviewer gets who trusts every policy."""

KEYWORDS_ONLY = "keywords_only"
"""Calls a requirement met where one statement holds most of its words, else missing: a search, without grammar."""

_FUNCTION_WORDS = """
a an the this that these those such any all each every some no not only other another both either neither as than then
and or nor but if when where while because so also of in on at by for from to with without within into about against
between through during before after under over out up off per is are was were be been being am do does did has have had
having will shall must should may might can could would ought need it its they them their theirs he she his her him we
us our you your who whom whose which what how why there here itself themselves himself herself more most many much few
less least own same very too
""".split()


def keywords(text: str) -> frozenset[str]:
    """The content words of a text, each under the key that its inflections share; function words left out."""
    from policylint.language.words import key, tokens

    ignored = {key(word) for word in _FUNCTION_WORDS}
    return frozenset(t.key for t in tokens(text) if t.lower[0].isalnum() and t.key not in ignored)


def statement_words(path: str, library: Library) -> list[frozenset[str]]:
    """The words of each statement of a document, lead-ins included.

    Raises:
        DocumentError: the document cannot be read.
    """
    from policylint.language import analyse
    from policylint.outline import build
    from policylint.readers import read_bytes

    document = build(read_bytes(Input(path).read(), path), path, "")
    return [frozenset(token.key for token in statement.tokens) for statement in analyse(document, library).statements]


def by_keywords(requirement: Requirement, statements: Iterable[AbstractSet[str]]) -> str:
    """The verdict "met" when one statement holds more than half of the content words of the text, else "missing"."""
    wanted = keywords(requirement.text)
    return "met" if any(2 * len(wanted & words) > len(wanted) for words in statements) else "missing"

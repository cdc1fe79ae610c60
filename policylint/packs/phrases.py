"""The phrase notation: {a|b} is a choice, [x] is optional, {concept} stands for all phrases of that concept.

Lexicon phrases and the choices inside sentence patterns share it. Parsing gives a small tree, expansion plain phrases.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

LIMIT = 2000
"""The most phrases one written phrase may expand to by multiplying its choices."""

_TOKEN = re.compile(r"[{}\[\]|]|[^{}\[\]|]+")


class NotationError(ValueError):
    """A phrase or pattern that is not well formed: the sentence, the offset in the text, and what to do."""

    def __init__(self, message: str, offset: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Ref:
    """{name}: every phrase of a concept. `at` is the offset of its brace."""

    name: str
    at: int


@dataclass(frozen=True, slots=True)
class Choice:
    """{a|b}: any of its alternatives; an empty tuple is the empty alternative."""

    alternatives: tuple[Phrase, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Maybe:
    """[x]: with or without it."""

    phrase: Phrase
    at: int


Piece = str | Ref | Choice | Maybe
Phrase = tuple[Piece, ...]
Resolve = Callable[[Ref], tuple[str, ...]]
"""Gives the phrases of the concept a reference names; raises NotationError when there is none."""


def parse_phrase(text: str) -> Phrase:
    """Parse a whole phrase. Raises NotationError."""
    phrase, end = _sequence(text, 0)
    if end < len(text):
        raise _stray(text, end)
    return phrase


def parse_group(text: str, at: int) -> tuple[Ref | Choice, int]:
    """Parse the {...} that begins at an offset; gives it and the offset behind it. Raises NotationError."""
    alternatives: list[Phrase] = []
    here = at + 1
    while True:
        phrase, here = _sequence(text, here)
        alternatives.append(phrase)
        if here >= len(text):
            raise NotationError("This '{' is never closed.", at, "Add the matching '}'.")
        here += 1
        if text[here - 1] == "}":
            break
        if text[here - 1] == "]":
            raise _stray(text, here - 1)
    return _group(alternatives, at), here


def expand(phrase: Phrase, resolve: Resolve) -> list[str]:
    """Every plain phrase a phrase stands for, in order, white space folded, none twice (case aside).

    Raises NotationError when there are more than LIMIT, or when one is empty. Concepts that stand for themselves, as in
    {{doctor}|{nurse}}, do not count: their phrases are there already, nothing is multiplied.
    """
    count = _count(_without_whole_concepts(phrase), resolve)
    if count > LIMIT:
        raise NotationError(
            f"This stands for {count} phrases, more than the {LIMIT} allowed.", 0, "Split it, or drop rare variants."
        )
    found: dict[str, str] = {}
    for raw in _expand(phrase, resolve):
        plain = " ".join(raw.split())
        if not plain:
            raise NotationError("This phrase may be empty: all of it is optional.", 0, "Keep one word outside.")
        found.setdefault(plain.casefold(), plain)
    return list(found.values())


def source(phrase: Phrase) -> str:
    """A phrase as text again, white space folded; identical phrases give identical text."""
    return " ".join("".join(_source(piece) for piece in phrase).split())


def _sequence(text: str, here: int) -> tuple[Phrase, int]:
    """Pieces up to the end, a '|', a '}' or a ']' (not consumed)."""
    pieces: list[Piece] = []
    while here < len(text):
        char = text[here]
        if char == "{":
            piece, here = parse_group(text, here)
            pieces.append(piece)
        elif char == "[":
            inner, end = _sequence(text, here + 1)
            pieces.append(_maybe(text, here, inner, end))
            here = end + 1
        elif char in "}]|":
            break
        else:
            token = _TOKEN.match(text, here)
            assert token is not None
            pieces.append(token.group())
            here = token.end()
    return tuple(pieces), here


def _maybe(text: str, at: int, inner: Phrase, end: int) -> Maybe:
    if end >= len(text):
        raise NotationError("This '[' is never closed.", at, "Add the matching ']'.")
    if text[end] != "]":
        raise _stray(text, end)
    if not source(inner):
        raise NotationError("These brackets are empty.", at, "Write the optional words between them.")
    return Maybe(inner, at)


def _group(alternatives: list[Phrase], at: int) -> Ref | Choice:
    if not any(source(a) for a in alternatives):
        raise NotationError("This choice is empty.", at, "Write a concept's name, or words with | between them.")
    if len(alternatives) > 1:
        return Choice(tuple(a if source(a) else () for a in alternatives), at)
    only = alternatives[0]
    if len(only) == 1 and isinstance(only[0], str):
        return Ref(" ".join(only[0].split()), at)
    raise NotationError("This choice holds one alternative only.", at, "Remove the outer braces, or add | and another.")


def _stray(text: str, at: int) -> NotationError:
    if text[at] == "|":
        return NotationError("A '|' stands outside braces.", at, "Write {one|other}.")
    return NotationError(f"This '{text[at]}' closes nothing.", at, "Remove it, or add what opens it.")


def _without_whole_concepts(phrase: Phrase) -> Phrase:
    if len(phrase) != 1 or not isinstance(phrase[0], (Ref, Choice)):
        return phrase
    alternatives = (phrase,) if isinstance(phrase[0], Ref) else phrase[0].alternatives
    kept = tuple(a for a in alternatives if not (len(a) == 1 and isinstance(a[0], Ref)))
    return (Choice(kept, phrase[0].at),)


def _count(phrase: Phrase, resolve: Resolve) -> int:
    return math.prod(_count_piece(piece, resolve) for piece in phrase)


def _count_piece(piece: Piece, resolve: Resolve) -> int:
    match piece:
        case Ref():
            return len(resolve(piece))
        case Choice(alternatives):
            return sum(_count(a, resolve) for a in alternatives)
        case Maybe(inner):
            return 1 + _count(inner, resolve)
        case _:
            return 1


def _expand(phrase: Phrase, resolve: Resolve) -> list[str]:
    return ["".join(words) for words in product(*(_expand_piece(piece, resolve) for piece in phrase))]


def _expand_piece(piece: Piece, resolve: Resolve) -> list[str]:
    match piece:
        case Ref():
            return list(resolve(piece))
        case Choice(alternatives):
            return [words for a in alternatives for words in _expand(a, resolve)]
        case Maybe(inner):
            return [*_expand(inner, resolve), ""]
        case _:
            return [piece]


def _source(piece: Piece) -> str:
    match piece:
        case Ref(name):
            return "{" + name + "}"
        case Choice(alternatives):
            return "{" + "|".join(source(a) for a in alternatives) + "}"
        case Maybe(inner):
            return f"[{source(inner)}]"
        case _:
            return piece

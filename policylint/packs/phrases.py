"""The phrase notation: {a|b} is a choice, [x] is optional, {concept} stands for all phrases of that concept.

Lexicon phrases and the choices inside sentence patterns share it. Parsing gives a small tree, which the finder walks as it
is: what a phrase stands for is never spelt out, so broad choices cost nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

_MARKS = frozenset("{}[]|")
_FLAT = re.compile(r"\{([^{}\[\]|]+(?:\|[^{}\[\]|]+)*)\}")
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


def is_plain(text: str) -> bool:
    """Whether a text has none of the marks of the notation."""
    return _MARKS.isdisjoint(text)


@cache
def parse_phrase(text: str) -> Phrase:
    """Parse a whole phrase, each once a process: every set of packs names many of the same. Raises NotationError."""
    phrase, end = _sequence(text, 0)
    if end < len(text):
        raise _stray(text, end)
    return phrase


def parse_group(text: str, at: int) -> tuple[Ref | Choice, int]:
    """Parse the {...} that begins at an offset; gives it and the offset behind it. Raises NotationError."""
    flat = _FLAT.match(text, at)
    if flat:  # most choices hold plain words only, and there are thousands of them
        return _group([(words,) for words in flat.group(1).split("|")], at), flat.end()
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


def filled(phrase: Phrase) -> Phrase:
    """The phrase itself. Raises NotationError when it may stand for no words at all."""
    if all(map(_may_be_empty, phrase)):
        raise NotationError("This phrase may be empty: all of it is optional.", 0, "Keep one word outside.")
    return phrase


def references(phrase: Phrase) -> Iterator[Ref]:
    """The concepts a phrase refers to, in order."""
    for piece in phrase:
        match piece:
            case Ref():
                yield piece
            case Choice(alternatives):
                for alternative in alternatives:
                    yield from references(alternative)
            case Maybe(inner):
                yield from references(inner)


def source(phrase: Phrase) -> str:
    """A phrase as text again, white space folded; identical phrases give identical text."""
    return " ".join("".join(_source(piece) for piece in phrase).split())


def _sequence(text: str, here: int) -> tuple[Phrase, int]:
    """Pieces up to the end, a '|', a '}' or a ']' (not consumed)."""
    pieces: list[Piece] = []
    at: list[int] = []
    while here < len(text):
        char = text[here]
        at.append(here)
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
    if len(pieces) > 1:
        _refuse_glue(pieces, at)
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
    if all(_blank(a) for a in alternatives):
        raise NotationError("This choice is empty.", at, "Write a concept's name, or words with | between them.")
    if len(alternatives) > 1:
        return Choice(tuple(() if _blank(a) else a for a in alternatives), at)
    only = alternatives[0]
    if len(only) == 1 and isinstance(only[0], str):
        return Ref(" ".join(only[0].split()), at)
    raise NotationError("This choice holds one alternative only.", at, "Remove the outer braces, or add | and another.")


def _blank(phrase: Phrase) -> bool:
    for piece in phrase:  # noqa: SIM110 - a plain loop, since it runs a hundred thousand times at a start
        if not isinstance(piece, str) or piece.strip():
            return False
    return True


def _stray(text: str, at: int) -> NotationError:
    if text[at] == "|":
        return NotationError("A '|' stands outside braces.", at, "Write {one|other}.")
    return NotationError(f"This '{text[at]}' closes nothing.", at, "Remove it, or add what opens it.")


def _may_be_empty(piece: Piece) -> bool:
    match piece:
        case str():
            return piece.isspace() or not any(map(str.isalnum, piece))
        case Choice(alternatives):
            return any(all(map(_may_be_empty, alternative)) for alternative in alternatives)
        case Maybe():
            return True
        case _:
            return False


def _refuse_glue(pieces: list[Piece], at: list[int]) -> None:
    """Words are found whole: "council{or|}" would be two words, or none."""
    for left, right, here in zip(pieces, pieces[1:], at[1:], strict=False):
        if _edge(left, -1) and _edge(right, 0):
            raise NotationError(
                "Letters are glued to braces or brackets.", here, "Write whole words, with spaces between."
            )


def _edge(piece: Piece, end: int) -> bool:
    """Whether a piece may begin (0) or end (-1) with a letter or digit."""
    match piece:
        case str():
            return piece[end].isalnum()
        case Choice(alternatives):
            return any(_edge(alternative[end], end) for alternative in alternatives if alternative)
        case Maybe(inner):
            return _edge(inner[end], end)
        case _:
            return True


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
